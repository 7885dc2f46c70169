//! Incidents as plain text, for the person's own screen.

use std::collections::BTreeSet;

use unlisted_model::incident::{Entry, EntryKind};

use jiff::civil::Date;

use super::facts::{clock_words, facts, grave, lines, site, written};
use super::{Audience, Fact, date_words, hex};
use crate::Words;

/// One incident with all its additions, words and all: only for a person who asked to see it.
pub fn text(number: u32, entries: &[&Entry], words: &Words) -> String {
    let mut out = vec![words.fill("bundle.incident", &[("number", &number.to_string())])];
    for entry in entries {
        out.push(String::new());
        if matches!(entry.kind, EntryKind::Addition { .. }) {
            out.push(words.fill("bundle.added", &[("entry", &entry.number.to_string())]));
        }
        let clock = clock_words(entry, words).map(|c| format!(" {c}")).unwrap_or_default();
        out.push(words.fill("bundle.written", &[("when", &written(&entry.clock))]) + &clock);
        out.extend(told(&facts(&entry.account, Audience::Police, words), words));
        for (n, file) in entry.files.iter().enumerate() {
            let size = words.fill("bundle.length", &[("length", &file.length.to_string())]);
            let kind = words.of("bundle-file", file.kind.as_str());
            let gaps = [("n", (n + 1).to_string()), ("name", lines(&file.name)), ("kind", kind.into_owned()), ("length", size)];
            out.push(words.fill("bundle.file-line", &gaps.each_ref().map(|(k, v)| (*k, v.as_str()))));
        }
    }
    out.join("\n")
}

/// The label of a fact where the person themself reads it.
fn label(key: &str, words: &Words) -> String {
    let own = format!("bundle-field-you.{key}");
    if words.has(&own) { words.get(&own).into_owned() } else { words.of("bundle-field", key).into_owned() }
}

/// Facts as lines: `Label: text`; a text of several lines is indented below its label.
pub fn told(facts: &[Fact], words: &Words) -> Vec<String> {
    let one = |fact: &Fact| {
        let label = label(fact.key, words);
        if fact.key == "words" || fact.text.contains('\n') {
            let below: Vec<String> = fact.text.split('\n').map(|line| format!("    {line}")).collect();
            format!("{label}:\n{}", below.join("\n"))
        } else {
            format!("{label}: {}", fact.text)
        }
    };
    facts.iter().map(one).collect()
}

/// One line for each incident: number, day, site, files, reported or not, and whether one of the three questions was answered with yes.
/// Its words are not among them.
pub fn list(entries: &[Entry], words: &Words) -> Vec<String> {
    let mut numbers: Vec<u32> = entries.iter().map(|e| e.incident).filter(|n| *n > 0).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let line = |number: u32| {
        let of: Vec<&Entry> = entries.iter().filter(|e| e.incident == number).collect();
        let day = of.iter().find_map(|e| e.account.on).map(date_words);
        let files: usize = of.iter().map(|e| e.files.len()).sum();
        let online = of.iter().any(|e| e.account.page.is_some() || e.account.profile.is_some());
        let mut parts = vec![day.unwrap_or_else(|| words.get("incident-list.no-day").into_owned())];
        parts.extend(of.iter().find_map(|e| site(&e.account)).map(|site| site.chars().take(60).collect()));
        if online {
            parts.push(words.get("incident-list.online").into_owned());
        }
        parts.push(words.count("incident-list.files", files, &[]));
        if of.len() > 1 {
            parts.push(words.count("incident-list.additions", of.len() - 1, &[]));
        }
        let reported = of.iter().any(|e| !e.account.reported.is_empty());
        parts.push(words.get(if reported { "incident-list.reported" } else { "incident-list.not-reported" }).into_owned());
        parts.extend(chase(&of).map(|day| words.fill("incident-list.chase", &[("day", &date_words(day))])));
        let said: BTreeSet<&str> = of.iter().flat_map(|e| grave(&e.account)).collect();
        parts.extend(said.into_iter().map(|key| words.of("incident-list-yes", key).into_owned()));
        format!("{number}. {}", parts.join(" · "))
    };
    numbers.into_iter().map(line).collect()
}

/// The next day on which to ask one of those to whom an incident was reported.
fn chase(of: &[&Entry]) -> Option<Date> {
    of.iter().flat_map(|e| &e.account.reported).filter_map(|r| r.chase).min()
}

/// One line for each copy that was made, with the start of the check sum by which it can be known again.
pub fn copies(entries: &[Entry], words: &Words) -> Vec<String> {
    let line = |entry: &Entry| {
        let EntryKind::Export { audience, sums } = &entry.kind else { return None };
        let known = Audience::ALL.iter().any(|a| a.as_str() == audience);
        let whom = if known { words.of("bundle-audience", audience).into_owned() } else { String::new() };
        let start: String = hex(sums).chars().take(SHOWN_OF_A_SUM).collect();
        let gaps = [("when", written(&entry.clock)), ("audience", whom), ("sum", start)];
        Some(words.fill("incident-list.copy", &gaps.each_ref().map(|(k, v)| (*k, v.as_str()))))
    };
    entries.iter().filter_map(line).collect()
}

/// How much of a check sum is enough to tell a person's copies apart.
const SHOWN_OF_A_SUM: usize = 12;
