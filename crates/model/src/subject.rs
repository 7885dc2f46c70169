//! The consenting person who is checked.

use jiff::civil::Date;
use url::Url;

use crate::consent::Consent;
use crate::contest::{Contest, Nation};
use crate::help::HelpContacts;
use crate::identifier::Identifier;
use crate::secret::Secret;

/// A subject's id: lower-case letters, digits and hyphens, at most 64, starting with a letter or digit.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SubjectId(String);

impl SubjectId {
    /// Checks the form of an id.
    pub fn new(id: &str) -> Option<Self> {
        let good = !id.is_empty()
            && id.len() <= 64
            && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !id.starts_with('-')
            && !id.ends_with('-');
        good.then(|| Self(id.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for SubjectId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The names of a person. `full` and `also` are in public use: searched and matched. `former` is matched here
/// only and never sent, so it is a secret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Names {
    /// The full name, first names first.
    pub full: String,
    /// Other names in public use.
    pub also: Vec<String>,
    /// Names no longer used.
    pub former: Vec<Secret>,
}

impl Names {
    /// The names that may be sent.
    pub fn in_public_use(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.full.as_str()).chain(self.also.iter().map(String::as_str))
    }
}

/// What the person stands for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Candidacy {
    /// False: party, area and role are not sent either.
    pub announced: bool,
    /// Party, as written on the ballot paper.
    pub party: Option<String>,
    /// Constituency, ward or division.
    pub area: Option<String>,
    /// Code in `config/councils.csv`.
    pub council: Option<String>,
    /// Polling day.
    pub election: Option<Date>,
    /// What kind of seat or office the election fills. None: a council's, when `council` is given; else not known.
    pub contest: Option<Contest>,
    /// The nation whose rules apply. None: the council's, when it is known.
    pub nation: Option<Nation>,
}

/// A site or profile of the person's own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnPage {
    /// Its address; http or https, without credentials.
    pub url: Url,
}

/// The consenting person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Subject {
    /// Stable id.
    pub id: SubjectId,
    /// The permission record.
    pub consent: Consent,
    /// Names.
    pub names: Names,
    /// Candidacy.
    pub candidacy: Candidacy,
    /// Facts to be kept private.
    pub private: Vec<Identifier>,
    /// Facts meant to be public: matched, not reported, except beside hostile words.
    pub public: Vec<Identifier>,
    /// Own sites and profiles.
    pub pages: Vec<OwnPage>,
    /// The person's own SearXNG (`[sources.searxng] base`), if they run one.
    pub searxng: Option<Url>,
    /// Whom the person can turn to.
    pub help: HelpContacts,
}
