//! Text in, detections out; who a page means.
//!
//! This room does no I/O, knows no clock and cannot fail. [`Scanner`] turns a [`unlisted_model::Text`] into a
//! [`unlisted_model::Scan`]: every supplied fact and every name of a whole slate, and details that nobody supplied, in one
//! pass. [`Detector`] stands on top of it: what stands beside whom, whether it is *this* person, how bad it is here, and
//! the masked words to show. Start with `read.rs`; the weights are one table, `attribute/weights.rs`.

mod about;
mod anchors;
mod assess;
mod attribute;
mod detectors;
mod excerpt;
mod facts;
mod kin;
pub mod names;
mod needles;
pub mod normalise;
mod page;
mod print;
mod read;
mod scan;
mod shapes;

#[cfg(test)]
mod stories;

pub use attribute::NameFrequencies;
pub use names::others::other_names;
pub use read::{Detector, Knowledge, Reading};
pub use scan::Scanner;
