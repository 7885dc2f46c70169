//! Places sorted by what is to be done about them, copies beside the page that they are copies of.

use std::collections::BTreeMap;

use jiff::civil::Date;
use unlisted_model::detection::Fit;
use unlisted_model::exposure::{Exposure, Place};
use unlisted_model::route::Route;

use crate::{Words, choose_route};

/// What is to be done about a place.
#[derive(Clone, Copy)]
pub(crate) enum Way<'a> {
    /// The steps of a row.
    Route(&'a Route),
    /// No row fits.
    Unknown,
    /// It is somebody else's.
    Nothing,
}

/// A place with the copies of its page that want the same to be done.
pub(crate) struct Page<'a> {
    pub(crate) place: &'a Place,
    pub(crate) copies: Vec<&'a Place>,
    /// The page that this one is a copy of, when it stands under another way.
    pub(crate) of: Option<&'a Place>,
}

/// Places by their removal hint, upstream first. Beside places that show the detail, another number in the street asks
/// for nothing: it is somebody else's address.
pub(crate) fn by_way<'a>(routes: &'a [Route], exposure: &'a Exposure) -> Vec<(Way<'a>, Vec<Page<'a>>)> {
    let only_neighbours = exposure.places.iter().all(|p| p.finding.fit == Fit::OtherNumber);
    let mut groups: BTreeMap<(u8, String), (Way<'_>, Vec<&Place>)> = BTreeMap::new();
    for place in &exposure.places {
        let way = match choose_route(routes, &place.finding) {
            _ if place.finding.fit == Fit::OtherNumber && !only_neighbours => Way::Nothing,
            Some(route) => Way::Route(route),
            None => Way::Unknown,
        };
        let key = match way {
            Way::Route(route) => (route.stage, route.id.clone()),
            Way::Unknown => (u8::MAX, String::new()),
            Way::Nothing => (u8::MAX, "~".to_owned()),
        };
        groups.entry(key).or_insert_with(|| (way, vec![])).1.push(place);
    }
    groups.into_values().map(|(way, places)| (way, pages(&places, exposure))).collect()
}

/// The places of one way: pages, each with its copies. A copy of a page that stands elsewhere is told as one.
fn pages<'a>(places: &[&'a Place], exposure: &'a Exposure) -> Vec<Page<'a>> {
    let mut pages: Vec<Page<'a>> = vec![];
    for place in places.iter().filter(|p| lead(p).is_none_or(|of| !places.iter().any(|other| other.id == *of))) {
        let of = lead(place).and_then(|of| exposure.places.iter().find(|other| other.id == *of));
        let key = of.map_or(&place.id, |p| &p.id);
        match pages.iter_mut().find(|page| of.is_some() && page.of.is_some_and(|p| p.id == *key)) {
            Some(page) => page.copies.push(place),
            None => pages.push(Page { place, copies: vec![], of }),
        }
    }
    for place in places {
        if let Some(page) = lead(place).and_then(|of| pages.iter_mut().find(|page| page.place.id == *of)) {
            page.copies.push(place);
        }
    }
    pages
}

/// The id of the page that a place is a copy of.
fn lead(place: &Place) -> Option<&String> {
    place.copy_of.as_ref().filter(|of| **of != place.id)
}

/// Places without those that show the same page as another.
pub(crate) fn different(exposure: &Exposure) -> usize {
    exposure.places.iter().filter(|p| p.copy_of.is_none()).count()
}

/// When the steps of a row were last held against their source.
pub(crate) fn verified(route: &Route, words: &Words) -> String {
    route.verified.parse::<Date>().map_or_else(
        |_| words.get("report.route_unverified").into_owned(),
        |day| words.fill("report.route_verified", &[("date", &day.strftime("%-d %B %Y").to_string())]),
    )
}

/// The name under which the words of a fit stand in the catalogue.
pub(crate) const fn fit(fit: Fit) -> &'static str {
    match fit {
        Fit::Whole => "whole",
        Fit::Partial => "partial",
        Fit::OtherNumber => "other-number",
    }
}
