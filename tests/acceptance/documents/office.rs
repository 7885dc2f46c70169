//! Makes zip files, and office files of them.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// A zip file of these members, packed.
pub(super) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    zip_with(members, 0)
}

/// The same with these flags on every member.
pub(super) fn zip_with(members: &[(&str, &[u8])], flags: u16) -> Vec<u8> {
    let (mut out, mut directory) = (vec![], vec![]);
    for (name, bytes) in members {
        let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
        packer.write_all(bytes).expect("memory");
        let packed = packer.finish().expect("memory");
        let size = |n: usize| u32::try_from(n).expect("small").to_le_bytes();
        let at = size(out.len());
        let mut head = vec![20, 0];
        head.extend(flags.to_le_bytes());
        head.extend([8, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        head.extend([size(packed.len()), size(bytes.len())].concat());
        head.extend(u16::try_from(name.len()).expect("short").to_le_bytes());
        head.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(name.as_bytes());
        out.extend(&packed);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&head);
        directory.extend([0; 10]);
        directory.extend(at);
        directory.extend(name.as_bytes());
    }
    let at = u32::try_from(out.len()).expect("small").to_le_bytes();
    let count = u16::try_from(members.len()).expect("few").to_le_bytes();
    let length = u32::try_from(directory.len()).expect("small").to_le_bytes();
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count, count].concat());
    out.extend([length, at].concat());
    out.extend([0, 0]);
    out
}

const TYPES: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");

/// A DOCX with this body (paragraphs and tables of WordprocessingML) and further members.
pub(super) fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let body = format!("<?xml version='1.0'?><w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    let mut members = vec![TYPES, ("word/document.xml", body.as_bytes())];
    members.extend(more.iter().map(|(n, b)| (*n, b.as_bytes())));
    zip(&members)
}

/// A paragraph of WordprocessingML.
pub(super) fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>")
}

/// A table of WordprocessingML.
pub(super) fn table(rows: &[&[&str]]) -> String {
    let cell = |c: &&str| format!("<w:tc>{}</w:tc>", c.split('|').map(p).collect::<String>());
    let row = |r: &&[&str]| format!("<w:tr>{}</w:tr>", r.iter().map(cell).collect::<String>());
    format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

/// An ODT or ODS with this content and further members.
pub(super) fn open_document(content: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let content =
        format!("<?xml version='1.0'?><office:document-content><office:body>{content}</office:body></office:document-content>");
    let mut members: Vec<(&str, &[u8])> =
        vec![("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())];
    members.extend(more.iter().map(|(n, b)| (*n, b.as_bytes())));
    zip(&members)
}

/// An XLSX of one sheet, its words shared, and further members.
pub(super) fn xlsx(rows: &[&[&str]], more: &[(&str, &str)]) -> Vec<u8> {
    let (mut shared, mut sheet, mut n) = (String::new(), String::new(), 0);
    for (y, row) in rows.iter().enumerate() {
        let mut cells = String::new();
        for (x, cell) in row.iter().enumerate().filter(|(_, c)| !c.is_empty()) {
            let column = char::from(b'A' + u8::try_from(x).expect("few"));
            cells.push_str(&format!("<c r='{column}{}' t='s'><v>{n}</v></c>", y + 1));
            shared.push_str(&format!("<si><t>{cell}</t></si>"));
            n += 1;
        }
        sheet.push_str(&format!("<row r='{}'>{cells}</row>", y + 1));
    }
    let shared = format!("<sst>{shared}</sst>");
    let sheet = format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>");
    let mut members = vec![
        TYPES,
        ("xl/workbook.xml", &b"<workbook/>"[..]),
        ("xl/sharedStrings.xml", shared.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    members.extend(more.iter().map(|(n, b)| (*n, b.as_bytes())));
    zip(&members)
}
