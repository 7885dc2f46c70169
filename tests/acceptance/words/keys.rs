//! Each text has its one place: every key that the code asks for exists, every key that exists is asked for, and the code of
//! the command line holds no talk of its own.

use std::collections::BTreeSet;

use super::{literals, texts};
use crate::tidy::{files, is_test_file, shipped_code, shown};

/// Sections whose keys come from the members of a list or from data, with the place of the list. Their keys are not asked for
/// by name.
const FROM_LISTS: &[(&str, &str)] = &[
    ("args", "the commands themselves: args/help.rs tests both directions"),
    ("severity", "model::Severity"),
    ("severity-about", "model::Severity"),
    ("sure", "reporter::Sure"),
    ("status", "model::Status"),
    ("cause", "model::Cause"),
    ("who", "model::Cause"),
    ("kind", "model::Kind"),
    ("kind-a", "model::Kind"),
    ("harm", "model::Kind"),
    ("fit", "the fits of a finding"),
    ("reason", "model::ReasonCode"),
    ("outcome", "model::OutcomeKind"),
    ("outcome-do", "model::OutcomeKind"),
    ("outcome-reason", "model::OutcomeReason"),
    ("outcome-reason-do", "model::OutcomeReason"),
    ("plan-line", "lines of the sources"),
    ("ledger-kind", "kinds of a request"),
    ("discloses", "model::Discloses"),
    ("class", "model::DisclosureClass"),
    ("error-word", "words of store::StoreError; its own tests hold them"),
    ("danger", "danger.rs and the first screen ask by name"),
    ("help", "danger.rs asks by name"),
    ("source-list", "on, ask, off"),
    ("force", "config/forces.csv"),
    ("contest", "model::Contest"),
    ("nation", "model::Nation"),
    ("reporting-concern", "model::reporting::Concern"),
    ("reporting-used", "model::reporting::Concern"),
    ("reporting-sort", "model::reporting::Sort"),
    ("reporting-how", "config/reporting: engine/src/config/reporting.rs tests both directions"),
    ("reporting-give", "the same"),
    ("reporting-not", "the same"),
    ("reporting-day", "days of a week"),
    ("reporting-month", "months of a year"),
];

fn code() -> Vec<(String, String)> {
    files("crates", ".rs").iter().filter(|p| !is_test_file(p)).map(|p| (shown(p), shipped_code(p))).collect()
}

/// Keys as the catalogue has them, and the stems of those that have two forms.
fn keys() -> (BTreeSet<String>, BTreeSet<String>) {
    let keys: BTreeSet<String> = texts::catalogue().into_iter().map(|t| t.key).collect();
    let stems = keys.iter().filter_map(|k| k.strip_suffix("_one")).map(str::to_owned).collect();
    (keys, stems)
}

/// Files and formats look like keys.
const ENDINGS: [&str; 14] =
    ["json", "html", "txt", "toml", "csv", "ics", "md", "css", "part", "eml", "sha256", "rs", "xml", "pdf"];

#[test]
fn every_key_that_the_code_asks_for_exists() {
    let (keys, stems) = keys();
    let sections: BTreeSet<&str> = keys.iter().filter_map(|k| k.split('.').next()).collect();
    let shape = regex::Regex::new(r"^[a-z][a-z-]*\.[a-z0-9][a-z0-9._-]*$").expect("a pattern");
    let call =
        regex::Regex::new(r#"\b(?:t|n|t_or|ask|ask_lines|yes_or_no|fill|count|words\.get)\(\s*"([^"\\]+)""#).expect("a pattern");
    let mut missing = vec![];
    let mut asked = 0;
    for (file, code) in code() {
        let called: BTreeSet<String> = call.captures_iter(&code).map(|c| c[1].to_owned()).filter(|k| shape.is_match(k)).collect();
        for (line, text) in literals::of(&code) {
            let section = text.split('.').next().unwrap_or_default();
            let is_key = shape.is_match(&text) && (sections.contains(section) || called.contains(&text));
            // There, most such words are keys of the file.
            let of_a_file = file.contains("/subject_file/") && section != "subject-file";
            if !is_key || of_a_file || text.rsplit('.').next().is_some_and(|e| ENDINGS.contains(&e)) {
                continue;
            }
            asked += 1;
            if !keys.contains(&text) && !stems.contains(&text) {
                missing.push(format!("{file}:{line}: {text}"));
            }
        }
    }
    assert!(asked > 300, "the search finds {asked} keys: it looks in the wrong place");
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_key_that_exists_is_asked_for() {
    let (keys, _) = keys();
    let mut asked = BTreeSet::new();
    // Keys that are put together: "section.{}" and the like.
    let mut built = vec![];
    for (_, code) in code() {
        for (_, text) in literals::of(&code) {
            if text.contains('{') && text.split('{').next().is_some_and(|head| head.contains('.') && !head.contains(' ')) {
                let parts: Vec<String> = text
                    .split('{')
                    .enumerate()
                    .map(|(i, part)| {
                        if i == 0 {
                            regex::escape(part)
                        } else {
                            format!(".+{}", regex::escape(part.split_once('}').map_or("", |(_, rest)| rest)))
                        }
                    })
                    .collect();
                built.push(regex::Regex::new(&format!("^{}(_one|_many)?$", parts.concat())).expect("a pattern"));
            }
            asked.insert(text);
        }
    }
    // An error that is its own key.
    let error = regex::Regex::new(r#"error\("([a-z-]+\.[a-z0-9_.-]+)""#).expect("a pattern");
    asked.extend(code().iter().flat_map(|(_, code)| error.captures_iter(code).map(|c| c[1].to_owned()).collect::<Vec<_>>()));
    // `words.of("section", name)`: the name comes from a list.
    let of = regex::Regex::new(r#"\bof\(\s*"([a-z-]+)""#).expect("a pattern");
    let listed: BTreeSet<String> =
        code().iter().flat_map(|(_, code)| of.captures_iter(code).map(|c| c[1].to_owned()).collect::<Vec<_>>()).collect();
    let unused: Vec<&String> = keys
        .iter()
        .filter(|key| {
            let section = key.split('.').next().unwrap_or_default();
            !listed.contains(section) && !FROM_LISTS.iter().any(|(s, _)| *s == section)
        })
        .filter(|key| {
            let stem = key.strip_suffix("_one").or_else(|| key.strip_suffix("_many")).unwrap_or(key);
            !asked.contains(*key) && !asked.contains(stem) && !built.iter().any(|b| b.is_match(key))
        })
        .collect();
    assert!(unused.is_empty(), "nobody asks for {unused:#?}");
}

#[test]
fn both_forms_of_a_number_exist_and_have_the_same_gaps() {
    let all = texts::catalogue();
    let find = |key: &str| all.iter().find(|t| t.key == key).map(|t| t.text.clone());
    let gap = regex::Regex::new(r"\{[a-z0-9_]+\}").expect("a pattern");
    let gaps =
        |text: &str| -> BTreeSet<String> { gap.find_iter(text).map(|m| m.as_str().to_owned()).filter(|g| g != "{n}").collect() };
    let mut pairs = 0;
    for text in &all {
        for (mine, other) in [("_one", "_many"), ("_many", "_one")] {
            let Some(stem) = text.key.strip_suffix(mine) else { continue };
            let twin = find(&format!("{stem}{other}")).unwrap_or_else(|| panic!("{stem}{other} is missing"));
            assert_eq!(gaps(&text.text), gaps(&twin), "{stem}: the two forms have different gaps");
            pairs += 1;
        }
    }
    assert!(pairs > 60, "{pairs}");
}

/// Literals of three words that are no talk: file and what.
const NO_TALK: &[(&str, &str)] = &[];

#[test]
fn the_command_line_holds_no_talk_of_its_own() {
    let mut talk = vec![];
    for (file, code) in code().into_iter().filter(|(file, _)| file.starts_with("crates/cli/src/")) {
        for (line, text) in literals::of(&code) {
            let words = text
                .split([' ', '\n'])
                .filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() > 1 && !w.contains(['{', '=']))
                .count();
            // What is typed is the same in every language.
            let is_command = text.contains(" --");
            if words >= 3 && !is_command && !NO_TALK.iter().any(|(f, t)| *f == file && text.contains(t)) {
                talk.push(format!("{file}:{line}: {text}"));
            }
        }
    }
    assert!(talk.is_empty(), "these belong into config/words.en.toml:\n{}", talk.join("\n"));
}
