//! Findings in, documents out.
//!
//! [`expose`] joins findings into exposures and puts the work in order; [`render`] writes the documents. Nothing here
//! does I/O, knows a clock or can fail. Values arrive masked and leave masked; every word that a person reads comes
//! from the catalogue ([`Words`]) or from a row of knowledge.

pub mod bundle;
pub mod danger;
mod expose;
pub mod ics;
mod order;
mod outline;
mod outside;
pub mod prepare;
pub mod render;
pub mod reporting;
mod route;
mod sure;
mod words;

use std::collections::BTreeMap;

use unlisted_model::route::Route;

pub use expose::expose;
pub use outside::tidy;
pub use route::choose_route;
pub use sure::Sure;
pub use words::Words;

/// What the documents for people need besides the report itself.
#[derive(Clone, Copy, Debug)]
pub struct Knowledge<'a> {
    /// The catalogue.
    pub words: &'a Words,
    /// The removal hints.
    pub routes: &'a [Route],
    /// Titles of sources by id; a source without one is shown by its id.
    pub titles: &'a BTreeMap<String, String>,
}
