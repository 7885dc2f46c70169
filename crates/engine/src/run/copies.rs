//! Pages whose old copies an archive is asked about: those that turned out to be about the person, and those that are gone.
//!
//! A page that no longer shows a detail, or is no longer there, may still stand in an archive as it was. Own pages are asked about
//! site by site before the run; what is here are the council's pages and those that a search or a register named.

use std::collections::BTreeMap;

use unlisted_crawler::sources::copy_questions;
use unlisted_model::document::Nature;
use unlisted_model::{Document, LineId, Query, SourceId};
use url::Url;

use crate::plan::FOUND_PAGES;

/// The sources whose pages are asked about.
const ASKED_ABOUT: [&str; 3] = [FOUND_PAGES, "moderngov", "cmis"];

/// What archives of the plan are asked about these pages.
pub(super) fn questions<'a>(query: &Query, pages: impl Iterator<Item = &'a Url>, units: &BTreeMap<LineId, u32>) -> Vec<Query> {
    if !is_asked_about(&query.source) {
        return vec![];
    }
    pages
        .filter(|url| !is_copy(url))
        .flat_map(|url| copy_questions(url, &query.for_))
        .filter(|question| units.contains_key(&question.line))
        .collect()
}

/// The page of a document, if there is one to ask about: a search's snippet is none.
pub(super) fn page_of(document: &Document) -> Option<Url> {
    let url = Url::parse(&document.url).ok()?;
    (document.nature != Nature::SearchHit).then_some(url)
}

fn is_asked_about(source: &SourceId) -> bool {
    ASKED_ABOUT.contains(&source.as_str())
}

/// Whether a page stands in an archive itself: the page's whole address is a part of its own.
fn is_copy(url: &Url) -> bool {
    ["/http:/", "/https:/"].iter().any(|scheme| url.path().to_lowercase().contains(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_not_asked_about_again() {
        for (url, expect) in [
            ("https://news.example/story", false),
            ("https://archive.example/web/20190412083011/http://a.example/contact", true),
            ("https://archive.example/web/20190412083011id_/https:/a.example/contact", true),
            ("https://news.example/share?u=https://a.example/", false),
        ] {
            assert_eq!(is_copy(&Url::parse(url).expect("test data")), expect, "{url}");
        }
        assert!(is_asked_about(&SourceId::new("cmis")) && !is_asked_about(&SourceId::new("wayback")));
    }
}
