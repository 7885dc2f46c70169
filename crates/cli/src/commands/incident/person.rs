//! Whose record it is. Somebody who was threatened tonight needs no set-up: their record is that of `me`.

use unlisted_engine::config::Config;
use unlisted_model::{Danger, Subject, SubjectId};
use unlisted_reporter::danger;
use unlisted_store::Vault;

use crate::args::Common;
use crate::commands::leftovers;
use crate::failure::Failure;
use crate::words::{t, words};
use crate::{subject, terminal, unlock};

/// The id of a person who is not set up yet. `unlisted init` takes it over.
const NOBODY_YET: &str = "me";

/// A person and their locked file.
pub(super) struct Who {
    pub(super) id: SubjectId,
    pub(super) vault: Vault,
    pub(super) config: Config,
    /// Their details, when there are any.
    pub(super) details: Option<Subject>,
}

impl Who {
    /// Says whom to call before anything is asked. Then opens the locked file and finds the person.
    pub(super) fn find(named: Option<&str>, common: &Common) -> Result<Self, Failure> {
        let config = subject::config(common)?;
        call_first(&config);
        Self::quietly(named, common)
    }

    /// Opens the locked file and finds the person: named by a file or an id, or the only one there.
    pub(super) fn quietly(named: Option<&str>, common: &Common) -> Result<Self, Failure> {
        let config = subject::config(common)?;
        let file = named.map(subject::from_file).transpose()?.flatten();
        let vault = unlock::vault(common, false)?;
        leftovers::sweep(&vault);
        if let Some(person) = file {
            subject::is_nobody_else(&person.subject, &vault)?;
            return Ok(Self { id: person.subject.id.clone(), vault, config, details: Some(person.subject) });
        }
        let id = known(named, &vault)?;
        let details = if vault.subject_file(&id)?.is_some() { subject::from_vault(id.as_str(), &vault).ok() } else { None };
        Ok(Self { id, vault, config, details: details.map(|person| person.subject) })
    }

    /// What leads back to this record when a command is typed again: whose it is, where there are several, and the options.
    pub(super) fn typed_again(&self, common: &Common) -> String {
        let is_one_of_several = self.vault.subjects().is_ok_and(|all| all.len() > 1);
        let id = if is_one_of_several { format!(" {}", self.id) } else { String::new() };
        format!("{id}{}", common.typed_again())
    }

    /// What to tell this person about danger.
    pub(super) fn danger(&self) -> Danger {
        unlisted_engine::danger(self.details.as_ref(), &self.config)
    }

    /// The name under which their record is handed out, when they gave one.
    pub(super) fn name(&self) -> Option<&str> {
        self.details.as_ref().map(|s| s.names.full.as_str())
    }
}

/// Whom to call, in one line, by what is known before the locked file is open.
pub(super) fn call_first(config: &Config) {
    terminal::say(&danger::line(&unlisted_engine::danger(None, config), &words()));
    terminal::say("\n");
}

fn known(named: Option<&str>, vault: &Vault) -> Result<SubjectId, Failure> {
    let all = vault.subjects()?;
    let there = || all.iter().map(SubjectId::as_str).collect::<Vec<_>>().join(", ");
    let nobody_yet = SubjectId::new(NOBODY_YET).ok_or_else(|| Failure::failed(t("incident.fault", &[])))?;
    match (named.map(str::trim), all.as_slice()) {
        (None, []) => Ok(nobody_yet),
        (None, [only]) => Ok(only.clone()),
        (None, _) => Err(Failure::usage(t("incident.which", &[("there", &there())]))),
        (Some(NOBODY_YET), _) => Ok(nobody_yet),
        (Some(name), _) => match all.iter().find(|id| id.as_str() == name) {
            Some(id) => Ok(id.clone()),
            None if all.is_empty() => Err(Failure::usage(t("incident.nobody", &[]))),
            None => Err(Failure::usage(t("incident.unknown", &[("there", &there())]))),
        },
    }
}
