//! A copy of the record of abuse for the police, a platform or a solicitor: the texts of its documents. Pure: somebody else reads the
//! record and writes the files.
//!
//! Everything in a record came from outside or was typed in haste: each text is tidied (`outside::tidy`), escaped for where it stands
//! and never followed.

mod facts;
mod method;
mod names;
mod page;
mod tables;
mod text;

use unlisted_model::incident::{Clock, Entry, EntryKind, EvidenceKind};

use crate::Words;

pub use facts::{Fact, date_words, facts, lines, site, written};
pub use method::method;
pub use names::{entry_name, file_name, folder_name};
pub use page::page;
pub use tables::{chain_table, sums, table};
pub use text::{copies, list, text, told};

/// For whom a copy is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Audience {
    /// All of it.
    Police,
    /// Only what a platform needs to find and judge a post.
    Platform,
    /// All of it.
    Solicitor,
}

impl Audience {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Police, Self::Platform, Self::Solicitor];

    /// Its word in files and in the catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Police => "police",
            Self::Platform => "platform",
            Self::Solicitor => "solicitor",
        }
    }

    /// Whether the entries themselves and the whole chain go into the copy.
    pub const fn gets_all(self) -> bool {
        !matches!(self, Self::Platform)
    }

    /// Whether a file of this kind goes into the copy.
    pub const fn gets(self, kind: EvidenceKind) -> bool {
        self.gets_all() || matches!(kind, EvidenceKind::Picture | EvidenceKind::SavedPage)
    }

    /// Whether an entry goes into the copy. The notes of earlier copies stay at home: nobody needs to know who else got one. A platform
    /// gets no entry that tells it nothing, such as a report to somebody else.
    pub fn gets_entry(self, entry: &Entry, only: &[u32]) -> bool {
        let told = &entry.account;
        let tells = [&told.page, &told.account, &told.profile, &told.words].into_iter().any(Option::is_some)
            || entry.files.iter().any(|file| self.gets(file.kind));
        match entry.kind {
            EntryKind::Export { .. } => false,
            EntryKind::Incident => (self.gets_all() || tells || told.on.is_some()) && wanted(entry, only),
            EntryKind::Addition { .. } => (self.gets_all() || tells) && wanted(entry, only),
        }
    }
}

fn wanted(entry: &Entry, only: &[u32]) -> bool {
    only.is_empty() || only.contains(&entry.incident)
}

/// A copy, as its documents tell of it.
#[derive(Clone, Copy, Debug)]
pub struct Bundle<'a> {
    /// Name of its folder.
    pub name: &'a str,
    /// The clock when it was made.
    pub made: Clock,
    /// Version of the program.
    pub version: &'a str,
    /// For whom.
    pub audience: Audience,
    /// Name of the person whose record it is, when it is known.
    pub by: Option<&'a str>,
    /// The entries in it, by number.
    pub entries: &'a [&'a Entry],
    /// All entries of the record, by number.
    pub chain: &'a [Entry],
    /// What is wrong with the record, in words.
    pub faults: &'a [String],
    /// Files (entry, which, from 0) that could not be copied.
    pub lost: &'a [(u32, usize)],
    /// The catalogue.
    pub words: &'a Words,
}

impl Bundle<'_> {
    /// Whether something of the record is not in the copy.
    fn is_part(&self) -> bool {
        // A platform is not told how much else there is.
        self.audience.gets_all() && self.entries.len() < self.told()
    }

    /// How many entries of the record tell something; the rest are notes that a copy was made.
    fn told(&self) -> usize {
        self.chain.iter().filter(|entry| !matches!(entry.kind, EntryKind::Export { .. })).count()
    }

    /// The numbers of the incidents in it, in order.
    fn incidents(&self) -> Vec<u32> {
        let mut numbers: Vec<u32> = self.entries.iter().map(|e| e.incident).filter(|n| *n > 0).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The files of an entry that stand in the copy: which, and its path there.
    fn files<'e>(&self, entry: &'e Entry) -> impl Iterator<Item = (&'e unlisted_model::incident::Evidence, String)> {
        let (audience, lost) = (self.audience, self.lost.to_vec());
        entry.files.iter().enumerate().filter_map(move |(index, file)| {
            let there = audience.gets(file.kind) && !lost.contains(&(entry.number, index));
            there.then(|| (file, file_name(entry.number, index, file)))
        })
    }
}

/// Lower-case hexadecimal.
fn hex(sum: &[u8; 32]) -> String {
    use std::fmt::Write as _;
    sum.iter().fold(String::with_capacity(64), |mut out, byte| {
        // Writing to a string cannot fail.
        write!(out, "{byte:02x}").unwrap_or_default();
        out
    })
}
