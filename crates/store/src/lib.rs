//! What is kept, sealed.
//!
//! A [`Vault`] is one folder with one SQLite file. Every record with detail is sealed under keys of the people whom it
//! serves; plain columns hold nothing but numbers, keyed hashes, states and times. A [`Run`] is one check inside it: its
//! queue of rows ([`Frontier`](unlisted_model::ports::Frontier)), its ledger of requests
//! ([`Ledger`](unlisted_model::ports::Ledger)), its outcomes and findings. Where to read on:
//!
//! - `vault/`: opening, keys of people, forgetting, expiry.
//! - `run/`: the queue in memory that every change writes through to the file, the ledger, reading back.
//! - `incident/`: the record of abuse, entries in a chain and their files in pieces.
//! - `records/`: the versioned forms in which model types are sealed.
//! - `seal.rs`, `keys.rs`, `unlock.rs`, `keyring.rs`: the cryptography, all of it from well-kept libraries.
//!
//! What does not live here: page bytes, decisions about what is found, anything that talks to a network.

mod error;
mod error_words;
mod incident;
mod keyring;
mod keys;
mod records;
mod run;
mod schema;
mod seal;
mod unlock;
mod vault;

#[cfg(test)]
mod tests;

pub use error::StoreError;
pub use incident::{Chain, ChainFault};
pub use run::{ASIDE, Counts, LedgerRow, NewRun, Run, RunId};
pub use unlock::Unlock;
pub use vault::{Forgotten, Purged, Vault};
