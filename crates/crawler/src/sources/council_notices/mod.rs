//! The election notices of a council: statements of persons nominated and notices of election agents, which print home addresses and
//! stay on its site for years. Its own elections pages are walked, a few steps deep, and a web archive is asked which notices it has
//! seen on that site. Shapes and wording: `knowledge/councils.md` §6 of the design.
//!
//! Only the council's site is told to anybody. What is found is a link like any other: the page of a notice is read as a found page,
//! and when it is gone, its old copy is asked for as that of any found page. Nothing here compares names.

#[cfg(test)]
pub(super) mod tests;
mod walk;

use std::collections::BTreeSet;

use unlisted_model::query::{Discloses, LineId, Query, QueryKey, Slots};
use unlisted_model::source::{SourceId, SourceRow};
use unlisted_model::subject::{Subject, SubjectId};
use unlisted_model::{Council, Councils, Outcome, OutcomeKind, OutcomeReason, Secret};
use url::Url;

use super::wayback::cdx;
use super::{SourceKit, slots};
use crate::exchange::Response;
use crate::request::{Encoding, Request};
use crate::source::{Answer, Line, Link, Source, SourceError};

/// The id of the source.
pub(super) const ID: &str = "council-notices";
/// Pages of the council's site that are walked.
const PAGES: u32 = 10;
/// The archive's list, and its second try.
const LISTS: u32 = 2;
/// Notices that one answer leads to.
const MOST: usize = 12;
/// Rows of the archive's answer.
const ROWS: &str = "500";
/// What the archive's addresses are sifted by.
const SIFT: &str = "original:(?i).*(nominat|sopn|election-?agent).*";
/// So many hosts below one name are those of a firm that runs the pages of councils for them.
const SHARED: usize = 3;

/// The two questions.
const SITE: &str = "site";
const ARCHIVE: &str = "archive";

pub(super) struct CouncilNotices {
    row: SourceRow,
    councils: Councils,
    never_fetched: Vec<String>,
}

/// Where a council's notices may stand.
struct Place {
    /// The door of its own site. None: the table knows only a host that a firm runs for many councils.
    door: Option<Url>,
    /// The host that the archive is asked about.
    host: String,
    /// Whether the hosts below it are the council's too.
    whole: bool,
}

impl CouncilNotices {
    pub(super) fn new(row: SourceRow, kit: &SourceKit) -> Self {
        Self { row, councils: kit.councils.clone(), never_fetched: kit.never_fetched.clone() }
    }

    fn place(&self, council: &Council) -> Option<Place> {
        let host = host_of(council)?;
        let domain = psl::domain_str(&host)?.to_owned();
        let hosts: BTreeSet<String> = self.councils.0.values().filter(|c| c.ended.is_none()).filter_map(host_of).collect();
        let sharing = hosts.iter().filter(|h| psl::domain_str(h) == Some(domain.as_str())).take(SHARED);
        if sharing.count() >= SHARED || domain.contains(council.platform.as_str()) {
            return Some(Place { door: None, host, whole: false });
        }
        Some(Place { door: Url::parse(&format!("https://www.{domain}/")).ok(), host: domain, whole: true })
    }

    fn archive(&self, query: &Query, response: &Response) -> Result<Answer, SourceError> {
        let list = match cdx::read(response)? {
            cdx::Told::Excluded => return Ok(Answer::only(Outcome::plain(OutcomeKind::Absent))),
            cdx::Told::List(list) => list,
        };
        let cut = list.cut || list.truncated;
        let none = list.rows == 0 && !cut;
        let mut captures = list.captures;
        captures.sort_by(|a, b| b.taken.cmp(&a.taken));
        let found: Vec<Link> =
            captures.into_iter().map(|c| Link { url: c.page, same_site: false, words: String::new() }).collect();
        let (links, more) = walk::notices(found, slots::text(query, "area").unwrap_or_default(), &self.never_fetched);
        let kind = if none { OutcomeKind::Absent } else { OutcomeKind::Found };
        let outcome = if cut || more { Outcome::because(kind, OutcomeReason::Cut) } else { Outcome::plain(kind) };
        Ok(Answer { links, ..Answer::only(outcome) })
    }
}

fn host_of(council: &Council) -> Option<String> {
    Some(council.base.as_ref()?.host_str()?.to_lowercase())
}

/// A question. The area goes along, unsent: notices of the person's own ward come first.
fn ask(what: &str, name: &str, told: Discloses, text: &str, area: &str, for_: &[SubjectId]) -> Query {
    Query {
        line: LineId(format!("{ID}/{what}")),
        source: SourceId::new(ID),
        what: what.to_owned(),
        key: QueryKey(Secret::new(format!("{ID}|{what}|{text}"))),
        for_: for_.to_vec(),
        slots: Slots::default().with(name, &[told], text).with("area", &[], area),
    }
}

impl Source for CouncilNotices {
    fn id(&self) -> &'static str {
        ID
    }

    fn lines(&self, subject: &Subject) -> Vec<Line> {
        let council = subject.candidacy.council.as_deref().and_then(|code| self.councils.get(code));
        let Some((council, place)) = council.and_then(|c| Some((c, self.place(c)?))) else { return vec![] };
        let for_ = [subject.id.clone()];
        let area = subject.candidacy.area.as_deref().unwrap_or_default();
        let line = |what: &str, to: &str, units: u32, told: Discloses, query: Query| Line {
            line: LineId(format!("{ID}/{what}")),
            template: format!("{}: {}", council.name, self.row.title),
            to: to.to_owned(),
            discloses: vec![told],
            units,
            queries: vec![query],
        };
        let mut lines = vec![];
        if let Some(door) = &place.door {
            let first = ask(SITE, "page", Discloses::Page, door.as_str(), area, &for_);
            lines.push(line(SITE, door.host_str().unwrap_or_default(), PAGES, Discloses::Page, first));
        }
        if let Some(base) = &self.row.base {
            let mut list = ask(ARCHIVE, "host", Discloses::Domain, &place.host, area, &for_);
            if place.whole {
                list.slots = list.slots.with("whole", &[], "yes");
            }
            lines.push(line(ARCHIVE, base.host_str().unwrap_or_default(), LISTS, Discloses::Domain, list));
        }
        lines
    }

    /// Not every council's site answers at `www.`
    fn when_unreachable(&self, query: &Query) -> Option<Query> {
        let door = slots::address(query, "page").ok().filter(|url| query.what == SITE && url.path() == "/")?;
        let bare = door.host_str()?.strip_prefix("www.")?;
        let mut url = door.clone();
        url.set_host(Some(bare)).ok()?;
        let area = slots::text(query, "area").unwrap_or_default();
        Some(ask(SITE, "page", Discloses::Page, url.as_str(), area, &query.for_))
    }

    fn request(&self, query: &Query) -> Result<Request, SourceError> {
        if query.source != SourceId::new(ID) {
            return Err(SourceError::NotMine);
        }
        match query.what.as_str() {
            SITE => Ok(Request::page(slots::address(query, "page")?, &query.line, &query.source, &query.for_)),
            ARCHIVE => {
                let base = self.row.base.clone().ok_or(SourceError::NotMine)?;
                let host = query.slots.get("host").ok_or(SourceError::NotMine)?;
                let kind = if query.slots.get("whole").is_some() { "domain" } else { "host" };
                Ok(Request::to(base, &query.line, &query.source, &query.for_)
                    .accept("application/json")
                    .slot("url", host, Encoding::Plain)
                    .param("matchType", kind)
                    .param("output", "json")
                    .param("collapse", "urlkey")
                    .param("filter", "statuscode:200")
                    .param("filter", SIFT)
                    .param("limit", ROWS)
                    .param("showResumeKey", "true"))
            }
            _ => Err(SourceError::NotMine),
        }
    }

    fn read(&self, query: &Query, response: &Response) -> Result<Answer, SourceError> {
        match query.what.as_str() {
            SITE => walk::read(query, response, &self.never_fetched),
            ARCHIVE => self.archive(query, response),
            _ => Err(SourceError::NotMine),
        }
    }

    fn reads_errors(&self) -> bool {
        // A door that is not there says nothing about the notices behind it.
        true
    }
}
