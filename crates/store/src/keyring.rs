//! Keys in the keyring of this computer: Secret Service, Keychain or Credential Manager, through `keyring-core`.

use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroizing;

use crate::error::{Result, StoreError};
use crate::keys::Key;

const SERVICE: &str = "unlisted";

/// One keyring.
#[derive(Clone)]
pub(crate) struct Keyring {
    store: Arc<CredentialStore>,
}

impl Keyring {
    /// The keyring of this account on this computer.
    pub(crate) fn of_this_computer() -> Result<Self> {
        os_store().map(Self::new)
    }

    /// A given store.
    pub(crate) fn new(store: Arc<CredentialStore>) -> Self {
        Self { store }
    }

    /// The key kept under a name.
    pub(crate) fn get(&self, name: &str) -> Result<Option<Key>> {
        match self.entry(name)?.get_secret().map(Zeroizing::new) {
            Ok(bytes) => Key::from_slice(&bytes).map(Some).ok_or(StoreError::KeyringLost),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(fault(&error)),
        }
    }

    /// Keeps a key under a name and reads it back, because a keyring that forgets would lose the vault.
    pub(crate) fn set(&self, name: &str, key: &Key) -> Result<()> {
        self.entry(name)?.set_secret(key.bytes()).map_err(|e| fault(&e))?;
        match self.get(name)? {
            Some(kept) if kept.bytes() == key.bytes() => Ok(()),
            _ => Err(StoreError::NoKeyring("it-did-not-keep-a-key")),
        }
    }

    /// Destroys the key under a name; none there is as good.
    pub(crate) fn delete(&self, name: &str) -> Result<()> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(fault(&error)),
        }
    }

    fn entry(&self, name: &str) -> Result<Entry> {
        Entry::new_in_store(&self.store, SERVICE, name).map_err(|e| fault(&e))
    }
}

/// As a word; a keyring's own text may hold what was asked of it.
fn fault(error: &Error) -> StoreError {
    StoreError::NoKeyring(match error {
        Error::NoStorageAccess(_) => "it-is-locked",
        Error::Ambiguous(_) => "it-holds-two-keys",
        Error::NotSupportedByStore(_) | Error::TooLong(..) | Error::Invalid(..) => "it-cannot-keep-such-a-key",
        _ => "it-reported-a-fault",
    })
}

#[cfg(target_os = "linux")]
fn os_store() -> Result<Arc<CredentialStore>> {
    let store = zbus_secret_service_keyring_store::Store::new();
    store.map(|s| s as Arc<CredentialStore>).map_err(|_| StoreError::NoKeyring("no-service-on-the-session-bus"))
}

#[cfg(target_os = "macos")]
fn os_store() -> Result<Arc<CredentialStore>> {
    let store = apple_native_keyring_store::keychain::Store::new();
    store.map(|s| s as Arc<CredentialStore>).map_err(|_| StoreError::NoKeyring("it-cannot-be-used"))
}

#[cfg(windows)]
fn os_store() -> Result<Arc<CredentialStore>> {
    let store = windows_native_keyring_store::Store::new();
    store.map(|s| s as Arc<CredentialStore>).map_err(|_| StoreError::NoKeyring("it-cannot-be-used"))
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn os_store() -> Result<Arc<CredentialStore>> {
    Err(StoreError::NoKeyring("none-that-we-know"))
}
