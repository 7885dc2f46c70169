//! How a detail comes down. In this part a first hint for each sort of site; part 5 brings the routes.

use crate::exposure::Cause;
use crate::identifier::Kind;

/// One row of `config/routes/<id>.toml`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Route {
    /// Its id.
    pub id: String,
    /// A title for people.
    pub title: String,
    /// Host suffixes; `*` fits any.
    pub hosts: Vec<String>,
    /// Substrings of the address that choose it; with `text:` in front, of the words around the detail.
    pub path_hints: Vec<String>,
    /// Only these kinds, when not empty.
    pub kinds: Vec<Kind>,
    /// Only these sources, when not empty.
    pub sources: Vec<String>,
    /// Why such a page has it.
    pub cause: Cause,
    /// Upstream first: registers that feed others 1, copies 2, people-finders 3, search engines 4, platforms 5, caches 6.
    pub stage: u8,
    /// Steps, in order, in plain words.
    pub steps: Vec<String>,
    /// About so many minutes.
    pub minutes: u32,
    /// What it does not remove.
    pub does_not_remove: String,
    /// The day on which it was verified, or `unverified`.
    pub verified: String,
    /// Where the facts come from.
    pub source: String,
}
