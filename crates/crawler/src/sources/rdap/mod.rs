//! The public registers of site names (RDAP): who registered a name, and where that firm takes reports of abuse.
//!
//! Two questions: the list of registers (RFC 9224), which is told nothing, and the register that knows the name's ending, which is
//! told the registered name and nothing else. Only names that the caller gave are asked about (`SourceKit::domains`).

mod answer;
mod card;

use std::collections::BTreeSet;

use serde_json::Value;
use unlisted_model::query::{Discloses, LineId, Query, QueryKey, Slots};
use unlisted_model::source::{SourceId, SourceRow};
use unlisted_model::subject::{Subject, SubjectId};
use unlisted_model::{Outcome, OutcomeKind, Secret};
use url::{Host, Url};

pub use answer::registration;

use super::{SourceKit, slots};
use crate::exchange::Response;
use crate::request::Request;
use crate::source::{Answer, Line, Source, SourceError};

/// The id of the source.
pub const ID: &str = "rdap";

/// Of the list of registers; it holds some 1,500 endings in 100 KB.
const LARGEST_LIST: usize = 4 << 20;

/// Names at most, of one person.
const MOST: usize = 20;

/// The two questions.
const REGISTERS: &str = "registers";
const DOMAIN: &str = "domain";

pub(super) struct Rdap {
    row: SourceRow,
    domains: Vec<String>,
}

impl Rdap {
    pub(super) fn new(row: SourceRow, kit: &SourceKit) -> Self {
        let known: BTreeSet<&String> = kit.domains.iter().collect();
        Self { row, domains: known.into_iter().take(MOST).cloned().collect() }
    }
}

impl Source for Rdap {
    fn id(&self) -> &'static str {
        ID
    }

    fn lines(&self, subject: &Subject) -> Vec<Line> {
        let (Some(base), false) = (&self.row.base, self.domains.is_empty()) else { return vec![] };
        let for_ = [subject.id.clone()];
        let count = u32::try_from(self.domains.len()).unwrap_or(u32::MAX);
        let asked = self.domains.iter().map(|domain| query(REGISTERS, domain, None, &for_));
        vec![
            Line {
                line: line(REGISTERS),
                template: REGISTERS.to_owned(),
                to: base.host_str().unwrap_or_default().to_owned(),
                discloses: vec![],
                units: count,
                queries: asked.collect(),
            },
            Line {
                line: line(DOMAIN),
                template: DOMAIN.to_owned(),
                to: String::new(),
                discloses: vec![Discloses::Domain],
                units: count,
                queries: vec![],
            },
        ]
    }

    fn request(&self, query: &Query) -> Result<Request, SourceError> {
        if query.source != SourceId::new(ID) {
            return Err(SourceError::NotMine);
        }
        match query.what.as_str() {
            REGISTERS => {
                let base = self.row.base.clone().ok_or(SourceError::NotMine)?;
                Ok(Request::to(base, &query.line, &query.source, &query.for_).accept("application/json"))
            }
            DOMAIN => {
                let mut base = slots::address(query, "register")?;
                base.path_segments_mut().map_err(|()| SourceError::NotMine)?.pop_if_empty().push("domain");
                let slot = query.slots.get("domain").ok_or(SourceError::NotMine)?;
                Ok(Request::to(base, &query.line, &query.source, &query.for_).segment(slot).accept("application/rdap+json"))
            }
            _ => Err(SourceError::NotMine),
        }
    }

    fn read(&self, query: &Query, response: &Response) -> Result<Answer, SourceError> {
        let domain = slots::text(query, "domain")?;
        match query.what.as_str() {
            REGISTERS => {
                let register = register_of(domain, response)?;
                let next = self::query(DOMAIN, domain, Some(&register), &query.for_);
                Ok(Answer { next: vec![next], ..Answer::only(Outcome::plain(OutcomeKind::Found)) })
            }
            DOMAIN => match registration(domain, response)? {
                Some(_) => Ok(Answer::only(Outcome::plain(OutcomeKind::Found))),
                None => Ok(Answer::only(Outcome::plain(OutcomeKind::Absent))),
            },
            _ => Err(SourceError::NotMine),
        }
    }

    fn reads_errors(&self) -> bool {
        // 404 is the answer "this name is not registered".
        true
    }
}

fn line(what: &str) -> LineId {
    LineId(format!("{ID}/{what}"))
}

fn query(what: &str, domain: &str, register: Option<&Url>, for_: &[SubjectId]) -> Query {
    // The list of registers is told nothing, so the name in that question discloses nothing: it stays here.
    let told: &[Discloses] = if what == DOMAIN { &[Discloses::Domain] } else { &[] };
    let mut slots = Slots::default().with("domain", told, domain);
    if let Some(register) = register {
        slots = slots.with("register", &[], register.as_str());
    }
    Query {
        line: line(what),
        source: SourceId::new(ID),
        what: what.to_owned(),
        key: QueryKey(Secret::new(format!("{ID}|{what}|{domain}"))),
        for_: for_.to_vec(),
        slots,
    }
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

/// The register that the list names for the longest ending of `domain`. Only an https address of a named host counts.
fn register_of(domain: &str, response: &Response) -> Result<Url, SourceError> {
    if response.status != 200 {
        return Err(SourceError::Status(response.status));
    }
    let list = json(response, LARGEST_LIST)?;
    let services = list.get("services").and_then(Value::as_array).ok_or(SourceError::LayoutChanged("`services` is missing"))?;
    let mut best: Option<(usize, Url)> = None;
    let mut understood = false;
    for service in services {
        let (Some(endings), Some(addresses)) =
            (service.get(0).and_then(Value::as_array), service.get(1).and_then(Value::as_array))
        else {
            continue;
        };
        understood = true;
        let fits = |ending: &str| {
            let ending = ending.trim_matches('.').to_lowercase();
            let below = domain.strip_suffix(ending.as_str()).is_some_and(|before| before.ends_with('.'));
            (below && !ending.is_empty()).then_some(ending.len())
        };
        let Some(length) = endings.iter().filter_map(Value::as_str).filter_map(fits).max() else { continue };
        let address = addresses.iter().filter_map(Value::as_str).find_map(secure);
        if let Some(address) = address.filter(|_| best.as_ref().is_none_or(|(l, _)| length > *l)) {
            best = Some((length, address));
        }
    }
    match best {
        Some((_, address)) => Ok(address),
        None if understood => Err(SourceError::NotAvailable("no register for this ending")),
        None => Err(SourceError::LayoutChanged("`services` holds nothing")),
    }
}

fn secure(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    let named = matches!(url.host(), Some(Host::Domain(_)));
    let plain = url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    (url.scheme() == "https" && named && plain && url.port().is_none()).then_some(url)
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
