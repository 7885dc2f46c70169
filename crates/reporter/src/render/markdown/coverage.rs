//! What could not be checked, what was checked, what is left for the person, and how we work.

use super::Part;
use super::write::{Page, address, strong, text};
use crate::outline::{told, what_to_do, why};
use crate::unchecked::{PAGES, Row, grouped};

pub(super) fn write(part: &Part<'_>, page: &mut Page) {
    not_checked(part, page);
    checked(part, page);
    by_hand(part, page);
    let words = part.knowledge.words;
    page.heading(part.level + 1, &text(&words.get("limits.title")));
    let limits = ["no_proof", "not_seen", "sure", "namesakes", "masked", "sent", "proof_of_removal", "scrutiny"];
    page.list("", false, &limits.map(|key| text(&words.of("limits", key))));
}

fn not_checked(part: &Part<'_>, page: &mut Page) {
    let words = part.knowledge.words;
    page.heading(part.level + 1, &text(&words.get("report.not_checked_title")));
    let rows = grouped(&part.subject.coverage.not_checked);
    if rows.is_empty() {
        page.paragraph(&text(&words.get("report.not_checked_none")));
        return;
    }
    let head = ["report.place", "report.why", "report.do"].map(|key| text(&words.get(key)));
    let cells = |row: &Row<'_>| vec![place(part, row), text(&why(row.outcome, words)), text(&what_to_do(row.outcome, words))];
    page.table(&head, &rows.iter().map(cells).collect::<Vec<_>>());
}

/// The host, and the first few of its pages, so that the person can look by hand.
fn place(part: &Part<'_>, row: &Row<'_>) -> String {
    let words = part.knowledge.words;
    let mut said = vec![if row.host.is_empty() { text(&part.title(row.source)) } else { text(row.host) }];
    if row.times > 1 {
        said.push(text(&words.count("report.times", row.times, &[])));
    }
    said.extend(row.pages.iter().take(PAGES).map(|page| address(page)));
    if row.pages.len() > PAGES {
        said.push(text(&words.count("report.more_pages", row.pages.len() - PAGES, &[])));
    }
    said.join(" ")
}

fn checked(part: &Part<'_>, page: &mut Page) {
    let words = part.knowledge.words;
    let sources = &part.subject.coverage.sources;
    page.heading(part.level + 1, &text(&words.get("report.by_source_title")));
    if sources.is_empty() {
        page.paragraph(&text(&words.get("report.by_source_none")));
    } else {
        let head = ["source", "planned", "answered", "unanswered", "requests"].map(|key| text(&words.of("report", key)));
        let rows: Vec<Vec<String>> = sources
            .iter()
            .map(|source| {
                let answered: u32 = source.outcomes.iter().filter(|(kind, _)| kind.is_answer()).map(|(_, n)| n).sum();
                let reason = source.reason.map(|r| format!(" {}", words.of("outcome-reason", r.as_str()))).unwrap_or_default();
                vec![
                    text(&format!("{}{reason}", part.title(source.id.as_str()))),
                    source.planned.to_string(),
                    answered.to_string(),
                    source.planned.saturating_sub(answered).to_string(),
                    source.requests.to_string(),
                ]
            })
            .collect();
        page.table(&head, &rows);
    }
    if !part.subject.possible_with_key.is_empty() {
        page.paragraph(&text(&words.count("report.with_key", part.subject.possible_with_key.len(), &[])));
        page.list("", false, &part.subject.possible_with_key.iter().map(|title| text(title)).collect::<Vec<_>>());
    }
}

fn by_hand(part: &Part<'_>, page: &mut Page) {
    let words = part.knowledge.words;
    let links = &part.subject.links;
    if links.is_empty() {
        return;
    }
    page.heading(part.level + 1, &text(&words.get("links.title")));
    page.paragraph(&text(&words.get("links.how")));
    page.paragraph(&strong(&words.get("links.never_type")));
    for link in links {
        let query = if link.query.is_empty() { String::new() } else { format!(": {}", text(&link.query)) };
        page.item(&format!("{}{query}", strong(&link.site)));
        page.inside(&address(&link.url));
        let minutes = words.count("report.minutes", (link.minutes as usize).max(1), &[]);
        let tells = words.fill("links.tells", &[("what", &told(&link.discloses, words))]);
        page.inside(&text(&format!("{minutes}. {tells} {}", link.what_to_look_for)));
    }
    page.paragraph(&text(&words.get("links.back")));
}
