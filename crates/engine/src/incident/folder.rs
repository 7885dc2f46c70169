//! A folder that appears whole or not at all, readable by its owner only.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::leftovers;

/// A folder under a temporary name; taken away again unless it is finished.
pub(super) struct Draft {
    path: PathBuf,
    is_done: bool,
}

impl Draft {
    /// Makes the folder for what is to be called `name`. Those that were left by a program that was stopped are taken away first.
    pub(super) fn new(out: &Path, name: &str) -> io::Result<Self> {
        make_folders(out)?;
        leftovers::sweep_folder(out);
        let path = Self::path(out, name);
        match fs::symlink_metadata(&path) {
            Ok(about) if about.is_dir() => fs::remove_dir_all(&path)?,
            Ok(_) => return Err(io::ErrorKind::AlreadyExists.into()),
            Err(_) => {}
        }
        make_folder(&path)?;
        Ok(Self { path, is_done: false })
    }

    /// Where that is.
    pub(super) fn path(out: &Path, name: &str) -> PathBuf {
        out.join(format!(".{name}.part"))
    }

    /// A new file in it; folders on the way are made.
    pub(super) fn file(&self, name: &str) -> io::Result<File> {
        let path = self.path.join(name);
        if let Some(folder) = path.parent().filter(|folder| !folder.exists()) {
            make_folder(folder)?;
        }
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path)
    }

    /// Takes a file away again.
    pub(super) fn remove(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.path.join(name))
    }

    /// Gives it its name. Nothing is overwritten.
    pub(super) fn finish(mut self, to: &Path) -> io::Result<()> {
        if fs::symlink_metadata(to).is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        fs::rename(&self.path, to)?;
        self.is_done = true;
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_done {
            // What is half written is private too; that it cannot be deleted either has no better place to be told.
            fs::remove_dir_all(&self.path).unwrap_or_default();
        }
    }
}

fn make_folder(path: &Path) -> io::Result<()> {
    builder().create(path)
}

/// Makes every folder on the way that is missing.
fn make_folders(path: &Path) -> io::Result<()> {
    builder().recursive(true).create(path)
}

fn builder() -> fs::DirBuilder {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "the mode is set on Unix only"))]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}
