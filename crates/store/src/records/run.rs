//! Sealed forms of what belongs to a whole run: its head, notes of the engine, robots.txt of its hosts.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use unlisted_model::ports::{HostKey, RobotsNote};

use super::{Record, UNREADABLE};
use crate::error::{Result, StoreError};

/// Head of a run.
#[derive(Serialize, Deserialize)]
pub(crate) struct RunRecord {
    pub(crate) fingerprint: String,
    pub(crate) started: Timestamp,
    pub(crate) finished: Option<Timestamp>,
}

impl Record for RunRecord {
    const KIND: &'static str = "run";
}

/// A note of the engine, under its key.
#[derive(Serialize, Deserialize)]
pub(crate) struct NoteRecord {
    pub(crate) key: String,
    pub(crate) value: String,
}

impl Record for NoteRecord {
    const KIND: &'static str = "note";
}

/// What the robots.txt of a host said.
#[derive(Serialize, Deserialize)]
pub(crate) struct RobotsRecord {
    host: String,
    said: String,
    body: Option<String>,
}

impl Record for RobotsRecord {
    const KIND: &'static str = "robots";
}

impl From<(&HostKey, &RobotsNote)> for RobotsRecord {
    fn from((host, note): (&HostKey, &RobotsNote)) -> Self {
        let (said, body) = match note {
            RobotsNote::Body(bytes) => ("body", Some(BASE64.encode(bytes))),
            RobotsNote::AllowAll => ("allow-all", None),
            RobotsNote::DisallowAll => ("disallow-all", None),
        };
        Self { host: host.0.clone(), said: said.to_owned(), body }
    }
}

impl TryFrom<RobotsRecord> for (HostKey, RobotsNote) {
    type Error = StoreError;

    fn try_from(record: RobotsRecord) -> Result<Self> {
        let note = match (record.said.as_str(), record.body) {
            ("body", Some(body)) => RobotsNote::Body(BASE64.decode(body).map_err(|_| UNREADABLE)?),
            ("allow-all", None) => RobotsNote::AllowAll,
            ("disallow-all", None) => RobotsNote::DisallowAll,
            _ => return Err(UNREADABLE),
        };
        Ok((HostKey(record.host), note))
    }
}
