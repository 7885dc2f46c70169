//! A council that does not exist, its elections pages and what an archive saw of them.

use super::*;
use crate::sources::rehearse::{answer_to, check, check_body, person, source, url};

/// The questions that only an answer leads to.
pub(in crate::sources) fn asked(what: &str) -> Query {
    let for_ = [person().id];
    match what {
        SITE => ask(SITE, "page", Discloses::Page, "https://www.exampleford.example/", "Abbots Mere", &for_),
        _ => ask(ARCHIVE, "host", Discloses::Domain, "exampleford.example", "Abbots Mere", &for_),
    }
}

const HTML: &str = "HTTP/1.1 200 OK\nContent-Type: text/html";
const JSON: &str = "HTTP/1.1 200 OK\nContent-Type: application/json";

fn lines_of(code: &str) -> Vec<Line> {
    let mut person = person();
    person.candidacy.council = Some(code.into());
    source(ID).lines(&person)
}

#[test]
fn nobody_is_told_more_than_the_councils_site() {
    let lines = lines_of("EXA");
    let told: Vec<(&str, &str, u32)> = lines.iter().map(|l| (l.line.0.as_str(), l.to.as_str(), l.units)).collect();
    assert_eq!(
        told,
        [("council-notices/site", "www.exampleford.example", 10), ("council-notices/archive", "archive.example", 2)]
    );
    let address = |l: &Line| source(ID).request(&l.queries[0]).expect("its own question").url().to_string();
    assert_eq!(address(&lines[0]), "https://www.exampleford.example/");
    assert_eq!(
        address(&lines[1]),
        "https://archive.example/cdx/search/cdx?url=exampleford.example&matchType=domain&output=json&collapse=urlkey&filter=statuscode%3A200&filter=original%3A%28%3Fi%29.*%28nominat%7Csopn%7Celection-%3Fagent%29.*&limit=500&showResumeKey=true"
    );
    for line in &lines {
        let address = address(line).to_lowercase();
        assert!(!["abbots", "mere", "marigold", "tester", "party"].iter().any(|w| address.contains(w)), "{address}");
    }
    let other = source(ID).when_unreachable(&lines[0].queries[0]).expect("not every site answers at www.");
    assert_eq!(source(ID).request(&other).expect("its own").url().as_str(), "https://exampleford.example/");
    assert!(source(ID).when_unreachable(&other).is_none());
    assert!(lines_of("QQQ").is_empty());
}

#[test]
fn a_host_that_many_councils_share_is_nobodys_site() {
    let lines = lines_of("SH1");
    assert_eq!(lines.iter().map(|l| l.line.0.as_str()).collect::<Vec<_>>(), ["council-notices/archive"]);
    let address = source(ID).request(&lines[0].queries[0]).expect("its own question").url().to_string();
    assert!(address.contains("url=one.councils.example&matchType=host&"), "{address}");
}

#[test]
fn the_four_answers() {
    check(
        ID,
        SITE,
        "found",
        "
found
link https://www.exampleford.example/documents/s77/Statement%20of%20Persons%20Nominated%20Abbots%20Mere.pdf
link https://www.exampleford.example/elections/2023/sopn-ipsum-green.pdf
next council-notices/site https://www.exampleford.example/elections/past-results
next council-notices/site https://www.exampleford.example/elections
",
    );
    check(ID, SITE, "absent", "found\nnext council-notices/site https://www.exampleford.example/council/elections-and-voting");
    check(ID, SITE, "blocked", "error blocked/forbidden: the answer is an error (status 403)");
    check(
        ID,
        SITE,
        "changed",
        "error failed/layout-changed: the layout is no longer understood: the council's site leads to no elections page",
    );
}

#[test]
fn the_archive_knows_notices_that_no_page_leads_to() {
    check(
        ID,
        ARCHIVE,
        "archive",
        "
found
link https://www.exampleford.example/downloads/file/12/notice-of-election-agents-abbots-mere
link http://www.exampleford.example/media/sopn-2019.pdf
",
    );
    check_body(ID, ARCHIVE, JSON, "[]", "absent");
    check_body(ID, ARCHIVE, JSON, "<p>Sorry", "error failed/layout-changed: the layout is no longer understood: it is no list");
    check_body(ID, ARCHIVE, "HTTP/1.1 404 x", "x", "error failed/gone: the answer is an error (status 404)");
}

fn links_of(links: &[&str]) -> String {
    let links: String = links.iter().map(|l| format!("<li><a href='{l}'>A page</a></li>")).collect();
    answer_to(ID, SITE, format!("{HTML}\n\n<html><body><p>Welcome</p><ul>{links}</ul></body></html>").as_bytes())
}

#[test]
fn papers_for_those_who_want_to_stand_are_no_notices() {
    let got = links_of(&[
        "/elections/nomination-pack.pdf",
        "/elections/nomination-form.docx",
        "/elections/how-to-be-nominated",
        "/elections/2027/Statement%20of%20Persons%20Nominated.pdf",
        "https://elections.exampleford.example/sopn",
        "https://elsewhere.example/sopn.pdf",
        "/elections/elections-map.png",
        "https://closed.example/sopn",
    ]);
    assert_eq!(got.matches("link ").count(), 2, "{got}");
    assert!(
        got.contains("link https://elections.exampleford.example/sopn") && !got.contains("elsewhere") && !got.contains("pack")
    );
}

#[test]
fn the_walk_ends_and_what_is_beyond_it_is_told() {
    let page = format!(
        "{HTML}\n\n<html><body><p>Elections</p>{}</body></html>",
        (0..30)
            .map(|i| format!("<a href='/elections/sopn-{i}.pdf'>Notice</a><a href='/elections/{i}'>Elections</a>"))
            .collect::<String>()
    );
    let mut query = asked(SITE);
    for depth in 0..=3 {
        let response = crate::sources::rehearse::recorded(page.as_bytes(), &url("https://www.exampleford.example/elections"));
        let answer = source(ID).read(&query, &response).expect("it is right");
        assert_eq!((answer.links.len(), answer.outcome.reason), (MOST, Some(OutcomeReason::Cut)));
        assert_eq!(answer.next.len(), if depth < 3 { 4 } else { 0 }, "{depth}");
        query = answer.next.into_iter().next().unwrap_or(query);
    }
    check_body(ID, SITE, HTML, "<h1>Are you human?</h1><div class=g-recaptcha></div>", "blocked/challenge");
    check_body(ID, SITE, "HTTP/1.1 500 x", "x", "error failed/error-status: the answer is an error (status 500)");
}
