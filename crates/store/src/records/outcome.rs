//! Sealed form of the outcome of a unit.

use serde::{Deserialize, Serialize};
use unlisted_model::ports::UnitOutcome;
use unlisted_model::{LineId, Outcome, OutcomeKind, OutcomeReason, SourceId, SubjectId};

use super::{Record, UNREADABLE, ids, subjects};
use crate::error::{Result, StoreError};

/// An outcome with its place.
#[derive(Serialize, Deserialize)]
pub(crate) struct OutcomeRecord {
    source: String,
    line: String,
    host: String,
    url: String,
    kind: String,
    reason: Option<String>,
    cut: bool,
    r#for: Vec<String>,
}

impl Record for OutcomeRecord {
    const KIND: &'static str = "outcome";
}

impl OutcomeRecord {
    /// The same without a person who is being forgotten.
    pub(crate) fn without(mut self, subject: &SubjectId) -> Self {
        self.r#for.retain(|id| id != subject.as_str());
        self
    }
}

impl From<&UnitOutcome> for OutcomeRecord {
    fn from(unit: &UnitOutcome) -> Self {
        Self {
            source: unit.source.0.clone(),
            line: unit.line.0.clone(),
            host: unit.host.clone(),
            url: unit.url.clone(),
            kind: unit.outcome.kind.as_str().to_owned(),
            reason: unit.outcome.reason.map(|r| r.as_str().to_owned()),
            cut: unit.cut,
            r#for: ids(&unit.for_),
        }
    }
}

impl TryFrom<OutcomeRecord> for UnitOutcome {
    type Error = StoreError;

    fn try_from(record: OutcomeRecord) -> Result<Self> {
        let kind = OutcomeKind::ALL.into_iter().find(|k| k.as_str() == record.kind).ok_or(UNREADABLE)?;
        let reason = record.reason.map(|r| OutcomeReason::parse(&r).ok_or(UNREADABLE)).transpose()?;
        Ok(Self {
            source: SourceId(record.source),
            line: LineId(record.line),
            host: record.host,
            url: record.url,
            outcome: Outcome { kind, reason },
            cut: record.cut,
            for_: subjects(&record.r#for)?,
        })
    }
}
