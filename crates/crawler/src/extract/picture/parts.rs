//! Where each format of pictures keeps what it says of itself.

use std::borrow::Cow;
use std::io::Read;

/// Parts of one picture read at most.
const MOST: usize = 64;
/// The longest part read.
const LONGEST: usize = 8 << 20;

/// One part.
pub(super) enum Part<'b> {
    /// A TIFF structure.
    Exif(Cow<'b, [u8]>),
    Xmp(Cow<'b, [u8]>),
    Iptc(Cow<'b, [u8]>),
    /// Words under a name of their own.
    Words(String, String),
}

/// The parts of a picture, and whether it could be followed to its end.
pub(super) fn parts(bytes: &[u8]) -> (Vec<Part<'_>>, bool) {
    let mut out = Vec::new();
    let whole = if bytes.starts_with(b"\xFF\xD8") {
        jpeg(bytes, &mut out)
    } else if bytes.starts_with(b"\x89PNG") {
        png(bytes, &mut out)
    } else if bytes.starts_with(b"RIFF") {
        webp(bytes, &mut out)
    } else if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") {
        out.push(Part::Exif(Cow::Borrowed(bytes)));
        Some(())
    } else {
        heif(bytes, &mut out)
    };
    (out, whole.is_some())
}

fn be(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let taken = bytes.get(at..at.checked_add(length)?)?;
    taken.iter().try_fold(0_usize, |n, b| n.checked_mul(256)?.checked_add(usize::from(*b)))
}

/// Segments up to the picture itself; `None` if it breaks off before.
fn jpeg<'b>(bytes: &'b [u8], out: &mut Vec<Part<'b>>) -> Option<()> {
    let mut at = 2;
    let mut iptc = Vec::new();
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        let mark = *bytes.get(at + 1)?;
        match mark {
            0xFF => {
                at += 1;
                continue;
            }
            0xD9 | 0xDA => break,
            0x01 | 0xD0..=0xD8 => {
                at += 2;
                continue;
            }
            _ => {}
        }
        let length = be(bytes, at + 2, 2)?;
        let segment = bytes.get(at + 4..at + 2 + length.max(2))?;
        if out.len() < MOST {
            if let Some(tiff) = segment.strip_prefix(b"Exif\0\0").filter(|_| mark == 0xE1) {
                out.push(Part::Exif(Cow::Borrowed(tiff)));
            } else if let Some(xmp) = xmp_of(segment).filter(|_| mark == 0xE1) {
                out.push(Part::Xmp(Cow::Borrowed(xmp)));
            } else if let Some(resources) = segment.strip_prefix(b"Photoshop 3.0\0").filter(|_| mark == 0xED) {
                iptc.extend_from_slice(resources);
            } else if mark == 0xFE {
                out.push(Part::Words("comment".into(), String::from_utf8_lossy(segment).into_owned()));
            }
        }
        at += 2 + length.max(2);
    }
    if !iptc.is_empty() {
        out.extend(photoshop(&iptc).map(|block| Part::Iptc(Cow::Owned(block))));
    }
    Some(())
}

/// The packet of a segment that names XMP's first version at its head, up to a nought.
fn xmp_of(segment: &[u8]) -> Option<&[u8]> {
    let end = segment.iter().take(64).position(|b| *b == 0)?;
    let (name, packet) = (segment.get(..end)?, segment.get(end + 1..)?);
    name.ends_with(b"/xap/1.0/").then_some(packet)
}

/// The IPTC block among Photoshop's resources.
fn photoshop(resources: &[u8]) -> Option<Vec<u8>> {
    let mut at = 0;
    for _ in 0..MOST {
        if resources.get(at..at + 4)? != b"8BIM" {
            return None;
        }
        let id = be(resources, at + 4, 2)?;
        let name = be(resources, at + 6, 1)?;
        let size_at = at + 6 + (name + 2) / 2 * 2;
        let size = be(resources, size_at, 4)?;
        let data = resources.get(size_at + 4..size_at.checked_add(4)?.checked_add(size)?)?;
        if id == 0x0404 {
            return Some(data.to_vec());
        }
        at = size_at + 4 + size.div_ceil(2) * 2;
    }
    None
}

fn png<'b>(bytes: &'b [u8], out: &mut Vec<Part<'b>>) -> Option<()> {
    let mut at = 8;
    loop {
        let length = be(bytes, at, 4)?;
        let kind = bytes.get(at + 4..at + 8)?;
        let data = bytes.get(at + 8..at.checked_add(8)?.checked_add(length)?)?;
        if out.len() < MOST {
            match kind {
                b"eXIf" => out.push(Part::Exif(Cow::Borrowed(data.strip_prefix(b"Exif\0\0").unwrap_or(data)))),
                b"tEXt" | b"zTXt" | b"iTXt" => out.extend(png_words(kind, data)),
                _ => {}
            }
        }
        if kind == b"IEND" {
            return Some(());
        }
        at += 12 + length;
    }
}

fn png_words<'b>(kind: &[u8], data: &'b [u8]) -> Option<Part<'b>> {
    let end = data.iter().position(|b| *b == 0)?;
    let (name, mut rest) = (String::from_utf8_lossy(data.get(..end)?).into_owned(), data.get(end + 1..)?);
    let mut is_packed = kind == b"zTXt";
    if is_packed {
        rest = rest.get(1..)?;
    }
    if kind == b"iTXt" {
        is_packed = *rest.first()? == 1;
        rest = rest.get(2..)?;
        // The language, and the name in that language.
        for _ in 0..2 {
            rest = rest.get(rest.iter().position(|b| *b == 0)? + 1..)?;
        }
    }
    let words = if is_packed { Cow::Owned(unpacked(rest)) } else { Cow::Borrowed(rest) };
    if name == "XML:com.adobe.xmp" {
        return Some(Part::Xmp(words));
    }
    if let Some(kind) = name.strip_prefix("Raw profile type ") {
        // ImageMagick writes profiles as hexadecimal figures after their length.
        let profile = hex(&words)?;
        return match kind {
            "exif" | "APP1" => Some(Part::Exif(Cow::Owned(profile.strip_prefix(b"Exif\0\0").unwrap_or(&profile).to_vec()))),
            "xmp" => Some(Part::Xmp(Cow::Owned(profile))),
            "iptc" | "8bim" => Some(Part::Iptc(Cow::Owned(photoshop(&profile).unwrap_or(profile)))),
            _ => None,
        };
    }
    Some(Part::Words(name.to_lowercase(), super::super::decode_text(&words, "").0))
}

fn unpacked(packed: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let most = u64::try_from(LONGEST).unwrap_or(u64::MAX);
    // What was unpacked before a fault is used.
    match flate2::read::ZlibDecoder::new(packed).take(most).read_to_end(&mut out) {
        Ok(_) | Err(_) => out,
    }
}

fn hex(text: &[u8]) -> Option<Vec<u8>> {
    let mut lines = text.split(|b| *b == b'\n').filter(|l| !l.is_empty()).skip(1);
    lines.next()?;
    let digits: Vec<u8> = lines
        .flatten()
        .filter_map(|b| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok()))
        .take(2 * LONGEST)
        .collect();
    Some(digits.chunks(2).map(|pair| (pair.first().unwrap_or(&0) << 4) | pair.get(1).unwrap_or(&0)).collect())
}

fn webp<'b>(bytes: &'b [u8], out: &mut Vec<Part<'b>>) -> Option<()> {
    let mut at = 12;
    while at < bytes.len() {
        let kind = bytes.get(at..at + 4)?;
        let length = bytes.get(at + 4..at + 8)?;
        let length = usize::try_from(u32::from_le_bytes(length.try_into().ok()?)).ok()?;
        let data = bytes.get(at + 8..at.checked_add(8)?.checked_add(length)?)?;
        if out.len() < MOST {
            match kind {
                b"EXIF" => out.push(Part::Exif(Cow::Borrowed(data.strip_prefix(b"Exif\0\0").unwrap_or(data)))),
                b"XMP " => out.push(Part::Xmp(Cow::Borrowed(data))),
                _ => {}
            }
        }
        at = at + 8 + length + length % 2;
    }
    Some(())
}

/// HEIF and AVIF keep their items anywhere in the file; their beginnings are sure enough to be looked for.
fn heif<'b>(bytes: &'b [u8], out: &mut Vec<Part<'b>>) -> Option<()> {
    let head = be(bytes, 0, 4)?;
    bytes.get(..head.max(8))?;
    let finder = aho_corasick::AhoCorasick::new([&b"Exif\0\0II*\0"[..], b"Exif\0\0MM\0*", b"<x:xmpmeta"]).ok()?;
    for found in finder.find_iter(bytes).take(MOST) {
        let from = bytes.get(found.start()..)?;
        let from = from.get(..LONGEST).unwrap_or(from);
        match found.pattern().as_usize() {
            2 => {
                let end = from.windows(12).position(|w| w == b"</x:xmpmeta>").map_or(from.len(), |at| at + 12);
                out.push(Part::Xmp(Cow::Borrowed(from.get(..end)?)));
            }
            _ => out.push(Part::Exif(Cow::Borrowed(from.get(6..)?))),
        }
    }
    Some(())
}
