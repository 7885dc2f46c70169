//! What was sent, written ahead of each request.

use rusqlite::{OptionalExtension as _, params};
use unlisted_model::ports::{Ledger, LedgerEnd, LedgerEntry, LedgerId, PortError};

use super::writer::Writer;
use super::{Run, RunInner};
use crate::error::{Result, StoreError};
use crate::records::{self, LedgerEndRecord};
use crate::schema::ids_of;
use crate::vault::Reach;

impl RunInner {
    fn begin(&self, entry: &LedgerEntry) -> Result<LedgerId> {
        let mut state = self.state();
        state.must_go_on()?;
        let (id, next) = self.vault.db().write(Reach::Disk, |tx, people| {
            let mut writer = Writer::new(tx, people, self, state.next);
            let id = writer.ledger(entry)?;
            Ok((id, writer.next))
        })?;
        state.next = next;
        *state.spent.entry(entry.line.clone()).or_default() += 1;
        Ok(LedgerId(id))
    }

    /// How a request ended may still be written when the run has ended meanwhile: it was sent.
    fn end(&self, LedgerId(id): LedgerId, end: &LedgerEnd) -> Result<()> {
        let unknown = StoreError::Damaged("a-missing-row");
        let (first, last) = ids_of(self.id);
        if !(first..=last).contains(&id) {
            return Err(unknown);
        }
        self.vault.db().write(Reach::System, |tx, people| {
            let mut select = tx.prepare_cached("SELECT circle FROM ledger WHERE id = ?1")?;
            let circle: i64 = select.query_row([id], |row| row.get(0)).optional()?.ok_or(unknown)?;
            let key = people.open(tx, circle)?;
            let sealed = records::seal(&key, id, &[circle], &LedgerEndRecord::from(end))?;
            tx.prepare_cached("UPDATE ledger SET end = ?2 WHERE id = ?1")?.execute(params![id, sealed])?;
            Ok(())
        })
    }
}

impl Ledger for Run {
    fn begin(&self, entry: &LedgerEntry) -> Result<LedgerId, PortError> {
        Ok(self.inner.begin(entry)?)
    }

    fn finish(&self, id: LedgerId, end: &LedgerEnd) -> Result<(), PortError> {
        Ok(self.inner.end(id, end)?)
    }
}
