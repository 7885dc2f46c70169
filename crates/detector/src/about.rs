//! Whom a document is about: drives what is asked next (a member's profile, a register), and is no finding.

use std::collections::HashMap;
use std::ops::Range;

use unlisted_model::{Attribution, Band, Detection, Fit, Nature, Reason, ReasonCode, SubjectId};

use crate::attribute::{self, Anchor, Nearness, Offices, Page, Profile};

/// Subjects weighed on one document, and places of a name weighed for one subject.
const MOST_SUBJECTS: usize = 64;
const MOST_HITS: usize = 8;

/// Who is named on a document or owns a fact on it, with the band of it being them; surest first, `Other` left out.
/// What is known of namesakes already is given.
pub(crate) fn about(
    page: &Page<'_>,
    profiles: &[Profile],
    offices: &Offices,
    detections: &[Detection],
    namesakes: &HashMap<usize, Vec<Reason>>,
) -> Vec<(SubjectId, Band)> {
    let mut hits: HashMap<usize, Vec<usize>> = HashMap::new();
    for (i, person) in page.people.iter().enumerate() {
        let Some(who) = person.who else { continue };
        if hits.len() >= MOST_SUBJECTS && !hits.contains_key(&who) {
            continue;
        }
        let list = hits.entry(who).or_default();
        if list.len() < MOST_HITS {
            list.push(i);
        }
    }
    for person in &page.title_people {
        if let Some(who) = person.who
            && hits.len() < MOST_SUBJECTS
        {
            hits.entry(who).or_default();
        }
    }
    let mut out: Vec<(usize, f64, Band)> = Vec::new();
    for (who, list) in hits {
        let Some(profile) = profiles.get(who) else { continue };
        let second = own_fact(profile, detections);
        let namesake = namesakes.get(&who).cloned().unwrap_or_else(|| attribute::namesake(page, who, profile, offices));
        let best = list
            .iter()
            .map(|i| anchored(page, *i))
            .chain(in_title(page, who))
            .map(|(anchor, span)| weigh(page, profile, offices, &anchor, &span, second, &namesake))
            .max_by(|a, b| a.probability.total_cmp(&b.probability));
        if let Some(best) = best.filter(|b| b.band > Band::Other) {
            out.push((who, best.probability, best.band));
        }
    }
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out.into_iter().filter_map(|(who, _, band)| Some((profiles.get(who)?.subject.id.clone(), band))).collect()
}

fn anchored(page: &Page<'_>, i: usize) -> (Anchor, Range<usize>) {
    let person = &page.people[i];
    (Anchor { hit: Some(i), form: person.form, title: person.title.clone(), nearness: Nearness::Beside }, person.span.clone())
}

fn in_title<'a>(page: &'a Page<'_>, who: usize) -> impl Iterator<Item = (Anchor, Range<usize>)> + 'a {
    page.title_people
        .iter()
        .filter(move |p| p.who == Some(who))
        .take(1)
        .map(|p| (Anchor { hit: None, form: p.form, title: p.title.clone(), nearness: Nearness::Near }, 0..0))
}

/// A whole unique fact of the subject on the page settles whom it is about.
fn own_fact(profile: &Profile, detections: &[Detection]) -> bool {
    detections.iter().take(2_000).any(|d| {
        d.fit == Fit::Whole
            && d.fact.as_ref().is_some_and(|f| f.subject == profile.subject.id)
            && attribute::weights::is_unique(d.kind)
    })
}

fn weigh(
    page: &Page<'_>,
    profile: &Profile,
    offices: &Offices,
    anchor: &Anchor,
    span: &Range<usize>,
    second: bool,
    namesake: &[Reason],
) -> Attribution {
    let stand_in = attribute::stand_in(span.clone());
    let (mut reasons, corroborated) = attribute::named(page, profile, offices, &stand_in, anchor);
    let new: Vec<Reason> = namesake.iter().filter(|n| reasons.iter().all(|r| r.code != n.code)).copied().collect();
    reasons.extend(new);
    if second {
        reasons.push(Reason { code: ReasonCode::SecondFact, weight: attribute::weights::SECOND_UNIQUE_NEAR });
    }
    let own = page.document.nature == Nature::OwnPage;
    // A name alone is never above possible.
    let bounds = if corroborated || second || own { attribute::Bounds::FREE } else { attribute::Bounds::POSSIBLE };
    attribute::weigh(attribute::weights::PRIOR_UNSUPPLIED, reasons, bounds)
}
