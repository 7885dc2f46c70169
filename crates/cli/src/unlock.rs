//! Opens the locked store: by key file, by the computer's keyring, or by a passphrase.

use std::path::PathBuf;

use unlisted_model::Secret;
use unlisted_store::{StoreError, Unlock, Vault};

use crate::args::Common;
use crate::failure::Failure;
use crate::words::t;
use crate::{paths, terminal};

/// The folder of the store.
pub(crate) fn folder(common: &Common) -> Result<PathBuf, Failure> {
    match &common.vault {
        Some(dir) => Ok(dir.clone()),
        None => Ok(paths::data()?.join("vault")),
    }
}

/// Opens the store, or makes a new one. Whoever makes one is told first what it is.
pub(crate) fn vault(common: &Common, yes: bool) -> Result<Vault, Failure> {
    let dir = folder(common)?;
    paths::ask_if_synced(&dir, &t("unlock.what", &[]), yes)?;
    if let Some(file) = &common.key_file {
        return Ok(Vault::open(&dir, Unlock::KeyFile(file.clone()))?);
    }
    let dir = dir.as_path();
    let open = |passphrase: Secret| Ok(Vault::open(dir, Unlock::Passphrase(passphrase))?);
    match Vault::open(dir, Unlock::Keyring) {
        Ok(vault) => Ok(vault),
        Err(StoreError::OtherUnlock { made_with: "a-passphrase" }) => {
            if !terminal::is_interactive() {
                return open(first_line()?);
            }
            terminal::say(&t("unlock.passphrase", &[]));
            with_tries(hidden, |key| terminal::say(&t(key, &[])), |passphrase| Vault::open(dir, Unlock::Passphrase(passphrase)))
        }
        // Files may lie there already: what counts is whether there is a key yet.
        Err(StoreError::NoKeyring(_)) if !Vault::is_made(dir)? => {
            if !terminal::is_interactive() {
                return open(first_line()?);
            }
            terminal::say("\n");
            terminal::say(&t("unlock.new", &[]));
            open(chosen(hidden, |key| terminal::say(&t(key, &[])))?)
        }
        Err(error) => Err(error.into()),
    }
}

/// How often a passphrase is asked for.
const TRIES: usize = 3;

fn no_key() -> Failure {
    Failure::usage(t("unlock.no_key", &[]))
}

/// The first line of standard input, when nobody sits there.
fn first_line() -> Result<Secret, Failure> {
    crate::input::line().map(Secret::new).ok_or_else(no_key)
}

/// One line that is not shown while it is typed.
fn hidden() -> Result<Secret, Failure> {
    rpassword::prompt_password("> ").map(Secret::new).map_err(|_| no_key())
}

/// A new passphrase. It is always asked for twice: a slip in it would lock the person out for good.
fn chosen(mut ask: impl FnMut() -> Result<Secret, Failure>, mut say: impl FnMut(&str)) -> Result<Secret, Failure> {
    for _ in 0..TRIES {
        say("unlock.choose");
        let first = ask()?;
        if first.is_blank() {
            say("unlock.choose_empty");
            continue;
        }
        say("unlock.passphrase_again");
        if ask()? == first {
            return Ok(first);
        }
        say("unlock.not_same");
    }
    Err(Failure::usage(t("unlock.not_made", &[])))
}

/// The passphrase of a vault that is there; a slip is no reason to begin again.
fn with_tries(
    mut ask: impl FnMut() -> Result<Secret, Failure>,
    mut say: impl FnMut(&str),
    mut open: impl FnMut(Secret) -> Result<Vault, StoreError>,
) -> Result<Vault, Failure> {
    for _ in 1..TRIES {
        match open(ask()?) {
            Err(StoreError::WrongKey | StoreError::EmptyPassphrase) => say("unlock.wrong_again"),
            done => return Ok(done?),
        }
    }
    Ok(open(ask()?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Types these lines; returns what was chosen and how often something was asked.
    fn check(typed: &[&str], expect: Option<&str>, said: &[&str]) {
        let mut lines = typed.iter();
        let mut heard = vec![];
        let got = chosen(|| lines.next().map(|l| Secret::new(*l)).ok_or_else(no_key), |key| heard.push(key.to_owned()));
        assert_eq!(got.ok(), expect.map(Secret::new), "{typed:?}");
        assert_eq!(lines.len(), 0, "{typed:?}");
        heard.retain(|key| !matches!(key.as_str(), "unlock.choose" | "unlock.passphrase_again"));
        assert_eq!(heard, said, "{typed:?}");
    }

    #[test]
    fn a_new_passphrase_counts_when_it_was_typed_twice() {
        check(&["a b c", "a b c"], Some("a b c"), &[]);
        check(&["a b c", "a b d", "a b c", "a b c"], Some("a b c"), &["unlock.not_same"]);
        check(&["", "a", "a"], Some("a"), &["unlock.choose_empty"]);
        check(&["a", "b", "a", "b", "a", "b"], None, &["unlock.not_same"; 3]);
        check(&["a"], None, &[]);
    }

    #[test]
    fn a_wrong_passphrase_is_asked_for_again() {
        let dir = tempfile::tempdir().expect("a folder");
        let open = |words: Secret| Vault::open(dir.path(), Unlock::Passphrase(words));
        drop(open(Secret::new("right")).expect("made"));
        for (typed, good, expect) in [(&["wrong", "", "right"][..], true, 2), (&["wrong", "wrong", "wrong"], false, 2)] {
            let (mut lines, mut said) = (typed.iter(), 0);
            let got = with_tries(|| lines.next().map(|l| Secret::new(*l)).ok_or_else(no_key), |_| said += 1, open);
            assert_eq!((got.is_ok(), said), (good, expect), "{typed:?}");
        }
    }
}
