//! RFC 9309, case by case, and hostile files.

use std::time::{Duration, Instant};

use jiff::ToSpan;
use proptest::prelude::*;
use unlisted_model::ports::{HostKey, RobotsNote};
use url::Url;

use super::{Cache, PRODUCT_TOKEN, Rules, Word, note};
use crate::exchange::{Cut, Response};
use crate::gate::testing::now;

pub(super) fn page(path: &str) -> Url {
    Url::parse(&format!("https://a.example{path}")).expect("test data")
}

fn check(robots: &str, path: &str, allowed: bool) {
    let rules = Rules::parse(robots.as_bytes(), PRODUCT_TOKEN);
    assert_eq!(rules.allows(&page(path)), allowed, "{robots:?} {path}");
}

#[test]
fn groups() {
    let ours = "User-agent: *\nDisallow: /\n\nUser-agent: unlisted\nDisallow: /no\n";
    check(ours, "/yes", true);
    check(ours, "/no", false);
    check("User-agent: UNLISTED\nDisallow: /no\n", "/no", false);
    check("User-agent: Unlisted/1.0 (+https://x.example)\nDisallow: /no\n", "/no", false);
    check("user-AGENT:unlisted\ndisALLOW:/no", "/no", false);
    check("User-agent: unlistedbot\nDisallow: /\n", "/a", true);
    check("User-agent: unlisted-news\nDisallow: /\n", "/a", true);
    check("User-agent: other\nDisallow: /\n", "/a", true);
    check("User-agent: *\nDisallow: /\n", "/a", false);
    // A group of our own without rules allows everything, whatever the others say.
    check("User-agent: *\nDisallow: /\n\nUser-agent: unlisted\n", "/a", true);
    check("User-agent: *\nDisallow: /\n\nUser-agent: unlisted\nDisallow:\n", "/a", true);
    // Lines of agents without rules between them share a group.
    check("User-agent: other\nUser-agent: unlisted\nDisallow: /no\n", "/no", false);
    check("User-agent: unlisted\n\n# words\n\nUser-agent: other\nDisallow: /no\n", "/no", false);
    check("User-agent: unlisted\nDisallow: /a\nUser-agent: other\nDisallow: /b\n", "/b", true);
    // Groups for the same agent are merged.
    let merged = "User-agent: unlisted\nDisallow: /a\n\nUser-agent: other\nDisallow: /b\n\nUser-agent: unlisted\nDisallow: /c\n";
    check(merged, "/a", false);
    check(merged, "/b", true);
    check(merged, "/c", false);
    check("User-agent: *\nDisallow: /a\n\nUser-agent: *\nDisallow: /b\n", "/b", false);
    // Rules before any agent speak to nobody; other lines end nothing.
    check("Disallow: /\nUser-agent: other\nDisallow: /x\n", "/a", true);
    check("User-agent: unlisted\nSitemap: https://a.example/s.xml\nUser-agent: other\nDisallow: /no\n", "/no", false);
    check("User-agent: unlisted\nDisallow: /a\nSitemap: https://a.example/s.xml\nDisallow: /b\n", "/b", false);
    check("User-agent: *\nDisallow: /a # words\n", "/a", false);
    check("User-agent: * # everybody\nDisallow: /a\n", "/a", false);
}

#[test]
fn longest_match_wins() {
    let both = |a: &str, b: &str| format!("User-agent: *\n{a}\n{b}\n");
    for (allow, disallow, path, allowed) in [
        ("Allow: /p", "Disallow: /", "/page", true),
        ("Allow: /folder", "Disallow: /folder", "/folder/page", true),
        ("Allow: /page", "Disallow: /*.htm", "/page.htm", false),
        ("Allow: /page", "Disallow: /*.ph", "/page.php5", true),
        ("Allow: /$", "Disallow: /", "/", true),
        ("Allow: /$", "Disallow: /", "/page.htm", false),
        ("Allow: /example/page/", "Disallow: /example/page/disallowed.gif", "/example/page/disallowed.gif", false),
        ("Allow: /a/b", "Disallow: /a/", "/a/c", false),
    ] {
        check(&both(allow, disallow), path, allowed);
        check(&both(disallow, allow), path, allowed);
    }
    check("User-agent: *\nDisallow: /\n", "/robots.txt", true);
    check("User-agent: *\nAllow: /\nDisallow:\n", "/a", true);
    check("", "/a", true);
}

#[test]
fn paths_and_wildcards() {
    let rule = |pattern: &str, path: &str, matched: bool| check(&format!("User-agent: *\nDisallow: {pattern}\n"), path, !matched);
    for (pattern, path, matched) in [
        ("/fish", "/fish", true),
        ("/fish", "/fishheads/yummy.html", true),
        ("/fish", "/fish.php?id=1", true),
        ("/fish", "/Fish.asp", false),
        ("/fish", "/catfish", false),
        ("/fish*", "/fish/salmon", true),
        ("/fish/", "/fish", false),
        ("/fish/", "/fish/?id=1", true),
        ("/*.php", "/folder/a.php?x=1", true),
        ("/*.php", "/windows.PHP", false),
        ("/*.php$", "/a.php", true),
        ("/*.php$", "/a.php?x", false),
        ("/*.php$", "/a.php5", false),
        ("/*.php$", "/a.php.php", true),
        ("/fish*.php", "/fishheads/catfish.php?p", true),
        ("*/search/*", "/en/search/a", true),
        ("*/search/*", "/search/", true),
        ("/a*b*c", "/aXbYc", true),
        ("/a*b*c", "/aXcYb", false),
        ("/a**b", "/axxb", true),
        ("*", "/anything", true),
        ("$", "/", false),
        ("/*?", "/a?b", true),
        ("/a?b=c", "/a?b=cd", true),
        ("private/", "/private/x", true),
        // Percent-encoding in one spelling (RFC 9309 §2.2.2).
        ("/foo/bar?baz=https://foo.bar", "/foo/bar?baz=https://foo.bar", true),
        ("/foo/bar/ツ", "/foo/bar/%E3%83%84", true),
        ("/foo/bar/%e3%83%84", "/foo/bar/ツ", true),
        ("/foo/bar/%62%61%7A", "/foo/bar/baz", true),
        ("/foo/b%41r", "/foo/bAr", true),
        ("/a%3cd.html", "/a%3Cd.html", true),
        ("/a%2fb.html", "/a/b.html", false),
        ("/a%2fb.html", "/a%2Fb.html", true),
        ("/%7Ejoe/", "/~joe/index.html", true),
        ("/path/file-with-a-%2A.html", "/path/file-with-a-*.html", true),
        ("/path/file-with-a-%2A.html", "/path/file-with-a-x.html", false),
        ("/path/foo-%24", "/path/foo-$", true),
        ("/100%", "/100%", true),
    ] {
        rule(pattern, path, matched);
    }
}

#[test]
fn forms_of_files() {
    check("\u{feff}User-agent: *\nDisallow: /a\n", "/a", false);
    check("User-agent: *\r\nDisallow: /a\r\n", "/a", false);
    check("User-agent: *\rDisallow: /a\r", "/a", false);
    check("User-agent: *\nDisallow: /a", "/a", false);
    check("  User-agent :  *  \n\t Disallow\t:\t/a\t\n", "/a", false);
    check("<html><body>User-agent: *<br>Disallow: /</body></html>", "/a", true);
    check("User-agent: *\nDissallow: /a\n", "/a", false);
    let latin = Rules::parse(b"User-agent: *\nDisallow: /caf\xe9/\nDisallow: /b\n", PRODUCT_TOKEN);
    assert!(!latin.allows(&page("/b")) && latin.allows(&page("/cafe/")));
}

#[test]
fn crawl_delay_is_honoured_up_to_a_minute() {
    let delay = |robots: &str| Rules::parse(robots.as_bytes(), PRODUCT_TOKEN).crawl_delay();
    assert_eq!(delay("User-agent: *\nCrawl-delay: 5\n"), Some(Duration::from_secs(5)));
    assert_eq!(delay("User-agent: *\nCrawl-delay: 0.5\nDisallow: /a"), Some(Duration::from_millis(500)));
    assert_eq!(delay("User-agent: *\nCrawl-delay: 86400\n"), Some(Duration::from_secs(60)));
    assert_eq!(delay("User-agent: other\nCrawl-delay: 5\n"), None);
    assert_eq!(delay("User-agent: *\nCrawl-delay: 9\n\nUser-agent: unlisted\nCrawl-delay: 2\n"), Some(Duration::from_secs(2)));
    for garbage in ["-1", "NaN", "inf", "1e999", "soon", ""] {
        assert_eq!(delay(&format!("User-agent: *\nCrawl-delay: {garbage}\n")), None, "{garbage}");
    }
}

#[test]
fn at_least_500_kib_are_read_and_no_half_line() {
    let filler = "# words\n".repeat(499 * 1024 / 8);
    check(&format!("User-agent: *\n{filler}Disallow: /a\n"), "/a", false);
    let mut long = format!("User-agent: *\n{}", "# words\n".repeat(500 * 1024 / 8 - 4));
    long.push_str("Disallow: /private-and-more\n");
    // The cap falls inside the last line: half of it must not become `Disallow: /`.
    check(&long, "/other", true);
}

#[test]
fn hostile_files_cost_little() {
    let clock = Instant::now();
    let binary: Vec<u8> = (0..10_000_000u32).map(|i| u8::try_from(i.wrapping_mul(2_654_435_761) >> 24).unwrap_or(0)).collect();
    assert!(Rules::parse(&binary, PRODUCT_TOKEN).allows(&page("/a")));
    let stars = format!("User-agent: *\nDisallow: /{}b$\n", "*a".repeat(200_000));
    assert!(Rules::parse(stars.as_bytes(), PRODUCT_TOKEN).allows(&page(&format!("/{}", "a".repeat(8_000)))));
    let many = format!("User-agent: *\n{}", "Disallow: *x\n".repeat(38_000));
    assert!(Rules::parse(many.as_bytes(), PRODUCT_TOKEN).allows(&page(&format!("/{}", "a".repeat(8_000)))));
    assert!(clock.elapsed() < Duration::from_secs(5), "{:?}", clock.elapsed());
}

#[test]
fn every_answer_means_something() {
    let answer = |status: u16, cut: Option<Cut>| Response {
        url: page("/robots.txt"),
        asked: page("/robots.txt"),
        status,
        headers: vec![],
        body: b"User-agent: *\nDisallow: /".to_vec(),
        cut,
        seen: now(),
        document: None,
    };
    let body = RobotsNote::Body(b"User-agent: *\nDisallow: /".to_vec());
    assert_eq!(note(Some(&answer(200, None))), body);
    assert_eq!(note(Some(&answer(200, Some(Cut::WireCap)))), body);
    assert_eq!(note(Some(&answer(200, Some(Cut::BrokeOff)))), RobotsNote::DisallowAll);
    for status in [301, 400, 401, 403, 404, 410, 451] {
        assert_eq!(note(Some(&answer(status, None))), RobotsNote::AllowAll, "{status}");
    }
    for status in [429, 500, 502, 503, 599] {
        assert_eq!(note(Some(&answer(status, None))), RobotsNote::DisallowAll, "{status}");
    }
    assert_eq!(note(None), RobotsNote::DisallowAll);
}

#[test]
fn the_cache_forgets_after_a_day() {
    let mut cache = Cache::default();
    let host = HostKey("a.example:443".to_owned());
    assert_eq!(cache.ask(&host, &page("/"), now()), Word::NotKnown);
    cache.learn(host.clone(), &RobotsNote::Body(b"User-agent: *\nDisallow: /no".to_vec()), now());
    assert_eq!(cache.ask(&host, &page("/no"), now()), Word::Disallowed);
    assert_eq!(cache.ask(&host, &page("/yes"), now() + 24.hours()), Word::Allowed);
    assert_eq!(cache.ask(&host, &page("/yes"), now() + 25.hours()), Word::NotKnown);
    cache.learn(host.clone(), &RobotsNote::DisallowAll, now());
    assert_eq!(cache.ask(&host, &page("/yes"), now()), Word::Unreachable);
}

proptest! {
    #[test]
    fn any_bytes_are_read(body in proptest::collection::vec(any::<u8>(), 0..400), path in "/[ -~]{0,40}") {
        let rules = Rules::parse(&body, PRODUCT_TOKEN);
        if let Ok(url) = Url::parse(&format!("https://a.example{path}")) {
            // Either way; it must come to an end and not panic.
            let _either = rules.allows(&url);
        }
    }

    #[test]
    fn a_literal_rule_matches_what_begins_with_it(path in "(/[a-z]{1,5}){1,3}", more in "(/[a-z]{1,4})?", other in "/[0-9]{1,5}") {
        let robots = format!("User-agent: *\nDisallow: {path}\n");
        let rules = Rules::parse(robots.as_bytes(), PRODUCT_TOKEN);
        let below = page(&format!("{path}{more}"));
        prop_assert!(!rules.allows(&below));
        prop_assert!(rules.allows(&page(&other)));
    }
}
