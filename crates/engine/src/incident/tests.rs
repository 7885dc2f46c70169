//! The record of abuse as a story: added to, copied, checked, tampered with; and files of every sort.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use unlisted_model::incident::{Account, EntryKind, EvidenceKind, NewEntry, NewFile};
use unlisted_model::{Secret, SubjectId};
use unlisted_reporter::Words;
use unlisted_reporter::bundle::Audience;
use unlisted_store::Vault;

use super::*;

fn me() -> SubjectId {
    SubjectId::new("me").expect("an id")
}

fn words() -> Words {
    Words::new(crate::config::shipped_words())
}

fn file(name: &str, bytes: &[u8]) -> NewFile {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join(name);
    fs::write(&path, bytes).expect("a file");
    read_file(&path).expect("a file that can be kept").file
}

fn add(vault: &Vault, kind: EntryKind, account: Account, files: Vec<NewFile>) {
    vault.add_entry(&me(), &NewEntry { kind, clock: clock(Some(120)), account, files }).expect("kept");
}

/// Two incidents with a picture and a page, and an addition to the first.
fn record() -> Vault {
    let vault = Vault::ephemeral().expect("a vault");
    let first = Account {
        what: Some(Secret::new("threat")),
        page: Some(Secret::new("https://shout.example/p/1")),
        words: Some(Secret::new("=HYPERLINK(\"x\")\n<script>alert(1)</script>\u{202e}evil\u{1b}[31m")),
        witness: Some(Secret::new("Wilma Witness")),
        effect: Some(Secret::new("Effie Effect")),
        violence: Some(true),
        ..Account::default()
    };
    let files = vec![file("shot.png", b"\x89PNG\r\n\x1a\n1234"), file("page.html", b"<!doctype html><script>alert(1)</script>")];
    add(&vault, EntryKind::Incident, first, files);
    let second = Account { what: Some(Secret::new("call")), place: Some(Secret::new("by phone")), ..Account::default() };
    add(&vault, EntryKind::Incident, second, vec![file("note.txt", b"somebody rang")]);
    let later = Account { what: Some(Secret::new("a reply")), ..Account::default() };
    add(&vault, EntryKind::Addition { to: 1 }, later, vec![]);
    vault
}

fn export(vault: &Vault, audience: Audience, only: &[u32], out: &Path) -> Result<Copied, CopyProblem> {
    let (id, words) = (me(), words());
    copy(vault, &CopyRequest { subject: &id, audience, only, out, version: "0.0.0", by: Some("Amina <b>"), words: &words })
}

fn all_files(dir: &Path) -> Vec<String> {
    let mut out: Vec<String> = vec![];
    for entry in fs::read_dir(dir).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            out.extend(all_files(&entry.path()).into_iter().map(|n| format!("{name}/{n}")));
        } else {
            out.push(name);
        }
    }
    out.sort();
    out
}

#[test]
fn a_copy_is_whole_and_checks_without_us() {
    let out = tempfile::tempdir().expect("a folder");
    let made = export(&record(), Audience::Police, &[], out.path()).expect("a copy");
    assert_eq!((made.incidents, made.entries, made.files, made.lost, made.faults), (2, 3, 3, 0, 0));
    let expect = [
        "SHA256SUMS",
        "chain.csv",
        "entries/0001.json",
        "entries/0002.json",
        "entries/0003.json",
        "files/0001-1.png",
        "files/0001-2.html.txt",
        "files/0002-1.txt",
        "method.txt",
        "record.csv",
        "record.html",
    ];
    assert_eq!(all_files(&made.folder), expect);
    assert_eq!(fs::read(made.folder.join("files/0001-1.png")).expect("a file"), b"\x89PNG\r\n\x1a\n1234");
    let checked = check_bundle(&made.folder);
    assert_eq!((checked.faults, checked.files, checked.entries, checked.sums), (vec![], 10, 3, Some(made.sums)));
    // The judge is GNU coreutils, where it is there.
    if let Ok(judge) = Command::new("sha256sum").args(["--check", "--strict", "SHA256SUMS"]).current_dir(&made.folder).output() {
        assert!(judge.status.success(), "{}", String::from_utf8_lossy(&judge.stderr));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |p: &Path| fs::metadata(p).expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(&made.folder), mode(&made.folder.join("record.html"))), (0o700, 0o600));
    }
}

#[test]
fn a_second_copy_has_its_own_number_and_knows_the_first() {
    let (vault, out) = (record(), tempfile::tempdir().expect("a folder"));
    let first = export(&vault, Audience::Police, &[], out.path()).expect("a copy");
    let second = export(&vault, Audience::Solicitor, &[], out.path()).expect("a copy");
    assert!(first.folder.to_string_lossy().ends_with("-1") && second.folder.to_string_lossy().ends_with("-2"));
    assert_eq!(second.entries, 3, "the note of the first copy stays at home");
    assert_eq!(check_bundle(&second.folder).faults, []);
    for name in all_files(&second.folder).iter().filter(|name| !name.starts_with("files/")) {
        let text = fs::read_to_string(second.folder.join(name)).expect("a file");
        assert!(!text.contains("the police") || name == "method.txt", "{name} tells for whom another copy was made");
    }
    let chain = vault.entries(&me(), true).expect("a chain");
    assert!(chain.faults.is_empty());
    assert!(
        matches!(&chain.entries[3].kind, EntryKind::Export { audience, sums } if audience == "police" && *sums == first.sums)
    );
}

/// Each change to a copy, and what is said of it.
#[track_caller]
fn check_tampered(change: impl Fn(&Path), expect: &[BundleFault]) {
    let out = tempfile::tempdir().expect("a folder");
    let made = export(&record(), Audience::Police, &[], out.path()).expect("a copy");
    change(&made.folder);
    assert_eq!(check_bundle(&made.folder).faults, expect);
}

#[test]
fn what_was_changed_in_a_copy_is_found() {
    let path = |text: &str| text.to_owned();
    check_tampered(|_| {}, &[]);
    check_tampered(
        |dir| {
            let file = dir.join("files/0001-1.png");
            let mut bytes = fs::read(&file).expect("a file");
            bytes[9] ^= 1;
            fs::write(file, bytes).expect("written");
        },
        &[BundleFault::Changed(path("files/0001-1.png"))],
    );
    check_tampered(|dir| fs::remove_file(dir.join("method.txt")).expect("gone"), &[BundleFault::Missing(path("method.txt"))]);
    check_tampered(
        |dir| fs::write(dir.join("files/new.png"), b"x").expect("written"),
        &[BundleFault::Extra(path("files/new.png"))],
    );
    check_tampered(|dir| fs::remove_file(dir.join("SHA256SUMS")).expect("gone"), &[BundleFault::NoSums]);
    // Somebody who takes an entry out everywhere, the lists too, still breaks the chain.
    check_tampered(
        |dir| {
            fs::remove_file(dir.join("entries/0002.json")).expect("gone");
            drop_lines(&dir.join("chain.csv"), "\"2\",");
            relist(dir);
        },
        &[BundleFault::EntryMissing(2)],
    );
    // Somebody who swaps a file and mends the list is caught by the entry.
    check_tampered(
        |dir| {
            fs::write(dir.join("files/0001-1.png"), b"other").expect("written");
            relist(dir);
        },
        &[BundleFault::OtherFile(1)],
    );
    check_tampered(
        |dir| {
            let file = dir.join("entries/0001.json");
            let text = fs::read_to_string(&file).expect("a file").replace("threat", "treats");
            fs::write(file, text).expect("written");
            relist(dir);
        },
        &[BundleFault::NotChained(1)],
    );
}

fn drop_lines(file: &Path, start: &str) {
    let text = fs::read_to_string(file).expect("a file");
    let kept: Vec<&str> = text.split("\r\n").filter(|line| !line.starts_with(start)).collect();
    fs::write(file, kept.join("\r\n")).expect("written");
}

/// Writes the list of sums anew, as somebody who tampers would.
fn relist(dir: &Path) {
    use sha2::{Digest as _, Sha256};
    let names = all_files(dir).into_iter().filter(|n| n != "SHA256SUMS");
    let sums: Vec<_> = names.map(|n| (n.clone(), Sha256::digest(fs::read(dir.join(n)).expect("a file")).into())).collect();
    fs::write(dir.join("SHA256SUMS"), unlisted_reporter::bundle::sums(&sums)).expect("written");
}

#[test]
fn a_list_of_sums_does_not_lead_out_of_its_folder() {
    let dir = tempfile::tempdir().expect("a folder");
    let sum = "0".repeat(64);
    for line in ["../x", "/etc/hostname", "a/../../x", "SHA256SUMS", ""] {
        fs::write(dir.path().join("SHA256SUMS"), format!("{sum}  {line}\n")).expect("written");
        assert_eq!(check_bundle(dir.path()).faults, [BundleFault::BadSums(1)], "{line}");
    }
}

#[test]
fn a_copy_holds_what_it_was_asked_for() {
    let (vault, out) = (record(), tempfile::tempdir().expect("a folder"));
    let part = export(&vault, Audience::Police, &[2], out.path()).expect("a copy");
    assert_eq!((part.incidents, part.entries, part.files), (1, 1, 1));
    assert_eq!(check_bundle(&part.folder).faults, []);
    assert_eq!(export(&vault, Audience::Police, &[2, 7], out.path()), Err(CopyProblem::NoSuchIncident(7)));
    assert_eq!(export(&vault, Audience::Police, &[0], out.path()), Err(CopyProblem::NoSuchIncident(0)));
    assert_eq!(export(&vault, Audience::Platform, &[2], out.path()), Err(CopyProblem::Nothing));
    let empty = Vault::ephemeral().expect("a vault");
    assert_eq!(export(&empty, Audience::Police, &[], out.path()), Err(CopyProblem::Nothing));
    let left: Vec<String> =
        fs::read_dir(out.path()).expect("a folder").flatten().map(|e| e.file_name().to_string_lossy().into()).collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn a_platform_gets_no_more_than_it_needs() {
    let out = tempfile::tempdir().expect("a folder");
    let made = export(&record(), Audience::Platform, &[], out.path()).expect("a copy");
    let files = ["SHA256SUMS", "files/0001-1.png", "files/0001-2.html.txt", "method.txt", "record.csv", "record.html"];
    assert_eq!(all_files(&made.folder), files);
    assert_eq!(check_bundle(&made.folder).faults, []);
    for name in ["record.html", "record.csv", "method.txt"] {
        let text = fs::read_to_string(made.folder.join(name)).expect("a file");
        for not in ["Wilma", "Effie", "by phone", "somebody rang", "a reply"] {
            assert!(!text.contains(not), "{name}: {not}");
        }
    }
}

#[test]
fn a_copy_that_cannot_be_written_leaves_nothing() {
    let (vault, out) = (record(), tempfile::tempdir().expect("a folder"));
    let blocked = out.path().join("file");
    fs::write(&blocked, b"").expect("a file");
    assert!(matches!(export(&vault, Audience::Police, &[], &blocked), Err(CopyProblem::NotWritten(_))));
    assert_eq!(fs::read(&blocked).expect("still there"), b"");
    assert_eq!(vault.entries(&me(), false).expect("a chain").entries.len(), 3, "no note of a copy that was not made");
}

/// What a program that was killed in the middle of a copy leaves: a part, and the sealed note of it.
#[test]
fn what_a_stopped_copy_left_is_taken_away() {
    let (vault, out, mine) = (record(), tempfile::tempdir().expect("a folder"), me());
    let part = |name: &str| {
        let path = out.path().join(name);
        fs::create_dir(&path).expect("a folder");
        fs::write(path.join("record.html"), b"plain").expect("a file");
        path
    };
    assert_eq!(sweep_leftovers(&vault), Ok(0));
    let noted = part(".record-2026-11-24-1.part");
    let file = out.path().join(".unlisted-1-0.part");
    fs::write(&file, b"plain").expect("a file");
    let other = part("record-2026-11-24-1.part");
    for path in [&noted, &file, &other] {
        std::mem::forget(BeingWritten::at(path, &vault, &mine).expect("noted"));
    }
    assert_eq!(sweep_leftovers(&vault), Ok(2));
    assert!(!noted.exists() && !file.exists() && other.exists(), "only what has a name of ours");
    assert_eq!(sweep_leftovers(&vault), Ok(0));
    // A copy sweeps its folder even when no note tells of it, and leaves neither part nor note.
    let unknown = part(".record-2026-11-23-7.part");
    let made = export(&vault, Audience::Police, &[], out.path()).expect("a copy");
    assert!(made.folder.exists() && !unknown.exists());
    assert_eq!(vault.kept_all(&mine, "incident/being-written"), Ok(vec![]));
}

/// The note comes first: when the copy cannot get its name, the record knows of a copy that nobody has, and not the other way round.
#[test]
fn a_copy_is_noted_before_it_appears() {
    let (vault, out) = (record(), tempfile::tempdir().expect("a folder"));
    let made = export(&vault, Audience::Police, &[], out.path()).expect("a copy");
    let entries = vault.entries(&me(), false).expect("a chain").entries;
    let kind = &entries.last().expect("the note").kind;
    assert!(matches!(kind, EntryKind::Export { sums, .. } if *sums == made.sums), "{kind:?}");
    vault.drop_kept(&me(), "incident/last-copy").expect("gone");
    let next = export(&vault, Audience::Police, &[], out.path()).expect("a copy without the number");
    assert_ne!(next.folder, made.folder);
}

#[test]
fn a_clock_that_went_back_is_seen() {
    let vault = record();
    let entries = vault.entries(&me(), false).expect("a chain").entries;
    let mut earlier = clock(None);
    assert!(!went_back(&entries, &earlier));
    earlier.now = entries[0].clock.now - jiff::Span::new().hours(1);
    assert!(went_back(&entries, &earlier) && !went_back(&[], &earlier));
}

#[test]
fn files_are_told_by_what_is_in_them() {
    use EvidenceKind as K;
    let mail = b"Return-Path: <a@shout.example>\r\nFrom: a@shout.example\r\nSubject: x\r\n\r\nbody";
    let saved = b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x";
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain("hello".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    type Case<'a> = (&'a str, &'a [u8], EvidenceKind, &'a str, Option<Doubt>);
    let cases: Vec<Case<'_>> = vec![
        ("a.png", b"\x89PNG\r\n\x1a\n0", K::Picture, "png", None),
        ("a.jpg", b"\xff\xd8\xff\xe0xx", K::Picture, "jpg", None),
        ("a", b"GIF89a..", K::Picture, "gif", None),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8 ", K::Picture, "webp", None),
        ("a.heic", b"\0\0\0\x18ftypheic", K::Picture, "heic", None),
        ("a.avif", b"\0\0\0\x18ftypavif", K::Picture, "avif", None),
        ("a.tif", b"II*\0xxxx", K::Picture, "tiff", None),
        ("a.bmp", b"BM\x1e\0\0\0\0\0\0\0\x1a\0\0\0\x0c\0\0\0xx", K::Picture, "bmp", None),
        ("a.txt", b"BMW drove past my house", K::Document, "txt", None),
        ("a.html", b"\xef\xbb\xbf <!DOCTYPE HTML><p>", K::SavedPage, "html", None),
        ("a.htm", b"<!-- saved from url=(0001)x --><html>", K::SavedPage, "html", None),
        ("a.mhtml", saved, K::SavedPage, "mhtml", None),
        ("a.warc", b"WARC/1.1\r\n", K::SavedPage, "warc", None),
        ("a.pdf", b"%PDF-1.7", K::Document, "pdf", None),
        ("a.docx", b"PK\x03\x04....word/document.xml", K::Document, "docx", None),
        ("a.odt", b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text", K::Document, "odt", None),
        ("chat.zip", b"PK\x03\x04....chat.txt", K::Document, "zip", None),
        ("chat.txt", b"24/11/2026, 14:30 - Somebody: hello", K::Document, "txt", None),
        ("old.txt", b"caf\xe9 on the corner", K::Document, "txt", None),
        ("wide.txt", &wide, K::Document, "txt", None),
        ("a.rtf", b"{\\rtf1", K::Document, "rtf", None),
        ("a.eml", mail, K::Email, "eml", None),
        ("a.txt", b"Subject: a note\nDate: today\n\nnot a mail", K::Document, "txt", None),
        ("a.mp4", b"\0\0\0\x18ftypisom", K::Recording, "mp4", None),
        ("a.mov", b"\0\0\0\x18ftypqt  ", K::Recording, "mov", None),
        ("a.m4a", b"\0\0\0\x18ftypM4A ", K::Recording, "m4a", None),
        ("a.webm", b"\x1a\x45\xdf\xa3xx", K::Recording, "webm", None),
        ("a.mp3", b"ID3\x04xx", K::Recording, "mp3", None),
        ("a.mp3", b"\xff\xfb\x90\x00", K::Recording, "mp3", None),
        ("a.ogg", b"OggS", K::Recording, "ogg", None),
        ("a.wav", b"RIFF\0\0\0\0WAVEfmt ", K::Recording, "wav", None),
        ("shot.png", b"<!doctype html><p>", K::SavedPage, "html", Some(Doubt::NoPicture)),
        ("shot.JPG", b"not a picture", K::Document, "txt", Some(Doubt::NoPicture)),
        ("shot.png", b"MZ\x90\0", K::Other, "bin", Some(Doubt::Program)),
        ("run.sh", b"#!/bin/sh", K::Other, "bin", Some(Doubt::Program)),
        ("run.bat", b"@echo off", K::Document, "txt", Some(Doubt::Program)),
        ("x.dat", b"\x01\x02\x03\0\0\xfe", K::Other, "bin", Some(Doubt::Unknown)),
    ];
    let dir = tempfile::tempdir().expect("a folder");
    for (name, bytes, kind, ending, doubt) in cases {
        let path = dir.path().join(name);
        fs::write(&path, bytes).expect("a file");
        let read = read_file(&path).expect("a file that can be kept");
        assert_eq!((read.file.kind, read.file.ending.as_str(), read.doubt), (kind, ending, doubt), "{name} {bytes:?}");
        assert_eq!(read.file.bytes, bytes);
    }
}

#[track_caller]
fn check_refused(path: &Path, expect: &FileProblem) {
    assert_eq!(read_file(path).err().as_ref(), Some(expect));
    assert!(words().has(expect.key()), "{}", expect.key());
}

#[test]
fn files_that_cannot_be_kept_are_refused_in_words() {
    let dir = tempfile::tempdir().expect("a folder");
    let at = |name: &str| -> PathBuf { dir.path().join(name) };
    check_refused(&at("none.png"), &FileProblem::Missing);
    check_refused(dir.path(), &FileProblem::Folder);
    fs::write(at("empty.png"), b"").expect("a file");
    check_refused(&at("empty.png"), &FileProblem::Empty);
    fs::File::create(at("large.png")).and_then(|f| f.set_len(200 << 20)).expect("a sparse file");
    check_refused(&at("large.png"), &FileProblem::TooLarge { size: 200 });
    fs::write(at("-rf.png"), b"\x89PNG\r\n\x1a\n0").expect("a file");
    assert!(read_file(&at("-rf.png")).is_ok());
}

#[test]
#[cfg(unix)]
fn links_pipes_and_locked_files() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let dir = tempfile::tempdir().expect("a folder");
    let at = |name: &str| -> PathBuf { dir.path().join(name) };
    fs::write(at("a.png"), b"\x89PNG\r\n\x1a\n0").expect("a file");
    symlink("a.png", at("one")).expect("a link");
    symlink("one", at("two")).expect("a link");
    symlink("nowhere", at("broken")).expect("a link");
    assert!(read_file(&at("one")).is_ok());
    check_refused(&at("two"), &FileProblem::Link);
    check_refused(&at("broken"), &FileProblem::Link);
    check_refused(Path::new("/dev/null"), &FileProblem::NotAFile);
    if Command::new("mkfifo").arg(at("pipe")).status().is_ok_and(|s| s.success()) {
        check_refused(&at("pipe"), &FileProblem::NotAFile);
    }
    fs::set_permissions(at("a.png"), fs::Permissions::from_mode(0o000)).expect("a mode");
    // Root may read everything.
    if fs::File::open(at("a.png")).is_err() {
        check_refused(&at("a.png"), &FileProblem::NotAllowed);
    }
}
