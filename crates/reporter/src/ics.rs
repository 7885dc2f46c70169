//! Days of the list as an iCalendar file (RFC 5545). Calendars are shared and copied to clouds: a title says "Privacy task 3" and
//! nothing else stands there that tells whose it is or what it is about.

use std::fmt::Write as _;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use sha2::{Digest as _, Sha256};
use unlisted_model::prepare::{Checklist, Task, Term};
use unlisted_model::{Contest, Nation};

use crate::Words;
use crate::prepare::hour;

/// Days between the first reminder and the law's last day.
const AHEAD: i64 = 7;

/// How long before an entry its reminder comes: an all-day entry starts at midnight, so this is 9 in the morning of the day before.
const REMINDER: &str = "-PT15H";

/// From here the numbers of the versions count, in seconds.
const FIRST_VERSION: i64 = 1_767_225_600;

/// One all-day entry.
struct Entry {
    uid: String,
    title: String,
    day: Date,
    cancelled: bool,
}

/// The calendar; none when no task has a day. `now` is the time of the export: it makes the version, so that a later export replaces
/// the entries of an earlier one. What is done or left out is cancelled.
pub fn calendar(list: &Checklist, words: &Words, now: Timestamp) -> Option<String> {
    let mut entries: Vec<Entry> = list.tasks.iter().flat_map(|task| entries_of(task, list, words)).collect();
    if entries.is_empty() {
        return None;
    }
    entries.sort_by(|a, b| (a.day, &a.uid).cmp(&(b.day, &b.uid)));
    let stamp = now.strftime("%Y%m%dT%H%M%SZ").to_string();
    let version = now.as_second().saturating_sub(FIRST_VERSION).clamp(0, i64::from(i32::MAX));
    let mut file = File::default();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//unlisted//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"] {
        file.line(line);
    }
    for entry in &entries {
        let Ok(next) = entry.day.tomorrow() else { continue };
        file.line("BEGIN:VEVENT");
        file.line(&format!("UID:{}", escaped(&entry.uid)));
        file.line(&format!("DTSTAMP:{stamp}"));
        file.line(&format!("LAST-MODIFIED:{stamp}"));
        file.line(&format!("SEQUENCE:{version}"));
        file.line(&format!("DTSTART;VALUE=DATE:{}", compact(entry.day)));
        file.line(&format!("DTEND;VALUE=DATE:{}", compact(next)));
        file.line(&format!("SUMMARY:{}", escaped(&entry.title)));
        file.line(&format!("DESCRIPTION:{}", escaped(&words.get("prepare.calendar_more"))));
        file.line(if entry.cancelled { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
        file.line("CLASS:PRIVATE");
        file.line("TRANSP:TRANSPARENT");
        if !entry.cancelled && entry.day > list.today {
            file.line("BEGIN:VALARM");
            file.line("ACTION:DISPLAY");
            file.line(&format!("DESCRIPTION:{}", escaped(&entry.title)));
            file.line(&format!("TRIGGER:{REMINDER}"));
            file.line("END:VALARM");
        }
        file.line("END:VEVENT");
    }
    file.line("END:VCALENDAR");
    Some(file.0)
}

/// A name of a task for calendars where no locked store gives one: from the task and the kind of election alone, so that a polling
/// day that is put right moves the entry and does not double it.
pub fn open_id(task: &str, nation: Option<Nation>, contest: Option<Contest>) -> String {
    let nation = nation.map_or("", Nation::as_str);
    let contest = contest.map_or("", Contest::as_str);
    let hash = Sha256::digest(format!("unlisted/prepare/v1\0{task}\0{nation}\0{contest}"));
    hash.iter().take(10).fold(String::new(), |mut text, byte| {
        // A `String` never fails to be written to.
        write!(text, "{byte:02x}").unwrap_or_default();
        text
    })
}

fn entries_of(task: &Task, list: &Checklist, words: &Words) -> Vec<Entry> {
    let number = task.number.to_string();
    let entry = |part: u8, title: String, day: Date| Entry {
        uid: format!("{}-{part}", task.calendar_id),
        title,
        day,
        cancelled: !task.state.is_open(),
    };
    let plain = |day: Date| entry(1, words.fill("prepare.calendar_task", &[("n", &number)]), day);
    // A day that is over is told as today for as long as the task is open.
    let ahead = |day: Date| if task.state.is_open() { day.max(list.today) } else { day };
    match &task.term {
        Term::By(deadline) => {
            let title = match deadline.hour {
                Some(at) => words.fill("prepare.calendar_last_hour", &[("n", &number), ("hour", &hour(at, words))]),
                None => words.fill("prepare.calendar_last", &[("n", &number)]),
            };
            let mut both = vec![entry(2, title, deadline.day)];
            both.extend(deadline.day.checked_sub(AHEAD.days()).ok().map(|day| plain(ahead(day))));
            both
        }
        Term::Best(day) => vec![plain(ahead(*day))],
        Term::From(day, _) => vec![plain(*day)],
        Term::ByUnknown(_) | Term::AfterUnknown(_) | Term::AnyTime => vec![],
    }
}

fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// Text as a value: `\`, `;`, `,` and line breaks are escaped; other control characters are dropped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\r' if rest.peek() == Some(&'\n') => {}
            '\n' | '\r' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Lines of at most 75 octets, each ended by CRLF; what is longer goes on behind a space.
#[derive(Default)]
struct File(String);

impl File {
    fn line(&mut self, text: &str) {
        let mut used = 0;
        for c in text.chars() {
            if used + c.len_utf8() > 75 {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push(c);
            used += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(text: &str) -> String {
        let mut file = File::default();
        file.line(text);
        file.0
    }

    /// As RFC 5545 says that a reader does it.
    fn unescaped(text: &str) -> String {
        let mut out = String::new();
        let mut rest = text.chars();
        while let Some(c) = rest.next() {
            match (c, c == '\\') {
                (_, true) => match rest.next() {
                    Some('n' | 'N') => out.push('\n'),
                    Some(other) => out.push(other),
                    None => {}
                },
                (c, false) => out.push(c),
            }
        }
        out
    }

    proptest! {
        #[test]
        fn folded_lines_are_short_and_come_back_whole(text in "[^\r\n]{0,400}") {
            let lines = folded(&text);
            prop_assert!(lines.ends_with("\r\n"));
            for line in lines.split("\r\n") {
                prop_assert!(line.len() <= 75, "{} octets", line.len());
                prop_assert!(!line.contains(['\r', '\n']));
            }
            let whole = lines.strip_suffix("\r\n").unwrap_or_default().replace("\r\n ", "");
            prop_assert_eq!(whole, text);
        }

        #[test]
        fn escaped_text_is_one_line_and_comes_back(text in any::<String>()) {
            let value = escaped(&text);
            prop_assert!(!value.chars().any(char::is_control));
            let plain: String = text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|c| *c == '\n' || !c.is_control()).collect();
            prop_assert_eq!(unescaped(&value), plain);
        }
    }

    #[test]
    fn names_without_a_store_differ_by_task_and_kind_of_election_only() {
        let council = |task: &str| open_id(task, Some(Nation::England), Some(Contest::Council));
        assert_eq!(council("imprint"), council("imprint"));
        assert_ne!(council("imprint"), open_id("imprint", None, None));
        assert_ne!(council("imprint"), open_id("imprint", Some(Nation::Wales), Some(Contest::Council)));
        assert_ne!(council("imprint"), council("agent"));
        assert_eq!(open_id("imprint", None, None).len(), 20);
    }
}
