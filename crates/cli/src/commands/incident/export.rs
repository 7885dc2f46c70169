//! `unlisted incident export`: a copy for the police, a platform or a solicitor.

use std::collections::BTreeSet;

use unlisted_engine::incident::{CopyProblem, CopyRequest, copy};
use unlisted_reporter::bundle::{self, Audience};

use super::answers::{self, Stop};
use super::person::Who;
use crate::args::{self, IncidentExport};
use crate::commands::leftovers;
use crate::failure::Failure;
use crate::words::{io_kind, n, t, words};
use crate::{paths, terminal};

pub(crate) fn run(args: &IncidentExport) -> Result<u8, Failure> {
    let out = match &args.out {
        Some(dir) => dir.clone(),
        None => paths::data()?.join("copies"),
    };
    paths::ask_if_synced(&out, &t("incident-export.what", &[]), args.yes)?;
    let who = Who::find(args.subject.as_deref(), &args.common)?;
    let audience = match args.audience {
        args::Audience::Police => Audience::Police,
        args::Audience::Platform => Audience::Platform,
        args::Audience::Solicitor => Audience::Solicitor,
    };
    let only = only(args, audience, &who)?;
    if terminal::is_interactive() && !args.yes {
        terminal::say(&t("incident-export.go-what", &[]));
        terminal::say(&format!("  {}", std::path::absolute(&out).unwrap_or_else(|_| out.clone()).display()));
        if !terminal::asks(&t("incident-export.go", &[])) {
            return Err(Failure::nothing(t("incident-export.not-made", &[])));
        }
    }
    let request = CopyRequest {
        subject: &who.id,
        audience,
        only: &only,
        out: &out,
        version: env!("CARGO_PKG_VERSION"),
        by: who.name(),
        words: &words(),
    };
    let watch = leftovers::watch(&who.vault);
    let made = copy(&who.vault, &request);
    watch.wait_if_ending();
    let made = made.map_err(|problem| match problem {
        CopyProblem::Nothing if audience == Audience::Platform => Failure::nothing(t("incident-export.nothing-platform", &[])),
        CopyProblem::Nothing if who.vault.entries(&who.id, false).is_ok_and(|chain| !chain.faults.is_empty()) => {
            Failure::failed(t("incident.all-gone", &[]))
        }
        CopyProblem::Nothing => Failure::nothing(t("incident.empty", &[])),
        CopyProblem::NoSuchIncident(number) => Failure::usage(t("incident.no-such", &[("number", &number.to_string())])),
        CopyProblem::NotWritten(kind) => Failure::failed(t("incident-export.not-written", &[("why", &io_kind(kind))])),
        CopyProblem::Store(error) => error.into(),
    })?;
    let folder = std::path::absolute(&made.folder).unwrap_or(made.folder);
    terminal::out(&folder.display().to_string())?;
    terminal::say(&t("incident-export.made", &[]));
    let (incidents, entries) = (n("bundle.incidents", made.incidents, &[]), n("bundle.entries", made.entries, &[]));
    terminal::say(&format!("{incidents} {entries} {}", n("incident-export.files", made.files, &[])));
    if made.lost + made.faults > 0 {
        terminal::say(&t("incident-export.with-faults", &[]));
    }
    terminal::say(&t("incident-export.not-locked", &[]));
    let whom = match audience {
        Audience::Police => "incident-export.to-police",
        Audience::Platform => "incident-export.to-platform",
        Audience::Solicitor => "incident-export.to-solicitor",
    };
    terminal::say(&t(whom, &[]));
    terminal::say(&t("incident-export.check", &[]));
    Ok(if made.lost > 0 { 5 } else { 0 })
}

/// The incidents for the copy. A site must not get what is about another one: where there are several sites, the person says which.
fn only(args: &IncidentExport, audience: Audience, who: &Who) -> Result<Vec<u32>, Failure> {
    if audience != Audience::Platform || !args.only.is_empty() {
        return Ok(args.only.clone());
    }
    let entries = who.vault.entries(&who.id, false)?.entries;
    let numbers: BTreeSet<u32> = entries.iter().map(|e| e.incident).filter(|n| *n > 0).collect();
    let site = |number: u32| entries.iter().filter(|e| e.incident == number).find_map(|e| bundle::site(&e.account));
    let sites: BTreeSet<Option<String>> = numbers.iter().map(|n| site(*n).map(|s| s.to_lowercase())).collect();
    // Of several incidents without a place nobody knows that they are of one.
    if numbers.len() <= 1 || sites.len() == 1 && !sites.contains(&None) {
        return Ok(vec![]);
    }
    terminal::say(&t("incident-export.which", &[]));
    if !terminal::is_interactive() {
        let example = numbers.first().copied().unwrap_or(1).to_string();
        let options = who.typed_again(&args.common);
        return Err(Failure::usage(t("incident-export.which-do", &[("example", &example), ("options", &options)])));
    }
    bundle::list(&entries, &words()).iter().for_each(|line| terminal::say(line));
    let chosen = match answers::numbers("incident-export.which-ask") {
        Ok(Some(chosen)) => chosen,
        Ok(None) | Err(Stop::Ended) => return Err(Failure::nothing(t("incident-export.not-made", &[]))),
        Err(Stop::Failed(failure)) => return Err(failure),
    };
    if chosen.is_empty() || chosen.iter().any(|n| !numbers.contains(n)) {
        return Err(Failure::usage(t("incident-export.not-in-list", &[])));
    }
    Ok(chosen)
}
