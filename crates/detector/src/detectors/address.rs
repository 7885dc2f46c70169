//! Supplied home addresses. A different house number is never a match; another place's street of the same name is not told.

use unlisted_model::{Confidence, Fit};

use super::around::{After, Before, after, any_place, before, flat_after, flat_at, near_from, postcode_at, window};
use super::{Look, Out, Seen};
use crate::facts::address::{Address, Number, NumberFit};
use crate::facts::streets::Street;
use crate::normalise::words::{self, sure_street_type};
use crate::page::{Gap, hash};

const ID: &str = "home-address";
/// So near, in words, a name belongs to an address.
const NEAR: usize = 40;

/// How the number and flat that stand there fit the supplied ones.
#[derive(Clone, Copy, PartialEq, Eq)]
enum House {
    Same,
    /// A range that holds it, or a flat of that house where none was supplied.
    Within,
    Other,
    /// No number stands there.
    Missing,
    /// The supplied address has none.
    NotSupplied,
}

/// Looks at a place where a supplied street's name may begin.
pub(crate) fn street(look: &Look<'_, '_>, out: &mut Out, street: u32, start: usize) {
    let page = look.page;
    let Some(street) = look.facts.streets.all.get(street as usize) else { return };
    let Some(end) = street.phrase.at(page, start) else { return };
    if goes_on(look, end) {
        return;
    }
    // Part of an address in the network: "joan@milllane.example".
    if start.checked_sub(1).is_some_and(|b| matches!(page.gap(b), Gap::Signs(s) if s.ends_with(b"@") || s == b"." && matches!(page.gap(end - 1), Gap::Signs(b".")))) {
        return;
    }
    let Some(mut first) = before(page, start).or_else(|| own_house_before(look, street, start)) else { return };
    let mut end = end;
    if first.flat.is_none()
        && let Some((flat, past)) = flat_after(page, end)
    {
        first.flat = Some(flat);
        end = past;
    }
    let rest = after(page, end);
    let near_from = near_from(page, first.from);
    let window = window(page, near_from, rest.near_to);
    let mut places = window.clone();
    places.extend(rest.postcode.iter().map(|(key, _, _)| hash(key.to_lowercase().as_bytes())));
    let number = first.number.or_else(|| Number::read(page.at(end)));
    let mut numbers: Vec<u32> = number.map(|n| (n.low..=n.high.min(n.low + 60)).collect()).unwrap_or_default();
    numbers.extend(first.also.iter().map(|n| n.low));
    // A number with the same postcode may be a neighbour's: by the postcode, not by the town.
    let neighbours =
        rest.postcode.iter().flat_map(|(key, _, _)| look.facts.postcodes.get(key)).flatten().filter(|_| !numbers.is_empty());
    let mut candidates = street.candidates(if first.number.is_some() { &numbers } else { &[] }, &places, look.named_subjects());
    if first.number.is_none() && !numbers.is_empty() {
        candidates.extend(street.candidates(&numbers, &[], std::iter::empty()));
    }
    candidates.extend(
        neighbours
            .filter(|i| look.facts.addresses.get(**i as usize).is_some_and(|(_, a)| a.street.as_ref() == Some(&street.phrase))),
    );
    candidates.sort_unstable();
    candidates.dedup();
    for index in candidates {
        let Some((fact, address)) = look.facts.addresses.get(index as usize) else { continue };
        let Some(known) = look.facts.all.get(*fact as usize) else { continue };
        let place = Place { look, first: &first, rest: &rest, start, end, near_from, window: &window, common: street.common };
        if place.is_hopeless(address, known.subject) {
            continue;
        }
        if let Some((fit, confidence, from, to)) = place.judge(address, known.subject) {
            let seen = Seen { detector: ID, folded: page.folded_span(from, to), fit, confidence, disguise: None };
            if fit == Fit::OtherNumber {
                let number = first.number.map_or(String::new(), |n| n.key());
                let key = known.value.split('|').nth(1).unwrap_or_default().to_owned();
                out.supplied_as(look, *fact, seen, format!("{number}|{key}|"));
            } else {
                out.supplied(look, *fact, seen);
            }
        }
    }
}

/// "Rose Cottage Mill Lane" without a comma: what looks like a longer street is the house of a supplied address.
fn own_house_before(look: &Look<'_, '_>, street: &Street, start: usize) -> Option<Before> {
    street
        .candidates(&[], &[], look.named_subjects())
        .iter()
        .filter_map(|i| look.facts.addresses.get(*i as usize).and_then(|(_, a)| a.house.as_ref()))
        .find_map(|house| (start.saturating_sub(6)..start).find(|i| house.at(look.page, *i) == Some(start)))
        .map(|from| Before { from, ..Before::default() })
}

/// "Mill Lane Close" is another street.
fn goes_on(look: &Look<'_, '_>, end: usize) -> bool {
    let page = look.page;
    let Some(next) = page.words.get(end) else { return false };
    let lower = page.lower(*next);
    match page.gap(end - 1) {
        Gap::Signs(b" ") => {
            let ends = matches!(page.gap(end), Gap::Far | Gap::NextCell)
                || matches!(page.gap(end), Gap::Signs(s) if s.starts_with(b",") || s.starts_with(b"\n"));
            words::street_type(lower).is_some_and(sure_street_type) && lower != b"st"
                || matches!(lower, b"north" | b"south" | b"east" | b"west") && ends
        }
        Gap::Signs(b"-") => true,
        _ => false,
    }
}

struct Place<'a, 'l, 't> {
    look: &'a Look<'l, 't>,
    first: &'a Before,
    rest: &'a After,
    start: usize,
    end: usize,
    near_from: usize,
    /// Hashes of all words around.
    window: &'a [u32],
    common: bool,
}

impl Place<'_, '_, '_> {
    /// A quick no, for the many people who live in a street of this name: another house, and nothing that makes it a neighbour.
    fn is_hopeless(&self, address: &Address, subject: u32) -> bool {
        let (Some(own), Some(seen)) = (address.number, self.first.number) else { return false };
        if own.fits(seen) != NumberFit::Other || !self.first.also.is_empty() {
            return false;
        }
        // A postcode may also stand before the street, which is rare: then the whole judgement is made.
        let postcode_before = (self.near_from..self.first.from).any(|i| postcode_at(self.look.page, i).is_some());
        let neighbour = match &self.rest.postcode {
            Some((seen, _, _)) => address.postcode.as_ref() == Some(seen),
            None => postcode_before,
        };
        !neighbour && !self.look.is_named_near(subject, self.start, NEAR)
    }

    /// Fit, confidence and the words it takes; `None`: not this address.
    fn judge(&self, address: &Address, subject: u32) -> Option<(Fit, Confidence, usize, usize)> {
        let page = self.look.page;
        let strong = address.places.len() - address.counties.min(address.places.len());
        let places = if strong > 0 { address.places.get(..strong).unwrap_or_default() } else { &address.places };
        let near_from = self.near_from;
        let may = places.iter().any(|p| p.may_begin(self.window));
        let town_after = if may { any_place(page, places, self.end, self.rest.near_to) } else { None };
        let town = may && (town_after.is_some() || any_place(page, places, near_from, self.first.from).is_some());
        let mut same_postcode = false;
        let mut to = self.end;
        if let Some((seen, _, past)) = &self.rest.postcode {
            same_postcode = address.postcode.as_ref() == Some(seen);
            if let Some(own) = address.postcode.as_ref().filter(|own| *own != seen) {
                // Another postcode: a slip of the pen within the same sector, or another town's street.
                let sector = |p: &str| p.len().checked_sub(2).and_then(|n| p.get(..n)).map(str::to_owned);
                if !(town && sector(own) == sector(seen)) {
                    return None;
                }
                return (self.house(address, near_from) == House::Same).then_some((
                    Fit::Partial,
                    Confidence::Medium,
                    self.first.from,
                    self.end,
                ));
            }
            to = if same_postcode { *past } else { self.end };
        } else if address.postcode.is_some() {
            // The postcode may stand first.
            same_postcode = (near_from..self.first.from)
                .any(|i| postcode_at(page, i).is_some_and(|(key, _)| address.postcode.as_ref() == Some(&key)));
        }
        if self.rest.postcode.is_none() {
            // The town is taken in when nothing but the address stands between.
            let only =
                |past: &usize| (self.end..*past).all(|i| page.words.get(i).is_some_and(|w| w.is_capitalised() || w.has_digit()));
            to = town_after.filter(only).unwrap_or(self.end);
        }
        let outward =
            address.postcode.as_ref().and_then(|p| p.len().checked_sub(3).and_then(|n| p.get(..n))).map(str::to_lowercase);
        let outward = outward.is_some_and(|o| (near_from..self.rest.near_to).any(|i| page.at(i) == o.as_bytes()));
        let known = same_postcode || town || outward;
        // A town stands there that is not the person's.
        let named = self.look.is_named_near(subject, self.start, NEAR);
        if !known && self.rest.place.is_some() && !(address.places.is_empty() && address.postcode.is_none()) {
            // Beside the person's own name it may be another name of the same place; never more than a part.
            let same = named && self.house(address, near_from) == House::Same;
            return same.then_some((Fit::Partial, Confidence::Low, self.first.from, self.end));
        }
        let from = self.house_name(address, near_from).map_or(self.first.from, |(start, end)| {
            // The house's name is taken in when it stands right before.
            if end <= self.first.from && self.first.from - end < 2 { start } else { self.first.from }
        });
        let end =
            to.max(self.end + usize::from(self.first.number.is_none() && address.number.is_some_and(|n| self.number_behind(n))));
        Some(match self.house(address, near_from) {
            House::Same if known => (Fit::Whole, Confidence::High, from, end),
            House::Same if named || !self.common => (Fit::Whole, Confidence::Medium, from, end),
            House::Same => (Fit::Partial, Confidence::Medium, from, end),
            House::Within if known || named => (Fit::Partial, Confidence::Medium, from, end),
            House::Within => (Fit::Partial, Confidence::Low, from, end),
            House::Other if same_postcode || named => (Fit::OtherNumber, Confidence::Medium, from, end),
            House::Other => return None,
            House::NotSupplied if address.is_house && known => (Fit::Whole, Confidence::High, self.start, end),
            House::NotSupplied if address.is_house && named => (Fit::Whole, Confidence::Medium, self.start, end),
            House::NotSupplied | House::Missing => {
                let venue = matches!(page.gap(self.end - 1), Gap::Signs(b" "))
                    && page.words.get(self.end).is_some_and(|w| words::venue_word(page.lower(*w)));
                if venue && !same_postcode {
                    return None;
                }
                if same_postcode {
                    (Fit::Partial, Confidence::High, self.start, end)
                } else if town || outward {
                    (Fit::Partial, Confidence::Medium, self.start, end)
                } else if named {
                    (Fit::Partial, Confidence::Low, self.start, self.end)
                } else {
                    return None;
                }
            }
        })
    }

    /// The words of the house's name near by.
    fn house_name(&self, address: &Address, near_from: usize) -> Option<(usize, usize)> {
        let house = address.house.as_ref()?;
        (near_from..self.rest.near_to).find_map(|i| house.at(self.look.page, i).map(|end| (i, end)))
    }

    /// The flat that stands with the house's name: "Flat 12, Heron Tower, 9 Mill Lane", "12 Heron Tower".
    fn flat_of_house(&self, address: &Address, near_from: usize) -> Option<String> {
        let page = self.look.page;
        if let Some((start, _)) = self.house_name(address, near_from)
            && let Some(before) =
                start.checked_sub(1).filter(|b| *b >= near_from && matches!(page.gap(*b), Gap::Signs(b" " | b", ")))
            && Number::read(page.at(before)).is_some()
        {
            return Some(String::from_utf8_lossy(page.at(before)).into_owned());
        }
        (near_from..self.first.from).rev().find_map(|i| flat_at(page, i)).map(|(flat, _)| flat)
    }

    /// "Mill Lane 14", but not "Mill Lane 14 March".
    fn number_behind(&self, own: Number) -> bool {
        let page = self.look.page;
        matches!(page.gap(self.end - 1), Gap::Signs(b" " | b", "))
            && Number::read(page.at(self.end)) == Some(own)
            && words::month(page.at(self.end + 1)).is_none()
            && !matches!(page.gap(self.end), Gap::Signs(s) if s.iter().any(|b| b":/".contains(b)))
    }

    fn house(&self, address: &Address, near_from: usize) -> House {
        let page = self.look.page;
        let house_there = self.house_name(address, near_from).is_some();
        let seen_flat =
            self.first.flat.clone().or_else(|| address.flat.as_ref().and_then(|_| self.flat_of_house(address, near_from)));
        // "Flat C, 88" and "88c" are one.
        let as_letter =
            |flat: Option<&String>| flat.filter(|f| f.len() == 1).and_then(|f| f.bytes().next()).filter(u8::is_ascii_lowercase);
        if let (Some(own), Some(seen)) = (address.number, self.first.number)
            && own.low == seen.low
            && own.letter != seen.letter
            && own.letter.or(as_letter(address.flat.as_ref())) == seen.letter.or(as_letter(seen_flat.as_ref()))
        {
            return House::Same;
        }
        let flat = match (&address.flat, &seen_flat) {
            (Some(own), Some(seen)) if own != seen => return House::Other,
            (None, Some(_)) => House::Within,
            _ => House::Same,
        };
        let number = match (address.number, self.first.number) {
            (Some(own), Some(seen)) => match own.fits(seen) {
                NumberFit::Same => House::Same,
                NumberFit::Other if !self.first.also.iter().any(|n| own.fits(*n) == NumberFit::Same) => House::Other,
                NumberFit::Within | NumberFit::Other => House::Within,
            },
            (Some(own), None) => {
                // "Mill Lane 14", or the number in a cell of its own.
                let behind = self.number_behind(own);
                let cell = (near_from..self.rest.near_to).any(|i| {
                    let label = page.label(i);
                    ["house", "number", "building"].iter().any(|w| label.contains(w))
                        && !label.contains("phone")
                        && page.block_words(i).len() == 1
                        && Number::read(page.at(i)) == Some(own)
                });
                if behind || cell || house_there { House::Same } else { House::Missing }
            }
            (None, Some(_)) if address.house.is_some() => {
                if house_there {
                    House::Same
                } else {
                    House::Missing
                }
            }
            (None, None) if address.house.is_some() => {
                if house_there {
                    House::Same
                } else {
                    House::Missing
                }
            }
            (None, _) if address.flat.is_some() => match &self.first.flat {
                Some(_) => House::Same,
                None => House::Missing,
            },
            (None, _) => House::NotSupplied,
        };
        match (number, flat) {
            (House::Same, House::Within) => House::Within,
            (number, _) => number,
        }
    }
}

/// Looks at every full postcode.
pub(crate) fn postcodes(look: &Look<'_, '_>, out: &mut Out) {
    if look.facts.postcodes.is_empty() {
        return;
    }
    let page = look.page;
    let mut index = 0;
    while index < page.words.len() && !out.is_full() {
        let Some((key, past)) =
            page.words.get(index).filter(|w| w.has_digit() && w.has_letter()).and_then(|_| postcode_at(page, index))
        else {
            index += 1;
            continue;
        };
        for address in look.facts.postcodes.get(&key).into_iter().flatten() {
            let Some((fact, address)) = look.facts.addresses.get(*address as usize) else { continue };
            let upper = (index..past).all(|i| page.words.get(i).is_some_and(|w| w.is_upper() || !w.has_letter()));
            let confidence = if upper { Confidence::High } else { Confidence::Medium };
            let fit = if other_street(look, address, index) { Fit::OtherNumber } else { Fit::Partial };
            out.supplied(
                look,
                *fact,
                Seen { detector: ID, folded: page.folded_span(index, past), fit, confidence, disguise: None },
            );
        }
        index = past;
    }
}

/// Whether the postcode ends an address with a number in another street.
fn other_street(look: &Look<'_, '_>, address: &Address, postcode: usize) -> bool {
    let page = look.page;
    let Some(own) = &address.street else { return false };
    let from = (0..12).take_while(|k| *k < postcode && page.gap(postcode - k - 1) != Gap::Far).count();
    let range = postcode - from..postcode;
    if range.clone().any(|i| own.at(page, i).is_some()) {
        return false;
    }
    range.clone().any(|i| {
        words::street_type(page.at(i)).is_some_and(sure_street_type)
            && (i.saturating_sub(4).max(range.start)..i).any(|n| Number::read(page.at(n)).is_some())
    })
}
