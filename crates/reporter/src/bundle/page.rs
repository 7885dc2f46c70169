//! `record.html`: the record to be read and printed. No script; pictures only from the copy itself.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};
use unlisted_model::incident::{Entry, EntryKind, EvidenceKind};

use super::facts::{clock_words, date_words, facts, site, written};
use super::tables::raw_path;
use super::{Bundle, Fact, hex, lines};
use crate::outside::{link, tidy};

/// Pictures that every browser shows; others stand as names.
const SHOWN: [&str; 6] = ["png", "jpg", "gif", "webp", "bmp", "avif"];

const STYLE: &str = include_str!("record.css");

/// The page.
pub fn page(bundle: &Bundle<'_>) -> String {
    let words = bundle.words;
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; img-src 'self' file:; base-uri 'none'; form-action 'none'",
        STANDARD.encode(Sha256::digest(STYLE.as_bytes()))
    );
    let numbers = bundle.incidents();
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="referrer" content="no-referrer";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex, nofollow, noarchive";
                title { (words.get("bundle.browser-title")) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header { (front(bundle, &numbers)) }
                main {
                    @for number in &numbers { (incident(bundle, *number)) }
                }
                footer { p { (words.get("bundle.not-locked")) } }
            }
        }
    };
    page.into_string()
}

/// Who made it, when, with what, how much is in it, and what is coming.
fn front(bundle: &Bundle<'_>, numbers: &[u32]) -> Markup {
    let words = bundle.words;
    let by = bundle.by.map(tidy);
    html! {
        h1 { (words.get("bundle.title")) }
        dl.front {
            dt { (words.get("bundle.by")) }
            dd { @match &by { Some(name) => { bdi { (name) } }, None => { span.blank aria-label=(words.get("bundle.by-hand")) {} } } }
            dt { (words.get("bundle.for")) }
            dd { (words.of("bundle-audience", bundle.audience.as_str())) }
            dt { (words.get("bundle.made")) }
            dd { (written(&bundle.made)) }
            dt { (words.get("bundle.with")) }
            dd { "unlisted " (tidy(bundle.version)) }
            dt { (words.get("bundle.holds")) }
            dd { (words.count("bundle.incidents", numbers.len(), &[])) " " (words.count("bundle.entries", bundle.entries.len(), &[])) }
        }
        @if bundle.is_part() {
            p { (words.fill("bundle.part", &[("here", &bundle.entries.len().to_string()), ("all", &bundle.told().to_string())])) }
        }
        @if !bundle.faults.is_empty() {
            div.fault {
                p { strong { (words.get("bundle.faults")) } }
                ul { @for fault in bundle.faults { li { (fault) } } }
            }
        }
        p.cover { (words.get("bundle.cover")) }
        p { (words.get("bundle.statement")) " " (words.get("bundle.see-method")) }
        @if bundle.audience.gets_all() { (summary(bundle, numbers)) }
        @if numbers.len() > 1 {
            nav aria-label=(words.get("bundle.contents")) {
                ul { @for n in numbers { li { a href=(format!("#incident-{n}")) { (words.fill("bundle.incident", &[("number", &n.to_string())])) } } } }
            }
        }
    }
}

/// One row for each incident: when, where, and the numbers that were given for it.
fn summary(bundle: &Bundle<'_>, numbers: &[u32]) -> Markup {
    let words = bundle.words;
    let row = |number: u32| {
        let of: Vec<&&Entry> = bundle.entries.iter().filter(|e| e.incident == number).collect();
        let day = of.iter().find_map(|e| e.account.on).map(date_words).unwrap_or_default();
        let place = of.iter().find_map(|e| site(&e.account)).unwrap_or_default();
        let reports = of.iter().flat_map(|e| &e.account.reported);
        let given: Vec<String> =
            reports.filter_map(|r| Some(format!("{}: {}", lines(&r.to), lines(r.reference.as_ref()?)))).collect();
        (number, day, place, given.join("; "))
    };
    html! {
        table.summary {
            caption { (words.get("bundle.summary")) }
            tr {
                th scope="col" { (words.of("bundle-column", "incident")) }
                th scope="col" { (words.of("bundle-field", "when")) }
                th scope="col" { (words.of("bundle-field", "place")) }
                th scope="col" { (words.get("bundle.references")) }
            }
            @for (number, day, place, given) in numbers.iter().map(|n| row(*n)) {
                tr { td { (number) } td { (day) } td { bdi { (place) } } td { bdi { (given) } } }
            }
        }
    }
}

fn incident(bundle: &Bundle<'_>, number: u32) -> Markup {
    let entries: Vec<&&Entry> = bundle.entries.iter().filter(|e| e.incident == number).collect();
    html! {
        section.incident #(format!("incident-{number}")) {
            h2 { (bundle.words.fill("bundle.incident", &[("number", &number.to_string())])) }
            @for part in entries { (entry(bundle, part)) }
        }
    }
}

fn entry(bundle: &Bundle<'_>, entry: &Entry) -> Markup {
    let words = bundle.words;
    let number = entry.number.to_string();
    let found = facts(&entry.account, bundle.audience, words);
    html! {
        article {
            @if matches!(entry.kind, EntryKind::Addition { .. }) {
                h3 { (words.fill("bundle.added", &[("entry", &number)])) }
            } @else {
                h3 { (words.fill("bundle.entry", &[("entry", &number)])) }
            }
            p.when {
                (words.fill("bundle.written", &[("when", &written(&entry.clock))]))
                @if let Some(clock) = clock_words(entry, words) { " " (clock) }
            }
            @if !found.is_empty() {
                dl { @for fact in &found { dt { (words.of("bundle-field", fact.key)) } dd { (shown(fact)) } } }
            }
            (files(bundle, entry))
            p.sum {
                (words.fill("bundle.sum", &[("sum", &hex(&entry.sha256))]))
                @if let Some(path) = raw_path(bundle, entry.number) { " " (words.fill("bundle.raw", &[("path", &path)])) }
            }
        }
    }
}

fn shown(fact: &Fact) -> Markup {
    let text = html! { @for (n, line) in fact.text.split('\n').enumerate() { @if n > 0 { br; } bdi { (line) } } };
    match fact.key {
        "words" => html! { blockquote { (text) } },
        // Printed, not followed: a visit tells the site that somebody looked.
        "page" | "profile" if link(&fact.text).is_some() => html! { span.address { (text) } },
        _ => text,
    }
}

fn files(bundle: &Bundle<'_>, entry: &Entry) -> Markup {
    let words = bundle.words;
    let files: Vec<_> = bundle.files(entry).collect();
    let missing: Vec<usize> =
        bundle.lost.iter().filter(|(number, _)| *number == entry.number).map(|(_, index)| index + 1).collect();
    html! {
        @if !files.is_empty() {
            h4 { (words.get("bundle.files")) }
            @for (file, path) in files {
                figure {
                    @if file.kind == EvidenceKind::Picture && SHOWN.contains(&file.ending.as_str()) {
                        img src=(path) alt=(words.fill("bundle.picture", &[("path", &path)])) ;
                    }
                    figcaption {
                        strong { (path) } ": "
                        (words.of("bundle-file", file.kind.as_str())) ", "
                        (words.fill("bundle.length", &[("length", &file.length.to_string())])) ". "
                        (words.get("bundle.named")) " " bdi { (lines(&file.name)) } ". "
                        span.sum { (words.fill("bundle.sum", &[("sum", &hex(&file.sha256))])) }
                    }
                }
            }
        }
        @for nth in missing { p.fault { (words.fill("bundle.lost", &[("file", &nth.to_string())])) } }
    }
}
