//! What a vault keeps, and what cannot be seen of it from outside.

use std::time::Duration;

use unlisted_model::Reveal;
use unlisted_model::Secret;
use unlisted_model::ports::{Claim, Completion, Frontier, Ledger, LedgerEnd, RobotsNote};

use super::{
    CANARY, again, amina, at, ben, bytes, entry, finding, folder, holds, host, killed_copy, new_run, outcome, page, page_for,
    run_at, unlock, update, vault_at, who,
};
use crate::{Counts, LedgerRow, NewRun, Run, StoreError, Unlock, Vault};

/// A run with something of everything in it.
fn fill(run: &Run) {
    run.push(vec![page("a", "1"), page("a", "2"), page("b", "1")]).expect("pushes");
    let Ok(Claim::Ready(task)) = run.claim(at(0)) else { panic!("a row is due") };
    let row = run.begin(&entry("found-pages", &[amina()])).expect("writes");
    Ledger::finish(run, row, &LedgerEnd { status: Some(200), bytes: 4321, took: Duration::from_millis(7) }).expect("writes");
    let done = Completion {
        outcome: Some(outcome("1", &[amina()])),
        findings: vec![finding(&amina(), "1")],
        follow: vec![page("c", "1")],
        robots: Some((host("a"), RobotsNote::Body(CANARY.into()))),
        host: Some(update(at(10))),
    };
    run.complete(task.id, done).expect("completes");
    run.begin(&entry("searxng/name-area", &[amina()])).expect("writes");
    run.record(outcome("skipped", &[amina()])).expect("records");
    run.note("plan", &format!("{{\"{CANARY}\":1}}")).expect("writes");
}

fn check_full(run: &Run) {
    assert_eq!(run.outcomes(), Ok(vec![outcome("1", &[amina()]), outcome("skipped", &[amina()])]));
    assert_eq!(run.findings(&amina()), Ok(vec![finding(&amina(), "1")]));
    assert_eq!(run.findings(&ben()), Ok(vec![]));
    let end = LedgerEnd { status: Some(200), bytes: 4321, took: Duration::from_millis(7) };
    let ledger = [
        LedgerRow { entry: entry("found-pages", &[amina()]), end: Some(end) },
        LedgerRow { entry: entry("searxng/name-area", &[amina()]), end: None },
    ];
    assert_eq!(run.ledger(), Ok(ledger.to_vec()));
    let spent: Vec<(String, u32)> = run.spent().into_iter().map(|(line, n)| (line.0, n)).collect();
    assert_eq!(spent, [("found-pages".to_owned(), 1), ("searxng/name-area".to_owned(), 1)]);
    assert_eq!(run.note_of("plan"), Ok(Some(format!("{{\"{CANARY}\":1}}"))));
    assert_eq!(run.note_of("other"), Ok(None));
    assert_eq!(run.notes().expect("reads").len(), 1);
}

#[test]
fn a_killed_run_is_taken_up_where_it_was() {
    let dir = folder();
    let run = run_at(&dir);
    fill(&run);
    let Ok(Claim::Ready(task)) = run.claim(at(0)) else { panic!("a row is due") };
    let copy = killed_copy(&dir);
    let taken_up = again(&copy);
    check_full(&taken_up);
    assert_eq!(taken_up.robots(), Ok(vec![(host("a"), RobotsNote::Body(CANARY.into()))]));
    assert_eq!(taken_up.counts(), Counts { queued: 3, in_work: 0, done: 1 });
    assert_eq!(taken_up.pages_pushed(&unlisted_model::LineId("found-pages".into())), 4);
    assert_eq!(taken_up.host(&host("a")), Ok(Some(update(at(10)))));
    assert_eq!((taken_up.id(), taken_up.started(), taken_up.subjects()), (run.id(), at(0), vec![amina()]));
    assert_eq!(taken_up.push(vec![page("a", "1"), page("c", "1")]), Ok(0), "known before, known now");
    let Ok(Claim::Ready(again)) = taken_up.claim(at(0)) else { panic!("a row is due") };
    assert_eq!((again.id, again.new, again.attempts), (task.id, task.new, 1), "the try counts");
}

#[test]
fn an_ended_run_keeps_results_and_drops_its_queue() {
    let dir = folder();
    let vault = vault_at(&dir);
    let run = vault.begin_run(new_run(&[amina()])).expect("begins");
    fill(&run);
    run.finish(at(50)).expect("finishes");
    run.finish(at(60)).expect("twice is no fault");
    assert_eq!(run.push(vec![page("z", "1")]).map_err(|e| e.text), Err(StoreError::Ended.to_string()));
    assert!(run.begin(&entry("found-pages", &[amina()])).is_err());
    drop((run, vault));
    let vault = vault_at(&dir);
    assert!(vault.unfinished(&[amina()], "canary-settings-1", at(-10)).expect("reads").is_none());
    let run = vault.last_run(&amina()).expect("reads").expect("is there");
    assert_eq!(run.finished(), Some(at(50)));
    check_full(&run);
    assert_eq!(run.robots(), Ok(vec![]));
    let rows: i64 = vault.inner().db().conn().query_row("SELECT count(*) FROM task", [], |r| r.get(0)).expect("reads");
    assert_eq!(rows, 0);
}

#[test]
fn only_the_same_run_is_continued() {
    let vault = Vault::ephemeral().expect("opens");
    let run = vault.begin_run(new_run(&[amina(), ben()])).expect("begins");
    let check = |subjects: &[unlisted_model::SubjectId], fingerprint: &str, since| {
        vault.unfinished(subjects, fingerprint, at(since)).expect("reads").map(|run| run.id())
    };
    assert_eq!(check(&[ben(), amina()], "canary-settings-1", 0), Some(run.id()));
    assert_eq!(check(&[amina()], "canary-settings-1", 0), None);
    assert_eq!(check(&[amina(), ben(), who("c")], "canary-settings-1", 0), None);
    assert_eq!(check(&[amina(), ben()], "canary-settings-2", 0), None);
    assert_eq!(check(&[amina(), ben()], "canary-settings-1", 1), None);
    run.finish(at(1)).expect("finishes");
    assert_eq!(check(&[amina(), ben()], "canary-settings-1", 0), None);
}

#[test]
fn one_run_has_one_queue() {
    let vault = Vault::ephemeral().expect("opens");
    let run = vault.begin_run(new_run(&[amina()])).expect("begins");
    run.push(vec![page("a", "1")]).expect("pushes");
    let same = vault.unfinished(&[amina()], "canary-settings-1", at(0)).expect("reads").expect("is there");
    assert!(matches!(same.claim(at(0)), Ok(Claim::Ready(_))));
    assert_eq!(run.claim(at(0)), Ok(Claim::Busy));
    assert_eq!(vault.last_run(&amina()).expect("reads").expect("is there").claim(at(0)), Ok(Claim::Busy));
}

#[test]
fn the_newest_run_is_the_last() {
    let vault = Vault::ephemeral().expect("opens");
    let first = vault.begin_run(new_run(&[amina()])).expect("begins");
    let second = vault.begin_run(new_run(&[amina(), ben()])).expect("begins");
    assert!(first.id() < second.id());
    assert_eq!(vault.last_run(&amina()).expect("reads").map(|r| r.id()), Some(second.id()));
    assert!(vault.last_run(&who("nobody")).expect("reads").is_none());
}

#[test]
fn nobody_else_is_served() {
    let vault = Vault::ephemeral().expect("opens");
    let run = vault.begin_run(new_run(&[amina()])).expect("begins");
    assert_eq!(run.record(outcome("1", &[ben()])), Err(StoreError::NotOfThisRun));
    assert!(run.push(vec![page("a", "1"), page_for("a", "2", &[amina(), ben()])]).is_err());
    assert_eq!(run.counts(), Counts::default(), "all or nothing");
    let nobody = NewRun { subjects: vec![], ..new_run(&[]) };
    assert_eq!(vault.begin_run(nobody).err(), Some(StoreError::NotOfThisRun));
}

#[test]
fn files_of_people_come_back() {
    let dir = folder();
    let vault = vault_at(&dir);
    assert_eq!(vault.subject_file(&amina()), Ok(None));
    vault.keep_subject(&amina(), &Secret::new("old")).expect("keeps");
    vault.keep_subject(&amina(), &Secret::new(CANARY)).expect("keeps");
    vault.begin_run(new_run(&[ben()])).expect("begins");
    drop(vault);
    let vault = vault_at(&dir);
    let file = vault.subject_file(&amina()).expect("reads").expect("is there");
    assert_eq!(file.reveal(Reveal::ToCompare), CANARY);
    assert_eq!(vault.subject_file(&ben()), Ok(None));
    assert_eq!(vault.subjects(), Ok(vec![amina(), ben()]));
}

#[test]
fn ids_are_stable_in_a_vault_and_mean_nothing_outside() {
    let dir = folder();
    let id = vault_at(&dir).keyed_id(&["phone", CANARY]);
    assert_eq!(vault_at(&dir).keyed_id(&["phone", CANARY]), id);
    assert_ne!(vault_at(&dir).keyed_id(&["phon", "e", CANARY]), id);
    assert_ne!(vault_at(&folder()).keyed_id(&["phone", CANARY]), id);
    assert_eq!(id.len(), 20);
    assert!(!id.contains("canary"));
}

#[test]
fn nothing_private_can_be_seen_in_the_files() {
    let dir = folder();
    let vault = vault_at(&dir);
    vault.keep_subject(&amina(), &Secret::new(CANARY)).expect("keeps");
    let run = vault.begin_run(new_run(&[amina()])).expect("begins");
    fill(&run);
    let check = || {
        let bytes = bytes(&dir);
        assert!(bytes.len() > 10_000);
        for word in ["anary", "castle", "found-pages", "searxng", "https"] {
            assert!(!holds(&bytes, word.as_bytes()), "{word} can be seen");
        }
    };
    check();
    run.park(&host("a")).expect("parks");
    run.finish(at(1)).expect("finishes");
    check();
    drop((run, vault));
    check();
    assert!(holds(&bytes(&dir), b"CREATE TABLE"), "the search sees what is there");
}

#[test]
fn debug_shows_nothing() {
    let dir = folder();
    let vault = vault_at(&dir);
    let run = vault.begin_run(new_run(&[amina()])).expect("begins");
    let shown = format!("{vault:?} {run:?} {:?}", Unlock::Passphrase(Secret::new(CANARY)));
    assert!(!shown.contains("anary"), "{shown}");
}

#[cfg(unix)]
#[test]
fn files_belong_to_their_owner() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = folder();
    let vault = vault_at(&dir);
    vault.begin_run(new_run(&[amina()])).expect("begins");
    let mode = |path: &std::path::Path| std::fs::metadata(path).expect("reads").permissions().mode() & 0o777;
    assert_eq!(mode(&dir.path().join("vault")), 0o700);
    assert_eq!(mode(&dir.path().join("key")), 0o600);
    let files = super::files(&dir.path().join("vault"));
    assert!(files.len() >= 3, "database, log, lock");
    for file in files {
        assert_eq!(mode(&file), 0o600);
    }
}

#[test]
fn a_passphrase_opens_its_vault_only() {
    let dir = folder();
    let path = dir.path().join("vault");
    let phrase = |words: &str| Unlock::Passphrase(Secret::new(words));
    assert_eq!(Vault::open(&path, phrase("  ")).err(), Some(StoreError::EmptyPassphrase));
    let id = Vault::open(&path, phrase("release-response-step")).expect("opens").keyed_id(&["x"]);
    assert_eq!(Vault::open(&path, phrase("release response step")).err(), Some(StoreError::WrongKey));
    let made_with = "a-passphrase";
    assert_eq!(Vault::open(&path, unlock(&dir)).err(), Some(StoreError::OtherUnlock { made_with }));
    assert_eq!(Vault::open(&path, phrase("release-response-step")).expect("opens").keyed_id(&["x"]), id);
}
