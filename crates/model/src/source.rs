//! A place that may be asked, and its row of facts and limits (`config/sources/<id>.toml`).

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::civil::Date;
use url::Url;

use crate::query::{Class, Discloses};

/// The id of a source, for example `moderngov`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SourceId(pub String);

impl SourceId {
    /// An id.
    pub fn new(id: &str) -> Self {
        Self(id.to_owned())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for SourceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a source is asked when nobody says otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Default_ {
    /// Yes.
    On,
    /// The person is asked.
    Ask,
    /// No.
    Off,
}

/// Whether a source needs a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Key {
    /// No.
    None,
    /// It can use one.
    Optional,
    /// It cannot do without.
    Required,
}

/// Which addresses a source may lead to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AddressPolicy {
    /// Globally routable ones only.
    Public,
    /// Also exactly its own host and port on a private address, never through a redirect.
    OwnMachine,
}

/// What the operator of a source says about being asked by a program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Terms {
    /// Where they stand.
    pub url: String,
    /// When they were read.
    pub read_on: Date,
    /// `allowed`, `unclear`, `own`.
    pub verdict: String,
    /// In our words.
    pub note: String,
}

/// One row, as `config/sources/<id>.toml` gives it after the user's rows were laid over ours key by key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceRow {
    /// Its id, the file's name.
    pub id: SourceId,
    /// A title for people.
    pub title: String,
    /// A paragraph for people: what it is, what it can show.
    pub about: String,
    /// The most that it is ever told.
    pub class: Class,
    /// The same in single words.
    pub discloses: Vec<Discloses>,
    /// Whether it is on.
    pub default: Default_,
    /// Whether it needs a key.
    pub key: Key,
    /// Its base address; None: the person must set it, or it has none of its own.
    pub base: Option<Url>,
    /// Further addresses of its own, by name.
    pub also: BTreeMap<String, Url>,
    /// Further hosts that it may lead to by itself.
    pub hosts: Vec<String>,
    /// The least time between two requests to one host.
    pub gap: Duration,
    /// Whether robots.txt is obeyed (always for page fetches).
    pub robots: bool,
    /// Ports that it may use.
    pub ports: Vec<u16>,
    /// Which addresses it may lead to.
    pub address: AddressPolicy,
    /// SearXNG on a public host that belongs to the person or party.
    pub own: bool,
    /// Template of the page that a person would open.
    pub page: String,
    /// Terms.
    pub terms: Terms,
    /// A question about no private person that must answer, and one that must not.
    pub probe: (String, String),
    /// `rehearsed`, or `tried DATE by …`.
    pub state: String,
}
