//! People and circles: whose key opens what.
//!
//! Each person has a random key. It is wrapped by the vault's key; when the vault is opened by a keyring, by a key of that person's own
//! in the keyring as well, so that destroying that one closes every copy of the file. A record serves a *circle*: one person
//! or several. The circle's key is derived from the keys of all its members and kept nowhere, so a record of several people opens as
//! long as none of them was forgotten; `forget` first seals such records anew for those who remain.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _, params};
use unlisted_model::{Reveal, Secret, SubjectId};

use super::name::{self, Reached};
use crate::error::{Result, StoreError};
use crate::keyring::Keyring;
use crate::keys::{Key, Tag, hex, hmac};
use crate::seal::{self, Place};

/// A circle with its key.
#[derive(Clone)]
pub(crate) struct Circle {
    /// Its row.
    pub(crate) id: i64,
    /// Its key.
    pub(crate) key: Arc<Key>,
}

/// Keys in memory, and the way to them.
pub(crate) struct People {
    wrap: Key,
    tags: Key,
    checks: Key,
    vault: [u8; 16],
    keyring: Option<Keyring>,
    members: HashMap<i64, Arc<[i64]>>,
    ids: HashMap<SubjectId, i64>,
    keys: HashMap<i64, Key>,
    circles: HashMap<Vec<i64>, i64>,
    circle_keys: HashMap<i64, Arc<Key>>,
}

const DAMAGED: StoreError = StoreError::Damaged("the-table-of-people");

impl People {
    pub(super) fn new(wrap: Key, tags: Key, checks: Key, vault: [u8; 16], keyring: Option<Keyring>) -> Self {
        Self {
            wrap,
            tags,
            checks,
            vault,
            keyring,
            members: HashMap::new(),
            ids: HashMap::new(),
            keys: HashMap::new(),
            circles: HashMap::new(),
            circle_keys: HashMap::new(),
        }
    }

    /// Drops every key from memory; they are read again when needed.
    pub(super) fn drop_cache(&mut self) {
        self.members.clear();
        self.ids.clear();
        self.keys.clear();
        self.circles.clear();
        self.circle_keys.clear();
    }

    /// Whether copies made before a person is forgotten still open with the vault's key.
    pub(super) fn copies_still_open(&self) -> bool {
        self.keyring.is_none()
    }

    /// The row of a person.
    pub(crate) fn find(&mut self, conn: &Connection, subject: &SubjectId) -> Result<Option<i64>> {
        if let Some(id) = self.ids.get(subject) {
            return Ok(Some(*id));
        }
        let tag = self.tag(subject);
        let mut select = conn.prepare_cached("SELECT id FROM person WHERE tag = ?1")?;
        let id = select.query_row([tag.as_slice()], |row| row.get(0)).optional()?;
        if let Some(id) = id {
            self.ids.insert(subject.clone(), id);
        }
        Ok(id)
    }

    /// The row of a person, made with a fresh key if there is none.
    pub(crate) fn ensure(&mut self, conn: &Connection, subject: &SubjectId) -> Result<i64> {
        if let Some(id) = self.find(conn, subject)? {
            return Ok(id);
        }
        let tag = self.tag(subject);
        let id = next(conn, "person")?;
        let key = Key::random()?;
        let outer = match &self.keyring {
            Some(keyring) => {
                let own = Key::random()?;
                keyring.set(&self.name(&tag), &own)?;
                self.outer(Some(&own))
            }
            None => self.outer(None),
        };
        let wrapped = with_tag(id, &tag, |place| seal::seal(&outer, place, 1, key.bytes()))?;
        let name = name::seal(&key, id, subject, Reached::default())?;
        let mac = seal::check(&self.checks, "person", &[id], &[&tag]);
        conn.prepare_cached("INSERT INTO person(id, tag, mac, key, name) VALUES(?1, ?2, ?3, ?4, ?5)")?.execute(params![
            id,
            tag.as_slice(),
            mac.as_slice(),
            wrapped,
            name
        ])?;
        self.ids.insert(subject.clone(), id);
        self.keys.insert(id, key);
        Ok(id)
    }

    /// Keeps a person's file.
    pub(super) fn keep_file(&mut self, conn: &Connection, subject: &SubjectId, file: &Secret) -> Result<()> {
        let id = self.ensure(conn, subject)?;
        let key = self.key(conn, id)?;
        let place = Place { kind: "person file", id, beside: &[] };
        let sealed = seal::seal(&key, place, 1, file.reveal(Reveal::AtRest).as_bytes())?;
        conn.prepare_cached("UPDATE person SET file = ?2 WHERE id = ?1")?.execute(params![id, sealed])?;
        Ok(())
    }

    /// A person's file.
    pub(super) fn file(&mut self, conn: &Connection, subject: &SubjectId) -> Result<Option<Secret>> {
        let Some(id) = self.find(conn, subject)? else { return Ok(None) };
        let mut select = conn.prepare_cached("SELECT file FROM person WHERE id = ?1")?;
        let Some(sealed) = select.query_row([id], |row| row.get::<_, Option<Vec<u8>>>(0))? else { return Ok(None) };
        let key = self.key(conn, id)?;
        let plain = seal::open(&key, Place { kind: "person file", id, beside: &[] }, 1, &sealed)?;
        std::str::from_utf8(&plain).map(|text| Some(Secret::new(text))).map_err(|_| DAMAGED)
    }

    /// Everybody.
    pub(super) fn all(&mut self, conn: &Connection) -> Result<Vec<SubjectId>> {
        let mut select = conn.prepare("SELECT id, name FROM person")?;
        let rows: Vec<(i64, Vec<u8>)> = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        let mut all = Vec::with_capacity(rows.len());
        for (id, sealed) in rows {
            let key = self.key(conn, id)?;
            all.push(name::open(&key, id, &sealed)?.0);
        }
        all.sort();
        Ok(all)
    }

    /// The circle of these people (each of them known), made if there is none.
    pub(crate) fn circle(&mut self, conn: &Connection, subjects: &[SubjectId]) -> Result<Circle> {
        let mut members = Vec::with_capacity(subjects.len());
        for subject in subjects {
            members.push(self.find(conn, subject)?.ok_or(StoreError::UnknownSubject)?);
        }
        self.circle_of(conn, members)
    }

    /// The circle of these rows of people.
    pub(super) fn circle_of(&mut self, conn: &Connection, mut members: Vec<i64>) -> Result<Circle> {
        members.sort_unstable();
        members.dedup();
        if members.is_empty() {
            return Err(StoreError::NotOfThisRun);
        }
        let id = match self.find_circle(conn, &members)? {
            Some(id) => id,
            None => {
                let id = next(conn, "circle")?;
                let tag = self.circle_tag(&members);
                conn.prepare_cached("INSERT INTO circle(id, tag) VALUES(?1, ?2)")?.execute(params![id, tag.as_slice()])?;
                let mut insert = conn.prepare_cached("INSERT INTO member(circle, person) VALUES(?1, ?2)")?;
                for member in &members {
                    insert.execute([id, *member])?;
                }
                id
            }
        };
        self.circles.insert(members, id);
        Ok(Circle { id, key: self.open(conn, id)? })
    }

    /// The circle of these rows of people (ascending), if there is one.
    fn find_circle(&self, conn: &Connection, members: &[i64]) -> Result<Option<i64>> {
        if let Some(&id) = self.circles.get(members) {
            return Ok(Some(id));
        }
        let mut select = conn.prepare_cached("SELECT id FROM circle WHERE tag = ?1")?;
        Ok(select.query_row([self.circle_tag(members).as_slice()], |row| row.get(0)).optional()?)
    }

    /// The rows of the people in a circle, ascending; the circle's tag proves that they are those that were written.
    pub(crate) fn members(&mut self, conn: &Connection, circle: i64) -> Result<Arc<[i64]>> {
        if let Some(members) = self.members.get(&circle) {
            return Ok(Arc::clone(members));
        }
        let mut select = conn.prepare_cached("SELECT person FROM member WHERE circle = ?1 ORDER BY person")?;
        let members: Vec<i64> = select.query_map([circle], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut select = conn.prepare_cached("SELECT tag FROM circle WHERE id = ?1")?;
        let tag: Option<Tag> = select.query_row([circle], |row| row.get(0)).optional()?;
        if tag != Some(self.circle_tag(&members)) {
            return Err(DAMAGED);
        }
        let members: Arc<[i64]> = members.into();
        self.members.insert(circle, Arc::clone(&members));
        Ok(members)
    }

    fn circle_tag(&self, members: &[i64]) -> Tag {
        let packed: Vec<u8> = members.iter().flat_map(|m| m.to_le_bytes()).collect();
        self.tags.tag("circle", &[&packed])
    }

    /// The key of a circle.
    pub(crate) fn open(&mut self, conn: &Connection, circle: i64) -> Result<Arc<Key>> {
        if let Some(key) = self.circle_keys.get(&circle) {
            return Ok(Arc::clone(key));
        }
        let members = self.members(conn, circle)?;
        let mut packed = Vec::with_capacity(8 * members.len());
        let mut together = zeroize::Zeroizing::new(Vec::with_capacity(32 * members.len()));
        for &member in members.iter() {
            packed.extend_from_slice(&member.to_le_bytes());
            together.extend_from_slice(self.key(conn, member)?.bytes());
        }
        let bytes = zeroize::Zeroizing::new(hmac(&together, "circle", &[&packed]));
        let key = Arc::new(Key::from_slice(bytes.as_slice()).ok_or(DAMAGED)?);
        self.circle_keys.insert(circle, Arc::clone(&key));
        Ok(key)
    }

    /// The name of a person by row.
    pub(crate) fn name_of(&mut self, conn: &Connection, id: i64) -> Result<SubjectId> {
        Ok(self.named(conn, id)?.0)
    }

    /// How far the record of abuse of a person by row goes.
    pub(crate) fn reached(&mut self, conn: &Connection, id: i64) -> Result<Reached> {
        Ok(self.named(conn, id)?.1)
    }

    /// Notes how far the record of abuse of a person by row goes.
    pub(crate) fn reach(&mut self, conn: &Connection, id: i64, reached: Reached) -> Result<()> {
        let (subject, _) = self.named(conn, id)?;
        let sealed = name::seal(&self.key(conn, id)?, id, &subject, reached)?;
        conn.prepare_cached("UPDATE person SET name = ?2 WHERE id = ?1")?.execute(params![id, sealed])?;
        Ok(())
    }

    fn named(&mut self, conn: &Connection, id: i64) -> Result<(SubjectId, Reached)> {
        let mut select = conn.prepare_cached("SELECT name FROM person WHERE id = ?1")?;
        let sealed: Vec<u8> = select.query_row([id], |row| row.get(0)).optional()?.ok_or(DAMAGED)?;
        let key = self.key(conn, id)?;
        name::open(&key, id, &sealed)
    }

    /// Whether the keyring still holds a person's own key.
    pub(super) fn has_key(&self, subject: &SubjectId) -> Result<bool> {
        match &self.keyring {
            Some(keyring) => Ok(keyring.get(&self.name(&self.tag(subject)))?.is_some()),
            None => Ok(false),
        }
    }

    /// Destroys a person's own key in the keyring, if there is a keyring.
    pub(super) fn destroy_key(&mut self, subject: &SubjectId) -> Result<()> {
        self.drop_cache();
        match &self.keyring {
            Some(keyring) => keyring.delete(&self.name(&self.tag(subject))).map_err(|_| StoreError::KeyNotDestroyed),
            None => Ok(()),
        }
    }

    /// The key of a person by row.
    pub(crate) fn key(&mut self, conn: &Connection, id: i64) -> Result<Key> {
        if let Some(key) = self.keys.get(&id) {
            return Ok(key.clone());
        }
        let mut select = conn.prepare_cached("SELECT tag, key FROM person WHERE id = ?1")?;
        let row = select.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let (tag, wrapped): (Vec<u8>, Vec<u8>) = row.ok_or(DAMAGED)?;
        let tag = Tag::try_from(tag).map_err(|_| DAMAGED)?;
        let outer = match &self.keyring {
            Some(keyring) => {
                let own = keyring.get(&self.name(&tag))?.ok_or(StoreError::PersonKeyLost)?;
                self.outer(Some(&own))
            }
            None => self.outer(None),
        };
        let bytes = with_tag(id, &tag, |place| seal::open(&outer, place, 1, &wrapped))?;
        let key = Key::from_slice(&bytes).ok_or(DAMAGED)?;
        self.keys.insert(id, key.clone());
        Ok(key)
    }

    /// What wraps a person's key: the vault's key, and a key of their own in the keyring if there is one.
    fn outer(&self, own: Option<&Key>) -> Key {
        match own {
            Some(own) => self.wrap.derive("person", &[own.bytes()]),
            None => self.wrap.clone(),
        }
    }

    fn tag(&self, subject: &SubjectId) -> Tag {
        self.tags.tag("person", &[subject.as_str().as_bytes()])
    }

    /// Under which name a keyring keeps a person's own key.
    fn name(&self, tag: &Tag) -> String {
        format!("vault {} person {}", hex(&self.vault), hex(tag))
    }
}

/// The next row of a table whose ids are never used twice.
pub(crate) fn next(conn: &Connection, table: &str) -> Result<i64> {
    let mut select = conn.prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = ?1")?;
    let last: Option<i64> = select.query_row([table], |row| row.get(0)).optional()?;
    last.unwrap_or(0).checked_add(1).ok_or(DAMAGED)
}

/// A wrapped key is bound to its row and to whose it is.
fn with_tag<T>(id: i64, tag: &Tag, f: impl FnOnce(Place<'_>) -> T) -> T {
    f(Place { kind: "person key", id, beside: &halves(tag) })
}

/// A tag as two numbers, to stand beside a seal.
pub(crate) fn halves(tag: &Tag) -> [i64; 2] {
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = *tag;
    [i64::from_le_bytes([a, b, c, d, e, f, g, h]), i64::from_le_bytes([i, j, k, l, m, n, o, p])]
}
