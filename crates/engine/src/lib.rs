//! The order of the steps: plan → gate → fetch → extract → detect → attribute → assess → report.

pub mod subject_file;
pub mod config;
