//! Sealing of one record: XChaCha20-Poly1305 with a random 192-bit nonce; associated data = kind, version, id and the
//! plain columns that must not change beside it. A sealed record is `version (1) | nonce (24) | ciphertext and tag`.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::error::{Result, StoreError};
use crate::keys::{Key, Tag, random};

const NONCE: usize = 24;

/// Where a record stands: what its seal is bound to, so that no row can pass for another.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// Kind of the record; no two kinds share a word.
    pub(crate) kind: &'static str,
    /// Its row.
    pub(crate) id: i64,
    /// Plain columns beside it.
    pub(crate) beside: &'a [i64],
}

impl Place<'_> {
    fn bytes(&self, version: u8) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.kind.len() + 10 + 8 * self.beside.len());
        bytes.extend_from_slice(self.kind.as_bytes());
        bytes.push(0);
        bytes.push(version);
        bytes.extend_from_slice(&self.id.to_le_bytes());
        for column in self.beside {
            bytes.extend_from_slice(&column.to_le_bytes());
        }
        bytes
    }
}

/// Seals bytes.
pub(crate) fn seal(key: &Key, place: Place<'_>, version: u8, plain: &[u8]) -> Result<Vec<u8>> {
    let nonce: [u8; NONCE] = random()?;
    let cipher = XChaCha20Poly1305::new(key.bytes().into());
    let payload = Payload { msg: plain, aad: &place.bytes(version) };
    let body = cipher.encrypt(XNonce::from_slice(&nonce), payload).map_err(|_| StoreError::Unwritable)?;
    let mut sealed = Vec::with_capacity(1 + NONCE + body.len());
    sealed.push(version);
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(&body);
    Ok(sealed)
}

/// Opens a sealed record of this version.
///
/// # Errors
/// [`StoreError::NewerRecord`] when its version is above `version`; [`StoreError::Damaged`] for anything else that does
/// not open.
pub(crate) fn open(key: &Key, place: Place<'_>, version: u8, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let damaged = StoreError::Damaged("a-sealed-record");
    let Some((&found, rest)) = sealed.split_first() else { return Err(damaged) };
    if found > version {
        return Err(StoreError::NewerRecord);
    }
    let Some((nonce, body)) = rest.split_at_checked(NONCE) else { return Err(damaged) };
    let cipher = XChaCha20Poly1305::new(key.bytes().into());
    let payload = Payload { msg: body, aad: &place.bytes(found) };
    cipher.decrypt(XNonce::from_slice(nonce), payload).map(Zeroizing::new).map_err(|_| damaged)
}

/// A keyed check over plain columns that change, for rows whose sealed part does not change with them.
pub(crate) fn check(key: &Key, kind: &'static str, columns: &[i64], tags: &[&[u8]]) -> Tag {
    let mut numbers = Vec::with_capacity(8 * columns.len());
    for column in columns {
        numbers.extend_from_slice(&column.to_le_bytes());
    }
    let mut parts: Vec<&[u8]> = vec![&numbers];
    parts.extend_from_slice(tags);
    key.tag(kind, &parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(id: i64, beside: &[i64]) -> Place<'_> {
        Place { kind: "test", id, beside }
    }

    #[test]
    fn opens_only_in_its_own_place_with_its_own_key() {
        let key = Key::random().expect("random");
        let sealed = seal(&key, place(7, &[1, 2]), 1, b"words").expect("seals");
        assert_eq!(open(&key, place(7, &[1, 2]), 1, &sealed).expect("opens").as_slice(), b"words");
        for wrong in [place(8, &[1, 2]), place(7, &[1, 3]), place(7, &[1])] {
            assert_eq!(open(&key, wrong, 1, &sealed).err(), Some(StoreError::Damaged("a-sealed-record")));
        }
        let other_kind = Place { kind: "toast", id: 7, beside: &[1, 2] };
        assert!(open(&key, other_kind, 1, &sealed).is_err());
        assert!(open(&Key::random().expect("random"), place(7, &[1, 2]), 1, &sealed).is_err());
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_an_error() {
        let key = Key::random().expect("random");
        let sealed = seal(&key, place(1, &[]), 1, b"words").expect("seals");
        for bit in 0..sealed.len() * 8 {
            let mut flipped = sealed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(open(&key, place(1, &[]), 1, &flipped).is_err());
        }
        for len in 0..sealed.len() {
            assert!(open(&key, place(1, &[]), 1, &sealed[..len]).is_err());
        }
    }

    #[test]
    fn a_newer_version_is_named() {
        let key = Key::random().expect("random");
        let sealed = seal(&key, place(1, &[]), 2, b"words").expect("seals");
        assert_eq!(open(&key, place(1, &[]), 1, &sealed).err(), Some(StoreError::NewerRecord));
    }
}
