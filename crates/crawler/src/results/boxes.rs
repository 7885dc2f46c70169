//! The hits of a result page: those in the engine's boxes, then every other link that leads elsewhere.

use std::collections::HashSet;

use scraper::{ElementRef, Html, Selector};
use unlisted_model::catalogue::ResultEngine;
use url::Url;

use super::target::{Target, target};
use super::{Hit, MOST, SNIPPET, TITLE};
use crate::extract::{html_links, prefix};

/// How far up from a link its block is looked for.
const CLIMB: usize = 6;
/// Links looked at in a block, to see whether it is about one page.
const LOOKED_AT: usize = 40;

/// One result page while it is read.
struct Reading<'r> {
    base: Option<&'r Url>,
    engine: &'r ResultEngine,
    engines: &'r [ResultEngine],
    hits: Vec<Hit>,
    seen: HashSet<Url>,
}

/// The hits of a page, each once.
pub(super) fn hits(html: &str, base: Option<&Url>, engine: &ResultEngine, engines: &[ResultEngine]) -> Vec<Hit> {
    let mut reading = Reading { base, engine, engines, hits: Vec::new(), seen: HashSet::new() };
    match crate::extract::dom(html) {
        Some(tree) => reading.tree(&tree),
        // A page that no tree is built of still has links.
        None => {
            for link in html_links(html, base) {
                if let Target::External(url) = target(link.url.as_str(), base, engine, engines) {
                    reading.add(url, &link.words, "");
                }
            }
        }
    }
    reading.hits
}

impl Reading<'_> {
    fn add(&mut self, url: Url, title: &str, snippet: &str) {
        if self.seen.contains(&url) {
            // Told before: a link with words is better than one around a picture.
            if let Some(hit) = self.hits.iter_mut().find(|h| h.url == url && h.title.is_empty()) {
                hit.title = prefix(title, TITLE).to_owned();
            }
            return;
        }
        if self.hits.len() < MOST {
            self.seen.insert(url.clone());
            let (title, snippet) = (prefix(title, TITLE).to_owned(), prefix(snippet, SNIPPET).to_owned());
            self.hits.push(Hit { url, title, snippet });
        }
    }

    fn target_of(&self, link: ElementRef<'_>) -> Target {
        link.attr("href").map_or(Target::Own, |href| target(href, self.base, self.engine, self.engines))
    }

    /// Whether an address holds the address of a hit in its path, as those of archives do.
    fn is_copy(&self, url: &Url) -> bool {
        let inner = url.path().find("/http").and_then(|at| url.path().get(at + 1..));
        inner.is_some_and(|inner| self.hits.iter().any(|h| inner == h.url.as_str()))
    }

    fn tree(&mut self, tree: &Html) {
        let parse =
            |selectors: &[String]| -> Vec<Selector> { selectors.iter().filter_map(|s| Selector::parse(s).ok()).collect() };
        let adverts: HashSet<_> = parse(&self.engine.advert_boxes).iter().flat_map(|s| tree.select(s).map(|e| e.id())).collect();
        let is_advert =
            |element: ElementRef<'_>| adverts.contains(&element.id()) || element.ancestors().any(|a| adverts.contains(&a.id()));
        let Ok(anchors) = Selector::parse("a[href]") else { return };
        let boxes = parse(&self.engine.hit)
            .iter()
            .map(|selector| tree.select(selector).filter(|b| !is_advert(*b)).collect::<Vec<_>>())
            .find(|boxes| !boxes.is_empty())
            .unwrap_or_default();
        let box_ids: HashSet<_> = boxes.iter().map(|b| b.id()).collect();
        for hit in boxes {
            // A box inside a box is read by itself.
            if hit.ancestors().any(|a| box_ids.contains(&a.id())) && hit.select(&anchors).next().is_none() {
                continue;
            }
            self.hit_box(hit, &anchors);
        }
        for link in tree.select(&anchors) {
            if self.hits.len() >= MOST {
                return;
            }
            if is_advert(link) {
                continue;
            }
            if let Target::External(url) = self.target_of(link) {
                if self.seen.contains(&url) {
                    self.add(url, &words(link), "");
                    continue;
                }
                // A copy in an archive of a page that was told already.
                if self.is_copy(&url) {
                    continue;
                }
                let in_box = link.ancestors().any(|a| box_ids.contains(&a.id()));
                let title = words(link);
                // Inside the box of another page its text is that page's, not this one's.
                let snippet = if in_box { String::new() } else { self.block_of(link, &url, &anchors) };
                self.add(url, &title, &snippet);
            }
        }
    }

    /// Reads the box of one hit: its first link with a heading, else its first link, and what is said below.
    fn hit_box(&mut self, hit: ElementRef<'_>, anchors: &Selector) {
        let mut main: Option<(Url, ElementRef<'_>)> = None;
        for link in hit.select(anchors).take(LOOKED_AT) {
            let Target::External(url) = self.target_of(link) else { continue };
            if heading_of(link).is_some() {
                main = Some((url, link));
                break;
            }
            main = main.or(Some((url, link)));
        }
        let Some((url, link)) = main else { return };
        let heading = heading_of(link);
        let title = words(heading.unwrap_or(link));
        let snippet = rest_of(hit, &|e| {
            e.id() == link.id()
                || heading.is_some_and(|h| h.id() == e.id())
                || (e.value().name() == "a" && self.is_apart(e, &url))
        });
        self.add(url, &title, &snippet);
    }

    /// Whether a link inside a box leads to another page or to the engine, or repeats the address of this one.
    fn is_apart(&self, link: ElementRef<'_>, url: &Url) -> bool {
        let leads_elsewhere = !matches!(self.target_of(link), Target::External(u) if u == *url);
        leads_elsewhere || words(link).contains(url.host_str().unwrap_or_default())
    }

    /// The text of the largest block around a link that leads to no other page.
    fn block_of(&self, link: ElementRef<'_>, url: &Url, anchors: &Selector) -> String {
        let mut block = link;
        for parent in link.ancestors().filter_map(ElementRef::wrap).take(CLIMB) {
            if matches!(parent.value().name(), "body" | "html" | "main" | "form") {
                break;
            }
            let leads_elsewhere = parent
                .select(anchors)
                .take(LOOKED_AT)
                .any(|other| matches!(self.target_of(other), Target::External(u) if u != *url));
            if leads_elsewhere || parent.select(anchors).nth(LOOKED_AT).is_some() {
                break;
            }
            block = parent;
        }
        if block.id() == link.id() { String::new() } else { rest_of(block, &|e| e.id() == link.id()) }
    }
}

/// The heading inside a link, or around it.
fn heading_of(link: ElementRef<'_>) -> Option<ElementRef<'_>> {
    let is_heading = |e: &ElementRef<'_>| {
        matches!(e.value().name(), "h1" | "h2" | "h3" | "h4")
            || e.attr("role") == Some("heading")
            || e.value().classes().any(|class| class.split(['-', '_']).any(|word| word == "title"))
    };
    let inside = link.descendants().filter_map(ElementRef::wrap).take(50).find(is_heading);
    inside.or_else(|| link.ancestors().take(3).filter_map(ElementRef::wrap).find(is_heading))
}

/// The words of an element, white space folded; the words of different boxes do not run together.
fn words(element: ElementRef<'_>) -> String {
    let html = element.html();
    crate::extract::words(prefix(&html, 20_000)).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a box without what `is_left_out`: its title, its shown address, its links to other pages.
fn rest_of(hit: ElementRef<'_>, is_left_out: &dyn Fn(ElementRef<'_>) -> bool) -> String {
    let mut out = String::new();
    gather(hit, is_left_out, &mut out);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn gather(element: ElementRef<'_>, is_left_out: &dyn Fn(ElementRef<'_>) -> bool, out: &mut String) {
    for node in element.children() {
        if out.len() > 4 * SNIPPET {
            return;
        }
        if let Some(text) = node.value().as_text() {
            out.push_str(text);
        } else if let Some(child) = ElementRef::wrap(node) {
            let name = child.value().name();
            if matches!(name, "script" | "style" | "cite" | "template" | "noscript" | "svg") || is_left_out(child) {
                out.push(' ');
                continue;
            }
            let is_inline = matches!(name, "a" | "b" | "em" | "i" | "span" | "strong" | "mark" | "wbr" | "u" | "font");
            out.push_str(if is_inline { "" } else { " " });
            gather(child, is_left_out, out);
            out.push_str(if is_inline { "" } else { " " });
        }
    }
}
