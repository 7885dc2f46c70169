//! Sealed form of a query.

use serde::{Deserialize, Serialize};
use unlisted_model::{Discloses, LineId, Query, QueryKey, Reveal, Secret, Slot, Slots, SourceId};

use super::{UNREADABLE, ids, subjects};
use crate::error::{Result, StoreError};

/// A query.
#[derive(Serialize, Deserialize)]
pub(crate) struct QueryRecord {
    line: String,
    source: String,
    what: String,
    key: String,
    r#for: Vec<String>,
    slots: Vec<SlotRecord>,
}

/// One slot of it.
#[derive(Serialize, Deserialize)]
struct SlotRecord {
    name: String,
    discloses: Vec<String>,
    text: String,
}

/// Words of disclosures.
pub(crate) fn words(discloses: &[Discloses]) -> Vec<String> {
    discloses.iter().map(|d| d.as_str().to_owned()).collect()
}

/// Disclosures of words.
pub(crate) fn disclosures(words: &[String]) -> Result<Vec<Discloses>> {
    words.iter().map(|w| Discloses::parse(w).ok_or(UNREADABLE)).collect()
}

impl From<&Query> for QueryRecord {
    fn from(query: &Query) -> Self {
        Self {
            line: query.line.0.clone(),
            source: query.source.0.clone(),
            what: query.what.clone(),
            key: query.key.0.reveal(Reveal::AtRest).to_owned(),
            r#for: ids(&query.for_),
            slots: query
                .slots
                .0
                .iter()
                .map(|slot| SlotRecord {
                    name: slot.name.clone(),
                    discloses: words(&slot.discloses),
                    text: slot.text.reveal(Reveal::AtRest).to_owned(),
                })
                .collect(),
        }
    }
}

impl TryFrom<QueryRecord> for Query {
    type Error = StoreError;

    fn try_from(record: QueryRecord) -> Result<Self> {
        let slot = |slot: SlotRecord| {
            Ok(Slot { name: slot.name, discloses: disclosures(&slot.discloses)?, text: Secret::new(slot.text) })
        };
        Ok(Self {
            line: LineId(record.line),
            source: SourceId(record.source),
            what: record.what,
            key: QueryKey(Secret::new(record.key)),
            for_: subjects(&record.r#for)?,
            slots: Slots(record.slots.into_iter().map(slot).collect::<Result<_>>()?),
        })
    }
}
