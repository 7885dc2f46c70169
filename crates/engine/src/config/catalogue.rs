//! The other rows: severity, routes, query templates, by-hand sites, result pages, hosts never fetched.

use unlisted_detector::NameFrequencies;
use unlisted_model::exposure::Cause;
use unlisted_model::query::Discloses;
use unlisted_model::route::Route;
use unlisted_model::severity::{Severity, SeverityRow, SeverityTable};
use unlisted_model::{HandSite, Kind, ResultEngine, Template, Unwrap};

use super::{ConfigError, Files, raw};

/// Query templates, by-hand sites, result-page marks and hosts never fetched.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// What is asked of search engines (`queries.toml`).
    pub templates: Vec<Template>,
    /// Searches and look-ups for the person's own browser (`links.toml`).
    pub hand_sites: Vec<HandSite>,
    /// How saved result pages look (`engines.toml`).
    pub engines: Vec<ResultEngine>,
    /// Hosts that no program visits (`never-fetched.toml`): `name.example` with everything below it, `name.*` under any
    /// ending.
    pub never_fetched: Vec<String>,
}

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
        Severity::parse(word)
            .ok_or_else(|| wrong(FILE, format!("the severity `{word}` is not one of critical, high, medium, low")))
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

pub(super) fn names(files: &Files) -> Result<NameFrequencies, ConfigError> {
    const FILE: &str = "names.toml";
    let table = files.table(FILE)?;
    let strings =
        |value: &toml::Value| -> Option<Vec<String>> { value.as_array()?.iter().map(|v| Some(v.as_str()?.to_owned())).collect() };
    let parties =
        table.get("parties").and_then(toml::Value::as_array).and_then(|p| p.iter().map(strings).collect::<Option<Vec<_>>>());
    let mut missing = parties.is_none().then_some("parties");
    let names = NameFrequencies::from_rows(
        |key| {
            let list = table.get(key).and_then(strings);
            if list.is_none() {
                missing = Some(key);
            }
            list.unwrap_or_default()
        },
        parties.unwrap_or_default(),
    );
    missing.map_or(Ok(names), |key| Err(wrong(FILE, format!("`{key}` must be a list of words"))))
}

impl Catalogue {
    pub(super) fn load(files: &Files) -> Result<Self, ConfigError> {
        let templates = templates(files)?;
        let hand_sites = hand_sites(files, &templates)?;
        Ok(Self { hand_sites, engines: engines(files)?, never_fetched: never_fetched(files)?, templates })
    }
}

/// Ids stand in the lines of the plan and in addresses of the local page.
fn checked_id(file: &str, id: &str) -> Result<(), ConfigError> {
    let good = !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if good { Ok(()) } else { Err(wrong(file, format!("the id `{id}` must be small letters, digits and hyphens"))) }
}

fn templates(files: &Files) -> Result<Vec<Template>, ConfigError> {
    const FILE: &str = "queries.toml";
    let raw: raw::Queries = files.toml(FILE)?;
    let mut templates: Vec<Template> = vec![];
    for row in raw.template {
        checked_id(FILE, &row.id)?;
        if templates.iter().any(|t| t.id == row.id) {
            return Err(wrong(FILE, format!("the id `{}` stands twice", row.id)));
        }
        if !row.text.contains("{name}") {
            return Err(wrong(FILE, format!("`{}` does not hold {{name}}", row.id)));
        }
        let marks = row.text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or_default());
        if let Some(mark) = marks.into_iter().find(|m| !["name", "area", "party", "council"].contains(m)) {
            return Err(wrong(FILE, format!("`{}` holds {{{mark}}}, which is not one of name, area, party, council", row.id)));
        }
        let tells = row
            .tells
            .iter()
            .map(|word| match Discloses::parse(word) {
                Some(d @ (Discloses::Name | Discloses::Area | Discloses::Party | Discloses::Role)) => Ok(d),
                _ => Err(wrong(FILE, format!("`tells` of `{}` may hold name, area, party and role only", row.id))),
            })
            .collect::<Result<Vec<_>, _>>()?;
        templates.push(Template { id: row.id, text: row.text, tells });
    }
    Ok(templates)
}

fn hand_sites(files: &Files, templates: &[Template]) -> Result<Vec<HandSite>, ConfigError> {
    const FILE: &str = "links.toml";
    let raw: raw::Links = files.toml(FILE)?;
    let mut sites: Vec<HandSite> = vec![];
    for row in raw.site {
        checked_id(FILE, &row.id)?;
        if sites.iter().any(|s| s.id == row.id) {
            return Err(wrong(FILE, format!("the id `{}` stands twice", row.id)));
        }
        if let Some(unknown) = row.templates.iter().find(|id| !templates.iter().any(|t| t.id == **id)) {
            return Err(wrong(FILE, format!("`{}` names the template `{unknown}`, which queries.toml does not hold", row.id)));
        }
        if row.templates.is_empty() == row.url.contains("{query}") {
            return Err(wrong(FILE, format!("`{}` must have either templates and {{query}} in its address, or neither", row.id)));
        }
        let stands_for_an_address = ["{page}", "{council}"].contains(&row.url.as_str());
        if !stands_for_an_address && !url::Url::parse(&row.url).is_ok_and(|u| u.scheme() == "https") {
            return Err(wrong(FILE, format!("the address of `{}` must begin with https://", row.id)));
        }
        sites.push(HandSite {
            id: row.id,
            site: row.site,
            url: row.url,
            templates: row.templates,
            what_to_look_for: row.what_to_look_for,
            minutes: row.minutes,
        });
    }
    Ok(sites)
}

fn engines(files: &Files) -> Result<Vec<ResultEngine>, ConfigError> {
    const FILE: &str = "engines.toml";
    let raw: raw::Engines = files.toml(FILE)?;
    let mut engines: Vec<ResultEngine> = vec![];
    for row in raw.engine {
        checked_id(FILE, &row.id)?;
        if engines.iter().any(|e| e.id == row.id) {
            return Err(wrong(FILE, format!("the id `{}` stands twice", row.id)));
        }
        // One that everybody may run has no host of its own; its boxes tell it.
        if row.hosts.is_empty() && row.hit.is_empty() {
            return Err(wrong(FILE, format!("`{}` names neither a host nor the boxes of its hits", row.id)));
        }
        let unwrap = row.unwrap.into_iter().map(|u| Unwrap { path: u.path, param: u.param, base64_after: u.base64_after });
        engines.push(ResultEngine {
            id: row.id,
            hosts: row.hosts.iter().map(|h| h.to_lowercase()).collect(),
            result_paths: row.result_paths,
            unwrap: unwrap.collect(),
            adverts: row.adverts,
            hit: row.hit,
            advert_boxes: row.advert_boxes,
        });
    }
    Ok(engines)
}

fn never_fetched(files: &Files) -> Result<Vec<String>, ConfigError> {
    const FILE: &str = "never-fetched.toml";
    let raw: raw::NeverFetched = files.toml(FILE)?;
    let mut hosts = vec![];
    for row in raw.host {
        let suffix = row.suffix.to_lowercase();
        let name = suffix.strip_suffix(".*").unwrap_or(&suffix);
        let good =
            !name.is_empty() && !name.starts_with('.') && name.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c));
        if !good || (name == suffix && !name.contains('.')) {
            return Err(wrong(FILE, format!("`{}` is not the name of a site (name.example or name.*)", row.suffix)));
        }
        if row.why.trim().is_empty() || row.source.trim().is_empty() {
            return Err(wrong(FILE, format!("`{suffix}` needs `why` and `source`")));
        }
        hosts.push(suffix);
    }
    hosts.sort();
    hosts.dedup();
    Ok(hosts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Catalogue {
        Catalogue::load(&Files { user: None }).expect("the shipped files are right")
    }

    #[test]
    fn the_shipped_templates_tell_public_things_only() {
        let catalogue = shipped();
        assert!(catalogue.templates.len() >= 20);
        for template in &catalogue.templates {
            assert!(template.text.len() < 120, "{}", template.id);
        }
        // What says that somebody stands must tell a role, so that it stays home while a candidacy is not announced.
        for template in catalogue
            .templates
            .iter()
            .filter(|t| ["nominated", "agents", "candidate", "councillor", "election"].iter().any(|w| t.text.contains(w)))
        {
            assert_eq!(template.tells, [Discloses::Role], "{}", template.id);
        }
    }

    #[test]
    fn the_shipped_searches_are_a_dozen_and_never_fetched() {
        let catalogue = shipped();
        let searches: usize = catalogue.hand_sites.iter().map(|s| s.templates.len()).sum();
        assert!((12..=16).contains(&searches), "{searches}");
        for site in catalogue.hand_sites.iter().filter(|s| !s.templates.is_empty()) {
            let url = url::Url::parse(&site.url).expect("an address");
            let host = url.host_str().expect("a host");
            assert!(unlisted_crawler::sources::links::is_never_fetched(host, &catalogue.never_fetched), "{host}");
        }
    }

    #[track_caller]
    fn check(file: &str, text: &str, expect: &str) {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join(file), text).expect("a file");
        let files = Files { user: Some(dir.path().to_owned()) };
        let error = Catalogue::load(&files).expect_err("it is wrong");
        assert_eq!(error.file, file);
        assert!(error.what.contains(expect), "{}", error.what);
    }

    #[test]
    fn wrong_rows_are_told() {
        check("queries.toml", "[[template]]\nid = \"x\"\ntext = \"{area}\"\n", "does not hold {name}");
        check("queries.toml", "[[template]]\nid = \"x\"\ntext = \"{name} {home}\"\n", "{home}");
        check("queries.toml", "[[template]]\nid = \"x\"\ntext = \"{name}\"\ntells = [\"phone\"]\n", "may hold name, area");
        check("queries.toml", "[[template]]\nid = \"x\"\ntext = \"{name}\"\nwrong = 1\n", "this word is not known here");
        check(
            "links.toml",
            "[[site]]\nid = \"x\"\nsite = \"X\"\nurl = \"https://x.example/{query}\"\ntemplates = [\"nope\"]\nwhat-to-look-for = \"\"\nminutes = 1\n",
            "`nope`",
        );
        check(
            "links.toml",
            "[[site]]\nid = \"x\"\nsite = \"X\"\nurl = \"javascript:{name}\"\nwhat-to-look-for = \"\"\nminutes = 1\n",
            "https://",
        );
        check("never-fetched.toml", "[[host]]\nsuffix = \"com\"\nwhy = \"a\"\nsource = \"b\"\n", "not the name of a site");
    }
}
