//! The member index, asked when the web service is off: names, wards and parties, or a table with addresses.

use std::collections::BTreeMap;

use scraper::ElementRef;
use unlisted_model::Media;
use unlisted_model::text::{About, Role, Text};

use super::office::Offices;
use super::page::{self, Page};
use super::{Place, document, found};
use crate::source::{Answer, SourceError};

/// Reads `mgMemberIndex.aspx` in either of its views.
pub(super) fn read(place: &Place<'_>, page: &Page<'_>) -> Result<Answer, SourceError> {
    // Each member stands in an item or a row of their own; a photo and a name lead to the same page.
    let mut members: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    let mut order = vec![];
    for item in page.select(".mgThumbsList li, #mgTable1 tr, .mgStatsTable tr").into_iter().take(2_000) {
        let Some((uid, name)) = member(item) else { continue };
        let lines = page::lines(item).into_iter().filter(|l| *l != name).collect();
        members.entry(uid).or_insert_with_key(|uid| {
            order.push(uid.clone());
            (name, lines)
        });
    }
    if members.is_empty() {
        return Err(SourceError::LayoutChanged("the member index names no member"));
    }
    let mut offices = Offices::of(&place.base);
    for (i, (_, lines)) in members.values().enumerate() {
        lines.iter().for_each(|line| offices.note(i, line));
    }
    let documents =
        order.iter().filter_map(|uid| members.get(uid).map(|(name, lines)| (uid, name, lines))).map(|(uid, name, lines)| {
            let mut text = Text::default();
            text.push(Role::Heading, None, 1, About::Unknown, name, 0);
            for line in lines {
                let at = text.chars.len();
                text.push(Role::Cell, None, 1, line_about(&offices, line), line, at);
            }
            let mut doc = document(page.query, page.response, place.page_of(uid), name, text, Media::Html);
            doc.follow = place.follow(uid, &page.query.for_);
            doc
        });
    found(documents.collect(), vec![])
}

/// A line of the table view: an address, a number with its remark, a mail.
fn line_about(offices: &Offices, line: &str) -> About {
    let lower = line.to_lowercase();
    let work = lower.starts_with("work") || lower.starts_with("bus");
    match line.split_whitespace().find(|w| w.contains('@')) {
        Some(mail) => offices.mail(About::Unknown, mail),
        None if work => About::Office,
        None if lower.starts_with("home") => offices.number(About::Home, line),
        None => offices.address(About::Unknown, line),
    }
}

/// The id and name of the member whom an item is about.
fn member(item: ElementRef<'_>) -> Option<(String, String)> {
    let mut found: Option<(String, String)> = None;
    for link in page::select(item, "a[href]") {
        let Some(uid) = link.value().attr("href").and_then(uid) else { continue };
        let name = page::lines(link).join(" ");
        match &mut found {
            None => found = Some((uid, name)),
            Some((first, kept)) if *first == uid && kept.is_empty() => *kept = name,
            Some(_) => {}
        }
    }
    found.filter(|(_, name)| !name.is_empty())
}

/// The id in a link to a profile, whatever its capitals.
fn uid(href: &str) -> Option<String> {
    let (path, query) = href.split_once('?')?;
    let path = path.to_lowercase();
    if !path.ends_with("mguserinfo.aspx") && !path.ends_with("mguserinfow.aspx") {
        return None;
    }
    let (_, id) = query
        .split(['&', ';', '#'])
        .filter_map(|pair| pair.split_once('='))
        .find(|(name, _)| name.eq_ignore_ascii_case("uid"))?;
    let digits: String = id.chars().take_while(char::is_ascii_digit).collect();
    (!digits.is_empty() && digits.len() <= 12).then_some(digits)
}
