//! An invented candidate and what a check found. Nobody here exists.

use std::collections::BTreeMap;

use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use unlisted_model::attribution::{Attribution, Band, Reason, ReasonCode};
use unlisted_model::consent::{Basis, Consent};
use unlisted_model::coverage::{Coverage, NotChecked, Outcome, OutcomeKind, OutcomeReason, SourceCoverage};
use unlisted_model::detection::{Confidence, Fit};
use unlisted_model::document::Nature;
use unlisted_model::finding::{Excerpt, Finding, Piece};
use unlisted_model::identifier::{FactId, Identifier, Kind};
use unlisted_model::masked::Masked;
use unlisted_model::plan::HandLink;
use unlisted_model::query::{Discloses, LineId};
use unlisted_model::report::{Report, SubjectReport};
use unlisted_model::route::Route;
use unlisted_model::secret::Secret;
use unlisted_model::severity::Severity;
use unlisted_model::source::SourceId;
use unlisted_model::subject::{Candidacy, Names, OwnPage, Subject, SubjectId};
use unlisted_model::{Danger, Force, ForceFrom, HelpContacts, Say};
use unlisted_reporter::expose;

/// What the person wants kept private. No rendering may hold one of these.
pub(crate) const PRIVATE: [(Kind, &str); 6] = [
    (Kind::HomeAddress, "14 Mill Lane, Mereside, Northgate ZZ99 4QT"),
    (Kind::Phone, "07700 900123"),
    (Kind::Email, "amina.rose@mail.example"),
    (Kind::DateOfBirth, "1984-03-09"),
    (Kind::FamilyMember, "Joe Castle"),
    (Kind::School, "Mereside Primary"),
];

/// The moment of the check.
pub(crate) fn now() -> Timestamp {
    "2026-11-25T10:30:00Z".parse().expect("a time")
}

/// A keyed hash is the vault's work; here a readable stand-in without any value in it.
pub(crate) fn ids(parts: &[&str]) -> String {
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    for byte in parts.join("\u{0}").bytes() {
        sum = (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    }
    format!("{sum:016x}")
}

pub(crate) fn subject() -> Subject {
    let id = SubjectId::new("amina-castle").expect("an id");
    let fact = |(kind, value): &(Kind, &str)| Identifier {
        id: FactId { subject: id.clone(), kind: *kind, ordinal: 1 },
        value: Secret::new(*value),
    };
    Subject {
        consent: Consent {
            by: "Amina Rose Castle".into(),
            on: date(2026, 11, 20),
            until: date(2027, 6, 6),
            basis: Basis::Itself,
            may_send: vec![],
            kinds: None,
            sources: None,
        },
        names: Names { full: "Amina Rose Castle".into(), also: vec![], former: vec![] },
        candidacy: Candidacy::default(),
        private: PRIVATE.iter().map(fact).collect(),
        public: vec![Identifier {
            id: FactId { subject: id.clone(), kind: Kind::Phone, ordinal: 2 },
            value: Secret::new("01632 960111"),
        }],
        pages: vec![OwnPage { url: "https://aminacastle.example/".parse().expect("an address") }],
        searxng: None,
        help: HelpContacts::default(),
        id,
    }
}

/// What the person is told about danger: a force guessed by the council, nobody filled in.
pub(crate) fn danger() -> Danger {
    Danger { force: Some(force()), from: ForceFrom::Council, say: Say::Ford, contest_guessed: true, ..Danger::default() }
}

/// The longest that the box can be: an unsure row, a note, a seat that spans forces, every contact filled in.
pub(crate) fn danger_at_its_longest() -> Danger {
    let contact = |who: &str| Some(format!("{who}, 01632 960002, {}@northgate.example", who.replace(' ', ".").to_lowercase()));
    Danger {
        force: Some(Force { confidence: 0.8, ..force() }),
        from: ForceFrom::Area,
        contest_guessed: false,
        note: "For a street inside the City of Northgate, use Northgate City Police.".into(),
        contacts: HelpContacts {
            police_contact: contact("Sergeant Robin Field"),
            police_adviser: contact("Inspector Kim Archer"),
            party: contact("Jo Wren"),
            trusted: contact("Sam Heron"),
            force: None,
        },
        ..danger()
    }
}

/// A force that does not exist.
pub(crate) fn force() -> Force {
    Force {
        id: "made-up-force".into(),
        name: "Northgate Police".into(),
        nation: "ENG".into(),
        website: "https://police.northgate.example/".parse().expect("an address"),
        report_online: None,
        emergency: "999".into(),
        non_emergency: "101".into(),
        confidence: 1.0,
    }
}

/// A finding, to be bent into shape by the test that needs it.
pub(crate) fn finding(kind: Kind, ordinal: u32, url: &str, probability: f64) -> Finding {
    let subject = subject();
    let fact = (ordinal > 0).then(|| FactId { subject: subject.id.clone(), kind, ordinal });
    let value = PRIVATE.iter().find(|(k, _)| *k == kind).map_or("", |(_, v)| v);
    let label = Masked::of(kind, &Secret::new(value));
    Finding {
        subject: subject.id,
        kind,
        value: fact.is_none().then(|| Secret::new(format!("{kind:?} of nobody"))),
        fact,
        fit: Fit::Whole,
        url: url.into(),
        via: url.into(),
        source: SourceId::new("found-pages"),
        line: LineId("found-pages".into()),
        nature: Nature::Page,
        seen: now(),
        attribution: Attribution {
            probability,
            band: Band::of(probability),
            reasons: vec![
                Reason { code: ReasonCode::FullName, weight: 2.4 },
                Reason { code: ReasonCode::SameArea, weight: 1.3 },
                Reason { code: ReasonCode::CommonName, weight: -0.8 },
            ],
        },
        confidence: Confidence::High,
        severity: Severity::Medium,
        hostile: false,
        excerpt: Excerpt(vec![
            Piece::Words("Contact Amina Castle at ".into()),
            Piece::Hidden(label.clone()),
            Piece::Words(" with any question about the ward.".into()),
        ]),
        label,
        title: Some(Excerpt(vec![Piece::Words("About Amina Castle".into())])),
    }
}

/// What a check of the invented person finds.
pub(crate) fn findings() -> Vec<Finding> {
    let with = |kind, ordinal, url: &str, p, severity, bend: &dyn Fn(&mut Finding)| {
        let mut f = finding(kind, ordinal, url, p);
        f.severity = severity;
        bend(&mut f);
        f
    };
    let from = |source: &'static str| move |f: &mut Finding| f.source = SourceId::new(source);
    vec![
        with(
            Kind::HomeAddress,
            1,
            "https://democracy.northgate.example/mgUserInfo.aspx?UID=112",
            0.99,
            Severity::Critical,
            &from("moderngov"),
        ),
        with(
            Kind::HomeAddress,
            1,
            "https://planning.northgate.example/online-applications/applicationDetails.do?keyVal=ABC123",
            0.97,
            Severity::Critical,
            &|_| {},
        ),
        with(Kind::HomeAddress, 1, "https://news.northgate.example/2024/05/candidates", 0.66, Severity::High, &|f| {
            f.fit = Fit::Partial
        }),
        with(Kind::HomeAddress, 1, "https://list.northgate.example/streets/mill-lane", 0.41, Severity::Medium, &|f| {
            f.fit = Fit::OtherNumber
        }),
        with(Kind::Phone, 1, "https://aminacastle.example/contact", 0.99, Severity::High, &|f| {
            f.source = SourceId::new("own-pages");
            f.nature = Nature::OwnPage;
        }),
        with(Kind::Phone, 1, "https://aminacastle.example/contact#top", 0.98, Severity::High, &|f| f.seen = now() - 48.hours()),
        with(Kind::Email, 1, "https://forum.mereside.example/thread/4711", 0.9, Severity::High, &|f| f.hostile = true),
        with(Kind::FamilyMember, 1, "https://club.mereside.example/team", 0.8, Severity::High, &|f| {
            f.confidence = Confidence::Medium
        }),
        with(Kind::DateOfBirth, 1, "https://register.example/officers/castle", 0.5, Severity::Medium, &|_| {}),
        with(Kind::School, 1, "https://pta.mereside.example/newsletter.html", 0.12, Severity::Critical, &|_| {}),
        with(Kind::Phone, 2, "https://party.example/candidates", 0.99, Severity::Low, &|_| {}),
        with(Kind::Phone, 0, "https://quiz.example/teams/07700900777", 0.7, Severity::Medium, &|_| {}),
    ]
}

pub(crate) fn coverage() -> Coverage {
    let source = |id: &str, outcomes: &[(OutcomeKind, u32)], requests, reason| SourceCoverage {
        id: SourceId::new(id),
        planned: outcomes.iter().map(|(_, n)| n).sum(),
        outcomes: outcomes.iter().copied().collect(),
        requests,
        reason,
    };
    let not = |source: &str, host: &str, kind, reason| NotChecked {
        source: SourceId::new(source),
        host: host.into(),
        url: format!("https://{host}/page"),
        outcome: Outcome::because(kind, reason),
    };
    use OutcomeKind::{Absent, Blocked, Failed, Found, Refused, Skipped, Waiting};
    Coverage {
        sources: vec![
            source("found-pages", &[(Found, 4), (Absent, 2), (Blocked, 1), (Refused, 1), (Failed, 3)], 19, None),
            source("given", &[(Found, 2), (Absent, 4)], 0, None),
            source("moderngov", &[(Found, 1)], 4, None),
            source("own-pages", &[(Found, 1), (Absent, 1)], 5, None),
            source("searxng", &[(Skipped, 1), (Waiting, 5)], 0, Some(OutcomeReason::SwitchedOff)),
        ],
        not_checked: vec![
            not("found-pages", "notes.example", Refused, OutcomeReason::Robots),
            not("found-pages", "slow.example", Failed, OutcomeReason::TimedOut),
            not("found-pages", "slow.example", Failed, OutcomeReason::TimedOut),
            not("found-pages", "shop.example", Blocked, OutcomeReason::Challenge),
            not("found-pages", "inside.example", Failed, OutcomeReason::PrivateAddress),
            NotChecked {
                source: SourceId::new("searxng"),
                host: String::new(),
                url: String::new(),
                outcome: Outcome::because(Skipped, OutcomeReason::SwitchedOff),
            },
        ],
    }
}

pub(crate) fn links() -> Vec<HandLink> {
    ["Google", "Bing"]
        .into_iter()
        .map(|site| HandLink {
            id: format!("{}/name-area", site.to_lowercase()),
            site: site.into(),
            url: format!("https://{}.example/search?q=%22Amina+Rose+Castle%22+Northgate", site.to_lowercase()),
            query: "\"Amina Rose Castle\" Northgate".into(),
            discloses: vec![Discloses::Name, Discloses::Area],
            what_to_look_for: "Pages with your name beside an address, a phone number or a relative.".into(),
            minutes: 3,
        })
        .collect()
}

/// Titles of sources, as their rows give them.
pub(crate) fn titles() -> BTreeMap<String, String> {
    [
        ("found-pages", "Pages that a search named"),
        ("given", "What you gave us"),
        ("moderngov", "Council pages (ModernGov)"),
        ("own-pages", "Your own pages"),
        ("searxng", "Your own search engine (SearXNG)"),
    ]
    .map(|(id, title)| (id.to_owned(), title.to_owned()))
    .into()
}

pub(crate) fn report_of(findings: &[Finding], routes: &[Route]) -> Report {
    let subject = subject();
    let (exposures, plan) = expose(&subject, findings, routes, &ids);
    Report {
        generated: now(),
        version: "0.1.0".into(),
        run: "run-7f3a".into(),
        subjects: vec![SubjectReport {
            id: subject.id,
            coverage: coverage(),
            exposures,
            plan,
            links: links(),
            possible_with_key: (1..=12).map(|n| format!("Search service {n}")).collect(),
            danger: danger(),
        }],
    }
}
