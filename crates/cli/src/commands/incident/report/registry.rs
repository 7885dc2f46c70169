//! `--ask-registry`: explains what the public registers of site names and networks would be told, asks, and asks them.

use unlisted_engine::Wire;
use unlisted_engine::reporting::{About, Facts, Registers, Told, about, ask_registry, lists_of_registers};
use unlisted_model::Outcome;
use unlisted_model::reporting::{Network, Registration, Routed, Sort};

use super::super::person::Who;
use crate::args::IncidentReport;
use crate::failure::Failure;
use crate::terminal;
use crate::words::{self, t};

/// What came of it: what the registers told, and whether one should have answered and did not (exit code 5).
#[derive(Default)]
pub(super) struct Answer {
    pub(super) registration: Option<Registration>,
    pub(super) network: Option<Network>,
    pub(super) silent: bool,
}

/// Asks, when there is something to ask about, a permission, and a yes. Whatever stands in the way is told, and the list of places
/// is shown all the same.
pub(super) fn ask(args: &IncidentReport, who: &Who, facts: &Facts, routes: &[Routed]) -> Result<Answer, Failure> {
    let Some(site) = facts.site() else { return Ok(told("ask_no_page", &[])) };
    let Some(about) = about(&site) else { return Ok(told("ask_own_name", &[])) };
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
    explain(&about, &lists_of_registers(&who.config).join(", "));
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
    let answer = runtime.block_on(ask_registry(person, &who.config, wire, &about, args.site_address, today, &who.vault));
    runtime.shutdown_background();
    Ok(read(answer?))
}

/// Says who is told what.
fn explain(about: &About, lists: &str) {
    let say = |key: &str, gaps: &[(&str, &str)]| terminal::say(&t(&format!("reporting.{key}"), gaps));
    say("ask_title", &[]);
    if let Some(domain) = &about.domain {
        say("ask_tells", &[("domain", domain), ("where", lists)]);
    }
    if about.is_looked_up() {
        say("ask_looks_up", &[("host", &about.host())]);
    }
    say("ask_network", &[("where", lists)]);
    if about.domain.is_some() {
        say("ask_learns", &[]);
    }
    say("ask_learns_number", &[]);
    say("ask_learns_you", &[]);
}

/// Tells what did not come, and hands on what did.
fn read(registers: Registers) -> Answer {
    let mut answer = Answer::default();
    match registers.domain {
        Some(Told::Known(registration)) => answer.registration = Some(registration),
        Some(Told::Unknown) => answer = told("ask_absent", &[]),
        Some(Told::NotTold(outcome) | Told::NoAddress(outcome)) => {
            answer = Answer { silent: true, ..told("ask_failed", &[("why", &why(outcome))]) };
        }
        None => {}
    }
    match registers.network {
        Some(Told::Known(network)) => answer.network = Some(network),
        Some(Told::Unknown) => terminal::say(&t("reporting.ask_network_absent", &[])),
        Some(Told::NoAddress(outcome)) => {
            terminal::say(&t("reporting.ask_address_failed", &[("why", &why(outcome))]));
            answer.silent = true;
        }
        Some(Told::NotTold(outcome)) => {
            terminal::say(&t("reporting.ask_network_failed", &[("why", &why(outcome))]));
            answer.silent = true;
        }
        None => {}
    }
    answer
}

fn told(key: &str, gaps: &[(&str, &str)]) -> Answer {
    terminal::say(&t(&format!("reporting.{key}"), gaps));
    Answer::default()
}

fn why(outcome: Outcome) -> String {
    let words = words::words();
    match outcome.reason {
        Some(reason) => words.of("outcome-reason", reason.as_str()).into_owned(),
        None => words.of("outcome", outcome.kind.as_str()).into_owned(),
    }
}
