//! Runs the program on one person and reads its report.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use jiff::ToSpan as _;
use serde::Deserialize;

/// How sure the report is that this is the person and this fact.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Band {
    Other,
    Possible,
    Likely,
    Same,
}

impl Band {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Other => "other",
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Same => "same",
        }
    }
}

/// One finding of the report.
#[derive(Debug)]
pub(crate) struct Told {
    /// File name of the page.
    pub(crate) page: String,
    /// `kind/ordinal` for a supplied fact; for others, whatever the program calls it.
    pub(crate) fact: String,
    pub(crate) kind: String,
    pub(crate) supplied: bool,
    pub(crate) partial: bool,
    pub(crate) band: Band,
    pub(crate) probability: f64,
}

#[derive(Deserialize)]
struct Report {
    subjects: Vec<Subject>,
}

#[derive(Deserialize)]
struct Subject {
    id: String,
    exposures: Vec<Exposure>,
}

#[derive(Deserialize)]
struct Exposure {
    id: String,
    kind: String,
    supplied: bool,
    partial: bool,
    findings: Vec<Finding>,
}

#[derive(Deserialize)]
struct Finding {
    via: String,
    attribution: Band,
    probability: f64,
}

/// Checks each page of `folder` for its person, one run for each: a report says of an exposure, not of a page, whether
/// only a part of the fact stands there.
pub(crate) fn check(bin: &Path, folder: &Path) -> Result<Vec<Told>> {
    let work = tempfile::tempdir()?;
    let person = work.path().join("person.toml");
    let text = std::fs::read_to_string(folder.join("person.toml"))?;
    std::fs::write(&person, renewed(&text))?;
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder.join("pages"))? {
        let page = entry?.path();
        all.extend(one(bin, &person, &page).with_context(|| format!("page {}", page.display()))?);
    }
    Ok(all)
}

fn one(bin: &Path, person: &Path, page: &Path) -> Result<Vec<Told>> {
    let output = Command::new(bin)
        .args(["check", "--only-given", "--ephemeral", "--yes", "--format", "json", "--file"])
        .arg(page)
        .arg(person)
        .stderr(Stdio::piped())
        .output()
        .with_context(|| format!("starting {} (cargo build --release -p unlisted-cli)", bin.display()))?;
    // 3: nothing found; 5: a page could not be read, which the expectations will show.
    if !matches!(output.status.code(), Some(0 | 3 | 5)) {
        bail!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    let report: Report = serde_json::from_slice(&output.stdout).context("the report is not as documented")?;
    Ok(report
        .subjects
        .into_iter()
        .flat_map(|subject| {
            let Subject { id, exposures } = subject;
            exposures.into_iter().flat_map(move |exposure| told(&id, &exposure))
        })
        .collect())
}

fn told(subject: &str, exposure: &Exposure) -> Vec<Told> {
    let fact = exposure.id.strip_prefix(subject).map_or(exposure.id.as_str(), |rest| rest.trim_start_matches('/'));
    exposure
        .findings
        .iter()
        .map(|finding| Told {
            page: file_name(&finding.via),
            fact: fact.to_owned(),
            kind: exposure.kind.clone(),
            supplied: exposure.supplied,
            partial: exposure.partial,
            band: finding.attribution,
            probability: finding.probability,
        })
        .collect()
}

fn file_name(via: &str) -> String {
    via.rsplit(['/', '\\']).next().unwrap_or(via).to_owned()
}

/// The subject file with a permission that holds today: a set outlives every permission written into it.
fn renewed(text: &str) -> String {
    let today = jiff::ZonedDateTime::now().date();
    let until = today.saturating_add(6.months());
    text.lines()
        .map(|line| match line.split_once('=').map(|(key, _)| key.trim()) {
            Some("on") => format!("on = \"{today}\"\n"),
            Some("until") => format!("until = \"{until}\"\n"),
            _ => format!("{line}\n"),
        })
        .collect()
}
