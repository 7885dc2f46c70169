//! Recorded answers of a council that does not exist, and the traps of its pages.

use super::*;
use crate::sources::rehearse::{answer_to, check, check_body, councils, person, source, url};

const LIST: &str = "https://democracy.mockbury.example/mockbury/Councillors.aspx";
const PAGE: &str = "https://democracy.mockbury.example/mockbury/Councillors/tabid/63/ctl/ViewCMIS_Person/mid/383/id/2047/ScreenMode/Ward/Default.aspx";

/// The questions of somebody who stands in a council with CMIS.
pub(in crate::sources) fn asked(what: &str) -> Query {
    let for_ = [person().id];
    match what {
        PROFILE => question(what, "EXC", Some(&url(PAGE)), &url(PAGE), &for_),
        _ => question(what, "EXC", None, &url(LIST), &for_),
    }
}

const HTML: &str = "HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8";

fn block(id: u32, inside: &str) -> String {
    format!(
        "<div class='PE_People_PersonBlock'><a href='/mockbury/Councillors/ctl/ViewCMIS_Person/mid/3/id/{id}/x.aspx'><img src=p alt=''></a>{inside}</div>"
    )
}

fn list(blocks: &[String]) -> String {
    format!("<html><body>{}</body></html>", blocks.concat())
}

#[test]
fn the_list_is_asked_and_told_nothing() {
    let mut person = person();
    person.candidacy.council = Some("EXC".into());
    let lines = source(ID).lines(&person);
    let told: Vec<(&str, u32, usize)> = lines.iter().map(|l| (l.line.0.as_str(), l.units, l.queries.len())).collect();
    assert_eq!(told, [("cmis/councillors", 4, 1), ("cmis/profile", 3, 0)]);
    assert!(lines.iter().all(|l| l.to == "democracy.mockbury.example"));
    let request = source(ID).request(&lines[0].queries[0]).expect("its own question");
    assert_eq!((request.url().as_str(), request.discloses().len()), (LIST, 0), "https first, although the row says http");
    let plain = source(ID).when_unreachable(&lines[0].queries[0]).expect("the row says http");
    assert_eq!(source(ID).request(&plain).expect("its own").url().scheme(), "http");
    assert!(source(ID).when_unreachable(&plain).is_none(), "once");
    assert!(source(ID).when_unreachable(&asked(PROFILE)).is_none());
    for council in [None, Some("EXA"), Some("EXO")] {
        person.candidacy.council = council.map(str::to_owned);
        assert!(source(ID).lines(&person).is_empty(), "{council:?} does not run CMIS");
    }
}

#[test]
fn the_four_answers() {
    check(
        ID,
        COUNCILLORS,
        "found",
        "
found
= https://democracy.mockbury.example/mockbury/Councillors/tabid/63/ctl/ViewCMIS_Person/mid/383/id/2047/ScreenMode/Ward/Default.aspx
  heading Councillor Marigold Tester
  key [ward] Mockbury North
  key [party] Fixture Party
  then https://democracy.mockbury.example/mockbury/Councillors/tabid/63/ctl/ViewCMIS_Person/mid/383/id/2047/ScreenMode/Ward/Default.aspx
= https://democracy.mockbury.example/mockbury/Councillors/tabid/63/ctl/ViewCMIS_Person/mid/383/id/2051/ScreenMode/Ward/Default.aspx
  heading Councillor Marigold Tester-Pike
  key [dea] Ipsum Green
  key [party] Independent
  then https://democracy.mockbury.example/mockbury/Councillors/tabid/63/ctl/ViewCMIS_Person/mid/383/id/2051/ScreenMode/Ward/Default.aspx
",
    );
    check(
        ID,
        COUNCILLORS,
        "absent",
        "
found
= https://democracy.mockbury.example/mockbury/Councillors/tabid/63/ctl/ViewCMIS_Person/mid/383/id/2060/ScreenMode/Ward/Default.aspx
  heading Councillor Hugo Placeholder
  key [division] Lorem Vale
  key [party] Fixture Party
  then https://democracy.mockbury.example/mockbury/Councillors/tabid/63/ctl/ViewCMIS_Person/mid/383/id/2060/ScreenMode/Ward/Default.aspx
",
    );
    check(ID, COUNCILLORS, "blocked", "error blocked/forbidden: the answer is an error (status 403)");
    check(
        ID,
        COUNCILLORS,
        "changed",
        "error failed/layout-changed: the layout is no longer understood: the page holds no block of a councillor",
    );
}

#[test]
fn the_page_of_a_councillor_holds_nothing_of_others() {
    check(
        ID,
        PROFILE,
        "profile",
        "
found
= https://democracy.mockbury.example/mockbury/Councillors/tabid/63/ctl/ViewCMIS_Person/mid/383/id/2047/ScreenMode/Ward/Default.aspx
  heading Councillor Marigold Tester
  key [political party] Fixture Party
  key [ward] Mockbury North
  key [home address] HOME The Hollow, 7 Pretend Hill, Mockbury, ZZ99 5JK
  key [home tel] HOME 01632 960247
  key [mobile] 07700 900247
  key [email] OFFICE m.tester@mockbury.example
  key [address for correspondence] OFFICE Civic Centre, Council Street, Mockbury, ZZ99 1MH
  heading About me
  body I have lived in Pretend Hill since 2001.
  heading Declarations of Interest
  body Register of Interests - Councillor Tester (PDF)
link https://democracy.mockbury.example/mockbury/Document.ashx?czJKcaeAi5tUFL1DTL2UE4zNRBcoShgo=invented&rUzwRPf%2bZ3zd4E7Ikn8Lyw%3d%3d=invented
",
    );
}

#[test]
fn pages_that_are_something_else_fail() {
    let page = "error failed/layout-changed: the layout is no longer understood: it is not a councillor's page";
    check_body(ID, PROFILE, HTML, "<html><body><h1>An error has occurred</h1><p>Please try again.</p></body></html>", page);
    check_body(ID, PROFILE, HTML, "<html><body><p>Contact us: Civic Centre</p></body></html>", page);
    check_body(ID, PROFILE, "HTTP/1.1 404 Not Found", "<p>Gone", "error failed/gone: the answer is an error (status 404)");
    check_body(ID, COUNCILLORS, "HTTP/1.1 500 x", "x", "error failed/error-status: the answer is an error (status 500)");
    check_body(
        ID,
        COUNCILLORS,
        HTML,
        &list(&["<div class='PE_People_PersonBlock'></div>".into()]),
        "error failed/layout-changed: the layout is no longer understood: no block names a councillor",
    );
}

#[test]
fn a_list_that_breaks_off_says_so() {
    let whole = list(&[block(1, "<div class=NameLink>Cllr A Tester</div>Ward: North")]);
    assert!(answer_to(ID, COUNCILLORS, format!("{HTML}\n\n{whole}").as_bytes()).starts_with("found\n"));
    let broken = whole.trim_end_matches("</body></html>");
    assert!(answer_to(ID, COUNCILLORS, format!("{HTML}\n\n{broken}").as_bytes()).starts_with("found/cut\n"));
}

#[test]
fn only_the_councils_own_site_is_followed() {
    let other = "<div class=PE_People_PersonBlock><a href='https://evil.example/ctl/ViewCMIS_Person/mid/1/id/7/x.aspx'>Cllr B</a>Ward: N</div>";
    let got = answer_to(ID, COUNCILLORS, format!("{HTML}\n\n{}", list(&[other.into()])).as_bytes());
    assert!(got.contains("heading Cllr B") && !got.contains("then ") && !got.contains("evil"), "{got}");
    let home = url(LIST);
    for (answered, link, expect) in [
        (LIST, "https://democracy.mockbury.example/x", true),
        (LIST, "http://www.democracy.mockbury.example/x", true),
        ("https://cmis.mockbury.example/", "https://cmis.mockbury.example/x", true),
        ("https://elsewhere.example/", "https://elsewhere.example/x", false),
        (LIST, "https://cmis.mockbury.example/x", false),
        (LIST, "https://democracy.mockbury.example:8443/x", false),
        (LIST, "ftp://democracy.mockbury.example/x", false),
    ] {
        assert_eq!(is_of(&home, &url(answered), &url(link)), expect, "{answered} {link}");
    }
}

#[test]
fn the_door_of_a_site_leads_to_its_list_once() {
    let door =
        "<html><body><a href='/mockbury/Meetings.aspx'>Meetings</a><a href='/mockbury/All.aspx'>Councillors</a></body></html>";
    let at = "https://democracy.mockbury.example/mockbury/All.aspx";
    check_body(ID, COUNCILLORS, HTML, door, &format!("found\nnext cmis/councillors {at}"));
    let second = question(COUNCILLORS, "EXC", Some(&url(at)), &url(at), &[person().id]);
    let response = crate::sources::rehearse::recorded(format!("{HTML}\n\n{door}").as_bytes(), &url(at));
    assert!(source(ID).read(&second, &response).is_err());
}

#[test]
fn blocks_of_every_wording_are_people() {
    let blocks = [
        block(1, "<div class=NameLink><a href=x>Cllr A Tester</a></div><p>Ward: North</p>"),
        block(1, "<div class=NameLink><a href=x>Cllr A Tester</a></div><p>Mayor</p>"),
        block(2, "<div class=NameLink>Vacancy</div>"),
        block(3, "<table><tr><td><b>Division:</b></td><td>South &amp; East</td></tr></table><a href=y>Siân O'Sample</a>"),
    ];
    let got = answer_to(ID, COUNCILLORS, format!("{HTML}\n\n{}", list(&blocks)).as_bytes());
    assert_eq!(got.matches("heading ").count(), 2, "{got}");
    assert!(
        got.contains("key [ward] North") && got.contains("key [division] South & East") && got.contains("Siân O'Sample"),
        "{got}"
    );
    assert_eq!(councils().get("EXC").map(|c| c.platform.as_str()), Some(ID));
}

#[test]
fn labels_are_told_from_sentences() {
    for (line, expect) in [
        ("Home Tel: 01632 960247", Some(("home tel", "01632 960247"))),
        ("E-mail:", Some(("e-mail", ""))),
        ("Ward: North", Some(("ward", "North"))),
        ("Surgeries: first Monday", Some(("surgeries", "first Monday"))),
        ("Open from 10:30", None),
        ("Please note: I am away", None),
        ("A sentence that goes on and on about the address of a house that I like: it is green", None),
    ] {
        assert_eq!(label_and_value(line).as_ref().map(|(l, v)| (l.as_str(), *v)), expect, "{line}");
    }
}

use super::person::label_and_value;
