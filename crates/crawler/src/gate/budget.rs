//! The bounds of the plan: every line has a most number of requests, robots.txt and redirects included.

use std::collections::BTreeMap;

use unlisted_model::query::LineId;

/// What each line may spend and has spent.
#[derive(Debug)]
pub(super) struct Budget {
    bounds: BTreeMap<LineId, u32>,
    spent: BTreeMap<LineId, u32>,
}

impl Budget {
    /// `spent` is what an interrupted run had sent already.
    pub(super) fn new(bounds: BTreeMap<LineId, u32>, spent: BTreeMap<LineId, u32>) -> Self {
        Self { bounds, spent }
    }

    /// Whether a line may send one more. A line that the plan does not have may send nothing.
    pub(super) fn has_room(&self, line: &LineId) -> bool {
        let bound = self.bounds.get(line).copied().unwrap_or(0);
        self.spent.get(line).copied().unwrap_or(0) < bound
    }

    /// Counts one request.
    pub(super) fn spend(&mut self, line: &LineId) {
        let spent = self.spent.entry(line.clone()).or_insert(0);
        *spent = spent.saturating_add(1);
    }

    /// How many a line has sent.
    pub(super) fn spent(&self, line: &LineId) -> u32 {
        self.spent.get(line).copied().unwrap_or(0)
    }
}
