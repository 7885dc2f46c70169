//! The person's street on a page that names the person and the place, each in a corner of its own.
//!
//! The scanner asks for a town or the name close to a street, as it must without knowing the page. A newsletter of the area
//! names the councillors on top and the street party below: together that tells where to look.

use unlisted_model::{Confidence, Detection, Fit, Kind, Reveal, Scan, Secret};

use crate::attribute::cues::{Cue, Sightings};
use crate::attribute::fold::words;
use crate::attribute::page::overlap;
use crate::attribute::profile::Profile;

/// Subjects of one page for which this is looked up.
const MOST_SUBJECTS: usize = 16;

/// Streets that every town has and every page about it names.
const THOROUGHFARES: [&str; 9] = ["high", "main", "station", "church", "market", "london", "bridge", "new", "the"];

/// Whether a street says nothing of a person, named on a page about the town.
pub(crate) fn is_thoroughfare(phrase: &str) -> bool {
    phrase.split(' ').next().is_some_and(|first| THOROUGHFARES.contains(&first))
}

/// Adds a partial detection for each named subject whose street stands on the page without the scanner having seen it there.
pub(crate) fn add(scan: &mut Scan, text: &str, sightings: &Sightings, title: &Sightings, named: &[usize], profiles: &[Profile]) {
    let has = |cue: &Cue| sightings.all().iter().chain(title.all()).any(|s| s.cue == *cue);
    let mut new = Vec::new();
    for profile in named.iter().take(MOST_SUBJECTS).filter_map(|i| profiles.get(*i)) {
        for (street, fact) in &profile.streets {
            let known = scan.detections.iter().any(|d| d.fact.as_ref() == Some(fact));
            if known || !profile.own_places().any(|p| has(&Cue::Place(p))) {
                continue;
            }
            let seen = sightings.all().iter().filter(|s| s.cue == Cue::Street(*street)).find(|s| {
                // With a number before it, it is an address of its own, and not the person's: the scanner has judged it.
                let before = words(text, s.range.start.saturating_sub(12)..s.range.start);
                let numbered = before.last().is_some_and(|w| w.text.bytes().any(|b| b.is_ascii_digit()));
                !numbered && !scan.detections.iter().any(|d| overlap(&d.span, &s.range))
            });
            let Some(seen) = seen else { continue };
            let value = profile.fact(fact).map_or("", |f| f.value.reveal(Reveal::ToCompare));
            new.push(Detection {
                detector: "street",
                kind: Kind::HomeAddress,
                span: seen.range.clone(),
                fact: Some(fact.clone()),
                meant_public: false,
                fit: Fit::Partial,
                value: Secret::new(value),
                confidence: Confidence::Low,
                disguise: None,
            });
        }
    }
    if !new.is_empty() {
        scan.detections.extend(new);
        scan.detections.sort_by_key(|d| (d.span.start, d.span.end));
    }
}
