//! Exactly what the files hold.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Main {
    pub(super) contact: String,
    pub(super) language: String,
    #[serde(default)]
    pub(super) help: Help,
    pub(super) limits: Limits,
    pub(super) pace: Pace,
    pub(super) budget: Budget,
    pub(super) retention: Retention,
    pub(super) demo: Demo,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct Help {
    pub(super) police_contact: String,
    pub(super) police_adviser: String,
    pub(super) party: String,
    pub(super) trusted: String,
    pub(super) force: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Limits {
    pub(super) connect: String,
    pub(super) read: String,
    pub(super) total: String,
    pub(super) slow_total: String,
    pub(super) wire_cap: usize,
    pub(super) decoded_cap: usize,
    pub(super) ratio: usize,
    pub(super) redirects: u8,
    pub(super) robots_redirects: u8,
    pub(super) parse: String,
    pub(super) at_once: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Pace {
    pub(super) gap: String,
    pub(super) latency_factor: f64,
    pub(super) longest_gap: String,
    pub(super) longest_wait: String,
    pub(super) park_after: u32,
    pub(super) tries: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Budget {
    pub(super) found_pages: u32,
    pub(super) own_pages: u32,
    pub(super) result_pages: u32,
    pub(super) given_pages: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Retention {
    pub(super) findings_after_poll: u32,
    pub(super) findings_without_poll: u32,
    pub(super) run_resume: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Demo {
    pub(super) connect: String,
    pub(super) read: String,
    pub(super) total: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) title: String,
    #[serde(default)]
    pub(super) about: String,
    pub(super) class: String,
    #[serde(default)]
    pub(super) discloses: Vec<String>,
    pub(super) default: String,
    #[serde(default = "none")]
    pub(super) key: String,
    #[serde(default)]
    pub(super) base: String,
    #[serde(default)]
    pub(super) also: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) hosts: Vec<String>,
    #[serde(default)]
    pub(super) gap: Option<String>,
    #[serde(default)]
    pub(super) robots: bool,
    #[serde(default = "ports")]
    pub(super) ports: Vec<u16>,
    #[serde(default = "public")]
    pub(super) address: String,
    #[serde(default)]
    pub(super) own: bool,
    #[serde(default)]
    pub(super) page: String,
    pub(super) terms: Terms,
    #[serde(default)]
    pub(super) probe: Probe,
    #[serde(default)]
    pub(super) state: String,
}

fn none() -> String {
    "none".into()
}

fn public() -> String {
    "public".into()
}

fn ports() -> Vec<u16> {
    vec![80, 443]
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Terms {
    #[serde(default)]
    pub(super) url: String,
    pub(super) read_on: toml::value::Datetime,
    pub(super) verdict: String,
    #[serde(default)]
    pub(super) note: String,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Probe {
    pub(super) good: String,
    pub(super) bad: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Severity {
    #[serde(default)]
    pub(super) hostile_words: Vec<String>,
    #[serde(alias = "row")]
    pub(super) rows: Vec<SeverityRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeverityRow {
    pub(super) kind: String,
    pub(super) whole: String,
    pub(super) partial: String,
    pub(super) unsupplied: String,
    pub(super) reason: String,
    #[serde(default)]
    pub(super) source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Route {
    pub(super) id: String,
    pub(super) title: String,
    #[serde(default)]
    pub(super) hosts: Vec<String>,
    #[serde(default)]
    pub(super) path_hints: Vec<String>,
    #[serde(default)]
    pub(super) kinds: Vec<String>,
    #[serde(default)]
    pub(super) sources: Vec<String>,
    pub(super) cause: String,
    pub(super) stage: u8,
    pub(super) steps: Vec<String>,
    #[serde(default)]
    pub(super) minutes: u32,
    #[serde(default)]
    pub(super) does_not_remove: String,
    pub(super) verified: String,
    #[serde(default)]
    pub(super) source: String,
}

/// Any file of words: sections of texts.
pub(super) type Words = BTreeMap<String, toml::Value>;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Queries {
    pub(super) template: Vec<TemplateRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TemplateRow {
    pub(super) id: String,
    pub(super) text: String,
    #[serde(default)]
    pub(super) tells: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Links {
    pub(super) site: Vec<HandSiteRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct HandSiteRow {
    pub(super) id: String,
    pub(super) site: String,
    pub(super) url: String,
    #[serde(default)]
    pub(super) templates: Vec<String>,
    pub(super) what_to_look_for: String,
    pub(super) minutes: u32,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Engines {
    pub(super) engine: Vec<EngineRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct EngineRow {
    pub(super) id: String,
    pub(super) hosts: Vec<String>,
    #[serde(default)]
    pub(super) result_paths: Vec<String>,
    #[serde(default)]
    pub(super) unwrap: Vec<UnwrapRow>,
    #[serde(default)]
    pub(super) adverts: Vec<String>,
    #[serde(default)]
    pub(super) hit: Vec<String>,
    #[serde(default)]
    pub(super) advert_boxes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct UnwrapRow {
    pub(super) path: String,
    pub(super) param: String,
    #[serde(default)]
    pub(super) base64_after: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct NeverFetched {
    pub(super) host: Vec<HostRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HostRow {
    pub(super) suffix: String,
    #[serde(default)]
    pub(super) why: String,
    #[serde(default)]
    pub(super) source: String,
}
