//! Asks the public registers who registered a site's name and whose network the site is in, when the person asks for it: two
//! questions each through the one gate, written to the ledger of a run of their own, which is no check.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use unlisted_crawler::decode::DecodeCaps;
use unlisted_crawler::gate::address::{Place, place};
use unlisted_crawler::sources::rdap;
use unlisted_crawler::transport::{chosen_address, public_address};
use unlisted_model::ports::UnitOutcome;
use unlisted_model::reporting::{Network, Registration};
use unlisted_model::{LineId, Outcome, OutcomeKind, OutcomeReason, SourceId, Subject};
use unlisted_store::{ASIDE, NewRun, Vault};
use url::{Host, Url};

use super::asking::{Asking, most};
use crate::EngineError;
use crate::config::{Config, Front};
use crate::house::{self, Wire};

/// What came of one side.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Told<T> {
    /// The register knows it.
    Known(T),
    /// The register says that nobody registered it.
    Unknown,
    /// The network address of the site was not found, or is not on the public internet: nobody was asked.
    NoAddress(Outcome),
    /// It could not be asked, or did not answer in a way that is understood.
    NotTold(Outcome),
}

/// What came of both. None: there was nothing to ask about.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Registers {
    /// Who registered the name.
    pub domain: Option<Told<Registration>>,
    /// Whose network the site is in.
    pub network: Option<Told<Network>>,
}

/// What there is to ask about a site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct About {
    /// Its registered name; None: its address is a number, or a name that no register sells.
    pub domain: Option<String>,
    /// Its host, whose network address is looked up unless it is one.
    host: Host<String>,
}

impl About {
    /// The host, as it is shown.
    pub fn host(&self) -> String {
        match &self.host {
            Host::Domain(name) => name.clone(),
            Host::Ipv4(ip) => ip.to_string(),
            Host::Ipv6(ip) => ip.to_string(),
        }
    }

    /// Whether its network address has to be looked up: then the name service of the connection is told the host.
    pub const fn is_looked_up(&self) -> bool {
        matches!(self.host, Host::Domain(_))
    }
}

/// What there is to ask about the site of this address. None: nothing, it is not on the public internet.
pub fn about(site: &Url) -> Option<About> {
    if place(site) == Place::Private {
        return None;
    }
    let host = match site.host()? {
        Host::Domain(name) => Host::Domain(name.trim_end_matches('.').to_lowercase()),
        Host::Ipv4(ip) => Host::Ipv4(ip),
        Host::Ipv6(ip) => Host::Ipv6(ip),
    };
    Some(About { domain: rdap::registered_name(site), host })
}

/// Where the lists of registers are, for what is said before: their hosts, each once.
pub fn lists_of_registers(config: &Config) -> Vec<String> {
    let Some(row) = config.rows.get(&SourceId::new(rdap::ID)) else { return vec![] };
    let mut hosts = vec![];
    for host in row.base.iter().chain(row.also.values()).filter_map(Url::host_str).map(str::to_owned) {
        if !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    hosts
}

/// Asks about a site, for `subject`, who must have given permission. The caller has explained it and got a yes. In a rehearsal no
/// name is looked up: `stand_in` is the site's address, and without one its network is not asked about.
///
/// # Errors
/// [`EngineError::Permission`] when there is no permission today; then nothing is sent. When the ledger cannot be written.
pub async fn ask_registry(
    subject: &Subject,
    config: &Config,
    wire: Wire,
    about: &About,
    stand_in: Option<IpAddr>,
    today: Date,
    vault: &Vault,
) -> Result<Registers, EngineError> {
    let permission = subject.consent.check(today).map_err(EngineError::Permission)?;
    let found = match (&about.host, wire) {
        (Host::Ipv4(ip), _) => Some(chosen_address(vec![(*ip).into()])),
        (Host::Ipv6(ip), _) => Some(chosen_address(vec![(*ip).into()])),
        (Host::Domain(name), Wire::Live) => Some(public_address(name, config.limits.connect).await),
        (Host::Domain(_), Wire::Rehearsal { .. }) => stand_in.map(|ip| chosen_address(vec![ip])),
    };
    let address = found.and_then(Result::ok);
    let sources = house::sources_about(config, &[], about.domain.as_slice(), address.as_slice());
    let Some(source) = sources.get(&SourceId::new(rdap::ID)).map(Arc::clone) else { return Err(EngineError::Fault) };
    let lines = source.lines(subject);
    let tries = config.pace.tries;
    // A line without a host of its own is that of the registers, which may send on.
    let bound = |to: &str, units: u32| units.saturating_mul(if to.is_empty() { most(tries) } else { tries });
    let bounds: BTreeMap<LineId, u32> = lines.iter().map(|l| (l.line.clone(), bound(&l.to, l.units))).collect();
    let mut told = Registers::default();
    if let Some(Err(fault)) = found {
        told.network = Some(Told::NoAddress(fault.outcome()));
    }
    if lines.is_empty() {
        return Ok(told);
    }

    let now = Timestamp::now();
    let days = SignedDuration::from_hours(24 * i64::from(config.retention.findings_without_poll));
    let fingerprint = format!("{ASIDE}{}", rdap::ID);
    let run = vault.begin_run(NewRun { subjects: vec![subject.id.clone()], fingerprint, started: now, expires: now + days })?;
    let transport = house::transport(config, wire)?;
    let gate_to = |hosts: &[String]| {
        let mut config = config.clone();
        if let Some(row) = config.rows.get_mut(&SourceId::new(rdap::ID)) {
            // The registers are those that the list names, at https.
            row.hosts.extend_from_slice(hosts);
        }
        house::gate(&config, wire, subject, permission.clone(), bounds.clone(), Arc::new(run.clone()), run.spent())
    };
    let caps = DecodeCaps { bytes: config.limits.decoded_cap, ratio: config.limits.ratio, layers: 2 };
    let mut asking = Asking {
        source: source.as_ref(),
        transport: transport.as_ref(),
        caps,
        tries,
        gate_to: &gate_to,
        ended: vec![],
        clocks: BTreeMap::new(),
    };
    // One side that fails leaves the other's answer standing; only what cannot be written to the ledger ends both.
    let mut result = Ok(());
    for first in lines.iter().flat_map(|l| &l.queries) {
        let asked = if first.what == rdap::REGISTERS {
            match &about.domain {
                Some(domain) => asking.both(first, |r| rdap::registration(domain, r)).await.map(|t| told.domain = Some(t)),
                None => Err(EngineError::Fault),
            }
        } else {
            match address {
                Some(address) => asking.both(first, |r| rdap::network(address, r)).await.map(|t| told.network = Some(t)),
                None => Err(EngineError::Fault),
            }
        };
        if asked.is_err() {
            result = asked;
            break;
        }
    }
    let mut outcomes = std::mem::take(&mut asking.ended);
    for line in lines.iter().filter(|l| !outcomes.iter().any(|o| o.line == l.line)).collect::<Vec<_>>() {
        outcomes.push(not_asked(&line.line, subject));
    }
    run.record_all(&outcomes)?;
    run.finish(Timestamp::now())?;
    result?;
    if let Some(Told::Known(network)) = &mut told.network {
        network.front = front(network, &config.reporting.fronts);
    }
    Ok(told)
}

/// The firm that stands in front, if this network is one's.
fn front(network: &Network, fronts: &[Front]) -> Option<String> {
    let names: Vec<&str> = [&network.name, &network.firm].into_iter().flatten().map(String::as_str).collect();
    fronts.iter().find(|f| f.is_called(&names)).map(|f| f.name.clone())
}

fn not_asked(line: &LineId, subject: &Subject) -> UnitOutcome {
    UnitOutcome {
        source: SourceId::new(rdap::ID),
        line: line.clone(),
        host: String::new(),
        url: String::new(),
        outcome: Outcome::because(OutcomeKind::Skipped, OutcomeReason::NothingToAsk),
        cut: false,
        for_: vec![subject.id.clone()],
    }
}
