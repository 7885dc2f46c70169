//! A check against the made-up web gives what the demonstration gives, and its server saw nothing that it should not.

use std::collections::BTreeSet;
use std::time::Duration;

use unlisted_web::demo::{DemoWeb, Site};

use crate::needles::Needles;
use crate::program::Place;
use crate::reading::{self, Expected, Found, findings, list, number, person};
use crate::{demo, people, served};

#[test]
fn a_rehearsal_gives_what_the_demonstration_gives_and_behaves() {
    let web = DemoWeb::start(0).expect("a port");
    let place = Place::new();
    let ran = place.check(&people::demo()).web(&web).ephemeral().json().run().code(5);
    let report = ran.report();
    let log = web.log();

    let (_demo_place, _, shown) = demo::run();
    let bare = |r| -> BTreeSet<Found> { findings(r) };
    assert_eq!(bare(&report), bare(&shown), "the same exposures as the demonstration");
    reading::equal(&report, &shown, "the demonstration and the rehearsal");
    reading::nothing_is_lost(&report);

    assert!(log.len() > 150, "{} requests: the server was hardly asked", log.len());
    let needles = Needles::of(&people::demo());
    served::tells_nothing(&log, &needles);
    served::is_open_about_itself(&log);
    served::stays_public(&log);
    served::visits_nobody_forbidden(&log);
    served::obeys_robots(&log);
    let second = Duration::from_secs(1);
    let pauses = [
        (served::SEARCH, 2 * second),
        ("democracy.northgate-council.example", 2 * second),
        ("www.mereside-harriers.example", 5 * second),
    ];
    served::keeps_its_distance(&log, second, &pauses, 100, &[]);

    // Nothing beyond the plan, and no request that the report does not count.
    let plan = place.about("plan", &people::demo()).args(&["--format", "json"]).run().code(0);
    let plan: serde_json::Value = serde_json::from_str(&plan.out).expect("the plan is JSON");
    let coverage = person(&report).get("coverage").expect("coverage");
    let counted: u64 = list(coverage, "sources").iter().map(|s| number(s, "requests")).sum();
    assert_eq!(counted, log.len() as u64, "requests in the report and at the server");
    assert!(counted <= number(&plan, "at_most"), "at most {} were planned", number(&plan, "at_most"));

    // Every place of the expectations was really asked, but for those that may not be.
    for (url, outcomes, reasons) in &Expected::read().places {
        let forbidden = outcomes.iter().any(|o| o == "refused") && reasons.iter().any(|r| r.starts_with("robots"));
        let url = url::Url::parse(url).expect("an address");
        let target = url.query().map_or(url.path().to_owned(), |q| format!("{}?{q}", url.path()));
        let asked = log.iter().any(|l| Some(l.host.as_str()) == url.host_str() && l.path_and_query == target);
        assert_eq!(asked, !forbidden, "{url}");
    }
    assert!(
        place.files(&["config", "out", "subject.toml"]).is_empty(),
        "--ephemeral keeps nothing: {:?}",
        place.files(&["config", "out"])
    );
}

/// The server as a program of its own, as the documents tell people to use it.
#[test]
#[expect(clippy::disallowed_methods, reason = "waits for the server of this test on this computer")]
fn the_served_web_is_the_demonstrations() {
    let place = Place::new();
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a port").port().to_string();
    let mut server = place.unlisted(&["demo", "--serve", &free]).start();
    let address = format!("127.0.0.1:{free}");
    while std::net::TcpStream::connect(&address).is_err() && !server.ended() {
        std::thread::sleep(Duration::from_millis(10));
    }
    let ran = place.check(&people::demo()).ephemeral().json().args(&["--rehearsal", &address, "--speedup", "100"]).run().code(5);
    let (running, server) = server.kill();
    assert!(running && server.err.contains(&address), "{}", server.err);
    let wrong = demo::held_against(&Expected::read(), &ran.report());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let lines: Vec<&str> = server.out.lines().collect();
    let coverage = person(&ran.report()).get("coverage").cloned().expect("coverage");
    let counted: u64 = list(&coverage, "sources").iter().map(|s| number(s, "requests")).sum();
    assert_eq!(lines.len() as u64, counted, "a line for each request");
    assert!(lines.iter().all(|l| l.starts_with("GET ") && !l.contains('?')), "hosts and paths only");
}

/// Nothing that a site or the computer's surroundings hand over is used: no cookie, no Referer, no proxy.
#[test]
fn cookies_and_proxies_are_not_used() {
    let site = Site::new("cookies.example")
        .http("GET /one.html\nset-cookie: id=1; Path=/\ncontent-type: text/html\n\n<p>one")
        .and_then(|s| s.http("GET /two.html\nstatus: 302 Found\nset-cookie: id=2; Path=/\nlocation: /three.html\n\n"))
        .and_then(|s| s.http("GET /three.html\nset-cookie: id=3; Path=/\ncontent-type: text/html\n\n<p>three"))
        .expect("pages");
    let web = DemoWeb::serving(0, vec![site]).expect("a port");
    let proxy = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    proxy.set_nonblocking(true).expect("a listener");
    let place = Place::new();
    let mut check = place.check(&people::demo()).web(&web).ephemeral().json().arg("--only-given");
    for page in ["one", "two", "three"] {
        check = check.args(&["--url", &format!("https://cookies.example/{page}.html")]);
    }
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        check = check.env(name, &format!("http://{}", proxy.local_addr().expect("an address")));
    }
    let report = check.run().code(0).report();
    assert_eq!(reading::outcomes(&report, Some("given"), &["absent"]), 3, "{report}");
    assert!(proxy.accept().is_err(), "the proxy of the surroundings was asked");
    let log = web.log();
    assert!(log.len() >= 4, "{log:?}");
    served::is_open_about_itself(&log);
}
