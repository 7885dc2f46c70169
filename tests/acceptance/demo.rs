//! `unlisted demo` finds exactly what `fixtures/README.md` says is there.

use std::fs;
use std::time::Duration;

use serde_json::Value;

use crate::program::{Place, Ran};
use crate::reading::{self, Expected, Found, band, findings, list, not_checked, person, severity, text};
use crate::schema;

/// Runs it in a folder of its own.
pub(crate) fn run() -> (Place, Ran, Value) {
    let place = Place::new();
    let ran = place.unlisted(&["demo"]).run().code(0);
    let json = fs::read_to_string(place.path("unlisted-demo/report.json")).expect("the report");
    let report = serde_json::from_str(&json).expect("the report is JSON");
    (place, ran, report)
}

/// The kind of a value that must never be reported.
fn kind_of(value: &str) -> &'static str {
    let figures = value.chars().filter(char::is_ascii_digit).count();
    let months = ["August"];
    if value.contains('@') {
        "email"
    } else if months.iter().any(|m| value.contains(m)) {
        "date-of-birth"
    } else if figures >= 10 {
        "phone"
    } else {
        "home-address"
    }
}

/// Holds a report against the expectations and tells everything that is wrong at once.
pub(crate) fn held_against(expected: &Expected, report: &Value) -> Vec<String> {
    let mut wrong = vec![];
    let found = findings(report);
    let same = |a: &Found, b: &Found| a.kind == b.kind && a.fact == b.fact && a.url == b.url;
    for want in &expected.findings {
        let got: Vec<&Found> = found.iter().filter(|f| same(f, want)).collect();
        let good = |f: &&&Found| band(&f.band) >= band(&want.band) && severity(&f.severity) >= severity(&want.severity);
        if got.is_empty() {
            wrong.push(format!("missing: {want:?}"));
        } else if !got.iter().any(|f| good(&f) && f.partial == want.partial) {
            wrong.push(format!("not as it should be: {want:?}\n    got {got:?}"));
        } else if want.partial && got.iter().any(|f| !f.partial) {
            wrong.push(format!("called a match: {want:?}"));
        }
    }
    for got in &found {
        let known = expected.findings.iter().any(|want| same(got, want));
        if !got.fact.is_empty() && !known {
            wrong.push(format!("not hers, or not there: {got:?}"));
        }
        if got.fact.is_empty() && band(&got.band) > band("possible") {
            wrong.push(format!("a detail that nobody supplied is never surer than possible: {got:?}"));
        }
        for never in &expected.never {
            if got.fact.is_empty() && !known && got.kind == kind_of(&never.value) && never.urls.contains(&got.url) {
                wrong.push(format!("must never be reported ({}): {got:?}", never.value));
            }
        }
    }
    // Nor does a private person's detail stand in an excerpt about somebody else.
    let shown: Vec<&str> =
        list(person(report), "exposures").iter().flat_map(|e| list(e, "findings")).map(|f| text(f, "excerpt")).collect();
    for never in expected.never.iter().filter(|n| !n.office && shown.iter().any(|s| s.contains(&n.value))) {
        wrong.push(format!("stands unmasked in an excerpt: {}", never.value));
    }
    let places = not_checked(report);
    for (url, outcomes, reasons) in &expected.places {
        let rows: Vec<_> = places.iter().filter(|n| n.url == *url).collect();
        // A page that was looked at whole and is empty is not listed.
        let may_be_silent = outcomes.iter().any(|o| o == "absent");
        let fits =
            |n: &&reading::NotChecked| outcomes.contains(&n.outcome) && (reasons.contains(&n.reason) || n.outcome == "absent");
        if rows.is_empty() && !may_be_silent {
            wrong.push(format!("not named: {url} ({outcomes:?})"));
        }
        if let Some(row) = rows.iter().find(|n| !fits(n)) {
            wrong.push(format!("{url} should be {outcomes:?} because of {reasons:?}: {row:?}"));
        }
    }
    for (word, outcomes, reasons) in &expected.searches {
        let asked = |n: &&reading::NotChecked| {
            let query =
                url::Url::parse(&n.url).ok().and_then(|u| u.query_pairs().find(|(k, _)| k == "q").map(|(_, v)| v.into_owned()));
            n.source == "searxng" && query.is_some_and(|q| q.split_whitespace().any(|w| w.trim_matches('"') == word))
        };
        let rows: Vec<_> = places.iter().filter(asked).collect();
        let silent = outcomes.iter().any(|o| o == "absent");
        if rows.is_empty() != silent || rows.iter().any(|n| !outcomes.contains(&n.outcome) || !reasons.contains(&n.reason)) {
            wrong.push(format!("the question with {word:?} should be {outcomes:?}: {rows:?}"));
        }
    }
    wrong
}

#[test]
fn the_demonstration_finds_what_is_there_and_nothing_else() {
    let (place, ran, report) = run();
    assert!(ran.took < Duration::from_secs(30), "it took {:?}", ran.took);
    let wrong = held_against(&Expected::read(), &report);
    assert!(wrong.is_empty(), "{} things are wrong:\n{}", wrong.len(), wrong.join("\n"));
    reading::nothing_is_lost(&report);
    schema::holds(&report);
    orders(&report);
    page(&fs::read_to_string(place.path("unlisted-demo/report.html")).expect("the page"));
    let written: Vec<String> = place
        .files(&["config"])
        .iter()
        .map(|p| p.strip_prefix(place.path("")).expect("inside").to_string_lossy().into_owned())
        .collect();
    assert_eq!(written, ["unlisted-demo/report.html", "unlisted-demo/report.json"], "what the demonstration leaves behind");
    for name in ["report.html", "report.json"] {
        assert!(ran.err.contains(name), "it says where {name} is: {}", ran.err);
    }
}

fn orders(report: &Value) {
    let exposures = list(person(report), "exposures");
    let severities: Vec<usize> = exposures.iter().map(|e| severity(text(e, "severity"))).collect();
    assert!(severities.is_sorted_by(|a, b| a >= b), "exposures are sorted by severity: {severities:?}");
    let mut ids: Vec<&str> = exposures.iter().map(|e| text(e, "id")).collect();
    let mut plan: Vec<&str> = list(person(report), "plan").iter().filter_map(Value::as_str).collect();
    ids.sort_unstable();
    plan.sort_unstable();
    assert_eq!(plan, ids, "every exposure is in the plan of work once");
    for exposure in exposures {
        assert!(!list(exposure, "steps").is_empty(), "a first hint: {exposure}");
    }
}

/// One file, no script, nothing fetched.
fn page(html: &str) {
    let small = html.to_lowercase();
    assert!(small.contains("http-equiv=\"content-security-policy\"") && small.contains("default-src 'none'"), "a policy");
    for not in ["<script", "javascript:", "<iframe", "<object", "<embed", "<link", "<img", "<base", "@import", "url(http"] {
        assert!(!small.contains(not), "{not} in the page");
    }
    let handler = regex::Regex::new(r"<[a-z][^>]*\son[a-z]+\s*=").expect("a pattern");
    assert!(handler.find(&small).is_none(), "an event handler in the page");
    assert!(small.starts_with("<!doctype html>") && small.contains("<html lang=\"en"), "a page with its language");
}
