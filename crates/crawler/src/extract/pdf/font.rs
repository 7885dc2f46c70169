//! Fonts: from the bytes of a string to letters and widths.

use std::collections::HashMap;

use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};

use super::cmap::CMap;
use super::encoding::{self, Base};
use super::{metrics, sfnt};

/// Entries of a table of widths read at most.
const MOST: usize = 70_000;

/// A font as far as its letters and their widths go.
#[derive(Debug, Default)]
pub(super) struct Font {
    name: String,
    to_unicode: Option<CMap>,
    kind: Kind,
    widths: HashMap<u32, f64>,
    missing: f64,
    /// What a width of the table is worth in units of text space.
    unit: f64,
    pub(super) is_bold: bool,
}

#[derive(Debug)]
enum Kind {
    /// One byte, one glyph.
    Simple { letters: Vec<Option<String>> },
    /// Codes of more bytes.
    Composite { codes: CMap, by_glyph: HashMap<u32, char>, is_utf16: bool },
}

impl Default for Kind {
    fn default() -> Self {
        Self::Simple { letters: Vec::new() }
    }
}

/// One glyph of a string.
pub(super) struct Shown {
    /// Its advance in units of text space.
    pub(super) width: f64,
    /// Whether it is the single-byte code 32, to which word spacing applies.
    pub(super) is_space: bool,
    /// Whether it is known which letters it stands for.
    pub(super) is_known: bool,
}

impl Font {
    /// Reads a font; what is missing is filled with what readers of PDF assume.
    pub(super) fn read(dict: &Dict<'_>) -> Self {
        let name = dict.get::<Name<'_>>("BaseFont").map(|n| n.as_str().to_owned()).unwrap_or_default();
        let subtype = dict.get::<Name<'_>>("Subtype").map(|n| n.as_str().to_owned()).unwrap_or_default();
        let to_unicode = dict
            .get::<Stream<'_>>("ToUnicode")
            .and_then(|s| s.decoded_data().ok().map(|d| CMap::read(&d)))
            .filter(CMap::has_letters);
        let is_bold = ["Bold", "Black", "Heavy"].iter().any(|w| name.contains(w));
        let mut font = Self { name, to_unicode, unit: 0.001, is_bold, ..Self::default() };
        if subtype == "Type0" {
            font.read_composite(dict);
        } else {
            font.read_simple(dict, &subtype);
        }
        font
    }

    fn read_simple(&mut self, dict: &Dict<'_>, subtype: &str) {
        let descriptor = dict.get::<Dict<'_>>("FontDescriptor");
        if subtype == "Type3" {
            let matrix: Vec<f64> = numbers(dict.get::<Array<'_>>("FontMatrix"), 6);
            self.unit = matrix.first().copied().filter(|u| *u != 0.0).unwrap_or(0.001).abs();
        }
        self.missing = descriptor.as_ref().and_then(|d| number(d, "MissingWidth")).unwrap_or(0.0);
        let first = dict.get::<i32>("FirstChar").and_then(|f| u32::try_from(f).ok()).unwrap_or(0);
        let widths = numbers(dict.get::<Array<'_>>("Widths"), 512);
        if widths.is_empty() {
            for code in 0..256 {
                self.widths.insert(code, metrics::width(&self.name, code));
            }
        }
        for (code, width) in (first..).zip(widths) {
            self.widths.insert(code, width);
        }
        let is_symbolic = descriptor.as_ref().and_then(|d| d.get::<i32>("Flags")).is_some_and(|f| f & 4 != 0);
        let (base, differences) = match dict.get::<Object<'_>>("Encoding") {
            Some(Object::Name(name)) => (base_of(name.as_str()), None),
            Some(Object::Dict(d)) => {
                (d.get::<Name<'_>>("BaseEncoding").and_then(|n| base_of(n.as_str())), d.get::<Array<'_>>("Differences"))
            }
            _ => (None, None),
        };
        let fallback = if subtype == "TrueType" || is_symbolic { Base::WinAnsi } else { Base::Standard };
        let base = base.unwrap_or(fallback);
        let mut letters: Vec<Option<String>> = (0..=255).map(|code| encoding::letter(base, code).map(String::from)).collect();
        if let Some(program) = descriptor.as_ref().and_then(|d| d.get::<Stream<'_>>("FontFile")).filter(|_| differences.is_none())
        {
            // A Type 1 font says in plain words which glyph each code means.
            for (code, name) in built_in(&program.decoded_data().unwrap_or_default()) {
                if let Some(slot) = letters.get_mut(usize::from(code)) {
                    *slot = encoding::of_name(&name);
                }
            }
        }
        if let Some(differences) = differences {
            let mut code = 0_usize;
            for object in differences.iter::<Object<'_>>().take(1_024) {
                match object {
                    Object::Number(n) => code = usize::try_from(n.as_i64()).unwrap_or(usize::MAX),
                    Object::Name(name) => {
                        if let Some(slot) = letters.get_mut(code) {
                            *slot = encoding::of_name(name.as_str());
                        }
                        code = code.saturating_add(1);
                    }
                    _ => {}
                }
            }
        }
        self.kind = Kind::Simple { letters };
    }

    fn read_composite(&mut self, dict: &Dict<'_>) {
        let descendant = dict.get::<Array<'_>>("DescendantFonts").and_then(|a| a.iter::<Dict<'_>>().next()).unwrap_or_default();
        self.missing = number(&descendant, "DW").unwrap_or(1_000.0);
        if let Some(widths) = descendant.get::<Array<'_>>("W") {
            self.read_widths(&widths);
        }
        let mut is_utf16 = false;
        let codes = match dict.get::<Object<'_>>("Encoding") {
            Some(Object::Stream(stream)) => stream.decoded_data().map(|d| CMap::read(&d)).unwrap_or_default(),
            Some(Object::Name(name)) => {
                is_utf16 = ["UCS2", "UTF16"].iter().any(|w| name.as_str().contains(w));
                CMap::default()
            }
            _ => CMap::default(),
        };
        let mut by_glyph = HashMap::new();
        if self.to_unicode.is_none() && !is_utf16 {
            let program = descendant.get::<Dict<'_>>("FontDescriptor").and_then(|d| d.get::<Stream<'_>>("FontFile2"));
            if let Some(program) = program {
                by_glyph = sfnt::letters_of_glyphs(&program.decoded_data().unwrap_or_default());
            }
        }
        self.kind = Kind::Composite { codes, by_glyph, is_utf16 };
    }

    /// `[ first [w w w] first last w … ]`
    fn read_widths(&mut self, table: &Array<'_>) {
        let mut waiting: Vec<u32> = Vec::new();
        let code = |n: Number| u32::try_from(n.as_i64().max(0)).unwrap_or(u32::MAX);
        for object in table.iter::<Object<'_>>().take(MOST) {
            match object {
                Object::Array(list) => {
                    if let Some(first) = waiting.pop() {
                        for (code, width) in (first..).zip(numbers(Some(list), MOST)) {
                            self.set_width(code, width);
                        }
                    }
                    waiting.clear();
                }
                Object::Number(n) => {
                    if let [first, last] = *waiting.as_slice() {
                        for code in (first..=last).take(MOST) {
                            self.set_width(code, n.as_f64());
                        }
                        waiting.clear();
                    } else {
                        waiting.push(code(n));
                    }
                }
                _ => waiting.clear(),
            }
        }
    }

    fn set_width(&mut self, code: u32, width: f64) {
        if self.widths.len() < MOST {
            self.widths.insert(code, width);
        }
    }

    /// The next glyph of a string: its letters are appended to `out`. `None` at the end.
    pub(super) fn next(&self, bytes: &mut &[u8], out: &mut String) -> Option<Shown> {
        let (code, length) = match &self.kind {
            Kind::Simple { .. } => (u32::from(*bytes.first()?), 1),
            Kind::Composite { codes, .. } => codes.code(bytes)?,
        };
        *bytes = bytes.get(length.max(1)..).unwrap_or_default();
        let by_map = self.to_unicode.as_ref().is_some_and(|map| map.letters(code, out));
        let (is_known, glyph) = match &self.kind {
            Kind::Simple { letters } => {
                let letters = usize::try_from(code).ok().and_then(|c| letters.get(c)).and_then(Option::as_ref);
                if let Some(letters) = letters.filter(|_| !by_map) {
                    out.push_str(letters);
                }
                (by_map || letters.is_some(), code)
            }
            Kind::Composite { codes, by_glyph, is_utf16 } => {
                let glyph = codes.glyph(code).unwrap_or(code);
                let letter = if *is_utf16 { char::from_u32(code) } else { by_glyph.get(&glyph).copied() };
                out.extend(letter.filter(|_| !by_map));
                (by_map || letter.is_some(), glyph)
            }
        };
        let width = self.widths.get(&glyph).copied().unwrap_or(self.missing) * self.unit;
        Some(Shown { width, is_space: length == 1 && code == 32, is_known })
    }
}

fn base_of(name: &str) -> Option<Base> {
    match name {
        "WinAnsiEncoding" | "PDFDocEncoding" => Some(Base::WinAnsi),
        "MacRomanEncoding" | "MacExpertEncoding" => Some(Base::MacRoman),
        "StandardEncoding" => Some(Base::Standard),
        _ => None,
    }
}

fn number(dict: &Dict<'_>, key: &str) -> Option<f64> {
    dict.get::<Number>(key).map(|n| n.as_f64())
}

/// The numbers of an array.
pub(super) fn numbers(array: Option<Array<'_>>, most: usize) -> Vec<f64> {
    let of = |object: Object<'_>| object.into_number().map_or(0.0, |n| n.as_f64());
    array.map(|a| a.iter::<Object<'_>>().take(most).map(of).collect()).unwrap_or_default()
}

/// `dup 65 /A put` of the plain part of a Type 1 font.
fn built_in(program: &[u8]) -> Vec<(u8, String)> {
    let plain = program.windows(5).position(|w| w == b"eexec").and_then(|end| program.get(..end)).unwrap_or(program);
    let text = String::from_utf8_lossy(plain.get(..100_000.min(plain.len())).unwrap_or_default());
    let mut out = Vec::new();
    for piece in text.split("dup ").skip(1) {
        let mut words = piece.split_whitespace();
        let (code, name, put) = (words.next(), words.next(), words.next());
        if let (Some(Ok(code)), Some(name), Some("put")) = (code.map(str::parse), name.and_then(|n| n.strip_prefix('/')), put) {
            out.push((code, name.to_owned()));
        }
    }
    out
}
