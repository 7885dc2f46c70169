//! Postal addresses that nobody supplied: a number and a street, or a street with a full postcode of a real area.

use unlisted_model::{Confidence, Fit, Kind};

use super::around::{after, before};
use super::{Look, Out, Seen};
use crate::facts::address::street_key;
use crate::normalise::postcode::area_exists;
use crate::normalise::words::{TYPES, before_street, street_type, sure_street_type};
use crate::page::{Gap, Page};

const ID: &str = "postal-address";

/// Looks at every word that names a type of street.
pub(crate) fn scan(look: &Look<'_, '_>, out: &mut Out) {
    let page = look.page;
    let types = &*TYPES;
    for (index, word) in page.words.iter().enumerate() {
        if out.is_full() {
            return;
        }
        // The cheap questions first.
        if !word.is_capitalised() || index == 0 || !types.may_have(word.hash) {
            continue;
        }
        if street_type(page.lower(*word)).is_some_and(sure_street_type) {
            street(page, index, out);
        }
    }
}

fn street(page: &Page<'_>, last: usize, out: &mut Out) {
    // "Mill Lane Close": the last type word ends the name.
    if page.gap(last).is_space()
        && page
            .words
            .get(last + 1)
            .is_some_and(|w| w.is_capitalised() && street_type(page.lower(*w)).is_some_and(sure_street_type))
    {
        return;
    }
    let mut first = last;
    while last - first < 4
        && let Some(previous) = first.checked_sub(1)
    {
        let joined = matches!(page.gap(previous), Gap::Signs(b" " | b"-"))
            || matches!(page.gap(previous), Gap::Signs(b". ")) && page.at(previous).len() <= 3;
        let Some(word) = page.words.get(previous).filter(|w| joined && !w.has_digit()) else { break };
        let lower = page.lower(*word);
        let linking = matches!(lower, b"the" | b"of" | b"and" | b"y" | b"le" | b"de") && first > 1;
        if !word.is_capitalised() && !linking
            || word.is_capitalised() && before_street(lower) && !matches!(lower, b"the" | b"street" | b"road" | b"a")
        {
            break;
        }
        if word.len() == 1 && previous.checked_sub(1).is_some_and(|b| page.words.get(b).is_some_and(|w| w.has_digit())) {
            break;
        }
        first = previous;
    }
    while first < last && !page.words.get(first).is_some_and(|w| w.is_capitalised()) {
        first += 1;
    }
    if first == last {
        return;
    }
    let number = before(page, first);
    let numbered = number.as_ref().and_then(|n| n.number).filter(|_| !is_year(page, first));
    let rest = after(page, last + 1);
    let postcode = rest
        .postcode
        .as_ref()
        .filter(|(key, at, _)| area_exists(key.as_bytes()) && page.words.get(*at).is_some_and(|w| w.is_upper()));
    if numbered.is_none() && postcode.is_none() {
        return;
    }
    let from = match (&number, numbered) {
        (Some(n), Some(_)) => n.from,
        _ => first,
    };
    let to = postcode.map_or(last + 1, |(_, _, past)| *past);
    let street = street_key((first..=last).map(|i| page.at(i)));
    let number = number.and_then(|n| n.number).map_or(String::new(), |n| n.key());
    let code = postcode.map_or(String::new(), |(key, _, _)| key.to_lowercase());
    let confidence = if numbered.is_some() && postcode.is_some() { Confidence::High } else { Confidence::Medium };
    let seen = Seen { detector: ID, folded: page.folded_span(from, to), fit: Fit::Whole, confidence, disguise: None };
    out.unsupplied(page, Kind::HomeAddress, seen, format!("{number}|{street}|{code}"));
}

/// A year before a street is no house number: "in 2024 Mill Lane was closed", "(c) 2016 Iain Lane".
fn is_year(page: &Page<'_>, street: usize) -> bool {
    street
        .checked_sub(1)
        .is_some_and(|before| page.at(before).len() == 4 && matches!(page.at(before), [b'1', b'9', ..] | [b'2', b'0', ..]))
}
