//! HTML: one streaming pass that gives text in blocks, links and the title, whatever the page does.

mod attributes;
mod details;
mod fields;
mod link_list;
mod marks;
mod meta;
mod microdata;
mod open;
mod page;
mod script;
mod style;
mod table;
mod tags;
#[cfg(test)]
pub(super) mod tests;
mod tokens;
#[cfg(test)]
mod tokens_tests;
mod tree;
mod walk;

use unlisted_model::Media;
use url::Url;

use super::fold::Fold;
use super::writer::Writer;
use super::{Bounds, Extracted, PageLink, Problem};

pub(crate) use self::attributes::{detail_of_link, percent_decoded};
pub(crate) use self::link_list::Links;
use self::tokens::{TextKind, Token, Tokens};
pub use self::tree::dom;
use self::walk::Walk;

/// Reads a page that stands at `address`.
pub(super) fn read(html: &str, address: Option<&Url>, bounds: &Bounds) -> Extracted {
    let mut links = Links::new(address, bounds.links);
    let mut writer = Writer::new(bounds);
    writer.text.chars.reserve((html.len() / 2).min(bounds.text));
    let mut walk = Walk::new(writer, &mut links);
    walk.run(html);
    let title = walk.title.take();
    let (text, problem) = walk.page.writer.finish();
    let problem = problem.or(links.full.then_some(Problem::Cut));
    Extracted { media: Media::Html, title, text, links: links.finish(), problem }
}

/// Only the links of a page.
pub(crate) fn links(html: &str, address: Option<&Url>) -> Vec<PageLink> {
    read(html, address, &Bounds::default()).links
}

/// Is told a tag's name and its attributes.
type EachTag<'e> = &'e mut dyn FnMut(&str, &[(String, String)]);

/// Every start tag of these names (small letters) with its attributes, entities decoded; later ones of equal name are left out.
pub(crate) fn tags(html: &str, names: &[&str], each: EachTag<'_>) {
    // Behind the last that may be one nothing is read.
    let Some(last) = last_tag(html, names) else { return };
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next() {
        let Token::Start { name, at, .. } = token else { continue };
        if at > last {
            return;
        }
        if let Some(wanted) = names.iter().find(|n| n.eq_ignore_ascii_case(name)) {
            let attributes: Vec<(String, String)> = tokens
                .attributes()
                .iter()
                .map(|a| (a.name.to_ascii_lowercase(), super::fold::attribute(a.value).into_owned()))
                .collect();
            each(wanted, &attributes);
        }
    }
}

/// Where the last start tag of these names may stand.
fn last_tag(html: &str, names: &[&str]) -> Option<usize> {
    let begins = |at: usize| {
        let rest = html.as_bytes().get(at + 1..).unwrap_or_default();
        names.iter().any(|name| rest.get(..name.len()).is_some_and(|there| there.eq_ignore_ascii_case(name.as_bytes())))
    };
    let mut end = html.len();
    while let Some(at) = html.get(..end)?.rfind('<') {
        if begins(at) {
            return Some(at);
        }
        end = at;
    }
    None
}

/// The words of a short piece that may hold markup: tags left out, entities decoded, white space folded.
pub(crate) fn words(piece: &str) -> String {
    if !piece.contains(['<', '&']) {
        return super::fold::folded(piece);
    }
    let mut out = String::with_capacity(piece.len());
    let mut space = false;
    let mut tokens = Tokens::new(piece);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text { raw, at, kind } => {
                let mut fold = Fold { out: &mut out, origin: None, start: 0, space: &mut space, lines: false };
                if kind == TextKind::Data { fold.decoded(raw, at) } else { fold.plain(raw, at) }
            }
            Token::Start { tag, .. } | Token::End { tag, .. } if tag.breaks() || tag == tags::Tag::Br => {
                space = false;
                if !out.is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                }
            }
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}
