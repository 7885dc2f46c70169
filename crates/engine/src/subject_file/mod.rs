//! The subject file (`unlisted/subject/v1`): TOML in, a checked [`Subject`] out, and back.
//!
//! Every problem of a file is told at once, each with its line, its key, what is wrong and what to write. No
//! problem ever holds a value: the file is private. The words stand in the catalogue; what is told here are their keys.
//! Reading single values is in [`values`].

mod facts;
mod permission;
mod reader;
pub mod values;
mod walk;
mod writer;

use std::fmt;

use unlisted_model::Subject;

pub use reader::{read, read_without_permission, web_address};
pub(crate) use walk::one_line;
pub use writer::write;

/// The longest single text: a name, a contact, a detail. In characters.
pub const LONGEST_TEXT: usize = 300;

/// Words of the catalogue: their key, and what fills their gaps. Never a value of the person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
    /// `section.key` of `config/words.en.toml`.
    pub key: &'static str,
    /// Names of gaps with what fills them.
    pub gaps: Vec<(&'static str, String)>,
}

impl Said {
    /// Words with one gap.
    pub(crate) fn with(key: &'static str, gap: &'static str, filled: impl Into<String>) -> Self {
        Self { key, gaps: vec![(gap, filled.into())] }
    }
}

impl From<&'static str> for Said {
    fn from(key: &'static str) -> Self {
        Self { key, gaps: vec![] }
    }
}

/// What is wrong at one place of the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Line, from 1.
    pub line: usize,
    /// The key, for example `consent.until`.
    pub key: String,
    /// What is wrong. No value.
    pub what: Said,
    /// What to write instead.
    pub write: Said,
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

/// For logs and tests: keys of the catalogue. People are shown its words.
impl fmt::Display for SubjectFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        for p in &self.problems {
            write!(f, "\n  {}: {}: {}", p.line, p.key, p.what.key)?;
        }
        Ok(())
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
    pub what: Said,
}

/// A file that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Read {
    /// The person.
    pub subject: Subject,
    /// What looks odd.
    pub warnings: Vec<Warning>,
}
