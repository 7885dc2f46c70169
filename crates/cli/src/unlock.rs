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

/// Opens the store, or makes a new one.
pub(crate) fn vault(common: &Common, yes: bool) -> Result<Vault, Failure> {
    let dir = folder(common)?;
    paths::ask_if_synced(&dir, &t("unlock.what", &[]), yes)?;
    if let Some(file) = &common.key_file {
        return Ok(Vault::open(&dir, Unlock::KeyFile(file.clone()))?);
    }
    let is_new = std::fs::read_dir(&dir).map_or(true, |mut entries| entries.next().is_none());
    match Vault::open(&dir, Unlock::Keyring) {
        Ok(vault) => Ok(vault),
        Err(StoreError::NoKeyring(_) | StoreError::OtherUnlock { made_with: "a-passphrase" }) => {
            Ok(Vault::open(&dir, Unlock::Passphrase(passphrase(is_new)?))?)
        }
        Err(error) => Err(error.into()),
    }
}

/// Asked for without showing it at a terminal, else the first line of standard input. A new store's is asked for twice.
fn passphrase(new: bool) -> Result<Secret, Failure> {
    let none = || Failure::usage(t("unlock.no_key", &[]));
    if !terminal::is_interactive() {
        return terminal::line().map(Secret::new).ok_or_else(none);
    }
    let ask = |key: &str| rpassword::prompt_password(format!("{} ", t(key, &[]))).map(Secret::new).map_err(|_| none());
    let first = ask("unlock.passphrase")?;
    if new && ask("unlock.passphrase_again")? != first {
        return Err(Failure::usage(t("unlock.not_same", &[])));
    }
    Ok(first)
}
