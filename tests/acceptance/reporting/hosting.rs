//! The firm that stores a site: what the registers of networks are asked, what is shown of their answers, what stays home.

use super::*;

const NETWORKS: &str = "rdap.networks.example";
const OTHER_NETWORKS: &str = "rdap.other-networks.example";
const ADDRESS: &str = "192.0.1.10";

/// Registers of names and of networks on one loopback server. `network` is the recorded answer about the address, or a line
/// `location: …` with which its register sends on.
fn both(domain: &str, network: &str) -> DemoWeb {
    let recorded = |file: &str| {
        let path = format!("{}/../fixtures/sources/rdap/{file}.http", env!("CARGO_MANIFEST_DIR"));
        answer_parts(&fs::read_to_string(path).expect("a recorded answer"))
    };
    let page = |path: &str, file: &str| {
        let (status, body) = recorded(file);
        format!("GET {path}\nstatus: {status}\ncontent-type: application/rdap+json\n\n{body}")
    };
    let at = format!("/ip/{ADDRESS}");
    let asked = match network.strip_prefix("location: ") {
        Some(to) => format!("GET {at}\nstatus: 302 Found\nlocation: {to}\n\n"),
        None => page(&at, network),
    };
    let lists = Site::new(REGISTERS)
        .page("/rdap/dns.json", recorded("registers").1.into_bytes())
        .page("/rdap/ipv4.json", recorded("networks").1.into_bytes())
        .page("/rdap/ipv6.json", recorded("networks-ipv6").1.into_bytes());
    let site = |host: &str, text: &str| Site::new(host).http(text).expect("a page");
    DemoWeb::serving(
        0,
        vec![
            lists,
            site(REGISTER, &page("/domain/ashdown-pike.example", domain)),
            site(NETWORKS, &asked).http(&page("/ip/2d00:100::10", "network-ipv6")).expect("a page"),
            site(OTHER_NETWORKS, &page(&at, "network-nested")),
            site("rdap.elsewhere.example", &page(&at, "network-found")),
        ],
    )
    .expect("a port")
}

fn asking(place: &Place, web: &DemoWeb, address: &str, more: &[&str]) -> Ran {
    let addr = web.addr().to_string();
    let asked = ["--ask-registry", "--yes", "--rehearsal", addr.as_str(), "--speedup", "100", "--site-address", address];
    report(place, &[&asked[..], more].concat())
}

/// Everything that went out: host and path.
fn sent(web: &DemoWeb) -> Vec<String> {
    web.log().iter().map(|l| format!("{}{}", l.host, l.path_and_query)).collect()
}

#[test]
fn the_register_of_networks_is_told_the_address_and_nothing_else() {
    let place = told("https://www.ashdown-pike.example/14-mill-lane/amina?x=1");
    let web = both("found", "network-found");
    let ran = asking(&place, &web, ADDRESS, &[]).code(0);
    for part in [
        "Example Names Ltd",
        "The firm that stores the site: Example Hosting Ltd",
        "in the network of Example Hosting Ltd",
        "abuse@example-hosting.example",
        "+44.1632960456",
        "Abuse on a site that you store, reference R-1-HOST",
        "Ask again after:",
    ] {
        assert!(ran.out.contains(part), "{part}\n{}", ran.out);
    }
    assert!(!ran.out.contains("who hosts"), "the way by hand is not needed:\n{}", ran.out);
    assert!(!ran.out.contains("rowan@") && !ran.out.contains("Rowan") && !ran.out.contains("EXAMPLE-MNT"), "no person is told");
    assert!(
        ran.out.lines().all(|l| l.chars().count() <= 80 || l.contains("https://") || l.contains("unlisted incident")),
        "{}",
        ran.out
    );
    assert_eq!(
        sent(&web),
        [
            "registers.example/rdap/dns.json",
            "rdap.register.example/domain/ashdown-pike.example",
            "registers.example/rdap/ipv4.json",
            "rdap.networks.example/ip/192.0.1.10",
        ]
    );
    for line in web.log() {
        let text = format!("{} {:?}", line.path_and_query, line.headers).to_lowercase();
        assert!(line.body.is_empty() && !text.contains("mill") && !text.contains("amina") && !text.contains("www."), "{text}");
    }
    let ledger = place.unlisted(&["ledger", "subject.toml"]).vault().args(&["--format", "json"]).run();
    for part in ["rdap/networks", "rdap/network", "\"site-address\"", "\"domain\""] {
        assert!(ledger.out.contains(part), "{part}\n{}{}", ledger.out, ledger.err);
    }
    assert!(!ledger.out.contains("mill") && !ledger.err.contains("beyond"), "{}{}", ledger.out, ledger.err);
    let ran = asking(&place, &web, ADDRESS, &["--out", "reports"]).code(0);
    let files: Vec<String> = fs::read_dir(place.path("reports"))
        .expect("a folder")
        .flatten()
        .filter(|f| f.file_name().to_string_lossy().ends_with("-host.txt"))
        .map(|f| fs::read_to_string(f.path()).expect("a file"))
        .collect();
    assert_eq!(files.len(), 1, "{}", ran.out);
    for part in ["Example Hosting Ltd", "abuse@example-hosting.example", "reference R-1-HOST", "Ask again after:"] {
        assert!(files[0].contains(part), "{part}\n{}", files[0]);
    }
    assert!(!files[0].contains("Example Names Ltd"), "the other firm's contact stands in its own file");
}

#[test]
fn an_address_of_the_newer_sort_has_its_own_list() {
    let place = told("https://www.ashdown-pike.example/page");
    let web = both("found", "network-found");
    let ran = asking(&place, &web, "2d00:100::10", &[]).code(0);
    assert!(ran.out.contains("abuse@example-six.example"), "{}", ran.out);
    assert_eq!(sent(&web)[2..], ["registers.example/rdap/ipv6.json", "rdap.networks.example/ip/2d00:100::10"]);
}

#[test]
fn a_private_address_is_never_asked_about() {
    for address in ["10.0.0.1", "127.0.0.1", "169.254.169.254", "::1", "fd00::1", "::ffff:192.168.1.9"] {
        let place = told("https://www.ashdown-pike.example/page");
        let web = both("found", "network-found");
        let ran = asking(&place, &web, address, &[]).code(5).says(&["could not find the network address", "private network"]);
        assert!(ran.out.contains("abuse@example-names.example") && ran.out.contains("who hosts"), "{}", ran.out);
        assert_eq!(sent(&web).len(), 2, "{address}: names only");
    }
    let place = told("http://192.168.1.9/page");
    let web = both("found", "network-found");
    asking(&place, &web, ADDRESS, &[]).code(0).says(&["not on the public internet"]);
    assert_eq!(web.requests(), 0);
}

#[test]
fn a_page_at_a_number_has_a_host_too() {
    let place = told("http://192.0.1.10/page");
    let web = both("found", "network-found");
    let ran = asking(&place, &web, "8.8.8.8", &[]).code(0);
    assert!(ran.out.contains("abuse@example-hosting.example"), "{}", ran.out);
    assert_eq!(sent(&web), ["registers.example/rdap/ipv4.json", "rdap.networks.example/ip/192.0.1.10"]);
}

#[test]
fn a_firm_that_stands_in_front_is_told_as_such() {
    let place = told("https://www.ashdown-pike.example/page");
    let web = both("found", "network-front");
    let ran = asking(&place, &web, ADDRESS, &[]).code(0);
    for part in ["Cloudflare stands in front", "abuse@front.example", "Tell me which firm stores the site", "that you deliver"] {
        assert!(ran.out.contains(part), "{part}\n{}", ran.out);
    }
    assert!(!ran.out.contains("stores the site: Cloudflare") && !ran.out.contains("a site that you store,"), "{}", ran.out);
}

#[test]
fn one_side_that_fails_leaves_the_other_standing() {
    for (domain, network, code, says) in [
        ("found", "blocked", 5, "The register of networks did not tell us"),
        ("found", "network-changed", 5, "The register of networks did not tell us"),
        ("found", "network-ipv6", 5, "The register of networks did not tell us"),
        ("found", "network-absent", 0, "does not know the site’s address"),
        ("blocked", "network-found", 5, "The register did not tell us"),
        ("changed", "network-found", 5, "The register did not tell us"),
        ("absent", "network-found", 0, "does not know this name"),
        ("found", "network-redacted", 0, ""),
    ] {
        let place = told("https://www.ashdown-pike.example/page");
        let web = both(domain, network);
        let ran = asking(&place, &web, ADDRESS, &[]).code(code);
        assert!(ran.err.contains(says), "{domain} {network}: {}", ran.err);
        assert_eq!(ran.out.contains("abuse@example-names.example"), domain == "found", "{domain} {network}: {}", ran.out);
        assert_eq!(ran.out.contains("abuse@example-hosting.example"), network == "network-found", "{domain} {network}");
        assert_eq!(ran.out.contains("who hosts"), network != "network-found", "{network}");
        assert!(ran.out.contains("Abuse on a site that you store"), "{domain} {network}: the draft is there");
    }
}

#[test]
fn a_register_may_send_on_to_one_of_the_list_only() {
    let check = |to: &str, code: i32, last: &str, count: usize| {
        let place = told("https://www.ashdown-pike.example/page");
        let web = both("found", &format!("location: {to}"));
        let ran = asking(&place, &web, ADDRESS, &[]).code(code);
        let sent = sent(&web);
        assert_eq!((sent.len(), sent.last().map(String::as_str)), (count, Some(last)), "{to}: {sent:?}");
        assert_eq!(ran.out.contains("https://example-servers.example/report-abuse"), code == 0, "{to}: {}", ran.out);
    };
    let asked = format!("{NETWORKS}/ip/{ADDRESS}");
    let other = format!("{OTHER_NETWORKS}/ip/{ADDRESS}");
    check(&format!("https://{OTHER_NETWORKS}/ip/{ADDRESS}"), 0, &other, 5);
    // A host that the list does not name, another question, an open connection, this computer: nothing is sent there.
    for to in [
        format!("https://rdap.elsewhere.example/ip/{ADDRESS}"),
        format!("https://{OTHER_NETWORKS}/ip/192.0.1.11"),
        format!("http://{OTHER_NETWORKS}/ip/{ADDRESS}"),
        format!("https://127.0.0.1/ip/{ADDRESS}"),
        format!("https://{OTHER_NETWORKS}:8443/ip/{ADDRESS}"),
    ] {
        check(&to, 5, &asked, 4);
    }
    // Round and round: the question, and two more.
    check(&format!("https://{NETWORKS}/ip/{ADDRESS}"), 5, &asked, 6);
}
