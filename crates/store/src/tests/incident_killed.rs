//! A process that is killed while it adds entries.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use unlisted_model::incident::EntryKind;

use super::incident::{copy_of, file, new, noise};
use super::{amina, folder, vault_at};
use crate::Vault;

/// Tells the child which folder is its own; without it the child's test does nothing.
const FOLDER: &str = "UNLISTED_TEST_INCIDENT_FOLDER";

/// How long the file of an entry is: from nothing to three pieces.
fn length(number: usize) -> usize {
    (number * 377_777) % (5 << 19)
}

/// One entry with a file after another, each acknowledged by one byte in a file after the vault acknowledged it.
#[test]
fn incident_child() {
    let Some(dir) = std::env::var_os(FOLDER) else { return };
    let dir = Path::new(&dir);
    let key = crate::Unlock::KeyFile(dir.join("key"));
    let vault = Vault::open(&dir.join("vault"), key).expect("opens");
    let mut acknowledged = std::fs::OpenOptions::new().append(true).create(true).open(dir.join("acknowledged")).expect("opens");
    loop {
        let number = vault.entries(&amina(), false).expect("reads").entries.len() + 1;
        let told = new(EntryKind::Incident, &number.to_string(), vec![file("shot", noise(9, length(number)))]);
        vault.add_entry(&amina(), &told).expect("adds");
        acknowledged.write_all(b".").expect("writes");
    }
}

#[test]
fn a_killed_process_loses_no_entry_and_no_file() {
    const ROUNDS: u64 = 24;
    let dir = folder();
    drop(vault_at(&dir));
    let acknowledged = || std::fs::metadata(dir.path().join("acknowledged")).map_or(0, |f| f.len());
    for round in 1..=ROUNDS {
        let exe = std::env::current_exe().expect("test data");
        let mut child = Command::new(exe)
            .args(["--exact", "tests::incident_killed::incident_child", "--nocapture"])
            .env(FOLDER, dir.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        let begun = Instant::now();
        let before = acknowledged();
        while acknowledged() < before + 1 && begun.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(1));
        }
        // Somewhere in the entry that follows; another point in every round.
        std::thread::sleep(Duration::from_micros((round * 7919) % 25_000));
        child.kill().expect("kills");
        child.wait().expect("ends");

        let told = usize::try_from(acknowledged()).expect("small");
        let vault = vault_at(&dir);
        let chain = vault.entries(&amina(), round % 6 == 0).expect("reads");
        assert_eq!(chain.faults, []);
        let kept = chain.entries.len();
        let most = told + usize::try_from(round).expect("small");
        assert!((told..=most).contains(&kept), "told of {told}, kept {kept}");
        let last = u32::try_from(kept).expect("small");
        assert_eq!(copy_of(&vault, last, 0), Ok(noise(9, length(kept))), "the last one is whole");
        let pieces: i64 = {
            let db = vault.inner().db();
            let sql = "SELECT count(*) FROM piece WHERE entry NOT IN (SELECT number FROM entry)";
            db.conn().query_row(sql, [], |row| row.get(0)).expect("reads")
        };
        assert_eq!(pieces, 0, "no file without its entry");
    }
    let vault = vault_at(&dir);
    assert_eq!(vault.entries(&amina(), true).expect("reads").faults, []);
}
