//! What a server of many hosts saw of one check, held against the promises on how it behaves.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::time::{Duration, Instant};

use unlisted_web::demo::LogLine;

use crate::needles::Needles;

/// The demonstration's search engine, which is the person's own service.
pub(crate) const SEARCH: &str = "search.amina.example";

/// Services with interfaces for programs, whose rows say that robots.txt is not for them.
fn is_service(host: &str) -> bool {
    host == SEARCH || ["web.archive.org", "index.commoncrawl.org", "data.commoncrawl.org"].contains(&host)
}

/// Where a request went: scheme and host.
fn origin(line: &LogLine) -> String {
    format!("{}://{}", line.header("x-forwarded-proto").unwrap_or("http"), line.host)
}

/// Everything of a request that the other side sees.
fn sent(line: &LogLine) -> String {
    let headers: Vec<String> = line.headers.iter().map(|(n, v)| format!("{n}: {v}")).collect();
    format!(
        "{}://{}{}\n{}\n{}",
        line.header("x-forwarded-proto").unwrap_or("http"),
        line.host,
        line.path_and_query,
        headers.join("\n"),
        String::from_utf8_lossy(&line.body)
    )
}

/// No private value in any encoding, no name that is matched on this computer only.
#[track_caller]
pub(crate) fn tells_nothing(log: &[LogLine], needles: &Needles) {
    for line in log {
        assert_eq!(needles.found_in(&sent(line)), None, "{line:?}");
    }
    let former = ["hartley"];
    for line in log.iter().filter(|l| l.host == SEARCH) {
        assert!(!former.iter().any(|f| sent(line).to_lowercase().contains(f)), "a former name was sent: {line:?}");
    }
}

/// User-Agent as documented; no Referer, no cookie, nothing but GET without a body.
#[track_caller]
pub(crate) fn is_open_about_itself(log: &[LogLine]) {
    let agent = format!("unlisted/{} (+https://", env!("CARGO_PKG_VERSION"));
    for line in log {
        let said = line.header("user-agent").unwrap_or_default();
        assert!(said.starts_with(&agent) && said.ends_with(')'), "{line:?}: {said}");
        for not in ["referer", "cookie", "authorization", "origin", "from", "x-forwarded-for"] {
            assert_eq!(line.header(not), None, "{line:?}: {not}");
        }
        assert_eq!((line.method.as_str(), line.body.len()), ("GET", 0), "{line:?}");
    }
}

/// Nothing went to a host that the network at large does not have.
#[track_caller]
pub(crate) fn stays_public(log: &[LogLine]) {
    for line in log {
        let host = line.host.trim_matches(['[', ']']);
        assert!(host.parse::<IpAddr>().is_err(), "an address instead of a name: {line:?}");
        let local = ["localhost", "local", "internal", "home.arpa", "onion"];
        let below = |name: &str| host == name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'));
        assert!(host.contains('.') && !local.iter().any(|n| below(n)), "a name of this computer or its network: {line:?}");
    }
}

/// No search engine, people finder or closed platform.
#[track_caller]
pub(crate) fn visits_nobody_forbidden(log: &[LogLine]) {
    let table: toml::Table = include_str!("../../config/never-fetched.toml").parse().expect("TOML");
    let rows = table.get("host").and_then(|h| h.as_array()).expect("rows");
    let suffixes: Vec<&str> = rows.iter().filter_map(|r| r.get("suffix")?.as_str()).collect();
    assert!(suffixes.contains(&"google.*") && suffixes.contains(&"bing.com"), "the rows are not where they were");
    for line in log {
        for suffix in &suffixes {
            let hit = match suffix.strip_suffix(".*") {
                Some(name) => line.host.split('.').any(|label| label == name) && !line.host.ends_with(".example"),
                None => line.host == *suffix || line.host.ends_with(&format!(".{suffix}")),
            };
            assert!(!hit, "{line:?} is on the list of those never visited ({suffix})");
        }
    }
}

/// robots.txt was read first, and what it forbids was not fetched (RFC 9309, read anew here).
#[track_caller]
pub(crate) fn obeys_robots(log: &[LogLine]) {
    let mut first: BTreeMap<String, &LogLine> = BTreeMap::new();
    for line in log.iter().filter(|l| !is_service(&l.host)) {
        let begin = first.entry(origin(line)).or_insert(line);
        assert_eq!(begin.path(), "/robots.txt", "the first request to {}", origin(line));
    }
    for line in log.iter().filter(|l| !is_service(&l.host) && l.path() != "/robots.txt") {
        assert!(robots_allow(&line.host, &line.path_and_query), "robots.txt forbids {line:?}");
    }
}

/// What the robots.txt of a made-up host says to `unlisted`.
fn robots_allow(host: &str, target: &str) -> bool {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/web").join(host);
    let mut rules = String::new();
    for path in std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|e| e.path()) {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        if path.ends_with("robots.txt") {
            rules = text;
        } else if text.contains("GET /robots.txt\n") {
            // A robots.txt that answers with a server's fault: nothing may be fetched.
            return !text.contains("\nstatus: 5");
        }
    }
    allowed(&rules, "unlisted", target)
}

fn allowed(robots: &str, token: &str, target: &str) -> bool {
    let mut groups: BTreeMap<String, Vec<(bool, String)>> = BTreeMap::new();
    let (mut agents, mut in_rules) = (vec![], false);
    for line in robots.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match key.trim().to_lowercase().as_str() {
            "user-agent" => {
                if in_rules {
                    agents.clear();
                    in_rules = false;
                }
                agents.push(value.to_lowercase());
            }
            key @ ("allow" | "disallow") => {
                in_rules = true;
                for agent in &agents {
                    let group = groups.entry(agent.clone()).or_default();
                    if !value.is_empty() {
                        group.push((key == "allow", value.to_owned()));
                    }
                }
            }
            _ => {}
        }
    }
    let rules = groups.get(token).or_else(|| groups.get("*"));
    let best = rules.into_iter().flatten().filter(|(_, p)| fits(p, target)).max_by_key(|(allow, p)| (p.len(), *allow));
    best.is_none_or(|(allow, _)| *allow)
}

/// A path pattern with `*` and a `$` at its end.
fn fits(pattern: &str, target: &str) -> bool {
    let (pattern, whole) = pattern.strip_suffix('$').map_or((pattern, false), |p| (p, true));
    let quoted: Vec<String> = pattern.split('*').map(regex::escape).collect();
    let end = if whole { "$" } else { "" };
    regex::Regex::new(&format!("^{}{end}", quoted.join(".*"))).expect("a pattern").is_match(target)
}

/// Between the end of one request to a host and the start of the next lies at least the host's pause, divided by `speedup`.
/// `pauses` names hosts with a longer pause than `usual`; a request that is under way when its sender is killed ends then.
#[track_caller]
pub(crate) fn keeps_its_distance(log: &[LogLine], usual: Duration, pauses: &[(&str, Duration)], speedup: u32, kills: &[Instant]) {
    // A start is noted before its answer can come, so no load of the machine makes two of them look closer than they were;
    // the store keeps whole milliseconds. An end may be noted late.
    let (rounding, late) = (Duration::from_millis(1), Duration::from_millis(25));
    let hosts: BTreeSet<&str> = log.iter().map(|l| l.host.as_str()).collect();
    for host in hosts {
        let pause = pauses.iter().find(|(h, _)| *h == host).map_or(usual, |(_, p)| *p) / speedup;
        let lines: Vec<&LogLine> = log.iter().filter(|l| l.host == host).collect();
        for pair in lines.windows(2) {
            let (former, next) = (pair[0], pair[1]);
            // One that was never answered lasts until its sender gives up; then its connection ends.
            let killed = kills.iter().copied().filter(|k| *k >= former.at).min();
            let Some(ended) = former.ended.into_iter().chain(killed).min() else {
                panic!("{former:?} had not ended when {next:?} came")
            };
            let apart = next.at.checked_duration_since(former.at).unwrap_or_default();
            assert!(apart + rounding >= pause, "{former:?}, then {next:?}: {apart:?} instead of {pause:?}");
            let between = next.at.checked_duration_since(ended).unwrap_or_default();
            assert!(between + late >= pause, "{former:?}, then {next:?}: {between:?} instead of {pause:?} after its end");
        }
    }
}

#[test]
fn robots_are_read_as_the_standard_says() {
    let text =
        "User-agent: *\nDisallow: /a\nAllow: /a/b\n\nUser-agent: unlisted\nUser-agent: other\nDisallow: /*?q=\nDisallow: /c$\n";
    for (token, target, expect) in [
        ("nobody", "/a/x", false),
        ("nobody", "/a/b/c", true),
        ("nobody", "/b", true),
        ("unlisted", "/a", true),
        ("unlisted", "/x?q=1", false),
        ("unlisted", "/c", false),
        ("unlisted", "/cd", true),
    ] {
        assert_eq!(allowed(text, token, target), expect, "{token} {target}");
    }
    assert!(!robots_allow("members.mereside-tennis.example", "/members/ladder.html"));
    assert!(!robots_allow("directory.northgate-traders.example", "/c/castle.html"));
    assert!(robots_allow("members.mereside-tennis.example", "/members/join.html"));
}
