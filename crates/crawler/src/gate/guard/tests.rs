//! Every private value in every spelling is held back; what is public anyway passes.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use proptest::prelude::*;
use unlisted_model::query::{Discloses, Slots};
use unlisted_model::source::SourceId;
use unlisted_model::{Kind, Subject};
use url::Url;

use super::super::Refusal;
use super::super::testing::{FACTS, amina, line, subject, url};
use super::Guard;
use super::digests::hashed_forms;
use crate::request::{Encoding, Request};

fn guard(subject: &Subject) -> Guard {
    Guard::new(std::iter::once(subject))
}

fn query(address: Url) -> Request {
    Request::to(address, &line(), &SourceId::new("s"), &[amina()])
}

/// `expect` is the kind that must be held back, or None if it must pass.
fn check(address: &str, expect: Option<Kind>) {
    let verdict = guard(&subject(&FACTS)).check(&query(url(address)), &["*/*"]);
    let expect = expect.map_or(Ok(()), |kind| Err(Refusal::WouldDisclose(Some(kind))));
    assert_eq!(verdict, expect, "{address}");
}

#[test]
fn private_values_are_held_back_wherever_they_stand() {
    for address in [
        "https://s.example/?q=14+Mill+Lane",
        "https://s.example/?q=14%20mill%20ln",
        "https://s.example/?q=Mill+Lane+14",
        "https://s.example/14-mill-lane",
        "https://14-mill-lane.example/",
        "https://14.mill.lane.s.example/",
        "https://s.example/?q=ZZ99+4QT",
        "https://s.example/?q=zz994qt&x=1",
        "https://s.example/?number=14&street=Mill&kind=Lane",
        "https://s.example/?q=14%2520Mill%2520Lane",
        "https://s.example/?q=%31%34%20%4D%69%6c%6C%20Lane",
        "https://s.example/?q=%EF%BC%91%EF%BC%94+Mill+Lane",
        "https://s.example/MTQgTWlsbCBMYW5l",
    ] {
        check(address, Some(Kind::HomeAddress));
    }
    for address in [
        "https://s.example/?tel=07700900123",
        "https://s.example/?tel=%2B44+7700+900+123",
        "https://s.example/?tel=00447700900123",
        "https://s.example/?tel=%2B44(0)7700-900123",
        "https://s.example/?tel=MDc3MDAgOTAwMTIz",
        "https://s.example/?tel=3037373030393030313233",
    ] {
        check(address, Some(Kind::Phone));
    }
    for address in [
        "https://s.example/?d=1984-03-09",
        "https://s.example/?d=09/03/1984",
        "https://s.example/?d=9.3.1984",
        "https://s.example/?d=9+March+1984",
        "https://s.example/?d=9th+of+March,+1984",
        "https://s.example/?d=Mar+9,+1984",
        "https://s.example/?day=9&month=3&year=1984",
    ] {
        check(address, Some(Kind::DateOfBirth));
    }
    check("https://s.example/?q=amina.r%40MAIL.example", Some(Kind::Email));
    check("https://s.example/?q=amina%2Er%2540mail%252Eexample", Some(Kind::Email));
    check("https://s.example/?q=Joe+Castle", Some(Kind::FamilyMember));
    check("https://s.example/?q=qq123456c", Some(Kind::NationalInsuranceNumber));
    check("https://s.example/?q=ZZ99ABC", Some(Kind::VehicleRegistration));
    check("https://s.example/users/mereside_runner", Some(Kind::Username));
    let former = guard(&subject(&FACTS)).check(&query(url("https://s.example/?q=Amina+Hartley")), &[]);
    assert_eq!(former, Err(Refusal::WouldDisclose(None)));
}

#[test]
fn what_is_public_anyway_passes() {
    for address in [
        "https://s.example/?q=%22Amina+Rose+Castle%22+Northgate+and+Mereside",
        "https://s.example/?q=Amina+Castle+Example+Party",
        "https://s.example/?q=Mina+Castle+councillor",
        "https://s.example/?tel=01632+960111",
        "https://aminacastle.example/",
        "https://s.example/?q=Mill+Lane",
        "https://s.example/?q=12+Mill+Lane",
        "https://s.example/?q=ZZ99+4QU",
        "https://s.example/?q=ZZ99",
        "https://s.example/?q=Acorn",
        "https://s.example/?d=1984",
        "https://s.example/?tel=07700+900124",
        "https://s.example/?q=mail.example",
        "https://s.example/?q=Hartley",
        "https://s.example/?q=Joan+Castle",
        "https://s.example/mgUserInfo.aspx?UID=4711&sess=aGVsbG8gd29ybGQ",
    ] {
        check(address, None);
    }
}

#[test]
fn digests_of_the_usual_forms_are_held_back() {
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02X}")).collect::<String>();
    use md5::Digest;
    for (text, kind) in [
        ("amina.r@mail.example", Kind::Email),
        ("Amina.R@mail.example", Kind::Email),
        ("07700900123", Kind::Phone),
        ("+447700900123", Kind::Phone),
        ("447700900123", Kind::Phone),
        ("ZZ994QT", Kind::HomeAddress),
        ("zz99 4qt", Kind::HomeAddress),
        ("1984-03-09", Kind::DateOfBirth),
        ("09/03/1984", Kind::DateOfBirth),
    ] {
        for digest in [hex(&md5::Md5::digest(text)), hex(&sha1::Sha1::digest(text)), hex(&sha2::Sha256::digest(text))] {
            check(&format!("https://s.example/avatar/{digest}?s=80"), Some(kind));
            check(&format!("https://s.example/avatar/{}", digest.to_lowercase()), Some(kind));
        }
    }
    check("https://s.example/avatar/d41d8cd98f00b204e9800998ecf8427e", None);
}

#[test]
fn an_admitted_slot_holds_only_what_it_tells() {
    let subject = subject(&FACTS);
    let request = |told: Discloses, text: &str| {
        let slots = Slots::default().with("q", &[told], text);
        query(url("https://s.example/")).slot("q", slots.get("q").expect("test data"), Encoding::Plain)
    };
    let guard = guard(&subject);
    assert_eq!(guard.check(&request(Discloses::Phone, "07700 900123"), &[]), Ok(()));
    assert_eq!(guard.check(&request(Discloses::Username, "mereside_runner"), &[]), Ok(()));
    // Whatever a slot claims to tell, it may not hold something else.
    let held = |told, text, kind| assert_eq!(guard.check(&request(told, text), &[]), Err(Refusal::WouldDisclose(Some(kind))));
    held(Discloses::Name, "07700 900123", Kind::Phone);
    held(Discloses::Home, "14 Mill Lane", Kind::HomeAddress);
    held(Discloses::Page, "https://x.example/14-mill-lane", Kind::HomeAddress);
}

#[test]
fn an_address_received_whole_passes_unchanged_only() {
    let guard = guard(&subject(&FACTS));
    let found = url("https://finder.example/amina/14-mill-lane-zz99-4qt?tel=07700900123");
    let page = Request::page(found.clone(), &line(), &SourceId::new("s"), &[amina()]);
    assert_eq!(guard.check(&page, &[]), Ok(()));
    assert_eq!(guard.check(&page.robots_of(), &[]), Ok(()));
    assert_eq!(guard.check(&query(url("https://s.example/")).redirected(found), &[]), Ok(()));
    assert_eq!(guard.check(&page.clone().param("x", "1"), &[]), Err(Refusal::WouldDisclose(Some(Kind::HomeAddress))));
    // Headers are ours, whatever the address.
    let agent = ["unlisted/1 (+mailto:amina.r@mail.example)"];
    assert_eq!(guard.check(&page, &agent), Err(Refusal::WouldDisclose(Some(Kind::Email))));
}

#[test]
fn other_shapes_of_addresses_and_dates() {
    let check = |kind: Kind, value: &str, texts: &[&str]| {
        let subject = subject(&[(kind, value)]);
        for text in texts {
            let mut address = url("https://s.example/");
            address.query_pairs_mut().append_pair("q", text);
            assert_eq!(guard(&subject).check(&query(address), &[]), Err(Refusal::WouldDisclose(Some(kind))), "{value}: {text}");
        }
    };
    check(
        Kind::HomeAddress,
        "Flat 2, 14b St John's Road, Mereside, ZZ99 4QT",
        &["14b st johns rd", "Flat 2 14B St. John’s Road", "zz99 4qt"],
    );
    check(Kind::HomeAddress, "14 Mill Lane Mereside Northgate ZZ994QT", &["14 Mill Lane", "14, mill ln", "ZZ99-4QT"]);
    check(Kind::HomeAddress, "14\nThe Green\nMereside", &["14 The Green", "the green, 14"]);
    check(Kind::HomeAddress, "Rose Cottage, Mill Lane, Mereside", &["rose cottage mill lane"]);
    check(
        Kind::HomeAddress,
        "1 Elm Rd, Mereside M1 1AA".replace("M1 1AA", "Z9 9ZZ").as_str(),
        &["Z9 9ZZ", "z99zz", "1 Elm Road"],
    );
    check(Kind::DateOfBirth, "9 March 1984", &["1984-03-09", "09/03/84", "9 Mar 1984"]);
    check(Kind::DateOfBirth, "09/03/1984", &["19840309", "March 9th, 1984"]);
    check(Kind::BankAccount, "12-34-56 12345678", &["12345678", "123456 12345678"]);
    check(Kind::FamilyMember, "Zoë Müller-Łukasz", &["zoe muller łukasz", "Zoë Müller Łukasz"]);
}

#[test]
fn another_persons_public_name_is_not_a_leak_when_it_is_they_who_are_asked_for() {
    let a = subject(&[(Kind::FamilyMember, "Robin Oakfield")]);
    let mut b = subject(&[]);
    b.id = unlisted_model::SubjectId::new("robin").expect("test data");
    b.names.full = "Robin Oakfield".to_owned();
    let guard = Guard::new([&a, &b].into_iter());
    let ask = |id: &unlisted_model::SubjectId| {
        let request =
            Request::to(url("https://s.example/?q=Robin+Oakfield"), &line(), &SourceId::new("s"), std::slice::from_ref(id));
        guard.check(&request, &[])
    };
    assert_eq!(ask(&b.id), Ok(()));
    assert_eq!(ask(&a.id), Err(Refusal::WouldDisclose(Some(Kind::FamilyMember))));
}

#[test]
fn nothing_is_shown_of_what_is_guarded() {
    let shown = format!("{:?} {:?}", guard(&subject(&FACTS)), query(url("https://s.example/?q=14+Mill+Lane")));
    assert!(!shown.contains("Mill") && !shown.contains("14"), "{shown}");
}

/// One way to write a value into an address.
fn written(value: &str, way: usize, pad: &str) -> String {
    let percent = |bytes: &[u8]| bytes.iter().map(|b| format!("%{b:02x}")).collect::<String>();
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    let form = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let padded = format!("{pad}{value}");
    match way {
        0 => form(value),
        1 => percent(value.as_bytes()),
        2 => form(&percent(value.as_bytes())),
        3 => form(&form(&form(value))),
        4 => form(&STANDARD.encode(&padded)),
        5 => URL_SAFE_NO_PAD.encode(&padded),
        6 => STANDARD_NO_PAD.encode(&padded).replace('+', "%2B"),
        7 => hex(padded.as_bytes()),
        8 => hex(padded.as_bytes()).to_uppercase(),
        9 => value.to_uppercase().split(' ').collect::<Vec<_>>().join("-"),
        10 => value.to_lowercase().replace(' ', ""),
        11 => form(&STANDARD.encode(form(&padded))),
        12 => STANDARD_NO_PAD.encode(hex(padded.as_bytes())),
        _ => form(&value.chars().map(|c| format!("{c}.")).collect::<String>()),
    }
}

/// How people write the facts of the tests.
const SPELLINGS: &[(Kind, &str)] = &[
    (Kind::HomeAddress, "14 Mill Lane"),
    (Kind::HomeAddress, "14, mill ln."),
    (Kind::HomeAddress, "Mill Lane 14"),
    (Kind::HomeAddress, "ZZ99 4QT"),
    (Kind::HomeAddress, "zz994qt"),
    (Kind::Phone, "07700 900123"),
    (Kind::Phone, "+44 (0)7700 900-123"),
    (Kind::Phone, "00447700900123"),
    (Kind::Email, "amina.r@mail.example"),
    (Kind::Email, "AMINA.R@MAIL.EXAMPLE"),
    (Kind::DateOfBirth, "09/03/1984"),
    (Kind::DateOfBirth, "1984-03-09"),
    (Kind::DateOfBirth, "9th March 1984"),
    (Kind::FamilyMember, "Joe Castle"),
    (Kind::Username, "mereside_runner"),
    (Kind::NationalInsuranceNumber, "QQ123456C"),
    (Kind::VehicleRegistration, "ZZ99 ABC"),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_value_written_any_way_is_held_back(
        value in "[A-Z][a-z]{3,8} [A-Z][a-z]{3,8}( [0-9]{1,3})?",
        way in 0usize..14,
        pad in "[a-z]{0,5}",
        before in "[a-z0-9]{0,4}",
        place in 0usize..3,
    ) {
        let subject = subject(&[(Kind::PlaceVisited, &value)]);
        let text = format!("{before}{}", written(&value, way, &pad));
        let address = match place {
            0 => format!("https://s.example/find?x=1&q={text}&y=2"),
            1 => format!("https://s.example/{text}/end"),
            _ => format!("https://s.example/?{text}"),
        };
        let verdict = guard(&subject).check(&query(url(&address)), &[]);
        prop_assert_eq!(verdict, Err(Refusal::WouldDisclose(Some(Kind::PlaceVisited))), "{}", address);
    }

    #[test]
    fn every_usual_spelling_of_a_fact_is_held_back(
        pick in 0usize..SPELLINGS.len(), way in 0usize..14, pad in "[a-z]{0,5}", before in "[a-z0-9]{0,4}", words in "[a-z]{0,9} ?",
    ) {
        let (kind, spelling) = SPELLINGS[pick];
        let text = format!("{before}{}", written(&format!("{words}{spelling}"), way, &pad));
        let verdict = guard(&subject(&FACTS)).check(&query(url(&format!("https://s.example/?x={text}&y"))), &[]);
        prop_assert_eq!(verdict, Err(Refusal::WouldDisclose(Some(kind))), "{} {}", spelling, text);
    }

    #[test]
    fn unrelated_questions_pass(
        words in proptest::collection::vec("[a-z]{2,10}", 1..6), number in 0u32..100_000, token in "[A-Za-z0-9_-]{0,40}",
    ) {
        let mut address = url("https://s.example/search");
        address.query_pairs_mut().append_pair("q", &words.join(" ")).append_pair("id", &number.to_string()).append_pair("t", &token);
        let verdict = guard(&subject(&FACTS)).check(&query(address.clone()), &["text/html"]);
        prop_assert_eq!(verdict, Ok(()), "{}", address);
    }

    #[test]
    fn any_digest_of_a_phone_is_held_back(tail in "[0-9]{3}", pick in 0usize..100, algorithm in 0usize..3) {
        use md5::Digest;
        let phone = format!("07700 900{tail}");
        let subject = subject(&[(Kind::Phone, &phone)]);
        let forms: Vec<String> = hashed_forms(Kind::Phone, &phone).into_iter().collect();
        let form = &forms[pick % forms.len()];
        let bytes = match algorithm {
            0 => md5::Md5::digest(form).to_vec(),
            1 => sha1::Sha1::digest(form).to_vec(),
            _ => sha2::Sha256::digest(form).to_vec(),
        };
        let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
        let verdict = guard(&subject).check(&query(url(&format!("https://s.example/?h={hex}"))), &[]);
        prop_assert_eq!(verdict, Err(Refusal::WouldDisclose(Some(Kind::Phone))));
    }

    #[test]
    fn any_address_is_read_without_a_panic(text in "\\PC{0,200}") {
        let guard = guard(&subject(&FACTS));
        if let Ok(address) = Url::parse(&format!("https://s.example/?{text}")) {
            // Held back or not: it must only come to an end.
            let _either = guard.check(&query(address), &[]);
        }
    }
}

#[test]
fn the_name_of_a_site_that_was_received_may_be_asked_about_and_its_pages_not() {
    let held = |told: Discloses, text: &str| {
        let slots = Slots::default().with("url", &[told], text);
        let request = query(url("https://s.example/cdx")).slot("url", slots.get("url").expect("a slot"), Encoding::Plain);
        guard(&subject(&FACTS)).check(&request, &[])
    };
    // Her site carries a private value in its name; asking an archive for it tells its name and nothing that it does not say itself.
    assert_eq!(held(Discloses::Domain, "14-mill-lane.example"), Ok(()));
    assert_eq!(held(Discloses::Page, "council.example/14-mill-lane"), Err(Refusal::WouldDisclose(Some(Kind::HomeAddress))));
    // The leave is for the slot, not for the rest of the address.
    let slots = Slots::default().with("url", &[Discloses::Domain], "site.example");
    let request =
        query(url("https://s.example/cdx?q=14+Mill+Lane")).slot("url", slots.get("url").expect("a slot"), Encoding::Plain);
    assert!(guard(&subject(&FACTS)).check(&request, &[]).is_err());
}
