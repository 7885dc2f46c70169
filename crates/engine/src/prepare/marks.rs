//! What became of the tasks, as it is kept in the locked store.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use unlisted_model::prepare::TaskState;
use unlisted_model::{Reveal, Secret};

/// Marks by the id of the task.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Marks(BTreeMap<String, TaskState>);

/// What is kept is not readable: it is broken, or of a newer version.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("prepare.bad_marks")]
pub struct BadMarks;

#[derive(Serialize, Deserialize)]
struct Kept {
    version: u8,
    marks: BTreeMap<String, KeptMark>,
}

#[derive(Serialize, Deserialize)]
struct KeptMark {
    state: String,
    on: Date,
}

const VERSION: u8 = 1;

impl Marks {
    /// The name under which they are kept for a person.
    pub const NAME: &str = "prepare";

    /// What became of this task.
    pub fn of(&self, id: &str) -> TaskState {
        self.0.get(id).copied().unwrap_or(TaskState::Open)
    }

    /// Marks a task. True when that changes anything: marking it again the same way keeps the first day.
    pub fn set(&mut self, id: &str, state: TaskState) -> bool {
        let same = self.of(id).as_str() == state.as_str();
        if same {
            return false;
        }
        match state {
            TaskState::Open => self.0.remove(id),
            _ => self.0.insert(id.to_owned(), state),
        };
        true
    }

    /// Whether nothing is marked.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads what was kept.
    ///
    /// # Errors
    /// When it is broken, or of a newer version.
    pub fn read(kept: &Secret) -> Result<Self, BadMarks> {
        let kept: Kept = toml::from_str(kept.reveal(Reveal::AtRest)).map_err(|_| BadMarks)?;
        if kept.version != VERSION {
            return Err(BadMarks);
        }
        kept.marks
            .into_iter()
            .map(|(id, mark)| match mark.state.as_str() {
                "done" => Ok((id, TaskState::Done(mark.on))),
                "skipped" => Ok((id, TaskState::Skipped(mark.on))),
                _ => Err(BadMarks),
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// As it is kept.
    ///
    /// # Errors
    /// Never in practice.
    pub fn write(&self) -> Result<Secret, BadMarks> {
        let marks = self
            .0
            .iter()
            .filter_map(|(id, state)| Some((id.clone(), KeptMark { state: state.as_str().to_owned(), on: state.day()? })))
            .collect();
        toml::to_string(&Kept { version: VERSION, marks }).map(Secret::new).map_err(|_| BadMarks)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn marks_come_back_as_they_were_kept() {
        let mut marks = Marks::default();
        assert!(marks.set("imprint", TaskState::Done(date(2027, 3, 1))));
        assert!(marks.set("ico", TaskState::Skipped(date(2027, 3, 2))));
        assert_eq!(Marks::read(&marks.write().expect("written")), Ok(marks.clone()));
        assert!(!marks.set("imprint", TaskState::Done(date(2027, 4, 1))), "the first day is kept");
        assert_eq!(marks.of("imprint"), TaskState::Done(date(2027, 3, 1)));
        assert!(marks.set("imprint", TaskState::Skipped(date(2027, 4, 1))));
        assert!(marks.set("imprint", TaskState::Open) && !marks.set("imprint", TaskState::Open));
        assert_eq!(marks.of("imprint"), TaskState::Open);
        assert_eq!(Marks::read(&Marks::default().write().expect("written")), Ok(Marks::default()));
    }

    #[test]
    fn what_is_broken_is_not_taken_for_empty() {
        for text in ["", "version = 2\n[marks]", "version = 1\n[marks.x]\nstate = \"lost\"\non = \"2027-01-01\"", "{"] {
            assert_eq!(Marks::read(&Secret::new(text)), Err(BadMarks), "{text}");
        }
    }
}
