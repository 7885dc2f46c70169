//! The list as one page to print and tick: no script, nothing from outside, a title that tells nothing.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use unlisted_model::prepare::{Checklist, Task};

use super::{Frame, Parts, say};
use crate::danger;
use crate::outside::link;
use crate::render::html::style;

/// The page.
pub fn page(list: &Checklist, frame: &Frame<'_>) -> String {
    let words = frame.words;
    let parts = Parts::of(list);
    let made = words.fill("prepare.made_on", &[("date", &say::date(list.today))]);
    let sheet = format!("{}{}", style::sheet(&words.get("report.shred"), &made), include_str!("prepare.css"));
    let policy = style::policy(&sheet);
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="referrer" content="no-referrer";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex, nofollow, noarchive";
                title { (words.get("prepare.title")) }
                style { (PreEscaped(&sheet)) }
            }
            body {
                a.skip href="#top" { (words.get("report.skip")) }
                header.letterhead { p.mark { span.dot aria-hidden="true" {} (words.get("prepare.title")) } p.when { (say::date(list.today)) } }
                main #top {
                    section.answer {
                        h1.lead { (words.get("prepare.title")) }
                        p.also { (words.get("prepare.about")) " " (words.get("prepare.offline")) }
                    }
                    div.grid {
                        section.danger.wide { h2 { (words.get("danger.title")) } (danger::act(frame.danger, words)) }
                        (first(list, &parts, frame))
                        (dates(list, frame))
                    }
                    p.note.tick { (words.get("prepare.tick")) " " (say::progress(&parts, words)) }
                    @for (key, tasks) in parts.groups() { (group(key, tasks, list, frame)) }
                    (dealt_with(&parts, list, frame))
                    section.how {
                        h2 { (words.get("prepare.stays_title")) }
                        ul { @for line in say::stays(list, words) { li { (line) } } }
                        p.note { (words.get("prepare.changing")) }
                    }
                    section.how { h2 { (words.get("help.title")) } (danger::help_list(frame.danger, words)) }
                }
                footer.end { p { (words.get("report.shred")) } p.small { (words.get("prepare.calendar_note")) } p.small { (made) } }
            }
        }
    };
    page.into_string()
}

fn first(list: &Checklist, parts: &Parts<'_>, frame: &Frame<'_>) -> Markup {
    let words = frame.words;
    html! {
        section.start {
            h2 { (words.get("prepare.first_title")) }
            @match parts.first {
                Some(task) => {
                    p.deed { span.box aria-hidden="true" {} (say::number(task, words)) ": " (words.of("prepare-title", &task.id)) }
                    (about(task, list, frame))
                }
                None => p.deed { (words.get("prepare.first_done")) },
            }
        }
    }
}

fn dates(list: &Checklist, frame: &Frame<'_>) -> Markup {
    let words = frame.words;
    html! {
        section.wide {
            h2 { (words.get("prepare.dates_title")) }
            @for line in say::election(list, words) { p { (line) } }
            @if !list.dates.is_empty() {
                div.scroll role="group" tabindex="0" aria-label=(words.get("prepare.dates_caption")) {
                    table.dates {
                        caption { (words.get("prepare.dates_caption")) }
                        thead { tr { @for key in ["prepare.day", "prepare.what", "prepare.sure_title"] { th scope="col" { (words.get(key)) } } } }
                        tbody { @for deadline in &list.dates { tr {
                            th scope="row" { (say::day_and_hour(deadline, words)) }
                            td { (words.of("prepare-event", deadline.event.as_str())) }
                            td { (say::sure(deadline, words)) }
                        } } }
                    }
                }
                @for doubt in say::doubts(list, words) { p.small { (doubt) } }
            }
        }
    }
}

fn group(key: &str, tasks: &[&Task], list: &Checklist, frame: &Frame<'_>) -> Markup {
    let words = frame.words;
    html! { @if !tasks.is_empty() {
        section.group {
            h2 { (words.get(key)) }
            @for task in tasks {
                article.task {
                    h3 { span.box aria-hidden="true" {} (say::number(task, words)) ": " (words.of("prepare-title", &task.id)) }
                    (about(task, list, frame))
                }
            }
        }
    } }
}

/// When, why, how, where.
fn about(task: &Task, list: &Checklist, frame: &Frame<'_>) -> Markup {
    let words = frame.words;
    html! {
        p.when-due { strong { (say::term(task, list.today, words)) } " " span.small { (say::minutes(task, words)) ". " @if let Some(waits) = say::waits(task, words) { (waits) } } }
        p { strong { (words.get("prepare.why")) } " " (words.of("prepare-why", &task.id)) }
        @let late = task.term.is_late(list.today);
        @if !late { p { strong { (words.get("prepare.how")) } " " (words.of("prepare-how", &task.id)) } }
        @if let Some((about, shown)) = say::place(task, words).filter(|_| !late) {
            p.small {
                (about) " "
                @match link(&shown) {
                    Some(target) => a.address href=(target) rel="noreferrer noopener" { bdi { (shown) } },
                    None => bdi.address { (shown) },
                }
            }
        }
    }
}

fn dealt_with(parts: &Parts<'_>, list: &Checklist, frame: &Frame<'_>) -> Markup {
    let words = frame.words;
    html! { @if !parts.dealt_with.is_empty() {
        section.group {
            h2 { (words.get("prepare.done_title")) }
            ul.places { @for task in &parts.dealt_with { li {
                span.box.ticked aria-hidden="true" { "✓" } (say::number(task, words)) ": " (words.of("prepare-title", &task.id)) ". "
                span.small { (say::term(task, list.today, words)) "." }
            } } }
        }
    } }
}
