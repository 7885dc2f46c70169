//! Page one: the answer, where to start, at most three findings, what was checked, danger, help. Nothing else.

use maud::{Markup, html};
use unlisted_model::exposure::Exposure;
use unlisted_model::route::Route;

use super::Part;
use super::parts::{date, heading, severity, sure};
use crate::Sure;
use crate::danger;
use crate::outline::{Outline, is_covered, is_hostile, name, shows_page};
use crate::outside::{host, tidy};

pub(super) fn part(part: &Part<'_>) -> Markup {
    let outline = Outline::of(part.subject);
    let words = part.knowledge.words;
    let answer = outline.answer(words);
    let below = part.level.next();
    html! {
        div.page-one {
            div.answer {
                (heading(part.level, None, "lead", html! {
                    @for (n, sentence) in answer.iter().enumerate() { @if n > 0 { " " } span { (sentence) } }
                }))
                @for sentence in outline.also(words) { p.also { (sentence) } }
            }
            div.grid {
                // Before any removal, when words of threat stand near a detail.
                @if outline.hostile.is_some() { (police(part, &outline)) }
                (start(part, &outline))
                @if !outline.top.is_empty() { (top(part, &outline)) }
                section.checked {
                    (heading(below, None, "", html! { (words.get("report.checked_title")) }))
                    p { @for (n, sentence) in outline.coverage.sentences(words).iter().enumerate() { @if n > 0 { " " } (sentence) } }
                    p.small { (words.fill("report.on", &[("date", &date(part.report.generated))])) " "
                        a.see href=(format!("#not-checked-{}", part.at)) { (words.get("report.see_not_checked")) } }
                }
                @if outline.hostile.is_none() { (police(part, &outline)) }
                section.help {
                    (heading(below, None, "", html! { (words.get("help.title")) }))
                    (danger::help_list(&part.subject.danger, words))
                }
            }
            p.shred { (words.get("report.shred")) " " (words.get("report.masked")) }
        }
    }
}

/// What to do in danger.
fn police(part: &Part<'_>, outline: &Outline<'_>) -> Markup {
    let words = part.knowledge.words;
    html! {
        section.danger {
            (heading(part.level.next(), None, "", html! { (words.get("danger.title")) }))
            @if let Some(hostile) = outline.hostile {
                p.near { strong { (words.get("danger.near")) } " "
                    a href=(format!("#{}", part.anchor(&hostile.id))) { (words.get("danger.see")) } }
            }
            (danger::act(&part.subject.danger, words))
        }
    }
}

/// One action: what, who does it, how long.
fn start(part: &Part<'_>, outline: &Outline<'_>) -> Markup {
    let words = part.knowledge.words;
    let title = heading(part.level.next(), None, "", html! { (words.get("report.start")) });
    let Some(first) = outline.start else {
        let key = if part.subject.links.is_empty() { "report.start_nothing" } else { "report.start_links" };
        return html! { section.start { (title) p.deed { (words.get(key)) }
        @if !part.subject.links.is_empty() { p { a.go href=(format!("#by-hand-{}", part.at)) { (words.get("report.see_by_hand")) } } } } };
    };
    let route = route(part, first);
    html! {
        section.start {
            (title)
            p.deed { (route.map_or_else(|| words.get("report.start_no_route").into_owned(), |r| r.title.clone())) }
            p.about { (name(first, words)) @if !is_covered(first) { " " span.mask { (tidy(first.label.as_str())) } } }
            @if is_hostile(first) { p.first-police { strong { (words.get("danger.hostile")) } } }
            @if let Some(step) = first.steps.first() { p { (step) } }
            dl.facts {
                div { dt { (words.get("report.minutes_title")) } dd { (words.count("report.minutes", route.map_or(10, |r| r.minutes.max(1)) as usize, &[])) } }
                div { dt { (words.get("report.who_title")) } dd { (words.of("who", first.cause.as_str())) } }
            }
            p { a.go href=(format!("#{}", part.anchor(&first.id))) { (words.get("report.see_steps")) } }
        }
    }
}

fn route<'a>(part: &Part<'a>, exposure: &Exposure) -> Option<&'a Route> {
    let id = exposure.route.as_ref()?;
    part.knowledge.routes.iter().find(|r| r.id == *id)
}

fn top(part: &Part<'_>, outline: &Outline<'_>) -> Markup {
    let words = part.knowledge.words;
    html! {
        section.top {
            (heading(part.level.next(), None, "", html! { (words.get("report.top")) }))
            ol {
                @for exposure in &outline.top {
                    li class=(exposure.severity.as_str()) {
                        a href=(format!("#{}", part.anchor(&exposure.id))) { (name(exposure, words)) }
                        @if !is_covered(exposure) { " " span.mask { (tidy(exposure.label.as_str())) } }
                        p.small { (severity(exposure.severity, words)) " " (sure(Sure::of_exposure(exposure), words)) " " (whereabouts(part, exposure)) }
                    }
                }
            }
        }
    }
}

/// "on 3 pages, first council.example".
fn whereabouts(part: &Part<'_>, exposure: &Exposure) -> Markup {
    let words = part.knowledge.words;
    let first = exposure
        .places
        .first()
        .map(|p| host(&p.finding.url).unwrap_or_else(|| if shows_page(exposure) { tidy(&p.finding.url) } else { String::new() }));
    html! { span.where { (words.count("report.pages", exposure.places.len(), &[("host", &first.unwrap_or_default())])) } }
}
