//! How a command ends: exit codes as documented.

use std::time::{Duration, Instant};

use unlisted_web::demo::{DemoWeb, Site};

use crate::people;
use crate::program::Place;
use crate::reading::equal;

const CLEAN: &str = "<!doctype html><title>Fair</title><p>Nothing about anybody stands here, only the weather.</p>";
const PHONE: &str = "<!doctype html><title>Fair</title><p>Ask Amina Castle, Mereside, on 07700 900123.</p>";

fn web() -> DemoWeb {
    let site = Site::new("a.unlisted-test.example")
        .page("/clean.html", CLEAN.as_bytes())
        .page("/phone.html", PHONE.as_bytes())
        .http("GET /fault.html\nstatus: 500 Fault\n\nno")
        .and_then(|s| s.http("GET /forbidden.html\nstatus: 500 Fault\n\nno"))
        .and_then(|s| s.http("GET /gone.html\nstatus: 410 Gone\n\nno"))
        .and_then(|s| s.http("GET /limited.html\ndo: limited always\nretry-after: 1\n\nno"))
        .expect("pages")
        .page("/robots.txt", "User-agent: *\nDisallow: /forbidden\n".as_bytes());
    DemoWeb::serving(0, vec![site]).expect("a port")
}

#[track_caller]
fn ends(page: &str, flags: &[&str], code: i32) {
    let (place, web) = (Place::new(), web());
    let url = format!("https://a.unlisted-test.example/{page}");
    place.check(&people::demo()).web(&web).ephemeral().json().args(&["--only-given", "--url", &url]).args(flags).run().code(code);
    assert!(web.requests() > 0);
}

#[test]
fn zero_when_all_answered_and_five_when_one_did_not() {
    ends("clean.html", &[], 0);
    ends("phone.html", &[], 0);
    ends("gone.html", &[], 0);
    // Not allowed is not silent: nothing that should have answered was asked.
    ends("forbidden.html", &[], 0);
    ends("fault.html", &[], 5);
    ends("limited.html", &[], 5);
}

#[test]
fn the_highest_severity_only_when_asked_for() {
    ends("clean.html", &["--exit-severity"], 0);
    ends("phone.html", &["--exit-severity"], 13);
    let (place, web) = (Place::new(), DemoWeb::start(0).expect("a port"));
    let page = place.write("given/page.html", "<!doctype html><p>Amina Castle, 14 Mill Lane, Mereside, Northgate ZZ99 4QT.</p>");
    place
        .check(&people::demo())
        .web(&web)
        .ephemeral()
        .json()
        .args(&["--only-given", "--exit-severity", "--file"])
        .arg(page)
        .run()
        .code(14);
}

#[test]
fn three_when_there_is_nothing_to_do() {
    let place = Place::new();
    place.check(&people::demo()).ephemeral().arg("--only-given").run().code(3).says(&["--file or --url"]);
    place.unlisted(&["vault", "list"]).vault().run().code(3);
    place.about("report", &people::demo()).vault().run().code(3).says(&["unlisted check"]);
}

#[test]
fn help_and_version_are_no_faults() {
    let place = Place::new();
    for (words, expect) in [
        (&["--version"][..], "unlisted 0."),
        (&["--help"], "unlisted COMMAND --help"),
        (&[], "unlisted demo"),
        (&["check", "--help"], "--rehearsal"),
        (&["sources", "list"], "searxng"),
    ] {
        let ran = place.unlisted(words).run().code(0);
        assert!(ran.out.contains(expect), "{words:?}: {}", ran.out);
        assert!(ran.out.lines().all(|l| l.chars().count() <= 80), "{words:?} is wider than a terminal:\n{}", ran.out);
    }
}

/// A translation that is begun is used for what it has, help included; the rest stays English.
#[test]
fn another_language_is_laid_over_english() {
    let place = Place::new();
    place.write("config/unlisted.toml", "language = \"cy\"\n");
    let welsh = "[args]\n\"check.urls\" = \"\"\ncheck = \"Chwilio am eich manylion\"\n[report]\nlang = \"cy\"\n[locked]\nnobody = \"Nid oes neb yma eto.\"\n";
    place.write("config/words.cy.toml", welsh);
    let with = |words: &[&str]| place.unlisted(words).arg("--config").arg(place.path("config"));
    let help = with(&["check", "--help"]).run().code(0);
    assert!(help.out.contains("Chwilio am eich manylion") && help.out.contains("A page to look at"), "{}", help.out);
    with(&["vault", "list"]).vault().run().code(3).says(&["Nid oes neb yma eto."]);
    let english = place.unlisted(&["vault", "list"]).vault().run().code(3).says(&["Nobody is in the locked file"]);
    assert!(!english.err.contains("neb"), "{}", english.err);
}

#[cfg(unix)]
#[test]
fn interrupted_is_saved_and_goes_on() {
    let (place, web, calm_web, calm) =
        (Place::new(), DemoWeb::start(0).expect("a port"), DemoWeb::start(0).expect("a port"), Place::new());
    let person = people::demo();
    let undisturbed = calm.check(&person).web(&calm_web).vault().json().run().code(5).report();
    let mut started = place.check(&person).web_at(&web, 40).vault().json().start();
    while web.requests() < 40 && !started.ended() {
        std::thread::sleep(Duration::from_millis(5));
    }
    let began = Instant::now();
    let sent = std::process::Command::new("kill").args(["-INT", &started.id().to_string()]).status().expect("kill runs");
    assert!(sent.success());
    started.wait().code(130).says(&["saved", "Run the same command"]);
    assert!(began.elapsed() < Duration::from_secs(4), "stopping took {:?}", began.elapsed());
    assert!(!place.path("out/report.json").exists(), "an unfinished report is not written");
    let stopped_at = web.requests();
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(web.requests(), stopped_at, "nothing is sent after the end");
    place.about("report", &person).vault().run().code(3);
    let ran = place.check(&person).web(&web).vault().json().run().code(5).says(&["unfinished check"]);
    equal(&ran.report(), &undisturbed, "interrupted and undisturbed");
    // What it had done was not done again.
    assert!(web.requests() < calm_web.requests() + 10, "{} requests instead of {}", web.requests(), calm_web.requests());
    // A finished check is not continued, and `--fresh` never is.
    let before = web.requests();
    place.check(&person).web(&web).vault().json().run().code(5);
    assert!(web.requests() > before + 100, "a new check asks anew");
}
