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
use crate::words::{io, t};

/// Pauses of a real check, divided by this, so that the demonstration takes seconds.
const SPEEDUP: f64 = 100.0;

pub(crate) fn run(args: &Demo) -> Result<u8, Failure> {
    if let Some(port) = args.serve {
        return serve(port);
    }
    let formats = Format::list(&args.format, &[Format::Html, Format::Json])?;
    output::fits(&formats, Some(&args.out), true)?;
    output::has_room(Some(&args.out))?;
    let web = DemoWeb::start(0).map_err(|e| Failure::failed(t("demo.no_port", &[("why", &io(&e))])))?;
    let config = Config::load(None)?.for_demo();
    let vault = Vault::ephemeral()?;
    let person = person()?;
    terminal::say(&t("demo.starts", &[]));
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
        terminal::say(&t("demo.stopped", &[]));
        return Ok(130);
    };
    output::report(&report, &config, &formats, Some(&args.out))?;
    terminal::out(&render::text::summary(&report, &output::words(&config)))?;
    for format in formats {
        let file = args.out.join(format!("report.{}", format.extension()));
        terminal::say(&t("demo.written", &[("file", &file.display().to_string())]));
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
        .map_err(|e| Failure::failed(t("demo.port_taken", &[("port", &port.to_string()), ("why", &io(&e))])))?;
    let address = web.addr().to_string();
    for key in ["demo.serving", "demo.try"] {
        terminal::say(&t(key, &[("address", &address)]));
    }
    web.serve_forever(&mut std::io::stdout()).map_err(|e| Failure::failed(t("demo.ended", &[("why", &io(&e))])))?;
    Ok(0)
}
