//! The plan and the by-hand searches in plain words.

use std::time::Duration;

use unlisted_model::plan::{HandLink, Plan};

use super::lines::Lines;
use crate::Words;
use crate::outline::told;

/// What would be asked, of whom, what that tells them, at most how often.
pub fn plan(plan: &Plan, words: &Words) -> String {
    let mut lines = Lines::default();
    lines.say(&words.get("plan.title"));
    lines.say(&words.get("plan.nothing_sent"));
    if plan.lines.is_empty() {
        lines.gap();
        lines.say(&words.get("plan.empty"));
    }
    for line in &plan.lines {
        lines.gap();
        // Which sites it will be is not known beforehand.
        let whom = if line.to.is_empty() { line.title.clone() } else { words.fill("plan.line", &[("title", &line.title), ("to", &line.to)]) };
        lines.put("- ", "  ", &whom);
        if !line.template.is_empty() {
            lines.put("  ", "  ", &words.fill("plan.asks", &[("what", &line.template)]));
        }
        lines.put("  ", "  ", &words.fill("plan.tells", &[("what", &told(&line.discloses, words))]));
        lines.put("  ", "  ", &words.of("class", line.class.as_str()));
        lines.put("  ", "  ", &words.count("plan.at_most", line.at_most as usize, &[]));
    }
    if !plan.lines.is_empty() {
        let total = plan.lines.iter().fold(0_u32, |sum, l| sum.saturating_add(l.at_most));
        lines.gap();
        lines.say(&words.count("plan.total", total as usize, &[("time", &time(plan.takes, words))]));
    }
    lines.say(&words.get("plan.never"));
    if !plan.left_out.is_empty() {
        lines.heading(&words.get("plan.left_out"));
        for left in &plan.left_out {
            let why = words.of("outcome-reason", left.reason.as_str());
            lines.put("- ", "  ", &words.fill("plan.left_out_line", &[("title", &left.title), ("why", &why)]));
            lines.put("  ", "  ", &words.of("outcome-reason-do", left.reason.as_str()));
        }
    }
    if !plan.links.is_empty() {
        lines.gap();
        lines.say(&words.count("plan.links", plan.links.len(), &[]));
    }
    lines.done()
}

/// The searches for the person's own browser. Their addresses are shown: they hold public words only and are there to
/// be opened.
pub fn links(links: &[HandLink], words: &Words) -> String {
    let mut lines = Lines::default();
    lines.say(&words.get("links.title"));
    if links.is_empty() {
        lines.say(&words.get("links.none"));
        return lines.done();
    }
    lines.say(&words.get("links.how"));
    lines.say(&words.get("links.never_type"));
    for (n, link) in links.iter().enumerate() {
        lines.gap();
        lines.put(&format!("{:>2}. ", n + 1), "    ", &format!("{}: {}", link.site, link.query));
        lines.whole("    ", &link.url);
        lines.put("    ", "    ", &words.fill("links.tells", &[("what", &told(&link.discloses, words))]));
        lines.put("    ", "    ", &format!("{} {}.", link.what_to_look_for, words.count("links.minutes", (link.minutes as usize).max(1), &[])));
    }
    lines.gap();
    let minutes = links.iter().fold(0_u32, |sum, l| sum.saturating_add(l.minutes.max(1)));
    lines.say(&words.count("links.total", links.len(), &[("minutes", &words.count("plan.minutes", minutes as usize, &[]))]));
    lines.say(&words.get("links.back"));
    lines.done()
}

fn time(takes: Duration, words: &Words) -> String {
    let seconds = takes.as_secs();
    match seconds {
        0..=90 => words.count("plan.seconds", seconds.max(1) as usize, &[]),
        91..=5_400 => words.count("plan.minutes", seconds.div_ceil(60) as usize, &[]),
        _ => words.count("plan.hours", seconds.div_ceil(3_600) as usize, &[]),
    }
}
