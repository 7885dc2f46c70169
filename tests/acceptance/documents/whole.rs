//! Documents that are read: every planted detail, with its label.

use super::office::{docx, open_document, p, table, xlsx, zip};
use super::pdf::{Look, Sheet, deflated, document, file, stream, string};
use super::picture::{Value, exif, heif, iptc, jpeg, located, png, tiff, webp, xmp};
use super::{check, check_row};

const HOME: &str = "home address: 14 Mill Lane, Mereside, ZZ99 4QT";
const LINES: [&str; 3] = ["Name: Amina Castle", "Home address: 14 Mill Lane, Mereside, ZZ99 4QT", "Telephone: 01632 960111"];
const PLANTED: [&str; 3] = ["name: Amina Castle", HOME, "telephone: 01632 960111"];

fn sheet() -> Sheet {
    let mut sheet = Sheet::default();
    sheet.lines(60.0, 700.0, &LINES);
    sheet
}

#[test]
fn pdf_pages_however_they_are_turned() {
    check("plain", &sheet().pdf(), None, &PLANTED);
    let mut turned = Sheet::default();
    turned.raw("q 0 1 -1 0 500 60 cm").lines(0.0, 0.0, &LINES).raw("Q");
    check("turned with the page", &document(&[turned.clone()], &[("page", "/Rotate 90")]), None, &PLANTED);
    check("turned on the page", &turned.pdf(), None, &PLANTED);
    let mut over = Sheet::default();
    over.raw("q -1 0 0 -1 500 700 cm").lines(0.0, 0.0, &LINES).raw("Q");
    check("upside down", &document(&[over], &[("page", "/Rotate 180")]), None, &PLANTED);
    check("turned for all pages", &document(&[turned], &[("pages", "/Rotate 90")]), None, &PLANTED);
    let mut invisible = Sheet::default();
    invisible.raw("3 Tr").lines(60.0, 700.0, &LINES);
    check("text under a scan", &invisible.pdf(), None, &PLANTED);
    let mut scaled = Sheet::default();
    scaled.raw(
        "q 0.1 0 0 0.1 0 0 cm BT /F 100 Tf 1 0 0 1 600 7000 Tm (Home address: 14 Mill ) Tj (Lane, Mereside, ZZ99 4QT) Tj ET Q",
    );
    check("scaled", &scaled.pdf(), None, &[HOME]);
    check("two pages", &document(&[Sheet::default().text(60.0, 700.0, 10.0, "Minutes").clone(), sheet()], &[]), None, &PLANTED);
}

#[test]
fn pdf_letters_however_they_are_written() {
    let mut apart = Sheet::default();
    apart
        .raw("BT /F 10 Tf 60 700 Td [(Home ad)-20(dress:)-300(14)-280(Mill)-280(Lane,)-280(Mereside,)-280(ZZ99)-280(4QT)] TJ ET");
    check("gaps for spaces", &apart.pdf(), None, &[HOME]);
    let mut single = Sheet::default();
    for (i, c) in "Home address: 14 Mill Lane, Mereside, ZZ99 4QT".chars().enumerate() {
        single.raw(&format!("BT /C 10 Tf {} 700 Td", 60 + 6 * i));
        single.raw(&format!("({c}) Tj ET"));
    }
    let courier = [("fonts", "/C 12 0 R"), ("object", "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>")];
    check("letter by letter", &document(&[single], &courier), None, &[HOME]);
    let mut bold = Sheet::default();
    bold.lines(60.0, 700.0, &LINES).lines(60.3, 700.0, &LINES);
    check("drawn twice to look bold", &bold.pdf(), None, &PLANTED);
    let mut latin = Sheet::default();
    latin.text(60.0, 700.0, 10.0, "Home address: 3 Rue du Château, Zoë Café");
    check("accents", &latin.pdf(), None, &["home address: 3 Rue du Château, Zoë Café"]);

    // Codes of two bytes, letters only by the map.
    let map = "1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfrange <0100> <0119> <0041> <0200> <0219> <0061> endbfrange 5 beginbfchar <0300> <0020> <0301> <0174> <0302> <00660069> <0303> <003A> <0304> <0031> endbfchar";
    let code = |c: char| match c {
        'A'..='Z' => format!("{:04X}", 0x0100 + u32::from(c) - 0x41),
        'a'..='z' => format!("{:04X}", 0x0200 + u32::from(c) - 0x61),
        ' ' => "0300".into(),
        'Ŵ' => "0301".into(),
        'ﬁ' => "0302".into(),
        ':' => "0303".into(),
        _ => "0304".into(),
    };
    let hex: String = "Home address: Maesyﬁn Ŵyn".chars().map(code).collect();
    let objects = |map: &str, mapped: &str| {
        let content = format!("BT /F 10 Tf 60 700 Td <{hex}> Tj ET");
        file(
            &[
                b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
                b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
                b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".to_vec(),
                stream("", content.as_bytes()),
                format!("<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+X/Encoding/Identity-H/DescendantFonts[6 0 R]{mapped}>>")
                    .into_bytes(),
                b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+X/DW 500>>".to_vec(),
                stream("", map.as_bytes()),
            ],
            "",
        )
    };
    check("letters by a map", &objects(map, "/ToUnicode 7 0 R"), None, &["home address: Maesyfin Ŵyn"]);
    let letterless = super::read("letters of nobody", &objects(map, ""), "");
    assert!(letterless.problem.is_some(), "glyphs without letters must not pass for a page without words");

    let named = [
        ("fonts", "/N 12 0 R"),
        (
            "object",
            "<</Type/Font/Subtype/Type1/BaseFont/X/Encoding<</Differences[1/H/o/m/e/space/a/d/r/s/colon/fi/Wcircumflex/uni0177/L/n]>>>>",
        ),
    ];
    let mut by_name = Sheet::default();
    by_name.raw("BT /N 10 Tf 60 700 Td <0102030405060707080409090A050C0E0B0D0F> Tj ET");
    check("letters by the names of glyphs", &document(&[by_name], &named), None, &["home address: ŴLfiŷn"]);
    let mut said = Sheet::default();
    said.raw(
        "/Span <</ActualText (Home address: 14 Mill Lane)>> BDC BT /F 10 Tf 60 700 Td (xxxxxxxxxxxxxxxxxxxxxxxxxxxx) Tj ET EMC",
    );
    check("what a drawing says it stands for", &said.pdf(), None, &["home address: 14 Mill Lane"]);
}

#[test]
fn pdf_parts_beside_the_page() {
    let form = [("resources", "/XObject<</X 12 0 R>>"), ("object", "")];
    let mut outer = Sheet::default();
    outer.raw("q 1 0 0 1 60 700 cm /X Do Q");
    let inner = "BT /F 10 Tf (Home address: 14 Mill Lane, Mereside, ZZ99 4QT) Tj ET";
    let object = format!("<</Type/XObject/Subtype/Form/BBox[0 0 500 500]/Length {}>>stream\n{inner}\nendstream", inner.len());
    check("drawn as a form", &document(&[outer], &[form[0], ("object", &object)]), None, &[HOME]);

    let info = "/Title(Notice)/Author(Amina Castle)/Producer(Press 3)/Creator(Writer on AMINAS-LAPTOP)";
    check(
        "who wrote it",
        &document(&[sheet()], &[("info", info)]),
        None,
        &["title: Notice", "author: Amina Castle", "producer: Press 3", "creator: Writer on AMINAS-LAPTOP"],
    );
    let wide = "/Author<FEFF0041006D0069006E0061002001740079006E>";
    check("who wrote it, in wide letters", &document(&[sheet()], &[("info", wide)]), None, &["author: Amina Ŵyn"]);
    let packet = "<x:xmpmeta><rdf:Description><dc:creator><rdf:Seq><rdf:li>Amina Castle</rdf:li></rdf:Seq></dc:creator></rdf:Description></x:xmpmeta>";
    let xmp = format!("<</Type/Metadata/Subtype/XML/Length {}>>stream\n{packet}\nendstream", packet.len());
    check(
        "who wrote it, in XMP",
        &document(&[sheet()], &[("catalogue", "/Metadata 12 0 R"), ("object", &xmp)]),
        None,
        &["author: Amina Castle"],
    );
    let fields = "/AcroForm<</Fields[12 0 R 13 0 R 14 0 R 15 0 R]>>";
    let field = |name: &str, value: &str| format!("<</FT/Tx/T({name})/V({value})>>");
    let (a, b, c) = (field("Full name", "Amina Castle"), field("street", "14 Mill Lane"), field("postcode", "ZZ99 4QT"));
    let nested = "<</T(contact)/Kids[<</T(home phone)/V(01632 960111)>>]>>";
    let filled = document(
        &[Sheet::default().text(60.0, 700.0, 10.0, "Form").clone()],
        &[("catalogue", fields), ("object", &a), ("object", &b), ("object", &c), ("object", nested)],
    );
    check(
        "a form that was filled in",
        &filled,
        None,
        &["full name: Amina Castle", "address: 14 Mill Lane, ZZ99 4QT", "home phone: 01632 960111"],
    );
    check_row("a form is one record", &filled, &["Amina Castle", "01632 960111", "14 Mill Lane"]);
    let notes = "/Annots[<</Subtype/Text/T(Wren Field)/Contents(Ring Amina on 07700 900123)>><</Subtype/Link/A<</S/URI/URI(mailto:amina@mailbox.example)>>>>]";
    check(
        "notes and links",
        &document(&[sheet()], &[("page", notes)]),
        None,
        &["note author: Wren Field", "note: Ring Amina on 07700 900123", "mailto: amina@mailbox.example"],
    );
    let inside = "Mobile: 07700 900123";
    let held = format!("<</Type/EmbeddedFile/Length {}>>stream\n{inside}\nendstream", inside.len());
    let names = "/Names<</EmbeddedFiles<</Names[(cv.txt)<</F(cv.txt)/EF<</F 12 0 R>>>>]>>>>";
    check(
        "a file inside",
        &document(&[sheet()], &[("catalogue", names), ("object", &held)]),
        None,
        &["attachment: cv.txt", "mobile: 07700 900123"],
    );
}

#[test]
fn pdf_tables_and_columns() {
    let rows: [&[&str]; 3] = [
        &["Name", "Address", "Telephone"],
        &["Nesta Copple", "3 Quay Street,|Mereside", "01632 960222"],
        &["Amina Castle", "14 Mill Lane,|Mereside,|ZZ99 4QT", "01632 960111"],
    ];
    for (ruled, centred) in [(true, true), (true, false), (false, true), (false, false)] {
        let mut page = Sheet::default();
        page.text(60.0, 790.0, 10.0, "Members of the committee of the society, in the order of their names, as of May");
        page.table(760.0, &[150.0, 180.0, 120.0], &rows, Look { ruled, centred });
        let name = format!("ruled {ruled}, centred {centred}");
        check(
            &name,
            &page.pdf(),
            None,
            &["name: Amina Castle", "address: 14 Mill Lane, | Mereside, | ZZ99 4QT", "telephone: 01632 960111"],
        );
        check_row(&name, &page.pdf(), &["Amina Castle", "14 Mill Lane", "01632 960111"]);
        check_row(&name, &page.pdf(), &["Nesta Copple", "3 Quay Street", "01632 960222"]);
    }
    let mut form = Sheet::default();
    for (i, (key, value)) in
        [("Name", "Amina Castle"), ("Home address", "14 Mill Lane, ZZ99 4QT"), ("Email", "a@b.example")].iter().enumerate()
    {
        let y = 700.0 - 30.0 * i as f64;
        form.text(60.0, y, 10.0, key).text(250.0, y, 10.0, value);
    }
    check("keys and values", &form.pdf(), None, &["home address: 14 Mill Lane, ZZ99 4QT", "email: a@b.example"]);
    let mut columns = Sheet::default();
    for i in 0..30 {
        let left = if i == 12 { "was told that Amina Castle lives at 14" } else { "the society met in the hall and spoke of" };
        let left = if i == 13 { "Mill Lane, Mereside ZZ99 4QT, as before" } else { left };
        columns.text(50.0, 750.0 - 12.0 * f64::from(i), 10.0, left);
        columns.text(310.0, 750.0 - 12.0 * f64::from(i), 10.0, "a new crossing by the school and the road");
    }
    let read = super::read("two columns", &columns.pdf(), "");
    assert!(read.text.chars.contains("lives at 14\nMill Lane, Mereside"), "{}", read.text.chars);
    // A table goes on over the page, its head does not.
    let mut first = Sheet::default();
    first.table(300.0, &[150.0, 180.0, 120.0], &rows[..2], Look { ruled: true, centred: false });
    let mut second = Sheet::default();
    second.table(760.0, &[150.0, 180.0, 120.0], &rows[2..], Look { ruled: true, centred: false });
    check("a table over two pages", &document(&[first, second], &[]), None, &["telephone: 01632 960111"]);
}

#[test]
fn pdf_files_of_other_writers() {
    let planted = ["home address: 14 Mill Lane, | Mereside, | Northgate, | ZZ99 4QT"];
    check("AES-256 without a password", include_bytes!("made/enc-owner.pdf"), None, &planted);
    check("RC4 without a password", include_bytes!("made/enc-rc4.pdf"), None, &planted);
    check("packed objects", include_bytes!("made/objstm.pdf"), None, &planted);
    let whole = sheet().pdf();
    let start = whole.windows(9).rposition(|w| w == b"startxref").expect("a start");
    let lost = [&whole[..start], b"startxref\n99999999\n%%EOF\n"].concat();
    check("its table of objects cannot be found", &lost, None, &PLANTED);
    let x = whole.windows(5).position(|w| w == b"xref\n").expect("a table");
    let mut wrong = whole.clone();
    wrong[x..x + 4].copy_from_slice(b"xxxx");
    check("its table of objects is broken", &wrong, None, &PLANTED);
    check("cut after the page", &whole[..x], None, &PLANTED);
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/Contents[4 0 R 5 0 R]/Resources<</Font<</F 6 0 R>>>>>>".to_vec(),
        stream(
            "/Filter/FlateDecode",
            &deflated(&[b"BT /F 10 Tf 60 700 Td ", &string("Home address: 14 Mill Lane,")[..], b" Tj"].concat()),
        ),
        stream("/Filter/ASCIIHexDecode", b"28 20 4d 65 72 65 73 69 64 65 2c 20 5a 5a 39 39 20 34 51 54 29 20 54 6a 20 45 54 >"),
        b"<</Type/Font/Subtype/TrueType/BaseFont/Arial/Encoding/WinAnsiEncoding>>".to_vec(),
    ];
    check("a page in two streams", &file(&objects, ""), None, &[HOME]);
}

#[test]
fn office_texts() {
    let body: String = LINES.iter().map(|l| p(l)).collect();
    check("docx", &docx(&body, &[]), None, &PLANTED);
    let rows: [&[&str]; 3] = [
        &["Name", "Home address", "Telephone"],
        &["Nesta Copple", "3 Quay Street", "01632 960222"],
        &["Amina Castle", "14 Mill Lane,|Mereside", "01632 960111"],
    ];
    let tabled = docx(&table(&rows), &[]);
    check("docx with a table", &tabled, None, &["home address: 14 Mill Lane, | Mereside", "telephone: 01632 960111"]);
    check_row("docx rows", &tabled, &["Amina Castle", "14 Mill Lane", "01632 960111"]);
    let form = docx(&table(&[&["Home address:", "14 Mill Lane"], &["Phone", "01632 960111"]]), &[]);
    check("docx form", &form, None, &["home address: 14 Mill Lane", "phone: 01632 960111"]);
    let core = "<cp:coreProperties><dc:title>My CV</dc:title><dc:creator>Amina Castle</dc:creator><cp:lastModifiedBy>Tobiah Wrenfield</cp:lastModifiedBy></cp:coreProperties>";
    let app = "<Properties><Company>Castle and Daughters</Company><Manager>Junia</Manager></Properties>";
    check(
        "docx properties",
        &docx(&p("CV"), &[("docProps/core.xml", core), ("docProps/app.xml", app)]),
        None,
        &[
            "author: Amina Castle",
            "last modified by: Tobiah Wrenfield",
            "company: Castle and Daughters",
            "manager: Junia",
            "title: My CV",
        ],
    );
    let changed = "<w:p><w:ins w:author='Junia Castle'><w:r><w:t>Mobile: 07700 900123</w:t></w:r></w:ins></w:p><w:p><w:del w:author='Tobiah Wrenfield'><w:r><w:delText>of 14 Mill Lane</w:delText></w:r></w:del></w:p>";
    let comments = "<w:comments><w:comment w:author='Wren Field'><w:p><w:r><w:t>She is on 01632 960111</w:t></w:r></w:p></w:comment></w:comments>";
    let margin = "<w:ftr><w:p><w:r><w:t>Home address: 14 Mill Lane, Mereside, ZZ99 4QT</w:t></w:r></w:p></w:ftr>";
    check(
        "docx changes, notes and feet",
        &docx(changed, &[("word/comments.xml", comments), ("word/footer1.xml", margin)]),
        None,
        &[
            "mobile: 07700 900123",
            "deleted: of 14 Mill Lane",
            "changed by: Tobiah Wrenfield",
            "changed by: Wren Field",
            "She is on 01632 960111",
            HOME,
        ],
    );
    let split = "<w:p><w:r><w:t>Home address: 14 M</w:t></w:r><w:r><w:t>ill Lane &amp; Barn</w:t></w:r></w:p>";
    check("docx words in pieces", &docx(split, &[]), None, &["home address: 14 Mill Lane & Barn"]);
    let relations = "<Relationships><Relationship TargetMode='External' Target='mailto:amina@mailbox.example'/></Relationships>";
    check(
        "docx links",
        &docx(&p("Write"), &[("word/_rels/document.xml.rels", relations)]),
        None,
        &["mailto: amina@mailbox.example"],
    );
    let photo = jpeg(&[exif(&located(true))]);
    let held = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", b"<w:p><w:t>Photo</w:t></w:p>"),
        ("word/media/image1.jpeg", &photo),
    ]);
    check("docx with a photo", &held, None, &["photo location: 51.51, -0.13"]);

    let odt = "<text:p>Home address: 14 Mill Lane, Mereside,<text:s/>ZZ99 4QT</text:p><text:p><text:a xlink:href='tel:01632960111'>ring</text:a></text:p>";
    let meta = "<office:meta><meta:initial-creator>Amina Castle</meta:initial-creator><dc:creator>Tobiah Wrenfield</dc:creator><meta:user-defined meta:name='Client'>Junia</meta:user-defined></office:meta>";
    check(
        "odt",
        &open_document(odt, &[("meta.xml", meta)]),
        None,
        &["home address: 14 Mill Lane, Mereside, ZZ99 4QT | ring", "author: Amina Castle", "client: Junia"],
    );
    let cell = |t: &str| format!("<table:table-cell><text:p>{t}</text:p></table:table-cell>");
    let row =
        |cells: &[&str]| format!("<table:table-row>{}</table:table-row>", cells.iter().map(|c| cell(c)).collect::<String>());
    let ods = format!(
        "<table:table>{}{}</table:table>",
        row(&["Name", "Home address", "Telephone"]),
        row(&["Amina Castle", "14 Mill Lane", "01632 960111"])
    );
    check("ods", &open_document(&ods, &[]), None, &["home address: 14 Mill Lane", "telephone: 01632 960111"]);
    let noted = "<text:p>Text<office:annotation><dc:creator>Wren Field</dc:creator><text:p>Ring 07700 900123</text:p></office:annotation></text:p>";
    let read = super::read("odt notes", &open_document(noted, &[]), "");
    assert!(read.text.chars.contains("07700 900123") && read.text.chars.contains("Wren Field"));
    let styles =
        "<office:master-styles><style:header><text:p>Telephone: 01632 960111</text:p></style:header></office:master-styles>";
    check("odt heads", &open_document(odt, &[("styles.xml", styles)]), None, &["telephone: 01632 960111"]);
    let slide = "<p:sld><a:p><a:r><a:t>Home address: 14 Mill Lane, Mereside, ZZ99 4QT</a:t></a:r></a:p></p:sld>";
    check("pptx", &zip(&[("[Content_Types].xml", b"<Types/>"), ("ppt/slides/slide1.xml", slide.as_bytes())]), None, &[HOME]);
}

#[test]
fn office_sheets() {
    let rows: [&[&str]; 3] = [
        &["Surname", "First name", "House number", "Street", "Postcode"],
        &["Copple", "Nesta", "3", "Quay Street", "ZZ99 1AA"],
        &["Castle", "Amina", "14", "Mill Lane", "ZZ99 4QT"],
    ];
    let sheet = xlsx(&rows, &[]);
    check("xlsx", &sheet, None, &["surname: Castle", "postcode: ZZ99 4QT", "address: 14 Mill Lane, ZZ99 4QT"]);
    check_row("xlsx rows", &sheet, &["Castle", "Mill Lane", "ZZ99 4QT"]);
    let gaps = xlsx(&[&["Name", "", "Telephone"], &["Amina Castle", "", "01632 960111"]], &[]);
    check("xlsx with gaps", &gaps, None, &["telephone: 01632 960111"]);
    let notes = "<comments><authors><author>Wren Field</author></authors><commentList><comment><text><r><t>Ring 07700 900123</t></r></text></comment></commentList></comments>";
    check(
        "xlsx notes",
        &xlsx(&rows, &[("xl/comments1.xml", notes)]),
        None,
        &["changed by: Wren Field", "note: Ring 07700 900123"],
    );
    let inline = "<worksheet><sheetData><row><c r='A1' t='inlineStr'><is><t>Home address:</t></is></c><c r='B1' t='inlineStr'><is><t>14 Mill Lane</t></is></c></row></sheetData></worksheet>";
    check(
        "xlsx words in place",
        &zip(&[("[Content_Types].xml", b"<Types/>"), ("xl/worksheets/sheet1.xml", inline.as_bytes())]),
        None,
        &["home address: 14 Mill Lane"],
    );
}

#[test]
fn pictures() {
    let planted =
        ["photo location: 51.51, -0.13", "author: Amina Castle", "camera owner: A R Castle", "camera serial number: SN-00417"];
    for is_little in [true, false] {
        let data = located(is_little);
        check("jpeg", &jpeg(&[exif(&data)]), None, &planted);
        check("png", &png(&[(b"eXIf", data.clone())]), None, &planted);
        check("webp", &webp(&[(b"VP8 ", vec![0; 9]), (b"EXIF", data.clone())]), None, &planted);
        check("heif", &heif(&data), None, &planted);
        check("tiff", &data, None, &planted);
    }
    let packet = "<x:xmpmeta><rdf:Description exif:GPSLatitude='51,30.5N' exif:GPSLongitude='0,7.6W' aux:OwnerName='A R Castle'/></x:xmpmeta>";
    let in_xmp = ["photo location: 51.51, -0.13", "owner: A R Castle"];
    check("jpeg with XMP", &jpeg(&[xmp(packet)]), None, &in_xmp);
    check("webp with XMP", &webp(&[(b"XMP ", packet.as_bytes().to_vec())]), None, &in_xmp);
    let text = [b"XML:com.adobe.xmp\0\0\0\0\0", packet.as_bytes()].concat();
    check("png with XMP", &png(&[(b"iTXt", text)]), None, &in_xmp);
    let sets = [(80, "Wren Field"), (92, "Mill Lane"), (90, "Mereside"), (120, "Amina at home"), (118, "01632 960111")];
    check(
        "jpeg with IPTC",
        &jpeg(&[iptc(&sets)]),
        None,
        &["author: Wren Field", "sublocation: Mill Lane", "contact: 01632 960111"],
    );
    let words = [b"Author\0".to_vec(), b"Amina Castle".to_vec()].concat();
    check("png with words", &png(&[(b"tEXt", words)]), None, &["author: Amina Castle"]);
    let packed = [b"Comment\0\0".to_vec(), deflated(b"taken at 14 Mill Lane")].concat();
    check("png with packed words", &png(&[(b"zTXt", packed)]), None, &["comment: taken at 14 Mill Lane"]);
    check("jpeg with a comment", &jpeg(&[(0xFE, b"14 Mill Lane".to_vec())]), None, &["comment: 14 Mill Lane"]);
    let wide = tiff(&[vec![(0x9C9D, Value::Wide("Amina Ŵyn"))]], b"", true, false);
    check("jpeg with wide words", &jpeg(&[exif(&wide)]), None, &["author: Amina Ŵyn"]);
    // What was taken out of the picture still stands in its small one.
    let small = jpeg(&[exif(&located(true))]);
    check("the small picture", &jpeg(&[exif(&with_small(&small))]), None, &["photo location: 51.51, -0.13"]);
}

/// A TIFF structure with nothing but a small picture in its second table.
fn with_small(small: &[u8]) -> Vec<u8> {
    let mut out = tiff(&[vec![], vec![(0x0201, Value::Small), (0x0202, Value::Words("abc"))]], small, true, true);
    // The length stands in the value of the last entry, as a number.
    let at = 8 + 6 + 2 + 12;
    out[at + 2..at + 8].copy_from_slice(&[4, 0, 1, 0, 0, 0]);
    out[at + 8..at + 12].copy_from_slice(&u32::try_from(small.len()).expect("small").to_le_bytes());
    out
}

#[test]
fn letters_and_calendars() {
    let photo = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, jpeg(&[exif(&located(true))]));
    let letter = format!(
        "Received: from laptop.example\r\nFrom: Amina Castle <amina@mailbox.example>\r\nReply-To: a.castle@oldmail.example\r\nTo: Wren Field <wren@b.example>\r\nX-Originating-IP: [192.0.2.7]\r\nSubject: My new number\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nMobile: 07700 900123\r\n\r\n--b\r\nContent-Type: image/jpeg; name=\"me.jpg\"\r\nContent-Disposition: attachment; filename=\"me.jpg\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{photo}\r\n--b--\r\n"
    );
    check(
        "letter",
        letter.as_bytes(),
        None,
        &[
            "from: Amina Castle <amina@mailbox.example>",
            "reply to: a.castle@oldmail.example",
            "originating address: [192.0.2.7]",
            "mobile: 07700 900123",
            "attachment: me.jpg",
            "photo location: 51.51, -0.13",
        ],
    );
    let page = "From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Home address: 14 Mill Lane<p hidden>07700 900123";
    let read = super::read("letter in HTML", page.as_bytes(), "");
    assert!(read.text.chars.contains("14 Mill Lane") && read.text.chars.contains("07700 900123"));
    let calendar = "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Amina\r\nBEGIN:VEVENT\r\nSUMMARY:Surgery\r\nLOCATION:14 Mill Lane\\, Mereside\r\nORGANIZER;CN=\"Amina Castle\":mailto:amina@mailbox.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    check(
        "calendar",
        calendar.as_bytes(),
        None,
        &["location: 14 Mill Lane, Mereside", "name: Amina Castle", "organiser: amina@mailbox.example"],
    );
    let feed = "<?xml version='1.0'?><rss><channel><title>Blog</title><item><title>Moved</title><author>amina@mailbox.example</author><description>We live at 14 Mill Lane now</description></item></channel></rss>";
    check("feed", feed.as_bytes(), None, &["author: amina@mailbox.example", "description: We live at 14 Mill Lane now"]);
    let atom = "<?xml version='1.0'?><feed><entry><author><name>Amina Castle</name><email>amina@mailbox.example</email></author></entry></feed>";
    let read = super::read("atom", atom.as_bytes(), "");
    assert!(super::shown(&read).contains("email: amina@mailbox.example"));
}
