//! Bytes to text: which encoding, in the order of the HTML standard, then by looking.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use url::Url;

/// How far into a document its own word for its encoding counts.
const META_WITHIN: usize = 1_024;
/// How much is looked at when nothing says what the encoding is.
const LOOKED_AT: usize = 64 * 1_024;

/// Decodes a document: byte order mark, then the header, then `meta` or the XML declaration in its first 1,024 bytes,
/// then what it looks like. What cannot be decoded is replaced.
pub fn decode_text(bytes: &[u8], content_type: &str) -> (String, &'static Encoding) {
    let (text, encoding) = decode(bytes, content_type, None);
    (text.into_owned(), encoding)
}

/// The same for a document of this address, whose top-level domain is a hint.
pub(super) fn decoded<'b>(bytes: &'b [u8], content_type: &str, address: Option<&Url>) -> Cow<'b, str> {
    decode(bytes, content_type, address).0
}

fn decode<'b>(bytes: &'b [u8], content_type: &str, address: Option<&Url>) -> (Cow<'b, str>, &'static Encoding) {
    let encoding = encoding_of(bytes, content_type, address);
    // A byte order mark counts before everything, and is taken off.
    let (text, used, _) = encoding.decode(bytes);
    (text, used)
}

fn encoding_of(bytes: &[u8], content_type: &str, address: Option<&Url>) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    // A body that was cut may end inside a letter; then the letters before it must speak for UTF-8.
    let is_utf8 = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(e) => e.error_len().is_none() && bytes.get(..e.valid_up_to()).is_some_and(|valid| !valid.is_ascii()),
    };
    let said = charset_in(content_type).or_else(|| said_inside(bytes));
    match said {
        // Pages that say UTF-8 and are not: the words would be full of holes.
        Some(encoding) if encoding == UTF_8 && !is_utf8 && mostly_broken(bytes) => {}
        // Pages that say Latin-1 and are UTF-8 with letters that Latin-1 readers would see as two.
        Some(encoding) if encoding == WINDOWS_1252 && is_utf8 && !bytes.is_ascii() => return UTF_8,
        // Pages that say UTF-16 and hold no nought at all: any Latin letter, digit or tag would have one.
        Some(encoding) if (encoding == UTF_16LE || encoding == UTF_16BE) && !bytes.contains(&0) => {}
        Some(encoding) => return encoding,
        None => {}
    }
    if is_utf8 {
        return wide(bytes).unwrap_or(UTF_8);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let from = bytes.iter().position(|b| !b.is_ascii()).unwrap_or_default().saturating_sub(1_024);
    let looked = bytes.get(from..).unwrap_or_default();
    detector.feed(looked.get(..LOOKED_AT).unwrap_or(looked), true);
    let host = address.and_then(Url::domain);
    let tld = host.and_then(|h| h.rsplit('.').next()).filter(|t| !t.is_empty() && t.bytes().all(|b| b.is_ascii_lowercase()));
    let guess = detector.guess(tld.or(Some("uk")).map(str::as_bytes), Utf8Detection::Allow);
    if guess == UTF_8 { WINDOWS_1252 } else { guess }
}

/// Whether UTF-8 fails so often that the document must be something else: one broken letter is only a flaw.
fn mostly_broken(bytes: &[u8]) -> bool {
    let head = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let (mut broken, mut whole) = (0_usize, 0_usize);
    for chunk in head.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken > whole
}

/// UTF-16 without a mark: every other byte of Latin text is nought.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..64.min(bytes.len() / 2 * 2))?;
    if head.len() < 8 {
        return None;
    }
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let half = head.len() / 2;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd * 10 >= half * 9 => Some(UTF_16LE),
        (even, 0) if even * 10 >= half * 9 => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding that a `Content-Type` names.
fn charset_in(content_type: &str) -> Option<&'static Encoding> {
    let lower = content_type.to_ascii_lowercase();
    label_after(lower.as_bytes())
}

/// The label after the first `charset` or `encoding` with an equals sign.
fn label_after(bytes: &[u8]) -> Option<&'static Encoding> {
    for key in [b"charset".as_slice(), b"encoding"] {
        let mut from = 0;
        while let Some(i) = bytes.get(from..).and_then(|rest| rest.windows(key.len()).position(|w| w == key)) {
            from += i + key.len();
            let rest = bytes.get(from..).unwrap_or_default().trim_ascii_start();
            if let Some(rest) = rest.strip_prefix(b"=") {
                let rest = rest.trim_ascii_start();
                let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
                let len = rest
                    .iter()
                    .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.')))
                    .unwrap_or(rest.len());
                if let Some(encoding) = Encoding::for_label(rest.get(..len).unwrap_or_default()) {
                    return Some(encoding);
                }
            }
        }
    }
    None
}

/// What the document says of itself in `meta` or the XML declaration. It cannot be UTF-16, or we could not read it.
fn said_inside(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..META_WITHIN).unwrap_or(bytes).to_ascii_lowercase();
    let is_xml = head.trim_ascii_start().starts_with(b"<?xml");
    let declared = is_xml.then(|| head.split(|b| *b == b'>').next().and_then(label_after)).flatten();
    let meta = || {
        let mut rest = head.as_slice();
        while let Some(i) = rest.windows(5).position(|w| w == b"<meta") {
            rest = rest.get(i + 5..).unwrap_or_default();
            let tag = rest.split(|b| *b == b'>').next().unwrap_or_default();
            if let Some(encoding) = label_after(tag) {
                return Some(encoding);
            }
        }
        None
    };
    let found = declared.or_else(meta)?;
    Some(if found == UTF_16LE || found == UTF_16BE { UTF_8 } else { found })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], content_type: &str, encoding: &str, text: &str) {
        let (found, used) = decode_text(bytes, content_type);
        assert_eq!((used.name(), found.as_str()), (encoding, text));
    }

    #[test]
    fn the_order_is_mark_header_meta_looks() {
        check(b"\xEF\xBB\xBFZo\xC3\xAB", "text/html; charset=windows-1252", "UTF-8", "Zo\u{EB}");
        check(b"\xFF\xFEZ\0o\0", "text/html", "UTF-16LE", "Zo");
        check(b"Zo\xEB", "text/html; charset=\"ISO-8859-1\"", "windows-1252", "Zo\u{EB}");
        check(b"<meta charset=windows-1252>\xA3", "text/html", "windows-1252", "<meta charset=windows-1252>\u{A3}");
        check(
            b"<meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'>\xB1",
            "text/html",
            "ISO-8859-2",
            "<meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'>\u{105}",
        );
        check(
            b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xEB</a>",
            "",
            "windows-1252",
            "<?xml version='1.0' encoding='ISO-8859-1'?><a>\u{EB}</a>",
        );
    }

    #[test]
    fn what_pages_say_is_not_always_true() {
        check("Zo\u{EB} says \u{2019}".as_bytes(), "text/html; charset=iso-8859-1", "UTF-8", "Zo\u{EB} says \u{2019}");
        check(b"Siobh\xE1n\x92s caf\xE9", "text/html; charset=utf-8", "windows-1252", "Siobh\u{E1}n\u{2019}s caf\u{E9}");
        check(b"The Mayor\x92s address is 14 Mill Lane", "", "windows-1252", "The Mayor\u{2019}s address is 14 Mill Lane");
        check(b"Z\0o\0e\0 \0C\0", "text/plain", "UTF-16LE", "Zoe C");
        check(b"14 Mill Lane", "text/html; charset=utf-16", "UTF-8", "14 Mill Lane");
        check(b"\0Z\0o", "text/html; charset=utf-16be", "UTF-16BE", "Zo");
        check(b"plain", "text/plain; charset=nonsense", "UTF-8", "plain");
    }
}
