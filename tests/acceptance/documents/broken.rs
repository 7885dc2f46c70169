//! Documents that are locked, scanned, broken, made to harm, or not what they say: each told as such, none taking more than
//! its time or memory.

use unlisted_engine::documents::Problem;

use super::office::{docx, open_document, p, xlsx, zip, zip_with};
use super::pdf::{Look, Sheet, deflated, document, file, stream};
use super::picture::{exif, jpeg, located, png};
use super::{check, read};

fn page(content: &[u8], filter: &str) -> Vec<u8> {
    file(
        &[
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
            b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R/I 7 0 R>>>>>>".to_vec(),
            stream(filter, content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
            stream("/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X 6 0 R>>>>", &b"/X Do ".repeat(50)),
            stream("/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", b"\0"),
        ],
        "",
    )
}

fn whole() -> Vec<u8> {
    let mut sheet = Sheet::default();
    for i in 0..40 {
        sheet.text(60.0, 780.0 - 14.0 * f64::from(i), 10.0, &format!("Row {i} of Amina Castle, 14 Mill Lane, Mereside"));
    }
    sheet.pdf()
}

/// Something that is not read: this and nothing else is told of it.
#[track_caller]
fn refused(name: &str, bytes: &[u8], problem: Problem) {
    check(name, bytes, Some(problem), &[]);
}

#[test]
fn locked() {
    refused("a PDF with a password", include_bytes!("made/enc-user.pdf"), Problem::Encrypted);
    refused(
        "a zip with a password",
        &zip_with(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<p/>")], 1),
        Problem::Encrypted,
    );
    let package: Vec<u8> = "EncryptedPackage".bytes().flat_map(|b| [b, 0]).collect();
    refused(
        "a DOCX with a password",
        &[b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), vec![0; 900], package].concat(),
        Problem::Encrypted,
    );
    let manifest =
        "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    refused("an ODT with a password", &open_document("", &[("META-INF/manifest.xml", manifest)]), Problem::Encrypted);
    refused(
        "an office file from before 2007",
        &[b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), vec![7; 900]].concat(),
        Problem::NotReadYet,
    );
}

#[test]
fn scans() {
    refused("a PDF of a picture", &page(b"q 500 0 0 700 0 0 cm /I Do Q", ""), Problem::Scanned);
    refused("a PDF without a word", &page(b"0 0 m 100 100 l S", ""), Problem::Scanned);
    let mut text = Sheet::default();
    text.text(60.0, 700.0, 10.0, "Home address: 14 Mill Lane");
    let mut picture = Sheet::default();
    picture.raw("BI /W 1 /H 1 /BPC 8 /CS /G ID x EI");
    check(
        "a PDF of which one page is a picture",
        &document(&[text, picture], &[]),
        Some(Problem::PartlyScanned),
        &["home address: 14 Mill Lane"],
    );
    refused("a picture that says nothing of itself", &jpeg(&[]), Problem::Scanned);
    refused("a picture of a screen", &png(&[]), Problem::Scanned);
}

#[test]
fn broken_pdfs() {
    refused("only its first line", b"%PDF-1.7\n", Problem::Broken);
    refused(
        "noise after its first line",
        &[b"%PDF-1.7\n".to_vec(), (0..60_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect()].concat(),
        Problem::Broken,
    );
    let whole = whole();
    // Half of a packed page: what stands there is read, and that it breaks off is told.
    let packed = deflated(b"BT /F 10 Tf 60 700 Td (Home address: 14 Mill Lane) Tj ET ");
    check(
        "a page that breaks off",
        &page(&packed[..packed.len() - 6], "/Filter/FlateDecode"),
        Some(Problem::Cut),
        &["home address: 14 Mill Lane"],
    );
    refused("a page of noise", &page(b"\x01\x02\x03\x04\x05\x06", "/Filter/FlateDecode"), Problem::Broken);
    refused(
        "a page that is not there",
        &file(
            &[
                b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
                b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
                b"<</Type/Page/Contents 9 0 R>>".to_vec(),
            ],
            "",
        ),
        Problem::Broken,
    );
    refused(
        "no pages",
        &file(&[b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), b"<</Type/Pages/Kids[]/Count 0>>".to_vec()], ""),
        Problem::Broken,
    );
    refused(
        "pages in a circle",
        &file(&[b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1>>".to_vec()], ""),
        Problem::Broken,
    );
    for at in (20..whole.len()).step_by(whole.len() / 24) {
        let read = read("cut", &whole[..at], "application/pdf");
        // All of it, or told.
        let all = read.text.chars.contains("Row 39 of");
        assert!(all || read.problem.is_some(), "cut at {at} of {}: {}", whole.len(), read.text.chars.len());
    }
    for seed in 0..24_usize {
        let mut bytes = whole.clone();
        for i in 0..6 {
            let at = (seed * 7_919 + i * 104_729) % bytes.len();
            bytes[at] = bytes[at].wrapping_add(u8::try_from(seed % 200).expect("small") + 1);
        }
        read("a few bytes changed", &bytes, "application/pdf");
    }
}

#[test]
fn pdfs_made_to_harm() {
    let blown = |n: usize| deflated(&vec![b' '; n]);
    refused("a page of 700 megabytes", &page(&blown(700 << 20), "/Filter/FlateDecode"), Problem::TooHeavy);
    refused("packed twice", &page(&deflated(&blown(1 << 30)), "/Filter[/FlateDecode/FlateDecode]"), Problem::TooHeavy);
    let some = |name: &str, bytes: &[u8]| {
        let read = read(name, bytes, "application/pdf");
        assert!(read.problem.is_some(), "{name}");
    };
    some("lists inside lists", &page(&vec![b'['; 2_000_000], ""));
    some("records inside records", &page(&b"<<".repeat(1_000_000), ""));
    some("states saved without end", &page(&b"q ".repeat(1_000_000), ""));
    some("forms that draw themselves", &page(&b"/X Do ".repeat(50), ""));
    some("very many operators", &page(&deflated(&b"BT /F 10 Tf (14 Mill Lane) Tj ET ".repeat(1_500_000)), "/Filter/FlateDecode"));
    let deep = [b"<</Type/Catalog/Pages 2 0 R/X ".to_vec(), vec![b'['; 400_000], vec![b']'; 400_000], b">>".to_vec()].concat();
    some("a catalogue of lists inside lists", &file(&[deep, b"<</Type/Pages/Kids[]/Count 0>>".to_vec()], ""));
    let mut rules = Sheet::default();
    for i in 0..20_000 {
        rules.raw(&format!("{} {} 30 20 re S", i % 500, i / 50));
    }
    rules.table(700.0, &[100.0, 100.0], &[&["a", "b"], &["14 Mill Lane", "c"]], Look { ruled: true, centred: false });
    let read = read("a map of rules", &rules.pdf(), "application/pdf");
    assert!(read.text.chars.contains("14 Mill Lane"));
}

#[test]
fn broken_and_harmful_office_files() {
    let whole = docx(&p("Home address: 14 Mill Lane"), &[]);
    refused("a zip of nothing", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", Problem::Broken);
    refused("noise after its mark", &[b"PK\x03\x04".to_vec(), vec![0xA7; 5_000]].concat(), Problem::Broken);
    check("a zip without its directory", &whole[..whole.len() - 60], None, &["home address: 14 Mill Lane"]);
    check(
        "a DOCX whose text breaks off",
        &zip(&[
            ("[Content_Types].xml", b"<x/>"),
            ("word/document.xml", b"<w:body><w:p><w:r><w:t>Home address: 14 Mill Lane</w:t></w:r></w:p><w:p><w:r><w:t>"),
        ]),
        Some(Problem::Cut),
        &["home address: 14 Mill Lane"],
    );
    refused("a DOCX without its text", &zip(&[("[Content_Types].xml", b"<x/>")]), Problem::Broken);
    refused("a zip that is no office file", &zip(&[("holiday.txt", b"14 Mill Lane")]), Problem::NotReadYet);
    refused(
        "a bomb of one member",
        &zip(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", &vec![b' '; 300 << 20])]),
        Problem::TooHeavy,
    );
    let words = vec![b'x'; 40 << 20];
    let sheets: Vec<String> = (0..8).map(|i| format!("xl/worksheets/sheet{i}.xml")).collect();
    let mut members: Vec<(&str, &[u8])> = vec![("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")];
    members.extend(sheets.iter().map(|n| (n.as_str(), words.as_slice())));
    refused("a bomb of many members", &zip(&members), Problem::TooHeavy);
    let nested = docx(&p("x"), &[]);
    let held = zip(&[
        ("[Content_Types].xml", b"<x/>"),
        ("word/document.xml", b"<w:p><w:r><w:t>Mobile: 07700 900123</w:t></w:r></w:p>"),
        ("../../etc/passwd", &nested),
        ("/tmp/x.png", b"\x89PNG"),
    ]);
    let read = read("names that climb out", &held, "");
    assert!(read.text.chars.contains("07700 900123"));
    let deep = format!("{}{}", "<w:tbl><w:tr><w:tc>".repeat(100_000), p("14 Mill Lane"));
    assert!(super::read("tables inside tables", &docx(&deep, &[]), "").problem.is_some());
    let entities = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><w:p><w:r><w:t>&b;Home</w:t></w:r></w:p>";
    assert!(!super::read("entities", &docx(entities, &[]), "").text.chars.contains("haha"));
    let far = "<worksheet><sheetData><row><c r='ZZZ1' t='s'><v>99999999</v></c><c r='B1' t='s'><v>x</v></c></row></sheetData></worksheet>";
    super::read("a sheet that points nowhere", &xlsx(&[&["a", "b"]], &[("xl/worksheets/sheet2.xml", far)]), "");
}

#[test]
fn broken_pictures() {
    let exif_of = |bytes: Vec<u8>| jpeg(&[exif(&bytes)]);
    refused("EXIF of noise", &exif_of(vec![0xFF; 400]), Problem::Broken);
    let mut circle = located(true);
    // The second table is the first again.
    let at = circle.windows(2).position(|w| w == [0x69, 0x87]).expect("an entry");
    circle[at + 8..at + 12].copy_from_slice(&[8, 0, 0, 0]);
    check("EXIF in a circle", &exif_of(circle), None, &["photo location: 51.51, -0.13"]);
    let mut huge = located(true);
    let at = huge.windows(4).position(|w| w == [0x3B, 0x01, 2, 0]).expect("an entry");
    huge[at + 4..at + 8].copy_from_slice(&[0xFF; 4]);
    check("EXIF with a value of four gigabytes", &exif_of(huge), None, &["photo location: 51.51, -0.13"]);
    let whole = jpeg(&[exif(&located(true))]);
    assert!(read("cut", &whole[..60], "").problem.is_some());
    refused("a PNG that breaks off", &png(&[(b"tEXt", b"Author\0Amina".to_vec())])[..20], Problem::Broken);
    for length in 0..whole.len() {
        if length % 9 == 0 {
            read("cut anywhere", &whole[..length], "");
        }
    }
}

#[test]
fn files_that_lie_about_their_type() {
    let lies = |name: &str, bytes: &[u8], said: &str, planted: &str| {
        let read = read(name, bytes, said);
        assert!(read.text.chars.contains(planted), "{name}: {:?} {}", read.problem, read.text.chars);
    };
    let whole = whole();
    lies("a PDF that says it is a page", &whole, "text/html", "14 Mill Lane");
    lies("a PDF that says it is a picture", &whole, "image/jpeg", "14 Mill Lane");
    lies("a PDF behind some noise", &[b"HTTP/1.1 200 OK\r\n\r\n", &whole[..]].concat(), "application/pdf", "14 Mill Lane");
    lies("a page that says it is a PDF", b"<!doctype html><p>14 Mill Lane", "application/pdf", "14 Mill Lane");
    lies("a DOCX that says it is a PDF", &docx(&p("14 Mill Lane"), &[]), "application/pdf", "14 Mill Lane");
    lies("a picture that says it is a PDF", &jpeg(&[exif(&located(true))]), "application/pdf", "51.51, -0.13");
    lies("text that says it is a PDF", b"Amina Castle, 14 Mill Lane", "application/pdf", "14 Mill Lane");
    refused("a program", b"\x7FELF\x02\x01\x01\0", Problem::NotReadYet);
}
