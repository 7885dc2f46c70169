//! One check of one person: given files, plan, run, report.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use unlisted_crawler::apart::Documents;
use unlisted_crawler::decode::DecodeCaps;
use unlisted_crawler::gate::{Happened, Pace};
use unlisted_crawler::given::Caps;
use unlisted_detector::{Detector, Knowledge};
use unlisted_model::Subject;
use unlisted_model::plan::Plan;
use unlisted_model::ports::{Frontier as _, Work};
use unlisted_model::report::Report;
use unlisted_store::{NewRun, Run, Vault};
use url::Url;

use crate::config::Config;
use crate::house::{self, Wire};
use crate::plan::{Scope, bounds, plan, units};
use crate::run::follow::{Follow, Following, Visits, task};
use crate::run::given::{self, FileProblem, FromFiles};
use crate::run::worker::{WorkLimits, silent_sites, source_address};
use crate::run::{self, Ended, Progress, Worker};
use crate::{EngineError, report};

/// robots.txt is kept up to here (RFC 9309 asks for 500 KiB at least).
const ROBOTS_BODY: usize = 512 * 1024;

/// What is to be checked, and how.
pub struct Check<'a> {
    /// Who.
    pub subject: Subject,
    /// A text that changes when the subject file does.
    pub subject_text: &'a str,
    /// Rows and limits.
    pub config: &'a Config,
    /// How requests go out.
    pub wire: Wire,
    /// Files and folders.
    pub files: Vec<PathBuf>,
    /// Addresses.
    pub urls: Vec<Url>,
    /// Nothing but what is given.
    pub only_given: bool,
    /// Do not continue an unfinished run.
    pub fresh: bool,
    /// Today.
    pub today: Date,
    /// Is told what happens.
    pub progress: Progress,
    /// Reads documents, in a process of its own.
    pub documents: Arc<dyn Documents>,
    /// Turns true when the person stops the run.
    pub stop: watch::Receiver<bool>,
}

/// The person's word on a plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Accepted {
    /// Pages that stand beside words of threat or abuse are visited too: their owners can see the visit.
    pub visit_hostile: bool,
}

/// How a check ended.
#[derive(Debug)]
pub struct Checked {
    /// Whether it was stopped.
    pub ended: Ended,
    /// The report; None when it was stopped.
    pub report: Option<Report>,
    /// What could not be read of the given files.
    pub problems: Vec<FileProblem>,
    /// Whether an unfinished run was continued.
    pub resumed: bool,
}

/// Does a check. `accept` is shown the plan and may say no (None); then nothing is sent.
///
/// # Errors
/// [`EngineError`]; what was found before is kept.
pub async fn check(
    check: Check<'_>,
    vault: &Vault,
    accept: &mut (dyn FnMut(&Plan) -> Option<Accepted> + Send),
) -> Result<Option<Checked>, EngineError> {
    let Check { subject, config, .. } = &check;
    let permission = subject.consent.check(check.today).map_err(EngineError::Permission)?;
    known_council(subject, config)?;
    let detector = Arc::new(detector(subject, config));
    let now = Timestamp::now();
    let from_files = given::read(
        &check.files,
        &config.catalogue.engines,
        &caps(config),
        check.documents.as_ref(),
        &detector,
        &subject.id,
        now,
    );
    let mut urls = check.urls.clone();
    urls.extend(from_files.addresses.iter().cloned());
    let sources = house::sources(config, &urls);
    let scope = Scope { only_given: check.only_given, named: !from_files.links.is_empty() };
    let plan = plan(subject, config, &sources, scope);
    let Some(accepted) = accept(&plan) else { return Ok(None) };

    // What has passed its time goes before anything new comes.
    vault.purge(now)?;
    let days = SignedDuration::from_hours(24 * i64::from(config.retention.run_resume));
    vault.drop_queues(now.checked_sub(days).unwrap_or(Timestamp::MIN))?;
    let fingerprint = fingerprint(&check, vault, &urls);
    let (run, resumed) = open_run(&check, vault, &fingerprint, now)?;
    let worker = Arc::new(Worker {
        gate: house::gate(config, check.wire, subject, permission, bounds(&plan), Arc::new(run.clone()), run.spent()),
        transport: house::transport(config, check.wire)?,
        sources,
        detector,
        documents: Arc::clone(&check.documents),
        units: units(&plan),
        visits: Visits::new(accepted.visit_hostile, &config.severity, &config.catalogue.never_fetched),
        caps: DecodeCaps { bytes: config.limits.decoded_cap, ratio: config.limits.ratio, layers: 2 },
        pace: pace(config),
        limits: WorkLimits {
            tries: config.pace.tries,
            redirects: config.limits.redirects,
            robots_redirects: config.limits.robots_redirects,
            parse: config.limits.parse,
            robots_body: ROBOTS_BODY,
        },
        progress: Arc::clone(&check.progress),
        tries: Mutex::new(HashMap::new()),
        silent: Mutex::new(silent_sites(&run.notes()?)),
        run: run.clone(),
    });
    for (host, note) in run.robots()? {
        worker.gate.learn_robots(host, &note, run.started());
    }
    if resumed {
        rest(&worker, check.stop.clone()).await?;
    }
    let answered = answered_links(&plan, &from_files.engines);
    start(&worker, &plan, &from_files, &subject.id)?;
    let ended = run::go(Arc::clone(&worker), config.limits.at_once, check.stop.clone()).await?;
    if ended == Ended::Stopped {
        return Ok(Some(Checked { ended, report: None, problems: from_files.problems, resumed }));
    }
    run.record_all(&run::closing(&run, &plan, &answered, std::slice::from_ref(&subject.id))?)?;
    run.note("engines", &from_files.engines.join(" "))?;
    run.note("only-given", if check.only_given { "yes" } else { "no" })?;
    run.finish(Timestamp::now())?;
    let report = report::assemble(subject, config, &plan, &run, vault, &answered)?;
    Ok(Some(Checked { ended, report: Some(report), problems: from_files.problems, resumed }))
}

/// Adds the first rows. Every row's key is known once, so doing this again after an interruption adds nothing.
fn start(worker: &Arc<Worker>, plan: &Plan, files: &FromFiles, subject: &unlisted_model::SubjectId) -> Result<(), EngineError> {
    let run = worker.run();
    if run.note_of("files")?.is_none() {
        run.record_with(&files.outcomes, &files.findings, ("files", "read"))?;
    }
    let mut tasks = vec![];
    for query in plan.lines.iter().flat_map(|l| &l.queries) {
        if let Some(url) = source_address(&worker.sources, query) {
            tasks.push(task(query.clone(), &url));
        }
    }
    run.push(tasks)?;
    if run.note_of("links")?.is_none() {
        let mut following = Following::default();
        let follow = Follow { run, units: &worker.units, visits: &worker.visits };
        follow.pages(&files.links, std::slice::from_ref(subject), &mut following);
        debug_assert!(following.tasks.iter().all(|t| matches!(t.work, Work::Unit(_))), "pages are units");
        run.push(following.tasks)?;
        run.record_with(&following.ended, &[], ("links", "added"))?;
    }
    Ok(())
}

/// Lets the sites that were asked last keep their pause: a program that is killed writes down that it asked, not always
/// that it was answered.
async fn rest(worker: &Worker, mut stop: watch::Receiver<bool>) -> Result<(), EngineError> {
    let now = Timestamp::now();
    let mut until = now;
    for row in worker.run().ledger()? {
        let ended = row.end.and_then(|end| row.entry.at.checked_add(end.took).ok()).unwrap_or(now).min(now);
        if let Ok(url) = Url::parse(&row.entry.url) {
            let answered = Happened::Answered { latency: Duration::ZERO };
            until = until.max(worker.gate.after(&row.entry.source, &url, None, answered, ended).next_allowed_at);
        }
    }
    if let Ok(pause) = Duration::try_from(until.duration_since(now)) {
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stop.changed() => {}
        }
    }
    Ok(())
}

/// An unfinished run of the same question under seven days old, or a new one.
fn open_run(check: &Check<'_>, vault: &Vault, fingerprint: &str, now: Timestamp) -> Result<(Run, bool), EngineError> {
    let subjects = [check.subject.id.clone()];
    let days = |n: u32| SignedDuration::from_hours(24 * i64::from(n));
    let since = now.checked_sub(days(check.config.retention.run_resume)).unwrap_or(Timestamp::MIN);
    if !check.fresh
        && let Some(run) = vault.unfinished(&subjects, fingerprint, since)?
    {
        return Ok((run, true));
    }
    let expires = check
        .subject
        .candidacy
        .election
        .and_then(|day| day.at(0, 0, 0, 0).in_tz("UTC").ok())
        .map(|day| day.timestamp())
        .filter(|poll| *poll > now)
        .map_or_else(
            || now + days(check.config.retention.findings_without_poll),
            |poll| poll + days(check.config.retention.findings_after_poll),
        );
    let new = NewRun { subjects: subjects.to_vec(), fingerprint: fingerprint.to_owned(), started: now, expires };
    Ok((vault.begin_run(new)?, false))
}

/// What must be equal for a run to be continued.
fn fingerprint(check: &Check<'_>, vault: &Vault, urls: &[Url]) -> String {
    let wire = match check.wire {
        Wire::Live => "live".to_owned(),
        Wire::Rehearsal { .. } => "rehearsal".to_owned(),
    };
    let files: Vec<String> = check.files.iter().map(|f| f.display().to_string()).collect();
    let urls: Vec<&str> = urls.iter().map(Url::as_str).collect();
    vault.keyed_id(&[
        env!("CARGO_PKG_VERSION"),
        check.subject_text,
        &check.config.fingerprint,
        &wire,
        &files.join("\n"),
        &urls.join("\n"),
        if check.only_given { "only-given" } else { "" },
    ])
}

/// The searches by hand whose result pages were given: for each engine as many as there are pages.
pub(crate) fn answered_links(plan: &Plan, engines: &[String]) -> Vec<String> {
    let mut answered: Vec<String> = vec![];
    for engine in engines {
        let open = plan.links.iter().find(|l| l.id.split('/').next() == Some(engine.as_str()) && !answered.contains(&l.id));
        answered.extend(open.map(|l| l.id.clone()));
    }
    answered
}

/// Whether the council of the subject file is in the list.
///
/// # Errors
/// [`EngineError::UnknownCouncil`]
pub fn known_council(subject: &Subject, config: &Config) -> Result<(), EngineError> {
    match &subject.candidacy.council {
        Some(code) if config.councils.get(code).is_none() => Err(EngineError::UnknownCouncil),
        _ => Ok(()),
    }
}

fn detector(subject: &Subject, config: &Config) -> Detector {
    let knowledge =
        Knowledge { severity: config.severity.clone(), councils: config.councils.clone(), names: config.names.clone() };
    Detector::new(vec![subject.clone()], knowledge)
}

fn pace(config: &Config) -> Pace {
    Pace {
        gap: config.pace.gap,
        latency_factor: config.pace.latency_factor,
        longest_gap: config.pace.longest_gap,
        longest_wait: config.pace.longest_wait,
        park_after: config.pace.park_after,
    }
}

fn caps(_config: &Config) -> Caps {
    Caps::default()
}
