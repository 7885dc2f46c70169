//! Results that were copied as plain text: a title, an address or the way to it, some lines of text.

use unlisted_model::catalogue::ResultEngine;
use url::Url;

use super::target::{Target, target};
use super::{Hit, MOST, ResultPage, SNIPPET, TITLE};
use crate::extract::prefix;

/// Addresses from which on a text is a list of results.
const ENOUGH: usize = 2;
/// One line in so many must be an address.
const SPARSE: usize = 12;

/// Reads plain text that may be a copied result page.
///
/// It is one if it holds at least two lines that are an address, or the way to a page as engines show it
/// (`https://www.example.org › people › castle`), each below a line of other text, and such lines are not rare.
pub fn read_text(text: &str, engines: &[ResultEngine]) -> ResultPage {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let addresses: Vec<(usize, Option<Url>)> = lines
        .iter()
        .enumerate()
        .filter_map(|(i, line)| Some((i, address_in(line)?)))
        .map(|(i, url)| (i, resolved(&url, engines)))
        .collect();
    let below_a_title = addresses.iter().filter(|(i, _)| *i > 0 && !addresses.iter().any(|(j, _)| j + 1 == *i)).count();
    if addresses.len() < ENOUGH || below_a_title < ENOUGH || addresses.len() * SPARSE < lines.len() {
        return ResultPage::NotOne;
    }
    let mut hits: Vec<Hit> = Vec::new();
    for (n, (i, url)) in addresses.iter().enumerate() {
        let Some(url) = url else { continue };
        if hits.len() >= MOST || hits.iter().any(|h| h.url == *url) {
            continue;
        }
        let title = title_line(&lines, *i, n.checked_sub(1).and_then(|p| addresses.get(p)).map(|a| a.0));
        let next =
            addresses.get(n + 1).map_or(lines.len(), |(j, _)| title_line(&lines, *j, Some(*i)).map_or(*j, |t| t.max(i + 1)));
        let snippet = lines.get(i + 1..next).unwrap_or_default().join(" ");
        let title = title.and_then(|t| lines.get(t)).copied().unwrap_or_default();
        hits.push(Hit {
            url: url.clone(),
            title: prefix(title, TITLE).to_owned(),
            snippet: prefix(&snippet, SNIPPET).to_owned(),
        });
    }
    if hits.is_empty() { ResultPage::NoLinks } else { ResultPage::Hits(hits) }
}

/// The line of the title above an address: engines put the name of the site between, which is the shorter of the two.
fn title_line(lines: &[&str], address: usize, before: Option<usize>) -> Option<usize> {
    let free = |i: usize| before.is_none_or(|b| i > b);
    let one = address.checked_sub(1).filter(|i| free(*i))?;
    let two = one.checked_sub(1).filter(|i| free(*i));
    // The snippet of the hit before ends with a full stop or an ellipsis; a title does not.
    let looks_like_title = |i: usize| lines.get(i).is_some_and(|l| l.len() <= 120 && !l.ends_with(['.', '\u{2026}', ';', ',']));
    match two.filter(|i| looks_like_title(*i)) {
        Some(two) if lines.get(two).map(|l| l.len()) > lines.get(one).map(|l| l.len()) => Some(two),
        _ => Some(one),
    }
}

/// The address in a line that is nothing else: whole, or as the way to a page.
fn address_in(line: &str) -> Option<Url> {
    let (way, rest) = match line.find(['\u{203A}', '\u{2192}', '\u{BB}']) {
        Some(at) => (line.get(..at)?.trim(), line.get(at..)?),
        None => (line, ""),
    };
    if way.is_empty() || way.contains(char::is_whitespace) {
        return None;
    }
    let with_scheme = if way.starts_with("http://") || way.starts_with("https://") {
        way.to_owned()
    } else if !rest.is_empty() || way.starts_with("www.") {
        format!("https://{way}")
    } else {
        return None;
    };
    let mut url = Url::parse(&with_scheme).ok()?;
    let host = url.domain()?;
    if !host.contains('.') || host.contains("..") {
        return None;
    }
    // The steps are words of the path, if they are whole.
    let steps: Vec<&str> = rest.split(['\u{203A}', '\u{2192}', '\u{BB}']).map(str::trim).filter(|s| !s.is_empty()).collect();
    let whole = steps.iter().all(|s| !s.contains(char::is_whitespace) && !s.contains("..") && !s.contains('\u{2026}'));
    if whole && !steps.is_empty() {
        url.path_segments_mut().ok()?.pop_if_empty().extend(steps);
    }
    Some(url)
}

/// Where an address leads, if not to an engine.
fn resolved(url: &Url, engines: &[ResultEngine]) -> Option<Url> {
    let Some(engine) = engines.first() else { return Some(url.clone()) };
    match target(url.as_str(), None, engine, engines) {
        Target::External(url) => Some(url),
        _ => None,
    }
}
