//! Everything that a web may answer: each page that a search named ends in the one right outcome, and failure is never absence.

use std::collections::BTreeMap;

use unlisted_web::demo::{DemoWeb, Site};

use crate::needles::Needles;
use crate::program::Place;
use crate::reading::{findings, not_checked, nothing_is_lost};
use crate::{people, served};

/// The details of the candidate of the demonstration.
const HIT: &str = "<!doctype html><title>Fete</title><h1>Summer fete</h1><p>Amina Castle of Mereside, Northgate, lives at 14 Mill Lane, Mereside, Northgate ZZ99 4QT.</p>";
const MISS: &str =
    "<!doctype html><title>Beans</title><h1>Garden club</h1><p>The club met in the hall and spoke of beans and of nobody.</p>";

/// What one host answers for `/a` (further pages begin with `GET`), what its robots.txt says, and how the visit ends: `found`,
/// `absent`, or an outcome with its reason.
struct Case {
    host: &'static str,
    robots: &'static str,
    page: String,
    ends: &'static str,
}

fn case(host: &'static str, head: &str, body: &str, ends: &'static str) -> Case {
    Case { host, robots: "", page: format!("GET /a\n{head}\n\n{body}"), ends }
}

fn html(host: &'static str, head: &str, body: &str, ends: &'static str) -> Case {
    case(host, format!("content-type: text/html; charset=utf-8\n{head}").replace("\n\n", "\n").trim_end(), body, ends)
}

fn sent_to(host: &'static str, to: &str, ends: &'static str) -> Case {
    case(host, &format!("status: 302 Found\nlocation: {to}"), "", ends)
}

fn robots(host: &'static str, robots: &'static str, ends: &'static str) -> Case {
    Case { robots, ..html(host, "", HIT, ends) }
}

fn cases() -> Vec<Case> {
    vec![
        // What is sent, and how.
        html("plain.example", "", HIT, "found"),
        html("miss.example", "", MISS, "absent"),
        html("gzip.example", "do: gzip", HIT, "found"),
        html("chunked.example", "do: chunked", HIT, "found"),
        html("cut.example", "do: cut 200", &format!("{HIT}{MISS}"), "found cut"),
        html("bomb.example", "do: bomb 40000000", HIT, "found cut"),
        html("nest.example", "do: nest 50000", HIT, "found"),
        html("hang.example", "do: hang", HIT, "failed timed-out"),
        case("wrong-charset.example", "content-type: text/html; charset=utf-16", HIT, "found"),
        case("no-type.example", "x-a: b", HIT, "found"),
        case("pdf.example", "content-type: text/html", "%PDF-1.4 1 0 obj", "failed broken"),
        html("empty.example", "", "", "failed unreadable"),
        html(
            "script.example",
            "",
            "<noscript>Please enable JavaScript to run this app.</noscript><div id=root></div>",
            "failed unreadable",
        ),
        // What its status says.
        html("part.example", "status: 206 Partial Content", HIT, "found cut"),
        html("gone.example", "status: 404 Not Found", "no", "absent"),
        html("forbidden.example", "status: 403 Forbidden", "no", "blocked forbidden"),
        html("paid.example", "status: 402 Payment Required", HIT, "blocked forbidden"),
        html("broken.example", "status: 500 Broken", HIT, "failed error-status"),
        html("limited.example", "do: limited always", HIT, "blocked too-many-requests"),
        html("limited-once.example", "do: limited 1", HIT, "found"),
        // Walls that come with 200.
        html(
            "puzzle.example",
            "",
            "<title>Security check</title><h1>Are you human?</h1><div class=g-recaptcha></div>",
            "blocked challenge",
        ),
        html("puzzle-form.example", "", &format!("{HIT}<div class=g-recaptcha></div>"), "found"),
        html("consent.example", "", "<h1>Before you continue</h1><p>We use cookies. Accept all.</p>", "blocked challenge"),
        html(
            "members.example",
            "",
            "<h1>Members</h1><form><input name=u><input type=password name=p></form>",
            "blocked forbidden",
        ),
        // Where it sends us.
        sent_to("private.example", "http://10.0.0.1/", "refused private-address"),
        sent_to("decimal.example", "http://2130706433/", "refused private-address"),
        sent_to("octal.example", "http://0177.0.0.1/", "refused private-address"),
        sent_to("mapped.example", "http://[::ffff:127.0.0.1]/", "refused private-address"),
        sent_to("local-name.example", "http://printer.local/", "refused private-address"),
        sent_to("label.example", "http://intranet/", "refused private-address"),
        sent_to("credentials.example", "http://me:pass@plain.example/a", "refused bad-address"),
        sent_to("ftp.example", "ftp://plain.example/a", "refused bad-address"),
        sent_to("port.example", "http://plain.example:22/a", "refused bad-address"),
        sent_to("search-engine.example", "https://www.google.com/search?q=x", "waiting by-hand"),
        sent_to("loop.example", "/a", "failed too-many-redirects"),
        sent_to("nowhere.example", "http://[bad", "failed error-status"),
        sent_to("to-forbidden.example", "http://robots-all.example/a", "refused robots"),
        // robots.txt.
        robots("robots-all.example", "content-type: text/plain\n\nUser-agent: *\nDisallow: /", "refused robots"),
        robots(
            "robots-us.example",
            "content-type: text/plain\n\nUser-agent: Unlisted\nDisallow: /a\n\nUser-agent: *\nAllow: /",
            "refused robots",
        ),
        robots("robots-other.example", "content-type: text/plain\n\nUser-agent: other\nDisallow: /", "found"),
        robots("robots-403.example", "status: 403 Forbidden\n\nno", "found"),
        robots("robots-500.example", "status: 500 Broken\n\nno", "refused robots-unreachable"),
        robots("robots-hang.example", "do: hang\n\nno", "failed timed-out"),
        robots(
            "robots-private.example",
            "status: 301 Moved\nlocation: http://127.0.0.1/robots.txt\n\n",
            "refused robots-unreachable",
        ),
    ]
}

#[test]
fn every_page_ends_in_its_one_right_outcome() {
    let cases = cases();
    let mut rows = String::new();
    let mut sites: Vec<Site> = vec![];
    for case in &cases {
        rows.push_str(&format!("words: amina\nurl: http://{}/a\ntitle: A page\ncontent: Something.\n\n", case.host));
        let mut site = Site::new(case.host).http(&case.page).expect("a page");
        if !case.robots.is_empty() {
            site = site.http(&format!("GET /robots.txt\n{}", case.robots)).expect("a robots.txt");
        }
        sites.push(site);
    }
    // The same page under another address, places for the person alone, and what is no page.
    for url in [
        "http://plain.example/a?utm_source=x#top",
        "https://www.facebook.com/someone",
        "http://me:pass@plain.example/b",
        "http://127.0.0.1/x",
    ] {
        rows.push_str(&format!("words: amina\nurl: {url}\ntitle: A page\ncontent: Something.\n\n"));
    }
    sites.push(Site::new(served::SEARCH).search(&rows).expect("results"));
    let web = DemoWeb::serving(0, sites).expect("a port");
    let place = Place::new();
    // A name is enough: whether it is one's own is judged where it is dialled.
    place.write("config/sources/searxng.toml", format!("base = \"http://{}/\"\n", served::SEARCH));
    let person = people::demo_without_searxng();
    let report = place.check(&person).web(&web).ephemeral().json().run().code(5).report();
    nothing_is_lost(&report);

    let listed: BTreeMap<String, String> = not_checked(&report)
        .into_iter()
        .filter(|n| n.source == "found-pages")
        .map(|n| (n.url.clone(), format!("{} {}", n.outcome, n.reason)))
        .collect();
    let found: Vec<String> = findings(&report).into_iter().map(|f| f.url).collect();
    let mut wrong = vec![];
    for case in &cases {
        let url = format!("http://{}/a", case.host);
        let is_found = found.contains(&url);
        let got = match listed.get(&url) {
            Some(listed) => listed.trim_end().to_owned(),
            None if is_found => "found".to_owned(),
            None => "absent".to_owned(),
        };
        if got != case.ends || case.ends.starts_with("found") != is_found {
            wrong.push(format!("{url}: {got} (found: {is_found}), not {}", case.ends));
        }
    }
    for (url, ends) in [
        ("https://www.facebook.com/someone", "waiting by-hand"),
        ("http://me:pass@plain.example/b", "refused bad-address"),
        ("http://127.0.0.1/x", "refused private-address"),
    ] {
        if listed.get(url).map(String::as_str) != Some(ends) {
            wrong.push(format!("{url}: {:?}, not {ends}", listed.get(url)));
        }
    }
    let log = web.log();
    assert!(
        wrong.is_empty(),
        "{}\n{:?}",
        wrong.join("\n"),
        log.iter().filter(|l| wrong.iter().any(|w| w.contains(&l.host))).collect::<Vec<_>>()
    );

    served::stays_public(&log);
    served::visits_nobody_forbidden(&log);
    served::obeys_robots(&log);
    served::is_open_about_itself(&log);
    served::tells_nothing(&log, &Needles::of(&person));
    let asked = log.iter().filter(|l| l.host == "plain.example" && l.path() == "/a").count();
    assert_eq!(asked, 1, "the same page was asked again");
}
