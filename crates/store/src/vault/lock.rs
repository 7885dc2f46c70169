//! The lock beside the database: one process at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write as _;
use std::path::Path;

use crate::error::{Result, StoreError};
use crate::unlock::owner_only;

/// A lock of the operating system, held while the vault is open; it lets go when the process ends, however it ends.
pub(super) struct Lock(File);

impl Lock {
    /// Takes it, or says that another process has it.
    pub(super) fn take(path: &Path) -> Result<Self> {
        let file = owner_only(OpenOptions::new().write(true).create(true).truncate(false)).open(path);
        let file = file.map_err(|e| StoreError::io("open-its-lock", &e))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
            Err(TryLockError::Error(error)) => Err(StoreError::io("take-its-lock", &error)),
        }
    }

    /// Marks it: from now on an empty database is a loss, not a beginning.
    pub(super) fn mark(&self) -> Result<()> {
        if self.is_marked()? {
            return Ok(());
        }
        (&self.0).write_all(b"vault\n").map_err(|e| StoreError::io("write-its-lock", &e))
    }

    /// Whether it was marked.
    pub(super) fn is_marked(&self) -> Result<bool> {
        self.0.metadata().map(|lock| lock.len() > 0).map_err(|e| StoreError::io("read-its-lock", &e))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone is not enough: a process that is just being started may hold a copy of the handle for a moment.
        // Should this fail, closing lets go a little later.
        self.0.unlock().ok();
    }
}
