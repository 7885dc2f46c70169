//! A text prepared for all recognisers at once: folded, cut into words, with the way back to the original.

use std::ops::Range;

use unlisted_model::{Block, Text};

use crate::normalise::fold::Folded;
use crate::normalise::words::{CANONICAL, canonical};

/// One word: a run of letters and figures. An apostrophe inside belongs to it and is skipped in comparing.
#[derive(Clone, Copy)]
pub(crate) struct Word {
    /// Folded start.
    pub(crate) start: u32,
    /// Folded end.
    pub(crate) end: u32,
    /// Index of its block.
    pub(crate) block: u32,
    /// Hash of its letters in lower case, apostrophes left out.
    pub(crate) hash: u32,
    /// Hash without a possessive "'s", or 0.
    pub(crate) bare: u32,
    flags: u8,
}

const DIGIT: u8 = 1;
const UPPER: u8 = 2;
const ALL_UPPER: u8 = 4;
const APOSTROPHE: u8 = 8;
const LETTER: u8 = 16;

impl Word {
    /// Whether a figure is among its signs.
    #[inline]
    pub(crate) fn has_digit(self) -> bool {
        self.flags & DIGIT != 0
    }

    /// Whether it holds a letter.
    #[inline]
    pub(crate) fn has_letter(self) -> bool {
        self.flags & LETTER != 0
    }

    /// Whether it begins with a capital.
    #[inline]
    pub(crate) fn is_capitalised(self) -> bool {
        self.flags & UPPER != 0
    }

    /// Whether no small letter is in it and at least one capital is.
    #[inline]
    pub(crate) fn is_upper(self) -> bool {
        self.flags & ALL_UPPER != 0
    }

    /// Its length in folded bytes.
    #[inline]
    pub(crate) fn len(self) -> usize {
        (self.end - self.start) as usize
    }
}

/// What lies between two neighbouring words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap<'p> {
    /// Signs within one block.
    Signs(&'p [u8]),
    /// The next block of the same row, card or record.
    NextCell,
    /// Another row, or the end of the text.
    Far,
}

impl Gap<'_> {
    /// A single space, or nothing that matters.
    #[inline]
    pub(crate) fn is_space(self) -> bool {
        matches!(self, Gap::Signs(b" " | b"  " | b"\t"))
    }
}

/// The prepared text.
pub(crate) struct Page<'t> {
    pub(crate) text: &'t Text,
    pub(crate) folded: Folded<'t>,
    pub(crate) words: Vec<Word>,
    /// Per block the index of its first word, and one past the end.
    first_word: Vec<u32>,
}

/// More of a text than this is not looked at.
const MOST_BYTES: usize = 64 << 20;

impl<'t> Page<'t> {
    /// Prepares a text.
    pub(crate) fn new(text: &'t Text) -> Self {
        let mut end = text.chars.len().min(MOST_BYTES);
        while !text.chars.is_char_boundary(end) {
            end -= 1;
        }
        let folded = Folded::new(text.chars.get(..end).unwrap_or_default());
        let mut page = Page {
            text,
            words: Vec::with_capacity(folded.cased.len() / 6),
            first_word: Vec::with_capacity(text.blocks.len() + 1),
            folded,
        };
        let mut done = 0;
        for (index, block) in text.blocks.iter().enumerate() {
            page.first_word.push(page.words.len() as u32);
            let start = page.folded.folded(block.range.start.min(end)).max(done);
            let stop = page.folded.folded(block.range.end.min(end)).max(start);
            cut(&page.folded, start..stop, index as u32, &mut page.words);
            done = stop;
        }
        page.first_word.push(page.words.len() as u32);
        page
    }

    /// The folded bytes of a word in lower case.
    #[inline]
    pub(crate) fn lower(&self, word: Word) -> &[u8] {
        self.folded.lower.get(word.start as usize..word.end as usize).unwrap_or_default()
    }

    /// The lower-case bytes of the word with this index; empty past the end.
    #[inline]
    pub(crate) fn at(&self, index: usize) -> &[u8] {
        self.words.get(index).map_or(&[], |w| self.lower(*w))
    }

    /// What lies between the word `index` and the next.
    #[inline]
    pub(crate) fn gap(&self, index: usize) -> Gap<'_> {
        let (Some(a), Some(b)) = (self.words.get(index), self.words.get(index + 1)) else { return Gap::Far };
        if a.block == b.block {
            return Gap::Signs(plain_signs(self.folded.lower.get(a.end as usize..b.start as usize).unwrap_or_default()));
        }
        let (Some(one), Some(two)) = (self.text.blocks.get(a.block as usize), self.text.blocks.get(b.block as usize)) else {
            return Gap::Far;
        };
        // A block of signs only may stand between.
        if one.group == two.group && b.block - a.block <= 2 { Gap::NextCell } else { Gap::Far }
    }

    /// The block that holds the word `index`.
    pub(crate) fn block(&self, index: usize) -> Option<&'t Block> {
        self.words.get(index).and_then(|w| self.text.blocks.get(w.block as usize))
    }

    /// The label that governs the word `index`, or nothing.
    pub(crate) fn label(&self, index: usize) -> &'t str {
        self.block(index).and_then(|b| b.label.as_deref()).unwrap_or_default()
    }

    /// The words of the block that holds the word `index`.
    #[inline]
    pub(crate) fn block_words(&self, index: usize) -> Range<usize> {
        let Some(word) = self.words.get(index) else { return 0..0 };
        let at = |i: usize| self.first_word.get(i).map_or(self.words.len(), |w| *w as usize);
        at(word.block as usize)..at(word.block as usize + 1)
    }

    /// The span in the original of a folded range.
    pub(crate) fn span(&self, folded: Range<usize>) -> Range<usize> {
        let start = self.folded.original(folded.start);
        let end = self.folded.original(folded.end).max(start);
        start..end
    }

    /// The span in the original of the words `from..to`.
    pub(crate) fn words_span(&self, from: usize, to: usize) -> Range<usize> {
        self.span(self.folded_span(from, to))
    }

    /// The folded range of the words `from..to`.
    pub(crate) fn folded_span(&self, from: usize, to: usize) -> Range<usize> {
        let start = self.words.get(from).map_or(0, |w| w.start as usize);
        let end = to.checked_sub(1).and_then(|i| self.words.get(i)).map_or(start, |w| {
            // A possessive is not part of what it follows.
            w.end as usize - if w.bare != 0 { 2 } else { 0 }
        });
        start..end.max(start)
    }

    /// Whether the word `index` is `word` (lower case, canonical spelling, without apostrophes).
    #[inline]
    pub(crate) fn is(&self, index: usize, word: &[u8]) -> bool {
        let Some(&w) = self.words.get(index) else { return false };
        let lower = self.lower(w);
        if w.flags & APOSTROPHE == 0 {
            return lower == word || CANONICAL.may_have(w.hash) && canonical(lower) == word;
        }
        same_letters(lower, word) || lower.strip_suffix(b"'s").is_some_and(|bare| same_letters(bare, word))
    }

    /// Whether any of the words `from..to` satisfies `test`.
    pub(crate) fn any(&self, from: usize, to: usize, test: impl Fn(&[u8]) -> bool) -> bool {
        (from..to.min(self.words.len())).any(|i| test(self.at(i)))
    }
}

fn same_letters(with_apostrophe: &[u8], word: &[u8]) -> bool {
    with_apostrophe.iter().filter(|b| **b != b'\'').eq(word.iter())
}

/// Codes between words as what they stand for: "14+Mill+Lane%2C+Northgate" in a link to a map, "\\n" in a script.
fn plain_signs(signs: &[u8]) -> &[u8] {
    match signs {
        b"+" | b"%20" | b"%c2%a0" => b" ",
        b"%2c" | b"%2c+" | b"%2c%20" | b",+" | b",%20" => b", ",
        [b'\\', b'n' | b'r' | b't'] | [b'\\', b'r', b'\\', b'n'] | b"%0a" | b"%0d%0a" => b"\n",
        [b',', b'\\', b'n'] => b",\n",
        _ => signs,
    }
}

/// How many bytes at `at` are a code for a sign that belongs to no word: the "%2C" of a link, the "\\n" of a script.
fn code_len(lower: &[u8], at: usize) -> usize {
    match lower.get(at..) {
        Some([b'%', b'2', b'0' | b'2' | b'8' | b'9' | b'b' | b'c' | b'f', next, ..])
        | Some([b'%', b'0', b'a' | b'd', next, ..])
            if in_word(*next) || *next == b'%' || *next == b'+' =>
        {
            3
        }
        Some([b'\\', b'n' | b'r' | b't', ..]) => 2,
        Some([b'\\', b'u', a, b, c, d, ..]) if [a, b, c, d].iter().all(|b| b.is_ascii_hexdigit()) => 6,
        _ => 1,
    }
}

/// The hash of a word as [`Word::hash`] has it.
pub(crate) fn hash(word: &[u8]) -> u32 {
    if word.contains(&b'\'') {
        return hash_letters(&word.iter().copied().filter(|b| *b != b'\'').collect::<Vec<u8>>());
    }
    hash_letters(word)
}

/// The hash of letters without an apostrophe: both ends of a short word at once, longer ones in pieces.
#[inline]
fn hash_letters(word: &[u8]) -> u32 {
    let four = |b: Option<&[u8; 4]>| b.map_or(0, |b| u64::from(u32::from_le_bytes(*b)));
    let eight = |b: Option<&[u8; 8]>| b.map_or(0, |b| u64::from_le_bytes(*b));
    let (a, b) = match word {
        [] => (0, 0),
        [a] => (u64::from(*a), 0),
        [a, b] => (u64::from(*a), u64::from(*b)),
        [a, b, c] => (u64::from(*a) | u64::from(*c) << 8, u64::from(*b)),
        _ if word.len() <= 8 => (four(word.first_chunk()), four(word.last_chunk())),
        _ => {
            let mut state = 0;
            for piece in word.chunks_exact(8) {
                state = mix(state ^ eight(piece.first_chunk()), 0);
            }
            (state, eight(word.last_chunk()))
        }
    };
    let mixed = mix(a ^ (word.len() as u64) << 56, b);
    // 0 means "none".
    ((mixed ^ (mixed >> 32)) as u32).max(1)
}

/// Multiplies two numbers into one (as wyhash and fxhash do).
#[inline]
fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a ^ 0x243F_6A88_85A3_08D3) * u128::from(b ^ 0x1319_8A2E_0370_7345);
    (product as u64) ^ ((product >> 64) as u64)
}

/// What each byte of a cased text is: the flags of [`Word`], and `SMALL`; 0 for signs.
const CLASS: [u8; 256] = {
    let mut class = [0u8; 256];
    let mut b = 0usize;
    while b < 256 {
        let byte = b as u8;
        class[b] = if byte.is_ascii_digit() {
            DIGIT
        } else if byte.is_ascii_uppercase() {
            LETTER
        } else if in_word(byte) {
            LETTER | SMALL
        } else {
            0
        };
        b += 1;
    }
    class
};
/// A letter that is no capital.
const SMALL: u8 = 32;

#[inline]
const fn class(b: u8) -> u8 {
    CLASS[b as usize]
}

/// Cuts a block into words: every byte of the page goes through here.
fn cut(folded: &Folded<'_>, range: Range<usize>, block: u32, words: &mut Vec<Word>) {
    let lower = folded.lower.get(range.clone()).unwrap_or_default();
    let cased = folded.cased.get(range.clone()).unwrap_or_default();
    let mut at = 0;
    while let Some(&first) = cased.get(at) {
        if class(first) == 0 {
            at += if matches!(first, b'%' | b'\\') { code_len(lower, at) } else { 1 };
            continue;
        }
        let start = at;
        let mut seen = 0;
        let mut bare = 0;
        let mut apostrophe = 0;
        loop {
            let rest = cased.get(at..).unwrap_or_default();
            let sign = rest.iter().position(|b| {
                let class = class(*b);
                seen |= class;
                class == 0
            });
            at += sign.unwrap_or(rest.len());
            // "O'Neill" is one word; "Castle's" is "Castle" and also "Castles".
            let inside = lower.get(at) == Some(&b'\'')
                && lower.get(at + 1).is_some_and(u8::is_ascii_lowercase)
                && !lower.get(at - 1).is_some_and(u8::is_ascii_digit);
            if !inside {
                break;
            }
            apostrophe = APOSTROPHE;
            if lower.get(at + 1) == Some(&b's') && !lower.get(at + 2).is_some_and(|b| in_word(*b)) {
                bare = hash(lower.get(start..at).unwrap_or_default());
            }
            at += 1;
        }
        let letters = lower.get(start..at).unwrap_or_default();
        let hash = if apostrophe == 0 { hash_letters(letters) } else { hash(letters) };
        let mut flags = seen & (DIGIT | LETTER) | apostrophe;
        if first.is_ascii_uppercase() {
            flags |= UPPER;
        }
        if seen & (LETTER | SMALL) == LETTER {
            flags |= ALL_UPPER;
        }
        words.push(Word { start: (range.start + start) as u32, end: (range.start + at) as u32, block, hash, bare, flags });
    }
}

#[inline]
const fn in_word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;
    use unlisted_model::{About, Role};

    #[test]
    fn words_know_their_neighbours() {
        let mut text = Text::default();
        text.push(Role::Cell, None, 1, About::Unknown, "Siân O’Neill’s", 0);
        text.push(Role::Cell, None, 1, About::Unknown, "14a Mill Ln", 0);
        text.push(Role::Body, None, 2, About::Unknown, "END", 0);
        let page = Page::new(&text);
        let words: Vec<&[u8]> = page.words.iter().map(|w| page.lower(*w)).collect();
        assert_eq!(words, [b"sian".as_slice(), b"o'neill's", b"14a", b"mill", b"ln", b"end"]);
        assert!(page.is(1, b"oneill") && page.is(4, b"lane"));
        assert_eq!(page.words[1].bare, hash(b"oneill"));
        assert!(page.gap(0).is_space());
        assert!(page.gap(1) == Gap::NextCell && page.gap(4) == Gap::Far);
        assert!(page.words[5].is_upper() && page.words[2].has_digit());
        assert_eq!(text.chars.get(page.words_span(0, 2)), Some("Siân O’Neill"), "a possessive is left out");
        assert_eq!(page.block_words(3), 2..5);
    }
}
