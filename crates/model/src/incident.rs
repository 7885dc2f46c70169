//! The record of abuse: what happened, in entries that can only be added to.
//!
//! An *incident* is one thing that happened (a message, a post, a visit). An *entry* is what was written down at one moment: the
//! first about an incident, or an addition to an earlier one. Entries of a person form one chain: each names the SHA-256 of the
//! one before it, so that a changed, removed or reordered entry shows.

use jiff::Timestamp;
use jiff::civil::{Date, Time};

use crate::secret::Secret;

/// What a person says about an incident; everything but `what` is optional, and in an addition `what` is too. Nothing of it is ever
/// sent, logged or kept unsealed. Field order is the order in which it is asked and shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Account {
    /// In a few words, what happened; of an addition, what is new.
    pub what: Option<Secret>,
    /// The day it happened or was posted, in the person's own time.
    pub on: Option<Date>,
    /// The time of that day.
    pub at: Option<Time>,
    /// The day the person saw it, when it is another.
    pub seen_on: Option<Date>,
    /// Where: the name of a site or app, "at my door", "by telephone" …
    pub place: Option<Secret>,
    /// Full address of the page or post.
    pub page: Option<Secret>,
    /// Name of the account, or of the person.
    pub account: Option<Secret>,
    /// Link to the account's own page.
    pub profile: Option<Secret>,
    /// The exact words.
    pub words: Option<Secret>,
    /// Who else saw it.
    pub witness: Option<Secret>,
    /// What it did to the person: fear, what they changed.
    pub effect: Option<Secret>,
    /// Whether it happened before from the same side.
    pub repeated: Option<bool>,
    /// Does it speak of violence that is about to happen?
    pub violence: Option<bool>,
    /// Is the person behind it fixed on the candidate?
    pub fixated: Option<bool>,
    /// Does it hold private details that were not public before?
    pub new_private: Option<bool>,
    /// To whom it was reported.
    pub reported: Vec<Reported>,
}

/// One report to somebody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reported {
    /// To whom: the police, a platform, a host …
    pub to: Secret,
    /// The reference they gave.
    pub reference: Option<Secret>,
    /// When.
    pub on: Option<Date>,
    /// When to ask again.
    pub chase: Option<Date>,
}

/// What kind of file proves it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EvidenceKind {
    /// PNG, JPEG, GIF, WebP, HEIF, TIFF, BMP.
    Picture,
    /// HTML, MHTML, a web archive.
    SavedPage,
    /// PDF, office document, plain text.
    Document,
    /// An e-mail with its head.
    Email,
    /// Sound or film.
    Recording,
    /// Anything else.
    Other,
}

impl EvidenceKind {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Picture, Self::SavedPage, Self::Document, Self::Email, Self::Recording, Self::Other];

    /// Its word in files and in the catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::SavedPage => "saved-page",
            Self::Document => "document",
            Self::Email => "e-mail",
            Self::Recording => "recording",
            Self::Other => "other",
        }
    }

    /// Reads a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.as_str() == word)
    }
}

/// A file as it is to be kept: byte for byte what the person gave.
#[derive(Clone, PartialEq, Eq)]
pub struct NewFile {
    /// The name it had.
    pub name: Secret,
    /// What it is.
    pub kind: EvidenceKind,
    /// Its ending by its content, for example `png`; letters and figures only.
    pub ending: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for NewFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewFile({}, {} bytes)", self.kind.as_str(), self.bytes.len())
    }
}

/// A file that is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Evidence {
    /// The name it had.
    pub name: Secret,
    /// What it is.
    pub kind: EvidenceKind,
    /// Its ending by its content.
    pub ending: String,
    /// Length in bytes.
    pub length: u64,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
}

/// What this computer's clock said, and how far it is off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Clock {
    /// The moment, as this computer has it.
    pub now: Timestamp,
    /// Local time minus UTC, in seconds. None: this computer does not know its time zone, so nobody may read UTC as its local time.
    pub local_offset: Option<i32>,
    /// This computer's clock minus a clock that the person read (their telephone), in seconds, to the minute. None: not compared.
    pub off_by: Option<i64>,
}

/// What an entry is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EntryKind {
    /// A new incident.
    Incident,
    /// An addition to the incident with this number.
    Addition {
        /// Number of the incident.
        to: u32,
    },
    /// A copy of the record was made, for whom, and the SHA-256 of its list of sums.
    Export {
        /// `police`, `platform`, `solicitor`.
        audience: String,
        /// SHA-256 of the copy's `SHA256SUMS`.
        sums: [u8; 32],
    },
}

/// An entry to be added.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewEntry {
    /// What it is for.
    pub kind: EntryKind,
    /// The clock at the moment of writing.
    pub clock: Clock,
    /// What is told.
    pub account: Account,
    /// Files.
    pub files: Vec<NewFile>,
}

/// An entry that is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number in the person's chain, from 1.
    pub number: u32,
    /// The incident it belongs to: the how-manieth, from 1; 0 for an export.
    pub incident: u32,
    /// What it is for.
    pub kind: EntryKind,
    /// The clock at the moment of writing.
    pub clock: Clock,
    /// What was told.
    pub account: Account,
    /// Files.
    pub files: Vec<Evidence>,
    /// SHA-256 of `raw` of the entry before; zeros for the first.
    pub previous: [u8; 32],
    /// The entry exactly as it was written down and chained (JSON, `unlisted/incident/v1`); its SHA-256 is what the next entry names.
    pub raw: Vec<u8>,
    /// SHA-256 of `raw`.
    pub sha256: [u8; 32],
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Entry({} of incident {})", self.number, self.incident)
    }
}
