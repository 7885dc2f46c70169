//! Every text that a person reads: the catalogue, and the fields of the data rows that are shown.

use std::path::Path;

use crate::tidy::{files, read, root, shown};

/// A text, where it stands, and the group by which it is weighed.
pub(crate) struct Text {
    pub(crate) section: String,
    pub(crate) key: String,
    pub(crate) text: String,
}

/// Keys of data rows that no person reads, or that are names, addresses and words for programs. What stands under any other
/// key is read.
const NOT_READ: &[&str] = &[
    "address",
    "basis",
    "cause",
    "class",
    "contest",
    "contests",
    "default",
    "discloses",
    "election",
    "for",
    "from",
    "gap",
    "hosts",
    "id",
    "key",
    "kinds",
    "law",
    "level",
    "nation",
    "nations",
    "note",
    "page",
    "path-hints",
    "probe",
    "read-on",
    "reason",
    "repeat",
    "severity",
    "source",
    "sources",
    "state",
    "templates",
    "terms",
    "url",
];

/// The catalogue alone: `section.key` and text.
pub(crate) fn catalogue() -> Vec<Text> {
    let path = root().join("config/words.en.toml");
    let table: toml::Table = read(&path).parse().expect("words.en.toml is TOML");
    let mut out = vec![];
    for (section, value) in table {
        for (key, text) in value.as_table().expect("a section holds texts") {
            let text = text.as_str().unwrap_or_else(|| panic!("{section}.{key} is no text")).to_owned();
            out.push(Text { section: section.clone(), key: format!("{section}.{key}"), text });
        }
    }
    out
}

/// All of them.
pub(crate) fn all() -> Vec<Text> {
    let mut out = catalogue();
    let folders = ["routes", "sources", "reporting", "prepare", "letters"].map(|f| root().join("config").join(f));
    let rows = folders.iter().filter(|f| f.is_dir()).flat_map(|f| files(&shown(f), ""));
    for path in rows.chain(["links.toml", "severity.toml"].map(|f| root().join("config").join(f))) {
        let name = shown(&path);
        let folder = name.split('/').nth(1).unwrap_or_default().trim_end_matches(".toml").to_owned();
        if name.ends_with(".toml") {
            let table: toml::Table = read(&path).parse().unwrap_or_else(|e| panic!("{name}: {e}"));
            let severity = folder == "severity";
            walk(&toml::Value::Table(table), &name, &mut |key, text| {
                let field = key.rsplit(['.', ':']).next().unwrap_or_default();
                if if severity { field == "reason" } else { !NOT_READ.contains(&field) && text.contains(' ') } {
                    out.push(Text { section: folder.clone(), key: key.to_owned(), text: text.to_owned() });
                }
            });
        } else if is_letter(&path) {
            out.push(Text { section: folder, key: name, text: read(&path) });
        }
    }
    out
}

fn is_letter(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "md") && path.file_stem().is_some_and(|s| s != "README")
}

fn walk(value: &toml::Value, at: &str, each: &mut dyn FnMut(&str, &str)) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                // A text of such a table is not read either: terms, probe.
                if !NOT_READ.contains(&key.as_str()) || !value.is_table() {
                    walk(value, &format!("{at}:{key}"), each);
                }
            }
        }
        toml::Value::Array(list) => list.iter().for_each(|v| walk(v, at, each)),
        toml::Value::String(text) => each(at, text),
        _ => {}
    }
}

/// A text as people hear it: what is typed (commands, options, addresses, gaps) and long proper names become one word each.
pub(crate) fn spoken(text: &str) -> String {
    let mut out = text.to_owned();
    for (name, _) in NAMES {
        out = out.replace(name, "Name");
    }
    let typed = regex::Regex::new(r#"(?x) `[^`\n]*` | "[^"\n]*" | \{[a-z_]+\} | --[a-z-]+(\x20[A-Z]{2,}\b)? | \bunlisted(\x20[a-z]+)+\x20--?[a-z-]+ | https?://\S+ | \S*[a-z0-9_-]/[a-z]\S*\.[a-z]+"#)
        .expect("a pattern");
    typed.replace_all(&out, "Word").into_owned()
}

/// Names that cannot be shortened, each with the reason why it counts as one word.
const NAMES: &[(&str, &str)] = &[
    ("Returning Officer", "the office is called so in law and on every notice"),
    ("returning officer", "the same, in small letters"),
    ("National Insurance number", "its own name on every letter"),
    ("National Stalking Helpline", "a help line's name"),
    ("Information Commissioner", "the office's name"),
    ("Electoral Commission", "the office's name"),
    ("Representation of the People Act", "an Act's name"),
    ("Data Protection Act 2018", "an Act's name"),
    ("Operation Bridger", "what to say to the police, in these words"),
];
