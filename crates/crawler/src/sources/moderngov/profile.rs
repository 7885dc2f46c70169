//! A member's profile page. Only what stands in the two blocks of the profile is read: header and footer carry the
//! council's own address, and the ward colleagues are other people.

use scraper::{ElementRef, Node};
use unlisted_model::Media;
use unlisted_model::text::{About, Role, Text};
use url::Url;

use super::office::{self, Offices};
use super::page::{self, Page, has_class};
use super::{document, found};
use crate::source::{Answer, SourceError};
use crate::sources::reading;

/// Labels of one profile at most.
const MOST: usize = 200;

/// Sections about meetings and terms, with dates and bodies but nothing of a private life.
const DULL: &[&str] = &["more information about this", "terms of office", "committee appointments", "meetings", "attendance"];

/// Reads `mgUserInfo.aspx`.
pub(super) fn read(base: &Url, page: &Page<'_>) -> Result<Answer, SourceError> {
    let labels = page.select("span.mgLabel, strong.mgLabel, .mgLabel");
    let bodies = page.select(".mgUserBody");
    if labels.is_empty() && bodies.is_empty() {
        return Err(if page.is_moderngov() {
            SourceError::LayoutChanged("the profile has neither labels nor a body")
        } else {
            SourceError::LayoutChanged("it is not a member's profile")
        });
    }
    let name = page.name();
    let mut text = Text::default();
    let mut push = |role: Role, label: Option<&str>, group: u32, about: About, words: &str| {
        if !words.is_empty() {
            let at = text.chars.len();
            text.push(role, label, group, about, words, at);
        }
    };
    push(Role::Heading, None, 1, About::Unknown, &name);
    let offices = Offices::of(base);
    let is_framed = page.is_moderngov();
    for label in labels.into_iter().take(MOST) {
        // Site themes may use the same class in header and footer; the member's own stand in the content.
        let outside =
            label.ancestors().filter_map(ElementRef::wrap).any(|e| matches!(e.value().name(), "header" | "footer" | "nav"))
                || is_framed && !label.ancestors().filter_map(ElementRef::wrap).any(page::is_content);
        let words = reading::fold(&label.text().collect::<String>()).trim_end_matches(':').trim().to_lowercase();
        if outside || words.is_empty() || words.contains("other councillors") || words.contains("other members") {
            continue;
        }
        let value = value_of(label, &words);
        if office::is_withheld(&value) {
            push(Role::Body, None, 1, About::Unknown, &value);
            continue;
        }
        push(Role::Key, Some(&words), 1, about(&offices, &words, &value), &value);
        if let Some(parent) = label.parent().and_then(ElementRef::wrap) {
            for link in page::select(parent, "a[href^=\"mailto:\"], a[href^=\"tel:\"]") {
                let target = link
                    .value()
                    .attr("href")
                    .and_then(|h| h.split_once(':'))
                    .map(|(_, t)| t.split('?').next().unwrap_or_default());
                if let Some(target) = target.filter(|t| !value.contains(t)) {
                    push(Role::Attribute, Some("href"), 1, about(&offices, &words, target), target);
                }
            }
        }
    }
    let mut group = 1;
    for body in bodies.into_iter().map(unwrapped) {
        let (mut heading, mut headed) = (String::new(), String::new());
        for child in body.children().filter_map(ElementRef::wrap) {
            if is_heading(child) {
                heading = page::lines(child).join(" ");
                group += 1;
                continue;
            }
            if DULL.iter().any(|d| heading.to_lowercase().starts_with(d)) {
                continue;
            }
            // Labels and their values were read above.
            let free = page::lines_until(child, &|e| has_label(e) || leads_to_a_member(e));
            if has_label(child) || leads_to_a_member(child) || free.is_empty() {
                continue;
            }
            let about = if office::is_surgery_elsewhere(&heading, &free) { About::Office } else { About::Unknown };
            if headed != heading {
                push(Role::Heading, None, group, About::Unknown, &heading);
                headed.clone_from(&heading);
            }
            for line in free {
                push(Role::Body, None, group, about, &line);
            }
        }
    }
    let documents = vec![document(page.query, page.response, page.response.url.to_string(), &name, text, Media::Html)];
    found(documents, page.documents())
}

/// The element that holds the sections: themes wrap them once more.
fn unwrapped(body: ElementRef<'_>) -> ElementRef<'_> {
    let mut body = body;
    for _ in 0..4 {
        let mut inner = body.children().filter_map(ElementRef::wrap);
        match (inner.next(), inner.next()) {
            (Some(only), None) if only.value().name() == "div" => body = only,
            _ => break,
        }
    }
    body
}

/// An item of a list of members: ward colleagues, other people.
fn leads_to_a_member(element: ElementRef<'_>) -> bool {
    element.value().name() == "li"
        && page::select(element, "a[href]")
            .iter()
            .any(|a| a.value().attr("href").is_some_and(|h| h.to_lowercase().contains("mguserinfo")))
}

fn is_heading(element: ElementRef<'_>) -> bool {
    matches!(element.value().name(), "h1" | "h2" | "h3" | "h4") || has_class(element, "mgSectionTitle")
}

/// Whether a label stands right inside an element, so that its text is the label's value.
fn has_label(element: ElementRef<'_>) -> bool {
    element.children().filter_map(ElementRef::wrap).any(|e| has_class(e, "mgLabel"))
}

/// The text after a label up to the next one; lines are joined by commas. A label that stands alone in its paragraph has
/// its value in the next one.
fn value_of(label: ElementRef<'_>, words: &str) -> String {
    let value = after(label);
    let alone = label.parent().and_then(ElementRef::wrap);
    match alone.filter(|_| value.is_empty() && is_contact(words)) {
        None => value,
        Some(parent) => {
            let next = parent.next_siblings().filter_map(ElementRef::wrap).next();
            next.filter(|e| e.value().name() == "p" && !has_label(*e)).map(|e| page::lines(e).join(", ")).unwrap_or_default()
        }
    }
}

fn after(label: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in label.next_siblings() {
        match (node.value(), ElementRef::wrap(node)) {
            (Node::Text(words), _) => text.extend(words.chars().map(|c| if c == '\n' { ' ' } else { c })),
            (_, Some(element)) if has_class(element, "mgLabel") => break,
            (_, Some(element)) if element.value().name() == "br" => text.push('\n'),
            (_, Some(element)) => text.push_str(&page::lines(element).join("\n")),
            _ => {}
        }
    }
    let lines = text.split('\n').map(reading::fold).map(|l| l.trim_matches([',', ' ']).to_owned()).filter(|l| !l.is_empty());
    lines.collect::<Vec<_>>().join(", ")
}

fn is_contact(words: &str) -> bool {
    ["address", "phone", "tel", "mobile", "mail", "fax"].iter().any(|w| words.contains(w))
}

/// Whom a labelled value is about. The wording of labels varies between versions and councils.
pub(in super::super) fn about(offices: &Offices, label: &str, value: &str) -> About {
    let label: Vec<&str> = label.split(|c: char| !c.is_alphanumeric()).collect();
    let has = |words: &[&str]| label.iter().any(|l| words.contains(l));
    if !label.iter().any(|l| is_contact(l)) {
        return About::Unknown;
    }
    let stated = if has(&["home", "private", "personal", "cartref"]) {
        About::Home
    } else if has(&["work", "bus", "business", "office", "council", "gwaith"]) {
        About::Office
    } else {
        About::Unknown
    };
    if value.contains('@') {
        // A consumer mailbox is the member's own, whatever its label says.
        return offices.mail(
            if stated == About::Office { About::Unknown } else { stated },
            value.split_whitespace().find(|w| w.contains('@')).unwrap_or(value),
        );
    }
    if has(&["address", "cyfeiriad"]) {
        let stated = if stated == About::Office && !office::is_office(value) { About::Unknown } else { stated };
        return offices.address(stated, value);
    }
    stated
}
