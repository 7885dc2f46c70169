//! Recorded answers of a council that does not exist, and one test for each quirk of the field.

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
        let place = Place { council, base, page: "" };
        let what = What::ALL.into_iter().find(|w| w.as_str() == what).expect("a question");
        place.query(what, matches!(what, What::Profile | What::Register).then_some("101"), &for_)
    }
}

const XML: &str = "HTTP/1.1 200 OK\nContent-Type: text/xml";
const HTML: &str = "HTTP/1.1 200 OK\nContent-Type: text/html";

/// A list of these councillors; each is the inside of a `councillor`.
fn list(members: &[&str]) -> String {
    let members: String = members.iter().map(|m| format!("<councillor>{m}</councillor>")).collect();
    format!("<councillorsbyward><wards><ward><wardtitle>A</wardtitle><councillors>{members}</councillors></ward></wards></councillorsbyward>")
}

#[test]
fn every_member_is_a_document_of_their_own() {
    check("moderngov", "councillors", "found", "
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
");
}

#[test]
fn a_list_without_the_person_is_still_a_list() {
    check("moderngov", "councillors", "absent", "
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=108
  heading Councillor Xavier Dataset
  key [ward] Ipsum Green
  key [party] Sample Party
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=108
  then https://democracy.exampleford.example/mgRofI.aspx?UID=108
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
");
}

#[test]
fn a_service_that_is_off_has_a_fallback() {
    check("moderngov", "councillors", "off", "
failed/error-status
next moderngov/councillors https://democracy.exampleford.example/mgMemberIndex.aspx?FN=ALPHA&VW=LIST&PIC=0
");
    check("moderngov", "councillors", "empty", "
failed/error-status
next moderngov/councillors https://democracy.exampleford.example/mgMemberIndex.aspx?FN=ALPHA&VW=LIST&PIC=0
");
    check_body("moderngov", "councillors", HTML, "<html><body>Please log in</body></html>", "
failed/layout-changed
next moderngov/councillors https://democracy.exampleford.example/mgMemberIndex.aspx?FN=ALPHA&VW=LIST&PIC=0
");
    check_body("moderngov", "councillors", XML, &list(&["<councillorid>1</councillorid><fullusername>Vacancy</fullusername>"]), "
failed/error-status
next moderngov/councillors https://democracy.exampleford.example/mgMemberIndex.aspx?FN=ALPHA&VW=LIST&PIC=0
");
}

#[test]
fn a_challenge_is_the_end_of_it() {
    check("moderngov", "councillors", "blocked", "error blocked/challenge: the site blocks automated checks");
    check_body("moderngov", "councillors", "HTTP/1.1 403 x", "", "error blocked/forbidden: the answer is an error (status 403)");
    check_body("moderngov", "councillors", "HTTP/1.1 502 x", "", "error failed/error-status: the answer is an error (status 502)");
}

#[test]
fn a_changed_layout_is_never_absent() {
    check("moderngov", "councillors", "changed", "
error failed/layout-changed: the layout is no longer understood: it is not a list of councillors by ward
");
    for (body, expect) in [
        (list(&["<id>1</id><name>A</name>"]), "a councillor has no id or name"),
        ("<?xml version=\"1.0\"?><councillorsbyward><people/></councillorsbyward>".to_owned(), "`wards` is missing"),
        ("<?xml version=\"1.0\"?><!DOCTYPE a><councillorsbyward/>".to_owned(), "it declares a document type, which is refused"),
    ] {
        check_body("moderngov", "councillors", XML, &body, &format!("error failed/layout-changed: the layout is no longer understood: {expect}"));
    }
    for what in ["index", "profile", "register", "mailing-list"] {
        let got = answer_to("moderngov", what, format!("{HTML}\n\n<html><body><h1>New site</h1><p>Councillor Marigold Tester</p></body></html>").as_bytes());
        assert!(got.starts_with("error failed/layout-changed"), "{what}: {got}");
    }
}

#[test]
fn the_profile_is_read_by_its_labels() {
    check("moderngov", "profile", "profile", "
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
  body First Saturday of the month, 10.00 a.m. to 11.00 a.m.
  body Abbots Mere Library, Sample Lane, ZZ99 2LB
  heading Appointments to outside bodies
  body Abbots Mere Allotment Trust
  heading Additional Information
  body I live in Abbots Mere with my family and can be reached at home on 01632 960101 before 9 p.m.
link https://democracy.exampleford.example/documents/s90101/Register%20of%20Interests%20form.pdf
");
}

#[test]
fn the_register_leaves_the_partner_out() {
    check("moderngov", "register", "register", "
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
");
}

#[test]
fn the_mailing_list_is_one_document_for_each_person() {
    check("moderngov", "mailing-list", "mailing-list", "
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
");
}

#[test]
fn the_member_index_stands_in_for_the_service() {
    check("moderngov", "index", "index", "
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
");
    check("moderngov", "index", "index-table", "
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
");
}

#[test]
fn quirks_of_the_field_are_read_as_they_are_meant() {
    let member = |inside: &str| list(&[&format!("<councillorid>7</councillorid><fullusername>Cllr A Tester</fullusername>{inside}")]);
    for (body, expect) in [
        // Blanks of every sort, the apostrophe of a spreadsheet, a dash for nothing, words in capitals.
        (
            member("<homeaddress><line1>\r\n</line1><line2>'1&#160;Mill   Lane</line2><line3>-</line3><postcode> zz99  1aa </postcode><phone>–</phone></homeaddress>"),
            "
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=7
  heading Cllr A Tester
  key [ward] A
  key [home address] HOME 1 Mill Lane, zz99 1aa
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=7
  then https://democracy.exampleford.example/mgRofI.aspx?UID=7
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
",
        ),
        // Another order, names in capitals, elements that nobody has seen before.
        (
            member("<HomeAddress><Postcode>ZZ99 1AA</Postcode><Twitter>@x</Twitter><Line1>1 Mill Lane</Line1></HomeAddress><photo><big>x</big></photo>"),
            "
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=7
  heading Cllr A Tester
  key [ward] A
  key [home address] HOME 1 Mill Lane, ZZ99 1AA
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=7
  then https://democracy.exampleford.example/mgRofI.aspx?UID=7
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
",
        ),
        // Encoded twice; never decoded without end.
        (member("<homeaddress><line1>Rose &amp;amp; Crown &amp;quot;Cottage&amp;quot; &amp;amp;amp;</line1></homeaddress>"), r#"
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=7
  heading Cllr A Tester
  key [ward] A
  key [home address] HOME Rose & Crown "Cottage" &amp;
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=7
  then https://democracy.exampleford.example/mgRofI.aspx?UID=7
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
"#),
        // A postcode inside a line and as an element is one postcode.
        (member("<homeaddress><line1>1 Mill Lane, ZZ99 1AA</line1><postcode>ZZ991AA</postcode></homeaddress>"), "
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=7
  heading Cllr A Tester
  key [ward] A
  key [home address] HOME 1 Mill Lane, ZZ99 1AA
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=7
  then https://democracy.exampleford.example/mgRofI.aspx?UID=7
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
"),
        // A work address that nobody shares may be a house.
        (member("<workaddress><line1>1 Mill Lane</line1><mobile>07700 900101</mobile></workaddress><homeaddress><mobile>07700 900101</mobile></homeaddress>"), "
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=7
  heading Cllr A Tester
  key [ward] A
  key [work address] 1 Mill Lane
  key [work mobile] HOME 07700 900101
  key [home mobile] HOME 07700 900101
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=7
  then https://democracy.exampleford.example/mgRofI.aspx?UID=7
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
"),
        // Two addresses in one field are two; one of the council's does not hide a private one.
        (member("<homeaddress><email>a.tester@mailbox.example; cllr.a@exampleford.example</email></homeaddress>"), "
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=7
  heading Cllr A Tester
  key [ward] A
  key [home email] HOME a.tester@mailbox.example
  key [home email] OFFICE cllr.a@exampleford.example
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=7
  then https://democracy.exampleford.example/mgRofI.aspx?UID=7
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
"),
        (member("<surgerydetails><line1>At my home, 1 Mill Lane</line1></surgerydetails>"), "
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=7
  heading Cllr A Tester
  key [ward] A
  body [surgery] At my home, 1 Mill Lane
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=7
  then https://democracy.exampleford.example/mgRofI.aspx?UID=7
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
"),
    ] {
        check_body("moderngov", "councillors", XML, &body, expect);
    }
}

#[test]
fn an_address_of_three_members_is_an_office_and_of_two_a_household() {
    let at = |id: u8, address: &str| {
        format!("<councillorid>{id}</councillorid><fullusername>Cllr {id}</fullusername><homeaddress><line1>{address}</line1></homeaddress>")
    };
    let members = [at(1, "5 Shared Row"), at(2, "5, Shared row"), at(3, "5 Shared Row"), at(4, "2 Mill Lane"), at(5, "2 Mill Lane")];
    let members: Vec<&str> = members.iter().map(String::as_str).collect();
    let got = answer_to("moderngov", "councillors", format!("{XML}\n\n{}", list(&members)).as_bytes());
    let slots: Vec<&str> = got.lines().filter(|l| l.contains("address")).map(str::trim).collect();
    assert_eq!(
        slots,
        [
            "key [home address] OFFICE 5 Shared Row",
            "key [home address] OFFICE 5, Shared row",
            "key [home address] OFFICE 5 Shared Row",
            "key [home address] HOME 2 Mill Lane",
            "key [home address] HOME 2 Mill Lane",
        ]
    );
}

#[test]
fn one_person_twice_is_one_document_and_two_namesakes_are_two() {
    let person = |id: &str| format!("<councillorid>{id}</councillorid><fullusername>Cllr A Tester</fullusername><homeaddress><line1>{id} Mill Lane</line1></homeaddress>");
    let got = answer_to("moderngov", "councillors", format!("{XML}\n\n{}", list(&[&person("1"), &person("2"), &person("1")])).as_bytes());
    let pages: Vec<&str> = got.lines().filter(|l| l.starts_with('=') || l.contains("Lane")).collect();
    assert_eq!(
        pages,
        [
            "= https://democracy.exampleford.example/mgUserInfo.aspx?UID=1",
            "  key [home address] HOME 1 Mill Lane",
            "= https://democracy.exampleford.example/mgUserInfo.aspx?UID=2",
            "  key [home address] HOME 2 Mill Lane",
        ]
    );
}

#[test]
fn a_list_that_breaks_off_is_used_up_to_there() {
    let whole = list(&["<councillorid>1</councillorid><fullusername>A</fullusername>", "<councillorid>2</councillorid><fullusername>B</fullusername>"]);
    let broken = whole.split_at(whole.find("<councillorid>2").expect("test data")).0;
    let got = answer_to("moderngov", "councillors", format!("{XML}\n\n{broken}").as_bytes());
    assert!(got.starts_with("error") || got.starts_with("found/cut\n= https://democracy.exampleford.example/mgUserInfo.aspx?UID=1 (cut)\n"), "{got}");
    assert!(got.starts_with("found/cut"), "{got}");
}

#[test]
fn labels_of_other_versions_are_read() {
    let page = |inside: &str| format!("<html><body><div class=\"top\"><p><span class=\"mgLabel\">Phone:</span> 01632 960000</p></div><div class=\"mgContent\"><h1>Councillor A Tester</h1>{inside}</div></body></html>");
    for (inside, expect) in [
        ("<p><span class=\"mgLabel\">Home address:</span></p><p>1 Mill Lane<br>ZZ99 1AA</p>", "
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=101
  heading Councillor A Tester
  key [home address] HOME 1 Mill Lane, ZZ99 1AA
"),
        ("<div class=\"mgUserBody\"><div><p><span class=\"mgLabel\">Other councillors:</span></p><ul><li><a href=\"mgUserInfo.aspx?UID=9\">Councillor B</a></li></ul><h2>Terms of Office</h2><ul><li>01/05/2022</li></ul><h2>About me</h2><p>I keep bees.</p></div></div>", "
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=101
  heading Councillor A Tester
  heading About me
  body I keep bees.
"),
        ("<p><span class=\"mgLabel\">Tel: </span>01632 960101 <span class=\"mgLabel\">Email: </span><a href=\"mailto:a.tester@mailbox.example?subject=x\">Send a message</a></p>", "
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=101
  heading Councillor A Tester
  key [tel] 01632 960101
  attribute [href] a.tester@mailbox.example
  key [email] Send a message
  attribute [href] a.tester@mailbox.example
"),
        ("<p><span class=\"mgLabel\">Home address: </span>Address withheld under section 32</p>", "
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=101
  heading Councillor A Tester
  body Address withheld under section 32
"),
    ] {
        check_body("moderngov", "profile", HTML, &page(inside), expect);
    }
}

#[test]
fn registers_of_other_shapes_are_read() {
    let page = |inside: &str| format!("<html><body><div class=\"mgContent\"><h2 class=\"mgSubTitleTxt\">Councillor A Tester</h2>{inside}</div></body></html>");
    for (inside, expect) in [
        ("<table class=\"mgInterestsTable\"><caption>Land</caption><tr><td>You</td><td>1 Mill Lane</td></tr><tr><td>Your partner</td><td>2 Other Road</td></tr></table>", "
found
= https://democracy.exampleford.example/mgRofI.aspx?UID=101
  heading Councillor A Tester
  heading Land
  cell [land] You
  cell [land] 1 Mill Lane
"),
        ("<div class=\"mgDeclarations\"><h3>Land</h3><ul><li>Member: 1 Mill Lane</li><li>Spouse: 2 Other Road</li></ul><h3>Contracts</h3><p>None</p></div>", "
found
= https://democracy.exampleford.example/mgRofI.aspx?UID=101
  heading Councillor A Tester
  body Land
  body Member: 1 Mill Lane
"),
        ("<table class=\"mgInterestsTable\"><tr><th colspan=\"2\">Spouse</th><th>Member</th></tr><tr><td>2 Other Road</td><td>3 Other Road</td><td>1 Mill Lane</td></tr></table>", "
found
= https://democracy.exampleford.example/mgRofI.aspx?UID=101
  heading Councillor A Tester
  cell 1 Mill Lane
"),
        ("<table class=\"mgInterestsTable\"><caption>4. Land</caption><tr><th>Member</th></tr><tr><td>Withheld under section 32 of the Localism Act 2011</td></tr></table>", "
found
= https://democracy.exampleford.example/mgRofI.aspx?UID=101
  heading Councillor A Tester
  heading 4. Land
  cell [land] Withheld under section 32 of the Localism Act 2011
"),
    ] {
        check_body("moderngov", "register", HTML, &page(inside), expect);
    }
}

#[test]
fn only_the_persons_council_is_asked() {
    use crate::sources::rehearse::{person, source};
    let told = |code: Option<&str>| {
        let mut subject = person();
        subject.candidacy.announced = false;
        subject.candidacy.council = code.map(str::to_owned);
        let source = source(ID);
        let lines = source.lines(&subject);
        let asked = |q: &Query| source.request(q).expect("its own question").url().to_string();
        lines.iter().map(|l| format!("{} {} {:?}", l.line, l.units, l.queries.iter().map(asked).collect::<Vec<_>>())).collect::<Vec<_>>()
    };
    let rest = ["moderngov/profile 3 []", "moderngov/register 3 []", "moderngov/mailing-list 1 []"];
    let service = "moderngov/councillors 2 [\"https://democracy.exampleford.example/mgWebService.asmx/GetCouncillorsByWard\"]";
    let index = "moderngov/councillors 2 [\"https://democracy.exampleford.example/mgMemberIndex.aspx?FN=ALPHA&VW=LIST&PIC=0\"]";
    assert_eq!(told(Some("EXA")), [[service].as_slice(), &rest].concat());
    assert_eq!(told(Some("EXH")), [[index].as_slice(), &rest].concat());
    assert!(told(Some("EXO")).is_empty());
    assert!(told(Some("???")).is_empty());
    assert!(told(None).is_empty());
}

#[test]
fn what_a_request_tells_is_computed() {
    use crate::sources::rehearse::{question, source};
    let tells = |what: &str| source(ID).request(&question(ID, what)).expect("its own question").discloses().iter().copied().collect::<Vec<_>>();
    assert!(tells("councillors").is_empty());
    assert!(tells("mailing-list").is_empty());
    assert_eq!(tells("profile"), [Discloses::PublicId]);
    assert_eq!(tells("register"), [Discloses::PublicId]);
}

#[test]
fn a_page_that_a_search_named_too_is_asked_once() {
    use crate::sources::page_query;
    use crate::sources::rehearse::{question, url};
    for (what, address) in [("profile", "mgUserInfo.aspx?UID=101#x"), ("register", "mgRofI.aspx?UID=101"), ("mailing-list", "mgCommitteeMailingList.aspx?ID=0")] {
        let url = url(&format!("https://democracy.exampleford.example/{address}"));
        let named = page_query(&SourceId::new("found-pages"), &LineId("found-pages".into()), &url, 0, &[]);
        assert_eq!(question(ID, what).key, named.key, "{what}");
    }
}
