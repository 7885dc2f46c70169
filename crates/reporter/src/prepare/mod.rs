//! The list of what to do before nomination: as text, as a page to print, as JSON. [`crate::ics`] makes the calendar.

mod html;
mod json;
mod say;
mod text;

pub use html::page;
pub use json::json;
pub use text::{next_line, text};

use jiff::ToSpan as _;
use jiff::civil::Date;
use unlisted_model::Danger;
use unlisted_model::prepare::{Checklist, Task, Term};

use crate::Words;

/// What the documents need besides the list.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The catalogue.
    pub words: &'a Words,
    /// Whom to call.
    pub danger: &'a Danger,
    /// What to type next: a key of the catalogue that says what for, and the command. Only on the screen.
    pub commands: &'a [(&'static str, String)],
}

/// So many days before the law's last day a task is one of those to do first.
const NEAR: i64 = 14;

/// Whether its day has come, or the law's last day is near.
fn is_pressing(task: &Task, today: Date) -> bool {
    let by = match task.term {
        Term::By(_) => today.checked_add(NEAR.days()).unwrap_or(Date::MAX),
        _ => today,
    };
    task.term.day().is_some_and(|day| day <= by)
}

/// The tasks of a list in the parts in which they are shown.
struct Parts<'a> {
    first: Option<&'a Task>,
    now: Vec<&'a Task>,
    next: Vec<&'a Task>,
    later: Vec<&'a Task>,
    dealt_with: Vec<&'a Task>,
}

impl<'a> Parts<'a> {
    fn of(list: &'a Checklist) -> Self {
        let first = list.first();
        let mut parts = Self { first, now: vec![], next: vec![], later: vec![], dealt_with: vec![] };
        for task in &list.tasks {
            let waits = task.term.is_after() && task.term.day().is_none_or(|d| d > list.today);
            if !task.state.is_open() {
                parts.dealt_with.push(task);
            } else if first.is_some_and(|f| f.id == task.id) {
                // It stands on its own, above.
            } else if waits {
                parts.later.push(task);
            } else if is_pressing(task, list.today) {
                parts.now.push(task);
            } else {
                parts.next.push(task);
            }
        }
        parts
    }

    /// Minutes of all that is still to do and whose day may have come.
    fn minutes(&self) -> usize {
        self.first.iter().chain(&self.now).chain(&self.next).map(|t| usize::from(t.minutes)).sum()
    }

    fn left(&self) -> usize {
        usize::from(self.first.is_some()) + self.now.len() + self.next.len()
    }
}
