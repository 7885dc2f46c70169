//! Writes documents: to a folder, or one of them to stdout.

use std::collections::BTreeMap;
use std::path::Path;

use unlisted_engine::config::Config;
use unlisted_model::report::Report;
use unlisted_reporter::{Knowledge, Words, render};

use crate::failure::Failure;
use crate::words::{io, t};
use crate::{paths, terminal};

/// A format of the report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Format {
    Text,
    Html,
    Json,
    Markdown,
    Csv,
}

impl Format {
    /// Reads the names of `--format`.
    pub(crate) fn list(names: &[String], otherwise: &[Self]) -> Result<Vec<Self>, Failure> {
        if names.is_empty() {
            return Ok(otherwise.to_vec());
        }
        let mut formats = vec![];
        for name in names {
            let format = match name.trim() {
                "text" | "txt" => Self::Text,
                "html" => Self::Html,
                "json" => Self::Json,
                "md" | "markdown" => Self::Markdown,
                "csv" => Self::Csv,
                other => return Err(Failure::usage(t("output.unknown_format", &[("format", other)]))),
            };
            if !formats.contains(&format) {
                formats.push(format);
            }
        }
        Ok(formats)
    }

    pub(crate) const fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Html => "html",
            Self::Json => "json",
            Self::Markdown => "md",
            Self::Csv => "csv",
        }
    }
}

/// The words of the configuration.
pub(crate) fn words(config: &Config) -> Words {
    Words::new(config.words.clone())
}

/// Checks before any work that the formats fit the place they go to.
pub(crate) fn fits(formats: &[Format], out: Option<&Path>, yes: bool) -> Result<(), Failure> {
    match out {
        None if formats.len() > 1 => Err(Failure::usage(t("output.one_format", &[]))),
        None => Ok(()),
        Some(dir) => paths::ask_if_synced(dir, &t("output.the_report", &[]), yes),
    }
}

/// Makes the folder and tries to write there, so that no check is made whose report then has no place.
pub(crate) fn has_room(out: Option<&Path>) -> Result<(), Failure> {
    let Some(dir) = out else { return Ok(()) };
    let probe = dir.join(".report.part");
    let tried = make_folders(dir).and_then(|()| write_part(&probe, &[0; 4096])).and_then(|()| std::fs::remove_file(&probe));
    tried.map_err(|e| Failure::failed(t("output.no_room", &[("why", &io(&e))])))
}

/// Writes a report in each format.
pub(crate) fn report(report: &Report, config: &Config, formats: &[Format], out: Option<&Path>) -> Result<(), Failure> {
    let words = words(config);
    let titles: BTreeMap<String, String> = config.rows.values().map(|r| (r.id.to_string(), r.title.clone())).collect();
    let knowledge = Knowledge { words: &words, routes: &config.routes, titles: &titles };
    for format in formats {
        let text = match format {
            Format::Text => render::text::summary(report, &words),
            Format::Html => render::html::report(report, &knowledge),
            Format::Json => render::json::report(report, &words),
            Format::Markdown => render::markdown::report(report, &knowledge),
            Format::Csv => render::csv::report(report, &knowledge),
        };
        write_or(&format!("report.{}", format.extension()), &text, out, "output.report_not_written")?;
    }
    Ok(())
}

/// Writes one document into the folder, or to stdout. A file appears whole or not at all, and is its owner's alone.
pub(crate) fn write(name: &str, text: &str, out: Option<&Path>) -> Result<(), Failure> {
    write_or(name, text, out, "output.not_written")
}

/// The same, with the words of a failure.
fn write_or(name: &str, text: &str, out: Option<&Path>, not_written: &str) -> Result<(), Failure> {
    let Some(dir) = out else {
        return terminal::out(text);
    };
    let failed = |e: std::io::Error| Failure::failed(t(not_written, &[("name", name), ("why", &io(&e))]));
    make_folders(dir).map_err(failed)?;
    let part = dir.join(format!(".{name}.part"));
    let written = write_part(&part, text.as_bytes()).and_then(|()| std::fs::rename(&part, dir.join(name)));
    if written.is_err() {
        // What is half written is private too.
        std::fs::remove_file(&part).unwrap_or_default();
    }
    written.map_err(failed)
}

/// Makes every folder on the way that is missing, each its owner's alone.
fn make_folders(dir: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

/// Writes a new file down to the disk. What stands there under its name goes first: a link is taken away, never followed.
fn write_part(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    std::io::Write::write_all(&mut file, bytes)?;
    file.sync_all()
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn a_document_is_its_owners_alone_and_follows_no_link() {
        let dir = tempfile::tempdir().expect("a folder");
        let out = dir.path().join("new/below");
        write("a.txt", "one", Some(&out)).expect("written");
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(&out), mode(&dir.path().join("new")), mode(&out.join("a.txt"))), (0o700, 0o700, 0o600));
        let precious = dir.path().join("precious");
        fs::write(&precious, "mine").expect("written");
        for planted in [".a.txt.part", "a.txt", ".report.part"] {
            fs::remove_file(out.join(planted)).unwrap_or_default();
            symlink(&precious, out.join(planted)).expect("a link");
        }
        write("a.txt", "two", Some(&out)).expect("written");
        has_room(Some(&out)).expect("room");
        assert_eq!(fs::read_to_string(&precious).expect("there"), "mine");
        assert_eq!(fs::read_to_string(out.join("a.txt")).expect("there"), "two");
        assert_eq!(fs::read_dir(&out).expect("a folder").count(), 1);
    }
}
