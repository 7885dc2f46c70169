//! Under which keys the catalogue has the texts of the vault's faults, and what fills their gaps.

use crate::error::StoreError;

impl StoreError {
    /// Key of its text in the catalogue.
    pub fn key(&self) -> &'static str {
        match self {
            Self::WrongKey => "error-store.wrong-key",
            Self::OtherUnlock { .. } => "error-store.other-unlock",
            Self::NewerVersion { .. } => "error-store.newer-version",
            Self::NewerRecord => "error-store.newer-record",
            Self::InUse => "error-store.in-use",
            Self::Damaged(_) => "error-store.damaged",
            Self::Full => "error-store.full",
            Self::ReadOnly => "error-store.read-only",
            Self::Io { .. } => "error-store.io",
            Self::Database(_) => "error-store.database",
            Self::KeyFileMissing => "error-store.key-file-missing",
            Self::BadKeyFile(_) => "error-store.bad-key-file",
            Self::EmptyPassphrase => "error-store.empty-passphrase",
            Self::NoKeyring(_) => "error-store.no-keyring",
            Self::KeyringLost => "error-store.keyring-lost",
            Self::PersonKeyLost => "error-store.person-key-lost",
            Self::KeyNotDestroyed => "error-store.key-not-destroyed",
            Self::UnknownSubject => "error-store.unknown-subject",
            Self::RunOpen => "error-store.run-open",
            Self::NotOfThisRun => "error-store.not-of-this-run",
            Self::NotInWork(_) => "error-store.not-in-work",
            Self::Ended => "error-store.ended",
            Self::NoRandomness => "error-store.no-randomness",
            Self::Unwritable => "error-store.unwritable",
            Self::UnknownIncident(_) => "error-store.unknown-incident",
            Self::FileTooLarge { .. } => "error-store.file-too-large",
            Self::EntryTooLarge { .. } => "error-store.entry-too-large",
            Self::TooManyFiles { .. } => "error-store.too-many-files",
            Self::TooLong { .. } => "error-store.too-long",
            Self::TooManyReports { .. } => "error-store.too-many-reports",
            Self::NoSuchEvidence => "error-store.no-such-evidence",
            Self::EvidenceDamaged => "error-store.evidence-damaged",
            Self::CopyNotWritten { .. } => "error-store.copy-not-written",
        }
    }

    /// What fills the gaps of that text. The gaps `what`, `made_with`, `problem`, `doing` and `why` hold a word, whose own text stands
    /// under `error-word`; the others hold a number.
    pub fn gaps(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::OtherUnlock { made_with } => vec![("made_with", (*made_with).to_owned())],
            Self::NewerVersion { found, known } => vec![("found", found.to_string()), ("known", known.to_string())],
            Self::Damaged(what) => vec![("what", (*what).to_owned())],
            Self::Io { doing, why } => vec![("doing", (*doing).to_owned()), ("why", (*why).to_owned())],
            Self::CopyNotWritten { why } => vec![("why", (*why).to_owned())],
            Self::BadKeyFile(problem) | Self::NoKeyring(problem) => vec![("problem", (*problem).to_owned())],
            Self::Database(code) => vec![("code", code.to_string())],
            Self::NotInWork(row) => vec![("row", row.to_string())],
            Self::UnknownIncident(number) => vec![("number", number.to_string())],
            Self::FileTooLarge { limit } | Self::EntryTooLarge { limit } => vec![("limit", limit.to_string())],
            Self::TooManyFiles { limit } | Self::TooLong { limit } | Self::TooManyReports { limit } => {
                vec![("limit", limit.to_string())]
            }
            _ => Vec::new(),
        }
    }
}
