//! Reading a run back.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _};
use unlisted_model::ports::{HostKey, LedgerEnd, LedgerEntry, RobotsNote, UnitOutcome};
use unlisted_model::{Finding, LineId, SubjectId};

use super::{Counts, LedgerRow, Run};
use crate::error::{Result, StoreError};
use crate::keys::Tag;
use crate::records::{self, FindingRecord, LedgerEndRecord, LedgerRecord, NoteRecord, OutcomeRecord, Record, RobotsRecord};
use crate::schema::ids_of;
use crate::vault::{People, halves};

impl Run {
    /// Every outcome so far, in the order in which they came.
    ///
    /// # Errors
    /// When it cannot be read, or one of them was damaged.
    pub fn outcomes(&self) -> Result<Vec<UnitOutcome>> {
        self.inner.vault.db().read(|conn, people| {
            let rows = rows(conn, "SELECT id, circle, body FROM outcome WHERE id BETWEEN ?1 AND ?2 ORDER BY id", self)?;
            rows.into_iter().map(|row| row.open::<OutcomeRecord>(conn, people)?.try_into()).collect()
        })
    }

    /// The findings about a person, in the order in which they came.
    ///
    /// # Errors
    /// When it cannot be read, or one of them was damaged.
    pub fn findings(&self, subject: &SubjectId) -> Result<Vec<Finding>> {
        self.inner.vault.db().read(|conn, people| {
            let Some(person) = people.find(conn, subject)? else { return Ok(Vec::new()) };
            let sql = "SELECT id, circle, body, mac FROM finding WHERE id BETWEEN ?1 AND ?2 ORDER BY id";
            let mut found = Vec::new();
            for (row, mac) in rows_with(conn, sql, self)? {
                if mac.as_deref() != Some(&self.inner.row_mac("finding", row.id, row.circle)) {
                    return Err(StoreError::Damaged("the-table-of-findings"));
                }
                // A finding is about one person: the only one of its circle.
                if *people.members(conn, row.circle)? == [person] {
                    found.push(row.open::<FindingRecord>(conn, people)?.try_into()?);
                }
            }
            Ok(found)
        })
    }

    /// What was sent, in order.
    ///
    /// # Errors
    /// When it cannot be read, or a row was damaged.
    pub fn ledger(&self) -> Result<Vec<LedgerRow>> {
        self.inner.vault.db().read(|conn, people| {
            let sql = "SELECT id, circle, body, end FROM ledger WHERE id BETWEEN ?1 AND ?2 ORDER BY id";
            let mut ledger = Vec::new();
            for (row, end) in rows_with(conn, sql, self)? {
                let entry: LedgerEntry = row.open::<LedgerRecord>(conn, people)?.try_into()?;
                let end = match end {
                    Some(body) => {
                        let key = people.open(conn, row.circle)?;
                        let record: LedgerEndRecord = records::open(&key, row.id, &[row.circle], &body)?;
                        Some(LedgerEnd::from(record))
                    }
                    None => None,
                };
                ledger.push(LedgerRow { entry, end });
            }
            Ok(ledger)
        })
    }

    /// How many requests each line of the plan has sent.
    pub fn spent(&self) -> BTreeMap<LineId, u32> {
        self.inner.state().spent.clone()
    }

    /// How many units (pages and questions, without further hops and robots.txt) were ever added under a line. Not kept beyond the end
    /// of the run.
    pub fn pages_pushed(&self, line: &LineId) -> u32 {
        let tag = self.inner.line_tag(&line.0);
        self.inner.state().pushed.get(&tag).copied().unwrap_or(0)
    }

    /// Whether a row with this key was ever added.
    pub fn knows(&self, key: &str) -> bool {
        let tag = self.inner.vault.tags().tag("key", &[key.as_bytes()]);
        self.inner.state().queue.knows(&tag)
    }

    /// How far it is.
    pub fn counts(&self) -> Counts {
        let (queued, in_work, done) = self.inner.state().queue.counts();
        Counts { queued, in_work, done }
    }

    /// Every robots.txt so far. Deleted when the run ends.
    ///
    /// # Errors
    /// When it cannot be read, or one of them was damaged.
    pub fn robots(&self) -> Result<Vec<(HostKey, RobotsNote)>> {
        self.inner.vault.db().read(|conn, people| {
            let sql = "SELECT host, circle, body FROM robots WHERE run = ?1 ORDER BY host";
            let mut all = Vec::new();
            for (tag, circle, body) in tagged(conn, sql, self.inner.id)? {
                let [a, b] = halves(&tag);
                let key = people.open(conn, circle)?;
                all.push(records::open::<RobotsRecord>(&key, self.inner.id, &[circle, a, b], &body)?.try_into()?);
            }
            Ok(all)
        })
    }

    /// Every note, by key.
    ///
    /// # Errors
    /// When it cannot be read, or one of them was damaged.
    pub fn notes(&self) -> Result<BTreeMap<String, String>> {
        self.inner.vault.db().read(|conn, people| {
            let sql = "SELECT name, circle, body FROM note WHERE run = ?1";
            let mut all = BTreeMap::new();
            for (tag, circle, body) in tagged(conn, sql, self.inner.id)? {
                let [a, b] = halves(&tag);
                let key = people.open(conn, circle)?;
                let note: NoteRecord = records::open(&key, self.inner.id, &[circle, a, b], &body)?;
                all.insert(note.key, note.value);
            }
            Ok(all)
        })
    }

    /// One note.
    ///
    /// # Errors
    /// When it cannot be read, or was damaged.
    pub fn note_of(&self, key: &str) -> Result<Option<String>> {
        let run = &*self.inner;
        let tag = run.vault.tags().tag("note", &[key.as_bytes()]);
        run.vault.db().read(|conn, people| {
            let mut select = conn.prepare_cached("SELECT circle, body FROM note WHERE run = ?1 AND name = ?2")?;
            let row =
                select.query_row(rusqlite::params![run.id, tag.as_slice()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            let Some((circle, body)): Option<(i64, Vec<u8>)> = row else { return Ok(None) };
            let [a, b] = halves(&tag);
            let key = people.open(conn, circle)?;
            Ok(Some(records::open::<NoteRecord>(&key, run.id, &[circle, a, b], &body)?.value))
        })
    }
}

/// A sealed row.
struct Sealed {
    id: i64,
    circle: i64,
    body: Vec<u8>,
}

impl Sealed {
    fn open<R: Record>(&self, conn: &Connection, people: &mut People) -> Result<R> {
        let key = people.open(conn, self.circle)?;
        records::open(&key, self.id, &[self.circle], &self.body)
    }
}

fn rows(conn: &Connection, sql: &str, run: &Run) -> Result<Vec<Sealed>> {
    let (first, last) = ids_of(run.inner.id);
    let mut select = conn.prepare_cached(sql)?;
    let rows = select.query_map([first, last], |row| Ok(Sealed { id: row.get(0)?, circle: row.get(1)?, body: row.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn rows_with(conn: &Connection, sql: &str, run: &Run) -> Result<Vec<(Sealed, Option<Vec<u8>>)>> {
    let (first, last) = ids_of(run.inner.id);
    let mut select = conn.prepare_cached(sql)?;
    let rows = select
        .query_map([first, last], |row| Ok((Sealed { id: row.get(0)?, circle: row.get(1)?, body: row.get(2)? }, row.get(3)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn tagged(conn: &Connection, sql: &str, run: i64) -> Result<Vec<(Tag, i64, Vec<u8>)>> {
    let mut select = conn.prepare_cached(sql)?;
    let rows = select.query_map([run], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
