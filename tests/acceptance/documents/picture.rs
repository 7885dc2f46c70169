//! Makes pictures: no more of each format than its frame and what it says of itself.

use super::pdf::deflated;

/// Entries of one table of EXIF: tag, type, count and value.
pub(super) enum Value {
    Words(&'static str),
    Wide(&'static str),
    /// Degrees, minutes, seconds.
    Degrees([u32; 3]),
    /// Another table, by its number.
    Table(usize),
    /// The small picture.
    Small,
}

/// A TIFF structure of tables; the second of them is chained to the first if `chained`.
pub(super) fn tiff(tables: &[Vec<(u16, Value)>], small: &[u8], is_little: bool, chained: bool) -> Vec<u8> {
    let short = |n: u16| if is_little { n.to_le_bytes() } else { n.to_be_bytes() };
    let long = |n: usize| {
        let n = u32::try_from(n).expect("small");
        if is_little { n.to_le_bytes() } else { n.to_be_bytes() }
    };
    let mut places = vec![];
    let mut at = 8;
    for table in tables {
        places.push(at);
        at += 6 + 12 * table.len();
    }
    let mut data: Vec<u8> = vec![];
    let data_at = at;
    let mut out = if is_little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
    out.extend(long(8));
    for (i, table) in tables.iter().enumerate() {
        out.extend(short(u16::try_from(table.len()).expect("few")));
        for (tag, value) in table {
            out.extend(short(*tag));
            let (kind, count, bytes): (u16, usize, Vec<u8>) = match value {
                Value::Words(words) => (2, words.len() + 1, [words.as_bytes(), b"\0"].concat()),
                Value::Wide(words) => {
                    let wide: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).chain([0, 0]).collect();
                    (1, wide.len(), wide)
                }
                Value::Degrees(parts) => (5, 3, parts.iter().flat_map(|p| [long(*p as usize), long(1)].concat()).collect()),
                Value::Table(n) => (4, 1, long(places[*n]).to_vec()),
                Value::Small => (4, 1, long(data_at + data.len()).to_vec()),
            };
            out.extend(short(kind));
            out.extend(long(count));
            if matches!(value, Value::Small) {
                out.extend(&bytes);
                data.extend(small);
            } else if bytes.len() <= 4 {
                out.extend(bytes.iter().copied().chain([0; 4]).take(4));
            } else {
                out.extend(long(data_at + data.len()));
                data.extend(&bytes);
            }
        }
        let next = if i == 0 && chained { places[1] } else { 0 };
        out.extend(long(next));
    }
    out.extend(data);
    out
}

/// EXIF of a photo taken at 51° 30′ 30″ N, 0° 7′ 36″ W with a camera that somebody owns.
pub(super) fn located(is_little: bool) -> Vec<u8> {
    use Value::{Degrees, Table, Words};
    tiff(
        &[
            vec![(0x010F, Words("Fixture")), (0x013B, Words("Amina Castle")), (0x8769, Table(1)), (0x8825, Table(2))],
            vec![(0x9003, Words("2026:05:01 10:00:00")), (0xA430, Words("A R Castle")), (0xA431, Words("SN-00417"))],
            vec![(1, Words("N")), (2, Degrees([51, 30, 30])), (3, Words("W")), (4, Degrees([0, 7, 36]))],
        ],
        b"",
        is_little,
        false,
    )
}

fn segment(mark: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).expect("short").to_be_bytes();
    [&[0xFF, mark], &length[..], data].concat()
}

/// A JPEG of these segments.
pub(super) fn jpeg(segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let all: Vec<u8> = segments.iter().flat_map(|(mark, data)| segment(*mark, data)).collect();
    [b"\xFF\xD8".to_vec(), segment(0xE0, b"JFIF\0"), all, b"\xFF\xDA\0\x02\0\xFF\xD9".to_vec()].concat()
}

pub(super) fn exif(tiff: &[u8]) -> (u8, Vec<u8>) {
    (0xE1, [b"Exif\0\0", tiff].concat())
}

pub(super) fn xmp(packet: &str) -> (u8, Vec<u8>) {
    (0xE1, [b"http://ns.adobe.com/xap/1.0/\0", packet.as_bytes()].concat())
}

/// IPTC data sets of record 2.
pub(super) fn iptc(sets: &[(u8, &str)]) -> (u8, Vec<u8>) {
    let mut block = vec![];
    for (set, words) in sets {
        block.extend([0x1C, 2, *set]);
        block.extend(u16::try_from(words.len()).expect("short").to_be_bytes());
        block.extend(words.as_bytes());
    }
    let mut data = b"Photoshop 3.0\x008BIM\x04\x04\0\0".to_vec();
    data.extend(u32::try_from(block.len()).expect("short").to_be_bytes());
    data.extend(block);
    (0xED, data)
}

/// A PNG of these chunks.
pub(super) fn png(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in chunks.iter().map(|(k, d)| (*k, d.clone())).chain([(b"IDAT", deflated(b"\0")), (b"IEND", vec![])]) {
        out.extend(u32::try_from(data.len()).expect("short").to_be_bytes());
        out.extend(kind);
        out.extend(data);
        out.extend([0; 4]);
    }
    out
}

/// A WebP of these chunks.
pub(super) fn webp(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut all = vec![];
    for (kind, data) in chunks {
        all.extend(*kind);
        all.extend(u32::try_from(data.len()).expect("short").to_le_bytes());
        all.extend(data);
        all.extend(vec![0; data.len() % 2]);
    }
    let size = u32::try_from(all.len() + 4).expect("short").to_le_bytes();
    [b"RIFF", &size[..], b"WEBP", &all].concat()
}

/// A HEIF file with its EXIF among its data.
pub(super) fn heif(tiff: &[u8]) -> Vec<u8> {
    [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", &b"\0\0\0\0mdat\0\0\0\x06Exif\0\0"[..], tiff].concat()
}
