//! `unlisted incident report`, from writing it down to the files: what is shown, what is asked of the public register, what stays home.

use std::fs;

use unlisted_web::demo::{DemoWeb, Site};

mod hosting;

use crate::people;
use crate::program::{Place, Ran};

const REGISTERS: &str = "registers.example";
const REGISTER: &str = "rdap.register.example";

/// A register that answers about one name with this file of recorded answers.
fn web(answer: &str) -> DemoWeb {
    let recorded = |file: &str| {
        let path = format!("{}/../fixtures/sources/rdap/{file}.http", env!("CARGO_MANIFEST_DIR"));
        fs::read_to_string(path).expect("a recorded answer")
    };
    let (head, body) = answer_parts(&recorded(answer));
    let page = format!("GET /domain/ashdown-pike.example\nstatus: {head}\ncontent-type: application/rdap+json\n\n{body}");
    let (_, list) = answer_parts(&recorded("registers"));
    DemoWeb::serving(
        0,
        vec![Site::new(REGISTERS).page("/rdap/dns.json", list.into_bytes()), Site::new(REGISTER).http(&page).expect("a page")],
    )
    .expect("a port")
}

fn answer_parts(file: &str) -> (String, String) {
    let (head, body) = file.split_once("\n\n").expect("a head");
    let status = head.lines().next().and_then(|l| l.strip_prefix("HTTP/1.1 ")).expect("a status");
    (status.to_owned(), body.to_owned())
}

/// A place with one incident on this page; the words hold a private detail.
fn told(page: &str) -> Place {
    let place = Place::new();
    place.write("subject.toml", people::demo());
    let at = |name: &str| format!("https://{REGISTERS}/rdap/{name}.json");
    let row = format!("base = \"{}\"\n[also]\nipv4 = \"{}\"\nipv6 = \"{}\"\n", at("dns"), at("ipv4"), at("ipv6"));
    place.write("config/sources/rdap.toml", row);
    let answers =
        format!("They wrote that they know 14 Mill Lane\n23/11/2026\n\n\n{page}\nMereside Watcher\n\nWe know 14 Mill Lane\n.\n");
    place.unlisted(&["incident", "add", "subject.toml"]).vault().stdin(&answers).run().code(0);
    place
}

fn report(place: &Place, more: &[&str]) -> Ran {
    place.unlisted(&["incident", "report", "1", "subject.toml", "--config"]).arg(place.path("config")).vault().args(more).run()
}

#[test]
fn where_to_report_stands_there_without_a_network() {
    let place = told("https://x.com/watcher/status/1");
    let ran = report(&place, &[]).code(0);
    for part in
        ["1. The police", "2. X (Twitter)", "R-1-X", "Ask again after:", "Report Harmful Content", "999", "incident add --to 1"]
    {
        assert!(ran.out.contains(part), "{part}\n{}", ran.out);
    }
    assert!(!ran.out.contains("Mill Lane") && !ran.out.contains('⟨'), "{}", ran.out);
    assert!(
        ran.out.lines().all(|l| l.chars().count() <= 80 || l.contains("https://") || l.trim().starts_with("unlisted ")),
        "{}",
        ran.out
    );
    assert!(!ran.out.contains("registered the site"), "nobody needs the registrar of a platform");
    let ran = report(&place, &["--out", "reports"]).code(0);
    assert!(ran.err.contains("reports are in the folder"), "{}", ran.err);
    let x = fs::read_to_string(place.path("reports/1-2-x.txt")).expect("a file");
    assert!(
        x.contains(
            "Page: https://x.com/watcher/status/1\nAccount: Mereside Watcher\nPosted or received: Monday 23 November 2026"
        ),
        "{x}"
    );
    for file in fs::read_dir(place.path("reports")).expect("a folder").flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        let text = fs::read_to_string(file.path()).expect("a file");
        assert!(!name.to_lowercase().contains("amina") && !name.to_lowercase().contains("castle"), "{name}");
        assert!(!text.contains("Mill Lane") && !text.contains("Castle") && !text.contains('⟨'), "{name}: {text}");
    }
    let first = fs::read_to_string(place.path("reports/1-2-x.txt")).expect("a file");
    report(&place, &["--concern", "impersonation", "--out", "reports"]).code(0);
    assert_ne!(first, fs::read_to_string(place.path("reports/1-2-x.txt")).expect("a file"));
    report(&place, &["--ask-registry", "--yes"]).code(0).says(&["so we did not ask"]);
    place.unlisted(&["incident", "report", "7"]).vault().run().code(3).says(&["There is no number 7"]);
}

#[test]
fn the_register_is_told_the_name_and_nothing_else() {
    let place = told("https://www.ashdown-pike.example/14-mill-lane/amina?x=1");
    let web = web("found");
    let ask = |more: &[&str]| {
        let (addr, config) = (web.addr().to_string(), place.path("config"));
        place
            .unlisted(&[
                "incident",
                "report",
                "1",
                "subject.toml",
                "--ask-registry",
                "--rehearsal",
                &addr,
                "--speedup",
                "100",
                "--config",
            ])
            .arg(config)
            .vault()
            .args(more)
            .run()
    };
    ask(&[]).code(0).says(&["Nothing was sent", "--yes"]);
    assert_eq!(web.requests(), 0, "no yes, no question");
    let ran = ask(&["--yes"]).code(0).says(&[
        "We would ask about ashdown-pike.example",
        REGISTERS,
        "somebody asked about that name",
        "the name www.ashdown-pike.example",
        "told the address of the site as a number",
    ]);
    for part in ["Example Names Ltd", "abuse@example-names.example", "+44.1632960123", "ns1.example-hosting.example", "R-1-HOST"]
    {
        assert!(ran.out.contains(part), "{part}\n{}", ran.out);
    }
    assert!(!ran.out.contains("rowan@") && !ran.out.contains("12 Example Lane"), "the owner's details are not told");
    assert_eq!(web.requests(), 2);
    let ledger = place.unlisted(&["ledger", "subject.toml"]).vault().args(&["--format", "json"]).run();
    assert!(ledger.out.contains("rdap/domain") && ledger.out.contains("\"domain\""), "{}{}", ledger.out, ledger.err);
    // A question beside the checks is no check.
    place.unlisted(&["report", "subject.toml"]).vault().run().code(3);
}

#[test]
fn a_register_that_does_not_tell_leaves_the_way_by_hand() {
    for (answer, code, says) in [
        ("absent", 0, "does not know this name"),
        ("blocked", 5, "did not tell us"),
        ("changed", 5, "did not tell us"),
        ("redacted", 0, ""),
    ] {
        let place = told("https://www.ashdown-pike.example/page");
        let web = web(answer);
        let addr = web.addr().to_string();
        let ran = report(&place, &["--ask-registry", "--yes", "--rehearsal", &addr, "--speedup", "100"]).code(code);
        assert!(ran.err.contains(says), "{answer}: {}", ran.err);
        assert!(ran.out.contains("The firm that registered the site's name"), "{answer}: {}", ran.out);
        assert_eq!(ran.out.contains("gives no contact for reports"), answer == "redacted", "{answer}: {}", ran.out);
    }
}

#[test]
fn without_permission_nobody_is_asked() {
    let place = told("https://www.ashdown-pike.example/page");
    let web = web("found");
    let (addr, today) = (web.addr().to_string(), people::today());
    let ended =
        people::dated(&people::demo(), today.saturating_sub(jiff::ToSpan::days(30)), today.saturating_sub(jiff::ToSpan::days(1)));
    place.write("subject.toml", ended);
    let ran = report(&place, &["--ask-registry", "--yes", "--rehearsal", &addr]);
    assert!(matches!(ran.status.code(), Some(0 | 4)), "{}", ran.err);
    assert_eq!(web.requests(), 0);
    let far = report(&place, &["--ask-registry", "--yes", "--rehearsal", "192.0.2.1:80"]);
    assert_ne!(far.status.code(), Some(5), "{}", far.err);
}
