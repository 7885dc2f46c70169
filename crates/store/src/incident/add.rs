//! Adding an entry.

use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};
use unlisted_model::incident::{Account, Entry, EntryKind, Evidence, NewEntry};
use unlisted_model::{Reveal, Secret, SubjectId};

use super::read::Rows;
use super::{entry_place, pieces, read};
use crate::error::{Result, StoreError};
use crate::keys::{Key, hex, unhex};
use crate::records::{self, ChainRecord, incident};
use crate::seal;
use crate::vault::{Reach, Reached, Vault};

const LARGEST_FILE_MIB: u64 = 100;
const MOST_FILES: usize = 20;
/// All files of an entry are in memory at once.
const LARGEST_ENTRY_MIB: u64 = 200;
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
        let reached = people.reached(tx, person)?;
        let mut head = end_of(tx, &key, person, reached)?;
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
        people.reach(tx, person, Reached { entries: head.entries, incidents: head.incidents })?;
        Ok(entry)
    })
}

/// The end of a person's chain, as far as the next entry needs it.
fn end_of(tx: &Connection, key: &Key, person: i64, reached: Reached) -> Result<ChainRecord> {
    let rows = read::rows(tx, person)?;
    match read::end(tx, key, person)? {
        Some(end) if end.entries >= reached.entries && !goes_on(key, person, &rows, end.entries) => Ok(end),
        None if reached.entries == 0 && rows.entries.is_empty() => Ok(ChainRecord::default()),
        end => mend(key, person, &rows, end.unwrap_or_default(), reached),
    }
}

/// Whether the record goes on after this number. What does not open there is none of ours, unless it is in the way of the next.
fn goes_on(key: &Key, person: i64, rows: &Rows, last: u32) -> bool {
    let mut after = rows.entries.range(last.saturating_add(1)..).filter(|(number, _)| **number > last);
    after.any(|(&number, body)| number == last + 1 || read::open(key, person, number, body.as_deref()).is_ok())
}

/// Makes an end anew that is gone, does not open, or is older than the entries: as far as they open, or as the person's own row tells
/// that they went; and marked for good.
fn mend(key: &Key, person: i64, rows: &Rows, old: ChainRecord, reached: Reached) -> Result<ChainRecord> {
    let mut end = old;
    let mut last = None;
    for (&number, body) in &rows.entries {
        if let Ok(entry) = read::open(key, person, number, body.as_deref()) {
            end.incidents = end.incidents.max(entry.incident);
            last = Some(entry);
        }
    }
    end.incidents = end.incidents.max(reached.incidents);
    end.entries = end.entries.max(reached.entries).max(last.as_ref().map_or(0, |entry| entry.number));
    while end.entries.checked_add(1).is_some_and(|next| rows.entries.contains_key(&next)) {
        end.entries += 1;
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
    if new.files.iter().map(|file| file.bytes.len() as u64).sum::<u64>() > LARGEST_ENTRY_MIB << 20 {
        return Err(StoreError::EntryTooLarge { limit: LARGEST_ENTRY_MIB });
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
