//! How near two places of a page are to each other, as a reader sees it: sentence, block, row, heading, distance.

use std::ops::Range;

use unlisted_model::{Role, Text};

use crate::attribute::fold::{ceil, floor};

/// How near, nearest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Nearness {
    /// The same sentence.
    Beside,
    /// The same block.
    Block,
    /// The same row, card, list item or record.
    Row,
    /// A few blocks away, or under a heading that carries it.
    Near,
    /// The same record, or the same hit of a search.
    Document,
    /// Somewhere on the page.
    Page,
}

impl Nearness {
    /// The share of a name's weight that is left at this distance.
    pub(crate) const fn share(self) -> f64 {
        match self {
            Self::Beside | Self::Row => 1.0,
            Self::Block => 0.92,
            Self::Document => 0.9,
            Self::Near => 0.88,
            Self::Page => 0.22,
        }
    }
}

/// Nearness with the distance that orders equals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Closeness {
    pub(crate) nearness: Nearness,
    pub(crate) distance: usize,
}

/// A run of blocks of one group longer than this is no row but the whole page.
const LONGEST_ROW_BYTES: usize = 1_500;
const LONGEST_ROW_BLOCKS: usize = 24;
/// A line of a card or of an address.
const SHORT_LINE: usize = 64;
/// How far a name reaches in a card of running text.
const ROW_BYTES: usize = 240;
/// Blocks and bytes within which a name still belongs to a detail without a common row.
const NEAR_BLOCKS: usize = 4;
const NEAR_BYTES: usize = 320;
/// How far a heading with a name governs.
const HEADING_BYTES: usize = 1_600;
/// A name after the detail is a little further away than one before it.
const AFTER: usize = 25;
/// A separator between two entries of a line.
const SEPARATOR: usize = 60;

/// The blocks of a text, ready for questions of nearness.
#[derive(Debug)]
pub(crate) struct Layout<'a> {
    pub(crate) text: &'a Text,
    /// For each block the run of blocks of its group, when that is a row.
    rows: Vec<Option<(usize, usize)>>,
    /// For each block the heading above it.
    headings: Vec<Option<usize>>,
}

impl<'a> Layout<'a> {
    pub(crate) fn new(text: &'a Text) -> Self {
        let blocks = &text.blocks;
        let mut rows = vec![None; blocks.len()];
        let mut from = 0;
        while from < blocks.len() {
            let mut to = from;
            while blocks.get(to + 1).is_some_and(|b| b.group == blocks[from].group) {
                to += 1;
            }
            let bytes = blocks[to].range.end - blocks[from].range.start;
            if to > from && bytes <= LONGEST_ROW_BYTES && to - from < LONGEST_ROW_BLOCKS {
                for row in rows.iter_mut().take(to + 1).skip(from) {
                    *row = Some((from, to));
                }
            }
            from = to + 1;
        }
        let mut last = None;
        let headings = blocks
            .iter()
            .enumerate()
            .map(|(i, b)| {
                let above = last;
                if b.role == Role::Heading {
                    last = Some(i);
                }
                above
            })
            .collect();
        Self { text, rows, headings }
    }

    /// The text of a range.
    pub(crate) fn slice(&self, range: &Range<usize>) -> &'a str {
        self.text.chars.get(range.clone()).unwrap_or_default()
    }

    /// The bytes of the block that holds `at`.
    pub(crate) fn block(&self, at: usize) -> Range<usize> {
        self.text.block_at(at).map_or(at..at, |i| self.text.blocks[i].range.clone())
    }

    /// The bytes of the row that holds `at`, if it stands in one.
    pub(crate) fn row(&self, at: usize) -> Option<Range<usize>> {
        let i = self.text.block_at(at)?;
        let (from, to) = self.rows.get(i).copied().flatten()?;
        Some(self.text.blocks[from].range.start..self.text.blocks[to].range.end)
    }

    /// A short line right above another short one: a name with its number below.
    fn is_line_above(&self, a: usize, b: usize) -> bool {
        let length = |i: usize| self.text.blocks.get(i).map_or(usize::MAX, |b| b.range.len());
        a + 1 == b && !self.is_slot(a) && !self.is_slot(b) && length(a) <= SHORT_LINE && length(b) <= 2 * SHORT_LINE
    }

    /// Whether a block is a slot of a table, a list of terms or a record.
    fn is_slot(&self, i: usize) -> bool {
        self.text.blocks.get(i).is_some_and(|b| matches!(b.role, Role::Cell | Role::Term | Role::Key | Role::Attribute))
    }

    /// The blocks of the row that holds block `i`, or that block alone.
    pub(crate) fn row_blocks(&self, i: usize) -> (usize, usize) {
        self.rows.get(i).copied().flatten().unwrap_or((i, i))
    }

    /// Headings above `at`, nearest first, as far as they govern.
    pub(crate) fn headings_above(&self, at: usize) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let mut next = self.text.block_at(at).and_then(|i| self.headings.get(i).copied().flatten());
        while let Some(i) = next {
            let range = self.text.blocks[i].range.clone();
            if at.saturating_sub(range.end) > HEADING_BYTES || out.len() >= 4 {
                break;
            }
            out.push(range);
            next = self.headings.get(i).copied().flatten();
        }
        out
    }

    /// The sentence around a range, inside its block.
    pub(crate) fn sentence(&self, span: &Range<usize>) -> Range<usize> {
        let block = self.block(span.start);
        let from = floor(&self.text.chars, block.start.max(span.start.saturating_sub(400)));
        let before = self.text.chars.get(from..floor(&self.text.chars, span.start)).unwrap_or_default();
        let start = last_sentence_end(before).map_or(from, |i| from + i);
        let to = ceil(&self.text.chars, block.end.min(span.end.saturating_add(400)).max(span.end));
        let after_from = ceil(&self.text.chars, span.end);
        let after = self.text.chars.get(after_from..to).unwrap_or_default();
        let end = first_sentence_end(after).map_or(to, |i| after_from + i);
        start..end
    }

    /// How near a name is to a detail, or `None` when it is too far to ask.
    pub(crate) fn closeness(&self, name: &Range<usize>, detail: &Range<usize>) -> Option<Closeness> {
        let after = name.start >= detail.end;
        let between = if after { detail.end..name.start } else { name.end.min(detail.start)..detail.start };
        // Further apart than a row is long, only a heading can tie them.
        if between.len() > LONGEST_ROW_BYTES {
            let governs = self.headings_above(detail.start).iter().any(|h| h.contains(&name.start));
            return governs.then_some(Closeness { nearness: Nearness::Near, distance: between.len() });
        }
        let gap = self.slice(&between);
        let (a, b) = (self.text.block_at(name.start)?, self.text.block_at(detail.start)?);
        // Most names are too far away, which is told without reading what stands between.
        let distance = || between.len() + separators(gap).min(20) * SEPARATOR + if after { AFTER } else { 0 };
        let one_row = |a, b| self.row_blocks(a) == self.row_blocks(b);
        let nearness = if a == b {
            if has_sentence_end(gap) { Nearness::Block } else { Nearness::Beside }
        } else if one_row(a, b)
            && ((self.is_slot(a) && self.is_slot(b)) || (between.len() <= ROW_BYTES && distance() <= ROW_BYTES))
        {
            // A card of running text is a row only as far as one looks.
            Nearness::Row
        } else if !after && self.is_line_above(a, b) {
            Nearness::Block
        } else if (between.len() <= NEAR_BYTES && a.abs_diff(b) <= NEAR_BLOCKS)
            || self.headings_above(detail.start).iter().any(|h| h.contains(&name.start))
        {
            Nearness::Near
        } else {
            return None;
        };
        Some(Closeness { nearness, distance: distance() })
    }
}

/// How many signs between two entries of a line stand in a gap.
fn separators(gap: &str) -> usize {
    let plain = gap.bytes().filter(|b| matches!(b, b';' | b'|')).count();
    if gap.is_ascii() { plain } else { plain + gap.matches(['•', '·']).count() }
}

/// Shortened words whose dot ends no sentence.
const SHORTENED: [&str; 20] = [
    "mr", "mrs", "ms", "dr", "cllr", "rev", "prof", "st", "rd", "ave", "tel", "no", "ln", "ext", "mob", "hon", "sir", "capt",
    "jr", "sr",
];

fn sentence_ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.char_indices().filter_map(move |(at, c)| {
        let end = at + c.len_utf8();
        let rest = text.get(end..)?;
        if c == '\n' {
            return Some(end);
        }
        if !matches!(c, '.' | '!' | '?') || !(rest.is_empty() || rest.starts_with(char::is_whitespace)) {
            return None;
        }
        let goes_on = rest.trim_start().chars().next().is_some_and(|n| n.is_lowercase());
        let before = text.get(..at)?;
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let short = word.chars().count() <= 1 && !word.is_empty() || SHORTENED.contains(&word.to_lowercase().as_str());
        let ends = !goes_on && (c != '.' || !short);
        ends.then_some(end)
    })
}

fn has_sentence_end(text: &str) -> bool {
    sentence_ends(text).next().is_some()
}

fn first_sentence_end(text: &str) -> Option<usize> {
    sentence_ends(text).next()
}

fn last_sentence_end(text: &str) -> Option<usize> {
    sentence_ends(text).last()
}

#[cfg(test)]
mod tests {
    use super::*;
    use unlisted_model::About;

    fn page(blocks: &[(Role, u32, &str)]) -> Text {
        let mut text = Text::default();
        for (role, group, words) in blocks {
            text.push(*role, None, *group, About::Unknown, words, 0);
        }
        text
    }

    fn find(text: &Text, what: &str) -> Range<usize> {
        let at = text.chars.find(what).expect("test data");
        at..at + what.len()
    }

    fn check(blocks: &[(Role, u32, &str)], expect: Option<Nearness>) {
        let text = page(blocks);
        let layout = Layout::new(&text);
        let got = layout.closeness(&find(&text, "NAME"), &find(&text, "DETAIL"));
        assert_eq!(got.map(|c| c.nearness), expect, "{blocks:?}");
    }

    #[test]
    fn nearness_is_what_a_reader_sees() {
        use Role::{Body, Cell, Heading};
        check(&[(Body, 1, "Ask Cllr. NAME on DETAIL today")], Some(Nearness::Beside));
        check(&[(Body, 1, "NAME spoke. Then DETAIL")], Some(Nearness::Block));
        check(&[(Cell, 1, "NAME"), (Cell, 1, "x"), (Cell, 1, "DETAIL")], Some(Nearness::Row));
        check(&[(Cell, 1, "NAME"), (Cell, 2, "DETAIL")], Some(Nearness::Near));
        let far = "word ".repeat(100);
        check(&[(Body, 1, "NAME"), (Body, 2, &far), (Body, 3, "DETAIL")], None);
        check(&[(Heading, 1, "NAME"), (Body, 2, &far), (Heading, 3, "Contact"), (Body, 4, "DETAIL")], Some(Nearness::Near));
        // One group for a whole page says nothing.
        let whole: Vec<(Role, u32, &str)> = std::iter::once((Body, 0, "NAME"))
            .chain(std::iter::repeat_n((Body, 0, far.as_str()), 5))
            .chain(std::iter::once((Body, 0, "DETAIL")))
            .collect();
        check(&whole, None);
    }

    #[test]
    fn sentences_survive_initials_and_titles() {
        let text = page(&[(Role::Body, 0, "Before. Cllr. A. Castle of St. Mary's said DETAIL was hers! After")]);
        let layout = Layout::new(&text);
        let s = layout.sentence(&find(&text, "DETAIL"));
        assert_eq!(layout.slice(&s).trim(), "Cllr. A. Castle of St. Mary's said DETAIL was hers!");
    }
}
