//! `unlisted import`: takes a file of details into the locked store, and offers to delete the file.

use std::path::Path;

use unlisted_engine::known_council;
use unlisted_model::Secret;
use unlisted_store::Vault;

use crate::args::Import;
use crate::failure::Failure;
use crate::subject::Person;
use crate::words::{io, t};
use crate::{paths, subject, terminal, unlock};

/// Whose record of abuse was begun before anything else was known of them.
const ME: &str = "me";

pub(crate) fn run(args: &Import) -> Result<u8, Failure> {
    let config = subject::config(&args.common)?;
    let shown = args.file.display().to_string();
    let given = subject::text_of(&args.file)?.ok_or_else(|| Failure::usage(t("import.no_file", &[("file", &shown)])))?;
    let mut person = subject::read(&given.name, given.text.clone())?;
    known_council(&person.subject, &config)?;
    let vault = unlock::vault(&args.common, args.yes)?;
    subject::is_nobody_else(&person.subject, &vault)?;
    let asked = person.subject.id.clone();
    if let Some(mine) = begun_as_me(&person, &vault)? {
        person = mine;
    }
    let id = &person.subject.id;
    let was_there = vault.subject_file(id)?.is_some();
    vault.keep_subject(id, &person.text)?;
    terminal::say(&t(if was_there { "import.replaced" } else { "import.done" }, &[("id", id.as_str())]));
    if *id != asked {
        terminal::say(&t("import.as_me", &[("id", asked.as_str()), ("me", id.as_str())]));
    }
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
    let has_second_name = has_second_name(&args.file);
    match removed(&args.file, &given.text) {
        Ok(()) => {
            terminal::say(&t("import.deleted", &[("file", &given.name)]));
            if has_second_name {
                terminal::say(&t("import.second_name", &[]));
            }
            Ok(0)
        }
        Err(why) => Err(Failure::failed(t("import.not_deleted", &[("file", &given.name), ("why", &why)]))),
    }
}

/// The person under the id of the record of abuse that was begun before anything else was known of them. The store renames nobody,
/// so the id in the text changes. None: there is no such record, or the person is there already under their own id.
fn begun_as_me(person: &Person, vault: &Vault) -> Result<Option<Person>, Failure> {
    let Some(me) = vault.subjects()?.into_iter().find(|id| id.as_str() == ME) else { return Ok(None) };
    if person.subject.id == me || vault.subject_file(&me)?.is_some() || vault.subjects()?.contains(&person.subject.id) {
        return Ok(None);
    }
    Ok(subject::under_id(person, &me))
}

/// Whether the same file has another name too, which stays when this one is deleted.
#[cfg(unix)]
fn has_second_name(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|about| std::os::unix::fs::MetadataExt::nlink(&about) > 1)
}

/// Whether the same file has another name too: this computer does not tell.
#[cfg(not(unix))]
fn has_second_name(_: &Path) -> bool {
    false
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
