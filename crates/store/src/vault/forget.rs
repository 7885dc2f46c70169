//! Forgetting a person.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};
use unlisted_model::SubjectId;

use super::{Db, Inner, People, Reach};
use crate::error::{Result, StoreError};
use crate::keys::Key;
use crate::records::{self, LedgerEndRecord, LedgerRecord, OutcomeRecord};
use crate::run::{CLOSED, Head, UNFINISHED, delete_queue, delete_run, heads};
use crate::schema::{BY_PERSON, EVIDENCE};
use crate::seal;

/// What forgetting a person did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Forgotten {
    /// Findings that were deleted.
    pub findings: usize,
    /// Outcomes and rows of the ledger that were deleted.
    pub rows: usize,
    /// Outcomes and rows of the ledger that served others too and are now theirs alone.
    pub shared: usize,
    /// Runs that were deleted whole.
    pub runs: usize,
    /// Entries of the record of abuse that were deleted, each with its files.
    pub entries: usize,
    /// Notes of theirs that were deleted: states of a checklist, drafts.
    pub notes: usize,
    /// Whether copies of the vault made earlier can still be opened with its key file or passphrase: say so to the person. With the
    /// keyring they cannot.
    pub old_copies_still_open: bool,
}

pub(super) fn forget(vault: &Inner, subject: &SubjectId) -> Result<Forgotten> {
    let mut runs = vault.runs();
    for run in runs.values().filter_map(std::sync::Weak::upgrade) {
        if run.serves(subject) && !run.is_finished() {
            return Err(StoreError::RunOpen);
        }
    }
    runs.retain(|_, run| run.upgrade().is_some_and(|run| !run.serves(subject)));
    let mut db = vault.db();
    let mut forgotten = forget_in(&mut db, vault, subject, true);
    if matches!(forgotten, Err(StoreError::Damaged(_))) {
        // Pieces of evidence in a damaged part of the file cannot be deleted; without the person's key they cannot be opened either.
        forgotten = forget_in(&mut db, vault, subject, false);
    }
    let forgotten = forgotten?;
    let destroyed = db.write(Reach::Disk, |_, people| people.destroy_key(subject));
    db.compact()?;
    destroyed.map(|()| forgotten)
}

/// All of it in one transaction; `evidence`: pieces of files too.
fn forget_in(db: &mut Db, vault: &Inner, subject: &SubjectId, evidence: bool) -> Result<Forgotten> {
    db.write(Reach::Disk, |tx, people| {
        let Some(person) = people.find(tx, subject)? else {
            // A first try may have deleted the rows and failed at the keyring.
            return if people.has_key(subject)? { Ok(Forgotten::default()) } else { Err(StoreError::UnknownSubject) };
        };
        let mut done = forget_rows(tx, people, vault.checks(), subject, person)?;
        forget_own(tx, person, evidence, &mut done)?;
        done.old_copies_still_open = people.copies_still_open();
        Ok(done)
    })
}

fn forget_rows(tx: &Connection, people: &mut People, checks: &Key, subject: &SubjectId, person: i64) -> Result<Forgotten> {
    let mut done = Forgotten::default();
    let mut select = tx.prepare("SELECT circle FROM member WHERE person = ?1")?;
    let circles: BTreeSet<i64> = select.query_map([person], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut alone = None;
    for &circle in &circles {
        if people.members(tx, circle)?.len() == 1 {
            alone = Some(circle);
        }
    }
    for head in heads(tx, checks)?.into_iter().filter(|head| circles.contains(&head.circle)) {
        if Some(head.circle) == alone {
            done.findings += count(tx, "finding", head.id)?;
            done.rows += count(tx, "ledger", head.id)? + count(tx, "outcome", head.id)?;
            done.runs += 1;
            delete_run(tx, head.id)?;
        } else {
            close(tx, people, checks, &head, person)?;
        }
    }
    if let Some(circle) = alone {
        done.findings += tx.execute("DELETE FROM finding WHERE circle = ?1", [circle])?;
        done.rows += tx.execute("DELETE FROM ledger WHERE circle = ?1", [circle])?;
        done.rows += tx.execute("DELETE FROM outcome WHERE circle = ?1", [circle])?;
    }
    for &circle in circles.iter().filter(|circle| Some(**circle) != alone) {
        done.shared += reseal(tx, people, checks, subject, person, circle)?;
    }
    tx.execute("DELETE FROM circle WHERE id IN (SELECT circle FROM member WHERE person = ?1)", [person])?;
    for circle in &circles {
        tx.execute("DELETE FROM member WHERE circle = ?1", [circle])?;
    }
    tx.execute("DELETE FROM person WHERE id = ?1", [person])?;
    Ok(done)
}

/// What belongs to the person alone, without any run.
fn forget_own(tx: &Connection, person: i64, evidence: bool, done: &mut Forgotten) -> Result<()> {
    for table in BY_PERSON {
        if table == EVIDENCE && !evidence {
            continue;
        }
        let deleted = tx.execute(&format!("DELETE FROM {table} WHERE person = ?1"), [person])?;
        match table {
            "entry" => done.entries = deleted,
            "kept" => done.notes = deleted,
            _ => {}
        }
    }
    Ok(())
}

fn count(tx: &Connection, table: &str, run: i64) -> Result<usize> {
    let (first, last) = crate::schema::ids_of(run);
    let sql = format!("SELECT count(*) FROM {table} WHERE id BETWEEN ?1 AND ?2");
    let n: i64 = tx.query_row(&sql, [first, last], |row| row.get(0))?;
    Ok(usize::try_from(n).unwrap_or(0))
}

/// A run of several people goes on without one of them: its queue and its notes may name them anywhere, so they are deleted, and it
/// cannot be continued.
fn close(tx: &Connection, people: &mut People, checks: &Key, head: &Head, person: i64) -> Result<()> {
    let record = head.open(tx, people)?;
    let rest = rest(tx, people, head.circle, person)?;
    let circle = people.circle_of(tx, rest)?;
    let state = if head.state == UNFINISHED { CLOSED } else { head.state };
    Head { id: head.id, circle: circle.id, state, expires: head.expires }.write(tx, people, checks, &record)?;
    delete_queue(tx, head.id)
}

fn rest(tx: &Connection, people: &mut People, circle: i64, person: i64) -> Result<Vec<i64>> {
    Ok(people.members(tx, circle)?.iter().copied().filter(|member| *member != person).collect())
}

/// Seals the shared records of a circle anew for those who remain, without the person's id.
fn reseal(tx: &Connection, people: &mut People, checks: &Key, subject: &SubjectId, person: i64, old: i64) -> Result<usize> {
    let old_key = people.open(tx, old)?;
    let rest = rest(tx, people, old, person)?;
    let new = people.circle_of(tx, rest)?;
    let mut select = tx.prepare_cached("SELECT id, body FROM outcome WHERE circle = ?1")?;
    let outcomes: Vec<(i64, Vec<u8>)> =
        select.query_map([old], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let mut update = tx.prepare_cached("UPDATE outcome SET circle = ?2, mac = ?3, body = ?4 WHERE id = ?1")?;
    for (id, body) in &outcomes {
        let record = records::open::<OutcomeRecord>(&old_key, *id, &[old], body)?.without(subject);
        let mac = seal::check(checks, "outcome", &[*id, new.id], &[]);
        update.execute(params![id, new.id, mac.as_slice(), records::seal(&new.key, *id, &[new.id], &record)?])?;
    }
    let mut select = tx.prepare_cached("SELECT id, body, end FROM ledger WHERE circle = ?1")?;
    let ledger: Vec<(i64, Vec<u8>, Option<Vec<u8>>)> =
        select.query_map([old], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<Result<_, _>>()?;
    let mut update = tx.prepare_cached("UPDATE ledger SET circle = ?2, mac = ?3, body = ?4, end = ?5 WHERE id = ?1")?;
    for (id, body, end) in &ledger {
        let record = records::open::<LedgerRecord>(&old_key, *id, &[old], body)?.without(subject);
        let end = match end {
            Some(end) => {
                let end: LedgerEndRecord = records::open(&old_key, *id, &[old], end)?;
                Some(records::seal(&new.key, *id, &[new.id], &end)?)
            }
            None => None,
        };
        let mac = seal::check(checks, "ledger", &[*id, new.id], &[]);
        let body = records::seal(&new.key, *id, &[new.id], &record)?;
        update.execute(params![id, new.id, mac.as_slice(), body, end])?;
    }
    Ok(outcomes.len() + ledger.len())
}
