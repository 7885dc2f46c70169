//! `--ask-registry`: explains what the public register of site names would be told, asks, and asks it.

use unlisted_engine::Wire;
use unlisted_engine::reporting::{Facts, Told, ask_registry, list_of_registers, registered_name};
use unlisted_model::Outcome;
use unlisted_model::reporting::{Registration, Routed, Sort};

use super::super::person::Who;
use crate::args::IncidentReport;
use crate::failure::Failure;
use crate::terminal;
use crate::words::{self, t};

/// What came of it: what the register told, and whether it should have answered and did not (exit code 5).
pub(super) struct Answer {
    pub(super) registration: Option<Registration>,
    pub(super) silent: bool,
}

const NOTHING: Answer = Answer { registration: None, silent: false };

/// Asks, when there is something to ask about, a permission, and a yes. Whatever stands in the way is told, and the list of places
/// is shown all the same.
pub(super) fn ask(args: &IncidentReport, who: &Who, facts: &Facts, routes: &[Routed]) -> Result<Answer, Failure> {
    let Some(site) = facts.site() else { return Ok(told("ask_no_page", &[])) };
    let Some(domain) = registered_name(&site) else { return Ok(told("ask_own_name", &[])) };
    if !routes.iter().any(|r| r.row.sort == Sort::Registrar)
        && let Some(platform) = routes.iter().find(|r| r.row.sort == Sort::Platform)
    {
        return Ok(told("ask_platform", &[("name", &platform.row.name)]));
    }
    let today = jiff::ZonedDateTime::now().date();
    let Some(person) = who.details.as_ref().filter(|d| d.consent.check(today).is_ok()) else {
        return Ok(told("ask_no_permission", &[]));
    };
    let wire = match args.rehearsal {
        Some(addr) if addr.ip().is_loopback() => Wire::Rehearsal { addr, speedup: args.speedup.unwrap_or(1.0).clamp(1.0, 1e6) },
        Some(_) => return Err(unlisted_engine::EngineError::NotLoopback.into()),
        None => Wire::Live,
    };
    terminal::say(&t("reporting.ask_title", &[]));
    let list = list_of_registers(&who.config).unwrap_or_default();
    terminal::say(&t("reporting.ask_tells", &[("domain", &domain), ("where", &list)]));
    terminal::say(&t("reporting.ask_learns", &[]));
    if !args.yes {
        if !terminal::is_interactive() {
            return Ok(told("ask_needs_yes", &[]));
        }
        if !terminal::asks(&t("reporting.ask_now", &[])) {
            return Ok(told("ask_not", &[]));
        }
    }
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|_| unlisted_engine::EngineError::NoClient)?;
    let answer = runtime.block_on(ask_registry(person, &who.config, wire, &domain, today, &who.vault));
    runtime.shutdown_background();
    Ok(match answer? {
        Told::Known(registration) => Answer { registration: Some(registration), silent: false },
        Told::Unknown => told("ask_absent", &[]),
        Told::NotTold(outcome) => Answer { silent: true, ..told("ask_failed", &[("why", &why(outcome))]) },
    })
}

fn told(key: &str, gaps: &[(&str, &str)]) -> Answer {
    terminal::say(&t(&format!("reporting.{key}"), gaps));
    NOTHING
}

fn why(outcome: Outcome) -> String {
    let words = words::words();
    match outcome.reason {
        Some(reason) => words.of("outcome-reason", reason.as_str()).into_owned(),
        None => words.of("outcome", outcome.kind.as_str()).into_owned(),
    }
}
