//! Source rows.

use std::collections::BTreeMap;

use unlisted_crawler::sources::searxng;
use unlisted_model::query::{Class, Discloses};
use unlisted_model::source::{AddressPolicy, Default_, Key, SourceId, SourceRow, Terms};
use url::Url;

use super::{ConfigError, Files, durations, raw};

type Rows = (BTreeMap<SourceId, SourceRow>, Vec<SourceId>);

pub(super) fn rows(files: &Files) -> Result<Rows, ConfigError> {
    let mut rows = BTreeMap::new();
    let mut set_by_user = vec![];
    for name in files.below("sources") {
        let row: raw::Row = files.toml(&name)?;
        let row = check(&name, row)?;
        if let Some(text) = files.users(&name)? {
            let users: toml::Table = text.parse().map_err(|_| wrong(&name, "it is not valid TOML"))?;
            if users.contains_key("base") && !users.contains_key("default") {
                set_by_user.push(row.id.clone());
            }
        }
        rows.insert(row.id.clone(), row);
    }
    Ok((rows, set_by_user))
}

fn wrong(file: &str, what: &str) -> ConfigError {
    ConfigError { file: file.to_owned(), what: what.to_owned() }
}

fn check(file: &str, raw: raw::Row) -> Result<SourceRow, ConfigError> {
    if file != format!("sources/{}.toml", raw.id) {
        return Err(wrong(file, "its `id` must be the file's name"));
    }
    let class = Class::parse(&raw.class).ok_or_else(|| wrong(file, "`class` must be one of A B C D E F G H I V"))?;
    let discloses = raw
        .discloses
        .iter()
        .map(|word| Discloses::parse(word).ok_or_else(|| wrong(file, "`discloses` holds a word that is not known")))
        .collect::<Result<Vec<_>, _>>()?;
    if discloses.iter().any(|d| d.class() > class && d.class() != Class::V) {
        return Err(wrong(file, "`discloses` tells more than `class` allows"));
    }
    let base = match raw.base.as_str() {
        "" => None,
        text => {
            let url = Url::parse(text).map_err(|_| wrong(file, "`base` is not a web address"))?;
            if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
                return Err(wrong(file, "`base` must begin with http:// or https:// and hold no password"));
            }
            if raw.id == searxng::ID && !raw.own && !searxng::is_own_machine(&url) {
                return Err(wrong(
                    file,
                    "`base` is not on your own machine or network; a stranger would read every question. If it belongs to you or your party, add `own = true`",
                ));
            }
            Some(url)
        }
    };
    Ok(SourceRow {
        id: SourceId::new(&raw.id),
        title: raw.title,
        about: raw.about,
        class,
        discloses,
        default: match raw.default.as_str() {
            "on" => Default_::On,
            "ask" => Default_::Ask,
            "off" => Default_::Off,
            _ => return Err(wrong(file, "`default` must be on, ask or off")),
        },
        key: match raw.key.as_str() {
            "none" => Key::None,
            "optional" => Key::Optional,
            "required" => Key::Required,
            _ => return Err(wrong(file, "`key` must be none, optional or required")),
        },
        base,
        hosts: raw.hosts,
        gap: match raw.gap {
            Some(text) => durations::read(&text).map_err(|what| ConfigError { file: file.into(), what })?,
            None => std::time::Duration::ZERO,
        },
        robots: raw.robots,
        ports: raw.ports,
        address: match raw.address.as_str() {
            "public" => AddressPolicy::Public,
            "own-machine" if raw.id == "searxng" => AddressPolicy::OwnMachine,
            "own-machine" => return Err(wrong(file, "`address = \"own-machine\"` is for searxng only")),
            _ => return Err(wrong(file, "`address` must be public or own-machine")),
        },
        own: raw.own && raw.id == searxng::ID,
        page: raw.page,
        terms: Terms {
            url: raw.terms.url,
            read_on: raw.terms.read_on.to_string().parse().map_err(|_| wrong(file, "`terms.read-on` is not a date"))?,
            verdict: raw.terms.verdict,
            note: raw.terms.note,
        },
        probe: (raw.probe.good, raw.probe.bad),
        state: raw.state,
    })
}
