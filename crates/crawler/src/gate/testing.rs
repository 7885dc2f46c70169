//! A made-up person, rows, a policy and a ledger in memory for the tests of gate and transport.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::date;
use unlisted_model::consent::{Basis, Consent, MaySend};
use unlisted_model::ports::{Ledger, LedgerEnd, LedgerEntry, LedgerId, PortError, RobotsNote};
use unlisted_model::query::{Class, Discloses, LineId};
use unlisted_model::source::{AddressPolicy, Default_, Key, SourceId, SourceRow, Terms};
use unlisted_model::subject::{Candidacy, Names, Subject, SubjectId};
use unlisted_model::{FactId, Identifier, Kind, Secret};
use url::Url;

use super::{Gate, Pace, Policy, Rehearsal, Served};

/// A moment on a day of the permission.
pub(crate) fn now() -> Timestamp {
    "2026-11-25T12:00:00Z".parse().expect("test data")
}

pub(crate) fn url(text: &str) -> Url {
    Url::parse(text).expect("test data")
}

pub(crate) fn amina() -> SubjectId {
    SubjectId::new("amina-castle").expect("test data")
}

pub(crate) fn line() -> LineId {
    LineId("line".to_owned())
}

pub(crate) fn subject(private: &[(Kind, &str)]) -> Subject {
    let id = amina();
    let fact = |(i, (kind, value)): (usize, &(Kind, &str))| Identifier {
        id: FactId { subject: id.clone(), kind: *kind, ordinal: u32::try_from(i + 1).expect("test data") },
        value: Secret::new(*value),
    };
    Subject {
        id: id.clone(),
        consent: Consent {
            by: "Amina Rose Castle".to_owned(),
            on: date(2026, 11, 20),
            until: date(2027, 6, 6),
            basis: Basis::Itself,
            may_send: vec![],
            kinds: None,
            sources: None,
        },
        names: Names {
            full: "Amina Rose Castle".to_owned(),
            also: vec!["Mina Castle".to_owned()],
            former: vec![Secret::new("Amina Hartley")],
        },
        candidacy: Candidacy {
            announced: true,
            party: Some("Example Party".to_owned()),
            area: Some("Northgate and Mereside".to_owned()),
            council: None,
            election: None,
            ..Candidacy::default()
        },
        private: private.iter().enumerate().map(fact).collect(),
        public: [(Kind::Phone, "01632 960111")].iter().enumerate().map(fact).collect(),
        pages: vec![],
        searxng: None,
        help: unlisted_model::HelpContacts::default(),
    }
}

/// The facts of the guard's tests.
pub(crate) const FACTS: [(Kind, &str); 9] = [
    (Kind::HomeAddress, "14 Mill Lane, Mereside, Northgate ZZ99 4QT"),
    (Kind::Phone, "07700 900123"),
    (Kind::Email, "Amina.R@mail.example"),
    (Kind::DateOfBirth, "1984-03-09"),
    (Kind::FamilyMember, "Joe Castle"),
    (Kind::Username, "mereside_runner"),
    (Kind::NationalInsuranceNumber, "QQ 12 34 56 C"),
    (Kind::VehicleRegistration, "ZZ99 ABC"),
    (Kind::School, "Acorn"),
];

pub(crate) fn may_send(kind: Kind, source: Option<&str>) -> MaySend {
    MaySend { kind, source: source.map(str::to_owned) }
}

/// A row that may be told every public thing; tests narrow it.
pub(crate) fn row(id: &str, base: Option<&str>) -> SourceRow {
    SourceRow {
        id: SourceId::new(id),
        title: id.to_owned(),
        about: String::new(),
        class: Class::B,
        discloses: vec![
            Discloses::Name,
            Discloses::Area,
            Discloses::Party,
            Discloses::Role,
            Discloses::Page,
            Discloses::PublicId,
        ],
        default: Default_::On,
        key: Key::None,
        base: base.map(url),
        also: BTreeMap::new(),
        hosts: vec![],
        gap: Duration::from_secs(1),
        robots: false,
        ports: vec![443],
        address: AddressPolicy::Public,
        own: false,
        page: String::new(),
        terms: Terms { url: String::new(), read_on: date(2026, 11, 20), verdict: "allowed".to_owned(), note: String::new() },
        probe: (String::new(), String::new()),
        state: "rehearsed".to_owned(),
    }
}

pub(crate) fn pace() -> Pace {
    Pace {
        gap: Duration::from_secs(1),
        latency_factor: 5.0,
        longest_gap: Duration::from_secs(30),
        longest_wait: Duration::from_secs(15 * 60),
        park_after: 3,
    }
}

pub(crate) fn policy(rows: Vec<SourceRow>, rehearsal: bool) -> Policy {
    Policy {
        rows: rows.into_iter().map(|r| (r.id.clone(), r)).collect(),
        never_fetched: vec!["engine.example".to_owned(), "*.people-search.example".to_owned(), "seek.*".to_owned()],
        user_agent: "unlisted/0.1.0 (+https://unlisted.example/contact)".to_owned(),
        bounds: BTreeMap::from([(line(), 10)]),
        pace: pace(),
        slow: BTreeSet::new(),
        rehearsal: rehearsal.then_some(Rehearsal { speedup: 100.0 }),
    }
}

/// A ledger in memory.
#[derive(Default)]
pub(crate) struct Book {
    pub(crate) rows: Mutex<Vec<(LedgerEntry, Option<LedgerEnd>)>>,
    pub(crate) full: bool,
}

impl Ledger for Book {
    fn begin(&self, entry: &LedgerEntry) -> Result<LedgerId, PortError> {
        if self.full {
            return Err(PortError::new("the disk is full"));
        }
        let mut rows = self.rows.lock().expect("test data");
        rows.push((entry.clone(), None));
        Ok(LedgerId(i64::try_from(rows.len() - 1).expect("test data")))
    }

    fn finish(&self, id: LedgerId, end: &LedgerEnd) -> Result<(), PortError> {
        let mut rows = self.rows.lock().expect("test data");
        rows[usize::try_from(id.0).expect("test data")].1 = Some(end.clone());
        Ok(())
    }
}

pub(crate) fn gate(policy: Policy, subject: Subject, book: &Arc<Book>) -> Gate {
    let permission = subject.consent.check(date(2026, 11, 25)).expect("test data");
    let ledger: Arc<dyn Ledger> = Arc::<Book>::clone(book);
    Gate::new(policy, vec![Served { subject, permission }], ledger, BTreeMap::new())
}

/// Makes everything allowed by the robots.txt of an address's host.
pub(crate) fn open_robots(gate: &Gate, address: &str) {
    gate.learn_robots(super::host_key(&url(address)).expect("test data"), &RobotsNote::AllowAll, now());
}
