//! Asks the public register of site names who registered a site, when the person asks for it: two questions through the one gate,
//! each written to the ledger of a run of its own, which is no check.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use unlisted_crawler::decode::{DecodeCaps, decode};
use unlisted_crawler::exchange::Response;
use unlisted_crawler::gate::{Admission, Gate, Happened};
use unlisted_crawler::source::{Source, SourceError};
use unlisted_crawler::sources::rdap;
use unlisted_crawler::transport::Transport;
use unlisted_crawler::verdict::{Verdict, verdict};
use unlisted_model::ports::{LedgerEnd, UnitOutcome};
use unlisted_model::reporting::Registration;
use unlisted_model::{LineId, Outcome, OutcomeKind, OutcomeReason, Query, SourceId, Subject};
use unlisted_store::{ASIDE, NewRun, Vault};
use url::Url;

use crate::EngineError;
use crate::config::Config;
use crate::house::{self, Wire};

/// The longest pause before another try.
const PATIENCE: Duration = Duration::from_secs(20);

/// What came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Told {
    /// The register knows the name.
    Known(Registration),
    /// The register says that nobody registered it.
    Unknown,
    /// It could not be asked, or did not answer in a way that is understood.
    NotTold(Outcome),
}

/// Where the list of registers is, for what is said before: its host.
pub fn list_of_registers(config: &Config) -> Option<String> {
    config.rows.get(&SourceId::new(rdap::ID))?.base.as_ref()?.host_str().map(str::to_owned)
}

/// The name that would be asked about for this address.
pub fn registered_name(site: &Url) -> Option<String> {
    rdap::registered_name(site)
}

/// Asks about `domain`, for `subject`, who must have given permission. The caller has explained it and got a yes.
///
/// # Errors
/// [`EngineError::Permission`] when there is no permission today; then nothing is sent. When the ledger cannot be written.
pub async fn ask_registry(
    subject: &Subject,
    config: &Config,
    wire: Wire,
    domain: &str,
    today: Date,
    vault: &Vault,
) -> Result<Told, EngineError> {
    let permission = subject.consent.check(today).map_err(EngineError::Permission)?;
    let sources = house::sources_about(config, &[], &[domain.to_owned()]);
    let Some(source) = sources.get(&SourceId::new(rdap::ID)).map(Arc::clone) else { return Err(EngineError::Fault) };
    let lines = source.lines(subject);
    let tries = config.pace.tries;
    let bounds: BTreeMap<LineId, u32> = lines.iter().map(|l| (l.line.clone(), tries)).collect();
    let Some(first) = lines.iter().find_map(|l| l.queries.first()).cloned() else { return Err(EngineError::Fault) };

    let now = Timestamp::now();
    let days = SignedDuration::from_hours(24 * i64::from(config.retention.findings_without_poll));
    let fingerprint = format!("{ASIDE}{}", rdap::ID);
    let run = vault.begin_run(NewRun { subjects: vec![subject.id.clone()], fingerprint, started: now, expires: now + days })?;
    let transport = house::transport(config, wire)?;
    let gate_to = |host: Option<&str>| {
        let mut config = config.clone();
        if let (Some(row), Some(host)) = (config.rows.get_mut(&SourceId::new(rdap::ID)), host) {
            // The register is the one that the list of registers names for this ending, at https.
            row.hosts.push(host.to_owned());
        }
        house::gate(&config, wire, subject, permission.clone(), bounds.clone(), Arc::new(run.clone()), run.spent())
    };
    let caps = DecodeCaps { bytes: config.limits.decoded_cap, ratio: config.limits.ratio, layers: 2 };
    let mut asked = Asking { source: source.as_ref(), transport: transport.as_ref(), caps, tries, ended: vec![] };

    let told = asked.both(first, &gate_to).await;
    let mut outcomes = std::mem::take(&mut asked.ended);
    for line in lines.iter().filter(|l| !outcomes.iter().any(|o| o.line == l.line)).collect::<Vec<_>>() {
        let skipped = Outcome::because(OutcomeKind::Skipped, OutcomeReason::NothingToAsk);
        outcomes.push(unit(&line.line, "", skipped, subject));
    }
    run.record_all(&outcomes)?;
    run.finish(Timestamp::now())?;
    told
}

fn unit(line: &LineId, host: &str, outcome: Outcome, subject: &Subject) -> UnitOutcome {
    UnitOutcome {
        source: SourceId::new(rdap::ID),
        line: line.clone(),
        host: host.to_owned(),
        url: String::new(),
        outcome,
        cut: false,
        for_: vec![subject.id.clone()],
    }
}

struct Asking<'a> {
    source: &'a dyn Source,
    transport: &'a dyn Transport,
    caps: DecodeCaps,
    tries: u32,
    ended: Vec<UnitOutcome>,
}

impl Asking<'_> {
    /// The list, then the register that it names.
    async fn both(&mut self, first: Query, gate_to: &dyn Fn(Option<&str>) -> Gate) -> Result<Told, EngineError> {
        let response = match self.one(&first, &gate_to(None)).await? {
            Ok(response) => response,
            Err(outcome) => return Ok(self.end(&first, outcome)),
        };
        let next = match self.source.read(&first, &response) {
            Ok(answer) => answer.next.into_iter().next(),
            Err(error) => return Ok(self.end(&first, error.outcome())),
        };
        let Some(second) = next else { return Err(EngineError::Fault) };
        self.end(&first, Outcome::plain(OutcomeKind::Found));
        let host = self.source.request(&second).ok().and_then(|r| r.url().host_str().map(str::to_owned));
        let response = match self.one(&second, &gate_to(host.as_deref())).await? {
            Ok(response) => response,
            Err(outcome) => return Ok(self.end(&second, outcome)),
        };
        let domain = second.slots.get("domain").map(|s| s.text.clone()).ok_or(EngineError::Fault)?;
        let read: Result<Option<Registration>, SourceError> =
            rdap::registration(domain.reveal(unlisted_model::Reveal::OperatorAsked), &response);
        Ok(match read {
            Ok(Some(registration)) => {
                self.end(&second, Outcome::plain(OutcomeKind::Found));
                Told::Known(registration)
            }
            Ok(None) => {
                self.end(&second, Outcome::plain(OutcomeKind::Absent));
                Told::Unknown
            }
            Err(error) => self.end(&second, error.outcome()),
        })
    }

    fn end(&mut self, query: &Query, outcome: Outcome) -> Told {
        let host = self.source.request(query).ok().and_then(|r| r.url().host_str().map(str::to_owned)).unwrap_or_default();
        self.ended.push(UnitOutcome {
            source: query.source.clone(),
            line: query.line.clone(),
            host,
            url: String::new(),
            outcome,
            cut: false,
            for_: query.for_.clone(),
        });
        Told::NotTold(outcome)
    }

    /// One question through the gate; tried again when there was no answer. An answer that says "elsewhere" is not followed.
    async fn one(&self, query: &Query, gate: &Gate) -> Result<Result<Response, Outcome>, EngineError> {
        let mut clock = None;
        let mut tries = 0;
        loop {
            let request = match self.source.request(query) {
                Ok(request) => request,
                Err(error) => return Ok(Err(error.outcome())),
            };
            let now = Timestamp::now();
            let permit = match gate.admit(&request, clock.as_ref(), now) {
                Admission::Permit(permit) => permit,
                Admission::Wait { until } => {
                    let pause = Duration::try_from(until.duration_since(now)).unwrap_or_default();
                    if pause > PATIENCE {
                        return Ok(Err(Outcome::because(OutcomeKind::Blocked, OutcomeReason::TooManyRequests)));
                    }
                    tokio::time::sleep(pause.max(Duration::from_millis(1))).await;
                    continue;
                }
                Admission::NeedsRobots(_) => return Err(EngineError::Fault),
                Admission::Refusal(refusal) => return Ok(Err(refusal.outcome())),
            };
            tries += 1;
            let (ledger, sent) = self.transport.send(permit).await;
            let end = match &sent {
                Ok(e) => LedgerEnd { status: Some(e.status), bytes: e.wire_body.len() as u64, took: e.took },
                Err(e) => LedgerEnd { status: None, bytes: 0, took: e.took },
            };
            gate.close(ledger, &end)?;
            match sent {
                Ok(exchange) => {
                    let response = decode(&exchange, request.url(), &self.caps);
                    let outcome = match verdict(&response, Timestamp::now()) {
                        Verdict::Usable | Verdict::Gone => return Ok(Ok(response)),
                        Verdict::Redirect(_) => Outcome::because(OutcomeKind::Failed, OutcomeReason::TooManyRedirects),
                        other => other.outcome().unwrap_or(Outcome::because(OutcomeKind::Failed, OutcomeReason::ErrorStatus)),
                    };
                    return Ok(Err(outcome));
                }
                Err(error) if error.may_pass() && tries < self.tries.min(2) => {
                    tracing::debug!(line = query.line.0, "no answer: {error}");
                    let happened = Happened::Failed { took: error.took };
                    clock = Some(gate.after(&query.source, request.url(), clock.as_ref(), happened, Timestamp::now()));
                }
                Err(error) => return Ok(Err(error.outcome())),
            }
        }
    }
}
