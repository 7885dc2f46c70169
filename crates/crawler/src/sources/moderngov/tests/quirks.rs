//! One test for each quirk of the field: what council sites were seen to answer.

use super::super::*;
use super::{HTML, XML, list};
use crate::sources::rehearse::{answer_to, check_body};

#[test]
fn quirks_of_the_field_are_read_as_they_are_meant() {
    let member =
        |inside: &str| list(&[&format!("<councillorid>7</councillorid><fullusername>Cllr A Tester</fullusername>{inside}")]);
    for (body, expect) in [
        // Blanks of every sort, the apostrophe of a spreadsheet, a dash for nothing, words in capitals.
        (
            member(
                "<homeaddress><line1>\r\n</line1><line2>'1&#160;Mill   Lane</line2><line3>-</line3><postcode> zz99  1aa </postcode><phone>–</phone></homeaddress>",
            ),
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
            member(
                "<HomeAddress><Postcode>ZZ99 1AA</Postcode><Twitter>@x</Twitter><Line1>1 Mill Lane</Line1></HomeAddress><photo><big>x</big></photo>",
            ),
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
        (
            member("<homeaddress><line1>Rose &amp;amp; Crown &amp;quot;Cottage&amp;quot; &amp;amp;amp;</line1></homeaddress>"),
            r#"
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=7
  heading Cllr A Tester
  key [ward] A
  key [home address] HOME Rose & Crown "Cottage" &amp;
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=7
  then https://democracy.exampleford.example/mgRofI.aspx?UID=7
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
"#,
        ),
        // A postcode inside a line and as an element is one postcode.
        (
            member("<homeaddress><line1>1 Mill Lane, ZZ99 1AA</line1><postcode>ZZ991AA</postcode></homeaddress>"),
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
        // A work address that nobody shares may be a house.
        (
            member(
                "<workaddress><line1>1 Mill Lane</line1><mobile>07700 900101</mobile></workaddress><homeaddress><mobile>07700 900101</mobile></homeaddress>",
            ),
            "
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
",
        ),
        // Two addresses in one field are two; one of the council's does not hide a private one.
        (
            member("<homeaddress><email>a.tester@mailbox.example; cllr.a@exampleford.example</email></homeaddress>"),
            "
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=7
  heading Cllr A Tester
  key [ward] A
  key [home email] HOME a.tester@mailbox.example
  key [home email] OFFICE cllr.a@exampleford.example
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=7
  then https://democracy.exampleford.example/mgRofI.aspx?UID=7
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
",
        ),
        (
            member("<surgerydetails><line1>At my home, 1 Mill Lane</line1></surgerydetails>"),
            "
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=7
  heading Cllr A Tester
  key [ward] A
  body [surgery] At my home, 1 Mill Lane
  then https://democracy.exampleford.example/mgUserInfo.aspx?UID=7
  then https://democracy.exampleford.example/mgRofI.aspx?UID=7
  then https://democracy.exampleford.example/mgCommitteeMailingList.aspx?ID=0
",
        ),
    ] {
        check_body("moderngov", "councillors", XML, &body, expect);
    }
}

#[test]
fn an_address_of_three_members_is_an_office_and_of_two_a_household() {
    let at = |id: u8, address: &str| {
        format!(
            "<councillorid>{id}</councillorid><fullusername>Cllr {id}</fullusername><homeaddress><line1>{address}</line1></homeaddress>"
        )
    };
    let members =
        [at(1, "5 Shared Row"), at(2, "5, Shared row"), at(3, "5 Shared Row"), at(4, "2 Mill Lane"), at(5, "2 Mill Lane")];
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
    let person = |id: &str| {
        format!(
            "<councillorid>{id}</councillorid><fullusername>Cllr A Tester</fullusername><homeaddress><line1>{id} Mill Lane</line1></homeaddress>"
        )
    };
    let got = answer_to(
        "moderngov",
        "councillors",
        format!("{XML}\n\n{}", list(&[&person("1"), &person("2"), &person("1")])).as_bytes(),
    );
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
    let whole = list(&[
        "<councillorid>1</councillorid><fullusername>A</fullusername>",
        "<councillorid>2</councillorid><fullusername>B</fullusername>",
    ]);
    let broken = whole.split_at(whole.find("<councillorid>2").expect("test data")).0;
    let got = answer_to("moderngov", "councillors", format!("{XML}\n\n{broken}").as_bytes());
    assert!(
        got.starts_with("error")
            || got.starts_with("found/cut\n= https://democracy.exampleford.example/mgUserInfo.aspx?UID=1 (cut)\n"),
        "{got}"
    );
    assert!(got.starts_with("found/cut"), "{got}");
}

#[test]
fn labels_of_other_versions_are_read() {
    let page = |inside: &str| {
        format!(
            "<html><body><div class=\"top\"><p><span class=\"mgLabel\">Phone:</span> 01632 960000</p></div><div class=\"mgContent\"><h1>Councillor A Tester</h1>{inside}</div></body></html>"
        )
    };
    for (inside, expect) in [
        (
            "<p><span class=\"mgLabel\">Home address:</span></p><p>1 Mill Lane<br>ZZ99 1AA</p>",
            "
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=101
  heading Councillor A Tester
  key [home address] HOME 1 Mill Lane, ZZ99 1AA
",
        ),
        (
            "<div class=\"mgUserBody\"><div><p><span class=\"mgLabel\">Other councillors:</span></p><ul><li><a href=\"mgUserInfo.aspx?UID=9\">Councillor B</a></li></ul><h2>Terms of Office</h2><ul><li>01/05/2022</li></ul><h2>About me</h2><p>I keep bees.</p></div></div>",
            "
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=101
  heading Councillor A Tester
  heading About me
  body I keep bees.
",
        ),
        (
            "<p><span class=\"mgLabel\">Tel: </span>01632 960101 <span class=\"mgLabel\">Email: </span><a href=\"mailto:a.tester@mailbox.example?subject=x\">Send a message</a></p>",
            "
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=101
  heading Councillor A Tester
  key [tel] 01632 960101
  attribute [href] a.tester@mailbox.example
  key [email] Send a message
  attribute [href] a.tester@mailbox.example
",
        ),
        (
            "<p><span class=\"mgLabel\">Home address: </span>Address withheld under section 32</p>",
            "
found
= https://democracy.exampleford.example/mgUserInfo.aspx?UID=101
  heading Councillor A Tester
  body Address withheld under section 32
",
        ),
    ] {
        check_body("moderngov", "profile", HTML, &page(inside), expect);
    }
}

#[test]
fn registers_of_other_shapes_are_read() {
    let page = |inside: &str| {
        format!(
            "<html><body><div class=\"mgContent\"><h2 class=\"mgSubTitleTxt\">Councillor A Tester</h2>{inside}</div></body></html>"
        )
    };
    for (inside, expect) in [
        (
            "<table class=\"mgInterestsTable\"><caption>Land</caption><tr><td>You</td><td>1 Mill Lane</td></tr><tr><td>Your partner</td><td>2 Other Road</td></tr></table>",
            "
found
= https://democracy.exampleford.example/mgRofI.aspx?UID=101
  heading Councillor A Tester
  heading Land
  cell [land] You
  cell [land] 1 Mill Lane
",
        ),
        (
            "<div class=\"mgDeclarations\"><h3>Land</h3><ul><li>Member: 1 Mill Lane</li><li>Spouse: 2 Other Road</li></ul><h3>Contracts</h3><p>None</p></div>",
            "
found
= https://democracy.exampleford.example/mgRofI.aspx?UID=101
  heading Councillor A Tester
  body Land
  body Member: 1 Mill Lane
",
        ),
        (
            "<table class=\"mgInterestsTable\"><tr><th colspan=\"2\">Spouse</th><th>Member</th></tr><tr><td>2 Other Road</td><td>3 Other Road</td><td>1 Mill Lane</td></tr></table>",
            "
found
= https://democracy.exampleford.example/mgRofI.aspx?UID=101
  heading Councillor A Tester
  cell 1 Mill Lane
",
        ),
        (
            "<table class=\"mgInterestsTable\"><caption>4. Land</caption><tr><th>Member</th></tr><tr><td>Withheld under section 32 of the Localism Act 2011</td></tr></table>",
            "
found
= https://democracy.exampleford.example/mgRofI.aspx?UID=101
  heading Councillor A Tester
  heading 4. Land
  cell [land] Withheld under section 32 of the Localism Act 2011
",
        ),
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
        lines
            .iter()
            .map(|l| format!("{} {} {:?}", l.line, l.units, l.queries.iter().map(asked).collect::<Vec<_>>()))
            .collect::<Vec<_>>()
    };
    let rest = ["moderngov/profile 3 []", "moderngov/register 3 []", "moderngov/mailing-list 2 []"];
    let service = "moderngov/councillors 4 [\"https://democracy.exampleford.example/mgWebService.asmx/GetCouncillorsByWard\"]";
    let index = "moderngov/councillors 4 [\"https://democracy.exampleford.example/mgMemberIndex.aspx?FN=ALPHA&VW=LIST&PIC=0\"]";
    assert_eq!(told(Some("EXA")), [[service].as_slice(), &rest].concat());
    assert_eq!(told(Some("EXH")), [[index].as_slice(), &rest].concat());
    assert!(told(Some("EXO")).is_empty());
    assert!(told(Some("???")).is_empty());
    assert!(told(None).is_empty());
}

#[test]
fn what_a_request_tells_is_computed() {
    use crate::sources::rehearse::{question, source};
    let tells = |what: &str| {
        source(ID).request(&question(ID, what)).expect("its own question").discloses().iter().copied().collect::<Vec<_>>()
    };
    assert!(tells("councillors").is_empty());
    assert!(tells("mailing-list").is_empty());
    assert_eq!(tells("profile"), [Discloses::PublicId]);
    assert_eq!(tells("register"), [Discloses::PublicId]);
}

#[test]
fn a_page_that_a_search_named_too_is_asked_once() {
    use crate::sources::page_query;
    use crate::sources::rehearse::{question, url};
    for (what, address) in [
        ("profile", "mgUserInfo.aspx?UID=101#x"),
        ("register", "mgRofI.aspx?UID=101"),
        ("mailing-list", "mgCommitteeMailingList.aspx?ID=0"),
    ] {
        let url = url(&format!("https://democracy.exampleford.example/{address}"));
        let named = page_query(&SourceId::new("found-pages"), &LineId("found-pages".into()), &url, 0, &[]);
        assert_eq!(question(ID, what).key, named.key, "{what}");
    }
}
