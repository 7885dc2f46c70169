//! The guided questions of `unlisted init`, without a terminal: which comes next, whether an answer will do, and the
//! person that all answers make. Whoever asks shows the words of the catalogue (`[init]`) under [`Question::as_str`].

mod answer;
mod council;
mod note;
mod person;
mod question;

use std::collections::BTreeMap;

use unlisted_model::{Secret, Subject};

pub use answer::{Answer, check};
pub use council::{Found, MOST_SHOWN, find as find_councils};
pub use person::id_for;
pub use question::{Question, Shape};

/// Under which name a [sealed note](unlisted_store::Vault::keep) holds the answers until they are whole.
pub const NOTE: &str = "init";

/// The answers so far, and the question that is being asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Interview {
    /// Yes and no are `yes` and `no`; a choice is the word of files; permission is the day on which it was given.
    answers: BTreeMap<Question, Vec<Secret>>,
    at: Option<Question>,
    base: Option<Subject>,
}

impl Default for Interview {
    fn default() -> Self {
        Self { answers: BTreeMap::new(), at: Some(Question::ALL[0]), base: None }
    }
}

impl Interview {
    /// The question that is being asked; None when all were.
    pub fn at(&self) -> Option<Question> {
        self.at
    }

    /// Whether these are changes to somebody who is in the store already.
    pub fn is_change(&self) -> bool {
        self.base.is_some()
    }

    /// What was answered to a question.
    pub fn answers(&self, question: Question) -> &[Secret] {
        self.answers.get(&question).map_or(&[], Vec::as_slice)
    }

    /// Sets the answers to a question; none takes them out.
    pub fn set(&mut self, question: Question, answers: Vec<Secret>) {
        if answers.is_empty() {
            self.answers.remove(&question);
        } else {
            self.answers.insert(question, answers);
        }
    }

    /// Adds an answer to a question that takes several, else sets it. One that is there already is not added again.
    pub fn add(&mut self, question: Question, answer: Secret) {
        let list = self.answers.entry(question).or_default();
        if !question.takes_several() {
            list.clear();
        }
        if !list.contains(&answer) {
            list.push(answer);
        }
    }

    /// Goes on to the next question that fits the answers so far.
    pub fn go_on(&mut self) {
        let Some(at) = self.at else { return };
        self.at = Question::ALL.into_iter().skip_while(|q| *q != at).skip(1).find(|q| self.is_asked(*q));
    }

    /// Goes to a question.
    pub fn go_to(&mut self, question: Question) {
        self.at = Some(question);
    }

    /// Goes back to the question before. False when this is the first.
    pub fn back(&mut self) -> bool {
        let before = Question::ALL.into_iter().take_while(|q| Some(*q) != self.at).filter(|q| self.is_asked(*q)).last();
        if let Some(question) = before {
            self.at = Some(question);
        }
        before.is_some()
    }

    fn says_yes(&self, question: Question) -> bool {
        self.is(question, "yes")
    }

    fn is(&self, question: Question, word: &str) -> bool {
        self.answers(question) == [Secret::new(word)]
    }

    /// Whether a question fits the answers so far.
    fn is_asked(&self, question: Question) -> bool {
        use Question as Q;
        match question {
            // The council's nation, or that of a parliament, need not be asked.
            Q::Nation => {
                self.answers(Q::Council).is_empty()
                    && !["scottish-parliament", "senedd", "ni-assembly", "london"].iter().any(|c| self.is(Q::Contest, c))
            }
            Q::Family | Q::Plate | Q::Work | Q::School | Q::Usernames | Q::YetMore => self.says_yes(Q::More),
            Q::NationalInsurance | Q::Nhs | Q::Passport | Q::Licence | Q::Bank => {
                self.says_yes(Q::More) && self.says_yes(Q::YetMore)
            }
            Q::SendUsernames => !self.answers(Q::Usernames).is_empty() && self.has_permission(),
            _ => true,
        }
    }

    /// Whether permission was given, now or before.
    pub fn has_permission(&self) -> bool {
        !self.answers(Question::Permission).is_empty() && !self.is(Question::Permission, "no")
    }
}

#[cfg(test)]
mod tests;
