//! The connection with the keys that are in memory, and how far a commit reaches.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::People;
use crate::error::Result;

/// How far a commit must reach before it counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reach {
    /// To the operating system: survives the end of the process, however it comes (WAL with `synchronous = NORMAL`), and a power cut as
    /// soon as anything after it reached the disk. For every step of the queue: what a power cut takes of it is asked again.
    System,
    /// To the disk, with everything before it: survives a power cut (`synchronous = FULL`, one sync). For the ledger ahead of a request, so
    /// that nothing leaves this computer before all that led to it is kept; for the end of a run; for people and notes.
    Disk,
}

/// A file up to this size is rewritten in memory.
const VACUUM_IN_MEMORY: i64 = 64 << 20;

/// The database of one vault.
pub(crate) struct Db {
    conn: Connection,
    people: People,
    /// None in memory, where nothing is synced.
    reach: Option<Reach>,
}

impl Db {
    pub(super) fn new(conn: Connection, people: People, on_disk: bool) -> Result<Self> {
        if on_disk {
            conn.execute_batch("PRAGMA synchronous = FULL")?;
        }
        Ok(Self { conn, people, reach: on_disk.then_some(Reach::Disk) })
    }

    /// One transaction: all of `f` or nothing.
    pub(crate) fn write<T>(&mut self, reach: Reach, f: impl FnOnce(&Transaction<'_>, &mut People) -> Result<T>) -> Result<T> {
        if self.reach.is_some_and(|now| now != reach) {
            self.conn.execute_batch(match reach {
                Reach::System => "PRAGMA synchronous = NORMAL",
                Reach::Disk => "PRAGMA synchronous = FULL",
            })?;
            self.reach = Some(reach);
        }
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = f(&tx, &mut self.people).and_then(|value| {
            tx.commit()?;
            Ok(value)
        });
        if done.is_err() {
            // Rows that were rolled back must not live on in memory.
            self.people.drop_cache();
        }
        done
    }

    /// Reads.
    pub(crate) fn read<T>(&mut self, f: impl FnOnce(&Connection, &mut People) -> Result<T>) -> Result<T> {
        f(&self.conn, &mut self.people)
    }

    /// Rewrites the file without what was deleted, and empties the log beside it.
    pub(super) fn compact(&self) -> Result<()> {
        // In memory only while it is small; what it writes aside is as sealed as the file itself.
        let size: i64 =
            self.conn
                .query_row("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", [], |row| row.get(0))?;
        let aside = if size > VACUUM_IN_MEMORY { "FILE" } else { "MEMORY" };
        // It wants as much room again as the file takes, and a whole file. Without it the file stays large, but what was deleted is
        // overwritten all the same (`secure_delete`), so its failure is none of the caller's.
        self.conn.execute_batch(&format!("PRAGMA temp_store = {aside}; VACUUM;")).ok();
        self.conn.execute_batch("PRAGMA temp_store = MEMORY")?;
        if self.reach.is_some() {
            self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        }
        Ok(())
    }

    #[cfg(test)]
    pub(crate) fn conn(&self) -> &Connection {
        &self.conn
    }
}
