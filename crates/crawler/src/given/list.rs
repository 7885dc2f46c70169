//! A text list of addresses.

use std::collections::HashSet;

use url::Url;

/// What a list holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct List {
    /// Its addresses, each once, in order.
    pub(super) urls: Vec<Url>,
    /// How many lines are no address that may be opened, and the first of them, counted from 1.
    pub(super) bad: Option<(usize, usize)>,
    /// Whether it holds more than the cap.
    pub(super) more: bool,
}

/// Reads a text as a list of addresses, if it is one: four of five lines look like an address, comments (`#`) aside.
pub(super) fn read(text: &str, most: usize) -> Option<List> {
    let lines = || text.lines().enumerate().map(|(i, l)| (i + 1, l.trim())).filter(|(_, l)| !l.is_empty() && !l.starts_with('#'));
    let all = lines().count();
    let like = lines().filter(|(_, line)| looks_like_an_address(line)).count();
    if like == 0 || like * 5 < all * 4 {
        return None;
    }
    let mut list = List { urls: Vec::new(), bad: None, more: false };
    let mut seen = HashSet::new();
    for (number, line) in lines() {
        match address(line) {
            Some(url) if list.urls.len() < most => {
                if seen.insert(url.clone()) {
                    list.urls.push(url);
                }
            }
            Some(_) => list.more = true,
            None => {
                let (count, first) = list.bad.unwrap_or((0, number));
                list.bad = Some((count + 1, first));
            }
        }
    }
    Some(list)
}

/// One word with a scheme, or one that starts with `www.`.
fn looks_like_an_address(line: &str) -> bool {
    let line = line.trim_matches(['<', '>', '"']);
    let scheme = line.split_once("://").map(|(s, rest)| (s, !rest.is_empty()));
    let has_scheme = scheme.is_some_and(|(s, rest)| rest && !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphanumeric()));
    !line.contains(char::is_whitespace) && (has_scheme || line.starts_with("www.") || line.starts_with("file:"))
}

/// An address that may be opened: http or https, a host, no credentials; the fragment is taken off.
fn address(line: &str) -> Option<Url> {
    let line = line.trim_matches(['<', '>', '"']);
    let with_scheme = if line.starts_with("www.") { format!("https://{line}") } else { line.to_owned() };
    let mut url = Url::parse(&with_scheme).ok()?;
    let good = matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none()
        && url.host_str().is_some_and(|h| !h.is_empty());
    url.set_fragment(None);
    good.then_some(url)
}
