//! Knowledge that is data: query templates, searches for the person's own browser, result pages, councils.
//!
//! The rows stand in `config/`; the engine reads them into these types and hands them to the rooms.

use std::collections::BTreeMap;

use jiff::civil::Date;
use url::Url;

use crate::query::Discloses;

/// One query template of `config/queries.toml`, for example `"{name}" {area}`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Template {
    /// Its id, for example `name-area`; the plan line is `<source>/<id>`.
    pub id: String,
    /// The words, with `{name}`, `{area}`, `{party}` and `{council}`. A template is left out when one of its values is
    /// not known, or may not be sent because the candidacy is not announced.
    pub text: String,
    /// What it tells besides the values (`role` for words such as "councillor").
    pub tells: Vec<Discloses>,
}

/// A search engine or site that the person opens in their own browser (`config/links.toml`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HandSite {
    /// Its id, for example `google`.
    pub id: String,
    /// Its name for people.
    pub site: String,
    /// The address, with `{query}` where the words go, percent-encoded.
    pub url: String,
    /// Ids of the templates that are asked there.
    pub templates: Vec<String>,
    /// What to look for, in plain words.
    pub what_to_look_for: String,
    /// About so many minutes for each search.
    pub minutes: u32,
}

/// How a link of a result page hides its target.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unwrap {
    /// Path of the redirecting address, for example `/url`.
    pub path: String,
    /// Query parameter that holds the target.
    pub param: String,
    /// Base64url with this prefix in front, when not plain.
    pub base64_after: Option<String>,
}

/// How the saved result pages of one search engine look (`config/engines.toml`). The engine itself is never fetched.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResultEngine {
    /// Its id, for example `bing`.
    pub id: String,
    /// Host suffixes of the engine: pages from there are result pages; links to there are its own, never hits.
    pub hosts: Vec<String>,
    /// Paths under which it shows results, for example `/search`; a page of the engine at another path is no result page.
    pub result_paths: Vec<String>,
    /// How it wraps links.
    pub unwrap: Vec<Unwrap>,
    /// Substrings of a link (host or path) that make it an advert.
    pub adverts: Vec<String>,
    /// CSS selectors of one hit's box, tried in order; without a fit each external link's nearest block is one.
    pub hit: Vec<String>,
    /// CSS selectors of boxes that hold adverts.
    pub advert_boxes: Vec<String>,
}

/// One council of `config/councils.csv`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Council {
    /// Register code, for example `ABD`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// `ENG`, `WLS`, `SCT`, `NIR`.
    pub nation: String,
    /// `county`, `district`, `unitary` …
    pub kind: String,
    /// `moderngov`, `cmis` or `other`.
    pub platform: String,
    /// Base address of its councillor pages.
    pub base: Option<Url>,
    /// Last day, for councils that ended.
    pub ended: Option<Date>,
    /// Quirks of `config/council-quirks.csv`: `(quirk, detail)`.
    pub quirks: Vec<(String, String)>,
}

impl Council {
    /// Whether it has this quirk.
    pub fn has(&self, quirk: &str) -> bool {
        self.quirks.iter().any(|(q, _)| q == quirk)
    }
}

/// All councils, by code.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Councils(pub BTreeMap<String, Council>);

impl Councils {
    /// A council by its code.
    pub fn get(&self, code: &str) -> Option<&Council> {
        self.0.get(code)
    }
}
