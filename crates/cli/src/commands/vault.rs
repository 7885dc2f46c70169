//! `unlisted vault`: who is in the locked store, forgetting a person, deleting what has passed its time.

use unlisted_model::SubjectId;

use crate::args::VaultCommand;
use crate::failure::Failure;
use crate::{terminal, unlock};

pub(crate) fn run(command: &VaultCommand) -> Result<u8, Failure> {
    match command {
        VaultCommand::List { common } => {
            let ids: Vec<String> = unlock::vault(common, false)?.subjects()?.iter().map(ToString::to_string).collect();
            if ids.is_empty() {
                return Err(Failure::nothing("nobody is in the locked store"));
            }
            terminal::out(&ids.join("\n"))?;
        }
        VaultCommand::Forget { subject, yes, common } => {
            let id =
                SubjectId::new(subject).ok_or_else(|| Failure::usage("an id has small letters, figures and hyphens only"))?;
            let vault = unlock::vault(common, *yes)?;
            if !yes {
                let sure = terminal::is_interactive()
                    && terminal::asks(&format!("Delete everything about {id}, findings and all? This cannot be undone."));
                if !sure {
                    return Err(Failure::usage("nothing was deleted; add --yes to delete without being asked"));
                }
            }
            let forgotten = vault.forget(&id)?;
            terminal::say(&format!("Everything about {id} is deleted."));
            if forgotten.old_copies_still_open {
                terminal::say(
                    "Old copies of the store can still be opened with its key file or passphrase. Delete backups as well.",
                );
            }
        }
        VaultCommand::Purge { common } => {
            let purged = unlock::vault(common, false)?.purge(jiff::Timestamp::now())?;
            terminal::say(&format!("Deleted {} checks whose time was over.", purged.runs));
        }
    }
    Ok(0)
}
