//! What can go wrong with the vault. No variant carries a private value.
//!
//! `Display` is for logs and tests. A person reads the catalogue's text under [`StoreError::key`]; a variant that has to say more
//! carries a word in kebab case whose text stands in the catalogue too (`error-word`).

use unlisted_model::ports::PortError;

/// A fault of the vault. Unless a variant says otherwise, nothing was changed and everything acknowledged is kept.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The key does not open this vault.
    #[error("this key or passphrase does not open the vault; nothing was changed. Try the one it was made with")]
    WrongKey,
    /// The vault was made with another sort of key.
    #[error("this vault was made with {}; open it with that. Nothing was changed", plain(made_with))]
    OtherUnlock {
        /// A word: `a-key-file`, `a-passphrase`, `the-keyring-of-this-computer`.
        made_with: &'static str,
    },
    /// The vault was written by a newer program.
    #[error(
        "this vault was written by a newer version of unlisted (format {found}, this program reads up to {known}); it was left as it is. Update unlisted to open it"
    )]
    NewerVersion {
        /// Format of the vault.
        found: i64,
        /// Newest format that this program reads.
        known: i64,
    },
    /// One record was written by a newer program.
    #[error("a record in the vault was written by a newer version of unlisted; it was left as it is. Update unlisted to read it")]
    NewerRecord,
    /// Another program has it open.
    #[error("the vault is in use by another unlisted; wait until it ends, or use another --vault folder")]
    InUse,
    /// Bytes are not what was written; the word says which.
    #[error(
        "the vault is damaged ({}); nothing was read from the damaged part. Restore the folder from a copy, or start a new one with --vault",
        plain(.0)
    )]
    Damaged(&'static str),
    /// No room.
    #[error("the disk is full; what was saved before is kept. Make room and run the same command again")]
    Full,
    /// Not writable.
    #[error("the vault folder cannot be written; check its permissions, or use another --vault folder")]
    ReadOnly,
    /// Any other fault of the file system.
    #[error("the vault could not {} ({}); what was saved before is kept", plain(doing), plain(why))]
    Io {
        /// A word: what was being done, for example `create-its-folder`.
        doing: &'static str,
        /// A word: why not, for example `something-is-in-the-way`.
        why: &'static str,
    },
    /// A fault of the database that has no better name; the number is SQLite's extended result code.
    #[error("the vault's database reported fault {0}; what was saved before is kept")]
    Database(i32),
    /// The key file does not exist, although the vault does.
    #[error("the key file of this vault is missing; give the one it was made with. Without it nothing in the vault can be read")]
    KeyFileMissing,
    /// The key file cannot be used; the word says why.
    #[error("the key file cannot be used: {}; a key is 32 random bytes in base64, on one line", plain(.0))]
    BadKeyFile(&'static str),
    /// An empty passphrase.
    #[error("an empty passphrase protects nothing; type one, or use --key-file")]
    EmptyPassphrase,
    /// No keyring on this computer; the word says why.
    #[error("no keyring answered on this computer ({}); use --key-file FILE or a passphrase instead", plain(.0))]
    NoKeyring(&'static str),
    /// The keyring has lost the vault's key.
    #[error("the keyring of this computer holds no key for this vault; it may belong to another computer or account")]
    KeyringLost,
    /// The key of one person is not in the keyring.
    #[error("the keyring of this computer no longer holds the key of one person in this vault; their records cannot be opened")]
    PersonKeyLost,
    /// Rows are gone, but a key could not be destroyed.
    #[error(
        "everything about this person was deleted from the vault, but their key could not be deleted from the keyring; run forget again"
    )]
    KeyNotDestroyed,
    /// The vault does not know this person.
    #[error("the vault does not know this person")]
    UnknownSubject,
    /// A run of this person is going on.
    #[error("a check of this person is still open; stop it first")]
    RunOpen,
    /// A record serves somebody who is not part of the run.
    #[error("a record serves somebody who is not part of this run")]
    NotOfThisRun,
    /// A row was ended twice, or never handed out.
    #[error("row {0} is not in work")]
    NotInWork(i64),
    /// The run has ended.
    #[error("this run has ended; nothing can be added to it")]
    Ended,
    /// No randomness.
    #[error("the operating system gave no random bytes")]
    NoRandomness,
    /// A value that cannot be stored.
    #[error("a record could not be written in the vault's form")]
    Unwritable,
    /// An addition to an incident that was never written down.
    #[error("there is no incident with the number {0}; nothing was added")]
    UnknownIncident(u32),
    /// A file of an entry is too large.
    #[error("a file is larger than {limit} MiB; nothing was added")]
    FileTooLarge {
        /// The most, in MiB.
        limit: u64,
    },
    /// The files of an entry are too large together.
    #[error("the files of an entry are together larger than {limit} MiB; nothing was added")]
    EntryTooLarge {
        /// The most, in MiB.
        limit: u64,
    },
    /// An entry has too many files.
    #[error("an entry holds at most {limit} files; nothing was added")]
    TooManyFiles {
        /// The most.
        limit: usize,
    },
    /// A text is too long to be kept.
    #[error("a text is longer than {limit} KiB; nothing was kept")]
    TooLong {
        /// The most, in KiB.
        limit: usize,
    },
    /// An entry says more often than can be kept to whom it was reported.
    #[error("an entry holds at most {limit} reports to others; nothing was added")]
    TooManyReports {
        /// The most.
        limit: usize,
    },
    /// The record of abuse has no such entry, or the entry has no such file.
    #[error("the record has no such file")]
    NoSuchEvidence,
    /// A kept file is not as it was given. What came out before this error must not be used.
    #[error("a kept file is damaged; what was copied of it is not whole and must not be used")]
    EvidenceDamaged,
    /// A copy could not be written.
    #[error("the copy could not be written ({}); the record is unchanged", plain(why))]
    CopyNotWritten {
        /// A word: why not.
        why: &'static str,
    },
}

/// What this room returns.
pub(crate) type Result<T, E = StoreError> = std::result::Result<T, E>;

impl From<StoreError> for PortError {
    fn from(error: StoreError) -> Self {
        Self { key: error.key(), gaps: error.gaps(), text: error.to_string() }
    }
}

impl From<rusqlite::Error> for StoreError {
    /// Keeps the code and drops the text: SQLite's messages may quote what it was given.
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let Some(code) = error.sqlite_error_code() else {
            // A column of another type than was written, or a row that must exist and does not.
            return Self::Damaged("the-form-of-a-row");
        };
        let extended = error.sqlite_error().map_or(0, |e| e.extended_code);
        match code {
            Code::DiskFull => Self::Full,
            Code::ReadOnly | Code::PermissionDenied | Code::CannotOpen => Self::ReadOnly,
            Code::DatabaseBusy | Code::DatabaseLocked => Self::InUse,
            Code::DatabaseCorrupt | Code::NotADatabase => Self::Damaged("its-file"),
            Code::ConstraintViolation => Self::Damaged("two-rows-in-one-place"),
            Code::SystemIoFailure => Self::Io { doing: "read-or-write-its-file", why: "the-disk-reports-a-fault" },
            _ => Self::Database(extended),
        }
    }
}

impl StoreError {
    /// A fault of the file system, without its path.
    pub(crate) fn io(doing: &'static str, error: &std::io::Error) -> Self {
        use std::io::ErrorKind as Kind;
        match error.kind() {
            Kind::StorageFull | Kind::QuotaExceeded => Self::Full,
            Kind::PermissionDenied | Kind::ReadOnlyFilesystem => Self::ReadOnly,
            kind => Self::Io { doing, why: why(kind) },
        }
    }

    /// A fault of the place to which a copy is written.
    pub(crate) fn copy(error: &std::io::Error) -> Self {
        Self::CopyNotWritten { why: why(error.kind()) }
    }
}

/// The word for a fault of the file system.
fn why(kind: std::io::ErrorKind) -> &'static str {
    use std::io::ErrorKind as Kind;
    match kind {
        Kind::NotFound => "it-is-not-there",
        Kind::AlreadyExists | Kind::NotADirectory | Kind::IsADirectory => "something-is-in-the-way",
        Kind::StorageFull | Kind::QuotaExceeded => "the-disk-is-full",
        Kind::PermissionDenied | Kind::ReadOnlyFilesystem => "it-may-not-be-written",
        Kind::InvalidFilename => "its-name-cannot-be-used",
        Kind::Interrupted => "it-was-interrupted",
        Kind::TimedOut | Kind::HostUnreachable | Kind::NetworkUnreachable | Kind::StaleNetworkFileHandle => {
            "its-drive-does-not-answer"
        }
        Kind::ResourceBusy => "it-is-in-use",
        _ => "the-disk-reports-a-fault",
    }
}

/// A word as English.
fn plain(word: &str) -> String {
    if word == "a-key-file" { "a key file (--key-file)".to_owned() } else { word.replace('-', " ") }
}
