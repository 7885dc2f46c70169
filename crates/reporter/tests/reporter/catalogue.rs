//! The catalogue is whole, and in plain words.

use std::collections::BTreeSet;
use std::path::Path;

use unlisted_model::attribution::ReasonCode;
use unlisted_model::coverage::{OutcomeKind, OutcomeReason};
use unlisted_model::exposure::{Cause, Status};
use unlisted_model::identifier::Kind;
use unlisted_reporter::Sure;

use crate::config;

/// Not used in words that people read: each has a plainer one (ux-safety, words).
const BANNED: [&str; 14] = [
    "exposure",
    "critical",
    "remediation",
    "data broker",
    "hash",
    "osint",
    "pii",
    "dox",
    "you posted",
    "you are protected",
    "!",
    "victim",
    "target",
    "leak",
];

/// Every text that a person reads: the catalogue, the severity reasons, the hints.
fn texts() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = config::flat().into_iter().collect();
    for route in config::routes() {
        let id = &route.id;
        all.push((format!("{id}.title"), route.title.clone()));
        all.push((format!("{id}.does-not-remove"), route.does_not_remove.clone()));
        all.extend(route.steps.iter().enumerate().map(|(n, step)| (format!("{id}.step {}", n + 1), step.clone())));
    }
    let severity: toml::Table = config::text("severity.toml").parse().expect("severity.toml is TOML");
    for row in severity["rows"].as_array().expect("rows") {
        all.push((format!("severity {}", row["kind"]), row["reason"].as_str().expect("a reason").to_owned()));
    }
    all
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['.', '?', ';', ':']).map(str::trim).filter(|s| !s.is_empty())
}

#[test]
fn no_word_that_frightens_or_blames() {
    for (key, text) in texts() {
        let low = text.to_lowercase();
        for banned in BANNED {
            assert!(!low.contains(banned), "{key} says `{banned}`: {text}");
        }
        assert!(!low.contains("  ") && text.trim() == text, "{key} has stray spaces");
    }
}

#[test]
fn sentences_are_short() {
    for (key, text) in texts() {
        for sentence in text.split(['.', '?']) {
            let n = sentence.split_whitespace().count();
            assert!(n <= 25, "{key}: {n} words: {sentence}");
        }
    }
}

#[test]
fn a_child_of_eleven_can_read_it() {
    // The Automated Readability Index over all texts: 6 is about the age of eleven.
    let texts = texts();
    let all: Vec<&str> = texts.iter().flat_map(|(_, t)| sentences(t)).filter(|s| s.split_whitespace().count() > 3).collect();
    let words: Vec<&str> = all.iter().flat_map(|s| s.split_whitespace()).collect();
    let letters: usize = words.iter().map(|w| w.chars().filter(|c| c.is_alphanumeric()).count()).sum();
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    let index = 4.71 * letters as f64 / words.len() as f64 + 0.5 * words.len() as f64 / all.len() as f64 - 21.43;
    assert!(index <= 6.0, "index {index:.2}");
}

fn check(section: &str, names: impl IntoIterator<Item = &'static str>) {
    let words = config::words();
    for name in names {
        assert!(words.has(&format!("{section}.{name}")), "{section}.{name} is missing");
    }
}

#[test]
fn every_member_of_every_list_has_words() {
    check("reason", ReasonCode::ALL.map(ReasonCode::as_str));
    check("outcome", OutcomeKind::ALL.map(OutcomeKind::as_str));
    check("outcome-do", OutcomeKind::ALL.map(OutcomeKind::as_str));
    check("outcome-reason", OutcomeReason::ALL.map(OutcomeReason::as_str));
    check("outcome-reason-do", OutcomeReason::ALL.map(OutcomeReason::as_str));
    check("kind", Kind::ALL.map(Kind::as_str));
    check("harm", Kind::ALL.map(Kind::as_str));
    check("kind-a", Kind::ALL.map(Kind::as_str));
    check("severity", ["critical", "high", "medium", "low"]);
    check("severity-about", ["critical", "high", "medium", "low"]);
    check("sure", Sure::ALL.map(Sure::as_str));
    check("status", [Status::ToDo, Status::Waiting, Status::Done, Status::CameBack, Status::LeavingIt].map(Status::as_str));
    let causes = [Cause::Law, Cause::You, Cause::PartyOrCouncil, Cause::ThirdParty, Cause::Copy].map(Cause::as_str);
    check("cause", causes);
    check("who", causes);
    check("fit", ["whole", "partial", "other-number"]);
    check("class", ["A", "B", "C", "V", "D", "E", "F", "G", "H", "I"]);
    check(
        "discloses",
        ["name", "area", "party", "role", "page", "public-id", "domain", "username", "hash-prefix", "email-hash", "email", "phone", "home"],
    );
    check("ledger-kind", ["query", "page", "robots"]);
}

/// Keys that the code of this room asks for: everything quoted that looks like `section.key`.
fn keys_in(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            keys_in(&path, found);
            continue;
        }
        if path.extension().is_none_or(|e| e != "rs") {
            continue;
        }
        let code = std::fs::read_to_string(&path).expect("code");
        let code = code.split("#[cfg(test)]").next().unwrap_or_default();
        for quoted in code.lines().filter(|l| !l.trim_start().starts_with("//")).flat_map(|l| l.split('"').skip(1).step_by(2)) {
            let key = quoted.split_once('.').is_some_and(|(section, key)| {
                let plain = |s: &str, extra: char| !s.is_empty() && s.chars().all(|c| c.is_ascii_lowercase() || c == extra);
                plain(section, '-') && plain(key, '_')
            });
            if key && !quoted.ends_with(".css") {
                found.insert(quoted.to_owned());
            }
        }
    }
}

#[test]
fn every_key_that_the_code_asks_for_exists() {
    let mut keys = BTreeSet::new();
    keys_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut keys);
    assert!(keys.len() > 60, "the search for keys finds them: {}", keys.len());
    let words = config::words();
    for key in keys {
        let plural = words.has(&format!("{key}_one")) && words.has(&format!("{key}_many"));
        assert!(words.has(&key) || plural, "{key} is missing");
    }
}

#[test]
fn both_plural_forms_exist_and_name_the_number() {
    let flat = config::flat();
    for key in flat.keys() {
        if let Some(stem) = key.strip_suffix("_one") {
            assert!(flat.contains_key(&format!("{stem}_many")), "{stem}_many is missing");
        }
        if let Some(stem) = key.strip_suffix("_many") {
            assert!(flat.contains_key(&format!("{stem}_one")), "{stem}_one is missing");
        }
    }
}

#[test]
fn a_text_in_two_tables_is_never_empty() {
    for (key, text) in texts() {
        assert!(!text.is_empty(), "{key} is empty");
    }
}
