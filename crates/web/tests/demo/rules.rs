//! The rules of fixtures/README.md: nobody in a fixture can exist.

use std::path::{Path, PathBuf};

use regex::Regex;
use unlisted_engine::subject_file;

/// Hosts that are names of formats, never asked.
const FORMATS: &[&str] = &["www.w3.org", "schema.org", "www.sitemaps.org"];
/// Where the made-up web redirects to, to see that nobody goes there.
const TRAPS: &[&str] = &["192.168.0.10", "localhost"];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

fn files(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).expect("the fixtures are there") {
        let path = entry.expect("the fixtures are there").path();
        if path.is_dir() {
            files(&path, out);
        } else {
            out.push(path);
        }
    }
}

/// The hosts of services that a row names: the made-up web plays their part.
fn services() -> Vec<String> {
    let mut rows = vec![];
    files(&fixtures().join("../config/sources"), &mut rows);
    let row = |path: &PathBuf| -> toml::Table { std::fs::read_to_string(path).expect("readable").parse().unwrap_or_default() };
    let host = |base: &str| base.split('/').nth(2).map(str::to_owned);
    rows.iter().filter_map(|path| host(row(path).get("base")?.as_str()?)).collect()
}

/// What breaks the rules in a text.
fn breaches(text: &str) -> Vec<String> {
    let re = |pattern: &str| Regex::new(pattern).expect("test data");
    let mut out = vec![];
    let hosts = re(r#"(?i)(?:https?://|[a-z0-9._+-]@)([^\s/"'<>:?&,;)\]\\]+)"#);
    for found in hosts.captures_iter(text) {
        let host = found.get(1).map_or("", |m| m.as_str()).trim_end_matches('.').to_lowercase();
        if !(host.ends_with(".example")
            || host.ends_with(".test")
            || FORMATS.contains(&host.as_str())
            || services().contains(&host)
            || TRAPS.contains(&host.as_str()))
        {
            out.push(format!("host {host}"));
        }
    }
    let phones = re(r"(?:\+44|\b0)(?:[\s\x{a0}().-]*[0-9]){8,10}\b");
    for found in phones.find_iter(text) {
        let digits: String = found.as_str().chars().filter(char::is_ascii_digit).collect();
        let national = digits.strip_prefix("44").map_or(digits.clone(), |rest| format!("0{}", rest.trim_start_matches('0')));
        if !["07700900", "01632960", "02079460"].iter().any(|range| national.starts_with(range)) {
            out.push(format!("phone {national}"));
        }
    }
    let postcodes = re(r"(?i)\b([a-z]{1,2}[0-9][a-z0-9]?)(?:\s|&nbsp;)*[0-9][a-z]{2}\b");
    for found in postcodes.captures_iter(text) {
        if !found.get(1).is_some_and(|m| m.as_str().eq_ignore_ascii_case("ZZ99")) {
            out.push(format!("postcode {}", found.get(0).map_or("", |m| m.as_str())));
        }
    }
    for found in re(r"\b[A-Z]{2}[0-9]{2} ?[A-Z]{3}\b").find_iter(text) {
        if !found.as_str().contains('Q') {
            out.push(format!("registration mark {}", found.as_str()));
        }
    }
    out
}

#[test]
fn every_file_keeps_the_rules() {
    let mut all = vec![];
    for folder in ["people", "web", "expected"] {
        files(&fixtures().join(folder), &mut all);
    }
    all.push(fixtures().join("README.md"));
    assert!(all.len() > 70, "only {} files were looked at", all.len());
    let mut wrong = vec![];
    for path in all {
        let text = String::from_utf8(std::fs::read(&path).expect("readable")).expect("fixtures are UTF-8");
        wrong.extend(breaches(&text).into_iter().map(|b| format!("{}: {b}", path.display())));
    }
    for host in std::fs::read_dir(fixtures().join("web")).expect("the fixtures are there") {
        let name = host.expect("the fixtures are there").file_name().to_string_lossy().into_owned();
        if !(name.ends_with(".example") || name.ends_with(".test") || services().contains(&name)) {
            wrong.push(format!("web/{name}: a host ends in .example or .test, or is a service of config/sources"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_rules_see_what_breaks_them() {
    let bad = |text: &str| breaches(text).len();
    assert_eq!(bad("see https://council.invalid-host.uk/a or mail a@mail.org"), 2);
    assert_eq!(bad("ring 01865 270000, +44 7911 123456 or (020) 7123 4567"), 3);
    assert_eq!(bad("at AB1 2CD and ab12cd"), 2);
    assert_eq!(bad("the car AB12 CDE"), 1);
    assert_eq!(bad("https://a.example/ a@b.test +44 7700 900123 01632&nbsp;960001 ZZ99 4QT XQ24 ZZQ 09/03/1984"), 0);
}

#[test]
fn the_people_can_be_read() {
    for (name, facts) in [("demo", 10), ("namesake", 4), ("accents", 8)] {
        let text = std::fs::read_to_string(fixtures().join(format!("people/{name}.toml"))).expect("readable");
        let read = subject_file::read(name, &text).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(read.subject.private.len(), facts, "{name}");
    }
}
