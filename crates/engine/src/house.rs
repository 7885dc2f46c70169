//! Builds the rooms of one run from the configuration: sources, gate, transport, detector.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use unlisted_crawler::gate::{Gate, Pace, Policy, Rehearsal as RehearsalPolicy, Served};
use unlisted_crawler::source::Source;
use unlisted_crawler::sources::{self, SourceBudget, SourceKit};
use unlisted_crawler::transport::{Limits, Live, Rehearsal, Transport};
use unlisted_model::ports::Ledger;
use unlisted_model::{Discloses, LineId, Permission, SourceId, Subject};
use url::Url;

use crate::EngineError;
use crate::config::Config;

/// The sources of this version, by id.
pub type Sources = BTreeMap<SourceId, Arc<dyn Source>>;

/// How requests go out.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Wire {
    /// To the network.
    Live,
    /// Everything to one loopback address, without any DNS.
    Rehearsal {
        /// Where the rehearsal's server listens.
        addr: SocketAddr,
        /// Divides gaps, Crawl-delay, Retry-After and back-off; never time-outs.
        speedup: f64,
    },
}

/// Builds the sources. `given` are the addresses of `--url` and of lists in given files.
pub fn sources(config: &Config, given: &[Url]) -> Sources {
    sources_about(config, given, &[], &[])
}

/// The same with registered names and network addresses to ask the public registers about.
pub(crate) fn sources_about(config: &Config, given: &[Url], domains: &[String], addresses: &[IpAddr]) -> Sources {
    let budget = &config.budget;
    let kit = SourceKit {
        rows: config.rows.clone(),
        templates: config.catalogue.templates.clone(),
        councils: config.councils.clone(),
        never_fetched: config.catalogue.never_fetched.clone(),
        given: given.to_vec(),
        domains: domains.to_vec(),
        addresses: addresses.to_vec(),
        budget: SourceBudget {
            found_pages: budget.found_pages,
            own_pages: budget.own_pages,
            result_pages: budget.result_pages,
            given_pages: budget.given_pages,
        },
    };
    sources::all(&kit).into_iter().map(|s| (SourceId::new(s.id()), Arc::from(s))).collect()
}

/// The gate of a run for one person.
pub(crate) fn gate(
    config: &Config,
    wire: Wire,
    subject: &Subject,
    permission: Permission,
    bounds: BTreeMap<LineId, u32>,
    ledger: Arc<dyn Ledger>,
    spent: BTreeMap<LineId, u32>,
) -> Gate {
    let mut rows = config.rows.clone();
    let council = subject.candidacy.council.as_deref().and_then(|code| config.councils.get(code));
    if let Some(row) = rows.get_mut(&SourceId::new("moderngov"))
        && let Some(host) = council.and_then(|c| c.base.as_ref()).and_then(Url::host_str)
    {
        row.hosts.push(host.to_owned());
    }
    if let Some(row) = rows.get_mut(&SourceId::new("searxng"))
        && subject.searxng.is_some()
    {
        row.base.clone_from(&subject.searxng);
        // The person wrote the address into their own file: that is their word that it is theirs.
        row.own |= subject.searxng.as_ref().is_some_and(|u| !sources::searxng::is_own_machine(u));
    }
    for row in rows.values_mut() {
        // Every source may lead to a page by a redirect.
        if !row.discloses.contains(&Discloses::Page) {
            row.discloses.push(Discloses::Page);
        }
    }
    let policy = Policy {
        rows,
        never_fetched: config.catalogue.never_fetched.clone(),
        user_agent: format!("unlisted/{} (+{})", env!("CARGO_PKG_VERSION"), config.contact),
        bounds,
        pace: Pace {
            gap: config.pace.gap,
            latency_factor: config.pace.latency_factor,
            longest_gap: config.pace.longest_gap,
            longest_wait: config.pace.longest_wait,
            park_after: config.pace.park_after,
        },
        slow: BTreeSet::from([SourceId::new("moderngov")]),
        rehearsal: match wire {
            Wire::Live => None,
            Wire::Rehearsal { speedup, .. } => Some(RehearsalPolicy { speedup }),
        },
    };
    Gate::new(policy, vec![Served { subject: subject.clone(), permission }], ledger, spent)
}

/// The transport of a run.
pub(crate) fn transport(config: &Config, wire: Wire) -> Result<Box<dyn Transport>, EngineError> {
    let limits = Limits {
        connect: config.limits.connect,
        read: config.limits.read,
        total: config.limits.total,
        slow_total: config.limits.slow_total,
        wire_cap: config.limits.wire_cap,
    };
    Ok(match wire {
        Wire::Live => Box::new(Live::new(limits).map_err(|_| EngineError::NoClient)?),
        Wire::Rehearsal { addr, .. } => Box::new(Rehearsal::new(addr, limits).map_err(|_| EngineError::NotLoopback)?),
    })
}
