//! What would be asked, of whom, disclosing what, at most how often: computed before anything is sent.
//!
//! Sources describe their lines; here they are switched on or off, priced and bounded. Every row of the ledger names
//! a line, and the gate holds each line to its bound.

use std::collections::BTreeMap;
use std::time::Duration;

use unlisted_crawler::sources::hand_links;
use unlisted_model::coverage::OutcomeReason;
use unlisted_model::plan::{LeftOut, Plan, PlanLine};
use unlisted_model::query::{Class, Discloses};
use unlisted_model::source::{Default_, Key, SourceRow};
use unlisted_model::{LineId, SourceId, Subject};

use crate::config::Config;
use crate::house::Sources;

/// The line of pages that a search, a source or a saved result page named.
pub(crate) const FOUND_PAGES: &str = "found-pages";

/// What the person gives besides the subject file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Scope {
    /// Nothing is asked but what is given.
    pub only_given: bool,
    /// Given result pages name pages to visit.
    pub named: bool,
}

/// Why a source is not asked for this person, if it is not.
fn left_out(row: &SourceRow, subject: &Subject, config: &Config, scope: Scope) -> Option<OutcomeReason> {
    let id = row.id.as_str();
    if scope.only_given && id != "given" && !(id == FOUND_PAGES && scope.named) {
        return Some(OutcomeReason::SwitchedOff);
    }
    if !subject.consent.allows_source(id) {
        return Some(OutcomeReason::NoPermission);
    }
    let set = config.set_by_user.contains(&row.id) || (id == "searxng" && subject.searxng.is_some());
    if row.default != Default_::On && !set {
        return Some(OutcomeReason::SwitchedOff);
    }
    (row.key == Key::Required).then_some(OutcomeReason::NoKey)
}

/// The plan for one person. Sends nothing.
pub fn plan(subject: &Subject, config: &Config, sources: &Sources, scope: Scope) -> Plan {
    let mut plan = Plan {
        links: hand_links(
            subject,
            &config.catalogue.hand_sites,
            &config.catalogue.templates,
            &config.councils,
            &config.catalogue.never_fetched,
        ),
        ..Plan::default()
    };
    for (id, source) in sources {
        let Some(row) = config.rows.get(id) else { continue };
        let lines = source.lines(subject);
        // Nobody misses a list of addresses that they did not give, or names that they did not ask a register about.
        if lines.is_empty() && matches!(id.as_str(), "given" | "rdap") {
            continue;
        }
        let nothing = lines.is_empty().then_some(OutcomeReason::NothingToAsk);
        if let Some(reason) = left_out(row, subject, config, scope).or(nothing) {
            plan.left_out.push(LeftOut { source: id.clone(), title: row.title.clone(), reason });
            continue;
        }
        plan.lines.extend(lines.into_iter().map(|line| PlanLine {
            at_most: price(row, &line.discloses, line.units, config),
            class: line.discloses.iter().map(|d| d.class()).max().unwrap_or(Class::A),
            source: id.clone(),
            title: row.title.clone(),
            line: line.line,
            template: line.template,
            to: line.to,
            discloses: line.discloses,
            units: line.units,
            queries: line.queries,
        }));
    }
    plan.takes = takes(&plan, config);
    plan
}

/// At most so many requests for so many questions or pages. Each may be tried again; where robots.txt is read, each may need that of
/// a host not met before, and a redirect with its robots.txt.
fn price(row: &SourceRow, discloses: &[Discloses], units: u32, config: &Config) -> u32 {
    let tries = config.pace.tries;
    let pages = row.robots || discloses.contains(&Discloses::Page);
    let each = if pages { tries + 3 } else { tries };
    // Room for one long chain of redirects, so that a single page is not cut short by its own line.
    let spare = if pages { u32::from(config.limits.redirects) } else { 0 };
    units.saturating_mul(each).saturating_add(spare)
}

/// At most so many requests under each line.
pub(crate) fn bounds(plan: &Plan) -> BTreeMap<LineId, u32> {
    let mut bounds = BTreeMap::new();
    for line in &plan.lines {
        *bounds.entry(line.line.clone()).or_insert(0) += line.at_most;
    }
    bounds
}

/// At most so many questions or pages under each line.
pub(crate) fn units(plan: &Plan) -> BTreeMap<LineId, u32> {
    let mut units = BTreeMap::new();
    for line in &plan.lines {
        *units.entry(line.line.clone()).or_insert(0) += line.units;
    }
    units
}

/// About how long, at most: each site is asked one thing at a time, sites side by side.
fn takes(plan: &Plan, config: &Config) -> Duration {
    let gap = |source: &SourceId| config.rows.get(source).map_or(config.pace.gap, |r| r.gap.max(config.pace.gap));
    let mut by_source: BTreeMap<&SourceId, Duration> = BTreeMap::new();
    for line in &plan.lines {
        *by_source.entry(&line.source).or_default() += gap(&line.source) * line.units;
    }
    by_source.into_values().max().unwrap_or_default()
}
