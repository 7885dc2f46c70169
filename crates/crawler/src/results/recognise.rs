//! Whether a page is a result page, and of which engine.

use scraper::{Html, Selector};
use unlisted_model::catalogue::ResultEngine;
use url::Url;

use super::is_host_of;
use super::target::{Target, target};
use crate::extract::{html_links, tags};

/// How far into a page its own word for its address is looked for.
const HEAD: usize = 64 * 1_024;
/// Boxes, or redirecting links, from which on a page without an address is a result page.
const ENOUGH: usize = 2;

/// The address that a saved page says it was saved from: the browser's comment, its canonical link, `og:url`, `base`.
pub fn page_address(html: &str) -> Option<Url> {
    let head = crate::extract::prefix(html, HEAD);
    saved_from(head).or_else(|| {
        let mut said: [Option<Option<Url>>; 3] = [None, None, None];
        tags(head, &["link", "meta", "base"], &mut |tag, attributes| {
            let value = |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
            let (rank, address) = match tag {
                "link" if value("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => (0, value("href")),
                "meta" if value("property") == Some("og:url") => (1, value("content")),
                "base" => (2, value("href")),
                _ => return,
            };
            if let Some(first) = said.get_mut(rank) {
                first.get_or_insert_with(|| address.and_then(web));
            }
        });
        said.into_iter().flatten().flatten().next()
    })
}

/// `<!-- saved from url=(0042)https://… -->`, and the comment that SingleFile leaves: `url: https://…`.
fn saved_from(head: &str) -> Option<Url> {
    let after = |mark: &str| head.split_once(mark).map(|(_, rest)| rest);
    if let Some(rest) = after("<!-- saved from url=(") {
        let rest = rest.split_once(')')?.1;
        return web(rest.split_once("-->")?.0);
    }
    let comment = after("Page saved with SingleFile")?.split_once("-->")?.0;
    comment.lines().find_map(|line| web(line.trim().strip_prefix("url:")?))
}

fn web(text: &str) -> Option<Url> {
    Url::parse(text.trim()).ok().filter(|u| matches!(u.scheme(), "http" | "https"))
}

/// The engine whose result page this is.
///
/// By its address, if it is known: a page of an engine at a path that shows no results is no result page. Without
/// one, by links that redirect through the engine, or by boxes that only this engine makes.
pub fn engine_of<'e>(html: &str, address: Option<&Url>, engines: &'e [ResultEngine]) -> Option<&'e ResultEngine> {
    let own = page_address(html);
    for known in [own.as_ref(), address].into_iter().flatten() {
        let host = known.host_str().unwrap_or_default();
        if let Some(engine) = engines.iter().find(|e| is_host_of(host, e)) {
            // A canonical link or `base` may name only the site.
            let is_result = engine.result_paths.iter().any(|p| known.path() == p || known.path().starts_with(&format!("{p}/")));
            if is_result || (known.path() == "/" && known.query().is_none()) {
                return (is_result || boxes_of(html, engine) > 0 || redirects_of(html, engine)).then_some(engine);
            }
            return None;
        }
    }
    match own.as_ref().or(address) {
        // A page elsewhere, at a path that shows results: somebody runs an engine there.
        Some(elsewhere) => {
            engines.iter().filter(|e| e.result_paths.iter().any(|p| elsewhere.path() == p)).find(|e| boxes_of(html, e) >= ENOUGH)
        }
        None => engines.iter().find(|e| redirects_of(html, e) || boxes_of(html, e) >= ENOUGH),
    }
}

/// Whether links redirect through the engine.
fn redirects_of(html: &str, engine: &ResultEngine) -> bool {
    if engine.unwrap.is_empty() || !engine.unwrap.iter().any(|row| html.contains(row.path.as_str())) {
        return false;
    }
    // In a pasted piece the links of the engine may be relative.
    let base = engine.hosts.first().and_then(|host| Url::parse(&format!("https://{host}/")).ok());
    let through = html_links(html, base.as_ref()).into_iter().filter(|link| {
        is_host_of(link.url.host_str().unwrap_or_default(), engine)
            && engine.unwrap.iter().any(|row| link.url.path().starts_with(row.path.as_str()))
            && matches!(target(link.url.as_str(), None, engine, &[]), Target::External(_))
    });
    through.take(ENOUGH).count() >= ENOUGH
}

/// How many boxes of hits of this engine a page has.
fn boxes_of(html: &str, engine: &ResultEngine) -> usize {
    // A tree is built only if the words of a selector stand in the page at all.
    let is_likely = engine.hit.iter().any(|selector| {
        let longest = selector.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).max_by_key(|w| w.len());
        longest.is_some_and(|word| html.contains(word))
    });
    let tree: Option<Html> = is_likely.then(|| crate::extract::dom(html)).flatten();
    let Some(tree) = tree else { return 0 };
    engine
        .hit
        .iter()
        .filter_map(|selector| Selector::parse(selector).ok())
        .map(|selector| tree.select(&selector).count())
        .find(|count| *count > 0)
        .unwrap_or_default()
}
