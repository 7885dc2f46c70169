//! Asks registers through the one gate: a list, the register that it names, and another one of the list when that one sends on.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use unlisted_crawler::decode::{DecodeCaps, decode};
use unlisted_crawler::exchange::Response;
use unlisted_crawler::gate::{Admission, Gate, Happened, clock_key};
use unlisted_crawler::source::{Source, SourceError};
use unlisted_crawler::sources::rdap;
use unlisted_crawler::transport::Transport;
use unlisted_crawler::verdict::{Verdict, verdict};
use unlisted_model::ports::{HostKey, HostUpdate, LedgerEnd, UnitOutcome};
use unlisted_model::{Outcome, OutcomeKind, OutcomeReason, Query};
use url::Url;

use super::registry::Told;
use crate::EngineError;

/// The longest pause before another try.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often a question is sent on from register to register.
pub(super) const HOPS: u32 = 2;

/// How often one question is sent to one register, when there was no answer.
const TRIES: u32 = 2;

/// At most so many requests for a question to the register, those to which it sends on included.
pub(super) const fn most(tries: u32) -> u32 {
    tries.saturating_mul(1 + HOPS)
}

pub(super) struct Asking<'a> {
    pub(super) source: &'a dyn Source,
    pub(super) transport: &'a dyn Transport,
    pub(super) caps: DecodeCaps,
    pub(super) tries: u32,
    /// The gate with these hosts beside those of the row.
    pub(super) gate_to: &'a (dyn Fn(&[String]) -> Gate + Sync),
    /// How each question ended.
    pub(super) ended: Vec<UnitOutcome>,
    /// When each host may be asked again.
    pub(super) clocks: BTreeMap<HostKey, HostUpdate>,
}

enum Sent {
    Answer(Response),
    Elsewhere(Url),
    Ended(Outcome),
}

const NOWHERE: Outcome = Outcome::because(OutcomeKind::Failed, OutcomeReason::TooManyRedirects);

impl Asking<'_> {
    /// The list, then the register that it names.
    pub(super) async fn both<T>(
        &mut self,
        first: &Query,
        read: impl Fn(&Response) -> Result<Option<T>, SourceError>,
    ) -> Result<Told<T>, EngineError> {
        let list = match self.one(first, &(self.gate_to)(&[])).await? {
            Sent::Answer(response) => response,
            Sent::Elsewhere(_) => return Ok(self.end(first, NOWHERE)),
            Sent::Ended(outcome) => return Ok(self.end(first, outcome)),
        };
        let next = match self.source.read(first, &list) {
            Ok(answer) => answer.next.into_iter().next(),
            Err(error) => return Ok(self.end(first, error.outcome())),
        };
        let Some(mut question) = next else { return Err(EngineError::Fault) };
        self.note(first, Outcome::plain(OutcomeKind::Found));
        let gate = (self.gate_to)(&rdap::listed(&list));
        let mut hops = 0;
        let response = loop {
            match self.one(&question, &gate).await? {
                Sent::Answer(response) => break response,
                Sent::Ended(outcome) => return Ok(self.end(&question, outcome)),
                Sent::Elsewhere(to) => match rdap::elsewhere(&question, &to).filter(|_| hops < HOPS) {
                    Some(same) => question = same,
                    None => return Ok(self.end(&question, NOWHERE)),
                },
            }
            hops += 1;
        };
        Ok(match read(&response) {
            Ok(Some(known)) => {
                self.note(&question, Outcome::plain(OutcomeKind::Found));
                Told::Known(known)
            }
            Ok(None) => {
                self.note(&question, Outcome::plain(OutcomeKind::Absent));
                Told::Unknown
            }
            Err(error) => self.end(&question, error.outcome()),
        })
    }

    fn end<T>(&mut self, query: &Query, outcome: Outcome) -> Told<T> {
        self.note(query, outcome);
        Told::NotTold(outcome)
    }

    fn note(&mut self, query: &Query, outcome: Outcome) {
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
    }

    /// One question through the gate; sent again when there was no answer.
    async fn one(&mut self, query: &Query, gate: &Gate) -> Result<Sent, EngineError> {
        let request = match self.source.request(query) {
            Ok(request) => request,
            Err(error) => return Ok(Sent::Ended(error.outcome())),
        };
        let Some(key) = clock_key(request.url()) else { return Err(EngineError::Fault) };
        let mut tries = 0;
        loop {
            let clock = self.clocks.get(&key).cloned();
            let now = Timestamp::now();
            let permit = match gate.admit(&request, clock.as_ref(), now) {
                Admission::Permit(permit) => permit,
                Admission::Wait { until } => {
                    let pause = Duration::try_from(until.duration_since(now)).unwrap_or_default();
                    if pause > PATIENCE {
                        return Ok(Sent::Ended(Outcome::because(OutcomeKind::Blocked, OutcomeReason::TooManyRequests)));
                    }
                    tokio::time::sleep(pause.max(Duration::from_millis(1))).await;
                    continue;
                }
                Admission::NeedsRobots(_) => return Err(EngineError::Fault),
                Admission::Refusal(refusal) => return Ok(Sent::Ended(refusal.outcome())),
            };
            tries += 1;
            let (ledger, sent) = self.transport.send(permit).await;
            let (end, happened) = match &sent {
                Ok(e) => (
                    LedgerEnd { status: Some(e.status), bytes: e.wire_body.len() as u64, took: e.took },
                    Happened::Answered { latency: e.latency },
                ),
                Err(e) => (LedgerEnd { status: None, bytes: 0, took: e.took }, Happened::Failed { took: e.took }),
            };
            gate.close(ledger, &end)?;
            let after = gate.after(&query.source, request.url(), clock.as_ref(), happened, Timestamp::now());
            self.clocks.insert(key.clone(), after);
            match sent {
                Ok(exchange) => {
                    let response = decode(&exchange, request.url(), &self.caps);
                    return Ok(match verdict(&response, Timestamp::now()) {
                        Verdict::Usable | Verdict::Gone => Sent::Answer(response),
                        Verdict::Redirect(to) => Sent::Elsewhere(to),
                        other => Sent::Ended(
                            other.outcome().unwrap_or(Outcome::because(OutcomeKind::Failed, OutcomeReason::ErrorStatus)),
                        ),
                    });
                }
                Err(error) if error.may_pass() && tries < self.tries.min(TRIES) => {
                    tracing::debug!(line = query.line.0, "no answer: {error}");
                }
                Err(error) => return Ok(Sent::Ended(error.outcome())),
            }
        }
    }
}
