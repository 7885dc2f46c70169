//! The list of one person: which tasks are theirs, when they are due, and in which order.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;
use unlisted_model::prepare::{Checklist, Deadline, Event, ItemRow, Preparing, Rule, Task, TaskState, Term};
use unlisted_model::{Contest, Nation};

use super::marks::Marks;
use super::timetable::timetable;

/// What is known of an election.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Election {
    /// Polling day.
    pub day: Option<Date>,
    /// The nation.
    pub nation: Option<Nation>,
    /// The kind of election.
    pub contest: Option<Contest>,
}

/// Makes the list. `threatened`: a record of abuse is kept for this person. `calendar_id` gives a task's name for calendars: the same each time, telling nothing.
pub fn checklist(
    known: &Preparing,
    election: Election,
    marks: &Marks,
    today: Date,
    threatened: bool,
    calendar_id: impl Fn(&str) -> String,
) -> Checklist {
    let dates = timetable(known, election);
    let over = election.day.is_some_and(|poll| poll < today);
    let rows = rows_of(known, election);
    let mut papers_over = false;
    let mut tasks: Vec<Task> = vec![];
    for row in &rows {
        let state = marks.of(&row.id);
        let for_papers =
            matches!(row.rule, Rule::By(Event::Nominations | Event::Agent) | Rule::Before(Event::Nominations, 0..=1));
        if over && for_papers && state.is_open() {
            papers_over = true;
            continue;
        }
        let term = term(row.rule, &dates, over);
        if state.is_open() && is_long_over(&term, today) {
            continue;
        }
        tasks.push(Task {
            id: row.id.clone(),
            number: row.number,
            minutes: row.minutes,
            term,
            safety: row.safety,
            page: row.page.clone(),
            page_verified: row.page_verified,
            state,
            waits_for: vec![],
            calendar_id: calendar_id(&row.id),
        });
    }
    let open: BTreeMap<String, u16> = tasks.iter().filter(|t| t.state.is_open()).map(|t| (t.id.clone(), t.number)).collect();
    for (task, row) in tasks.iter_mut().filter_map(|t| rows.iter().find(|r| r.id == t.id).map(|r| (t, r))) {
        task.waits_for = row.after.iter().filter_map(|id| open.get(id).copied()).collect();
    }
    tasks.sort_by_key(|t| place(t, today, threatened));
    let Election { day, nation, contest } = election;
    Checklist { today, election: day, nation, contest, dates, tasks, threatened, papers_over }
}

/// One row for each number: the general one, or the later one that surely fits.
fn rows_of(known: &Preparing, election: Election) -> Vec<&ItemRow> {
    let mut by_number: BTreeMap<u16, &ItemRow> = BTreeMap::new();
    for row in known.items.iter().filter(|r| r.scope.may_hold(election.nation, election.contest)) {
        if row.scope.surely_holds(election.nation, election.contest) {
            by_number.insert(row.number, row);
        } else {
            by_number.entry(row.number).or_insert(row);
        }
    }
    by_number.into_values().collect()
}

fn term(rule: Rule, dates: &[Deadline], over: bool) -> Term {
    let find = |event: Event| dates.iter().find(|d| d.event == event);
    match rule {
        Rule::AnyTime => Term::AnyTime,
        Rule::By(event) => find(event).map_or(Term::ByUnknown(event), |d| Term::By(d.clone())),
        Rule::After(event) => match find(event).and_then(|d| Some((d.day.tomorrow().ok()?, d))) {
            Some((day, deadline)) => Term::From(day, deadline.clone()),
            None => Term::AfterUnknown(event),
        },
        Rule::On(event) => find(event).map_or(Term::AfterUnknown(event), |d| Term::From(d.day, d.clone())),
        Rule::Before(_, _) if over => Term::AnyTime,
        Rule::Before(event, days) => {
            find(event).and_then(|d| d.day.checked_sub(i64::from(days).days()).ok()).map_or(Term::AnyTime, Term::Best)
        }
    }
}

/// Days after which a last day that was missed is no longer a task.
const LONG: i64 = 90;

/// Whether the law's last day was so long ago that nothing is to be done about it.
fn is_long_over(term: &Term, today: Date) -> bool {
    matches!(term, Term::By(deadline) if deadline.day.checked_add(LONG.days()).is_ok_and(|day| day < today))
}

/// So many days before the law's last day a task comes before all others.
const NEAR: i64 = 14;

/// Open before dealt with. Among open ones: what keeps somebody safe who was threatened; the law's last day is over, or near; due by today; later days by day; on no day; only
/// from a later day on. Where the day does not decide, what has most effect comes first.
fn place(task: &Task, today: Date, threatened: bool) -> (u8, Date, u16) {
    let near = today.checked_add(NEAR.days()).unwrap_or(Date::MAX);
    let (group, day) = match (&task.state, &task.term) {
        (TaskState::Done(_), _) => (6, Date::MIN),
        (TaskState::Skipped(_), _) => (7, Date::MIN),
        _ if threatened && task.safety => (0, Date::MIN),
        (_, Term::By(deadline)) if deadline.day <= near => (1, deadline.day),
        (_, Term::From(day, _)) if *day > today => (5, *day),
        (_, Term::AfterUnknown(_)) => (5, Date::MAX),
        (_, Term::Best(day) | Term::From(day, _)) if *day <= today => (2, Date::MIN),
        (_, Term::By(Deadline { day, .. }) | Term::Best(day) | Term::From(day, _)) => (3, *day),
        (_, Term::ByUnknown(_) | Term::AnyTime) => (4, Date::MIN),
    };
    (group, day, task.number)
}
