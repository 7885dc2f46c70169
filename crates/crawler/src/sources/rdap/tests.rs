//! Registers as they answer, withhold, change and lie.

mod network;

use proptest::prelude::*;
use serde_json::json as value;

use super::*;
use crate::sources::rehearse::{answer_file, answer_to, check, check_body, person, recorded, source, url};

const NAME: &str = "ashdown-pike.example";

/// The questions that only an answer leads to.
pub(in crate::sources) fn asked(what: &str) -> Query {
    let about = if what == NETWORK { network::ADDRESS } else { NAME };
    query(what, about, Some(&url("https://rdap.register.example/")), &[person().id])
}

fn told(head: &str, body: &str) -> Result<Option<unlisted_model::reporting::Registration>, SourceError> {
    registration(NAME, &recorded(format!("{head}\n\n{body}").as_bytes(), &url("https://rdap.register.example/domain/x")))
}

fn of_file(file: &str) -> Result<Option<unlisted_model::reporting::Registration>, SourceError> {
    registration(NAME, &recorded(&answer_file(ID, file), &url("https://rdap.register.example/domain/x")))
}

const OK: &str = "HTTP/1.1 200 OK\nContent-Type: application/rdap+json";

#[test]
fn the_list_leads_to_the_register_and_is_told_nothing() {
    check(ID, "registers", "registers", "found\nnext rdap/domain https://rdap.register.example/domain/ashdown-pike.example");
    let source = source(ID);
    let first = source.request(&source.plan(&person())[0]).expect("its own question");
    assert_eq!(first.url().as_str(), "https://registers.example/rdap/dns.json");
    assert!(first.discloses().is_empty() && !first.url().as_str().contains("ashdown"));
    let second = source.request(&asked("domain")).expect("its own question");
    assert_eq!(second.discloses().iter().copied().collect::<Vec<_>>(), [Discloses::Domain]);
    assert!(!second.is_whole());
}

#[test]
fn the_four_answers() {
    check(ID, "domain", "found", "found");
    check(ID, "domain", "absent", "absent");
    check(ID, "domain", "blocked", "error blocked/too-many-requests: the answer is an error (status 429)");
    check(ID, "domain", "changed", "error failed/layout-changed: the layout is no longer understood: it is not about a name");
}

#[test]
fn the_registrar_and_its_contact_are_told_and_the_owner_is_not() {
    let told = of_file("found").expect("understood").expect("registered");
    assert_eq!(told.registrar.as_deref(), Some("Example Names Ltd"));
    assert_eq!(told.abuse_email.as_deref(), Some("abuse@example-names.example"));
    assert_eq!(told.abuse_phone.as_deref(), Some("+44.1632960123"));
    assert_eq!(told.nameservers, ["ns1.example-hosting.example", "ns2.example-hosting.example"]);
    let told = of_file("redacted").expect("understood").expect("registered");
    assert_eq!(told.registrar.as_deref(), Some("Example Names Ltd"));
    assert_eq!((told.abuse_email, told.abuse_phone, told.nameservers.len()), (None, None, 0));
}

#[test]
fn an_ending_without_a_register_is_no_absence() {
    let head = "HTTP/1.1 200 OK";
    let none = "error failed/error-status: not available: no register for this ending";
    for body in [
        r#"{"services":[[["com"],["https://rdap.register.example/"]]]}"#,
        r#"{"services":[[["ple"],["https://rdap.register.example/"]]]}"#,
        r#"{"services":[[[""],["https://rdap.register.example/"]]]}"#,
        r#"{"services":[[["example"],["http://rdap.register.example/"]]]}"#,
        r#"{"services":[[["example"],["https://10.0.0.1/"]]]}"#,
        r#"{"services":[[["example"],["https://me:pass@rdap.register.example/"]]]}"#,
        r#"{"services":[[["example"],["https://rdap.register.example:8443/"]]]}"#,
        r#"{"services":[[["example"],["https://*.example/"]]]}"#,
        r#"{"services":[[["example"],["ftp://rdap.register.example/",5,null]]]}"#,
    ] {
        check_body(ID, "registers", head, body, none);
    }
    let longest = r#"{"services":[[["example"],["https://a.example/"]],[["ashdown-pike.example"],["https://no.example/"]],[["EXAMPLE"],["https://b.example/"]]]}"#;
    check_body(ID, "registers", head, longest, "found\nnext rdap/domain https://a.example/domain/ashdown-pike.example");
    for body in ["{}", "[]", "", "<html>", r#"{"services":5}"#, r#"{"services":[]}"#, r#"{"services":[[5],{},null]}"#] {
        assert!(
            answer_to(ID, "registers", format!("{head}\n\n{body}").as_bytes()).starts_with("error failed/layout-changed"),
            "{body}"
        );
    }
}

#[test]
fn a_404_counts_only_in_the_registers_own_words() {
    assert_eq!(told("HTTP/1.1 404 Not Found", r#"{"errorCode":404}"#), Ok(None));
    for body in ["<html>not here</html>", "", "{}", r#"{"errorCode":"404"}"#, r#"{"errorCode":400}"#] {
        assert_eq!(told("HTTP/1.1 404 Not Found", body), Err(SourceError::Status(404)), "{body}");
    }
    assert_eq!(told("HTTP/1.1 500 x", r#"{"errorCode":404}"#), Err(SourceError::Status(500)));
    let other = r#"{"objectClassName":"domain","ldhName":"other.example"}"#;
    assert!(told(OK, other).is_err(), "an answer about another name");
}

/// The contact for abuse in an answer with this card.
#[track_caller]
fn check_card(card: serde_json::Value, email: Option<&str>, phone: Option<&str>) {
    let registrar = value!({"roles": ["registrar"], "entities": {"roles": "abuse", "vcardArray": card}});
    let body = value!({"objectClassName": "domain", "ldhName": NAME, "entities": [registrar]}).to_string();
    let got = told(OK, &body).expect("understood").expect("registered");
    assert_eq!((got.abuse_email.as_deref(), got.abuse_phone.as_deref()), (email, phone), "{card}");
}

#[test]
fn contacts_of_any_shape_are_read_with_distrust() {
    let card = |p: serde_json::Value| value!(["vcard", [["version", {}, "text", "4.0"], p]]);
    check_card(card(value!(["email", {}, "text", "abuse@names.example"])), Some("abuse@names.example"), None);
    check_card(card(value!(["EMAIL", {}, "uri", "mailto:abuse@names.example"])), Some("abuse@names.example"), None);
    check_card(card(value!(["tel", {}, "uri", "tel:+44.1632960123;ext=5"])), None, Some("+44.1632960123"));
    check_card(card(value!(["tel", {}, "text", "(01632) 960123"])), None, Some("(01632) 960123"));
    for odd in [
        value!(["email", {}, "text", "REDACTED FOR PRIVACY"]),
        value!(["email", {}, "text", "Data Protected"]),
        value!(["email", {}, "text", ""]),
        value!(["email", {}, "text", "redacted@names.example"]),
        value!(["email", {}, "text", "a@b"]),
        value!(["email", {}, "text", "a@names.example\r\nBcc: x@y.example"]),
        value!(["email", {}, "text", "a@names.example?bcc=x"]),
        value!(["email", {}, "text", "\u{202e}a@names.example"]),
        value!(["email", {}, "text", ["a@names.example"]]),
        value!(["email", {}, "text", {"a": "a@names.example"}]),
        value!(["email", {}, "text"]),
        value!(["email"]),
        value!([]),
        value!("email"),
        value!(5),
        value!(["tel", {}, "uri", "tel:112"]),
        value!(["tel", {}, "uri", "javascript:alert(1)"]),
        value!(["tel", {}, "uri", "1".repeat(300)]),
    ] {
        check_card(card(odd), None, None);
    }
    for card in [
        value!(null),
        value!("vcard"),
        value!([]),
        value!(["vcard"]),
        value!(["vcard", {}]),
        value!(["card", [["email", {}, "text", "a@names.example"]]]),
        value!({"0": "vcard"}),
    ] {
        check_card(card, None, None);
    }
}

#[test]
fn hostile_answers_are_bounded() {
    let deep = format!("{}{}", r#"{"objectClassName":"domain","entities":["#.repeat(5_000), "]}".repeat(5_000));
    assert!(told(OK, &deep).is_err());
    let nested = (0..30).fold(
        value!({"roles": ["abuse"], "vcardArray": ["vcard", [["email", {}, "text", "deep@names.example"]]]}),
        |inner, _| value!({"entities": [inner]}),
    );
    let body = value!({"objectClassName": "domain", "entities": [nested]}).to_string();
    assert_eq!(told(OK, &body).expect("understood").expect("registered").abuse_email, None);
    let many: Vec<_> =
        (0..5_000).map(|i| value!({"roles": ["abuse"], "vcardArray": ["vcard", [["x", {}, "text", i]]]})).collect();
    let servers: Vec<_> = (0..5_000).map(|i| value!({"ldhName": format!("ns{i}.names.example")})).collect();
    let body = value!({"objectClassName": "domain", "entities": many, "nameservers": servers}).to_string();
    assert_eq!(told(OK, &body).expect("understood").expect("registered").nameservers.len(), 6);
    let huge = format!(r#"{{"objectClassName":"domain","x":"{}"}}"#, "a".repeat(2 << 20));
    assert!(told(OK, &huge).is_err());
    let mut cut = recorded(&answer_file(ID, "found"), &url("https://rdap.register.example/"));
    cut.cut = Some(crate::exchange::Cut::BrokeOff);
    assert_eq!(registration(NAME, &cut), Err(SourceError::Cut));
}

#[test]
fn only_the_registered_name_is_asked_about() {
    for (page, expect) in [
        ("https://www.mereside.example/a/b?c", Some("mereside.example")),
        ("https://a.b.mereside.co.uk/", Some("mereside.co.uk")),
        ("https://mereside.uk./", Some("mereside.uk")),
        ("https://WWW.Mereside.COM/", Some("mereside.com")),
        ("https://someone.blogspot.com/", Some("blogspot.com")),
        ("https://someone.github.io/", Some("github.io")),
        ("https://münchen.example/", Some("xn--mnchen-3ya.example")),
        ("http://192.0.2.1/", None),
        ("http://[2001:db8::1]/", None),
        ("http://localhost/", None),
        ("http://co.uk/", None),
        ("http://uk/", None),
    ] {
        assert_eq!(registered_name(&url(page)).as_deref(), expect, "{page}");
    }
}

proptest! {
    #[test]
    fn any_answer_is_taken_without_a_panic(body in ".{0,300}", status in 200_u16..600) {
        let _told = told(&format!("HTTP/1.1 {status} x"), &body);
    }

    #[test]
    fn a_name_is_at_the_end_of_its_host(host in "[a-z]{1,8}(\\.[a-z]{1,8}){0,4}") {
        if let Some(name) = registered_name(&url(&format!("https://{host}/"))) {
            let below = format!(".{name}");
            prop_assert!(host == name || host.ends_with(&below));
            prop_assert!(name.contains('.'));
        }
    }
}
