//! What could not be checked, one row for each host and reason.

use std::collections::{BTreeMap, BTreeSet};

use unlisted_model::coverage::{NotChecked, Outcome, OutcomeKind, OutcomeReason};

/// How many pages of one host are listed.
pub(crate) const PAGES: usize = 5;

/// Equal hosts with equal reasons.
pub(crate) struct Row<'a> {
    pub(crate) host: &'a str,
    pub(crate) source: &'a str,
    pub(crate) outcome: Outcome,
    pub(crate) times: usize,
    pub(crate) pages: BTreeSet<&'a str>,
}

/// One row for each host and reason, in the order in which they first came.
pub(crate) fn grouped(all: &[NotChecked]) -> Vec<Row<'_>> {
    let mut at: BTreeMap<(&str, &str, OutcomeKind, Option<OutcomeReason>), usize> = BTreeMap::new();
    let mut rows: Vec<Row<'_>> = vec![];
    for one in all {
        let (host, source, outcome) = (one.host.as_str(), one.source.as_str(), one.outcome);
        let slot = *at.entry((host, source, outcome.kind, outcome.reason)).or_insert_with(|| {
            rows.push(Row { host, source, outcome, times: 0, pages: BTreeSet::new() });
            rows.len() - 1
        });
        if let Some(row) = rows.get_mut(slot) {
            row.times += 1;
            if !one.url.is_empty() {
                row.pages.insert(&one.url);
            }
        }
    }
    rows
}
