//! The sentence or row around a detail, masked at birth.
//!
//! Four nets, since a leak here is the harm we are to prevent: every detection of the text is masked, of whomever; whatever
//! has the shape of a number, a mail address or a postcode; names
//! and schools of children and relatives are masked; and every supplied value of the subjects concerned is searched once
//! more, by letters and figures alone, in each window that is shown.

use std::ops::Range;

use unlisted_model::{Detection, Excerpt, Fit, Kind, Masked, Piece};

use crate::attribute::{Folded, Layout, Profile, ceil, floor, overlap, words};
use crate::kin;
use crate::needles::Needles;
use crate::shapes;

/// Longest excerpt, in characters.
const LONGEST: usize = 240;
/// Bytes taken on either side of a detail at most.
const SIDE: usize = 130;
/// A block shorter than this is shown with its row.
const SHORT_BLOCK: usize = 80;
/// Subjects of one page whose values are searched once more in every excerpt, besides those of its own subject.
const MOST_OTHERS: usize = 32;

/// What is to be hidden on one text.
#[derive(Debug, Default)]
pub(crate) struct Masks<'p> {
    /// Sorted, without overlaps.
    spans: Vec<(Range<usize>, Masked)>,
    /// What is searched once more, by subject.
    needles: Vec<(usize, &'p Needles)>,
    /// Names of the subjects: public, not to be masked as relatives.
    names: Vec<Range<usize>>,
}

impl<'p> Masks<'p> {
    /// Collects all that must be hidden on a text: its detections, and the values of the subjects concerned.
    pub(crate) fn new(
        text: &str,
        detections: &[Detection],
        profiles: impl Iterator<Item = (usize, &'p Profile)> + Clone,
        names: Vec<Range<usize>>,
    ) -> Self {
        let only = profiles.clone().map(|(_, profile)| profile);
        let mut spans: Vec<(Range<usize>, Masked)> = detections
            .iter()
            .map(|d| {
                let span = if d.kind == Kind::HomeAddress { with_number(text, &d.span) } else { d.span.clone() };
                (span, mask(d, only.clone()))
            })
            .collect();
        spans.sort_by_key(|(s, _)| (s.start, s.end));
        let needles = profiles.map(|(i, profile)| (i, &profile.needles)).collect();
        Self { spans: merged(spans), needles, names }
    }

    /// Where a window holds something to be hidden, in order.
    pub(crate) fn hidden(&self, text: &str, window: &Range<usize>, whom: usize) -> Vec<Range<usize>> {
        self.inside(text, window, Some(whom)).into_iter().map(|(span, _)| span).collect()
    }

    /// The masks inside a window, with those of the other nets.
    fn inside(&self, text: &str, window: &Range<usize>, whom: Option<usize>) -> Vec<(Range<usize>, Masked)> {
        let from = self.spans.partition_point(|(s, _)| s.end <= window.start);
        let mut out: Vec<(Range<usize>, Masked)> =
            self.spans.iter().skip(from).take_while(|(s, _)| s.start < window.end).cloned().collect();
        let part = text.get(window.clone()).unwrap_or_default();
        let mut hide = |range: Range<usize>| {
            let range = window.start + range.start..window.start + range.end;
            // Inside a mask already.
            if !out.iter().any(|(s, _)| s.start <= range.start && range.end <= s.end) {
                out.push((range, Masked::hidden()));
            }
        };
        let letters = Folded::new(part);
        let figures = Folded::digits(part);
        let own = self.needles.iter().filter(|(i, _)| Some(*i) == whom || whom.is_none());
        for (_, needles) in own.chain(self.needles.iter().filter(|(i, _)| whom.is_some_and(|w| w != *i)).take(MOST_OTHERS)) {
            for needle in &needles.letters {
                letters.find_all(needle).into_iter().for_each(&mut hide);
            }
            for street in &needles.streets {
                // A street goes with whatever number stands before it.
                letters.find_all(street).into_iter().map(|r| with_number(part, &r)).for_each(&mut hide);
            }
            for needle in &needles.digits {
                figures.find_all(needle).into_iter().for_each(&mut hide);
            }
        }
        let words = words(part, 0..part.len());
        shapes::of_details(part, &words).into_iter().for_each(&mut hide);
        for range in kin::names_of_relatives(part, &words) {
            let there = window.start + range.start..window.start + range.end;
            if !self.names.iter().any(|n| overlap(n, &there)) {
                hide(range);
            }
        }
        out.sort_by_key(|(s, _)| (s.start, s.end));
        merged(out)
    }
}

/// The safe form of a detection: of the supplied value where the whole of it stands there, dots otherwise.
fn mask<'p>(detection: &Detection, mut profiles: impl Iterator<Item = &'p Profile>) -> Masked {
    if detection.fit != Fit::Whole {
        return Masked::hidden();
    }
    let fact = detection.fact.as_ref().and_then(|id| profiles.find_map(|p| p.fact(id)));
    fact.map_or_else(Masked::hidden, |f| Masked::of(f.kind(), &f.value))
}

/// An address span with a house number or flat that stands right before it.
fn with_number(text: &str, span: &Range<usize>) -> Range<usize> {
    let from = floor(text, span.start.saturating_sub(24));
    let mut start = span.start;
    for word in words(text, from..span.start).into_iter().rev() {
        let gap = text.get(word.range.end..start).unwrap_or("\n");
        let joined = gap.len() <= 2 && gap.chars().all(|c| matches!(c, ' ' | ',' | '.'));
        let number = word.text.len() <= 5 && word.text.bytes().any(|b| b.is_ascii_digit());
        let unit = word.is_any(&["flat", "apartment", "apt", "unit", "no", "number", "house"]);
        if !joined || !(number || unit) {
            break;
        }
        start = word.range.start;
    }
    start..span.end
}

/// Joins overlapping masks.
fn merged(sorted: Vec<(Range<usize>, Masked)>) -> Vec<(Range<usize>, Masked)> {
    let mut out: Vec<(Range<usize>, Masked)> = Vec::with_capacity(sorted.len());
    for (span, mask) in sorted {
        if span.is_empty() {
            continue;
        }
        match out.last_mut() {
            Some((last, form)) if span.start < last.end => {
                // The form that tells whose detail it is stands for both; two that tell different things are dots.
                let hidden = Masked::hidden();
                if *form == hidden {
                    *form = mask;
                } else if mask != hidden && mask != *form {
                    *form = hidden;
                }
                last.end = last.end.max(span.end);
            }
            _ => out.push((span, mask)),
        }
    }
    out
}

/// The excerpt around a detail.
pub(crate) fn excerpt(layout: &Layout<'_>, masks: &Masks<'_>, whom: usize, span: &Range<usize>) -> Excerpt {
    let chars = layout.text.chars.as_str();
    let window = window(layout, span);
    render(chars, masks, &window, Some((whom, span)))
}

/// A title, masked like an excerpt.
pub(crate) fn title(text: &str, masks: &Masks<'_>) -> Excerpt {
    let end = floor(text, text.len().min(1_000));
    render(text, masks, &(0..end), None)
}

/// The sentence, or the row of a short block, at most so many bytes on either side.
fn window(layout: &Layout<'_>, span: &Range<usize>) -> Range<usize> {
    let chars = layout.text.chars.as_str();
    let block = layout.block(span.start);
    let wide = if block.len() <= SHORT_BLOCK {
        layout.row(span.start).unwrap_or(block.clone())
    } else if block.len() <= LONGEST {
        block.clone()
    } else {
        layout.sentence(span)
    };
    let start = wide.start.min(span.start).max(span.start.saturating_sub(SIDE));
    let end = wide.end.max(span.end).min(span.end.saturating_add(SIDE));
    // Not in the middle of a word: half of a value would slip through every net.
    let start = if start > wide.start { next_word(chars, start, span.start) } else { floor(chars, start) };
    let end = if end < wide.end { last_word(chars, end, span.end) } else { ceil(chars, end) };
    start..end.max(start)
}

fn next_word(chars: &str, at: usize, most: usize) -> usize {
    let at = ceil(chars, at);
    let rest = chars.get(at..most).unwrap_or_default();
    rest.find(char::is_whitespace).map_or(floor(chars, most), |i| at + i)
}

fn last_word(chars: &str, at: usize, least: usize) -> usize {
    let at = floor(chars, at);
    let rest = chars.get(least..at).unwrap_or_default();
    rest.rfind(char::is_whitespace).map_or(ceil(chars, least), |i| least + i)
}

/// Words and masks of a window. The masks are looked for in a wider stretch, so that a value that the window cuts in two
/// is hidden all the same.
fn render(chars: &str, masks: &Masks<'_>, window: &Range<usize>, focus: Option<(usize, &Range<usize>)>) -> Excerpt {
    let wide = floor(chars, window.start.saturating_sub(SIDE))..ceil(chars, window.end.saturating_add(SIDE));
    let hidden = masks.inside(chars, &wide, focus.map(|(whom, _)| whom));
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = window.start;
    let mut focus_at = 0;
    for (span, mask) in hidden.iter().filter(|(s, _)| overlap(s, window)) {
        push_words(&mut pieces, chars.get(at..span.start.max(at)).unwrap_or_default());
        if focus.is_some_and(|(_, f)| overlap(f, span)) {
            focus_at = pieces.len();
        }
        pieces.push(Piece::Hidden(mask.clone()));
        at = span.end.max(at);
    }
    push_words(&mut pieces, chars.get(at..window.end.max(at)).unwrap_or_default());
    trim(&mut pieces);
    shorten(&mut pieces, focus_at);
    Excerpt(pieces)
}

/// Adds words without control characters, text direction marks and invisible characters; a line's end becomes a dot.
fn push_words(pieces: &mut Vec<Piece>, raw: &str) {
    let mut out = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            '\n' => out.push_str(" · "),
            c if c.is_whitespace() => out.push(' '),
            c if is_unsafe(c) => {}
            c => out.push(c),
        }
    }
    let mut folded = String::with_capacity(out.len());
    for c in out.chars() {
        if c != ' ' || !folded.ends_with(' ') {
            folded.push(c);
        }
    }
    if !folded.is_empty() {
        pieces.push(Piece::Words(folded));
    }
}

/// Characters that may not reach a screen or a file: controls, direction marks, invisible ones, tags.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn trim(pieces: &mut [Piece]) {
    let edge = |c: char| c == ' ' || c == '·';
    if let Some(Piece::Words(first)) = pieces.first_mut() {
        *first = first.trim_start_matches(edge).to_owned();
    }
    if let Some(Piece::Words(last)) = pieces.last_mut() {
        *last = last.trim_end_matches(edge).to_owned();
    }
}

fn length(piece: &Piece) -> usize {
    match piece {
        Piece::Words(words) => words.chars().count(),
        Piece::Hidden(mask) => mask.as_str().chars().count(),
    }
}

/// Takes from the end, then from the start, until the excerpt is short enough; the detail itself stays.
fn shorten(pieces: &mut Vec<Piece>, mut focus: usize) {
    let mut total: usize = pieces.iter().map(length).sum();
    while total > LONGEST {
        let over = total - LONGEST + 1;
        let back = pieces.len() > focus + 1;
        if !back && focus == 0 {
            break;
        }
        let i = if back { pieces.len() - 1 } else { 0 };
        match pieces.get_mut(i) {
            Some(Piece::Words(words)) if words.chars().count() > over => {
                let kept = words.chars().count() - over;
                *words = if back {
                    words.chars().take(kept).chain(std::iter::once('…')).collect()
                } else {
                    std::iter::once('…').chain(words.chars().skip(over)).collect()
                };
            }
            _ => {
                pieces.remove(i);
                focus -= usize::from(!back);
            }
        }
        total = pieces.iter().map(length).sum();
    }
    // A title has no detail to keep.
    if total > LONGEST
        && let Some(Piece::Words(words)) = pieces.first_mut()
    {
        *words = words.chars().take(LONGEST - 1).chain(std::iter::once('…')).collect();
    }
}
