//! A supplied house by its name, where its street is left out: "Mrs Castle, The Old Bakery, Mereside".

use unlisted_model::{Confidence, Fit};

use super::around::{After, after, any_place, flat_at, near_from, window};
use super::{Look, Out, Seen};
use crate::facts::address::{Address, Number};
use crate::normalise::words::{street_type, sure_street_type, venue_word};
use crate::page::{Gap, Page, hash};

const ID: &str = "home-address";
/// So near, in words, a name belongs to a house.
const NEAR: usize = 40;
/// So far behind the house's name, in words, its village or town may stand.
const TOWN: usize = 6;

/// Looks at a place where the name of a house may begin.
pub(crate) fn named(look: &Look<'_, '_>, out: &mut Out, house: u32, start: usize) {
    let page = look.page;
    let Some(house) = look.facts.houses.all.get(house as usize) else { return };
    let Some(end) = house.phrase.at(page, start) else { return };
    if is_longer(page, end) {
        return;
    }
    let rest = after(page, end);
    let from = near_from(page, start);
    let mut places = window(page, from, rest.near_to);
    places.extend(rest.postcode.iter().map(|(key, _, _)| hash(key.to_lowercase().as_bytes())));
    for index in house.candidates(&[], &places, look.named_subjects()) {
        let Some((fact, address)) = look.facts.addresses.get(index as usize) else { continue };
        let Some(known) = look.facts.all.get(*fact as usize) else { continue };
        let is_named = look.is_named_near(known.subject, start, NEAR);
        if let Some((fit, confidence)) = judge(page, address, &rest, from..start, end, is_named) {
            out.supplied(
                look,
                *fact,
                Seen { detector: ID, folded: page.folded_span(start, end), fit, confidence, disguise: None },
            );
        }
    }
}

/// "Old Bakery Lane", "The Coach House Inn" and "rose-cottage.example" are other things.
fn is_longer(page: &Page<'_>, end: usize) -> bool {
    let Some(next) = page.words.get(end) else { return false };
    let word = page.lower(*next);
    match end.checked_sub(1).map(|last| page.gap(last)) {
        Some(Gap::Signs(b" ")) => next.is_capitalised() && (venue_word(word) || street_type(word).is_some_and(sure_street_type)),
        Some(Gap::Signs(b"-" | b"." | b"@")) => true,
        _ => false,
    }
}

fn judge(
    page: &Page<'_>,
    address: &Address,
    rest: &After,
    before: std::ops::Range<usize>,
    end: usize,
    is_named: bool,
) -> Option<(Fit, Confidence)> {
    // With its street it is an address, and judged as one.
    let street = address.street.as_ref()?;
    if (before.start..rest.near_to).any(|i| street.at(page, i).is_some()) {
        return None;
    }
    let same_postcode = match (&rest.postcode, &address.postcode) {
        (Some((seen, _, _)), Some(own)) if seen != own => return None,
        (Some(_), Some(_)) => true,
        _ => false,
    };
    let strong = address.places.len().saturating_sub(address.counties).max(1);
    let town =
        any_place(page, address.places.get(..strong).unwrap_or(&address.places), end, (end + TOWN).min(rest.near_to)).is_some();
    if !town && !same_postcode && rest.place.is_some() {
        return None;
    }
    let capital = page.words.get(before.end).is_some_and(|w| w.is_capitalised());
    let whole = match (&address.flat, flat(page, before)) {
        (Some(own), Some(seen)) if *own != seen => return is_named.then_some((Fit::OtherNumber, Confidence::Medium)),
        (Some(_), None) => false,
        _ => true,
    };
    Some(match (same_postcode, town, is_named) {
        (true, _, _) if whole => (Fit::Whole, Confidence::High),
        (_, true, true) if whole => (Fit::Whole, Confidence::Medium),
        (true, _, _) | (_, true, _) => (Fit::Partial, Confidence::Medium),
        (_, _, true) if capital => (Fit::Partial, Confidence::Low),
        _ => return None,
    })
}

/// The flat right before the house's name: "Flat 12, Heron Tower", "12 Heron Tower".
fn flat(page: &Page<'_>, before: std::ops::Range<usize>) -> Option<String> {
    let last = before.end.checked_sub(1).filter(|l| before.contains(l))?;
    if !matches!(page.gap(last), Gap::Signs(b" " | b", " | b"\n") | Gap::NextCell) {
        return None;
    }
    let worded = (before.start..last).rev().take(3).find_map(|i| flat_at(page, i).filter(|(_, past)| *past == before.end));
    worded
        .map(|(flat, _)| flat)
        .or_else(|| Number::read(page.at(last)).map(|_| String::from_utf8_lossy(page.at(last)).into_owned()))
}
