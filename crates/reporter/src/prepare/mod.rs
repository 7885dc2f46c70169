//! The list of what to do before nomination: as text, as a page to print, as JSON. [`crate::ics`] makes the calendar.

mod html;
mod json;
mod say;
mod text;

pub(crate) use say::hour;

pub use html::page;
pub use json::json;
pub use text::{next_line, short, text};

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
    /// For somebody who was threatened.
    safety: Vec<&'a Task>,
    now: Vec<&'a Task>,
    next: Vec<&'a Task>,
    later: Vec<&'a Task>,
    dealt_with: Vec<&'a Task>,
    /// What is open but for the first and what must wait, in the order of the list.
    open: Vec<&'a Task>,
}

impl<'a> Parts<'a> {
    fn of(list: &'a Checklist) -> Self {
        let first = list.first();
        let mut parts =
            Self { first, safety: vec![], now: vec![], next: vec![], later: vec![], dealt_with: vec![], open: vec![] };
        for task in &list.tasks {
            let waits = task.term.is_after() && task.term.day().is_none_or(|d| d > list.today);
            if !task.state.is_open() {
                parts.dealt_with.push(task);
            } else if first.is_some_and(|f| f.id == task.id) {
                // It stands on its own, above.
            } else if waits {
                parts.later.push(task);
            } else if task.safety {
                parts.safety.push(task);
            } else if is_pressing(task, list.today) {
                parts.now.push(task);
            } else {
                parts.next.push(task);
            }
        }
        let waiting = |task: &&Task| parts.later.iter().any(|t| t.id == task.id);
        let is_first = |task: &&Task| first.is_some_and(|f| f.id == task.id);
        parts.open = list.tasks.iter().filter(|t| t.state.is_open() && !waiting(t) && !is_first(t)).collect();
        parts
    }

    /// The groups of what is open, each with the key of its heading, in the order in which they are shown.
    fn groups(&self) -> [(&'static str, &[&'a Task]); 4] {
        [
            ("prepare.safety_title", &self.safety),
            ("prepare.now_title", &self.now),
            ("prepare.next_title", &self.next),
            ("prepare.later_title", &self.later),
        ]
    }

    /// What comes after the first: the law's near last days before all, then as in the list.
    fn then(&self) -> Vec<&'a Task> {
        let is_near = |task: &&&Task| matches!(task.term, Term::By(_)) && self.now.iter().any(|t| t.id == task.id);
        let near = self.open.iter().filter(is_near);
        let rest = self.open.iter().filter(|task| !is_near(task));
        near.chain(rest).copied().collect()
    }

    fn left(&self) -> usize {
        usize::from(self.first.is_some()) + self.open.len()
    }
}
