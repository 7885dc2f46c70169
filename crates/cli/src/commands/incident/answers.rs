//! Answers to the questions of the record, read as what they are. A question whose answer cannot be used is asked again at a terminal;
//! from a file of answers it is passed over, so that the next answer does not slip into its place.

use unlisted_engine::incident::{self, Moment, PageNote, WhenProblem};
use unlisted_model::{Reveal, Secret};

use crate::failure::Failure;
use crate::words::t;
use crate::{dialogue, terminal};

/// Why no more questions are asked.
pub(super) enum Stop {
    /// The input ended.
    Ended,
    /// Something else.
    Failed(Failure),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        if failure.words == t("dialogue.ended", &[]) { Self::Ended } else { Self::Failed(failure) }
    }
}

/// How often a question is asked.
fn tries() -> usize {
    if terminal::is_interactive() { 3 } else { 1 }
}

/// Asks for one line.
pub(super) fn line(key: &str, gaps: &[(&str, &str)]) -> Result<Option<Secret>, Stop> {
    for _ in 0..tries() {
        match dialogue::ask(key, gaps) {
            Err(failure) if is_too_long(&failure) => terminal::say(&failure.words),
            other => return Ok(other?),
        }
    }
    Ok(None)
}

/// The same, where "no" and "nobody" are answers that pass it over.
pub(super) fn line_or_none(key: &str) -> Result<Option<Secret>, Stop> {
    let none = t("incident-ask.none_words", &[]);
    let is_none = |typed: &Secret| {
        let typed = typed.reveal(Reveal::ToCompare).trim().trim_end_matches('.').to_lowercase();
        none.split_whitespace().any(|word| word == typed)
    };
    Ok(line(key, &[])?.filter(|typed| !is_none(typed)))
}

/// Asks for several lines. Of a text that is too long the rest is read as well: it must not become the answer to the next question.
pub(super) fn lines(key: &str, gaps: &[(&str, &str)]) -> Result<Option<Secret>, Stop> {
    for _ in 0..tries() {
        match dialogue::ask_lines(key, gaps) {
            Err(failure) if is_too_long(&failure) => {
                while terminal::line().is_some_and(|line| line.trim() != ".") {}
                terminal::say(&failure.words);
            }
            other => return Ok(other?),
        }
    }
    Ok(None)
}

fn is_too_long(failure: &Failure) -> bool {
    failure.words == t("dialogue.too_long", &[])
}

/// Asks a question of yes or no.
pub(super) fn yes_or_no(key: &str, gaps: &[(&str, &str)]) -> Result<Option<bool>, Stop> {
    Ok(dialogue::yes_or_no(key, gaps)?)
}

/// Asks for a day, with or without a time.
pub(super) fn moment(key: &str) -> Result<Option<Moment>, Stop> {
    let read = |text: &str| incident::moment(text, incident::local(&incident::clock(None)));
    let Some(found) = asked(key, read)? else { return Ok(None) };
    if found.is_old {
        let day = unlisted_reporter::bundle::date_words(found.day);
        if yes_or_no("incident-when.old", &[("day", &day)])? != Some(true) {
            terminal::say(&t("incident-when.left-out", &[]));
            return Ok(None);
        }
    }
    Ok(Some(found))
}

/// Asks what the telephone shows, and returns how far this computer's clock is off.
pub(super) fn phone(key: &str) -> Result<Option<i64>, Stop> {
    asked(key, |text| incident::phone_offset(text, incident::local(&incident::clock(None)).time()))
}

fn asked<T>(key: &str, read: impl Fn(&str) -> Result<T, WhenProblem>) -> Result<Option<T>, Stop> {
    for _ in 0..tries() {
        let Some(typed) = line(key, &[])? else { return Ok(None) };
        match read(typed.reveal(Reveal::ToCompare)) {
            Ok(found) => return Ok(Some(found)),
            Err(problem) => terminal::say(&t(problem.key(), &[])),
        }
    }
    terminal::say(&t("incident-when.left-out", &[]));
    Ok(None)
}

/// Asks for the address of a page. It is kept as typed.
pub(super) fn page(key: &str) -> Result<Option<Secret>, Stop> {
    let typed = line(key, &[])?;
    if let Some(typed) = &typed {
        match incident::page_note(typed.reveal(Reveal::ToCompare)) {
            PageNote::Good => {}
            PageNote::NoBeginning => terminal::say(&t("incident-ask.page_no_beginning", &[])),
            PageNote::NotWeb => terminal::say(&t("incident-ask.page_not_web", &[])),
        }
    }
    Ok(typed)
}
