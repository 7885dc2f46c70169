//! Which copies are worth reading, when there are more than the plan allows.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::cdx::Capture;
use crate::sources::own_pages::TELLING;
use crate::sources::site::bare_host;

/// The same page over http and https, with and without `www.`, a port or a slash at its end.
pub(in crate::sources) fn page_key(url: &Url) -> String {
    let query = url.query().map(|q| format!("?{q}")).unwrap_or_default();
    format!("{}{}{query}", bare_host(url).to_lowercase(), url.path().trim_end_matches('/'))
}

/// Every different copy of every page once, in the order in which they are to be read: the newest of each page first, then the
/// oldest, then those between; pages that tell of contacts before others.
pub(in crate::sources) fn choose(mut captures: Vec<Capture>) -> Vec<Capture> {
    captures.sort_by(|a, b| a.taken.cmp(&b.taken));
    let mut pages: BTreeMap<String, Vec<Capture>> = BTreeMap::new();
    let mut known: BTreeSet<(String, String)> = BTreeSet::new();
    for capture in captures {
        let key = page_key(&capture.page);
        if capture.digest == "-" || capture.digest.is_empty() || known.insert((key.clone(), capture.digest.clone())) {
            pages.entry(key).or_default().push(capture);
        }
    }
    let mut turns: Vec<(usize, bool, String, Capture)> = vec![];
    for (key, copies) in pages {
        let telling = key.split(|c: char| !c.is_alphanumeric()).any(|word| TELLING.contains(&word.to_lowercase().as_str()));
        for (turn, capture) in outside_in(copies).into_iter().enumerate() {
            turns.push((turn, !telling, key.clone(), capture));
        }
    }
    turns.sort_by(|a, b| (a.0, a.1, &a.2).cmp(&(b.0, b.1, &b.2)));
    turns.into_iter().map(|(.., capture)| capture).collect()
}

/// The last, the first, and then the others from the newest.
fn outside_in(mut copies: Vec<Capture>) -> Vec<Capture> {
    let last = copies.pop();
    let first = (!copies.is_empty()).then(|| copies.remove(0));
    last.into_iter().chain(first).chain(copies.into_iter().rev()).collect()
}
