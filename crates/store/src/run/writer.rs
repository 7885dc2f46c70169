//! Writing the rows of a run, inside one transaction.

use jiff::Timestamp;
use rusqlite::{Connection, params};
use unlisted_model::ports::{HostKey, HostUpdate, LedgerEntry, NewTask, RobotsNote, UnitOutcome, Work};
use unlisted_model::{Finding, Outcome, OutcomeKind, OutcomeReason, SubjectId};

use super::queue::{Row, State};
use super::time::{LONG_AGO, length, nanos};
use super::{Head, Next, RunInner};
use crate::error::{Result, StoreError};
use crate::keys::Tag;
use crate::records::{self, FindingRecord, LedgerRecord, NoteRecord, OutcomeRecord, RobotsRecord, RunRecord, TaskRecord};
use crate::schema::{BY_RUN, BY_RUN_ID, ids_of};
use crate::seal;
use crate::vault::{Circle, People};

/// State of a run in its plain column.
pub(crate) const UNFINISHED: i64 = 0;
/// It ended.
pub(crate) const FINISHED: i64 = 1;
/// It lost one of its people and cannot be continued.
pub(crate) const CLOSED: i64 = 2;

/// It is too old to be continued and lost its queue.
pub(crate) const STALE: i64 = 3;

/// Kind of a row that is a unit; hops and robots.txt are others.
pub(super) const UNIT: i64 = 0;

/// A row that is being added.
pub(super) struct Fresh {
    pub(super) task: NewTask,
    pub(super) host: Tag,
    pub(super) key: Tag,
    pub(super) line: Tag,
    /// Set when its host was given up: the row ends at once with this.
    pub(super) parked: Option<Outcome>,
}

/// Writes rows of one run.
pub(crate) struct Writer<'a> {
    conn: &'a Connection,
    people: &'a mut People,
    run: &'a RunInner,
    pub(super) next: Next,
}

impl<'a> Writer<'a> {
    pub(super) fn new(conn: &'a Connection, people: &'a mut People, run: &'a RunInner, next: Next) -> Self {
        Self { conn, people, run, next }
    }

    /// The circle of those whom a record serves; of the whole run when it names nobody.
    fn circle(&mut self, for_: &[SubjectId]) -> Result<Circle> {
        if for_.is_empty() {
            return Ok(Circle { id: self.run.circle, key: self.people.open(self.conn, self.run.circle)? });
        }
        if !for_.iter().all(|subject| self.run.subjects.contains(subject)) {
            return Err(StoreError::NotOfThisRun);
        }
        self.people.circle(self.conn, for_)
    }

    /// Adds a row and tells how it stands.
    pub(super) fn task(&mut self, fresh: &Fresh) -> Result<(i64, Row)> {
        let circle = self.circle(&fresh.task.for_)?;
        let id = take(&mut self.next.task)?;
        let row = Row {
            host: fresh.host,
            key: fresh.key,
            line: fresh.line,
            circle: circle.id,
            kind: match fresh.task.work {
                Work::Unit(_) => UNIT,
                Work::Hop { .. } => 1,
                Work::Robots { .. } => 2,
            },
            priority: fresh.task.priority,
            attempts: 0,
            not_before: fresh.task.not_before.map_or(LONG_AGO, nanos),
            state: if fresh.parked.is_some() { State::Done } else { State::Waiting },
        };
        let body = match fresh.parked {
            Some(outcome) => {
                self.ended_with_host(&fresh.task, outcome)?;
                None
            }
            None => {
                let beside = [circle.id, row.kind, i64::from(row.priority)];
                Some(records::seal(&circle.key, id, &beside, &TaskRecord::from(&fresh.task))?)
            }
        };
        let mut insert = self.conn.prepare_cached(
            "INSERT INTO task(id, circle, kind, priority, state, attempts, not_before, host, key, line, mac, body)
             VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?;
        let mac = self.run.mac_of(id, &row);
        insert.execute(params![
            id,
            row.circle,
            row.kind,
            row.priority,
            row.state.code(),
            row.attempts,
            row.not_before,
            row.host.as_slice(),
            row.key.as_slice(),
            row.line.as_slice(),
            mac.as_slice(),
            body
        ])?;
        Ok((id, row))
    }

    /// Writes how a row stands now. What it asked is deleted when it has ended.
    pub(super) fn task_state(&mut self, id: i64, row: &Row) -> Result<()> {
        let sql = if row.state == State::Done {
            "UPDATE task SET state = ?2, attempts = ?3, not_before = ?4, mac = ?5, body = NULL WHERE id = ?1"
        } else {
            "UPDATE task SET state = ?2, attempts = ?3, not_before = ?4, mac = ?5 WHERE id = ?1"
        };
        let mac = self.run.mac_of(id, row);
        let changed = self.conn.prepare_cached(sql)?.execute(params![
            id,
            row.state.code(),
            row.attempts,
            row.not_before,
            mac.as_slice()
        ])?;
        if changed == 1 { Ok(()) } else { Err(StoreError::Damaged("a-missing-row")) }
    }

    /// Reads what a row asks.
    pub(super) fn task_body(&mut self, id: i64, row: &Row) -> Result<NewTask> {
        let mut select = self.conn.prepare_cached("SELECT body FROM task WHERE id = ?1")?;
        let body: Option<Vec<u8>> = select.query_row([id], |r| r.get(0))?;
        let body = body.ok_or(StoreError::Damaged("a-row-of-the-queue"))?;
        let key = self.people.open(self.conn, row.circle)?;
        let beside = [row.circle, row.kind, i64::from(row.priority)];
        records::open::<TaskRecord>(&key, id, &beside, &body)?.try_into()
    }

    /// Ends a row whose host was given up before it could be asked.
    pub(super) fn ended_with_host(&mut self, task: &NewTask, outcome: Outcome) -> Result<()> {
        match &task.work {
            Work::Robots { of, .. } => {
                let tag = self.run.host_tag(of);
                self.robots(of, &tag, &RobotsNote::DisallowAll, false)
            }
            Work::Unit(query) | Work::Hop { query, .. } => {
                let page = query.slots.get("page").map(|slot| slot.text.reveal(unlisted_model::Reveal::AtRest).to_owned());
                let url = match &task.work {
                    Work::Hop { to, .. } => to.clone(),
                    _ => page.unwrap_or_default(),
                };
                self.outcome(&UnitOutcome {
                    source: task.source.clone(),
                    line: task.line.clone(),
                    host: task.host.0.clone(),
                    url,
                    outcome,
                    cut: false,
                    for_: task.for_.clone(),
                })
            }
        }
    }

    /// Adds an outcome.
    pub(super) fn outcome(&mut self, outcome: &UnitOutcome) -> Result<()> {
        let circle = self.circle(&outcome.for_)?;
        let id = take(&mut self.next.outcome)?;
        let body = records::seal(&circle.key, id, &[circle.id], &OutcomeRecord::from(outcome))?;
        self.conn.prepare_cached("INSERT INTO outcome(id, circle, mac, body) VALUES(?1, ?2, ?3, ?4)")?.execute(params![
            id,
            circle.id,
            self.run.row_mac("outcome", id, circle.id).as_slice(),
            body
        ])?;
        Ok(())
    }

    /// Adds a finding.
    pub(super) fn finding(&mut self, finding: &Finding) -> Result<()> {
        let circle = self.circle(std::slice::from_ref(&finding.subject))?;
        let id = take(&mut self.next.finding)?;
        let body = records::seal(&circle.key, id, &[circle.id], &FindingRecord::from(finding))?;
        self.conn.prepare_cached("INSERT INTO finding(id, circle, mac, body) VALUES(?1, ?2, ?3, ?4)")?.execute(params![
            id,
            circle.id,
            self.run.row_mac("finding", id, circle.id).as_slice(),
            body
        ])?;
        Ok(())
    }

    /// Adds a row of the ledger.
    pub(super) fn ledger(&mut self, entry: &LedgerEntry) -> Result<i64> {
        let circle = self.circle(&entry.for_)?;
        let id = take(&mut self.next.ledger)?;
        let body = records::seal(&circle.key, id, &[circle.id], &LedgerRecord::from(entry))?;
        self.conn.prepare_cached("INSERT INTO ledger(id, circle, mac, body) VALUES(?1, ?2, ?3, ?4)")?.execute(params![
            id,
            circle.id,
            self.run.row_mac("ledger", id, circle.id).as_slice(),
            body
        ])?;
        Ok(id)
    }

    /// Writes what is known of a host.
    pub(super) fn host(&mut self, tag: &Tag, update: Option<HostUpdate>, parked: Option<Outcome>) -> Result<()> {
        let numbers = host_numbers(update, parked);
        let mac = self.run.host_mac(tag, &numbers);
        let [known, next_allowed, refusals, latency, parked] = numbers;
        self.conn
            .prepare_cached(
                "INSERT OR REPLACE INTO host(run, host, known, next_allowed, refusals, latency, parked, mac)
                 VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![self.run.id, tag.as_slice(), known, next_allowed, refusals, latency, parked, mac.as_slice()])?;
        Ok(())
    }

    /// Writes what a robots.txt said; keeps an older one unless `replace`.
    pub(super) fn robots(&mut self, host: &HostKey, tag: &Tag, note: &RobotsNote, replace: bool) -> Result<()> {
        let circle = self.circle(&[])?;
        let [a, b] = crate::vault::halves(tag);
        let body = records::seal(&circle.key, self.run.id, &[circle.id, a, b], &RobotsRecord::from((host, note)))?;
        let sql = if replace {
            "INSERT OR REPLACE INTO robots(run, host, circle, mac, body) VALUES(?1, ?2, ?3, ?4, ?5)"
        } else {
            "INSERT OR IGNORE INTO robots(run, host, circle, mac, body) VALUES(?1, ?2, ?3, ?4, ?5)"
        };
        let mac = seal::check(self.run.vault.checks(), "robots", &[self.run.id, circle.id], &[tag]);
        self.conn.prepare_cached(sql)?.execute(params![self.run.id, tag.as_slice(), circle.id, mac.as_slice(), body])?;
        Ok(())
    }

    /// Writes a note.
    pub(super) fn note(&mut self, key: &str, value: &str) -> Result<()> {
        let circle = self.circle(&[])?;
        let tag = self.run.vault.tags().tag("note", &[key.as_bytes()]);
        let [a, b] = crate::vault::halves(&tag);
        let mac = seal::check(self.run.vault.checks(), "note", &[self.run.id, circle.id], &[&tag]);
        let record = NoteRecord { key: key.to_owned(), value: value.to_owned() };
        let body = records::seal(&circle.key, self.run.id, &[circle.id, a, b], &record)?;
        self.conn
            .prepare_cached("INSERT OR REPLACE INTO note(run, name, circle, mac, body) VALUES(?1, ?2, ?3, ?4, ?5)")?
            .execute(params![self.run.id, tag.as_slice(), circle.id, mac.as_slice(), body])?;
        Ok(())
    }

    /// Ends the run and deletes what was only needed while it went on.
    pub(super) fn finish(&mut self, now: Timestamp) -> Result<()> {
        let circle = self.circle(&[])?;
        let head = Head { id: self.run.id, circle: circle.id, state: FINISHED, expires: self.run.expires };
        let record = RunRecord { fingerprint: self.run.fingerprint.clone(), started: self.run.started, finished: Some(now) };
        head.write(self.conn, self.people, self.run.vault.checks(), &record)?;
        delete(self.conn, self.run.id, &["task"], &["host", "robots"])
    }
}

/// Deletes rows of a run from these tables.
fn delete(conn: &Connection, run: i64, by_id: &[&str], by_run: &[&str]) -> Result<()> {
    let (first, last) = ids_of(run);
    for table in by_id {
        conn.execute(&format!("DELETE FROM {table} WHERE id BETWEEN ?1 AND ?2"), [first, last])?;
    }
    for table in by_run {
        conn.execute(&format!("DELETE FROM {table} WHERE run = ?1"), [run])?;
    }
    Ok(())
}

/// Deletes the queue and the notes of a run that cannot be continued.
pub(crate) fn delete_queue(conn: &Connection, run: i64) -> Result<()> {
    delete(conn, run, &["task"], &BY_RUN)
}

/// Deletes everything of a run.
pub(crate) fn delete_run(conn: &Connection, run: i64) -> Result<()> {
    delete(conn, run, &BY_RUN_ID, &BY_RUN)?;
    conn.execute("DELETE FROM run WHERE id = ?1", [run])?;
    Ok(())
}

/// The next number, never beyond the rows of its run.
fn take(next: &mut i64) -> Result<i64> {
    let id = *next;
    if id & 0xffff_ffff == 0xffff_ffff {
        return Err(StoreError::Unwritable);
    }
    *next += 1;
    Ok(id)
}

/// The plain columns of a host.
fn host_numbers(update: Option<HostUpdate>, parked: Option<Outcome>) -> [i64; 5] {
    let parked = parked.map_or(0, outcome_code);
    match update {
        Some(u) => [1, nanos(u.next_allowed_at), i64::from(u.refusals), length(u.latency), parked],
        None => [0, 0, 0, 0, parked],
    }
}

/// An outcome as a number above 0.
fn outcome_code(outcome: Outcome) -> i64 {
    let kind = OutcomeKind::ALL.iter().position(|k| *k == outcome.kind).unwrap_or(0);
    let reason = outcome.reason.and_then(|r| OutcomeReason::ALL.iter().position(|o| *o == r));
    let reason = reason.map_or(0, |r| r + 1);
    i64::try_from(1 + kind + 16 * reason).unwrap_or(1)
}

/// The outcome of a number; None for 0 and for numbers that are none.
pub(super) fn outcome_of(code: i64) -> Option<Outcome> {
    let code = usize::try_from(code).ok()?.checked_sub(1)?;
    let kind = *OutcomeKind::ALL.get(code % 16)?;
    let reason = (code / 16).checked_sub(1).and_then(|r| OutcomeReason::ALL.get(r)).copied();
    Some(Outcome { kind, reason })
}

impl RunInner {
    /// The keyed hash of a host.
    pub(super) fn host_tag(&self, host: &HostKey) -> Tag {
        self.vault.tags().tag("host", &[host.0.as_bytes()])
    }

    /// The check over the columns of a row of the queue.
    pub(super) fn mac_of(&self, id: i64, row: &Row) -> Tag {
        let columns =
            [id, row.circle, row.kind, i64::from(row.priority), row.state.code(), i64::from(row.attempts), row.not_before];
        seal::check(self.vault.checks(), "task", &columns, &[&row.host, &row.key, &row.line])
    }

    /// The check over the columns of a row of the ledger, an outcome or a finding.
    pub(super) fn row_mac(&self, table: &'static str, id: i64, circle: i64) -> Tag {
        seal::check(self.vault.checks(), table, &[id, circle], &[])
    }

    /// The check over the columns of a host.
    pub(super) fn host_mac(&self, tag: &Tag, numbers: &[i64; 5]) -> Tag {
        let [known, next_allowed, refusals, latency, parked] = *numbers;
        let columns = [self.id, known, next_allowed, refusals, latency, parked];
        seal::check(self.vault.checks(), "host", &columns, &[tag])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_has_a_number_of_its_own() {
        let reasons = std::iter::once(None).chain(OutcomeReason::ALL.into_iter().map(Some));
        let all: Vec<Outcome> = reasons.flat_map(|reason| OutcomeKind::ALL.map(|kind| Outcome { kind, reason })).collect();
        let codes: std::collections::BTreeSet<i64> = all.iter().map(|o| outcome_code(*o)).collect();
        assert_eq!(codes.len(), all.len());
        assert!(all.iter().all(|o| outcome_of(outcome_code(*o)) == Some(*o)));
        assert_eq!(outcome_of(0), None);
    }
}
