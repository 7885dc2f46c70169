//! The web archive: which old copies it keeps of the person's own pages, of the council's page about them and of pages that were
//! found; and those copies themselves, read as the pages that they were. Shapes: `knowledge/sources.md` §5.1 of the design.
//!
//! A page that was mended long ago still stands there as it was. A copy becomes a document whose `url` is the page and whose `via` is
//! the copy; routes that name this source say that it is one. The archive is never asked to save anything.

pub(super) mod cdx;
pub(super) mod choose;
#[cfg(test)]
pub(super) mod tests;

use unlisted_model::query::{Discloses, LineId, Query, QueryKey, Slots};
use unlisted_model::source::{SourceId, SourceRow};
use unlisted_model::subject::{Subject, SubjectId};
use unlisted_model::{Outcome, OutcomeKind, OutcomeReason, Secret};
use url::Url;

use super::links::{self, Fate};
use super::site::{Scope, bare_host};
use super::{SourceKit, page, slots};
use crate::exchange::Response;
use crate::request::{Encoding, Request, RequestKind};
use crate::source::{Answer, Line, Source, SourceError};
use cdx::Capture;

/// The id of the source.
pub(super) const ID: &str = "wayback";

/// Copies that are read in one run; the archive wants no more than 30 questions a minute.
const COPIES: u32 = 40;
/// Different copies of one site, and of one other page.
const OF_A_SITE: usize = 24;
const OF_A_PAGE: usize = 4;
/// Pages of councils and others whose copies are asked for.
const PAGES: u32 = 40;
/// Further parts of one long list.
const PARTS: u32 = 2;
/// Own sites whose copies are asked for.
const SITES: usize = 6;
/// Rows of one answer: of a site, of a page.
const ROWS: [&str; 2] = ["5000", "200"];

/// The lines: lists about own pages, lists about other pages, copies.
const OWN: &str = "own";
const OTHER: &str = "pages";
const COPY: &str = "copies";

pub(super) struct Wayback {
    row: SourceRow,
    never_fetched: Vec<String>,
}

impl Wayback {
    pub(super) fn new(row: SourceRow, kit: &SourceKit) -> Self {
        Self { row, never_fetched: kit.never_fetched.clone() }
    }

    fn base(&self) -> Result<Url, SourceError> {
        self.row.base.clone().ok_or(SourceError::NotMine)
    }

    /// The address of a copy as its bytes were, without the archive's own bar.
    fn address_of(&self, capture: &Capture) -> Option<Url> {
        let base = self.base().ok()?;
        let port = base.port().map(|p| format!(":{p}")).unwrap_or_default();
        Url::parse(&format!("{}://{}{port}/web/{}id_/{}", base.scheme(), base.host_str()?, capture.taken, capture.page)).ok()
    }

    fn copies(&self, query: &Query, captures: Vec<Capture>) -> (Vec<Query>, bool) {
        let most = if query.line == line(OTHER) { OF_A_PAGE } else { OF_A_SITE };
        let fit = |c: &Capture| links::fate(&c.page, &self.never_fetched) == Fate::Fetch && is_of(query, &c.page);
        let chosen = choose::choose(captures.into_iter().filter(fit).collect());
        let more = chosen.len() > most;
        let ask = |capture: &Capture| {
            let at = self.address_of(capture)?;
            let mut copy = ask(COPY, Slots::default().with("page", &[Discloses::Page], at.as_str()), &query.for_);
            copy.slots = copy.slots.with("original", &[], capture.page.as_str());
            // The same content under two addresses is read once.
            copy.key = QueryKey(Secret::new(format!("{ID}|{}|{}", choose::page_key(&capture.page), capture.digest)));
            Some(copy)
        };
        (chosen.iter().take(most).filter_map(ask).collect(), more)
    }

    fn list(&self, query: &Query, response: &Response) -> Result<Answer, SourceError> {
        let list = match cdx::read(response)? {
            // The archive says itself that it shows nothing of this site: what was asked of it was done.
            cdx::Told::Excluded => return Ok(Answer::only(Outcome::plain(OutcomeKind::Absent))),
            cdx::Told::List(list) => list,
        };
        if list.rows == 0 && list.resume.is_none() && !list.cut {
            return Ok(Answer::only(Outcome::plain(OutcomeKind::Absent)));
        }
        let (mut next, more) = self.copies(query, list.captures);
        let part = slots::number(query, "part");
        let goes_on = list.resume.filter(|_| part < PARTS);
        let more = more || list.cut || goes_on.is_none() && list.truncated;
        next.extend(goes_on.map(|key| {
            let mut slots =
                Slots(query.slots.0.iter().filter(|s| !["resume", "part"].contains(&s.name.as_str())).cloned().collect());
            let told: Vec<Discloses> = query.discloses().into_iter().collect();
            slots = slots.with("resume", &told, key).with("part", &[], (part + 1).to_string());
            Query { key: slots::other_key(query, &format!("part {}", part + 1)), slots, ..query.clone() }
        }));
        let outcome = match more {
            true => Outcome::because(OutcomeKind::Found, OutcomeReason::Cut),
            false => Outcome::plain(OutcomeKind::Found),
        };
        Ok(Answer { next, ..Answer::only(outcome) })
    }
}

/// Whether a page is one of those that were asked about: a profile's neighbours begin with the same letters.
fn is_of(query: &Query, page: &Url) -> bool {
    if let Ok(site) = slots::text(query, "site") {
        let host = bare_host(page).to_lowercase();
        return host.strip_suffix(site).is_some_and(|before| before.is_empty() || before.ends_with('.'));
    }
    let Some(asked) = slots::text(query, "page").ok().and_then(|text| Url::parse(&format!("https://{text}")).ok()) else {
        return false;
    };
    match query.slots.get("below") {
        Some(_) => Scope::Below(asked.path().to_owned()).holds(&asked, page),
        None => choose::page_key(&asked) == choose::page_key(page),
    }
}

fn line(what: &str) -> LineId {
    LineId(format!("{ID}/{what}"))
}

fn ask(what: &str, slots: Slots, for_: &[SubjectId]) -> Query {
    let mut query = Query {
        line: line(what),
        source: SourceId::new(ID),
        what: if what == COPY { "copy" } else { "list" }.to_owned(),
        key: QueryKey(Secret::new("")),
        for_: for_.to_vec(),
        slots,
    };
    let text = slots::text(&query, "site").or_else(|_| slots::text(&query, "page")).unwrap_or_default();
    query.key = QueryKey(Secret::new(format!("{ID}|{}|{text}", query.what)));
    query
}

/// The question which copies there are of one page. None: the page is no page of the web.
pub(super) fn page_question(url: &Url, for_: &[SubjectId]) -> Option<Query> {
    matches!(url.scheme(), "http" | "https")
        .then(|| ask(OTHER, Slots::default().with("page", &[Discloses::Page], bare(url)), for_))
}

/// The address without scheme and fragment; the archive does not tell http from https.
fn bare(url: &Url) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    url.as_str().split_once("://").map_or_else(|| url.to_string(), |(_, rest)| rest.to_owned())
}

impl Source for Wayback {
    fn id(&self) -> &'static str {
        ID
    }

    fn lines(&self, subject: &Subject) -> Vec<Line> {
        let Some(base) = &self.row.base else { return vec![] };
        let for_ = [subject.id.clone()];
        let mut own: Vec<Query> = vec![];
        for page in subject.pages.iter().filter(|p| links::fate(&p.url, &self.never_fetched) == Fate::Fetch) {
            let slots = match Scope::of(&page.url, subject) {
                Scope::Host => Slots::default().with("site", &[Discloses::Domain], bare_host(&page.url)),
                Scope::Below(_) => Slots::default().with("page", &[Discloses::Page], bare(&page.url)).with("below", &[], "yes"),
            };
            let query = ask(OWN, slots, &for_);
            if own.len() < SITES && !own.iter().any(|q| q.key == query.key) {
                own.push(query);
            }
        }
        let units = u32::try_from(own.len()).unwrap_or(u32::MAX).saturating_mul(1 + PARTS);
        let line = |what: &str, units: u32, discloses: &[Discloses], queries: Vec<Query>| Line {
            line: line(what),
            template: self.row.title.clone(),
            to: base.host_str().unwrap_or_default().to_owned(),
            discloses: discloses.to_vec(),
            units,
            queries,
        };
        let mut told: Vec<Discloses> = own.iter().flat_map(Query::discloses).collect();
        told.sort_unstable();
        told.dedup();
        let mut lines = vec![line(OTHER, PAGES, &[Discloses::Page], vec![]), line(COPY, COPIES, &[Discloses::Page], vec![])];
        if !own.is_empty() {
            lines.insert(0, line(OWN, units, &told, own));
        }
        lines
    }

    fn request(&self, query: &Query) -> Result<Request, SourceError> {
        if query.source != SourceId::new(ID) {
            return Err(SourceError::NotMine);
        }
        if query.what == "copy" {
            // Made of what the archive's own list said, and asked of the archive's own interface.
            let mut request = Request::page(slots::address(query, "page")?, &query.line, &query.source, &query.for_);
            request.kind = RequestKind::Query;
            return Ok(request);
        }
        let (slot, kind, rows) = match (query.slots.get("site"), query.slots.get("page")) {
            (Some(site), _) => (site, "domain", ROWS[0]),
            (None, Some(page)) if query.slots.get("below").is_some() => (page, "prefix", ROWS[0]),
            (None, Some(page)) => (page, "exact", ROWS[1]),
            (None, None) => return Err(SourceError::NotMine),
        };
        let mut request = Request::to(self.base()?, &query.line, &query.source, &query.for_)
            .accept("application/json")
            .slot("url", slot, Encoding::Plain)
            .param("matchType", kind)
            .param("output", "json")
            .param("collapse", "digest")
            .param("filter", "statuscode:200")
            .param("limit", rows)
            .param("showResumeKey", "true");
        if let Some(resume) = query.slots.get("resume") {
            request = request.slot("resumeKey", resume, Encoding::Plain);
        }
        Ok(request)
    }

    fn read(&self, query: &Query, response: &Response) -> Result<Answer, SourceError> {
        match query.what.as_str() {
            "list" => self.list(query, response),
            "copy" => {
                let original = slots::address(query, "original")?;
                let via = slots::text(query, "page")?.to_owned();
                // Read as the page that it was, at the address where it stood.
                let as_it_was = Response { url: original.clone(), asked: original, ..response.clone() };
                page::copy(query, &as_it_was, &via)
            }
            _ => Err(SourceError::NotMine),
        }
    }

    fn reads_errors(&self) -> bool {
        // The archive says in the body of an error that a site is left out.
        true
    }
}
