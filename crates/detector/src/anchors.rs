//! The one shared look at a page: every word's hash against the rare words of all facts and names of the slate.
//!
//! A bitmap sixteen times as large as the number of anchors answers "no" for nearly every word in one memory access, so that
//! the cost of looking at a page does not grow with the slate.

use std::collections::HashMap;

use crate::normalise::words::{CANONICAL, canonical};
use crate::page::{Page, hash};

/// What begins, or is near, where an anchor word stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    /// A street of one or more supplied addresses.
    Street(u32),
    /// The name of one or more supplied houses.
    House(u32),
    /// The name of a place, an employer, a relative.
    Phrase(u32),
    /// A surname of one or more names.
    Surname(u32),
    /// Nearly a surname.
    Misspelt(u32),
    /// A username.
    Username(u32),
    /// A name of one word only.
    Single(u32),
}

/// An anchor: the target, and how many words before the anchor word it starts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Anchor {
    pub(crate) target: Target,
    pub(crate) back: u8,
}

/// The index of anchor words.
#[derive(Default)]
pub(crate) struct Anchors {
    found: HashMap<u32, Vec<Anchor>>,
    bits: Vec<u64>,
}

impl Anchors {
    /// Adds the anchors of a phrase.
    pub(crate) fn add(&mut self, phrase: &Phrase, target: Target) {
        for (hash, back) in phrase.anchors() {
            let anchor = Anchor { target, back };
            let list = self.found.entry(hash).or_default();
            if !list.contains(&anchor) {
                list.push(anchor);
            }
        }
    }

    /// To be called once, after the last phrase.
    pub(crate) fn finish(&mut self) {
        let size = (self.found.len() * 16).next_power_of_two().clamp(1 << 12, 1 << 25);
        self.bits = vec![0; size / 64];
        for hash in self.found.keys() {
            if let Some(word) = self.bits.get_mut((*hash as usize / 64) & (size / 64 - 1)) {
                *word |= 1 << (hash % 64);
            }
        }
    }

    #[inline]
    fn may_have(&self, hash: u32) -> bool {
        let at = (hash as usize / 64) & self.bits.len().wrapping_sub(1);
        self.bits.get(at).is_some_and(|word| word >> (hash % 64) & 1 == 1)
    }

    fn of(&self, hash: u32) -> &[Anchor] {
        self.found.get(&hash).map_or(&[], Vec::as_slice)
    }

    /// Calls `see` for each place where a target may start: its first word's index.
    pub(crate) fn each(&self, page: &Page<'_>, mut see: impl FnMut(Target, usize)) {
        let spellings = &*CANONICAL;
        for (index, word) in page.words.iter().enumerate() {
            let canon = if spellings.may_have(word.hash) { canonical_hash(page, index) } else { 0 };
            for hash in [word.hash, word.bare, canon] {
                if hash == 0 || !self.may_have(hash) {
                    continue;
                }
                for anchor in self.of(hash) {
                    if let Some(start) = index.checked_sub(usize::from(anchor.back)) {
                        see(anchor.target, start);
                    }
                }
            }
        }
    }
}

/// The hash of the canonical spelling, where it differs.
pub(crate) fn canonical_hash(page: &Page<'_>, index: usize) -> u32 {
    let Some(word) = page.words.get(index).filter(|w| CANONICAL.may_have(w.hash)) else { return 0 };
    match CANONICAL.hashed(page.lower(*word), word.hash) {
        Some((_, canon)) if canon != word.hash => canon,
        _ => 0,
    }
}

/// A sequence of words to be found whatever their spacing, hyphens and apostrophes: "Smith-Jones", "Mc Donald", "O'Neill".
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    words: Vec<Box<[u8]>>,
    joined: Box<[u8]>,
    /// Hashes of the first word and of all letters.
    keys: [u32; 2],
}

impl Phrase {
    /// Cuts a folded lower-case value into words.
    pub(crate) fn new(folded: &str) -> Option<Self> {
        let words: Vec<Box<[u8]>> = folded
            .as_bytes()
            .split(|b| !(b.is_ascii_alphanumeric() || *b >= 0x80 || *b == b'\''))
            .map(|w| w.iter().copied().filter(|b| *b != b'\'').collect::<Vec<u8>>())
            .filter(|w| !w.is_empty())
            .map(|w| Box::from(canonical(&w)))
            .collect();
        Self::of(words)
    }

    /// One word that is taken as it is written.
    pub(crate) fn plain(word: &str) -> Option<Self> {
        Self::of(vec![Box::from(word.as_bytes())])
    }

    fn of(words: Vec<Box<[u8]>>) -> Option<Self> {
        let joined: Box<[u8]> = words.concat().into();
        let first = hash(words.first()?);
        (!joined.is_empty()).then(|| Self { keys: [first, hash(&joined)], joined, words })
    }

    /// Hashes of the first word and of all letters.
    pub(crate) fn keys(&self) -> [u32; 2] {
        self.keys
    }

    /// Whether a word with one of these hashes may begin it.
    pub(crate) fn may_begin(&self, hashes: &[u32]) -> bool {
        hashes.iter().any(|h| self.keys.contains(h))
    }

    /// How many words it has.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// All its letters without spaces.
    pub(crate) fn joined(&self) -> &[u8] {
        &self.joined
    }

    /// The first word.
    pub(crate) fn first(&self) -> &[u8] {
        self.words.first().map_or(&[], |w| w)
    }

    fn anchors(&self) -> Vec<(u32, u8)> {
        let longest = (0..self.words.len()).max_by_key(|i| (self.words.get(*i).map_or(0, |w| w.len()), usize::MAX - i)).unwrap_or(0);
        let mut anchors = vec![(hash(self.words.get(longest).map_or(&[], |w| w)), u8::try_from(longest).unwrap_or(0))];
        if self.words.len() > 1 {
            anchors.push((hash(&self.joined), 0));
        }
        // "Mc Donald", "O Neill": the prefix may stand alone.
        for prefix in [b"mc".as_slice(), b"mac", b"o"] {
            if let Some(rest) = self.joined.strip_prefix(prefix).filter(|r| r.len() >= 3) {
                anchors.push((hash(rest), 1));
            }
        }
        anchors
    }

    /// Whether the phrase stands at word `start`, and the index past its last word.
    pub(crate) fn at(&self, page: &Page<'_>, start: usize) -> Option<usize> {
        let end = start + self.words.len();
        if end <= page.words.len()
            && self.words.iter().enumerate().all(|(k, w)| page.is(start + k, w))
            && (start..end - 1).all(|i| near(page, i))
        {
            return Some(end);
        }
        self.joined_at(page, start)
    }

    /// The same letters cut in other places.
    fn joined_at(&self, page: &Page<'_>, start: usize) -> Option<usize> {
        let mut rest: &[u8] = &self.joined;
        let mut index = start;
        while !rest.is_empty() {
            if index > start && !near(page, index - 1) {
                return None;
            }
            let word = page.at(index);
            if word.is_empty() {
                return None;
            }
            // A possessive at the end does not belong to it.
            let word = if word.len() > rest.len() { word.strip_suffix(b"'s")? } else { word };
            for b in word.iter().filter(|b| **b != b'\'') {
                rest = rest.strip_prefix(std::slice::from_ref(b))?;
            }
            index += 1;
        }
        Some(index)
    }
}

/// Whether two neighbouring words may belong to one phrase.
fn near(page: &Page<'_>, index: usize) -> bool {
    match page.gap(index) {
        crate::page::Gap::Signs(signs) => signs.len() <= 3 && signs.iter().all(|b| matches!(b, b' ' | b'-' | b'\'' | b'.' | b'&' | b'/' | b'\n' | b'_' | b'+')),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unlisted_model::{About, Role, Text};

    fn check(phrase: &str, text: &str, found: bool) {
        let mut page = Text::default();
        page.push(Role::Body, None, 0, About::Unknown, text, 0);
        let page = Page::new(&page);
        let phrase = Phrase::new(&crate::normalise::fold(phrase)).expect("test data");
        let mut anchors = Anchors::default();
        anchors.add(&phrase, Target::Phrase(0));
        anchors.finish();
        let mut seen = false;
        anchors.each(&page, |_, start| seen |= phrase.at(&page, start).is_some());
        assert_eq!(seen, found, "{text:?}");
    }

    #[test]
    fn phrases_are_found_in_every_cut() {
        for text in ["by Anne-Marie Smith-Jones.", "anne marie smith jones", "AnneMarieSmithJones", "ANNE-MARIE SMITH–JONES’s cat"] {
            check("Anne-Marie Smith-Jones", text, true);
        }
        check("Anne-Marie Smith-Jones", "Anne, Marie Smith, Jones", false);
        check("McDonald", "Mc Donald", true);
        check("O'Neill", "O’Neill and ONeill", true);
        check("O'Neill", "o neill", true);
        check("St Mary's School", "Saint Marys School", true);
        check("McDonald", "McDonalds", false);
        check("Castle", "Castlegate", false);
    }
}
