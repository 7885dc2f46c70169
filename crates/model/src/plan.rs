//! What would be asked, of whom, disclosing what.

use std::time::Duration;

use crate::query::{Class, Discloses, LineId, Query};
use crate::source::SourceId;

/// One line of the plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlanLine {
    /// Its id; ledger rows name it.
    pub line: LineId,
    /// Which source.
    pub source: SourceId,
    /// The source's title for people.
    pub title: String,
    /// The template in words, for example `"{name}" {area}`.
    pub template: String,
    /// The site that is told, or "pages named by the above".
    pub to: String,
    /// What is told.
    pub discloses: Vec<Discloses>,
    /// The most it is told, as a class.
    pub class: Class,
    /// At most so many requests, robots.txt, redirects and second tries included.
    pub at_most: u32,
    /// At most so many questions or pages.
    pub units: u32,
    /// The questions known before the run (pages that answers name are not).
    pub queries: Vec<Query>,
}

/// A source that will not be asked, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeftOut {
    /// Which source.
    pub source: SourceId,
    /// Its title for people.
    pub title: String,
    /// Why.
    pub reason: crate::coverage::OutcomeReason,
}

/// A search or look-up for the person's own browser.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HandLink {
    /// Stable id, for example `google/name-area`.
    pub id: String,
    /// The site's name.
    pub site: String,
    /// The address to open.
    pub url: String,
    /// The words that it asks.
    pub query: String,
    /// What it tells the site.
    pub discloses: Vec<Discloses>,
    /// What to look for, in plain words.
    pub what_to_look_for: String,
    /// About so many minutes.
    pub minutes: u32,
}

/// The whole plan for one subject.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Plan {
    /// Its lines.
    pub lines: Vec<PlanLine>,
    /// What is left out.
    pub left_out: Vec<LeftOut>,
    /// For the person's own browser.
    pub links: Vec<HandLink>,
    /// About how long at polite rates, at most.
    pub takes: Duration,
}
