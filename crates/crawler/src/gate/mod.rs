//! The one gate that every network request passes.

mod permit;

pub use permit::Permit;
