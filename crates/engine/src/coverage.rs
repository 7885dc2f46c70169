//! What was and was not checked, counted from the outcomes and the ledger of a run.

use std::collections::{BTreeMap, BTreeSet};

use unlisted_model::coverage::{Coverage, NotChecked, Outcome, OutcomeKind, OutcomeReason, SourceCoverage};
use unlisted_model::ports::UnitOutcome;
use unlisted_model::{SourceId, SubjectId};
use unlisted_store::LedgerRow;

use crate::run::follow::{BEYOND, BY_HAND};

/// The coverage of one person. Every outcome counts once in `planned`; that none is missing is checked when a run closes.
pub(crate) fn coverage(subject: &SubjectId, outcomes: &[UnitOutcome], ledger: &[LedgerRow]) -> Coverage {
    let mut sources: BTreeMap<SourceId, SourceCoverage> = BTreeMap::new();
    let mut not_checked = vec![];
    let mut listed = BTreeSet::new();
    for unit in outcomes.iter().filter(|o| o.for_.contains(subject)) {
        // Two answers may name the same place that was not visited.
        if is_aside(unit) && !listed.insert((&unit.source, &unit.url)) {
            continue;
        }
        let source = sources.entry(unit.source.clone()).or_insert_with(|| SourceCoverage {
            id: unit.source.clone(),
            planned: 0,
            outcomes: BTreeMap::new(),
            requests: 0,
            reason: None,
        });
        source.planned += 1;
        *source.outcomes.entry(unit.outcome.kind).or_default() += 1;
        if unit.outcome.kind == OutcomeKind::Skipped && unit.host.is_empty() {
            source.reason = source.reason.or(unit.outcome.reason);
        }
        if is_listed(unit) {
            not_checked.push(NotChecked {
                source: unit.source.clone(),
                host: unit.host.clone(),
                url: unit.url.clone(),
                outcome: if unit.cut {
                    Outcome { reason: unit.outcome.reason.or(Some(OutcomeReason::Cut)), ..unit.outcome }
                } else {
                    unit.outcome
                },
            });
        }
    }
    for row in ledger.iter().filter(|r| r.entry.for_.contains(subject)) {
        if let Some(source) = sources.get_mut(&row.entry.source) {
            source.requests += 1;
        }
    }
    for source in sources.values_mut() {
        // A reason for the whole source stands only where the whole source was left out.
        if source.outcomes.keys().any(|k| *k != OutcomeKind::Skipped) {
            source.reason = None;
        }
    }
    not_checked.sort_by(|a, b| (&a.source, &a.host, &a.url).cmp(&(&b.source, &b.host, &b.url)));
    Coverage { sources: sources.into_values().collect(), not_checked }
}

/// Whether it never became a row of the frontier, which takes each page once.
fn is_aside(unit: &UnitOutcome) -> bool {
    unit.line.0 == BY_HAND || unit.line.0.ends_with(BEYOND)
}

/// Places that could not be looked at, or only in part. What waits for the person is a list of its own.
fn is_listed(unit: &UnitOutcome) -> bool {
    match unit.outcome.kind {
        OutcomeKind::Found | OutcomeKind::Absent => unit.cut || unit.outcome.reason.is_some_and(|r| r != OutcomeReason::Gone),
        OutcomeKind::Blocked | OutcomeKind::Refused | OutcomeKind::Failed => true,
        OutcomeKind::Skipped => false,
        OutcomeKind::Waiting => unit.source.as_str() != "by-hand",
    }
}
