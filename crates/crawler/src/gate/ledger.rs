//! The last stage: what will be sent is written down before it is sent.

use jiff::Timestamp;
use unlisted_model::ports::{Ledger, LedgerEntry, LedgerId};

use super::Refusal;
use crate::request::Request;

/// Writes the row of a request ahead.
pub(super) fn begin(ledger: &dyn Ledger, request: &Request, host: &str, now: Timestamp) -> Result<LedgerId, Refusal> {
    let entry = LedgerEntry {
        at: now,
        line: request.line.clone(),
        source: request.source.clone(),
        host: host.to_owned(),
        method: "GET".to_owned(),
        url: request.url().as_str().to_owned(),
        discloses: request.discloses().iter().copied().collect(),
        for_: request.for_.clone(),
        kind: request.kind.as_str().to_owned(),
    };
    ledger.begin(&entry).map_err(Refusal::Ledger)
}
