//! The order of the steps: plan → gate → fetch → extract → detect → attribute → assess → report.
//!
//! The only room that sees all others. It reads configuration and subject files into checked types, drives a run over
//! the store's frontier, and puts the report together. It has no wire or file format of its own but those two files.

mod check;
/// Reading documents in a process of its own; the command line says which program that is.
pub mod documents {
    pub use unlisted_crawler::apart::{Apart, Documents, Here, Limits, NotAtAll, serve};
    pub use unlisted_crawler::extract::{Extracted, Problem};
}
pub mod config;
mod coverage;
mod danger;
mod error;
mod house;
pub mod incident;
pub mod init;
mod plan;
pub mod prepare;
mod report;
pub mod reporting;
mod run;
pub mod subject_file;

pub use check::{Accepted, Check, Checked, check, known_council};
pub use danger::danger;
pub use error::EngineError;
pub use house::{Sources, Wire, sources};
pub use plan::{Scope, plan};
pub use report::{ledger, stored_report};
pub use run::given::{FileProblem, Unread};
pub use run::{Ended, Event, Progress};
