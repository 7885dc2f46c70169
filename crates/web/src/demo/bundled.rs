//! The web that is built into the program.

use std::io;

use super::site::Site;

include!(concat!(env!("OUT_DIR"), "/bundled.rs"));

/// The subject file of the demonstration's invented person, `fixtures/people/demo.toml`. Its permission has an end: read it
/// with a day between 2026-11-20 and 2027-06-06 as today, not with the clock.
pub const SUBJECT: &str = include_str!("../../../../fixtures/people/demo.toml");

/// The sites of `fixtures/web/`.
///
/// # Errors
/// A file that cannot be read as its kind, with its line.
pub fn bundled() -> io::Result<Vec<Site>> {
    let mut sites: Vec<Site> = vec![];
    for (name, bytes) in FILES {
        let Some((host, path)) = name.split_once('/') else { continue };
        if sites.last().is_none_or(|s| s.host != host) {
            sites.push(Site::new(host));
        }
        if let Some(site) = sites.last_mut() {
            site.file(path, bytes)
                .map_err(|e| io::Error::new(io::ErrorKind::InvalidData, format!("fixtures/web/{name}, {e}")))?;
        }
    }
    Ok(sites)
}
