//! The catalogue is whole: every member of every list has words. `tests/acceptance/words` weighs the words themselves.

use unlisted_model::attribution::ReasonCode;
use unlisted_model::coverage::{OutcomeKind, OutcomeReason};
use unlisted_model::exposure::{Cause, Status};
use unlisted_model::identifier::Kind;
use unlisted_reporter::Sure;

use crate::config;

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
        [
            "name",
            "area",
            "party",
            "role",
            "page",
            "public-id",
            "domain",
            "site-address",
            "username",
            "hash-prefix",
            "email-hash",
            "email",
            "phone",
            "home",
        ],
    );
    check("ledger-kind", ["query", "page", "robots"]);
}

#[test]
fn a_text_in_two_tables_is_never_empty() {
    for (key, text) in texts() {
        assert!(!text.is_empty(), "{key} is empty");
    }
}
