//! The one gate that every network request passes.
//!
//! The stages, in this order: consent → disclosure and last guard (host name included, before any DNS) → host → scheme
//! → robots → budget → pace → address → ledger (written ahead). A robots.txt request passes the same gate as its own
//! kind, without the robots stage. Nobody sleeps in here, and there is no way around it: only [`Gate::admit`] makes a
//! [`Permit`], and a transport sends nothing else.

pub mod address;
mod budget;
mod consent;
mod disclosure;
mod guard;
mod host;
mod ledger;
pub mod pace;
mod permit;
mod refusal;
pub mod robots;
#[cfg(test)]
pub(crate) mod testing;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use unlisted_model::ports::{HostKey, HostUpdate, Ledger, LedgerEnd, LedgerId, PortError, RobotsNote};
use unlisted_model::query::LineId;
use unlisted_model::source::{SourceId, SourceRow};
use url::Url;

pub use consent::Served;
pub use host::{clock_key, host_key};
pub use pace::{Happened, Pace};
pub(crate) use permit::OwnMachine;
pub use permit::Permit;
pub use refusal::Refusal;

use crate::request::{Request, RequestKind};
use address::Place;

/// Longer addresses are not asked for.
const LONGEST_ADDRESS: usize = 16 * 1024;

/// A run against a loopback server.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Rehearsal {
    /// Divides gaps, Crawl-delay, Retry-After and back-off; never timeouts.
    pub speedup: f64,
}

/// What may be sent where, how often, how fast.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The rows of the sources of this run. `hosts` of a row with many (council services) are filled in by the engine.
    pub rows: BTreeMap<SourceId, SourceRow>,
    /// Hosts that are never fetched (search engines, people-search sites, closed platforms): `name.example` with
    /// everything below it, `name.*` under any public suffix.
    pub never_fetched: Vec<String>,
    /// `unlisted/VERSION (+contact)`, the contact being the project's or party's, never the person's.
    pub user_agent: String,
    /// At most so many requests for each line of the plan, robots.txt, redirects and second tries included.
    pub bounds: BTreeMap<LineId, u32>,
    /// Politeness.
    pub pace: Pace,
    /// Sources known to be slow, for which the transport waits longer.
    pub slow: BTreeSet<SourceId>,
    /// Whether everything goes to a loopback server.
    pub rehearsal: Option<Rehearsal>,
}

/// The gate's answer.
#[expect(clippy::large_enum_variant, reason = "nearly every answer is a permit, taken apart at once")]
#[derive(Debug)]
pub enum Admission {
    /// Send it.
    Permit(Permit),
    /// Its host is to be left alone until then.
    Wait {
        /// The first moment at which it may be asked again.
        until: Timestamp,
    },
    /// The host's robots.txt is not known: this is to be fetched first, as a row of its own.
    NeedsRobots(Box<Request>),
    /// It is not sent.
    Refusal(Refusal),
}

/// The gate of a run.
pub struct Gate {
    policy: Policy,
    hosts: host::Hosts,
    everybody: consent::Everybody,
    guard: guard::Guard,
    ledger: Arc<dyn Ledger>,
    state: Mutex<State>,
}

struct State {
    robots: robots::Cache,
    budget: budget::Budget,
}

impl Gate {
    /// The gate of a run for these people. `spent` is what an interrupted run had sent already under each line.
    pub fn new(policy: Policy, served: Vec<Served>, ledger: Arc<dyn Ledger>, spent: BTreeMap<LineId, u32>) -> Self {
        let guard = guard::Guard::new(served.iter().map(|s| &s.subject));
        Self {
            hosts: host::Hosts::new(&policy.never_fetched),
            everybody: served.into_iter().map(|s| (s.subject.id.clone(), s)).collect(),
            guard,
            ledger,
            state: Mutex::new(State {
                robots: robots::Cache::default(),
                budget: budget::Budget::new(policy.bounds.clone(), spent),
            }),
            policy,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing in here panics between two halves of a change, so a poisoned lock still guards whole values.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Learns what the robots.txt of a host said, and when it was fetched; it is used for 24 hours from then.
    pub fn learn_robots(&self, host: HostKey, note: &RobotsNote, fetched: Timestamp) {
        self.state().robots.learn(host, note, fetched);
    }

    /// Puts a request through every stage. `host` is what is known of the host's clock.
    pub fn admit(&self, request: &Request, host: Option<&HostUpdate>, now: Timestamp) -> Admission {
        match self.judge(request, host, now) {
            Ok(admission) => admission,
            Err(refusal) => Admission::Refusal(refusal),
        }
    }

    fn judge(&self, request: &Request, clock: Option<&HostUpdate>, now: Timestamp) -> Result<Admission, Refusal> {
        let served = consent::check(request, &self.everybody, now)?;
        let row = self.policy.rows.get(&request.source).ok_or(Refusal::UnknownSource)?;
        disclosure::check(request, row, &served)?;
        let range = request.range.map(|(first, last)| format!("{first}-{last}")).unwrap_or_default();
        self.guard.check(request, &[request.accept, &self.policy.user_agent, &range])?;
        if request.url().as_str().len() > LONGEST_ADDRESS {
            return Err(Refusal::BadAddress);
        }
        let host = host_key(request.url()).ok_or(Refusal::BadAddress)?;
        self.hosts.check(request, row)?;
        host::check_scheme(request, row)?;
        // Judged here so that no robots.txt is wanted of a place that is refused below.
        let address = self.check_address(request, row);

        let mut state = self.state();
        if request.kind == RequestKind::Page || request.kind == RequestKind::Query && row.robots {
            match state.robots.ask(&host, request.url(), now) {
                robots::Word::Allowed => {}
                robots::Word::Disallowed => return Err(Refusal::Robots),
                robots::Word::Unreachable => return Err(Refusal::RobotsUnreachable),
                robots::Word::NotKnown => {
                    address?;
                    if !state.budget.has_room(&request.line) {
                        return Err(Refusal::Budget);
                    }
                    return Ok(Admission::NeedsRobots(Box::new(request.robots_of())));
                }
            }
        }
        if !state.budget.has_room(&request.line) {
            return Err(Refusal::Budget);
        }
        if let Some(clock) = clock.filter(|c| c.next_allowed_at > now) {
            return Ok(Admission::Wait { until: clock.next_allowed_at });
        }
        let own_machine = address?;
        let id = ledger::begin(&*self.ledger, request, &host::bare_host(request.url()).unwrap_or_default(), now)?;
        state.budget.spend(&request.line);
        drop(state);
        Ok(Admission::Permit(Permit {
            url: request.url().clone(),
            kind: request.kind,
            accept: request.accept,
            range: request.range,
            user_agent: self.policy.user_agent.clone(),
            line: request.line.clone(),
            source: request.source.clone(),
            for_: request.for_.clone(),
            discloses: request.discloses().clone(),
            host,
            ledger: id,
            slow: self.policy.slow.contains(&request.source),
            own_machine,
        }))
    }

    /// The address stage: what the literal or the name alone tells. What a name resolves to is judged at the dial.
    fn check_address(&self, request: &Request, row: &SourceRow) -> Result<Option<OwnMachine>, Refusal> {
        let url = request.url();
        let place = address::place(url);
        if !host::is_own_machine(request, row) {
            return if place == Place::Private { Err(Refusal::PrivateAddress) } else { Ok(None) };
        }
        if place == Place::Public && !row.own {
            return Err(Refusal::NotOwn);
        }
        let (Some(host), Some(port)) = (host::bare_host(url), url.port_or_known_default()) else {
            return Err(Refusal::BadAddress);
        };
        Ok(Some(OwnMachine { host, port, public_too: row.own }))
    }

    /// Completes the ledger row of a request that was sent.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn close(&self, id: LedgerId, end: &LedgerEnd) -> Result<(), PortError> {
        self.ledger.finish(id, end)
    }

    /// The clock of a host after a request of `source` to `url` that ended at `now`.
    pub fn after(
        &self,
        source: &SourceId,
        url: &Url,
        previous: Option<&HostUpdate>,
        what: Happened,
        now: Timestamp,
    ) -> HostUpdate {
        let row_gap = self.policy.rows.get(source).map_or(Duration::ZERO, |r| r.gap);
        let crawl_delay = host_key(url).and_then(|host| self.state().robots.crawl_delay(&host));
        let speedup = self.policy.rehearsal.map_or(1.0, |r| r.speedup);
        pace::after(previous, what, row_gap, crawl_delay, &self.policy.pace, speedup, now)
    }

    /// How many requests went out under a line, those of an interrupted run included.
    pub fn spent(&self, line: &LineId) -> u32 {
        self.state().budget.spent(line)
    }
}

#[cfg(test)]
mod tests;
