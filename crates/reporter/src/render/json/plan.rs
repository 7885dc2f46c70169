//! `unlisted/plan/v1` and `unlisted/links/v1`.

use serde::Serialize;
use unlisted_model::plan::{HandLink, LeftOut, Plan, PlanLine};

use super::words::V1Discloses;

#[derive(Serialize)]
pub(super) struct V1Plan {
    schema: &'static str,
    lines: Vec<V1Line>,
    /// Sources that will not be asked, and why.
    left_out: Vec<V1LeftOut>,
    links: Vec<V1Link>,
    /// The sum over the lines.
    at_most: u32,
    /// Seconds at polite rates, at most.
    takes_seconds: u64,
}

#[derive(Serialize)]
struct V1Line {
    line: String,
    source: String,
    template: String,
    to: String,
    discloses: Vec<V1Discloses>,
    class: &'static str,
    /// Requests, robots.txt, redirects and second tries included.
    at_most: u32,
    /// Questions or pages.
    units: u32,
}

#[derive(Serialize)]
struct V1LeftOut {
    source: String,
    reason: &'static str,
}

#[derive(Serialize)]
pub(super) struct V1Links {
    schema: &'static str,
    links: Vec<V1Link>,
}

#[derive(Serialize)]
struct V1Link {
    id: String,
    site: String,
    url: String,
    query: String,
    discloses: Vec<V1Discloses>,
    what_to_look_for: String,
    minutes: u32,
}

impl From<&Plan> for V1Plan {
    fn from(plan: &Plan) -> Self {
        Self {
            schema: "unlisted/plan/v1",
            lines: plan.lines.iter().map(V1Line::from).collect(),
            left_out: plan.left_out.iter().map(V1LeftOut::from).collect(),
            links: plan.links.iter().map(V1Link::from).collect(),
            at_most: plan.lines.iter().fold(0, |sum, line| sum.saturating_add(line.at_most)),
            takes_seconds: plan.takes.as_secs(),
        }
    }
}

impl From<&PlanLine> for V1Line {
    fn from(line: &PlanLine) -> Self {
        Self {
            line: line.line.to_string(),
            source: line.source.to_string(),
            template: line.template.clone(),
            to: line.to.clone(),
            discloses: line.discloses.iter().map(|d| (*d).into()).collect(),
            class: line.class.as_str(),
            at_most: line.at_most,
            units: line.units,
        }
    }
}

impl From<&LeftOut> for V1LeftOut {
    fn from(left: &LeftOut) -> Self {
        Self { source: left.source.to_string(), reason: left.reason.as_str() }
    }
}

impl From<&[HandLink]> for V1Links {
    fn from(links: &[HandLink]) -> Self {
        Self { schema: "unlisted/links/v1", links: links.iter().map(V1Link::from).collect() }
    }
}

impl From<&HandLink> for V1Link {
    fn from(link: &HandLink) -> Self {
        Self {
            id: link.id.clone(),
            site: link.site.clone(),
            url: link.url.clone(),
            query: link.query.clone(),
            discloses: link.discloses.iter().map(|d| (*d).into()).collect(),
            what_to_look_for: link.what_to_look_for.clone(),
            minutes: link.minutes,
        }
    }
}
