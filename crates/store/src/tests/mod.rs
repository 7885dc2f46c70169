//! Tests over the whole room. People in them do not exist.

mod asides;
mod contract;
mod faults;
mod forget;
mod formats;
mod incident;
mod incident_faults;
mod incident_killed;
mod kept;
mod killed;
#[cfg(unix)]
mod large;
mod model;
mod notes;
mod records;
mod speed;
mod words;

use std::path::Path;

use jiff::Timestamp;
use proptest::test_runner::Config;
use tempfile::TempDir;
use unlisted_model::ports::{HostKey, HostUpdate, LedgerEntry, NewTask, UnitOutcome, Work};
use unlisted_model::{
    Attribution, Band, Confidence, Discloses, Excerpt, FactId, Finding, Fit, Kind, LineId, Masked, Nature, Outcome, OutcomeKind,
    OutcomeReason, Piece, Query, QueryKey, Reason, ReasonCode, Secret, Severity, Slots, SourceId, SubjectId,
};

use crate::{NewRun, Run, Unlock, Vault};

/// A value that must never be seen in a file, an error or a `Debug` output.
const CANARY: &str = "canary-14-mill-lane";

fn cases(cases: u32) -> Config {
    // No file of past failures: a failing case is printed and becomes a test of its own.
    Config { cases, failure_persistence: None, ..Config::default() }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + seconds).expect("test data")
}

fn who(id: &str) -> SubjectId {
    SubjectId::new(id).expect("test data")
}

fn amina() -> SubjectId {
    who("canary-amina-castle")
}

fn ben() -> SubjectId {
    who("canary-ben-hartley")
}

fn host(name: &str) -> HostKey {
    HostKey(format!("{name}.canary.example:443"))
}

fn query(page: &str, for_: &[SubjectId]) -> Query {
    Query {
        line: LineId("found-pages".into()),
        source: SourceId::new("found-pages"),
        what: "page".into(),
        key: QueryKey(Secret::new(page)),
        for_: for_.to_vec(),
        slots: Slots::default().with("page", &[Discloses::Page, Discloses::Name], page),
    }
}

/// A page on a host, for Amina.
fn page(on: &str, path: &str) -> NewTask {
    page_for(on, path, &[amina()])
}

fn page_for(on: &str, path: &str, for_: &[SubjectId]) -> NewTask {
    let url = format!("https://{on}.canary.example/{path}?q={CANARY}");
    NewTask {
        line: LineId("found-pages".into()),
        source: SourceId::new("found-pages"),
        for_: for_.to_vec(),
        host: host(on),
        work: Work::Unit(query(&url, for_)),
        key: url,
        not_before: None,
        priority: 0,
    }
}

fn update(next: Timestamp) -> HostUpdate {
    HostUpdate { next_allowed_at: next, refusals: 0, latency: std::time::Duration::from_millis(120) }
}

fn outcome(path: &str, for_: &[SubjectId]) -> UnitOutcome {
    UnitOutcome {
        source: SourceId::new("found-pages"),
        line: LineId("found-pages".into()),
        host: "a.canary.example:443".into(),
        url: format!("https://a.canary.example/{path}?q={CANARY}"),
        outcome: Outcome::because(OutcomeKind::Failed, OutcomeReason::TimedOut),
        cut: true,
        for_: for_.to_vec(),
    }
}

fn entry(line: &str, for_: &[SubjectId]) -> LedgerEntry {
    LedgerEntry {
        at: at(0),
        line: LineId(line.into()),
        source: SourceId::new("searxng"),
        host: "search.canary.example".into(),
        method: "GET".into(),
        url: format!("https://search.canary.example/?q={CANARY}"),
        discloses: vec![Discloses::Name, Discloses::Area],
        for_: for_.to_vec(),
        kind: "query".into(),
    }
}

fn finding(subject: &SubjectId, path: &str) -> Finding {
    Finding {
        subject: subject.clone(),
        kind: Kind::HomeAddress,
        fact: Some(FactId { subject: subject.clone(), kind: Kind::HomeAddress, ordinal: 1 }),
        value: Some(Secret::new(format!("value {CANARY}"))),
        fit: Fit::OtherNumber,
        url: format!("https://a.canary.example/{path}"),
        via: format!("https://a.canary.example/{path}?via={CANARY}"),
        source: SourceId::new("found-pages"),
        line: LineId("found-pages".into()),
        nature: Nature::OwnPage,
        seen: at(5),
        attribution: Attribution {
            probability: 0.1 + 0.2,
            band: Band::Possible,
            reasons: vec![Reason { code: ReasonCode::SameTown, weight: -0.7 }],
        },
        confidence: Confidence::Medium,
        severity: Severity::High,
        hostile: true,
        label: Masked::kept("•• ••••••, Canaryton".into()),
        excerpt: Excerpt(vec![Piece::Words("lives at canary".into()), Piece::Hidden(Masked::hidden())]),
        title: Some(Excerpt(vec![Piece::Words("Canary page".into())])),
    }
}

fn new_run(subjects: &[SubjectId]) -> NewRun {
    NewRun { subjects: subjects.to_vec(), fingerprint: "canary-settings-1".into(), started: at(0), expires: at(1_000_000) }
}

/// A key file beside the vault, not inside it.
fn unlock(dir: &TempDir) -> Unlock {
    Unlock::KeyFile(dir.path().join("key"))
}

fn vault_at(dir: &TempDir) -> Vault {
    Vault::open(&dir.path().join("vault"), unlock(dir)).expect("opens")
}

fn run_at(dir: &TempDir) -> Run {
    vault_at(dir).begin_run(new_run(&[amina()])).expect("begins")
}

/// The unfinished run of a vault that is opened again.
fn again(dir: &TempDir) -> Run {
    vault_at(dir).unfinished(&[amina()], "canary-settings-1", at(-10)).expect("reads").expect("is there")
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("test data")
}

/// What a killed process leaves: the files as they are now, in a folder of their own with the same key.
fn killed_copy(dir: &TempDir) -> TempDir {
    let copy = folder();
    std::fs::copy(dir.path().join("key"), copy.path().join("key")).expect("copies");
    std::fs::create_dir(copy.path().join("vault")).expect("creates");
    for file in files(&dir.path().join("vault")) {
        std::fs::copy(&file, copy.path().join("vault").join(file.file_name().expect("name"))).expect("copies");
    }
    copy
}

fn files(dir: &Path) -> Vec<std::path::PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(dir).expect("lists").map(|f| f.expect("lists").path()).collect();
    files.sort();
    files
}

/// All bytes of a vault's files, log included.
fn bytes(dir: &TempDir) -> Vec<u8> {
    files(&dir.path().join("vault")).iter().flat_map(|file| std::fs::read(file).expect("reads")).collect()
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}
