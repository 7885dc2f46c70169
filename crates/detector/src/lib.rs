//! Text in, detections out; who a page means.
//!
//! This room does no I/O, knows no clock and cannot fail. [`Scanner`] turns a [`unlisted_model::Text`] into a
//! [`unlisted_model::Scan`]: every supplied fact and every name of a whole slate, and details that nobody supplied, in one
//! pass. What stands beside whom, and how much it matters, is decided on top of that.

mod anchors;
mod detectors;
mod facts;
pub mod names;
pub mod normalise;
mod page;
mod scan;

pub use names::others::other_names;
pub use scan::Scanner;
