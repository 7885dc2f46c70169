//! Files that are given as proof: on the command line, or as answers.

use std::path::{Path, PathBuf};

use unlisted_engine::incident::{self, Read};
use unlisted_model::incident::NewFile;
use unlisted_model::{Reveal, Secret};

use super::answers::{self, Stop};
use crate::failure::Failure;
use crate::terminal;
use crate::words::t;

/// The most files of one entry, as the locked file takes them.
const MOST: usize = 20;
/// The most of them together, in MB: they are in memory at once.
const MOST_MB: u64 = 200;

fn length(files: &[NewFile]) -> u64 {
    files.iter().map(|file| file.bytes.len() as u64).sum()
}

/// Reads the files of `--file` before anything is asked. Their names are not told: they may say too much.
pub(super) fn given(paths: &[PathBuf], yes: bool) -> Result<Vec<NewFile>, Failure> {
    if paths.len() > MOST {
        return Err(Failure::usage(t("incident-file.too-many", &[("limit", &MOST.to_string())])));
    }
    let mut files = vec![];
    for (n, path) in paths.iter().enumerate() {
        let which = t("incident-file.which", &[("n", &(n + 1).to_string())]);
        let stop = |words: String| Failure::usage(format!("{which} {words}\n{}", t("incident-file.nothing-kept", &[])));
        let read = incident::read_file(path).map_err(|problem| stop(words(problem.key(), &problem.gaps())))?;
        if let Some(question) = doubt(&read).filter(|_| !yes) {
            if !terminal::is_interactive() {
                return Err(stop(format!("{question} {}", t("incident-file.add-yes", &[]))));
            }
            terminal::say(&format!("{which} {question}"));
            if !terminal::asks(&t("incident-file.keep-it", &[])) {
                continue;
            }
        }
        files.push(read.file);
        if length(&files) > MOST_MB << 20 {
            return Err(Failure::usage(t("incident-file.too-much", &[("limit", &MOST_MB.to_string())])));
        }
    }
    Ok(files)
}

/// Asks for files until an empty line.
pub(super) fn asked(files: &mut Vec<NewFile>, yes: bool) -> Result<(), Stop> {
    terminal::say(&t("incident-ask.file_tip", &[]));
    let mut tries = 0;
    loop {
        if files.len() >= MOST {
            terminal::say(&t("incident-file.too-many", &[("limit", &MOST.to_string())]));
            return Ok(());
        }
        let key = if files.is_empty() { "incident-ask.file" } else { "incident-ask.file_more" };
        let Some(typed) = answers::line_or_none(key)? else { return Ok(()) };
        match incident::read_file(&path(&typed)) {
            Ok(read) if length(files) + read.file.bytes.len() as u64 > MOST_MB << 20 => {
                terminal::say(&t("incident-file.too-much-asked", &[("limit", &MOST_MB.to_string())]));
                tries += 1;
            }
            Ok(read) => keep(read, files, yes)?,
            Err(problem) => {
                terminal::say(&words(problem.key(), &problem.gaps()));
                tries += 1;
            }
        }
        if tries >= 5 {
            terminal::say(&t("incident-file.later", &[]));
            return Ok(());
        }
    }
}

fn keep(read: Read, files: &mut Vec<NewFile>, yes: bool) -> Result<(), Stop> {
    if let Some(question) = doubt(&read).filter(|_| !yes) {
        terminal::say(&question);
        if answers::yes_or_no("incident-file.keep-it", &[])? != Some(true) {
            terminal::say(&t("incident-file.not-kept", &[]));
            return Ok(());
        }
    }
    let kind = t(&format!("bundle-file.{}", read.file.kind.as_str()), &[]);
    let size = size(read.file.bytes.len());
    terminal::say(&t("incident-file.read", &[("kind", &kind), ("size", &size)]));
    files.push(read.file);
    Ok(())
}

/// A size as people say it.
pub(super) fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => t("incident-file.bytes", &[("n", &bytes.to_string())]),
        1_000..1_000_000 => t("incident-file.kb", &[("n", &bytes.div_ceil(1_000).to_string())]),
        _ => t("incident-file.mb", &[("n", &bytes.div_ceil(1_000_000).to_string())]),
    }
}

fn path(typed: &Secret) -> PathBuf {
    let home = etcetera::home_dir().ok();
    incident::path_typed(typed.reveal(Reveal::ToCompare), home.as_deref().map(Path::new))
}

fn doubt(read: &Read) -> Option<String> {
    let kind = t(&format!("bundle-file.{}", read.file.kind.as_str()), &[]);
    read.doubt.map(|doubt| t(doubt.key(), &[("kind", &kind)]))
}

fn words(key: &str, gaps: &[(&'static str, String)]) -> String {
    t(key, &gaps.iter().map(|(k, v)| (*k, v.as_str())).collect::<Vec<_>>())
}
