//! All findings, grouped by the severity words; what we are not sure of comes after all that we are sure of.

use maud::{Markup, html};
use unlisted_model::exposure::Exposure;
use unlisted_model::severity::Severity;

use super::parts::{heading, shape};
use super::{Part, exposure};
use crate::outline::{is_covered, is_sure};

pub(super) fn part(part: &Part<'_>) -> Markup {
    let words = part.knowledge.words;
    let all = &part.subject.exposures;
    let group = |level| all.iter().filter(move |e| is_sure(e) && e.severity == level).collect::<Vec<_>>();
    let unsure: Vec<&Exposure> = all.iter().filter(|e| !is_sure(e)).collect();
    let level = part.level.next();
    html! {
        section.findings {
            (heading(level, None, "", html! { (words.get("report.all")) }))
            @if all.is_empty() { p { (words.get("report.all_none")) } } @else { p.note { (words.get("report.visit_note")) } }
            @for severity in [Severity::Critical, Severity::High, Severity::Medium, Severity::Low] {
                @let group = group(severity);
                @if !group.is_empty() {
                    section class=(format!("group {}", severity.as_str())) {
                        (heading(level.next(), None, "", html! { span aria-hidden="true" { (shape(severity)) } " " (words.of("severity", severity.as_str())) }))
                        p.note { (words.of("severity-about", severity.as_str())) }
                        (covered(part, &group))
                    }
                }
            }
            @if !unsure.is_empty() {
                section.group.unsure {
                    (heading(level.next(), None, "", html! { (words.get("report.unsure_title")) }))
                    p.note { (words.get("report.unsure_note")) }
                    (covered(part, &unsure))
                }
            }
        }
    }
}

/// Family and children stand behind a cover line that names them.
fn covered(part: &Part<'_>, group: &[&Exposure]) -> Markup {
    let words = part.knowledge.words;
    let (behind, open): (Vec<&&Exposure>, Vec<&&Exposure>) = group.iter().partition(|e| is_covered(e));
    html! {
        @for e in &open { (exposure::article(part, e)) }
        @if !behind.is_empty() {
            details.cover {
                summary { (words.count("report.cover", behind.len(), &[])) }
                @for e in &behind { (exposure::article(part, e)) }
            }
        }
    }
}
