//! `unlisted check`: the check itself.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;
use unlisted_engine::config::Config;
use unlisted_engine::subject_file::web_address;
use unlisted_engine::{Accepted, Check as Job, Checked, Ended, Event, Progress, Wire, known_council};
use unlisted_model::coverage::{OutcomeKind, OutcomeReason};
use unlisted_model::plan::Plan;
use unlisted_model::report::Report;
use unlisted_model::severity::Severity;
use unlisted_model::{Discloses, Reveal};
use unlisted_reporter::render;
use unlisted_store::Vault;
use url::Url;

use crate::args::Check;
use crate::failure::{self, Failure};
use crate::output::{self, Format};
use crate::subject::{self, Person};
use crate::words::{io, t};
use crate::{terminal, unlock};

pub(crate) fn run(args: &Check) -> Result<u8, Failure> {
    let formats = Format::list(&args.format, if args.out.is_some() { &[Format::Html, Format::Json] } else { &[Format::Text] })?;
    output::fits(&formats, args.out.as_deref(), args.yes)?;
    let urls = args.urls.iter().map(|u| address(u)).collect::<Result<Vec<_>, _>>()?;
    let files = args.files.iter().map(existing).collect::<Result<Vec<_>, _>>()?;
    if args.only_given && urls.is_empty() && files.is_empty() {
        return Err(Failure::nothing(t("check.nothing_given", &[])));
    }
    let agreed = args.yes || args.ephemeral;
    if !agreed && !terminal::is_interactive() {
        return Err(Failure::usage(t("check.nobody_to_ask", &[])));
    }
    let wire = match args.rehearsal {
        Some(addr) if addr.ip().is_loopback() => Wire::Rehearsal { addr, speedup: args.speedup.unwrap_or(1.0).clamp(1.0, 1e6) },
        Some(_) => return Err(unlisted_engine::EngineError::NotLoopback.into()),
        None => Wire::Live,
    };
    let config = subject::config(&args.common)?;
    let file = subject::from_file_to_check(&args.subject)?;
    if let Some(person) = &file {
        // What cannot be done ends here, before a store is made or changed.
        let today = jiff::ZonedDateTime::now().date();
        person.subject.consent.check(today).map_err(|e| Failure::from(unlisted_engine::EngineError::Permission(e)))?;
        known_council(&person.subject, &config)?;
    }
    output::has_room(args.out.as_deref())?;
    let (vault, person) = match file {
        Some(person) => {
            let vault = if args.ephemeral { Vault::ephemeral()? } else { unlock::vault(&args.common, args.yes)? };
            if !args.ephemeral {
                subject::is_nobody_else(&person.subject, &vault)?;
                vault.keep_subject(&person.subject.id, &person.text)?;
            }
            (vault, person)
        }
        None => {
            let vault = unlock::vault(&args.common, args.yes)?;
            let person = subject::from_vault(&args.subject, &vault)?;
            (vault, person)
        }
    };
    let job = Asked { config: &config, wire, files, urls, only_given: args.only_given, fresh: args.fresh, agreed };
    let Some(checked) = job.go(&person, &vault)? else {
        return Err(Failure::nothing(t("check.not_agreed", &[])));
    };
    for problem in &checked.problems {
        terminal::say(&t("check.unread", &[("file", &problem.file), ("why", &failure::given(problem))]));
    }
    let Some(report) = checked.report else {
        terminal::say(&t("check.stopped", &[]));
        return Ok(130);
    };
    output::report(&report, &config, &formats, args.out.as_deref())?;
    if let Some(dir) = &args.out {
        terminal::say(&render::text::summary(&report, &output::words(&config)));
        terminal::say(&t("check.written", &[("folder", &dir.display().to_string())]));
    } else if formats == [Format::Text] && !args.ephemeral {
        terminal::say(&t("check.whole_report", &[("id", person.subject.id.as_str())]));
    }
    Ok(exit_code(&report, args.exit_severity))
}

/// A check as asked for.
pub(crate) struct Asked<'a> {
    pub(crate) config: &'a Config,
    pub(crate) wire: Wire,
    pub(crate) files: Vec<PathBuf>,
    pub(crate) urls: Vec<Url>,
    pub(crate) only_given: bool,
    pub(crate) fresh: bool,
    /// The plan was accepted beforehand.
    pub(crate) agreed: bool,
}

impl Asked<'_> {
    /// Runs it; None when the plan was not accepted.
    pub(crate) fn go(&self, person: &Person, vault: &Vault) -> Result<Option<Checked>, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|e| Failure::failed(t("cli.no_start", &[("why", &io(&e))])))?;
        let (stop, stopped) = watch::channel(false);
        let words = output::words(self.config);
        let mut accept = |plan: &Plan| {
            if self.agreed {
                return is_ordinary(plan, person).then_some(Accepted { visit_hostile: true });
            }
            terminal::say(&render::text::plan(plan, &words));
            terminal::asks(&t("check.go", &[]))
                .then(|| Accepted { visit_hostile: terminal::asks(&t("check.visit_hostile", &[])) })
        };
        let checked = runtime.block_on(async {
            tokio::spawn(async move {
                if tokio::signal::ctrl_c().await.is_ok() {
                    stop.send(true).unwrap_or_default();
                    terminal::say(&format!("\n{}", t("check.stopping", &[])));
                    // A second time: at once. Everything acknowledged is on disk.
                    tokio::signal::ctrl_c().await.unwrap_or_default();
                    std::process::abort();
                }
            });
            let job = Job {
                subject: person.subject.clone(),
                subject_text: person.text.reveal(Reveal::AtRest),
                config: self.config,
                wire: self.wire,
                files: self.files.clone(),
                urls: self.urls.clone(),
                only_given: self.only_given,
                fresh: self.fresh,
                today: jiff::ZonedDateTime::now().date(),
                progress: progress(),
                documents: crate::documents::apart(),
                stop: stopped,
            };
            unlisted_engine::check(job, vault, &mut accept).await
        });
        runtime.shutdown_background();
        if terminal::draws() {
            terminal::undraw();
        }
        let checked = checked?;
        if let Some(c) = &checked
            && c.resumed
            && c.ended == Ended::Done
        {
            terminal::say(&t("check.resumed", &[]));
        }
        Ok(checked)
    }
}

/// `--yes` and `--ephemeral` accept names, public places, visits, usernames and hash prefixes; more needs the permission's `may-send`.
fn is_ordinary(plan: &Plan, person: &Person) -> bool {
    plan.lines.iter().all(|line| {
        line.class.is_ordinary()
            || line.discloses.iter().all(|d| {
                d.class().is_ordinary()
                    || needed(*d).is_some_and(|k| person.subject.consent.allows_sending(k, line.source.as_str()))
            })
    })
}

const fn needed(discloses: Discloses) -> Option<unlisted_model::Kind> {
    match discloses {
        Discloses::Email | Discloses::EmailHash => Some(unlisted_model::Kind::Email),
        Discloses::Phone => Some(unlisted_model::Kind::Phone),
        Discloses::Username => Some(unlisted_model::Kind::Username),
        _ => None,
    }
}

fn progress() -> Progress {
    let draws = terminal::draws();
    let last = Mutex::new(String::new());
    Arc::new(move |event| {
        if !draws {
            return;
        }
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Event::Ended { host, .. } => *last = host.chars().filter(|c| !c.is_control()).collect(),
            Event::Left { open, done } => {
                let gaps = [("done", done.to_string()), ("open", open.to_string()), ("host", last.clone())];
                terminal::draw(&t("check.progress", &gaps.each_ref().map(|(gap, value)| (*gap, value.as_str()))));
            }
        }
    })
}

fn address(text: &str) -> Result<Url, Failure> {
    web_address(text).map_err(|why| Failure::usage(t("check.bad_url", &[("why", &t(why, &[]))])))
}

fn existing(path: &PathBuf) -> Result<PathBuf, Failure> {
    match std::fs::metadata(path) {
        Ok(_) => Ok(path.clone()),
        Err(error) => {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            Err(Failure::usage(t("check.bad_file", &[("file", &name), ("why", &io(&error))])))
        }
    }
}

/// 0, or 5 when a place that should have answered did not, or 11 to 14 when asked for.
fn exit_code(report: &Report, by_severity: bool) -> u8 {
    let worst = report.subjects.iter().flat_map(|s| &s.exposures).map(|e| e.severity).max();
    if let Some(worst) = worst.filter(|_| by_severity) {
        return match worst {
            Severity::Low => 11,
            Severity::Medium => 12,
            Severity::High => 13,
            Severity::Critical => 14,
        };
    }
    let silent = report.subjects.iter().flat_map(|s| &s.coverage.not_checked).any(|n| {
        matches!(n.outcome.kind, OutcomeKind::Blocked | OutcomeKind::Failed)
            || n.outcome.reason == Some(OutcomeReason::RobotsUnreachable)
    });
    if silent { 5 } else { 0 }
}
