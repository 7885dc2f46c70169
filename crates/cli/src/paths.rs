//! Where things are kept, and which folders are copied to a cloud.

use std::path::{Component, Path, PathBuf};

use etcetera::AppStrategy as _;

use crate::failure::Failure;
use crate::terminal;

/// The local application-data folder.
pub(crate) fn data() -> Result<PathBuf, Failure> {
    let args =
        etcetera::AppStrategyArgs { top_level_domain: "uk".into(), author: "unlisted".into(), app_name: "unlisted".into() };
    let strategy = etcetera::choose_app_strategy(args)
        .map_err(|_| Failure::failed("this computer names no folder for application data; use --vault DIR and --out DIR"))?;
    Ok(strategy.data_dir())
}

/// Parts of a path that belong to services which copy a folder to a cloud.
const SYNCED: [&str; 8] =
    ["onedrive", "dropbox", "icloud", "mobile documents", "google drive", "googledrive", "my drive", "box sync"];

fn is_synced(path: &Path) -> bool {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    whole.components().any(|part| match part {
        Component::Normal(name) => {
            let name = name.to_string_lossy().to_lowercase();
            SYNCED.iter().any(|s| name.starts_with(s) || name.starts_with(&format!("com~apple~{s}")))
        }
        _ => false,
    })
}

/// Asks before something private goes into a folder that is copied to a cloud.
pub(crate) fn ask_if_synced(path: &Path, what: &str, yes: bool) -> Result<(), Failure> {
    if !is_synced(path) || yes {
        return Ok(());
    }
    let warning = format!("The folder for {what} looks as if it is copied to a cloud. Others may be able to read it there.");
    if terminal::is_interactive() {
        terminal::say(&warning);
        if terminal::asks("Use it all the same?") {
            return Ok(());
        }
    }
    Err(Failure::usage(format!("{warning}\nNothing was written. Choose another folder, or add --yes to use it")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synced_folders_are_known() {
        for (path, expect) in [
            ("/home/a/OneDrive - Party/vault", true),
            ("/Users/a/Dropbox/x", true),
            ("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/x", true),
            ("/home/a/google drive/x", true),
            ("/home/a/dropped/x", false),
            ("/home/a/boxes/x", false),
        ] {
            assert_eq!(is_synced(Path::new(path)), expect, "{path}");
        }
    }
}
