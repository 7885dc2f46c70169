//! `unlisted incident verify`: whether the record, or a copy of it, is as it was written.

use std::path::Path;

use unlisted_engine::incident::check_bundle;
use unlisted_model::incident::EntryKind;

use super::person::{Who, call_first};
use crate::args::IncidentVerify;
use crate::failure::Failure;
use crate::words::{n, t};
use crate::{terminal, unlock};

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
    call_first(&crate::subject::config(&args.common)?);
    if !dir.is_dir() {
        return Err(Failure::usage(t("incident-verify.no-folder", &[])));
    }
    let checked = check_bundle(dir);
    let mut faults: Vec<String> = checked.faults.iter().map(|f| filled(f.key(), &f.gaps())).collect();
    // Somebody who takes away the last entry everywhere leaves a copy that is whole in itself; only the record knows better.
    let noted = checked.sums.and_then(|sums| is_noted(&sums, args));
    if noted == Some(false) {
        faults.push(t("incident-verify.not-noted", &[]));
    }
    let whole = n("incident-verify.copy-whole", checked.files, &[("entries", &checked.entries.to_string())]);
    let code = answer(&faults, &whole, "incident-verify.copy-not-whole")?;
    if noted == Some(true) {
        terminal::say(&t("incident-verify.noted", &[]));
    } else if let Some(sum) = checked.sums {
        let sum: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
        terminal::say(&t("incident-verify.sum", &[("sum", &sum)]));
    }
    Ok(code)
}

/// Whether a record in the locked file has a note of a copy with this list. None: there is no locked file here, or it was not opened.
fn is_noted(sums: &[u8; 32], args: &IncidentVerify) -> Option<bool> {
    let folder = unlock::folder(&args.common).ok()?;
    std::fs::read_dir(folder).ok()?.next()?.ok()?;
    // Without a key file somebody must be there to type the passphrase, and want to.
    if args.common.key_file.is_none() && !(terminal::is_interactive() && terminal::asks(&t("incident-verify.compare-ask", &[]))) {
        return None;
    }
    let looked = || {
        let vault = unlock::vault(&args.common, false)?;
        let mut found = false;
        for id in vault.subjects()? {
            let entries = vault.entries(&id, false)?.entries;
            found |= entries.iter().any(|e| matches!(&e.kind, EntryKind::Export { sums: noted, .. } if noted == sums));
        }
        Ok::<bool, Failure>(found)
    };
    let found = looked();
    if found.is_err() {
        terminal::say(&t("incident-verify.not-opened", &[]));
    }
    found.ok()
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
