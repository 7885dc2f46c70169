//! `kill -9` at any moment loses nothing: the same command goes on and gives the report of a check that nobody disturbed.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::Value;
use unlisted_web::demo::DemoWeb;

use crate::by_hand::results;
use crate::chance::Chance;
use crate::program::Place;
use crate::reading::{equal, nothing_is_lost, number};
use crate::{people, served};

/// Rows in work at the same time (`at-once` of the configuration).
const AT_ONCE: usize = 8;
const KILLS: usize = 20;
const SPEEDUP: u32 = 40;

fn sources(report: &mut Value) -> &mut Vec<Value> {
    report.pointer_mut("/subjects/0/coverage/sources").and_then(Value::as_array_mut).expect("sources")
}

pub(crate) fn without_requests(report: &Value) -> Value {
    let mut report = report.clone();
    for source in sources(&mut report) {
        source.as_object_mut().expect("a source").remove("requests");
    }
    report
}

fn requests(report: &Value) -> u64 {
    sources(&mut report.clone()).iter().map(|s| number(s, "requests")).sum()
}

#[test]
fn a_check_that_is_killed_twenty_times_gives_the_same_report() {
    let person = people::demo();
    let (calm_web, web) = (DemoWeb::start(0).expect("a port"), DemoWeb::start(0).expect("a port"));
    let calm = Place::new();
    let ran = calm.check(&person).web_at(&calm_web, SPEEDUP).vault().json().arg("--file").arg(results()).run().code(5);
    let undisturbed = ran.report();

    // Spread over the whole of the check: the work left at the n-th kill is about (KILLS - n) / KILLS of all.
    let mut chance = Chance::new(2026);
    let slice = ran.took / u32::try_from(KILLS).expect("few");
    let place = Place::new();
    let mut kills: Vec<Instant> = vec![];
    let mut done = None;
    for _ in 0..KILLS * 4 {
        let mut started = place.check(&person).web_at(&web, SPEEDUP).vault().json().arg("--file").arg(results()).start();
        if kills.len() == KILLS {
            done = Some(started.wait());
            break;
        }
        let wait = slice.mul_f64(0.3 + 1.2 * chance.unit());
        let until = Instant::now() + wait;
        while Instant::now() < until && !started.ended() {
            std::thread::sleep(Duration::from_millis(2));
        }
        let (killed, ran) = started.kill();
        if killed {
            kills.push(Instant::now());
        } else {
            // It was through before all kills were spent: the next command would start anew.
            done = Some(ran);
            break;
        }
    }
    let done = done.expect("the check comes to its end").code(5);
    assert!(kills.len() >= KILLS, "only {} kills before the end", kills.len());
    let report = done.report();
    nothing_is_lost(&report);
    // What was sent again is counted again, as it must be.
    equal(&without_requests(&report), &without_requests(&undisturbed), "killed and undisturbed");

    // No request is repeated but those that were in flight at a kill.
    let log = web.log();
    let mut asked: BTreeMap<String, Vec<&unlisted_web::demo::LogLine>> = BTreeMap::new();
    for line in &log {
        let scheme = line.header("x-forwarded-proto").unwrap_or("http");
        asked.entry(format!("{scheme}://{}{}", line.host, line.path_and_query)).or_default().push(line);
    }
    let mut usual: BTreeMap<String, usize> = BTreeMap::new();
    for line in calm_web.log() {
        let scheme = line.header("x-forwarded-proto").unwrap_or("http");
        *usual.entry(format!("{scheme}://{}{}", line.host, line.path_and_query)).or_default() += 1;
    }
    let mut repeated = 0;
    for (address, lines) in &asked {
        let usual = usual.get(address).copied().unwrap_or(0);
        assert!(usual > 0, "{address} was never asked in the undisturbed check");
        let extra = lines.len().saturating_sub(usual);
        repeated += extra;
        // In flight at a kill: it had begun and had not been acknowledged, which takes the program a moment after the answer.
        let moment = Duration::from_millis(250);
        let in_flight = lines
            .iter()
            .map(|l| kills.iter().filter(|k| l.at <= **k && l.ended.is_none_or(|e| e + moment >= **k)).count())
            .sum::<usize>();
        assert!(
            extra <= in_flight,
            "{address} was asked {} times instead of {usual}, in flight at {in_flight} kills",
            lines.len()
        );
    }
    let counted = usize::try_from(requests(&report)).expect("few");
    assert!(
        (log.len()..=log.len() + KILLS * AT_ONCE).contains(&counted),
        "{counted} requests in the report, {} at the server",
        log.len()
    );
    assert!(repeated <= KILLS * AT_ONCE, "{repeated} requests were repeated");
    assert!(usual.keys().all(|a| asked.contains_key(a)), "a page was never asked");
    served::obeys_robots(&log);
    let second = Duration::from_secs(1);
    // A kill forgets no host's clock.
    served::keeps_its_distance(&log, second, &[(served::SEARCH, 2 * second)], SPEEDUP, &kills);
}
