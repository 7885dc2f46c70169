//! Pages made to cost time: each may cost only so many times what a flat page of the same length does.

use std::time::{Duration, Instant};

use super::*;

/// How many times the cost of a flat page a hostile one may have. A quadratic reader is a hundred times over it.
const RATIO: u32 = 40;

fn cost(bytes: &[u8], content_type: &str) -> Duration {
    (0..3)
        .map(|_| {
            let start = Instant::now();
            let read = extract(bytes, content_type, None, &Bounds::default());
            drop(read);
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn check(name: &str, content_type: &str, hostile: &str) {
    let flat = "<p>Some words of an ordinary paragraph, <b>and</b> <a href='/x'>a link</a>.</p>\n".repeat(hostile.len() / 80 + 1);
    let flat = cost(flat.as_bytes(), "text/html").max(Duration::from_micros(200));
    let hostile = cost(hostile.as_bytes(), content_type);
    assert!(hostile <= flat * RATIO, "{name}: {hostile:?}, a flat page {flat:?}");
}

#[test]
fn hostile_pages_cost_what_their_length_costs() {
    let html = "text/html";
    check("nested", html, &"<div>".repeat(40_000));
    check("nested and closed", html, &format!("{}{}", "<div>".repeat(40_000), "</div>".repeat(40_000)));
    check("nested inline", html, &"<b>".repeat(60_000));
    check("nested tables", html, &"<table><tr><td>".repeat(15_000));
    check("nested lists", html, &"<ul><li>".repeat(25_000));
    check("list items", html, &"<li>".repeat(50_000));
    check("paragraphs in many inline", html, &format!("<p>{}{}", "<i>".repeat(500), "<p>".repeat(60_000)));
    check("end tags that fit nothing", html, &format!("{}{}", "<b>".repeat(500), "</i>".repeat(50_000)));
    check("end tags that fit only in scope", html, &format!("<i><table><tr><td>{}{}", "<b>".repeat(400), "</i>".repeat(50_000)));
    check("attributes", html, &format!("<div {}>", (0..60_000).map(|i| format!("a{i}=1 ")).collect::<String>()));
    check("one attribute", html, &format!("<div title='{}'>", "a".repeat(500_000)));
    check("unclosed attribute", html, &format!("<div title='{}", "<a>".repeat(100_000)));
    check("entities", html, &"&amp;".repeat(100_000));
    check("broken entities", html, &"&#".repeat(200_000));
    check("ampersands", html, &"&".repeat(500_000));
    check("one entity", html, &format!("&#{};", "0".repeat(500_000)));
    check("comments", html, &"<!--".repeat(100_000));
    check("comment ends", html, &format!("<!--{}", "--".repeat(200_000)));
    check("declarations", html, &"<!x".repeat(100_000));
    check("open brackets", html, &"<".repeat(500_000));
    check("scripts", html, &"<script><!--".repeat(50_000));
    check("strings in scripts", html, &format!("<script>{}</script>", "'a'+".repeat(100_000)));
    check("titles", html, &"<title>".repeat(70_000));
    check("cells", html, &format!("<table><tr>{}", "<td>a:".repeat(80_000)));
    check("cells that span", html, &format!("<table>{}", "<tr><td colspan=64>a".repeat(25_000)));
    check("links", html, &(0..30_000).map(|i| format!("<a href=/{i}>")).collect::<String>());
    check("items", html, &"<div itemscope itemprop=address><i itemprop=street>x</i>".repeat(8_000));
    check("labels", html, &"<label for=a>x<input id=a value=1234567890>".repeat(10_000));
    check("braces", html, &format!("<script type='application/ld+json'>{}", "{\"a\":[".repeat(80_000)));
    check("hidden", html, &"<p hidden>x".repeat(40_000));
    check("backwards", html, &"<bdo dir=rtl>x".repeat(30_000));
    check("definitions", html, &"<dl><dt>a<dd>b".repeat(30_000));
    check("spaces", html, &" \u{A0}".repeat(150_000));
    check("braces", "application/json", &"{\"a\":[".repeat(80_000));
    check("words", "application/json", &"aa ".repeat(150_000));
    check("elements", "application/xml", &format!("<?xml version='1.0'?>{}", "<a>".repeat(100_000)));
    check("references", "application/xml", &format!("<?xml version='1.0'?><a>{}", "&a;".repeat(100_000)));
    check("folds", "text/vcard", &format!("BEGIN:VCARD\nNOTE:x\n{}", " x\n".repeat(100_000)));
    check("soft ends", "text/vcard", &format!("BEGIN:VCARD\nNOTE;QUOTED-PRINTABLE:x=\n{}", "x=\n".repeat(100_000)));
    check("quotes", "text/csv", &"\"".repeat(300_000));
    check("separators", "text/csv", &",".repeat(300_000));
    check("lines", "text/plain", &"a:\n".repeat(150_000));
    check(
        "boundaries",
        "message/rfc822",
        &format!("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{}", "--b\r\n".repeat(60_000)),
    );
}

#[test]
fn no_tree_is_built_of_pages_that_hurt() {
    assert!(dom(&"<div>".repeat(600)).is_none());
    assert!(dom(&format!("<div {}>", "a ".repeat(1_001))).is_none());
    assert!(dom(&"<p>x".repeat(100_001)).is_none());
    assert!(dom(&"<p>x".repeat(10_000)).is_some());
    assert!(dom(&"<div>x</div>".repeat(10_000)).is_some());
}
