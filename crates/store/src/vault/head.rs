//! The head of a vault: which key it wants, and its own key wrapped by that one.

use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use super::HEAD;
use crate::error::{Result, StoreError};
use crate::keyring::Keyring;
use crate::keys::{Key, hex, random};
use crate::seal::{self, Place};
use crate::unlock::{self, Cost, Unlock, Way};

/// What stands in `meta`. None of it is secret.
pub(super) struct Head {
    vault: [u8; 16],
    way: Way,
    salt: [u8; 16],
    cost: Cost,
    wrapped: Vec<u8>,
}

/// An opened head.
pub(super) struct Opened {
    /// Id of the vault: names its keys in a keyring.
    pub(super) vault: [u8; 16],
    /// Its key.
    pub(super) key: Key,
    /// The keyring, if it is opened by one.
    pub(super) keyring: Option<Keyring>,
}

impl Head {
    /// The head of a new vault with its key, made with `unlock`.
    pub(super) fn make(unlock: &Unlock, keyring: impl FnOnce() -> Result<Keyring>) -> Result<(Self, Opened)> {
        let key = Key::random()?;
        let mut head = Self { vault: random()?, way: unlock.way(), salt: random()?, cost: Cost::NOW, wrapped: Vec::new() };
        let (outer, keyring) = match unlock {
            Unlock::KeyFile(path) => (head.of_file(unlock::from_key_file(path, true)?), None),
            Unlock::Passphrase(passphrase) => (unlock::from_passphrase(passphrase, &head.salt, head.cost)?, None),
            Unlock::Keyring => {
                let keyring = keyring()?;
                let outer = Key::random()?;
                keyring.set(&head.name(), &outer)?;
                (outer, Some(keyring))
            }
        };
        head.wrapped = head.with_place(|place| seal::seal(&outer, place, 1, key.bytes()))?;
        let vault = head.vault;
        Ok((head, Opened { vault, key, keyring }))
    }

    /// Opens it.
    ///
    /// # Errors
    /// [`StoreError::WrongKey`], [`StoreError::OtherUnlock`], and what is wrong with the key itself.
    pub(super) fn open(&self, unlock: &Unlock, keyring: impl FnOnce() -> Result<Keyring>) -> Result<Opened> {
        if unlock.way() != self.way {
            return Err(StoreError::OtherUnlock { made_with: self.way.word() });
        }
        let (outer, keyring) = match unlock {
            Unlock::KeyFile(path) => (self.of_file(unlock::from_key_file(path, false)?), None),
            Unlock::Passphrase(passphrase) => (unlock::from_passphrase(passphrase, &self.salt, self.cost)?, None),
            Unlock::Keyring => {
                let keyring = keyring()?;
                let outer = keyring.get(&self.name())?.ok_or(StoreError::KeyringLost)?;
                (outer, Some(keyring))
            }
        };
        let key = self.with_place(|place| seal::open(&outer, place, 1, &self.wrapped)).map_err(|_| StoreError::WrongKey)?;
        let key = Key::from_slice(&key).ok_or(HEAD)?;
        Ok(Opened { vault: self.vault, key, keyring })
    }

    /// Writes it into a new vault.
    pub(super) fn write(&self, conn: &Connection) -> Result<()> {
        let mut insert = conn.prepare("INSERT INTO meta(name, value) VALUES(?1, ?2)")?;
        for (name, value) in self.columns() {
            insert.execute(params![name, value])?;
        }
        insert.execute(params!["sum", self.sum().as_slice()])?;
        Ok(())
    }

    /// Reads it. A sum over its parts tells damage from a wrong key.
    pub(super) fn read(conn: &Connection) -> Result<Self> {
        let mut select = conn.prepare("SELECT value FROM meta WHERE name = ?1")?;
        let mut get = |name: &str| -> Result<Vec<u8>> {
            select.query_row([name], |row| row.get(0)).map_err(|error| match error {
                rusqlite::Error::QueryReturnedNoRows => HEAD,
                other => other.into(),
            })
        };
        let fixed = |bytes: Vec<u8>| <[u8; 16]>::try_from(bytes).map_err(|_| HEAD);
        let way = get("unlock")?;
        let cost = get("cost")?;
        let number = |i: usize| -> Result<u32> {
            let bytes = cost.get(i * 4..i * 4 + 4).and_then(|b| b.try_into().ok()).ok_or(HEAD)?;
            Ok(u32::from_le_bytes(bytes))
        };
        let head = Self {
            vault: fixed(get("vault")?)?,
            way: Way::ALL.into_iter().find(|w| w.as_str().as_bytes() == way).ok_or(HEAD)?,
            salt: fixed(get("salt")?)?,
            cost: Cost { memory: number(0)?, passes: number(1)?, lanes: number(2)? },
            wrapped: get("key")?,
        };
        if get("sum")?.as_slice() == head.sum().as_slice() { Ok(head) } else { Err(HEAD) }
    }

    fn columns(&self) -> [(&'static str, Vec<u8>); 5] {
        let Cost { memory, passes, lanes } = self.cost;
        [
            ("vault", self.vault.to_vec()),
            ("unlock", self.way.as_str().as_bytes().to_vec()),
            ("salt", self.salt.to_vec()),
            ("cost", [memory, passes, lanes].iter().flat_map(|n| n.to_le_bytes()).collect()),
            ("key", self.wrapped.clone()),
        ]
    }

    fn sum(&self) -> [u8; 32] {
        let mut sum = Sha256::new();
        for (name, value) in self.columns() {
            sum.update(name.as_bytes());
            sum.update((value.len() as u64).to_le_bytes());
            sum.update(&value);
        }
        sum.finalize().into()
    }

    fn of_file(&self, key: Key) -> Key {
        key.derive("key file", &[&self.salt])
    }

    /// Under which name a keyring keeps the outer key.
    fn name(&self) -> String {
        format!("vault {}", hex(&self.vault))
    }

    fn with_place<T>(&self, f: impl FnOnce(Place<'_>) -> T) -> T {
        let Cost { memory, passes, lanes } = self.cost;
        let beside = [i64::from(memory), i64::from(passes), i64::from(lanes)];
        f(Place { kind: "vault key", id: 1, beside: &beside })
    }
}
