//! What was really sent, to whom, in plain words: first who was told something about the person, then who only saw a visit.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use unlisted_model::query::Discloses;

use super::lines::Lines;
use crate::Words;
use crate::outline::told;
use crate::render::json::LedgerLine;

/// The kind of a request for a site's robots.txt.
const ROBOTS: &str = "robots";

/// Everything that one host was asked.
#[derive(Default)]
struct Host {
    /// What it was told about the person, a visit left out.
    told: BTreeSet<Discloses>,
    requests: usize,
    answered: usize,
}

/// The ledger. Hosts only, never an address.
pub fn ledger(ledger: &[LedgerLine], words: &Words) -> String {
    let mut lines = Lines::default();
    lines.heading(&words.get("ledger.title"));
    let (Some(first), Some(last)) = (ledger.iter().map(|l| l.at).min(), ledger.iter().map(|l| l.at).max()) else {
        lines.say(&words.get("ledger.nothing"));
        return lines.done();
    };
    let mut hosts: BTreeMap<&str, Host> = BTreeMap::new();
    for line in ledger {
        let host = hosts.entry(&line.host).or_default();
        host.told.extend(line.discloses.iter().copied().filter(|d| *d != Discloses::Page));
        host.requests += 1;
        host.answered += usize::from(line.status.is_some());
    }
    lines.say(&in_all(ledger.len(), hosts.len(), (first, last), words));
    lines.say(&words.get("ledger.private"));
    let (about_you, visits): (Vec<_>, Vec<_>) = hosts.iter().partition(|(_, host)| !host.told.is_empty());
    if !about_you.is_empty() {
        lines.heading(&words.get("ledger.told_title"));
        for (name, host) in about_you {
            let what = told(&host.told.iter().copied().collect::<Vec<_>>(), words);
            lines.put("- ", "  ", &words.fill("ledger.told", &[("host", name), ("what", &what)]));
            lines.put("  ", "  ", &counted(host, words));
        }
    }
    if !visits.is_empty() {
        lines.heading(&words.get("ledger.visits_title"));
        lines.say(&words.get("ledger.visits_about"));
        for (name, host) in visits {
            lines.put("- ", "  ", &format!("{name}: {}", counted(host, words)));
        }
    }
    let robots = ledger.iter().filter(|l| l.kind == ROBOTS).count();
    if robots > 0 {
        lines.gap();
        lines.say(&words.count("ledger.robots", robots, &[]));
    }
    lines.gap();
    lines.say(&words.get("ledger.each"));
    lines.done()
}

/// "We sent 240 requests to 48 sites, from 25 November 2026, 10:02 UTC to 25 November 2026, 10:31 UTC."
fn in_all(requests: usize, hosts: usize, (first, last): (Timestamp, Timestamp), words: &Words) -> String {
    let sites = words.count("ledger.sites", hosts, &[]);
    let (first, last) = (clock(first), clock(last));
    let when = if first == last {
        words.fill("ledger.at", &[("at", &first)])
    } else {
        words.fill("ledger.from", &[("first", &first), ("last", &last)])
    };
    format!("{} {when}", words.count("ledger.total", requests, &[("sites", &sites)]))
}

/// "12 requests. 1 got no answer."
fn counted(host: &Host, words: &Words) -> String {
    let requests = words.count("ledger.requests", host.requests, &[]);
    match host.requests - host.answered {
        0 => requests,
        silent => format!("{requests} {}", words.count("ledger.silent", silent, &[])),
    }
}

/// "25 November 2026, 10:04 UTC".
fn clock(at: Timestamp) -> String {
    at.strftime("%-d %B %Y, %H:%M UTC").to_string()
}
