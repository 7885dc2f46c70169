//! Writes the documents of an invented report into a folder, to be looked at: `sample_report DIR`.
#![allow(missing_docs, clippy::print_stdout, reason = "an example")]

#[path = "../tests/reporter/config.rs"]
mod config;
#[path = "../tests/reporter/sample.rs"]
mod sample;

use unlisted_reporter::{Knowledge, render};

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".into());
    let (words, routes, titles) = (config::words(), config::routes(), sample::titles());
    let knowledge = Knowledge { words: &words, routes: &routes, titles: &titles };
    let full = sample::report_of(&sample::findings(), &routes);
    let none = sample::report_of(&[], &routes);
    let mut many = full.clone();
    many.subjects.extend(none.subjects.clone());
    let long = sample::report_of(&long(), &routes);
    let mut helped = full.clone();
    helped.subjects[0].danger = sample::danger_at_its_longest();
    let calm: Vec<_> = sample::findings().into_iter().filter(|f| !f.hostile).collect();
    let mut calm = sample::report_of(&calm, &routes);
    calm.subjects[0].danger = sample::danger_at_its_longest();
    for (name, report) in
        [("full", &full), ("none", &none), ("many", &many), ("long", &long), ("helped", &helped), ("calm", &calm)]
    {
        std::fs::write(format!("{folder}/{name}.html"), render::html::report(report, &knowledge))?;
        std::fs::write(format!("{folder}/{name}.json"), render::json::report(report, &words))?;
        println!("{}\n", render::text::summary(report, &words));
    }
    println!("{}", render::text::links(&full.subjects[0].links, &words));
    Ok(())
}

/// Many places with awkward addresses and long words.
fn long() -> Vec<unlisted_model::Finding> {
    (0..40)
        .map(|n| {
            let (kind, _) = sample::PRIVATE[n % 4];
            let url = format!(
                "https://a-very-long-host-name-of-a-village-association-{}.northgate-and-mereside.example/{}/{n}.html?{}",
                n % 7,
                "a-long-path-without-a-space".repeat(3),
                "key=value&".repeat(12)
            );
            let mut finding = sample::finding(kind, 1, &url, 0.99);
            finding.severity = unlisted_model::Severity::Critical;
            finding.hostile = n % 4 == 0;
            finding
        })
        .collect()
}
