//! The public registers of site names and of networks (RDAP): who registered a name, whose network a site is in, and where these
//! firms take reports of abuse.
//!
//! Two questions for each: the list of registers (RFC 9224), which is told nothing, and the register that it names, which is told the
//! registered name, or the network address, and nothing else. Only what the caller gave is asked about (`SourceKit::domains`,
//! `SourceKit::addresses`). A register may send on to another one of the list ([`elsewhere`]).

mod answer;
mod card;
mod entities;
mod lists;
mod network;

use std::collections::BTreeSet;
use std::net::IpAddr;

use serde_json::Value;
use unlisted_model::query::{Discloses, LineId, Query, QueryKey, Slots};
use unlisted_model::source::{SourceId, SourceRow};
use unlisted_model::subject::{Subject, SubjectId};
use unlisted_model::{Outcome, OutcomeKind, Secret};
use url::{Host, Url};

pub use answer::registration;
pub use lists::listed;
pub use network::network;

use super::{SourceKit, slots};
use crate::exchange::Response;
use crate::gate::address::is_global;
use crate::request::Request;
use crate::source::{Answer, Line, Source, SourceError};

/// The id of the source.
pub const ID: &str = "rdap";

/// The largest answer about one thing; usual ones have 10 KB.
const LARGEST: usize = 1 << 20;

/// Names at most, and addresses at most, of one person.
const MOST: usize = 20;

/// The first of the two questions about a name.
pub const REGISTERS: &str = "registers";
const DOMAIN: &str = "domain";

/// The two questions about an address.
const NETWORKS: &str = "networks";
const NETWORK: &str = "network";

pub(super) struct Rdap {
    row: SourceRow,
    domains: Vec<String>,
    addresses: Vec<IpAddr>,
}

impl Rdap {
    pub(super) fn new(row: SourceRow, kit: &SourceKit) -> Self {
        let known: BTreeSet<&String> = kit.domains.iter().collect();
        let addresses: BTreeSet<IpAddr> = kit.addresses.iter().copied().filter(|ip| is_global(*ip)).collect();
        Self {
            row,
            domains: known.into_iter().take(MOST).cloned().collect(),
            addresses: addresses.into_iter().take(MOST).collect(),
        }
    }

    /// Where the list of the registers of networks is.
    fn list_around(&self, address: &str) -> Option<&Url> {
        self.row.also.get(if address.contains(':') { "ipv6" } else { "ipv4" })
    }
}

impl Source for Rdap {
    fn id(&self) -> &'static str {
        ID
    }

    fn lines(&self, subject: &Subject) -> Vec<Line> {
        let for_ = [subject.id.clone()];
        let of_names = self.row.base.iter().filter(|_| !self.domains.is_empty()).flat_map(|base| {
            let asked = self.domains.iter().map(|domain| query(REGISTERS, domain, None, &for_)).collect();
            pair(base, [REGISTERS, DOMAIN], Discloses::Domain, asked)
        });
        let addresses = || self.addresses.iter().map(IpAddr::to_string);
        let list = addresses().find_map(|address| self.list_around(&address));
        let of_networks = list.into_iter().flat_map(|base| {
            let asked = addresses().map(|address| query(NETWORKS, &address, None, &for_)).collect();
            pair(base, [NETWORKS, NETWORK], Discloses::SiteAddress, asked)
        });
        of_names.chain(of_networks).collect()
    }

    fn request(&self, query: &Query) -> Result<Request, SourceError> {
        if query.source != SourceId::new(ID) {
            return Err(SourceError::NotMine);
        }
        let list = |base: Option<&Url>| {
            let base = base.cloned().ok_or(SourceError::NotMine)?;
            Ok(Request::to(base, &query.line, &query.source, &query.for_).accept("application/json"))
        };
        match query.what.as_str() {
            REGISTERS => list(self.row.base.as_ref()),
            NETWORKS => list(self.list_around(slots::text(query, ASKED)?)),
            DOMAIN | NETWORK => {
                let mut base = slots::address(query, "register")?;
                base.path_segments_mut().map_err(|()| SourceError::NotMine)?.pop_if_empty().push(path_of(&query.what));
                let slot = query.slots.get(ASKED).ok_or(SourceError::NotMine)?;
                Ok(Request::to(base, &query.line, &query.source, &query.for_).segment(slot).accept("application/rdap+json"))
            }
            _ => Err(SourceError::NotMine),
        }
    }

    fn read(&self, query: &Query, response: &Response) -> Result<Answer, SourceError> {
        let asked = slots::text(query, ASKED)?;
        let next = |what: &str, register: &Url| {
            let next = self::query(what, asked, Some(register), &query.for_);
            Answer { next: vec![next], ..Answer::only(Outcome::plain(OutcomeKind::Found)) }
        };
        let is_known = match query.what.as_str() {
            REGISTERS => return Ok(next(DOMAIN, &lists::register_of(asked, response)?)),
            NETWORKS => return Ok(next(NETWORK, &lists::register_around(address(asked)?, response)?)),
            DOMAIN => registration(asked, response)?.is_some(),
            NETWORK => network(address(asked)?, response)?.is_some(),
            _ => return Err(SourceError::NotMine),
        };
        Ok(Answer::only(Outcome::plain(if is_known { OutcomeKind::Found } else { OutcomeKind::Absent })))
    }

    fn reads_errors(&self) -> bool {
        // 404 is the answer "this name, or this address, is not registered".
        true
    }
}

fn line(what: &str) -> LineId {
    LineId(format!("{ID}/{what}"))
}

/// The slot with the name or the address.
const ASKED: &str = "asked";

/// The two lines of the plan: the list, which is told nothing, and the registers that it names.
fn pair(base: &Url, [list, register]: [&str; 2], tells: Discloses, asked: Vec<Query>) -> [Line; 2] {
    let units = u32::try_from(asked.len()).unwrap_or(u32::MAX);
    let one = |what: &str, to: &str, discloses: Vec<Discloses>, queries: Vec<Query>| Line {
        line: line(what),
        template: what.to_owned(),
        to: to.to_owned(),
        discloses,
        units,
        queries,
    };
    [one(list, base.host_str().unwrap_or_default(), vec![], asked), one(register, "", vec![tells], vec![])]
}

fn query(what: &str, asked: &str, register: Option<&Url>, for_: &[SubjectId]) -> Query {
    // The lists are told nothing, so the name or address in that question discloses nothing: it stays here.
    let told: &[Discloses] = match what {
        DOMAIN => &[Discloses::Domain],
        NETWORK => &[Discloses::SiteAddress],
        _ => &[],
    };
    let mut slots = Slots::default().with(ASKED, told, asked);
    if let Some(register) = register {
        slots = slots.with("register", &[], register.as_str());
    }
    Query {
        line: line(what),
        source: SourceId::new(ID),
        what: what.to_owned(),
        key: QueryKey(Secret::new(format!("{ID}|{what}|{asked}"))),
        for_: for_.to_vec(),
        slots,
    }
}

/// The word of RFC 9082 before what is asked about.
fn path_of(what: &str) -> &'static str {
    if what == NETWORK { "ip" } else { "domain" }
}

fn address(text: &str) -> Result<IpAddr, SourceError> {
    text.parse().map_err(|_| SourceError::NotMine)
}

/// The same question at another register, when one sends on to it. None: it leads to something else than the same question at a plain
/// https address. Whether that host is one of the list is the gate's to judge. Nothing of the new address but its host and the
/// beginning of its path is used.
pub fn elsewhere(query: &Query, to: &Url) -> Option<Query> {
    if !matches!(query.what.as_str(), DOMAIN | NETWORK) {
        return None;
    }
    let mut to = lists::secure(to.as_str())?;
    let asked = slots::text(query, ASKED).ok()?;
    let segments: Vec<String> = to.path_segments()?.map(str::to_owned).collect();
    let (last, before) = segments.split_last()?;
    let (word, start) = before.split_last()?;
    let told = last.replace("%3A", ":").replace("%3a", ":");
    let same = match address(asked) {
        Ok(address) => told.parse() == Ok(address),
        Err(_) => told.trim_end_matches('.').eq_ignore_ascii_case(asked),
    };
    if !same || word != path_of(&query.what) {
        return None;
    }
    to.set_path(&format!("/{}", start.iter().map(|s| format!("{s}/")).collect::<String>()));
    Some(self::query(&query.what, asked, Some(&to), &query.for_))
}

/// The name that a register may be asked about: the host's registered name, without what its owner put in front. None: an IP
/// address, or a name that no register knows (`localhost`, a bare ending).
pub fn registered_name(url: &Url) -> Option<String> {
    let Some(Host::Domain(host)) = url.host() else { return None };
    let host = host.trim_end_matches('.').to_lowercase();
    let labels: Vec<&str> = host.split('.').collect();
    if labels.len() < 2 || labels.iter().any(|l| l.is_empty()) || host.len() > 253 {
        return None;
    }
    let last = |n: usize| labels.get(labels.len().saturating_sub(n)..).unwrap_or_default().join(".");
    // The longest ending under which a register sells names. Endings that a firm hands out itself (blogs) are no register's.
    let is_ending = |tail: &str| {
        psl::suffix(tail.as_bytes()).is_some_and(|s| s.as_bytes() == tail.as_bytes() && s.typ() == Some(psl::Type::Icann))
    };
    let ending = (1..=labels.len()).filter(|n| is_ending(&last(*n))).max().unwrap_or(1);
    (labels.len() > ending).then(|| last(ending + 1))
}

/// An answer of a register about one thing of this class. None: the register says that it does not know it.
fn told(response: &Response, class: &str, other: &'static str) -> Result<Option<Value>, SourceError> {
    match response.status {
        200 => {}
        404 => {
            // The wrong server, or a proxy on the way, may say 404 too: only the register's own words count.
            let told = json(response, LARGEST).map_err(|_| SourceError::Status(404))?;
            let is_error = told.get("errorCode").and_then(Value::as_u64) == Some(404);
            return if is_error { Ok(None) } else { Err(SourceError::Status(404)) };
        }
        status => return Err(SourceError::Status(status)),
    }
    let told = json(response, LARGEST)?;
    let is = told.get("objectClassName").and_then(Value::as_str).is_some_and(|c| c.eq_ignore_ascii_case(class));
    if is { Ok(Some(told)) } else { Err(SourceError::LayoutChanged(other)) }
}

/// A body as JSON. What is too large, cut, too deep or no JSON is not understood.
fn json(response: &Response, largest: usize) -> Result<Value, SourceError> {
    if response.cut.is_some() {
        return Err(SourceError::Cut);
    }
    if response.body.len() > largest {
        return Err(SourceError::LayoutChanged("it is too large"));
    }
    serde_json::from_slice(&response.body).map_err(|_| SourceError::LayoutChanged("it is no JSON, or too deep"))
}

#[cfg(test)]
pub(in crate::sources) mod tests;
