//! What happens to a record of abuse when the file is damaged or meddled with: each fault is told, and the rest is still there.

use proptest::prelude::*;
use rusqlite::params;
use tempfile::TempDir;
use unlisted_model::incident::{EntryKind, NewEntry};

use super::incident::{copy_of, file, incident, new, noise};
use super::{amina, ben, cases, folder, killed_copy, unlock, vault_at};
use crate::ChainFault::{
    BeyondEnd, CutOff, EndMended, EndUnknown, FileDamaged, FileMissing, Foreign, Missing, More, NotChained, Unreadable,
};
use crate::{ChainFault, StoreError, Vault};

/// Four entries, the second with two files (one of two pieces), and one of somebody else with files of the same lengths.
fn sample() -> TempDir {
    let dir = folder();
    let vault = vault_at(&dir);
    let files = |seed| vec![file("a", noise(seed, (1 << 20) + 5)), file("b", noise(seed + 1, 10))];
    vault.add_entry(&amina(), &incident("1")).expect("adds");
    vault.add_entry(&amina(), &new(EntryKind::Incident, "2", files(1))).expect("adds");
    vault.add_entry(&amina(), &new(EntryKind::Addition { to: 1 }, "3", files(3))).expect("adds");
    vault.add_entry(&amina(), &incident("4")).expect("adds");
    vault.add_entry(&ben(), &new(EntryKind::Incident, "1", files(5))).expect("adds");
    dir
}

/// Runs SQL on a closed vault, with the first person (Amina) as 1 and Ben as 2.
fn meddled(dir: &TempDir, sql: &str) -> Vault {
    let conn = rusqlite::Connection::open(dir.path().join("vault").join("vault.db")).expect("opens");
    conn.execute_batch(sql).expect("test data");
    drop(conn);
    vault_at(dir)
}

/// The numbers that are left and the faults after some SQL.
fn check(sql: &str, left: &[u32], faults: &[ChainFault]) {
    let vault = meddled(&sample(), sql);
    let chain = vault.entries(&amina(), true).expect("reads");
    let numbers: Vec<u32> = chain.entries.iter().map(|entry| entry.number).collect();
    assert_eq!((numbers.as_slice(), chain.faults.as_slice()), (left, faults), "{sql}");
    assert_eq!(vault.entries(&ben(), false).expect("reads").faults, [], "{sql}: another's is whole");
}

#[test]
fn removed_entries_show() {
    check("", &[1, 2, 3, 4], &[]);
    check("DELETE FROM entry WHERE person = 1 AND number = 1", &[2, 3, 4], &[Missing { number: 1 }]);
    check("DELETE FROM entry WHERE person = 1 AND number IN (2, 3)", &[1, 4], &[Missing { number: 2 }, Missing { number: 3 }]);
    check("DELETE FROM entry WHERE person = 1 AND number >= 3", &[1, 2], &[CutOff { last: 2, written: 4 }]);
    check("DELETE FROM entry WHERE person = 1", &[], &[CutOff { last: 0, written: 4 }]);
    check("DELETE FROM chain WHERE person = 1", &[1, 2, 3, 4], &[EndUnknown]);
    check("UPDATE chain SET body = zeroblob(length(body)) WHERE person = 1", &[1, 2, 3, 4], &[EndUnknown]);
}

/// Somebody who deletes the record deletes its end too.
#[test]
fn a_record_that_is_deleted_whole_shows() {
    let cut = |last| [EndUnknown, CutOff { last, written: 4 }];
    let whole = "DELETE FROM chain WHERE person = 1; DELETE FROM entry WHERE person = 1; DELETE FROM piece WHERE person = 1";
    check(whole, &[], &cut(0));
    check(&format!("{whole}; DELETE FROM kept"), &[], &cut(0));
    check("DELETE FROM chain WHERE person = 1; DELETE FROM entry WHERE person = 1 AND number > 2", &[1, 2], &cut(2));
}

#[test]
fn a_cell_of_another_type_shuts_nothing_but_itself() {
    for value in ["'abc'", "5", "1.5", "x''", "x'ff00'", "zeroblob(100000000)"] {
        check(
            &format!("UPDATE entry SET body = {value} WHERE person = 1 AND number = 3"),
            &[1, 2, 4],
            &[Unreadable { number: 3 }],
        );
        check(&format!("UPDATE chain SET body = {value} WHERE person = 1"), &[1, 2, 3, 4], &[EndUnknown]);
        let piece = format!("UPDATE piece SET body = {value} WHERE person = 1 AND entry = 2 AND file = 1");
        check(&piece, &[1, 2, 3, 4], &[FileDamaged { number: 2, file: 2 }]);
    }
}

#[test]
fn a_table_that_is_gone_shows_and_can_be_added_to() {
    let dir = sample();
    let check = |table: &str, left: usize, faults: &[ChainFault]| {
        let vault = meddled(&killed_copy(&dir), &format!("DROP TABLE {table}"));
        let chain = vault.entries(&amina(), true).expect("reads");
        assert_eq!((chain.entries.len(), chain.faults.as_slice()), (left, faults), "{table}");
        assert_eq!(vault.add_entry(&amina(), &incident("5")).expect("adds").number, 5, "{table}");
    };
    check("chain", 4, &[EndUnknown]);
    check("entry", 0, &[CutOff { last: 0, written: 4 }]);
    let file = |number, file| FileMissing { number, file };
    check("piece", 4, &[file(2, 1), file(2, 2), file(3, 1), file(3, 2)]);
}

#[test]
fn many_faults_are_told_as_a_number() {
    let many = "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 20099)
                INSERT INTO entry SELECT 1, i, x'00' FROM n";
    let chain = meddled(&sample(), many).entries(&amina(), false).expect("reads");
    assert_eq!((chain.entries.len(), chain.faults.len(), chain.fault_count()), (4, 21, 40_000));
    assert_eq!(chain.faults.last(), Some(&More { count: 39_980 }));
    assert_eq!(chain.faults.first(), Some(&Unreadable { number: 100 }));
}

#[test]
fn moved_and_changed_entries_show() {
    let swap = "UPDATE entry SET number = 10 - number WHERE person = 1 AND number IN (2, 3);
                UPDATE entry SET number = 10 - number + (CASE number WHEN 8 THEN 1 ELSE -1 END) WHERE person = 1 AND number > 4";
    check(swap, &[1, 4], &[Unreadable { number: 2 }, Unreadable { number: 3 }]);
    let copied =
        "UPDATE entry SET body = (SELECT body FROM entry WHERE person = 1 AND number = 2) WHERE person = 1 AND number = 3";
    check(copied, &[1, 2, 4], &[Unreadable { number: 3 }]);
    let of_another = "UPDATE entry SET body = (SELECT body FROM entry WHERE person = 2) WHERE person = 1 AND number = 1";
    check(of_another, &[2, 3, 4], &[Unreadable { number: 1 }]);
    let renumbered = "UPDATE entry SET number = 77 WHERE person = 1 AND number = 2";
    check(renumbered, &[1, 3, 4], &[Missing { number: 2 }, Unreadable { number: 77 }, BeyondEnd { number: 77 }]);
    let below = "UPDATE entry SET number = -5 WHERE person = 1 AND number = 4";
    check(below, &[1, 2, 3], &[Foreign, CutOff { last: 3, written: 4 }]);
    let huge = "UPDATE entry SET number = 9223372036854775807 WHERE person = 1 AND number = 4";
    check(huge, &[1, 2, 3], &[Foreign, CutOff { last: 3, written: 4 }]);
    let text = "UPDATE entry SET number = 'four' WHERE person = 1 AND number = 4";
    check(text, &[1, 2, 3], &[Foreign, CutOff { last: 3, written: 4 }]);
    let form = "UPDATE entry SET body = x'01' WHERE person = 1 AND number = 4";
    check(form, &[1, 2, 3], &[Unreadable { number: 4 }]);
}

#[test]
fn damaged_and_exchanged_files_show() {
    let gone = "DELETE FROM piece WHERE person = 1 AND entry = 2 AND file = 0 AND number = 1";
    check(gone, &[1, 2, 3, 4], &[FileMissing { number: 2, file: 1 }]);
    check("DELETE FROM piece WHERE person = 1 AND entry = 3 AND file = 1", &[1, 2, 3, 4], &[FileMissing { number: 3, file: 2 }]);
    let exchanged =
        "UPDATE piece SET entry = 9 WHERE person = 1 AND entry = 2; UPDATE piece SET entry = 2 WHERE person = 1 AND entry = 3;
                     UPDATE piece SET entry = 3 WHERE entry = 9";
    let all = [
        FileDamaged { number: 2, file: 1 },
        FileDamaged { number: 2, file: 2 },
        FileDamaged { number: 3, file: 1 },
        FileDamaged { number: 3, file: 2 },
    ];
    check(exchanged, &[1, 2, 3, 4], &all);
    let reordered = "UPDATE piece SET number = 1 - number + 5 WHERE person = 1 AND entry = 2 AND file = 0;
                     UPDATE piece SET number = number - 5 WHERE number >= 5";
    check(reordered, &[1, 2, 3, 4], &all[..1]);
    let of_another = "UPDATE piece SET body = (SELECT body FROM piece WHERE person = 2 AND file = 1) WHERE person = 1 AND entry = 2 AND file = 1";
    check(of_another, &[1, 2, 3, 4], &all[1..2]);
    let form = "UPDATE piece SET body = 'text' WHERE person = 1 AND entry = 2 AND file = 1";
    check(form, &[1, 2, 3, 4], &all[1..2]);
}

#[test]
fn files_are_only_checked_when_asked() {
    let vault = meddled(&sample(), "DELETE FROM piece");
    assert_eq!(vault.entries(&amina(), false).expect("reads").faults, []);
    assert_eq!(vault.entries(&amina(), true).expect("reads").faults.len(), 4);
}

#[test]
fn a_damaged_file_is_an_error_when_it_is_copied() {
    let dir = sample();
    let cut = "DELETE FROM piece WHERE person = 1 AND entry = 2 AND file = 0 AND number = 1;
               UPDATE piece SET body = zeroblob(length(body)) WHERE person = 1 AND entry = 2 AND file = 1";
    let vault = meddled(&dir, cut);
    assert_eq!(copy_of(&vault, 2, 0), Err(StoreError::EvidenceDamaged));
    assert_eq!(copy_of(&vault, 2, 1), Err(StoreError::EvidenceDamaged));
    assert_eq!(copy_of(&vault, 3, 0), Ok(noise(3, (1 << 20) + 5)));
}

#[test]
fn a_copy_that_cannot_be_written_is_told() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let vault = vault_at(&sample());
    let error = vault.evidence(&amina(), 2, 0, &mut Full);
    assert_eq!(error, Err(StoreError::CopyNotWritten { why: "the-disk-is-full" }));
}

/// An entry or an end from an older copy of the vault opens, because it was once written in that place; the chain tells.
#[test]
fn rows_of_an_older_copy_show() {
    let dir = folder();
    let vault = vault_at(&dir);
    vault.add_entry(&amina(), &incident("1")).expect("adds");
    let older = killed_copy(&dir);
    vault.add_entry(&amina(), &incident("two")).expect("adds");
    drop(vault);
    let end_of = |dir: &TempDir| -> Vec<u8> {
        let vault = vault_at(dir);
        let db = vault.inner().db();
        db.conn().query_row("SELECT body FROM chain", [], |row| row.get(0)).expect("reads")
    };
    let other = killed_copy(&older);
    vault_at(&other).add_entry(&amina(), &incident("another two")).expect("adds");
    let row: Vec<u8> = {
        let vault = vault_at(&other);
        let db = vault.inner().db();
        db.conn().query_row("SELECT body FROM entry WHERE number = 2", [], |row| row.get(0)).expect("reads")
    };
    let faults = |sql: &str, body: &[u8]| {
        let copy = killed_copy(&dir);
        let conn = rusqlite::Connection::open(copy.path().join("vault").join("vault.db")).expect("opens");
        conn.execute(sql, params![body]).expect("test data");
        drop(conn);
        vault_at(&copy).entries(&amina(), true).expect("reads").faults
    };
    assert_eq!(faults("UPDATE entry SET body = ?1 WHERE number = 2", &row), [NotChained { number: 2 }]);
    assert_eq!(faults("UPDATE chain SET body = ?1", &end_of(&older)), [BeyondEnd { number: 2 }]);
}

#[test]
fn with_a_damaged_end_one_can_still_add_and_it_stays_to_be_seen() {
    let check = |sql: &str, number: u32, incident_: u32, faults: &[ChainFault]| {
        let vault = meddled(&sample(), sql);
        let entry = vault.add_entry(&amina(), &incident("new")).expect("adds");
        assert_eq!((entry.number, entry.incident), (number, incident_), "{sql}");
        let more = vault.add_entry(&amina(), &new(EntryKind::Addition { to: incident_ }, "more", vec![])).expect("adds");
        assert_eq!((more.number, more.previous), (number + 1, entry.sha256));
        let chain = vault.entries(&amina(), true).expect("reads");
        assert_eq!(chain.faults, faults, "{sql}");
        assert_eq!(chain.entries.last(), Some(&more));
    };
    check("DELETE FROM chain WHERE person = 1", 5, 4, &[EndMended { number: 4 }]);
    check("UPDATE chain SET body = x'01ff' WHERE person = 1", 5, 4, &[EndMended { number: 4 }]);
    let last_too = "DELETE FROM chain WHERE person = 1; UPDATE entry SET body = x'00' WHERE person = 1 AND number = 4";
    check(last_too, 5, 4, &[Unreadable { number: 4 }, EndMended { number: 4 }]);
    let gone = "DELETE FROM chain WHERE person = 1; DELETE FROM entry WHERE person = 1 AND number > 2";
    // The person's own row knows how many there were.
    check(gone, 5, 4, &[Missing { number: 3 }, Missing { number: 4 }, EndMended { number: 4 }]);
    let all = "DELETE FROM chain WHERE person = 1; DELETE FROM entry WHERE person = 1; DELETE FROM piece WHERE person = 1";
    let missing: Vec<_> = (1..=4).map(|number| Missing { number }).chain([EndMended { number: 4 }]).collect();
    check(all, 5, 4, &missing);
    // What is none of ours and not in the way changes nothing, and is not mended over and over.
    let bogus = "INSERT INTO entry SELECT person, 77, body FROM entry WHERE person = 1 AND number = 1";
    let meddled_ = meddled(&sample(), bogus);
    assert_eq!(meddled_.add_entry(&amina(), &incident("new")).expect("adds").number, 5);
    let faults = meddled_.entries(&amina(), true).expect("reads").faults;
    assert!(!faults.iter().any(|fault| matches!(fault, EndMended { .. })), "{faults:?}");
    // The end too knows how many there were.
    check("DELETE FROM entry WHERE person = 1 AND number = 4", 5, 4, &[Missing { number: 4 }]);
}

#[test]
fn a_full_disk_keeps_nothing_of_an_entry_and_all_before_it() {
    let dir = folder();
    let vault = vault_at(&dir);
    vault.add_entry(&amina(), &new(EntryKind::Incident, "1", vec![file("a", noise(1, 100))])).expect("adds");
    let set = |pages: i64| {
        let db = vault.inner().db();
        db.conn().query_row(&format!("PRAGMA max_page_count = {pages}"), [], |row| row.get::<_, i64>(0)).expect("test data")
    };
    set(set(1) + 300);
    let large = new(EntryKind::Incident, "2", vec![file("b", noise(2, 100)), file("c", noise(3, 3 << 20))]);
    assert_eq!(vault.add_entry(&amina(), &large), Err(StoreError::Full));
    let check = |vault: &Vault, left: usize| {
        let chain = vault.entries(&amina(), true).expect("reads");
        assert_eq!((chain.entries.len(), chain.faults), (left, vec![]));
        let pieces: i64 = vault.inner().db().conn().query_row("SELECT count(*) FROM piece", [], |r| r.get(0)).expect("reads");
        assert!(pieces <= 1 || left == 2, "nothing is left over");
    };
    check(&vault, 1);
    check(&vault_at(&killed_copy(&dir)), 1);
    set(1_000_000);
    assert_eq!(vault.add_entry(&amina(), &large).expect("there is room again").number, 2);
    check(&vault, 2);
}

/// A small vault with two entries and two notes, closed, and all that can be read of it.
fn small() -> (TempDir, String) {
    let dir = folder();
    let vault = vault_at(&dir);
    vault.keep(&amina(), "note", &unlisted_model::Secret::new("value")).expect("keeps");
    vault.add_entry(&amina(), &new(EntryKind::Incident, "1", vec![file("a", noise(1, 100))])).expect("adds");
    let short = NewEntry { account: Default::default(), ..incident("2") };
    vault.add_entry(&amina(), &short).expect("adds");
    drop(vault);
    let contents = contents(&killed_copy(&dir)).expect("reads");
    (dir, contents)
}

/// All that can be read; a fault of any sort is an error.
fn contents(dir: &TempDir) -> Result<String, String> {
    let words = |error: StoreError| error.to_string();
    let vault = Vault::open(&dir.path().join("vault"), unlock(dir)).map_err(words)?;
    let chain = vault.entries(&amina(), true).map_err(words)?;
    if let Some(fault) = chain.faults.first() {
        return Err(format!("{} {:?}", fault.key(), fault.gaps()));
    }
    let raws: Vec<_> = chain.entries.iter().map(|entry| String::from_utf8_lossy(&entry.raw).into_owned()).collect();
    let notes: Vec<_> = vault.kept_all(&amina(), "").map_err(words)?.into_iter().map(|(name, _)| name).collect();
    let one = vault.kept(&amina(), "note").map_err(words)?.is_some();
    let people = vault.subjects().map_err(words)?;
    Ok(format!("{raws:?} {notes:?} {one} {people:?} {:?}", copy_of(&vault, 1, 0).map_err(words)?))
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_flipped_bit_in_a_record_is_told_or_harmless(at in any::<proptest::sample::Index>(), bit in 0..8u8) {
        thread_local! {
            static SMALL: (TempDir, String) = small();
        }
        SMALL.with(|(dir, whole)| {
            let copy = killed_copy(dir);
            let path = copy.path().join("vault").join("vault.db");
            let mut bytes = std::fs::read(&path).expect("reads");
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            std::fs::write(&path, bytes).expect("writes");
            match contents(&copy) {
                Ok(read) => assert_eq!(&read, whole, "byte {at}"),
                Err(error) => assert!(!error.contains("anary"), "{error}"),
            }
        });
    }
}
