//! `unlisted incident verify`: whether the record, or a copy of it, is as it was written.

use std::path::Path;

use unlisted_engine::incident::check_bundle;

use super::person::Who;
use crate::args::IncidentVerify;
use crate::failure::Failure;
use crate::terminal;
use crate::words::{n, t};

pub(crate) fn run(args: &IncidentVerify) -> Result<u8, Failure> {
    match &args.bundle {
        Some(dir) => copy(dir, args),
        None => record(args),
    }
}

fn record(args: &IncidentVerify) -> Result<u8, Failure> {
    let who = Who::find(args.subject.as_deref(), &args.common)?;
    let chain = who.vault.entries(&who.id, true)?;
    if chain.entries.is_empty() && chain.faults.is_empty() {
        return Err(Failure::nothing(t("incident.empty", &[])));
    }
    let faults: Vec<String> = chain.faults.iter().map(|f| filled(f.key(), &f.gaps())).collect();
    let files: usize = chain.entries.iter().map(|e| e.files.len()).sum();
    answer_of(
        &faults,
        chain.fault_count(),
        &n("incident-verify.whole", chain.entries.len(), &[("files", &files.to_string())]),
        "incident-verify.not-whole",
    )
}

fn copy(dir: &Path, args: &IncidentVerify) -> Result<u8, Failure> {
    crate::subject::config(&args.common)?;
    if !dir.is_dir() {
        return Err(Failure::usage(t("incident-verify.no-folder", &[])));
    }
    let checked = check_bundle(dir);
    let faults: Vec<String> = checked.faults.iter().map(|f| filled(f.key(), &f.gaps())).collect();
    let whole = n("incident-verify.copy-whole", checked.files, &[("entries", &checked.entries.to_string())]);
    let code = answer(&faults, &whole, "incident-verify.copy-not-whole")?;
    if let Some(sum) = checked.sums {
        let sum: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
        terminal::say(&t("incident-verify.sum", &[("sum", &sum)]));
    }
    Ok(code)
}

fn answer(faults: &[String], whole: &str, not_whole: &str) -> Result<u8, Failure> {
    answer_of(faults, faults.len(), whole, not_whole)
}

/// The same where not all faults are told one by one.
fn answer_of(faults: &[String], count: usize, whole: &str, not_whole: &str) -> Result<u8, Failure> {
    if faults.is_empty() {
        terminal::out(whole)?;
        return Ok(0);
    }
    terminal::out(&n(not_whole, count, &[]))?;
    for fault in faults {
        terminal::out(&format!("  {fault}"))?;
    }
    terminal::say(&t("incident-verify.do", &[]));
    Ok(1)
}

fn filled(key: &str, gaps: &[(&'static str, String)]) -> String {
    t(key, &gaps.iter().map(|(k, v)| (*k, v.as_str())).collect::<Vec<_>>())
}
