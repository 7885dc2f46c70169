//! The answers as a sealed note, so that an interview that stopped anywhere can go on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use unlisted_model::{Reveal, Secret, Subject};

use super::{Interview, Question};

/// What the note holds. Only ever sealed.
#[derive(Serialize, Deserialize)]
struct Note {
    /// The question that is being asked; none when all were.
    at: Option<String>,
    answers: BTreeMap<String, Vec<String>>,
}

impl Interview {
    /// The note.
    pub fn to_note(&self) -> Secret {
        let open = |answers: &Vec<Secret>| answers.iter().map(|a| a.reveal(Reveal::AtRest).to_owned()).collect();
        let note = Note {
            at: self.at.map(|q| q.as_str().to_owned()),
            answers: self.answers.iter().map(|(q, a)| (q.as_str().to_owned(), open(a))).collect(),
        };
        Secret::new(toml::to_string(&note).unwrap_or_default())
    }

    /// The interview of a note; `base` is the person as they are in the store. None for a note that cannot be read.
    pub fn of_note(note: &Secret, base: Option<Subject>) -> Option<Self> {
        let note: Note = toml::from_str(note.reveal(Reveal::AtRest)).ok()?;
        let at = match note.at {
            Some(name) => Some(Question::parse(&name)?),
            None => None,
        };
        let answers = note
            .answers
            .into_iter()
            .filter_map(|(q, a)| Some((Question::parse(&q)?, a.into_iter().map(Secret::new).collect())))
            .collect();
        Some(Self { answers, at, base })
    }
}
