//! The one place where sources read a slot's text back out of their own query.

use unlisted_model::query::{Query, QueryKey};
use unlisted_model::{Reveal, Secret};
use url::Url;

use crate::source::SourceError;

/// The text of a slot that this source put into its own query.
pub(super) fn text<'a>(query: &'a Query, name: &str) -> Result<&'a str, SourceError> {
    query.slots.get(name).map(|slot| slot.text.reveal(Reveal::OnTheWire)).ok_or(SourceError::NotMine)
}

/// The key of the same question asked another way.
pub(super) fn other_key(query: &Query, way: &str) -> QueryKey {
    QueryKey(Secret::new(format!("{}|{way}", query.key.0.reveal(Reveal::ToCompare))))
}

/// The same as an address.
pub(super) fn address(query: &Query, name: &str) -> Result<Url, SourceError> {
    Url::parse(text(query, name)?).map_err(|_| SourceError::NotMine)
}

/// The same as a number; absent or odd: 0.
pub(super) fn number(query: &Query, name: &str) -> u32 {
    text(query, name).ok().and_then(|t| t.parse().ok()).unwrap_or(0)
}
