//! E-mail addresses: plain, and disguised from simple readers.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use unlisted_model::{Confidence, Disguise, Fit, Kind};

use super::email_window::{Reading, Window};
use super::{Look, Out, Seen};
use crate::normalise::email::{protected_hex, rot13, without_tag};
use crate::page::Page;

const ID: &str = "email";

/// Spellings of the sign that need no word of their own. They begin with three different bytes, which is fast.
static SIGNS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(["@", "%40", "\\u0040", "\\x40"]).ok());
/// Rarer ones.
static RARE_SIGNS: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(["email-protection#", "&#64;", "&#x40;", "&commat;"]).ok());

/// At most so many windows of a text are undisguised.
const MOST_WINDOWS: usize = 3_000;

/// Looks at every sign and at every "at" that may stand for one.
pub(crate) fn scan(look: &Look<'_, '_>, out: &mut Out) {
    let page = look.page;
    let lower = page.folded.lower.as_slice();
    let mut windows = 0;
    if let Some(signs) = SIGNS.as_ref() {
        for sign in signs.find_iter(lower) {
            if out.is_full() {
                return;
            }
            if !(sign.pattern().as_usize() == 0 && plain(look, out, sign.start()))
                && windows < MOST_WINDOWS
                && worth(lower, sign.start(), sign.end())
            {
                windows += 1;
                disguised(look, out, sign.start(), sign.end());
            }
        }
    }
    for sign in RARE_SIGNS.iter().flat_map(|signs| signs.find_iter(lower)) {
        if sign.pattern().as_usize() == 0 {
            protected(look, out, sign.start(), sign.end());
        } else if windows < MOST_WINDOWS && worth(lower, sign.start(), sign.end()) {
            windows += 1;
            disguised(look, out, sign.start(), sign.end());
        }
    }
    for (index, word) in page.words.iter().enumerate() {
        if word.len() == 2 && page.lower(*word) == b"at" && windows < MOST_WINDOWS && !out.is_full() && dotted_after(page, index)
        {
            windows += 1;
            disguised(look, out, word.start as usize, word.end as usize);
        }
    }
    for block in page.text.blocks.iter().filter(|b| b.label.as_deref().is_some_and(|l| l.contains("cfemail"))) {
        let start = page.folded.folded(block.range.start);
        protected(look, out, start, start);
    }
}

/// An address written plainly around the sign at `at`; whether it is one.
fn plain(look: &Look<'_, '_>, out: &mut Out, at: usize) -> bool {
    let lower = look.page.folded.lower.as_slice();
    let start = at - lower.get(..at).unwrap_or_default().iter().rev().take(64).take_while(|b| in_local(**b)).count();
    let end = at + 1 + lower.get(at + 1..).unwrap_or_default().iter().take(253).take_while(|b| in_domain(**b)).count();
    let start = start + code_before(lower, start, at);
    let local = trim(lower.get(start..at).unwrap_or_default());
    let domain = trim(lower.get(at + 1..end).unwrap_or_default());
    if local.is_empty() || domain.is_empty() {
        return false;
    }
    let whole = [local, b"@", domain].concat();
    let lead = lower.get(start..at).unwrap_or_default().iter().take_while(|b| !starts_local(**b)).count();
    let span = start + lead..at + 1 + domain.len();
    if supplied(look, out, &whole, span.clone(), None) {
        return true;
    }
    let backwards: Vec<u8> = whole.iter().rev().copied().collect();
    if supplied(look, out, &backwards, span.clone(), Some(Disguise::Reversed))
        || supplied(look, out, &rot13(&whole), span.clone(), Some(Disguise::Rot13))
    {
        return true;
    }
    // A decoy to be cut out ("REMOVETHIS") is for the window.
    if !good_domain(domain) || has_decoy(&whole) {
        return false;
    }
    // "@name@site" is a handle, "//name@site/" a login.
    let before = start.checked_sub(1).and_then(|i| lower.get(i));
    if before == Some(&b'@') || start >= 2 && lower.get(start - 2..start) == Some(b"//") {
        return true;
    }
    let value = String::from_utf8_lossy(&whole).into_owned();
    let seen = Seen { detector: ID, folded: span, fit: Fit::Whole, confidence: Confidence::High, disguise: None };
    out.unsupplied(look.page, Kind::Email, seen, value);
    true
}

/// How many bytes at the start are the rest of a code: "%20", "\\u003c", "\\n" before the name.
fn code_before(lower: &[u8], start: usize, at: usize) -> usize {
    let sign = start.checked_sub(1).and_then(|i| lower.get(i));
    match (sign, lower.get(start..at).unwrap_or_default()) {
        (Some(b'%'), [a, b, _, ..]) if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => 2,
        (Some(b'\\'), [b'u', b'0', b'0', _, _, _, ..]) => 5,
        (Some(b'\\'), [b'n' | b'r' | b't', _, ..]) => 1,
        _ => 0,
    }
}

/// An address around a sign in disguise.
fn disguised(look: &Look<'_, '_>, out: &mut Out, from: usize, to: usize) {
    let Some(window) = Window::around(look.page, from, to) else { return };
    for Reading { address, span, disguise, sure } in window.readings() {
        if supplied(look, out, &address, span.clone(), Some(disguise)) {
            return;
        }
        let without = without_decoy(&address);
        if without != address && supplied(look, out, &without, span.clone(), Some(disguise)) {
            return;
        }
        let domain = address.iter().position(|b| *b == b'@').and_then(|i| address.get(i + 1..));
        if sure && domain.is_some_and(good_domain) {
            let seen =
                Seen { detector: ID, folded: span, fit: Fit::Whole, confidence: Confidence::Medium, disguise: Some(disguise) };
            out.unsupplied(look.page, Kind::Email, seen, String::from_utf8_lossy(&without).into_owned());
            return;
        }
    }
}

/// Hex of a mail-protection service from `hex` on.
fn protected(look: &Look<'_, '_>, out: &mut Out, start: usize, hex: usize) {
    let lower = look.page.folded.lower.as_slice();
    let len = lower.get(hex..).unwrap_or_default().iter().take(400).take_while(|b| b.is_ascii_hexdigit()).count();
    let Some(address) = protected_hex(lower.get(hex..hex + len).unwrap_or_default()) else { return };
    let span = start..hex + len;
    if !supplied(look, out, address.as_bytes(), span.clone(), Some(Disguise::ProtectedHex)) {
        let seen = Seen {
            detector: ID,
            folded: span,
            fit: Fit::Whole,
            confidence: Confidence::High,
            disguise: Some(Disguise::ProtectedHex),
        };
        out.unsupplied(look.page, Kind::Email, seen, address);
    }
}

/// Tells of the supplied facts with this address, perhaps written with a "+tag".
fn supplied(
    look: &Look<'_, '_>,
    out: &mut Out,
    address: &[u8],
    span: std::ops::Range<usize>,
    disguise: Option<Disguise>,
) -> bool {
    let Ok(address) = std::str::from_utf8(address) else { return false };
    let (facts, confidence) = match look.facts.emails.get(address) {
        Some(facts) => (Some(facts), Confidence::High),
        None => (without_tag(address).and_then(|a| look.facts.emails.get(&a)), Confidence::Medium),
    };
    for fact in facts.into_iter().flatten() {
        out.supplied(look, *fact, Seen { detector: ID, folded: span.clone(), fit: Fit::Whole, confidence, disguise });
    }
    facts.is_some()
}

pub(super) const fn in_local(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+' | b'\'' | b'~' | b'!') || b >= 0x80
}

const fn starts_local(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80
}

pub(super) const fn in_domain(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-') || b >= 0x80
}

fn trim(part: &[u8]) -> &[u8] {
    let start = part.iter().position(|b| starts_local(*b)).unwrap_or(part.len());
    let end = part.iter().rposition(|b| starts_local(*b)).map_or(start, |i| i + 1);
    part.get(start..end).unwrap_or_default()
}

/// At least two labels, the last of letters, and not a file's ending ("logo@2x.png").
pub(super) fn good_domain(domain: &[u8]) -> bool {
    let labels: Vec<&[u8]> = domain.split(|b| *b == b'.').collect();
    let last = labels.last().copied().unwrap_or_default();
    labels.len() >= 2
        && labels.iter().all(|l| !l.is_empty() && l.first() != Some(&b'-') && l.last() != Some(&b'-'))
        && last.len() >= 2
        && last.iter().all(|b| b.is_ascii_alphabetic() || *b >= 0x80)
        && !matches!(
            last,
            b"png"
                | b"jpg"
                | b"jpeg"
                | b"gif"
                | b"svg"
                | b"webp"
                | b"css"
                | b"js"
                | b"json"
                | b"html"
                | b"pdf"
                | b"scss"
                | b"ico"
                | b"mp4"
        )
}

/// Whether something that may be a name stands before, and something that may be a site behind the sign.
fn worth(lower: &[u8], from: usize, to: usize) -> bool {
    let skip =
        |b: &&u8| matches!(**b, b' ' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'<' | b'>' | b'\'' | b'"' | b'+' | b'_' | b'-');
    let before = lower.get(..from).unwrap_or_default().iter().rev().take(12).find(|b| !skip(b));
    let behind = lower.get(to..).unwrap_or_default().iter().take(12).find(|b| !skip(b));
    before.is_some_and(|b| in_local(*b) || *b == b'%' || *b == b';')
        && behind.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'%' || *b >= 0x80)
}

/// Whether within the next words a dot between labels, or a word for one, follows.
fn dotted_after(page: &Page<'_>, at: usize) -> bool {
    let (Some(word), Some(last)) = (page.words.get(at + 1), page.words.get((at + 6).min(page.words.len().saturating_sub(1))))
    else {
        return false;
    };
    if matches!(page.lower(*word), b"at" | b"http" | b"https") {
        return false;
    }
    let dotted = (at + 1..(at + 6).min(page.words.len())).any(|i| {
        matches!(page.at(i), b"dot" | b"punkt" | b"point" | b"d0t" | b"period")
            || matches!(page.gap(i), crate::page::Gap::Signs(b"." | b" . " | b"[.]" | b"(.)" | b"{.}"))
    });
    dotted && last.block >= word.block
}

/// Pieces that a person is meant to cut out.
const DECOYS: [&[u8]; 9] =
    [b"removethis", b"remove-this", b"deletethis", b"nospam", b"no-spam", b"removeme", b"remove-me", b"antispam", b"spamfree"];

fn has_decoy(address: &[u8]) -> bool {
    without_decoy(address) != address
}

/// The address without decoys, and without the dot or hyphen that joined one.
fn without_decoy(address: &[u8]) -> Vec<u8> {
    let mut out = address.to_vec();
    for decoy in DECOYS {
        if let Some(at) = out.windows(decoy.len()).position(|w| w == decoy) {
            let mut range = at..at + decoy.len();
            if matches!(out.get(range.end), Some(b'.' | b'-' | b'_'))
                && (range.start == 0 || out.get(range.start - 1).is_some_and(|b| matches!(b, b'@' | b'.' | b'-' | b'_')))
            {
                range.end += 1;
            } else if range.start > 0
                && matches!(out.get(range.start - 1), Some(b'.' | b'-' | b'_'))
                && matches!(out.get(range.end), Some(b'@') | None)
            {
                range.start -= 1;
            }
            out.drain(range);
        }
    }
    out
}
