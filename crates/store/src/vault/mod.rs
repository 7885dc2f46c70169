//! A vault: opening it, and what it keeps beside the runs.

mod db;
mod expiry;
mod forget;
mod head;
mod kept;
mod lock;
mod name;
mod open;
mod people;
mod proof;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::{collections::HashMap, path::Path};

use jiff::Timestamp;
use unlisted_model::{Secret, SubjectId};

pub(crate) use db::{Db, Reach};
pub use expiry::Purged;
pub use forget::Forgotten;
pub(crate) use name::Reached;
pub(crate) use people::{Circle, People, halves, next as next_id};

use crate::error::{Result, StoreError};
use crate::keys::{Key, hex};
use crate::run::{NewRun, Run, RunInner};
use crate::unlock::Unlock;

/// A sealed store of people, runs and findings. Cheap to clone; closed when the last clone and the last [`Run`] are gone.
#[derive(Clone)]
pub struct Vault {
    inner: Arc<Inner>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(***)")
    }
}

/// What all handles share.
pub(crate) struct Inner {
    db: Mutex<Db>,
    /// Runs that are open, so that one run never has two queues in memory.
    runs: Mutex<HashMap<i64, Weak<RunInner>>>,
    /// Makes keyed hashes of hosts, keys and lines.
    tags: Key,
    /// Makes ids.
    ids: Key,
    /// Checks plain columns that change.
    checks: Key,
    /// Held while the vault is open; last, so that it goes after the database.
    _lock: Option<lock::Lock>,
}

impl Inner {
    /// The database.
    pub(crate) fn db(&self) -> MutexGuard<'_, Db> {
        // A panic while it was held rolled its transaction back.
        self.db.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn runs(&self) -> MutexGuard<'_, HashMap<i64, Weak<RunInner>>> {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn tags(&self) -> &Key {
        &self.tags
    }

    pub(crate) fn checks(&self) -> &Key {
        &self.checks
    }
}

impl Vault {
    /// Opens the vault in a folder, or makes a new one when there is none.
    ///
    /// # Errors
    /// [`StoreError`]; whatever it is, an existing vault is left as it was.
    pub fn open(dir: &Path, unlock: Unlock) -> Result<Self> {
        open::open(dir, unlock, crate::keyring::Keyring::of_this_computer)
    }

    /// Whether a vault was made in this folder: its head stands there, with the vault's key. An attempt that stopped before that (no
    /// keyring, a slip in a passphrase, a lost current) leaves files there, but no vault. Nothing is made or changed.
    ///
    /// # Errors
    /// When what stands there is no vault of ours, is damaged, or is open elsewhere.
    pub fn is_made(dir: &Path) -> Result<bool> {
        open::is_made(dir)
    }

    /// A vault in memory under a random key, gone with its last handle. Forgetting, expiry and the rest work as in a file.
    ///
    /// # Errors
    /// [`StoreError::NoRandomness`].
    pub fn ephemeral() -> Result<Self> {
        open::ephemeral()
    }

    /// Keeps a person's file, in place of an older one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_subject(&self, id: &SubjectId, file: &Secret) -> Result<()> {
        self.inner.db().write(Reach::Disk, |tx, people| people.keep_file(tx, id, file))
    }

    /// A person's file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn subject_file(&self, id: &SubjectId) -> Result<Option<Secret>> {
        self.inner.db().read(|conn, people| people.file(conn, id))
    }

    /// Everybody of whom something is kept, by id.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn subjects(&self) -> Result<Vec<SubjectId>> {
        self.inner.db().read(|conn, people| people.all(conn))
    }

    /// A short id that is the same for the same parts in the same vault and tells nothing of them outside it: 80 bits of
    /// HMAC-SHA256 under the vault's key, in hexadecimal.
    pub fn keyed_id(&self, parts: &[&str]) -> String {
        let parts: Vec<&[u8]> = parts.iter().map(|p| p.as_bytes()).collect();
        hex(&self.inner.ids.tag("id", &parts)[..10])
    }

    /// Destroys everything about a person: their key, their file, their findings, and the rows that served only them. Rows that served
    /// others too stay readable for those others, without the person's id. A run that was going on for several people cannot be
    /// continued afterwards.
    ///
    /// # Errors
    /// [`StoreError::UnknownSubject`]; [`StoreError::RunOpen`] while a [`Run`] of theirs is held; [`StoreError::KeyNotDestroyed`]
    /// when the rows are gone but the keyring kept the key.
    pub fn forget(&self, id: &SubjectId) -> Result<Forgotten> {
        forget::forget(&self.inner, id)
    }

    /// Deletes every run whose time is over.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn purge(&self, now: Timestamp) -> Result<Purged> {
        expiry::purge(&self.inner, now)
    }

    /// Deletes the queue of every run that has not ended, goes on nowhere and began before a moment: it is too old to be continued, and
    /// the addresses that it would still have asked need not be kept. Its outcomes, findings and ledger stay. Returns how many.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn drop_queues(&self, begun_before: Timestamp) -> Result<usize> {
        expiry::drop_queues(&self.inner, begun_before)
    }

    /// Begins a run.
    ///
    /// # Errors
    /// When it cannot be written, or serves nobody.
    pub fn begin_run(&self, new: NewRun) -> Result<Run> {
        Run::begin(&self.inner, new)
    }

    /// The newest run of exactly these people with this fingerprint that has not ended and began at or after `since`. Rows that were in
    /// work when its process ended wait again.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn unfinished(&self, subjects: &[SubjectId], fingerprint: &str, since: Timestamp) -> Result<Option<Run>> {
        Run::unfinished(&self.inner, subjects, fingerprint, since)
    }

    /// The newest run that served a person, ended or not.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn last_run(&self, subject: &SubjectId) -> Result<Option<Run>> {
        Run::last(&self.inner, subject)
    }

    /// The runs of a person that are no checks (their fingerprint begins with [`ASIDE`](crate::ASIDE)), oldest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn asides(&self, subject: &SubjectId) -> Result<Vec<Run>> {
        Run::asides(&self.inner, subject)
    }

    #[cfg(test)]
    pub(crate) fn of(inner: &Arc<Inner>) -> Self {
        Self { inner: Arc::clone(inner) }
    }

    pub(crate) fn inner(&self) -> &Arc<Inner> {
        &self.inner
    }

    #[cfg(test)]
    pub(crate) fn open_with(dir: &Path, unlock: Unlock, keyring: &crate::keyring::Keyring) -> Result<Self> {
        open::open(dir, unlock, || Ok(keyring.clone()))
    }
}

/// The folder does not hold what its lock file says. Kept apart so that every caller words it alike.
pub(crate) const HEAD: StoreError = StoreError::Damaged("its-first-lines");
