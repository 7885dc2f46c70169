//! A person with no key and no search engine of their own: ready searches, saved result pages, the same findings.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;
use unlisted_web::demo::DemoWeb;

use crate::needles::Needles;
use crate::program::Place;
use crate::reading::{Found, band, findings, list, not_checked, nothing_is_lost, outcomes, text};
use crate::{people, served};

pub(crate) fn results() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/results")
}

#[test]
fn a_dozen_searches_are_ready_and_tell_nothing_private() {
    let place = Place::new();
    let person = people::demo_without_searxng();
    let links = place.about("links", &person).args(&["--format", "json"]).run().code(0).out;
    assert_eq!(Needles::of(&person).found_in(&links), None, "a private value in a search");
    assert!(!links.to_lowercase().contains("hartley"), "a former name in a search");
    let links: Value = serde_json::from_str(&links).expect("the searches are JSON");
    assert_eq!(text(&links, "schema"), "unlisted/links/v1");
    let links = list(&links, "links");
    assert!(links.len() >= 12, "{} searches", links.len());
    let mut ids = BTreeSet::new();
    let mut sites = BTreeSet::new();
    for link in links {
        assert!(ids.insert(text(link, "id")), "twice: {link}");
        sites.insert(text(link, "site"));
        let url = url::Url::parse(text(link, "url")).expect("an address to open");
        assert_eq!(url.scheme(), "https", "{link}");
        assert!(!text(link, "what_to_look_for").is_empty(), "{link}");
        assert!(link.get("minutes").and_then(Value::as_u64).is_some_and(|m| m > 0), "{link}");
        let told: Vec<&str> = list(link, "discloses").iter().filter_map(Value::as_str).collect();
        assert!(told.iter().all(|d| ["name", "area", "party", "role", "page"].contains(d)), "{link}");
    }
    assert!(sites.len() >= 4, "{sites:?}");
    let said = place.about("links", &person).run().code(0).out.to_lowercase();
    for words in ["private window", "sign out", "do not type your address"] {
        let one_line = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(one_line.contains(words), "{words:?} is not in\n{said}");
    }
}

#[test]
fn saved_result_pages_lead_to_the_same_findings() {
    let (web, known) = (DemoWeb::start(0).expect("a port"), DemoWeb::start(0).expect("a port"));
    let place = Place::new();
    let person = people::demo_without_searxng();
    let report = place.check(&person).web(&web).ephemeral().json().arg("--file").arg(results()).run().code(5).report();
    let log = web.log();
    nothing_is_lost(&report);
    assert!(!log.iter().any(|l| l.host == served::SEARCH), "the search engine of the demonstration was asked");
    served::visits_nobody_forbidden(&log);
    served::obeys_robots(&log);
    served::tells_nothing(&log, &Needles::of(&person));
    // Adverts, the engines' own links and the people finders in them were not taken.
    for host in ["www.found-anybody.example", "found-anybody.example", "www.castle-holidays.example"] {
        assert!(!log.iter().any(|l| l.host == host), "an advert was followed to {host}");
    }

    let other = Place::new();
    let with_search = other.check(&people::demo()).web(&known).ephemeral().json().run().code(5);
    let visited: BTreeSet<String> = log
        .iter()
        .filter(|l| l.path() != "/robots.txt")
        .flat_map(|l| ["https", "http"].map(|s| format!("{s}://{}{}", l.host, l.path_and_query)))
        .collect();
    let of_pages = |report: &Value| -> BTreeSet<Found> {
        findings(report).into_iter().filter(|f| visited.contains(&f.url) && band(&f.band) > band("other")).collect()
    };
    let (got, want) = (of_pages(&report), of_pages(&with_search.report()));
    assert_eq!(got, want, "on the pages that the result pages name");
    let pages: BTreeSet<&str> = got.iter().map(|f| f.url.as_str()).collect();
    assert!(pages.len() >= 12, "the six pages name more than {} pages with something on them", pages.len());
    for host in [
        "leaflets.openelections.example",
        "planning.northgate-council.example",
        "www.northgate-unfiltered.example",
        "forum.mereside-gardeners.example",
    ] {
        assert!(pages.iter().any(|p| p.contains(host)), "{host} was named by no result page, or nothing was found there");
    }
    // The six searches count as looked at by the person.
    let links = place.about("links", &person).args(&["--format", "json"]).run().code(0).out;
    let links: Value = serde_json::from_str(&links).expect("JSON");
    assert_eq!(outcomes(&report, Some("by-hand"), &["waiting"]), list(&links, "links").len() as u64 - 6);
}

#[test]
fn a_result_page_that_names_no_page_has_failed() {
    let place = Place::new();
    let empty = "<!DOCTYPE html>\n<!-- saved from url=(0050)https://www.google.com/search?q=%22Amina+Castle%22 -->\n<html lang=\"en\"><head><title>&quot;Amina Castle&quot; - Google Search</title></head><body><div id=\"search\"><p>Our systems have detected unusual traffic. <a href=\"https://support.google.com/websearch\">Why?</a></p></div></body></html>";
    let file = place.write("given/page.html", empty);
    let web = DemoWeb::start(0).expect("a port");
    let ran = place
        .check(&people::demo_without_searxng())
        .web(&web)
        .ephemeral()
        .json()
        .arg("--only-given")
        .arg("--file")
        .arg(file)
        .run()
        .code(5);
    let report = ran.report();
    let rows = not_checked(&report);
    assert!(rows.iter().any(|r| r.outcome == "failed" && r.reason == "no-links"), "{rows:?}");
    assert_eq!(outcomes(&report, Some("given"), &["found", "absent"]), 0, "absence is never inferred from failure");
    assert_eq!(web.requests(), 0);
}
