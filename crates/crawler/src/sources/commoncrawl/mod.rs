//! Common Crawl: which pages of the person's own sites its last crawls took, and those pages as they were. Three steps: the list of
//! crawls, the index of a crawl, and a range of bytes of one of its files, which is a web archive of one record. Shapes:
//! `knowledge/sources.md` §5.3 of the design.

mod answers;
#[cfg(test)]
pub(super) mod tests;

use std::io::Cursor;

use unlisted_model::query::{Discloses, LineId, Query, QueryKey, Slots};
use unlisted_model::source::{SourceId, SourceRow};
use unlisted_model::subject::{Subject, SubjectId};
use unlisted_model::{Outcome, OutcomeKind, OutcomeReason, Secret};
use url::Url;

use super::links::{self, Fate};
use super::site::{Scope, bare_host};
use super::wayback::choose;
use super::{SourceKit, page, slots};
use crate::archive::{self, Told};
use crate::exchange::{Cut, Response};
use crate::request::{Encoding, Request, RequestKind};
use crate::source::{Answer, Line, Source, SourceError};
use answers::Record;

/// The id of the source.
pub(super) const ID: &str = "commoncrawl";

/// The last crawls, a month or so apart.
const CRAWLS: usize = 2;
/// Own sites that are asked about.
const SITES: usize = 6;
/// Pages that are read in one run, and of one index.
const COPIES: u32 = 24;
const OF_AN_INDEX: usize = 12;
/// Rows of one index.
const ROWS: usize = 1_000;
/// Bytes of one record, packed; unpacked.
const LARGEST: u64 = 4 << 20;
const LARGEST_BODY: usize = 6 << 20;

/// The three questions and their lines.
const CRAWL: &str = "crawls";
const INDEX: &str = "index";
const COPY: &str = "copies";

pub(super) struct CommonCrawl {
    row: SourceRow,
    never_fetched: Vec<String>,
}

impl CommonCrawl {
    pub(super) fn new(row: SourceRow, kit: &SourceKit) -> Self {
        Self { row, never_fetched: kit.never_fetched.clone() }
    }

    fn crawls(&self, query: &Query, response: &Response) -> Result<Answer, SourceError> {
        let base = self.row.base.as_ref().ok_or(SourceError::NotMine)?;
        let crawls = answers::crawls(response, base, CRAWLS)?;
        let sites = slots::text(query, "sites")?;
        let next = crawls.iter().flat_map(|api| {
            sites.lines().map(|site| {
                let told =
                    if site.matches('/').count() == 1 && site.ends_with("/*") { Discloses::Domain } else { Discloses::Page };
                ask(INDEX, Slots::default().with("api", &[], api.as_str()).with("site", &[told], site), &query.for_)
            })
        });
        Ok(Answer { next: next.collect(), ..Answer::only(Outcome::plain(OutcomeKind::Found)) })
    }

    fn index(&self, query: &Query, response: &Response) -> Result<Answer, SourceError> {
        let index = answers::index(response)?;
        let site = slots::text(query, "site")?;
        let fit = |r: &&Record| {
            links::fate(&r.capture.page, &self.never_fetched) == Fate::Fetch
                && r.length <= LARGEST
                && is_of(site, &r.capture.page)
        };
        let fitting: Vec<&Record> = index.records.iter().filter(fit).collect();
        let chosen = choose::choose(fitting.iter().map(|r| r.capture.clone()).collect());
        let cut = index.cut || index.rows >= ROWS || chosen.len() > OF_AN_INDEX;
        let records = chosen.iter().take(OF_AN_INDEX).filter_map(|c| fitting.iter().find(|r| r.capture == *c));
        let next: Vec<Query> = records.filter_map(|r| self.copy(r, &query.for_)).collect();
        // Absent only in the index's own words; that nothing in it could be read is not that.
        let kind = if index.rows == 0 { OutcomeKind::Absent } else { OutcomeKind::Found };
        let outcome = if cut { Outcome::because(kind, OutcomeReason::Cut) } else { Outcome::plain(kind) };
        Ok(Answer { next, ..Answer::only(outcome) })
    }

    /// The question for one record of one file. The files lie on the first further host of the row.
    fn copy(&self, record: &Record, for_: &[SubjectId]) -> Option<Query> {
        let at = Url::parse(&format!("https://{}/{}", self.row.hosts.first()?, record.file)).ok()?;
        let slots = Slots::default()
            .with("page", &[Discloses::Page], at.as_str())
            .with("from", &[], record.offset.to_string())
            .with("length", &[], record.length.to_string())
            .with("original", &[], record.capture.page.as_str());
        let mut query = ask(COPY, slots, for_);
        let same = format!("{ID}|{}|{}", choose::page_key(&record.capture.page), record.capture.digest);
        query.key = QueryKey(Secret::new(same));
        Some(query)
    }
}

/// Whether a page is one of those that were asked about: a profile's neighbours begin with the same letters.
fn is_of(site: &str, page: &Url) -> bool {
    let Ok(asked) = Url::parse(&format!("https://{}", site.trim_end_matches('*'))) else { return false };
    let scope = if asked.path() == "/" { Scope::Host } else { Scope::Below(asked.path().to_owned()) };
    scope.holds(&asked, page)
}

fn ask(what: &str, slots: Slots, for_: &[SubjectId]) -> Query {
    let mut query = Query {
        line: LineId(format!("{ID}/{what}")),
        source: SourceId::new(ID),
        what: what.to_owned(),
        key: QueryKey(Secret::new("")),
        for_: for_.to_vec(),
        slots,
    };
    let part = |name: &str| slots::text(&query, name).unwrap_or_default();
    query.key = QueryKey(Secret::new(format!("{ID}|{what}|{}|{}|{}", part("api"), part("sites"), part("site"))));
    query
}

/// Where a record stands in its file.
fn range(query: &Query) -> Result<(u64, u64), SourceError> {
    let number = |name: &str| slots::text(query, name)?.parse::<u64>().map_err(|_| SourceError::NotMine);
    let (from, length) = (number("from")?, number("length")?);
    let last = from.checked_add(length).and_then(|end| end.checked_sub(1)).ok_or(SourceError::NotMine)?;
    Ok((from, last))
}

/// The page of the one record that was asked for.
fn record(query: &Query, response: &Response) -> Result<Response, SourceError> {
    let (from, _) = range(query)?;
    let begins = response.header("content-range").is_none_or(|r| r.trim().starts_with(&format!("bytes {from}-")));
    match response.status {
        206 if begins => {}
        // A server that sends the whole file, or another part, sent another page.
        200 | 206 => return Err(SourceError::LayoutChanged("it is not the part that was asked for")),
        status => return Err(SourceError::Status(status)),
    }
    let original = slots::address(query, "original")?;
    let mut found = None;
    archive::read(Cursor::new(response.body.clone()), LARGEST_BODY, 4, &mut |told| {
        if let Told::Page(record) = told
            && Url::parse(&record.url).is_ok_and(|url| choose::page_key(&url) == choose::page_key(&original))
        {
            found.get_or_insert(record);
        }
    });
    let Some(record) = found else {
        return Err(if response.cut.is_some() {
            SourceError::Cut
        } else {
            SourceError::Unreadable("the record is broken, or another page's")
        });
    };
    let cut = record.cut.then_some(Cut::BrokeOff);
    let headers = vec![("content-type".to_owned(), record.content_type)];
    Ok(Response {
        url: original.clone(),
        asked: original,
        status: 200,
        headers,
        body: record.body,
        cut,
        document: None,
        seen: response.seen,
    })
}

impl Source for CommonCrawl {
    fn id(&self) -> &'static str {
        ID
    }

    fn lines(&self, subject: &Subject) -> Vec<Line> {
        let Some(base) = &self.row.base else { return vec![] };
        let Some(files) = self.row.hosts.first() else { return vec![] };
        let for_ = [subject.id.clone()];
        let mut sites: Vec<String> = vec![];
        for own in subject.pages.iter().filter(|p| links::fate(&p.url, &self.never_fetched) == Fate::Fetch) {
            let host = bare_host(&own.url);
            let site = match Scope::of(&own.url, subject) {
                Scope::Host => format!("{host}/*"),
                Scope::Below(path) => format!("{host}{}*", path),
            };
            if sites.len() < SITES && !sites.contains(&site) && !site.contains(['\n', '?']) {
                sites.push(site);
            }
        }
        if sites.is_empty() {
            return vec![];
        }
        let count = u32::try_from(sites.len() * CRAWLS).unwrap_or(u32::MAX);
        let mut told: Vec<Discloses> = sites
            .iter()
            .map(|s| if s.matches('/').count() == 1 && s.ends_with("/*") { Discloses::Domain } else { Discloses::Page })
            .collect();
        told.sort_unstable();
        told.dedup();
        let first = ask(CRAWL, Slots::default().with("sites", &[], sites.join("\n")), &for_);
        let line = |what: &str, to: &str, units: u32, discloses: &[Discloses], queries: Vec<Query>| Line {
            line: LineId(format!("{ID}/{what}")),
            template: self.row.title.clone(),
            to: to.to_owned(),
            discloses: discloses.to_vec(),
            units,
            queries,
        };
        let host = base.host_str().unwrap_or_default();
        vec![
            line(CRAWL, host, 1, &[], vec![first]),
            line(INDEX, host, count, &told, vec![]),
            line(COPY, files, COPIES, &[Discloses::Page], vec![]),
        ]
    }

    fn request(&self, query: &Query) -> Result<Request, SourceError> {
        if query.source != SourceId::new(ID) {
            return Err(SourceError::NotMine);
        }
        match query.what.as_str() {
            CRAWL => {
                let base = self.row.base.clone().ok_or(SourceError::NotMine)?;
                Ok(Request::to(base, &query.line, &query.source, &query.for_).accept("application/json"))
            }
            INDEX => {
                let site = query.slots.get("site").ok_or(SourceError::NotMine)?;
                Ok(Request::to(slots::address(query, "api")?, &query.line, &query.source, &query.for_)
                    .accept("application/json")
                    .slot("url", site, Encoding::Plain)
                    .param("output", "json")
                    .param("filter", "=status:200")
                    .param("limit", &ROWS.to_string()))
            }
            COPY => {
                let (from, last) = range(query)?;
                // Made of what the index said, and asked of the source's own host.
                let mut request = Request::page(slots::address(query, "page")?, &query.line, &query.source, &query.for_);
                request.kind = RequestKind::Query;
                request.range = Some((from, last));
                Ok(request)
            }
            _ => Err(SourceError::NotMine),
        }
    }

    fn read(&self, query: &Query, response: &Response) -> Result<Answer, SourceError> {
        match query.what.as_str() {
            CRAWL => self.crawls(query, response),
            INDEX => self.index(query, response),
            COPY => {
                let via = slots::text(query, "page")?.to_owned();
                page::copy(query, &record(query, response)?, &via)
            }
            _ => Err(SourceError::NotMine),
        }
    }

    fn reads_errors(&self) -> bool {
        // 404 is how the index says that it has nothing.
        true
    }
}
