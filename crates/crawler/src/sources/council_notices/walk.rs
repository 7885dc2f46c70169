//! The walk through a council's site: its door, its elections pages, and the notices that they link to.

use std::collections::BTreeSet;

use unlisted_model::query::{Discloses, Query};
use unlisted_model::{Nature, Outcome, OutcomeKind, OutcomeReason};
use url::Url;

use super::{MOST, SITE, ask};
use crate::exchange::Response;
use crate::source::{Answer, Link, SourceError};
use crate::sources::links::{self, Fate};
use crate::sources::{page, slots};

/// Steps away from the door.
const DEEPEST: u32 = 3;
/// Pages that one page leads to.
const AT_ONCE: usize = 4;

/// Words of pages on elections, in English and Welsh.
const ELECTIONS: &[&str] = &["election", "voting", "etholiad", "pleidleis"];
/// Words of a notice.
const NOTICE: &[&str] = &["nominat", "sopn", "election agent", "electionagent", "enwebwyd", "enwebu", "asiantau etholiad"];
/// Words of what is no notice: papers for people who want to stand.
const NO_NOTICE: &[&str] =
    &["pack", "form", "nomination paper", "guide", "guidance", "how to", "become", "deadline", "appointment of"];
/// Pages that lead to notices, first.
const SOONER: &[&str] = &["candidate", "notice", "statement", "past", "previous", "result", "current", "upcoming", "local"];

/// Reads a page of the walk. The page itself is no notice; nothing of it is kept.
pub(super) fn read(query: &Query, response: &Response, never_fetched: &[String]) -> Result<Answer, SourceError> {
    let read = page::read(query, response, Nature::Page)?;
    if !read.outcome.kind.is_answer() {
        return Ok(Answer::only(read.outcome));
    }
    let area = slots::text(query, "area").unwrap_or_default();
    let depth = slots::number(query, "depth");
    let own: Vec<Link> = read
        .links
        .into_iter()
        .filter(|l| same_owner(&l.url, &response.url))
        .map(|l| Link { url: l.url, same_site: false, words: l.words })
        .collect();
    let (links, more) = notices(own.clone(), area, never_fetched);
    let next = if depth < DEEPEST { further(query, &own, depth, area, never_fetched) } else { vec![] };
    if depth == 0 && links.is_empty() && next.is_empty() {
        return Err(SourceError::LayoutChanged("the council's site leads to no elections page"));
    }
    let outcome = match (read.outcome.reason, more) {
        (None, true) => Outcome::because(OutcomeKind::Found, OutcomeReason::Cut),
        _ => read.outcome,
    };
    Ok(Answer { links, next, ..Answer::only(outcome) })
}

/// The notices among some links, those of the person's own area first; and whether there are more than are followed.
pub(super) fn notices(found: Vec<Link>, area: &str, never_fetched: &[String]) -> (Vec<Link>, bool) {
    let mut seen = BTreeSet::new();
    let mut links: Vec<Link> = found
        .into_iter()
        .filter(|l| is_notice(&said(l)) && links::fate(&l.url, never_fetched) == Fate::Fetch)
        .filter(|l| seen.insert(links::same_page_key(&l.url)))
        .collect();
    let parts: Vec<String> = words(area).filter(|w| w.chars().count() >= 4).collect();
    links.sort_by_key(|l| {
        let said = said(l);
        !parts.iter().any(|part| said.contains(part.as_str()))
    });
    let more = links.len() > MOST;
    links.truncate(MOST);
    (links, more)
}

/// Pages on elections that this one leads to.
fn further(query: &Query, own: &[Link], depth: u32, area: &str, never_fetched: &[String]) -> Vec<Query> {
    let mut seen = BTreeSet::new();
    let mut pages: Vec<(&Url, String)> = own
        .iter()
        .map(|l| (&l.url, said(l)))
        .filter(|(url, said)| ELECTIONS.iter().any(|w| said.contains(w)) && !is_notice(said) && !is_document(url))
        .filter(|(url, _)| links::fate(url, never_fetched) == Fate::Fetch && links::is_worth_crawling(url))
        .filter(|(url, _)| seen.insert(links::same_page_key(url)))
        .collect();
    pages.sort_by_key(|(_, said)| !SOONER.iter().any(|w| said.contains(w)));
    let ask = |url: &Url| {
        let mut next = ask(SITE, "page", Discloses::Page, url.as_str(), area, &query.for_);
        next.slots = next.slots.with("depth", &[], (depth + 1).to_string());
        next
    };
    pages.into_iter().take(AT_ONCE).map(|(url, _)| ask(url)).collect()
}

fn is_notice(said: &str) -> bool {
    NOTICE.iter().any(|w| said.contains(w)) && !NO_NOTICE.iter().any(|w| said.contains(w))
}

fn is_document(url: &Url) -> bool {
    let path = url.path().to_lowercase();
    [".pdf", ".docx", ".doc", ".xlsx", ".odt", ".csv"].iter().any(|ending| path.ends_with(ending))
}

/// What a link says: its words and those of its address, with spaces between them.
fn said(link: &Link) -> String {
    let address = format!("{} {}", link.url.path(), link.url.query().unwrap_or_default());
    let path = address.replace("%20", " ");
    words(&format!("{} {path}", link.words)).collect::<Vec<_>>().join(" ")
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase)
}

/// Whether two addresses belong to one council: the registered name is the same.
fn same_owner(a: &Url, b: &Url) -> bool {
    let owner = |url: &Url| url.host_str().and_then(psl::domain_str).map(str::to_lowercase);
    owner(a).is_some() && owner(a) == owner(b)
}
