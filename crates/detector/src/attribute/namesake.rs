//! A page about a namesake: what speaks against one place of the name speaks against the others.

use unlisted_model::{Confidence, Detection, Fit, Kind, NameForm, Reason, Secret};

use crate::attribute::against;
use crate::attribute::layout::Nearness;
use crate::attribute::office::Offices;
use crate::attribute::page::{Anchor, Page};
use crate::attribute::profile::Profile;
use crate::attribute::weights;
use crate::attribute::zone::{self, Zone};

/// Places of a name that are looked at on one page.
const MOST_HITS: usize = 12;

/// The strongest contradictions of a subject's names on a page, when nothing on it is theirs for sure.
pub(crate) fn contradictions(page: &Page<'_>, subject: usize, profile: &Profile, offices: &Offices) -> Vec<Reason> {
    let own_fact = page.detections.iter().take(2_000).any(|d| {
        d.fit == Fit::Whole && weights::is_unique(d.kind) && d.fact.as_ref().is_some_and(|f| f.subject == profile.subject.id)
    });
    if own_fact {
        return Vec::new();
    }
    let mut out: Vec<Reason> = Vec::new();
    let hits = page.people.iter().enumerate().filter(|(_, p)| p.who == Some(subject)).take(MOST_HITS);
    for (i, person) in hits {
        let anchor = Anchor { hit: Some(i), form: person.form, title: person.title.clone(), nearness: Nearness::Beside };
        let stand_in = stand_in(person.span.clone());
        let zone = Zone::new(page, &stand_in.span, Some(&anchor));
        let (local, _) = zone::local(page, profile, &stand_in.span, &zone);
        // The full name, or party or politics beside one of them: a page with two of the name, or with ours.
        if person.form == NameForm::Full && profile.parts > 2 || local.party_near {
            return Vec::new();
        }
        for reason in against::reasons(page, profile, &stand_in, Some(&anchor), &zone, local, &offices.council_hosts) {
            if reason.weight <= weights::CLEAR_CONTRADICTION && out.iter().all(|r| r.code != reason.code) {
                out.push(reason);
            }
        }
    }
    out
}

/// The name itself in the place of a detail.
pub(crate) fn stand_in(span: std::ops::Range<usize>) -> Detection {
    Detection {
        detector: "name",
        kind: Kind::Username,
        span,
        fact: None,
        meant_public: false,
        fit: Fit::Whole,
        value: Secret::new(""),
        confidence: Confidence::High,
        disguise: None,
    }
}
