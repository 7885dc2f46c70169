//! Text in, detections out; who a page means

mod about;
mod assess;
mod attribute;
mod excerpt;
mod kin;
mod read;
mod scan;

#[cfg(test)]
mod stories;

pub use attribute::NameFrequencies;
pub use read::{Detector, Knowledge, Reading};
