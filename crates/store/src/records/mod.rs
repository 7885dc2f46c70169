//! The forms in which model types are sealed: JSON inside the seal, one struct per type, a version for each.
//!
//! Model types are not `Serialize`; a change of theirs is answered here, with a new version and a way from the old one,
//! and never reaches a file by accident. Words (`as_str`/`parse`) stand for enums, so that their order may change.

mod finding;
pub(crate) mod incident;
mod ledger;
mod outcome;
mod query;
mod run;
mod task;

pub(crate) use finding::FindingRecord;
pub(crate) use incident::ChainRecord;
pub(crate) use ledger::{LedgerEndRecord, LedgerRecord};
pub(crate) use outcome::OutcomeRecord;
pub(crate) use run::{NoteRecord, RobotsRecord, RunRecord};
pub(crate) use task::TaskRecord;

use serde::Serialize;
use serde::de::DeserializeOwned;
use unlisted_model::SubjectId;
use zeroize::Zeroizing;

use crate::error::{Result, StoreError};
use crate::keys::Key;
use crate::seal::{self, Place};

/// A form with its name and version.
pub(crate) trait Record: Serialize + DeserializeOwned {
    /// Kind, part of the seal.
    const KIND: &'static str;
    /// Newest version, which is the one written.
    const VERSION: u8 = 1;
}

/// Seals a record at a place.
pub(crate) fn seal<R: Record>(key: &Key, id: i64, beside: &[i64], record: &R) -> Result<Vec<u8>> {
    let plain = Zeroizing::new(serde_json::to_vec(record).map_err(|_| StoreError::Unwritable)?);
    seal::seal(key, Place { kind: R::KIND, id, beside }, R::VERSION, &plain)
}

/// Opens a record at a place.
pub(crate) fn open<R: Record>(key: &Key, id: i64, beside: &[i64], sealed: &[u8]) -> Result<R> {
    let plain = seal::open(key, Place { kind: R::KIND, id, beside }, R::VERSION, sealed)?;
    serde_json::from_slice(&plain).map_err(|_| UNREADABLE)
}

/// A record that opens but holds a word that this program does not know.
pub(crate) const UNREADABLE: StoreError = StoreError::Damaged("the-form-of-a-record");

/// Ids as text.
pub(crate) fn ids(subjects: &[SubjectId]) -> Vec<String> {
    subjects.iter().map(|s| s.as_str().to_owned()).collect()
}

/// Text as ids.
pub(crate) fn subjects(ids: &[String]) -> Result<Vec<SubjectId>> {
    ids.iter().map(|id| SubjectId::new(id).ok_or(UNREADABLE)).collect()
}
