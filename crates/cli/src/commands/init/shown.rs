//! The answers as they may stand on the screen: private ones masked.

use jiff::civil::Date;
use unlisted_engine::init::{Question, Shape};
use unlisted_model::masked::Masked;
use unlisted_model::{Kind, Reveal, Secret};

use super::{Session, ask};
use crate::words::t;

/// A day as people write it.
pub(super) fn day(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

impl Session<'_> {
    /// The answers to one question.
    pub(super) fn shown(&self, question: Question) -> Vec<String> {
        let answers = self.interview.answers(question);
        if question == Question::Permission {
            return match self.interview.kept_until() {
                Some(until) => vec![t("init.permission_kept", &[("until", &day(until))])],
                None if answers.is_empty() => vec![],
                None => vec![t(if self.interview.has_permission() { "init.yes" } else { "init.no" }, &[])],
            };
        }
        answers.iter().map(|answer| self.one(question, answer)).collect()
    }

    fn one(&self, question: Question, answer: &Secret) -> String {
        // Shown because whoever sits here typed it, on this run or in this store.
        let open = || answer.reveal(Reveal::OperatorAsked).to_owned();
        match (question, question.kind()) {
            (Question::FormerNames, _) => Masked::of(Kind::FamilyMember, answer).to_string(),
            (Question::HelpParty | Question::HelpTrusted | Question::HelpPolice, _) => t("init.given", &[]),
            (Question::Election, _) => open().parse().map_or_else(|_| open(), day),
            (Question::Council, _) => self.config.councils.get(&open()).map_or_else(open, |c| c.name.clone()),
            (_, Some(kind)) => Masked::of(kind, answer).to_string(),
            _ => match question.shape() {
                Shape::Choice(_) => t(&format!("init.choice_{}", open()), &[]),
                Shape::YesNo => t(if open() == "yes" { "init.yes" } else { "init.no" }, &[]),
                _ => open(),
            },
        }
    }

    /// All answers, one line for each question that has any.
    pub(super) fn summary(&self) -> Vec<String> {
        let not = [Question::Watched, Question::More, Question::YetMore];
        let asked = Question::ALL.into_iter().filter(|q| !not.contains(q));
        asked
            .filter_map(|question| {
                let mut answers = self.shown(question);
                if question == Question::Permission && !self.interview.has_permission() {
                    answers = vec![t("init.permission_none", &[])];
                } else if question == Question::Permission && self.interview.kept_until().is_none() {
                    answers = vec![t("init.permission_until", &[("until", &day(self.interview.until(self.today)))])];
                }
                let line = |answers: String| t("init.line", &[("title", &ask::title(question)), ("answers", &answers)]);
                (!answers.is_empty()).then(|| line(answers.join("; ")))
            })
            .collect()
    }
}
