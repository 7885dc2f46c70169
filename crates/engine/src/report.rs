//! Puts the report of a run together; renders a stored run again without any network.

use jiff::Timestamp;
use unlisted_model::Subject;
use unlisted_model::coverage::OutcomeReason;
use unlisted_model::plan::{LeftOut, Plan};
use unlisted_model::report::{Report, SubjectReport};
use unlisted_model::source::Default_;
use unlisted_reporter::expose;
use unlisted_store::{LedgerRow, Run, Vault};

use crate::EngineError;
use crate::check::answered_links;
use crate::config::Config;
use crate::coverage::coverage;
use crate::danger::danger;
use crate::house;
use crate::plan::{Scope, plan};

/// The report of a run.
pub(crate) fn assemble(
    subject: &Subject,
    config: &Config,
    plan: &Plan,
    run: &Run,
    vault: &Vault,
    answered: &[String],
) -> Result<Report, EngineError> {
    let ids = |parts: &[&str]| vault.keyed_id(parts);
    let (exposures, order) = expose(subject, &run.findings(&subject.id)?, &config.routes, &ids);
    let possible = |l: &&LeftOut| {
        matches!(l.reason, OutcomeReason::NoKey | OutcomeReason::SwitchedOff)
            && config.rows.get(&l.source).is_some_and(|r| r.default != Default_::On)
    };
    Ok(Report {
        generated: Timestamp::now(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        run: run.id().to_string(),
        subjects: vec![SubjectReport {
            id: subject.id.clone(),
            coverage: coverage(&subject.id, &run.outcomes()?, &run.ledger()?),
            exposures,
            plan: order,
            links: plan.links.iter().filter(|l| !answered.contains(&l.id)).cloned().collect(),
            possible_with_key: plan.left_out.iter().filter(possible).map(|l| l.title.clone()).collect(),
            danger: danger(Some(subject), config),
        }],
    })
}

/// The last finished run of a person, rendered again.
///
/// # Errors
/// When there is none, or the vault cannot be read.
pub fn stored_report(subject: &Subject, config: &Config, vault: &Vault) -> Result<Report, EngineError> {
    let run = vault.last_run(&subject.id)?.filter(Run::is_finished).ok_or(EngineError::NoRun)?;
    let notes = run.notes()?;
    let engines: Vec<String> =
        notes.get("engines").map(|e| e.split_whitespace().map(str::to_owned).collect()).unwrap_or_default();
    let scope = Scope { only_given: notes.get("only-given").is_some_and(|v| v == "yes"), named: !engines.is_empty() };
    let plan = plan(subject, config, &house::sources(config, &[]), scope);
    let answered = answered_links(&plan, &engines);
    assemble(subject, config, &plan, &run, vault, &answered)
}

/// What the last check of a person really sent, and every question that was asked beside the checks.
///
/// # Errors
/// When there is none, or the vault cannot be read.
pub fn ledger(subject: &Subject, vault: &Vault) -> Result<Vec<LedgerRow>, EngineError> {
    let mut rows = match vault.last_run(&subject.id)? {
        Some(run) => run.ledger()?,
        None => vec![],
    };
    let asides = vault.asides(&subject.id)?;
    if rows.is_empty() && asides.is_empty() && vault.last_run(&subject.id)?.is_none() {
        return Err(EngineError::NoRun);
    }
    for aside in asides {
        rows.extend(aside.ledger()?);
    }
    Ok(rows)
}
