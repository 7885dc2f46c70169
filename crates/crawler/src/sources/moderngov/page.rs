//! What the HTML pages of ModernGov have in common.

use scraper::{ElementRef, Html, Node, Selector};
use unlisted_model::query::Query;

use crate::exchange::Response;
use crate::source::{Link, SourceError};
use crate::sources::reading;

/// A page as a tree, with the question and answer that it belongs to.
pub(in super::super) struct Page<'a> {
    pub(in super::super) query: &'a Query,
    pub(in super::super) response: &'a Response,
    dom: Html,
}

impl<'a> Page<'a> {
    pub(in super::super) fn read(query: &'a Query, response: &'a Response) -> Result<Self, SourceError> {
        if response.status != 200 {
            return Err(SourceError::Status(response.status));
        }
        let text = reading::decoded(&response.body, response.header("content-type"));
        let dom = reading::dom(&text).ok_or(SourceError::Unreadable("the page is too large or too deep"))?;
        Ok(Self { query, response, dom })
    }

    /// Elements by a selector of our own, in order.
    pub(in super::super) fn select(&self, selector: &str) -> Vec<ElementRef<'_>> {
        select(self.dom.root_element(), selector)
    }

    /// The first non-empty text of these selectors.
    pub(in super::super) fn text(&self, selectors: &[&str]) -> String {
        selectors.iter().flat_map(|s| self.select(s)).map(|e| lines(e).join(", ")).find(|t| !t.is_empty()).unwrap_or_default()
    }

    /// Whether the page is one of ModernGov at all.
    pub(in super::super) fn is_moderngov(&self) -> bool {
        self.dom.root_element().descendants().filter_map(ElementRef::wrap).any(is_content)
    }

    /// The person whom the page is about.
    pub(in super::super) fn name(&self) -> String {
        let title = self.text(&[".mgSubTitleTxt", "h2.mgSubTitleTxt", "h1.mgMainTitleTxt", ".mgContent h1", "#modgov h1"]);
        let from_title = || {
            let title = self.text(&["title"]);
            title.split('|').next().unwrap_or_default().rsplit(" - ").next().unwrap_or_default().trim().to_owned()
        };
        if title.is_empty() || title.to_lowercase().ends_with("details") || title.to_lowercase().starts_with("register of") {
            from_title()
        } else {
            title
        }
    }

    /// Documents that the page links to: signed forms and such.
    pub(in super::super) fn documents(&self) -> Vec<Link> {
        let mut links: Vec<Link> = vec![];
        for a in self.select(".mgContent a[href], .mgUserBody a[href], .mgDeclarations a[href]") {
            let Some(Ok(mut url)) = a.value().attr("href").map(|h| self.response.url.join(h)) else { continue };
            url.set_fragment(None);
            let path = url.path().to_lowercase();
            let is_document = path.contains("/documents/") && url.host() == self.response.url.host();
            if is_document && links.len() < 20 && !links.iter().any(|l| l.url == url) {
                links.push(Link { url, same_site: false, words: lines(a).join(" ") });
            }
        }
        links
    }
}

/// Whether an element is one in which ModernGov writes, whatever theme surrounds it.
pub(in super::super) fn is_content(element: ElementRef<'_>) -> bool {
    element.value().id() == Some("modgov")
        || ["mgContent", "mgUserBody", "mgUserSideBar"].into_iter().any(|c| has_class(element, c))
}

/// Elements below another by a selector of our own.
pub(in super::super) fn select<'a>(within: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    Selector::parse(selector).map(|s| within.select(&s).collect()).unwrap_or_default()
}

/// Whether an element has this class.
pub(in super::super) fn has_class(element: ElementRef<'_>, class: &str) -> bool {
    element.value().classes().any(|c| c == class)
}

/// The lines of an element as a reader sees them: broken at `br` and at blocks.
pub(in super::super) fn lines(element: ElementRef<'_>) -> Vec<String> {
    lines_until(element, &|_| false)
}

/// The same, leaving out whatever lies below elements that `skip` names.
pub(in super::super) fn lines_until(element: ElementRef<'_>, skip: &dyn Fn(ElementRef<'_>) -> bool) -> Vec<String> {
    let mut text = String::new();
    write(element, skip, DEEPEST, &mut text);
    text.split('\n').map(reading::fold).filter(|l| !l.is_empty()).collect()
}

/// Steps down into a page; what lies deeper is taken as one line.
const DEEPEST: u16 = 400;

/// Appends the text of a node; line feeds of the source are spaces, those of the layout are line feeds.
fn write(element: ElementRef<'_>, skip: &dyn Fn(ElementRef<'_>) -> bool, depth: u16, out: &mut String) {
    for child in element.children() {
        match child.value() {
            Node::Text(text) => out.extend(text.chars().map(|c| if c == '\n' { ' ' } else { c })),
            Node::Element(tag) => {
                let Some(inner) = ElementRef::wrap(child) else { continue };
                if matches!(tag.name(), "script" | "style" | "noscript" | "template") || skip(inner) {
                    continue;
                }
                let breaks = matches!(
                    tag.name(),
                    "br" | "p"
                        | "div"
                        | "li"
                        | "ul"
                        | "ol"
                        | "tr"
                        | "table"
                        | "td"
                        | "th"
                        | "h1"
                        | "h2"
                        | "h3"
                        | "h4"
                        | "dd"
                        | "dt"
                );
                if breaks {
                    out.push('\n');
                }
                match depth.checked_sub(1) {
                    Some(depth) => write(inner, skip, depth, out),
                    None => out.extend(inner.text()),
                }
                if breaks {
                    out.push('\n');
                }
            }
            _ => {}
        }
    }
}
