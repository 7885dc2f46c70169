//! Makes PDF documents: pages of lines, tables with or without rules, and whatever objects a test wants.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

pub(super) fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).expect("memory");
    packer.finish().expect("memory")
}

/// A file of these objects, the first of them the catalogue.
pub(super) fn file(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = vec![];
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", i + 1).into_bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    out.extend(format!("trailer <</Size {}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).into_bytes());
    out
}

pub(super) fn stream(extra: &str, data: &[u8]) -> Vec<u8> {
    [format!("<</Length {}{extra}>>stream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
}

/// Letters of Western Europe in a string of PDF.
pub(super) fn string(text: &str) -> Vec<u8> {
    let mut out = vec![b'('];
    for c in text.chars() {
        let byte = u8::try_from(u32::from(c)).unwrap_or(b'?');
        if matches!(byte, b'(' | b')' | b'\\') {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out.push(b')');
    out
}

/// One page that is being drawn.
#[derive(Default, Clone)]
pub(super) struct Sheet {
    content: Vec<u8>,
}

impl Sheet {
    pub(super) fn text(&mut self, x: f64, y: f64, size: f64, text: &str) -> &mut Self {
        self.content.extend(format!("BT /F {size} Tf {x} {y} Td ").into_bytes());
        self.content.extend(string(text));
        self.content.extend(b" Tj ET\n");
        self
    }

    /// Raw operators.
    pub(super) fn raw(&mut self, operators: &str) -> &mut Self {
        self.content.extend(operators.as_bytes());
        self.content.push(b'\n');
        self
    }

    pub(super) fn lines(&mut self, x: f64, y: f64, lines: &[&str]) -> &mut Self {
        for (i, line) in lines.iter().enumerate() {
            self.text(x, y - 14.0 * i as f64, 10.0, line);
        }
        self
    }

    /// A table; where its foot is. Cells hold lines parted by `|`.
    pub(super) fn table(&mut self, top: f64, widths: &[f64], rows: &[&[&str]], look: Look) -> f64 {
        let mut y = top;
        for row in rows {
            let most = row.iter().map(|c| c.split('|').count()).max().unwrap_or(1);
            let height = 12.0 * most as f64 + 8.0;
            let mut x = 40.0;
            for (cell, width) in row.iter().zip(widths) {
                let own = cell.split('|').count() as f64;
                let spare = if look.centred { (most as f64 - own) * 6.0 } else { 0.0 };
                for (i, line) in cell.split('|').enumerate() {
                    self.text(x + 4.0, y - 13.0 - spare - 12.0 * i as f64, 10.0, line);
                }
                if look.ruled {
                    self.raw(&format!("{x} {} {width} {height} re S", y - height));
                }
                x += width;
            }
            y -= height;
        }
        y
    }

    /// The document of this page only.
    pub(super) fn pdf(&self) -> Vec<u8> {
        document(std::slice::from_ref(self), &[])
    }
}

/// How a table looks.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub(super) ruled: bool,
    pub(super) centred: bool,
}

/// A document of these pages, with further entries of its catalogue, its pages and further objects from number 10 + 2 pages on.
pub(super) fn document(pages: &[Sheet], more: &[(&str, &str)]) -> Vec<u8> {
    let of = |what: &str| more.iter().filter(|(k, _)| *k == what).map(|(_, v)| *v).collect::<String>();
    let mut kids = String::new();
    for i in 0..pages.len() {
        write!(kids, "{} 0 R ", 10 + 2 * i).expect("memory");
    }
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R{}>>", of("catalogue")).into_bytes(),
        format!("<</Type/Pages/Kids[{kids}]/Count {}/MediaBox[0 0 595 842]{}>>", pages.len(), of("pages")).into_bytes(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
        format!("<<{}>>", of("info")).into_bytes(),
    ];
    objects.resize(9, b"null".to_vec());
    for (i, page) in pages.iter().enumerate() {
        objects.push(
            format!(
                "<</Type/Page/Parent 2 0 R/Contents {} 0 R/Resources<</Font<</F 3 0 R{}>>{}>>{}>>",
                11 + 2 * i,
                of("fonts"),
                of("resources"),
                of("page")
            )
            .into_bytes(),
        );
        objects.push(stream("/Filter/FlateDecode", &deflated(&page.content)));
    }
    objects.extend(more.iter().filter(|(k, _)| *k == "object").map(|(_, v)| v.as_bytes().to_vec()));
    file(&objects, &format!("/Info 4 0 R{}", of("trailer")))
}
