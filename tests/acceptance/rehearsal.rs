//! A check against the made-up web gives what the demonstration gives, and its server saw nothing that it should not.

use std::collections::BTreeSet;
use std::time::Duration;

use unlisted_web::demo::DemoWeb;

use crate::needles::Needles;
use crate::program::Place;
use crate::reading::{self, Expected, Found, findings, list, number, person};
use crate::{demo, people, served};

#[test]
fn a_rehearsal_gives_what_the_demonstration_gives_and_behaves() {
    let web = DemoWeb::start(0).expect("a port");
    let place = Place::new();
    let ran = place.check(&people::demo()).web(&web).ephemeral().json().run().code(5);
    let report = ran.report();
    let log = web.log();

    let (_demo_place, _, shown) = demo::run();
    let bare = |r| -> BTreeSet<Found> { findings(r) };
    assert_eq!(bare(&report), bare(&shown), "the same exposures as the demonstration");
    reading::equal(&report, &shown, "the demonstration and the rehearsal");
    reading::nothing_is_lost(&report);

    assert!(log.len() > 150, "{} requests: the server was hardly asked", log.len());
    let needles = Needles::of(&people::demo());
    served::tells_nothing(&log, &needles);
    served::is_open_about_itself(&log);
    served::stays_public(&log);
    served::visits_nobody_forbidden(&log);
    served::obeys_robots(&log);
    let second = Duration::from_secs(1);
    let pauses = [
        (served::SEARCH, 2 * second),
        ("democracy.northgate-council.example", 2 * second),
        ("www.mereside-harriers.example", 5 * second),
    ];
    served::keeps_its_distance(&log, second, &pauses, 100, &[]);

    // Nothing beyond the plan, and no request that the report does not count.
    let plan = place.about("plan", &people::demo()).args(&["--format", "json"]).run().code(0);
    let plan: serde_json::Value = serde_json::from_str(&plan.out).expect("the plan is JSON");
    let coverage = person(&report).get("coverage").expect("coverage");
    let counted: u64 = list(coverage, "sources").iter().map(|s| number(s, "requests")).sum();
    assert_eq!(counted, log.len() as u64, "requests in the report and at the server");
    assert!(counted <= number(&plan, "at_most"), "at most {} were planned", number(&plan, "at_most"));

    // Every place of the expectations was really asked, but for those that may not be.
    for (url, outcomes, reasons) in &Expected::read().places {
        let forbidden = outcomes.iter().any(|o| o == "refused") && reasons.iter().any(|r| r.starts_with("robots"));
        let url = url::Url::parse(url).expect("an address");
        let target = url.query().map_or(url.path().to_owned(), |q| format!("{}?{q}", url.path()));
        let asked = log.iter().any(|l| Some(l.host.as_str()) == url.host_str() && l.path_and_query == target);
        assert_eq!(asked, !forbidden, "{url}");
    }
    assert!(place.files(&["config", "out", "subject.toml"]).is_empty(), "--ephemeral keeps nothing: {:?}", place.files(&["config", "out"]));
}
