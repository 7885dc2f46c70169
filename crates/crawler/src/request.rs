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
#[derive(Clone)]
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
    redirected: bool,
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
            redirected: false,
        }
    }

    /// A page whose address was received whole: `[[pages]]`, `--url`, a recorded answer, a redirect from such a page.
    pub fn page(address: Url, line: &LineId, source: &SourceId, for_: &[SubjectId]) -> Self {
        let mut request = Self::to(address, line, source, for_);
        request.base.set_fragment(None);
        request.kind = RequestKind::Page;
        request.accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5";
        request.discloses.insert(Discloses::Page);
        request.whole = true;
        request
    }

    /// A robots.txt at this address. The first one asked is [`Request::robots_of`] a page; a redirect may name another.
    pub fn robots(address: Url, line: &LineId, source: &SourceId, for_: &[SubjectId]) -> Self {
        let mut request = Self::page(address, line, source, for_);
        request.kind = RequestKind::Robots;
        request.accept = "text/plain,*/*;q=0.5";
        request
    }

    /// The robots.txt of the site of this request's address (RFC 9309 §2.3: same scheme, host and port), for the same
    /// line, source and people.
    pub fn robots_of(&self) -> Self {
        let mut address = self.base.clone();
        address.set_path("/robots.txt");
        address.set_query(None);
        Self::robots(address, &self.line, &self.source, &self.for_)
    }

    /// The same question after a redirect to `to`. The address was received whole and is fetched unchanged, as a page
    /// whatever asked first; what it discloses stays what was disclosed first, since the new address may repeat it.
    #[must_use]
    pub fn redirected(mut self, to: Url) -> Self {
        if self.kind == RequestKind::Query {
            self.kind = RequestKind::Page;
        }
        self.base = to;
        self.base.set_fragment(None);
        self.whole = true;
        self.redirected = true;
        self
    }

    /// Whether a redirect led here.
    pub fn is_redirected(&self) -> bool {
        self.redirected
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
        self.whole = false;
        self
    }

    /// Adds a query parameter whose value is a slot; what it discloses is counted.
    #[must_use]
    pub fn slot(mut self, name: &str, slot: &Slot, encoding: Encoding) -> Self {
        let text = slot.text.reveal(Reveal::OnTheWire);
        let written = match encoding {
            Encoding::Plain => text.to_owned(),
            Encoding::Slug => {
                text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join("-")
            }
        };
        self.base.query_pairs_mut().append_pair(name, &written);
        self.discloses.extend(slot.discloses.iter().copied());
        self.slots.push(slot.clone());
        self.whole = false;
        self
    }

    /// Adds a path segment that is a slot; what it discloses is counted.
    #[must_use]
    pub fn segment(mut self, slot: &Slot) -> Self {
        // An address that has no path to add to (`data:`) never passes the scheme stage.
        if let Ok(mut path) = self.base.path_segments_mut() {
            path.pop_if_empty().push(slot.text.reveal(Reveal::OnTheWire));
        }
        self.discloses.extend(slot.discloses.iter().copied());
        self.slots.push(slot.clone());
        self.whole = false;
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

    /// The slots that were written into it.
    pub(crate) fn slots(&self) -> &[Slot] {
        &self.slots
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

/// The address may hold words of the person, so only its host is shown.
impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request")
            .field("kind", &self.kind)
            .field("line", &self.line)
            .field("host", &self.base.host_str())
            .finish_non_exhaustive()
    }
}
