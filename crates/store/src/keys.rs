//! Keys of 256 bits, and what is derived from them.

use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::error::{Result, StoreError};

/// A keyed hash of 128 bits: stands for a host, a key, a line or a person in plain columns.
pub(crate) type Tag = [u8; 16];

/// A key, wiped from memory when dropped. No `Debug`.
#[derive(Clone)]
pub(crate) struct Key(Zeroizing<[u8; 32]>);

impl Key {
    /// A fresh random key.
    pub(crate) fn random() -> Result<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(bytes.as_mut_slice()).map_err(|_| StoreError::NoRandomness)?;
        Ok(Self(bytes))
    }

    /// A key from its 32 bytes.
    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        let bytes: [u8; 32] = bytes.try_into().ok()?;
        Some(Self(Zeroizing::new(bytes)))
    }

    /// Its bytes, for a cipher or for wrapping.
    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Another key for another purpose: HMAC-SHA256, each part preceded by its length.
    pub(crate) fn derive(&self, purpose: &str, parts: &[&[u8]]) -> Self {
        Self(Zeroizing::new(self.mac(purpose, parts)))
    }

    /// A keyed hash, cut to 128 bits.
    pub(crate) fn tag(&self, purpose: &str, parts: &[&[u8]]) -> Tag {
        let whole = self.mac(purpose, parts);
        let mut tag = [0; 16];
        tag.copy_from_slice(&whole[..16]);
        tag
    }

    fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        hmac(self.0.as_slice(), purpose, parts)
    }
}

/// HMAC-SHA256 over a purpose and parts, each preceded by its length so that no two lists look alike.
pub(crate) fn hmac(key: &[u8], purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
    // Cannot fail: the error type is shared with MACs that take keys of one length only.
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
        mac.update(&(part.len() as u64).to_le_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Random bytes.
pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| StoreError::NoRandomness)?;
    Ok(bytes)
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    bytes.iter().flat_map(|b| [DIGITS[usize::from(b >> 4)], DIGITS[usize::from(b & 15)]]).collect()
}

/// 32 bytes from lower-case hexadecimal.
pub(crate) fn unhex(text: &str) -> Option<[u8; 32]> {
    let digit = |c: u8| match c {
        b'0'..=b'9' => Some(c - b'0'),
        b'a'..=b'f' => Some(c - b'a' + 10),
        _ => None,
    };
    let mut bytes = [0; 32];
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    if pairs.len() != bytes.len() {
        return None;
    }
    for (byte, &[high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = (digit(high)? << 4) | digit(low)?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_parts_do_not_look_alike() {
        let key = Key::random().expect("random");
        assert_eq!(key.tag("t", &[b"ab", b"c"]), key.tag("t", &[b"ab", b"c"]));
        assert_ne!(key.tag("t", &[b"ab", b"c"]), key.tag("t", &[b"a", b"bc"]));
        assert_ne!(key.tag("t", &[b"ab"]), key.tag("u", &[b"ab"]));
        assert_ne!(key.tag("t", &[b"ab"]), Key::random().expect("random").tag("t", &[b"ab"]));
    }

    #[test]
    fn hex_is_lower_case_with_leading_noughts() {
        assert_eq!(hex(&[0x00, 0x0f, 0xa5]), "000fa5");
    }
}
