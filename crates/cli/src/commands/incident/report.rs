//! `unlisted incident report`: whom to report an incident to, with a draft. Nothing is sent to them by the program.

mod registry;

use unlisted_engine::reporting::{Facts, routes, routes_told};
use unlisted_model::reporting as model;
use unlisted_reporter::danger::{act_lines, help};
use unlisted_reporter::reporting::{Beside, brief, files, one, screen};

use super::answers::{self, Stop};
use super::person::Who;
use crate::args::{Concern, IncidentReport};
use crate::failure::Failure;
use crate::words::{self, n, t};
use crate::{output, paths, terminal};

pub(crate) fn run(args: &IncidentReport) -> Result<u8, Failure> {
    if let Some(dir) = &args.out {
        paths::ask_if_synced(dir, &t("reporting.what_files", &[]), args.yes)?;
    }
    let who = Who::quietly(args.subject.as_deref(), &args.common)?;
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
    let (danger, help) = (act_lines(&who.danger(), &words), help(&who.danger(), &words));
    let options = who.typed_again(&args.common);
    let beside = Beside {
        incident: args.number,
        has_place: facts.has_place(),
        registration: answer.as_ref().and_then(|a| a.registration.as_ref()),
        network,
        drafts: args.out.is_none(),
        danger: &danger,
        help: &help,
        options: &options,
    };
    let code = if answer.as_ref().is_some_and(|a| a.silent) { 5 } else { 0 };
    let Some(dir) = &args.out else {
        if terminal::is_interactive() {
            terminal::out(&brief(&routes, &beside, &words))?;
            return one_by_one(&routes, &beside).map(|()| code);
        }
        terminal::out(&screen(&routes, &beside, &words))?;
        return Ok(code);
    };
    // A file may be handed on: it does not name the folders of this computer.
    let files = files(&routes, &Beside { options: "", ..beside }, &words);
    for (name, text) in &files {
        output::write(name, text, Some(dir))?;
    }
    terminal::out(&screen(&routes, &beside, &words))?;
    terminal::say(&n("reporting.files", files.len(), &[]));
    Ok(code)
}

/// Shows the places that the person asks for, each with its draft, until Enter.
fn one_by_one(routes: &[model::Routed], beside: &Beside<'_>) -> Result<(), Failure> {
    let words = words::words();
    loop {
        terminal::say("\n");
        let typed = match answers::numbers("reporting.which") {
            Ok(Some(typed)) => typed,
            Ok(None) | Err(Stop::Ended) => break,
            Err(Stop::Failed(failure)) => return Err(failure),
        };
        let number = typed.first().and_then(|n| usize::try_from(*n).ok()?.checked_sub(1));
        let Some((index, route)) = number.and_then(|i| Some((i, routes.get(i)?))) else {
            terminal::say(&t("reporting.which_again", &[]));
            continue;
        };
        // Nobody is helped to write to the one who threatens them.
        let is_safe = route.row.id != "site" || route.draft.is_none() || runs_it_no_abuser();
        let beside = Beside { drafts: is_safe, ..*beside };
        terminal::out(&one(routes, index, &beside, &words).unwrap_or_default())?;
        if !is_safe {
            terminal::say(&t("reporting.abuser_owns_so", &[]));
        }
    }
    terminal::say(&t("reporting.in_files", &[("n", &beside.incident.to_string()), ("options", beside.options)]));
    Ok(())
}

fn runs_it_no_abuser() -> bool {
    matches!(answers::yes_or_no("reporting.abuser_owns", &[]), Ok(Some(false)))
}

const fn concern(asked: Concern) -> model::Concern {
    match asked {
        Concern::Harassment => model::Concern::Harassment,
        Concern::PrivateInformation => model::Concern::PrivateInformation,
        Concern::Impersonation => model::Concern::Impersonation,
    }
}
