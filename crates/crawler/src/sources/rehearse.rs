//! The check of recorded answers: what a source makes of `fixtures/sources/<id>/<answer>.http`, as readable lines.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::date;
use unlisted_model::query::{Class, Discloses, LineId, Query};
use unlisted_model::source::{AddressPolicy, Default_, Key, SourceId, SourceRow, Terms};
use unlisted_model::text::{About, Text};
use unlisted_model::{Basis, Candidacy, Consent, Council, Councils, Names, Nature, OwnPage, Subject, SubjectId, Template};
use url::Url;

use super::{SourceBudget, SourceKit, all};
use crate::exchange::Response;
use crate::source::Source;

pub(super) fn url(text: &str) -> Url {
    Url::parse(text).expect("test data")
}

/// The invented candidate of these tests.
pub(super) fn person() -> Subject {
    Subject {
        id: SubjectId::new("marigold-tester").expect("test data"),
        consent: Consent {
            by: "Marigold Tester".into(),
            on: date(2026, 11, 20),
            until: date(2027, 6, 6),
            basis: Basis::Itself,
            may_send: vec![],
            kinds: None,
            sources: None,
        },
        names: Names { full: "Marigold Tester".into(), also: vec!["Mari Tester".into()], former: vec![] },
        candidacy: Candidacy {
            announced: true,
            party: Some("Sample Party".into()),
            area: Some("Abbots Mere".into()),
            council: Some("EXA".into()),
            election: None,
            ..Candidacy::default()
        },
        private: vec![],
        public: vec![],
        pages: vec![OwnPage { url: url("https://marigoldtester.example/") }],
        searxng: Some(url("http://127.0.0.1:8888")),
        help: unlisted_model::HelpContacts::default(),
    }
}

pub(super) fn councils() -> Councils {
    let council = |code: &str, platform: &str, quirks: &[&str]| Council {
        code: code.into(),
        name: "The Exampleford Council".into(),
        nation: "ENG".into(),
        kind: "district".into(),
        platform: platform.into(),
        base: Some(url("http://democracy.exampleford.example")),
        ended: None,
        quirks: quirks.iter().map(|q| ((*q).to_owned(), String::new())).collect(),
    };
    let all = [council("EXA", "moderngov", &[]), council("EXH", "moderngov", &["html-only"]), council("EXO", "other", &[])];
    Councils(all.into_iter().map(|c| (c.code.clone(), c)).collect())
}

fn row(id: &str, discloses: &[Discloses]) -> SourceRow {
    SourceRow {
        id: SourceId::new(id),
        title: id.to_uppercase(),
        about: String::new(),
        class: Class::V,
        discloses: discloses.to_vec(),
        default: Default_::On,
        key: Key::None,
        base: None,
        also: BTreeMap::new(),
        hosts: vec![],
        gap: Duration::from_secs(1),
        robots: true,
        ports: vec![80, 443],
        address: AddressPolicy::Public,
        own: false,
        page: if id == "moderngov" { "{base}/mgUserInfo.aspx?UID={uid}".into() } else { String::new() },
        terms: Terms { url: String::new(), read_on: date(2026, 11, 20), verdict: "allowed".into(), note: String::new() },
        probe: (String::new(), String::new()),
        state: "rehearsed".into(),
    }
}

pub(super) fn kit() -> SourceKit {
    let rows = [
        row("searxng", &[Discloses::Name, Discloses::Area]),
        row("moderngov", &[Discloses::PublicId]),
        row("own-pages", &[Discloses::Page]),
        row("found-pages", &[Discloses::Page]),
        row("given", &[Discloses::Page]),
        SourceRow {
            base: Some(url("https://registers.example/rdap/dns.json")),
            also: ["ipv4", "ipv6"]
                .map(|name| (name.to_owned(), url(&format!("https://registers.example/rdap/{name}.json"))))
                .into(),
            ..row("rdap", &[Discloses::Domain, Discloses::SiteAddress])
        },
    ];
    SourceKit {
        rows: rows.into_iter().map(|r| (r.id.clone(), r)).collect::<BTreeMap<_, _>>(),
        templates: vec![Template { id: "name-area".into(), text: "\"{name}\" {area}".into(), tells: vec![] }],
        councils: councils(),
        never_fetched: vec!["closed.example".into()],
        given: vec![url("https://news.example/story")],
        domains: vec!["ashdown-pike.example".into()],
        addresses: vec![std::net::Ipv4Addr::new(192, 0, 1, 10).into()],
        budget: SourceBudget { found_pages: 80, own_pages: 25, result_pages: 2, given_pages: 100 },
    }
}

pub(super) fn source(id: &str) -> Box<dyn Source> {
    all(&kit()).into_iter().find(|s| s.id() == id).expect("the source has a row")
}

/// The first question of a source, or one that its answers lead to.
pub(super) fn question(id: &str, what: &str) -> Query {
    let source = source(id);
    let planned = source.plan(&person()).into_iter().find(|q| q.what == what);
    planned.unwrap_or_else(|| match id {
        "moderngov" => {
            let place = super::moderngov::tests::place_of(&person());
            place(what)
        }
        "rdap" => super::rdap::tests::asked(what),
        _ => super::page_query(&SourceId::new(id), &LineId(id.into()), &url("https://news.example/story"), 0, &[person().id]),
    })
}

/// An answer as it stands in a file: status line, headers, blank line, body.
pub(super) fn recorded(text: &[u8], asked: &Url) -> Response {
    let end = text.windows(2).position(|w| w == b"\n\n").expect("a blank line ends the head");
    let (head, body) = (text.get(..end).unwrap_or_default().to_vec(), text.get(end + 2..).unwrap_or_default().to_vec());
    let head = String::from_utf8(head).expect("headers are text");
    let mut lines = head.lines();
    let status = lines.next().and_then(|l| l.split(' ').nth(1)).and_then(|s| s.parse().ok()).expect("a status line");
    Response {
        url: asked.clone(),
        asked: asked.clone(),
        status,
        headers: lines.filter_map(|l| l.split_once(':')).map(|(n, v)| (n.trim().to_lowercase(), v.trim().to_owned())).collect(),
        body,
        cut: None,
        seen: Timestamp::UNIX_EPOCH,
    }
}

/// What a source makes of an answer, as lines.
pub(super) fn told(source: &dyn Source, query: &Query, response: &Response) -> String {
    let mut out = String::new();
    match source.read(query, response) {
        Err(error) => {
            let outcome = error.outcome();
            let reason = outcome.reason.map(|r| r.as_str()).unwrap_or_default();
            writeln!(out, "error {}/{reason}: {error}", outcome.kind.as_str()).expect("a String");
        }
        Ok(answer) => {
            let reason = answer.outcome.reason.map(|r| format!("/{}", r.as_str())).unwrap_or_default();
            writeln!(out, "{}{reason}", answer.outcome.kind.as_str()).expect("a String");
            for doc in &answer.documents {
                writeln!(out, "= {}{}", doc.url, if doc.cut { " (cut)" } else { "" }).expect("a String");
                match doc.nature {
                    // What blocks a page falls into is told by the tests of extraction.
                    Nature::Page | Nature::OwnPage => {}
                    Nature::Record | Nature::SearchHit => out.push_str(&blocks(&doc.text)),
                }
                for follow in &doc.follow {
                    writeln!(out, "  then {}", source.request(follow).expect("its own question").url()).expect("a String");
                }
            }
            for link in &answer.links {
                writeln!(out, "link {}", link.url).expect("a String");
            }
            for next in &answer.next {
                writeln!(out, "next {} {}", next.line, source.request(next).expect("its own question").url()).expect("a String");
            }
        }
    }
    out
}

pub(super) fn blocks(text: &Text) -> String {
    let mut out = String::new();
    for block in &text.blocks {
        let about = match block.about {
            About::Unknown => "",
            About::Home => " HOME",
            About::Office => " OFFICE",
        };
        let label = block.label.as_deref().map(|l| format!(" [{l}]")).unwrap_or_default();
        writeln!(out, "  {}{label}{about} {}", format!("{:?}", block.role).to_lowercase(), text.of(block)).expect("a String");
    }
    out
}

/// What a source makes of these bytes as the answer to the question `what`.
pub(super) fn answer_to(id: &str, what: &str, recorded_answer: &[u8]) -> String {
    let source = source(id);
    let query = question(id, what);
    let asked = source.request(&query).expect("its own question").url().clone();
    told(source.as_ref(), &query, &recorded(recorded_answer, &asked))
}

/// Whether the documents of a recorded answer hold these words.
#[track_caller]
pub(super) fn check_holds(id: &str, file: &str, words: &str) {
    let source = source(id);
    let query = question(id, "page");
    let asked = source.request(&query).expect("its own question").url().clone();
    let answer = source.read(&query, &recorded(&answer_file(id, file), &asked)).expect("it is right");
    assert!(answer.documents.iter().any(|d| d.text.chars.contains(words)), "{words}");
}

pub(super) fn answer_file(id: &str, file: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/sources").join(id).join(format!("{file}.http"));
    std::fs::read(&path).expect("the recorded answer is there")
}

/// Reads `fixtures/sources/<id>/<file>.http` as the answer to the question `what` and compares what the source makes of it.
#[track_caller]
pub(super) fn check(id: &str, what: &str, file: &str, expect: &str) {
    let got = answer_to(id, what, &answer_file(id, file));
    assert_eq!(got.trim(), expect.trim(), "\n--- got ---\n{got}");
}

/// The same with an answer written in the test.
#[track_caller]
pub(super) fn check_body(id: &str, what: &str, head: &str, body: &str, expect: &str) {
    let got = answer_to(id, what, format!("{head}\n\n{body}").as_bytes());
    assert_eq!(got.trim(), expect.trim(), "\n--- got ---\n{got}");
}
