//! What is to be sent: built from literal parts and slots, so that what it discloses is computed, not claimed.

use std::collections::BTreeSet;

use unlisted_model::query::{Discloses, LineId, Slot};
use unlisted_model::source::SourceId;
use unlisted_model::subject::SubjectId;
use unlisted_model::{Reveal, Secret};
use url::Url;

/// How a slot's text is written into a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    /// As a query parameter or path segment, percent-encoded as needed.
    Plain,
    /// Lower case, words joined by hyphens.
    Slug,
}

/// Whether a request asks a source, fetches a page, or reads robots.txt (which skips the robots stage).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RequestKind {
    /// A question to a source's own interface.
    Query,
    /// A page that was received whole.
    Page,
    /// A host's robots.txt.
    Robots,
}

impl RequestKind {
    /// The word of the ledger.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Page => "page",
            Self::Robots => "robots",
        }
    }
}

/// A request that no gate has seen yet. It cannot be sent as it is.
#[derive(Clone, Debug)]
pub struct Request {
    /// Kind.
    pub kind: RequestKind,
    /// Plan line.
    pub line: LineId,
    /// Source.
    pub source: SourceId,
    /// Whom it serves.
    pub for_: Vec<SubjectId>,
    /// `Accept` header.
    pub accept: &'static str,
    base: Url,
    discloses: BTreeSet<Discloses>,
    /// Slot texts that the gate may admit into the request.
    slots: Vec<Slot>,
    /// An address received whole may be fetched unchanged: the last guard lets its own text pass.
    whole: bool,
}

impl Request {
    /// Starts a request to a source's own address.
    pub fn to(base: Url, line: &LineId, source: &SourceId, for_: &[SubjectId]) -> Self {
        Self {
            kind: RequestKind::Query,
            line: line.clone(),
            source: source.clone(),
            for_: for_.to_vec(),
            accept: "*/*",
            base,
            discloses: BTreeSet::new(),
            slots: Vec::new(),
            whole: false,
        }
    }

    /// A page whose address was received whole: `[[pages]]`, `--url`, a recorded answer, a redirect from such a page.
    pub fn page(address: Url, line: &LineId, source: &SourceId, for_: &[SubjectId]) -> Self {
        let mut request = Self::to(address, line, source, for_);
        request.kind = RequestKind::Page;
        request.accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5";
        request.discloses.insert(Discloses::Page);
        request.whole = true;
        request
    }

    /// The robots.txt of the host of `address`.
    pub fn robots(address: Url, line: &LineId, source: &SourceId, for_: &[SubjectId]) -> Self {
        let mut request = Self::page(address, line, source, for_);
        request.kind = RequestKind::Robots;
        request.accept = "text/plain,*/*;q=0.5";
        request
    }

    /// Sets `Accept`.
    #[must_use]
    pub fn accept(mut self, accept: &'static str) -> Self {
        self.accept = accept;
        self
    }

    /// Adds a literal query parameter.
    #[must_use]
    pub fn param(mut self, name: &str, value: &str) -> Self {
        self.base.query_pairs_mut().append_pair(name, value);
        self
    }

    /// Adds a query parameter whose value is a slot; what it discloses is counted.
    #[must_use]
    pub fn slot(mut self, name: &str, slot: &Slot, encoding: Encoding) -> Self {
        let text = slot.text.reveal(Reveal::OnTheWire);
        let written = match encoding {
            Encoding::Plain => text.to_owned(),
            Encoding::Slug => text
                .to_lowercase()
                .split(|c: char| !c.is_alphanumeric())
                .filter(|w| !w.is_empty())
                .collect::<Vec<_>>()
                .join("-"),
        };
        self.base.query_pairs_mut().append_pair(name, &written);
        self.discloses.extend(slot.discloses.iter().copied());
        self.slots.push(slot.clone());
        self
    }

    /// Everything that this request discloses.
    pub fn discloses(&self) -> &BTreeSet<Discloses> {
        &self.discloses
    }

    /// The address as it would go on the wire.
    pub fn url(&self) -> &Url {
        &self.base
    }

    /// The texts that slots put into it.
    pub fn admitted_texts(&self) -> impl Iterator<Item = &Secret> {
        self.slots.iter().map(|s| &s.text)
    }

    /// Whether its address was received whole.
    pub fn is_whole(&self) -> bool {
        self.whole
    }
}
