//! `unlisted incident report`: whom to report an incident to, with a draft. Nothing is sent to them by the program.

mod registry;

use unlisted_engine::reporting::{Facts, routes, routes_told};
use unlisted_model::reporting as model;
use unlisted_reporter::danger::act_lines;
use unlisted_reporter::reporting::{Beside, files, screen};

use super::person::Who;
use crate::args::{Concern, IncidentReport};
use crate::failure::Failure;
use crate::words::{self, n, t};
use crate::{output, paths, terminal};

pub(crate) fn run(args: &IncidentReport) -> Result<u8, Failure> {
    if let Some(dir) = &args.out {
        paths::ask_if_synced(dir, &t("reporting.what_files", &[]), args.yes)?;
    }
    let who = Who::find(args.subject.as_deref(), &args.common)?;
    let number = args.number.to_string();
    let facts = Facts::of(args.number, &who.vault.entries(&who.id, false)?.entries)
        .ok_or_else(|| Failure::nothing(t("reporting.no_entry", &[("n", &number)])))?;
    let words = words::words();
    let today = jiff::ZonedDateTime::now().date();
    let mut routes = routes(&facts, args.concern.map(concern), &who.config, &words, today);
    let answer = if args.ask_registry { Some(registry::ask(args, &who, &facts, &routes)?) } else { None };
    let network = answer.as_ref().and_then(|a| a.network.as_ref());
    if network.is_some() {
        routes = routes_told(&facts, args.concern.map(concern), &who.config, &words, today, network);
    }
    let danger = act_lines(&who.danger(), &words);
    let beside = Beside {
        incident: args.number,
        has_place: facts.has_place(),
        registration: answer.as_ref().and_then(|a| a.registration.as_ref()),
        network,
        drafts: args.out.is_none(),
        danger: &danger,
    };
    let code = if answer.as_ref().is_some_and(|a| a.silent) { 5 } else { 0 };
    let Some(dir) = &args.out else {
        terminal::out(&screen(&routes, &beside, &words))?;
        return Ok(code);
    };
    let files = files(&routes, &beside, &words);
    for (name, text) in &files {
        output::write(name, text, Some(dir))?;
    }
    terminal::out(&screen(&routes, &beside, &words))?;
    terminal::say(&n("reporting.files", files.len(), &[]));
    Ok(code)
}

const fn concern(asked: Concern) -> model::Concern {
    match asked {
        Concern::Harassment => model::Concern::Harassment,
        Concern::PrivateInformation => model::Concern::PrivateInformation,
        Concern::Impersonation => model::Concern::Impersonation,
    }
}
