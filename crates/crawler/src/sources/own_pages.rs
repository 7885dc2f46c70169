//! The person's own sites and profiles: same site, breadth first, a few steps deep, with sitemap, feeds and vCards.

use std::collections::BTreeSet;
use std::io::Read;

use unlisted_model::query::{Discloses, LineId, Query, QueryKey};
use unlisted_model::source::{SourceId, SourceRow};
use unlisted_model::subject::{Subject, SubjectId};
use unlisted_model::{Media, Nature, Outcome, OutcomeKind, OutcomeReason, Secret};
use url::Url;

use super::links::{self, Fate};
use super::moderngov::xml;
use super::site::{Scope, bare_host};
use super::{SourceKit, head, page, reading, slots};
use crate::exchange::Response;
use crate::extract::Problem;
use crate::request::Request;
use crate::source::{Answer, Line, Source, SourceError};

/// The id of the source.
pub(super) const ID: &str = "own-pages";
/// Steps away from where the site was entered.
const DEEPEST: u32 = 3;
/// Pictures of one page that are looked at: the visit costs the site more than a page does.
const PICTURES: usize = 4;
/// Bytes of a sitemap after unpacking.
const SITEMAP: u64 = 4 << 20;

/// Pages that are looked at first when a site has more than the plan allows.
pub(super) const TELLING: &[&str] = &[
    "contact",
    "about",
    "imprint",
    "impressum",
    "privacy",
    "cv",
    "resume",
    "bio",
    "profile",
    "family",
    "home",
    "me",
    "vcf",
    "surgery",
    "cyswllt",
    "press",
    "media",
    "news",
    "blog",
];

pub(super) struct OwnPages {
    row: SourceRow,
    bound: u32,
    never_fetched: Vec<String>,
}

impl OwnPages {
    pub(super) fn new(row: SourceRow, kit: &SourceKit) -> Self {
        Self { row, bound: kit.budget.own_pages.max(1), never_fetched: kit.never_fetched.clone() }
    }

    fn next(&self, query: &Query, found: Vec<Url>, entry: &Url, scope: &Scope) -> Result<Vec<Query>, SourceError> {
        let here = slots::address(query, "page")?;
        let depth = slots::number(query, "depth");
        if depth >= DEEPEST {
            return Ok(vec![]);
        }
        let mut seen = BTreeSet::from([links::same_page_key(&here)]);
        let mut urls: Vec<Url> = found
            .into_iter()
            .filter(|url| scope.holds(entry, url))
            .filter(|url| links::fate(url, &self.never_fetched) == Fate::Fetch && links::is_worth_crawling(url))
            .filter(|url| seen.insert(links::same_page_key(url)))
            .take(2_000)
            .collect();
        urls.sort_by_key(|url| {
            let path = url.path().to_lowercase();
            !path.split(|c: char| !c.is_alphanumeric()).any(|word| TELLING.contains(&word))
        });
        urls.truncate(usize::try_from(self.bound).unwrap_or(usize::MAX));
        let next = u8::try_from(depth + 1).unwrap_or(u8::MAX);
        let ask = |url: &Url| scoped(page::page_query(&query.source, &query.line, url, next, &query.for_), scope, entry);
        Ok(urls.iter().map(ask).collect())
    }

    /// The pictures of a page on the same site: where they were taken may stand in them.
    fn pictures(&self, query: &Query, response: &Response, entry: &Url, scope: &Scope) -> Vec<Query> {
        if response.document.is_some() || slots::number(query, "depth") >= DEEPEST {
            return vec![];
        }
        let last = u8::try_from(DEEPEST).unwrap_or(u8::MAX);
        let ask = |url: &Url| scoped(page::page_query(&query.source, &query.line, url, last, &query.for_), scope, entry);
        let found = head::pictures(&response.body, &response.url);
        let own = found.iter().filter(|u| bare_host(u) == bare_host(&response.url));
        own.filter(|u| links::may_fetch_picture(u, &self.never_fetched)).take(PICTURES).map(ask).collect()
    }

    fn sitemap(&self, query: &Query, response: &Response) -> Result<Answer, SourceError> {
        let absent = Answer::only(Outcome::plain(OutcomeKind::Absent));
        match response.status {
            200 => {}
            // Having no sitemap is no failure.
            400..=499 if ![401, 403, 429].contains(&response.status) => return Ok(absent),
            status => return Err(SourceError::Status(status)),
        }
        let body = unpacked(&response.body);
        let text = reading::decoded(&body, response.header("content-type"));
        let is_xml = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).starts_with('<') && !text.contains("<html");
        if !is_xml {
            // Many sites answer every address with their home page.
            return Ok(absent);
        }
        let tree = xml::read(&text).map_err(|_| SourceError::LayoutChanged("the sitemap is not XML"))?;
        let scope = Scope::read(slots::text(query, "scope")?);
        let places: Vec<(bool, Url)> = tree
            .root
            .children
            .iter()
            .filter_map(|child| Some((child.name == "sitemap", Url::parse(&child.child("loc")?.text).ok()?)))
            .take(50_000)
            .collect();
        let depth = slots::number(query, "depth");
        let here = entry(query, &slots::address(query, "page")?);
        let maps = places.iter().filter(|(is_map, url)| *is_map && depth == 0 && scope.holds(&here, url)).take(5);
        let mut next: Vec<Query> =
            maps.map(|(_, url)| scoped(map_query(&query.line, url, 1, &query.for_), &scope, &here)).collect();
        let pages = places.into_iter().filter(|(is_map, _)| !is_map).map(|(_, url)| url).collect();
        next.extend(self.next(query, pages, &here, &scope)?);
        let kind = if next.is_empty() { OutcomeKind::Absent } else { OutcomeKind::Found };
        Ok(Answer { next, ..Answer::only(Outcome::plain(kind)) })
    }
}

/// Where the site was entered; the page itself when it is not said.
fn entry(query: &Query, page: &Url) -> Url {
    slots::address(query, "entry").unwrap_or_else(|_| page.clone())
}

/// Adds where the site was entered and how far it reaches; neither is sent.
fn scoped(mut query: Query, scope: &Scope, entry: &Url) -> Query {
    query.slots = query.slots.with("scope", &[], scope.written()).with("entry", &[], entry.as_str());
    query
}

fn map_query(line: &LineId, url: &Url, depth: u8, for_: &[SubjectId]) -> Query {
    let mut query = page::page_query(&SourceId::new(ID), line, url, depth, for_);
    query.what = "sitemap".to_owned();
    query.key = QueryKey(Secret::new(format!("sitemap|{url}")));
    query
}

fn is_picture(response: &Response) -> bool {
    response.document.as_ref().is_some_and(|d| d.media == Media::Picture && d.problem == Some(Problem::Scanned))
}

/// A body that may be a gzip file of its own, unpacked under a cap.
fn unpacked(body: &[u8]) -> Vec<u8> {
    if !body.starts_with(&[0x1f, 0x8b]) {
        return body.to_vec();
    }
    let mut out = vec![];
    // What was unpacked before an error or the cap is used.
    match flate2::read::GzDecoder::new(body).take(SITEMAP).read_to_end(&mut out) {
        Ok(_) | Err(_) => out,
    }
}

impl Source for OwnPages {
    fn id(&self) -> &'static str {
        ID
    }

    fn lines(&self, subject: &Subject) -> Vec<Line> {
        let for_ = [subject.id.clone()];
        let mut lines: Vec<Line> = vec![];
        for own in &subject.pages {
            if links::fate(&own.url, &self.never_fetched) != Fate::Fetch {
                continue;
            }
            let host = bare_host(&own.url).to_owned();
            let at = lines.iter().position(|l| l.to == host).unwrap_or_else(|| {
                lines.push(Line {
                    line: LineId(format!("{ID}/{}", lines.len() + 1)),
                    template: self.row.title.clone(),
                    to: host.clone(),
                    discloses: vec![Discloses::Page],
                    units: self.bound,
                    queries: vec![],
                });
                lines.len() - 1
            });
            let Some(line) = lines.get_mut(at) else { continue };
            let scope = Scope::of(&own.url, subject);
            let page = scoped(page::page_query(&SourceId::new(ID), &line.line, &own.url, 0, &for_), &scope, &own.url);
            if !line.queries.iter().any(|q| q.key == page.key) {
                line.queries.push(page);
            }
            if scope == Scope::Host
                && let Ok(map) = own.url.join("/sitemap.xml")
            {
                let map = scoped(map_query(&line.line, &map, 0, &for_), &scope, &own.url);
                if !line.queries.iter().any(|q| q.key == map.key) {
                    line.queries.push(map);
                }
            }
        }
        for line in &mut lines {
            line.units = line.units.max(u32::try_from(line.queries.len()).unwrap_or(u32::MAX));
        }
        lines
    }

    fn request(&self, query: &Query) -> Result<Request, SourceError> {
        if query.source != SourceId::new(ID) {
            return Err(SourceError::NotMine);
        }
        page::request(query)
    }

    fn read(&self, query: &Query, response: &Response) -> Result<Answer, SourceError> {
        if query.what == "sitemap" {
            return self.sitemap(query, response);
        }
        let head = head::read(&response.body, &response.url);
        let (outcome, documents, links) = match page::read(query, response, Nature::OwnPage) {
            // A picture that says nothing of itself has nothing to be taken out.
            Err(SourceError::Document(_)) if is_picture(response) => {
                return Ok(Answer::only(Outcome::plain(OutcomeKind::Absent)));
            }
            Ok(read) => (read.outcome, vec![read.document], read.links),
            // A page without a word may still be a sign to the next, or a frame around others.
            Err(SourceError::Unreadable(_)) => {
                let kind = if head.refresh.is_some() {
                    Outcome::plain(OutcomeKind::Absent)
                } else {
                    Outcome::because(OutcomeKind::Failed, OutcomeReason::Unreadable)
                };
                (kind, vec![], reading::extracted(response).links)
            }
            Err(error) => return Err(error),
        };
        let mut found: Vec<Url> = head.refresh.into_iter().chain(head.feeds).collect();
        found.extend(links.into_iter().map(|l| l.url));
        let mut entry = entry(query, &slots::address(query, "page")?);
        let mut scope = Scope::read(slots::text(query, "scope")?);
        if slots::number(query, "depth") == 0 && bare_host(&entry) != bare_host(&response.url) {
            // The site has moved; what it moved to may be a host that many share.
            scope = Scope::of_address(&response.url);
            entry = response.url.clone();
        }
        let mut next = self.next(query, found, &entry, &scope)?;
        next.extend(self.pictures(query, response, &entry, &scope));
        Ok(Answer { outcome, documents, links: vec![], next })
    }

    fn reads_errors(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests;
