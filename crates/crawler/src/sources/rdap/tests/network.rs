//! Registers of networks as they answer, withhold, change, lie and send on.

use std::net::IpAddr;

use proptest::prelude::*;
use serde_json::json as value;
use unlisted_model::reporting::Network;

use super::*;

/// Nobody is ever asked about it: every answer here is recorded.
pub(in crate::sources) const ADDRESS: &str = "192.0.1.10";
const OTHER: &str = "2d00:100::10";

fn ip(text: &str) -> IpAddr {
    text.parse().expect("test data")
}

fn told_of(address: &str, head: &str, body: &str) -> Result<Option<Network>, SourceError> {
    let answer = recorded(format!("{head}\n\n{body}").as_bytes(), &url("https://rdap.networks.example/ip/x"));
    super::super::network(ip(address), &answer)
}

/// What a recorded answer tells: name, firm, contacts.
#[track_caller]
fn check_file(file: &str, address: &str, expect: [Option<&str>; 5]) {
    let answer = recorded(&answer_file(ID, file), &url("https://rdap.networks.example/ip/x"));
    let told = super::super::network(ip(address), &answer).expect("understood").expect("registered");
    let got = [&told.name, &told.firm, &told.abuse_email, &told.abuse_phone, &told.abuse_page].map(|v| v.as_deref());
    assert_eq!(got, expect, "{file}");
    assert_eq!((told.address.as_str(), told.front), (address, None));
}

#[test]
fn the_list_leads_to_the_register_and_is_told_nothing() {
    check(ID, "networks", "networks", "found\nnext rdap/network https://rdap.networks.example/ip/192.0.1.10");
    let source = source(ID);
    let lines: Vec<String> = source.lines(&person()).into_iter().map(|l| l.line.0).collect();
    assert_eq!(lines, ["rdap/registers", "rdap/domain", "rdap/networks", "rdap/network"]);
    let first = source.request(&question_about(NETWORKS)).expect("its own question");
    assert_eq!(first.url().as_str(), "https://registers.example/rdap/ipv4.json");
    assert!(first.discloses().is_empty());
    let second = source.request(&asked(NETWORK)).expect("its own question");
    assert_eq!(second.discloses().iter().copied().collect::<Vec<_>>(), [Discloses::SiteAddress]);
    assert!(!second.is_whole());
}

fn question_about(what: &str) -> Query {
    source(ID).plan(&person()).into_iter().find(|q| q.what == what).expect("it is planned")
}

#[test]
fn private_addresses_are_never_asked_about() {
    let mut kit = crate::sources::rehearse::kit();
    kit.domains.clear();
    kit.addresses = ["10.0.0.1", "127.0.0.1", "192.168.1.9", "::1", "fe80::1", "fd00::1", "192.0.2.1"].map(ip).into();
    let row = kit.rows.get(&SourceId::new(ID)).cloned().expect("a row");
    assert!(Rdap::new(row.clone(), &kit).lines(&person()).is_empty());
    kit.addresses.push(ip(OTHER));
    let lines = Rdap::new(row, &kit).lines(&person());
    assert_eq!(
        lines.iter().map(|l| (l.line.0.as_str(), l.units)).collect::<Vec<_>>(),
        [("rdap/networks", 1), ("rdap/network", 1)]
    );
    let asked = Rdap::new(kit.rows[&SourceId::new(ID)].clone(), &kit).request(&lines[0].queries[0]).expect("its own question");
    assert_eq!(asked.url().as_str(), "https://registers.example/rdap/ipv6.json");
}

/// The register that a list with these entries names for an address.
#[track_caller]
fn check_list(address: &str, entries: &[(&str, &str)], expect: Option<&str>) {
    let services: Vec<_> = entries.iter().map(|(network, at)| value!([[network], [at]])).collect();
    let body = value!({ "services": services }).to_string();
    let answer = recorded(format!("HTTP/1.1 200 OK\n\n{body}").as_bytes(), &url("https://registers.example/"));
    let got = lists::register_around(ip(address), &answer).ok().map(|u| u.to_string());
    assert_eq!(got.as_deref(), expect, "{address} {entries:?}");
}

#[test]
fn the_smallest_network_around_an_address_wins() {
    let (a, b) = ("https://a.example/", "https://b.example/");
    check_list(ADDRESS, &[("192.0.0.0/8", a), ("192.0.1.0/24", b)], Some(b));
    check_list(ADDRESS, &[("192.0.1.0/24", b), ("192.0.0.0/8", a)], Some(b));
    check_list(ADDRESS, &[("192.0.2.0/24", a)], None);
    check_list(ADDRESS, &[("192.0.1.10/32", a)], Some(a));
    check_list(ADDRESS, &[("0.0.0.0/0", a)], Some(a));
    check_list(ADDRESS, &[("192.0.0.0/8", a), ("192.0.1.0/24", "http://b.example/")], Some(a));
    for odd in
        ["192.0.1.0", "192.0.1.0/33", "192.0.1.0/-1", "192.0.1/24", "/24", "", "192.0.1.0/24/1", "::/0", "192.0.1.0/99999999999"]
    {
        check_list(ADDRESS, &[(odd, a)], None);
    }
    check_list(OTHER, &[("2d00::/8", a), ("2d00:100::/24", b)], Some(b));
    check_list(OTHER, &[("2d00:100::10/128", a)], Some(a));
    check_list(OTHER, &[("::/0", a)], Some(a));
    check_list(OTHER, &[("2d00:100::/129", a), ("0.0.0.0/0", a)], None);
    check(ID, "networks", "networks-ipv6", "error failed/error-status: not available: no register for this network");
    let list = recorded(&answer_file(ID, "networks-ipv6"), &url("https://registers.example/"));
    assert_eq!(lists::register_around(ip(OTHER), &list).expect("listed").as_str(), "https://rdap.networks.example/");
    assert_eq!(listed(&list), ["rdap.networks.example", "rdap.wide-register.example"]);
}

#[test]
fn the_four_answers() {
    check(ID, "network", "network-found", "found");
    check(ID, "network", "network-absent", "absent");
    check(ID, "network", "blocked", "error blocked/too-many-requests: the answer is an error (status 429)");
    check(
        ID,
        "network",
        "network-changed",
        "error failed/layout-changed: the layout is no longer understood: it is not about a network",
    );
    check(ID, "network", "found", "error failed/layout-changed: the layout is no longer understood: it is not about a network");
}

#[test]
fn the_firm_and_its_contact_are_told_and_no_person() {
    let (hosting, servers) = ("Example Hosting Ltd", "Example Servers, Inc.");
    check_file(
        "network-found",
        ADDRESS,
        [Some("EXAMPLE-HOSTING-NET"), Some(hosting), Some("abuse@example-hosting.example"), Some("+44.1632960456"), None],
    );
    check_file(
        "network-nested",
        ADDRESS,
        [
            Some("EXAMPLENET-1"),
            Some(servers),
            Some("abuse@example-servers.example"),
            Some("+44-1632-960789"),
            Some("https://example-servers.example/report-abuse"),
        ],
    );
    check_file(
        "network-remarks",
        ADDRESS,
        [Some("EXAMPLE-PACIFIC"), Some("Example Pacific Pty Ltd"), Some("irt@example-pacific.example"), None, None],
    );
    check_file("network-redacted", ADDRESS, [None; 5]);
    check_file(
        "network-ipv6",
        OTHER,
        [Some("EXAMPLE-V6"), Some("Example Six Ltd"), Some("abuse@example-six.example"), None, None],
    );
}

const OK: &str = "HTTP/1.1 200 OK";

#[test]
fn an_answer_about_another_network_is_a_failure() {
    let body = |first: serde_json::Value, last: serde_json::Value| {
        value!({"objectClassName": "ip network", "startAddress": first, "endAddress": last, "name": "X-NET"}).to_string()
    };
    for (first, last) in [("192.0.1.10", "192.0.1.10"), ("192.0.1.0", "192.0.1.255"), ("0.0.0.0", "255.255.255.255")] {
        assert!(told_of(ADDRESS, OK, &body(first.into(), last.into())).is_ok_and(|n| n.is_some()), "{first}");
    }
    for (first, last) in [
        ("192.0.1.11", "192.0.1.255"),
        ("192.0.0.0", "192.0.1.9"),
        ("192.0.1.255", "192.0.1.0"),
        ("::", "ffff::"),
        ("192.0.1.0", "ffff::"),
        ("::ffff:192.0.1.0", "::ffff:192.0.1.255"),
        ("192.0.1.0/24", "192.0.1.255"),
        ("", ""),
    ] {
        assert!(matches!(told_of(ADDRESS, OK, &body(first.into(), last.into())), Err(SourceError::LayoutChanged(_))), "{first}");
    }
    for odd in [value!(null), value!(5), value!(["192.0.1.0"]), value!({})] {
        assert!(told_of(ADDRESS, OK, &body(odd.clone(), "192.0.1.255".into())).is_err(), "{odd}");
    }
    assert!(told_of(ADDRESS, OK, r#"{"objectClassName":"ip network"}"#).is_err());
    assert_eq!(told_of(ADDRESS, "HTTP/1.1 404 Not Found", "<html>"), Err(SourceError::Status(404)));
}

#[test]
fn hostile_answers_are_bounded() {
    let about = |entities: serde_json::Value| {
        value!({"objectClassName": "ip network", "startAddress": "192.0.1.0", "endAddress": "192.0.1.255",
            "name": ["x"], "entities": entities})
        .to_string()
    };
    let deep = format!("{}{}", r#"{"objectClassName":"ip network","entities":["#.repeat(5_000), "]}".repeat(5_000));
    assert!(told_of(ADDRESS, OK, &deep).is_err());
    let card = value!(["vcard", [["email", {}, "text", "deep@names.example"]]]);
    let nested = (0..30).fold(value!({"roles": ["abuse"], "vcardArray": card}), |inner, _| value!({"entities": [inner]}));
    let told = |entities| told_of(ADDRESS, OK, &about(entities)).expect("understood").expect("registered");
    assert_eq!(told(value!([nested])), Network { address: ADDRESS.to_owned(), ..Network::default() });
    let many: Vec<_> =
        (0..5_000).map(|i| value!({"roles": ["registrant"], "vcardArray": ["vcard", [["fn", {}, "text", i]]]})).collect();
    assert_eq!(told(value!(many)).firm, None);
    for odd in
        [value!(5), value!("x"), value!([null, 5, [], {}]), value!({"roles": 5, "vcardArray": 5}), value!({"roles": [5, null]})]
    {
        assert_eq!(told(odd).firm, None);
    }
    let huge = format!(r#"{{"objectClassName":"ip network","x":"{}"}}"#, "a".repeat(2 << 20));
    assert!(told_of(ADDRESS, OK, &huge).is_err());
}

#[test]
fn a_page_for_reports_is_told_only_when_it_is_one() {
    let told = |page: serde_json::Value| {
        let card = value!(["vcard", [["contact-uri", {}, "uri", page]]]);
        let entities = value!([{"roles": ["abuse"], "vcardArray": card}]);
        let body = value!({"objectClassName": "domain", "ldhName": NAME, "entities": entities}).to_string();
        let known = super::told(OK, &body).expect("understood").expect("registered");
        (known.abuse_page, known.abuse_email)
    };
    for good in ["https://names.example/abuse", "http://names.example/privacy?form=1", "https://names.example:8443/"] {
        assert_eq!(told(good.into()), (Some(good.to_owned()), None));
    }
    assert_eq!(told("mailto:abuse@names.example".into()), (None, Some("abuse@names.example".to_owned())));
    for bad in [
        "javascript:alert(1)",
        "https://me:pass@names.example/",
        "https://192.0.1.1/",
        "https://localhost/",
        "https://names.example/ x",
        "https://names.example/\u{202e}x",
        "https://names.example/<b>",
        "names.example",
        "",
    ] {
        assert_eq!(told(bad.into()), (None, None), "{bad}");
    }
    assert_eq!(told(format!("https://names.example/{}", "a".repeat(300)).into()), (None, None));
    assert_eq!(told(value!(["https://names.example/"])), (None, None));
}

/// Where a question goes when its register sends on to this address.
#[track_caller]
fn check_sent_on(question: &Query, to: &str, expect: Option<&str>) {
    let next = elsewhere(question, &url(to)).map(|q| source(ID).request(&q).expect("its own question").url().to_string());
    assert_eq!(next.as_deref(), expect, "{to}");
}

#[test]
fn a_register_may_send_on_the_same_question_and_nothing_else() {
    let network = asked(NETWORK);
    check_sent_on(&network, "https://rdap.b.example/ip/192.0.1.10", Some("https://rdap.b.example/ip/192.0.1.10"));
    check_sent_on(&network, "https://rdap.b.example/v1/x/ip/192.0.1.10", Some("https://rdap.b.example/v1/x/ip/192.0.1.10"));
    for to in [
        "http://rdap.b.example/ip/192.0.1.10",
        "https://rdap.b.example/ip/192.0.1.11",
        "https://rdap.b.example/domain/192.0.1.10",
        "https://rdap.b.example/ip/192.0.1.10?who=me",
        "https://rdap.b.example:8443/ip/192.0.1.10",
        "https://me:pass@rdap.b.example/ip/192.0.1.10",
        "https://10.0.0.1/ip/192.0.1.10",
        "https://localhost/ip/192.0.1.10",
        "https://rdap.b.example/",
        "https://rdap.b.example/192.0.1.10",
        "ftp://rdap.b.example/ip/192.0.1.10",
    ] {
        check_sent_on(&network, to, None);
    }
    let six = query(NETWORK, OTHER, Some(&url("https://rdap.a.example/")), &[person().id]);
    for to in ["https://rdap.b.example/ip/2d00:100::10", "https://rdap.b.example/ip/2D00%3A100%3a0%3A0::10"] {
        check_sent_on(&six, to, Some("https://rdap.b.example/ip/2d00:100::10"));
    }
    let domain = asked("domain");
    check_sent_on(
        &domain,
        "https://rdap.b.example/domain/ASHDOWN-PIKE.example",
        Some("https://rdap.b.example/domain/ashdown-pike.example"),
    );
    check_sent_on(&domain, "https://rdap.b.example/domain/other.example", None);
    check_sent_on(&question_about(NETWORKS), "https://rdap.b.example/ip/192.0.1.10", None);
}

proptest! {
    #[test]
    fn any_answer_is_taken_without_a_panic(body in ".{0,300}", status in 200_u16..600) {
        let _told = told_of(ADDRESS, &format!("HTTP/1.1 {status} x"), &body);
    }

    #[test]
    fn an_address_lies_in_the_network_whose_register_is_asked(bits: u32, base: u32, length in 0_u32..=32) {
        let (address, network) = (std::net::Ipv4Addr::from(bits), std::net::Ipv4Addr::from(base));
        let body = value!({"services": [[[format!("{network}/{length}")], ["https://a.example/"]]]}).to_string();
        let answer = recorded(format!("HTTP/1.1 200 OK\n\n{body}").as_bytes(), &url("https://registers.example/"));
        let mask = u32::MAX.checked_shl(32 - length).unwrap_or(0);
        prop_assert_eq!(lists::register_around(address.into(), &answer).is_ok(), bits & mask == base & mask);
    }
}
