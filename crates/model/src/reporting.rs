//! Where abuse can be reported: one row for each place, and what fits one incident.

use jiff::civil::Date;

/// What a report is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Concern {
    /// Threats, abuse, unwanted contact.
    Harassment,
    /// Private details made public.
    PrivateInformation,
    /// Somebody pretends to be the person.
    Impersonation,
}

impl Concern {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Harassment, Self::PrivateInformation, Self::Impersonation];

    /// Its word in rows, file names and in the catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Harassment => "harassment",
            Self::PrivateInformation => "private-information",
            Self::Impersonation => "impersonation",
        }
    }
}

/// What sort of place takes the report.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Sort {
    /// The police.
    Police,
    /// A site where people post.
    Platform,
    /// Messages between people: apps, e-mail, telephone.
    Messenger,
    /// A search engine.
    Search,
    /// Who deals with elections: leaflets and imprints.
    Election,
    /// Who stores a site.
    Host,
    /// Who registered the name of a site.
    Registrar,
    /// Who helps when a platform refuses.
    Mediator,
}

impl Sort {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Police,
        Self::Platform,
        Self::Messenger,
        Self::Search,
        Self::Election,
        Self::Host,
        Self::Registrar,
        Self::Mediator,
    ];

    /// Its word in rows and in the catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Police => "police",
            Self::Platform => "platform",
            Self::Messenger => "messenger",
            Self::Search => "search",
            Self::Election => "election",
            Self::Host => "host",
            Self::Registrar => "registrar",
            Self::Mediator => "mediator",
        }
    }

    /// Reads a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == word)
    }
}

/// Whether a report needs an account there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NeedsAccount {
    /// Yes.
    Yes,
    /// No.
    No,
    /// It is not known.
    Unsure,
}

impl NeedsAccount {
    /// Its word in rows and in the catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unsure => "unsure",
        }
    }

    /// Reads a word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Yes, Self::No, Self::Unsure].into_iter().find(|s| s.as_str() == word)
    }
}

/// One row of `config/reporting/<id>.toml`. What people read of it stands in the catalogue under its id.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReportingRow {
    /// Its id: the file's name.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What sort of place it is.
    pub sort: Sort,
    /// Hosts (with everything below them), each with the start of a path if only a part of the host is meant.
    pub hosts: Vec<String>,
    /// What stands behind the `@` of an e-mail address there.
    pub mail: Vec<String>,
    /// Words by which people name it when there is no address.
    pub words: Vec<String>,
    /// Pages of any host whose path begins with `/@name` are of its kind.
    pub at_names: bool,
    /// Address of the way in for each concern; without one the catalogue says the way.
    pub ways: Vec<(Concern, String)>,
    /// Whether an account is needed.
    pub account: NeedsAccount,
    /// Whether there is a box or an address for a text of one's own.
    pub takes_text: bool,
    /// Days until to ask again; 0: there is nothing to wait for.
    pub days: u16,
    /// Id of the row to go to when this one refuses.
    pub then: Option<String>,
    /// Whether the way and its address were read in the source.
    pub verified: bool,
    /// Where it was read.
    pub source: String,
    /// When it was read.
    pub read_on: Date,
}

impl ReportingRow {
    /// The address for a concern.
    pub fn way(&self, concern: Concern) -> Option<&str> {
        self.ways.iter().find(|(c, _)| *c == concern).map(|(_, url)| url.as_str())
    }
}

/// What a public register of names told about the site.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Registration {
    /// The name that was asked about.
    pub domain: String,
    /// Who registered it for its owner.
    pub registrar: Option<String>,
    /// Where that firm takes reports of abuse.
    pub abuse_email: Option<String>,
    /// The telephone number for the same.
    pub abuse_phone: Option<String>,
    /// The address of its form for the same.
    pub abuse_page: Option<String>,
    /// Servers that know where the site is: they often name the firm that stores it.
    pub nameservers: Vec<String>,
}

/// What a public register of networks told about the network address of a site: the firm that stores it, or stands in front of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Network {
    /// The address that was asked about.
    pub address: String,
    /// The network's own short name.
    pub name: Option<String>,
    /// The firm that holds the network.
    pub firm: Option<String>,
    /// Where it takes reports of abuse.
    pub abuse_email: Option<String>,
    /// The telephone number for the same.
    pub abuse_phone: Option<String>,
    /// The address of its form for the same.
    pub abuse_page: Option<String>,
    /// Its name, when it only delivers pages for the firm that stores them (`config/fronts.toml`).
    pub front: Option<String>,
}

impl Network {
    /// Whether anything tells where to report.
    pub const fn has_contact(&self) -> bool {
        self.abuse_email.is_some() || self.abuse_phone.is_some() || self.abuse_page.is_some()
    }

    /// What to call it: the front's name, the firm's, or the network's.
    pub fn called(&self) -> Option<&str> {
        [&self.front, &self.firm, &self.name].into_iter().flatten().next().map(String::as_str)
    }
}

/// One place to report an incident to, ready for use.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Routed {
    /// The row.
    pub row: ReportingRow,
    /// What it is about, the first being what the draft says.
    pub concerns: Vec<Concern>,
    /// The site's host, where the row does not name one itself.
    pub host: Option<String>,
    /// The person's own reference.
    pub reference: String,
    /// Ask again after this day; of a mediator, the day by which those before it should have helped.
    pub chase: Option<Date>,
    /// The draft, if this place takes one.
    pub draft: Option<String>,
}
