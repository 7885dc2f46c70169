//! What a report says, and what it should say (`fixtures/expected/demo.toml`), in one form.

use std::collections::BTreeSet;

use serde_json::Value;

/// One detail at one place.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Found {
    pub(crate) kind: String,
    /// The id of the supplied fact; empty when nobody supplied it.
    pub(crate) fact: String,
    pub(crate) url: String,
    pub(crate) band: String,
    pub(crate) severity: String,
    pub(crate) partial: bool,
}

/// A word of a list from low to high.
#[track_caller]
fn rank(list: &[&str], word: &str) -> usize {
    list.iter().position(|w| *w == word).unwrap_or_else(|| panic!("{word:?} is none of {list:?}"))
}

pub(crate) fn band(word: &str) -> usize {
    rank(&["other", "possible", "likely", "same"], word)
}

pub(crate) fn severity(word: &str) -> usize {
    rank(&["low", "medium", "high", "critical"], word)
}

#[track_caller]
pub(crate) fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_else(|| panic!("{key} is no text in {value}"))
}

#[track_caller]
pub(crate) fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).unwrap_or_else(|| panic!("{key} is no list in {value}"))
}

#[track_caller]
pub(crate) fn number(value: &Value, key: &str) -> u64 {
    value.get(key).and_then(Value::as_u64).unwrap_or_else(|| panic!("{key} is no number in {value}"))
}

fn truth(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or_else(|| panic!("{key} is neither true nor false in {value}"))
}

/// The one person of a report.
#[track_caller]
pub(crate) fn person(report: &Value) -> &Value {
    match list(report, "subjects") {
        [one] => one,
        other => panic!("{} people", other.len()),
    }
}

/// Every place of every exposure.
pub(crate) fn findings(report: &Value) -> BTreeSet<Found> {
    let mut out = BTreeSet::new();
    for exposure in list(person(report), "exposures") {
        let supplied = truth(exposure, "supplied");
        for finding in list(exposure, "findings") {
            out.insert(Found {
                kind: text(exposure, "kind").to_owned(),
                fact: if supplied { text(exposure, "id").to_owned() } else { String::new() },
                url: text(finding, "url").to_owned(),
                band: text(finding, "attribution").to_owned(),
                severity: text(exposure, "severity").to_owned(),
                partial: truth(finding, "partial"),
            });
        }
    }
    out
}

/// A place that could not be looked at, or only in part.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct NotChecked {
    pub(crate) source: String,
    pub(crate) host: String,
    pub(crate) url: String,
    pub(crate) outcome: String,
    pub(crate) reason: String,
}

pub(crate) fn not_checked(report: &Value) -> Vec<NotChecked> {
    let coverage = person(report).get("coverage").expect("coverage");
    list(coverage, "not_checked")
        .iter()
        .map(|n| NotChecked {
            source: text(n, "source").to_owned(),
            host: text(n, "host").to_owned(),
            url: text(n, "url").to_owned(),
            outcome: text(n, "outcome").to_owned(),
            reason: n.get("reason").and_then(Value::as_str).unwrap_or_default().to_owned(),
        })
        .collect()
}

/// Number of outcomes of one sort, over all sources or of one.
pub(crate) fn outcomes(report: &Value, source: Option<&str>, kinds: &[&str]) -> u64 {
    let coverage = person(report).get("coverage").expect("coverage");
    list(coverage, "sources")
        .iter()
        .filter(|s| source.is_none_or(|id| text(s, "id") == id))
        .flat_map(|s| kinds.iter().map(move |k| s.get("outcomes").and_then(|o| o.get(k)).and_then(Value::as_u64).unwrap_or(0)))
        .sum()
}

/// planned = Σ outcomes, for each source and in all (invariant 5).
#[track_caller]
pub(crate) fn nothing_is_lost(report: &Value) {
    let coverage = person(report).get("coverage").expect("coverage");
    let mut planned = 0;
    for source in list(coverage, "sources") {
        let outcomes = source.get("outcomes").and_then(Value::as_object).expect("outcomes");
        for kind in outcomes.keys() {
            rank(&["found", "absent", "blocked", "refused", "failed", "skipped", "waiting"], kind);
        }
        let sum: u64 = outcomes.values().filter_map(Value::as_u64).sum();
        assert_eq!(number(source, "planned"), sum, "{source}");
        planned += sum;
    }
    assert_eq!(number(coverage, "planned"), planned, "planned in all");
    assert_eq!(number(coverage, "answered"), outcomes(report, None, &["found", "absent"]), "answered in all");
}

/// A report but for what may differ between two equal checks: times, and ids that hang on the store's key.
fn timeless(report: &Value) -> Value {
    fn walk(value: &Value, stable: &dyn Fn(&str) -> bool) -> Value {
        match value {
            Value::Object(map) => Value::Object(
                map.iter()
                    .filter(|(key, value)| {
                        let time = matches!(key.as_str(), "generated" | "first_seen" | "last_seen");
                        let keyed = key.as_str() == "id" && value.as_str().is_some_and(|id| !stable(id));
                        !(time || keyed)
                    })
                    .map(|(key, value)| (key.clone(), walk(value, stable)))
                    .collect(),
            ),
            Value::Array(items) => Value::Array(items.iter().map(|v| walk(v, stable)).collect()),
            other => other.clone(),
        }
    }
    // Ids of supplied facts and of sources are words; keyed ids are long hexadecimal numbers.
    let stable = |id: &str| id.len() < 16 || !id.chars().all(|c| c.is_ascii_hexdigit());
    let mut out = walk(report, &stable);
    for person in out.get_mut("subjects").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(plan) = person.get_mut("plan").and_then(Value::as_array_mut) {
            plan.retain(|id| id.as_str().is_some_and(stable));
        }
        // Equally grave and equally sure ones stand in the order of their ids.
        if let Some(exposures) = person.get_mut("exposures").and_then(Value::as_array_mut) {
            exposures.sort_by_key(Value::to_string);
        }
    }
    out
}

/// A detail of somebody else, or one that is meant to be public.
pub(crate) struct Never {
    pub(crate) value: String,
    pub(crate) urls: Vec<String>,
    /// It belongs to an office: no exposure, and no secret either.
    pub(crate) office: bool,
}

/// Asserts that two reports are equal but for times and keyed ids; tells only what differs.
#[track_caller]
pub(crate) fn equal(one: &Value, other: &Value, why: &str) {
    fn walk(a: &Value, b: &Value, at: &str, out: &mut Vec<String>) {
        match (a, b) {
            (Value::Object(x), Value::Object(y)) => {
                for key in x.keys().chain(y.keys().filter(|k| !x.contains_key(*k))) {
                    walk(x.get(key).unwrap_or(&Value::Null), y.get(key).unwrap_or(&Value::Null), &format!("{at}.{key}"), out);
                }
            }
            (Value::Array(x), Value::Array(y)) => {
                for n in 0..x.len().max(y.len()) {
                    walk(x.get(n).unwrap_or(&Value::Null), y.get(n).unwrap_or(&Value::Null), &format!("{at}[{n}]"), out);
                }
            }
            _ if a != b => out.push(format!("{at}: {a} | {b}")),
            _ => {}
        }
    }
    let mut out = vec![];
    walk(&timeless(one), &timeless(other), "", &mut out);
    assert!(
        out.is_empty(),
        "{why}: {} differences, the first of them\n{}",
        out.len(),
        out.iter().take(12).cloned().collect::<Vec<_>>().join("\n")
    );
}

/// `fixtures/expected/demo.toml`.
pub(crate) struct Expected {
    pub(crate) findings: Vec<Found>,
    /// Address, outcomes, reasons.
    pub(crate) places: Vec<(String, Vec<String>, Vec<String>)>,
    /// Word of the question, outcomes, reasons.
    pub(crate) searches: Vec<(String, Vec<String>, Vec<String>)>,
    pub(crate) never: Vec<Never>,
}

impl Expected {
    pub(crate) fn read() -> Self {
        let table: toml::Table = include_str!("../../fixtures/expected/demo.toml").parse().expect("the expectations are TOML");
        let rows = |name: &str| table.get(name).and_then(|r| r.as_array()).cloned().unwrap_or_default();
        let word =
            |row: &toml::Value, key: &str| row.get(key).and_then(|v| v.as_str()).unwrap_or_else(|| panic!("{key}")).to_owned();
        let words = |row: &toml::Value, key: &str| -> Vec<String> {
            let list = row.get(key).and_then(|v| v.as_array()).unwrap_or_else(|| panic!("{key}"));
            list.iter().filter_map(|v| v.as_str()).map(str::to_owned).collect()
        };
        let expected = Self {
            findings: rows("finding")
                .iter()
                .map(|r| Found {
                    kind: word(r, "kind"),
                    fact: word(r, "fact"),
                    url: word(r, "url"),
                    band: word(r, "band"),
                    severity: word(r, "severity"),
                    partial: r.get("partial").and_then(toml::Value::as_bool).expect("partial"),
                })
                .collect(),
            places: rows("outcome").iter().map(|r| (word(r, "url"), words(r, "outcome"), words(r, "reason"))).collect(),
            searches: rows("search").iter().map(|r| (word(r, "word"), words(r, "outcome"), words(r, "reason"))).collect(),
            never: rows("never")
                .iter()
                .map(|r| Never { value: word(r, "value"), urls: words(r, "urls"), office: word(r, "whose").contains("office") })
                .collect(),
        };
        assert!(
            expected.findings.len() > 20 && expected.places.len() > 10 && expected.never.len() > 10,
            "the expectations are thin"
        );
        expected
    }
}
