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
    for (name, report) in [("full", &full), ("none", &none), ("many", &many)] {
        std::fs::write(format!("{folder}/{name}.html"), render::html::report(report, &knowledge))?;
        std::fs::write(format!("{folder}/{name}.json"), render::json::report(report, &words))?;
        println!("{}\n", render::text::summary(report, &words));
    }
    println!("{}", render::text::links(&full.subjects[0].links, &words));
    Ok(())
}
