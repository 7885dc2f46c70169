//! The queue as the engine sees it: every change is one transaction, and memory follows the file.
//!
//! No change here waits for the disk: the ledger does, ahead of each request, and takes everything before it along.

use std::collections::HashSet;

use jiff::Timestamp;
use unlisted_model::ports::{Claim, Completion, Frontier, HostKey, HostUpdate, NewTask, PortError, Task, TaskId};
use unlisted_model::{Outcome, OutcomeKind, OutcomeReason};

use super::queue::{Pick, Row, State};
use super::time::{moment, nanos};
use super::writer::{Fresh, UNIT, Writer};
use super::{Run, RunInner, RunState};
use crate::error::{Result, StoreError};
use crate::keys::Tag;
use crate::vault::Reach;

/// How rows end that come to a host after it was given up, until one of its rows was ended otherwise.
const GIVEN_UP: Outcome = Outcome::because(OutcomeKind::Blocked, OutcomeReason::TooManyRequests);

impl RunInner {
    /// Those rows that are new, in order.
    fn fresh(&self, state: &RunState, tasks: Vec<NewTask>) -> Vec<Fresh> {
        let mut seen = HashSet::with_capacity(tasks.len());
        let mut fresh = Vec::with_capacity(tasks.len());
        for task in tasks {
            let key = self.vault.tags().tag("key", &[task.key.as_bytes()]);
            if state.queue.knows(&key) || !seen.insert(key) {
                continue;
            }
            let host = self.host_tag(&task.host);
            let line = self.line_tag(&task.line.0);
            let parked = state.queue.host(&host).and_then(|h| h.parked);
            fresh.push(Fresh { task, host, key, line, parked });
        }
        fresh
    }

    /// The keyed hash of a line.
    pub(super) fn line_tag(&self, line: &str) -> Tag {
        self.vault.tags().tag("line", &[line.as_bytes()])
    }

    fn push(&self, tasks: Vec<NewTask>) -> Result<usize> {
        let mut state = self.state();
        state.must_go_on()?;
        let fresh = self.fresh(&state, tasks);
        if fresh.is_empty() {
            return Ok(0);
        }
        let (rows, next) = self.vault.db().write(Reach::System, |tx, people| {
            let mut writer = Writer::new(tx, people, self, state.next);
            let rows = fresh.iter().map(|f| writer.task(f)).collect::<Result<Vec<_>>>()?;
            Ok((rows, writer.next))
        })?;
        state.next = next;
        state.add(&rows);
        Ok(rows.len())
    }

    fn claim(&self, now: Timestamp) -> Result<Claim> {
        let mut state = self.state();
        state.must_go_on()?;
        let id = match state.queue.pick(nanos(now)) {
            Pick::Row(id) => id,
            Pick::Wait(at) => return Ok(Claim::Wait(moment(at))),
            Pick::Busy => return Ok(Claim::Busy),
            Pick::Empty => return Ok(Claim::Empty),
        };
        let row = *state.queue.row(id).ok_or(StoreError::NotInWork(id))?;
        let started = Row { state: State::InWork, attempts: row.attempts.saturating_add(1), ..row };
        let new = self.vault.db().write(Reach::System, |tx, people| {
            let mut writer = Writer::new(tx, people, self, state.next);
            writer.task_state(id, &started)?;
            writer.task_body(id, &row)
        })?;
        state.queue.start(id);
        Ok(Claim::Ready(Box::new(Task { id: TaskId(id), new, attempts: row.attempts })))
    }

    fn complete(&self, TaskId(id): TaskId, done: Completion) -> Result<()> {
        let mut state = self.state();
        let row = state.in_work(id)?;
        let fresh = self.fresh(&state, done.follow);
        // The first row that is ended after its host was given up says how later ones end.
        let known = state.queue.host(&row.host);
        let update = done.host.or_else(|| known.and_then(|h| h.update));
        let parked = known.and_then(|h| h.parked).map(|old| match &done.outcome {
            Some(unit) if row.state == State::Taken => unit.outcome,
            _ => old,
        });
        let changed = known.map(|h| (h.update, h.parked)) != Some((update, parked)) && (update.is_some() || parked.is_some());
        let (rows, next) = self.vault.db().write(Reach::System, |tx, people| {
            let mut writer = Writer::new(tx, people, self, state.next);
            writer.task_state(id, &Row { state: State::Done, ..row })?;
            if let Some(outcome) = &done.outcome {
                writer.outcome(outcome)?;
            }
            done.findings.iter().try_for_each(|finding| writer.finding(finding))?;
            if let Some((host, note)) = &done.robots {
                writer.robots(host, &self.host_tag(host), note, true)?;
            }
            if changed {
                writer.host(&row.host, update, parked)?;
            }
            let rows = fresh.iter().map(|f| writer.task(f)).collect::<Result<Vec<_>>>()?;
            Ok((rows, writer.next))
        })?;
        state.next = next;
        if changed {
            state.queue.set_host(row.host, update, parked);
        }
        state.queue.end(id);
        state.add(&rows);
        Ok(())
    }

    fn defer(&self, TaskId(id): TaskId, until: Timestamp, host: Option<HostUpdate>) -> Result<()> {
        let mut state = self.state();
        let row = state.in_work(id)?;
        let known = state.queue.host(&row.host);
        let parked = known.and_then(|h| h.parked);
        let update = host.or_else(|| known.and_then(|h| h.update));
        let back = Row { state: State::Waiting, not_before: nanos(until), ..row };
        let next = self.vault.db().write(Reach::System, |tx, people| {
            let mut writer = Writer::new(tx, people, self, state.next);
            if host.is_some() {
                writer.host(&row.host, update, parked)?;
            }
            match parked {
                // Nothing waits on a host that was given up.
                Some(outcome) => {
                    let task = writer.task_body(id, &row)?;
                    writer.ended_with_host(&task, outcome)?;
                    writer.task_state(id, &Row { state: State::Done, ..row })?;
                }
                None => writer.task_state(id, &back)?,
            }
            Ok(writer.next)
        })?;
        state.next = next;
        if host.is_some() {
            state.queue.set_host(row.host, update, parked);
        }
        match parked {
            Some(_) => state.queue.end(id),
            None => state.queue.put_back(id, back.not_before),
        }
        Ok(())
    }

    fn park(&self, host: &HostKey) -> Result<Vec<Task>> {
        let mut state = self.state();
        state.must_go_on()?;
        let tag = self.host_tag(host);
        let known = state.queue.host(&tag);
        let update = known.and_then(|h| h.update);
        let parked = Some(known.and_then(|h| h.parked).unwrap_or(GIVEN_UP));
        let ids = state.queue.waiting_on(&tag);
        let tasks = self.vault.db().write(Reach::System, |tx, people| {
            let mut writer = Writer::new(tx, people, self, state.next);
            writer.host(&tag, update, parked)?;
            let mut tasks = Vec::with_capacity(ids.len());
            for &id in &ids {
                let row = *state.queue.row(id).ok_or(StoreError::NotInWork(id))?;
                writer.task_state(id, &Row { state: State::Taken, ..row })?;
                tasks.push(Task { id: TaskId(id), new: writer.task_body(id, &row)?, attempts: row.attempts });
            }
            Ok(tasks)
        })?;
        state.queue.set_host(tag, update, parked);
        for id in ids {
            state.queue.set_aside(id);
        }
        Ok(tasks)
    }
}

impl RunState {
    /// A row that was handed out or taken out.
    fn in_work(&self, id: i64) -> Result<Row> {
        self.must_go_on()?;
        let row = self.queue.row(id).filter(|row| matches!(row.state, State::InWork | State::Taken));
        row.copied().ok_or(StoreError::NotInWork(id))
    }

    /// Follows the file: rows that were added.
    pub(super) fn add(&mut self, rows: &[(i64, Row)]) {
        for (id, row) in rows {
            if row.kind == UNIT {
                *self.pushed.entry(row.line).or_default() += 1;
            }
            self.queue.add(*id, *row);
        }
    }
}

impl Frontier for Run {
    fn push(&self, tasks: Vec<NewTask>) -> Result<usize, PortError> {
        Ok(self.inner.push(tasks)?)
    }

    fn claim(&self, now: Timestamp) -> Result<Claim, PortError> {
        Ok(self.inner.claim(now)?)
    }

    fn complete(&self, id: TaskId, done: Completion) -> Result<(), PortError> {
        Ok(self.inner.complete(id, done)?)
    }

    fn defer(&self, id: TaskId, until: Timestamp, host: Option<HostUpdate>) -> Result<(), PortError> {
        Ok(self.inner.defer(id, until, host)?)
    }

    fn park(&self, host: &HostKey) -> Result<Vec<Task>, PortError> {
        Ok(self.inner.park(host)?)
    }

    fn host(&self, host: &HostKey) -> Result<Option<HostUpdate>, PortError> {
        let tag = self.inner.host_tag(host);
        Ok(self.inner.state().queue.host(&tag).and_then(|h| h.update))
    }
}
