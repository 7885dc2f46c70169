//! A small piece of text around a disguised sign, with the disguises undone and the way back kept.

use std::ops::Range;

use unlisted_model::Disguise;

use super::email::{in_domain, in_local};
use crate::normalise::email::nibble;
use crate::page::Page;

/// One reading of a disguised address.
pub(super) struct Reading {
    pub(super) address: Vec<u8>,
    /// Folded.
    pub(super) span: Range<usize>,
    pub(super) disguise: Disguise,
    /// Clear enough to be told although nobody supplied it.
    pub(super) sure: bool,
}

/// The window: undisguised bytes, and for each the folded offsets from which it was made.
pub(super) struct Window {
    plain: Vec<u8>,
    from: Vec<u32>,
    to: Vec<u32>,
    /// Where the sign is in `plain`.
    sign: usize,
    disguise: Disguise,
    /// The sign or a dot stood in brackets, or was a code: nobody writes so by accident.
    deliberate: bool,
    dot_words: bool,
}

/// So far a window reaches to each side.
const REACH: usize = 110;

impl Window {
    /// The window around the sign at `from..to` (folded), within its block.
    pub(super) fn around(page: &Page<'_>, from: usize, to: usize) -> Option<Self> {
        let lower = page.folded.lower.as_slice();
        let line = |b: &u8| *b == b'\n';
        let before = lower.get(from.saturating_sub(REACH)..from)?;
        let start = from - before.iter().rev().position(line).unwrap_or(before.len());
        let behind = lower.get(to..(to + REACH).min(lower.len()))?;
        let end = to + behind.iter().position(line).unwrap_or(behind.len());
        let mut window = Self {
            plain: Vec::with_capacity(end - start),
            from: Vec::with_capacity(end - start),
            to: Vec::with_capacity(end - start),
            sign: 0,
            disguise: Disguise::Encoding,
            deliberate: false,
            dot_words: false,
        };
        // What stood around the sign: brackets, spaces, quotes and plus signs.
        let left = lower.get(start..from)?;
        let right = lower.get(to..end)?;
        let cut_left = trailing_joint(left);
        let cut_right = leading_joint(right);
        let joint: Vec<u8> = [left.get(left.len() - cut_left..)?, right.get(..cut_right)?].concat();
        let word = lower.get(from..to)? == b"at";
        if word && joint.is_empty() {
            return None;
        }
        window.deliberate = joint.iter().any(|b| b"([{<_-".contains(b));
        window.disguise = if joint.iter().any(|b| b"'\"".contains(b)) && joint.contains(&b'+') {
            window.deliberate = true;
            Disguise::Script
        } else if word || !joint.is_empty() {
            Disguise::Words
        } else {
            window.deliberate = true;
            Disguise::Encoding
        };
        window.take(lower, start..from - cut_left);
        window.sign = window.plain.len();
        window.put(b'@', from..to);
        window.take(lower, to + cut_right..end);
        Some(window)
    }

    /// The readings, the longest site first.
    pub(super) fn readings(&self) -> Vec<Reading> {
        let before = self.plain.get(..self.sign).unwrap_or_default();
        let behind = self.plain.get(self.sign + 1..).unwrap_or_default();
        let local_len = before.iter().rev().take(64).take_while(|b| in_local(**b)).count();
        let domain_len = behind.iter().take_while(|b| in_domain(**b)).count();
        let local = before.get(before.len() - local_len..).unwrap_or_default();
        let skip = local.iter().take_while(|b| !b.is_ascii_alphanumeric() && **b != b'_').count();
        let local = local.get(skip..).unwrap_or_default();
        let domain = behind.get(..domain_len).unwrap_or_default();
        let labels: Vec<&[u8]> = domain.split(|b| *b == b'.').take(8).collect();
        let mut readings = Vec::new();
        if local.is_empty() {
            return readings;
        }
        let dots = labels.len().saturating_sub(1);
        for count in (2..=labels.len()).rev() {
            let site = labels.get(..count).unwrap_or_default().join(&b'.');
            let first = self.sign - local.len();
            let last = self.sign + site.len();
            let span = self.from.get(first).copied().unwrap_or(0) as usize..self.to.get(last).copied().unwrap_or(0) as usize;
            let ordinary = matches!(
                local,
                b"me"
                    | b"us"
                    | b"is"
                    | b"are"
                    | b"look"
                    | b"be"
                    | b"found"
                    | b"email"
                    | b"contact"
                    | b"available"
                    | b"here"
                    | b"meet"
            );
            readings.push(Reading {
                address: [local, b"@", &site].concat(),
                span,
                disguise: self.disguise,
                sure: count == labels.len()
                    && dots > 0
                    && !ordinary
                    && (self.deliberate || self.dot_words)
                    && (self.disguise != Disguise::Words || labels.last().is_some_and(|l| is_ending(l))),
            });
        }
        readings
    }

    fn put(&mut self, byte: u8, range: Range<usize>) {
        self.plain.push(byte);
        self.from.push(range.start as u32);
        self.to.push(range.end as u32);
    }

    /// Takes over a piece: codes decoded, words for dots and joints of a script undone.
    fn take(&mut self, lower: &[u8], range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let rest = lower.get(at..range.end).unwrap_or_default();
            if let Some(used) = dot(rest) {
                self.dot_words |= used > 1;
                self.deliberate |= rest.first().is_some_and(|b| b"([{".contains(b));
                self.put(b'.', at..at + used);
                at += used;
            } else if let Some((byte, used)) = code(rest) {
                if byte != 0 {
                    self.put(byte, at..at + used);
                }
                at += used;
            } else if let Some(used) = joint(rest) {
                self.disguise = Disguise::Script;
                at += used;
            } else {
                self.put(rest.first().copied().unwrap_or(b' '), at..at + 1);
                at += 1;
            }
        }
    }
}

/// Endings of sites that are no words of a sentence or a program ("met at the dot on the map", "rest.split_at(end.saturating").
fn is_ending(label: &[u8]) -> bool {
    matches!(
        label,
        b"uk"
            | b"com"
            | b"org"
            | b"net"
            | b"co"
            | b"gov"
            | b"edu"
            | b"info"
            | b"eu"
            | b"scot"
            | b"wales"
            | b"cymru"
            | b"london"
            | b"io"
            | b"biz"
            | b"ie"
            | b"fr"
            | b"de"
            | b"es"
            | b"pl"
            | b"pk"
            | b"ng"
            | b"au"
            | b"nz"
            | b"ca"
            | b"us"
            | b"example"
            | b"test"
            | b"email"
            | b"mail"
            | b"online"
            | b"site"
            | b"je"
            | b"gg"
            | b"im"
            | b"fm"
            | b"tv"
            | b"ac"
            | b"nhs"
            | b"mil"
    )
}

fn is_joint(b: u8) -> bool {
    b" ()[]{}<>'\"+_-".contains(&b)
}

fn trailing_joint(left: &[u8]) -> usize {
    left.iter().rev().take(8).take_while(|b| is_joint(**b)).count()
}

fn leading_joint(right: &[u8]) -> usize {
    right.iter().take(8).take_while(|b| is_joint(**b)).count()
}

/// The length of a spelling of "." at the start.
fn dot(rest: &[u8]) -> Option<usize> {
    // By their first byte, so that ordinary letters cost nothing.
    let forms: &[&[u8]] = match rest.first()? {
        b' ' => &[b" (dot) ", b" [dot] ", b" {dot} ", b" dot ", b" [.] ", b" (.) ", b" punkt ", b" d0t ", b" point ", b" . "],
        b'(' => &[b"(dot)", b"(.)", b"(punkt)"],
        b'[' => &[b"[dot]", b"[.]"],
        b'{' => &[b"{dot}", b"{.}"],
        b'_' => &[b"_dot_"],
        b'-' => &[b"-dot-"],
        b'%' => &[b"%2e"],
        b'&' => &[b"&#46;", b"&period;"],
        _ => return None,
    };
    forms.iter().find(|form| rest.starts_with(form)).map(|form| form.len())
}

/// A percent or script code at the start: the byte and its length. Byte 0 stands for nothing.
fn code(rest: &[u8]) -> Option<(u8, usize)> {
    let (digits, used) = match rest {
        [b'%', a, b, ..] => ([*a, *b], 3),
        [b'\\', b'x', a, b, ..] => ([*a, *b], 4),
        [b'\\', b'u', b'0', b'0', a, b, ..] => ([*a, *b], 6),
        _ => return None,
    };
    let byte = nibble(digits[0])? << 4 | nibble(digits[1])?;
    byte.is_ascii_graphic().then(|| (byte.to_ascii_lowercase(), used))
}

/// `' + '` between two strings of a script.
fn joint(rest: &[u8]) -> Option<usize> {
    let quote = |b: Option<&u8>| matches!(b, Some(b'\'' | b'"'));
    if !quote(rest.first()) {
        return None;
    }
    let mut at = 1;
    let spaces = |at: &mut usize| {
        while rest.get(*at) == Some(&b' ') {
            *at += 1;
        }
    };
    spaces(&mut at);
    if rest.get(at) != Some(&b'+') {
        return None;
    }
    at += 1;
    spaces(&mut at);
    quote(rest.get(at)).then_some(at + 1)
}
