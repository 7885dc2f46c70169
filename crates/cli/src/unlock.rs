//! Opens the locked store: by key file, by the computer's keyring, or by a passphrase.

use std::path::PathBuf;

use unlisted_model::Secret;
use unlisted_store::{StoreError, Unlock, Vault};

use crate::args::Common;
use crate::failure::Failure;
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
    paths::ask_if_synced(&dir, "the locked store", yes)?;
    if let Some(file) = &common.key_file {
        return Ok(Vault::open(&dir, Unlock::KeyFile(file.clone()))?);
    }
    match Vault::open(&dir, Unlock::Keyring) {
        Ok(vault) => Ok(vault),
        Err(StoreError::NoKeyring(_) | StoreError::OtherUnlock { made_with: "a passphrase" }) => {
            Ok(Vault::open(&dir, Unlock::Passphrase(passphrase()?))?)
        }
        Err(error) => Err(error.into()),
    }
}

fn passphrase() -> Result<Secret, Failure> {
    if terminal::is_interactive() {
        terminal::say("Passphrase of the locked store (what you type is shown):");
    }
    terminal::line()
        .map(Secret::new)
        .ok_or_else(|| Failure::usage("the locked store needs a key: use --key-file FILE, or give the passphrase on standard input"))
}
