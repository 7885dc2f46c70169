//! Forgetting and expiry.

use keyring_core::mock;
use tempfile::TempDir;
use unlisted_model::ports::{Claim, Completion, Frontier, Ledger};
use unlisted_model::{Secret, SubjectId};

use super::{
    CANARY, amina, at, ben, bytes, entry, finding, folder, holds, killed_copy, new_run, outcome, page_for, vault_at, who,
};
use crate::keyring::Keyring;
use crate::{Forgotten, NewRun, Purged, Run, StoreError, Unlock, Vault};

/// A check of one or two people, with a row for each and one for all.
fn check_of(vault: &Vault, subjects: &[SubjectId]) -> Run {
    let run = vault.begin_run(new_run(subjects)).expect("begins");
    run.push(vec![page_for("a", "1", subjects), page_for("b", "1", subjects)]).expect("pushes");
    let Ok(Claim::Ready(task)) = run.claim(at(0)) else { panic!("a row is due") };
    run.begin(&entry("both", subjects)).expect("writes");
    let done = Completion {
        outcome: Some(outcome("both", subjects)),
        findings: subjects.iter().map(|s| finding(s, "1")).collect(),
        ..Completion::default()
    };
    run.complete(task.id, done).expect("completes");
    for subject in subjects {
        run.begin(&entry(subject.as_str(), std::slice::from_ref(subject))).expect("writes");
        run.record(outcome(subject.as_str(), std::slice::from_ref(subject))).expect("records");
    }
    run.note("plan", CANARY).expect("writes");
    run
}

#[test]
fn forgetting_leaves_nothing_of_one_and_all_of_the_other() {
    let dir = folder();
    let vault = vault_at(&dir);
    vault.keep_subject(&amina(), &Secret::new(CANARY)).expect("keeps");
    let alone = check_of(&vault, &[amina()]);
    let both = check_of(&vault, &[amina(), ben()]);
    let id = both.id();
    assert_eq!(vault.forget(&amina()), Err(StoreError::RunOpen));
    both.finish(at(1)).expect("finishes");
    drop((alone, both));
    let done = vault.forget(&amina()).expect("forgets");
    assert_eq!(done, Forgotten { findings: 2, rows: 6, shared: 2, runs: 1, entries: 0, notes: 0, old_copies_still_open: true });
    assert_eq!(vault.forget(&amina()), Err(StoreError::UnknownSubject));
    assert_eq!(vault.subjects(), Ok(vec![ben()]));
    assert_eq!(vault.subject_file(&amina()), Ok(None));
    assert!(vault.last_run(&amina()).expect("reads").is_none());
    drop(vault);
    let vault = vault_at(&dir);
    let run = vault.last_run(&ben()).expect("reads").expect("is there");
    assert_eq!((run.id(), run.subjects()), (id, vec![ben()]));
    assert_eq!(run.outcomes(), Ok(vec![outcome("both", &[ben()]), outcome(ben().as_str(), &[ben()])]));
    let entries: Vec<_> = run.ledger().expect("reads").into_iter().map(|row| row.entry).collect();
    assert_eq!(entries, [entry("both", &[ben()]), entry(ben().as_str(), &[ben()])]);
    assert_eq!(run.findings(&ben()), Ok(vec![finding(&ben(), "1")]));
    assert_eq!(run.findings(&amina()), Ok(vec![]));
    assert_eq!(run.notes().expect("reads").len(), 0, "notes may name anybody");
}

#[test]
fn an_unfinished_run_of_several_cannot_be_continued_without_one() {
    let vault = Vault::ephemeral().expect("opens");
    drop(check_of(&vault, &[amina(), ben()]));
    vault.forget(&amina()).expect("forgets");
    assert!(vault.unfinished(&[ben()], "canary-settings-1", at(-10)).expect("reads").is_none());
    assert!(vault.last_run(&ben()).expect("reads").is_none());
    let rows: i64 = vault.inner().db().conn().query_row("SELECT count(*) FROM task", [], |r| r.get(0)).expect("reads");
    assert_eq!(rows, 0);
}

#[test]
fn other_open_runs_go_on() {
    let vault = Vault::ephemeral().expect("opens");
    drop(check_of(&vault, &[amina()]));
    let bens = check_of(&vault, &[ben()]);
    vault.forget(&amina()).expect("forgets");
    let same = vault.unfinished(&[ben()], "canary-settings-1", at(-10)).expect("reads").expect("is there");
    assert!(matches!(same.claim(at(0)), Ok(Claim::Ready(_))));
    assert_eq!(bens.claim(at(0)), Ok(Claim::Busy), "still one queue");
}

/// Sealed bytes of a person, as they stand in the file.
fn blobs(vault: &Vault) -> Vec<Vec<u8>> {
    let db = vault.inner().db();
    let sql = "SELECT body FROM finding UNION ALL SELECT body FROM outcome UNION ALL SELECT body FROM ledger
               UNION ALL SELECT key FROM person UNION ALL SELECT file FROM person WHERE file IS NOT NULL UNION ALL SELECT body FROM task WHERE body IS NOT NULL";
    let mut select = db.conn().prepare(sql).expect("reads");
    let rows = select.query_map([], |row| row.get(0)).expect("reads");
    rows.map(|row| row.expect("reads")).collect()
}

#[test]
fn no_sealed_byte_of_a_forgotten_person_stays_in_the_files() {
    let dir = folder();
    let vault = vault_at(&dir);
    vault.keep_subject(&amina(), &Secret::new(CANARY)).expect("keeps");
    drop(check_of(&vault, &[amina()]));
    let before = blobs(&vault);
    assert!(before.len() >= 7);
    let seen = bytes(&dir);
    assert!(before.iter().all(|blob| holds(&seen, &blob[..40])), "the search sees what is there");
    vault.forget(&amina()).expect("forgets");
    let left = bytes(&dir);
    assert!(before.iter().all(|blob| !holds(&left, &blob[..40])));
}

fn keyring() -> Keyring {
    Keyring::new(mock::Store::new().expect("test data"))
}

fn open(dir: &TempDir, keyring: &Keyring) -> Result<Vault, StoreError> {
    Vault::open_with(&dir.path().join("vault"), Unlock::Keyring, keyring)
}

#[test]
fn with_a_keyring_yesterdays_copy_opens_nothing_of_a_forgotten_person() {
    let (dir, ring) = (folder(), keyring());
    std::fs::write(dir.path().join("key"), "").expect("test data");
    let vault = open(&dir, &ring).expect("opens");
    vault.keep_subject(&amina(), &Secret::new(CANARY)).expect("keeps");
    vault.add_entry(&amina(), &super::incident::incident("x")).expect("adds");
    vault.keep(&amina(), "note", &Secret::new(CANARY)).expect("keeps");
    let both = check_of(&vault, &[amina(), ben()]);
    both.finish(at(1)).expect("finishes");
    drop(both);
    let yesterday = killed_copy(&dir);
    assert!(!vault.forget(&amina()).expect("forgets").old_copies_still_open);
    drop(vault);

    let old = open(&yesterday, &ring).expect("opens");
    assert_eq!(old.subject_file(&amina()), Err(StoreError::PersonKeyLost));
    assert_eq!(old.last_run(&amina()).err(), Some(StoreError::PersonKeyLost));
    assert_eq!(old.entries(&amina(), false), Err(StoreError::PersonKeyLost));
    assert_eq!(old.kept(&amina(), "note"), Err(StoreError::PersonKeyLost));
    let now = open(&dir, &ring).expect("opens");
    let run = now.last_run(&ben()).expect("reads").expect("is there");
    assert_eq!(run.findings(&ben()), Ok(vec![finding(&ben(), "1")]));
    assert_eq!(run.outcomes().expect("reads").len(), 2);
}

#[test]
fn a_keyring_that_lost_the_key_is_named() {
    let dir = folder();
    open(&dir, &keyring()).expect("opens");
    assert_eq!(open(&dir, &keyring()).err(), Some(StoreError::KeyringLost));
    let none = Vault::open_with(&folder().path().join("vault"), Unlock::Keyring, &keyring());
    assert!(none.is_ok());
    let words = StoreError::NoKeyring("no-service-on-the-session-bus").to_string();
    assert!(words.contains("--key-file") && words.contains("passphrase"), "{words}");
}

#[test]
fn queues_that_are_too_old_are_dropped() {
    let dir = folder();
    let vault = vault_at(&dir);
    let run = check_of(&vault, &[amina()]);
    let id = run.id();
    assert_eq!(vault.drop_queues(at(1)), Ok(0), "it goes on");
    drop(run);
    assert_eq!(vault.drop_queues(at(0)), Ok(0), "it is young");
    assert_eq!(vault.drop_queues(at(1)), Ok(1));
    assert_eq!(vault.drop_queues(at(1)), Ok(0));
    assert!(vault.unfinished(&[amina()], "canary-settings-1", at(-10)).expect("reads").is_none());
    let run = vault.last_run(&amina()).expect("reads").expect("is there");
    assert_eq!((run.id(), run.is_finished(), run.counts().queued), (id, false, 0));
    assert_eq!(run.outcomes().expect("reads").len(), 2);
    assert!(vault.forget(&amina()).is_err(), "it is held");
    drop(run);
    vault.forget(&amina()).expect("forgets");
}

#[test]
fn what_is_past_its_time_is_deleted() {
    let dir = folder();
    let vault = vault_at(&dir);
    let ends = |subjects: &[SubjectId], expires| NewRun { expires: at(expires), ..new_run(subjects) };
    let old = vault.begin_run(ends(&[amina()], 100)).expect("begins");
    old.record(outcome("old", &[amina()])).expect("records");
    let new = vault.begin_run(ends(&[amina()], 200)).expect("begins");
    new.record(outcome("new", &[amina()])).expect("records");
    new.finish(at(1)).expect("finishes");
    assert_eq!(vault.purge(at(150)), Ok(Purged { runs: 0 }), "a run that goes on is left alone");
    drop(old);
    assert_eq!(vault.purge(at(99)), Ok(Purged { runs: 0 }));
    let before = blobs(&vault);
    assert_eq!(vault.purge(at(100)), Ok(Purged { runs: 1 }));
    assert_eq!(blobs(&vault).len(), before.len() - 1);
    let left = bytes(&dir);
    assert_eq!(before.iter().filter(|blob| holds(&left, &blob[..40])).count(), before.len() - 1);
    assert_eq!(vault.last_run(&amina()).expect("reads").map(|r| r.id()), Some(new.id()));
    assert_eq!(vault.purge(at(200)), Ok(Purged { runs: 1 }));
    assert!(vault.last_run(&amina()).expect("reads").is_none());
    assert_eq!(vault.subjects(), Ok(vec![amina()]), "a person is only forgotten on request");
    assert_eq!(vault.forget(&who("nobody")), Err(StoreError::UnknownSubject));
}
