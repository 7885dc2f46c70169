//! A vault of format 1 becomes one of format 2, whole or not at all.

use tempfile::TempDir;
use unlisted_model::{Reveal, Secret};

use super::incident::incident;
use super::{CANARY, amina, at, folder, killed_copy, new_run, outcome, unlock, vault_at};
use crate::{StoreError, Unlock, Vault, schema};

/// A vault as the first version made it: its tables and its number, with a person and a run in it.
fn of_format_1() -> TempDir {
    let dir = folder();
    let vault = vault_at(&dir);
    vault.keep_subject(&amina(), &Secret::new(CANARY)).expect("keeps");
    let run = vault.begin_run(new_run(&[amina()])).expect("begins");
    run.record(outcome("1", &[amina()])).expect("records");
    run.finish(at(1)).expect("finishes");
    drop((run, vault));
    let conn = rusqlite::Connection::open(database(&dir)).expect("opens");
    for table in schema::BY_PERSON {
        conn.execute_batch(&format!("DROP TABLE {table}")).expect("test data");
    }
    conn.execute_batch("PRAGMA user_version = 1").expect("test data");
    // What format 1 consists of, word for word.
    let mut select = conn.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid").expect("reads");
    let tables: Vec<String> = select.query_map([], |row| row.get(0)).expect("reads").map(|t| t.expect("reads")).collect();
    let sum: [u8; 32] = sha2::Digest::finalize(<sha2::Sha256 as sha2::Digest>::new_with_prefix(tables.join("\n"))).into();
    assert_eq!((tables.len(), crate::keys::hex(&sum).as_str()), (13, FORMAT_1), "the first format must not change");
    drop(select);
    dir
}

/// SHA-256, made from the first version's source, of the tables of format 1 as SQLite keeps them.
const FORMAT_1: &str = "385a4a955f9d4d56695034ec2ff5649d42a5e879744407f02ae706564e6a6d40";

fn database(dir: &TempDir) -> std::path::PathBuf {
    dir.path().join("vault").join("vault.db")
}

fn version(dir: &TempDir) -> i64 {
    let conn = rusqlite::Connection::open(database(dir)).expect("opens");
    conn.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("reads")
}

fn check_whole(vault: &Vault) {
    let file = vault.subject_file(&amina()).expect("reads").expect("is there");
    assert_eq!(file.reveal(Reveal::ToCompare), CANARY);
    let run = vault.last_run(&amina()).expect("reads").expect("is there");
    assert_eq!(run.outcomes(), Ok(vec![outcome("1", &[amina()])]));
}

#[test]
fn an_old_vault_is_brought_up_and_keeps_everything() {
    let dir = of_format_1();
    let vault = vault_at(&dir);
    check_whole(&vault);
    assert_eq!(vault.entries(&amina(), true), Ok(crate::Chain::default()));
    vault.add_entry(&amina(), &incident("1")).expect("adds");
    vault.keep(&amina(), "a", &Secret::new("b")).expect("keeps");
    drop(vault);
    assert_eq!(version(&dir), 2);
    let vault = vault_at(&dir);
    check_whole(&vault);
    assert_eq!(vault.entries(&amina(), true).expect("reads").entries.len(), 1);
}

#[test]
fn with_a_wrong_key_it_stays_as_it_was() {
    let dir = of_format_1();
    let before = std::fs::read(database(&dir)).expect("reads");
    let other = folder();
    drop(vault_at(&other));
    let wrong = Vault::open(&dir.path().join("vault"), unlock(&other));
    assert_eq!(wrong.err(), Some(StoreError::WrongKey));
    let wrong = Vault::open(&dir.path().join("vault"), Unlock::Passphrase(Secret::new("x")));
    assert_eq!(wrong.err(), Some(StoreError::OtherUnlock { made_with: "a-key-file" }));
    assert_eq!(std::fs::read(database(&dir)).expect("reads"), before);
    check_whole(&vault_at(&dir));
}

/// What a process leaves that is killed while it brings a vault up, before its commit.
#[test]
fn half_way_it_is_still_the_old_one() {
    let dir = of_format_1();
    let (mut conn, found) = schema::open(&database(&dir)).expect("opens");
    assert_eq!(found, schema::Found::Older);
    schema::settle(&conn).expect("settles");
    // So small a cache that what is not yet committed already stands in the log.
    conn.execute_batch("PRAGMA cache_size = 1; PRAGMA cache_spill = 1").expect("test data");
    let tx = conn.transaction().expect("begins");
    schema::migrate(&tx).expect("writes");
    let killed = killed_copy(&dir);
    assert_eq!(version(&killed), 1);
    check_whole(&vault_at(&killed));
    assert_eq!(version(&killed), 2, "and it was brought up then");
    tx.commit().expect("commits");
    check_whole(&vault_at(&killed_copy(&dir)));
}
