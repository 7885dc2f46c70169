//! A vault with much evidence: opening does not read it, damage in it does not close the rest, forgetting needs no room.

use std::os::unix::fs::FileExt as _;

use unlisted_model::Secret;
use unlisted_model::incident::EntryKind;

use super::incident::{copy_of, file, incident, new, noise};
use super::{amina, ben, bytes, folder, holds, killed_copy, vault_at};
use crate::{ChainFault, StoreError, Vault};

/// Twelve files of 6 MiB: more than is checked whole, and more than is rewritten in memory.
fn filled() -> tempfile::TempDir {
    let dir = folder();
    let vault = vault_at(&dir);
    vault.keep(&amina(), "note", &Secret::new("value")).expect("keeps");
    let files = (0..12).map(|n| file("film", noise(n, 6 << 20))).collect();
    vault.add_entry(&amina(), &new(EntryKind::Incident, "1", files)).expect("adds");
    vault.add_entry(&ben(), &incident("of another")).expect("adds");
    dir
}

#[test]
fn plain_columns_of_notes_are_still_proven() {
    let dir = filled();
    let database = dir.path().join("vault").join("vault.db");
    let conn = rusqlite::Connection::open(&database).expect("opens");
    conn.execute_batch("UPDATE kept SET name = zeroblob(16)").expect("test data");
    drop(conn);
    let opened = Vault::open(&dir.path().join("vault"), super::unlock(&dir));
    assert_eq!(opened.err(), Some(StoreError::Damaged("a-row")));
}

#[test]
fn a_damaged_page_of_evidence_is_told_and_closes_nothing_else() {
    let dir = filled();
    let database = dir.path().join("vault").join("vault.db");
    // The middle of the file is the chain of pages of some piece: its pointers are overwritten.
    let middle = std::fs::metadata(&database).expect("reads").len() / 2 / 4096 * 4096;
    let raw = std::fs::OpenOptions::new().write(true).open(&database).expect("opens");
    raw.write_all_at(&[0xff; 64], middle).expect("writes");
    drop(raw);
    let vault = vault_at(&dir);
    let chain = vault.entries(&amina(), false).expect("reads");
    assert_eq!((chain.entries.len(), chain.faults), (1, vec![]));
    let faults = vault.entries(&amina(), true).expect("reads").faults;
    let [ChainFault::FileDamaged { number: 1, file: damaged }] = faults[..] else { panic!("one file is: {faults:?}") };
    for index in 0..12 {
        let copied = copy_of(&vault, 1, index);
        let is_whole = copied == Ok(noise(u8::try_from(index).expect("small"), 6 << 20));
        assert_eq!(is_whole, index + 1 != usize::try_from(damaged).expect("small"));
        assert!(is_whole || copied == Err(StoreError::EvidenceDamaged));
    }
    assert_eq!(vault.forget(&amina()).map(|done| done.entries), Ok(1), "it keeps nobody from being forgotten");
    drop(vault);
    let vault = vault_at(&dir);
    assert_eq!(vault.subjects(), Ok(vec![ben()]));
    assert_eq!(vault.entries(&ben(), true).expect("reads").entries.len(), 1);
}

/// Rewriting the file may fail for want of room; then overwriting what is deleted has to be enough.
#[test]
fn forgetting_leaves_nothing_even_without_rewriting_the_file() {
    let check = |rewritten: bool| {
        let dir = filled();
        let vault = vault_at(&dir);
        let sealed: Vec<u8> = {
            let db = vault.inner().db();
            db.conn().query_row("SELECT body FROM piece WHERE person = 1 LIMIT 1 OFFSET 2", [], |row| row.get(0)).expect("reads")
        };
        assert!(holds(&bytes(&dir), &sealed[5000..5040]), "the search sees what is there");
        if rewritten {
            assert_eq!(vault.forget(&amina()).expect("forgets").entries, 1);
        } else {
            let db = vault.inner().db();
            db.conn().execute_batch("DELETE FROM piece WHERE person = 1").expect("deletes");
            db.conn().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("empties");
        }
        let left = bytes(&dir);
        assert_eq!(left.len() > 60 << 20, !rewritten, "the file becomes smaller when it is rewritten");
        assert!(!holds(&left, &sealed[..40]) && !holds(&left, &sealed[5000..5040]));
        assert_eq!(vault_at(&killed_copy(&dir)).entries(&ben(), true).expect("reads").entries.len(), 1);
    };
    check(true);
    check(false);
}
