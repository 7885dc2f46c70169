//! The gate as a whole: (request, permission, row) → what it says, in the order of its stages.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::ToSpan;
use unlisted_model::ports::{HostUpdate, LedgerEnd, RobotsNote};
use unlisted_model::query::{Class, Discloses, LineId, Slots};
use unlisted_model::source::{AddressPolicy, SourceId, SourceRow};
use unlisted_model::{Kind, OutcomeKind, Subject};

use super::testing::{Book, FACTS, amina, gate, line, may_send, now, open_robots, policy, row, subject, url};
use super::{Admission, Gate, Refusal, host_key};
use crate::request::{Encoding, Request, RequestKind};

const HERE: &str = "https://s.example/";

fn source() -> SourceId {
    SourceId::new("s")
}

fn query(address: &str) -> Request {
    Request::to(url(address), &line(), &source(), &[amina()])
}

fn page(address: &str) -> Request {
    Request::page(url(address), &line(), &source(), &[amina()])
}

fn telling(address: &str, told: Discloses, text: &str) -> Request {
    let slots = Slots::default().with("q", &[told], text);
    query(address).slot("q", slots.get("q").expect("test data"), Encoding::Plain)
}

/// One row `s` at `s.example`, the made-up person, robots of the usual hosts known.
fn usual(change_row: impl FnOnce(&mut SourceRow), change_subject: impl FnOnce(&mut Subject)) -> (Gate, Arc<Book>) {
    let (mut row, mut subject) = (row("s", Some(HERE)), subject(&FACTS));
    change_row(&mut row);
    change_subject(&mut subject);
    let book = Arc::new(Book::default());
    let gate = gate(policy(vec![row], false), subject, &book);
    for host in [HERE, "http://s.example/", "https://page.example/", "http://page.example/"] {
        open_robots(&gate, host);
    }
    (gate, book)
}

fn check_with(gate: &Gate, request: &Request, expect: Option<Refusal>) {
    match (gate.admit(request, None, now()), expect) {
        (Admission::Permit(permit), None) => assert_eq!(permit.serves(), &[amina()]),
        (Admission::Refusal(refusal), Some(expected)) => assert_eq!(refusal, expected, "{}", request.url()),
        (other, expected) => panic!("{}: {other:?}, not {expected:?}", request.url()),
    }
}

fn check(
    request: &Request,
    change_row: impl FnOnce(&mut SourceRow),
    change_subject: impl FnOnce(&mut Subject),
    expect: Option<Refusal>,
) {
    let (gate, book) = usual(change_row, change_subject);
    let refused = expect.is_some();
    check_with(&gate, request, expect);
    assert_eq!(book.rows.lock().expect("test data").is_empty(), refused, "a refused request is not in the ledger");
}

fn as_is<T>(_: &mut T) {}

#[test]
fn permission() {
    let ask = || telling(HERE, Discloses::Name, "Amina Rose Castle");
    check(&ask(), as_is, as_is, None);
    check(&ask(), as_is, |s| s.consent.sources = Some(vec!["s".to_owned()]), None);
    check(&ask(), as_is, |s| s.consent.sources = Some(vec!["other".to_owned()]), Some(Refusal::SourceNotPermitted));
    check(&Request::to(url(HERE), &line(), &source(), &[]), as_is, as_is, Some(Refusal::NobodyServed));
    let stranger = unlisted_model::SubjectId::new("stranger").expect("test data");
    check(&Request::to(url(HERE), &line(), &source(), &[amina(), stranger]), as_is, as_is, Some(Refusal::NobodyServed));
    check(&Request::to(url(HERE), &line(), &SourceId::new("t"), &[amina()]), as_is, as_is, Some(Refusal::UnknownSource));

    let (gate, _) = usual(as_is, as_is);
    let last_day = "2027-06-06T20:00:00Z".parse().expect("test data");
    assert!(matches!(gate.admit(&ask(), None, last_day), Admission::Permit(_)));
    let after = "2027-06-07T00:00:01Z".parse().expect("test data");
    assert!(matches!(gate.admit(&ask(), None, after), Admission::Refusal(Refusal::PermissionEnded)));
}

#[test]
fn disclosure() {
    let tell = |told| telling(HERE, told, "words");
    check(&tell(Discloses::Area), as_is, as_is, None);
    check(&tell(Discloses::Area), |r| r.discloses = vec![Discloses::Name], as_is, Some(Refusal::BeyondRow(Discloses::Area)));
    check(&tell(Discloses::Name), |r| r.class = Class::A, as_is, Some(Refusal::BeyondRow(Discloses::Name)));
    for told in [Discloses::Area, Discloses::Party, Discloses::Role] {
        check(&tell(told), as_is, |s| s.candidacy.announced = false, Some(Refusal::NotAnnounced));
    }
    check(&tell(Discloses::Name), as_is, |s| s.candidacy.announced = false, None);

    let wide = |r: &mut SourceRow| {
        r.class = Class::I;
        r.discloses = vec![Discloses::Username, Discloses::Email, Discloses::EmailHash, Discloses::Phone, Discloses::Home];
    };
    for (told, kind) in [
        (Discloses::Username, Kind::Username),
        (Discloses::EmailHash, Kind::Email),
        (Discloses::Email, Kind::Email),
        (Discloses::Phone, Kind::Phone),
    ] {
        check(&tell(told), wide, as_is, Some(Refusal::BeyondPermission(told)));
        check(&tell(told), wide, |s| s.consent.may_send = vec![may_send(kind, None)], None);
        check(&tell(told), wide, |s| s.consent.may_send = vec![may_send(kind, Some("s"))], None);
        let elsewhere = |s: &mut Subject| s.consent.may_send = vec![may_send(kind, Some("t"))];
        check(&tell(told), wide, elsewhere, Some(Refusal::BeyondPermission(told)));
    }
    let everything = |s: &mut Subject| s.consent.may_send = Kind::ALL.map(|k| may_send(k, None)).to_vec();
    check(&tell(Discloses::Home), wide, everything, Some(Refusal::NeverSent));
    // A value that the row and the permission cover goes out; the same under another name does not.
    let sends = |s: &mut Subject| s.consent.may_send = vec![may_send(Kind::Phone, None)];
    check(&telling(HERE, Discloses::Phone, "07700 900123"), wide, sends, None);
    let held = Some(Refusal::WouldDisclose(Some(Kind::Phone)));
    check(&telling(HERE, Discloses::Name, "07700 900123"), as_is, as_is, held.clone());
    // The host's name is searched before anything else is asked about it.
    check(&query("https://07700900123.nowhere.example/"), as_is, as_is, held);
}

#[test]
fn everybody_served_must_agree() {
    let (amina_, mut robin) = (subject(&[]), subject(&[]));
    robin.id = unlisted_model::SubjectId::new("robin").expect("test data");
    robin.candidacy.announced = false;
    let served = [amina_, robin].map(|subject| super::Served {
        permission: subject.consent.check(jiff::civil::date(2026, 11, 25)).expect("test data"),
        subject,
    });
    let both: Vec<_> = served.iter().map(|s| s.subject.id.clone()).collect();
    let gate = Gate::new(policy(vec![row("s", Some(HERE))], false), served.to_vec(), Arc::new(Book::default()), BTreeMap::new());
    let slots = Slots::default().with("q", &[Discloses::Party], "Example Party");
    let ask = |whom: &[unlisted_model::SubjectId]| {
        Request::to(url(HERE), &line(), &source(), whom).slot("q", slots.get("q").expect("test data"), Encoding::Plain)
    };
    check_with(&gate, &ask(&both[..1]), None);
    assert!(matches!(gate.admit(&ask(&both), None, now()), Admission::Refusal(Refusal::NotAnnounced)));
}

#[test]
fn hosts_schemes_and_ports() {
    let none = || as_is::<SourceRow>;
    check(&query("https://s.example/a"), as_is, as_is, None);
    check(&query("https://S.EXAMPLE./a"), as_is, as_is, None);
    check(&query("http://s.example/a"), as_is, as_is, None);
    check(&query("https://other.example/"), none(), as_is, Some(Refusal::HostNotOfSource));
    check(&query("https://www.s.example/"), none(), as_is, Some(Refusal::HostNotOfSource));
    check(&query("https://other.example/"), |r| r.hosts = vec!["Other.example".to_owned()], as_is, None);
    check(&query("https://a.other.example/"), |r| r.hosts = vec!["*.other.example".to_owned()], as_is, None);
    check(
        &query("https://another.example/"),
        |r| r.hosts = vec!["*.other.example".to_owned()],
        as_is,
        Some(Refusal::HostNotOfSource),
    );
    check(&page("https://page.example/x"), none(), as_is, None);
    for never in [
        "https://engine.example/search?q=x",
        "https://www.engine.example/",
        "https://a.b.people-search.example/",
        "https://www.seek.co.uk/",
        "https://seek.com/",
    ] {
        check(&page(never), none(), as_is, Some(Refusal::NeverFetched));
        check(&query(HERE).redirected(url(never)), none(), as_is, Some(Refusal::NeverFetched));
    }
    let (near_misses, _) = usual(as_is, as_is);
    for other in ["https://site.seek.com/", "https://seek.page.example/", "https://notseek.com/", "https://myengine.example/"] {
        open_robots(&near_misses, other);
        check_with(&near_misses, &page(other), None);
    }
    assert_eq!(Refusal::NeverFetched.outcome().kind, OutcomeKind::Waiting);
    for bad in [
        "ftp://page.example/",
        "https://user@page.example/",
        "https://user:word@page.example/",
        "https://page.example:8443/",
        "http://page.example:22/",
        "file:///etc/passwd",
        "data:text/html,x",
        "javascript:1",
        "mailto:a@page.example",
    ] {
        check(&page(bad), none(), as_is, Some(Refusal::BadAddress));
        check(&query(HERE).redirected(url(bad)), none(), as_is, Some(Refusal::BadAddress));
    }
    check(&page(&format!("https://page.example/{}", "a".repeat(20_000))), none(), as_is, Some(Refusal::BadAddress));
    check(&query("https://s.example:8443/"), |r| r.ports = vec![8443], as_is, None);
    check(&query("https://s.example:8443/"), none(), as_is, Some(Refusal::BadAddress));
    check(&page("https://page.example:8443/"), |r| r.ports = vec![8443], as_is, Some(Refusal::BadAddress));
}

#[test]
fn private_places() {
    for place in [
        "http://127.0.0.1/",
        "http://192.168.1.1/admin",
        "http://2130706433/",
        "http://[::1]/",
        "http://localhost/",
        "http://nas.local/",
    ] {
        // Before any robots.txt of such a place is wanted.
        check(&page(place), as_is, as_is, Some(Refusal::PrivateAddress));
        check(&query(HERE).redirected(url(place)), as_is, as_is, Some(Refusal::PrivateAddress));
        check(&page(place).robots_of(), as_is, as_is, Some(Refusal::PrivateAddress));
        check(&query(place), |r| r.base = Some(url(place)), as_is, Some(Refusal::PrivateAddress));
    }
}

#[test]
fn the_persons_own_search_engine() {
    let own = |base: &'static str, own: bool| {
        move |r: &mut SourceRow| {
            r.address = AddressPolicy::OwnMachine;
            r.base = Some(url(base));
            r.own = own;
        }
    };
    let here = "http://127.0.0.1:8888/";
    check(&query("http://127.0.0.1:8888/search"), own(here, false), as_is, None);
    check(&query("http://localhost:8888/search"), own("http://localhost:8888/", false), as_is, None);
    // Exactly its own host and port, and never through a redirect or as a page.
    check(&query("http://127.0.0.1:8889/search"), own(here, false), as_is, Some(Refusal::BadAddress));
    check(&query("http://127.0.0.1/search"), own(here, false), as_is, Some(Refusal::PrivateAddress));
    check(&query("http://127.0.0.2:8888/search"), own(here, false), as_is, Some(Refusal::HostNotOfSource));
    check(&query(here).redirected(url("http://127.0.0.1:8888/x")), own(here, false), as_is, Some(Refusal::PrivateAddress));
    check(&page("http://127.0.0.1:8888/x"), own(here, false), as_is, Some(Refusal::PrivateAddress));
    // On a public host it must be marked as their own.
    check(&query("https://9.9.9.9/search"), own("https://9.9.9.9/", false), as_is, Some(Refusal::NotOwn));
    check(&query("https://9.9.9.9/search"), own("https://9.9.9.9/", true), as_is, None);
    // A name may still turn out private or public: the dial decides, and a rehearsal dials this machine.
    check(&query("https://searx.example/search"), own("https://searx.example/", false), as_is, None);
    let mut row = row("s", None);
    own("https://searx.example/", false)(&mut row);
    let rehearsal = gate(policy(vec![row], true), subject(&[]), &Arc::new(Book::default()));
    check_with(&rehearsal, &query("https://searx.example/search"), None);
}

#[test]
fn robots() {
    let (gate, book) = usual(|r| r.robots = true, as_is);
    let asked = page("https://new.example/a?b#c");
    let Admission::NeedsRobots(wanted) = gate.admit(&asked, None, now()) else { panic!("robots.txt is not known") };
    assert_eq!(wanted.url().as_str(), "https://new.example/robots.txt");
    assert_eq!((wanted.kind, &wanted.line, &wanted.for_), (RequestKind::Robots, &asked.line, &asked.for_));
    assert!(matches!(gate.admit(&wanted, None, now()), Admission::Permit(_)), "it passes the gate by itself");
    assert_eq!(book.rows.lock().expect("test data")[0].0.kind, "robots");

    let learn = |note: &RobotsNote| gate.learn_robots(host_key(asked.url()).expect("test data"), note, now());
    learn(&RobotsNote::Body(b"User-agent: *\nDisallow: /a\nCrawl-delay: 9".to_vec()));
    check_with(&gate, &asked, Some(Refusal::Robots));
    check_with(&gate, &page("https://new.example/b"), None);
    assert!(matches!(gate.admit(&page("http://new.example/b"), None, now()), Admission::NeedsRobots(_)), "one for each port");
    learn(&RobotsNote::DisallowAll);
    check_with(&gate, &asked, Some(Refusal::RobotsUnreachable));
    learn(&RobotsNote::AllowAll);
    check_with(&gate, &asked, None);
    assert!(matches!(gate.admit(&asked, None, now() + 25.hours()), Admission::NeedsRobots(_)), "a day at most");

    // A query obeys it if its row says so.
    gate.learn_robots(host_key(&url(HERE)).expect("test data"), &RobotsNote::DisallowAll, now());
    check_with(&gate, &query(HERE), Some(Refusal::RobotsUnreachable));
    let (api, _) = usual(as_is, as_is);
    api.learn_robots(host_key(&url(HERE)).expect("test data"), &RobotsNote::DisallowAll, now());
    check_with(&api, &query(HERE), None);
    check_with(&api, &page(HERE), Some(Refusal::RobotsUnreachable));
}

#[test]
fn budget_counts_what_was_permitted() {
    let (gate, _) = usual(as_is, as_is);
    for _ in 0..10 {
        check_with(&gate, &query(HERE), None);
    }
    check_with(&gate, &query(HERE), Some(Refusal::Budget));
    check_with(&gate, &page("https://unknown-robots.example/"), Some(Refusal::Budget));
    assert_eq!(gate.spent(&line()), 10);
    let elsewhere = Request::to(url(HERE), &LineId("not planned".to_owned()), &source(), &[amina()]);
    check_with(&gate, &elsewhere, Some(Refusal::Budget));

    let subject = subject(&[]);
    let permission = subject.consent.check(jiff::civil::date(2026, 11, 25)).expect("test data");
    let resumed = Gate::new(
        policy(vec![row("s", Some(HERE))], false),
        vec![super::Served { subject, permission }],
        Arc::new(Book::default()),
        BTreeMap::from([(line(), 9)]),
    );
    check_with(&resumed, &query(HERE), None);
    check_with(&resumed, &query(HERE), Some(Refusal::Budget));
}

#[test]
fn pace_and_ledger() {
    let (gate, book) = usual(as_is, as_is);
    let until = now() + 3.seconds();
    let clock = HostUpdate { next_allowed_at: until, refusals: 0, latency: Duration::ZERO };
    let Admission::Wait { until: told } = gate.admit(&query(HERE), Some(&clock), now()) else { panic!("too early") };
    assert_eq!(told, until);
    assert_eq!((gate.spent(&line()), book.rows.lock().expect("test data").len()), (0, 0), "waiting costs nothing");
    let Admission::Permit(permit) = gate.admit(&telling(HERE, Discloses::Name, "Mina Castle"), Some(&clock), until) else {
        panic!("its time has come")
    };
    let end = LedgerEnd { status: Some(200), bytes: 7, took: Duration::from_millis(5) };
    gate.close(permit.ledger(), &end).expect("test data");
    let rows = book.rows.lock().expect("test data");
    let (entry, ended) = &rows[0];
    assert_eq!(entry.url, "https://s.example/?q=Mina+Castle");
    assert_eq!((entry.host.as_str(), entry.kind.as_str(), entry.line.clone()), ("s.example", "query", line()));
    assert_eq!((&entry.discloses, ended), (&vec![Discloses::Name], &Some(end)));
    drop(rows);

    let full = Arc::new(Book { full: true, ..Book::default() });
    let gate = super::testing::gate(policy(vec![row("s", Some(HERE))], false), subject(&[]), &full);
    let Admission::Refusal(refusal) = gate.admit(&query(HERE), None, now()) else { panic!("nothing goes out unwritten") };
    assert_eq!(refusal.outcome().kind, OutcomeKind::Failed);
    assert_eq!(gate.spent(&line()), 0);
}

#[test]
fn a_redirected_question_tells_what_it_told_and_is_a_page() {
    let (gate, _) = usual(|r| r.discloses = vec![Discloses::Name], as_is);
    let hop = telling(HERE, Discloses::Name, "Mina Castle").redirected(url("https://page.example/?q=Mina+Castle#x"));
    assert_eq!((hop.kind, hop.url().as_str()), (RequestKind::Page, "https://page.example/?q=Mina+Castle"));
    let Admission::Permit(permit) = gate.admit(&hop, None, now()) else { panic!("a public page") };
    assert_eq!(permit.discloses().iter().copied().collect::<Vec<_>>(), vec![Discloses::Name]);
}

#[test]
fn nothing_private_is_shown() {
    let (gate, _) = usual(as_is, as_is);
    let found = page("https://page.example/14-mill-lane");
    let shown = format!("{found:?} {:?}", gate.admit(&found, None, now()));
    let refusal = gate.admit(&query("https://s.example/?q=14+Mill+Lane"), None, now());
    let shown = format!("{shown} {refusal:?}");
    assert!(shown.contains("page.example") && !shown.to_lowercase().contains("mill"), "{shown}");
}
