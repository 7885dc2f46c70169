//! `unlisted import`: takes a file of details into the locked store, and offers to delete the file.

use std::path::Path;

use unlisted_engine::known_council;
use unlisted_model::Secret;

use crate::args::Import;
use crate::failure::Failure;
use crate::words::{io, t};
use crate::{paths, subject, terminal, unlock};

pub(crate) fn run(args: &Import) -> Result<u8, Failure> {
    let config = subject::config(&args.common)?;
    let shown = args.file.display().to_string();
    let given = subject::text_of(&args.file)?.ok_or_else(|| Failure::usage(t("import.no_file", &[("file", &shown)])))?;
    let person = subject::read(&given.name, given.text)?;
    known_council(&person.subject, &config)?;
    let vault = unlock::vault(&args.common, args.yes)?;
    subject::is_nobody_else(&person.subject, &vault)?;
    let id = &person.subject.id;
    let was_there = vault.subject_file(id)?.is_some();
    vault.keep_subject(id, &person.text)?;
    terminal::say(&t(if was_there { "import.replaced" } else { "import.done" }, &[("id", id.as_str())]));
    let numbers = person.subject.private.iter().any(|fact| fact.kind().is_identity_number());
    if numbers {
        terminal::say(&t("import.identity_numbers", &[]));
    }
    if paths::is_synced(&args.file) {
        terminal::say(&t("import.synced", &[]));
    }
    let delete = if args.delete {
        true
    } else if args.keep {
        false
    } else if terminal::is_interactive() {
        terminal::asks(&t("import.ask", &[("file", &given.name)]))
    } else {
        terminal::say(&t("import.kept_unasked", &[("file", &given.name)]));
        return Ok(0);
    };
    if !delete {
        terminal::say(&t("import.kept", &[("file", &given.name)]));
        return Ok(0);
    }
    match removed(&args.file, &person.text) {
        Ok(()) => {
            terminal::say(&t("import.deleted", &[("file", &given.name)]));
            Ok(0)
        }
        Err(why) => Err(Failure::failed(t("import.not_deleted", &[("file", &given.name), ("why", &why)]))),
    }
}

/// Deletes the file if it still is what was read; else says why not.
fn removed(path: &Path, text: &Secret) -> Result<(), String> {
    let system = |error: std::io::Error| io(&error);
    let about = std::fs::symlink_metadata(path).map_err(system)?;
    if about.is_symlink() {
        return Err(t("import.why_link", &[]));
    }
    if !about.is_file() {
        return Err(t("import.why_no_file", &[]));
    }
    match subject::text_of(path) {
        Ok(Some(now)) if now.text == *text => std::fs::remove_file(path).map_err(system),
        _ => Err(t("import.why_changed", &[])),
    }
}
