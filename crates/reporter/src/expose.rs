//! Findings joined into exposures: one fact with all its places, its cause, its route and its turn in the plan.

use std::collections::BTreeMap;

use jiff::Timestamp;
use unlisted_model::attribution::Band;
use unlisted_model::detection::Fit;
use unlisted_model::document::Nature;
use unlisted_model::exposure::{BasisOfExposure, Cause, Exposure, Place, Status};
use unlisted_model::finding::Finding;
use unlisted_model::identifier::{FactId, Kind};
use unlisted_model::masked::Masked;
use unlisted_model::route::Route;
use unlisted_model::secret::{Reveal, Secret};
use unlisted_model::severity::Severity;
use unlisted_model::subject::Subject;

use crate::{choose_route, copies, order, outside};

/// What makes two findings the same exposure.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Fact {
    /// The person gave it.
    Supplied(FactId),
    /// Nobody did: equal values of a kind belong together.
    Unsupplied(Kind, Secret),
}

/// A probability just below the band *likely*: a detail that nobody supplied is never more than *possible*.
const MOST_OF_UNSUPPLIED: f64 = 0.749;

/// The stage of a place for which no row is known: after everything that is known.
const NO_STAGE: u8 = u8::MAX;

/// Joins one subject's findings into exposures, sorted by severity, then probability; and gives their ids in working
/// order: severity first, upstream first within it.
///
/// Left out are findings below the band *possible*, and facts that are meant to be public unless hostile words stand
/// near. `ids` is a keyed hash over its parts (never a bare hash of a value): it names places and details that nobody
/// supplied.
pub fn expose(
    subject: &Subject,
    findings: &[Finding],
    routes: &[Route],
    ids: &dyn Fn(&[&str]) -> String,
) -> (Vec<Exposure>, Vec<String>) {
    let mut facts: BTreeMap<Fact, Vec<Finding>> = BTreeMap::new();
    for finding in findings.iter().filter(|f| f.subject == subject.id) {
        let mut finding = finding.clone();
        if is_own(subject, &finding) && !is_copy(routes, &finding) {
            finding.nature = Nature::OwnPage;
        }
        let fact = match finding.fact.clone() {
            Some(fact) => Fact::Supplied(fact),
            None => {
                cap(&mut finding);
                let value = finding.value.clone().unwrap_or_else(|| Secret::new(page(&finding.url)));
                Fact::Unsupplied(finding.kind, value)
            }
        };
        if reported(subject, &finding) {
            facts.entry(fact).or_default().push(finding);
        }
    }
    let mut staged: Vec<(Exposure, u8)> =
        facts.into_iter().filter_map(|(fact, findings)| exposure(subject, &fact, findings, routes, ids)).collect();
    staged.sort_by(|(a, a_stage), (b, b_stage)| order::worked((a, *a_stage), (b, *b_stage)));
    let plan = staged.iter().map(|(e, _)| e.id.clone()).collect();
    let mut exposures: Vec<Exposure> = staged.into_iter().map(|(e, _)| e).collect();
    exposures.sort_by(order::listed);
    (exposures, plan)
}

fn cap(finding: &mut Finding) {
    finding.attribution.band = finding.attribution.band.min(Band::Possible);
    finding.attribution.probability = finding.attribution.probability.min(MOST_OF_UNSUPPLIED);
}

fn reported(subject: &Subject, finding: &Finding) -> bool {
    let meant_public = finding.fact.as_ref().is_some_and(|fact| subject.public.iter().any(|p| p.id == *fact));
    finding.attribution.band >= Band::Possible && (!meant_public || finding.hostile)
}

fn exposure(
    subject: &Subject,
    fact: &Fact,
    findings: Vec<Finding>,
    routes: &[Route],
    ids: &dyn Fn(&[&str]) -> String,
) -> Option<(Exposure, u8)> {
    let (id, supplied) = match fact {
        Fact::Supplied(fact) => (fact.to_string(), true),
        Fact::Unsupplied(kind, value) => {
            let parts = ["exposure", subject.id.as_str(), kind.as_str(), value.reveal(Reveal::ToCompare)];
            (ids(&parts), false)
        }
    };
    let mut places = places(&id, findings, routes, ids);
    copies::mark(&mut places, routes);
    let first = places.first()?;
    let kind = first.finding.kind;
    let label = label(subject, fact, &places);
    let upstream = upstream(&places, routes);
    let exposure = Exposure {
        subject: subject.id.clone(),
        kind,
        label,
        supplied,
        severity: places.iter().map(|p| p.finding.severity).max().unwrap_or(Severity::Low),
        partial: places.iter().all(|p| p.finding.fit != Fit::Whole),
        basis: BasisOfExposure::Stated,
        cause: upstream.map_or(Cause::ThirdParty, |r| r.cause),
        status: Status::ToDo,
        parts: vec![],
        route: upstream.map(|r| r.id.clone()),
        steps: upstream.map(|r| r.steps.clone()).unwrap_or_default(),
        places,
        id,
    };
    Some((exposure, upstream.map_or(NO_STAGE, |r| r.stage)))
}

/// The row of the most upstream place. Another number in the street counts only when there is nothing else.
fn upstream<'r>(places: &[Place], routes: &'r [Route]) -> Option<&'r Route> {
    let only_neighbours = places.iter().all(|p| p.finding.fit == Fit::OtherNumber);
    places
        .iter()
        .filter(|p| only_neighbours || p.finding.fit != Fit::OtherNumber)
        .filter_map(|place| choose_route(routes, &place.finding))
        .min_by_key(|route| route.stage)
}

/// The mask of the fact itself; a detail that nobody supplied shows nothing but dots.
fn label(subject: &Subject, fact: &Fact, places: &[Place]) -> Masked {
    match fact {
        Fact::Unsupplied(..) => Masked::hidden(),
        Fact::Supplied(id) => subject.private.iter().chain(&subject.public).find(|known| known.id == *id).map_or_else(
            || places.first().map_or_else(Masked::hidden, |p| p.finding.label.clone()),
            |known| Masked::of(id.kind, &known.value),
        ),
    }
}

/// Equal addresses merged, copies apart, most probable first.
fn places(exposure: &str, findings: Vec<Finding>, routes: &[Route], ids: &dyn Fn(&[&str]) -> String) -> Vec<Place> {
    let mut by_page: BTreeMap<String, Merged> = BTreeMap::new();
    for finding in findings {
        // A copy of a page is a place of its own: the page may be clean by now, and the copy goes another way.
        let copy = if is_copy(routes, &finding) { format!("{} ", finding.via) } else { String::new() };
        match by_page.entry(format!("{copy}{}", page(&finding.url))) {
            std::collections::btree_map::Entry::Vacant(empty) => {
                empty.insert(Merged { first: finding.seen, last: finding.seen, best: finding });
            }
            std::collections::btree_map::Entry::Occupied(mut held) => held.get_mut().add(finding),
        }
    }
    let mut places: Vec<Place> = by_page
        .into_iter()
        .map(|(page, merged)| Place {
            id: ids(&["place", exposure, &page]),
            finding: merged.best,
            first_seen: merged.first,
            last_seen: merged.last,
            copy_of: None,
        })
        .collect();
    places.sort_by(|a, b| {
        let (x, y) = (&a.finding, &b.finding);
        y.attribution.probability.total_cmp(&x.attribution.probability).then(x.fit.cmp(&y.fit)).then_with(|| x.url.cmp(&y.url))
    });
    places
}

/// Findings of one fact at one address.
struct Merged {
    best: Finding,
    first: Timestamp,
    last: Timestamp,
}

impl Merged {
    /// Keeps the better one. The worse severity and hostile words are kept from either: both stand on that page.
    fn add(&mut self, finding: Finding) {
        self.first = self.first.min(finding.seen);
        self.last = self.last.max(finding.seen);
        let severity = self.best.severity.max(finding.severity);
        let hostile = self.best.hostile || finding.hostile;
        if better(&finding, &self.best) {
            self.best = finding;
        }
        self.best.severity = severity;
        self.best.hostile = hostile;
    }
}

/// The whole fact before a part of it, then the more probable, the surer, the page itself before a search's snippet.
fn better(a: &Finding, b: &Finding) -> bool {
    b.fit
        .cmp(&a.fit)
        .then(a.attribution.probability.total_cmp(&b.attribution.probability))
        .then(a.confidence.cmp(&b.confidence))
        .then((a.nature != Nature::SearchHit).cmp(&(b.nature != Nature::SearchHit)))
        .is_gt()
}

/// The address without its fragment, which names a part of the same page.
fn page(address: &str) -> String {
    address.split_once('#').map_or(address, |(page, _)| page).to_owned()
}

/// Whether a finding comes of a source that keeps copies of other people's pages: a route for copies names it.
fn is_copy(routes: &[Route], finding: &Finding) -> bool {
    routes.iter().any(|r| r.cause == Cause::Copy && r.sources.iter().any(|s| s == finding.source.as_str()))
}

/// Whether a page is on the person's own site, whoever led us to it. A profile on somebody else's site is own only
/// where the source said so.
fn is_own(subject: &Subject, finding: &Finding) -> bool {
    outside::host(&finding.url)
        .is_some_and(|host| subject.pages.iter().any(|p| p.url.path() == "/" && p.url.host_str() == Some(host.as_str())))
}
