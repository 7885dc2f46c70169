//! The mailing list: the postal address of every member on one page, often forgotten when a profile is cleaned.

use scraper::ElementRef;
use unlisted_model::Media;
use unlisted_model::text::{About, Role, Text};
use url::Url;

use super::office::{self, Offices};
use super::page::{self, Page, has_class};
use super::{document, found};
use crate::source::{Answer, SourceError};

/// People of one list at most.
const MOST: usize = 1_000;

/// Reads `mgCommitteeMailingList.aspx`: one document for each person.
pub(super) fn read(base: &Url, page: &Page<'_>) -> Result<Answer, SourceError> {
    let headings = page.select(".mgSubSubTitleTxt");
    if headings.is_empty() {
        return Err(SourceError::LayoutChanged("the mailing list names nobody"));
    }
    let people: Vec<(String, Vec<String>)> = headings
        .into_iter()
        .take(MOST)
        .map(|h| (page::lines(h).join(" "), lines_below(h)))
        .filter(|(name, _)| !name.is_empty())
        .collect();
    let mut offices = Offices::of(base);
    for (i, (_, lines)) in people.iter().enumerate() {
        lines.iter().for_each(|line| offices.note(i, line));
    }
    let documents = people.iter().map(|(name, lines)| {
        let mut text = Text::default();
        text.push(Role::Heading, None, 1, About::Unknown, name, 0);
        for line in lines {
            let at = text.chars.len();
            if line.contains('@') {
                for mail in office::values(line).filter(|v| v.contains('@')) {
                    let at = text.chars.len();
                    text.push(Role::Key, Some("email"), 1, offices.mail(About::Unknown, mail), mail, at);
                }
            } else if is_number(line) {
                text.push(Role::Key, Some("phone"), 1, offices.number(About::Unknown, line), line, at);
            } else if office::is_withheld(line) {
                text.push(Role::Body, None, 1, About::Unknown, line, at);
            } else {
                text.push(Role::Key, Some("address"), 1, offices.address(About::Unknown, line), line, at);
            }
        }
        document(page.query, page.response, page.response.url.to_string(), name, text, Media::Html)
    });
    found(documents.collect(), vec![])
}

/// The paragraphs between a person's heading and the next one's. A heading may be wrapped together with them, or alone.
fn lines_below(heading: ElementRef<'_>) -> Vec<String> {
    let mut lines = vec![];
    for sibling in heading.next_siblings().filter_map(ElementRef::wrap) {
        let next = has_class(sibling, "mgSubSubTitleTxt") || !page::select(sibling, ".mgSubSubTitleTxt").is_empty();
        if next || matches!(sibling.value().name(), "h1" | "h2" | "h3") {
            break;
        }
        // An address of several lines is one address.
        let joined = page::lines(sibling).join(", ");
        if !joined.is_empty() {
            lines.push(joined);
        }
        for link in page::select(sibling, "a[href^=\"mailto:\"]") {
            let target = link
                .value()
                .attr("href")
                .and_then(|h| h.strip_prefix("mailto:"))
                .map(|t| t.split('?').next().unwrap_or_default());
            if let Some(target) = target.filter(|t| !t.is_empty() && !lines.iter().any(|l| l.contains(t))) {
                lines.push(target.to_owned());
            }
        }
    }
    lines
}

fn is_number(line: &str) -> bool {
    let digits = line.chars().filter(char::is_ascii_digit).count();
    let first = line.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '+' && c != '(').to_lowercase();
    let starts =
        first.starts_with(['0', '+', '(']) || ["tel", "phone", "mob", "home", "work", "bus"].iter().any(|w| first.starts_with(w));
    digits >= 9 && starts
}
