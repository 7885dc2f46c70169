//! `unlisted demo`: a whole check of an invented person against the bundled web on this computer.

use jiff::ToSpan as _;
use unlisted_engine::Wire;
use unlisted_engine::config::Config;
use unlisted_engine::subject_file;
use unlisted_model::Secret;
use unlisted_reporter::render;
use unlisted_store::Vault;
use unlisted_web::demo::{DemoWeb, SUBJECT};

use super::check::Asked;
use crate::args::Demo;
use crate::failure::Failure;
use crate::output::{self, Format};
use crate::subject::Person;
use crate::terminal;

/// Pauses of a real check, divided by this, so that the demonstration takes seconds.
const SPEEDUP: f64 = 100.0;

pub(crate) fn run(args: &Demo) -> Result<u8, Failure> {
    if let Some(port) = args.serve {
        return serve(port);
    }
    let formats = Format::list(&args.format, &[Format::Html, Format::Json])?;
    output::fits(&formats, Some(&args.out), true)?;
    output::has_room(Some(&args.out))?;
    let web = DemoWeb::start(0)
        .map_err(|e| Failure::failed(format!("no port of this computer is free for the made-up web ({})", e.kind())))?;
    let config = Config::load(None)?.for_demo();
    let vault = Vault::ephemeral()?;
    let person = person()?;
    terminal::say("Checking an invented person against a made-up web on this computer. Nothing leaves it.");
    let job = Asked {
        config: &config,
        wire: Wire::Rehearsal { addr: web.addr(), speedup: SPEEDUP },
        files: vec![],
        urls: vec![],
        only_given: false,
        fresh: true,
        agreed: true,
    };
    let checked = job.go(&person, &vault)?;
    let Some(report) = checked.and_then(|c| c.report) else {
        terminal::say("Stopped.");
        return Ok(130);
    };
    output::report(&report, &config, &formats, Some(&args.out))?;
    terminal::out(&render::text::summary(&report, &output::words(&config)))?;
    for format in formats {
        terminal::say(&format!("Written: {}", args.out.join(format!("report.{}", format.extension())).display()));
    }
    Ok(0)
}

/// The invented person, whose permission never ends: it is renewed for today.
fn person() -> Result<Person, Failure> {
    let mut subject = subject_file::read("demo.toml", SUBJECT)?.subject;
    let today = jiff::ZonedDateTime::now().date();
    subject.consent.on = today;
    subject.consent.until = today.saturating_add(6.months());
    Ok(Person { subject, text: Secret::new(SUBJECT) })
}

fn serve(port: u16) -> Result<u8, Failure> {
    let web = DemoWeb::start(port)
        .map_err(|e| Failure::failed(format!("port {port} of this computer cannot be used ({}); try another", e.kind())))?;
    terminal::say(&format!("The made-up web is served on {}. Stop it with Ctrl-C.", web.addr()));
    terminal::say(&format!(
        "Try: unlisted check fixtures/people/demo.toml --rehearsal {} --speedup 100 --ephemeral --yes --out report",
        web.addr()
    ));
    web.serve_forever(&mut std::io::stdout()).map_err(|e| Failure::failed(format!("the made-up web stopped ({})", e.kind())))?;
    Ok(0)
}
