//! Faults of disk, key and process: a clear error, nothing changed, nothing acknowledged lost, never wrong data.

use std::path::PathBuf;

use proptest::prelude::*;
use tempfile::TempDir;
use unlisted_model::Reveal;
use unlisted_model::ports::{Claim, Completion, Frontier, Ledger, LedgerEnd};

use super::{CANARY, again, amina, at, cases, entry, finding, folder, host, killed_copy, outcome, page, run_at, unlock, update};
use crate::{StoreError, Unlock, Vault};

fn database(dir: &TempDir) -> PathBuf {
    dir.path().join("vault").join("vault.db")
}

fn open(dir: &TempDir) -> Result<Vault, StoreError> {
    Vault::open(&dir.path().join("vault"), unlock(dir))
}

/// Runs SQL on a closed vault.
fn meddle(dir: &TempDir, sql: &str) {
    let conn = rusqlite::Connection::open(database(dir)).expect("opens");
    conn.execute_batch(sql).expect("test data");
}

#[test]
fn a_wrong_key_changes_nothing() {
    let dir = folder();
    drop(run_at(&dir));
    let before = std::fs::read(database(&dir)).expect("reads");
    let other = folder();
    drop(run_at(&other));
    std::fs::copy(other.path().join("key"), dir.path().join("key2")).expect("copies");
    let wrong = Vault::open(&dir.path().join("vault"), Unlock::KeyFile(dir.path().join("key2")));
    assert_eq!(wrong.err(), Some(StoreError::WrongKey));
    let missing = Vault::open(&dir.path().join("vault"), Unlock::KeyFile(dir.path().join("key3")));
    assert_eq!(missing.err(), Some(StoreError::KeyFileMissing));
    assert!(!dir.path().join("key3").exists(), "no new key for an old vault");
    assert_eq!(std::fs::read(database(&dir)).expect("reads"), before);
    assert!(open(&dir).is_ok());
}

#[test]
fn a_vault_is_there_once_its_key_is() {
    let dir = folder();
    let at = dir.path().join("vault");
    assert_eq!(Vault::is_made(&at), Ok(false));
    assert!(!at.exists(), "asking makes nothing");
    // What a failed attempt leaves behind is no vault: files, and even an empty database.
    let tried = Vault::open(&at, Unlock::Passphrase(unlisted_model::Secret::new("")));
    assert_eq!(tried.err(), Some(StoreError::EmptyPassphrase));
    assert!(database(&dir).exists());
    assert_eq!(Vault::is_made(&at), Ok(false));
    meddle(&dir, "PRAGMA journal_mode = WAL; CREATE TABLE x(a); DROP TABLE x;");
    assert_eq!(Vault::is_made(&at), Ok(false));
    drop(open(&dir).expect("made"));
    assert_eq!(Vault::is_made(&at), Ok(true));
    std::fs::write(database(&dir), vec![b'x'; 4096]).expect("writes");
    assert!(Vault::is_made(&at).is_err());
}

#[test]
fn bad_key_files_are_named() {
    let check = |content: &[u8], word: &str| {
        let dir = folder();
        std::fs::write(dir.path().join("key"), content).expect("writes");
        let error = open(&dir).expect_err("is no key");
        assert!(matches!(error, StoreError::BadKeyFile(_)) && error.to_string().contains(word), "{error}");
        assert!(!error.to_string().contains("anary"));
    };
    check(b"Y2FuYXJ5", "short");
    check(b"", "short");
    check(CANARY.as_bytes(), "not a key");
    check(&[0xff; 44], "not a key");
    check(&[b'A'; 10_000], "not a key");
    check(&[b'A'; 88], "too long");
    let dir = folder();
    let nowhere = Unlock::KeyFile(dir.path().join("no").join("key"));
    let error = Vault::open(&dir.path().join("vault"), nowhere).expect_err("no folder");
    assert!(error.to_string().contains("folder does not exist"), "{error}");
}

#[test]
fn a_newer_vault_is_left_alone() {
    let dir = folder();
    drop(run_at(&dir));
    meddle(&dir, "PRAGMA user_version = 3; DROP TABLE meta;");
    let before = std::fs::read(database(&dir)).expect("reads");
    assert_eq!(open(&dir).err(), Some(StoreError::NewerVersion { found: 3, known: 2 }));
    assert_eq!(std::fs::read(database(&dir)).expect("reads"), before);
}

#[test]
fn another_database_is_not_a_vault() {
    let check = |content: &[u8]| {
        let dir = folder();
        std::fs::create_dir(dir.path().join("vault")).expect("creates");
        std::fs::write(database(&dir), content).expect("writes");
        assert!(matches!(open(&dir).err(), Some(StoreError::Damaged(_))));
        assert_eq!(std::fs::read(database(&dir)).expect("reads"), content, "left as it was");
    };
    check(b"this is not a database, it is a letter that somebody saved under this name");
    let other = folder();
    let conn = rusqlite::Connection::open(other.path().join("other.db")).expect("opens");
    conn.execute_batch("CREATE TABLE t(x)").expect("test data");
    drop(conn);
    check(&std::fs::read(other.path().join("other.db")).expect("reads"));
}

#[test]
fn two_opens_at_once() {
    let dir = folder();
    let run = run_at(&dir);
    assert_eq!(open(&dir).err(), Some(StoreError::InUse));
    drop(run);
    assert!(open(&dir).is_ok(), "let go of with the last handle");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written() {
    // Whoever may write everywhere (root) cannot be kept out by permissions; a file in the way serves as well.
    let dir = folder();
    std::fs::write(dir.path().join("vault"), "in the way").expect("writes");
    let error = open(&dir).expect_err("no folder");
    assert!(matches!(error, StoreError::Io { .. } | StoreError::ReadOnly), "{error}");
    assert_eq!(std::fs::read(dir.path().join("vault")).expect("reads"), b"in the way");
    assert!(!error.to_string().contains(&*dir.path().to_string_lossy()));
}

#[test]
fn a_database_that_cannot_be_written() {
    let dir = folder();
    let run = run_at(&dir);
    run.push(vec![page("a", "1")]).expect("pushes");
    let vault = run.vault();
    vault.inner().db().conn().execute_batch("PRAGMA query_only = ON").expect("test data");
    assert_eq!(run.record(outcome("1", &[amina()])), Err(StoreError::ReadOnly));
    assert!(run.claim(at(0)).is_err());
    vault.inner().db().conn().execute_batch("PRAGMA query_only = OFF").expect("test data");
    assert!(matches!(run.claim(at(0)), Ok(Claim::Ready(_))), "the row was not lost");
}

#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let dir = folder();
    let run = run_at(&dir);
    run.push(vec![page("a", "1")]).expect("pushes");
    let Ok(Claim::Ready(task)) = run.claim(at(0)) else { panic!("a row is due") };
    let vault = run.vault();
    let set = |pages: i64| {
        let sql = format!("PRAGMA max_page_count = {pages}");
        vault.inner().db().conn().query_row(&sql, [], |row| row.get::<_, i64>(0)).expect("test data")
    };
    let pages = set(1) + 2;
    set(pages);
    let mut kept = 0;
    let full = loop {
        match run.record(outcome(&format!("{kept}"), &[amina()])) {
            Ok(()) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 10_000);
    };
    assert_eq!(full, StoreError::Full);
    let many = Completion { follow: (0..400).map(|n| page("z", &format!("{n}"))).collect(), ..Completion::default() };
    let error = run.complete(task.id, many.clone()).expect_err("no room");
    assert!(error.text.contains("disk is full"), "{error}");
    let copy = killed_copy(&dir);
    assert_eq!(again(&copy).outcomes().expect("reads").len(), kept);
    assert_eq!(again(&copy).counts().queued, 1, "its rows came together or not at all");
    set(1_000_000);
    run.complete(task.id, many).expect("there is room again");
    assert_eq!(run.counts().queued, 400);
}

#[test]
fn swapped_rows_do_not_open() {
    let dir = folder();
    let run = run_at(&dir);
    run.record_all(&[outcome("1", &[amina()]), outcome("2", &[amina()])]).expect("records");
    drop(run);
    meddle(&dir, "UPDATE outcome SET body = (SELECT body FROM outcome ORDER BY id DESC LIMIT 1)");
    assert_eq!(again(&dir).outcomes(), Err(StoreError::Damaged("a-sealed-record")));
}

#[test]
fn changed_plain_columns_are_noticed() {
    let check = |sql: &str| {
        let dir = folder();
        let run = run_at(&dir);
        run.push(vec![page("a", "1"), page("b", "1")]).expect("pushes");
        let Ok(Claim::Ready(task)) = run.claim(at(0)) else { panic!("a row is due") };
        let outcome = Some(outcome("1", &[amina()]));
        run.complete(task.id, Completion { outcome, host: Some(update(at(9))), ..Completion::default() }).expect("completes");
        run.note("plan", CANARY).expect("writes");
        drop(run);
        meddle(&dir, sql);
        let read = open(&dir);
        assert!(matches!(read, Err(StoreError::Damaged(_))), "{sql}: {read:?}");
    };
    check("UPDATE task SET state = 2");
    check("UPDATE task SET not_before = 5");
    check("UPDATE task SET attempts = 0 WHERE attempts = 1");
    check("UPDATE task SET priority = 1");
    check("UPDATE host SET next_allowed = 0");
    check("UPDATE host SET parked = 1");
    check("UPDATE run SET expires = 0");
    check("UPDATE run SET state = 1");
    check("UPDATE run SET circle = 9");
    check("UPDATE note SET run = 9");
    check("UPDATE outcome SET id = id + (1 << 32)");
    check("UPDATE member SET person = 9");
    check("UPDATE circle SET tag = zeroblob(16)");
    check("UPDATE person SET tag = zeroblob(16)");
}

/// A vault with something of everything, closed, and what is in it.
fn sample() -> (TempDir, Contents) {
    let dir = folder();
    let run = run_at(&dir);
    run.push((0..6).map(|n| page("a", &format!("{n}"))).collect()).expect("pushes");
    let Ok(Claim::Ready(task)) = run.claim(at(0)) else { panic!("a row is due") };
    let row = run.begin(&entry("found-pages", &[amina()])).expect("writes");
    Ledger::finish(&run, row, &LedgerEnd { status: None, bytes: 1, took: std::time::Duration::ZERO }).expect("writes");
    let done = Completion {
        outcome: Some(outcome("1", &[amina()])),
        findings: vec![finding(&amina(), "1")],
        host: Some(update(at(10))),
        robots: Some((host("a"), unlisted_model::ports::RobotsNote::AllowAll)),
        ..Completion::default()
    };
    run.complete(task.id, done).expect("completes");
    run.note("plan", CANARY).expect("writes");
    let vault = run.vault();
    vault.keep_subject(&amina(), &unlisted_model::Secret::new(CANARY)).expect("keeps");
    drop((run, vault));
    // Reading ends rows, so a copy is read.
    let contents = read(&killed_copy(&dir)).expect("reads");
    (dir, contents)
}

type Contents = String;

/// Everything that can be read of a vault.
fn read(dir: &TempDir) -> Result<Contents, String> {
    let words = |e: StoreError| e.to_string();
    let vault = open(dir).map_err(words)?;
    let file = vault.subject_file(&amina()).map_err(words)?.map(|file| file.reveal(Reveal::ToCompare).to_owned());
    let people = vault.subjects().map_err(words)?;
    let run = vault.unfinished(&[amina()], "canary-settings-1", at(-10)).map_err(words)?;
    let Some(run) = run else { return Ok(format!("{file:?} {people:?} no run")) };
    let parts = (
        run.outcomes().map_err(words)?,
        run.findings(&amina()).map_err(words)?,
        run.ledger().map_err(words)?,
        run.robots().map_err(words)?,
        run.notes().map_err(words)?,
        run.host(&host("a")).map_err(|e| e.text)?,
        run.spent(),
    );
    let mut rows = Vec::new();
    let mut now = 0;
    loop {
        match run.claim(at(now)).map_err(|e| e.text)? {
            Claim::Ready(task) => {
                run.complete(task.id, Completion::default()).map_err(|e| e.text)?;
                rows.push((now, task));
            }
            Claim::Wait(_) => now += 10,
            Claim::Busy | Claim::Empty => break,
        }
    }
    Ok(format!("{file:?} {people:?} {parts:?} {rows:?}"))
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn a_flipped_bit_is_an_error_or_harmless(at in any::<proptest::sample::Index>(), bit in 0..8u8) {
        thread_local! {
            static SAMPLE: (TempDir, Contents) = sample();
        }
        SAMPLE.with(|(dir, contents)| {
            let copy = killed_copy(dir);
            let mut bytes = std::fs::read(database(&copy)).expect("reads");
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            std::fs::write(database(&copy), bytes).expect("writes");
            match read(&copy) {
                Ok(read) => assert_eq!(&read, contents, "byte {at}"),
                Err(error) => assert!(!error.contains("anary"), "{error}"),
            }
        });
    }
}

#[test]
fn a_cut_file_is_an_error() {
    let (dir, contents) = sample();
    let whole = std::fs::read(database(&dir)).expect("reads");
    for part in [0, 1, 50, 99, 511, 4096, whole.len() / 2, whole.len() - 4096] {
        let copy = killed_copy(&dir);
        std::fs::write(database(&copy), &whole[..part]).expect("writes");
        assert!(read(&copy).is_err(), "cut at {part}");
    }
    // The last page may be an empty one, of which the last byte says nothing.
    let copy = killed_copy(&dir);
    std::fs::write(database(&copy), &whole[..whole.len() - 1]).expect("writes");
    let read = read(&copy);
    assert!(read.is_err() || read == Ok(contents));
}
