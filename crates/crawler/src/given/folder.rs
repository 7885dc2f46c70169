//! Walks a folder: in the order of names, bounded, without following links to folders.

use std::path::{Path, PathBuf};

use super::{Caps, Why};

/// What is found on the way.
pub(super) enum Found<'p> {
    /// A file to read.
    File(&'p Path),
    /// Something that cannot be looked at.
    Trouble(&'p Path, Why),
}

/// Files that saved pages bring along and that hold nothing to read.
const COMPANIONS: [&str; 28] = [
    "css", "js", "mjs", "map", "png", "gif", "jpg", "jpeg", "webp", "avif", "ico", "svg", "bmp", "woff", "woff2", "ttf", "otf",
    "eot", "mp4", "webm", "mp3", "ogg", "wav", "mov", "m4a", "m4v", "download", "ds_store",
];

/// Walks everything below `root`.
pub(super) fn walk(root: &Path, caps: &Caps, each: &mut dyn FnMut(Found<'_>)) {
    let mut left = caps.files;
    // The next entry is the last one: folders are put in reverse order.
    let mut todo: Vec<(PathBuf, usize)> = vec![(root.to_owned(), 0)];
    while let Some((path, depth)) = todo.pop() {
        let about = if depth == 0 { std::fs::metadata(&path) } else { std::fs::symlink_metadata(&path) };
        let kind = match about {
            Ok(about) => about.file_type(),
            Err(e) => {
                each(Found::Trouble(&path, Why::from(&e)));
                continue;
            }
        };
        if kind.is_dir() {
            if depth > caps.depth {
                each(Found::Trouble(&path, Why::TooDeep(caps.depth)));
                continue;
            }
            match entries(&path, caps.files) {
                Ok(names) => todo.extend(names.into_iter().rev().map(|name| (name, depth + 1))),
                Err(e) => each(Found::Trouble(&path, Why::from(&e))),
            }
            continue;
        }
        // A link to a file is read as the file; one to a folder may lead back up.
        let is_file = kind.is_file() || (kind.is_symlink() && std::fs::metadata(&path).is_ok_and(|m| m.is_file()));
        if !is_file || is_companion(&path) {
            continue;
        }
        if left == 0 {
            each(Found::Trouble(root, Why::TooMany(caps.files)));
            return;
        }
        left -= 1;
        each(Found::File(&path));
    }
}

/// The names in a folder, sorted, hidden ones left out; a few more than the cap at most.
fn entries(folder: &Path, most: usize) -> std::io::Result<Vec<PathBuf>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
        if !hidden {
            names.push(path);
        }
        if names.len() > most.saturating_mul(4).saturating_add(1_000) {
            break;
        }
    }
    names.sort();
    Ok(names)
}

/// Whether a file in a folder is a picture, a script or a style sheet of a saved page.
fn is_companion(path: &Path) -> bool {
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    let in_saved_page = path
        .parent()
        .and_then(Path::file_name)
        .map(|n| n.to_string_lossy().to_ascii_lowercase())
        .is_some_and(|n| n.ends_with("_files") || n.ends_with(".files") || n.ends_with("_data"));
    in_saved_page && extension.is_none_or(|e| COMPANIONS.contains(&e.as_str()))
        || path
            .extension()
            .is_some_and(|e| matches!(e.to_string_lossy().to_ascii_lowercase().as_str(), "css" | "js" | "map" | "woff" | "woff2"))
}
