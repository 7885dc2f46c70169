//! `unlisted vault`: who is in the locked store, forgetting a person, deleting what has passed its time.

use unlisted_model::SubjectId;

use crate::args::VaultCommand;
use crate::failure::Failure;
use crate::words::{n, t};
use crate::{terminal, unlock};

pub(crate) fn run(command: &VaultCommand) -> Result<u8, Failure> {
    match command {
        VaultCommand::List { common } => {
            let ids: Vec<String> = unlock::vault(common, false)?.subjects()?.iter().map(ToString::to_string).collect();
            if ids.is_empty() {
                return Err(Failure::nothing(t("locked.nobody", &[])));
            }
            terminal::out(&ids.join("\n"))?;
        }
        VaultCommand::Forget { subject, yes, common } => {
            let id = SubjectId::new(subject).ok_or_else(|| Failure::usage(t("locked.bad_name", &[])))?;
            let vault = unlock::vault(common, *yes)?;
            if !yes {
                let sure = terminal::is_interactive() && terminal::asks(&t("locked.forget_sure", &[("id", id.as_str())]));
                if !sure {
                    return Err(Failure::usage(t("locked.not_deleted", &[])));
                }
            }
            let forgotten = vault.forget(&id)?;
            terminal::say(&t("locked.deleted", &[("id", id.as_str())]));
            if forgotten.old_copies_still_open {
                terminal::say(&t("locked.old_copies", &[]));
            }
        }
        VaultCommand::Purge { common } => {
            let purged = unlock::vault(common, false)?.purge(jiff::Timestamp::now())?;
            terminal::say(&n("locked.purged", purged.runs, &[]));
        }
    }
    Ok(0)
}
