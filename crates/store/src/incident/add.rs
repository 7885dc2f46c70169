//! Adding an entry.

use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};
use unlisted_model::incident::{Account, Entry, EntryKind, Evidence, NewEntry};
use unlisted_model::{Reveal, Secret, SubjectId};

use super::{entry_place, pieces, read};
use crate::error::{Result, StoreError};
use crate::keys::{Key, hex, unhex};
use crate::records::{self, ChainRecord, incident};
use crate::seal;
use crate::vault::{Reach, Vault};

const LARGEST_FILE_MIB: u64 = 100;
const MOST_FILES: usize = 20;
const LONGEST_TEXT_KIB: usize = 64;
const MOST_REPORTS: usize = 50;

/// Lengths of sealed entries are rounded up to this, so that they tell little.
pub(super) const ENTRY_STEP: usize = 1024;

pub(super) fn add(vault: &Vault, subject: &SubjectId, new: &NewEntry) -> Result<Entry> {
    check_bounds(new)?;
    let files: Vec<Evidence> = new
        .files
        .iter()
        .map(|file| Evidence {
            name: file.name.clone(),
            kind: file.kind,
            ending: file.ending.clone(),
            length: file.bytes.len() as u64,
            sha256: Sha256::digest(&file.bytes).into(),
        })
        .collect();
    vault.inner().db().write(Reach::Disk, |tx, people| {
        let person = people.ensure(tx, subject)?;
        let key = people.key(tx, person)?;
        let mut head = end_of(tx, &key, person)?;
        let number = head.entries.checked_add(1).ok_or(StoreError::Unwritable)?;
        let incident = match new.kind {
            EntryKind::Incident => {
                head.incidents = head.incidents.checked_add(1).ok_or(StoreError::Unwritable)?;
                head.incidents
            }
            EntryKind::Addition { to } if (1..=head.incidents).contains(&to) => to,
            EntryKind::Addition { to } => return Err(StoreError::UnknownIncident(to)),
            EntryKind::Export { .. } => 0,
        };
        let mut entry = Entry {
            number,
            incident,
            kind: new.kind.clone(),
            clock: new.clock,
            account: new.account.clone(),
            files,
            // Empty for the first, and when the end was made anew after an entry that does not open.
            previous: if head.last.is_empty() { [0; 32] } else { unhex(&head.last).ok_or(records::UNREADABLE)? },
            raw: Vec::new(),
            sha256: [0; 32],
        };
        entry.raw = incident::write(&entry)?;
        entry.sha256 = Sha256::digest(&entry.raw).into();
        let beside = [i64::from(number)];
        let body = seal::seal(&key, entry_place(person, &beside), 1, &pieces::padded(&entry.raw, ENTRY_STEP)?)?;
        tx.prepare_cached("INSERT INTO entry(person, number, body) VALUES(?1, ?2, ?3)")?
            .execute(params![person, number, body])?;
        for (index, file) in new.files.iter().enumerate() {
            pieces::write(tx, &key, pieces::FileAt::new(person, number, index), &file.bytes)?;
        }
        head.entries = number;
        head.last = hex(&entry.sha256);
        let body = records::seal(&key, person, &[], &head)?;
        tx.prepare_cached("INSERT OR REPLACE INTO chain(person, body) VALUES(?1, ?2)")?.execute(params![person, body])?;
        Ok(entry)
    })
}

/// The end of a person's chain, as far as the next entry needs it.
fn end_of(tx: &Connection, key: &Key, person: i64) -> Result<ChainRecord> {
    let mut select = tx.prepare_cached("SELECT EXISTS(SELECT 1 FROM entry WHERE person = ?1 AND number >= ?2)")?;
    let mut is_there_from = |number: i64| select.query_row([person, number], |row| row.get::<_, bool>(0));
    let end = read::end(tx, key, person)?;
    match end {
        Some(end) if !is_there_from(i64::from(end.entries) + 1)? => Ok(end),
        None if !is_there_from(i64::MIN)? => Ok(ChainRecord::default()),
        end => mend(tx, key, person, end.unwrap_or_default()),
    }
}

/// Makes an end anew that is gone, does not open, or is older than the entries: as far as they open, and marked for good.
fn mend(tx: &Connection, key: &Key, person: i64, old: ChainRecord) -> Result<ChainRecord> {
    let rows = read::rows(tx, person)?;
    let mut end = old;
    let mut last = None;
    for (&number, body) in &rows {
        if let Ok(entry) = read::open(key, person, number, body) {
            end.incidents = end.incidents.max(entry.incident);
            last = Some(entry);
        }
    }
    end.entries = end.entries.max(last.as_ref().map_or(0, |entry| entry.number));
    while rows.contains_key(&(i64::from(end.entries) + 1)) {
        end.entries = end.entries.checked_add(1).ok_or(StoreError::Unwritable)?;
    }
    let last = last.filter(|entry| entry.number == end.entries);
    end.last = last.map_or_else(String::new, |entry| hex(&entry.sha256));
    if end.mended.last() != Some(&end.entries) {
        end.mended.push(end.entries);
    }
    Ok(end)
}

fn check_bounds(new: &NewEntry) -> Result<()> {
    if new.files.len() > MOST_FILES {
        return Err(StoreError::TooManyFiles { limit: MOST_FILES });
    }
    if new.files.iter().any(|file| file.bytes.len() as u64 > LARGEST_FILE_MIB << 20) {
        return Err(StoreError::FileTooLarge { limit: LARGEST_FILE_MIB });
    }
    if new.account.reported.len() > MOST_REPORTS {
        return Err(StoreError::TooManyReports { limit: MOST_REPORTS });
    }
    let too_long = |text: &str| text.len() > LONGEST_TEXT_KIB << 10;
    let audience = matches!(&new.kind, EntryKind::Export { audience, .. } if too_long(audience));
    let file = |file: &unlisted_model::incident::NewFile| too_long(&file.ending) || too_long(file.name.reveal(Reveal::AtRest));
    if audience || new.files.iter().any(file) || texts(&new.account).any(|text| too_long(text.reveal(Reveal::AtRest))) {
        return Err(StoreError::TooLong { limit: LONGEST_TEXT_KIB });
    }
    Ok(())
}

fn texts(account: &Account) -> impl Iterator<Item = &Secret> {
    let Account { what, place, page, account: name, profile, words, witness, effect, reported, .. } = account;
    let told = [what, place, page, name, profile, words, witness, effect].into_iter().flatten();
    told.chain(reported.iter().flat_map(|report| std::iter::once(&report.to).chain(&report.reference)))
}
