//! Reading a record of abuse back, and telling what is wrong with it.

use std::collections::BTreeMap;
use std::io::Write;

use rusqlite::{Connection, OptionalExtension as _};
use sha2::{Digest, Sha256};
use unlisted_model::SubjectId;
use unlisted_model::incident::{Entry, Evidence};

use super::pieces::{self, FileAt, Stop};
use super::{Chain, ChainFault, entry_place};
use crate::error::{Result, StoreError};
use crate::keys::{Key, hex};
use crate::records::{self, ChainRecord, incident};
use crate::seal;
use crate::vault::{Reached, Vault};

pub(super) fn chain(vault: &Vault, subject: &SubjectId, check_files: bool) -> Result<Chain> {
    vault.inner().db().read(|conn, people| {
        let Some(person) = people.find(conn, subject)? else { return Ok(Chain::default()) };
        let key = people.key(conn, person)?;
        let rows = rows(conn, person)?;
        let mut chain = Chain::default();
        let end = end(conn, &key, person)?;
        let reached = people.reached(conn, person)?;
        if end.is_none() && (!rows.is_empty() || reached.entries > 0 || has_end(conn, person)?) {
            chain.faults.push(ChainFault::EndUnknown);
        }
        walk(&key, person, &rows, end.as_ref(), reached, &mut chain);
        if check_files {
            let Chain { entries, faults } = &mut chain;
            for entry in entries.iter() {
                for (index, file) in entry.files.iter().enumerate() {
                    faults.extend(file_fault(conn, &key, person, entry.number, index, file)?);
                }
            }
        }
        if let Some(count) = chain.faults.len().checked_sub(MOST_TOLD).filter(|count| *count > 0) {
            chain.faults.truncate(MOST_TOLD);
            chain.faults.push(ChainFault::More { count });
        }
        Ok(chain)
    })
}

/// So many faults are told one by one.
const MOST_TOLD: usize = 20;

/// An entry of the longest texts is shorter than this, sealed, in bytes.
const LONGEST_ENTRY: i64 = 64 << 20;

/// What stands in the table of entries for a person.
#[derive(Default)]
pub(super) struct Rows {
    /// Sealed entries by the number in their plain column; none where something else stands in place of one.
    pub(super) entries: BTreeMap<u32, Option<Vec<u8>>>,
    /// How many stand under a number that no entry can have.
    foreign: usize,
}

impl Rows {
    fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.foreign == 0
    }
}

/// The rows of a person, whatever stands in them.
pub(super) fn rows(conn: &Connection, person: i64) -> Result<Rows> {
    let mut select =
        conn.prepare_cached("SELECT number, CASE WHEN length(body) <= ?2 THEN body END FROM entry WHERE person = ?1")?;
    let mut found = select.query([person, LONGEST_ENTRY])?;
    let mut rows = Rows::default();
    while let Some(row) = found.next()? {
        let number = row.get_ref(0)?.as_i64().ok().and_then(|number| u32::try_from(number).ok()).filter(|number| *number > 0);
        match number {
            Some(number) => {
                rows.entries.insert(number, row.get_ref(1)?.as_blob().ok().map(<[u8]>::to_vec));
            }
            None => rows.foreign += 1,
        }
    }
    Ok(rows)
}

/// The end of the chain; none when it is not there or does not open.
///
/// A damaged first byte looks like a newer version, so that is no reason to keep the rest closed: a newer program's record stands in a
/// newer file.
pub(super) fn end(conn: &Connection, key: &Key, person: i64) -> Result<Option<ChainRecord>> {
    let mut select = conn.prepare_cached("SELECT CASE WHEN length(body) <= ?2 THEN body END FROM chain WHERE person = ?1")?;
    let body: Option<Option<Vec<u8>>> =
        select.query_row([person, LONGEST_ENTRY], |row| Ok(row.get_ref(0)?.as_blob().ok().map(<[u8]>::to_vec))).optional()?;
    Ok(body.flatten().and_then(|body| records::open::<ChainRecord>(key, person, &[], &body).ok()))
}

/// Whether there is an end, be it one that does not open.
fn has_end(conn: &Connection, person: i64) -> Result<bool> {
    let mut select = conn.prepare_cached("SELECT EXISTS(SELECT 1 FROM chain WHERE person = ?1)")?;
    Ok(select.query_row([person], |row| row.get(0))?)
}

fn walk(key: &Key, person: i64, rows: &Rows, end: Option<&ChainRecord>, reached: Reached, chain: &mut Chain) {
    let last = rows.entries.keys().next_back().copied().unwrap_or(0);
    let mut before = Some([0; 32]);
    let mut expected = 1;
    let known_end = match end {
        Some(end) => end.entries,
        None if reached.entries > 0 => reached.entries,
        None => u32::MAX,
    };
    for (&number, body) in &rows.entries {
        if number > expected {
            before = None;
        }
        // A gap as wide as a damaged number could make it is told up to the end that is known, and never longer than the record.
        for missing in (expected..number.min(known_end.saturating_add(1))).take(MOST_MISSED.saturating_sub(chain.faults.len())) {
            chain.faults.push(ChainFault::Missing { number: missing });
        }
        expected = expected.max(number.saturating_add(1));
        match open(key, person, number, body.as_deref()) {
            Ok(entry) => {
                if before.is_some_and(|before| before != entry.previous) {
                    chain.faults.push(ChainFault::NotChained { number });
                }
                before = Some(entry.sha256);
                chain.entries.push(entry);
            }
            Err(_) => {
                before = None;
                chain.faults.push(ChainFault::Unreadable { number });
            }
        }
        if number > known_end {
            chain.faults.push(ChainFault::BeyondEnd { number });
        }
    }
    chain.faults.extend(std::iter::repeat_n(ChainFault::Foreign, rows.foreign));
    if let Some(end) = end {
        chain.faults.extend(end.mended.iter().map(|&number| ChainFault::EndMended { number }));
        if last == end.entries && last > 0 && before.is_some_and(|before| hex(&before) != end.last) {
            chain.faults.push(ChainFault::NotChained { number: last });
        }
    }
    let written = reached.entries.max(end.map_or(0, |end| end.entries));
    if last < written {
        chain.faults.push(ChainFault::CutOff { last, written });
    }
}

/// Missing entries are counted as long as there are fewer faults than this.
const MOST_MISSED: usize = 10_000;

/// Opens an entry in its place.
pub(super) fn open(key: &Key, person: i64, number: u32, body: Option<&[u8]>) -> Result<Entry> {
    let body = body.ok_or(records::UNREADABLE)?;
    let plain = seal::open(key, entry_place(person, &[i64::from(number)]), 1, body)?;
    let raw = pieces::unpadded(&plain).ok_or(records::UNREADABLE)?.to_vec();
    let sha256 = Sha256::digest(&raw).into();
    let entry = incident::read(raw, sha256)?;
    if entry.number == number { Ok(entry) } else { Err(records::UNREADABLE) }
}

fn file_fault(
    conn: &Connection,
    key: &Key,
    person: i64,
    number: u32,
    index: usize,
    file: &Evidence,
) -> Result<Option<ChainFault>> {
    let nth = u32::try_from(index + 1).unwrap_or(u32::MAX);
    match copy(conn, key, FileAt::new(person, number, index), file, &mut std::io::sink()) {
        Ok(()) => Ok(None),
        Err(Stop::Missing) => Ok(Some(ChainFault::FileMissing { number, file: nth })),
        Err(Stop::Damaged) => Ok(Some(ChainFault::FileDamaged { number, file: nth })),
        Err(Stop::Fault(error)) => Err(error),
    }
}

pub(super) fn evidence(vault: &Vault, subject: &SubjectId, entry: u32, index: usize, sink: &mut dyn Write) -> Result<()> {
    vault.inner().db().read(|conn, people| {
        let person = people.find(conn, subject)?.ok_or(StoreError::NoSuchEvidence)?;
        let key = people.key(conn, person)?;
        let mut select = conn.prepare_cached("SELECT body FROM entry WHERE person = ?1 AND number = ?2")?;
        let body = select
            .query_row([person, i64::from(entry)], |row| Ok(row.get_ref(0)?.as_blob().ok().map(<[u8]>::to_vec)))
            .optional()?;
        let kept = open(&key, person, entry, body.ok_or(StoreError::NoSuchEvidence)?.as_deref())?;
        let file = kept.files.get(index).ok_or(StoreError::NoSuchEvidence)?;
        copy(conn, &key, FileAt::new(person, entry, index), file, sink).map_err(|stop| match stop {
            Stop::Missing | Stop::Damaged => StoreError::EvidenceDamaged,
            Stop::Fault(error) => error,
        })
    })
}

/// Copies a file and compares its sum.
fn copy(conn: &Connection, key: &Key, at: FileAt, file: &Evidence, sink: &mut dyn Write) -> Result<(), Stop> {
    let mut sum = Sha256::new();
    pieces::read(conn, key, at, file.length, |piece| {
        sum.update(piece);
        sink.write_all(piece).map_err(|error| StoreError::copy(&error))
    })?;
    sink.flush().map_err(|error| StoreError::copy(&error))?;
    if <[u8; 32]>::from(sum.finalize()) == file.sha256 { Ok(()) } else { Err(Stop::Damaged) }
}
