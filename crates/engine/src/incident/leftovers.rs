//! Half-written copies that a program that was stopped left behind: noted sealed before they are begun, and taken away at the next start.

use std::fs;
use std::path::{Path, PathBuf};

use unlisted_model::{Reveal, Secret, SubjectId};
use unlisted_store::{StoreError, Vault};

/// Name of the sealed note that holds what is being written; paths with a nought between them.
const NOTE: &str = "incident/being-written";
/// How the names of what we write begin and end until they are whole.
const BEGINNINGS: [&str; 2] = [".record-", ".unlisted-"];
const ENDING: &str = ".part";

/// Something private that is being written under a temporary name. Noted until this is dropped; what then is still there stays noted.
#[derive(Debug)]
pub struct BeingWritten<'a> {
    vault: &'a Vault,
    subject: &'a SubjectId,
}

impl<'a> BeingWritten<'a> {
    /// Notes the path, before anything is written there.
    ///
    /// # Errors
    /// When the note cannot be kept; then nothing should be written.
    pub fn at(path: &Path, vault: &'a Vault, subject: &'a SubjectId) -> Result<Self, StoreError> {
        // A damaged note keeps nobody from a copy.
        let mut paths = noted(vault, subject).unwrap_or_default();
        paths.push(std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
        keep(vault, subject, &paths)?;
        Ok(Self { vault, subject })
    }
}

impl Drop for BeingWritten<'_> {
    fn drop(&mut self) {
        let left =
            noted(self.vault, self.subject).map(|paths| paths.into_iter().filter(|path| is_there(path)).collect::<Vec<_>>());
        // A note of what is not there does no harm; the next start drops it.
        left.and_then(|left| keep(self.vault, self.subject, &left)).unwrap_or_default();
    }
}

/// Takes away what is noted of anybody and still there. Returns how many things were deleted. What cannot be deleted stays noted.
///
/// # Errors
/// When the store cannot be read or written.
pub fn sweep_leftovers(vault: &Vault) -> Result<usize, StoreError> {
    let mut deleted = 0;
    for subject in vault.subjects()? {
        let paths = noted(vault, &subject).unwrap_or_default();
        if paths.is_empty() {
            continue;
        }
        let mut left = vec![];
        for path in paths {
            match remove(&path) {
                Ok(true) => deleted += 1,
                Ok(false) => {}
                Err(_) => left.push(path),
            }
        }
        keep(vault, &subject, &left)?;
    }
    Ok(deleted)
}

/// Takes away what stopped programs left in this folder, of copies of a record.
pub(super) fn sweep_folder(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let is_record = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(BEGINNINGS[0]));
        if is_record {
            // Somebody else's, or on a stick that cannot be written: making the new copy tells what is wrong.
            remove(&path).unwrap_or_default();
        }
    }
}

/// Deletes a thing with a name of ours; whether it was there.
fn remove(path: &Path) -> std::io::Result<bool> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if !BEGINNINGS.iter().any(|beginning| name.starts_with(beginning)) || !name.ends_with(ENDING) {
        return Ok(false);
    }
    match fs::symlink_metadata(path) {
        Ok(about) if about.is_dir() => fs::remove_dir_all(path).map(|()| true),
        Ok(about) if about.is_file() => fs::remove_file(path).map(|()| true),
        // A link is none of ours.
        Ok(_) => Ok(false),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && path.parent().is_some_and(Path::is_dir) => Ok(false),
        Err(error) => Err(error),
    }
}

fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

fn noted(vault: &Vault, subject: &SubjectId) -> Result<Vec<PathBuf>, StoreError> {
    let note = vault.kept(subject, NOTE)?;
    let paths = note.iter().flat_map(|note| note.reveal(Reveal::AtRest).split('\0')).filter(|path| !path.is_empty());
    Ok(paths.map(PathBuf::from).collect())
}

fn keep(vault: &Vault, subject: &SubjectId, paths: &[PathBuf]) -> Result<(), StoreError> {
    if paths.is_empty() {
        return vault.drop_kept(subject, NOTE);
    }
    let paths: Vec<_> = paths.iter().map(|path| path.to_string_lossy()).collect();
    vault.keep(subject, NOTE, &Secret::new(paths.join("\0")))
}
