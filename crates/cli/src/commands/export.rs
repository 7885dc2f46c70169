//! `unlisted export`: a person's details as a file that is not locked.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use unlisted_engine::incident::BeingWritten;
use unlisted_model::{Reveal, Secret};

use crate::args::Export;
use crate::commands::leftovers;
use crate::failure::Failure;
use crate::words::{io, t};
use crate::{paths, subject, terminal, unlock};

pub(crate) fn run(args: &Export) -> Result<u8, Failure> {
    subject::config(&args.common)?;
    let asks = terminal::is_interactive();
    if !args.yes && !asks {
        return Err(Failure::usage(t("export.needs_yes", &[])));
    }
    if let Some(path) = &args.out {
        fits(path, asks)?;
        paths::ask_if_synced(path, &t("export.what", &[]), args.yes)?;
    }
    let vault = unlock::vault(&args.common, args.yes)?;
    leftovers::sweep(&vault);
    let id = subject::the_person(args.subject.as_deref(), &vault)?;
    let Some(text) = vault.subject_file(&id)? else {
        return Err(Failure::nothing(t("export.no_details", &[("id", id.as_str())])));
    };
    if !args.yes && !terminal::asks(&t("export.ask", &[])) {
        return Err(Failure::nothing(t("export.not_done", &[])));
    }
    let Some(path) = &args.out else {
        terminal::out(text.reveal(Reveal::OperatorAsked))?;
        return Ok(0);
    };
    if path.exists() && !terminal::asks(&t("export.ask_over", &[("file", &path.display().to_string())])) {
        return Err(Failure::nothing(t("export.not_done", &[])));
    }
    let watch = leftovers::watch(&vault);
    let parts: Vec<PathBuf> = (0..16).map(|n| part(path, n)).collect();
    let free = parts.iter().find(|part| std::fs::symlink_metadata(part).is_err());
    let failed = |error: std::io::Error| {
        Failure::failed(t("export.failed", &[("file", &path.display().to_string()), ("why", &io(&error))]))
    };
    let part = free.ok_or_else(|| failed(ErrorKind::AlreadyExists.into()))?;
    let being_written = BeingWritten::at(part, &vault, &id)?;
    let done = written(path, part, &text);
    watch.wait_if_ending();
    done.map_err(failed)?;
    drop(being_written);
    terminal::say(&t("export.written", &[("file", &path.display().to_string())]));
    Ok(0)
}

/// Refuses what can never be written, before anything is asked. An old file is written over only after a question.
fn fits(path: &Path, asks: bool) -> Result<(), Failure> {
    let no = |key: &str| Err(Failure::usage(t(key, &[("file", &path.display().to_string())])));
    match std::fs::symlink_metadata(path) {
        Ok(about) if about.is_dir() || path.is_dir() => no("export.is_folder"),
        Ok(about) if !about.is_file() && !path.is_file() => no("export.no_file"),
        Ok(_) if !asks => no("export.is_there"),
        Ok(_) => Ok(()),
        Err(_) if !folder(path).is_dir() => no("export.no_folder"),
        Err(_) => Ok(()),
    }
}

fn folder(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Under which name it is written until it is whole.
fn part(path: &Path, n: u32) -> PathBuf {
    folder(path).join(format!(".unlisted-{}-{n}.part", std::process::id()))
}

/// Written whole under another name beside it, readable by its owner only, then moved there: never half a file.
fn written(path: &Path, part: &Path, text: &Secret) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(part)?;
    let done = file
        .write_all(text.reveal(Reveal::OperatorAsked).as_bytes())
        .and_then(|()| file.sync_all())
        .and_then(|()| std::fs::rename(part, path));
    if done.is_err() {
        // The first error is the one to tell.
        std::fs::remove_file(part).unwrap_or_default();
    }
    done
}
