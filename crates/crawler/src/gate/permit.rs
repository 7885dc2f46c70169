//! What the gate hands out. Only [`super::Gate::admit`] makes one, and sending takes it away.

use std::collections::BTreeSet;

use unlisted_model::ports::{HostKey, LedgerId};
use unlisted_model::query::{Discloses, LineId};
use unlisted_model::source::SourceId;
use unlisted_model::subject::SubjectId;
use url::Url;

use crate::request::RequestKind;

/// The one private place that a request may reach: the person's own search engine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct OwnMachine {
    /// Its host, as the address writes it.
    pub(crate) host: String,
    /// Its port.
    pub(crate) port: u16,
    /// It may also be on a public address, since it is marked as the person's or party's own.
    pub(crate) public_too: bool,
}

/// Leave for one request.
pub struct Permit {
    pub(crate) url: Url,
    pub(crate) kind: RequestKind,
    pub(crate) accept: &'static str,
    pub(crate) range: Option<(u64, u64)>,
    pub(crate) user_agent: String,
    pub(crate) line: LineId,
    pub(crate) source: SourceId,
    pub(crate) for_: Vec<SubjectId>,
    pub(crate) discloses: BTreeSet<Discloses>,
    pub(crate) host: HostKey,
    pub(crate) ledger: LedgerId,
    pub(crate) slow: bool,
    pub(crate) own_machine: Option<OwnMachine>,
}

impl Permit {
    /// Every subject that it serves.
    pub fn serves(&self) -> &[SubjectId] {
        &self.for_
    }

    /// The host and port that it goes to.
    pub fn host(&self) -> &HostKey {
        &self.host
    }

    /// The line of the plan that it counts against.
    pub fn line(&self) -> &LineId {
        &self.line
    }

    /// The source that asks.
    pub fn source(&self) -> &SourceId {
        &self.source
    }

    /// What it tells.
    pub fn discloses(&self) -> &BTreeSet<Discloses> {
        &self.discloses
    }

    /// Its row of the ledger.
    pub fn ledger(&self) -> LedgerId {
        self.ledger
    }

    /// Whether it asks, fetches a page, or reads robots.txt.
    pub fn kind(&self) -> RequestKind {
        self.kind
    }
}

/// The address may hold words of the person, so only its host is shown.
impl std::fmt::Debug for Permit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Permit").field("host", &self.host.0).field("line", &self.line).finish_non_exhaustive()
    }
}
