//! The archive as it answers, breaks off, leaves out and lies.

use super::*;
use crate::sources::rehearse::{answer_file, answer_to, check, check_body, person, recorded, source, told, url};

/// The questions that only an answer leads to.
pub(in crate::sources) fn asked(what: &str) -> Query {
    let for_ = [person().id];
    if what == "copy" {
        let at = "https://archive.example/web/20190412083011id_/http://marigoldtester.example/contact";
        let query = ask(COPY, Slots::default().with("page", &[Discloses::Page], at), &for_);
        let slots = query.slots.clone().with("original", &[], "http://marigoldtester.example/contact");
        return Query { slots, ..query };
    }
    let slots = Slots::default().with("site", &[Discloses::Domain], "marigoldtester.example");
    ask(OWN, slots, &for_)
}

/// The question about one page of a council.
fn exact() -> Query {
    let for_ = [person().id];
    page_question(&url("https://democracy.exampleford.example/mgUserInfo.aspx?UID=101#top"), &for_).expect("a page")
}

const JSON: &str = "HTTP/1.1 200 OK\nContent-Type: application/json";
const NAMES: &str = r#"["urlkey","timestamp","original","mimetype","statuscode","digest","length"]"#;

fn row(taken: &str, page: &str, kind: &str, status: &str, digest: &str) -> String {
    format!(r#"["k","{taken}","{page}","{kind}","{status}","{digest}","1"]"#)
}

fn list(rows: &[String]) -> String {
    format!("{JSON}\n\n[{NAMES},{}]", rows.join(","))
}

#[test]
fn sites_profiles_and_pages_are_asked_for_as_what_they_are() {
    let mut person = person();
    person.pages.push(unlisted_model::OwnPage { url: url("https://social.example/@mari") });
    person.pages.push(unlisted_model::OwnPage { url: url("https://www.marigoldtester.example/about") });
    person.pages.push(unlisted_model::OwnPage { url: url("https://closed.example/me") });
    let source = source(ID);
    let lines = source.lines(&person);
    let told: Vec<(&str, u32, usize)> = lines.iter().map(|l| (l.line.0.as_str(), l.units, l.queries.len())).collect();
    assert_eq!(told, [("wayback/own", 6, 2), ("wayback/pages", PAGES, 0), ("wayback/copies", COPIES, 0)]);
    let address = |q: &Query| source.request(q).expect("its own question").url().to_string();
    let rest = "&output=json&collapse=digest&filter=statuscode%3A200";
    assert_eq!(
        address(&lines[0].queries[0]),
        format!(
            "https://archive.example/cdx/search/cdx?url=marigoldtester.example&matchType=domain{rest}&limit=5000&showResumeKey=true"
        )
    );
    assert_eq!(
        address(&lines[0].queries[1]),
        format!(
            "https://archive.example/cdx/search/cdx?url=social.example%2F%40mari&matchType=prefix{rest}&limit=5000&showResumeKey=true"
        )
    );
    assert_eq!(
        address(&exact()),
        format!(
            "https://archive.example/cdx/search/cdx?url=democracy.exampleford.example%2FmgUserInfo.aspx%3FUID%3D101&matchType=exact{rest}&limit=200&showResumeKey=true"
        )
    );
    let discloses = |q: &Query| source.request(q).expect("its own").discloses().iter().copied().collect::<Vec<_>>();
    assert_eq!(discloses(&lines[0].queries[0]), [Discloses::Domain]);
    assert_eq!(discloses(&exact()), [Discloses::Page]);
    let copy = source.request(&asked("copy")).expect("its own question");
    assert!(copy.is_whole() && copy.kind == RequestKind::Query, "asked of the archive only, unchanged");
    person.pages.clear();
    assert_eq!(source.lines(&person).len(), 2, "pages that others name are asked for all the same");
}

#[test]
fn the_four_answers() {
    check(
        ID,
        "list",
        "found",
        "
found
next wayback/copies https://archive.example/web/20190101120000id_/http://marigoldtester.example/contact
next wayback/copies https://archive.example/web/20120101120000id_/http://marigoldtester.example/contact
",
    );
    check(ID, "list", "absent", "absent");
    check(ID, "list", "blocked", "error blocked/forbidden: the answer is an error (status 403)");
    check(ID, "list", "changed", "error failed/layout-changed: the layout is no longer understood: it is no list");
    check(ID, "list", "excluded", "absent");
}

#[test]
fn a_copy_is_the_page_as_it_was() {
    let query = asked("copy");
    let at = source(ID).request(&query).expect("its own question").url().clone();
    let answer = source(ID).read(&query, &recorded(&answer_file(ID, "copy"), &at)).expect("it is right");
    let [document] = answer.documents.as_slice() else { panic!("one document") };
    assert_eq!(document.url, "http://marigoldtester.example/contact");
    assert_eq!(document.via, "https://archive.example/web/20190412083011id_/http://marigoldtester.example/contact");
    assert_eq!(document.nature, unlisted_model::Nature::Page, "what stands in an archive is no longer the person's to edit");
    assert!(document.text.chars.contains("01632 960101"));
    for (status, expect) in
        [("404 x", "error failed/gone"), ("500 x", "error failed/error-status"), ("403 x", "error blocked/forbidden")]
    {
        let got = told(source(ID).as_ref(), &query, &recorded(format!("HTTP/1.1 {status}\n\n<p>x").as_bytes(), &at));
        assert!(got.starts_with(expect), "{status}: {got}");
    }
}

#[test]
fn a_long_list_goes_on_where_it_stopped_and_ends() {
    let first = format!(
        r#"{JSON}

[{NAMES},{},[],["example%2Ctester%29%2F+2009%21"]]"#,
        row("20090412083011", "http://marigoldtester.example:80/", "text/html", "200", "A")
    );
    let got = answer_to(ID, "list", first.as_bytes());
    assert!(
        got.starts_with(
            "found\nnext wayback/copies https://archive.example/web/20090412083011id_/http://marigoldtester.example/\n"
        ),
        "{got}"
    );
    assert!(got.contains("showResumeKey=true&resumeKey=example%252Ctester%2529%252F%2B2009%2521"), "{got}");
    let mut query = asked("list");
    for part in 0..5 {
        let response = recorded(first.as_bytes(), &url("https://archive.example/"));
        let answer = source(ID).read(&query, &response).expect("it is right");
        match answer.next.into_iter().find(|q| q.what == "list") {
            Some(next) => {
                assert!(next.key != query.key && next.discloses() == query.discloses(), "part {part}");
                query = next;
            }
            None => {
                assert_eq!((part, answer.outcome), (PARTS, Outcome::because(OutcomeKind::Found, OutcomeReason::Cut)));
                return;
            }
        }
    }
    panic!("it never ends");
}

#[test]
fn odd_rows_and_broken_lists_are_told() {
    let good = row("20190101120000", "http://marigoldtester.example/contact", "text/html", "200", "A");
    let odd = [
        good.clone(),
        row("2019", "http://marigoldtester.example/x", "text/html", "200", "B"),
        row("20190101120000", "not an address", "text/html", "200", "C"),
        r#"["k","20190101120000"]"#.to_owned(),
        row("20190101120000", "http://marigoldtester.example/photo", "image/jpeg", "200", "D"),
        row("20190101120000", "http://marigoldtester.example/style.css", "text/css", "200", "E"),
        row("20190101120001", "http://marigoldtester.example/contact", "warc/revisit", "-", "A"),
        row("20190101120002", "https://www.marigoldtester.example/contact/", "text/html", "200", "A"),
        row("20190101120003", "http://marigoldtester.example/old", "text/html", "302", "F"),
        row("20190101120004", "http://closed.example/old", "text/html", "200", "G"),
    ];
    let one = "found\nnext wayback/copies https://archive.example/web/20190101120000id_/http://marigoldtester.example/contact\n";
    assert_eq!(answer_to(ID, "list", list(&odd).as_bytes()), one);
    let whole = list(&[good.clone(), good.replace("/contact", "/other").replace("\"A\"", "\"Z\"")]);
    let broken = whole.get(..whole.len() - 30).expect("test data");
    assert_eq!(answer_to(ID, "list", broken.as_bytes()), one.replace("found\n", "found/cut\n"));
    assert!(answer_to(ID, "list", list(&[odd[1].clone(), odd[2].clone()]).as_bytes()).contains("failed/layout-changed"));
    for (body, expect) in [
        ("", "error failed/error-status"),
        ("  \n", "error failed/error-status"),
        ("<html><h1>503 Service Unavailable</h1></html>", "error failed/layout-changed"),
        ("{}", "error failed/layout-changed"),
        ("[1]", "error failed/layout-changed"),
        ("[[\"a\",\"b\"]]", "error failed/layout-changed"),
        ("[", "error failed/layout-changed"),
        (" [] ", "absent"),
    ] {
        assert!(answer_to(ID, "list", format!("{JSON}\n\n{body}").as_bytes()).starts_with(expect), "{body}");
    }
    assert_eq!(answer_to(ID, "list", format!("{JSON}\n\n[{NAMES}]").as_bytes()), "absent\n");
    let robots = "org.archive.util.RobotAccessControlException: Blocked By Robots";
    check_body(ID, "list", "HTTP/1.1 403 Forbidden", robots, "error blocked/forbidden: the answer is an error (status 403)");
}

#[test]
fn telling_pages_and_both_ends_come_first() {
    let rows: Vec<String> = (0..40)
        .flat_map(|i| {
            let page = if i == 39 {
                "http://marigoldtester.example/contact".into()
            } else {
                format!("http://marigoldtester.example/news/{i}")
            };
            ["2012", "2015", "2019"].map(|y| row(&format!("{y}0101120000"), &page, "text/html", "200", &format!("{i}{y}")))
        })
        .collect();
    let own = source(ID).plan(&person()).remove(0);
    let got = told(source(ID).as_ref(), &own, &recorded(list(&rows).as_bytes(), &url("https://archive.example/")));
    assert!(
        got.starts_with(
            "found/cut\nnext wayback/copies https://archive.example/web/20190101120000id_/http://marigoldtester.example/contact\n"
        ),
        "{got}"
    );
    assert_eq!(got.matches("next ").count(), 24, "bounded, and told as cut");
    let page = "http://democracy.exampleford.example/mgUserInfo.aspx?UID=101";
    let same: Vec<String> =
        (10..19).map(|y| row(&format!("20{y}0101120000"), page, "text/html", "200", &y.to_string())).collect();
    let got = told(source(ID).as_ref(), &exact(), &recorded(list(&same).as_bytes(), &url("https://archive.example/")));
    assert_eq!(got.matches("next ").count(), 4, "of a single page: {got}");
    let few: Vec<String> = rows.into_iter().filter(|r| r.contains("contact")).collect();
    let years: Vec<String> =
        answer_to(ID, "list", list(&few).as_bytes()).lines().skip(1).map(|l| l.get(48..52).expect("a year").to_owned()).collect();
    assert_eq!(years, ["2019", "2012", "2015"]);
}

#[test]
fn neighbours_of_what_was_asked_about_are_not_read() {
    for (name, text, below, page, expect) in [
        ("site", "marigoldtester.example", false, "http://old.marigoldtester.example/x", true),
        ("site", "marigoldtester.example", false, "http://notmarigoldtester.example/x", false),
        ("page", "social.example/@mari", true, "https://social.example/@mari/posts/1", true),
        ("page", "social.example/@mari", true, "https://social.example/@marion", false),
        ("page", "news.example/story?id=7", false, "http://www.news.example:80/story?id=7", true),
        ("page", "news.example/story?id=7", false, "http://news.example/story?id=8", false),
    ] {
        let mut slots = Slots::default().with(name, &[], text);
        if below {
            slots = slots.with("below", &[], "yes");
        }
        assert_eq!(is_of(&ask(OWN, slots, &[]), &url(page)), expect, "{text} {page}");
    }
}

#[test]
fn an_old_copy_of_a_councils_page_is_read_as_records() {
    let at = "https://archive.example/web/20190412083011id_/http://democracy.exampleford.example/mgUserInfo.aspx?UID=101";
    let mut query = ask(COPY, Slots::default().with("page", &[Discloses::Page], at), &[person().id]);
    query.slots = query.slots.with("original", &[], "http://democracy.exampleford.example/mgUserInfo.aspx?UID=101");
    let response = recorded(&answer_file("moderngov", "profile"), &url(at));
    let answer = source(ID).read(&query, &response).expect("it is right");
    let [document] = answer.documents.as_slice() else { panic!("one document") };
    assert_eq!((document.nature, document.via.as_str()), (unlisted_model::Nature::Record, at));
    assert!(
        document.text.chars.contains("14 Invented Crescent") && !document.text.chars.contains("Placeholder"),
        "her colleague"
    );
    assert!(answer.links.is_empty() && answer.next.is_empty());
}
