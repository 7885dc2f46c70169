//! One file for each source.

pub mod by_hand;
mod found_pages;
mod given;
pub mod links;
pub mod moderngov;
mod own_pages;
mod page;
mod reading;
pub mod searxng;
mod site;
mod slots;
mod templates;

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
    if let Some(row) = row(given::ID) {
        sources.push(Box::new(given::Given::new(row, kit)));
    }
    sources
}
