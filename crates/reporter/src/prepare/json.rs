//! `unlisted/prepare/v1`. Within v1 only additions are made.

use serde::Serialize;
use unlisted_model::prepare::{Checklist, Deadline, Doubt, Task, Term};

use crate::Words;

#[derive(Serialize)]
struct V1List<'a> {
    schema: &'static str,
    made: String,
    election: V1Election,
    dates: Vec<V1Date<'a>>,
    papers_over: bool,
    first: Option<&'a str>,
    tasks: Vec<V1Task<'a>>,
}

#[derive(Serialize)]
struct V1Election {
    day: Option<String>,
    nation: Option<&'static str>,
    contest: Option<&'static str>,
}

#[derive(Serialize)]
struct V1Date<'a> {
    event: &'static str,
    day: String,
    hour: Option<i8>,
    sure: bool,
    doubts: Vec<&'static str>,
    law: Option<&'a str>,
}

#[derive(Serialize)]
struct V1Task<'a> {
    id: &'a str,
    number: u16,
    title: String,
    why: String,
    how: String,
    minutes: u16,
    page: Option<&'a str>,
    page_verified: bool,
    state: &'static str,
    marked_on: Option<String>,
    due: V1Due,
    late: bool,
    waits_for: &'a [u16],
    safety: bool,
}

/// When: `by` the law's last day, `best` by a day, only `from` a day on, or at `any` time. No day: it cannot be counted.
#[derive(Serialize)]
struct V1Due {
    kind: &'static str,
    day: Option<String>,
    hour: Option<i8>,
    sure: bool,
}

/// The list, `unlisted/prepare/v1`.
pub fn json(list: &Checklist, words: &Words) -> String {
    let whole = V1List {
        schema: "unlisted/prepare/v1",
        made: list.today.to_string(),
        election: V1Election {
            day: list.election.map(|d| d.to_string()),
            nation: list.nation.map(unlisted_model::Nation::as_str),
            contest: list.contest.map(unlisted_model::Contest::as_str),
        },
        dates: list.dates.iter().map(date).collect(),
        papers_over: list.papers_over,
        first: list.first().map(|t| t.id.as_str()),
        tasks: list.tasks.iter().map(|t| task(t, list, words)).collect(),
    };
    crate::render::json::pretty(&whole)
}

fn date(deadline: &Deadline) -> V1Date<'_> {
    V1Date {
        event: deadline.event.as_str(),
        day: deadline.day.to_string(),
        hour: deadline.hour,
        sure: deadline.is_sure(),
        doubts: deadline.doubts.iter().copied().map(Doubt::as_str).collect(),
        law: deadline.law.as_deref(),
    }
}

fn task<'a>(task: &'a Task, list: &Checklist, words: &Words) -> V1Task<'a> {
    let (kind, deadline, sure) = match &task.term {
        Term::By(d) => ("by", Some(d), d.is_sure()),
        Term::ByUnknown(_) => ("by", None, false),
        Term::Best(_) => ("best", None, true),
        Term::From(_, d) => ("from", None, d.is_sure()),
        Term::AfterUnknown(_) => ("from", None, false),
        Term::AnyTime => ("any", None, true),
    };
    V1Task {
        id: &task.id,
        number: task.number,
        title: words.of("prepare-title", &task.id).into_owned(),
        why: words.of("prepare-why", &task.id).into_owned(),
        how: words.of("prepare-how", &task.id).into_owned(),
        minutes: task.minutes,
        page: task.page.as_deref(),
        page_verified: task.page_verified,
        state: task.state.as_str(),
        marked_on: task.state.day().map(|d| d.to_string()),
        due: V1Due { kind, day: task.term.day().map(|d| d.to_string()), hour: deadline.and_then(|d| d.hour), sure },
        late: task.state.is_open() && task.term.is_late(list.today),
        waits_for: &task.waits_for,
        safety: task.safety,
    }
}
