//! Which removal hint fits a place.

use std::borrow::Cow;

use unlisted_model::document::Nature;
use unlisted_model::finding::{Finding, Piece};
use unlisted_model::route::Route;

use crate::outside;

/// Chooses the row for a place: a row of its own source first, then the longest host suffix, then the longest hint in
/// the address (or, with `text:` in front, in the words around the detail), then a row for its kind, then a general
/// row. Between equals the first id wins, so that the order of the files does not matter.
pub fn choose_route<'r>(routes: &'r [Route], finding: &Finding) -> Option<&'r Route> {
    let host = outside::host(&finding.url).or_else(|| outside::host(&finding.via)).unwrap_or_default().to_lowercase();
    let address = finding.url.to_lowercase();
    let around = words_around(finding);
    routes
        .iter()
        .filter_map(|route| Some((fit(route, finding, &host, &address, &around)?, route)))
        .max_by(|(a, x), (b, y)| a.cmp(b).then_with(|| y.id.cmp(&x.id)))
        .map(|(_, route)| route)
}

/// How well a row fits: own source, length of the host suffix, length of the hint, own kind. None: not at all.
fn fit(route: &Route, finding: &Finding, host: &str, address: &str, around: &str) -> Option<(bool, usize, usize, bool)> {
    let by_source = listed(&route.sources, |s| from_source(s, finding))?;
    let by_kind = listed(&route.kinds, |k| *k == finding.kind)?;
    let suffix = if route.hosts.is_empty() {
        0
    } else {
        route.hosts.iter().filter_map(|suffix| host_suffix(host, &lower(suffix))).max()?
    };
    let hint = if route.path_hints.is_empty() {
        0
    } else {
        route.path_hints.iter().filter_map(|hint| in_hint(&lower(hint), address, around)).max()?
    };
    Some((by_source, suffix, hint, by_kind))
}

/// The source of the person's own pages: its row holds for their pages wherever they were found.
const OWN_PAGES: &str = "own-pages";

fn from_source(source: &str, finding: &Finding) -> bool {
    finding.source.as_str() == source || (source == OWN_PAGES && finding.nature == Nature::OwnPage)
}

/// None: the list excludes it. `Some(true)`: it is named.
fn listed<T>(list: &[T], is: impl Fn(&T) -> bool) -> Option<bool> {
    if list.is_empty() { Some(false) } else { list.iter().any(is).then_some(true) }
}

/// In lower case; rows are written so.
fn lower(text: &str) -> Cow<'_, str> {
    let is_lower = text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) }
}

fn host_suffix(host: &str, suffix: &str) -> Option<usize> {
    if suffix == "*" {
        return Some(0);
    }
    let before = host.strip_suffix(suffix)?;
    (before.is_empty() || before.ends_with('.')).then_some(suffix.len())
}

fn in_hint(hint: &str, address: &str, around: &str) -> Option<usize> {
    match hint.strip_prefix("text:") {
        Some(words) => around.contains(words).then_some(words.len()),
        None => address.contains(hint).then_some(hint.len()),
    }
}

/// The words of excerpt and title in lower case, white space joined, the masked details left out.
fn words_around(finding: &Finding) -> String {
    let pieces = finding.excerpt.0.iter().chain(finding.title.iter().flat_map(|t| &t.0));
    let mut out = String::new();
    for piece in pieces {
        if let Piece::Words(words) = piece {
            for word in words.split_whitespace() {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(&word.to_lowercase());
            }
        }
    }
    out
}
