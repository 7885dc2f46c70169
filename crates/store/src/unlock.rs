//! What opens a vault: a key file, a passphrase, or the keyring of this computer.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use unlisted_model::{Reveal, Secret};
use zeroize::Zeroizing;

use crate::error::{Result, StoreError};
use crate::keys::Key;

/// How the vault is opened. A vault opens only in the way in which it was made.
#[derive(Clone, Debug)]
pub enum Unlock {
    /// A file of 32 random bytes in base64. It is made, readable by its owner only, when it does not exist and the vault is new.
    KeyFile(PathBuf),
    /// A passphrase, stretched by Argon2id.
    Passphrase(Secret),
    /// A random key in the keyring of this computer (service `unlisted`). Only here does forgetting a person also close
    /// yesterday's copies of the vault.
    Keyring,
}

/// The sort of an [`Unlock`], as the vault's head keeps it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Way {
    KeyFile,
    Passphrase,
    Keyring,
}

impl Way {
    pub(crate) const ALL: [Self; 3] = [Self::KeyFile, Self::Passphrase, Self::Keyring];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::KeyFile => "key-file",
            Self::Passphrase => "passphrase",
            Self::Keyring => "keyring",
        }
    }

    /// Its word in the catalogue.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::KeyFile => "a-key-file",
            Self::Passphrase => "a-passphrase",
            Self::Keyring => "the-keyring-of-this-computer",
        }
    }
}

impl Unlock {
    pub(crate) const fn way(&self) -> Way {
        match self {
            Self::KeyFile(_) => Way::KeyFile,
            Self::Passphrase(_) => Way::Passphrase,
            Self::Keyring => Way::Keyring,
        }
    }
}

/// Cost of Argon2id, kept in the vault's head so that it can rise later.
///
/// 64 MiB and three passes: the second recommended option of RFC 9106 §4, but one lane, because the library computes lanes one
/// after the other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Cost {
    /// KiB.
    pub(crate) memory: u32,
    /// Passes.
    pub(crate) passes: u32,
    /// Lanes.
    pub(crate) lanes: u32,
}

impl Cost {
    pub(crate) const NOW: Self = Self { memory: 64 * 1024, passes: 3, lanes: 1 };

    /// Whether a head may ask for it: at most 1 GiB, 16 passes, 16 lanes, so that a damaged head cannot hang the program.
    fn is_sane(self) -> bool {
        (8 * 1024..=1024 * 1024).contains(&self.memory) && (1..=16).contains(&self.passes) && (1..=16).contains(&self.lanes)
    }
}

/// The key that wraps the vault's key, from a passphrase.
pub(crate) fn from_passphrase(passphrase: &Secret, salt: &[u8; 16], cost: Cost) -> Result<Key> {
    if passphrase.is_blank() {
        return Err(StoreError::EmptyPassphrase);
    }
    let damaged = StoreError::Damaged("its-first-lines");
    if !cost.is_sane() {
        return Err(damaged);
    }
    let params = Params::new(cost.memory, cost.passes, cost.lanes, Some(32)).map_err(|_| damaged.clone())?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.reveal(Reveal::AtRest).as_bytes(), salt, key.as_mut_slice())
        .map_err(|_| damaged.clone())?;
    Key::from_slice(key.as_slice()).ok_or(damaged)
}

/// The key in a key file; makes the file when `make` and it does not exist.
pub(crate) fn from_key_file(path: &Path, make: bool) -> Result<Key> {
    match File::open(path) {
        Ok(file) => read(file),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if make {
                create(path)
            } else {
                Err(StoreError::KeyFileMissing)
            }
        }
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Err(StoreError::BadKeyFile("it-may-not-be-read")),
        Err(_) => Err(StoreError::BadKeyFile("it-cannot-be-read")),
    }
}

/// A key file is 45 bytes long; anything beyond this is another file.
const LONGEST: u64 = 4096;

fn read(file: File) -> Result<Key> {
    let mut text = Zeroizing::new(String::new());
    let read = file.take(LONGEST + 1).read_to_string(&mut text);
    let not_text = StoreError::BadKeyFile("it-is-not-a-key");
    match read {
        Err(error) if error.kind() != ErrorKind::InvalidData => {
            return Err(StoreError::BadKeyFile("it-cannot-be-read"));
        }
        Err(_) => return Err(not_text),
        Ok(length) if length as u64 > LONGEST => return Err(not_text),
        Ok(_) => {}
    }
    let bytes = Zeroizing::new(BASE64.decode(text.trim()).map_err(|_| not_text)?);
    if bytes.len() < 32 {
        return Err(StoreError::BadKeyFile("it-is-too-short"));
    }
    Key::from_slice(&bytes).ok_or(StoreError::BadKeyFile("it-is-too-long"))
}

fn create(path: &Path) -> Result<Key> {
    let key = Key::random()?;
    let line = Zeroizing::new(format!("{}\n", BASE64.encode(key.bytes())));
    let fault = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => StoreError::BadKeyFile("its-folder-does-not-exist"),
        _ => StoreError::io("write-the-key-file", &error),
    };
    let mut file = owner_only(OpenOptions::new().write(true).create_new(true)).open(path).map_err(fault)?;
    file.write_all(line.as_bytes()).and_then(|()| file.sync_all()).map_err(fault)?;
    Ok(key)
}

/// On Unix, a file that is made with these options belongs to its owner alone.
#[cfg(unix)]
pub(crate) fn owner_only(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600)
}

/// Elsewhere the folder's own permissions hold (the local application-data folder is private to the account).
#[cfg(not(unix))]
pub(crate) fn owner_only(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}
