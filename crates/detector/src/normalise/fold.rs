//! One folded copy of a text with a map back: accents, full-width forms, look-alikes, zero-width characters, odd spaces,
//! quotes and dashes become what a plain keyboard would have typed. Pure ASCII is borrowed, not copied.

use std::borrow::Cow;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// A text folded twice: with its case, and in lower case. Both have equal length.
pub(crate) struct Folded<'t> {
    /// Folded, case kept.
    pub(crate) cased: Cow<'t, [u8]>,
    /// Folded, lower case.
    pub(crate) lower: Vec<u8>,
    /// Runs `(start in folded, start in original)`, ascending; inside a run both advance together.
    runs: Vec<(u32, u32)>,
    original_len: usize,
}

impl<'t> Folded<'t> {
    /// Folds `text`, of which at most 1 GiB is looked at.
    pub(crate) fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        if bytes.is_ascii() {
            return Folded {
                cased: Cow::Borrowed(bytes),
                lower: bytes.to_ascii_lowercase(),
                runs: Vec::new(),
                original_len: bytes.len(),
            };
        }
        let mut made = Maker { out: Vec::with_capacity(bytes.len()), runs: Vec::with_capacity(64), delta: 0 };
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|r| !r.is_empty()) {
            // An ASCII stretch goes over in one piece; its first byte starts a run if one is due.
            let plain = ascii_len(rest);
            if let Some((first, others)) = rest.get(..plain).and_then(<[u8]>::split_first) {
                made.put(at, *first);
                made.out.extend_from_slice(others);
                at += plain;
            }
            let Some(c) = text.get(at..).and_then(|t| t.chars().next()) else { break };
            fold_char(c, at, &mut made);
            at += c.len_utf8();
        }
        let lower = made.out.to_ascii_lowercase();
        Folded { cased: Cow::Owned(made.out), lower, runs: made.runs, original_len: bytes.len() }
    }

    /// The offset in the original of the character from which the folded byte at `at` came.
    pub(crate) fn original(&self, at: usize) -> usize {
        if at >= self.cased.len() {
            return self.original_len;
        }
        match self.runs.partition_point(|&(f, _)| f as usize <= at).checked_sub(1).and_then(|i| self.runs.get(i)) {
            Some(&(f, o)) => o as usize + (at - f as usize),
            None => at,
        }
    }

    /// The folded offset of the first byte that came from the original's `at` or later.
    pub(crate) fn folded(&self, at: usize) -> usize {
        let i = self.runs.partition_point(|&(_, o)| o as usize <= at);
        let next = self.runs.get(i).map_or(self.cased.len(), |&(f, _)| f as usize);
        match i.checked_sub(1).and_then(|i| self.runs.get(i)) {
            Some(&(f, o)) => (f as usize + (at - o as usize)).min(next),
            None => at.min(next),
        }
    }
}

/// How many bytes at the start are ASCII, asked of sixteen at once.
fn ascii_len(bytes: &[u8]) -> usize {
    let whole = bytes.chunks_exact(16).take_while(|chunk| chunk.is_ascii()).count() * 16;
    let rest = bytes.get(whole..).unwrap_or_default();
    whole + rest.iter().take(16).position(|b| !b.is_ascii()).unwrap_or(rest.len())
}

struct Maker {
    out: Vec<u8>,
    runs: Vec<(u32, u32)>,
    /// Original minus folded, of the run that is being written.
    delta: i64,
}

impl Maker {
    fn put(&mut self, at: usize, byte: u8) {
        let delta = at as i64 - self.out.len() as i64;
        if delta != self.delta {
            self.delta = delta;
            self.runs.push((self.out.len() as u32, at as u32));
        }
        self.out.push(byte);
    }

    fn put_all(&mut self, at: usize, bytes: &[u8]) {
        for &byte in bytes {
            self.put(at, byte);
        }
    }
}

fn fold_char(c: char, at: usize, made: &mut Maker) {
    match c {
        // Zero-width and invisible: dropped.
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{fe00}'..='\u{fe0f}' => {}
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
            made.put(at, b' ');
        }
        '\u{2018}'..='\u{201b}' | '\u{2bc}' | '\u{2b9}' | '\u{2032}' | '\u{b4}' | '\u{ff07}' | '\u{2bb}' => made.put(at, b'\''),
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' => made.put(at, b'"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{2043}' => made.put(at, b'-'),
        '\u{2044}' | '\u{2215}' => made.put(at, b'/'),
        '\u{2024}' | '\u{3002}' | '\u{fe52}' | '\u{b7}' | '\u{2027}' | '\u{22c5}' | '\u{2219}' => made.put(at, b'.'),
        '\u{fe6b}' => made.put(at, b'@'),
        // Full-width ASCII.
        '\u{ff01}'..='\u{ff5e}' => {
            made.put(at, u8::try_from(u32::from(c) - 0xff01 + 0x21).unwrap_or(b'?'));
        }
        'ß' => made.put_all(at, b"ss"),
        'ẞ' => made.put_all(at, b"SS"),
        'æ' => made.put_all(at, b"ae"),
        'Æ' => made.put_all(at, b"AE"),
        'œ' => made.put_all(at, b"oe"),
        'Œ' => made.put_all(at, b"OE"),
        'þ' => made.put_all(at, b"th"),
        'Þ' => made.put_all(at, b"Th"),
        _ => {
            if let Some(plain) = look_alike(c) {
                made.put(at, plain);
                return;
            }
            if is_combining_mark(c) {
                return;
            }
            // The first ASCII part of a decomposition; anything else stays as it is.
            let mut base = None;
            decompose_canonical(c, |part| {
                if base.is_none() {
                    base = Some(part);
                }
            });
            match base {
                Some(b) if b.is_ascii() => made.put(at, b as u8),
                _ => match c.to_digit(10).or_else(|| digit(c)) {
                    Some(d) => made.put(at, b'0' + u8::try_from(d).unwrap_or(0)),
                    None if c.is_alphanumeric() => other_script(c, at, made),
                    None if matches!(c, '£' | '€' | '¥') => made.put(at, b'$'),
                    // Bullets, arrows, pictures: a sign that belongs to no word.
                    None => made.put(at, b'*'),
                },
            }
        }
    }
}

/// Characters of other scripts go over in lower case; each of their bytes points at the character's start, so that no
/// span can end inside one.
fn other_script(c: char, at: usize, made: &mut Maker) {
    let mut buffer = [0u8; 4];
    let mut lower = c.to_lowercase();
    let c = match (lower.next(), lower.next()) {
        (Some(l), None) => l,
        _ => c,
    };
    made.put_all(at, c.encode_utf8(&mut buffer).as_bytes());
}

/// Digits of other scripts and of the mathematical and circled blocks.
fn digit(c: char) -> Option<u32> {
    let n = u32::from(c);
    [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6].into_iter().find_map(|zero| n.checked_sub(zero).filter(|d| *d < 10)).or_else(
        || {
            n.checked_sub(0x1d7ce)
                .filter(|d| *d < 50)
                .map(|d| d % 10)
                .or_else(|| n.checked_sub(0x2460).filter(|d| *d < 9).map(|d| d + 1))
        },
    )
}

/// Letters of other scripts that look like a Latin one, and Latin letters that do not decompose.
fn look_alike(c: char) -> Option<u8> {
    Some(match c {
        'а' | 'α' => b'a',
        'А' | 'Α' => b'A',
        'В' | 'Β' => b'B',
        'с' | 'ϲ' => b'c',
        'С' => b'C',
        'ԁ' | 'đ' | 'ð' => b'd',
        'Đ' | 'Ð' => b'D',
        'е' | 'ə' => b'e',
        'Е' | 'Ε' => b'E',
        'һ' | 'ħ' => b'h',
        'Н' | 'Η' => b'H',
        'і' | 'ı' | 'ι' => b'i',
        'І' | 'Ι' => b'I',
        'ј' => b'j',
        'Ј' => b'J',
        'К' | 'Κ' => b'K',
        'ł' | 'ӏ' => b'l',
        'Ł' => b'L',
        'М' | 'Μ' => b'M',
        'Ν' => b'N',
        'о' | 'ο' | 'ø' | 'օ' => b'o',
        'О' | 'Ο' | 'Ø' => b'O',
        'р' | 'ρ' => b'p',
        'Р' | 'Ρ' => b'P',
        'ԛ' => b'q',
        'ѕ' => b's',
        'Ѕ' => b'S',
        'Т' | 'Τ' => b'T',
        'υ' | 'ս' => b'u',
        'ν' | 'ѵ' => b'v',
        'ԝ' => b'w',
        'х' | 'χ' => b'x',
        'Х' | 'Χ' => b'X',
        'у' => b'y',
        'У' | 'Υ' => b'Y',
        'Ζ' => b'Z',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, folded: &str) {
        assert_eq!(String::from_utf8_lossy(&Folded::new(text).lower), folded, "{text:?}");
    }

    #[test]
    fn folds_what_a_plain_keyboard_would_type() {
        check("Siân O’Neill", "sian o'neill");
        check("0\u{200b}77\u{ad}00\u{a0}900–123", "07700 900-123");
        check("ａｍｉｎａ＠ｍａｉｌ", "amina@mail");
        check("Аmіnа", "amina");
        check("Straße Æble", "strasse aeble");
        check("e\u{301}t", "et");
        check("١٢٣", "123");
        check("日本 Łódź", "日本 lodz");
    }

    #[test]
    fn every_offset_leads_to_a_character() {
        let text = "aé\u{200b}ß日本x\u{301}y Ⅷ end";
        let folded = Folded::new(text);
        for at in 0..=folded.cased.len() {
            assert!(text.is_char_boundary(folded.original(at)), "{at}");
        }
        for (at, _) in text.char_indices() {
            assert!(folded.folded(at) <= folded.cased.len());
        }
        assert_eq!(
            folded.folded(text.find('y').expect("test data")),
            folded.lower.iter().position(|b| *b == b'y').expect("test data")
        );
    }
}
