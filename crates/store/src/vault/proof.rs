//! Proof, on opening, that every plain column of a vault is as it was written.
//!
//! Rows are chosen by plain columns before a seal is opened, so a damaged one could make a record disappear without a word.
//! The structure of the file is checked before (`schema::check`).

use rusqlite::Connection;

use super::People;
use crate::error::{Result, StoreError};
use crate::keys::{Key, Tag};
use crate::schema::{PROVEN, Proven};
use crate::seal;

/// Checks every row of every table.
pub(super) fn check(conn: &Connection, checks: &Key, people: &mut People) -> Result<()> {
    PROVEN.iter().try_for_each(|table| check_table(conn, checks, table))?;
    let mut select = conn.prepare("SELECT id FROM circle UNION SELECT circle FROM member")?;
    let circles: Vec<i64> = select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for circle in circles {
        people.members(conn, circle)?;
    }
    Ok(())
}

fn check_table(conn: &Connection, checks: &Key, proven: &Proven) -> Result<()> {
    let Proven { table, numbers, tags } = *proven;
    let columns: Vec<&str> = numbers.iter().chain(tags).chain(&["mac"]).copied().collect();
    let mut select = conn.prepare(&format!("SELECT {} FROM {table}", columns.join(", ")))?;
    let mut rows = select.query([])?;
    let (first, last) = (numbers.len(), numbers.len() + tags.len());
    while let Some(row) = rows.next()? {
        let numbers: Vec<i64> = (0..first).map(|i| row.get(i)).collect::<Result<_, _>>()?;
        let tags: Vec<Tag> = (first..last).map(|i| row.get(i)).collect::<Result<_, _>>()?;
        let tags: Vec<&[u8]> = tags.iter().map(Tag::as_slice).collect();
        if row.get::<_, Tag>(last)? != seal::check(checks, table, &numbers, &tags) {
            return Err(StoreError::Damaged("a-row"));
        }
    }
    Ok(())
}
