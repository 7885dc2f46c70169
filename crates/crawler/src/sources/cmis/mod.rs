//! One connector for every council that runs CMIS: its list of councillors, then, for one who turns out to be the person, their
//! own page. There is no service behind these sites, only pages. Shapes: `knowledge/councils.md` §4 of the design.
//!
//! The list names everyone. Each councillor becomes a document of their own; the engine keeps the one that is about the person and
//! drops the rest at once. Nothing here compares names.

mod list;
mod person;
#[cfg(test)]
pub(super) mod tests;

use unlisted_model::query::{Discloses, LineId, Query, Slots};
use unlisted_model::source::{SourceId, SourceRow};
use unlisted_model::subject::{Subject, SubjectId};
use unlisted_model::{Council, Councils, Document, Media, Nature, Outcome, OutcomeKind, OutcomeReason, Text};
use url::Url;

use super::moderngov::page::Page;
use super::page::page_key;
use super::site::bare_host;
use super::slots;
use crate::exchange::Response;
use crate::request::Request;
use crate::source::{Answer, Line, Source, SourceError};

/// The id of the source.
pub(super) const ID: &str = "cmis";
/// Namesakes on one council whose pages are looked at.
const NAMESAKES: u32 = 3;
/// The list, the page that leads to it, and both without encryption.
const LISTS: u32 = 4;

/// The two questions.
const COUNCILLORS: &str = "councillors";
const PROFILE: &str = "profile";
/// The slot of a question that is asked without encryption, because the site has none.
const PLAIN: &str = "plain";

/// A page of one councillor has this in its path.
const PERSON: &str = "/viewcmis_person/";

pub(super) struct Cmis {
    row: SourceRow,
    councils: Councils,
}

impl Cmis {
    pub(super) fn new(row: SourceRow, councils: Councils) -> Self {
        Self { row, councils }
    }

    fn council(&self, code: &str) -> Option<&Council> {
        self.councils.get(code).filter(|c| c.platform == ID && c.base.is_some())
    }

    /// The address of a council's list, with https: many rows are older than the site's certificate.
    fn list(&self, code: &str, plain: bool) -> Result<Url, SourceError> {
        let mut url = self.council(code).and_then(|c| c.base.clone()).ok_or(SourceError::NotMine)?;
        url.set_fragment(None);
        if url.port().is_none() {
            url.set_scheme(if plain { "http" } else { "https" }).map_err(|()| SourceError::NotMine)?;
        }
        Ok(url)
    }

    /// The address that a question asks.
    fn address(&self, query: &Query) -> Result<Url, SourceError> {
        if query.source != SourceId::new(ID) {
            return Err(SourceError::NotMine);
        }
        match (query.what.as_str(), query.slots.get("page")) {
            (COUNCILLORS | PROFILE, Some(_)) => slots::address(query, "page"),
            (COUNCILLORS, None) => self.list(slots::text(query, "council")?, query.slots.get(PLAIN).is_some()),
            _ => Err(SourceError::NotMine),
        }
    }
}

fn question(what: &str, council: &str, page: Option<&Url>, address: &Url, for_: &[SubjectId]) -> Query {
    let mut slots = Slots::default().with("council", &[], council);
    if let Some(page) = page {
        slots = slots.with("page", &[Discloses::Page], page.as_str());
    }
    Query {
        line: LineId(format!("{ID}/{what}")),
        source: SourceId::new(ID),
        what: what.to_owned(),
        key: page_key(address),
        for_: for_.to_vec(),
        slots,
    }
}

impl Source for Cmis {
    fn id(&self) -> &'static str {
        ID
    }

    fn lines(&self, subject: &Subject) -> Vec<Line> {
        let Some(council) = subject.candidacy.council.as_deref().and_then(|code| self.council(code)) else { return vec![] };
        let Ok(address) = self.list(&council.code, false) else { return vec![] };
        let for_ = [subject.id.clone()];
        let first = question(COUNCILLORS, &council.code, None, &address, &for_);
        let line = |what: &str, units: u32, discloses: &[Discloses], queries: Vec<Query>| Line {
            line: LineId(format!("{ID}/{what}")),
            template: format!("{}: {}", council.name, self.row.title),
            to: address.host_str().unwrap_or_default().to_owned(),
            discloses: discloses.to_vec(),
            units,
            queries,
        };
        vec![line(COUNCILLORS, LISTS, &[], vec![first]), line(PROFILE, NAMESAKES, &[Discloses::Page], vec![])]
    }

    /// A row that says http is asked with https first; a site that does not speak it is asked as its row says.
    fn when_unreachable(&self, query: &Query) -> Option<Query> {
        let council = self.council(slots::text(query, "council").ok()?)?;
        let is_list = query.what == COUNCILLORS && query.slots.get("page").is_none();
        if !is_list || council.base.as_ref()?.scheme() != "http" || query.slots.get(PLAIN).is_some() {
            return None;
        }
        let slots = query.slots.clone().with(PLAIN, &[], "http");
        Some(Query { key: slots::other_key(query, PLAIN), slots, ..query.clone() })
    }

    fn request(&self, query: &Query) -> Result<Request, SourceError> {
        let address = self.address(query)?;
        if query.slots.get("page").is_some() {
            return Ok(Request::page(address, &query.line, &query.source, &query.for_));
        }
        let request = Request::to(address, &query.line, &query.source, &query.for_);
        Ok(request.accept("text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"))
    }

    fn read(&self, query: &Query, response: &Response) -> Result<Answer, SourceError> {
        let home = self.list(slots::text(query, "council")?, false)?;
        self.address(query)?;
        let page = Page::read(query, response)?;
        match query.what.as_str() {
            COUNCILLORS => list::read(&home, &page),
            _ => person::read(&home, &page),
        }
    }

    fn reads_errors(&self) -> bool {
        // A list that is gone says nothing about who is on it.
        true
    }
}

/// Reads a page that a search or the person named as what it is, if it is the page of one councillor. None: it is any other page.
pub(super) fn read_page(query: &Query, response: &Response) -> Option<Answer> {
    if !response.url.path().to_lowercase().contains(PERSON) {
        return None;
    }
    person::read(&response.url, &Page::read(query, response).ok()?).ok()
}

/// Whether an address that a page of this council names is on the council's own site: the host of its row, or another name of the same
/// owner, where the row's host itself sent us on.
fn is_of(home: &Url, answered: &Url, link: &Url) -> bool {
    let owner = |url: &Url| url.host_str().and_then(psl::domain_str).map(str::to_lowercase);
    let same = |a: &Url, b: &Url| bare_host(a).eq_ignore_ascii_case(bare_host(b));
    let moved = same(link, answered) && owner(answered).is_some() && owner(answered) == owner(home);
    matches!(link.scheme(), "http" | "https") && link.port().is_none() && (same(link, home) || moved)
}

/// A document about one councillor.
fn document(page: &Page<'_>, url: String, name: &str, text: Text, cut: bool) -> Document {
    Document {
        source: page.query.source.clone(),
        line: page.query.line.clone(),
        url,
        via: page.response.asked.to_string(),
        title: (!name.is_empty()).then(|| name.to_owned()),
        nature: Nature::Record,
        media: Media::Html,
        seen: page.response.seen,
        text,
        cut,
        follow: vec![],
    }
}

fn found(cut: bool) -> Outcome {
    match cut {
        true => Outcome::because(OutcomeKind::Found, OutcomeReason::Cut),
        false => Outcome::plain(OutcomeKind::Found),
    }
}
