//! Sealed notes of a person: states of a checklist, drafts, counters.

use rusqlite::{OptionalExtension as _, params};
use serde::{Deserialize, Serialize};
use unlisted_model::{Reveal, Secret, SubjectId};

use super::{Inner, Reach, Vault, halves};
use crate::error::{Result, StoreError};
use crate::keys::{Key, Tag};
use crate::records::{self, Record};
use crate::seal;

/// A name and its value, in KiB at most.
const LONGEST_NAME: usize = 1;
const LONGEST_VALUE: usize = 4096;

/// Sealed form; the name too is a private matter.
#[derive(Serialize, Deserialize)]
struct KeptRecord {
    name: String,
    value: String,
}

impl Record for KeptRecord {
    const KIND: &'static str = "kept";
}

impl Vault {
    /// Keeps a note of a person under a name, in place of an older one; makes the person if they are new. On the disk when this returns.
    ///
    /// # Errors
    /// [`StoreError::TooLong`] for a name above 1 KiB or a value above 4 MiB; when it cannot be written.
    pub fn keep(&self, subject: &SubjectId, name: &str, value: &Secret) -> Result<()> {
        for (length, limit) in [(name.len(), LONGEST_NAME), (value.reveal(Reveal::AtRest).len(), LONGEST_VALUE)] {
            if length > limit << 10 {
                return Err(StoreError::TooLong { limit });
            }
        }
        self.inner.db().write(Reach::Disk, |tx, people| {
            let person = people.ensure(tx, subject)?;
            let key = people.key(tx, person)?;
            let tag = self.inner.name_tag(person, name);
            let record = KeptRecord { name: name.to_owned(), value: value.reveal(Reveal::AtRest).to_owned() };
            let body = records::seal(&key, person, &halves(&tag), &record)?;
            let mac = seal::check(self.inner.checks(), "kept", &[person], &[&tag]);
            tx.prepare_cached("INSERT OR REPLACE INTO kept(person, name, mac, body) VALUES(?1, ?2, ?3, ?4)")?
                .execute(params![person, tag.as_slice(), mac.as_slice(), body])?;
            Ok(())
        })
    }

    /// The note of a person under a name.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn kept(&self, subject: &SubjectId, name: &str) -> Result<Option<Secret>> {
        self.inner.db().read(|conn, people| {
            let Some(person) = people.find(conn, subject)? else { return Ok(None) };
            let key = people.key(conn, person)?;
            let tag = self.inner.name_tag(person, name);
            let mut select = conn.prepare_cached("SELECT body FROM kept WHERE person = ?1 AND name = ?2")?;
            let body: Option<Vec<u8>> = select.query_row(params![person, tag.as_slice()], |row| row.get(0)).optional()?;
            body.map(|body| Ok(Secret::new(open(&key, person, &tag, &body)?.value))).transpose()
        })
    }

    /// The notes of a person whose names begin with `prefix`, by name.
    ///
    /// # Errors
    /// When one of them cannot be read.
    pub fn kept_all(&self, subject: &SubjectId, prefix: &str) -> Result<Vec<(String, Secret)>> {
        self.inner.db().read(|conn, people| {
            let Some(person) = people.find(conn, subject)? else { return Ok(Vec::new()) };
            let key = people.key(conn, person)?;
            let mut select = conn.prepare_cached("SELECT name, body FROM kept WHERE person = ?1")?;
            let mut rows = select.query([person])?;
            let mut notes = Vec::new();
            while let Some(row) = rows.next()? {
                let record = open(&key, person, &row.get::<_, Tag>(0)?, &row.get::<_, Vec<u8>>(1)?)?;
                if record.name.starts_with(prefix) {
                    notes.push((record.name, Secret::new(record.value)));
                }
            }
            notes.sort();
            Ok(notes)
        })
    }

    /// Deletes the note of a person under a name; none there is as good.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn drop_kept(&self, subject: &SubjectId, name: &str) -> Result<()> {
        self.inner.db().write(Reach::Disk, |tx, people| {
            let Some(person) = people.find(tx, subject)? else { return Ok(()) };
            let tag = self.inner.name_tag(person, name);
            tx.prepare_cached("DELETE FROM kept WHERE person = ?1 AND name = ?2")?.execute(params![person, tag.as_slice()])?;
            Ok(())
        })
    }
}

impl Inner {
    /// Stands for the name of a note; the same name of two people looks different.
    fn name_tag(&self, person: i64, name: &str) -> Tag {
        self.tags.tag("kept", &[&person.to_le_bytes(), name.as_bytes()])
    }
}

fn open(key: &Key, person: i64, tag: &Tag, body: &[u8]) -> Result<KeptRecord> {
    records::open(key, person, &halves(tag), body)
}
