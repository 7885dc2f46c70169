//! A person all of whose values are canaries: none of them sings anywhere but in the addresses of the person's own report
//! (invariant 4).

use std::fs;

use jiff::ToSpan as _;
use serde_json::Value;
use unlisted_web::demo::{DemoWeb, Site};

use crate::needles::Needles;
use crate::people::today;
use crate::program::Place;
use crate::reading::findings;

const FACTS: [(&str, &str); 15] = [
    ("home-address", "71 Quillfeather Row, Mereside, Northgate ZZ99 9QC"),
    ("phone", "07700 900987"),
    ("email", "canary.quill@hidden.example"),
    ("date-of-birth", "1971-11-23"),
    ("family-member", "Peregrine Quillbird"),
    ("username", "canary_quill_77"),
    ("vehicle-registration", "XQ71 QQZ"),
    ("national-insurance-number", "QQ 71 27 38 C"),
    ("nhs-number", "999 071 2738"),
    ("bank-account", "00-71-27 38402917"),
    ("passport", "712738402"),
    ("driving-licence", "QUILL711273C99QQ"),
    ("workplace", "Quillfeather Buttonworks"),
    ("school", "St Quillan's Academy"),
    ("place-visited", "Quillwater Swimming Baths"),
];
const FORMER: &str = "Canaria Quillmoor";
/// An address that holds a value, as addresses sometimes do.
const TELLTALE: &str = "https://people.canary.example/lookup/07700900987";

fn subject() -> String {
    let mut text = format!(
        "schema = \"unlisted/subject/v1\"\nid = \"zephyrine\"\n[consent]\nby = \"Zephyrine Oakhanger\"\non = \"{}\"\nuntil = \"{}\"\nbasis = \"self\"\n[names]\nfull = \"Zephyrine Oakhanger\"\nformer = [\"{FORMER}\"]\n[candidacy]\nannounced = true\narea = \"Mereside\"\n",
        today(),
        today().saturating_add(3.months())
    );
    for (kind, value) in FACTS {
        text.push_str(&format!("[[private]]\nkind = \"{kind}\"\nvalue = \"{value}\"\n"));
    }
    text.push_str("[[pages]]\nurl = \"https://people.canary.example/\"\n");
    text
}

fn web() -> DemoWeb {
    let mut rows = String::new();
    for (kind, value) in FACTS {
        rows.push_str(&format!("<tr><th>{kind}<td>Zephyrine Oakhanger<td title=\"{value}\">{value}<!-- {value} --></tr>\n"));
    }
    let page = format!(
        "<!doctype html><html><head><title>Zephyrine Oakhanger 07700 900987</title><meta name=\"description\" content=\"{FORMER}, born 23 November 1971\"></head><body><h1>Zephyrine Oakhanger of Mereside, formerly {FORMER}</h1><table>{rows}</table><p>Ring Zephyrine Oakhanger of Mereside on <a href=\"tel:+447700900987\">+44 7700 900987</a>, write to 71 Quillfeather Row, or <a href=\"{TELLTALE}\">look here</a>.</p></body></html>"
    );
    let site = Site::new("people.canary.example")
        .page("/index.html", page.clone().into_bytes())
        .page("/lookup/07700900987", page.into_bytes())
        .http("GET /fault/07700900987\nstatus: 500 Broken 07700 900987\nx-value: 07700 900987\ncontent-type: text/html\n\n07700 900987")
        .expect("a page");
    DemoWeb::serving(0, vec![site]).expect("a port")
}

fn needles() -> Needles {
    let mut values: Vec<String> = vec![
        FORMER.to_owned(),
        "23 November 1971".to_owned(),
        "23/11/1971".to_owned(),
        "71 Quillfeather Row".to_owned(),
        "ZZ99 9QC".to_owned(),
        "7700900987".to_owned(),
    ];
    values.extend(FACTS.map(|(_, v)| v.to_owned()));
    Needles::new(&values)
}

/// The report without its addresses.
fn without_addresses(value: &Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(
            map.iter().filter(|(k, _)| *k != "url" && *k != "via").map(|(k, v)| (k.clone(), without_addresses(v))).collect(),
        ),
        Value::Array(items) => Value::Array(items.iter().map(without_addresses).collect()),
        other => other.clone(),
    }
}

#[test]
fn no_canary_sings() {
    let (web, place, needles) = (web(), Place::new(), needles());
    let silent = |what: &str, text: &str| {
        if let Some(needle) = needles.found_in(text) {
            let at = text.to_lowercase().find(&needle).unwrap_or(0);
            let around: String = text.get(at.saturating_sub(200)..).unwrap_or(text).chars().take(600).collect();
            panic!("{what} holds {needle}:\n{around}");
        }
    };
    let person = subject();
    let file = place.write("given/notes.txt", format!("Zephyrine Oakhanger, Mereside: 07700 900987.\n{FORMER}\n"));
    let ran = place
        .check(&person)
        .web(&web)
        .vault()
        .args(&[
            "--format",
            "json,html,text",
            "--out",
            "out",
            "--url",
            TELLTALE,
            "--url",
            "https://people.canary.example/fault/07700900987",
        ])
        .arg("--file")
        .arg(&file)
        .env("UNLISTED_LOG", "trace")
        .env("RUST_LOG", "trace")
        .env("RUST_BACKTRACE", "full")
        .run()
        .code(5);
    let report = ran.report();
    let facts = findings(&report)
        .iter()
        .filter(|f| !f.fact.is_empty())
        .map(|f| f.kind.clone())
        .collect::<std::collections::BTreeSet<_>>();
    assert!(facts.len() >= 10, "only {facts:?} were found: the canaries were not near");
    assert!(ran.err.contains("people.canary.example"), "the log was not on: {}", ran.err);
    silent("stdout", &ran.out);
    silent("stderr", &ran.err);
    silent("the report as JSON", &without_addresses(&report).to_string());
    for name in ["report.html", "report.txt"] {
        let text = fs::read_to_string(place.path("out").join(name)).expect("a report");
        // The person must be able to open the page.
        let text = text.replace(TELLTALE, "").replace("https://people.canary.example/fault/07700900987", "");
        let text =
            text.replace("people.canary.example/lookup/07700900987", "").replace("people.canary.example/fault/07700900987", "");
        silent(name, &text);
    }
    for words in
        [["plan", "text"], ["plan", "json"], ["links", "text"], ["links", "json"], ["ledger", "text"], ["ledger", "json"]]
    {
        let command = place.about(words[0], &person).vault().args(&["--format", words[1]]).env("UNLISTED_LOG", "trace");
        let ran = command.run().code(0);
        silent(words[0], &ran.out);
        silent(words[0], &ran.err);
    }
    let again = place.about("report", &person).vault().args(&["--format", "text"]).env("UNLISTED_LOG", "trace").run().code(0);
    silent("report", &again.out.replace(TELLTALE, ""));
    silent("report", &again.err);
    let files = place.files(&["subject.toml", "given", "out", "config"]);
    assert!(files.iter().any(|f| f.starts_with(place.path("vault"))), "{files:?}");
    for file in files {
        silent_file(&silent, &file);
    }
}

fn silent_file(silent: &dyn Fn(&str, &str), file: &std::path::Path) {
    let name = file.to_string_lossy();
    silent("a file's name", &name);
    let bytes = fs::read(file).expect("a file");
    silent(&name, &String::from_utf8_lossy(&bytes));
    // And with two bytes to each letter.
    let narrow: Vec<u8> = bytes.iter().copied().filter(|b| *b != 0).collect();
    silent(&name, &String::from_utf8_lossy(&narrow));
}

/// While a check goes on, and after it was killed, its files are as silent.
#[test]
fn no_canary_sings_in_what_a_killed_check_leaves() {
    let (web, place, needles) = (web(), Place::new(), needles());
    let mut started = place.check(&subject()).web_at(&web, 1).vault().json().start();
    while web.requests() < 3 && !started.ended() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let (killed, ran) = started.kill();
    assert!(killed, "{}", ran.err);
    assert_eq!(needles.found_in(&ran.err), None);
    let files = place.files(&["subject.toml", "config"]);
    assert!(files.iter().any(|f| f.to_string_lossy().ends_with("-wal")), "{files:?}");
    for file in files {
        silent_file(&|what, text| assert_eq!(needles.found_in(text), None, "{what}"), &file);
    }
}

/// What a panic tells: its place, never its words, which may quote a value.
#[test]
fn a_panic_tells_its_place_only() {
    const CHILD: &str = "UNLISTED_TEST_PANIC";
    if std::env::var_os(CHILD).is_some() {
        assert_eq!(unlisted_cli::run(["unlisted", "--version"].map(std::ffi::OsString::from)), 0);
        panic!("cannot read {}", FACTS[1].1);
    }
    let exe = std::env::current_exe().expect("this test");
    let ran = std::process::Command::new(exe)
        .args(["--exact", "canary::a_panic_tells_its_place_only", "--nocapture"])
        .env(CHILD, "1")
        .output()
        .expect("it runs");
    let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(!ran.status.success() && said.contains("canary.rs"), "{said}");
    assert_eq!(needles().found_in(&said), None, "{said}");
}
