//! Identity numbers, plates and accounts that were supplied: letters and figures compared without what separates them.

use unlisted_model::{Confidence, Fit, Kind};

use super::{Look, Out, Seen};
use crate::facts::codes::{Code, Part};
use crate::page::{Gap, Page};

/// At most so many words make up one number.
const MOST_WORDS: usize = 9;
/// So far apart, in words, sort code and account number may stand.
const NEAR: usize = 24;

/// Looks at every run of words that may make up a supplied number.
pub(crate) fn scan(look: &Look<'_, '_>, out: &mut Out) {
    let page = look.page;
    if look.facts.codes.is_empty() {
        return;
    }
    let mut run: Vec<u8> = Vec::with_capacity(40);
    let mut parts: Vec<(Code, usize, usize)> = Vec::new();
    for index in 0..page.words.len() {
        if !may_start(page, index) || out.is_full() {
            continue;
        }
        run.clear();
        for past in index..(index + MOST_WORDS).min(page.words.len()) {
            if past > index && !joined(page, past - 1) {
                break;
            }
            let word = page.at(past);
            if word.len() > 34
                || run.len() + word.len() > 34
                || past > index && !page.words.get(past).is_some_and(|w| w.has_digit() || w.len() <= 5)
            {
                break;
            }
            run.extend(word.iter().filter(|b| **b != b'\''));
            for code in look.facts.codes.of(&run) {
                match code.part {
                    Part::Whole | Part::AllButLast => tell(look, out, *code, index, past + 1),
                    Part::Account | Part::SortCode => parts.push((*code, index, past + 1)),
                }
            }
            // A text may write a last letter or an issue number that was not supplied.
            let shorter = match run.len() {
                9 if run.last().is_some_and(u8::is_ascii_lowercase) => run.get(..8),
                18 => run.get(..16),
                22 if run.starts_with(b"gb") => run.get(8..),
                _ => None,
            };
            // Glued on: otherwise the shorter run has been looked at by itself.
            let shorter = shorter.filter(|s| run.len() == 22 || word.len() > run.len() - s.len());
            for code in shorter.map(|s| look.facts.codes.of(s)).unwrap_or_default() {
                if code.part == Part::Whole
                    && matches!(code.kind, Kind::NationalInsuranceNumber | Kind::DrivingLicence | Kind::BankAccount)
                {
                    tell(look, out, *code, index, past + 1);
                }
            }
        }
    }
    accounts(look, out, &parts);
}

fn may_start(page: &Page<'_>, index: usize) -> bool {
    let Some(word) = page.words.get(index) else { return false };
    word.has_digit() || word.len() <= 5 && page.words.get(index + 1).is_some_and(|w| w.has_digit())
}

fn joined(page: &Page<'_>, index: usize) -> bool {
    match page.gap(index) {
        Gap::Signs(signs) => signs.len() <= 3 && signs.iter().all(|b| b" -./\n\t".contains(b)),
        Gap::NextCell => true,
        Gap::Far => false,
    }
}

fn tell(look: &Look<'_, '_>, out: &mut Out, code: Code, from: usize, past: usize) {
    let page = look.page;
    // Joined to more of the same by a hyphen or dot: a longer code.
    let longer = |gap: Gap<'_>, word: Option<usize>| {
        matches!(gap, Gap::Signs(b"-" | b"." | b"_")) && word.and_then(|i| page.words.get(i)).is_some_and(|w| w.has_digit())
    };
    if from > 0 && longer(page.gap(from - 1), from.checked_sub(1)) || past > 0 && longer(page.gap(past - 1), Some(past)) {
        return;
    }
    let context = says(page, code.kind, from, past);
    let upper = (from..past).all(|i| page.words.get(i).is_some_and(|w| w.is_upper() || !w.has_letter()));
    let length: usize = (from..past).map(|i| page.at(i).len()).sum();
    let cells = (from..past - 1).any(|i| page.gap(i) == Gap::NextCell);
    if code.kind == Kind::VehicleRegistration && (!context && !upper || length < 5 && !(context && upper)) {
        return;
    }
    // Short numbers of figures only need a word for them.
    let letters = (from..past).any(|i| page.words.get(i).is_some_and(|w| w.has_letter()));
    // "1 2 3 4 5 6 7 8 9" is a list.
    let scattered = length < 2 * (past - from);
    if !context && (cells || scattered || !letters && length < 9) {
        return;
    }
    let confidence = match (context, code.part) {
        (true, Part::Whole) => Confidence::High,
        _ if letters && length >= 8 => Confidence::High,
        _ => Confidence::Medium,
    };
    push(look, out, code, from, past, Fit::Whole, confidence);
}

fn push(look: &Look<'_, '_>, out: &mut Out, code: Code, from: usize, past: usize, fit: Fit, confidence: Confidence) {
    let seen = Seen { detector: code.kind.as_str(), folded: look.page.folded_span(from, past), fit, confidence, disguise: None };
    out.supplied(look, code.fact, seen);
}

/// Sort code and account number near each other are the whole; an account number alone is a part.
fn accounts(look: &Look<'_, '_>, out: &mut Out, parts: &[(Code, usize, usize)]) {
    for (position, (code, from, past)) in parts.iter().enumerate() {
        if code.part != Part::Account {
            continue;
        }
        let around = parts.get(position.saturating_sub(8)..(position + 8).min(parts.len())).unwrap_or_default();
        let sort = around.iter().find(|(c, f, p)| {
            c.part == Part::SortCode && c.fact == code.fact && f.abs_diff(*past).min(from.abs_diff(*p)) <= NEAR
        });
        if let Some((_, sort_from, sort_past)) = sort {
            push(look, out, *code, *from.min(sort_from), *past.max(sort_past), Fit::Whole, Confidence::High);
        } else if says(look.page, code.kind, *from, *past) {
            push(look, out, *code, *from, *past, Fit::Partial, Confidence::Medium);
        }
    }
}

/// Whether a word near by, on either side, or the label says what the number is.
fn says(page: &Page<'_>, kind: Kind, from: usize, past: usize) -> bool {
    let words: &[&[u8]] = match kind {
        Kind::NationalInsuranceNumber => &[b"ni", b"nino", b"insurance", b"nin"],
        Kind::NhsNumber => &[b"nhs", b"chi", b"patient", b"hospital", b"h&c", b"health"],
        Kind::VehicleRegistration => &[
            b"reg",
            b"registration",
            b"plate",
            b"car",
            b"vehicle",
            b"van",
            b"vrm",
            b"registered",
            b"drives",
            b"parked",
            b"driving",
            b"mot",
        ],
        Kind::BankAccount => &[b"account", b"bank", b"sort", b"iban", b"acc", b"acct", b"a/c", b"payment", b"bacs"],
        Kind::Passport => &[b"passport"],
        Kind::DrivingLicence => &[b"licence", b"license", b"driving", b"driver"],
        _ => &[],
    };
    let label = page.label(from);
    if label.split(|c: char| !c.is_ascii_alphanumeric()).any(|w| words.contains(&w.as_bytes())) {
        return true;
    }
    let group = |i: usize| page.block(i).map(|b| b.group);
    let near = |i: usize| group(i) == group(from);
    (from.saturating_sub(8)..from).chain(past..(past + 6).min(page.words.len())).any(|i| near(i) && words.contains(&page.at(i)))
}
