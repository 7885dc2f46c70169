//! The record of abuse: what is kept comes back, in order, and nothing of it is seen from outside.

use proptest::prelude::*;
use sha2::{Digest, Sha256};
use unlisted_model::Secret;
use unlisted_model::incident::{Account, Clock, Entry, EntryKind, Evidence, EvidenceKind, NewEntry, NewFile, Reported};

use super::{CANARY, amina, at, ben, bytes, cases, folder, holds, new_run, vault_at, who};
use crate::records::incident;
use crate::{Chain, Forgotten, Purged, StoreError, Vault};

/// An account in which every text is a canary.
pub(super) fn account(what: &str) -> Account {
    let secret = |field: &str| Some(Secret::new(format!("{field} {what} {CANARY}")));
    Account {
        what: secret("what"),
        on: Some("2026-11-20".parse().expect("test data")),
        at: Some("23:59:00".parse().expect("test data")),
        seen_on: Some("2026-11-21".parse().expect("test data")),
        place: secret("place"),
        page: Some(Secret::new(format!("https://social.canary.example/post?{what}"))),
        account: secret("account"),
        profile: secret("profile"),
        words: Some(Secret::new(format!("„we know\r\nwhere\" you live, {CANARY} \u{1f5e1}\\"))),
        witness: secret("witness"),
        effect: secret("effect"),
        repeated: Some(true),
        violence: Some(false),
        fixated: Some(true),
        new_private: None,
        reported: vec![Reported {
            to: Secret::new(format!("police {CANARY}")),
            reference: Some(Secret::new("CANARY/26/0001")),
            on: Some("2026-11-22".parse().expect("test data")),
            chase: None,
        }],
    }
}

pub(super) fn file(name: &str, bytes: Vec<u8>) -> NewFile {
    NewFile { name: Secret::new(name), kind: EvidenceKind::Picture, ending: "png".into(), bytes }
}

/// Bytes that look like no others.
pub(super) fn noise(seed: u8, length: usize) -> Vec<u8> {
    let mut block: [u8; 32] = Sha256::digest([seed]).into();
    let mut bytes = Vec::with_capacity(length + 32);
    while bytes.len() < length {
        bytes.extend_from_slice(&block);
        block = Sha256::digest(block).into();
    }
    bytes.truncate(length);
    bytes
}

pub(super) fn new(kind: EntryKind, what: &str, files: Vec<NewFile>) -> NewEntry {
    let clock = Clock { now: at(7), local_offset: Some(3600), off_by: Some(-120) };
    NewEntry { kind, clock, account: account(what), files }
}

pub(super) fn incident(what: &str) -> NewEntry {
    new(EntryKind::Incident, what, vec![])
}

pub(super) fn copy_of(vault: &Vault, entry: u32, index: usize) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::new();
    vault.evidence(&amina(), entry, index, &mut bytes).map(|()| bytes)
}

#[test]
fn entries_and_files_come_back_in_a_chain() {
    let dir = folder();
    let vault = vault_at(&dir);
    assert_eq!(vault.entries(&amina(), true), Ok(Chain::default()));
    let shot = noise(1, 100_000);
    let first = new(EntryKind::Incident, "first", vec![file("shot.png", shot.clone()), file("empty", vec![])]);
    let export = EntryKind::Export { audience: "police".into(), sums: [7; 32] };
    let news = [
        first,
        incident("second"),
        new(EntryKind::Addition { to: 1 }, "more", vec![]),
        NewEntry { account: Account::default(), ..new(export, "", vec![]) },
        incident("third"),
    ];
    let told: Vec<Entry> = news.iter().map(|new| vault.add_entry(&amina(), new).expect("adds")).collect();
    vault.add_entry(&ben(), &incident("of another")).expect("adds");
    drop(vault);
    let vault = vault_at(&dir);
    let chain = vault.entries(&amina(), true).expect("reads");
    assert_eq!(chain, Chain { entries: told, faults: vec![] });
    let numbers: Vec<_> = chain.entries.iter().map(|entry| (entry.number, entry.incident)).collect();
    assert_eq!(numbers, [(1, 1), (2, 2), (3, 1), (4, 0), (5, 3)]);
    let mut previous = [0; 32];
    for (entry, new) in chain.entries.iter().zip(&news) {
        assert_eq!((&entry.kind, entry.clock, &entry.account), (&new.kind, new.clock, &new.account));
        assert_eq!(entry.previous, previous);
        assert_eq!(entry.sha256, <[u8; 32]>::from(Sha256::digest(&entry.raw)));
        previous = entry.sha256;
    }
    let files = &chain.entries[0].files;
    assert_eq!((files[0].length, files[0].sha256), (100_000, Sha256::digest(&shot).into()));
    assert_eq!(copy_of(&vault, 1, 0), Ok(shot));
    assert_eq!(copy_of(&vault, 1, 1), Ok(vec![]));
    for (entry, index) in [(1, 2), (2, 0), (9, 0), (0, 0)] {
        assert_eq!(copy_of(&vault, entry, index), Err(StoreError::NoSuchEvidence));
    }
    assert_eq!(vault.evidence(&who("nobody"), 1, 0, &mut Vec::new()), Err(StoreError::NoSuchEvidence));
    assert_eq!(vault.entries(&ben(), true).expect("reads").entries[0].number, 1);
}

#[test]
fn the_written_form_is_fixed() {
    let vault = Vault::ephemeral().expect("opens");
    let mut told = new(EntryKind::Incident, "x", vec![file("a \"b\".png", b"abc".to_vec())]);
    told.account = Account {
        what: Some(Secret::new("A post")),
        on: Some("2026-11-20".parse().expect("test data")),
        at: Some("21:05:00".parse().expect("test data")),
        violence: Some(true),
        ..Account::default()
    };
    let entry = vault.add_entry(&amina(), &told).expect("adds");
    let expected = r#"{
  "schema": "unlisted/incident/v1",
  "number": 1,
  "incident": 1,
  "kind": "incident",
  "recorded": "2026-11-18T11:06:47Z",
  "local_offset": 3600,
  "clock_off_by": -120,
  "previous": "0000000000000000000000000000000000000000000000000000000000000000",
  "account": {
    "what": "A post",
    "on": "2026-11-20",
    "at": "21:05:00",
    "violence": true
  },
  "files": [
    {
      "name": "a \"b\".png",
      "kind": "picture",
      "ending": "png",
      "length": 3,
      "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    }
  ]
}
"#;
    assert_eq!(String::from_utf8(entry.raw).expect("text"), expected);
    // A zone that is not known is left out.
    told.clock.local_offset = None;
    let entry = vault.add_entry(&ben(), &told).expect("adds");
    let expected = expected.replace("  \"local_offset\": 3600,\n", "");
    assert_eq!(String::from_utf8(entry.raw).expect("text"), expected);
    assert_eq!(vault.entries(&ben(), false).expect("reads").entries[0].clock, told.clock);
}

#[test]
fn files_of_every_length_come_back() {
    let vault = Vault::ephemeral().expect("opens");
    let lengths = [0, 1, 65_535, 65_536, 65_537, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20, (3 << 20) + 12_345];
    let files: Vec<_> = lengths.iter().map(|&length| file("f", noise(3, length))).collect();
    vault.add_entry(&amina(), &new(EntryKind::Incident, "x", files)).expect("adds");
    for (index, length) in lengths.into_iter().enumerate() {
        assert_eq!(copy_of(&vault, 1, index), Ok(noise(3, length)), "{length}");
    }
    assert_eq!(vault.entries(&amina(), true).expect("reads").faults, []);
    let db = vault.inner().db();
    let mut select = db.conn().prepare("SELECT DISTINCT length(body) FROM piece").expect("reads");
    let sizes: Vec<i64> = select.query_map([], |row| row.get(0)).expect("reads").map(|n| n.expect("reads")).collect();
    assert!(sizes.iter().all(|size| [1 << 16, 1 << 17, 1 << 20].contains(&(size - 45))), "they tell little: {sizes:?}");
}

#[test]
fn what_is_out_of_bounds_is_refused_whole() {
    let vault = Vault::ephemeral().expect("opens");
    let check = |new: &NewEntry, error: StoreError| {
        assert_eq!(vault.add_entry(&amina(), new), Err(error));
        assert_eq!(vault.entries(&amina(), true), Ok(Chain::default()));
    };
    let text = |length: usize| Account { words: Some(Secret::new("x".repeat(length))), ..Account::default() };
    check(&NewEntry { account: text((64 << 10) + 1), ..incident("x") }, StoreError::TooLong { limit: 64 });
    let report = Reported { to: Secret::new("y".repeat(65_537)), reference: None, on: None, chase: None };
    let reports = |n: usize, r: &Reported| Account { reported: vec![r.clone(); n], ..Account::default() };
    check(&NewEntry { account: reports(1, &report), ..incident("x") }, StoreError::TooLong { limit: 64 });
    let short = Reported { to: Secret::new("y"), ..report };
    check(&NewEntry { account: reports(51, &short), ..incident("x") }, StoreError::TooManyReports { limit: 50 });
    let named = file(&"n".repeat(65_537), vec![]);
    check(&new(EntryKind::Incident, "x", vec![named]), StoreError::TooLong { limit: 64 });
    check(&new(EntryKind::Incident, "x", vec![file("f", vec![]); 21]), StoreError::TooManyFiles { limit: 20 });
    let large = vec![file("f", vec![0; (100 << 20) + 1])];
    check(&new(EntryKind::Incident, "x", large), StoreError::FileTooLarge { limit: 100 });
    let together = vec![file("f", vec![0; 70 << 20]), file("f", vec![0; 70 << 20]), file("f", vec![0; 70 << 20])];
    check(&new(EntryKind::Incident, "x", together), StoreError::EntryTooLarge { limit: 200 });
    for to in [0, 1, 2, u32::MAX] {
        check(&new(EntryKind::Addition { to }, "x", vec![]), StoreError::UnknownIncident(to));
    }
    assert_eq!(vault.subjects(), Ok(vec![]), "nobody was made either");
    let most = NewEntry { account: text(64 << 10), ..new(EntryKind::Incident, "x", vec![file("f", vec![1]); 20]) };
    vault.add_entry(&amina(), &most).expect("just within");
    assert_eq!(vault.add_entry(&amina(), &new(EntryKind::Addition { to: 2 }, "x", vec![])), Err(StoreError::UnknownIncident(2)));
    assert_eq!(vault.entries(&amina(), true).expect("reads").entries.len(), 1);
}

#[test]
fn nothing_of_it_can_be_seen_in_the_files() {
    let dir = folder();
    let vault = vault_at(&dir);
    let told = new(EntryKind::Incident, "seen", vec![file("canary-name.png", CANARY.repeat(1000).into())]);
    let entry = vault.add_entry(&amina(), &told).expect("adds");
    vault.keep(&amina(), "canary-note", &Secret::new(CANARY)).expect("keeps");
    let check = || {
        let bytes = bytes(&dir);
        for word in ["anary", "castle", "incident/v1", "picture", "https", "2026-11", "police"] {
            assert!(!holds(&bytes, word.as_bytes()), "{word} can be seen");
        }
        for sum in [entry.sha256, entry.files[0].sha256] {
            assert!(!holds(&bytes, &sum) && !holds(&bytes, crate::keys::hex(&sum).as_bytes()), "a sum can be seen");
        }
        assert!(holds(&bytes, b"CREATE TABLE piece"), "the search sees what is there");
    };
    check();
    let shown = format!("{:?} {:?} {told:?}", entry, vault.entries(&amina(), true));
    assert!(!shown.contains("anary") && !shown.contains("social"), "{shown}");
    drop(vault);
    check();
}

#[test]
fn only_forgetting_deletes_it() {
    let dir = folder();
    let vault = vault_at(&dir);
    vault.add_entry(&amina(), &new(EntryKind::Incident, "x", vec![file("f", noise(1, 70_000))])).expect("adds");
    vault.add_entry(&amina(), &incident("y")).expect("adds");
    vault.keep(&amina(), "a", &Secret::new("b")).expect("keeps");
    vault.add_entry(&ben(), &incident("z")).expect("adds");
    vault.keep(&ben(), "a", &Secret::new("c")).expect("keeps");
    assert_eq!(vault.subjects(), Ok(vec![amina(), ben()]), "known by their record alone");
    vault.begin_run(new_run(&[amina()])).and_then(|run| run.finish(at(1))).expect("ends");
    assert_eq!(vault.purge(at(100_000_000)), Ok(Purged { runs: 1 }));
    assert_eq!(vault.entries(&amina(), true).expect("reads").entries.len(), 2);
    let sealed: Vec<Vec<u8>> = {
        let db = vault.inner().db();
        let sql = "SELECT body FROM entry UNION ALL SELECT body FROM piece UNION ALL SELECT body FROM chain UNION ALL SELECT body FROM kept";
        let mut select = db.conn().prepare(sql).expect("reads");
        select.query_map([], |row| row.get(0)).expect("reads").map(|row| row.expect("reads")).collect()
    };
    let seen = bytes(&dir);
    assert!(sealed.iter().all(|blob| holds(&seen, &blob[..40])), "the search sees what is there");
    let done = vault.forget(&amina()).expect("forgets");
    assert_eq!(done, Forgotten { entries: 2, notes: 1, old_copies_still_open: true, ..Forgotten::default() });
    let left = bytes(&dir);
    assert_eq!(sealed.iter().filter(|blob| holds(&left, &blob[..40])).count(), 3, "what is left is Ben's");
    assert_eq!(vault.entries(&amina(), true), Ok(Chain::default()));
    assert_eq!(vault.kept(&amina(), "a"), Ok(None));
    assert_eq!(vault.entries(&ben(), true).expect("reads").entries.len(), 1);
    assert_eq!(vault.kept_all(&ben(), "").expect("reads").len(), 1);
    assert_eq!(vault.add_entry(&amina(), &incident("anew")).expect("adds").number, 1);
}

fn text() -> impl Strategy<Value = Secret> {
    any::<String>().prop_map(Secret::new)
}

fn date() -> impl Strategy<Value = jiff::civil::Date> {
    (1i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| jiff::civil::date(y, m, d))
}

fn told() -> impl Strategy<Value = Account> {
    let words = proptest::collection::vec(proptest::option::of(text()), 8);
    let days = proptest::collection::vec(proptest::option::of(date()), 2);
    let flags = proptest::collection::vec(any::<Option<bool>>(), 4);
    let time = proptest::option::of((0i8..24, 0i8..60, 0i8..60, 0i32..1_000_000_000));
    let report = (text(), proptest::option::of(text()), proptest::option::of(date()), proptest::option::of(date()))
        .prop_map(|(to, reference, on, chase)| Reported { to, reference, on, chase });
    (words, days, flags, time, proptest::collection::vec(report, 0..3)).prop_map(|(w, d, f, t, reported)| Account {
        what: w[0].clone(),
        on: d[0],
        at: t.map(|(h, m, s, n)| jiff::civil::time(h, m, s, n)),
        seen_on: d[1],
        place: w[1].clone(),
        page: w[2].clone(),
        account: w[3].clone(),
        profile: w[4].clone(),
        words: w[5].clone(),
        witness: w[6].clone(),
        effect: w[7].clone(),
        repeated: f[0],
        violence: f[1],
        fixated: f[2],
        new_private: f[3],
        reported,
    })
}

fn entry() -> impl Strategy<Value = Entry> {
    let kind = prop_oneof![
        Just(EntryKind::Incident),
        Just(EntryKind::Addition { to: 0 }),
        (any::<String>(), any::<[u8; 32]>()).prop_map(|(audience, sums)| EntryKind::Export { audience, sums }),
    ];
    let clock = (any::<i32>(), any::<Option<i32>>(), any::<Option<i64>>()).prop_map(|(s, local_offset, off_by)| Clock {
        now: jiff::Timestamp::new(i64::from(s), s.unsigned_abs().cast_signed() % 1_000_000_000 * s.signum()).expect("test data"),
        local_offset,
        off_by,
    });
    let kept = (text(), 0..EvidenceKind::ALL.len(), any::<String>(), any::<u64>(), any::<[u8; 32]>()).prop_map(
        |(name, kind, ending, length, sha256)| Evidence { name, kind: EvidenceKind::ALL[kind], ending, length, sha256 },
    );
    (any::<u32>(), any::<u32>(), kind, clock, told(), proptest::collection::vec(kept, 0..3), any::<[u8; 32]>()).prop_map(
        |(number, incident, kind, clock, account, files, previous)| {
            let kind = if matches!(kind, EntryKind::Addition { .. }) { EntryKind::Addition { to: incident } } else { kind };
            Entry { number, incident, kind, clock, account, files, previous, raw: vec![], sha256: [0; 32] }
        },
    )
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn what_is_written_down_is_read_back(entry in entry()) {
        let raw = incident::write(&entry).expect("writes");
        let text = std::str::from_utf8(&raw).expect("text");
        let is_lines = text.lines().last() == Some("}") && text.ends_with('\n') && !text.contains('\r');
        prop_assert!(is_lines);
        let read = incident::read(raw.clone(), [0; 32]).expect("reads");
        prop_assert_eq!(&read, &Entry { raw: raw.clone(), ..entry });
        prop_assert_eq!(incident::write(&read), Ok(raw));
    }
}

#[test]
fn what_cannot_be_seen_is_written_as_a_number() {
    let vault = Vault::ephemeral().expect("opens");
    let text = "a\u{7f}\u{9b}\u{202e}\u{2066}\u{200f}b \u{1f5e1} é";
    let told = NewEntry { account: Account { what: Some(Secret::new(text)), ..Account::default() }, ..incident("x") };
    let entry = vault.add_entry(&amina(), &told).expect("adds");
    let raw = std::str::from_utf8(&entry.raw).expect("text");
    assert!(
        raw.contains(r#""a\u007f\u009b\u202e\u2066\u200fb \u{1f5e1} é""#.replace("\\u{1f5e1}", "\u{1f5e1}").as_str()),
        "{raw}"
    );
    assert_eq!(vault.entries(&amina(), false).expect("reads").entries[0].account, told.account);
    // Entries that were written down before hold them as they are, and are read all the same.
    let before = raw.replace("\\u202e", "\u{202e}");
    assert_ne!(before, raw);
    assert_eq!(incident::read(before.into_bytes(), [0; 32]).expect("reads").account, told.account);
}

#[test]
fn another_form_is_not_guessed_at() {
    let vault = Vault::ephemeral().expect("opens");
    let raw = vault.add_entry(&amina(), &incident("x")).expect("adds").raw;
    let whole = String::from_utf8(raw).expect("text");
    let check = |from: &str, to: &str| {
        assert!(whole.contains(from));
        assert!(incident::read(whole.replacen(from, to, 1).into(), [0; 32]).is_err(), "{to}");
    };
    check("incident/v1", "incident/v2");
    check("\"kind\": \"incident\"", "\"kind\": \"other\"");
    check("\"kind\": \"incident\"", "\"kind\": \"export\"");
    check("\"number\"", "\"new\": 1, \"number\"");
    check("000000", "00000");
    check("000000", "00000G");
}
