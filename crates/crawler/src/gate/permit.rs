//! What the gate hands out. Only [`super::Gate::admit`] makes one, and sending takes it away.

use std::collections::BTreeSet;

use unlisted_model::ports::HostKey;
use unlisted_model::query::{Discloses, LineId};
use unlisted_model::source::SourceId;
use unlisted_model::subject::SubjectId;
use url::Url;

use crate::request::RequestKind;

/// Leave for one request.
#[derive(Debug)]
pub struct Permit {
    pub(crate) url: Url,
    pub(crate) kind: RequestKind,
    pub(crate) accept: &'static str,
    pub(crate) user_agent: String,
    pub(crate) line: LineId,
    pub(crate) source: SourceId,
    pub(crate) for_: Vec<SubjectId>,
    pub(crate) discloses: BTreeSet<Discloses>,
    pub(crate) host: HostKey,
    /// The one private address (host and port) that this request may reach: the person's own SearXNG.
    pub(crate) own_machine: Option<(String, u16)>,
}

impl Permit {
    /// Every subject that it serves.
    pub fn serves(&self) -> &[SubjectId] {
        &self.for_
    }

    /// The host that it goes to.
    pub fn host(&self) -> &HostKey {
        &self.host
    }
}
