//! Where things are kept, and which folders are copied to a cloud.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use etcetera::AppStrategy as _;

use crate::failure::Failure;
use crate::terminal;
use crate::words::t;

/// The local application-data folder.
pub(crate) fn data() -> Result<PathBuf, Failure> {
    let args =
        etcetera::AppStrategyArgs { top_level_domain: "uk".into(), author: "unlisted".into(), app_name: "unlisted".into() };
    let strategy = etcetera::choose_app_strategy(args).map_err(|_| Failure::failed(t("person.no_folder", &[])))?;
    Ok(strategy.data_dir())
}

/// Folders of services which copy them to a cloud, in small letters. A name counts when nothing follows it, or something that is no
/// letter or figure: "OneDrive - Party", "GoogleDrive-me@mail.example", "Dropbox (Personal)".
const SYNCED: [&str; 24] = [
    "onedrive",
    "dropbox",
    "icloud",
    "iclouddrive",
    "icloudphotos",
    "mobile documents",
    "com~apple~clouddocs",
    "com~apple~icloud",
    "cloudstorage",
    "google drive",
    "googledrive",
    "google-drive",
    "my drive",
    "box sync",
    "box-box",
    "pcloud",
    "pclouddrive",
    "pcloudsync",
    "nextcloud",
    "owncloud",
    "proton drive",
    "protondrive",
    "megasync",
    "seafile",
];

/// The same for names that are words as well: only so written, and whole.
const SYNCED_EXACTLY: [&str; 5] = ["Box", "MEGA", "MEGAsync", "Tresorit", "Tresors"];

/// What a service leaves in the folder that it copies: a name, and whether it is a file there. (`.dropbox` is a folder in a home, and
/// only there.)
const MARKS: [(&str, bool); 5] = [
    (".dropbox", true),
    (".dropbox.cache", false),
    (".stfolder", false),
    (".nextcloudsync.log", true),
    (".owncloudsync.log", true),
];

/// Variables in which Windows keeps the place of OneDrive.
const PLACES: [&str; 3] = ["OneDrive", "OneDriveConsumer", "OneDriveCommercial"];

/// Whether a file or folder, there or still to be made, lies in a folder that is copied to a cloud.
pub(crate) fn is_synced(path: &Path) -> bool {
    let places: Vec<OsString> = PLACES.iter().filter_map(std::env::var_os).filter(|p| !p.is_empty()).collect();
    lies_in_cloud(path, &places)
}

fn lies_in_cloud(path: &Path, places: &[OsString]) -> bool {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    // A link may lead into such a folder: Windows and macOS move Desktop and Documents there.
    let real = whole.ancestors().find_map(|part| std::fs::canonicalize(part).ok());
    [Some(whole), real].into_iter().flatten().any(|path| {
        path.components().any(|part| matches!(part, Component::Normal(name) if is_name_of_cloud(&name.to_string_lossy())))
            || places.iter().any(|place| starts_with(&path, Path::new(place)))
            || path.ancestors().any(|folder| {
                MARKS.iter().any(|(mark, file)| std::fs::metadata(folder.join(mark)).is_ok_and(|about| !*file || about.is_file()))
            })
    })
}

fn is_name_of_cloud(name: &str) -> bool {
    let small = name.to_lowercase();
    let follows = |start: &&str| small.strip_prefix(*start).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    SYNCED.iter().any(follows) || SYNCED_EXACTLY.contains(&name)
}

/// Windows tells no capitals from small letters.
fn starts_with(path: &Path, place: &Path) -> bool {
    if cfg!(windows) {
        let small = |p: &Path| PathBuf::from(p.to_string_lossy().to_lowercase());
        return small(path).starts_with(small(place));
    }
    place.is_absolute() && path.starts_with(place)
}

/// Asks before something private goes into a folder that is copied to a cloud.
pub(crate) fn ask_if_synced(path: &Path, what: &str, yes: bool) -> Result<(), Failure> {
    if yes || !is_synced(path) {
        return Ok(());
    }
    let warning = t("person.synced", &[("what", what)]);
    if terminal::is_interactive() {
        terminal::say(&warning);
        if terminal::asks(&t("person.synced_ask", &[])) {
            return Ok(());
        }
    }
    Err(Failure::usage(format!("{warning}\n{}", t("person.synced_do", &[]))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synced_folders_are_known() {
        for (path, expect) in [
            ("/home/a/OneDrive - Party/vault", true),
            ("/Users/a/Library/CloudStorage/OneDrive-Personal/x", true),
            ("/Users/a/Dropbox/x", true),
            ("/home/a/Dropbox (Personal)/x", true),
            ("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/x", true),
            ("/home/a/iCloudDrive/x", true),
            ("/home/a/iCloud Drive/x", true),
            ("/home/a/google drive/x", true),
            ("/home/a/GoogleDrive-me@mail.example/My Drive/x", true),
            ("/home/a/pCloud Drive/x", true),
            ("/home/a/pCloudDrive/x", true),
            ("/home/a/Nextcloud/x", true),
            ("/home/a/ownCloud/x", true),
            ("/home/a/Proton Drive/x", true),
            ("/home/a/MEGA/x", true),
            ("/home/a/Box/x", true),
            ("/home/a/Box Sync/x", true),
            ("/home/a/OneDrive/Desktop/x", true),
            ("/home/a/dropped/x", false),
            ("/home/a/dropboxes/x", false),
            ("/home/a/boxes/x", false),
            ("/home/a/box/x", false),
            ("/home/a/megan/x", false),
            ("/home/a/my driveway/x", false),
            ("/home/a/onedriver/x", false),
            ("/home/a/unlisted/cloud notes", false),
        ] {
            assert_eq!(lies_in_cloud(Path::new(path), &[]), expect, "{path}");
        }
    }

    #[test]
    fn marks_links_and_places_are_seen() {
        let home = std::env::temp_dir().join(format!("unlisted-paths-{}", std::process::id()));
        let make = |name: &str| std::fs::create_dir_all(home.join(name)).expect("a folder");
        for name in [".dropbox", "shared/.stfolder", "shared/letters", "letters", "party/notes"] {
            make(name);
        }
        std::fs::write(home.join("party/.dropbox"), "x").expect("a file");
        let place = home.join("work").into_os_string();
        for (name, expect) in [
            ("letters/me.toml", false),
            ("shared/letters/me.toml", true),
            ("shared/letters/new/folder/me.toml", true),
            ("party/notes/me.toml", true),
            ("work/me.toml", true),
            ("workshop/me.toml", false),
        ] {
            assert_eq!(lies_in_cloud(&home.join(name), std::slice::from_ref(&place)), expect, "{name}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(home.join("shared"), home.join("desk")).expect("a link");
            assert!(lies_in_cloud(&home.join("desk/me.toml"), &[]));
        }
        std::fs::remove_dir_all(&home).expect("removed");
    }
}
