//! Many phrases looked for in one pass, whatever their case: each waits at its longest word, and a bitmap of hashes answers
//! "none" for nearly every word of a text. Its cost grows with the text, not with the phrases.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

/// Takes a hash of our own for one.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.write_u32(u32::from(*b));
        }
    }

    fn write_u32(&mut self, hash: u32) {
        self.0 = (self.0 ^ u64::from(hash)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

/// Phrases in lower case, ready to be looked for.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    all: Vec<String>,
    /// By the hash of its longest word: the phrase, and where in it that word begins.
    waiting: HashMap<u32, Vec<(usize, usize)>, BuildHasherDefault<Hashed>>,
    /// Sixteen bits for each phrase.
    bits: Vec<u64>,
    /// Those without any letter or figure of ASCII.
    without_word: Vec<usize>,
}

impl Phrases {
    /// Prepares phrases; each is known by its index.
    pub(crate) fn new(all: Vec<String>) -> Self {
        let mut this = Self { bits: vec![0; (all.len() / 4).next_power_of_two().max(16)], ..Self::default() };
        for (index, phrase) in all.iter().enumerate() {
            let mut longest: Option<(Range<usize>, u32)> = None;
            each_word(phrase.as_bytes(), |word, hash| {
                if longest.as_ref().is_none_or(|(l, _)| word.len() > l.len()) {
                    longest = Some((word, hash));
                }
            });
            match longest {
                Some((word, hash)) => {
                    this.waiting.entry(hash).or_default().push((index, word.start));
                    let (at, bit) = this.place(hash);
                    if let Some(bits) = this.bits.get_mut(at) {
                        *bits |= bit;
                    }
                }
                None => this.without_word.push(index),
            }
        }
        this.all = all;
        this
    }

    fn place(&self, hash: u32) -> (usize, u64) {
        (hash as usize >> 6 & (self.bits.len() - 1), 1 << (hash & 63))
    }

    /// Calls `see` with each phrase that stands somewhere as whole words of ASCII, overlapping ones too.
    pub(crate) fn each(&self, text: &str, mut see: impl FnMut(usize, Range<usize>)) {
        let bytes = text.as_bytes();
        each_word(bytes, |word, hash| {
            let (at, bit) = self.place(hash);
            if self.bits.get(at).is_none_or(|bits| bits & bit == 0) {
                return;
            }
            for (index, offset) in self.waiting.get(&hash).into_iter().flatten() {
                let Some((phrase, start)) = self.all.get(*index).zip(word.start.checked_sub(*offset)) else { continue };
                let range = start..start + phrase.len();
                if bytes.get(range.clone()).is_some_and(|there| there.eq_ignore_ascii_case(phrase.as_bytes())) {
                    see(*index, range);
                }
            }
        });
        for index in &self.without_word {
            for (start, there) in self.all.get(*index).into_iter().flat_map(|phrase| text.match_indices(phrase.as_str())) {
                see(*index, start..start + there.len());
            }
        }
    }
}

/// What each byte is in lower case; 0 for signs and for what is beyond ASCII.
const LOWER: [u8; 256] = {
    let mut lower = [0; 256];
    let mut b = 0u8;
    while b < 128 {
        if b.is_ascii_alphanumeric() {
            lower[b as usize] = b.to_ascii_lowercase();
        }
        b += 1;
    }
    lower
};

/// Each run of letters and figures of ASCII, with the hash of its lower case.
fn each_word(bytes: &[u8], mut see: impl FnMut(Range<usize>, u32)) {
    let mut from = 0;
    let mut hash: u32 = 0;
    for (at, b) in bytes.iter().enumerate() {
        let lower = LOWER[*b as usize];
        if lower != 0 {
            hash = (hash.rotate_left(5) ^ u32::from(lower)).wrapping_mul(0x9E37_79B1);
            continue;
        }
        if from < at {
            see(from..at, hash);
        }
        (from, hash) = (at + 1, 0);
    }
    if from < bytes.len() {
        see(from..bytes.len(), hash);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(phrases: &[&str], text: &str, expect: &[&str]) {
        let phrases = Phrases::new(phrases.iter().map(|p| (*p).to_owned()).collect());
        let mut got = Vec::new();
        phrases.each(text, |_, range| got.push(text.get(range).expect("whole characters")));
        got.sort_unstable();
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn phrases_are_found_as_whole_words() {
        check(&["green party", "green", "party"], "The GREEN Party", &["GREEN", "GREEN Party", "Party"]);
        check(&["green"], "Greens", &[]);
        check(
            &["stoke-on-trent", "caffi ŵy", "(deceased)"],
            "Stoke-on-Trent, (Deceased) caffi ŵy",
            &["(Deceased)", "Stoke-on-Trent", "caffi ŵy"],
        );
        check(&["££"], "for ££", &["££"]);
        check(&["green party"], "party; reen party", &[]);
    }
}
