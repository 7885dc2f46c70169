//! From glyphs to lines of pieces: words that stand close together are one piece, a wide gap or a rule starts the next.

use super::content::{Drawn, Glyph, Rule};

/// Rules kept of one page; a page with more is a drawing or a map, and no table.
const MOST_RULES: usize = 4_000;
/// A gap wider than this many sizes starts a new piece.
const WIDE: f32 = 0.9;
/// A gap wider than this many sizes stands between two words.
const NARROW: f32 = 0.17;

/// Words that stand close together on one line.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    /// The line that the letters stand on; higher is further up.
    pub(super) base: f32,
    pub(super) size: f32,
    pub(super) is_bold: bool,
}

impl Piece {
    /// The middle of its letters.
    pub(super) fn middle(&self) -> f32 {
        0.3f32.mul_add(self.size, self.base)
    }
}

/// A line of pieces, from left to right.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
}

impl Line {
    pub(super) fn base(&self) -> f32 {
        self.pieces.first().map_or(0.0, |p| p.base)
    }

    pub(super) fn size(&self) -> f32 {
        self.pieces.iter().map(|p| p.size).fold(0.0, f32::max)
    }

    /// Its words, pieces set apart by spaces.
    pub(super) fn text(&self) -> String {
        self.pieces.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// The lines of a page that are turned so, from top to bottom.
pub(super) fn lines(drawn: &Drawn, turn: u8, rules: &[Rule]) -> Vec<Line> {
    let mut glyphs: Vec<&Glyph> = drawn.glyphs.iter().filter(|g| g.turn == turn && g.size > 0.1).collect();
    glyphs.sort_by(|a, b| b.line.total_cmp(&a.line));
    let mut lines = Vec::new();
    let mut rest = glyphs.as_mut_slice();
    while let Some(first) = rest.first() {
        let floor = 0.35f32.mul_add(-first.size.max(1.0), first.line);
        let length = rest.iter().take_while(|g| g.line >= floor).count().max(1);
        let (line, others) = rest.split_at_mut(length);
        rest = others;
        line.sort_by(|a, b| a.along.total_cmp(&b.along));
        let pieces = pieces(drawn, line, rules);
        if !pieces.is_empty() {
            lines.push(Line { pieces });
        }
    }
    lines
}

fn pieces(drawn: &Drawn, glyphs: &[&Glyph], rules: &[Rule]) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut is_apart = false;
    let mut before: Option<(&str, f32)> = None;
    let crossing: Vec<f32> = glyphs.first().map_or_else(Vec::new, |g| {
        let middle = 0.3f32.mul_add(g.size, g.line);
        rules.iter().filter(|r| r.is_upright && r.from <= middle && middle <= r.to).map(|r| r.at).collect()
    });
    for glyph in glyphs {
        let (from, to) = glyph.text;
        let at = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        let text = drawn.text.get(at(from)..at(to)).unwrap_or_default();
        if text.trim().is_empty() {
            is_apart |= !text.is_empty();
            continue;
        }
        // Letters drawn twice to look bold.
        if before.is_some_and(|(same, along)| same == text && (glyph.along - along).abs() < 0.12 * glyph.size) {
            continue;
        }
        before = Some((text, glyph.along));
        let right = glyph.along + glyph.width;
        let same_piece = out.last_mut().filter(|piece| {
            let gap = glyph.along - piece.right;
            let is_cut = crossing.iter().any(|x| piece.right - 1.0 <= *x && *x <= glyph.along + 1.0 && gap > -1.0);
            gap <= WIDE * glyph.size.max(piece.size) && !is_cut
        });
        match same_piece {
            Some(piece) => {
                if is_apart || glyph.along - piece.right > NARROW * glyph.size {
                    piece.text.push(' ');
                }
                put(&mut piece.text, text);
                piece.right = piece.right.max(right);
                piece.size = piece.size.max(glyph.size);
                piece.is_bold &= glyph.is_bold;
            }
            None => out.push(Piece {
                text: {
                    let mut own = String::new();
                    put(&mut own, text);
                    own
                },
                left: glyph.along,
                right,
                base: glyph.line,
                size: glyph.size,
                is_bold: glyph.is_bold,
            }),
        }
        is_apart = false;
    }
    out
}

/// Appends letters, those drawn as one set apart again.
fn put(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '\u{FB00}' => out.push_str("ff"),
            '\u{FB01}' => out.push_str("fi"),
            '\u{FB02}' => out.push_str("fl"),
            '\u{FB03}' => out.push_str("ffi"),
            '\u{FB04}' => out.push_str("ffl"),
            '\u{FB05}' | '\u{FB06}' => out.push_str("st"),
            other => out.push(other),
        }
    }
}

/// Rules that lie in one line and touch are one; empty if there are too many to be tables.
pub(super) fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| {
        let by_place = a.at.round().total_cmp(&b.at.round());
        a.is_upright.cmp(&b.is_upright).then(by_place).then(a.from.total_cmp(&b.from))
    });
    let mut out: Vec<Rule> = Vec::new();
    for rule in rules {
        match out
            .last_mut()
            .filter(|r| r.is_upright == rule.is_upright && (r.at - rule.at).abs() <= 1.0 && rule.from <= r.to + 2.0)
        {
            Some(last) => last.to = last.to.max(rule.to),
            None => out.push(rule),
        }
    }
    if out.len() > MOST_RULES { Vec::new() } else { out }
}
