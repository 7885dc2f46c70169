//! Recorded answers, and the ways in which an engine is silent, switched off or somebody else's.

use super::*;
use crate::sources::rehearse::{check, check_body, kit, person, question, source, url};

const OK: &str = "HTTP/1.1 200 OK\nContent-Type: application/json";

#[test]
fn each_hit_is_a_document_and_a_link() {
    check("searxng", "search", "found", "
found
= https://exampleford-parish.example/newsletter/spring.html
  heading Abbots Mere Parish Newsletter - Spring
  body Contact Marigold Tester, 14 Invented Crescent, Abbots Mere, tel. 01632 960101
= https://closed.example/marigold.tester
  heading Marigold Tester & friends
  body Marigold Tester of Otherbury sells pots
  meta [author] Marigold Tester
= https://answers.example/tester
  body A councillor
= https://pedia.example/tester
  heading Marigold Tester
  body Councillor in Exampleford
= https://marigoldtester.example/
  heading Website
link https://exampleford-parish.example/newsletter/spring.html
link https://closed.example/marigold.tester
link https://answers.example/tester
link https://pedia.example/tester
link https://marigoldtester.example/
next searxng/name-area http://127.0.0.1:8888/search?q=%22Marigold+Tester%22+Abbots+Mere&format=json&categories=general&language=en-GB&safesearch=0&pageno=2
");
}

#[test]
fn nothing_found_is_told_from_nobody_asked() {
    check("searxng", "search", "absent", "absent");
    check("searxng", "search", "silent", "failed/engines-silent");
}

#[test]
fn what_is_not_an_answer_is_an_error() {
    check(
        "searxng",
        "search",
        "blocked",
        "
error failed/error-status: not available: this SearXNG does not give JSON; add `json` to `search.formats` in its settings
",
    );
    check(
        "searxng",
        "search",
        "changed",
        "
error failed/layout-changed: the layout is no longer understood: `results` is missing
",
    );
    for (head, body, expect) in [
        (
            OK,
            "<!doctype html><html></html>",
            "error failed/layout-changed: the layout is no longer understood: a web page came in place of JSON",
        ),
        (OK, "{\"results\": [", "error failed/layout-changed: the layout is no longer understood: it is not JSON"),
        (OK, "", "error failed/layout-changed: the layout is no longer understood: it is not JSON"),
        (OK, "{\"results\": {}}", "error failed/layout-changed: the layout is no longer understood: `results` is missing"),
        (
            OK,
            "{\"results\": [{\"link\": 1}]}",
            "error failed/layout-changed: the layout is no longer understood: no result has an address",
        ),
        (
            "HTTP/1.1 400 Bad Request",
            "{\"error\": \"No query\"}",
            "error failed/error-status: the answer is an error (status 400)",
        ),
        ("HTTP/1.1 500 x", "{\"error\": \"search error\"}", "error failed/error-status: the answer is an error (status 500)"),
    ] {
        check_body("searxng", "search", head, body, expect);
    }
}

#[test]
fn an_answer_without_some_engines_is_kept_and_told() {
    let body = "{\"results\": [{\"url\": \"https://a.example/\"}], \"unresponsive_engines\": [[\"x\", \"CAPTCHA\"]]}";
    check_body("searxng", "search", OK, body, "
found/engines-silent
= https://a.example/
link https://a.example/
next searxng/name-area http://127.0.0.1:8888/search?q=%22Marigold+Tester%22+Abbots+Mere&format=json&categories=general&language=en-GB&safesearch=0&pageno=2
");
}

#[test]
fn result_pages_end_at_the_plans_bound() {
    let source = source("searxng");
    let mut query = question("searxng", "search");
    query.slots = Slots::default().with("base", &[], "http://127.0.0.1:8888").with("q", &[], "x").with("pageno", &[], "2");
    let body = format!("{OK}\n\n{{\"results\": [{{\"url\": \"https://a.example/\"}}]}}");
    let answer = source
        .read(&query, &crate::sources::rehearse::recorded(body.as_bytes(), &url("http://127.0.0.1:8888/search")))
        .expect("it is right");
    assert!(answer.next.is_empty());
    assert_eq!(source.lines(&person())[0].units, 2 * kit().budget.result_pages);
}

#[test]
fn the_question_goes_to_the_persons_own_instance() {
    let asked = |base: &str| {
        let mut subject = person();
        subject.searxng = Some(url(base));
        let source = source("searxng");
        source.request(&source.plan(&subject)[0]).expect("its own question").url().to_string()
    };
    let query = "q=%22Marigold+Tester%22+Abbots+Mere&format=json&categories=general&language=en-GB&safesearch=0&pageno=1";
    for (base, expect) in [
        ("http://127.0.0.1:8888", "http://127.0.0.1:8888/search"),
        ("http://127.0.0.1:8888/searx/", "http://127.0.0.1:8888/searx/search"),
        ("https://find.party.example/search?x=1#y", "https://find.party.example/search"),
    ] {
        assert_eq!(asked(base), format!("{expect}?{query}"));
    }
    let mut without = person();
    without.searxng = None;
    assert!(source("searxng").lines(&without).is_empty());
}

#[test]
fn equal_questions_of_two_people_are_asked_once() {
    let mut other = person();
    other.id = SubjectId::new("somebody-else").expect("test data");
    let source = source("searxng");
    assert_eq!(source.plan(&person())[0].key, source.plan(&other)[0].key);
    assert_ne!(source.plan(&person())[0].key, source.plan(&person())[1].key);
}

#[test]
fn a_public_host_is_a_stranger() {
    for (base, expect) in [
        ("http://127.0.0.1:8888", true),
        ("http://[::1]:8888", true),
        ("http://[::ffff:192.168.1.5]/", true),
        ("http://192.168.1.5", true),
        ("http://10.0.0.1", true),
        ("http://172.16.0.1", true),
        ("http://localhost:8888", true),
        ("http://nas/", true),
        ("http://search.lan/", true),
        ("http://172.32.0.1", false),
        ("http://8.8.8.8", false),
        ("https://searx.example/", false),
        ("https://local.example/", false),
        ("https://[2001:db8::1]/", false),
    ] {
        assert_eq!(is_own_machine(&url(base)), expect, "{base}");
    }
}
