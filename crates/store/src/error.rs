//! What can go wrong with the vault, in words for the terminal. No variant carries a private value.

use unlisted_model::ports::PortError;

/// A fault of the vault. Unless a variant says otherwise, nothing was changed and everything acknowledged is kept.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The key does not open this vault.
    #[error("this key or passphrase does not open the vault; nothing was changed. Try the one it was made with")]
    WrongKey,
    /// The vault was made with another sort of key.
    #[error("this vault was made with {made_with}; open it with that. Nothing was changed")]
    OtherUnlock {
        /// `a key file`, `a passphrase`, `the keyring of this computer`.
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
    /// Bytes are not what was written.
    #[error(
        "the vault is damaged ({0}); nothing was read from the damaged part. Restore the folder from a copy, or start a new one with --vault"
    )]
    Damaged(&'static str),
    /// No room.
    #[error("the disk is full; what was saved before is kept. Make room and run the same command again")]
    Full,
    /// Not writable.
    #[error("the vault folder cannot be written; check its permissions, or use another --vault folder")]
    ReadOnly,
    /// Any other fault of the file system.
    #[error("the vault could not {doing} ({why}); what was saved before is kept")]
    Io {
        /// What was being done: `be opened`, `create its folder` …
        doing: &'static str,
        /// The operating system's word for it, without paths.
        why: String,
    },
    /// A fault of the database that has no better name; the number is SQLite's extended result code.
    #[error("the vault's database reported fault {0}; what was saved before is kept")]
    Database(i32),
    /// The key file does not exist, although the vault does.
    #[error("the key file of this vault is missing; give the one it was made with. Without it nothing in the vault can be read")]
    KeyFileMissing,
    /// The key file cannot be used.
    #[error("the key file cannot be used: {0}")]
    BadKeyFile(&'static str),
    /// An empty passphrase.
    #[error("an empty passphrase protects nothing; type one, or use --key-file")]
    EmptyPassphrase,
    /// No keyring on this computer.
    #[error("no keyring answered on this computer ({0}); use --key-file FILE or a passphrase instead")]
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
}

/// What this room returns.
pub(crate) type Result<T, E = StoreError> = std::result::Result<T, E>;

impl From<StoreError> for PortError {
    fn from(error: StoreError) -> Self {
        Self::new(error.to_string())
    }
}

impl From<rusqlite::Error> for StoreError {
    /// Keeps the code and drops the text: SQLite's messages may quote what it was given.
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let Some(code) = error.sqlite_error_code() else {
            // A column of another type than was written, or a row that must exist and does not.
            return Self::Damaged("a row is not in its form");
        };
        let extended = error.sqlite_error().map_or(0, |e| e.extended_code);
        match code {
            Code::DiskFull => Self::Full,
            Code::ReadOnly | Code::PermissionDenied | Code::CannotOpen => Self::ReadOnly,
            Code::DatabaseBusy | Code::DatabaseLocked => Self::InUse,
            Code::DatabaseCorrupt | Code::NotADatabase => Self::Damaged("the database file"),
            Code::ConstraintViolation => Self::Damaged("two rows claim one place"),
            Code::SystemIoFailure => Self::Io { doing: "read or write its file", why: format!("fault {extended}") },
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
            kind => Self::Io { doing, why: kind.to_string() },
        }
    }
}
