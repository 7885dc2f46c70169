//! Files and addresses that the person gives (`--file`, `--url`, `--only-given`).

use std::collections::BTreeSet;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use unlisted_web::demo::DemoWeb;

use crate::program::Place;
use crate::reading::{Found, findings, not_checked, nothing_is_lost, outcomes};
use crate::{people, served};

const PHONE: &str = "amina-castle/phone/1";
const HOME: &str = "amina-castle/home-address/1";

/// Checks one file, with nothing else; gives the facts found, and the requests that were sent.
#[track_caller]
fn check(name: &str, bytes: impl AsRef<[u8]>, expect: &[&str]) {
    let place = Place::new();
    let web = DemoWeb::start(0).expect("a port");
    let file = place.write(&format!("given/{name}"), bytes);
    let report = place
        .check(&people::demo())
        .web(&web)
        .ephemeral()
        .json()
        .arg("--only-given")
        .arg("--file")
        .arg(file)
        .run()
        .code(0)
        .report();
    nothing_is_lost(&report);
    let found: BTreeSet<String> = findings(&report).into_iter().map(|f| f.fact).filter(|f| !f.is_empty()).collect();
    assert_eq!(found, expect.iter().map(|e| (*e).to_owned()).collect(), "{name}");
    assert_eq!(web.requests(), 0, "{name}: a file needs nobody to be asked");
}

#[test]
fn files_of_each_sort_are_read() {
    check("page.html", "<!doctype html><title>Fair</title><p>Ask Amina Castle, Mereside, on 07700 900123.</p>", &[PHONE]);
    check(
        "text.txt",
        "Minutes of the fair.\nAmina Castle, 14 Mill Lane, Mereside, Northgate ZZ99 4QT, brings the urn.\n",
        &[HOME],
    );
    check(
        "card.vcf",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Amina Castle\r\nN:Castle;Amina;;;\r\nTEL;TYPE=CELL:+44 7700 900123\r\nADR;TYPE=HOME:;;14 Mill Lane;Mereside;Northgate;ZZ99 4QT;\r\nEND:VCARD\r\n",
        &[HOME, PHONE],
    );
    check(
        "data.json",
        r#"{"members":[{"name":"Amina Castle","ward":"Mereside","mobile":"07700900123"},{"name":"Nesta Copplestone","mobile":"07700 900555"}]}"#,
        &[PHONE],
    );
    check(
        "data.xml",
        "<?xml version=\"1.0\"?><members><member><name>Amina Castle</name><address>14 Mill Lane, Mereside, Northgate</address><postcode>ZZ99 4QT</postcode></member></members>",
        &[HOME],
    );
    check("old.html", b"<html><head><meta charset=windows-1252></head><body><p>Amina Castle \x96 Mereside \x96 07700\xa0900123</p></body></html>", &[PHONE]);
    check(
        "nothing.html",
        "<!doctype html><title>Fair</title><p>Amina Castle opened the fair. Ring Nesta on 07700 900555.</p>",
        &[],
    );
}

#[test]
fn a_saved_web_page_with_its_parts_is_read() {
    let page = "<!doctype html><title>Fair</title><p>Ask Amina Castle, Mereside, on 07700 900123=\r\n.</p>"
        .replace("charset=", "charset=3D");
    let mhtml = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.mereside-noticeboard.example/saved.html\r\nSubject: Fair\r\nDate: Mon, 23 Nov 2026 19:04:11 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"----b\"\r\n\r\n\r\n------b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://www.mereside-noticeboard.example/saved.html\r\n\r\n{page}\r\n------b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://www.mereside-noticeboard.example/x.png\r\n\r\niVBORw0KGgo=\r\n------b--\r\n"
    );
    check("saved.mhtml", mhtml, &[PHONE]);
}

/// A record as archives hold it, packed by itself.
fn record(kind: &str, url: &str, body: &str) -> Vec<u8> {
    let http =
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    let (media, block) = if kind == "response" {
        ("application/http;msgtype=response", http)
    } else {
        ("application/warc-fields", body.to_owned())
    };
    let target = if url.is_empty() { String::new() } else { format!("WARC-Target-URI: {url}\r\n") };
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:11111111-2222-3333-4444-{:012}>\r\nWARC-Date: 2024-03-01T10:00:00Z\r\n{target}Content-Type: {media}\r\nContent-Length: {}\r\n\r\n",
        body.len(),
        block.len()
    );
    let mut gz = GzEncoder::new(vec![], Compression::default());
    write!(gz, "{head}{block}\r\n\r\n").expect("written to memory");
    gz.finish().expect("packed in memory")
}

#[test]
fn an_archive_is_read_page_by_page() {
    let mut warc = record("warcinfo", "", "software: a test\r\n");
    for n in 0..50 {
        warc.extend(record(
            "response",
            &format!("https://www.a.example/{n}"),
            &format!("<!doctype html><p>Page {n} of the village hall's diary.</p>"),
        ));
    }
    warc.extend(record(
        "response",
        "https://www.b.example/fair",
        "<!doctype html><p>Ask Amina Castle, Mereside, on 07700 900123.</p>",
    ));
    let place = Place::new();
    let web = DemoWeb::start(0).expect("a port");
    let file = place.write("given/crawl.warc.gz", &warc);
    let report = place
        .check(&people::demo())
        .web(&web)
        .ephemeral()
        .json()
        .arg("--only-given")
        .arg("--file")
        .arg(file)
        .run()
        .code(0)
        .report();
    let found: Vec<Found> = findings(&report).into_iter().collect();
    assert_eq!(
        found.iter().map(|f| (f.fact.as_str(), f.url.as_str())).collect::<Vec<_>>(),
        [(PHONE, "https://www.b.example/fair")]
    );
    assert_eq!(outcomes(&report, Some("given"), &["found", "absent"]), 51, "each page of the archive has its outcome");
    assert_eq!(web.requests(), 0);

    // One that breaks off is read up to there, and says so.
    let broken = place.write("given/broken.warc.gz", &warc[..warc.len() - 20]);
    let ran = place.check(&people::demo()).web(&web).ephemeral().json().arg("--only-given").arg("--file").arg(broken).run();
    let (code, report) = (ran.status.code(), ran.report());
    assert!(outcomes(&report, Some("given"), &["absent"]) >= 50, "the whole pages of it");
    let rows = not_checked(&report);
    assert!(
        rows.iter()
            .any(|n| n.host.contains("broken") && n.outcome == "failed" || n.url.contains("b.example") && n.reason == "cut"),
        "{rows:?}"
    );
    assert_eq!(code, Some(5), "{}", ran.err);
}

#[test]
fn a_list_of_addresses_is_visited_and_nothing_else() {
    let place = Place::new();
    let web = DemoWeb::start(0).expect("a port");
    let file = place.write(
        "given/list.txt",
        "# pages that I know of\nhttps://www.northgate-swap.example/ads/48213.html\nhttps://www.mereside-market.example/old/castle.html\nhttps://members.mereside-tennis.example/members/ladder.html\nhttps://www.google.com/search?q=amina\n",
    );
    let ran = place
        .check(&people::demo())
        .web(&web)
        .ephemeral()
        .json()
        .args(&["--only-given", "--url", "https://letters.northgate-views.example/2025/11/bus-cuts.html"])
        .arg("--file")
        .arg(file)
        .run()
        .code(0);
    let report = ran.report();
    let log = web.log();
    served::obeys_robots(&log);
    served::visits_nobody_forbidden(&log);
    let asked: BTreeSet<String> =
        log.iter().filter(|l| l.path() != "/robots.txt").map(|l| format!("{}{}", l.host, l.path())).collect();
    let want = [
        "letters.northgate-views.example/2025/11/bus-cuts.html",
        "www.mereside-market.example/old/castle.html",
        "www.northgate-swap.example/ads/48213.html",
    ];
    assert_eq!(asked, want.map(str::to_owned).into(), "nothing but what was given");
    let facts: BTreeSet<String> = findings(&report).into_iter().map(|f| f.fact).collect();
    assert_eq!(facts, ["amina-castle/email/1", PHONE, "amina-castle/vehicle-registration/1"].map(str::to_owned).into());
    let rows = not_checked(&report);
    for (host, outcomes) in
        [("members.mereside-tennis.example", ["refused"].as_slice()), ("www.google.com", &["waiting", "refused"])]
    {
        assert!(
            rows.iter().any(|n| n.url.contains(host) && outcomes.contains(&n.outcome.as_str())),
            "{host} is not named: {rows:?}"
        );
    }
}

#[test]
fn a_folder_is_read_whatever_is_in_it() {
    let place = Place::new();
    let web = DemoWeb::start(0).expect("a port");
    place.write("given/a/page.html", "<!doctype html><p>Ask Amina Castle, Mereside, on 07700 900123.</p>");
    place.write("given/b/deep/er/list.txt", "https://letters.northgate-views.example/2025/11/bus-cuts.html\n");
    place.write("given/scan.pdf", "%PDF-1.7\n%\u{e2}\u{e3}\n1 0 obj\n<<>>\nendobj\n");
    place.write("given/empty.html", "");
    let ran = place
        .check(&people::demo())
        .web(&web)
        .ephemeral()
        .json()
        .arg("--only-given")
        .arg("--file")
        .arg(place.path("given"))
        .run()
        .code(5);
    let report = ran.report();
    nothing_is_lost(&report);
    let facts: BTreeSet<String> = findings(&report).into_iter().map(|f| f.fact).collect();
    assert_eq!(facts, ["amina-castle/email/1", PHONE].map(str::to_owned).into());
    let rows = not_checked(&report);
    for (name, reason) in [("scan.pdf", "broken"), ("empty.html", "unreadable")] {
        let row = rows.iter().find(|n| n.host.contains(name) || n.url.contains(name));
        assert!(row.is_some_and(|r| r.outcome == "failed" && r.reason == reason), "{name}: {rows:?}");
        assert!(ran.err.contains(name), "{name} is told: {}", ran.err);
    }
}
