//! The words that people read: plain, short, calm, and each in its one place.

mod keys;
mod literals;
mod reading;
mod syllables;
mod texts;

use std::collections::BTreeMap;

use reading::Weight;
use texts::{Text, spoken};

/// The longest sentence, in words.
const LONGEST: usize = 25;

/// The hardest grade, of the whole, of a section and of each text of some length.
const HARDEST: f64 = 8.0;

/// How many words a text must have before its own grade means anything.
const WEIGHED: usize = 20;

/// Sections that hold names and no sentences: kinds of election as the law calls them.
const NAMES_ONLY: &[&str] = &["contest"];

/// Not used for people, in any case and as a whole word. Each has a plainer one: you, locked file on this computer, what was
/// sent, permission, where it appears, check sum, what to do, people-search site, act today.
const BANNED: &[&str] = &[
    "subject",
    "subjects",
    "vault",
    "vaults",
    "ledger",
    "ledgers",
    "consent",
    "consents",
    "consented",
    "exposure",
    "exposures",
    "hash",
    "hashes",
    "hashed",
    "osint",
    "pii",
    "dox",
    "doxx",
    "doxed",
    "doxxed",
    "doxing",
    "doxxing",
    "remediation",
    "remediate",
    "data broker",
    "data brokers",
    "critical",
    "critically",
    "you posted",
    "you published",
    "you are protected",
    "you are safe",
    "victim",
    "victims",
    "target",
    "targets",
    "targeted",
    "leak",
    "leaks",
    "leaked",
    "metadata",
    "invalid",
    "illegal",
    "abort",
    "aborted",
    "fatal",
    "failed to",
];

/// Where such a word must stand after all: key, word, why.
const ALLOWED: &[(&str, &str, &str)] = &[("prepare-why.agent-senedd", "consent", "the form is called so in law")];

#[test]
fn no_word_that_frightens_blames_or_puzzles() {
    let pattern = regex::Regex::new(&format!(r"(?i)\b({})\b", BANNED.join("|"))).expect("a pattern");
    let mut wrong = vec![];
    for Text { key, text, .. } in texts::all() {
        for found in pattern.find_iter(&spoken(&text)) {
            let low = found.as_str().to_lowercase();
            if !ALLOWED.iter().any(|(k, word, _)| *k == key && *word == low) {
                wrong.push(format!("{key}: {low}: {text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_shouts() {
    let wrong: Vec<String> =
        texts::all().into_iter().filter(|t| t.text.contains('!')).map(|t| format!("{}: {}", t.key, t.text)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sentences_are_short() {
    let mut wrong = vec![];
    for Text { key, text, .. } in texts::all() {
        for sentence in reading::sentences(&text) {
            let n = reading::words(&sentence).len();
            if n > LONGEST {
                wrong.push(format!("{key}: {n} words: {sentence}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn thirteen_is_old_enough_to_read_it() {
    let texts = texts::all();
    let whole = texts.iter().map(|t| Weight::of(&t.text)).fold(Weight::default(), Weight::and);
    assert!(whole.words > 3000, "{} words: the texts are not found", whole.words);
    let mut sections: BTreeMap<&str, Weight> = BTreeMap::new();
    for text in &texts {
        let weight = sections.entry(&text.section).or_default();
        *weight = weight.and(Weight::of(&text.text));
    }
    let mut hard = vec![("the whole".to_owned(), whole.grade(), String::new())];
    hard.extend(
        sections
            .iter()
            .filter(|(s, w)| !NAMES_ONLY.contains(s) && w.words >= WEIGHED)
            .map(|(s, w)| (format!("[{s}]"), w.grade(), String::new())),
    );
    hard.extend(
        texts
            .iter()
            .map(|t| (t, Weight::of(&t.text)))
            .filter(|(_, w)| w.words >= WEIGHED)
            .map(|(t, w)| (t.key.clone(), w.grade(), t.text.clone())),
    );
    hard.retain(|(_, grade, _)| *grade > HARDEST);
    hard.sort_by(|a, b| b.1.total_cmp(&a.1));
    let worst: Vec<String> = hard
        .iter()
        .take(if std::env::var_os("ALL_WORDS").is_some() { 500 } else { 10 })
        .map(|(key, grade, text)| format!("{grade:.1} {key}: {text}"))
        .collect();
    assert!(hard.is_empty(), "{} texts are too hard; the worst:\n{}", hard.len(), worst.join("\n"));
}

#[test]
fn texts_are_tidy() {
    let gap = regex::Regex::new(r"\{[a-z0-9_]+\}").expect("a pattern");
    for Text { key, text, .. } in texts::all() {
        let (open, shut) = (text.matches('{').count(), text.matches('}').count());
        assert_eq!(open, shut, "{key}: braces: {text}");
        assert_eq!(gap.find_iter(&text).count(), open, "{key}: the name of a gap has small letters: {text}");
        assert_eq!(text.matches('`').count() % 2, 0, "{key}: a backtick is alone: {text}");
        // Talk with lines of its own may begin with an indent.
        let tidy = text.starts_with(['\n', ' ']) || text.trim_end_matches('\n') == text.trim();
        assert!(tidy && !text.trim().is_empty(), "{key} is empty or has stray spaces: {text:?}");
    }
}
