//! Recorded answers of a council that does not exist.

mod quirks;

use super::*;
use crate::sources::rehearse::{answer_to, check, check_body, councils};

/// Questions that only an answer leads to, for member 101 of the council of a person.
pub(in super::super) fn place_of(subject: &Subject) -> impl Fn(&str) -> Query + use<> {
    let code = subject.candidacy.council.clone().unwrap_or_default();
    let for_ = vec![subject.id.clone()];
    move |what| {
        let councils = councils();
        let council = councils.get(&code).expect("test data");
        let base = Url::parse("https://democracy.exampleford.example").expect("test data");
        let place = Place { council, home: base.clone(), base, page: "" };
        let what = What::ALL.into_iter().find(|w| w.as_str() == what).expect("a question");
        place.query(what, matches!(what, What::Profile | What::Register).then_some("101"), &for_)
    }
}

const XML: &str = "HTTP/1.1 200 OK\nContent-Type: text/xml";
const HTML: &str = "HTTP/1.1 200 OK\nContent-Type: text/html";

/// A list of these councillors; each is the inside of a `councillor`.
fn list(members: &[&str]) -> String {
    let members: String = members.iter().map(|m| format!("<councillor>{m}</councillor>")).collect();
    format!(
        "<councillorsbyward><wards><ward><wardtitle>A</wardtitle><councillors>{members}</councillors></ward></wards></councillorsbyward>"
    )
}

#[test]
fn every_member_is_a_document_of_their_own() {
    check(
        "moderngov",
        "councillors",
        "found",
        "
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=101
  heading Councillor Marigold Tester
  key [ward] Abbots Mere
  key [party] Sample Party
  key [group] Sample Group
  key [work address] OFFICE Civic Centre, Sample Square, Exampleford, Exampleshire, ZZ99 1CC
  key [work phone] OFFICE 01632 960000
  key [work email] OFFICE cllr.m.tester@exampleford.example
  key [home address] HOME 14 Invented Crescent, Abbots Mere, Exampleford, Exampleshire, ZZ99 2AB
  key [home phone] HOME 01632 960101
  key [home mobile] HOME 07700 900101
  key [home email] HOME marigold.tester@example.org
  body [surgery] OFFICE First Saturday of the month, 10.00 a.m. to 11.00 a.m., Abbots Mere Library, Sample Lane, ZZ99 2LB
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=101
  then https://democracy.exampleford.example/mgRofI.aspx?UID=101
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=102
  heading Councillor Hugo Placeholder
  key [ward] Abbots Mere
  key [party] Fixture Party
  key [posts] Chairman of the Fixtures Committee
  key [work address] OFFICE Civic Centre, Sample Square, Exampleford, Exampleshire, ZZ99 1CC
  key [work phone] OFFICE 01632 960000
  key [work email] OFFICE cllr.h.placeholder@exampleford.example
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=102
  then https://democracy.exampleford.example/mgRofI.aspx?UID=102
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=103
  heading Councillor Odette Mock-Stubbs
  key [ward] Abbots Mere
  key [party] Independent
  key [work email] OFFICE cllr.o.mock-stubbs@exampleford.example
  key [home address] OFFICE c/o Civic Centre, Sample Square, Exampleford, ZZ99 1CC
  key [home phone] OFFICE 01632 960000
  key [home email] OFFICE cllr.o.mock-stubbs@exampleford.example
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=103
  then https://democracy.exampleford.example/mgRofI.aspx?UID=103
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=104
  heading Cllr. Siân O'Sample
  key [ward] St Dummy's & Lorem Vale
  key [party] Sample Party
  key [representing] Lorem Vale Parish
  key [work email] OFFICE cllr.s.osample@exampleford.example
  key [home address] HOME The Old Mill & Stables, Nowhere Lane, Lorem Vale, ZZ99 3CD
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=104
  then https://democracy.exampleford.example/mgRofI.aspx?UID=104
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=105
  heading Councillor Barnaby Testcase
  key [ward] St Dummy's & Lorem Vale
  key [party] Fixture Party
  key [posts] Leader of the Council
  key [work address] OFFICE Civic Centre, Sample Square, Exampleford, Exampleshire, ZZ99 1CC
  key [work phone] OFFICE 01632 960000
  key [work email] OFFICE cllr.b.testcase@exampleford.example
  key [home phone] HOME 01632 960105 (Home)
  key [home mobile] HOME 07700900105
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=105
  then https://democracy.exampleford.example/mgRofI.aspx?UID=105
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=106
  heading Councillor Petra Nullfield
  key [ward] St Dummy's & Lorem Vale
  key [party] Green Fixture
  key [work email] OFFICE cllr.p.nullfield@exampleford.example
  key [home address] HOME Imaginary Road, Lorem Vale, ZZ99
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=106
  then https://democracy.exampleford.example/mgRofI.aspx?UID=106
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=5000107
  heading Councillor Marigold Tester
  key [ward] Ipsum Green
  key [party] Fixture Party
  key [work email] OFFICE cllr.marigold.tester2@exampleford.example
  key [home address] HOME Flat 3, Pretend House, 88 Madeup Street, Ipsum Green, Exampleford, zz99 4ef
  key [home phone] HOME (01632) 960107
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=5000107
  then https://democracy.exampleford.example/mgRofI.aspx?UID=5000107
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=108
  heading Councillor Xavier Dataset
  key [ward] Ipsum Green
  key [party] Sample Party
  key [work address] OFFICE Civic Centre, Sample Square, Exampleford, Exampleshire, ZZ99 1CC
  key [work phone] OFFICE 01632 960000
  key [work email] OFFICE cllr.x.dataset@exampleford.example
  body Address withheld, Please contact via the Civic Centre
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=108
  then https://democracy.exampleford.example/mgRofI.aspx?UID=108
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=109
  heading Councillor Winifred Sandbox
  key [ward] Ipsum Green
  key [party] Independent
  key [work address] HOME 2 Sandbox Farm, Ipsum Green, ZZ99 4GH
  key [work email] winifred.sandbox@example.org
  key [home address] HOME 2 Sandbox Farm, Ipsum Green, ZZ99 4GH
  key [home mobile] HOME 07700 900109
  body [additional information] Website: https://winifred.sandbox.example.org - direct messages 07700 900199
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=109
  then https://democracy.exampleford.example/mgRofI.aspx?UID=109
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=110
  heading Mayor Leopold Exemplar
  key [ward] No Ward
  key [posts] Mayor
  key [work address] OFFICE Civic Centre, Sample Square, Exampleford, Exampleshire, ZZ99 1CC
  key [work phone] OFFICE 01632 960000
  key [work mobile] OFFICE 07700 900110
  key [work email] OFFICE cllr.mayor@exampleford.example
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=110
  then https://democracy.exampleford.example/mgRofI.aspx?UID=110
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
",
    );
}

#[test]
fn a_list_without_the_person_is_still_a_list() {
    check(
        "moderngov",
        "councillors",
        "absent",
        "
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=108
  heading Councillor Xavier Dataset
  key [ward] Ipsum Green
  key [party] Sample Party
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=108
  then https://democracy.exampleford.example/mgRofI.aspx?UID=108
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
",
    );
}

#[test]
fn a_service_that_is_off_has_a_fallback() {
    check(
        "moderngov",
        "councillors",
        "off",
        "
failed/error-status
next moderngov/councillors https://democracy.exampleford.example/mgMemberIndex.aspx?FN=ALPHA&VW=LIST&PIC=0
",
    );
    check(
        "moderngov",
        "councillors",
        "empty",
        "
failed/error-status
next moderngov/councillors https://democracy.exampleford.example/mgMemberIndex.aspx?FN=ALPHA&VW=LIST&PIC=0
",
    );
    check_body(
        "moderngov",
        "councillors",
        HTML,
        "<html><body>Please log in</body></html>",
        "
failed/layout-changed
next moderngov/councillors https://democracy.exampleford.example/mgMemberIndex.aspx?FN=ALPHA&VW=LIST&PIC=0
",
    );
    check_body(
        "moderngov",
        "councillors",
        XML,
        &list(&["<councillorid>1</councillorid><fullusername>Vacancy</fullusername>"]),
        "
failed/error-status
next moderngov/councillors https://democracy.exampleford.example/mgMemberIndex.aspx?FN=ALPHA&VW=LIST&PIC=0
",
    );
}

#[test]
fn a_challenge_is_the_end_of_it() {
    check("moderngov", "councillors", "blocked", "error blocked/challenge: the site blocks automated checks");
    check_body("moderngov", "councillors", "HTTP/1.1 403 x", "", "error blocked/forbidden: the answer is an error (status 403)");
    check_body(
        "moderngov",
        "councillors",
        "HTTP/1.1 502 x",
        "",
        "error failed/error-status: the answer is an error (status 502)",
    );
}

#[test]
fn a_member_of_an_install_that_moved_is_found_where_it_is_now() {
    let councils = councils();
    let base = Url::parse("https://old.example/democracy").expect("test data");
    let place = Place { council: councils.get("EXA").expect("test data"), home: base.clone(), base, page: "" };
    for (answered, expect) in [
        ("https://old.example/democracy/mgWebService.asmx/GetCouncillorsByWard", "https://old.example/democracy/"),
        ("https://new.example/modern.gov/mgwebservice.asmx/getcouncillorsbyward?x=1", "https://new.example/modern.gov/"),
        ("https://new.example/mgWebService.asmx/GetCouncillorsByWard", "https://new.example/"),
        ("https://new.example/service", "https://old.example/democracy"),
        ("https://new.example/xmgWebService.asmx/GetCouncillorsByWard", "https://old.example/democracy"),
    ] {
        assert_eq!(place.moved(What::Councillors, &Url::parse(answered).expect("test data")).as_str(), expect, "{answered}");
    }
}

#[test]
fn a_changed_layout_is_never_absent() {
    let index = "failed/layout-changed\nnext moderngov/councillors https://democracy.exampleford.example/mgMemberIndex.aspx?FN=ALPHA&VW=LIST&PIC=0";
    check("moderngov", "councillors", "changed", index);
    // A document type is refused unread.
    check_body("moderngov", "councillors", XML, "<?xml version=\"1.0\"?><!DOCTYPE a><councillorsbyward/>", index);
    for (body, expect) in [
        (list(&["<id>1</id><name>A</name>"]), "a councillor has no id or name"),
        ("<?xml version=\"1.0\"?><councillorsbyward><people/></councillorsbyward>".to_owned(), "`wards` is missing"),
    ] {
        check_body(
            "moderngov",
            "councillors",
            XML,
            &body,
            &format!("error failed/layout-changed: the layout is no longer understood: {expect}"),
        );
    }
    for what in ["index", "profile", "register", "mailing-list"] {
        let got = answer_to(
            "moderngov",
            what,
            format!("{HTML}\n\n<html><body><h1>New site</h1><p>Councillor Marigold Tester</p></body></html>").as_bytes(),
        );
        assert!(got.starts_with("error failed/layout-changed"), "{what}: {got}");
    }
}

#[test]
fn the_profile_is_read_by_its_labels() {
    check(
        "moderngov",
        "profile",
        "profile",
        "
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=101
  heading Councillor Marigold Tester
  key [party] Sample Party
  key [ward] Abbots Mere
  key [home address] HOME 14 Invented Crescent, Abbots Mere, Exampleford, Exampleshire, ZZ99 2AB
  key [correspondence address] OFFICE Civic Centre, Sample Square, Exampleford, ZZ99 1CC
  key [phone] 01632 960101
  key [home mobile] HOME 07700 900101
  key [bus. phone] OFFICE 01632 960000
  key [bus. email] OFFICE cllr.m.tester@exampleford.example
  key [home email] HOME marigold.tester@example.org
  heading Surgery details
  body OFFICE First Saturday of the month, 10.00 a.m. to 11.00 a.m.
  body OFFICE Abbots Mere Library, Sample Lane, ZZ99 2LB
  heading Appointments to outside bodies
  body Abbots Mere Allotment Trust
  heading Additional Information
  body I live in Abbots Mere with my family and can be reached at home on 01632 960101 before 9 p.m.
link https://democracy.exampleford.example/documents/s90101/Register%20of%20Interests%20form.pdf
",
    );
}

#[test]
fn the_register_leaves_the_partner_out() {
    check(
        "moderngov",
        "register",
        "register",
        "
found
= https://democracy.exampleford.example/mgRofI.aspx?UID=101
  heading Councillor Marigold Tester
  body This register of interests was published on Thursday, 28 May 2026, 9.41 a.m..
  heading 1. Employment, office, trade, profession or vocation
  cell [employment, office, trade, profession or vocation] Part-time bookkeeper, Fixture Feeds Ltd
  heading 2. Sponsorship
  cell [sponsorship] Election leaflets paid for by Exampleford Sample Party
  heading 3. Contracts
  heading 4. Land
  cell [land] 14 Invented Crescent, Abbots Mere, Exampleford, ZZ99 2AB (home, joint owner)
  cell [land] Lock-up garage rear of 9 Madeup Street, Exampleford
  body The address of a further property is withheld.
  heading 5. Licences
  cell [licences] Allotment plot 12, Abbots Mere Allotments
  heading 6. Corporate tenancies
  heading 7. Securities
  cell [securities] Placeholder Properties Ltd, registered office 14 Invented Crescent, ZZ99 2AB, 100 per cent
  heading 8. Membership of other bodies
  cell [body] Abbots Mere Allotment Trust (trustee)
  heading Gifts and hospitality
  cell [received] Two tickets, Exampleford Show
  cell [date] 12 July 2025
  body I, Councillor Marigold Tester, a Member of Exampleford Council, give notice of the following interests.
link https://democracy.exampleford.example/documents/s90101/Register%20of%20Interests%20form.pdf
",
    );
}

#[test]
fn the_mailing_list_is_one_document_for_each_person() {
    check(
        "moderngov",
        "mailing-list",
        "mailing-list",
        "
found
= https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
  heading Councillor Marigold Tester
  key [address] 14 Invented Crescent, Abbots Mere, Exampleford, Exampleshire, ZZ99 2AB
  key [phone] 01632 960101 (Home), 07700 900101 (Mobile)
  key [email] OFFICE cllr.m.tester@exampleford.example
= https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
  heading Councillor Hugo Placeholder
  key [address] OFFICE Civic Centre, Sample Square, Exampleford, ZZ99 1CC
  key [phone] 01632 960000
  key [email] OFFICE cllr.h.placeholder@exampleford.example
",
    );
}

#[test]
fn the_member_index_stands_in_for_the_service() {
    check(
        "moderngov",
        "index",
        "index",
        "
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=101
  heading Councillor Marigold Tester
  cell Abbots Mere
  cell Sample Party
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=101
  then https://democracy.exampleford.example/mgRofI.aspx?UID=101
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=5000107
  heading Councillor Marigold Tester
  cell Ipsum Green
  cell Fixture Party
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=5000107
  then https://democracy.exampleford.example/mgRofI.aspx?UID=5000107
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
",
    );
    check(
        "moderngov",
        "index",
        "index-table",
        "
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=101
  heading Councillor Marigold Tester
  cell 14 Invented Crescent, Abbots Mere, Exampleford, ZZ99 2AB
  cell HOME Home: 01632 960101
  cell OFFICE Work mobile: 07700 900102
  cell OFFICE cllr.m.tester@exampleford.example
  cell Sample Party
  cell Abbots Mere
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=101
  then https://democracy.exampleford.example/mgRofI.aspx?UID=101
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
",
    );
}

#[test]
fn a_site_without_encryption_is_asked_as_its_row_says() {
    let source = crate::sources::rehearse::source("moderngov");
    let first = crate::sources::rehearse::question("moderngov", "councillors");
    let address = |query: &Query| source.request(query).expect("its own question").url().clone();
    assert_eq!(address(&first).scheme(), "https", "encrypted first, whatever the row says");
    let second = source.when_unreachable(&first).expect("the row says http");
    assert_eq!(address(&second).as_str(), address(&first).as_str().replacen("https", "http", 1));
    assert_ne!(second.key, first.key);
    assert_eq!(source.when_unreachable(&second), None, "once only");
}
