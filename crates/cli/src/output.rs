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
    let tried =
        std::fs::create_dir_all(dir).and_then(|()| std::fs::write(&probe, [0; 4096])).and_then(|()| std::fs::remove_file(&probe));
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
        };
        write(&format!("report.{}", format.extension()), &text, out)?;
    }
    Ok(())
}

/// Writes one document into the folder, or to stdout. A file appears whole or not at all.
pub(crate) fn write(name: &str, text: &str, out: Option<&Path>) -> Result<(), Failure> {
    let Some(dir) = out else {
        return terminal::out(text);
    };
    let failed = |e: std::io::Error| Failure::failed(t("output.not_written", &[("name", name), ("why", &io(&e))]));
    std::fs::create_dir_all(dir).map_err(failed)?;
    let part = dir.join(format!(".{name}.part"));
    let written = std::fs::write(&part, text).and_then(|()| std::fs::rename(&part, dir.join(name)));
    if written.is_err() {
        // What is half written is private too.
        std::fs::remove_file(&part).unwrap_or_default();
    }
    written.map_err(failed)
}
