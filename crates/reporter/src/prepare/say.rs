//! Sentences that the text and the page share.

use std::collections::BTreeSet;

use jiff::civil::Date;
use unlisted_model::prepare::{Checklist, Deadline, Doubt, Event, Task, TaskState, Term};
use unlisted_model::{Contest, Danger, Nation};

use super::Parts;
use crate::Words;
use crate::outside::tidy;

/// "Thursday 8 April 2027".
pub(super) fn date(day: Date) -> String {
    day.strftime("%A %-d %B %Y").to_string()
}

/// "4 pm", "noon".
pub(crate) fn hour(hour: i8, words: &Words) -> String {
    let at = |key: &str, n: i8| words.fill(key, &[("n", &n.to_string())]);
    match hour {
        12 => words.get("prepare.noon").into_owned(),
        13.. => at("prepare.hour_pm", hour - 12),
        0 => at("prepare.hour_am", 12),
        _ => at("prepare.hour_am", hour),
    }
}

/// Which election this is for, and what is missing to count its days.
pub(super) fn election(list: &Checklist, words: &Words) -> Vec<String> {
    let mut lines = vec![poll(list, words)];
    let nation = list.nation.map(|n| words.of("nation", n.as_str()));
    let contest = list.contest.map(|c| words.of("contest", c.as_str()));
    match (&contest, &nation) {
        (Some(c), Some(n)) => lines.push(words.fill("prepare.kind_line", &[("contest", c), ("nation", n)])),
        (Some(c), None) => lines.push(words.fill("prepare.kind_only", &[("contest", c)])),
        (None, Some(n)) => lines.push(words.fill("prepare.nation_only", &[("nation", n)])),
        (None, None) => {}
    }
    if list.papers_over {
        lines.push(words.get("prepare.poll_past").into_owned());
    }
    lines.extend(missing(list, words));
    lines
}

/// Polling day.
pub(super) fn poll(list: &Checklist, words: &Words) -> String {
    match list.election {
        None => words.get("prepare.poll_none").into_owned(),
        Some(day) if day == list.today => words.get("prepare.poll_today").into_owned(),
        Some(day) => words.fill("prepare.poll_line", &[("date", &date(day))]),
    }
}

/// What is missing to count the days.
pub(super) fn missing(list: &Checklist, words: &Words) -> Option<String> {
    list.election?;
    let key = if list.contest.is_none() {
        "prepare.contest_none"
    } else if list.nation.is_none() {
        "prepare.nation_none"
    } else if !list.dates.iter().any(|d| d.event == Event::Nominations) {
        "prepare.no_rules"
    } else {
        return None;
    };
    Some(words.get(key).into_owned())
}

/// How much is dealt with, how much is left.
pub(super) fn progress(parts: &Parts<'_>, words: &Words) -> String {
    let mut sentences = vec![];
    if !parts.dealt_with.is_empty() {
        sentences.push(words.count("prepare.progress", parts.dealt_with.len(), &[]));
    }
    if parts.left() > 0 {
        sentences.push(words.count("prepare.left", parts.left(), &[]));
    }
    sentences.join(" ")
}

/// Why days of this election are not certain, each reason once.
pub(super) fn doubts(list: &Checklist, words: &Words) -> Vec<String> {
    let all: BTreeSet<Doubt> = list.dates.iter().flat_map(|d| d.doubts.iter().copied()).collect();
    all.into_iter().map(|d| words.of("prepare-doubt", d.as_str()).into_owned()).collect()
}

/// How sure a day is.
pub(super) fn sure(deadline: &Deadline, words: &Words) -> String {
    let key = match deadline.event {
        Event::Poll if deadline.doubts.contains(&Doubt::PollDay) => "prepare.sure_told_check",
        Event::Poll => "prepare.sure_told",
        _ if deadline.is_sure() => "prepare.sure_yes",
        _ => "prepare.sure_no",
    };
    words.get(key).into_owned()
}

/// A day with its hour.
pub(super) fn day_and_hour(deadline: &Deadline, words: &Words) -> String {
    match deadline.hour {
        Some(h) => format!("{}, {}", date(deadline.day), hour(h, words)),
        None => date(deadline.day),
    }
}

/// When a task is due; for what is dealt with: since when.
pub(super) fn term(task: &Task, today: Date, words: &Words) -> String {
    let on = |key: &str, day: Date| words.fill(key, &[("date", &date(day))]);
    match task.state {
        TaskState::Done(day) => return on("prepare.done_on", day),
        TaskState::Skipped(day) => return on("prepare.skipped_on", day),
        TaskState::Open => {}
    }
    match &task.term {
        Term::By(deadline) => by(deadline, today, words),
        Term::ByUnknown(_) => {
            let own = format!("prepare-due.{}", task.id);
            words.get(if words.has(&own) { &own } else { "prepare.by_unknown" }).into_owned()
        }
        Term::Best(day) if *day <= today => words.get("prepare.best_now").into_owned(),
        Term::Best(day) => on("prepare.best", *day),
        Term::From(day, deadline) => {
            let key = match (*day <= today, deadline.is_sure()) {
                (true, _) => "prepare.from_now",
                (false, true) => "prepare.from",
                (false, false) => "prepare.from_unsure",
            };
            on(key, *day)
        }
        Term::AfterUnknown(event) => words.fill("prepare.from_unknown", &[("event", &words.of("prepare-event", event.as_str()))]),
        Term::AnyTime => words.get("prepare.any").into_owned(),
    }
}

/// The law's last day: what it is, how long that is from now, or what can still be done.
fn by(deadline: &Deadline, today: Date, words: &Words) -> String {
    let hour = deadline.hour.map(|h| hour(h, words));
    let day = date(deadline.day);
    let sure = deadline.is_sure();
    if deadline.day < today {
        let passed = words.fill(if sure { "prepare.late" } else { "prepare.late_unsure" }, &[("date", &day)]);
        let own = format!("prepare-late.{}", deadline.event.as_str());
        let next = if words.has(&own) { words.get(&own) } else { words.get("prepare-late.other") };
        return format!("{passed} {next}");
    }
    if deadline.day == today {
        return match (sure, hour) {
            (false, Some(hour)) => words.fill("prepare.by_today_unsure_hour", &[("hour", &hour)]),
            (false, None) => words.get("prepare.by_today_unsure").into_owned(),
            (true, Some(hour)) => words.fill("prepare.by_today_hour", &[("hour", &hour)]),
            (true, None) => words.get("prepare.by_today").into_owned(),
        };
    }
    let (plain, with_hour) = match sure {
        true => ("prepare.by", "prepare.by_hour"),
        false if deadline.doubts.contains(&Doubt::Kind) => ("prepare.by_earliest", "prepare.by_earliest_hour"),
        false => ("prepare.by_unsure", "prepare.by_unsure_hour"),
    };
    // The hour matters most where the day is not certain: nobody is to come at five for what ended at four.
    let last = match &hour {
        Some(hour) => words.fill(with_hour, &[("date", &day), ("hour", hour)]),
        None => words.fill(plain, &[("date", &day)]),
    };
    let left = usize::try_from(deadline.day.duration_since(today).as_hours() / 24).unwrap_or(0);
    format!("{last} {}", words.count("prepare.in_days", left, &[]))
}

/// Where to go: what is said of the address, and the address.
pub(super) fn place(task: &Task, words: &Words) -> Option<(String, String)> {
    let page = tidy(task.page.as_deref()?);
    Some((words.get(if task.page_verified { "prepare.where" } else { "prepare.where_unsure" }).into_owned(), page))
}

/// Which tasks come before it.
pub(super) fn waits(task: &Task, words: &Words) -> Option<String> {
    let numbers: Vec<String> = task.waits_for.iter().map(u16::to_string).collect();
    (!numbers.is_empty()).then(|| words.count("prepare.waits", numbers.len(), &[("tasks", &numbers.join(", "))]))
}

/// "15 minutes".
pub(super) fn minutes(task: &Task, words: &Words) -> String {
    words.count("prepare.minutes", usize::from(task.minutes), &[])
}

/// "Task 3".
pub(super) fn number(task: &Task, words: &Words) -> String {
    words.fill("prepare.task", &[("n", &task.number.to_string())])
}

/// The contacts that were filled in, each on a line of its own.
pub(super) fn contacts(danger: &Danger, words: &Words) -> Vec<String> {
    let contacts = &danger.contacts;
    [
        ("help.police_contact", &contacts.police_contact),
        ("help.police_adviser", &contacts.police_adviser),
        ("help.party_contact", &contacts.party),
        ("help.trusted", &contacts.trusted),
    ]
    .into_iter()
    .filter_map(|(key, who)| who.as_ref().map(|who| words.fill(key, &[("who", &tidy(who))])))
    .collect()
}

/// What stays public by law. Parish, town and community elections have no agents; community councils in Scotland have no rules on
/// what is spent.
pub(super) fn stays(list: &Checklist, words: &Words) -> Vec<String> {
    let agent = (list.contest != Some(Contest::Parish)).then_some("prepare.stays_agent");
    let own_rules = list.contest == Some(Contest::Parish) && list.nation == Some(Nation::Scotland);
    let spending = (!own_rules).then_some("prepare.stays_spending");
    ["prepare.stays_name"]
        .into_iter()
        .chain(agent)
        .chain(["prepare.stays_imprint", "prepare.stays_register"])
        .chain(spending)
        .chain(["prepare.stays_home"])
        .map(|key| words.get(key).into_owned())
        .collect()
}
