//! One file for each source.

pub mod by_hand;
mod found_pages;
mod given;
mod head;
pub mod links;
pub mod moderngov;
mod own_pages;
mod page;
pub mod rdap;
mod reading;
pub mod searxng;
mod site;
mod slots;
mod templates;
mod wall;

#[cfg(test)]
mod rehearse;

use std::collections::BTreeMap;

use unlisted_model::source::{SourceId, SourceRow};
use unlisted_model::{Councils, Template};
use url::Url;

pub use by_hand::hand_links;
pub use page::page_query;

use crate::source::Source;

/// How many of each the plan allows (`[budget]` of `config/unlisted.toml`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SourceBudget {
    /// Pages that a search or a source named.
    pub found_pages: u32,
    /// Pages of each own site.
    pub own_pages: u32,
    /// Result pages of each search.
    pub result_pages: u32,
    /// Addresses given with `--url` or in lists.
    pub given_pages: u32,
}

/// What the sources are made of.
#[derive(Clone, Debug)]
pub struct SourceKit {
    /// Source rows, by id. A source without a row is not made.
    pub rows: BTreeMap<SourceId, SourceRow>,
    /// Query templates.
    pub templates: Vec<Template>,
    /// Councils.
    pub councils: Councils,
    /// Hosts that are never fetched (`config/never-fetched.toml`).
    pub never_fetched: Vec<String>,
    /// Addresses given with `--url` or in lists.
    pub given: Vec<Url>,
    /// Registered names to ask the public registers about; none in an ordinary check.
    pub domains: Vec<String>,
    /// Network addresses of sites to ask the registers of networks about; none in an ordinary check.
    pub addresses: Vec<std::net::IpAddr>,
    /// Bounds.
    pub budget: SourceBudget,
}

/// Every source that has a row, switched on or not: that is the engine's to decide.
pub fn all(kit: &SourceKit) -> Vec<Box<dyn Source>> {
    let row = |id: &str| kit.rows.get(&SourceId::new(id)).cloned();
    let mut sources: Vec<Box<dyn Source>> = vec![];
    if let Some(row) = row(own_pages::ID) {
        sources.push(Box::new(own_pages::OwnPages::new(row, kit)));
    }
    if let Some(row) = row(moderngov::ID) {
        sources.push(Box::new(moderngov::ModernGov::new(row, kit.councils.clone())));
    }
    if let Some(row) = row(searxng::ID) {
        sources.push(Box::new(searxng::Searxng::new(row, kit)));
    }
    if let Some(row) = row(found_pages::ID) {
        sources.push(Box::new(found_pages::FoundPages::new(row, kit)));
    }
    if let Some(row) = row(rdap::ID) {
        sources.push(Box::new(rdap::Rdap::new(row, kit)));
    }
    if let Some(row) = row(given::ID) {
        sources.push(Box::new(given::Given::new(row, kit)));
    }
    sources
}

#[cfg(test)]
mod laws {
    //! Absence is never inferred from failure.

    use proptest::prelude::*;
    use unlisted_model::OutcomeKind;

    use super::rehearse::{answer_file, question, recorded, source, url};

    /// Questions with the recorded answer that they are usually given.
    const ASKED: &[(&str, &str, &str)] = &[
        ("searxng", "search", "found"),
        ("moderngov", "councillors", "found"),
        ("moderngov", "index", "index"),
        ("moderngov", "profile", "profile"),
        ("moderngov", "register", "register"),
        ("moderngov", "mailing-list", "mailing-list"),
        ("own-pages", "page", "found"),
        ("found-pages", "page", "found"),
        ("given", "page", "found"),
        ("rdap", "registers", "registers"),
        ("rdap", "domain", "found"),
        ("rdap", "networks", "networks"),
        ("rdap", "network", "network-found"),
    ];

    fn is_absent(id: &str, what: &str, answer: &[u8]) -> bool {
        let response = recorded(answer, &url("https://democracy.exampleford.example/page"));
        source(id).read(&question(id, what), &response).is_ok_and(|a| a.outcome.kind == OutcomeKind::Absent)
    }

    proptest! {
        #[test]
        fn noise_is_never_absence(which in 0..ASKED.len(), noise in proptest::collection::vec(any::<u8>(), 0..400), status in 200_u16..600) {
            let (id, what, _) = ASKED[which];
            for kind in ["text/html", "text/xml", "application/json", "x"] {
                let mut answer = format!("HTTP/1.1 {status} x\nContent-Type: {kind}\n\n").into_bytes();
                answer.extend(&noise);
                prop_assert!(!is_absent(id, what, &answer));
            }
        }

        #[test]
        fn a_piece_of_an_answer_is_never_absence(which in 0..ASKED.len(), from in 0.0..1.0_f64, gone in 0.0..1.0_f64) {
            let (id, what, file) = ASKED[which];
            let whole = answer_file(id, file);
            let head = whole.windows(2).position(|w| w == b"\n\n").expect("a head") + 2;
            let at = |part: f64, of: usize| ((of as f64) * part) as usize;
            let start = head + at(from, whole.len() - head);
            let end = start + at(gone, whole.len() - start);
            let answer = [&whole[..start], &whole[end..]].concat();
            prop_assert!(!is_absent(id, what, &answer));
        }
    }
}
