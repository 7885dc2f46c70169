//! The tables, and the settings under which SQLite keeps them.
//!
//! Plain columns are numbers of rows, states, times, and keyed hashes (`tag`, `host`, `key`, `line`); everything else is a sealed
//! blob. A row of a run has the id `run << 32 | n`, so that all rows of a run lie together and need no index. Plain columns are covered
//! by `mac` (or, for a circle and its members, by the circle's tag), because rows are chosen by them before a seal is opened.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::error::{Result, StoreError};

/// Format of the vault that this program writes (SQLite's `user_version`).
pub(crate) const VERSION: i64 = 2;

/// The format before, which is brought up to this one when it is opened.
const BEFORE: i64 = 1;

/// `unls`, in SQLite's header: tells our file from any other database.
const APPLICATION: i64 = 0x756e_6c73;

const TABLES: &str = "
CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE person(id INTEGER PRIMARY KEY AUTOINCREMENT, tag BLOB NOT NULL UNIQUE, mac BLOB NOT NULL, key BLOB NOT NULL, name BLOB NOT NULL, file BLOB);
CREATE TABLE circle(id INTEGER PRIMARY KEY AUTOINCREMENT, tag BLOB NOT NULL UNIQUE);
CREATE TABLE member(circle INTEGER NOT NULL, person INTEGER NOT NULL, PRIMARY KEY(circle, person)) WITHOUT ROWID;
CREATE TABLE run(id INTEGER PRIMARY KEY AUTOINCREMENT, circle INTEGER NOT NULL, state INTEGER NOT NULL, expires INTEGER NOT NULL, mac BLOB NOT NULL, body BLOB NOT NULL);
CREATE TABLE task(id INTEGER PRIMARY KEY, circle INTEGER NOT NULL, kind INTEGER NOT NULL, priority INTEGER NOT NULL, state INTEGER NOT NULL,
  attempts INTEGER NOT NULL, not_before INTEGER NOT NULL, host BLOB NOT NULL, key BLOB NOT NULL, line BLOB NOT NULL, mac BLOB NOT NULL, body BLOB);
CREATE TABLE host(run INTEGER NOT NULL, host BLOB NOT NULL, known INTEGER NOT NULL, next_allowed INTEGER NOT NULL, refusals INTEGER NOT NULL,
  latency INTEGER NOT NULL, parked INTEGER NOT NULL, mac BLOB NOT NULL, PRIMARY KEY(run, host)) WITHOUT ROWID;
CREATE TABLE robots(run INTEGER NOT NULL, host BLOB NOT NULL, circle INTEGER NOT NULL, mac BLOB NOT NULL, body BLOB NOT NULL, PRIMARY KEY(run, host)) WITHOUT ROWID;
CREATE TABLE ledger(id INTEGER PRIMARY KEY, circle INTEGER NOT NULL, mac BLOB NOT NULL, body BLOB NOT NULL, end BLOB);
CREATE TABLE outcome(id INTEGER PRIMARY KEY, circle INTEGER NOT NULL, mac BLOB NOT NULL, body BLOB NOT NULL);
CREATE TABLE finding(id INTEGER PRIMARY KEY, circle INTEGER NOT NULL, mac BLOB NOT NULL, body BLOB NOT NULL);
CREATE TABLE note(run INTEGER NOT NULL, name BLOB NOT NULL, circle INTEGER NOT NULL, mac BLOB NOT NULL, body BLOB NOT NULL, PRIMARY KEY(run, name)) WITHOUT ROWID;
";

/// What format 2 added: notes of a person, and the record of abuse.
///
/// The three tables of the record have no `mac`: every plain column of theirs is bound into the seal beside it, and the sealed head of the
/// chain tells how many rows there must be. So one damaged row of it is told by `Vault::entries` and does not keep the person from
/// opening the rest.
const SINCE_2: [(&str, &str); 4] = [
    (
        "kept",
        "(person INTEGER NOT NULL, name BLOB NOT NULL, mac BLOB NOT NULL, body BLOB NOT NULL, PRIMARY KEY(person, name)) WITHOUT ROWID",
    ),
    ("chain", "(person INTEGER PRIMARY KEY, body BLOB NOT NULL)"),
    ("entry", "(person INTEGER NOT NULL, number INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY(person, number)) WITHOUT ROWID"),
    (
        "piece",
        "(id INTEGER PRIMARY KEY, person INTEGER NOT NULL, entry INTEGER NOT NULL, file INTEGER NOT NULL, number INTEGER NOT NULL, body BLOB NOT NULL,
  UNIQUE(person, entry, file, number))",
    ),
];

/// Tables whose rows have a column `person` and belong to that person alone.
pub(crate) const BY_PERSON: [&str; 4] = ["kept", "chain", "entry", "piece"];

/// Tables whose rows have the id `run << 32 | n`.
pub(crate) const BY_RUN_ID: [&str; 4] = ["task", "ledger", "outcome", "finding"];

/// Tables whose rows have a column `run`.
pub(crate) const BY_RUN: [&str; 3] = ["host", "robots", "note"];

/// A table with a column `mac`: its number columns, then its tag columns, in the order in which they are covered.
pub(crate) struct Proven {
    pub(crate) table: &'static str,
    pub(crate) numbers: &'static [&'static str],
    pub(crate) tags: &'static [&'static str],
}

const fn proven(table: &'static str, numbers: &'static [&'static str], tags: &'static [&'static str]) -> Proven {
    Proven { table, numbers, tags }
}

/// Every table with a column `mac`.
pub(crate) const PROVEN: [Proven; 10] = [
    proven("person", &["id"], &["tag"]),
    proven("run", &["id", "circle", "state", "expires"], &[]),
    proven("task", &["id", "circle", "kind", "priority", "state", "attempts", "not_before"], &["host", "key", "line"]),
    proven("host", &["run", "known", "next_allowed", "refusals", "latency", "parked"], &["host"]),
    proven("robots", &["run", "circle"], &["host"]),
    proven("note", &["run", "circle"], &["name"]),
    proven("ledger", &["id", "circle"], &[]),
    proven("outcome", &["id", "circle"], &[]),
    proven("finding", &["id", "circle"], &[]),
    proven("kept", &["person"], &["name"]),
];

/// The table of evidence, which can be very large.
pub(crate) const EVIDENCE: &str = "piece";

/// Files up to this size (evidence apart) are checked whole, indices included, each time they are opened (some ten milliseconds).
const CHECKED_WHOLE: u64 = 32 << 20;

/// What stands in the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Found {
    /// Nothing yet.
    Empty,
    /// A vault of this version.
    Vault,
    /// A vault of the version before.
    Older,
}

/// A database in memory.
pub(crate) fn in_memory() -> Result<Connection> {
    let conn = Connection::open_in_memory()?;
    // One connection, no file: nothing to lock, nothing to journal but for rolling back.
    conn.execute_batch(
        "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;",
    )?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(conn)
}

/// Opens the file and tells what stands there, without changing it.
///
/// # Errors
/// [`StoreError::NewerVersion`], [`StoreError::Damaged`], and faults of the file.
pub(crate) fn open(path: &Path) -> Result<(Connection, Found)> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.set_prepared_statement_cache_capacity(64);
    // The folder's own lock keeps others away, so SQLite needs no shared memory file.
    conn.execute_batch("PRAGMA locking_mode = EXCLUSIVE; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;")?;
    let number = |pragma: &str| conn.query_row(pragma, [], |row| row.get::<_, i64>(0));
    let version = number("PRAGMA user_version")?;
    let application = number("PRAGMA application_id")?;
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    match (version, application, tables) {
        (0, 0, 0) => Ok((conn, Found::Empty)),
        (newer, APPLICATION, _) if newer > VERSION => Err(StoreError::NewerVersion { found: newer, known: VERSION }),
        (VERSION, APPLICATION, _) => Ok((conn, Found::Vault)),
        (BEFORE, APPLICATION, _) => Ok((conn, Found::Older)),
        _ => Err(StoreError::Damaged("a-file-that-is-not-a-vault")),
    }
}

/// Checks the structure of the file, and tells whether it is small enough that every row should be checked as well.
///
/// In a large file the pieces of evidence are left out: they are most of it, reading them would make each start slow, and damage in them
/// must not keep the rest closed. What is wrong with a piece shows when it is read.
pub(crate) fn check(conn: &Connection, size: u64) -> Result<bool> {
    let verdict = |pragma: &str| -> Result<()> {
        let verdict: String = conn.query_row(pragma, [], |row| row.get(0))?;
        if verdict == "ok" { Ok(()) } else { Err(StoreError::Damaged("the-structure-of-its-file")) }
    };
    if size <= CHECKED_WHOLE {
        verdict("PRAGMA integrity_check(1)")?;
        return Ok(true);
    }
    let mut select = conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")?;
    let tables: Vec<String> = select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let evidence: i64 = match tables.iter().any(|table| table == EVIDENCE) {
        true => conn.query_row(&format!("SELECT coalesce(sum(length(body)), 0) FROM {EVIDENCE}"), [], |row| row.get(0))?,
        false => 0,
    };
    let small = size.saturating_sub(u64::try_from(evidence).unwrap_or(0)) <= CHECKED_WHOLE;
    let check = if small { "integrity_check" } else { "quick_check" };
    for table in tables.iter().filter(|table| *table != EVIDENCE) {
        verdict(&format!("PRAGMA {check}('{}')", table.replace('\'', "''")))?;
    }
    Ok(small)
}

/// Settings of an open vault.
///
/// WAL: a commit is one append. `secure_delete` overwrites what is deleted. How far a commit must reach before it counts is chosen
/// for each transaction (`Db::write`).
pub(crate) fn settle(conn: &Connection) -> Result<()> {
    let mode: String = conn.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::ReadOnly);
    }
    conn.execute_batch("PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 16777216;")?;
    Ok(())
}

/// Makes the tables of a new vault; the caller commits them together with its head.
pub(crate) fn create(conn: &Connection) -> Result<()> {
    conn.execute_batch(TABLES)?;
    since_2(conn)?;
    conn.execute_batch(&format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"))?;
    Ok(())
}

/// Brings a vault of the version before up to this one; the caller commits it.
pub(crate) fn migrate(conn: &Connection) -> Result<()> {
    since_2(conn)?;
    conn.execute_batch(&format!("PRAGMA user_version = {VERSION};"))?;
    Ok(())
}

fn since_2(conn: &Connection) -> Result<()> {
    SINCE_2.iter().try_for_each(|(table, columns)| Ok(conn.execute_batch(&format!("CREATE TABLE {table}{columns};"))?))
}

/// Makes the tables of the record of abuse anew that are gone, empty. That their rows are gone is told by `Vault::entries`, and does
/// not keep the person from the rest.
pub(crate) fn restore(conn: &Connection) -> Result<()> {
    let of_the_record = SINCE_2.iter().filter(|(table, _)| *table != "kept");
    let mut made = of_the_record.map(|(table, columns)| format!("CREATE TABLE IF NOT EXISTS {table}{columns};"));
    Ok(made.try_for_each(|sql| conn.execute_batch(&sql))?)
}

/// First and last id of the rows of a run.
pub(crate) const fn ids_of(run: i64) -> (i64, i64) {
    (run << 32, (run << 32) | 0xffff_ffff)
}
