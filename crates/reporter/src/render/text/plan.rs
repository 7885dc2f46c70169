//! The plan and the by-hand searches in plain words.

use std::collections::BTreeSet;
use std::time::Duration;

use unlisted_model::plan::{HandLink, Plan, PlanLine};
use unlisted_model::query::Discloses;

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
    for group in plan.lines.chunk_by(|a, b| a.source == b.source && a.to == b.to) {
        destination(group, words, &mut lines);
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

/// Everything that one destination is asked.
fn destination(group: &[PlanLine], words: &Words, lines: &mut Lines) {
    let Some(first) = group.first() else { return };
    lines.gap();
    let head = if first.to.is_empty() {
        first.title.clone()
    } else {
        words.fill("plan.line", &[("title", &first.title), ("to", &first.to)])
    };
    lines.put("- ", "  ", &head);
    for line in group {
        let said = format!("plan-line.{}", line.line);
        let asked = if words.has(&said) { words.get(&said).into_owned() } else { line.template.clone() };
        if !asked.is_empty() && asked != first.title {
            lines.put("  · ", "    ", &asked);
        }
    }
    let discloses: BTreeSet<Discloses> = group.iter().flat_map(|l| l.discloses.iter().copied()).collect();
    lines.put("  ", "  ", &words.fill("plan.tells", &[("what", &told(&discloses.into_iter().collect::<Vec<_>>(), words))]));
    if let Some(class) = group.iter().map(|l| l.class).max() {
        lines.put("  ", "  ", &words.of("class", class.as_str()));
    }
    let at_most = group.iter().fold(0_u32, |sum, l| sum.saturating_add(l.at_most));
    lines.put("  ", "  ", &words.count("plan.at_most", at_most as usize, &[]));
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
        lines.put(
            "    ",
            "    ",
            &format!("{} {}.", link.what_to_look_for, words.count("links.minutes", (link.minutes as usize).max(1), &[])),
        );
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
