//! What ends a command: words for the person, and an exit code.

use unlisted_engine::EngineError;
use unlisted_engine::config::ConfigError;
use unlisted_engine::subject_file::SubjectFileError;
use unlisted_store::StoreError;

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
        Self { words: error.to_string(), code }
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::usage(error.to_string())
    }
}

impl From<SubjectFileError> for Failure {
    fn from(error: SubjectFileError) -> Self {
        Self { code: if error.no_permission { 4 } else { 2 }, words: crate::subject::subject_file_words(&error, &crate::words::words()) }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::failed(error.to_string())
    }
}
