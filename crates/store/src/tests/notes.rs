//! Sealed notes of a person.

use unlisted_model::{Reveal, Secret};

use super::{CANARY, amina, ben, folder, vault_at, who};
use crate::{StoreError, Vault};

fn names(vault: &Vault, prefix: &str) -> Vec<(String, String)> {
    let notes = vault.kept_all(&amina(), prefix).expect("reads");
    notes.into_iter().map(|(name, value)| (name, value.reveal(Reveal::ToCompare).to_owned())).collect()
}

#[test]
fn notes_come_back_by_name() {
    let dir = folder();
    let vault = vault_at(&dir);
    assert_eq!(vault.kept(&amina(), "a"), Ok(None));
    assert_eq!(vault.kept_all(&amina(), ""), Ok(vec![]));
    vault.drop_kept(&amina(), "a").expect("nobody is there");
    assert_eq!(vault.subjects(), Ok(vec![]));
    for (name, value) in [("prepare/b", "old"), ("prepare/a", CANARY), ("draft", "x"), ("prepare/b", "new"), ("", "none")] {
        vault.keep(&amina(), name, &Secret::new(value)).expect("keeps");
    }
    vault.keep(&ben(), "prepare/c", &Secret::new("of another")).expect("keeps");
    drop(vault);
    let vault = vault_at(&dir);
    assert_eq!(vault.kept(&amina(), "prepare/b"), Ok(Some(Secret::new("new"))));
    assert_eq!(vault.kept(&amina(), "prepare/c"), Ok(None));
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(names(&vault, "prepare/"), [pair("prepare/a", CANARY), pair("prepare/b", "new")]);
    assert_eq!(names(&vault, "").len(), 4);
    vault.drop_kept(&amina(), "prepare/a").expect("deletes");
    vault.drop_kept(&amina(), "prepare/a").expect("twice is no fault");
    assert_eq!(names(&vault, "prepare/"), [pair("prepare/b", "new")]);
    assert_eq!(vault.kept(&who("nobody"), "draft"), Ok(None));
    assert_eq!(vault.subjects(), Ok(vec![amina(), ben()]));
}

#[test]
fn notes_have_bounds() {
    let vault = Vault::ephemeral().expect("opens");
    let long = Secret::new("x".repeat(4 << 20));
    vault.keep(&amina(), &"n".repeat(1024), &long).expect("just within");
    let longer = Secret::new("x".repeat((4 << 20) + 1));
    assert_eq!(vault.keep(&amina(), "n", &longer), Err(StoreError::TooLong { limit: 4096 }));
    assert_eq!(vault.keep(&amina(), &"n".repeat(1025), &long), Err(StoreError::TooLong { limit: 1 }));
    assert_eq!(vault.kept_all(&amina(), "").expect("reads").len(), 1);
}
