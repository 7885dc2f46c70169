//! What an entry says, fact by fact, in the order in which it is asked and shown.

use jiff::civil::Date;
use jiff::tz::Offset;
use unlisted_model::incident::{Account, Clock, Entry, Reported};
use unlisted_model::{Reveal, Secret};

use super::Audience;
use crate::Words;
use crate::outside::{host, tidy};

/// One fact of an entry.
#[derive(Clone, PartialEq, Eq)]
pub struct Fact {
    /// Which: its label stands in the catalogue under `bundle-field`.
    pub key: &'static str,
    /// The text, tidied; only the exact words and what happened may have several lines.
    pub text: String,
}

impl std::fmt::Debug for Fact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fact({})", self.key)
    }
}

/// All keys, in order: the columns of the table.
pub(super) const KEYS: [&str; 15] = [
    "what",
    "when",
    "seen",
    "place",
    "page",
    "account",
    "profile",
    "words",
    "witness",
    "effect",
    "repeated",
    "violence",
    "fixated",
    "new-private",
    "reported",
];

/// What a platform needs to find and judge a post.
pub(super) const FOR_A_PLATFORM: [&str; 5] = ["when", "page", "account", "profile", "words"];

/// The facts that an entry holds and this reader gets. This shows the words of others again: only for a person who asked.
pub fn facts(told: &Account, audience: Audience, words: &Words) -> Vec<Fact> {
    let text = |value: &Option<Secret>| value.as_ref().map(lines);
    let yes_no = |value: Option<bool>| value.map(|yes| words.get(if yes { "bundle.yes" } else { "bundle.no" }).into_owned());
    let when = match (told.on, told.at) {
        (Some(on), Some(at)) => {
            let when = format!("{}, {}", date_words(on), at.strftime("%H:%M"));
            Some(words.fill("bundle.local-time", &[("when", &when)]))
        }
        (Some(on), None) => Some(date_words(on)),
        (None, Some(at)) => Some(at.strftime("%H:%M").to_string()),
        (None, None) => None,
    };
    let reports: Vec<String> = told.reported.iter().map(|r| reported(r, words)).collect();
    let texts = [
        text(&told.what),
        when,
        told.seen_on.map(date_words),
        text(&told.place),
        text(&told.page),
        text(&told.account),
        text(&told.profile),
        text(&told.words),
        text(&told.witness),
        text(&told.effect),
        yes_no(told.repeated),
        yes_no(told.violence),
        yes_no(told.fixated),
        yes_no(told.new_private),
        (!reports.is_empty()).then(|| reports.join("\n")),
    ];
    let wanted = |key: &str| audience.gets_all() || FOR_A_PLATFORM.contains(&key);
    KEYS.into_iter().zip(texts).filter(|(key, _)| wanted(key)).filter_map(|(key, text)| Some(Fact { key, text: text? })).collect()
}

fn reported(report: &Reported, words: &Words) -> String {
    let mut parts = vec![lines(&report.to)];
    if let Some(reference) = &report.reference {
        parts.push(words.fill("bundle.reference", &[("reference", &lines(reference))]));
    }
    if let Some(on) = report.on {
        parts.push(words.fill("bundle.on", &[("day", &date_words(on))]));
    }
    if let Some(chase) = report.chase {
        parts.push(words.fill("bundle.chase", &[("day", &date_words(chase))]));
    }
    parts.join(", ")
}

/// A private text as a person may see it: line by line, without anything that acts on a terminal, a page or the order of letters.
pub fn lines(text: &Secret) -> String {
    text.reveal(Reveal::OperatorAsked).lines().map(tidy).collect::<Vec<_>>().join("\n")
}

/// The site of an incident for a list: the place as told, else the host of its page. Not its words.
pub fn site(told: &Account) -> Option<String> {
    let one_line = |text: &Secret| tidy(text.reveal(Reveal::OperatorAsked));
    let page = || told.page.as_ref().and_then(|page| host(page.reveal(Reveal::OperatorAsked)).or_else(|| bare_host(page)));
    page().or_else(|| told.place.as_ref().map(one_line))
}

/// The host of an address that was typed without its beginning.
fn bare_host(page: &Secret) -> Option<String> {
    let page = page.reveal(Reveal::OperatorAsked).trim();
    let plain = page.contains('.') && !page.contains(char::is_whitespace) && !page.contains('@');
    if plain { host(&format!("https://{page}")) } else { None }
}

/// Which of the three questions of the police's list were answered with yes.
pub(super) fn grave(told: &Account) -> impl Iterator<Item = &'static str> {
    let asked = [("violence", told.violence), ("fixated", told.fixated), ("new-private", told.new_private)];
    asked.into_iter().filter(|(_, answer)| *answer == Some(true)).map(|(key, _)| key)
}

/// "24 November 2026".
pub fn date_words(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// When an entry was written down, here and in UTC: "25 June 2026, 15:04:05 (UTC+01:00), 2026-06-25T14:04:05Z"; where both are the
/// same, or only UTC is known: "25 November 2026, 15:04:05 UTC".
pub fn written(clock: &Clock) -> String {
    let seconds = clock.local_offset.unwrap_or(0);
    let offset = Offset::from_seconds(seconds).unwrap_or(Offset::UTC);
    let here = offset.to_datetime(clock.now);
    if seconds == 0 {
        return here.strftime("%-d %B %Y, %H:%M:%S UTC").to_string();
    }
    let minutes = seconds / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    format!("{} (UTC{sign}{hours:02}:{rest:02}), {}", here.strftime("%-d %B %Y, %H:%M:%S"), utc(clock))
}

/// "2026-11-25T14:04:05Z".
pub(super) fn utc(clock: &Clock) -> String {
    clock.now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// What is to be said of the clock: how it compared with the person's telephone, and that its time zone was not known.
pub(super) fn clock_words(entry: &Entry, words: &Words) -> Option<String> {
    let no_zone = entry.clock.local_offset.is_none().then(|| words.get("bundle.clock-no-zone").into_owned());
    let said: Vec<String> = compared(entry, words).into_iter().chain(no_zone).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

fn compared(entry: &Entry, words: &Words) -> Option<String> {
    let minutes = entry.clock.off_by? / 60;
    let n = usize::try_from(minutes.unsigned_abs()).unwrap_or(usize::MAX);
    Some(match minutes {
        0 => words.get("bundle.clock-same").into_owned(),
        1.. => words.count("bundle.clock-ahead", n, &[]),
        _ => words.count("bundle.clock-behind", n, &[]),
    })
}
