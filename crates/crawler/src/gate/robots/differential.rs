//! Our reading of the cases, and those of two parsers that are not ours: where they differ, why.

use super::cases;
use super::tests::page;
use super::{PRODUCT_TOKEN, Rules};

#[test]
fn every_case_is_read_as_the_rfc_says() {
    let mut wrong = vec![];
    for (robots, path, allowed) in cases::all() {
        if Rules::parse(robots.as_bytes(), PRODUCT_TOKEN).allows(&page(path)) != allowed {
            wrong.push(format!("{robots:?} {path} should be {allowed}"));
        }
    }
    assert!(cases::all().count() >= 150, "{}", cases::all().count());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// By 2.2.1 the product token is matched, and what follows it (a version, words) is no part of it.
const VERSION: &str = "it compares the whole line where 2.2.1 has the product token alone";
/// By 2.2 a path begins with a slash. A site that leaves it out plainly means to forbid, and is obeyed.
const SLASH: &str = "not of the grammar; we obey what was plainly meant and are the stricter one";
/// By 2.2.2 octets are compared in one spelling, whichever was written.
const OCTET: &str = "it compares spellings where 2.2.2 has octets compared";
/// By 2.2.3 a star stands for any number of any characters, the one after it among them.
const STAR: &str = "its star takes the first place that fits and never a later one (2.2.3)";

/// A case that another parser reads otherwise, and why ours stands.
type Difference = (&'static str, &'static str, &'static str);

/// Holds a parser against the table: every difference is explained, and every explanation is needed.
fn check(name: &str, allows: impl Fn(&str, &str) -> bool, explained: &[Difference]) {
    let differs: Vec<(&str, &str)> = cases::all()
        .filter(|(robots, path, allowed)| allows(robots, page(path).as_str()) != *allowed)
        .map(|(r, p, _)| (r, p))
        .collect();
    let known: Vec<(&str, &str)> = explained.iter().map(|(robots, path, _)| (*robots, *path)).collect();
    let unexplained: Vec<_> = differs.iter().filter(|d| !known.contains(d)).collect();
    let idle: Vec<_> = known.iter().filter(|k| !differs.contains(k)).collect();
    assert!(unexplained.is_empty() && idle.is_empty(), "{name}\nnot explained: {unexplained:#?}\nnot needed: {idle:#?}");
    assert!(explained.iter().all(|(_, _, why)| why.split(' ').count() > 3));
}

/// `texting_robots`, which some Rust programs use.
#[test]
fn against_texting_robots() {
    let allows = |robots: &str, url: &str| {
        texting_robots::Robot::new(PRODUCT_TOKEN, robots.as_bytes()).is_ok_and(|robot| robot.allowed(url))
    };
    check(
        "texting_robots",
        allows,
        &[
            ("User-agent: unlisted/1.0\nDisallow: /no\n", "/no", VERSION),
            ("User-agent: unlisted/2.1 (+https://x.example)\nDisallow: /no\n", "/no", VERSION),
            ("User-agent: unlisted bot\nDisallow: /no\n", "/no", VERSION),
            ("Disallow: /a\n", "/a", "it takes rules before any agent for everybody's; by 2.1 a rule belongs to a group"),
            (
                "User-agent: *\nDisallow: /a$b\n",
                "/a$b",
                "it ends a pattern at any dollar; by 2.2.3 only a last one has a meaning",
            ),
            ("User-agent: *\nDisallow: private/\n", "/private/x", SLASH),
            ("User-agent: *\nDisallow: /foo/bar/%e3%83%84\n", "/foo/bar/%E3%83%84", OCTET),
            ("User-agent: *\nDisallow: /foo/bar/%62%61%7A\n", "/foo/bar/baz", OCTET),
            ("User-agent: *\nDisallow: /a%3cd.html\n", "/a%3Cd.html", OCTET),
            ("User-agent: *\nDisallow: /a%2fb.html\n", "/a%2Fb.html", OCTET),
            ("User-agent: *\nDisallow: /%7Ejoe/\n", "/~joe/index.html", OCTET),
            ("User-agent: *\nDisallow: /~joe/\n", "/%7ejoe/index.html", OCTET),
            ("User-agent: *\nDisallow: /file-with-a-%2A.html\n", "/file-with-a-*.html", OCTET),
            ("User-agent: *\nDisallow: /foo-%24\n", "/foo-$", OCTET),
            ("User-agent: *\nDisallow: /a\u{0}b\n", "/a", "it cuts a line at NUL and so forbids more than was written"),
        ],
    );
}

/// `robotstxt`, a translation of the parser that Google published with the RFC.
#[test]
fn against_robotstxt() {
    let allows =
        |robots: &str, url: &str| robotstxt::DefaultMatcher::default().one_agent_allowed_by_robots(robots, PRODUCT_TOKEN, url);
    check(
        "robotstxt",
        allows,
        &[
            ("User-agent: *\nDisallow: /\n", "/robots.txt", "by 2.2.2 the file itself is allowed whatever stands in it"),
            ("User-agent: *\nDisallow: /*.php$\n", "/a.php.php", STAR),
            ("User-agent: *\nDisallow: */search/*\n", "/en/search/a", STAR),
            ("User-agent: *\nDisallow: /x/*/y/\n", "/x/1/2/y/z", STAR),
            ("User-agent: *\nDisallow: private/\n", "/private/x", SLASH),
            ("User-agent: *\nDisallow: /foo/bar/%62%61%7A\n", "/foo/bar/baz", OCTET),
            ("User-agent: *\nDisallow: /a%3cd.html\n", "/a%3cd.html", OCTET),
            ("User-agent: *\nDisallow: /%7Ejoe/\n", "/~joe/index.html", OCTET),
            ("User-agent: *\nDisallow: /~joe/\n", "/%7ejoe/index.html", OCTET),
            ("User-agent: *\nDisallow: /file-with-a-%2A.html\n", "/file-with-a-*.html", OCTET),
            ("User-agent: *\nDisallow: /foo-%24\n", "/foo-$", OCTET),
            (
                "\u{feff}User-agent: *\nDisallow: /a\n",
                "/a",
                "it takes a byte order mark for part of the first word; many editors write one",
            ),
            (
                "User-agent: unlisted\nSitemap: https://a.example/s.xml\nUser-agent: other\nDisallow: /no\n",
                "/no",
                "by 2.2.4 a Sitemap line must not end a group",
            ),
            ("User-agent: *\nDisallow: /a b\n", "/a%20b", OCTET),
        ],
    );
}
