//! fixtures/expected/demo.toml against the pages: what must be found stands there, and nowhere else.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;
use unlisted_web::demo::{DemoWeb, bundled};

use crate::client::{Answer, get};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    finding: Vec<Finding>,
    outcome: Vec<Outcome>,
    search: Vec<Search>,
    never: Vec<Never>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Finding {
    kind: String,
    fact: String,
    url: String,
    band: String,
    partial: bool,
    severity: String,
    text: String,
    /// The copy on which it stands, where the page itself has been mended.
    #[serde(default)]
    via: Option<String>,
}

impl Finding {
    fn stands_on(&self) -> &str {
        self.via.as_deref().unwrap_or(&self.url)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Outcome {
    url: String,
    outcome: Vec<String>,
    reason: Vec<String>,
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Search {
    word: String,
    outcome: Vec<String>,
    reason: Vec<String>,
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Never {
    value: String,
    whose: String,
    urls: Vec<String>,
}

/// The answer of the council's member service tells of this page (a row's `page`).
const SERVICE: &str = "https://democracy.northgate-council.example/mgWebService.asmx/GetCouncillorsByWard";

fn read(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(name))
        .expect("the fixtures are there")
}

fn expected() -> Expected {
    toml::from_str(&read("expected/demo.toml")).expect("the table can be read")
}

/// The answer, asked again when the page is one that refuses at first.
fn ask(web: &DemoWeb, url: &str) -> Option<Answer> {
    let first = get(web.addr(), url)?;
    if first.status == 429 { get(web.addr(), url) } else { Some(first) }
}

/// What a reader sees in an answer, and beside it the source with its entities decoded; white space as one space.
fn text(answer: &Answer) -> String {
    let bytes = answer.decoded();
    let source = String::from_utf8(bytes).unwrap_or_else(|e| e.as_bytes().iter().map(|b| char::from(*b)).collect());
    let mut seen = String::new();
    let mut inside = false;
    for c in source.chars().filter(|c| *c != '\0') {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                seen.push(' ');
            }
            c if !inside => seen.push(c),
            _ => {}
        }
    }
    let both = format!("{} {}", htmlize::unescape(seen.as_str()), htmlize::unescape(source.as_str()));
    both.split(|c: char| c.is_whitespace() || c == '\0').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Letters and digits only, in small letters: however a detail is spaced, it reads so.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect()
}

fn plain(answer: &Answer) -> String {
    letters(&text(answer))
}

#[test]
fn what_must_be_found_stands_on_its_page() {
    let (web, mut wrong) = (DemoWeb::start(0).expect("a free port"), vec![]);
    for finding in expected().finding {
        match ask(&web, finding.stands_on()) {
            Some(answer) if answer.status == 200 && text(&answer).contains(&finding.text) => {}
            answer => wrong.push(format!("{} ({:?})", finding.url, answer.map(|a| a.status))),
        }
        assert!(["same", "likely", "possible"].contains(&finding.band.as_str()), "{}", finding.band);
        assert!(["critical", "high", "medium", "low"].contains(&finding.severity.as_str()), "{}", finding.severity);
        assert!(finding.fact.is_empty() || finding.fact.contains(&format!("/{}/", finding.kind)), "{}", finding.fact);
    }
    assert!(wrong.is_empty(), "not there:\n{}", wrong.join("\n"));
}

#[test]
fn what_must_never_be_told_stands_on_its_pages() {
    let (web, mut wrong) = (DemoWeb::start(0).expect("a free port"), vec![]);
    for never in expected().never {
        for url in &never.urls {
            if !ask(&web, url).is_some_and(|a| a.status == 200 && plain(&a).contains(&letters(&never.value))) {
                wrong.push(format!("{} on {url} ({})", never.value, never.whose));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_place_that_cannot_be_looked_at_is_so() {
    let web = DemoWeb::start(0).expect("a free port");
    for row in expected().outcome {
        let answer = ask(&web, &row.url);
        let location = answer.as_ref().and_then(|a| a.header("location")).unwrap_or("").to_owned();
        let host = row.url.split('/').nth(2).expect("test data");
        let robots = get(web.addr(), &format!("https://{host}/robots.txt")).expect("an answer");
        let status = answer.as_ref().map(|a| a.status);
        let so = match row.reason.last().map_or("", String::as_str) {
            "robots" => status == Some(200) && text(&robots).contains("Disallow: /members/"),
            "robots-unreachable" => status == Some(200) && robots.status == 500,
            "too-many-requests" => status == Some(429),
            "timed-out" => status.is_none(),
            "private-address" => location.starts_with("http://192.168.") || location.starts_with("http://localhost/"),
            "too-many-redirects" => get(web.addr(), &location).is_some_and(|a| a.header("location") == Some("/loop")),
            "challenge" => status == Some(403) && answer.as_ref().is_some_and(|a| a.header("cf-mitigated").is_some()),
            "gone" => matches!(status, Some(404 | 410)) || answer.as_ref().is_some_and(|a| text(a).contains("Page not found")),
            "scanned" => answer.as_ref().is_some_and(|a| a.body.starts_with(b"%PDF")),
            "cut" => answer.as_ref().is_some_and(|a| !a.whole || (a.body.len() < 400_000 && a.decoded().len() == 1 << 20)),
            "bad-address" => status == Some(301) && location.starts_with("http://"),
            other => panic!("no test for {other}"),
        };
        assert!(so, "{}: {} ({status:?})", row.url, row.why);
        if !row.reason.iter().any(|r| r.starts_with("robots")) {
            assert!(matches!(robots.status, 200 | 404), "{host}: robots.txt would stop a check first");
        }
    }
}

#[test]
fn every_address_is_one_that_a_check_comes_to() {
    let sites = bundled().expect("the web can be read");
    let known: BTreeSet<&str> = sites.iter().flat_map(|s| s.known()).collect();
    let hosts: BTreeSet<&str> = sites.iter().map(|s| s.host.as_str()).collect();
    assert!(hosts.len() >= 30 && known.len() >= 40);
    for url in &known {
        assert!(url.split('/').nth(2).is_some_and(|h| hosts.contains(h) || h == "www.coastpath-diary.example"), "{url}");
    }
    let table = expected();
    let urls = table.finding.iter().map(|f| &f.url).chain(table.outcome.iter().map(|o| &o.url));
    // The own site is crawled, and the council's pages lead to one another.
    for url in urls.filter(|u| !u.starts_with("https://aminacastle.example/") && !u.contains("/documents/s90107/")) {
        assert!(known.contains(url.as_str()), "no search names {url}");
    }
}

/// How the private details are written in plain, to see where they stand. Letters and digits only.
const DETAILS: &[(&str, &[&str])] = &[
    ("home-address/1", &["14milllanemereside", "14milllaneline2mereside"]),
    ("phone/1", &["07700900123", "447700900123"]),
    ("phone/2", &["01632960240", "441632960240"]),
    ("email/1", &["aminacastlemailboxexample", "aminacastleatmailboxdotexample"]),
    ("email/2", &["aminahartleyoldmailexample"]),
    ("date-of-birth/1", &["09031984", "9march1984", "19840309"]),
    ("family-member/1", &["tobiahwrenfield"]),
    ("family-member/2", &["juniacastle"]),
    ("vehicle-registration/1", &["xq24zzq"]),
    ("username/1", &["aminareads"]),
];

#[test]
fn private_details_stand_where_the_table_says_and_nowhere_else() {
    let (web, table) = (DemoWeb::start(0).expect("a free port"), expected());
    // The pages that robots.txt keeps us from hold details on purpose.
    let kept = |url: &str| url.contains("mereside-tennis.example/members/ladder") || url.contains("directory.northgate-traders");
    let urls =
        bundled().expect("the web can be read").into_iter().flat_map(|s| s.urls()).filter(|url| url != SERVICE && !kept(url));
    let pages: Vec<(String, String)> = urls.filter_map(|url| Some((plain(&ask(&web, &url)?), url))).collect();
    let mut wrong = vec![];
    for (fact, forms) in DETAILS {
        let id = format!("amina-castle/{fact}");
        for (page, url) in &pages {
            let told = table.finding.iter().any(|f| f.fact == id && f.stands_on() == url && !f.partial);
            if forms.iter().any(|form| page.contains(form)) != told {
                wrong.push(format!("{fact} {} {url}", if told { "is missing on" } else { "stands on" }));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_readme_holds_the_same_tables() {
    let (readme, table) = (read("README.md"), expected());
    let rows = |name: &str| {
        let part = readme.split(&format!("<!-- {name} -->")).nth(1).and_then(|p| p.split(&format!("<!-- /{name} -->")).next());
        part.expect("the README has this table").lines().skip(3).map(str::to_owned).collect::<Vec<_>>()
    };
    let row = |cells: &[&str]| format!("| {} |", cells.join(" | "));
    let or = |words: &[String]| words.iter().map(|w| if w.is_empty() { "(none)" } else { w }).collect::<Vec<_>>().join(" or ");
    let fact =
        |f: &Finding| if f.fact.is_empty() { "(nobody supplied it)".to_owned() } else { f.fact.replace("amina-castle/", "") };
    let findings = table
        .finding
        .iter()
        .map(|f| row(&[&f.kind, &fact(f), &f.url, &f.band, if f.partial { "yes" } else { "no" }, &f.severity]));
    assert_eq!(rows("finding"), findings.collect::<Vec<_>>());
    let outcomes = table.outcome.iter().map(|o| row(&[&o.url, &or(&o.outcome), &or(&o.reason), &o.why]));
    assert_eq!(rows("outcome"), outcomes.collect::<Vec<_>>());
    let searches = table.search.iter().map(|s| row(&[&s.word, &or(&s.outcome), &or(&s.reason), &s.why]));
    assert_eq!(rows("search"), searches.collect::<Vec<_>>());
    let nevers = table.never.iter().map(|n| row(&[&n.value, &n.whose, &n.urls.join(" ")]));
    assert_eq!(rows("never"), nevers.collect::<Vec<_>>());
}
