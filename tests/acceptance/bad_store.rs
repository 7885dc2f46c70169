//! A locked store that cannot be used, a port that is taken, a disk that is full: told, and nothing lost.

use std::fs;
use std::path::Path;
use std::process::Command;

use unlisted_web::demo::DemoWeb;

use crate::bad_input::Kept;
use crate::people;
use crate::program::{Check, Place};
use crate::reading::equal;

#[test]
fn a_wrong_key_opens_nothing_and_breaks_nothing() {
    let kept = Kept::new();
    let other = Place::new();
    other
        .check(&people::demo())
        .vault()
        .json()
        .args(&["--only-given", "--file"])
        .arg(other.write("a.html", "<p>a</p>"))
        .run()
        .code(0);
    let vault = kept.place.path("vault");
    let with_key = |key: &Path| -> Check<'_> {
        kept.place
            .check(&people::with_other_details())
            .web(&kept.web)
            .json()
            .arg("--vault")
            .arg(&vault)
            .arg("--key-file")
            .arg(key)
    };
    kept.refuses(with_key(&other.path("key")), 1, &["does not open", "Nothing was changed"]);
    kept.refuses(with_key(&kept.place.path("no-such-key")), 1, &["key file", "missing"]);
    assert!(!kept.place.path("no-such-key").exists(), "no new key is made for an old store");
    kept.refuses(with_key(&kept.place.write("words", "my key is under the mat")), 1, &["key file", "base64"]);
    kept.refuses(with_key(&kept.place.path("config")), 1, &["key file"]);
    // A passphrase, piped in, where there is no keyring.
    let check =
        kept.place.check(&people::with_other_details()).web(&kept.web).json().arg("--vault").arg(&vault).stdin("open sesame\n");
    kept.refuses(check, 1, &["a key file (--key-file)"]);
}

#[test]
fn a_store_of_a_newer_version_is_left_as_it_is() {
    let kept = Kept::new();
    let file = kept.place.path("vault/vault.db");
    let old = fs::read(&file).expect("the store");
    // SQLite keeps `user_version` at byte 60 of its header, the highest byte first.
    let mut newer = old.clone();
    newer[60..64].copy_from_slice(&99u32.to_be_bytes());
    fs::write(&file, &newer).expect("written");
    let ran = kept.check(&people::demo()).run().code(1).says(&["newer version", "newest version"]);
    assert!(ran.out.is_empty());
    assert_eq!(fs::read(&file).expect("the store"), newer, "it was changed");
    fs::write(&file, &old).expect("written");
    kept.is_as_before();

    // A damaged one is told from it.
    let mut damaged = old.clone();
    damaged[0..16].copy_from_slice(b"not a database!!");
    fs::write(&file, &damaged).expect("written");
    kept.check(&people::demo()).run().code(1).says(&["damaged"]);
    fs::write(&file, &old).expect("written");
    kept.is_as_before();
}

#[test]
fn two_checks_at_once_in_one_store() {
    let kept = Kept::new();
    let mut first = kept.check(&people::demo()).start();
    while kept.web.requests() < 5 && !first.ended() {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    let second = kept
        .place
        .check(&people::demo())
        .web(&kept.web)
        .vault()
        .args(&["--format", "text"])
        .run()
        .code(1)
        .says(&["open in another window", "Close that one first"]);
    assert!(second.out.is_empty(), "{}", second.out);
    kept.place.unlisted(&["vault", "forget", "amina-castle", "--yes"]).vault().run().code(1).says(&["open in another window"]);
    assert!(!first.ended(), "the first was over too soon to tell");
    let report = first.wait().code(5).report();
    crate::reading::nothing_is_lost(&report);
    assert!(crate::demo::held_against(&crate::reading::Expected::read(), &report).is_empty());
}

#[test]
fn a_port_that_is_taken() {
    let place = Place::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    place.unlisted(&["demo", "--serve", &port]).run().code(1).says(&[&port, "try another"]);
    place.unlisted(&["demo", "--serve", "99999"]).run().code(2).says(&["99999"]);
    // A rehearsal against nobody: every place is told as not answering, none as empty.
    let nobody = taken.local_addr().expect("an address").to_string();
    drop(taken);
    let ran = place
        .check(&people::demo())
        .ephemeral()
        .json()
        .args(&["--rehearsal", &nobody, "--speedup", "1000", "--only-given", "--url", "https://aminacastle.example/"])
        .run()
        .code(5);
    assert_eq!(crate::reading::outcomes(&ran.report(), None, &["found", "absent"]), 0);
}

#[test]
fn a_report_that_cannot_be_written_is_told_before_anything_is_sent() {
    let kept = Kept::new();
    let check = kept.place.check(&people::with_other_details()).web(&kept.web).vault().args(&["--out", "subject.toml"]);
    kept.refuses(check, 1, &["--out", "Nothing was sent"]);
    let check = kept.place.check(&people::with_other_details()).web(&kept.web).vault().args(&["--out", "given/page.html/below"]);
    kept.refuses(check, 1, &["--out"]);
    kept.ends(kept.place.unlisted(&["report", "amina-castle", "--out", "subject.toml"]).vault(), 1, &["could not write"]);
}

/// A folder on a disk of its own, as small as wanted.
#[cfg(target_os = "linux")]
struct SmallDisk(std::path::PathBuf);

#[cfg(target_os = "linux")]
impl SmallDisk {
    /// None where this account may not mount one.
    fn new(dir: &Path, kilobytes: u32) -> Option<Self> {
        fs::create_dir_all(dir).expect("a folder");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={kilobytes}k"), "tmpfs"]).arg(dir).output();
        mounted.is_ok_and(|m| m.status.success()).then(|| Self(dir.to_owned()))
    }

    fn grow(&self, kilobytes: u32) {
        let grown = Command::new("mount").args(["-o", &format!("remount,size={kilobytes}k")]).arg(&self.0).status();
        assert!(grown.is_ok_and(|s| s.success()), "the disk does not grow");
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        let gone = Command::new("umount").arg("-l").arg(&self.0).status();
        assert!(gone.is_ok_and(|s| s.success()), "the disk stays mounted");
    }
}

#[cfg(target_os = "linux")]
#[test]
#[expect(clippy::print_stdout, reason = "whoever runs the tests is told what was not tested")]
fn a_full_disk_loses_nothing_that_was_saved() {
    let (place, calm) = (Place::new(), Place::new());
    let (web, calm_web) = (DemoWeb::start(0).expect("a port"), DemoWeb::start(0).expect("a port"));
    let Some(disk) = SmallDisk::new(&place.path("vault"), 600) else {
        // Only where mounting is allowed; elsewhere the store's own tests of a full disk must do.
        println!("skipped: this account may not mount a small disk");
        return;
    };
    let undisturbed = calm.check(&people::demo()).web(&calm_web).vault().json().run().code(5).report();
    let ran = place.check(&people::demo()).web(&web).vault().json().run().code(1).says(&["disk is full", "kept", "same command"]);
    assert!(!place.path("out/report.json").exists(), "a report of half a check");
    assert_eq!(crate::needles::Needles::of(&people::demo()).found_in(&ran.err), None);
    let sent = web.requests();
    assert!(sent > 5, "the disk was full before the check began ({sent} requests)");
    disk.grow(20_000);
    let report = place.check(&people::demo()).web(&web).vault().json().run().code(5).says(&["unfinished check"]).report();
    let without = |r: &serde_json::Value| crate::resume::without_requests(r);
    equal(&without(&report), &without(&undisturbed), "full and undisturbed");
    assert!(web.requests() < calm_web.requests() + 30, "{} requests instead of {}", web.requests(), calm_web.requests());
}

/// A reader that goes away is no fault; a device without room is one.
#[cfg(target_os = "linux")]
#[test]
fn output_without_room_is_told() {
    let kept = Kept::new();
    let to = |sink: &str, kept: &Kept| {
        let line = format!("exec \"$0\" \"$@\" > {sink}");
        let mut sh = Command::new("sh");
        sh.args(["-c", &line]).arg(env!("CARGO_BIN_EXE_unlisted-tested")).args([
            "report",
            "amina-castle",
            "--format",
            "json",
            "--vault",
        ]);
        sh.arg(kept.place.path("vault"))
            .arg("--key-file")
            .arg(kept.place.path("key"))
            .env_clear()
            .env("HOME", kept.place.path("home"));
        sh.output().expect("sh runs")
    };
    let full = to("/dev/full", &kept);
    let said = String::from_utf8_lossy(&full.stderr).into_owned();
    assert_eq!(full.status.code(), Some(1), "{said}");
    assert!(said.contains("could not write"), "{said}");
    assert_eq!(to("/dev/null", &kept).status.code(), Some(0));
    kept.is_as_before();
}
