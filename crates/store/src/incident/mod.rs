//! The record of abuse: entries that can only be added to, and their files.
//!
//! Entries of a person form one chain: each names the SHA-256 of the one before. A sealed head, written in the same transaction as each
//! entry, holds how many there are and the sum of the last, so that missing last entries show as well. Nothing here changes or
//! deletes an entry; only forgetting the person does.

mod add;
mod pieces;
mod read;

use std::io::Write;

use unlisted_model::SubjectId;
use unlisted_model::incident::{Entry, NewEntry};

use crate::error::Result;
use crate::seal::Place;
use crate::vault::Vault;

/// A person's record of abuse, with all that is wrong with it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Chain {
    /// Every entry that opens, by number.
    pub entries: Vec<Entry>,
    /// What is not as it was written. Empty: the record is whole. The first twenty, and then [`ChainFault::More`].
    pub faults: Vec<ChainFault>,
}

/// Something in a record of abuse is not as it was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ChainFault {
    /// The end of the record is gone or does not open, so missing last entries cannot be seen.
    EndUnknown,
    /// The last entries are missing.
    CutOff {
        /// The last number that is there; 0: none.
        last: u32,
        /// The last number that was written.
        written: u32,
    },
    /// An entry is missing.
    Missing {
        /// Its number.
        number: u32,
    },
    /// An entry is there but does not open.
    Unreadable {
        /// Its number.
        number: u32,
    },
    /// An entry does not follow from the one before it (or, of the last, the end of the record names another).
    NotChained {
        /// Its number.
        number: u32,
    },
    /// An entry stands behind the end of the record.
    BeyondEnd {
        /// Its number.
        number: u32,
    },
    /// Something stands among the entries under a number that no entry can have.
    Foreign,
    /// There are more faults than are told one by one.
    More {
        /// How many more.
        count: usize,
    },
    /// The end of the record was damaged when an entry was added, and was made anew: entries after this number may have been lost then.
    EndMended {
        /// The last number that was known then; 0: none.
        number: u32,
    },
    /// A file is missing, in whole or in part.
    FileMissing {
        /// Number of its entry.
        number: u32,
        /// Which of its files, from 1.
        file: u32,
    },
    /// A file is not as it was given.
    FileDamaged {
        /// Number of its entry.
        number: u32,
        /// Which of its files, from 1.
        file: u32,
    },
}

impl Chain {
    /// How many faults there are, those that are not told one by one too.
    pub fn fault_count(&self) -> usize {
        let of = |fault: &ChainFault| if let ChainFault::More { count } = fault { *count } else { 1 };
        self.faults.iter().map(of).sum()
    }
}

impl ChainFault {
    /// Key of its text in the catalogue.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::EndUnknown => "error-store.record-end-unknown",
            Self::CutOff { .. } => "error-store.record-cut-off",
            Self::Missing { .. } => "error-store.record-entry-missing",
            Self::Unreadable { .. } => "error-store.record-entry-unreadable",
            Self::NotChained { .. } => "error-store.record-entry-not-chained",
            Self::BeyondEnd { .. } => "error-store.record-entry-beyond-end",
            Self::Foreign => "error-store.record-entry-foreign",
            Self::More { .. } => "error-store.record-more-faults",
            Self::EndMended { .. } => "error-store.record-end-mended",
            Self::FileMissing { .. } => "error-store.record-file-missing",
            Self::FileDamaged { .. } => "error-store.record-file-damaged",
        }
    }

    /// What fills the gaps of that text: numbers.
    pub fn gaps(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::EndUnknown | Self::Foreign => Vec::new(),
            Self::More { count } => vec![("count", count.to_string())],
            Self::CutOff { last, written } => vec![("last", last.to_string()), ("written", written.to_string())],
            Self::Missing { number }
            | Self::Unreadable { number }
            | Self::NotChained { number }
            | Self::BeyondEnd { number }
            | Self::EndMended { number } => vec![("number", number.to_string())],
            Self::FileMissing { number, file } | Self::FileDamaged { number, file } => {
                vec![("number", number.to_string()), ("file", file.to_string())]
            }
        }
    }
}

impl Vault {
    /// Adds an entry to a person's record of abuse, with all its files; makes the person if they are new. When this returns, entry and
    /// files are on the disk; when it fails, nothing of them is kept. What is told is not judged here, only bounded: a file up to
    /// 100 MiB, 20 files of together 200 MiB, a text up to 64 KiB, 50 reports to others.
    ///
    /// # Errors
    /// [`StoreError::UnknownIncident`](crate::StoreError::UnknownIncident); `FileTooLarge`, `TooManyFiles`, `EntryTooLarge`, `TooLong`, `TooManyReports`;
    /// and when it cannot be written. A damaged end of the record does not keep a person from adding to it: it is made anew, and
    /// [`ChainFault::EndMended`] tells so from then on.
    pub fn add_entry(&self, subject: &SubjectId, new: &NewEntry) -> Result<Entry> {
        add::add(self, subject, new)
    }

    /// A person's record of abuse: every entry that opens, and everything that is wrong. `check_files` reads and compares every byte
    /// of every file as well. Somebody unknown has an empty record.
    ///
    /// # Errors
    /// When the vault cannot be read at all, or the person's key does not open.
    pub fn entries(&self, subject: &SubjectId, check_files: bool) -> Result<Chain> {
        read::chain(self, subject, check_files)
    }

    /// Writes one file of an entry (`index` from 0, as in [`Entry::files`]) into `sink`, byte for byte as it was given.
    ///
    /// # Errors
    /// [`StoreError::EvidenceDamaged`](crate::StoreError::EvidenceDamaged) when it is not whole or not what was given: that shows only
    /// after a part, or all, of it was written, so on an error what is in `sink` must be thrown away. `NoSuchEvidence` when the entry
    /// or the file does not exist; `CopyNotWritten` when `sink` fails.
    pub fn evidence(&self, subject: &SubjectId, entry: u32, index: usize, sink: &mut dyn Write) -> Result<()> {
        read::evidence(self, subject, entry, index, sink)
    }
}

/// Where an entry is sealed.
const fn entry_place(person: i64, beside: &[i64]) -> Place<'_> {
    Place { kind: "entry", id: person, beside }
}
