//! One question to one source, with what it discloses.

use crate::secret::Secret;
use crate::source::SourceId;
use crate::subject::SubjectId;

/// Disclosure classes of `sources.md` §1, least first. V: a site sees a visit from this connection.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Class {
    /// Nothing personal.
    A,
    /// What is public anyway: name, party, area, role.
    B,
    /// An address of a page or site that the person owns or that a hit named.
    C,
    /// A visit to a page.
    V,
    /// A username.
    D,
    /// A hash prefix that many share.
    E,
    /// A full hash of an e-mail address.
    F,
    /// A full e-mail address.
    G,
    /// A phone number.
    H,
    /// Home address, postcode, date of birth, family: never sent.
    I,
}

impl Class {
    /// The letter of the class.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::V => "V",
            Self::D => "D",
            Self::E => "E",
            Self::F => "F",
            Self::G => "G",
            Self::H => "H",
            Self::I => "I",
        }
    }

    /// Reads the letter.
    pub fn parse(letter: &str) -> Option<Self> {
        [Self::A, Self::B, Self::C, Self::V, Self::D, Self::E, Self::F, Self::G, Self::H, Self::I]
            .into_iter()
            .find(|c| c.as_str() == letter)
    }

    /// Whether `--yes` and `--ephemeral` accept it without the consent's `may-send`.
    pub const fn is_ordinary(self) -> bool {
        matches!(self, Self::A | Self::B | Self::C | Self::V | Self::D | Self::E)
    }
}

/// What a slot of a request tells the receiver.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Discloses {
    /// A name in public use.
    Name,
    /// Constituency, ward or division.
    Area,
    /// Party.
    Party,
    /// Role or council.
    Role,
    /// The address of a page that was received whole; to its own host this is a visit.
    Page,
    /// A public id, for example a councillor's number.
    PublicId,
    /// The registered name of a site that a page named, without the page.
    Domain,
    /// The network address of a site that a page named, without its name.
    SiteAddress,
    /// A username.
    Username,
    /// A hash prefix.
    HashPrefix,
    /// A full hash of an e-mail address.
    EmailHash,
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// Home address, postcode, date of birth or family.
    Home,
}

impl Discloses {
    /// The class of this disclosure.
    pub const fn class(self) -> Class {
        match self {
            Self::Name | Self::Area | Self::Party | Self::Role | Self::PublicId => Class::B,
            Self::Domain | Self::SiteAddress => Class::C,
            Self::Page => Class::V,
            Self::Username => Class::D,
            Self::HashPrefix => Class::E,
            Self::EmailHash => Class::F,
            Self::Email => Class::G,
            Self::Phone => Class::H,
            Self::Home => Class::I,
        }
    }

    /// The word of source rows (`discloses = [...]`).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Area => "area",
            Self::Party => "party",
            Self::Role => "role",
            Self::Page => "page",
            Self::PublicId => "public-id",
            Self::Domain => "domain",
            Self::SiteAddress => "site-address",
            Self::Username => "username",
            Self::HashPrefix => "hash-prefix",
            Self::EmailHash => "email-hash",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Home => "home",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::Name,
            Self::Area,
            Self::Party,
            Self::Role,
            Self::Page,
            Self::PublicId,
            Self::Domain,
            Self::SiteAddress,
            Self::Username,
            Self::HashPrefix,
            Self::EmailHash,
            Self::Email,
            Self::Phone,
            Self::Home,
        ]
        .into_iter()
        .find(|d| d.as_str() == word)
    }
}

/// A line of the plan, for example `searxng/name-area` or `found-pages`. Every ledger row names one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LineId(pub String);

impl std::fmt::Display for LineId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What makes two questions the same question; no subject in it, so that equal keys are asked once.
/// It may hold words that were asked, so it is a secret.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct QueryKey(pub Secret);

/// One value that a request carries, with what it tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Slot {
    /// Its name in the template, for example `q`, `page`, `uid`.
    pub name: String,
    /// Everything that its text tells (a search phrase tells a name *and* an area).
    pub discloses: Vec<Discloses>,
    /// Its text.
    pub text: Secret,
}

/// The values of a query.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Slots(pub Vec<Slot>);

impl Slots {
    /// Adds a slot.
    #[must_use]
    pub fn with(mut self, name: &str, discloses: &[Discloses], text: impl Into<String>) -> Self {
        self.0.push(Slot { name: name.to_owned(), discloses: discloses.to_vec(), text: Secret::new(text) });
        self
    }

    /// A slot by name.
    pub fn get(&self, name: &str) -> Option<&Slot> {
        self.0.iter().find(|s| s.name == name)
    }
}

/// One question to one source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Query {
    /// The line of the plan under which it is asked.
    pub line: LineId,
    /// The source.
    pub source: SourceId,
    /// What it asks, in the source's own words: `search`, `councillors`, `profile`, `page`, `sitemap` …
    pub what: String,
    /// What makes it the same question.
    pub key: QueryKey,
    /// Whom it serves.
    pub for_: Vec<SubjectId>,
    /// The values.
    pub slots: Slots,
}

impl Query {
    /// Everything that this query discloses, computed from its slots.
    pub fn discloses(&self) -> std::collections::BTreeSet<Discloses> {
        self.slots.0.iter().flat_map(|s| s.discloses.iter().copied()).collect()
    }
}
