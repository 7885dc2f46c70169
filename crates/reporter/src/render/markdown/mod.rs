//! The report as Markdown, for notes or for a letter to somebody you trust: the words and the order of the HTML form.
//!
//! It is plain text that reads well as it is. Nothing in it is live but the addresses of pages.

mod coverage;
mod findings;
mod page_one;
mod write;

use jiff::Timestamp;
use unlisted_model::report::{Report, SubjectReport};

use crate::Knowledge;
use crate::outside::tidy;
use write::{Page, text};

/// The report for people who keep notes.
pub fn report(report: &Report, knowledge: &Knowledge<'_>) -> String {
    let words = knowledge.words;
    let mut page = Page::default();
    match report.subjects.as_slice() {
        [] => page.heading(1, &text(&words.get("report.nobody"))),
        [one] => about(one, 1, report, knowledge, &mut page),
        many => {
            page.heading(1, &text(&words.count("report.people", many.len(), &[])));
            for subject in many {
                page.rule();
                page.heading(2, &text(subject.id.as_str()));
                about(subject, 3, report, knowledge, &mut page);
            }
        }
    }
    page.rule();
    page.paragraph(&text(&format!("{} {}", words.get("report.shred"), words.get("report.masked"))));
    let gaps = [("version", tidy(&report.version)), ("run", tidy(&report.run)), ("date", date(report.generated))];
    page.paragraph(&text(&words.fill("report.made_by", &gaps.each_ref().map(|(gap, value)| (*gap, value.as_str())))));
    page.done()
}

fn about(subject: &SubjectReport, level: usize, report: &Report, knowledge: &Knowledge<'_>, page: &mut Page) {
    let part = Part { subject, report, knowledge, level };
    page_one::write(&part, page);
    findings::write(&part, page);
    coverage::write(&part, page);
}

/// One person's part of the report, as it is written.
struct Part<'a> {
    subject: &'a SubjectReport,
    report: &'a Report,
    knowledge: &'a Knowledge<'a>,
    /// The level of the answer's heading.
    level: usize,
}

impl Part<'_> {
    /// The title of a source.
    fn title(&self, source: &str) -> String {
        tidy(self.knowledge.titles.get(source).map_or(source, String::as_str))
    }
}

/// "25 November 2026", in UTC.
fn date(at: Timestamp) -> String {
    at.strftime("%-d %B %Y").to_string()
}
