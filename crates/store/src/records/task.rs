//! Sealed form of a row of the queue.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use unlisted_model::ports::{HostKey, NewTask, Work};
use unlisted_model::{LineId, SourceId};

use super::query::QueryRecord;
use super::{Record, ids, subjects};
use crate::error::{Result, StoreError};

/// A row of the queue.
#[derive(Serialize, Deserialize)]
pub(crate) struct TaskRecord {
    line: String,
    source: String,
    r#for: Vec<String>,
    host: String,
    key: String,
    not_before: Option<Timestamp>,
    priority: u8,
    work: WorkRecord,
}

/// What it asks for.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WorkRecord {
    Unit(QueryRecord),
    Hop { query: QueryRecord, to: String, hops: u8 },
    Robots { url: String, of: String, hops: u8 },
}

impl Record for TaskRecord {
    const KIND: &'static str = "task";
}

impl From<&NewTask> for TaskRecord {
    fn from(task: &NewTask) -> Self {
        Self {
            line: task.line.0.clone(),
            source: task.source.0.clone(),
            r#for: ids(&task.for_),
            host: task.host.0.clone(),
            key: task.key.clone(),
            not_before: task.not_before,
            priority: task.priority,
            work: match &task.work {
                Work::Unit(query) => WorkRecord::Unit(query.into()),
                Work::Hop { query, to, hops } => WorkRecord::Hop { query: query.into(), to: to.clone(), hops: *hops },
                Work::Robots { url, of, hops } => WorkRecord::Robots { url: url.clone(), of: of.0.clone(), hops: *hops },
            },
        }
    }
}

impl TryFrom<TaskRecord> for NewTask {
    type Error = StoreError;

    fn try_from(record: TaskRecord) -> Result<Self> {
        Ok(Self {
            line: LineId(record.line),
            source: SourceId(record.source),
            for_: subjects(&record.r#for)?,
            host: HostKey(record.host),
            key: record.key,
            not_before: record.not_before,
            priority: record.priority,
            work: match record.work {
                WorkRecord::Unit(query) => Work::Unit(query.try_into()?),
                WorkRecord::Hop { query, to, hops } => Work::Hop { query: query.try_into()?, to, hops },
                WorkRecord::Robots { url, of, hops } => Work::Robots { url, of: HostKey(of), hops },
            },
        })
    }
}
