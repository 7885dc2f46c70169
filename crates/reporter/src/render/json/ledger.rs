//! `unlisted/ledger/v1`.

use jiff::Timestamp;
use serde::Serialize;
use unlisted_model::query::Discloses;

use super::moment;
use super::words::V1Discloses;

/// One request that was really sent. The address is left out: it may hold words of a search.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LedgerLine {
    /// The line of the plan.
    pub line: String,
    /// The source.
    pub source: String,
    /// The host that was told.
    pub host: String,
    /// `query`, `page` or `robots`.
    pub kind: String,
    /// What it was told.
    pub discloses: Vec<Discloses>,
    /// When.
    pub at: Timestamp,
    /// The status code, if there was an answer.
    pub status: Option<u16>,
}

#[derive(Serialize)]
pub(super) struct V1Ledger {
    schema: &'static str,
    rows: Vec<V1Row>,
}

#[derive(Serialize)]
struct V1Row {
    at: String,
    line: String,
    source: String,
    host: String,
    kind: String,
    discloses: Vec<V1Discloses>,
    status: Option<u16>,
}

impl From<&[LedgerLine]> for V1Ledger {
    fn from(lines: &[LedgerLine]) -> Self {
        Self { schema: "unlisted/ledger/v1", rows: lines.iter().map(V1Row::from).collect() }
    }
}

impl From<&LedgerLine> for V1Row {
    fn from(line: &LedgerLine) -> Self {
        Self {
            at: moment(line.at),
            line: line.line.clone(),
            source: line.source.clone(),
            host: line.host.clone(),
            kind: line.kind.clone(),
            discloses: line.discloses.iter().map(|d| (*d).into()).collect(),
            status: line.status,
        }
    }
}
