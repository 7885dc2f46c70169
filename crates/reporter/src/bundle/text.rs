//! Incidents as plain text, for the person's own screen.

use unlisted_model::incident::{Entry, EntryKind};

use super::facts::{clock_words, facts, is_grave, lines, site, written};
use super::tables::kind;
use super::{Audience, Fact, date_words};
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

/// Facts as lines: `Label: text`; a text of several lines is indented below its label.
pub fn told(facts: &[Fact], words: &Words) -> Vec<String> {
    let one = |fact: &Fact| {
        let label = words.of("bundle-field", fact.key);
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
        if of.iter().any(|e| is_grave(&e.account)) {
            parts.push(words.get("incident-list.grave").into_owned());
        }
        format!("{number}. {}", parts.join(" · "))
    };
    numbers.into_iter().map(line).collect()
}

/// One line for each copy that was made, with the check sum by which it can be known again.
pub fn copies(entries: &[Entry], words: &Words) -> Vec<String> {
    let made = entries.iter().filter(|e| matches!(e.kind, EntryKind::Export { .. }));
    made.map(|e| format!("{}: {}", written(&e.clock), kind(&e.kind, words))).collect()
}
