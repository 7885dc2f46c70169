//! A question for one page whose address was received whole, and the reading of what it answers.

use unlisted_model::query::{Discloses, LineId, Query, QueryKey, Slots};
use unlisted_model::source::SourceId;
use unlisted_model::subject::SubjectId;
use unlisted_model::{Document, Media, Nature, Outcome, OutcomeKind, OutcomeReason, Secret};
use url::Url;

use super::{links, moderngov, reading, slots};
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

/// Reads an answer as a page whose own links are left alone.
pub(super) fn answer(query: &Query, response: &Response) -> Result<Answer, SourceError> {
    if let Some(answer) = moderngov::read_page(query, response) {
        return Ok(Answer { links: vec![], ..answer });
    }
    let read = read(query, response, Nature::Page)?;
    Ok(Answer { documents: vec![read.document], ..Answer::only(read.outcome) })
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
        Some(Problem::NotReadYet) => return Err(SourceError::Unreadable("a kind of file that is not read yet")),
        Some(Problem::Broken) if read.text.blocks.is_empty() => return Err(SourceError::Unreadable("it is broken")),
        _ => {}
    }
    if read.text.chars.trim().is_empty() {
        return Err(match response.cut {
            Some(_) => SourceError::Cut,
            None => SourceError::Unreadable("it holds no text; perhaps it is drawn by a script"),
        });
    }
    let cut = response.cut.is_some() || read.problem.is_some();
    let outcome = if read.media == Media::Html && wants_script(&read.text.chars) {
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
    let asks = ["enable javascript", "javascript is required", "javascript is disabled", "requires javascript", "turn on javascript"];
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
