//! Comparing words by their letters and figures alone, with a way back to the bytes.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// Letters and figures of a text, lower case, without accents; everything else left out.
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                out.push(c.to_ascii_lowercase());
            }
        } else {
            push_other(c, &mut out);
        }
    }
    out
}

/// Folds a character beyond ASCII.
fn push_other(c: char, out: &mut String) {
    for d in std::iter::once(c).nfkd() {
        if d.is_alphanumeric() {
            out.extend(d.to_lowercase());
        }
    }
}

/// A text folded, where each folded byte knows which bytes it came from.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    /// The folded text.
    pub(crate) chars: String,
    /// Start and end, in the original, of the character behind each byte of `chars`.
    from: Vec<(usize, usize)>,
    /// Which runs of three bytes stand in `chars`: nearly every search ends here.
    threes: Threes,
}

impl Folded {
    /// Folds letters and figures.
    pub(crate) fn new(text: &str) -> Self {
        Self::filtered(text, |_| true)
    }

    /// Folds figures only.
    pub(crate) fn digits(text: &str) -> Self {
        Self::filtered(text, |c| c.is_ascii_digit())
    }

    fn filtered(text: &str, keep: impl Fn(char) -> bool) -> Self {
        let mut chars = String::with_capacity(text.len());
        let mut from = Vec::with_capacity(text.len());
        let mut one = String::new();
        for (at, c) in text.char_indices() {
            if c.is_ascii() {
                if c.is_ascii_alphanumeric() && keep(c) {
                    chars.push(c.to_ascii_lowercase());
                    from.push((at, at + 1));
                }
                continue;
            }
            one.clear();
            push_other(c, &mut one);
            for d in one.chars().filter(|d| keep(*d)) {
                chars.push(d);
                from.extend(std::iter::repeat_n((at, at + c.len_utf8()), d.len_utf8()));
            }
        }
        Self { threes: Threes::of(&chars), chars, from }
    }

    /// Where `needle` (folded already) stands in the original.
    pub(crate) fn find_all(&self, needle: &str) -> Vec<Range<usize>> {
        if needle.is_empty() || !self.threes.may_hold(needle) {
            return Vec::new();
        }
        self.chars
            .match_indices(needle)
            .filter_map(|(at, m)| {
                let start = self.from.get(at)?.0;
                let end = self.from.get(at + m.len() - 1)?.1;
                Some(start..end)
            })
            .collect()
    }
}

/// A bitmap of the runs of three bytes in a text.
#[derive(Clone, Copy, Default)]
struct Threes([u64; 32]);

impl std::fmt::Debug for Threes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Threes")
    }
}

impl Threes {
    fn of(text: &str) -> Self {
        let mut this = Self::default();
        for (word, bit) in Self::places(text) {
            if let Some(bits) = this.0.get_mut(word) {
                *bits |= bit;
            }
        }
        this
    }

    /// The bit of each run: of a byte only what the next three leave of it counts.
    fn places(text: &str) -> impl Iterator<Item = (usize, u64)> + '_ {
        let mut last = 0u32;
        let all = text.bytes().map(move |b| {
            last = ((last << 5) ^ u32::from(b)) & 0x7fff;
            let place = last.wrapping_mul(0x9E37_79B1) >> 21;
            (place as usize >> 6, 1 << (place & 63))
        });
        all.skip(2)
    }

    /// False: the needle stands nowhere in the text.
    fn may_hold(&self, needle: &str) -> bool {
        Self::places(needle).all(|(word, bit)| self.0.get(word).is_some_and(|bits| bits & bit != 0))
    }
}

/// Whether a folded word of the text at `range` stands alone: no letter or figure touches it.
pub(crate) fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).and_then(|t| t.chars().next_back());
    let after = text.get(range.end..).and_then(|t| t.chars().next());
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// Moves an offset down to the border of a character.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Moves an offset up to the border of a character.
pub(crate) fn ceil(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// A word: where it stands, whether it starts with a capital.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Word<'a> {
    pub(crate) range: Range<usize>,
    pub(crate) text: &'a str,
}

impl Word<'_> {
    /// Whether it is one of these words, which are in lower case.
    pub(crate) fn is_any(&self, of: &[&str]) -> bool {
        let Some(first) = self.text.bytes().next().filter(|_| self.text.is_ascii()) else {
            return of.contains(&self.text.to_lowercase().as_str());
        };
        let first = first.to_ascii_lowercase();
        of.iter().any(|w| w.len() == self.text.len() && w.as_bytes().first() == Some(&first) && w.eq_ignore_ascii_case(self.text))
    }

    pub(crate) fn is_capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }
}

/// Words of a text between two offsets: runs of letters and figures, with inner hyphens and apostrophes.
pub(crate) fn words(text: &str, within: Range<usize>) -> Vec<Word<'_>> {
    let mut out = Vec::with_capacity(within.len().min(4_000) / 6);
    out.extend(each_word(text, within));
    out
}

/// The same, one by one.
pub(crate) fn each_word(text: &str, within: Range<usize>) -> impl Iterator<Item = Word<'_>> {
    let start = floor(text, within.start);
    let end = ceil(text, within.end);
    let part = text.get(start..end).unwrap_or_default();
    let mut chars = part.char_indices();
    std::iter::from_fn(move || {
        let mut open: Option<usize> = None;
        // A plain word has nothing to be trimmed.
        let mut plain = true;
        for (at, c) in chars.by_ref() {
            if c.is_ascii_alphanumeric() {
                open.get_or_insert(at);
            } else if c.is_alphanumeric() || open.is_some() && matches!(c, '-' | '\'' | '’') {
                open.get_or_insert(at);
                plain = false;
            } else if let Some(word) = open.take().and_then(|from| word(part, start, from..at, plain)) {
                return Some(word);
            } else {
                plain = true;
            }
        }
        open.and_then(|from| word(part, start, from..part.len(), plain))
    })
}

fn word(part: &str, base: usize, range: Range<usize>, plain: bool) -> Option<Word<'_>> {
    let from = range.start;
    let raw = part.get(range)?;
    let mut text = raw;
    if !plain {
        text = raw.trim_end_matches(['-', '\'', '’']);
        text = text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).unwrap_or(text);
    }
    (!text.is_empty()).then(|| Word { range: base + from..base + from + text.len(), text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_leads_back_to_the_bytes() {
        let text = "at 14, Mill\u{200b} Läne (ZZ99 4QT)";
        let f = Folded::new(text);
        let found = f.find_all("14milllane");
        assert_eq!(found.len(), 1);
        assert_eq!(text.get(found[0].clone()), Some("14, Mill\u{200b} Läne"));
        assert_eq!(Folded::digits("+44 (0)7700 900 123").chars, "4407700900123");
        assert_eq!(folded("O’Brien-Élan"), "obrienelan");
    }

    #[test]
    fn words_keep_hyphens_and_drop_possessives() {
        let got: Vec<&str> = words("Stoke-on-Trent's Amina O'Hara, 42.", 0..40).iter().map(|w| w.text).collect();
        assert_eq!(got, ["Stoke-on-Trent", "Amina", "O'Hara", "42"]);
    }
}
