//! The bytes that a page is sent as: charset, compression, bombs.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::page::{Deed, Page};

/// A body ready for the wire.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) bytes: Vec<u8>,
    pub(super) gzip: bool,
}

impl Body {
    /// Makes the body of a page. A bomb costs some tenths of a second; everything else next to nothing.
    pub(super) fn of(page: &Page) -> Self {
        let mut bytes = Vec::new();
        if page.deeds.contains(&Deed::Bom) {
            bytes.extend_from_slice("\u{feff}".as_bytes());
        }
        bytes.extend_from_slice(&page.body);
        if let Some(depth) = page.deed(|d| if let Deed::Nest(n) = d { Some(n) } else { None }) {
            bytes.extend_from_slice("<div>".repeat(depth).as_bytes());
            bytes.extend_from_slice(b"the end of the hedge");
            bytes.extend_from_slice("</div>".repeat(depth).as_bytes());
        }
        if page.windows_1252 {
            bytes = windows_1252(&String::from_utf8_lossy(&bytes));
        }
        let zeros = page.deed(|d| if let Deed::Bomb(n) = d { Some(n) } else { None });
        if zeros.is_none() && !page.deeds.contains(&Deed::Gzip) {
            return Self { bytes, gzip: false };
        }
        match gzip(&bytes, zeros.unwrap_or(0)) {
            Ok(bytes) => Self { bytes, gzip: true },
            // Writing into memory does not fail; were it to, the page would be sent as it is.
            Err(_) => Self { bytes, gzip: false },
        }
    }
}

fn gzip(bytes: &[u8], mut zeros: usize) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes)?;
    let block = [0; 65_536];
    while zeros > 0 {
        let part = block.get(..zeros.min(block.len())).unwrap_or(&block);
        encoder.write_all(part)?;
        zeros -= part.len();
    }
    encoder.finish()
}

/// windows-1252 as the WHATWG Encoding Standard has it: Latin-1, with these characters from 0x80 to 0x9F. Others become "?".
fn windows_1252(text: &str) -> Vec<u8> {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    let byte = |c: char| match u8::try_from(u32::from(c)) {
        Ok(b) if b.is_ascii() || b >= 0xA0 => b,
        _ => HIGH.chars().position(|h| h == c).and_then(|at| u8::try_from(0x80 + at).ok()).unwrap_or(b'?'),
    };
    text.chars().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_1252_has_its_own_upper_half() {
        assert_eq!(windows_1252("£3 – é€’\u{a0}Ÿ漢"), b"\xa33 \x96 \xe9\x80\x92\xa0\x9f?");
    }

    #[test]
    fn a_nested_page_keeps_its_text_in_front() {
        let page = Page::parse("/", b"do: nest 3\n\n<p>x").expect("test data");
        assert_eq!(Body::of(&page).bytes, b"<p>x<div><div><div>the end of the hedge</div></div></div>");
    }
}
