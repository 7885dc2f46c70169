//! What the documents say of the house, checked against the house.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

pub(crate) fn files(below: &str, ending: &str) -> Vec<PathBuf> {
    fn walk(dir: &Path, ending: &str, out: &mut Vec<PathBuf>) {
        let Ok(entries) = fs::read_dir(dir) else { return };
        let mut entries: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() && !path.ends_with("target") {
                walk(&path, ending, out);
            } else if path.to_string_lossy().ends_with(ending) {
                out.push(path);
            }
        }
    }
    let mut out = vec![];
    walk(&root().join(below), ending, &mut out);
    assert!(!out.is_empty(), "no {ending} below {below}: the test looks in the wrong place");
    out
}

pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

pub(crate) fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", shown(path)))
}

/// Whether a file holds nothing but tests.
pub(crate) fn is_test_file(path: &Path) -> bool {
    let shown = shown(path);
    let parts: Vec<&str> = shown.split('/').collect();
    let dirs = ["tests", "stories", "testing", "examples", "benches"];
    parts.iter().any(|p| dirs.contains(p) || dirs.contains(&p.trim_end_matches(".rs")) || *p == "rehearse.rs")
}

/// A file without its test modules.
pub(crate) fn shipped_code(path: &Path) -> String {
    let text = read(path);
    let begins = text.match_indices("#[cfg(test)]\nmod ").find(|(at, mark)| {
        text.get(at + mark.len()..).and_then(|rest| rest.lines().next()).is_some_and(|line| line.ends_with('{'))
    });
    begins.and_then(|(at, _)| text.get(..at)).map(str::to_owned).unwrap_or(text)
}

fn dependencies(manifest: &Path, part: &str) -> BTreeSet<String> {
    let table: toml::Table = read(manifest).parse().expect("a manifest is TOML");
    table.get(part).and_then(|d| d.as_table()).map(|d| d.keys().cloned().collect()).unwrap_or_default()
}

/// `model ← {crawler, detector, reporter, store} ← engine ← web ← cli`: a line not drawn must not exist.
#[test]
fn arrows_are_as_drawn() {
    let siblings = ["crawler", "detector", "reporter", "store"];
    let mut allowed: BTreeMap<&str, Vec<&str>> = BTreeMap::from([("model", vec![])]);
    for sibling in siblings {
        allowed.insert(sibling, vec!["model"]);
    }
    allowed.insert("engine", [&["model"][..], &siblings].concat());
    allowed.insert("web", [&["model", "engine"][..], &siblings].concat());
    allowed.insert("cli", [&["model", "engine", "web"][..], &siblings].concat());
    for (room, may) in &allowed {
        let manifest = root().join(format!("crates/{room}/Cargo.toml"));
        for name in dependencies(&manifest, "dependencies") {
            if let Some(other) = name.strip_prefix("unlisted-") {
                assert!(may.contains(&other), "{room} must not know {other}");
            }
        }
    }
    let rooms: BTreeSet<String> = fs::read_dir(root().join("crates"))
        .expect("crates")
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    let drawn: BTreeSet<String> = allowed.keys().map(|r| (*r).to_owned()).collect();
    assert_eq!(rooms, drawn, "a room that ARCHITECTURE.md does not draw, or one that is missing");
}

/// Invariants 1 and 7: no I/O, no clock, no wire form where none belongs.
#[test]
fn pure_rooms_are_pure() {
    for room in ["detector", "reporter", "model"] {
        let names = dependencies(&root().join(format!("crates/{room}/Cargo.toml")), "dependencies");
        for not in ["tokio", "reqwest", "rusqlite", "getrandom"] {
            assert!(!names.contains(not), "{room} depends on {not}");
        }
        for path in files(&format!("crates/{room}/src"), ".rs").iter().filter(|p| !is_test_file(p)) {
            let code = shipped_code(path);
            for not in [
                "std::fs",
                "std::net",
                "std::process",
                "std::env",
                "Timestamp::now",
                "SystemTime",
                "Instant::now",
                "ZonedDateTime::now",
            ] {
                assert!(!code.contains(not), "{}: {not}", shown(path));
            }
        }
    }
    assert!(!dependencies(&root().join("crates/model/Cargo.toml"), "dependencies").contains("serde"));
}

/// Invariant 2: one room has a network client.
#[test]
fn one_client() {
    for room in ["model", "detector", "reporter", "store", "engine", "web", "cli"] {
        assert!(!dependencies(&root().join(format!("crates/{room}/Cargo.toml")), "dependencies").contains("reqwest"), "{room}");
    }
    let uses: BTreeSet<String> = files("crates/crawler/src", ".rs")
        .iter()
        .filter(|p| !is_test_file(p) && shipped_code(p).contains("reqwest::"))
        .map(|p| shown(p))
        .collect();
    for file in uses {
        assert!(file.starts_with("crates/crawler/src/transport/"), "{file} knows the client");
    }
}

/// Invariant 4: each file that opens a private value, and through which door. A new row here is a design change.
#[test]
fn doors_are_known() {
    let doors = [
        ("crates/cli/src/commands/check.rs", "AtRest"),
        ("crates/cli/src/commands/export.rs", "OperatorAsked"),
        ("crates/cli/src/commands/incident/answers.rs", "ToCompare"),
        ("crates/cli/src/commands/incident/files.rs", "ToCompare"),
        ("crates/cli/src/commands/init/ask.rs", "ToCompare"),
        ("crates/cli/src/commands/init/shown.rs", "OperatorAsked"),
        ("crates/cli/src/subject.rs", "AtRest"),
        ("crates/crawler/src/gate/guard/mod.rs", "ToCompare"),
        ("crates/crawler/src/gate/guard/needles.rs", "ToCompare"),
        ("crates/crawler/src/request.rs", "OnTheWire"),
        ("crates/crawler/src/sources/slots.rs", "OnTheWire"),
        ("crates/crawler/src/sources/slots.rs", "ToCompare"),
        ("crates/detector/src/attribute/against.rs", "ToCompare"),
        ("crates/detector/src/attribute/mod.rs", "ToCompare"),
        ("crates/detector/src/attribute/office.rs", "ToCompare"),
        ("crates/detector/src/attribute/profile.rs", "ToCompare"),
        ("crates/detector/src/attribute/strangers.rs", "ToCompare"),
        ("crates/detector/src/attribute/street.rs", "ToCompare"),
        ("crates/detector/src/facts/mod.rs", "ToCompare"),
        ("crates/detector/src/names/index.rs", "ToCompare"),
        ("crates/detector/src/needles.rs", "ToCompare"),
        ("crates/engine/src/incident/copy.rs", "AtRest"),
        ("crates/engine/src/incident/leftovers.rs", "AtRest"),
        ("crates/engine/src/init/answer.rs", "ToCompare"),
        ("crates/engine/src/init/note.rs", "AtRest"),
        ("crates/engine/src/init/person.rs", "ToCompare"),
        ("crates/engine/src/prepare/marks.rs", "AtRest"),
        ("crates/engine/src/reporting/mod.rs", "OperatorAsked"),
        ("crates/engine/src/run/follow.rs", "ToCompare"),
        ("crates/engine/src/subject_file/writer.rs", "AtRest"),
        ("crates/model/src/masked.rs", "ToCompare"),
        ("crates/reporter/src/bundle/facts.rs", "OperatorAsked"),
        ("crates/reporter/src/expose.rs", "ToCompare"),
        ("crates/store/src/incident/add.rs", "AtRest"),
        ("crates/store/src/records/finding.rs", "AtRest"),
        ("crates/store/src/records/incident.rs", "AtRest"),
        ("crates/store/src/records/query.rs", "AtRest"),
        ("crates/store/src/run/writer.rs", "AtRest"),
        ("crates/store/src/unlock.rs", "AtRest"),
        ("crates/store/src/vault/kept.rs", "AtRest"),
        ("crates/store/src/vault/people.rs", "AtRest"),
    ];
    let known: BTreeSet<(String, String)> = doors.iter().map(|(f, d)| ((*f).to_owned(), (*d).to_owned())).collect();
    let mut used = BTreeSet::new();
    for path in files("crates", ".rs").iter().filter(|p| !is_test_file(p)) {
        let code = shipped_code(path);
        for door in ["OnTheWire", "ToCompare", "AtRest", "OperatorAsked"] {
            if code.contains(&format!("Reveal::{door}")) {
                used.insert((shown(path), door.to_owned()));
            }
        }
    }
    assert_eq!(used, known);
}

/// Invariant 6: a host name is a row in `config/`.
#[test]
fn no_host_names_in_code() {
    let host = regex::Regex::new(
        r#"(?i)(https?://[a-z0-9-]+\.[a-z]|\b[a-z0-9-]+\.(com|org|net|uk|io|info|co|social|eu|gov|wales|scot)\b)"#,
    )
    .expect("a pattern");
    let strings = regex::Regex::new(r#""(?:[^"\\]|\\.)*""#).expect("a pattern");
    let mut wrong = vec![];
    for path in files("crates", ".rs").iter().filter(|p| !is_test_file(p)) {
        for (n, line) in shipped_code(path).lines().enumerate() {
            let code = line.trim_start();
            if code.starts_with("//") {
                continue;
            }
            for found in strings.find_iter(code) {
                let text = found.as_str();
                let excepted = ["schema.org", "www.w3.org", "json-schema.org", "error-store.io"].iter().any(|e| text.contains(e));
                // Words for the person who writes a row name invented hosts.
                let invented = text.contains(".example") || text.contains(".test");
                if host.is_match(text) && !excepted && !invented {
                    wrong.push(format!("{}:{}: {text}", shown(path), n + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A source is a row, a file and four recorded answers; its paragraph for people stands in the row.
#[test]
fn sources_are_whole() {
    let rows: BTreeSet<String> =
        files("config/sources", ".toml").iter().filter_map(|p| Some(p.file_stem()?.to_string_lossy().into_owned())).collect();
    let id = regex::Regex::new(r#"const ID: &str = "([a-z-]+)""#).expect("a pattern");
    let code: BTreeSet<String> = files("crates/crawler/src/sources", ".rs")
        .iter()
        .flat_map(|p| id.captures_iter(&read(p)).map(|c| c[1].to_owned()).collect::<Vec<_>>())
        .collect();
    assert_eq!(rows, code, "rows and sources");
    for source in &rows {
        let row: toml::Table = read(&root().join(format!("config/sources/{source}.toml"))).parse().expect("a row is TOML");
        let about = row.get("about").and_then(|a| a.as_str()).unwrap_or_default();
        assert!(about.split_whitespace().count() >= 12, "{source}: a paragraph for people");
        for answer in ["found", "absent", "blocked", "changed"] {
            let path = root().join(format!("fixtures/sources/{source}/{answer}.http"));
            assert!(read(&path).starts_with("HTTP/1.1 "), "{}", shown(&path));
        }
    }
}

/// Each file says what lives in it, and holds one idea.
#[test]
fn files_say_what_they_are() {
    let mut wrong = vec![];
    for folder in ["crates", "tests", "xtask"] {
        for path in files(folder, ".rs") {
            let text = read(&path);
            if !text.starts_with("//! ") && !text.starts_with("//!\n") {
                wrong.push(format!("{}: no //! at its head", shown(&path)));
            }
            let lines = text.lines().count();
            if lines > 600 || (lines > 500 && !is_test_file(&path)) {
                wrong.push(format!("{}: {lines} lines", shown(&path)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The budget of the design: 45 direct dependencies, 400 packages with default features on Linux.
#[test]
fn dependencies_stay_within_budget() {
    let mut direct = BTreeSet::new();
    for room in ["model", "crawler", "detector", "reporter", "store", "engine", "web", "cli"] {
        let manifest = root().join(format!("crates/{room}/Cargo.toml"));
        for part in ["dependencies", "build-dependencies"] {
            direct.extend(dependencies(&manifest, part).into_iter().filter(|n| !n.starts_with("unlisted-")));
        }
    }
    assert!(direct.len() <= 45, "{} direct dependencies: {direct:?}", direct.len());
    let tree = std::process::Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--prefix",
            "none",
            "--edges",
            "normal,build",
            "--package",
            "unlisted-cli",
            "--format",
            "{p}",
        ])
        .current_dir(root())
        .output()
        .expect("cargo tree runs");
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let text = String::from_utf8_lossy(&tree.stdout);
    let packages: BTreeSet<&str> = text.lines().map(|l| l.trim_end_matches(" (*)").trim()).filter(|l| !l.is_empty()).collect();
    assert!((100..=400).contains(&packages.len()), "{} packages", packages.len());
}

/// What is written down about the commands is what the program knows.
#[test]
fn the_readme_names_commands_that_exist() {
    let readme = read(&root().join("README.md"));
    assert!(readme.contains("cargo run --release -- demo"));
    assert!(readme.contains("cargo test --release --workspace"));
    assert!(read(&root().join(".ci/run")).contains("cargo test --release --workspace"), "CI runs the README's test command");
    let args = read(&root().join("crates/cli/src/args/mod.rs"));
    for name in regex::Regex::new(r"`unlisted ([a-z]+)").expect("a pattern").captures_iter(&readme) {
        let (first, rest) = name[1].split_at(1);
        let variant = format!("    {}{rest}", first.to_uppercase());
        assert!(args.contains(&variant), "README names `unlisted {}`", &name[1]);
    }
}
