//! What a file is, told by its first bytes and not by its name.

use std::io::Read as _;

use unlisted_model::incident::EvidenceKind as Kind;

/// A sort of file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Sort {
    /// What it proves as.
    pub(super) kind: Kind,
    /// Letters and figures only.
    pub(super) ending: &'static str,
    /// Whether a computer would run it.
    pub(super) runs: bool,
}

const fn sort(kind: Kind, ending: &'static str) -> Sort {
    Sort { kind, ending, runs: false }
}

/// How much of a file is looked at as text.
const LOOK: usize = 8 << 10;

/// The sort of these bytes.
pub(super) fn of(bytes: &[u8]) -> Sort {
    by_mark(bytes).unwrap_or_else(|| by_text(bytes))
}

/// Endings that a computer runs whatever the content: scripts are plain text.
pub(super) fn runs_by_name(ending: &str) -> bool {
    let list = [
        "exe", "com", "scr", "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "wsf", "hta", "lnk", "msi", "jar", "sh", "command",
        "app",
    ];
    list.contains(&ending)
}

fn by_mark(bytes: &[u8]) -> Option<Sort> {
    let starts = |mark: &[u8]| bytes.starts_with(mark);
    let at = |from: usize, mark: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(mark));
    let program = Sort { kind: Kind::Other, ending: "bin", runs: true };
    Some(match bytes {
        _ if starts(b"\x89PNG\r\n\x1a\n") => sort(Kind::Picture, "png"),
        _ if starts(b"\xff\xd8\xff") => sort(Kind::Picture, "jpg"),
        _ if starts(b"GIF87a") || starts(b"GIF89a") => sort(Kind::Picture, "gif"),
        _ if starts(b"RIFF") && at(8, b"WEBP") => sort(Kind::Picture, "webp"),
        _ if starts(b"RIFF") && at(8, b"WAVE") => sort(Kind::Recording, "wav"),
        _ if starts(b"RIFF") && at(8, b"AVI ") => sort(Kind::Recording, "avi"),
        _ if starts(b"II*\0") || starts(b"MM\0*") => sort(Kind::Picture, "tiff"),
        _ if starts(b"BM") && is_bitmap(bytes) => sort(Kind::Picture, "bmp"),
        _ if at(4, b"ftyp") => by_brand(bytes.get(8..12).unwrap_or_default()),
        _ if starts(b"%PDF-") => sort(Kind::Document, "pdf"),
        _ if starts(b"{\\rtf") => sort(Kind::Document, "rtf"),
        _ if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") => by_zip(bytes),
        _ if starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") => by_old_office(bytes),
        _ if starts(b"WARC/") => sort(Kind::SavedPage, "warc"),
        _ if starts(b"\x1f\x8b") => by_gzip(bytes),
        _ if starts(b"bplist") && holds(bytes, b"WebMainResource") => sort(Kind::SavedPage, "webarchive"),
        _ if starts(b"\x1a\x45\xdf\xa3") => sort(Kind::Recording, "webm"),
        _ if starts(b"ID3") || is_mp3(bytes) => sort(Kind::Recording, "mp3"),
        _ if starts(b"OggS") => sort(Kind::Recording, "ogg"),
        _ if starts(b"fLaC") => sort(Kind::Recording, "flac"),
        _ if starts(b"#!AMR") => sort(Kind::Recording, "amr"),
        _ if starts(b"MZ") || starts(b"\x7fELF") || starts(b"#!") => program,
        _ if starts(b"\xcf\xfa\xed\xfe") || starts(b"\xce\xfa\xed\xfe") || starts(b"\xca\xfe\xba\xbe") => program,
        _ if starts(b"L\0\0\0\x01\x14\x02\0") => program,
        _ => return None,
    })
}

/// A bitmap's head gives its own length and a known size of the second head; "BM" alone could begin a sentence.
fn is_bitmap(bytes: &[u8]) -> bool {
    matches!(bytes.get(14..18), Some([12 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0])) && bytes.get(6..10) == Some(&[0; 4])
}

/// Two bytes mark a frame of sound: MPEG layer III or AAC. Reserved values of version, rate and frequency are none, and so is the mark
/// of wide text (`ff fe`).
fn is_mp3(bytes: &[u8]) -> bool {
    let Some([0xff, second, third, ..]) = bytes.get(..4) else { return false };
    let aac = second & 0xf6 == 0xf0;
    let layer_three = second & 0xe6 == 0xe2 && second & 0x18 != 0x08;
    aac || (layer_three && third & 0xf0 != 0xf0 && third & 0x0c != 0x0c)
}

fn by_brand(brand: &[u8]) -> Sort {
    match brand {
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => sort(Kind::Picture, "heic"),
        b"avif" | b"avis" => sort(Kind::Picture, "avif"),
        b"M4A " | b"M4B " | b"M4P " => sort(Kind::Recording, "m4a"),
        b"qt  " => sort(Kind::Recording, "mov"),
        [b'3', b'g', ..] => sort(Kind::Recording, "3gp"),
        _ => sort(Kind::Recording, "mp4"),
    }
}

/// A zip names its members; office documents have members of known names.
fn by_zip(bytes: &[u8]) -> Sort {
    if holds(bytes.get(..200).unwrap_or(bytes), b"vnd.oasis.opendocument.text") {
        return sort(Kind::Document, "odt");
    }
    let tail = bytes.get(bytes.len().saturating_sub(64 << 10)..).unwrap_or_default();
    let named = |name: &[u8]| holds(bytes.get(..64 << 10).unwrap_or(bytes), name) || holds(tail, name);
    if named(b"word/document.xml") {
        sort(Kind::Document, "docx")
    } else if named(b"xl/workbook.xml") {
        sort(Kind::Document, "xlsx")
    } else if named(b"META-INF/MANIFEST.MF") || named(b"AndroidManifest.xml") {
        Sort { kind: Kind::Other, ending: "bin", runs: true }
    } else {
        sort(Kind::Document, "zip")
    }
}

fn by_old_office(bytes: &[u8]) -> Sort {
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    if holds(bytes, &wide("__substg1.0_")) {
        sort(Kind::Email, "msg")
    } else if holds(bytes, &wide("WordDocument")) {
        sort(Kind::Document, "doc")
    } else {
        sort(Kind::Other, "bin")
    }
}

/// Web archives are often packed; the first bytes inside tell.
fn by_gzip(bytes: &[u8]) -> Sort {
    let mut first = [0; 5];
    let opened = flate2::read::GzDecoder::new(bytes).read_exact(&mut first);
    if opened.is_ok() && &first == b"WARC/" { sort(Kind::SavedPage, "warcgz") } else { sort(Kind::Other, "gz") }
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    // The first byte is sought quickly, so that 100 MB take no second.
    let Some((&first, _)) = part.split_first() else { return true };
    let mut rest = bytes;
    while let Some(found) = rest.iter().position(|b| *b == first) {
        rest = rest.get(found..).unwrap_or_default();
        if rest.starts_with(part) {
            return true;
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    false
}

fn by_text(bytes: &[u8]) -> Sort {
    let Some(text) = start_as_text(bytes) else { return sort(Kind::Other, "bin") };
    let low = text.trim_start_matches('\u{feff}').trim_start().to_lowercase();
    let body = past_comments(&low);
    if body.starts_with("<svg") || (body.starts_with("<?xml") && body.contains("<svg")) {
        // A drawing that can hold a script: kept as a page is, under a name that opens nothing.
        sort(Kind::Document, "svg")
    } else if ["<!doctype html", "<html", "<head", "<body", "<meta", "<title", "<script", "<iframe"]
        .iter()
        .any(|m| body.starts_with(m))
        || (body.starts_with("<?xml") && body.contains("<html"))
    {
        sort(Kind::SavedPage, "html")
    } else if let Some(mail) = as_mail(&low) {
        mail
    } else if low.starts_with("begin:vcard") {
        sort(Kind::Document, "vcf")
    } else {
        sort(Kind::Document, "txt")
    }
}

/// What follows comments: browsers write "saved from" before the page.
fn past_comments(text: &str) -> &str {
    let mut rest = text;
    while let Some((_, after)) = rest.strip_prefix("<!--").and_then(|r| r.split_once("-->")) {
        rest = after.trim_start();
    }
    // A comment longer than the look still begins a page.
    if rest.starts_with("<!--") { "<html" } else { rest }
}

/// A message begins with lines `Name: value`; two names that only messages have must be there.
fn as_mail(low: &str) -> Option<Sort> {
    let names = [
        "from",
        "to",
        "date",
        "subject",
        "received",
        "return-path",
        "delivered-to",
        "message-id",
        "mime-version",
        "content-type",
    ];
    let head = low.trim_start().split("\n\n").next()?.split("\r\n\r\n").next()?;
    let mut seen: Vec<&str> = vec![];
    for (n, line) in head.lines().enumerate() {
        if line.starts_with([' ', '\t']) || (n == 0 && line.starts_with("from ")) {
            continue;
        }
        let (name, _) = line.split_once(':')?;
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            return None;
        }
        if names.contains(&name) && !seen.contains(&name) {
            seen.push(name);
        }
    }
    let technical = ["received", "return-path", "delivered-to", "message-id", "mime-version"].iter().any(|n| seen.contains(n));
    if !technical || seen.len() < 2 {
        return None;
    }
    let saved = head.contains("multipart/related") && !seen.contains(&"received") && !seen.contains(&"message-id");
    Some(if saved { sort(Kind::SavedPage, "mhtml") } else { sort(Kind::Email, "eml") })
}

/// The beginning as text, when it is text: UTF-8, UTF-16 with its mark, or an old Western encoding without control characters.
fn start_as_text(bytes: &[u8]) -> Option<String> {
    let start = bytes.get(..LOOK).unwrap_or(bytes);
    let wide = |read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = start.chunks_exact(2).filter_map(|c| c.try_into().ok().map(read)).collect();
        String::from_utf16_lossy(&units)
    };
    let text = match start {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => match std::str::from_utf8(start) {
            Ok(text) => text.to_owned(),
            // Cut in the middle of a character.
            Err(e) if e.error_len().is_none() => {
                String::from_utf8_lossy(start.get(..e.valid_up_to()).unwrap_or_default()).into_owned()
            }
            Err(_) => {
                let odd = start.iter().filter(|b| (0x80..0xa0).contains(*b)).count();
                if odd * 20 > start.len() {
                    return None;
                }
                start.iter().map(|b| char::from(*b)).filter(|c| !('\u{80}'..'\u{a0}').contains(c)).collect()
            }
        },
    };
    let control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}' | '\u{85}');
    (!text.is_empty() && !text.chars().any(control)).then_some(text)
}
