//! Plain text for the terminal at 80 columns: no colour, no address of a page, nothing that a page could smuggle in.

mod ledger;
pub(crate) mod lines;
mod plan;
mod summary;

pub use ledger::ledger;
pub use plan::{links, plan};
pub use summary::summary;
