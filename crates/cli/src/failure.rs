//! What ends a command: words for the person, and an exit code.

use unlisted_engine::config::ConfigError;
use unlisted_engine::subject_file::SubjectFileError;
use unlisted_engine::{EngineError, FileProblem};
use unlisted_model::consent::ConsentProblem;
use unlisted_model::ports::PortError;
use unlisted_store::StoreError;

use crate::words::{self, t};

/// A command that could not be done.
#[derive(Debug, thiserror::Error)]
#[error("{words}")]
pub(crate) struct Failure {
    /// For the person: what happened, what was kept, what to do. No private value.
    pub(crate) words: String,
    /// The exit code.
    pub(crate) code: u8,
}

impl Failure {
    /// Something typed or given is wrong.
    pub(crate) fn usage(words: impl Into<String>) -> Self {
        Self { words: words.into(), code: 2 }
    }

    /// It did not work.
    pub(crate) fn failed(words: impl Into<String>) -> Self {
        Self { words: words.into(), code: 1 }
    }

    /// There is nothing to do.
    pub(crate) fn nothing(words: impl Into<String>) -> Self {
        Self { words: words.into(), code: 3 }
    }
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        let code = match &error {
            EngineError::Permission(_) => 4,
            EngineError::UnknownCouncil | EngineError::NotLoopback => 2,
            EngineError::NoRun => 3,
            _ => 1,
        };
        let words = match &error {
            EngineError::Permission(problem) => t(error.key(), &[("why", &permission(problem))]),
            EngineError::Store(inner) => store(inner),
            EngineError::Port(inner) => port(inner),
            _ => said(error.key(), &[], &error),
        };
        Self { words, code }
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::usage(t("error-config.frame", &[("file", &error.file), ("what", &error.what)]))
    }
}

impl From<SubjectFileError> for Failure {
    fn from(error: SubjectFileError) -> Self {
        Self {
            code: if error.no_permission { 4 } else { 2 },
            words: crate::subject::subject_file_words(&error, &crate::words::words()),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::failed(store(&error))
    }
}

/// The words of a fault of the locked file.
fn store(error: &StoreError) -> String {
    kept(error.key(), error.gaps(), error)
}

/// The words of a fault of the store while a check goes on.
fn port(error: &PortError) -> String {
    kept(error.key, error.gaps.clone(), error)
}

/// The same: some of its gaps are filled with words that have texts of their own.
fn kept(key: &str, mut gaps: Vec<(&'static str, String)>, error: &impl ToString) -> String {
    for (_, value) in &mut gaps {
        *value = words::t_or(&format!("error-word.{value}"), &[], || value.clone());
    }
    said(key, &gaps, error)
}

/// Why a permission does not hold today.
fn permission(problem: &ConsentProblem) -> String {
    said(problem.key(), &problem.gaps(), problem)
}

/// Why a file that was given could not be read.
pub(crate) fn given(problem: &FileProblem) -> String {
    let mut gaps = problem.gaps();
    gaps.extend(problem.system().map(|kind| ("why", words::io_kind(kind))));
    said(problem.key(), &gaps, &problem.file)
}

/// The words under `key`, or what the error says of itself when the catalogue lacks them.
fn said(key: &str, gaps: &[(&'static str, String)], error: &impl ToString) -> String {
    let gaps: Vec<(&str, &str)> = gaps.iter().map(|(gap, value)| (*gap, value.as_str())).collect();
    words::t_or(key, &gaps, || error.to_string())
}
