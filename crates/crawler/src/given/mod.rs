//! Files and folders that the person gives (`--file`): what each of them is, one at a time.
//!
//! Whatever a file holds, the rest goes on: a file that cannot be read is told as [`Given::Unreadable`], never left
//! out in silence.

mod folder;
mod list;
mod one;
#[cfg(test)]
mod tests;

use std::path::Path;

use jiff::Timestamp;
use unlisted_model::catalogue::ResultEngine;
use url::Url;

use crate::extract::Problem;
use crate::results::Hit;

/// What bounds the reading of what was given.
#[derive(Clone, Copy, Debug)]
pub struct Caps {
    /// Bytes of one file that is no archive.
    pub file: u64,
    /// Bytes of one page in an archive.
    pub record: usize,
    /// Records of one archive.
    pub records: usize,
    /// Files of one folder, those below it included.
    pub files: usize,
    /// Folders inside one another.
    pub depth: usize,
    /// Addresses of one list.
    pub addresses: usize,
}

impl Default for Caps {
    fn default() -> Self {
        Self { file: 64 << 20, record: 10 << 20, records: 5_000_000, files: 10_000, depth: 16, addresses: 10_000 }
    }
}

/// One thing that was found in what was given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Given {
    /// A page or another text.
    Page {
        /// The address of the page, if it is known, else the name of the file only.
        url: String,
        /// The file it was read from, as given.
        via: String,
        /// Its bytes, unpacked.
        bytes: Vec<u8>,
        /// What it is said to be; empty if nothing says so.
        content_type: String,
        /// When it was taken, if something says so.
        seen: Option<Timestamp>,
        /// Whether it is longer than the cap, or breaks off.
        cut: bool,
    },
    /// A saved or copied result page: the pages that it names.
    Results {
        /// The engine's id, or `pasted` for text without one.
        engine: String,
        /// The file it was read from.
        via: String,
        /// The pages.
        hits: Vec<Hit>,
    },
    /// A list of addresses.
    Addresses {
        /// The file it was read from.
        via: String,
        /// The addresses, each once.
        urls: Vec<Url>,
    },
    /// A file, or a part of one, that could not be read.
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        why: Why,
    },
}

/// Why a file could not be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Why {
    /// Nothing is in it.
    #[error("the file is empty")]
    Empty,
    /// Reading it is not allowed.
    #[error("this program may not read it")]
    NoPermission,
    /// It is larger than the cap, in bytes.
    #[error("it is larger than {0} bytes; split it, or save only the page")]
    TooLarge(u64),
    /// A sort of file that is not read in this version.
    #[error("this sort of file is not read yet; save it as a web page, PDF or text")]
    NotReadYet,
    /// It is locked with a password.
    #[error("it is locked with a password; save a copy without one and check that")]
    Encrypted,
    /// It holds no words that could be read.
    #[error("it holds no words that we can read; it may be a scan, a picture of a page: read it yourself")]
    Scanned,
    /// The process that reads documents could not be started.
    #[error("a fault of this program kept us from reading it")]
    Fault,
    /// It is broken beyond use, or from some point on.
    #[error("the file is broken")]
    Broken,
    /// A number of its parts is broken; the others were read.
    #[error("{0} of its parts are broken; the others were read")]
    PartsBroken(usize),
    /// It grows far beyond its size when unpacked.
    #[error("it grows far beyond its size when unpacked, as files do that are made to harm; it was not read further")]
    Bomb,
    /// It holds more records or addresses than the cap; those before were read.
    #[error("it holds more than {0} entries; the first ones were read")]
    TooMany(usize),
    /// A result page without a link to anything but the search engine.
    #[error("the result page names no page outside the search engine; save it again after the results have come up")]
    NoLinks,
    /// Lines of a list that are no address that may be opened.
    #[error("{count} lines are no http or https address without a password, the first of them line {first}")]
    BadLines {
        /// How many.
        count: usize,
        /// The first, counted from 1.
        first: usize,
    },
    /// Folders inside one another deeper than the cap.
    #[error("folders deeper than {0} inside one another were not looked into")]
    TooDeep(usize),
    /// It went away or cannot be read for another reason.
    #[error("it could not be read: {0}")]
    Io(std::io::ErrorKind),
}

impl From<Problem> for Why {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::NotReadYet => Self::NotReadYet,
            Problem::Broken | Problem::Cut => Self::Broken,
            Problem::Encrypted => Self::Encrypted,
            Problem::Scanned | Problem::PartlyScanned | Problem::Letterless => Self::Scanned,
            Problem::TooHeavy => Self::Bomb,
            Problem::Fault => Self::Fault,
        }
    }
}

impl Why {
    /// Where its words stand in the catalogue.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Empty => "error-given.empty",
            Self::NoPermission => "error-given.no-permission",
            Self::TooLarge(_) => "error-given.too-large",
            Self::NotReadYet => "error-given.not-read-yet",
            Self::Broken => "error-given.broken",
            Self::PartsBroken(_) => "error-given.parts-broken",
            Self::Bomb => "error-given.bomb",
            Self::Encrypted => "error-given.encrypted",
            Self::Scanned => "error-given.scanned",
            Self::Fault => "error-given.fault",
            Self::TooMany(_) => "error-given.too-many",
            Self::NoLinks => "error-given.no-links",
            Self::BadLines { .. } => "error-given.bad-lines",
            Self::TooDeep(_) => "error-given.too-deep",
            Self::Io(_) => "error-given.unreadable",
        }
    }

    /// What fills the gaps of those words.
    pub fn gaps(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLarge(n) => vec![("n", n.to_string())],
            Self::PartsBroken(n) | Self::TooMany(n) | Self::TooDeep(n) => vec![("n", n.to_string())],
            Self::BadLines { count, first } => vec![("count", count.to_string()), ("first", first.to_string())],
            _ => vec![],
        }
    }
}

impl From<&std::io::Error> for Why {
    fn from(error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::PermissionDenied => Self::NoPermission,
            kind => Self::Io(kind),
        }
    }
}

/// Why nothing could be read at all.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum GivenError {
    /// There is no such file or folder.
    #[error("{0}: there is no such file or folder")]
    Missing(String),
    /// It may not be read.
    #[error("{0}: this program may not read it")]
    NoPermission(String),
    /// It is neither a file nor a folder.
    #[error("{0}: neither a file nor a folder")]
    NotAFile(String),
    /// Something else.
    #[error("{0}: cannot be read ({1})")]
    Io(String, std::io::ErrorKind),
}

impl GivenError {
    /// Where its words stand in the catalogue.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Missing(_) => "error-given.missing",
            Self::NoPermission(_) => "error-given.no-permission",
            Self::NotAFile(_) => "error-given.not-a-file",
            Self::Io(..) => "error-given.unreadable",
        }
    }
}

/// Reads a file or a folder and tells each thing in it as it comes; an archive is never held as a whole.
///
/// Folders are walked in the order of their names; links to folders are not followed, hidden files are left out.
///
/// # Errors
/// When the path itself cannot be read. What is wrong with single files is told as [`Given::Unreadable`].
pub fn read(path: &Path, engines: &[ResultEngine], caps: &Caps, each: &mut dyn FnMut(Given)) -> Result<(), GivenError> {
    let name = path.display().to_string();
    let about = std::fs::metadata(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => GivenError::Missing(name.clone()),
        std::io::ErrorKind::PermissionDenied => GivenError::NoPermission(name.clone()),
        kind => GivenError::Io(name.clone(), kind),
    })?;
    if about.is_dir() {
        let root = std::fs::read_dir(path);
        if let Err(e) = root {
            return Err(match e.kind() {
                std::io::ErrorKind::PermissionDenied => GivenError::NoPermission(name),
                kind => GivenError::Io(name, kind),
            });
        }
        folder::walk(path, caps, &mut |found| match found {
            folder::Found::File(file) => one::read(file, engines, caps, each),
            folder::Found::Trouble(file, why) => each(Given::Unreadable { file: file.display().to_string(), why }),
        });
        Ok(())
    } else if about.is_file() {
        one::read(path, engines, caps, each);
        Ok(())
    } else {
        Err(GivenError::NotAFile(name))
    }
}
