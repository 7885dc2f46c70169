//! A run: one check, from its first row to its last outcome.

mod begin;
mod frontier;
mod ledger;
mod load;
mod queue;
mod read;
mod time;
mod writer;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use unlisted_model::ports::{LedgerEnd, LedgerEntry, UnitOutcome};
use unlisted_model::{Finding, LineId, SubjectId};

use crate::error::{Result, StoreError};
use crate::keys::Tag;
use crate::vault::{Inner, Reach};
use queue::Queue;
use writer::Writer;

pub(crate) use begin::{Head, heads};
pub(crate) use time::nanos;
pub(crate) use writer::{CLOSED, STALE, UNFINISHED, delete_queue, delete_run};

/// The fingerprint of a run that is no check begins so: one question that was asked beside the checks. Such a run is kept for what was
/// sent, and is never the last check of anybody.
pub const ASIDE: &str = "aside|";

/// The number of a run in its vault; never used twice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RunId(pub i64);

impl std::fmt::Display for RunId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// What a run is begun with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewRun {
    /// Whom it serves.
    pub subjects: Vec<SubjectId>,
    /// What must be equal for a run to be continued: settings, files, version. Sealed.
    pub fingerprint: String,
    /// When it began.
    pub started: Timestamp,
    /// When everything of it is deleted by [`Vault::purge`](crate::Vault::purge).
    pub expires: Timestamp,
}

/// How far a run is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Rows that wait.
    pub queued: usize,
    /// Rows that were handed out, or taken out with their host and not ended yet.
    pub in_work: usize,
    /// Rows that ended.
    pub done: usize,
}

/// One row of the ledger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LedgerRow {
    /// What was sent.
    pub entry: LedgerEntry,
    /// How it ended; None when the process ended first.
    pub end: Option<LedgerEnd>,
}

/// One run. Cheap to clone; all clones are the same run.
///
/// What the ports leave open, and how it is answered here:
/// - Among hosts that are due, the one served longest ago goes first, then the one that waits longest.
/// - `Wait` is the earliest moment of a row on a free host; rows in work may bring something earlier.
/// - Rows that come to a host after it was given up (`park`) are counted as new and end at once, as the first of its rows was ended
///   by the engine (until then: blocked, too many requests); a deferred row of such a host ends the same way. The engine sees them in
///   `outcomes` only. A robots.txt of such a host is taken to forbid everything.
/// - After a kill, rows in work wait again and the try counts; those of a host that was given up end as above.
/// - A row ends once: ending it again is an error, as is ending one that was not handed out.
/// - Everything must serve people of this run; `for_` left empty means all of them.
#[derive(Clone)]
pub struct Run {
    inner: Arc<RunInner>,
}

impl std::fmt::Debug for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Run({})", self.inner.id)
    }
}

/// What all handles of a run share. Lock order: state, then database.
pub(crate) struct RunInner {
    vault: Arc<Inner>,
    id: i64,
    subjects: BTreeSet<SubjectId>,
    circle: i64,
    fingerprint: String,
    started: Timestamp,
    expires: i64,
    state: Mutex<RunState>,
}

/// What changes while a run goes on.
struct RunState {
    queue: Queue,
    next: Next,
    spent: BTreeMap<LineId, u32>,
    pushed: BTreeMap<Tag, u32>,
    finished: Option<Timestamp>,
}

/// The next number of each kind of row.
#[derive(Clone, Copy)]
struct Next {
    task: i64,
    ledger: i64,
    outcome: i64,
    finding: i64,
}

impl RunInner {
    fn state(&self) -> MutexGuard<'_, RunState> {
        // What is in memory changes only after the file did, in steps that do not panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it ended.
    pub(crate) fn is_finished(&self) -> bool {
        self.state().finished.is_some()
    }

    /// Whether it serves a person.
    pub(crate) fn serves(&self, subject: &SubjectId) -> bool {
        self.subjects.contains(subject)
    }
}

impl RunState {
    fn must_go_on(&self) -> Result<()> {
        if self.finished.is_some() { Err(StoreError::Ended) } else { Ok(()) }
    }
}

impl Run {
    /// Its number.
    pub fn id(&self) -> RunId {
        RunId(self.inner.id)
    }

    /// Whom it serves, in order.
    pub fn subjects(&self) -> Vec<SubjectId> {
        self.inner.subjects.iter().cloned().collect()
    }

    /// When it began.
    pub fn started(&self) -> Timestamp {
        self.inner.started
    }

    /// When it ended.
    pub fn finished(&self) -> Option<Timestamp> {
        self.inner.state().finished
    }

    /// Whether it ended.
    pub fn is_finished(&self) -> bool {
        self.finished().is_some()
    }

    /// Ends it: outcomes, findings, ledger and notes stay; the queue and every robots.txt are deleted. Ending twice is no fault.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(&self, now: Timestamp) -> Result<()> {
        let run = &*self.inner;
        let mut state = run.state();
        if state.finished.is_some() {
            return Ok(());
        }
        run.vault.db().write(Reach::Disk, |tx, people| Writer::new(tx, people, run, state.next).finish(now))?;
        state.finished = Some(now);
        state.queue = Queue::default();
        Ok(())
    }

    /// Adds the outcome of a unit that never became a row: left out, for the person to look at, refused before it was queued.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn record(&self, outcome: UnitOutcome) -> Result<()> {
        self.record_all(&[outcome])
    }

    /// The same for several, all or none.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn record_all(&self, outcomes: &[UnitOutcome]) -> Result<()> {
        self.write_aside(outcomes, &[], None)
    }

    /// Outcomes and findings of units that were read without a row (given files), with the note that says so: all in one
    /// commit, so that after an interruption they are there once.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn record_with(&self, outcomes: &[UnitOutcome], findings: &[Finding], note: (&str, &str)) -> Result<()> {
        self.write_aside(outcomes, findings, Some(note))
    }

    fn write_aside(&self, outcomes: &[UnitOutcome], findings: &[Finding], note: Option<(&str, &str)>) -> Result<()> {
        let run = &*self.inner;
        let mut state = run.state();
        state.must_go_on()?;
        let next = run.vault.db().write(Reach::System, |tx, people| {
            let mut writer = Writer::new(tx, people, run, state.next);
            outcomes.iter().try_for_each(|outcome| writer.outcome(outcome))?;
            findings.iter().try_for_each(|finding| writer.finding(finding))?;
            if let Some((key, value)) = note {
                writer.note(key, value)?;
            }
            Ok(writer.next)
        })?;
        state.next = next;
        Ok(())
    }

    /// Keeps a text of the engine's own under a key, in place of an older one. Sealed, key and all.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn note(&self, key: &str, value: &str) -> Result<()> {
        let run = &*self.inner;
        let state = run.state();
        run.vault.db().write(Reach::Disk, |tx, people| Writer::new(tx, people, run, state.next).note(key, value))
    }

    /// Its vault.
    #[cfg(test)]
    pub(crate) fn vault(&self) -> crate::Vault {
        crate::Vault::of(&self.inner.vault)
    }
}
