//! The other rows: severity, routes, words, templates, by-hand sites, engines, councils.

use std::collections::BTreeMap;

use unlisted_model::exposure::Cause;
use unlisted_model::route::Route;
use unlisted_model::severity::{Severity, SeverityRow, SeverityTable};
use unlisted_model::Kind;

use super::{ConfigError, Files, raw};

/// Query templates, by-hand sites, result-page marks and hosts never fetched.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {}

/// Councils by code.
#[derive(Clone, Debug, Default)]
pub struct Councils {}

fn wrong(file: &str, what: impl Into<String>) -> ConfigError {
    ConfigError { file: file.to_owned(), what: what.into() }
}

fn kind(file: &str, word: &str) -> Result<Kind, ConfigError> {
    Kind::parse(word).ok_or_else(|| wrong(file, format!("the kind `{word}` is not known")))
}

pub(super) fn severity(files: &Files) -> Result<SeverityTable, ConfigError> {
    const FILE: &str = "severity.toml";
    let raw: raw::Severity = files.toml(FILE)?;
    let level = |word: &str| {
        Severity::parse(word).ok_or_else(|| wrong(FILE, format!("the severity `{word}` is not one of critical, high, medium, low")))
    };
    let rows = raw
        .rows
        .into_iter()
        .map(|r| {
            Ok(SeverityRow {
                kind: kind(FILE, &r.kind)?,
                whole: level(&r.whole)?,
                partial: level(&r.partial)?,
                unsupplied: level(&r.unsupplied)?,
                reason: r.reason,
                source: r.source,
            })
        })
        .collect::<Result<Vec<_>, ConfigError>>()?;
    if let Some(missing) = Kind::ALL.into_iter().find(|k| !rows.iter().any(|r| r.kind == *k)) {
        return Err(wrong(FILE, format!("the kind `{}` has no row", missing.as_str())));
    }
    Ok(SeverityTable { rows, hostile_words: raw.hostile_words.into_iter().map(|w| w.to_lowercase()).collect() })
}

pub(super) fn routes(files: &Files) -> Result<Vec<Route>, ConfigError> {
    let mut routes = vec![];
    for file in files.below("routes") {
        let r: raw::Route = files.toml(&file)?;
        if file != format!("routes/{}.toml", r.id) {
            return Err(wrong(&file, "its `id` must be the file's name"));
        }
        let cause = [Cause::Law, Cause::You, Cause::PartyOrCouncil, Cause::ThirdParty, Cause::Copy]
            .into_iter()
            .find(|c| c.as_str() == r.cause)
            .ok_or_else(|| wrong(&file, "`cause` must be law, you, party-or-council, third-party or copy"))?;
        routes.push(Route {
            id: r.id,
            title: r.title,
            hosts: r.hosts,
            path_hints: r.path_hints,
            kinds: r.kinds.iter().map(|k| kind(&file, k)).collect::<Result<_, _>>()?,
            sources: r.sources,
            cause,
            stage: r.stage,
            steps: r.steps,
            minutes: r.minutes,
            does_not_remove: r.does_not_remove,
            verified: r.verified,
            source: r.source,
        });
    }
    Ok(routes)
}

pub(super) fn words(files: &Files) -> Result<BTreeMap<String, String>, ConfigError> {
    const FILE: &str = "words.en.toml";
    let raw: raw::Words = files.toml(FILE)?;
    let mut flat = BTreeMap::new();
    for (section, value) in raw {
        flatten(&section, value, &mut flat);
    }
    Ok(flat)
}

fn flatten(path: &str, value: toml::Value, out: &mut BTreeMap<String, String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                flatten(&format!("{path}.{key}"), value, out);
            }
        }
        toml::Value::String(text) => {
            out.insert(path.to_owned(), text);
        }
        other => {
            out.insert(path.to_owned(), other.to_string());
        }
    }
}

impl Catalogue {
    pub(super) fn load(_files: &Files) -> Result<Self, ConfigError> {
        Ok(Self {})
    }
}

impl Councils {
    pub(super) fn load(_files: &Files) -> Result<Self, ConfigError> {
        Ok(Self {})
    }
}
