//! Which places of an exposure show the same page: the same address in another spelling, or the same words.
//!
//! Syndicated news, mirrors, print and phone views and archived captures put one leak at many addresses. Every address is
//! kept and has to go; but it is one thing to read, and it is told once.

use unlisted_model::exposure::Place;
use unlisted_model::finding::Finding;
use unlisted_model::route::Route;
use url::Url;

use crate::{choose_route, outside};

/// Likeness from which two pages of different sites are one text: they share nearly all around the detail. Chosen on the
/// pairs of `fixtures/copies` (measured by `tests/acceptance/copies.rs`).
const ON_TWO_SITES: f64 = 0.55;
/// The same for two pages of one site, whose template makes different pages alike.
const ON_ONE_SITE: f64 = 0.9;
/// Likeness below which one address in two spellings shows two pages after all.
const DIFFERENT: f64 = 0.1;

/// Marks each place that shows the same page as another of the exposure. The most upstream page leads, a live page before
/// an archived one, and between equals the one that stands first.
pub(crate) fn mark(places: &mut [Place], routes: &[Route]) {
    let seen: Vec<(Option<Address>, u8)> = places.iter().map(|p| about(&p.finding, routes)).collect();
    let archived = |at: usize| seen.get(at).is_some_and(|(a, _)| a.as_ref().is_some_and(|a| a.archived));
    let stage = |at: usize| seen.get(at).map_or(u8::MAX, |(_, stage)| *stage);
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|at| (archived(*at), stage(*at), *at));
    let mut leads: Vec<usize> = vec![];
    for at in order {
        let lead = leads.iter().copied().find(|lead| match (places.get(*lead), places.get(at), seen.get(*lead), seen.get(at)) {
            (Some(a), Some(b), Some((x, _)), Some((y, _))) => same_page(&a.finding, &b.finding, x.as_ref(), y.as_ref()),
            _ => false,
        });
        let Some(lead) = lead else {
            leads.push(at);
            continue;
        };
        let id = places.get(lead).map(|p| p.id.clone());
        if let Some(place) = places.get_mut(at) {
            place.copy_of = id;
        }
    }
}

fn about(finding: &Finding, routes: &[Route]) -> (Option<Address>, u8) {
    (Address::of(&finding.url), choose_route(routes, finding).map_or(u8::MAX, |route| route.stage))
}

/// A page with words of threat near the detail is never told as a copy of one without; nor is one that shows the whole
/// detail as a copy of one that shows a part.
fn same_page(a: &Finding, b: &Finding, x: Option<&Address>, y: Option<&Address>) -> bool {
    if a.fit != b.fit || a.hostile != b.hostile {
        return false;
    }
    let likeness = a.print.as_ref().zip(b.print.as_ref()).map(|(p, q)| p.likeness(q));
    let (Some(x), Some(y)) = (x, y) else {
        return likeness.is_some_and(|likeness| likeness >= ON_ONE_SITE);
    };
    if x.key == y.key {
        return likeness.is_none_or(|likeness| likeness >= DIFFERENT);
    }
    let enough = if x.site == y.site { ON_ONE_SITE } else { ON_TWO_SITES };
    likeness.is_some_and(|likeness| likeness >= enough)
}

/// An address without what does not change the page.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Address {
    /// The host without `www.`, `m.` or `amp.`.
    site: String,
    /// Site, path and query in one spelling; an archived capture has that of the page it was taken of.
    key: String,
    archived: bool,
}

impl Address {
    fn of(address: &str) -> Option<Self> {
        let url = Url::parse(&outside::link(address)?).ok()?;
        match captured(&url) {
            Some(of) => Some(Self { archived: true, ..Self::plain(&of)? }),
            None => Self::plain(&url),
        }
    }

    fn plain(url: &Url) -> Option<Self> {
        let host = url.host_str()?.trim_end_matches('.');
        let site = ["www.", "m.", "amp.", "mobile."].iter().find_map(|p| host.strip_prefix(p)).filter(|rest| rest.contains('.'));
        let site = site.unwrap_or(host).to_owned();
        let port = url.port().map(|p| format!(":{p}")).unwrap_or_default();
        let is_view = |segment: &str| matches!(segment, "" | "amp" | "print" | "printable");
        let mut path: Vec<&str> = url.path().split('/').skip(1).collect();
        // Last first: `/story/amp/`, `/story/index.html`.
        while path.last().is_some_and(|last| is_view(last) || is_index(last)) {
            path.pop();
        }
        if path.len() > 1 && path.first().is_some_and(|first| is_view(first)) {
            path.remove(0);
        }
        let mut path = path.join("/");
        for view in [".amp", ".amp.html", ".print"] {
            if let Some(plain) = path.strip_suffix(view) {
                path = format!("{plain}{}", if view == ".amp.html" { ".html" } else { "" });
            }
        }
        let mut query: Vec<(String, String)> =
            url.query_pairs().filter(|(name, _)| !changes_nothing(name)).map(|(n, v)| (n.into_owned(), v.into_owned())).collect();
        query.sort();
        let query: Vec<String> = query.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        Some(Self { key: format!("{site}{port}/{path}?{}", query.join("&")), site, archived: false })
    }
}

/// The page that an address of an archive holds a capture of: `/…/20240131120000/https://a.example/page`, with or without
/// letters after the time, as web archives write it.
fn captured(url: &Url) -> Option<Url> {
    let path = url.path();
    let (at, _) = path.match_indices("/http").find(|(at, _)| {
        let rest = path.get(at + 1..).unwrap_or_default();
        rest.starts_with("http:/") || rest.starts_with("https:/")
    })?;
    let time = path.get(..at)?.rsplit('/').next()?;
    let figures = time.bytes().take_while(u8::is_ascii_digit).count();
    let tail = time.get(figures..)?;
    if !(4..=14).contains(&figures) || tail.len() > 4 || !tail.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
        return None;
    }
    let inner = path.get(at + 1..)?;
    // Some servers fold two slashes into one.
    let (scheme, rest) = inner.split_once(":/")?;
    let rest = rest.trim_start_matches('/');
    let query = url.query().map(|q| format!("?{q}")).unwrap_or_default();
    Url::parse(&format!("{scheme}://{rest}{query}")).ok().filter(Url::has_host)
}

fn is_index(segment: &str) -> bool {
    let (name, ending) = segment.split_once('.').unwrap_or((segment, ""));
    matches!(name, "index" | "default") && matches!(ending, "html" | "htm" | "php" | "asp" | "aspx" | "shtml" | "amp.html")
}

/// Names in a query that say whence a visitor came or how the page is drawn.
fn changes_nothing(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("utm_")
        || matches!(
            name.as_str(),
            "fbclid"
                | "gclid"
                | "dclid"
                | "msclkid"
                | "twclid"
                | "igshid"
                | "mc_cid"
                | "mc_eid"
                | "ref_src"
                | "amp"
                | "outputtype"
                | "print"
                | "printable"
                | "printview"
                | "at_medium"
                | "at_campaign"
                | "cmpid"
                | "ocid"
                | "ns_campaign"
                | "ns_mchannel"
                | "ito"
                | "xtor"
                | "sessionid"
                | "phpsessid"
                | "jsessionid"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, same: bool) {
        let (x, y) = (Address::of(a).expect("an address"), Address::of(b).expect("an address"));
        assert_eq!(x.key == y.key, same, "{} {}", x.key, y.key);
    }

    #[test]
    fn one_address_in_many_spellings() {
        let page = "https://news.example/2026/story";
        for other in [
            "http://news.example/2026/story",
            "https://www.news.example/2026/story/",
            "https://NEWS.example/2026/story#top",
            "https://news.example/2026/story?utm_source=x&utm_medium=y",
            "https://news.example/2026/story?fbclid=1",
            "https://amp.news.example/2026/story",
            "https://m.news.example/2026/story",
            "https://news.example/2026/story/amp/",
            "https://news.example/amp/2026/story",
            "https://news.example/2026/story.amp",
            "https://news.example/2026/story?outputType=amp",
            "https://news.example/2026/story?print=1",
            "https://news.example/2026/story/print",
            "https://news.example/2026/story/index.html",
            "https://archive.example/web/20260102030405/https://news.example/2026/story",
            "https://archive.example/web/20260102030405id_/http://www.news.example/2026/story",
            "https://archive.example/2026/https:/news.example/2026/story",
        ] {
            check(page, other, true);
        }
        check("https://a.example/?b=2&a=1", "https://a.example/?a=1&b=2", true);
        check("https://a.example/", "https://www.a.example/index.php", true);
    }

    #[test]
    fn another_page_is_another_address() {
        let page = "https://council.example/mgUserInfo.aspx?UID=112";
        for other in [
            "https://council.example/mgUserInfo.aspx?UID=113",
            "https://council.example/mgUserInfo.aspx",
            "https://council.example/mgUserInfo2.aspx?UID=112",
            "https://www2.council.example/mgUserInfo.aspx?UID=112",
            "https://council.example:8443/mgUserInfo.aspx?UID=112",
            "https://archive.example/web/20260102030405/https://council.example/mgUserInfo.aspx?UID=113",
            "https://share.example/?u=https://council.example/mgUserInfo.aspx?UID=112",
            "https://proxy.example/view/https://council.example/mgUserInfo.aspx?UID=112",
        ] {
            check(page, other, false);
        }
        check("https://www.example/", "https://example.test/", false);
        check("https://a.example/print", "https://a.example/amp/print/story", false);
        assert_eq!(Address::of("notes.html"), None);
    }

    #[test]
    fn an_archived_page_is_known_as_one() {
        let at = |url: &str| Address::of(url).expect("an address").archived;
        assert!(at("https://archive.example/web/2026*/https://a.example/") || !at("https://a.example/"));
        assert!(at("https://archive.example/web/20260102030405/https://a.example/x?y=1"));
        assert!(!at("https://a.example/2026/story"));
    }
}
