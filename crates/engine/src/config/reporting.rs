//! Where abuse can be reported (`reporting/<id>.toml`), and the letters (`letters/<id>.en.md`). Firms that stand in front of a site's
//! host are in `fronts`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use unlisted_model::reporting::{Concern, NeedsAccount, ReportingRow, Sort};

use super::fronts::{self, Front};
use super::{ConfigError, Files};

/// The letters there are.
const LETTERS: [&str; 8] = [
    "say-police",
    "report-harassment",
    "report-private-information",
    "report-impersonation",
    "report-host",
    "report-front",
    "report-registrar",
    "report-mediator",
];

/// The gaps that a letter may have.
pub(crate) const GAPS: [&str; 7] = ["page", "account", "when", "reference", "days", "host", "about"];

/// The rows that stand for a way without a host of its own; the choice needs them.
pub(crate) const NEEDED: [&str; 4] = ["police", "site", "host", "registrar"];

/// Places that take reports, and the letters to them.
#[derive(Clone, Debug, Default)]
pub struct Reporting {
    /// The rows, by id.
    pub rows: Vec<ReportingRow>,
    /// The letters with their gaps, by id.
    pub letters: BTreeMap<String, String>,
    /// Firms that stand in front of the firm that stores a site.
    pub fronts: Vec<Front>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Raw {
    id: String,
    name: String,
    sort: String,
    #[serde(default)]
    hosts: Vec<String>,
    #[serde(default)]
    mail: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    at_names: bool,
    #[serde(default)]
    ways: BTreeMap<String, String>,
    account: String,
    takes_text: bool,
    days: u16,
    #[serde(default)]
    then: Option<String>,
    source: String,
    read_on: toml::value::Datetime,
    verified: bool,
}

fn wrong(file: &str, what: impl Into<String>) -> ConfigError {
    ConfigError { file: file.to_owned(), what: what.into() }
}

pub(super) fn load(files: &Files) -> Result<Reporting, ConfigError> {
    let mut rows: Vec<ReportingRow> = vec![];
    for file in files.below("reporting") {
        rows.push(row(&file, files.toml(&file)?)?);
    }
    for (i, row) in rows.iter().enumerate() {
        let file = format!("reporting/{}.toml", row.id);
        if let Some(then) = &row.then
            && !rows.iter().any(|r| r.id == *then)
        {
            return Err(wrong(&file, format!("`then` names the row `{then}`, which does not exist")));
        }
        let taken = |host: &String| rows.iter().take(i).find(|r| r.hosts.contains(host) || r.mail.contains(host));
        if let Some((host, other)) = row.hosts.iter().find_map(|h| Some((h, taken(h).filter(|o| o.hosts.contains(h))?))) {
            return Err(wrong(&file, format!("the host `{host}` stands in the row `{}` too", other.id)));
        }
    }
    if let Some(missing) = NEEDED.iter().find(|id| !rows.iter().any(|r| r.id == **id)) {
        return Err(wrong(&format!("reporting/{missing}.toml"), "this row must exist"));
    }
    let mut letters = BTreeMap::new();
    for id in LETTERS {
        letters.insert(id.to_owned(), letter(files, id)?);
    }
    Ok(Reporting { rows, letters, fronts: fronts::load(files)? })
}

fn row(file: &str, raw: Raw) -> Result<ReportingRow, ConfigError> {
    if file != format!("reporting/{}.toml", raw.id) {
        return Err(wrong(file, "its `id` must be the file's name"));
    }
    let sort = Sort::parse(&raw.sort).ok_or_else(|| {
        wrong(file, "`sort` must be one of platform, search, messenger, host, registrar, mediator, police, election")
    })?;
    let account = NeedsAccount::parse(&raw.account).ok_or_else(|| wrong(file, "`account` must be yes, no or unsure"))?;
    if raw.name.trim().is_empty() || raw.source.trim().is_empty() {
        return Err(wrong(file, "`name` and `source` must not be empty"));
    }
    if raw.days > 366 {
        return Err(wrong(file, "`days` is more than a year"));
    }
    let hosts = raw.hosts.iter().map(|h| host(file, h, true)).collect::<Result<_, _>>()?;
    let mail = raw.mail.iter().map(|h| host(file, h, false)).collect::<Result<_, _>>()?;
    let mut ways = vec![];
    for (word, address) in &raw.ways {
        let concern = Concern::ALL
            .into_iter()
            .find(|c| c.as_str() == word)
            .ok_or_else(|| wrong(file, "the keys of `ways` are harassment, private-information and impersonation"))?;
        if !url::Url::parse(address).is_ok_and(|u| u.scheme() == "https" && u.username().is_empty()) {
            return Err(wrong(file, format!("the address for `{word}` must begin with https://")));
        }
        ways.push((concern, address.clone()));
    }
    let on = raw.read_on.date.ok_or_else(|| wrong(file, "`read-on` must be a day (2026-11-25)"))?;
    let read_on = i16::try_from(on.year)
        .ok()
        .zip(i8::try_from(on.month).ok().zip(i8::try_from(on.day).ok()))
        .and_then(|(y, (m, d))| Date::new(y, m, d).ok())
        .ok_or_else(|| wrong(file, "`read-on` must be a day (2026-11-25)"))?;
    Ok(ReportingRow {
        id: raw.id,
        name: raw.name,
        sort,
        hosts,
        mail,
        words: raw.words.iter().map(|w| w.to_lowercase()).collect(),
        at_names: raw.at_names,
        ways,
        account,
        takes_text: raw.takes_text,
        days: raw.days,
        then: raw.then,
        verified: raw.verified,
        source: raw.source,
        read_on,
    })
}

/// `name.example`, or with the start of a path.
fn host(file: &str, text: &str, with_path: bool) -> Result<String, ConfigError> {
    let lower = text.to_lowercase();
    let (name, path) = lower.split_once('/').map_or((lower.as_str(), None), |(n, p)| (n, Some(p)));
    let good = name.contains('.')
        && !name.starts_with('.')
        && !name.ends_with('.')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c))
        && path.is_none_or(|p| with_path && !p.is_empty() && !p.ends_with('/'));
    if good { Ok(lower) } else { Err(wrong(file, format!("`{text}` is not the name of a site (name.example)"))) }
}

/// A letter, with gaps that exist.
fn letter(files: &Files, id: &str) -> Result<String, ConfigError> {
    let file = format!("letters/{id}.en.md");
    let text = match files.users(&file)? {
        Some(text) => text,
        None => Files::ours(&file).ok_or_else(|| wrong(&file, "this letter must exist"))?.to_owned(),
    };
    let mut gaps = text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or_default());
    match gaps.find(|gap| !GAPS.contains(gap)) {
        Some(gap) => Err(wrong(&file, format!("it holds {{{gap}}}; the gaps are {}", GAPS.join(", ")))),
        None if !text.contains("{reference}") => Err(wrong(&file, "it does not hold {reference}")),
        None => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Reporting {
        load(&Files { user: None }).expect("the shipped rows are right")
    }

    #[test]
    fn every_shipped_row_has_its_words() {
        let words = crate::config::shipped_words();
        let rows = shipped().rows;
        assert!(rows.len() >= 30, "{}", rows.len());
        for row in &rows {
            assert!(words.contains_key(&format!("reporting-how.{}", row.id)), "{}: how", row.id);
            for section in ["reporting-give", "reporting-not", "reporting-sort"] {
                assert!(words.contains_key(&format!("{section}.{}", row.sort.as_str())), "{section}: {}", row.sort.as_str());
            }
        }
        for key in words.keys() {
            let Some((section @ ("reporting-how" | "reporting-give" | "reporting-not"), id)) = key.split_once('.') else {
                continue;
            };
            assert!(Sort::parse(id).is_some() || rows.iter().any(|r| r.id == id), "{section}.{id} belongs to no row");
        }
        for concern in Concern::ALL {
            assert!(words.contains_key(&format!("reporting-concern.{}", concern.as_str())));
            assert!(words.contains_key(&format!("reporting-used.{}", concern.as_str())));
        }
    }

    #[test]
    fn only_what_was_read_counts_as_verified() {
        let rows = shipped().rows;
        for row in rows.iter().filter(|r| r.source.starts_with("general knowledge")) {
            assert!(!row.verified, "{}", row.id);
        }
        assert!(rows.iter().any(|r| r.verified && r.id == "report-harmful-content"));
        for row in rows.iter().filter(|r| r.source.contains("from memory")) {
            assert!(!row.verified, "{}", row.id);
        }
    }

    #[test]
    fn letters_name_the_page_and_ask_for_three_things() {
        let letters = shipped().letters;
        // What is said on the telephone is no letter.
        for (id, text) in letters.iter().filter(|(id, _)| id.as_str() != "say-police") {
            for part in [
                "Heading: ",
                "{page}",
                "{reference}",
                "{days}",
                "I stand for election",
                "The police may ask you for",
                "1. ",
                "3. ",
            ] {
                assert!(text.contains(part), "{id}: {part}");
            }
            let heading = text.lines().next().unwrap_or_default();
            assert!(!heading.contains("{page}") && !heading.contains("{account}"), "{id}: a neutral heading");
        }
    }

    #[track_caller]
    fn check(file: &str, text: &str, expect: &str) {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join(file);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
        match load(&Files { user: Some(dir.path().to_owned()) }) {
            Err(error) => assert!(error.what.contains(expect), "{}", error.what),
            Ok(_) => assert!(expect.is_empty(), "it was taken"),
        }
    }

    #[test]
    fn wrong_rows_are_told() {
        check("reporting/x.toml", "days = 9\n", "");
        check("reporting/x.toml", "days = 900\n", "more than a year");
        check("reporting/x.toml", "sort = \"shop\"\n", "`sort`");
        check("reporting/x.toml", "hosts = [\"com\"]\n", "not the name of a site");
        check("reporting/x.toml", "hosts = [\"https://x.example\"]\n", "not the name of a site");
        check("reporting/x.toml", "hosts = [\"facebook.com\"]\n", "too");
        check("reporting/x.toml", "then = \"nobody\"\n", "does not exist");
        check("reporting/x.toml", "[ways]\nharassment = \"javascript:1\"\n", "https://");
        check("reporting/x.toml", "[ways]\nother = \"https://x.example/\"\n", "`ways`");
        check("reporting/x.toml", "colour = 1\n", "line 1: colour: this word is not known here");
        check("letters/report-host.en.md", "Dear {name} {reference}", "{name}");
        check("letters/report-host.en.md", "Dear", "{reference}");
    }
}
