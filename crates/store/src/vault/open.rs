//! Opening: folder, lock, version, structure, key, in this order, so that a vault that does not open is left as it was.

use std::collections::HashMap;
use std::fs::{DirBuilder, OpenOptions};
use std::path::Path;
use std::sync::{Arc, Mutex};

use super::head::{Head, Opened};
use super::lock::Lock;
use super::{Db, Inner, People, Vault, proof};
use crate::error::{Result, StoreError};
use crate::keyring::Keyring;
use crate::keys::{Key, random};
use crate::schema::{self, Found};
use crate::unlock::{Unlock, owner_only};

const DATABASE: &str = "vault.db";
const LOCK: &str = "vault.lock";

pub(super) fn ephemeral() -> Result<Vault> {
    let conn = schema::in_memory()?;
    schema::create(&conn)?;
    let opened = Opened { vault: random()?, key: Key::random()?, keyring: None };
    assemble(conn, opened, None, false)
}

pub(super) fn open(dir: &Path, unlock: Unlock, keyring: impl FnOnce() -> Result<Keyring>) -> Result<Vault> {
    folder(dir)?;
    let lock = Lock::take(&dir.join(LOCK))?;
    let path = dir.join(DATABASE);
    // Made by us rather than by SQLite, which would let everybody read it.
    let file = owner_only(OpenOptions::new().write(true).create(true).truncate(false)).open(&path);
    let size = file.and_then(|f| f.metadata()).map_err(|e| StoreError::io("open-its-file", &e))?.len();
    if (1..512).contains(&size) {
        // SQLite would take it for an empty file and write over it.
        return Err(StoreError::Damaged("a-file-that-is-cut-off"));
    }
    let (mut conn, found) = schema::open(&path)?;
    match found {
        Found::Vault | Found::Older => {
            lock.mark()?;
            let prove = schema::check(&conn, size)?;
            let opened = Head::read(&conn)?.open(&unlock, keyring)?;
            schema::settle(&conn)?;
            let tx = conn.transaction()?;
            if found == Found::Older {
                schema::migrate(&tx)?;
            } else {
                schema::restore(&tx)?;
            }
            tx.commit()?;
            assemble(conn, opened, Some(lock), prove)
        }
        Found::Empty => {
            if lock.is_marked()? {
                return Err(StoreError::Damaged("an-empty-file"));
            }
            let (head, opened) = Head::make(&unlock, keyring)?;
            schema::settle(&conn)?;
            let tx = conn.transaction()?;
            schema::create(&tx)?;
            head.write(&tx)?;
            tx.commit()?;
            lock.mark()?;
            assemble(conn, opened, Some(lock), false)
        }
    }
}

pub(super) fn is_made(dir: &Path) -> Result<bool> {
    let path = dir.join(DATABASE);
    match std::fs::metadata(&path) {
        Ok(about) if about.len() > 0 => Ok(schema::open(&path)?.1 != Found::Empty),
        Ok(_) => Ok(false),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(StoreError::io("open-its-file", &error)),
    }
}

/// `prove`: whether to check every row first.
fn assemble(conn: rusqlite::Connection, opened: Opened, lock: Option<Lock>, prove: bool) -> Result<Vault> {
    let Opened { vault, key, keyring } = opened;
    let checks = key.derive("checks", &[]);
    let mut people = People::new(key.derive("wrap", &[]), key.derive("people", &[]), checks.clone(), vault, keyring);
    if prove {
        proof::check(&conn, &checks, &mut people)?;
    }
    let inner = Inner {
        db: Mutex::new(Db::new(conn, people, lock.is_some())?),
        runs: Mutex::new(HashMap::new()),
        tags: key.derive("tags", &[]),
        ids: key.derive("ids", &[]),
        checks,
        _lock: lock,
    };
    Ok(Vault { inner: Arc::new(inner) })
}

fn folder(dir: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(dir).map_err(|e| StoreError::io("create-its-folder", &e))
}
