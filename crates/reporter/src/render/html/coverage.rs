//! What could not be checked, what was checked, what is left for the person, and how we work.

use maud::{Markup, html};

use super::Part;
use super::parts::{address, heading};
use crate::outline::{told, what_to_do, why};
use crate::outside::tidy;
use crate::unchecked::{PAGES, Row, grouped};

pub(super) fn part(part: &Part<'_>) -> Markup {
    html! { (not_checked(part)) (checked(part)) (by_hand(part)) (how(part)) }
}

fn not_checked(part: &Part<'_>) -> Markup {
    let words = part.knowledge.words;
    let rows = grouped(&part.subject.coverage.not_checked);
    html! {
        section.coverage {
            (heading(part.level.next(), Some(&format!("not-checked-{}", part.at)), "", html! { (words.get("report.not_checked_title")) }))
            @if rows.is_empty() { p { (words.get("report.not_checked_none")) } } @else {
                div.scroll role="group" tabindex="0" aria-label=(words.get("report.not_checked_caption")) {
                    table role="table" {
                        caption { (words.get("report.not_checked_caption")) }
                        thead role="rowgroup" { tr role="row" {
                            @for key in ["report.place", "report.why", "report.do"] { th role="columnheader" scope="col" { (words.get(key)) } }
                        } }
                        tbody role="rowgroup" { @for row in &rows { tr role="row" {
                            th role="rowheader" scope="row" { (place(part, row)) }
                            td role="cell" { (why(row.outcome, words)) }
                            td role="cell" { (what_to_do(row.outcome, words)) }
                        } } }
                    }
                }
            }
        }
    }
}

/// The host, and the first few of its pages, so that the person can look by hand.
fn place(part: &Part<'_>, row: &Row<'_>) -> Markup {
    let words = part.knowledge.words;
    let host = if row.host.is_empty() { part.title(row.source) } else { tidy(row.host) };
    html! {
        bdi { (host) }
        @if row.times > 1 { " " span.small { (words.count("report.times", row.times, &[])) } }
        @if !row.pages.is_empty() {
            ul.pages {
                @for page in row.pages.iter().take(PAGES) { li { (address(page, words)) } }
                @if row.pages.len() > PAGES { li { (words.count("report.more_pages", row.pages.len() - PAGES, &[])) } }
            }
        }
    }
}

fn checked(part: &Part<'_>) -> Markup {
    let words = part.knowledge.words;
    let sources = &part.subject.coverage.sources;
    html! {
        section.coverage {
            (heading(part.level.next(), None, "", html! { (words.get("report.by_source_title")) }))
            @if sources.is_empty() { p { (words.get("report.by_source_none")) } } @else {
                div.scroll role="group" tabindex="0" aria-label=(words.get("report.by_source_caption")) {
                    table.numbers {
                        caption { (words.get("report.by_source_caption")) }
                        thead { tr { th scope="col" { (words.get("report.source")) }
                            @for key in ["report.planned", "report.answered", "report.unanswered", "report.requests"] { th scope="col" { (words.get(key)) } } } }
                        tbody { @for source in sources {
                            @let answered: u32 = source.outcomes.iter().filter(|(k, _)| k.is_answer()).map(|(_, n)| n).sum();
                            tr {
                                th scope="row" { (part.title(source.id.as_str()))
                                    @if let Some(reason) = source.reason { " " span.small { (words.of("outcome-reason", reason.as_str())) } } }
                                td { (source.planned) } td { (answered) } td { (source.planned.saturating_sub(answered)) } td { (source.requests) }
                            } } }
                    }
                }
            }
            @if !part.subject.possible_with_key.is_empty() {
                p { (words.count("report.with_key", part.subject.possible_with_key.len(), &[])) }
                ul.plain { @for title in &part.subject.possible_with_key { li { (tidy(title)) } } }
            }
        }
    }
}

fn by_hand(part: &Part<'_>) -> Markup {
    let words = part.knowledge.words;
    let links = &part.subject.links;
    html! { @if !links.is_empty() {
        section.by-hand {
            (heading(part.level.next(), Some(&format!("by-hand-{}", part.at)), "", html! { (words.get("links.title")) }))
            p { (words.get("links.how")) }
            p { strong { (words.get("links.never_type")) } }
            ol { @for link in links { li {
                p.where { strong { (tidy(&link.site)) } @if !link.query.is_empty() { ": " bdi { (tidy(&link.query)) } } }
                p { (address(&link.url, words)) }
                p.small { (words.count("report.minutes", (link.minutes as usize).max(1), &[])) ". "
                    (words.fill("links.tells", &[("what", &told(&link.discloses, words))])) " " (link.what_to_look_for) }
            } } }
            p { (words.get("links.back")) }
        }
    } }
}

fn how(part: &Part<'_>) -> Markup {
    let words = part.knowledge.words;
    html! {
        section.how {
            (heading(part.level.next(), None, "", html! { (words.get("limits.title")) }))
            ul { @for key in ["limits.no_proof", "limits.not_seen", "limits.sure", "limits.namesakes", "limits.masked", "limits.sent", "limits.proof_of_removal", "limits.scrutiny"] {
                li { (words.get(key)) }
            } }
        }
    }
}
