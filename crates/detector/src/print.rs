//! The print of the words around a detail (`unlisted_model::print`): what is left of them when everything masked, every
//! figure and everything that readers do not see is taken away.

use std::ops::Range;

use unlisted_model::{Document, Nature, Role, Text, TextPrint};

use crate::attribute::{ceil, floor, overlap};
use crate::excerpt::Masks;

/// Words on either side of the detail that count.
const WORDS: usize = 150;
/// Bytes on either side within which they are looked for.
const REACH: usize = 4_000;
/// Words that follow one another and are counted as one.
const RUN: usize = 3;
/// A block of so many words is running text. Beside a detail in running text, the short blocks are the site's own
/// frame (menus, links, "share this"), which differs where the text is the same.
const RUNNING: usize = 12;

/// The print of a document around a detail at `span`; None for a search's hit, whose snippet is no page, and for a text
/// too short to tell.
pub(crate) fn around(document: &Document, masks: &Masks<'_>, whom: usize, span: &Range<usize>) -> Option<TextPrint> {
    if document.nature == Nature::SearchHit {
        return None;
    }
    let text = &document.text;
    let chars = text.chars.as_str();
    let window = floor(chars, span.start.saturating_sub(REACH))..ceil(chars, span.end.saturating_add(REACH));
    let hidden = masks.hidden(chars, &window, whom);
    let in_running_text = text.block_at(span.start).and_then(|at| text.blocks.get(at)).is_some_and(|b| is_running(text.of(b)));
    let (mut before, mut after) = (vec![], vec![]);
    for word in seen(text, &window, in_running_text) {
        if word.start >= span.end && after.len() == WORDS {
            break;
        }
        let here = chars.get(word.clone()).unwrap_or_default();
        let figures = here.bytes().any(|b| b.is_ascii_digit());
        if figures || overlap(&word, span) || is_hidden(&hidden, &word) {
            continue;
        }
        if word.start < span.start { &mut before } else { &mut after }.push(sum(here));
    }
    before.drain(..before.len().saturating_sub(WORDS));
    before.extend(after);
    TextPrint::of(before.windows(RUN).map(joined))
}

/// The words of the window that a reader of the page sees, in order.
fn seen<'t>(text: &'t Text, window: &'t Range<usize>, running_only: bool) -> impl Iterator<Item = Range<usize>> + 't {
    let first = text.blocks.partition_point(|b| b.range.end <= window.start);
    text.blocks
        .iter()
        .skip(first)
        .take_while(|b| b.range.start < window.end)
        .filter(move |b| {
            matches!(b.role, Role::Body | Role::Heading | Role::Cell | Role::Term | Role::Key)
                && (!running_only || is_running(text.of(b)))
        })
        .flat_map(move |b| {
            let range = b.range.start.max(window.start)..b.range.end.min(window.end);
            let start = range.start;
            words(text.chars.get(range).unwrap_or_default()).map(move |w| start + w.start..start + w.end)
        })
}

fn is_running(block: &str) -> bool {
    words(block).take(RUNNING).count() == RUNNING
}

/// Runs of letters and figures; an apostrophe does not part them.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let belongs = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while chars.peek().is_some_and(|(_, c)| !belongs(*c)) {
            chars.next();
        }
        let (start, _) = *chars.peek()?;
        let mut end = start;
        while let Some((at, c)) = chars.peek().copied().filter(|(_, c)| belongs(*c)) {
            end = at + c.len_utf8();
            chars.next();
        }
        Some(start..end)
    })
}

fn is_hidden(hidden: &[Range<usize>], word: &Range<usize>) -> bool {
    let from = hidden.partition_point(|h| h.end <= word.start);
    hidden.get(from).is_some_and(|h| overlap(h, word))
}

/// FNV-1a of the letters in lower case, apostrophes left out: no secret, so no need of a keyed one.
fn sum(word: &str) -> u64 {
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |c: char| {
        for byte in u32::from(c).to_le_bytes() {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    word.chars().filter(|c| !matches!(c, '\'' | '’')).flat_map(char::to_lowercase).for_each(&mut add);
    sum
}

/// One number for a run of words, well mixed, since the smallest are kept.
fn joined(run: &[u64]) -> u32 {
    let mut mixed = 0x9e37_79b9_7f4a_7c15_u64;
    for word in run {
        mixed = (mixed.rotate_left(5) ^ word).wrapping_mul(0xff51_afd7_ed55_8ccd);
    }
    mixed ^= mixed >> 33;
    mixed = mixed.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    // The upper half is the better mixed one.
    u32::try_from(mixed >> 32).unwrap_or_default()
}
