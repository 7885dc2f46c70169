//! The list of councillors: a block for each person.

use std::collections::BTreeMap;

use scraper::ElementRef;
use unlisted_model::query::Query;
use unlisted_model::text::{About, Role, Text};
use url::Url;

use super::person::label_and_value;
use super::{COUNCILLORS, PERSON, PROFILE, document, found, is_of, question};
use crate::source::{Answer, SourceError};
use crate::sources::moderngov::page::{self, Page};
use crate::sources::{reading, slots};

/// More councillors than any council has.
const MOST: usize = 1_000;
/// In the place of a name.
const VACANT: &[&str] = &["vacancy", "vacant", "vacant seat", "seat vacant"];

/// Reads the list; or, where the row leads to the door of the site, the way to the list.
pub(super) fn read(home: &Url, page: &Page<'_>) -> Result<Answer, SourceError> {
    let blocks = page.select(".PE_People_PersonBlock");
    let council = slots::text(page.query, "council")?;
    if blocks.is_empty() {
        return way(home, page, council).ok_or(SourceError::LayoutChanged("the page holds no block of a councillor"));
    }
    // A page that does not end is one that broke off, whatever the server says.
    let tail: String = String::from_utf8_lossy(page.response.body.rchunks(4_096).next().unwrap_or_default()).to_lowercase();
    let cut = page.response.cut.is_some() || !tail.contains("</html") || blocks.len() > MOST;
    let mut people: BTreeMap<String, ()> = BTreeMap::new();
    let mut documents = vec![];
    for block in blocks.into_iter().take(MOST) {
        let link = person_link(home, page, block);
        let name = name(block);
        if name.is_empty() || VACANT.contains(&name.to_lowercase().as_str()) {
            continue;
        }
        let at = link.as_ref().map_or_else(|| format!("{}#{name}", page.response.url), Url::to_string);
        // Under two wards, or as mayor and member: one person.
        if people.insert(at.clone(), ()).is_some() {
            continue;
        }
        let text = text(&name, block);
        let mut doc =
            document(page, link.as_ref().map_or_else(|| page.response.url.to_string(), Url::to_string), &name, text, cut);
        doc.follow = link.iter().map(|l| profile(council, l, &name, page.query)).collect();
        documents.push(doc);
    }
    if documents.is_empty() || documents.iter().all(|d| d.text.blocks.len() < 2 && d.follow.is_empty()) {
        return Err(SourceError::LayoutChanged("no block names a councillor"));
    }
    Ok(Answer { documents, ..Answer::only(found(cut)) })
}

/// The page of a councillor. Their name goes along, unsent: some of these pages do not say whom they are about.
fn profile(council: &str, link: &Url, name: &str, asked: &Query) -> Query {
    let mut query = question(PROFILE, council, Some(link), link, &asked.for_);
    query.slots = query.slots.with("name", &[], name);
    query
}

/// The first link of a block that leads to a person of this site.
fn person_link(home: &Url, page: &Page<'_>, block: ElementRef<'_>) -> Option<Url> {
    page::select(block, "a[href]").iter().find_map(|a| {
        let mut url = page.response.url.join(a.value().attr("href")?).ok()?;
        url.set_fragment(None);
        let is_person = url.path().to_lowercase().contains(PERSON) && id_of(&url).is_some();
        (is_person && is_of(home, &page.response.url, &url)).then_some(url)
    })
}

/// The segment after `/id/`.
fn id_of(url: &Url) -> Option<String> {
    let mut segments = url.path_segments()?.skip_while(|s| !s.eq_ignore_ascii_case("id"));
    segments.nth(1).filter(|id| !id.is_empty() && id.len() <= 12 && id.bytes().all(|b| b.is_ascii_digit())).map(str::to_owned)
}

fn name(block: ElementRef<'_>) -> String {
    let link = page::select(block, ".NameLink").first().map(|e| page::lines(*e).join(" ")).unwrap_or_default();
    let links = || page::select(block, "a[href]").iter().map(|e| page::lines(*e).join(" ")).find(|t| !t.is_empty());
    let photo = || {
        let alt = |e: &ElementRef<'_>| e.value().attr("alt").map(reading::fold);
        page::select(block, "img[alt]").iter().filter_map(alt).find(|t| !t.is_empty() && !t.ends_with("(logo)"))
    };
    if link.is_empty() { links().or_else(photo).unwrap_or_default() } else { link }
}

fn text(name: &str, block: ElementRef<'_>) -> Text {
    let mut text = Text::default();
    let mut push = |role: Role, label: Option<&str>, words: &str| {
        if !words.is_empty() {
            let at = text.chars.len();
            text.push(role, label, 1, About::Unknown, words, at);
        }
    };
    push(Role::Heading, None, name);
    let mut open: Option<String> = None;
    for line in page::lines(block).into_iter().filter(|l| l != name) {
        match (label_and_value(&line), open.take()) {
            (Some((label, "")), _) => open = Some(label),
            (Some((label, value)), _) => push(Role::Key, Some(&label), value),
            (None, Some(label)) => push(Role::Key, Some(&label), &line),
            (None, None) => push(Role::Body, None, &line),
        }
    }
    let logo = page::select(block, "img").into_iter().filter_map(|e| {
        let said = e.value().attr("title").or_else(|| e.value().attr("alt")).map(reading::fold)?;
        said.strip_suffix("(logo)").map(|party| party.trim().to_owned())
    });
    push(Role::Key, Some("party"), &logo.last().unwrap_or_default());
    text
}

/// Some rows name the door of the site: the one link on it that says "Councillors" is followed, once.
fn way(home: &Url, page: &Page<'_>, council: &str) -> Option<Answer> {
    if page.query.slots.get("page").is_some() {
        return None;
    }
    let url = page.select("a[href]").into_iter().find_map(|a| {
        let mut url = page.response.url.join(a.value().attr("href")?).ok()?;
        url.set_fragment(None);
        let words = page::lines(a).join(" ").to_lowercase();
        let says =
            ["councillors", "your councillors", "our councillors", "find your councillor", "members"].contains(&words.as_str());
        (says && url != page.response.url && is_of(home, &page.response.url, &url)).then_some(url)
    })?;
    let next = vec![question(COUNCILLORS, council, Some(&url), &url, &page.query.for_)];
    // This page itself says nothing of anybody; the next one does.
    Some(Answer { next, ..Answer::only(found(false)) })
}
