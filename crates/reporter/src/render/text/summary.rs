//! What a check says in the terminal. Hosts only: addresses stand in the report's files.

use std::collections::BTreeSet;

use unlisted_model::Danger;
use unlisted_model::exposure::Exposure;
use unlisted_model::report::{Report, SubjectReport};

use super::lines::Lines;
use crate::danger;
use crate::outline::{Outline, is_covered, is_sure, name, shows_page};
use crate::outside::host;
use crate::{Sure, Words};

/// How many exposures are listed; the report's files hold them all.
const SHOWN: usize = 30;

/// How many hosts of one exposure are named.
const SHOWN_HOSTS: usize = 6;

/// The brief form of a report.
pub fn summary(report: &Report, words: &Words) -> String {
    let mut lines = Lines::default();
    for subject in &report.subjects {
        if report.subjects.len() > 1 {
            lines.heading(subject.id.as_str());
        } else {
            lines.gap();
        }
        about(subject, words, &mut lines);
        if report.subjects.len() > 1 {
            lines.gap();
            lines.say(&danger::line(&subject.danger, words));
        }
    }
    // One person: the whole box. Several: each has a line of their own, and the box says what is right for all of them.
    let everybody = Danger::default();
    let danger = match report.subjects.as_slice() {
        [one] => &one.danger,
        _ => &everybody,
    };
    for (title, paragraphs) in [("danger.title", danger::act_lines(danger, words)), ("help.title", danger::help(danger, words))] {
        lines.heading(&words.get(title));
        for paragraph in paragraphs {
            lines.put("- ", "  ", &paragraph);
        }
    }
    lines.done()
}

fn about(subject: &SubjectReport, words: &Words, lines: &mut Lines) {
    let outline = Outline::of(subject);
    lines.say(&outline.answer(words).join(" "));
    let also = outline.also(words);
    if !also.is_empty() {
        lines.say(&also.join(" "));
    }
    if outline.hostile.is_some() {
        lines.gap();
        lines.say(&words.get("danger.near"));
        lines.say(&words.get("danger.keep"));
    }
    if let Some(first) = outline.start {
        lines.gap();
        lines.say(&words.fill("report.start_line", &[("what", &named(first, words))]));
        if let Some(step) = first.steps.first() {
            lines.put("  ", "  ", step);
        }
    }
    lines.gap();
    let surest_first = subject.exposures.iter().filter(|e| is_sure(e)).chain(subject.exposures.iter().filter(|e| !is_sure(e)));
    for exposure in surest_first.take(SHOWN) {
        lines.put("- ", "  ", &line(exposure, words));
    }
    if subject.exposures.len() > SHOWN {
        lines.say(&words.count("report.more", subject.exposures.len() - SHOWN, &[]));
    }
    lines.gap();
    lines.say(&outline.coverage.sentences(words).join(" "));
    if outline.acts > 0 {
        lines.say(&words.get("report.no_proof_after_all"));
    }
}

/// "Act today: your home address (••, Northgate ZZ99 •••), on 2 pages: council.example, blog.example. Matches …".
fn line(exposure: &Exposure, words: &Words) -> String {
    let mut seen = BTreeSet::new();
    let mut hosts: Vec<String> = vec![];
    for place in &exposure.places {
        let host = host(&place.finding.url).unwrap_or_else(|| {
            if shows_page(exposure) { words.get("report.a_file").into_owned() } else { words.get("report.a_site").into_owned() }
        });
        if seen.insert(host.clone()) && hosts.len() < SHOWN_HOSTS {
            hosts.push(host);
        }
    }
    if seen.len() > hosts.len() {
        hosts.push("…".to_owned());
    }
    words.count(
        "report.line",
        exposure.places.len(),
        &[
            ("severity", &words.of("severity", exposure.severity.as_str())),
            ("what", &named(exposure, words)),
            ("hosts", &hosts.join(", ")),
            ("sure", &words.of("sure", Sure::of_exposure(exposure).as_str())),
        ],
    )
}

fn named(exposure: &Exposure, words: &Words) -> String {
    let name = name(exposure, words);
    if is_covered(exposure) || !exposure.supplied { name } else { format!("{name} ({})", exposure.label) }
}
