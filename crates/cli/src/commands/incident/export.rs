//! `unlisted incident export`: a copy for the police, a platform or a solicitor.

use std::path::PathBuf;

use unlisted_engine::incident::{CopyProblem, CopyRequest, copy};
use unlisted_reporter::bundle::Audience;

use super::person::Who;
use crate::args::{self, IncidentExport};
use crate::commands::leftovers;
use crate::failure::Failure;
use crate::words::{io_kind, n, t, words};
use crate::{paths, terminal};

pub(crate) fn run(args: &IncidentExport) -> Result<u8, Failure> {
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from("."));
    crate::subject::config(&args.common)?;
    paths::ask_if_synced(&out, &t("incident-export.what", &[]), args.yes)?;
    let who = Who::find(args.subject.as_deref(), &args.common)?;
    let audience = match args.audience {
        args::Audience::Police => Audience::Police,
        args::Audience::Platform => Audience::Platform,
        args::Audience::Solicitor => Audience::Solicitor,
    };
    let request = CopyRequest {
        subject: &who.id,
        audience,
        only: &args.only,
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
