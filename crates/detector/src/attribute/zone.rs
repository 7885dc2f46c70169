//! The stretch of a page that speaks of a detail and of the name beside it, and what in it speaks for the subject.

use std::ops::Range;

use unlisted_model::{Detection, Fit, Reason, ReasonCode};

use crate::attribute::address::looks_like_postcode;
use crate::attribute::cues::Cue;
use crate::attribute::fold::{folded, words};
use crate::attribute::layout::Nearness;
use crate::attribute::page::{Anchor, Page, overlap};
use crate::attribute::profile::Profile;
use crate::attribute::weights;

/// A detail and its name further apart than this are two stretches, not one.
const ONE_STRETCH: usize = 420;
/// A small record is one stretch up to this size.
const SMALL: usize = 4_000;

/// One or two ranges of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Zone(pub(crate) Vec<Range<usize>>);

impl Zone {
    /// The stretch around a detail and the name that was found for it.
    pub(crate) fn new(page: &Page<'_>, detail: &Range<usize>, anchor: Option<&Anchor>) -> Self {
        let end = page.document.text.chars.len();
        if page.is_small() && end <= SMALL {
            return Self(std::iter::once(0..end).collect());
        }
        let around = |span: &Range<usize>| {
            let sentence = page.layout.sentence(span);
            page.layout.row(span.start).map_or(sentence.clone(), |row| row.start.min(sentence.start)..row.end.max(sentence.end))
        };
        let here = around(detail);
        let near = anchor.filter(|a| a.nearness <= Nearness::Near).and_then(|a| a.hit).map(|i| around(&page.people[i].span));
        Self(match near {
            None => vec![here],
            Some(there) if there.start.max(here.start) <= there.end.min(here.end).saturating_add(ONE_STRETCH) => {
                std::iter::once(there.start.min(here.start)..there.end.max(here.end)).collect()
            }
            Some(there) => vec![there, here],
        })
    }

    /// All cues in the zone.
    pub(crate) fn cues<'a>(&'a self, page: &'a Page<'_>) -> impl Iterator<Item = (Cue, &'a Range<usize>)> + 'a {
        self.0.iter().flat_map(|r| page.sightings.within(r)).map(|s| (s.cue, &s.range))
    }

    fn holds(&self, at: usize) -> bool {
        self.0.iter().any(|r| r.contains(&at))
    }
}

/// What stands near and on the page that is the subject's own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Local {
    pub(crate) place_near: bool,
    pub(crate) party_near: bool,
    pub(crate) council_near: bool,
    pub(crate) political_near: bool,
}

/// Reasons that speak for the subject: area, party, council, town, words of politics.
pub(crate) fn local(page: &Page<'_>, profile: &Profile, detail: &Range<usize>, zone: &Zone) -> (Local, Vec<Reason>) {
    let mut seen = Local::default();
    let mut reasons = Vec::new();
    // What the detail itself says (an address names its town) is no second witness.
    let near: Vec<Cue> = zone.cues(page).filter(|(_, r)| !overlap(r, detail)).map(|(c, _)| c).collect();
    let inside: Vec<Cue> = page.sightings.within(detail).iter().map(|s| s.cue).collect();
    let elsewhere = |cue: &Cue| {
        let own = inside.iter().filter(|c| *c == cue).count();
        page.cues.get(cue).is_some_and(|n| usize::try_from(*n).unwrap_or(usize::MAX) > own)
    };
    let title: Vec<Cue> = page.title_sightings.all().iter().map(|s| s.cue).collect();
    let mut left = weights::LOCAL_MOST;
    let mut add = |code, weight: f64, left: &mut f64| {
        let weight = weight.min(*left);
        if weight > 0.01 {
            *left -= weight;
            reasons.push(Reason { code, weight });
        }
    };
    // Near (`true`), elsewhere on the page (`false`), nowhere.
    let level = |wanted: &[Cue]| -> Option<bool> {
        if near.iter().any(|c| wanted.contains(c)) || (page.is_small() && title.iter().any(|c| wanted.contains(c))) {
            Some(true)
        } else if wanted.iter().any(elsewhere) {
            Some(false)
        } else {
            None
        }
    };
    let weight = |near: bool| if near { weights::LOCAL_NEAR } else { weights::LOCAL_ON_PAGE };
    let places = |ids: &[u32]| -> Vec<Cue> { ids.iter().map(|p| Cue::Place(*p)).collect() };

    if let Some(near) = level(&places(&profile.area)) {
        seen.place_near |= near;
        add(ReasonCode::SameArea, weight(near), &mut left);
    }
    // A town that is the area as well has spoken already.
    let towns: Vec<u32> = profile.town.iter().copied().filter(|p| !profile.area.contains(p)).collect();
    if let Some(near) = level(&places(&towns)) {
        seen.place_near |= near;
        add(ReasonCode::SameTown, weight(near) * 0.8, &mut left);
    }
    if let Some(near) = profile.party.and_then(|party| level(&[Cue::Party(party)])) {
        seen.party_near = near;
        add(ReasonCode::SameParty, weight(near), &mut left);
    }
    let on_own_site = profile.council_host.as_deref().is_some_and(|own| same_site(own, &page.host));
    let council = council_named(page, profile, zone);
    if on_own_site || council.is_some() {
        let near = on_own_site || council == Some(true);
        seen.council_near = near;
        add(ReasonCode::SameCouncil, weight(near), &mut left);
    }
    match level(&[Cue::Political]) {
        Some(true) => {
            seen.political_near = true;
            add(ReasonCode::PoliticalWords, weights::POLITICAL_NEAR, &mut left);
        }
        Some(false) => add(ReasonCode::PoliticalWords, weights::POLITICAL_ON_PAGE, &mut left),
        None => {}
    }
    (seen, reasons)
}

/// Whether the subject's own council is named: near (`true`), elsewhere on the page (`false`).
fn council_named(page: &Page<'_>, profile: &Profile, zone: &Zone) -> Option<bool> {
    if profile.council.is_empty() {
        return None;
    }
    let mut best = None;
    for word in &page.councils {
        let before = word.start.saturating_sub(60)..word.start;
        let own = page.sightings.within(&before).iter().any(|p| matches!(p.cue, Cue::Place(id) if profile.council.contains(&id)));
        if own {
            let near = zone.holds(word.start);
            best = Some(best.unwrap_or(false) || near);
        }
    }
    best
}

/// Another supplied fact of the subject near, or a unique one elsewhere on the page.
pub(crate) fn second_fact(page: &Page<'_>, profile: &Profile, detection: &Detection) -> Option<Reason> {
    let near = |d: &Detection| {
        page.is_small()
            || page
                .layout
                .closeness(&d.span, &detection.span)
                .or_else(|| page.layout.closeness(&detection.span, &d.span))
                .is_some()
    };
    let mut best: f64 = 0.0;
    let here = page.detections.partition_point(|d| d.span.start < detection.span.start);
    // The nearest few tell as much as all: the cost of a page full of details stays linear.
    let from = here.saturating_sub(24);
    for d in page.detections.iter().skip(from).take(48) {
        let Some(fact) = d.fact.as_ref().filter(|f| f.subject == profile.subject.id) else { continue };
        if Some(fact) == detection.fact.as_ref() || d.fit == Fit::OtherNumber || d.meant_public {
            continue;
        }
        let unique = weights::is_unique(d.kind) && d.fit == Fit::Whole;
        let weight = match (unique, near(d)) {
            (true, true) => weights::SECOND_UNIQUE_NEAR,
            (false, true) => weights::SECOND_SHARED_NEAR,
            (true, false) => weights::SECOND_UNIQUE_ON_PAGE,
            (false, false) => 0.0,
        };
        best = best.max(weight);
    }
    (best > 0.0).then_some(Reason { code: ReasonCode::SecondFact, weight: best })
}

/// Words that say of a place that somebody lives there.
const RESIDENCE: [&str; 16] = [
    "of",
    "lives",
    "live",
    "lived",
    "living",
    "resident",
    "resides",
    "residing",
    "home",
    "address",
    "house",
    "moved",
    "neighbour",
    "neighbours",
    "neighbor",
    "household",
];

/// Whether words or the label before a street say that somebody lives there.
pub(crate) fn says_residence(page: &Page<'_>, detail: &Range<usize>) -> bool {
    let label = page.document.text.block_at(detail.start).and_then(|i| page.document.text.blocks[i].label.as_deref());
    if label.is_some_and(|l| l.contains("address") || l.contains("home") || l.contains("residen")) {
        return true;
    }
    // A cell of a row, or a line by itself, needs no verb.
    let block = page.layout.block(detail.start);
    if block.len() <= detail.len() + 24 && page.layout.row(detail.start).is_some() {
        return true;
    }
    // A postcode is no thoroughfare, and "Amina Castle, Mill Lane" needs no verb.
    let postcode = words(&page.document.text.chars, detail.clone());
    let pairs = postcode.windows(2).any(|p| looks_like_postcode(&p.iter().map(|w| folded(w.text)).collect::<String>()));
    if pairs || postcode.iter().any(|w| looks_like_postcode(&folded(w.text))) {
        return true;
    }
    let at = page.people.partition_point(|p| p.span.start < detail.start);
    let name = at.checked_sub(1).and_then(|i| page.people.get(i));
    if name.is_some_and(|n| n.who.is_some() && n.span.end <= detail.start && detail.start - n.span.end <= 3) {
        return true;
    }
    let sentence = page.layout.sentence(detail);
    let from = detail.start.saturating_sub(48).max(sentence.start);
    words(&page.document.text.chars, from..detail.start).iter().any(|w| RESIDENCE.contains(&folded(w.text).as_str()))
}

/// The host of an address, lower case.
pub(crate) fn host(url: &str) -> String {
    url::Url::parse(url).ok().and_then(|u| u.host_str().map(str::to_lowercase)).unwrap_or_default()
}

/// Whether two hosts are one site: equal, or one below the other, `www.` aside.
pub(crate) fn same_site(a: &str, b: &str) -> bool {
    let a = a.strip_prefix("www.").unwrap_or(a);
    let b = b.strip_prefix("www.").unwrap_or(b);
    !a.is_empty()
        && !b.is_empty()
        && (a == b || a.strip_suffix(b).is_some_and(|x| x.ends_with('.')) || b.strip_suffix(a).is_some_and(|x| x.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites_are_told_from_look_alikes() {
        assert!(same_site("democracy.northgate.example", "www.northgate.example"));
        assert!(!same_site("northgate.example", "notnorthgate.example"));
        assert!(!same_site("", "northgate.example"));
    }
}
