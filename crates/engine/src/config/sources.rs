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
            // What a name stands for is judged when it is dialled; an address tells at once.
            if raw.id == searxng::ID && !raw.own && url.domain().is_none() && !searxng::is_own_machine(&url) {
                return Err(wrong(
                    file,
                    "`base` is not on your own machine or network; a stranger would read every question. If it belongs to you or your party, add `own = true`",
                ));
            }
            Some(url)
        }
    };
    let mut also = BTreeMap::new();
    for (name, text) in raw.also {
        let url = Url::parse(&text).ok().filter(|u| u.scheme() == "https" && u.domain().is_some() && u.username().is_empty());
        also.insert(name, url.ok_or_else(|| wrong(file, "each address of `also` must begin with https:// and a name"))?);
    }
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
        also,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn with(id: &str, text: &str) -> Result<Rows, ConfigError> {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(dir.path().join("sources")).expect("a folder");
        std::fs::write(dir.path().join(format!("sources/{id}.toml")), text).expect("a file");
        rows(&Files { user: Some(dir.path().to_owned()) })
    }

    #[test]
    fn every_shipped_row_is_whole() {
        let (rows, set_by_user) = rows(&Files { user: None }).expect("the shipped rows are right");
        assert!(set_by_user.is_empty());
        let ids: Vec<&str> = rows.keys().map(SourceId::as_str).collect();
        assert_eq!(
            ids,
            [
                "cmis",
                "commoncrawl",
                "council-notices",
                "found-pages",
                "given",
                "moderngov",
                "own-pages",
                "rdap",
                "searxng",
                "wayback"
            ]
        );
        for row in rows.values() {
            assert!(!row.title.is_empty() && row.about.len() > 80 && row.state == "rehearsed", "{}", row.id);
            assert!(row.default == Default_::On || ["rdap", "searxng"].contains(&row.id.as_str()), "{}", row.id);
        }
    }

    #[test]
    fn only_a_search_engine_of_ones_own_is_believed() {
        for base in ["http://127.0.0.1:8888", "http://nas:8080/searx", "http://192.168.1.9/", "http://search.example/"] {
            let (rows, set) = with("searxng", &format!("base = \"{base}\"\n")).expect("it is one's own");
            assert_eq!(set, [SourceId::new("searxng")]);
            assert!(rows.get(&SourceId::new("searxng")).is_some_and(|r| r.base.is_some()));
        }
        assert!(with("searxng", "base = \"https://searx.party.example\"\nown = true\n").is_ok());
        for (text, expect) in [
            ("base = \"https://9.9.9.9/\"\n", "own = true"),
            ("base = \"ftp://127.0.0.1\"\n", "http://"),
            ("base = \"http://me:pass@127.0.0.1\"\n", "password"),
            ("default = \"maybe\"\n", "on, ask or off"),
            ("discloses = [\"phone\"]\n", "more than `class` allows"),
            ("adress = \"x\"\n", "line 1: adress: this word is not known here"),
            ("base = 5\n", "line 1: base: invalid type"),
            ("[also]\nx = \"http://a.example\"\n", "`also`"),
            ("own = true\nbase\n", "line 2"),
        ] {
            let error = with("searxng", text).expect_err("it is wrong");
            assert!(error.what.contains(expect), "{}", error.what);
        }
        assert!(with("given", "address = \"own-machine\"\n").expect_err("it is wrong").what.contains("searxng only"));
    }
}
