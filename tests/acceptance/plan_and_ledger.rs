//! What was really sent is what the plan said would be sent (DESIGN §2.5).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use unlisted_web::demo::DemoWeb;

use crate::needles::Needles;
use crate::people;
use crate::program::Place;
use crate::reading::{list, number, outcomes, text};

fn words(value: &Value, key: &str) -> BTreeSet<String> {
    list(value, key).iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[test]
fn the_ledger_names_lines_of_the_plan_and_keeps_within_them() {
    let web = DemoWeb::start(0).expect("a port");
    let place = Place::new();
    let person = people::demo();
    let plan = place.about("plan", &person).args(&["--format", "json"]).run().code(0).out;
    assert_eq!(web.requests(), 0, "a plan sends nothing");
    let report = place.check(&person).web(&web).vault().json().run().code(5).report();
    let ledger = place.about("ledger", &person).vault().args(&["--format", "json"]).run().code(0).out;
    let needles = Needles::of(&person);
    assert_eq!(needles.found_in(&plan), None, "a private value in the plan");
    assert_eq!(needles.found_in(&ledger), None, "a private value in the ledger");

    let plan: Value = serde_json::from_str(&plan).expect("the plan is JSON");
    let ledger: Value = serde_json::from_str(&ledger).expect("the ledger is JSON");
    assert_eq!((text(&plan, "schema"), text(&ledger, "schema")), ("unlisted/plan/v1", "unlisted/ledger/v1"));
    // A line may lead to more than one row of the plan; its bound is their sum.
    let mut bounds: BTreeMap<&str, u64> = BTreeMap::new();
    let mut told: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut sources: BTreeMap<&str, &str> = BTreeMap::new();
    for line in list(&plan, "lines") {
        let id = text(line, "line");
        *bounds.entry(id).or_default() += number(line, "at_most");
        told.entry(id).or_default().extend(words(line, "discloses"));
        sources.insert(id, text(line, "source"));
        assert!(["A", "B", "C", "D", "E", "V"].contains(&text(line, "class")), "{line}");
    }
    let mut used: BTreeMap<&str, u64> = BTreeMap::new();
    let mut hosts: BTreeMap<String, usize> = BTreeMap::new();
    for row in list(&ledger, "rows") {
        let line = text(row, "line");
        *used.entry(line).or_default() += 1;
        *hosts.entry(text(row, "host").to_owned()).or_default() += 1;
        assert_eq!(sources.get(line), Some(&text(row, "source")), "a row under no line of the plan: {row}");
        // That a page or a robots.txt was asked for is what its site sees; the rest was announced.
        let beyond: Vec<String> = words(row, "discloses").difference(&told[line]).filter(|d| *d != "page").cloned().collect();
        assert!(beyond.is_empty(), "{row} tells {beyond:?} beyond its line");
        assert!(["query", "page", "robots"].contains(&text(row, "kind")), "{row}");
    }
    for (line, n) in &used {
        assert!(*n <= bounds[line], "{line}: {n} requests of at most {}", bounds[line]);
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for line in web.log() {
        *seen.entry(line.host).or_default() += 1;
    }
    assert_eq!(hosts, seen, "what is written down and what the server saw");

    // Questions to a source that was on are equal as a set; a line that was not needed has an outcome.
    let planned = |source: &str| -> BTreeSet<&str> { sources.iter().filter(|(_, s)| **s == source).map(|(l, _)| *l).collect() };
    let asked: BTreeSet<&str> = list(&ledger, "rows")
        .iter()
        .filter(|r| text(r, "source") == "searxng" && text(r, "kind") == "query")
        .map(|r| text(r, "line"))
        .collect();
    assert_eq!(asked, planned("searxng"));
    assert!(asked.len() > 10, "{} questions", asked.len());
    for source in sources.values().collect::<BTreeSet<_>>() {
        let unused = planned(source).iter().filter(|l| !used.contains_key(*l)).count() as u64;
        assert!(
            outcomes(&report, Some(source), &["skipped", "refused", "waiting"]) >= unused,
            "{source}: {unused} lines were not used"
        );
    }
    for left in list(&plan, "left_out") {
        assert!(outcomes(&report, Some(text(left, "source")), &["skipped"]) > 0, "{left}");
    }
}

#[test]
fn the_plan_and_the_ledger_speak_to_people_too() {
    let place = Place::new();
    let plan = place.about("plan", &people::demo()).run().code(0).out;
    assert!(plan.lines().all(|l| l.chars().count() <= 80), "wider than a terminal:\n{plan}");
    for word in ["search.amina.example", "at most"] {
        assert!(plan.contains(word), "{word} is not in\n{plan}");
    }
    assert_eq!(Needles::of(&people::demo()).found_in(&plan), None);
    // Nothing was checked yet.
    place.about("ledger", &people::demo()).vault().run().code(3);
}
