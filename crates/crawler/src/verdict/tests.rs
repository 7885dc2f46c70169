//! Status, headers and body → verdict.

use std::time::Duration;

use proptest::prelude::*;

use super::{Verdict, retry_after, verdict};
use crate::exchange::Response;
use crate::gate::testing::{now, url};

fn response(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
    Response {
        url: url("https://a.example/dir/page?x=1"),
        asked: url("https://a.example/"),
        status,
        headers: headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect(),
        body: body.as_bytes().to_vec(),
        cut: None,
        seen: now(),
        document: None,
    }
}

fn check(status: u16, headers: &[(&str, &str)], body: &str, expect: &Verdict) {
    assert_eq!(&verdict(&response(status, headers, body), now()), expect, "{status} {headers:?} {body}");
}

#[test]
fn statuses() {
    for status in [200, 201, 202, 203, 204, 206] {
        check(status, &[], "<p>Words</p>", &Verdict::Usable);
    }
    for status in [401, 402, 403, 451] {
        check(status, &[], "<p>Not for you</p>", &Verdict::Forbidden);
    }
    check(404, &[], "", &Verdict::Gone);
    check(410, &[], "", &Verdict::Gone);
    for status in [400, 304, 418, 305] {
        check(status, &[], "", &Verdict::ErrorStatus(status));
    }
    for status in [500, 502, 504, 521] {
        check(status, &[], "", &Verdict::ServerError(status));
    }
    check(429, &[], "please solve the captcha", &Verdict::SlowDown { wait: None });
    check(503, &[], "", &Verdict::SlowDown { wait: None });
    check(503, &[("retry-after", "30")], "", &Verdict::SlowDown { wait: Some(Duration::from_secs(30)) });
    check(403, &[("retry-after", "30")], "", &Verdict::SlowDown { wait: Some(Duration::from_secs(30)) });
}

#[test]
fn redirects() {
    for (location, expect) in [
        ("/b", "https://a.example/b"),
        ("c?d", "https://a.example/dir/c?d"),
        ("?q", "https://a.example/dir/page?q"),
        ("//b.example/x", "https://b.example/x"),
        (" http://b.example/#part ", "http://b.example/"),
        ("http://127.1/", "http://127.0.0.1/"),
        ("file:///etc/passwd", "file:///etc/passwd"),
        ("", "https://a.example/dir/page?x=1"),
    ] {
        for status in [301, 302, 303, 307, 308] {
            check(status, &[("location", location)], "", &Verdict::Redirect(url(expect)));
        }
    }
    check(302, &[], "", &Verdict::ErrorStatus(302));
    check(302, &[("location", "https://[broken/")], "", &Verdict::ErrorStatus(302));
}

#[test]
fn challenges_and_their_near_misses() {
    for (status, headers, body) in [
        (403, &[("cf-mitigated", "challenge")][..], ""),
        (200, &[("cf-mitigated", "challenge")][..], "<title>Just a moment...</title>"),
        (403, &[][..], "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>"),
        (503, &[][..], "Checking your browser before accessing"),
        (403, &[][..], "<div class=\"g-recaptcha\">Please verify you are human</div>"),
        (202, &[][..], "<meta http-equiv=refresh content='0;/.well-known/sgcaptcha/?r=x'>"),
        (200, &[][..], "<html><iframe src=\"/_Incapsula_Resource?x\"></iframe></html>"),
        (405, &[][..], "Human Verification <div id=captcha-container>"),
        (401, &[][..], "ARE YOU A ROBOT?"),
    ] {
        check(status, headers, body, &Verdict::Challenge);
    }
    // A contact form with a captcha, a long page about challenges, a plain refusal, a missing page.
    check(200, &[], "<form>Contact us <div class=g-recaptcha></div></form>", &Verdict::Usable);
    check(200, &[], &format!("{}cf-challenge", "words ".repeat(4_000)), &Verdict::Usable);
    let guarded = format!("{}<script src=\"/_Incapsula_Resource?y\"></script>", "<p>Words.</p>".repeat(400));
    check(200, &[], &guarded, &Verdict::Usable);
    check(200, &[], "<p>Hello</p><script src=/cdn-cgi/challenge-platform/h/b/scripts/jsd/main.js></script>", &Verdict::Usable);
    check(403, &[], "Forbidden", &Verdict::Forbidden);
    check(404, &[], "captcha", &Verdict::Gone);
    check(503, &[("retry-after", "5")], "verify you are human", &Verdict::SlowDown { wait: Some(Duration::from_secs(5)) });
}

#[test]
fn pauses_in_every_form() {
    let seconds = |s| Some(Duration::from_secs(s));
    for (value, date, expect) in [
        ("120", None, seconds(120)),
        (" 0 ", None, seconds(0)),
        ("99999999999999999999999", None, seconds(u64::MAX)),
        ("Wed, 25 Nov 2026 12:01:00 GMT", None, seconds(60)),
        // RFC 850 and asctime, and a weekday that is wrong.
        ("Wednesday, 25-Nov-26 12:01:00 GMT", None, seconds(60)),
        ("Wed Nov 25 12:01:00 2026", None, seconds(60)),
        ("Mon, 25 Nov 2026 12:01:00 GMT", None, seconds(60)),
        ("Wed, 25 Nov 2026 11:00:00 GMT", None, seconds(0)),
        ("Thu, 31 Dec 9998 23:59:59 GMT", None, Some(Duration::from_secs(251_626_305_599))),
        // Counted from the server's own clock.
        ("Tue, 24 Nov 2026 08:01:00 GMT", Some("Tue, 24 Nov 2026 08:00:00 GMT"), seconds(60)),
        ("Wed, 25 Nov 2026 12:01:00 GMT", Some("garbage"), seconds(60)),
        ("-5", None, None),
        ("1.5", None, None),
        ("soon", None, None),
        ("", None, None),
        ("Wed, 99 Nov 2026 12:01:00 GMT", None, None),
    ] {
        let got = retry_after(value, date, now());
        match (got, expect) {
            (Some(g), Some(e)) if e.as_secs() > 1_000_000_000 => assert!(g.as_secs() > 1_000_000_000, "{value}"),
            _ => assert_eq!(got, expect, "{value}"),
        }
    }
}

#[test]
fn nothing_private_is_shown() {
    let answer = response(302, &[("location", "https://b.example/14-mill-lane?x")], "14 Mill Lane");
    let shown = format!("{answer:?} {:?}", verdict(&answer, now()));
    assert!(shown.contains("b.example") && !shown.to_lowercase().contains("mill") && !shown.contains("/dir"), "{shown}");
}

proptest! {
    #[test]
    fn any_header_is_read(value in "\\PC{0,60}", date in proptest::option::of("\\PC{0,40}"), status in 100u16..1000) {
        let mut headers = vec![("retry-after", value.as_str()), ("location", value.as_str())];
        if let Some(date) = &date {
            headers.push(("date", date));
        }
        // It must only come to an end and not panic.
        let _any = verdict(&response(status, &headers, &value), now());
    }
}
