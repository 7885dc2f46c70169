//! `xtask score`: how often the program is right about what stands on a page and whom it means.
//!
//! A *set* is a folder of people. Each person has `person.toml` (a subject file), `pages/` (documents as a person
//! would save them) and `expect.toml` (what a careful reader says of each page, see [`expect`]). The program itself is
//! run, `check person.toml --file pages --only-given`, and its JSON report is compared with the reader's word.

mod expect;
mod report;
mod table;
mod tally;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// How to ask for it.
pub(crate) const USAGE: &str = "score [--set DIR] [--bin PATH] [--json FILE] [--only NAME] [--all-misses]";

/// What was typed.
struct Asked {
    set: PathBuf,
    bin: PathBuf,
    json: Option<PathBuf>,
    only: Option<String>,
    all_misses: bool,
}

impl Asked {
    fn read(words: &[&str]) -> Result<Self> {
        let mut words = words.iter();
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
        let mut asked = Self {
            set: PathBuf::from("fixtures/score"),
            bin: target.join("release").join(format!("unlisted{}", std::env::consts::EXE_SUFFIX)),
            json: None,
            only: None,
            all_misses: false,
        };
        while let Some(word) = words.next() {
            let mut value = || words.next().copied().with_context(|| format!("{word} wants a value"));
            match *word {
                "--set" => asked.set = value()?.into(),
                "--bin" => asked.bin = value()?.into(),
                "--json" => asked.json = Some(value()?.into()),
                "--only" => asked.only = Some(value()?.to_owned()),
                "--all-misses" => asked.all_misses = true,
                other => bail!("unknown option {other}\nusage: cargo xtask {USAGE}"),
            }
        }
        Ok(asked)
    }
}

/// Measures, and prints a table; with `--json` the same figures as JSON too.
pub(crate) fn run(words: &[&str]) -> Result<()> {
    let asked = Asked::read(words)?;
    let mut tally = tally::Tally::default();
    for folder in people(&asked.set)? {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if asked.only.as_ref().is_some_and(|only| !name.contains(only.as_str())) {
            continue;
        }
        let expected = expect::read(&folder)?;
        let told = report::check(&asked.bin, &folder).with_context(|| format!("checking {name}"))?;
        tally.add(&name, &expected, &told);
    }
    if let Some(file) = &asked.json {
        let text = serde_json::to_string_pretty(&table::json(&tally))?;
        std::fs::write(file, text).with_context(|| format!("writing {}", file.display()))?;
    }
    let text = table::plain(&tally, asked.all_misses);
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(())
}

/// The people of the set in the order of their names.
fn people(set: &Path) -> Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(set).with_context(|| format!("reading {}", set.display()))? {
        let path = entry?.path();
        if path.join("person.toml").is_file() {
            folders.push(path);
        }
    }
    folders.sort();
    Ok(folders)
}
