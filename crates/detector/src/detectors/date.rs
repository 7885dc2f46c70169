//! Dates of birth. A date that stands bare is told of a supplied birth date only, and without confidence.

use jiff::civil::Date;
use unlisted_model::{Confidence, Fit, Kind};

use super::{Look, Out, Seen};
use crate::normalise::date::{day_number, read};
use crate::normalise::words::{MONTHS, month};
use crate::page::{Gap, Page};

const ID: &str = "date-of-birth";

/// Looks at every date.
pub(crate) fn scan(look: &Look<'_, '_>, out: &mut Out) {
    let page = look.page;
    let months = &*MONTHS;
    let mut index = 0;
    while let Some(word) = page.words.get(index) {
        if !word.has_digit() && !months.may_have(word.hash) || out.is_full() {
            index += 1;
            continue;
        }
        let lower = page.lower(*word);
        let may = if word.has_digit() { lower.first().is_some_and(u8::is_ascii_digit) } else { month(lower).is_some() };
        if !may {
            index += 1;
            continue;
        }
        let compact =
            (lower.len() == 8).then(|| lower.split_at(4)).and_then(|(year, rest)| read(year, rest.get(..2)?, rest.get(2..)?));
        if let Some((date, past)) = compact.map(|date| (date, index + 1)).or_else(|| date_at(page, index)) {
            whole(look, out, date, index, past);
            index = past;
            continue;
        }
        if let Some((month, day, past)) = day_and_month(page, index) {
            birthday(look, out, (month, day), index, past);
            index = past;
            continue;
        }
        if let Some((year, month)) = month_and_year(page, index)
            && !look.facts.dates.is_empty()
            && says_birth(page, index, index + 2)
        {
            month_of_birth(look, out, (year, month), index);
            index += 2;
            continue;
        }
        index += 1;
    }
}

/// Company registers show month and year of birth.
fn month_of_birth(look: &Look<'_, '_>, out: &mut Out, month: (i16, i8), from: usize) {
    for fact in look.facts.birth_months.get(&month).into_iter().flatten() {
        let folded = look.page.folded_span(from, from + 2);
        out.supplied(
            look,
            *fact,
            Seen { detector: ID, folded, fit: Fit::Partial, confidence: Confidence::Medium, disguise: None },
        );
    }
}

/// "March 1984".
fn month_and_year(page: &Page<'_>, index: usize) -> Option<(i16, i8)> {
    let month = month(page.at(index))?;
    let year = page.at(index + 1);
    if year.len() != 4 || !matches!(page.gap(index), Gap::Signs(b" " | b", " | b"-" | b"/")) {
        return None;
    }
    std::str::from_utf8(year).ok()?.parse().ok().map(|year| (year, month))
}

fn whole(look: &Look<'_, '_>, out: &mut Out, date: Date, from: usize, past: usize) {
    let page = look.page;
    let told = says_birth(page, from, past);
    let span = page.folded_span(from, past);
    if let Some(facts) = look.facts.dates.get(&date) {
        let confidence = if told { Confidence::High } else { Confidence::Low };
        for fact in facts {
            out.supplied(look, *fact, Seen { detector: ID, folded: span.clone(), fit: Fit::Whole, confidence, disguise: None });
        }
    } else if told && (1905..=2016).contains(&date.year()) {
        let seen = Seen { detector: ID, folded: span, fit: Fit::Whole, confidence: Confidence::Medium, disguise: None };
        out.unsupplied(page, Kind::DateOfBirth, seen, date.to_string());
    }
}

/// Day and month without a year count beside the word "birthday" only.
fn birthday(look: &Look<'_, '_>, out: &mut Out, day: (i8, i8), from: usize, past: usize) {
    let page = look.page;
    let Some(facts) = look.facts.birthdays.get(&day) else { return };
    let block = page.block_words(from);
    let near = from.saturating_sub(10).max(block.start)..(past + 8).min(block.end);
    if !page.any(near.start, near.end, |w| matches!(w, b"birthday" | b"bday" | b"birthdays" | b"born"))
        && !page.label(from).contains("birth")
    {
        return;
    }
    for fact in facts {
        let seen = Seen {
            detector: ID,
            folded: page.folded_span(from, past),
            fit: Fit::Partial,
            confidence: Confidence::Medium,
            disguise: None,
        };
        out.supplied(look, *fact, seen);
    }
}

/// A word of birth on either side, or in the label.
fn says_birth(page: &Page<'_>, from: usize, past: usize) -> bool {
    let label = page.label(from);
    if label.contains("birth")
        || label.split(|c: char| !c.is_ascii_alphanumeric()).any(|w| w == "dob" || w == "bday" || w == "born")
    {
        return true;
    }
    let block = page.block_words(from);
    let before = from.saturating_sub(8).max(block.start)..from;
    let after = past..(past + 6).min(block.end);
    let born = |w: &[u8]| {
        matches!(w, b"born" | b"birth" | b"dob" | b"birthday" | b"bday" | b"birthdate" | b"aged" | b"ganwyd" | b"dateofbirth")
    };
    if page.any(before.start, before.end, born) || page.any(after.start, after.end, born) {
        return true;
    }
    // "b. 9 March 1984", "D.O.B. 9/3/84", "Date of birth" in the cell before.
    let single = before.end.checked_sub(1).is_some_and(|i| i >= before.start && page.at(i) == b"b");
    let lettered =
        before.len() >= 3 && [b"d".as_slice(), b"o", b"b"].iter().enumerate().all(|(k, l)| page.at(before.end - 3 + k) == *l);
    let cell =
        from == block.start && from > 0 && page.gap(from - 1) == Gap::NextCell && page.any(from.saturating_sub(4), from, born);
    single || lettered || cell
}

/// A full date at the word, and past its last word.
fn date_at(page: &Page<'_>, index: usize) -> Option<(Date, usize)> {
    let a = page.at(index);
    // "19840309T" and the like are not dates that people write; "1984-03-09T00:00" is.
    let mut second = index + 1;
    if page.at(second) == b"of" && page.gap(index).is_space() {
        second += 1;
    }
    let third = second + 1;
    if !joined(page, second - 1) || !joined(page, third - 1) {
        return None;
    }
    let b = page.at(second);
    let c = page.at(third);
    let words = month(a).is_some() || month(b).is_some();
    // Figures only: one and the same sign between them.
    if !words {
        let (one, two) = match (page.gap(index), page.gap(second)) {
            (Gap::Signs(one), Gap::Signs(two)) => (one, two),
            (Gap::NextCell, Gap::NextCell) => (b"/".as_slice(), b"/".as_slice()),
            _ => return None,
        };
        if one != two || !matches!(one, b"-" | b"/" | b"." | b" " | b" / " | b". " | b" - ") || one == b" " && c.len() != 4 {
            return None;
        }
        // Part of a longer code: "1.9.3.84".
        if index > 0
            && matches!(page.gap(index - 1), Gap::Signs(g) if g == one && g != b" ")
            && page.words.get(index - 1).is_some_and(|w| w.has_digit())
        {
            return None;
        }
        if one != b" " && page.gap(third) == Gap::Signs(one) && page.words.get(third + 1).is_some_and(|w| w.has_digit()) {
            return None;
        }
    }
    let c = match c.iter().position(|b| *b == b't') {
        Some(at) if a.len() == 4 && at > 0 && at <= 2 => c.get(..at)?,
        _ => c,
    };
    if c.len() == 2 && !words && !matches!(page.gap(index), Gap::Signs(b"/" | b"." | b". " | b"-")) {
        return None;
    }
    read(a, b, c).map(|date| (date, third + 1))
}

fn joined(page: &Page<'_>, index: usize) -> bool {
    match page.gap(index) {
        Gap::Signs(signs) => signs.len() <= 3 && signs.iter().all(|b| b" ,./-'\n".contains(b)),
        // Day, month and year in cells of a form.
        Gap::NextCell => page.block_words(index).len() == 1 && page.block_words(index + 1).len() == 1,
        Gap::Far => false,
    }
}

fn day_and_month(page: &Page<'_>, index: usize) -> Option<(i8, i8, usize)> {
    let a = page.at(index);
    let mut second = index + 1;
    if page.at(second) == b"of" {
        second += 1;
    }
    if !joined(page, index) || !joined(page, second - 1) {
        return None;
    }
    let b = page.at(second);
    if let (Some(day), Some(month)) = (day_number(a), month(b)) {
        return Some((month, day, second + 1));
    }
    if let (Some(month), Some(day)) = (month(a), day_number(b)) {
        return Some((month, day, second + 1));
    }
    match (day_number(a), day_number(b), page.gap(index)) {
        (Some(day), Some(month), Gap::Signs(b"/")) if month <= 12 => Some((month, day, second + 1)),
        _ => None,
    }
}
