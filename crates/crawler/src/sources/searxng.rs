//! The person's own SearXNG: names in public use with public words, one question for each result page.
//!
//! Shape of the answer: SearXNG's own source of August 2026. Its members are optional but `results`.

use std::collections::BTreeSet;
use std::net::IpAddr;

use serde_json::Value;
use unlisted_model::query::{LineId, Query, QueryKey, Slots};
use unlisted_model::source::{SourceId, SourceRow};
use unlisted_model::subject::{Subject, SubjectId};
use unlisted_model::text::{About, Role, Text};
use unlisted_model::{Councils, Document, Media, Nature, Outcome, OutcomeKind, OutcomeReason, Secret, Template};
use url::{Host, Url};

use super::templates::{self, Phrase};
use super::{SourceKit, reading, slots};
use crate::exchange::Response;
use crate::request::{Encoding, Request};
use crate::source::{Answer, Line, Link, Source, SourceError};

/// The id of the source.
pub const ID: &str = "searxng";
/// Hits that are read of one result page.
const HITS: usize = 200;

pub(super) struct Searxng {
    row: SourceRow,
    templates: Vec<Template>,
    councils: Councils,
    pages: u32,
}

impl Searxng {
    pub(super) fn new(row: SourceRow, kit: &SourceKit) -> Self {
        Self { row, templates: kit.templates.clone(), councils: kit.councils.clone(), pages: kit.budget.result_pages.max(1) }
    }
}

/// Whether an address is on the person's own machine or network by its looks alone (no name is looked up): a loopback,
/// private or link-local address, a single label, or a name that only a local network knows. Any other host is a
/// stranger who would read every question, so it may be used only with `own = true` in the row.
pub fn is_own_machine(base: &Url) -> bool {
    match base.host() {
        Some(Host::Ipv4(ip)) => is_private(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => is_private(IpAddr::V6(ip)),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            !name.contains('.')
                || [".localhost", ".local", ".lan", ".home", ".internal", ".home.arpa"].iter().any(|s| name.ends_with(s))
        }
        None => false,
    }
}

fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local(),
        IpAddr::V6(v6) => {
            v6.is_loopback()
                || v6.is_unique_local()
                || v6.is_unicast_link_local()
                || v6.to_ipv4_mapped().is_some_and(|v4| is_private(IpAddr::V4(v4)))
        }
    }
}

fn query(line: &LineId, base: &Url, words: &Phrase, page: u32, for_: &[SubjectId]) -> Query {
    Query {
        line: line.clone(),
        source: SourceId::new(ID),
        what: "search".to_owned(),
        key: QueryKey(Secret::new(format!("{ID}|{base}|{page}|{}", words.text))),
        for_: for_.to_vec(),
        slots: Slots::default().with("base", &[], base.as_str()).with("q", &words.discloses, words.text.as_str()).with(
            "pageno",
            &[],
            page.to_string(),
        ),
    }
}

impl Source for Searxng {
    fn id(&self) -> &'static str {
        ID
    }

    fn lines(&self, subject: &Subject) -> Vec<Line> {
        let Some(base) = subject.searxng.as_ref().or(self.row.base.as_ref()) else { return vec![] };
        let for_ = [subject.id.clone()];
        let lines = self.templates.iter().filter_map(|template| {
            let phrases = templates::fill(template, subject, &self.councils);
            let first = phrases.first()?;
            let line = LineId(format!("{ID}/{}", template.id));
            Some(Line {
                template: template.text.clone(),
                to: base.host_str().unwrap_or_default().to_owned(),
                discloses: first.discloses.clone(),
                units: u32::try_from(phrases.len()).unwrap_or(u32::MAX).saturating_mul(self.pages),
                queries: phrases.iter().map(|p| query(&line, base, p, 1, &for_)).collect(),
                line,
            })
        });
        lines.collect()
    }

    fn request(&self, query: &Query) -> Result<Request, SourceError> {
        let words = query.slots.get("q").ok_or(SourceError::NotMine)?;
        let mut url = slots::address(query, "base")?;
        url.set_fragment(None);
        url.set_query(None);
        let path = url.path().trim_end_matches('/').trim_end_matches("/search").to_owned();
        url.set_path(&format!("{path}/search"));
        Ok(Request::to(url, &query.line, &query.source, &query.for_)
            .accept("application/json")
            .slot("q", words, Encoding::Plain)
            .param("format", "json")
            .param("categories", "general")
            .param("language", "en-GB")
            .param("safesearch", "0")
            .param("pageno", &slots::number(query, "pageno").max(1).to_string()))
    }

    fn read(&self, query: &Query, response: &Response) -> Result<Answer, SourceError> {
        match response.status {
            200 => {}
            403 => {
                return Err(SourceError::NotAvailable(
                    "this SearXNG does not give JSON; add `json` to `search.formats` in its settings",
                ));
            }
            status => return Err(SourceError::Status(status)),
        }
        if response.body.trim_ascii_start().starts_with(b"<") {
            return Err(SourceError::LayoutChanged("a web page came in place of JSON"));
        }
        let body: Value = serde_json::from_slice(&response.body).map_err(|_| match response.cut {
            Some(_) => SourceError::Cut,
            None => SourceError::LayoutChanged("it is not JSON"),
        })?;
        let results = body.get("results").and_then(Value::as_array).ok_or(SourceError::LayoutChanged("`results` is missing"))?;
        let mut answer = Answer::only(Outcome::plain(OutcomeKind::Found));
        let mut seen = BTreeSet::new();
        let mut add = |url: Option<Url>, title: String, content: String, author: String| {
            if let Some(url) = url.filter(|u| seen.insert(u.to_string())) {
                answer.documents.push(hit(query, response, &url, &title, &content, &author));
                answer.links.push(Link { url, same_site: false, words: format!("{title} {content}").trim().to_owned() });
            }
        };
        for result in results.iter().take(HITS) {
            add(web(result, "url"), words(result, "title"), words(result, "content"), words(result, "author"));
        }
        for answered in list(&body, "answers") {
            let content = answered.as_str().map_or_else(|| words(answered, "answer"), reading::fold);
            add(web(answered, "url"), String::new(), content, String::new());
        }
        for infobox in list(&body, "infoboxes") {
            let (title, content) = (words(infobox, "infobox"), words(infobox, "content"));
            let links: Vec<&Value> = list(infobox, "urls").collect();
            let own = web(infobox, "id").or_else(|| links.iter().find_map(|l| web(l, "url")));
            add(own, title, content, String::new());
            for link in links {
                add(web(link, "url"), words(link, "title"), String::new(), String::new());
            }
        }
        let silent = list(&body, "unresponsive_engines").next().is_some();
        if answer.links.is_empty() {
            if !results.is_empty() {
                return Err(SourceError::LayoutChanged("no result has an address"));
            }
            answer.outcome = if silent {
                Outcome::because(OutcomeKind::Failed, OutcomeReason::EnginesSilent)
            } else {
                Outcome::plain(OutcomeKind::Absent)
            };
            return Ok(answer);
        }
        if silent {
            answer.outcome = Outcome::because(OutcomeKind::Found, OutcomeReason::EnginesSilent);
        }
        let page = slots::number(query, "pageno").max(1);
        if page < self.pages && !results.is_empty() {
            let asked = query.slots.get("q").ok_or(SourceError::NotMine)?;
            let words = Phrase { text: slots::text(query, "q")?.to_owned(), discloses: asked.discloses.clone() };
            answer.next.push(self::query(&query.line, &slots::address(query, "base")?, &words, page + 1, &query.for_));
        }
        Ok(answer)
    }

    fn reads_errors(&self) -> bool {
        true
    }
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default().iter().take(HITS)
}

fn web(value: &Value, name: &str) -> Option<Url> {
    let mut url = Url::parse(value.get(name)?.as_str()?).ok()?;
    url.set_fragment(None);
    (matches!(url.scheme(), "http" | "https") && url.host_str().is_some()).then_some(url)
}

/// A member as words: entities decoded once, white space folded, at most 10,000 characters.
fn words(value: &Value, name: &str) -> String {
    let text = value.get(name).and_then(Value::as_str).unwrap_or_default();
    reading::fold(&htmlize::unescape(text)).chars().take(10_000).collect()
}

fn hit(query: &Query, response: &Response, url: &Url, title: &str, content: &str, author: &str) -> Document {
    let mut text = Text::default();
    for (role, label, words) in [(Role::Heading, None, title), (Role::Body, None, content), (Role::Meta, Some("author"), author)]
    {
        if !words.is_empty() {
            let at = text.chars.len();
            text.push(role, label, 1, About::Unknown, words, at);
        }
    }
    Document {
        source: query.source.clone(),
        line: query.line.clone(),
        url: url.to_string(),
        via: response.asked.to_string(),
        title: (!title.is_empty()).then(|| title.to_owned()),
        nature: Nature::SearchHit,
        media: Media::Json,
        seen: response.seen,
        text,
        cut: false,
        follow: vec![],
    }
}

#[cfg(test)]
mod tests;
