//! A question for one page whose address was received whole, and the reading of what it answers.

use unlisted_model::query::{Discloses, LineId, Query, QueryKey, Slots};
use unlisted_model::source::SourceId;
use unlisted_model::subject::SubjectId;
use unlisted_model::{Document, Media, Nature, Outcome, OutcomeKind, OutcomeReason, Secret};
use url::Url;

use super::links::{self, Fate};
use super::{cmis, head, moderngov, reading, slots, wall};
use crate::exchange::Response;
use crate::extract::{PageLink, Problem};
use crate::request::Request;
use crate::source::{Answer, SourceError};

/// A question for one page.
///
/// The address stands in the slot `page`; `depth` says how many steps it is away from where a site was entered. Equal
/// addresses (fragment and tracking parameters aside) are equal questions, whichever source asks them.
pub fn page_query(source: &SourceId, line: &LineId, url: &Url, depth: u8, for_: &[SubjectId]) -> Query {
    let mut url = url.clone();
    url.set_fragment(None);
    Query {
        line: line.clone(),
        source: source.clone(),
        what: "page".to_owned(),
        key: page_key(&url),
        for_: for_.to_vec(),
        slots: Slots::default().with("page", &[Discloses::Page], url.as_str()).with("depth", &[], depth.to_string()),
    }
}

/// What makes two questions the same page.
pub(super) fn page_key(url: &Url) -> QueryKey {
    QueryKey(Secret::new(format!("page|{}", links::same_page_key(url))))
}

/// The request of such a question.
pub(super) fn request(query: &Query) -> Result<Request, SourceError> {
    Ok(Request::page(slots::address(query, "page")?, &query.line, &query.source, &query.for_))
}

/// Times that a page may send its visitors on to the next.
const HOPS: u32 = 3;

/// Reads an answer as a page whose own links are left alone. A page that sends its visitors on by itself is followed, as a
/// redirect is: what stood at the address asked stands there now.
pub(super) fn answer(query: &Query, response: &Response, never_fetched: &[String]) -> Result<Answer, SourceError> {
    if let Some(answer) = moderngov::read_page(query, response).or_else(|| cmis::read_page(query, response)) {
        return Ok(Answer { links: vec![], ..answer });
    }
    let hops = slots::number(query, "depth");
    let moved = head::read(&response.body, &response.url).refresh.filter(|_| hops < HOPS);
    let next: Vec<Query> = moved
        .filter(|url| links::fate(url, never_fetched) == Fate::Fetch)
        .map(|url| page_query(&query.source, &query.line, &url, u8::try_from(hops + 1).unwrap_or(u8::MAX), &query.for_))
        .into_iter()
        .collect();
    match read(query, response, Nature::Page) {
        Ok(read) => Ok(Answer { documents: vec![read.document], next, ..Answer::only(read.outcome) }),
        // It is nothing but a sign to the next page, which is asked for itself.
        Err(SourceError::Unreadable(_)) if !next.is_empty() => {
            Ok(Answer { next, ..Answer::only(Outcome::plain(OutcomeKind::Absent)) })
        }
        Err(error) => Err(error),
    }
}

/// Reads an old copy, at the address where the page stood, as that page: one of a council as the records that it holds. `via` is where
/// the copy stands. Its links are as old as it is and are left alone.
pub(super) fn copy(query: &Query, as_it_was: &Response, via: &str) -> Result<Answer, SourceError> {
    let known = moderngov::read_page(query, as_it_was).or_else(|| cmis::read_page(query, as_it_was));
    let (documents, outcome) = match known {
        Some(answer) => (answer.documents, answer.outcome),
        None => {
            let read = read(query, as_it_was, Nature::Page)?;
            (vec![read.document], read.outcome)
        }
    };
    let documents = documents.into_iter().map(|d| Document { via: via.to_owned(), follow: vec![], ..d }).collect();
    Ok(Answer { documents, ..Answer::only(outcome) })
}

/// A page that was read.
pub(super) struct Read {
    pub(super) outcome: Outcome,
    pub(super) document: Document,
    pub(super) links: Vec<PageLink>,
}

/// Reads an answer as one page.
pub(super) fn read(query: &Query, response: &Response, nature: Nature) -> Result<Read, SourceError> {
    if !(200..300).contains(&response.status) {
        return Err(SourceError::Status(response.status));
    }
    let read = reading::extracted(response);
    match read.problem {
        Some(problem) if response.document.is_some() && (!problem.is_partial() || read.text.blocks.is_empty()) => {
            return Err(SourceError::Document(problem));
        }
        Some(Problem::NotReadYet) => return Err(SourceError::Unreadable("a kind of file that is not read yet")),
        Some(Problem::Broken) if read.text.blocks.is_empty() => return Err(SourceError::Unreadable("it is broken")),
        _ => {}
    }
    if read.text.chars.trim().is_empty() && response.document.is_none() {
        return Err(match response.cut {
            Some(_) => SourceError::Cut,
            None => SourceError::Unreadable("it holds no text; perhaps it is drawn by a script"),
        });
    }
    let cut = response.cut.is_some() || read.problem.is_some();
    let wall = if read.media == Media::Html { wall::outcome(response, &read.text.chars) } else { None };
    let outcome = if let Some(wall) = wall {
        wall
    } else if read.media == Media::Html && wants_script(&read.text.chars) {
        // What little there is gets looked through; that there was nothing must not be said.
        Outcome::because(OutcomeKind::Failed, OutcomeReason::Unreadable)
    } else if cut {
        Outcome::because(OutcomeKind::Found, OutcomeReason::Cut)
    } else {
        Outcome::plain(OutcomeKind::Found)
    };
    Ok(Read {
        outcome,
        document: Document {
            source: query.source.clone(),
            line: query.line.clone(),
            url: response.url.to_string(),
            via: response.asked.to_string(),
            title: read.title,
            nature,
            media: read.media,
            seen: response.seen,
            text: read.text,
            cut,
            follow: vec![],
        },
        links: read.links,
    })
}

/// Whether a page says little more than that it needs a script to be shown.
fn wants_script(chars: &str) -> bool {
    if chars.len() > 1_500 {
        return false;
    }
    let text = chars.to_lowercase();
    let asks =
        ["enable javascript", "javascript is required", "javascript is disabled", "requires javascript", "turn on javascript"];
    asks.iter().any(|a| text.contains(a)) || (text.contains("javascript") && text.contains("enable"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(url: &str) -> QueryKey {
        let url = Url::parse(url).expect("test data");
        page_query(&SourceId::new("given"), &LineId("given".into()), &url, 0, &[]).key
    }

    #[test]
    fn the_same_page_is_asked_once() {
        assert_eq!(key("https://a.example/p?x=1#top"), key("https://a.example/p?utm_source=n&x=1"));
        assert_ne!(key("https://a.example/p?x=1"), key("https://a.example/p?x=2"));
        assert_ne!(key("https://a.example/p"), key("https://b.example/p"));
    }

    #[test]
    fn a_page_that_is_drawn_by_a_script_is_told() {
        assert!(wants_script("Site\nYou need to enable JavaScript to run this app.\n"));
        assert!(!wants_script("I teach JavaScript on Mondays.\n"));
        assert!(!wants_script(&format!("Please enable JavaScript. {}", "Much text. ".repeat(200))));
    }
}
