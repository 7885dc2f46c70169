//! The subject file (`unlisted/subject/v1`): TOML in, a checked [`Subject`] out.
//!
//! Every problem of a file is told at once, each with its line, its key, what is wrong and what to write. No
//! problem ever holds a value: the file is private. Reading single values is in [`values`].

mod reader;
pub mod values;

use std::fmt;

use unlisted_model::Subject;

pub use reader::{read, web_address};

/// What is wrong at one place of the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Line, from 1.
    pub line: usize,
    /// The key, for example `consent.until`.
    pub key: String,
    /// What is wrong. No value.
    pub what: String,
    /// What to write instead.
    pub write: String,
}

/// A file that cannot be used as it is.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub struct SubjectFileError {
    /// The file, as the person named it.
    pub file: String,
    /// All problems.
    pub problems: Vec<Problem>,
    /// Whether the permission is missing altogether (exit code 4).
    pub no_permission: bool,
}

impl fmt::Display for SubjectFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.problems.len();
        write!(f, "{} cannot be used: {} problem{}", self.file, n, if n == 1 { "" } else { "s" })?;
        for p in &self.problems {
            write!(f, "\n  line {}: {}: {}\n    write: {}", p.line, p.key, p.what, p.write)?;
        }
        write!(f, "\nNothing was sent or changed")
    }
}

/// A value that is used but looks odd.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Warning {
    /// Line, from 1.
    pub line: usize,
    /// The key.
    pub key: String,
    /// What looks odd. No value.
    pub what: String,
}

/// A file that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Read {
    /// The person.
    pub subject: Subject,
    /// What looks odd.
    pub warnings: Vec<Warning>,
}
