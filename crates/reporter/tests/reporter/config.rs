//! The shipped rows, read as the engine reads them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use unlisted_model::exposure::Cause;
use unlisted_model::identifier::Kind;
use unlisted_model::route::Route;
use unlisted_reporter::Words;

/// The folder `config/` of the repository.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config")
}

/// A file of it.
pub(crate) fn text(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).expect("a shipped file")
}

/// The catalogue as flat keys.
pub(crate) fn flat() -> BTreeMap<String, String> {
    let table: toml::Table = text("words.en.toml").parse().expect("words.en.toml is TOML");
    let mut flat = BTreeMap::new();
    for (section, value) in table {
        for (key, text) in value.as_table().expect("sections of texts") {
            flat.insert(format!("{section}.{key}"), text.as_str().expect("a text").to_owned());
        }
    }
    flat
}

/// The catalogue.
pub(crate) fn words() -> Words {
    Words::new(flat())
}

/// The removal hints.
pub(crate) fn routes() -> Vec<Route> {
    let mut files: Vec<_> = std::fs::read_dir(folder().join("routes"))
        .expect("config/routes")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    files.iter().map(|path| route(path)).collect()
}

fn route(path: &Path) -> Route {
    let row: toml::Table = std::fs::read_to_string(path).expect("a row").parse().expect("a row is TOML");
    let word = |key: &str| row.get(key).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
    let list = |key: &str| -> Vec<String> {
        row.get(key).and_then(|v| v.as_array()).into_iter().flatten().map(|v| v.as_str().expect("a word").to_owned()).collect()
    };
    let number = |key: &str| row.get(key).and_then(toml::Value::as_integer).unwrap_or_default();
    assert_eq!(path.file_stem().and_then(|s| s.to_str()), Some(word("id").as_str()), "a row's id is its file's name");
    Route {
        id: word("id"),
        title: word("title"),
        hosts: list("hosts"),
        path_hints: list("path-hints"),
        kinds: list("kinds").iter().map(|k| Kind::parse(k).expect("a kind")).collect(),
        sources: list("sources"),
        cause: [Cause::Law, Cause::You, Cause::PartyOrCouncil, Cause::ThirdParty, Cause::Copy]
            .into_iter()
            .find(|c| c.as_str() == word("cause"))
            .expect("a cause"),
        stage: u8::try_from(number("stage")).expect("a stage"),
        steps: list("steps"),
        minutes: u32::try_from(number("minutes")).expect("minutes"),
        does_not_remove: word("does-not-remove"),
        verified: word("verified"),
        source: word("source"),
    }
}
