//! Sealed forms of a row of the ledger: what was sent, and how it ended.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use unlisted_model::ports::{LedgerEnd, LedgerEntry};
use unlisted_model::{LineId, SourceId, SubjectId};

use super::query::{disclosures, words};
use super::{Record, ids, subjects};
use crate::error::{Result, StoreError};

/// What was sent.
#[derive(Serialize, Deserialize)]
pub(crate) struct LedgerRecord {
    at: Timestamp,
    line: String,
    source: String,
    host: String,
    method: String,
    url: String,
    discloses: Vec<String>,
    r#for: Vec<String>,
    kind: String,
}

impl Record for LedgerRecord {
    const KIND: &'static str = "ledger";
}

impl LedgerRecord {
    /// The same without a person who is being forgotten.
    pub(crate) fn without(mut self, subject: &SubjectId) -> Self {
        self.r#for.retain(|id| id != subject.as_str());
        self
    }

    /// Its line.
    pub(crate) fn line(self) -> LineId {
        LineId(self.line)
    }
}

impl From<&LedgerEntry> for LedgerRecord {
    fn from(entry: &LedgerEntry) -> Self {
        Self {
            at: entry.at,
            line: entry.line.0.clone(),
            source: entry.source.0.clone(),
            host: entry.host.clone(),
            method: entry.method.clone(),
            url: entry.url.clone(),
            discloses: words(&entry.discloses),
            r#for: ids(&entry.for_),
            kind: entry.kind.clone(),
        }
    }
}

impl TryFrom<LedgerRecord> for LedgerEntry {
    type Error = StoreError;

    fn try_from(record: LedgerRecord) -> Result<Self> {
        Ok(Self {
            at: record.at,
            line: LineId(record.line),
            source: SourceId(record.source),
            host: record.host,
            method: record.method,
            url: record.url,
            discloses: disclosures(&record.discloses)?,
            for_: subjects(&record.r#for)?,
            kind: record.kind,
        })
    }
}

/// How it ended. Sealed too: the size of an answer tells which page it was.
#[derive(Serialize, Deserialize)]
pub(crate) struct LedgerEndRecord {
    status: Option<u16>,
    bytes: u64,
    seconds: u64,
    nanos: u32,
}

impl Record for LedgerEndRecord {
    const KIND: &'static str = "ledger-end";
}

impl From<&LedgerEnd> for LedgerEndRecord {
    fn from(end: &LedgerEnd) -> Self {
        Self { status: end.status, bytes: end.bytes, seconds: end.took.as_secs(), nanos: end.took.subsec_nanos() }
    }
}

impl From<LedgerEndRecord> for LedgerEnd {
    fn from(record: LedgerEndRecord) -> Self {
        // Below one second by construction; the cap keeps `Duration::new` from overflowing on a record of our own making.
        let took = Duration::new(record.seconds, record.nanos.min(999_999_999));
        Self { status: record.status, bytes: record.bytes, took }
    }
}
