//! Crawls, indexes and records as they come, break off and lie.

use std::io::Write as _;

use super::*;
use crate::sources::rehearse::{answer_to, check, check_body, person, recorded, source, told, url};

/// The questions that only an answer leads to.
pub(in crate::sources) fn asked(what: &str) -> Query {
    let for_ = [person().id];
    match what {
        CRAWL => source(ID).plan(&person()).remove(0),
        INDEX => {
            let slots = Slots::default().with("api", &[], "https://index.example/CC-MAIN-2026-30-index");
            ask(INDEX, slots.with("site", &[Discloses::Domain], "marigoldtester.example/*"), &for_)
        }
        _ => {
            let slots = Slots::default().with("page", &[Discloses::Page], "https://data.example/crawl-data/x.warc.gz");
            let slots = slots.with("from", &[], "1000").with("length", &[], "500");
            ask(COPY, slots.with("original", &[], "https://marigoldtester.example/contact"), &for_)
        }
    }
}

const OK: &str = "HTTP/1.1 200 OK\nContent-Type: text/x-ndjson";

fn row(page: &str, status: &str, file: &str, length: &str) -> String {
    format!(
        r#"{{"urlkey": "k", "timestamp": "20260710081500", "url": "{page}", "mime": "text/html", "status": "{status}", "digest": "{page}", "length": {length}, "offset": "1000", "filename": "{file}"}}"#
    )
}

#[test]
fn the_three_questions_tell_a_site_and_nothing_else() {
    let source = source(ID);
    let lines = source.lines(&person());
    let told: Vec<(&str, &str, u32)> = lines.iter().map(|l| (l.line.0.as_str(), l.to.as_str(), l.units)).collect();
    assert_eq!(
        told,
        [
            ("commoncrawl/crawls", "index.example", 1),
            ("commoncrawl/index", "index.example", 2),
            ("commoncrawl/copies", "data.example", 24)
        ]
    );
    let first = source.request(&lines[0].queries[0]).expect("its own question");
    assert_eq!((first.url().as_str(), first.discloses().len()), ("https://index.example/collinfo.json", 0));
    let index = source.request(&asked(INDEX)).expect("its own question");
    assert_eq!(
        index.url().as_str(),
        "https://index.example/CC-MAIN-2026-30-index?url=marigoldtester.example%2F*&output=json&filter=%3Dstatus%3A200&limit=1000"
    );
    assert_eq!(index.discloses().iter().copied().collect::<Vec<_>>(), [Discloses::Domain]);
    let copy = source.request(&asked(COPY)).expect("its own question");
    assert_eq!((copy.range, copy.kind), (Some((1000, 1499)), RequestKind::Query));
    let mut person = person();
    person.pages.clear();
    assert!(source.lines(&person).is_empty());
}

#[test]
fn the_last_two_crawls_are_asked_on_the_lists_own_host() {
    check(
        ID,
        CRAWL,
        "crawls",
        "
found
next commoncrawl/index https://index.example/CC-MAIN-2026-43-index?url=marigoldtester.example%2F*&output=json&filter=%3Dstatus%3A200&limit=1000
next commoncrawl/index https://index.example/CC-MAIN-2026-30-index?url=marigoldtester.example%2F*&output=json&filter=%3Dstatus%3A200&limit=1000
",
    );
    for body in [
        "[]",
        "{}",
        "",
        "<html>",
        r#"[{"cdx-api":"https://evil.example/x"}]"#,
        r#"[{"cdx-api":"http://index.example/x"}]"#,
        "[5]",
    ] {
        let got = answer_to(ID, CRAWL, format!("{OK}\n\n{body}").as_bytes());
        assert!(got.starts_with("error failed/layout-changed"), "{body}: {got}");
    }
}

#[test]
fn the_four_answers() {
    check(
        ID,
        INDEX,
        "found",
        "found\nnext commoncrawl/copies https://data.example/crawl-data/CC-MAIN-2026-30/segments/1679296949694.55/warc/CC-MAIN-20260710081500-20260710111500-00168.warc.gz",
    );
    check(ID, INDEX, "absent", "absent");
    check(ID, INDEX, "blocked", "error blocked/forbidden: the answer is an error (status 403)");
    check(
        ID,
        INDEX,
        "changed",
        "error failed/layout-changed: the layout is no longer understood: no line of the index is understood",
    );
}

#[test]
fn odd_lines_are_left_and_a_broken_one_is_told() {
    let good = row("https://marigoldtester.example/contact", "200", "crawl-data/a.warc.gz", "500");
    let odd = [
        row("https://marigoldtester.example/1", "301", "crawl-data/a.warc.gz", "5"),
        row("https://marigoldtester.example/2", "200", "crawl-data/../../etc/passwd", "5"),
        row("https://marigoldtester.example/3", "200", "https://evil.example/a.warc.gz", "5"),
        row("https://marigoldtester.example/4", "200", "crawl-data/a.warc.gz?x=y", "5"),
        row("https://marigoldtester.example/5", "200", "crawl-data/a.warc.gz", "99999999999"),
        row("https://marigoldtester.example/6", "200", "crawl-data/a.warc.gz", "0"),
        row("ftp://marigoldtester.example/7", "200", "crawl-data/a.warc.gz", "5"),
        row("https://marigoldtester.example/8", "200", "crawl-data/a.warc.gz", "\"x\""),
        good.clone(),
    ];
    let one = "found\nnext commoncrawl/copies https://data.example/crawl-data/a.warc.gz\n";
    assert_eq!(answer_to(ID, INDEX, format!("{OK}\n\n{}", odd.join("\n")).as_bytes()), one);
    let broken = format!("{OK}\n\n{good}\n{}", good.split_once("\"mime\"").map_or("", |(start, _)| start));
    assert_eq!(answer_to(ID, INDEX, broken.as_bytes()), one.replace("found\n", "found/cut\n"));
    check_body(ID, INDEX, OK, "", "error failed/error-status: not available: an empty answer");
    check_body(ID, INDEX, "HTTP/1.1 404 x", "<h1>Not Found", "error failed/gone: the answer is an error (status 404)");
    let many: Vec<String> =
        (0..30).map(|i| row(&format!("https://marigoldtester.example/{i}"), "200", "crawl-data/a.warc.gz", "5")).collect();
    let got = answer_to(ID, INDEX, format!("{OK}\n\n{}", many.join("\n")).as_bytes());
    assert!(got.starts_with("found/cut\n") && got.matches("next ").count() == OF_AN_INDEX, "{got}");
}

fn packed(page: &str, http: &str) -> Vec<u8> {
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-07-10T08:15:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nWARC-Target-URI: {page}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
        http.len()
    );
    let mut gzip = flate2::write::GzEncoder::new(vec![], flate2::Compression::default());
    gzip.write_all(record.as_bytes()).expect("memory");
    gzip.finish().expect("memory")
}

fn told_of(head: &str, body: &[u8]) -> String {
    let query = asked(COPY);
    let answer = [head.as_bytes(), b"\n\n", body].concat();
    told(source(ID).as_ref(), &query, &recorded(&answer, &url("https://data.example/crawl-data/x.warc.gz")))
}

#[test]
fn a_record_is_the_page_as_it_was() {
    let http = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1252\r\n\r\n<html><body><p>Ring Marigold Tester: 01632 960101.</p></body></html>";
    let body = packed("https://marigoldtester.example/contact", http);
    let part = "HTTP/1.1 206 Partial Content\nContent-Range: bytes 1000-1499/99999";
    assert_eq!(told_of(part, &body), "found\n= https://marigoldtester.example/contact\n");
    assert_eq!(told_of("HTTP/1.1 206 x", &body), "found\n= https://marigoldtester.example/contact\n");
    for head in ["HTTP/1.1 200 OK", "HTTP/1.1 206 x\nContent-Range: bytes 0-499/99999"] {
        assert!(told_of(head, &body).starts_with("error failed/layout-changed"), "{head}");
    }
    assert!(told_of(part, &packed("https://other.example/", http)).starts_with("error failed/unreadable"));
    assert!(told_of(part, &body[..20]).starts_with("error failed/unreadable"));
    assert!(told_of(part, b"").starts_with("error failed/unreadable"));
    assert!(told_of("HTTP/1.1 416 x", b"x").starts_with("error failed/error-status"));
    assert!(told_of("HTTP/1.1 403 x", b"x").starts_with("error blocked/forbidden"));
}
