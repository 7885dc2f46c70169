//! Subject files of people who do not exist, with a permission that holds today.

use jiff::ToSpan as _;
use jiff::civil::Date;
use unlisted_web::demo::SUBJECT;

pub(crate) fn today() -> Date {
    jiff::ZonedDateTime::now().date()
}

/// The candidate of the demonstration.
pub(crate) fn demo() -> String {
    dated(SUBJECT, today().saturating_sub(1.days()), today().saturating_add(6.months()))
}

/// The same person with private details that stand in no example and on no page of ours.
pub(crate) fn with_other_details() -> String {
    let mut text = demo();
    for (from, to) in [
        ("14 Mill Lane, Mereside, Northgate ZZ99 4QT", "88 Larkfield Court, Mereside, Northgate ZZ99 7LC"),
        ("07700 900123", "07700 900765"),
        ("01632 960240", "01632 960864"),
        ("amina.castle@mailbox.example", "castle.at.home@post.example"),
        ("amina.hartley@oldmail.example", "the.hartleys@post.example"),
        ("1984-03-09", "1979-10-27"),
        ("Tobiah Wrenfield", "Ottokar Pennyfeather"),
        ("Junia Castle", "Sidony Castle"),
        ("XQ24 ZZQ", "XQ19 QZZ"),
        ("amina_reads", "amina_gardens"),
    ] {
        assert!(text.contains(from), "{from} is no longer in the subject file");
        text = text.replace(from, to);
    }
    text
}

/// The same without a search engine of her own.
pub(crate) fn demo_without_searxng() -> String {
    let text = demo();
    let (before, _) = text.split_once("[sources.searxng]").expect("the part on the search engine is the last");
    before.to_owned()
}

/// A subject file with these days in its permission.
pub(crate) fn dated(text: &str, on: Date, until: Date) -> String {
    let mut inside = false;
    let lines = text.lines().map(|line| {
        if line.starts_with('[') {
            inside = line.starts_with("[consent]");
        }
        match line.split_once('=').map(|(key, _)| key.trim()) {
            Some("on") if inside => format!("on = \"{on}\""),
            Some("until") if inside => format!("until = \"{until}\""),
            _ => line.to_owned(),
        }
    });
    let mut out: Vec<String> = lines.collect();
    out.push(String::new());
    out.join("\n")
}

/// The values of the `[[private]]` entries, with their kinds.
pub(crate) fn private_values(text: &str) -> Vec<(String, String)> {
    let table: toml::Table = text.parse().expect("a subject file is TOML");
    let entries = table.get("private").and_then(|p| p.as_array()).cloned().unwrap_or_default();
    let word = |e: &toml::Value, key: &str| e.get(key).and_then(|v| v.as_str()).expect("a text").to_owned();
    entries.iter().map(|e| (word(e, "kind"), word(e, "value"))).collect()
}
