//! What could not be checked, what was checked, what is left for the person, and how we work.

use std::collections::BTreeMap;

use maud::{Markup, html};
use unlisted_model::coverage::{NotChecked, Outcome, OutcomeKind, OutcomeReason};

use super::Part;
use super::parts::{address, heading};
use crate::outline::{told, what_to_do, why};
use crate::outside::tidy;

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
                div.scroll role="region" tabindex="0" aria-label=(words.get("report.not_checked_caption")) {
                    table {
                        caption { (words.get("report.not_checked_caption")) }
                        thead { tr { th scope="col" { (words.get("report.place")) } th scope="col" { (words.get("report.why")) } th scope="col" { (words.get("report.do")) } } }
                        tbody { @for ((host, source, outcome), n) in &rows { tr {
                            th scope="row" { bdi { (place(part, host, source)) } @if *n > 1 { " " span.small { (words.count("report.times", *n, &[])) } } }
                            td { (why(*outcome, words)) }
                            td { (what_to_do(*outcome, words)) }
                        } } }
                    }
                }
            }
        }
    }
}

fn place(part: &Part<'_>, host: &str, source: &str) -> String {
    if host.is_empty() { part.title(source) } else { tidy(host) }
}

type Row<'a> = ((&'a str, &'a str, Outcome), usize);

/// Equal hosts with equal reasons are one row, in the order in which they first came.
fn grouped(all: &[NotChecked]) -> Vec<Row<'_>> {
    let mut at: BTreeMap<(&str, &str, OutcomeKind, Option<OutcomeReason>), usize> = BTreeMap::new();
    let mut rows: Vec<Row<'_>> = vec![];
    for one in all {
        let key = (one.host.as_str(), one.source.as_str(), one.outcome.kind, one.outcome.reason);
        let slot = *at.entry(key).or_insert_with(|| {
            rows.push(((one.host.as_str(), one.source.as_str(), one.outcome), 0));
            rows.len() - 1
        });
        if let Some((_, n)) = rows.get_mut(slot) {
            *n += 1;
        }
    }
    rows
}

fn checked(part: &Part<'_>) -> Markup {
    let words = part.knowledge.words;
    let sources = &part.subject.coverage.sources;
    html! {
        section.coverage {
            (heading(part.level.next(), None, "", html! { (words.get("report.by_source_title")) }))
            @if sources.is_empty() { p { (words.get("report.by_source_none")) } } @else {
                div.scroll role="region" tabindex="0" aria-label=(words.get("report.by_source_caption")) {
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
