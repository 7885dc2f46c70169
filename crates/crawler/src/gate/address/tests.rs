//! Spellings of places that are not on the public internet, near-misses that are, and the tables against their edges.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use proptest::prelude::*;
use url::Url;

use super::{Place, is_global, name_is_local, place};

fn check(host: &str, expect: Place) {
    match Url::parse(&format!("http://{host}/")) {
        Ok(url) => assert_eq!(place(&url), expect, "{host} → {url}"),
        // An address that cannot be read cannot be asked either.
        Err(_) => assert_eq!(expect, Place::Private, "{host} cannot be read"),
    }
}

/// Hosts, as they may be written in an address, that are not on the public internet.
pub(crate) const REFUSED: &[&str] = &[
    // loopback in every spelling of the WHATWG parser
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "017700000001",
    "0x7F.0x0.0x0.0x1",
    "127.0.0.1.",
    "127.255.255.254",
    "１２７.０.０.１",
    "127。0。0。1",
    "%31%32%37.0.0.1",
    // this network, private use, shared, link local, metadata
    "0.0.0.0",
    "0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "167772161",
    "0x0a000001",
    "012.0.0.1",
    "100.64.0.1",
    "100.127.255.254",
    "169.254.169.254",
    "2852039166",
    "0xa9fea9fe",
    "172.16.0.1",
    "172.31.255.254",
    "192.168.0.1",
    "192.168.255.255",
    "0xc0a80001",
    "3232235521",
    "192.0.0.8",
    "192.0.2.1",
    "198.18.0.1",
    "198.19.255.254",
    "198.51.100.7",
    "203.0.113.9",
    "192.88.99.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    // IPv6
    "[::]",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::ffff:10.0.0.1]",
    "[::ffff:169.254.169.254]",
    "[::127.0.0.1]",
    "[::8.8.8.8]",
    "[64:ff9b::10.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::808:808]",
    "[2002:7f00:1::]",
    "[2002:a00:1::1]",
    "[2001::1]",
    "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
    "[2001:db8::1]",
    "[3fff::1]",
    "[fc00::1]",
    "[fd12:3456:789a::1]",
    "[fe80::1]",
    "[fec0::1]",
    "[ff02::1]",
    "[100::1]",
    "[5f00::1]",
    "[2001:20::1]",
    "[::ffff:0:127.0.0.1]",
    "[4000::1]",
    // names
    "localhost",
    "LOCALHOST",
    "localhost.",
    "a.localhost",
    "printer.local",
    "Printer.LOCAL.",
    "db.internal",
    "nas.home.arpa",
    "home.arpa",
    "abc.onion",
    "router",
    "intranet",
    "searx",
    "ｌｏｃａｌｈｏｓｔ",
    "loc%61lhost",
    "a..example",
    // more spellings of one address
    "127.000.000.001",
    "0x7f.0.0.1",
    "0x7F000001",
    "0177.1",
    "00000177.0.0.1",
    "127.0.0.1%2e",
    "①②⑦.⓪.⓪.①",
    "127.0.0。1",
    "[::ffff:0a00:0001]",
    "[0000:0000:0000:0000:0000:ffff:7f00:0001]",
    "[::FFFF:127.0.0.1]",
    "[64:ff9b::192.168.0.1]",
    "[fe80::a9fe:a9fe]",
    "[fd00:ec2::254]",
    "169.254.170.2",
    "100.100.100.200",
    "metadata.google.internal",
    "LocalHost.",
    "x.y.localhost",
    "wpad.home.arpa.",
];

#[test]
fn every_spelling_of_a_private_place_is_known() {
    assert!(REFUSED.len() >= 60);
    for host in REFUSED {
        check(host, Place::Private);
    }
}

#[test]
fn near_misses_are_not_refused() {
    for host in [
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "126.255.255.255",
        "128.0.0.1",
        "169.253.1.1",
        "169.255.0.1",
        "172.15.255.255",
        "172.32.0.1",
        "192.167.1.1",
        "192.169.1.1",
        "198.17.255.255",
        "198.20.0.1",
        "223.255.255.254",
        "[2606:4700::1111]",
        "[2a00:1450::1]",
        "[64:ff9b::808:808]",
        "[::ffff:8.8.8.8]",
        "[2001:200::1]",
        "[2003::1]",
        "134744072",
    ] {
        check(host, Place::Public);
    }
    for host in [
        "a.example",
        "localhost.example",
        "local.example",
        "mylocal.example",
        "internal.example",
        "notlocalhost.example",
        "arpa.example",
        "home-arpa.example",
        "127.0.0.1.example",
        "a.example.",
        "xn--bcher-kva.example",
        "bücher.example",
        "10.example",
        "onion.example",
    ] {
        check(host, Place::Name);
    }
    assert!(!name_is_local("notlocal.example") && name_is_local("x.local") && !name_is_local("xlocal.test"));
}

proptest! {
    #[test]
    fn an_embedded_address_is_as_public_as_itself(bits in any::<u32>()) {
        let v4 = Ipv4Addr::from(bits);
        let inside = |prefix: [u16; 6]| {
            let [a, b, c, d] = v4.octets();
            let [p, q, r, s, t, u] = prefix;
            IpAddr::V6(Ipv6Addr::new(p, q, r, s, t, u, u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])))
        };
        let itself = is_global(IpAddr::V4(v4));
        prop_assert_eq!(is_global(inside([0, 0, 0, 0, 0, 0xffff])), itself);
        prop_assert_eq!(is_global(inside([0x64, 0xff9b, 0, 0, 0, 0])), itself);
        prop_assert!(!is_global(inside([0; 6])), "compatible, never");
        let [a, b, c, d] = v4.octets();
        let six_to_four = Ipv6Addr::new(0x2002, u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]), 0, 0, 0, 0, 1);
        prop_assert!(!is_global(IpAddr::V6(six_to_four)));
    }

    #[test]
    fn what_the_standard_library_calls_special_is_not_global(bits in any::<u32>()) {
        let v4 = Ipv4Addr::from(bits);
        let special = v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_broadcast() || v4.is_documentation()
            || v4.is_multicast() || v4.is_unspecified();
        prop_assert!(!special || !is_global(IpAddr::V4(v4)));
    }

    #[test]
    fn only_global_unicast_is_global(bits in any::<u128>()) {
        let v6 = Ipv6Addr::from(bits);
        let first = v6.segments()[0];
        prop_assert!(!is_global(IpAddr::V6(v6)) || (0x2000..0x4000).contains(&first) || first == 0x64 || first == 0);
    }

    #[test]
    fn every_number_is_judged_as_its_dotted_form(bits in any::<u32>()) {
        let dotted = Ipv4Addr::from(bits);
        let expect = if is_global(IpAddr::V4(dotted)) { Place::Public } else { Place::Private };
        for host in [dotted.to_string(), bits.to_string(), format!("0x{bits:x}"), format!("0{bits:o}")] {
            let url = Url::parse(&format!("http://{host}/")).expect("test data");
            prop_assert_eq!(place(&url), expect, "{}", host);
        }
    }
}
