//! The TIFF structure of EXIF: bounded in entries, in tables and in bytes, and never round in circles.

use std::collections::HashSet;
use std::ops::Range;

/// Tables read of one picture, entries of one table, bytes of one value.
const TABLES: usize = 16;
const ENTRIES: usize = 512;
const LONGEST: usize = 1 << 20;

/// What is kept of it.
#[derive(Debug, Default)]
pub(super) struct Tiff {
    /// Labels and words.
    pub(super) words: Vec<(&'static str, String)>,
    /// Degrees north and east.
    pub(super) place: Option<(f64, f64)>,
    /// Where the small picture stands.
    pub(super) small: Option<Range<usize>>,
    pub(super) xmp: Option<Vec<u8>>,
    pub(super) iptc: Option<Vec<u8>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Table {
    Main,
    Exif,
    Gps,
}

/// One entry: its tag, its type, how many values, and where they stand.
struct Entry {
    tag: u16,
    kind: u16,
    data: Range<usize>,
}

struct Reader<'b> {
    bytes: &'b [u8],
    is_little: bool,
}

impl Reader<'_> {
    fn short(&self, at: usize) -> Option<u16> {
        let pair = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.is_little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    }

    fn long(&self, at: usize) -> Option<u32> {
        let four = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.is_little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
    }

    fn offset(&self, at: usize) -> Option<usize> {
        usize::try_from(self.long(at)?).ok()
    }

    fn entry(&self, at: usize) -> Option<Entry> {
        let (tag, kind, count) = (self.short(at)?, self.short(at + 2)?, self.offset(at + 4)?);
        let size = match kind {
            1 | 2 | 6 | 7 => 1,
            3 | 8 => 2,
            4 | 9 | 11 | 13 => 4,
            5 | 10 | 12 => 8,
            _ => return None,
        };
        let length = count.checked_mul(size)?.min(LONGEST);
        let start = if length <= 4 { at + 8 } else { self.offset(at + 8)? };
        Some(Entry { tag, kind, data: start..start.checked_add(length)? })
    }

    fn bytes_of(&self, entry: &Entry) -> &[u8] {
        self.bytes.get(entry.data.clone()).unwrap_or_default()
    }

    fn number(&self, entry: &Entry) -> Option<usize> {
        match entry.kind {
            3 => Some(usize::from(self.short(entry.data.start)?)),
            _ => self.offset(entry.data.start),
        }
    }

    fn words(&self, entry: &Entry) -> String {
        let bytes = self.bytes_of(entry);
        if matches!(entry.tag, 0x9C9B..=0x9C9F) {
            // Windows writes these as UTF-16.
            let wide = encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0;
            return wide.trim_matches('\0').trim().to_owned();
        }
        // A comment names its letters in eight bytes of its own.
        let bytes = match bytes.get(..8) {
            Some(b"ASCII\0\0\0" | b"\0\0\0\0\0\0\0\0") if entry.tag == 0x9286 => bytes.get(8..).unwrap_or_default(),
            Some(b"UNICODE\0") if entry.tag == 0x9286 => {
                let rest = bytes.get(8..).unwrap_or_default();
                let encoding = if self.is_little { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE };
                return encoding.decode_without_bom_handling(rest).0.trim_matches('\0').trim().to_owned();
            }
            _ => bytes,
        };
        let end = bytes.iter().rposition(|b| *b != 0).map_or(0, |at| at + 1);
        super::super::decode_text(bytes.get(..end).unwrap_or_default(), "").0.replace('\0', " ").trim().to_owned()
    }

    /// Degrees, minutes and seconds as fractions.
    fn degrees(&self, entry: &Entry) -> Option<f64> {
        if entry.kind != 5 {
            return None;
        }
        let mut sum = 0.0;
        let mut unit = 1.0;
        for i in 0..(entry.data.len() / 8).min(3) {
            let at = entry.data.start + 8 * i;
            let (above, below) = (f64::from(self.long(at)?), f64::from(self.long(at + 4)?));
            if below != 0.0 {
                sum += above / below / unit;
            } else if i == 0 {
                return None;
            }
            unit *= 60.0;
        }
        Some(sum)
    }
}

fn label(table: Table, tag: u16) -> Option<&'static str> {
    Some(match (table, tag) {
        (Table::Main, 0x010E) => "description",
        (Table::Main, 0x010F) => "camera maker",
        (Table::Main, 0x0110) => "camera",
        (Table::Main, 0x0131) => "software",
        (Table::Main, 0x013B) => "author",
        (Table::Main, 0x013C) => "computer",
        (Table::Main, 0x8298) => "rights",
        (Table::Main, 0x9C9B) => "title",
        (Table::Main, 0x9C9C) => "comment",
        (Table::Main, 0x9C9D) => "author",
        (Table::Main, 0x9C9E) => "keywords",
        (Table::Main, 0x9C9F) => "subject",
        (Table::Exif, 0x9003) => "taken",
        (Table::Exif, 0x9286) => "comment",
        (Table::Exif, 0xA430) => "camera owner",
        (Table::Exif, 0xA431) => "camera serial number",
        (Table::Exif, 0xA435) => "lens serial number",
        (Table::Gps, 0x001C) => "area",
        _ => return None,
    })
}

impl Tiff {
    /// Reads the structure; `None` if it has no sound beginning.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let is_little = match bytes.get(..4)? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return None,
        };
        let reader = Reader { bytes, is_little };
        let mut out = Self::default();
        let mut seen = HashSet::new();
        let mut waiting = vec![(Table::Main, reader.offset(4)?)];
        let mut is_sound = false;
        while let Some((table, at)) = waiting.pop() {
            if seen.len() >= TABLES || !seen.insert(at) {
                continue;
            }
            if let Some(next) = out.table(&reader, table, at, &mut waiting) {
                is_sound = true;
                if next != 0 && table == Table::Main {
                    waiting.push((Table::Main, next));
                }
            }
        }
        is_sound.then_some(out)
    }

    /// Reads one table; where the next one of its chain stands, 0 for nowhere.
    fn table(&mut self, reader: &Reader<'_>, table: Table, at: usize, waiting: &mut Vec<(Table, usize)>) -> Option<usize> {
        let count = usize::from(reader.short(at)?);
        let (mut small_at, mut small_length) = (None, None);
        let (mut north, mut east, mut south, mut west) = (None, None, false, false);
        for i in 0..count.min(ENTRIES) {
            let Some(entry) = at.checked_add(2 + 12 * i).and_then(|at| reader.entry(at)) else { continue };
            match (table, entry.tag) {
                (Table::Main, 0x8769) => waiting.extend(reader.number(&entry).map(|at| (Table::Exif, at))),
                (Table::Main, 0x8825) => waiting.extend(reader.number(&entry).map(|at| (Table::Gps, at))),
                (Table::Main, 0x0201) => small_at = reader.number(&entry),
                (Table::Main, 0x0202) => small_length = reader.number(&entry),
                (Table::Main, 0x02BC) => self.xmp = Some(reader.bytes_of(&entry).to_vec()),
                (Table::Main, 0x83BB) => self.iptc = Some(reader.bytes_of(&entry).to_vec()),
                (Table::Gps, 1) => south = reader.bytes_of(&entry).first() == Some(&b'S'),
                (Table::Gps, 2) => north = reader.degrees(&entry),
                (Table::Gps, 3) => west = reader.bytes_of(&entry).first() == Some(&b'W'),
                (Table::Gps, 4) => east = reader.degrees(&entry),
                (table, tag) => {
                    let words = label(table, tag).map(|label| (label, reader.words(&entry)));
                    self.words.extend(words.filter(|(_, words)| !words.is_empty()));
                }
            }
        }
        if let (Some(north), Some(east)) = (north, east) {
            self.place = Some((if south { -north } else { north }, if west { -east } else { east }));
        }
        if let (Some(from), Some(length)) = (small_at, small_length) {
            self.small = from.checked_add(length).map(|to| from..to);
        }
        reader.offset(at.checked_add(2 + 12 * count)?).or(Some(0))
    }
}
