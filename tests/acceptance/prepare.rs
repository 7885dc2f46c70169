//! Before nomination: an election ahead, tasks done, the list printed, the days in a calendar. No network, no key typed.

use std::path::Path;
use std::process::Command;

use jiff::ToSpan as _;
use serde_json::Value;

use crate::needles::Needles;
use crate::people;
use crate::program::Place;
use crate::reading::{list, text};

const ELECTION: [&str; 6] = ["--election", "2027-05-06", "--contest", "council", "--nation", "england"];

/// The words on one line, so that where they wrap does not matter.
fn flat(shown: &str) -> String {
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn somebody_unknown_gets_the_list_and_nothing_is_made() {
    let place = Place::new();
    let ran = place.unlisted(&["prepare"]).run().code(0);
    assert!(ran.out.starts_with("If anyone is in danger now, call 999."), "{}", ran.out);
    assert!(flat(&ran.out).contains("We do not know your polling day"), "{}", ran.out);
    assert!(flat(&ran.out).contains("Task 1: Ask that your home address is not printed"), "{}", ran.out);
    assert!(!ran.out.contains('⟨'), "{}", ran.out);
    assert_eq!(place.unlisted(&["prepare", "--all"]).run().code(0).out, ran.out, "without a terminal it is the whole list");
    let dated = place.unlisted(&["prepare"]).args(&ELECTION).run().code(0).out;
    assert!(flat(&dated).contains("Thursday 8 April 2027, 4 pm: last day for nomination papers"), "{dated}");
    place.unlisted(&["prepare", "--format", "ics"]).run().code(3);
    place.unlisted(&["prepare", "--done", "1"]).run().code(2);
    place.unlisted(&["prepare", "nobody"]).run().code(3);
    assert_eq!(place.files(&["config"]), Vec::<std::path::PathBuf>::new(), "nothing is written unasked");
}

#[test]
fn an_election_in_thirty_days_is_led_by_its_papers() {
    let place = Place::new();
    let day = people::today().checked_add(30.days()).expect("a day").to_string();
    let shown = place.unlisted(&["prepare", "--election", &day, "--contest", "council", "--nation", "ENG"]).run().code(0).out;
    let first = flat(shown.split("only do one thing today").nth(1).expect("the one thing"));
    // 19 working days before a day in 30 days is at most 4 days away, or just over.
    assert!(first.trim_start_matches(['-', ' ']).starts_with("[ ] Task 1: Ask that your home address is not printed"), "{shown}");
}

#[test]
fn tasks_are_marked_and_the_calendar_follows() {
    let place = Place::new();
    let person = people::demo();
    let needles = Needles::of(&person);
    let export = |out: &str| {
        let ran = place
            .about("prepare", &person)
            .vault()
            .args(&ELECTION)
            .args(&["--format", "text,html,json,ics", "--out"])
            .arg(place.path(out))
            .run()
            .code(0);
        assert_eq!(needles.found_in(&ran.err), None, "a private value in the talk");
        for file in ["prepare.txt", "prepare.html", "prepare.json", "prepare.ics"] {
            let written = std::fs::read_to_string(place.path(out).join(file)).expect("it is written");
            assert_eq!(needles.found_in(&written), None, "a private value in {file}");
            assert!(!written.contains('⟨'), "words are missing in {file}");
        }
    };
    let ran = place.about("prepare", &person).vault().args(&["--done", "3,open-register", "--skip", "ico"]).run().code(0);
    assert!(flat(&ran.err).contains("3 tasks are marked."), "{}", ran.err);
    assert!(ran.out.starts_with("Next: Task "), "{}", ran.out);
    export("first");
    place.about("prepare", &person).vault().args(&["--done", "1"]).run().code(0);
    // The version of a calendar counts seconds.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    export("second");
    let json = std::fs::read_to_string(place.path("second/prepare.json")).expect("it is written");
    let json: Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(text(&json, "schema"), "unlisted/prepare/v1");
    let state = |id: &str| list(&json, "tasks").iter().find(|t| text(t, "id") == id).map(|t| text(t, "state").to_owned());
    for (id, expect) in
        [("imprint", "done"), ("open-register", "done"), ("ico", "skipped"), ("home-address", "done"), ("agent", "open")]
    {
        assert_eq!(state(id).as_deref(), Some(expect), "{id}");
    }
    let again = place.about("prepare", &person).vault().args(&["--undo", "1", "--done", "imprint"]).run().code(0);
    assert!(flat(&again.err).contains("Open again: Task 1: Ask that your home address is not printed."), "{}", again.err);
    for file in place.files(&["config", "first", "second", "subject.toml"]) {
        let bytes = std::fs::read(&file).expect("a file");
        let readable = String::from_utf8_lossy(&bytes);
        assert!(!readable.contains("open-register") && !readable.contains("imprint"), "{} is not sealed", file.display());
    }
    parsers_agree(&place.path("first/prepare.ics"), &place.path("second/prepare.ics"));
}

/// Two independent parsers read both files, where Python and they are installed.
fn parsers_agree(first: &Path, second: &Path) {
    let tool = Path::new(env!("CARGO_MANIFEST_DIR")).join("tools/read_ics.py");
    let python = std::env::var_os("UNLISTED_PYTHON").unwrap_or_else(|| "python3".into());
    let Ok(ran) = Command::new(python).arg(tool).arg(first).arg(second).output() else { return };
    assert!(matches!(ran.status.code(), Some(0 | 77)), "{}", String::from_utf8_lossy(&ran.stderr));
}

#[test]
fn slips_are_told_and_change_nothing() {
    let place = Place::new();
    let person = people::demo();
    for (args, says) in [
        (&["--done", "imprnt"][..], "Did you mean: imprint?"),
        (&["--done", "imprint,zzz"][..], "The tasks are: 1 home-address, 2 agent"),
        (&["--done", "1", "--skip", "home-address"][..], "in two ways"),
        (&["--contest", "senedd", "--nation", "SCT"][..], "not held in Scotland"),
        (&["--contest", "mp"][..], "Use one of: uk-parliament"),
        (&["--nation", "france"][..], "Use ENG, WLS, SCT or NIR"),
        (&["--election", "31 February 2027"][..], "no day that we can read"),
        (&["--format", "pdf"][..], "Use text, html, json or ics"),
        (&["--format", "text,html"][..], "add --out"),
    ] {
        let ran = place.about("prepare", &person).vault().args(args).run().code(2);
        assert!(flat(&ran.err).contains(says), "{args:?}: {}", ran.err);
    }
    let json = place.about("prepare", &person).vault().args(&["--format", "json"]).run().code(0).out;
    let json: Value = serde_json::from_str(&json).expect("it is JSON");
    assert!(list(&json, "tasks").iter().all(|t| text(t, "state") == "open"));
}

/// With a record of abuse the police contact comes first, whatever else is due; nothing of the record is told.
#[test]
fn who_was_threatened_is_led_by_the_police_contact() {
    let place = Place::new();
    let person = people::demo();
    let run = |place: &Place| flat(&place.about("prepare", &person).vault().args(&ELECTION).run().code(0).out);
    let first = |shown: &str| shown.split("only do one thing today").nth(1).map(|s| s.trim_start_matches(['-', ' ']).to_owned());
    place.about("prepare", &person).vault().args(&["--done", "ico"]).run().code(0);
    let before = run(&place);
    assert!(!first(&before).is_some_and(|s| s.starts_with("[ ] Task 4:")), "{before}");
    assert!(before.find("If you were threatened") < before.find("The other tasks"), "{before}");
    place.unlisted(&["incident", "add"]).vault().stdin("They stood at the gate\ntoday\n").run().code(0);
    let after = run(&place);
    assert!(first(&after).is_some_and(|s| s.starts_with("[ ] Task 4: Find your police contact")), "{after}");
    assert!(!after.contains("stood at the gate"), "{after}");
}

/// Who gave no key reads one sentence, not a demand for it and then the list.
#[test]
fn without_a_key_the_list_is_written_and_says_what_is_missing() {
    let place = Place::new();
    let person = people::demo();
    let about = || place.about("prepare", &person).arg("--vault").arg(place.path("vault"));
    about().args(&["--done", "1"]).stdin("gate lantern otter\n").run().code(0);
    let ran = about().run().code(0);
    assert!(flat(&ran.err).contains("does not show what you marked"), "{}", ran.err);
    assert!(!ran.err.contains("We need the key"), "{}", ran.err);
}
