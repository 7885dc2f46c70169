//! One check, from its first row to its report.
//!
//! [`go`] drives the frontier: it hands each row that is due to a [`worker`], at most so many at once, and sleeps only
//! when nothing is due. All state that must outlive a `kill -9` is the run's in the store; what is here can be built anew.

mod copies;
pub(crate) mod follow;
pub(crate) mod given;
mod outcome;
pub(crate) mod worker;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;
use tokio::task::JoinSet;
use unlisted_model::coverage::{Outcome, OutcomeKind, OutcomeReason};
use unlisted_model::plan::Plan;
use unlisted_model::ports::{Claim, Frontier as _, HostKey, UnitOutcome};
use unlisted_model::{LineId, SourceId, SubjectId};
use unlisted_store::Run;

use crate::EngineError;

pub(crate) use worker::Worker;

/// What is told while a run goes on. No private value, no address of a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// A question or page ended.
    Ended {
        /// The site.
        host: String,
        /// How.
        outcome: Outcome,
    },
    /// How many rows wait, and how many are done.
    Left {
        /// Rows that wait or are in work.
        open: usize,
        /// Rows that ended.
        done: usize,
    },
}

/// Listens to events.
pub type Progress = Arc<dyn Fn(Event) + Send + Sync>;

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// Everything has its outcome.
    Done,
    /// It was stopped; what was done is kept, and the same command goes on.
    Stopped,
}

/// Drives the run until nothing is left or somebody stops it.
pub(crate) async fn go(worker: Arc<Worker>, at_once: usize, mut stop: watch::Receiver<bool>) -> Result<Ended, EngineError> {
    let run = worker.run().clone();
    let mut working = JoinSet::new();
    loop {
        let mut due = None;
        let mut empty = false;
        while working.len() < at_once && !*stop.borrow() {
            match run.claim(Timestamp::now())? {
                Claim::Ready(task) => {
                    let worker = Arc::clone(&worker);
                    working.spawn(async move { worker.work(*task).await });
                }
                Claim::Wait(until) => {
                    due = Some(until);
                    break;
                }
                Claim::Busy => break,
                Claim::Empty => {
                    empty = true;
                    break;
                }
            }
        }
        if *stop.borrow() {
            // Requests that are under way end within their time-out, and their results are kept.
            let patience = tokio::time::sleep(Duration::from_millis(1500));
            tokio::pin!(patience);
            loop {
                tokio::select! {
                    ended = working.join_next() => if ended.is_none() { break },
                    () = &mut patience => break,
                }
            }
            working.abort_all();
            return Ok(Ended::Stopped);
        }
        if working.is_empty() && empty {
            return Ok(Ended::Done);
        }
        if working.is_empty() && due.is_none() {
            // Rows are in work, but nobody works them: never wait for that.
            return Err(EngineError::Fault);
        }
        let pause = due.map_or(Duration::from_secs(60), |until| {
            Duration::try_from(until.duration_since(Timestamp::now())).unwrap_or(Duration::from_millis(1))
        });
        tokio::select! {
            Some(ended) = working.join_next(), if !working.is_empty() => match ended {
                Ok(result) => result?,
                Err(_) => return Err(EngineError::Fault),
            },
            () = tokio::time::sleep(pause.min(Duration::from_secs(60))) => {}
            _ = stop.changed() => {}
        }
    }
}

/// An outcome for something that never became a row of the frontier.
pub(crate) fn aside(source: &SourceId, line: &str, host: &str, url: &str, outcome: Outcome, for_: &[SubjectId]) -> UnitOutcome {
    UnitOutcome {
        source: source.clone(),
        line: LineId(line.to_owned()),
        host: host.to_owned(),
        url: url.to_owned(),
        outcome,
        cut: false,
        for_: for_.to_vec(),
    }
}

/// After the last row: what the plan left out, lines that were never needed, searches still open, each with its outcome.
pub(crate) fn closing(
    run: &Run,
    plan: &Plan,
    answered_links: &[String],
    for_: &[SubjectId],
) -> Result<Vec<UnitOutcome>, EngineError> {
    let mut rows = vec![];
    for left in &plan.left_out {
        rows.push(aside(&left.source, "left-out", "", "", Outcome::because(OutcomeKind::Skipped, left.reason), for_));
    }
    let mut lines: BTreeMap<&LineId, &SourceId> = BTreeMap::new();
    for line in &plan.lines {
        lines.insert(&line.line, &line.source);
    }
    let outcomes = run.outcomes()?;
    for (line, source) in lines {
        let ended = outcomes.iter().filter(|o| o.line == *line).count();
        let pushed = run.pages_pushed(line) as usize;
        if pushed == 0 && ended == 0 {
            rows.push(aside(source, &line.0, "", "", Outcome::because(OutcomeKind::Skipped, OutcomeReason::NothingToAsk), for_));
        }
        // Every question that was asked has ended; if one had not, that would be a fault of ours and must show.
        for _ in ended..pushed {
            rows.push(aside(source, &line.0, "", "", Outcome::because(OutcomeKind::Failed, OutcomeReason::Fault), for_));
        }
    }
    let by_hand = SourceId::new("by-hand");
    for link in plan.links.iter().filter(|l| !answered_links.contains(&l.id)) {
        let outcome = Outcome::because(OutcomeKind::Waiting, OutcomeReason::ByHand);
        rows.push(aside(&by_hand, "by-hand", &link.site, &link.url, outcome, for_));
    }
    Ok(rows)
}

/// The politeness clock's key of an address.
pub(crate) fn clock(url: &url::Url) -> HostKey {
    unlisted_crawler::gate::clock_key(url).unwrap_or_else(|| HostKey(String::new()))
}
