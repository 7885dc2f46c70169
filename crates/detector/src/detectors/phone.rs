//! Telephone numbers: supplied ones in every writing, others where the numbering plan has them and nothing near says that
//! they are something else.

use unlisted_model::{Confidence, Disguise, Fit, Kind};

use super::{Look, Out, Seen};
use crate::facts::Landline;
use crate::normalise::phone::{exists, international};
use crate::normalise::words::FIRST_FIGURES;
use crate::page::{Gap, Page};

const ID: &str = "phone";

/// Looks at every run of figures.
pub(crate) fn scan(look: &Look<'_, '_>, out: &mut Out) {
    let page = look.page;
    let spelled = &*FIRST_FIGURES;
    let mut index = 0;
    while let Some(word) = page.words.get(index) {
        if !word.has_digit() && !spelled.may_have(word.hash) || out.is_full() {
            index += 1;
            continue;
        }
        if word.has_digit() && !look.facts.local_phones.is_empty() {
            local(look, out, index);
        }
        let Some(start) = Start::at(page, index) else {
            index += 1;
            continue;
        };
        index = match number(look, out, start) {
            Some(past) => past.max(index + 1),
            None => index + 1,
        };
    }
}

/// "Bells: Mrs Castle 960240" in a parish magazine: the last figures of a supplied landline, where its area code stands on
/// the page or the person is named beside it.
fn local(look: &Look<'_, '_>, out: &mut Out, index: usize) {
    let page = look.page;
    let Some(locals) = look.facts.local_phones.get(page.at(index)) else { return };
    let alone = |gap: Gap<'_>| !matches!(gap, Gap::Signs(b"." | b"-" | b"/" | b":" | b"_" | b"#")) || page.gap(index) == Gap::Far;
    let before = index.checked_sub(1);
    if !alone(page.gap(index)) || before.is_some_and(|b| !alone(page.gap(b))) {
        return;
    }
    for Landline { fact, code } in locals {
        // Right behind its code it is a whole number.
        if before.is_some_and(|b| page.at(b).ends_with(code.get(1..).unwrap_or(code))) {
            continue;
        }
        let Some(known) = look.facts.all.get(*fact as usize) else { continue };
        let coded = look.has_word(code);
        let named = look.is_named_near(known.subject, index, 8);
        let (fit, confidence) = match (coded, named) {
            (true, true) => (Fit::Whole, Confidence::Medium),
            (true, false) | (false, true) => (Fit::Partial, Confidence::Low),
            (false, false) => continue,
        };
        out.supplied(look, *fact, Seen { detector: ID, folded: page.folded_span(index, index + 1), fit, confidence, disguise: None });
    }
}

/// Where a number may begin.
struct Start {
    index: usize,
    plus: bool,
    spelled: bool,
}

impl Start {
    fn at(page: &Page<'_>, index: usize) -> Option<Self> {
        let word = *page.words.get(index)?;
        let lower = page.lower(word);
        let spelled = !word.has_digit();
        if spelled {
            // "oh seven seven", "zero one": only where a second such word follows.
            let first = matches!(lower, b"oh" | b"o" | b"zero" | b"nought" | b"double");
            if !first || page.words.get(index + 1).is_none_or(|w| !w.has_digit() && spoken(page.lower(*w)).is_none() && !matches!(page.lower(*w), b"double" | b"triple")) {
                return None;
            }
        } else {
            let (_, digits) = figures(lower)?;
            // A number begins with 0, a plus, 44, or is written in one piece.
            let after_plus = word.start > 0 && page.folded.lower.get(word.start as usize - 1) == Some(&b'+');
            let bare = digits.first() != Some(&b'0') && !after_plus;
            // "+43 7700 900123": the figures before it belong to it.
            let figures_before = index.checked_sub(1).is_some_and(|b| {
                page.words.get(b).is_some_and(|w| w.has_digit()) && matches!(page.gap(b), Gap::Signs(s) if s.len() <= 3 && s.iter().all(|b| b" -.()/".contains(b)))
            });
            if bare && (digits.len() < 2 || figures_before) {
                return None;
            }
        }
        let plus = word.start > 0 && page.folded.lower.get(word.start as usize - 1) == Some(&b'+');
        // Joined to what is no part of it: a longer code.
        if !plus && let Some(before) = index.checked_sub(1) {
            let code = page.words.get(before).is_some_and(|w| w.has_digit());
            if matches!(page.gap(before), Gap::Signs(b"-" | b"." | b"_" | b"/" | b":")) && code {
                let slash = matches!(page.gap(before), Gap::Signs(b"/")) && lower.first() == Some(&b'0') && page.at(before).len() >= 5;
                if !slash {
                    return None;
                }
            }
        }
        Some(Self { index, plus, spelled })
    }
}

/// The figures of a word like "07700", "o77oo" or "t01632": the length of what goes before, and the figures.
fn figures(lower: &[u8]) -> Option<(usize, Vec<u8>)> {
    let before = lower.iter().take_while(|b| b.is_ascii_lowercase() && !matches!(b, b'o' | b'l' | b'i')).count();
    let (prefix, _) = lower.split_at(before);
    let full = lower.iter().position(u8::is_ascii_digit).map_or(before, |digit| {
        let named = lower.get(..digit).unwrap_or_default();
        if matches!(named, b"tel" | b"mobile" | b"phone" | b"mob" | b"call" | b"fax" | b"telephone") { digit } else { before }
    });
    if !matches!(prefix, b"" | b"t" | b"m" | b"p" | b"f" | b"h") && full == before {
        return None;
    }
    let rest = lower.get(full..)?;
    let digits: Option<Vec<u8>> = rest
        .iter()
        .map(|b| match b {
            b'0'..=b'9' => Some(*b),
            b'o' => Some(b'0'),
            b'l' | b'i' => Some(b'1'),
            _ => None,
        })
        .collect();
    digits.filter(|d| rest.iter().any(u8::is_ascii_digit) && d.len() <= 15).map(|d| (full, d))
}

fn spoken(word: &[u8]) -> Option<u8> {
    Some(match word {
        b"zero" | b"oh" | b"o" | b"nought" => b'0',
        b"one" => b'1',
        b"two" => b'2',
        b"three" => b'3',
        b"four" => b'4',
        b"five" => b'5',
        b"six" => b'6',
        b"seven" => b'7',
        b"eight" => b'8',
        b"nine" => b'9',
        _ => return None,
    })
}

/// One reading of the words from a start: the figures so far, and where they end.
struct Reading {
    digits: Vec<u8>,
    from: usize,
    past: usize,
    cells: bool,
    odd: bool,
    groups: usize,
    slash: bool,
    /// How many figures the first word has: "0" or "07" alone begin no number that we would tell unasked.
    first: usize,
}

fn number(look: &Look<'_, '_>, out: &mut Out, start: Start) -> Option<usize> {
    let page = look.page;
    let mut reading = Reading { digits: Vec::with_capacity(16), from: start.index, past: start.index, cells: false, odd: start.spelled, groups: 0, slash: false, first: 0 };
    let mut offset = 0;
    let mut repeat = 1;
    let mut best: Option<(usize, String, Reading)> = None;
    let mut supplied: Option<(usize, Vec<u32>, Reading)> = None;
    while reading.digits.len() < 16 && reading.past < start.index + 14 {
        let Some(word) = page.words.get(reading.past).copied() else { break };
        let lower = page.lower(word);
        if reading.past > start.index {
            match page.gap(reading.past - 1) {
                Gap::Signs(signs) if signs.len() <= 4 && signs.iter().all(|b| b" .-()/\t\n".contains(b)) => {
                    reading.slash |= signs.contains(&b'/');
                }
                // "double nine oh, four one three" has commas where figures have spaces.
                Gap::Signs(b", ") if start.spelled && !word.has_digit() => {}
                Gap::NextCell => reading.cells = true,
                _ => break,
            }
        }
        if word.has_digit() {
            let Some((before, digits)) = figures(lower) else { break };
            if reading.past > start.index && before > 0 {
                break;
            }
            offset = if reading.past == start.index { before } else { offset };
            reading.odd |= lower.iter().skip(before).any(|b| !b.is_ascii_digit());
            reading.digits.extend(digits);
        } else if let Some(times) = matches!(lower, b"double" | b"triple").then_some(if lower == b"double" { 2 } else { 3 }) {
            repeat = times;
            reading.odd = true;
            reading.past += 1;
            continue;
        } else if let Some(digit) = spoken(lower) {
            reading.odd = true;
            reading.digits.extend(std::iter::repeat_n(digit, repeat));
            repeat = 1;
        } else {
            break;
        }
        reading.groups += 1;
        if reading.groups == 1 {
            reading.first = reading.digits.len();
        }
        reading.past += 1;
        if reading.digits.len() < 7 || joined_on(page, reading.past) {
            continue;
        }
        let Some(value) = international(&reading.digits, start.plus) else { continue };
        if let Some(facts) = look.facts.phones.get(&value) {
            supplied = Some((reading.past, facts.clone(), reading.copy()));
            break;
        }
        let clean = !reading.cells && !reading.odd && !reading.slash && (start.plus || reading.first >= 3 && reading.digits.first() == Some(&b'0'));
        if clean && reading.digits.len() >= 10 && reading.groups <= 6 && offset <= 1 && exists(&value) {
            best = Some((reading.past, value, reading.copy()));
        }
    }
    let begin = page.words.get(start.index).map_or(0, |w| w.start as usize + offset - usize::from(start.plus && offset == 0));
    if let Some((past, facts, reading)) = supplied {
        let national = reading.digits.first() == Some(&b'0') || start.plus || reading.digits.starts_with(b"44");
        let confidence = if !national || reading.cells { Confidence::Medium } else { Confidence::High };
        for fact in facts {
            let disguise = reading.odd.then_some(if start.spelled { Disguise::Words } else { Disguise::Encoding });
            out.supplied(look, fact, seen(page, begin, past, confidence, disguise));
        }
        return Some(past);
    }
    let (past, value, reading) = best?;
    if reading.from == start.index && denied(page, start.index, past) {
        return None;
    }
    let told = page.any(start.index.saturating_sub(4), start.index, is_phone_word) || label_says_phone(page.label(start.index));
    let confidence = if told || start.plus { Confidence::High } else { Confidence::Medium };
    out.unsupplied(page, Kind::Phone, seen(page, begin, past, confidence, None), value);
    Some(past)
}

impl Reading {
    fn copy(&self) -> Self {
        Self { digits: self.digits.clone(), ..*self }
    }
}

fn seen(page: &Page<'_>, begin: usize, past: usize, confidence: Confidence, disguise: Option<Disguise>) -> Seen {
    let end = past.checked_sub(1).and_then(|i| page.words.get(i)).map_or(begin, |w| w.end as usize);
    Seen { detector: ID, folded: begin..end.max(begin), fit: Fit::Whole, confidence, disguise }
}

/// Whether the figures go on behind: "07700 900123-55" is a longer code.
fn joined_on(page: &Page<'_>, past: usize) -> bool {
    past > 0 && page.words.get(past).is_some_and(|w| w.has_digit()) && matches!(page.gap(past - 1), Gap::Signs(b"-" | b"." | b"_" | b":"))
}

fn is_phone_word(word: &[u8]) -> bool {
    matches!(
        word,
        b"tel" | b"telephone" | b"phone" | b"mobile" | b"mob" | b"call" | b"ring" | b"text" | b"fax" | b"whatsapp" | b"landline" | b"contact"
            | b"t" | b"m" | b"p" | b"cell" | b"ffon"
    )
}

fn label_says_phone(label: &str) -> bool {
    ["phone", "tel", "mobile", "fax", "contact"].iter().any(|w| label.contains(w))
}

/// Words and signs that say it is some other number.
fn denied(page: &Page<'_>, from: usize, past: usize) -> bool {
    let start = page.words.get(from).map_or(0, |w| w.start as usize);
    let end = past.checked_sub(1).and_then(|i| page.words.get(i)).map_or(0, |w| w.end as usize);
    let before = start.checked_sub(1).and_then(|i| page.folded.lower.get(i)).copied().unwrap_or(b' ');
    let after = page.folded.lower.get(end).copied().unwrap_or(b' ');
    if matches!(before, b'$' | b'#' | b'=' | b'_' | b'&') || matches!(after, b'%' | b'_' | b'=') {
        return true;
    }
    let block = page.block_words(from);
    let near = from.saturating_sub(3).max(block.start)..from;
    if page.any(near.start, near.end, is_phone_word) {
        return false;
    }
    let label = page.label(from);
    page.any(near.start, near.end, is_other_number)
        || ["ref", "isbn", "vat", "company", "charity", "order", "uprn", "account", "invoice", "sku"].iter().any(|w| label.contains(w))
}

fn is_other_number(word: &[u8]) -> bool {
    matches!(
        word,
        b"order" | b"ref" | b"reference" | b"isbn" | b"issn" | b"vat" | b"company" | b"charity" | b"registration" | b"registered" | b"reg"
            | b"account" | b"invoice" | b"planning" | b"application" | b"app" | b"doi" | b"version" | b"sku" | b"part" | b"uprn" | b"licence"
            | b"license" | b"id" | b"uid" | b"serial" | b"batch" | b"item" | b"case" | b"docket" | b"policy" | b"member" | b"membership" | b"nhs"
            | b"passport" | b"sort" | b"barcode" | b"ean" | b"gtin" | b"tracking" | b"permit" | b"certificate" | b"transaction"
    )
}
