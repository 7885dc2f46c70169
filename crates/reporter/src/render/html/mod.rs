//! The report as one HTML file: no script, no outside asset, nothing live from a page.
//!
//! Every text goes through `maud`'s escaping. Two things are written unescaped: our own style sheet, whose hash the
//! content security policy names, and the document type.

mod coverage;
mod exposure;
mod findings;
mod page_one;
mod parts;
pub(crate) mod style;

use std::collections::BTreeMap;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use unlisted_model::report::{Report, SubjectReport};

use crate::Knowledge;
use crate::outside::tidy;
use parts::{Level, date, heading};

/// The report for people.
pub fn report(report: &Report, knowledge: &Knowledge<'_>) -> String {
    let words = knowledge.words;
    let run = tidy(&report.run);
    let style = style::sheet(&words.get("report.shred"), &run);
    let policy = style::policy(&style);
    let page = html! {
        (DOCTYPE)
        html lang=(words.get("report.lang")) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="referrer" content="no-referrer";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex, nofollow, noarchive";
                title { (words.get("report.title")) }
                style { (PreEscaped(&style)) }
            }
            body {
                a.skip href="#top" { (words.get("report.skip")) }
                header.letterhead {
                    p.mark { span.dot aria-hidden="true" {} (words.get("report.title")) }
                    p.when { (date(report.generated)) }
                }
                main #top { (subjects(report, knowledge)) }
                footer.end {
                    p { (words.get("report.shred")) " " (words.get("report.masked")) }
                    p.small { (words.fill("report.made_by", &[("version", &tidy(&report.version)), ("run", &run), ("date", &date(report.generated))])) }
                }
            }
        }
    };
    page.into_string()
}

/// One person: the answer is the page's heading. Several: each is a part of its own under a heading for all.
fn subjects(report: &Report, knowledge: &Knowledge<'_>) -> Markup {
    let about = |subject: &SubjectReport, at: usize, level: Level| {
        let numbers = subject.exposures.iter().enumerate().map(|(n, e)| (e.id.as_str(), n + 1)).collect();
        let part = Part { subject, report, knowledge, at, level, numbers };
        html! { section.person { (page_one::part(&part)) (findings::part(&part)) (coverage::part(&part)) } }
    };
    match report.subjects.as_slice() {
        [] => html! { h1 { (knowledge.words.get("report.nobody")) } },
        [one] => about(one, 1, Level::FIRST),
        many => html! {
            h1 { (knowledge.words.count("report.people", many.len(), &[])) }
            nav aria-label=(knowledge.words.get("report.people_nav")) {
                ul { @for (n, subject) in many.iter().enumerate() {
                    li { a href=(format!("#person-{}", n + 1)) { (tidy(subject.id.as_str())) } }
                } }
            }
            @for (n, subject) in many.iter().enumerate() {
                (heading(Level::FIRST.next(), Some(&format!("person-{}", n + 1)), "person-name", html! { (tidy(subject.id.as_str())) }))
                (about(subject, n + 1, Level::FIRST.next().next()))
            }
        },
    }
}

/// One person's part of the report, as it is drawn.
struct Part<'a> {
    subject: &'a SubjectReport,
    report: &'a Report,
    knowledge: &'a Knowledge<'a>,
    /// The how-manieth person, for anchors.
    at: usize,
    /// The level of the answer's heading.
    level: Level,
    /// The how-manieth each exposure is, by id.
    numbers: BTreeMap<&'a str, usize>,
}

impl Part<'_> {
    /// The anchor of an exposure: made of numbers, so that no id of outside text becomes one.
    fn anchor(&self, id: &str) -> String {
        format!("p{}-{}", self.at, self.numbers.get(id).copied().unwrap_or_default())
    }

    /// The title of a source.
    fn title(&self, source: &str) -> String {
        tidy(self.knowledge.titles.get(source).map_or(source, String::as_str))
    }
}
