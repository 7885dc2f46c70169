//! Beginning a run, and finding one again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use rusqlite::{Connection, params};
use unlisted_model::SubjectId;

use super::queue::Queue;
use super::time::nanos;
use super::writer::{CLOSED, FINISHED, STALE, UNFINISHED};
use super::{ASIDE, NewRun, Next, Run, RunInner, RunState, load};
use crate::error::{Result, StoreError};
use crate::keys::{Key, Tag};
use crate::records::{self, RunRecord};
use crate::seal;
use crate::vault::{Inner, People, Reach, next_id};

impl Run {
    pub(crate) fn begin(vault: &Arc<Inner>, new: NewRun) -> Result<Self> {
        let subjects: BTreeSet<SubjectId> = new.subjects.into_iter().collect();
        let list: Vec<SubjectId> = subjects.iter().cloned().collect();
        let expires = nanos(new.expires);
        let record = RunRecord { fingerprint: new.fingerprint, started: new.started, finished: None };
        let mut runs = vault.runs();
        let head = vault.db().write(Reach::Disk, |tx, people| {
            for subject in &list {
                people.ensure(tx, subject)?;
            }
            let circle = people.circle(tx, &list)?;
            let id = next_id(tx, "run")?;
            let head = Head { id, circle: circle.id, state: UNFINISHED, expires };
            head.write(tx, people, vault.checks(), &record)?;
            Ok(head)
        })?;
        let inner = Arc::new(RunInner::new(vault, subjects, &head, record));
        runs.insert(head.id, Arc::downgrade(&inner));
        Ok(Self { inner })
    }

    pub(crate) fn unfinished(
        vault: &Arc<Inner>,
        subjects: &[SubjectId],
        fingerprint: &str,
        since: Timestamp,
    ) -> Result<Option<Self>> {
        let wanted: BTreeSet<SubjectId> = subjects.iter().cloned().collect();
        let found = vault.db().read(|conn, people| {
            let mut members = BTreeSet::new();
            for subject in &wanted {
                match people.find(conn, subject)? {
                    Some(id) => members.insert(id),
                    None => return Ok(None),
                };
            }
            for head in heads(conn, vault.checks())?.into_iter().filter(|head| head.state == UNFINISHED) {
                if !members.iter().eq(people.members(conn, head.circle)?.iter()) {
                    continue;
                }
                let record = head.open(conn, people)?;
                if record.fingerprint == fingerprint && record.started >= since {
                    return Ok(Some(head));
                }
            }
            Ok(None)
        })?;
        found.map(|head| Self::of(vault, &head)).transpose()
    }

    pub(crate) fn last(vault: &Arc<Inner>, subject: &SubjectId) -> Result<Option<Self>> {
        let found = vault.db().read(|conn, people| {
            let Some(person) = people.find(conn, subject)? else { return Ok(None) };
            for head in heads(conn, vault.checks())? {
                if head.state != CLOSED && people.members(conn, head.circle)?.contains(&person) && !head.is_aside(conn, people)? {
                    return Ok(Some(head));
                }
            }
            Ok(None)
        })?;
        found.map(|head| Self::of(vault, &head)).transpose()
    }

    /// The runs of a person that are no checks, oldest first.
    pub(crate) fn asides(vault: &Arc<Inner>, subject: &SubjectId) -> Result<Vec<Self>> {
        let found = vault.db().read(|conn, people| {
            let mut found = Vec::new();
            let Some(person) = people.find(conn, subject)? else { return Ok(found) };
            for head in heads(conn, vault.checks())? {
                if head.state != CLOSED && people.members(conn, head.circle)?.contains(&person) && head.is_aside(conn, people)? {
                    found.push(head);
                }
            }
            Ok(found)
        })?;
        found.iter().rev().map(|head| Self::of(vault, head)).collect()
    }

    /// The handle of a run: the one that is open, or a fresh one from the file.
    fn of(vault: &Arc<Inner>, head: &Head) -> Result<Self> {
        let mut runs = vault.runs();
        if let Some(inner) = runs.get(&head.id).and_then(std::sync::Weak::upgrade) {
            return Ok(Self { inner });
        }
        let (record, subjects) = vault.db().read(|conn, people| {
            let record = head.open(conn, people)?;
            let mut subjects = BTreeSet::new();
            for &member in people.members(conn, head.circle)?.iter() {
                subjects.insert(people.name_of(conn, member)?);
            }
            Ok((record, subjects))
        })?;
        let inner = Arc::new(RunInner::new(vault, subjects, head, record));
        load::load(&inner)?;
        runs.insert(head.id, Arc::downgrade(&inner));
        Ok(Self { inner })
    }
}

impl RunInner {
    fn new(vault: &Arc<Inner>, subjects: BTreeSet<SubjectId>, head: &Head, record: RunRecord) -> Self {
        let first = (head.id << 32) | 1;
        Self {
            vault: Arc::clone(vault),
            id: head.id,
            subjects,
            circle: head.circle,
            fingerprint: record.fingerprint,
            started: record.started,
            expires: head.expires,
            state: Mutex::new(RunState {
                queue: Queue::default(),
                next: Next { task: first, ledger: first, outcome: first, finding: first },
                spent: BTreeMap::new(),
                pushed: BTreeMap::new(),
                finished: record.finished,
            }),
        }
    }
}

/// The plain columns of a run.
pub(crate) struct Head {
    pub(crate) id: i64,
    pub(crate) circle: i64,
    pub(crate) state: i64,
    pub(crate) expires: i64,
}

impl Head {
    /// Writes it with its record, in place of what was there.
    pub(crate) fn write(&self, conn: &Connection, people: &mut People, checks: &Key, record: &RunRecord) -> Result<()> {
        let key = people.open(conn, self.circle)?;
        let body = records::seal(&key, self.id, &[self.circle, self.state, self.expires], record)?;
        let sql = "INSERT OR REPLACE INTO run(id, circle, state, expires, mac, body) VALUES(?1, ?2, ?3, ?4, ?5, ?6)";
        let mac = self.mac(checks);
        let row = params![self.id, self.circle, self.state, self.expires, mac.as_slice(), body];
        conn.prepare_cached(sql)?.execute(row)?;
        Ok(())
    }

    fn mac(&self, checks: &Key) -> Tag {
        seal::check(checks, "run", &[self.id, self.circle, self.state, self.expires], &[])
    }

    /// Whether it is no check.
    fn is_aside(&self, conn: &Connection, people: &mut People) -> Result<bool> {
        // One that does not open is left to whoever asks for it, so that it is told and not passed over.
        Ok(self.open(conn, people).is_ok_and(|record| record.fingerprint.starts_with(ASIDE)))
    }

    /// Opens its record.
    pub(crate) fn open(&self, conn: &Connection, people: &mut People) -> Result<RunRecord> {
        let mut select = conn.prepare_cached("SELECT body FROM run WHERE id = ?1")?;
        let body: Vec<u8> = select.query_row([self.id], |row| row.get(0))?;
        let key = people.open(conn, self.circle)?;
        let record: RunRecord = records::open(&key, self.id, &[self.circle, self.state, self.expires], &body)?;
        let known = [UNFINISHED, FINISHED, CLOSED, STALE].contains(&self.state);
        if known && (self.state == FINISHED) == record.finished.is_some() {
            Ok(record)
        } else {
            Err(StoreError::Damaged("the-form-of-a-check"))
        }
    }
}

/// All runs, newest first, each proven to be as it was written.
pub(crate) fn heads(conn: &Connection, checks: &Key) -> Result<Vec<Head>> {
    let mut select = conn.prepare_cached("SELECT id, circle, state, expires, mac FROM run ORDER BY id DESC")?;
    let mut rows = select.query([])?;
    let mut heads = Vec::new();
    while let Some(row) = rows.next()? {
        let head = Head { id: row.get(0)?, circle: row.get(1)?, state: row.get(2)?, expires: row.get(3)? };
        if row.get::<_, Tag>(4)? != head.mac(checks) {
            return Err(StoreError::Damaged("the-table-of-checks"));
        }
        heads.push(head);
    }
    Ok(heads)
}
