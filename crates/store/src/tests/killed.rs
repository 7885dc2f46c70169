//! A process that is really killed, and threads that really compete.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use unlisted_model::ports::{Claim, Completion, Frontier, HostKey, Ledger};

use super::{again, amina, at, entry, folder, new_run, outcome, page, run_at, unlock};
use crate::{Run, StoreError, Vault};

/// Tells the child which folder is its own; without it the child's test does nothing.
const FOLDER: &str = "UNLISTED_TEST_KILLED_FOLDER";

/// One page after another, each acknowledged by one byte in a file after the vault acknowledged it.
#[test]
fn child() {
    let Some(dir) = std::env::var_os(FOLDER) else { return };
    let dir = Path::new(&dir);
    let key = crate::Unlock::KeyFile(dir.join("key"));
    let vault = Vault::open(&dir.join("vault"), key).expect("opens");
    let run = vault.unfinished(&[amina()], "canary-settings-1", at(-10)).expect("reads").expect("is there");
    let mut acknowledged = std::fs::OpenOptions::new().append(true).create(true).open(dir.join("acknowledged")).expect("opens");
    for now in 0.. {
        let Claim::Ready(task) = run.claim(at(now)).expect("claims") else { break };
        run.begin(&entry("found-pages", &[amina()])).expect("writes");
        let follow = vec![page("a", &format!("follow {}", task.id.0))];
        let done = Completion { outcome: Some(outcome("1", &[amina()])), follow, ..Completion::default() };
        run.complete(task.id, done).expect("completes");
        acknowledged.write_all(b".").expect("writes");
    }
}

#[test]
fn a_killed_process_loses_nothing_and_lets_go() {
    let dir = folder();
    let run = run_at(&dir);
    run.push(vec![page("a", "first")]).expect("pushes");
    drop(run);
    let mut kept_before = 0;
    for round in 0..3u64 {
        let exe = std::env::current_exe().expect("test data");
        let mut child = Command::new(exe)
            .args(["--exact", "tests::killed::child", "--nocapture"])
            .env(FOLDER, dir.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        // Until it has done something more than before, then a little longer.
        let acknowledged = || std::fs::metadata(dir.path().join("acknowledged")).map_or(0, |f| f.len());
        let begun = Instant::now();
        let before = acknowledged();
        while acknowledged() < before + 5 && begun.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(2));
        }
        let held = Vault::open(&dir.path().join("vault"), unlock(&dir)).err();
        std::thread::sleep(Duration::from_millis(3 + 7 * round));
        child.kill().expect("kills");
        child.wait().expect("ends");
        assert_eq!(held, Some(StoreError::InUse), "two processes at once");

        let acknowledged = usize::try_from(acknowledged()).expect("small");
        let run = again(&dir);
        let kept = run.outcomes().expect("reads").len();
        // One more may be kept in each round than could be told.
        let most = acknowledged + usize::try_from(round).expect("small") + 1;
        assert!((acknowledged..=most).contains(&kept), "told of {acknowledged}, kept {kept}");
        assert!(kept > kept_before);
        assert!(run.ledger().expect("reads").len() >= kept, "written ahead");
        let counts = run.counts();
        assert_eq!((counts.queued, counts.in_work, counts.done), (1, 0, kept), "each row left one behind it");
        kept_before = kept;
    }
}

#[test]
fn threads_share_a_run_and_never_a_host() {
    let run = Vault::ephemeral().and_then(|vault| vault.begin_run(new_run(&[amina()]))).expect("begins");
    for host in 0..6 {
        run.push((0..20).map(|n| page(&format!("h{host}"), &format!("{n}"))).collect()).expect("pushes");
    }
    let taken: Mutex<BTreeSet<HostKey>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| work(&run, &taken));
        }
    });
    assert_eq!(run.counts().done, 120);
    assert_eq!(run.outcomes().expect("reads").len(), 120);
}

fn work(run: &Run, taken: &Mutex<BTreeSet<HostKey>>) {
    loop {
        match run.claim(at(0)).expect("claims") {
            Claim::Ready(task) => {
                assert!(taken.lock().expect("lock").insert(task.new.host.clone()), "its host is taken");
                std::thread::yield_now();
                assert!(taken.lock().expect("lock").remove(&task.new.host));
                let done = Completion { outcome: Some(outcome("1", &[amina()])), ..Completion::default() };
                run.complete(task.id, done).expect("completes");
            }
            Claim::Busy => std::thread::yield_now(),
            Claim::Wait(_) => panic!("nothing is for later"),
            Claim::Empty => break,
        }
    }
}

/// Tells the child in which folder to try.
const RINGLESS: &str = "UNLISTED_TEST_RINGLESS_FOLDER";

#[test]
fn ringless_child() {
    let Some(dir) = std::env::var_os(RINGLESS) else { return };
    let dir = Path::new(&dir);
    let error = Vault::open(&dir.join("vault"), crate::Unlock::Keyring).expect_err("there is no keyring");
    std::fs::write(dir.join("said"), error.to_string()).expect("writes");
}

/// On a computer without a session bus there is no Secret Service.
#[cfg(target_os = "linux")]
#[test]
fn without_a_keyring_the_other_ways_are_named_and_open() {
    let dir = folder();
    let exe = std::env::current_exe().expect("test data");
    let ended = Command::new(exe)
        .args(["--exact", "tests::killed::ringless_child"])
        .env(RINGLESS, dir.path())
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
        .stdout(Stdio::null())
        .status()
        .expect("starts");
    assert!(ended.success());
    let said = std::fs::read_to_string(dir.path().join("said")).expect("reads");
    assert!(said.contains("--key-file") && said.contains("passphrase"), "{said}");
    Vault::open(&dir.path().join("vault"), unlock(&dir)).expect("a failed beginning does not stand in the way");
}
