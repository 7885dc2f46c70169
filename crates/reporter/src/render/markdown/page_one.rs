//! The answer, where to start, at most three findings, what was checked, danger, help.

use unlisted_model::exposure::Exposure;

use super::write::{Page, strong, text};
use super::{Part, date};
use crate::outline::{Outline, is_covered, is_hostile, name, shows_page};
use crate::outside::host;
use crate::ways::different;
use crate::{Sure, danger};

pub(super) fn write(part: &Part<'_>, page: &mut Page) {
    let outline = Outline::of(part.subject);
    let words = part.knowledge.words;
    page.heading(part.level, &text(&outline.answer(words).join(" ")));
    page.paragraph(&text(&outline.also(words).join(" ")));
    // Before any removal, when words of threat stand near a detail.
    if outline.hostile.is_some() {
        police(part, &outline, page);
    }
    start(part, &outline, page);
    if !outline.top.is_empty() {
        page.heading(part.level + 1, &text(&words.get("report.top")));
        let top: Vec<String> = outline.top.iter().map(|e| brief(part, e)).collect();
        page.list("", true, &top);
    }
    page.heading(part.level + 1, &text(&words.get("report.checked_title")));
    page.paragraph(&text(&outline.coverage.sentences(words).join(" ")));
    page.paragraph(&text(&words.fill("report.on", &[("date", &date(part.report.generated))])));
    if outline.hostile.is_none() {
        police(part, &outline, page);
    }
    page.heading(part.level + 1, &text(&words.get("help.title")));
    let help: Vec<String> = danger::help(&part.subject.danger, words).iter().map(|line| text(line)).collect();
    page.list("", false, &help);
}

/// What to do in danger.
fn police(part: &Part<'_>, outline: &Outline<'_>, page: &mut Page) {
    let words = part.knowledge.words;
    page.heading(part.level + 1, &text(&words.get("danger.title")));
    if outline.hostile.is_some() {
        page.paragraph(&strong(&words.get("danger.near")));
    }
    for (n, (said, address)) in danger::with_addresses(&part.subject.danger, words).iter().enumerate() {
        let said = if n == 0 { strong(said) } else { text(said) };
        page.paragraph(&address.as_ref().map_or(said.clone(), |a| format!("{said} {}", super::write::address(a))));
    }
}

/// One action: what, who does it, how long.
fn start(part: &Part<'_>, outline: &Outline<'_>, page: &mut Page) {
    let words = part.knowledge.words;
    page.heading(part.level + 1, &text(&words.get("report.start")));
    let Some(first) = outline.start else {
        let key = if part.subject.links.is_empty() { "report.start_nothing" } else { "report.start_links" };
        page.paragraph(&text(&words.get(key)));
        return;
    };
    let route = first.route.as_ref().and_then(|id| part.knowledge.routes.iter().find(|r| r.id == *id));
    page.paragraph(&strong(&route.map_or_else(|| words.get("report.start_no_route").into_owned(), |r| r.title.clone())));
    page.paragraph(&text(&named(part, first)));
    if is_hostile(first) {
        page.paragraph(&strong(&words.get("danger.hostile")));
    }
    if let Some(step) = first.steps.first() {
        page.paragraph(&text(step));
    }
    let minutes = words.count("report.minutes", route.map_or(10, |r| r.minutes.max(1)) as usize, &[]);
    page.list(
        "",
        false,
        &[
            text(&format!("{}: {minutes}", words.get("report.minutes_title"))),
            text(&format!("{}: {}", words.get("report.who_title"), words.of("who", first.cause.as_str()))),
        ],
    );
}

/// The name of a finding with its mask; of family and children the name alone.
pub(super) fn named(part: &Part<'_>, exposure: &Exposure) -> String {
    let name = name(exposure, part.knowledge.words);
    if is_covered(exposure) || !exposure.supplied { name } else { format!("{name} ({})", exposure.label) }
}

fn brief(part: &Part<'_>, exposure: &Exposure) -> String {
    let words = part.knowledge.words;
    let first = exposure.places.first().and_then(|p| host(&p.finding.url));
    let first =
        first.unwrap_or_else(|| words.get(if shows_page(exposure) { "report.a_file" } else { "report.a_site" }).into_owned());
    let severity = words.of("severity", exposure.severity.as_str());
    let sure = words.of("sure", Sure::of_exposure(exposure).as_str());
    let pages = words.count("report.pages", different(exposure), &[("host", &first)]);
    format!("{}. {}", strong(&named(part, exposure)), text(&format!("{severity}. {sure}. {pages}")))
}
