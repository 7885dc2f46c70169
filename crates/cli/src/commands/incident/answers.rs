//! Answers to the questions of the record, read as what they are. A question whose answer cannot be used is asked again at a terminal;
//! from a file of answers it is passed over, so that the next answer does not slip into its place.

use jiff::civil::Date;
use unlisted_engine::config::Config;
use unlisted_engine::incident::{self, Moment, PageNote, WhenProblem};
use unlisted_engine::reporting::{Facts, chase_of};
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
                while crate::input::line().is_some_and(|line| line.trim() != ".") {}
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

/// What came of a question about a day.
pub(super) enum When {
    /// Passed over.
    Nothing,
    /// A day, with or without a time.
    Read(Moment),
    /// Words that could not be read as a day: they are kept as they were typed.
    Typed(Secret),
}

/// Asks for a day, with or without a time, that does not lie before `after`; says what was understood.
pub(super) fn moment(key: &str, after: Option<Date>) -> Result<When, Stop> {
    let read = |text: &str| {
        let found = incident::moment(text, incident::local(&incident::clock(None)))?;
        match after {
            Some(after) if found.day < after => Err(WhenProblem::Before),
            _ => Ok(found),
        }
    };
    let mut last = None;
    for _ in 0..tries() {
        let Some(typed) = line(key, &[])? else { return Ok(When::Nothing) };
        match read(typed.reveal(Reveal::ToCompare)) {
            Ok(found) => return noted(found),
            Err(problem) => terminal::say(&t(problem.key(), &[])),
        }
        last = Some(typed);
    }
    terminal::say(&t("incident-when.noted-as-typed", &[]));
    Ok(last.map_or(When::Nothing, When::Typed))
}

fn noted(found: Moment) -> Result<When, Stop> {
    let day = unlisted_reporter::bundle::date_words(found.day);
    if found.is_old && yes_or_no("incident-when.old", &[("day", &day)])? != Some(true) {
        terminal::say(&t("incident-when.left-out", &[]));
        return Ok(When::Nothing);
    }
    let when = found.time.map_or_else(|| day.clone(), |time| format!("{day}, {}", time.strftime("%H:%M")));
    terminal::say(&t("incident-when.noted", &[("when", &when)]));
    if found.came_twice {
        terminal::say(&t("incident-when.came-twice", &[]));
    }
    Ok(When::Read(found))
}

/// The day on which to ask those again to whom something was reported: offered at a terminal, else kept.
pub(super) fn chase(to: &Secret, facts: &Facts, config: &Config, on: Option<Date>) -> Result<Option<Date>, Stop> {
    let today = incident::local(&incident::clock(None)).date();
    let found = chase_of(to.reveal(Reveal::ToCompare), facts, config, on.unwrap_or(today));
    let Some(day) = found.map(|day| day.max(today)) else { return Ok(None) };
    let words = unlisted_reporter::bundle::date_words(day);
    if terminal::is_interactive() && yes_or_no("incident-ask.chase", &[("day", &words)])? == Some(false) {
        return Ok(None);
    }
    terminal::say(&t("incident-ask.chase_noted", &[("day", &words)]));
    Ok(Some(day))
}

/// Asks for numbers of a list; what is no number makes the answer empty.
pub(super) fn numbers(key: &str) -> Result<Option<Vec<u32>>, Stop> {
    let Some(typed) = line(key, &[])? else { return Ok(None) };
    let typed = typed.reveal(Reveal::ToCompare);
    let parts = typed.split([',', ' ', '.']).filter(|part| !part.is_empty());
    Ok(Some(parts.map(str::parse).collect::<Result<_, _>>().unwrap_or_default()))
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
