//! Character maps: which code a string holds, and which letters it stands for (`ToUnicode`, embedded `Encoding`).

use std::collections::HashMap;

/// Entries read of one map at most; a font has 65,536 glyphs.
const MOST: usize = 100_000;

/// A map of codes.
#[derive(Clone, Debug, Default)]
pub(super) struct CMap {
    /// Ranges of codes by their length in bytes: `(length, low, high)`.
    spaces: Vec<(usize, u32, u32)>,
    letters: HashMap<u32, String>,
    /// Runs of letters: `(low, high, letters of low)`.
    runs: Vec<(u32, u32, String)>,
    /// Runs of glyphs: `(low, high, glyph of low)`.
    glyphs: Vec<(u32, u32, u32)>,
}

/// A piece of a map's text.
#[derive(PartialEq, Debug)]
enum Token<'t> {
    Hex(Vec<u8>),
    Number(u32),
    Word(&'t [u8]),
    Open,
    Close,
}

impl CMap {
    /// Reads a map; what is not understood is passed over.
    pub(super) fn read(text: &[u8]) -> Self {
        let mut map = Self::default();
        let mut tokens = Tokens { text, at: 0 };
        let mut left = MOST;
        while let Some(token) = tokens.next() {
            let Token::Word(word) = token else { continue };
            match word {
                b"begincodespacerange" => map.code_spaces(&mut tokens, &mut left),
                b"beginbfchar" => map.letters_one_by_one(&mut tokens, &mut left),
                b"beginbfrange" => map.letters_in_runs(&mut tokens, &mut left),
                b"begincidchar" => map.glyphs(&mut tokens, false, &mut left),
                b"begincidrange" => map.glyphs(&mut tokens, true, &mut left),
                _ => {}
            }
            if left == 0 {
                break;
            }
        }
        map.runs.sort_by_key(|r| r.0);
        map.glyphs.sort_by_key(|r| r.0);
        map
    }

    /// Whether it says what letters codes stand for.
    pub(super) fn has_letters(&self) -> bool {
        !self.letters.is_empty() || !self.runs.is_empty()
    }

    fn code_spaces(&mut self, tokens: &mut Tokens<'_>, left: &mut usize) {
        while let (Some(Token::Hex(low)), Some(Token::Hex(high))) = (tokens.next(), tokens.next()) {
            if *left == 0 || self.spaces.len() >= 1_000 {
                return;
            }
            *left -= 1;
            if (1..=4).contains(&low.len()) && low.len() == high.len() {
                self.spaces.push((low.len(), number(&low), number(&high)));
            }
        }
    }

    fn letters_one_by_one(&mut self, tokens: &mut Tokens<'_>, left: &mut usize) {
        while let Some(Token::Hex(code)) = tokens.next() {
            let Some(Token::Hex(to)) = tokens.next() else { return };
            if *left == 0 {
                return;
            }
            *left -= 1;
            self.letters.insert(number(&code), wide(&to));
        }
    }

    fn letters_in_runs(&mut self, tokens: &mut Tokens<'_>, left: &mut usize) {
        while let (Some(Token::Hex(low)), Some(Token::Hex(high))) = (tokens.next(), tokens.next()) {
            if *left == 0 {
                return;
            }
            *left -= 1;
            let (low, high) = (number(&low), number(&high));
            match tokens.next() {
                Some(Token::Hex(to)) => {
                    if low <= high {
                        self.runs.push((low, high, wide(&to)));
                    }
                }
                Some(Token::Open) => {
                    let mut code = low;
                    while let Some(Token::Hex(to)) = tokens.next() {
                        if *left > 0 && code <= high {
                            *left -= 1;
                            self.letters.insert(code, wide(&to));
                        }
                        code = code.saturating_add(1);
                    }
                }
                _ => return,
            }
        }
    }

    fn glyphs(&mut self, tokens: &mut Tokens<'_>, is_range: bool, left: &mut usize) {
        while let Some(Token::Hex(low)) = tokens.next() {
            let low = number(&low);
            let high = match is_range.then(|| tokens.next()) {
                Some(Some(Token::Hex(high))) => number(&high),
                Some(_) => return,
                None => low,
            };
            let Some(Token::Number(glyph)) = tokens.next() else { return };
            if *left == 0 {
                return;
            }
            *left -= 1;
            self.glyphs.push((low, high, glyph));
        }
    }

    /// The next code of a string and how many bytes it takes; two where the map does not say.
    pub(super) fn code(&self, bytes: &[u8]) -> Option<(u32, usize)> {
        for length in 1..=4 {
            let Some(head) = bytes.get(..length) else { break };
            let code = number(head);
            if self.spaces.iter().any(|(l, low, high)| *l == length && (*low..=*high).contains(&code)) {
                return Some((code, length));
            }
        }
        let length = self.spaces.iter().map(|s| s.0).min().unwrap_or(2).min(bytes.len());
        bytes.get(..length).filter(|head| !head.is_empty()).map(|head| (number(head), length))
    }

    /// The letters of a code, appended to `out`; whether it has any.
    pub(super) fn letters(&self, code: u32, out: &mut String) -> bool {
        if let Some(letters) = self.letters.get(&code) {
            out.push_str(letters);
            return true;
        }
        let after = self.runs.partition_point(|r| r.0 <= code);
        let near = self.runs.get(after.saturating_sub(8)..after).unwrap_or_default();
        let Some((low, _, letters)) = near.iter().rev().find(|r| code <= r.1) else { return false };
        // Only the last letter counts on.
        let mut chars = letters.chars();
        let last = chars.next_back();
        out.push_str(chars.as_str());
        if let Some(last) = last.and_then(|l| char::from_u32(u32::from(l).saturating_add(code - low))) {
            out.push(last);
        }
        true
    }

    /// The glyph of a code.
    pub(super) fn glyph(&self, code: u32) -> Option<u32> {
        let after = self.glyphs.partition_point(|r| r.0 <= code);
        let run = after.checked_sub(1).and_then(|at| self.glyphs.get(at)).filter(|r| code <= r.1)?;
        Some(run.2.saturating_add(code - run.0))
    }
}

/// Big-endian bytes as a number; the last four count.
pub(super) fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |n, b| (n << 8) | u32::from(*b))
}

/// UTF-16, most significant byte first.
pub(super) fn wide(bytes: &[u8]) -> String {
    let units = bytes.chunks(2).map(|pair| match pair {
        [high, low] => u16::from_be_bytes([*high, *low]),
        [low] => u16::from(*low),
        _ => 0,
    });
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).filter(|c| *c != '\0').collect()
}

struct Tokens<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Tokens<'t> {
    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            let byte = *self.text.get(self.at)?;
            match byte {
                b'%' => self.skip_while(|b| !matches!(b, b'\n' | b'\r')),
                b'[' => return self.single(Token::Open),
                b']' => return self.single(Token::Close),
                b'<' if self.text.get(self.at + 1) != Some(&b'<') => return Some(self.hex()),
                b'<' | b'>' | b'(' | b')' | b'{' | b'}' | b'/' => self.at += 1,
                b if b.is_ascii_whitespace() || b == 0 => self.at += 1,
                _ => {
                    let start = self.at;
                    self.skip_while(|b| {
                        !b.is_ascii_whitespace() && !matches!(b, b'<' | b'>' | b'[' | b']' | b'/' | b'(' | b')' | 0)
                    });
                    if self.at == start {
                        self.at += 1;
                        continue;
                    }
                    let word = self.text.get(start..self.at)?;
                    let number = std::str::from_utf8(word).ok().and_then(|w| w.parse().ok());
                    return Some(number.map_or(Token::Word(word), Token::Number));
                }
            }
        }
    }

    fn single(&mut self, token: Token<'t>) -> Option<Token<'t>> {
        self.at += 1;
        Some(token)
    }

    fn skip_while(&mut self, more: impl Fn(u8) -> bool) {
        while self.text.get(self.at).is_some_and(|b| more(*b)) {
            self.at += 1;
        }
    }

    fn hex(&mut self) -> Token<'t> {
        self.at += 1;
        let start = self.at;
        self.skip_while(|b| b != b'>');
        let digits: Vec<u8> = self
            .text
            .get(start..self.at)
            .unwrap_or_default()
            .iter()
            .filter_map(|b| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok()))
            .take(1_024)
            .collect();
        self.at += 1;
        Token::Hex(digits.chunks(2).map(|pair| (pair.first().unwrap_or(&0) << 4) | pair.get(1).unwrap_or(&0)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_letters() {
        let map = CMap::read(
            b"/CIDInit /ProcSet findresource begin 1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
            2 beginbfchar <0003> <0020> <0024> <00660066> endbfchar\n\
            2 beginbfrange <0041> <0043> <0061> <0050> <0051> [<0031> <0032>] endbfrange 1 begincidrange <0000> <00FF> 7 endcidrange",
        );
        let letters = |code| {
            let mut out = String::new();
            map.letters(code, &mut out).then_some(out)
        };
        assert_eq!(map.code(b"\0\x24\0"), Some((0x24, 2)));
        assert_eq!(map.code(b""), None);
        assert_eq!(letters(0x24).as_deref(), Some("ff"));
        assert_eq!(letters(0x43).as_deref(), Some("c"));
        assert_eq!(letters(0x51).as_deref(), Some("2"));
        assert_eq!(letters(0x60), None);
        assert_eq!(map.glyph(3), Some(10));
        for broken in ["beginbfchar <", "beginbfrange <00> <FF", "beginbfrange <00> <05> [", "<<>>((", "begincodespacerange <01>"]
        {
            CMap::read(broken.as_bytes());
        }
    }
}
