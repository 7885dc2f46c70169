//! Recorded answers of an invented candidate's site.

use super::*;
use crate::sources::rehearse::{check, check_body, check_holds, person, question, recorded, source, url};

#[test]
fn a_site_is_walked_from_its_entry() {
    check(
        "own-pages",
        "page",
        "found",
        "
found
= https://marigoldtester.example/
next own-pages/1 https://marigoldtester.example/news/2024/fete
next own-pages/1 https://marigoldtester.example/contact
next own-pages/1 https://marigoldtester.example/marigold.vcf
next own-pages/1 https://www.marigoldtester.example/about
next own-pages/1 https://marigoldtester.example/feed.xml
next own-pages/1 https://marigoldtester.example/photos/house.jpg
",
    );
    check_holds("own-pages", "found", "Ring me on 07700 900101.");
}

#[test]
fn a_page_that_could_not_be_read_is_never_absent() {
    check("own-pages", "page", "blocked", "error blocked/forbidden: the answer is an error (status 403)");
    check(
        "own-pages",
        "page",
        "changed",
        "
failed/unreadable
= https://marigoldtester.example/
",
    );
    check(
        "own-pages",
        "page",
        "absent",
        "
found
= https://marigoldtester.example/
",
    );
}

#[test]
fn a_page_without_a_word_still_leads_on() {
    let head = "HTTP/1.1 200 OK\nContent-Type: text/html";
    check_body(
        "own-pages",
        "page",
        head,
        "<meta http-equiv=refresh content='0; url=home.html'>",
        "absent\nnext own-pages/1 https://marigoldtester.example/home.html",
    );
    let frames = "<html><frameset cols='20%,80%'><frame src=menu.html><frame src=main.html></frameset></html>";
    check_body(
        "own-pages",
        "page",
        head,
        frames,
        "
failed/unreadable
next own-pages/1 https://marigoldtester.example/menu.html
next own-pages/1 https://marigoldtester.example/main.html
",
    );
}

#[test]
fn a_sitemap_names_pages_and_its_lack_is_no_failure() {
    check(
        "own-pages",
        "sitemap",
        "sitemap",
        "
found
next own-pages/1 https://marigoldtester.example/contact
next own-pages/1 https://marigoldtester.example/old/post-1
",
    );
    check_body("own-pages", "sitemap", "HTTP/1.1 404 Not Found", "", "absent");
    check_body("own-pages", "sitemap", "HTTP/1.1 200 OK\nContent-Type: text/html", "<!doctype html><html>home</html>", "absent");
    check_body(
        "own-pages",
        "sitemap",
        "HTTP/1.1 403 Forbidden",
        "",
        "error blocked/forbidden: the answer is an error (status 403)",
    );
    check_body("own-pages", "sitemap", "HTTP/1.1 500 x", "", "error failed/error-status: the answer is an error (status 500)");
    let index = "<sitemapindex><sitemap><loc>https://marigoldtester.example/a.xml.gz</loc></sitemap><sitemap><loc>https://other.example/b.xml</loc></sitemap></sitemapindex>";
    check_body(
        "own-pages",
        "sitemap",
        "HTTP/1.1 200 OK\nContent-Type: application/xml",
        index,
        "
found
next own-pages/1 https://marigoldtester.example/a.xml.gz
",
    );
}

#[test]
fn closed_platforms_are_left_to_the_person() {
    let mut subject = person();
    subject.pages = [
        "https://closed.example/mari",
        "https://social.example/@mari",
        "https://social.example/@mari",
        "http://www.social.example/@mari/2",
    ]
    .map(|u| unlisted_model::OwnPage { url: url(u) })
    .to_vec();
    let lines = source("own-pages").lines(&subject);
    let told: Vec<(&str, &str, usize)> = lines.iter().map(|l| (l.line.0.as_str(), l.to.as_str(), l.queries.len())).collect();
    assert_eq!(told, [("own-pages/1", "social.example", 2)]);
}

#[test]
fn a_site_ends_at_its_depth_and_its_bound() {
    let source = source("own-pages");
    let links: String = (0..100).map(|i| format!("<a href=\"/p{i}\">p</a>")).collect();
    let body = format!(
        "HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html><body><p>x</p>{links}<a href=\"/contact\">c</a></body></html>"
    );
    let mut query = question("own-pages", "page");
    let mut depths = vec![];
    loop {
        let answer =
            source.read(&query, &recorded(body.as_bytes(), &url("https://marigoldtester.example/"))).expect("it is right");
        assert!(answer.next.len() <= 25);
        depths.push(answer.next.len());
        match answer.next.into_iter().next() {
            Some(next) => query = next,
            None => break,
        }
    }
    assert_eq!(depths, [25, 25, 25, 0]);
    // A contact page goes first however late it is named.
    let first = source
        .read(&question("own-pages", "page"), &recorded(body.as_bytes(), &url("https://marigoldtester.example/")))
        .expect("it is right");
    assert_eq!(slots::text(&first.next[0], "page"), Ok("https://marigoldtester.example/contact"));
}

#[test]
fn a_site_that_moved_to_a_shared_host_is_not_that_host() {
    let source = source("own-pages");
    let body = b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html><body><p>x</p><a href=\"/mari/more\">m</a><a href=\"/other\">o</a></body></html>";
    let mut response = recorded(body, &url("https://marigoldtester.example/"));
    response.url = url("https://shared.example/mari");
    let answer = source.read(&question("own-pages", "page"), &response).expect("it is right");
    let next: Vec<&str> = answer.next.iter().filter_map(|q| slots::text(q, "page").ok()).collect();
    assert_eq!(next, ["https://shared.example/mari/more"]);
}
