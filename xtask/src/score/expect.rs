//! `expect.toml`: what a careful reader says of each page.
//!
//! ```toml
//! [[page]]
//! file = "sopn-2023.html"
//! genre = "statement of persons nominated"
//! about = "person"                  # person | namesake | relative | neighbour | nobody
//! find = [
//!   { fact = "home-address/1", band = "likely" },                     # must be found, at least so sure
//!   { fact = "home-address/1", band = "possible", partial = true },   # the street, another number
//! ]
//! may = ["email/2"]                 # a reader could say either: counted nowhere
//! ```
//!
//! Every supplied fact of the person that is neither in `find` nor in `may` must not be reported for the page.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use super::report::Band;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    page: Vec<Page>,
}

/// One page and what stands on it.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(crate) struct Page {
    pub(crate) file: String,
    pub(crate) genre: String,
    pub(crate) about: About,
    #[serde(default)]
    pub(crate) find: Vec<Want>,
    #[serde(default)]
    pub(crate) may: Vec<String>,
}

/// Whom the page is about, as far as the person of the set is concerned.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum About {
    Person,
    Namesake,
    Relative,
    Neighbour,
    Nobody,
}

impl About {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Person => "the person",
            Self::Namesake => "a namesake",
            Self::Relative => "a relative",
            Self::Neighbour => "a neighbour",
            Self::Nobody => "somebody else",
        }
    }
}

/// A fact that must be found.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(crate) struct Want {
    /// `kind/ordinal`, as the program counts the person's facts.
    pub(crate) fact: String,
    pub(crate) band: Band,
    #[serde(default)]
    pub(crate) partial: bool,
}

/// Reads a person's expectations, and refuses a page without one or the other way round.
pub(crate) fn read(folder: &Path) -> Result<Vec<Page>> {
    let path = folder.join("expect.toml");
    let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let file: File = toml::from_str(&text).with_context(|| format!("reading {}", path.display()))?;
    let mut there = BTreeSet::new();
    for entry in std::fs::read_dir(folder.join("pages"))? {
        there.insert(entry?.file_name().to_string_lossy().into_owned());
    }
    let named: BTreeSet<String> = file.page.iter().map(|p| p.file.clone()).collect();
    ensure!(named.len() == file.page.len(), "{}: a page is named twice", path.display());
    let odd: Vec<&String> = named.symmetric_difference(&there).collect();
    ensure!(odd.is_empty(), "{}: pages and expectations differ: {odd:?}", path.display());
    Ok(file.page)
}
