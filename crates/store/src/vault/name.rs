//! The sealed name of a person, and in it how far their record of abuse goes.
//!
//! The record could be deleted with its own end. Its last number stands here as well, written in the same transaction, in a value
//! without which nothing of the person opens.

use unlisted_model::SubjectId;

use crate::error::{Result, StoreError};
use crate::keys::Key;
use crate::seal::{self, Place};

const DAMAGED: StoreError = StoreError::Damaged("the-table-of-people");

/// How far a person's record of abuse goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Reached {
    /// Number of the last entry; 0: none was ever written.
    pub(crate) entries: u32,
    /// Number of the last incident.
    pub(crate) incidents: u32,
}

/// Seals a name. Version 1 is the id alone; version 2 has a line with two numbers behind it.
pub(super) fn seal(key: &Key, id: i64, subject: &SubjectId, reached: Reached) -> Result<Vec<u8>> {
    if reached == Reached::default() {
        return seal::seal(key, place(id), 1, subject.as_str().as_bytes());
    }
    let text = format!("{subject}\n{} {}", reached.entries, reached.incidents);
    seal::seal(key, place(id), 2, text.as_bytes())
}

/// Opens a name.
pub(super) fn open(key: &Key, id: i64, sealed: &[u8]) -> Result<(SubjectId, Reached)> {
    let plain = seal::open(key, place(id), 2, sealed)?;
    let text = std::str::from_utf8(&plain).map_err(|_| DAMAGED)?;
    let (name, numbers) = text.split_once('\n').unwrap_or((text, "0 0"));
    let (entries, incidents) = numbers.split_once(' ').ok_or(DAMAGED)?;
    let number = |text: &str| text.parse().map_err(|_| DAMAGED);
    let reached = Reached { entries: number(entries)?, incidents: number(incidents)? };
    Ok((SubjectId::new(name).ok_or(DAMAGED)?, reached))
}

const fn place(id: i64) -> Place<'static> {
    Place { kind: "person name", id, beside: &[] }
}
