//! A personal value that cannot be printed by accident.

use zeroize::Zeroizing;

/// Why a value is being revealed. A test holds the list of files that may use each door.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reveal {
    /// It becomes part of a request that the gate admits.
    OnTheWire,
    /// It is compared with text on this machine.
    ToCompare,
    /// It is sealed into the vault.
    AtRest,
    /// The person asked, on this run, to see this one value.
    OperatorAsked,
}

/// A private value: no `Display`, no `Serialize`, wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes ownership of a private value.
    pub fn new(value: impl Into<String>) -> Self {
        Self(Zeroizing::new(value.into()))
    }

    /// Opens the value through a named door.
    pub fn reveal(&self, _door: Reveal) -> &str {
        &self.0
    }

    /// Whether nothing but white space is inside.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl PartialOrd for Secret {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Secret {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.as_str().cmp(other.0.as_str())
    }
}

impl std::hash::Hash for Secret {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.as_str().hash(state);
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_never_shows_the_value() {
        assert_eq!(format!("{:?}", Secret::new("14 Mill Lane")), "Secret(***)");
    }
}
