//! `unlisted/report/v1`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use unlisted_model::coverage::{Coverage, NotChecked, SourceCoverage};
use unlisted_model::detection::Fit;
use unlisted_model::exposure::{Exposure, Place};
use unlisted_model::report::{Report, SubjectReport};

use super::moment;
use super::words::{V1Band, V1Basis, V1Cause, V1Confidence, V1Kind, V1Severity, V1Status};
use crate::{Words, outside};

/// The report of one run.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "unlisted/report/v1", rename = "Report")]
pub(super) struct V1Report {
    /// Always `unlisted/report/v1`.
    schema: &'static str,
    /// When it was made, RFC 3339.
    generated: String,
    /// What made it.
    tool: V1Tool,
    /// One entry for each person.
    subjects: Vec<V1Subject>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Tool")]
struct V1Tool {
    /// Its name.
    name: &'static str,
    /// Its version.
    version: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Subject")]
struct V1Subject {
    /// The id of the subject file.
    id: String,
    /// What was and was not checked.
    coverage: V1Coverage,
    /// Sorted by severity, then probability.
    exposures: Vec<V1Exposure>,
    /// Exposure ids in working order: severity first, upstream first within it.
    plan: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Coverage")]
struct V1Coverage {
    /// Questions and pages that were planned.
    planned: u32,
    /// How many of them answered.
    answered: u32,
    /// One entry for each source.
    sources: Vec<V1Source>,
    /// Each place that could not be looked at, or only in part.
    not_checked: Vec<V1NotChecked>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SourceCoverage")]
struct V1Source {
    /// The source.
    id: String,
    /// Questions and pages planned; the sum of `outcomes`.
    planned: u32,
    /// How they ended: found, absent, blocked, refused, failed, skipped, waiting.
    outcomes: BTreeMap<&'static str, u32>,
    /// Requests really sent, robots.txt and redirects included.
    requests: u32,
    /// Why the source as a whole was skipped or failed, if it was.
    reason: Option<&'static str>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "NotChecked")]
struct V1NotChecked {
    /// The source.
    source: String,
    /// The host.
    host: String,
    /// The page, if it was one.
    url: String,
    /// How it ended.
    outcome: &'static str,
    /// Why.
    reason: Option<&'static str>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Exposure")]
struct V1Exposure {
    /// `subject/kind/ordinal` for a supplied fact, a keyed hash for others.
    id: String,
    /// What sort of detail.
    kind: V1Kind,
    /// The detail, masked.
    label: String,
    /// Whether the person supplied it.
    supplied: bool,
    /// The worst of its places.
    severity: V1Severity,
    /// Whether every place shows only a part, or another number in the street.
    partial: bool,
    /// Stated or pieced together.
    basis: V1Basis,
    /// Why it is public, at its most upstream place.
    cause: V1Cause,
    /// Where the work stands.
    status: V1Status,
    /// Its places, most probable first.
    findings: Vec<V1Finding>,
    /// Ids of the findings that make it up, when pieced together.
    parts: Vec<String>,
    /// The id of the removal hint.
    route: Option<String>,
    /// What to do, in order.
    steps: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
struct V1Finding {
    /// A keyed hash of the exposure and the address.
    id: String,
    /// The page that a person would open, after redirects.
    url: String,
    /// The address as asked.
    via: String,
    /// The source that led there.
    source: String,
    /// RFC 3339.
    first_seen: String,
    /// RFC 3339.
    last_seen: String,
    /// The band of `probability`.
    attribution: V1Band,
    /// Whether this place shows only a part of the fact, or another number in the street.
    partial: bool,
    /// How surely the text states the fact.
    confidence: V1Confidence,
    /// P(this person and this fact).
    probability: f64,
    /// Reasons for and against, in plain words, strongest first.
    reasons: Vec<String>,
    /// The sentence around it, every detail in it masked.
    excerpt: String,
    /// The finding that shows the same page, when this one is a copy of it (a mirror, a print view, a capture).
    copy_of: Option<String>,
    /// The findings that show copies of this page.
    copies: Vec<String>,
    /// Kept proof, once there is any.
    evidence: Option<String>,
}

impl V1Report {
    pub(super) fn of(report: &Report, words: &Words) -> Self {
        Self {
            schema: "unlisted/report/v1",
            generated: moment(report.generated),
            tool: V1Tool { name: "unlisted", version: report.version.clone() },
            subjects: report.subjects.iter().map(|s| V1Subject::of(s, words)).collect(),
        }
    }
}

impl V1Subject {
    fn of(subject: &SubjectReport, words: &Words) -> Self {
        Self {
            id: subject.id.to_string(),
            coverage: V1Coverage::from(&subject.coverage),
            exposures: subject.exposures.iter().map(|e| V1Exposure::of(e, words)).collect(),
            plan: subject.plan.clone(),
        }
    }
}

impl From<&Coverage> for V1Coverage {
    fn from(coverage: &Coverage) -> Self {
        Self {
            planned: coverage.planned(),
            answered: coverage.answered(),
            sources: coverage.sources.iter().map(V1Source::from).collect(),
            not_checked: coverage.not_checked.iter().map(V1NotChecked::from).collect(),
        }
    }
}

impl From<&SourceCoverage> for V1Source {
    fn from(source: &SourceCoverage) -> Self {
        Self {
            id: source.id.to_string(),
            planned: source.planned,
            outcomes: source.outcomes.iter().map(|(kind, n)| (kind.as_str(), *n)).collect(),
            requests: source.requests,
            reason: source.reason.map(|r| r.as_str()),
        }
    }
}

impl From<&NotChecked> for V1NotChecked {
    fn from(place: &NotChecked) -> Self {
        Self {
            source: place.source.to_string(),
            host: place.host.clone(),
            url: place.url.clone(),
            outcome: place.outcome.kind.as_str(),
            reason: place.outcome.reason.map(|r| r.as_str()),
        }
    }
}

impl V1Exposure {
    fn of(exposure: &Exposure, words: &Words) -> Self {
        Self {
            id: exposure.id.clone(),
            kind: exposure.kind.into(),
            label: exposure.label.to_string(),
            supplied: exposure.supplied,
            severity: exposure.severity.into(),
            partial: exposure.partial,
            basis: exposure.basis.into(),
            cause: exposure.cause.into(),
            status: exposure.status.into(),
            findings: exposure.places.iter().map(|p| V1Finding::of(p, exposure, words)).collect(),
            parts: exposure.parts.clone(),
            route: exposure.route.clone(),
            steps: exposure.steps.clone(),
        }
    }
}

impl V1Finding {
    fn of(place: &Place, exposure: &Exposure, words: &Words) -> Self {
        let finding = &place.finding;
        Self {
            id: place.id.clone(),
            url: finding.url.clone(),
            via: finding.via.clone(),
            source: finding.source.to_string(),
            first_seen: moment(place.first_seen),
            last_seen: moment(place.last_seen),
            attribution: finding.attribution.band.into(),
            partial: finding.fit != Fit::Whole,
            confidence: finding.confidence.into(),
            probability: rounded(finding.attribution.probability),
            reasons: finding.attribution.reasons.iter().map(|r| words.of("reason", r.code.as_str()).into_owned()).collect(),
            excerpt: outside::tidy(&finding.excerpt.to_string()),
            copy_of: place.copy_of.clone(),
            copies: exposure.places.iter().filter(|p| p.copy_of.as_ref() == Some(&place.id)).map(|p| p.id.clone()).collect(),
            evidence: None,
        }
    }
}

/// To four places, so that equal runs give equal text.
fn rounded(probability: f64) -> f64 {
    if probability.is_finite() { (probability * 10_000.0).round() / 10_000.0 } else { 0.0 }
}
