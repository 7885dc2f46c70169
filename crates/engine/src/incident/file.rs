//! Reading a file that is to be kept, byte for byte.

use std::fs::{self, File};
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use unlisted_model::Secret;
use unlisted_model::incident::{EvidenceKind, NewFile};

use super::sort::{self, Sort};

/// The largest file that is kept, in MB (MiB).
pub const LARGEST_MB: u64 = 100;
/// The longest name that is kept, in characters.
const LONGEST_NAME: usize = 200;

/// Why a file cannot be kept. No name, no path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FileProblem {
    /// There is nothing there.
    Missing,
    /// It is a folder.
    Folder,
    /// It is a device, a pipe or a socket.
    NotAFile,
    /// A link that leads to another link, or to nothing.
    Link,
    /// Not ours to read.
    NotAllowed,
    /// Nothing is in it.
    Empty,
    /// Larger than [`LARGEST_MB`].
    TooLarge {
        /// Its size in MB, rounded up.
        size: u64,
    },
    /// Some other fault of the disk.
    Unreadable,
}

impl FileProblem {
    /// Key of its text in the catalogue.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Missing => "incident-file.missing",
            Self::Folder => "incident-file.folder",
            Self::NotAFile => "incident-file.not-a-file",
            Self::Link => "incident-file.link",
            Self::NotAllowed => "incident-file.not-allowed",
            Self::Empty => "incident-file.empty",
            Self::TooLarge { .. } => "incident-file.too-large",
            Self::Unreadable => "incident-file.unreadable",
        }
    }

    /// What fills the gaps of that text.
    pub fn gaps(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooLarge { size } => vec![("size", size.to_string()), ("limit", LARGEST_MB.to_string())],
            _ => Vec::new(),
        }
    }

    fn of(error: &std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidInput | ErrorKind::InvalidFilename => {
                Self::Missing
            }
            ErrorKind::PermissionDenied => Self::NotAllowed,
            ErrorKind::IsADirectory => Self::Folder,
            _ => Self::Unreadable,
        }
    }
}

/// Something about a file that the person should know before it is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doubt {
    /// Its name says picture; its content is of another sort.
    NoPicture,
    /// It is a program, or something that a computer would run.
    Program,
    /// A sort that we do not know.
    Unknown,
}

impl Doubt {
    /// Key of its text in the catalogue; the gap `sort` is the word of the sort (`incident-sort.…`).
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoPicture => "incident-file.no-picture",
            Self::Program => "incident-file.program",
            Self::Unknown => "incident-file.unknown",
        }
    }
}

/// A file that can be kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Read {
    /// The file.
    pub file: NewFile,
    /// What the person should be asked about first.
    pub doubt: Option<Doubt>,
}

/// Reads a file to be kept. A link is followed once. Nothing of the file is changed, its metadata stay.
///
/// # Errors
/// [`FileProblem`].
pub fn read_file(path: &Path) -> Result<Read, FileProblem> {
    let target = followed_once(path)?;
    let file = File::open(&target).map_err(|e| FileProblem::of(&e))?;
    // Asked again of what was opened: between the look and the opening it may have been swapped.
    let about = file.metadata().map_err(|e| FileProblem::of(&e))?;
    is_good(&about)?;
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or_default());
    file.take((LARGEST_MB << 20) + 1).read_to_end(&mut bytes).map_err(|e| FileProblem::of(&e))?;
    match bytes.len() as u64 {
        0 => return Err(FileProblem::Empty),
        length if length > LARGEST_MB << 20 => return Err(FileProblem::TooLarge { size: megabytes(length) }),
        _ => {}
    }
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let sort = sort::of(&bytes);
    let doubt = doubt(&name, sort);
    let name: String = name.chars().take(LONGEST_NAME).collect();
    let file = NewFile { name: Secret::new(name), kind: sort.kind, ending: sort.ending.to_owned(), bytes };
    Ok(Read { file, doubt })
}

/// The path itself, or where the link there leads. Looks before anything is opened: opening a pipe would wait for ever.
fn followed_once(path: &Path) -> Result<PathBuf, FileProblem> {
    let about = fs::symlink_metadata(path).map_err(|e| FileProblem::of(&e))?;
    if !about.is_symlink() {
        is_good(&about)?;
        return Ok(path.to_owned());
    }
    let target = fs::read_link(path).map_err(|e| FileProblem::of(&e))?;
    let target = path.parent().map_or_else(|| target.clone(), |folder| folder.join(&target));
    let about = fs::symlink_metadata(&target).map_err(|_| FileProblem::Link)?;
    if about.is_symlink() {
        return Err(FileProblem::Link);
    }
    is_good(&about)?;
    Ok(target)
}

fn is_good(about: &fs::Metadata) -> Result<(), FileProblem> {
    if about.is_dir() {
        Err(FileProblem::Folder)
    } else if !about.is_file() {
        Err(FileProblem::NotAFile)
    } else if about.len() > LARGEST_MB << 20 {
        Err(FileProblem::TooLarge { size: megabytes(about.len()) })
    } else {
        Ok(())
    }
}

/// Rounded up, so that a file just above the limit is not called as large as the limit.
const fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1 << 20)
}

fn doubt(name: &str, sort: Sort) -> Option<Doubt> {
    let pictures = ["png", "jpg", "jpeg", "gif", "webp", "heic", "heif", "avif", "tif", "tiff", "bmp"];
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if sort.runs || sort::runs_by_name(&ending) {
        Some(Doubt::Program)
    } else if pictures.contains(&ending.as_str()) && sort.kind != EvidenceKind::Picture {
        Some(Doubt::NoPicture)
    } else if sort.kind == EvidenceKind::Other {
        Some(Doubt::Unknown)
    } else {
        None
    }
}
