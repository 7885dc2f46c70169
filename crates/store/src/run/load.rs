//! Taking a run up again from the file: every row of its queue is checked, and what was in work waits again.

use std::collections::BTreeMap;

use rusqlite::Connection;
use unlisted_model::Outcome;
use unlisted_model::ports::HostUpdate;

use super::queue::{Row, State};
use super::time::{duration, moment};
use super::writer::{Writer, outcome_of};
use super::{RunInner, RunState};
use crate::error::{Result, StoreError};
use crate::keys::Tag;
use crate::records::{self, LedgerRecord};
use crate::schema::ids_of;
use crate::vault::{People, Reach};

const DAMAGED: StoreError = StoreError::Damaged("a-row-of-the-queue");

/// Fills the state of a run that was just opened.
pub(super) fn load(run: &RunInner) -> Result<()> {
    let mut state = run.state();
    let (hosts, mut rows) = run.vault.db().read(|conn, people| {
        state.spent = spent(run, conn, people)?;
        let next = &mut state.next;
        next.task = after(conn, run.id, "task")?;
        next.ledger = after(conn, run.id, "ledger")?;
        next.outcome = after(conn, run.id, "outcome")?;
        next.finding = after(conn, run.id, "finding")?;
        Ok((hosts(run, conn)?, rows(run, conn)?))
    })?;
    let parked: BTreeMap<Tag, Outcome> = hosts.iter().filter_map(|(tag, _, parked)| Some((*tag, (*parked)?))).collect();
    if state.finished.is_none() {
        recover(run, &mut state, &mut rows, &parked)?;
    }
    for (tag, update, parked) in hosts {
        state.queue.set_host(tag, update, parked);
    }
    state.add(&rows);
    Ok(())
}

/// Rows that were in work when the process ended wait again (the try counts); rows of a given-up host end as its others did.
fn recover(run: &RunInner, state: &mut RunState, rows: &mut [(i64, Row)], parked: &BTreeMap<Tag, Outcome>) -> Result<()> {
    let stale = |row: &Row| {
        matches!(row.state, State::InWork | State::Taken) || (row.state == State::Waiting && parked.contains_key(&row.host))
    };
    if !rows.iter().any(|(_, row)| stale(row)) {
        return Ok(());
    }
    let next = run.vault.db().write(Reach::Disk, |tx, people| {
        let mut writer = Writer::new(tx, people, run, state.next);
        for (id, row) in rows.iter_mut().filter(|(_, row)| stale(row)) {
            match parked.get(&row.host) {
                Some(outcome) => {
                    let task = writer.task_body(*id, row)?;
                    writer.ended_with_host(&task, *outcome)?;
                    row.state = State::Done;
                }
                None => row.state = State::Waiting,
            }
            writer.task_state(*id, row)?;
        }
        Ok(writer.next)
    })?;
    state.next = next;
    Ok(())
}

/// How many requests each line has sent.
fn spent(run: &RunInner, conn: &Connection, people: &mut People) -> Result<BTreeMap<unlisted_model::LineId, u32>> {
    let (first, last) = ids_of(run.id);
    let mut select = conn.prepare_cached("SELECT id, circle, body FROM ledger WHERE id BETWEEN ?1 AND ?2")?;
    let mut rows = select.query([first, last])?;
    let mut spent = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (id, circle, body): (i64, i64, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let key = people.open(conn, circle)?;
        let line = records::open::<LedgerRecord>(&key, id, &[circle], &body)?.line();
        *spent.entry(line).or_default() += 1;
    }
    Ok(spent)
}

/// The number after the last row of a table.
fn after(conn: &Connection, run: i64, table: &str) -> Result<i64> {
    let (first, last) = ids_of(run);
    let sql = format!("SELECT max(id) FROM {table} WHERE id BETWEEN ?1 AND ?2");
    let max: Option<i64> = conn.query_row(&sql, [first, last], |row| row.get(0))?;
    Ok(max.unwrap_or(first) + 1)
}

type KnownHost = (Tag, Option<HostUpdate>, Option<Outcome>);

fn hosts(run: &RunInner, conn: &Connection) -> Result<Vec<KnownHost>> {
    let mut select =
        conn.prepare_cached("SELECT host, known, next_allowed, refusals, latency, parked, mac FROM host WHERE run = ?1")?;
    let mut rows = select.query([run.id])?;
    let mut hosts = Vec::new();
    while let Some(row) = rows.next()? {
        let tag: Tag = row.get(0)?;
        let numbers = [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?];
        if row.get::<_, Tag>(6)? != run.host_mac(&tag, &numbers) {
            return Err(DAMAGED);
        }
        let [known, next_allowed, refusals, latency, parked] = numbers;
        let update = (known == 1).then(|| HostUpdate {
            next_allowed_at: moment(next_allowed),
            refusals: u32::try_from(refusals).unwrap_or(u32::MAX),
            latency: duration(latency),
        });
        hosts.push((tag, update, outcome_of(parked)));
    }
    Ok(hosts)
}

fn rows(run: &RunInner, conn: &Connection) -> Result<Vec<(i64, Row)>> {
    let (first, last) = ids_of(run.id);
    let mut select = conn.prepare_cached(
        "SELECT id, circle, kind, priority, state, attempts, not_before, host, key, line, mac FROM task
         WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
    )?;
    let mut found = select.query([first, last])?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let id = row.get(0)?;
        let state: i64 = row.get(4)?;
        let task = Row {
            circle: row.get(1)?,
            kind: row.get(2)?,
            priority: row.get(3)?,
            state: State::ALL.into_iter().find(|s| s.code() == state).ok_or(DAMAGED)?,
            attempts: row.get(5)?,
            not_before: row.get(6)?,
            host: row.get(7)?,
            key: row.get(8)?,
            line: row.get(9)?,
        };
        if row.get::<_, Tag>(10)? != run.mac_of(id, &task) {
            return Err(DAMAGED);
        }
        rows.push((id, task));
    }
    Ok(rows)
}
