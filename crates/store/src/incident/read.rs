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
use crate::vault::Vault;

pub(super) fn chain(vault: &Vault, subject: &SubjectId, check_files: bool) -> Result<Chain> {
    vault.inner().db().read(|conn, people| {
        let Some(person) = people.find(conn, subject)? else { return Ok(Chain::default()) };
        let key = people.key(conn, person)?;
        let rows = rows(conn, person)?;
        let mut chain = Chain::default();
        let end = end(conn, &key, person)?;
        if end.is_none() && (!rows.is_empty() || has_end(conn, person)?) {
            chain.faults.push(ChainFault::EndUnknown);
        }
        walk(&key, person, &rows, end.as_ref(), &mut chain)?;
        if check_files {
            let Chain { entries, faults } = &mut chain;
            for entry in entries.iter() {
                for (index, file) in entry.files.iter().enumerate() {
                    faults.extend(file_fault(conn, &key, person, entry.number, index, file)?);
                }
            }
        }
        Ok(chain)
    })
}

/// Sealed entries by the number in their plain column.
pub(super) fn rows(conn: &Connection, person: i64) -> Result<BTreeMap<i64, Vec<u8>>> {
    let mut select = conn.prepare_cached("SELECT number, body FROM entry WHERE person = ?1")?;
    let rows = select.query_map([person], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    Ok(rows)
}

/// The end of the chain; none when it is not there or does not open.
pub(super) fn end(conn: &Connection, key: &Key, person: i64) -> Result<Option<ChainRecord>> {
    let mut select = conn.prepare_cached("SELECT body FROM chain WHERE person = ?1")?;
    let body: Option<Vec<u8>> = select.query_row([person], |row| row.get(0)).optional()?;
    match body.map(|body| records::open::<ChainRecord>(key, person, &[], &body)) {
        Some(Err(StoreError::NewerRecord)) => Err(StoreError::NewerRecord),
        Some(Ok(end)) => Ok(Some(end)),
        Some(Err(_)) | None => Ok(None),
    }
}

/// Whether there is an end, be it one that does not open.
fn has_end(conn: &Connection, person: i64) -> Result<bool> {
    let mut select = conn.prepare_cached("SELECT EXISTS(SELECT 1 FROM chain WHERE person = ?1)")?;
    Ok(select.query_row([person], |row| row.get(0))?)
}

fn walk(key: &Key, person: i64, rows: &BTreeMap<i64, Vec<u8>>, end: Option<&ChainRecord>, chain: &mut Chain) -> Result<()> {
    let last = rows.keys().next_back().copied().unwrap_or(0);
    let mut before = Some([0; 32]);
    let mut expected = 1;
    for (&number, body) in rows {
        let told = u32::try_from(number).unwrap_or(0);
        if number > expected {
            before = None;
        }
        // A gap as wide as a damaged number could make it is told up to the end that is known, and never longer than the record.
        let known_end = end.map_or(i64::from(u32::MAX), |end| i64::from(end.entries));
        for missing in (expected..number.min(known_end.saturating_add(1))).take(MOST_TOLD) {
            chain.faults.push(ChainFault::Missing { number: u32::try_from(missing).unwrap_or(0) });
        }
        expected = expected.max(number.saturating_add(1));
        match open(key, person, number, body) {
            Ok(entry) => {
                if before.is_some_and(|before| before != entry.previous) {
                    chain.faults.push(ChainFault::NotChained { number: told });
                }
                before = Some(entry.sha256);
                chain.entries.push(entry);
            }
            Err(StoreError::NewerRecord) => return Err(StoreError::NewerRecord),
            Err(_) => {
                before = None;
                chain.faults.push(ChainFault::Unreadable { number: told });
            }
        }
        if number > known_end {
            chain.faults.push(ChainFault::BeyondEnd { number: told });
        }
    }
    if let Some(end) = end {
        chain.faults.extend(end.mended.iter().map(|&number| ChainFault::EndMended { number }));
        let written = i64::from(end.entries);
        if last < written {
            chain.faults.push(ChainFault::CutOff { last: u32::try_from(last).unwrap_or(0), written: end.entries });
        } else if last == written && last > 0 && before.is_some_and(|before| hex(&before) != end.last) {
            chain.faults.push(ChainFault::NotChained { number: end.entries });
        }
    }
    Ok(())
}

/// So many missing entries are named one by one.
const MOST_TOLD: usize = 10_000;

/// Opens an entry in its place.
pub(super) fn open(key: &Key, person: i64, number: i64, body: &[u8]) -> Result<Entry> {
    let plain = seal::open(key, entry_place(person, &[number]), 1, body)?;
    let raw = pieces::unpadded(&plain).ok_or(records::UNREADABLE)?.to_vec();
    let sha256 = Sha256::digest(&raw).into();
    let entry = incident::read(raw, sha256)?;
    if i64::from(entry.number) == number { Ok(entry) } else { Err(records::UNREADABLE) }
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
        let body: Option<Vec<u8>> = select.query_row([person, i64::from(entry)], |row| row.get(0)).optional()?;
        let kept = open(&key, person, i64::from(entry), &body.ok_or(StoreError::NoSuchEvidence)?)?;
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
