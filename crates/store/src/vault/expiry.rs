//! Deleting what is past its time.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Inner, Reach};
use crate::error::{Result, StoreError};
use crate::run::{Head, STALE, UNFINISHED, delete_queue, delete_run, heads, nanos};

/// What expiry deleted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Purged {
    /// Runs that were deleted whole.
    pub runs: usize,
}

/// Runs that go on in this process; nothing of them is deleted.
fn going_on(vault: &Inner) -> BTreeSet<i64> {
    let runs = vault.runs();
    runs.iter().filter_map(|(id, run)| run.upgrade().filter(|run| !run.is_finished()).map(|_| *id)).collect()
}

pub(super) fn purge(vault: &Inner, now: Timestamp) -> Result<Purged> {
    let going_on = going_on(vault);
    let over = |head: &Head| head.expires <= nanos(now) && !going_on.contains(&head.id);
    let mut db = vault.db();
    let purged = db.write(Reach::Disk, |tx, _| {
        let mut purged = Purged::default();
        for head in heads(tx, vault.checks())?.into_iter().filter(over) {
            delete_run(tx, head.id)?;
            purged.runs += 1;
        }
        Ok(purged)
    })?;
    if purged.runs > 0 {
        db.compact()?;
    }
    Ok(purged)
}

pub(super) fn drop_queues(vault: &Inner, begun_before: Timestamp) -> Result<usize> {
    let going_on = going_on(vault);
    let candidate = |head: &Head| head.state == UNFINISHED && !going_on.contains(&head.id);
    let mut db = vault.db();
    let dropped = db.write(Reach::Disk, |tx, people| {
        let mut dropped = 0;
        for head in heads(tx, vault.checks())?.into_iter().filter(candidate) {
            let record = match head.open(tx, people) {
                Err(StoreError::PersonKeyLost) => continue,
                record => record?,
            };
            if record.started >= begun_before {
                continue;
            }
            Head { state: STALE, ..head }.write(tx, people, vault.checks(), &record)?;
            delete_queue(tx, head.id)?;
            dropped += 1;
        }
        Ok(dropped)
    })?;
    if dropped > 0 {
        db.compact()?;
    }
    Ok(dropped)
}
