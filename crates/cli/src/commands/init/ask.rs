//! Asks one question of `unlisted init` until its answer will do.

use unlisted_engine::init::{Found, MOST_SHOWN, Question, Shape, check, find_councils};
use unlisted_model::{Reveal, Secret};

use super::Session;
use crate::failure::Failure;
use crate::terminal;
use crate::words::{n, t};

/// A question that was asked already needs no words before its answer.
pub(super) const NO_WORDS: &str = "";

/// Where to go after an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    On,
    Back,
}

/// The short name of a question.
pub(super) fn title(question: Question) -> String {
    t(&format!("init.{}_title", question.as_str()), &[])
}

/// One line of input; None when it is empty.
pub(super) fn line(key: &str, gaps: &[(&str, &str)]) -> Result<Option<Secret>, Failure> {
    super::asked(key, gaps)
}

/// The same end of the input, before anything could be kept.
pub(super) fn stopped_before(failure: Failure) -> Failure {
    Failure { words: t("init.stopped_before", &[]), ..failure }
}

/// A short answer in small letters.
pub(super) fn word(answer: &Secret) -> String {
    answer.reveal(Reveal::ToCompare).trim().chars().take(40).collect::<String>().to_lowercase()
}

/// The number that was typed: "2", "2.", "2)".
pub(super) fn number(answer: &Secret) -> Option<usize> {
    word(answer).trim_end_matches(['.', ')']).parse().ok()
}

pub(super) fn is_yes(word: &str) -> bool {
    t("dialogue.yes_words", &[]).split_whitespace().any(|w| w == word)
}

pub(super) fn is_no(word: &str) -> bool {
    t("dialogue.no_words", &[]).split_whitespace().any(|w| w == word)
}

/// Yes, no, none: said of a question, and never the thing that is asked for.
fn is_no_answer(word: &str) -> bool {
    let word = word.trim_end_matches(['.', '!']);
    is_yes(word) || is_no(word) || t("init.none_words", &[]).split_whitespace().any(|none| none == word)
}

/// A question beside the interview; None when it is passed over.
pub(super) fn yes_or_no(key: &str, gaps: &[(&str, &str)]) -> Result<Option<bool>, Failure> {
    loop {
        match line(key, gaps)?.as_ref().map(word).as_deref() {
            None => return Ok(None),
            Some(word) if is_yes(word) => return Ok(Some(true)),
            Some(word) if is_no(word) => return Ok(Some(false)),
            Some(_) => terminal::say(&t("init.yes_or_no", &[])),
        }
    }
}

impl Session<'_> {
    /// Asks one question.
    pub(super) fn ask(&mut self, question: Question) -> Result<Step, Failure> {
        let name = question.as_str();
        terminal::say("\n");
        terminal::say(&t(&format!("init.{name}"), &[]));
        terminal::say(&format!("  {}", t(&format!("init.{name}_why"), &[])));
        self.say_more(question);
        let present = self.shown(question);
        if !present.is_empty() {
            terminal::say(&format!("  {}", t("init.present", &[("answers", &present.join("; "))])));
        }
        match question.shape() {
            Shape::YesNo => self.yes_no(question),
            Shape::Choice(words) => self.choice(question, words),
            Shape::Council => self.council(),
            Shape::Text => self.text(question),
        }
    }

    /// What some questions show before their answer: lists, and the exact words of the permission.
    fn say_more(&self, question: Question) {
        match question.shape() {
            Shape::Choice(words) => {
                for (at, choice) in words.iter().enumerate() {
                    let what = t(&format!("init.choice_{choice}"), &[]);
                    terminal::say(&t("init.numbered", &[("n", &(at + 1).to_string()), ("what", &what)]));
                }
            }
            _ if question == Question::Permission => {
                let until = super::shown::day(self.interview.until(self.today));
                let gaps = [("name", self.interview.full_name().unwrap_or_default()), ("until", until.as_str())];
                terminal::say(&t("init.permission_words", &gaps));
            }
            _ => {}
        }
    }

    /// The line that answers, with what every question takes: nothing, `<`, `-`.
    fn answer(&mut self, question: Question, key: &str) -> Result<Given, Failure> {
        let needed = question == Question::FullName;
        loop {
            let Some(answer) = self.line(key, &[])? else {
                if needed && self.interview.answers(question).is_empty() {
                    terminal::say(&t("init.name_needed", &[]));
                    continue;
                }
                return Ok(Given::Go(Step::On));
            };
            match word(&answer).as_str() {
                "<" => return Ok(Given::Go(Step::Back)),
                "-" if needed => terminal::say(&t("init.name_needed", &[])),
                "-" => {
                    self.interview.set(question, vec![]);
                    self.keep()?;
                    terminal::say(&t("init.taken_out", &[]));
                }
                _ => return Ok(Given::Answer(answer)),
            }
        }
    }

    fn yes_no(&mut self, question: Question) -> Result<Step, Failure> {
        loop {
            let answer = match self.answer(question, "init.answer_yes_no")? {
                Given::Go(step) => return Ok(step),
                Given::Answer(answer) => word(&answer),
            };
            let yes = is_yes(&answer);
            if !yes && !is_no(&answer) {
                terminal::say(&t("init.yes_or_no", &[]));
                continue;
            }
            if question == Question::Permission {
                self.interview.permit(yes, self.today);
            } else {
                self.interview.add(question, Secret::new(if yes { "yes" } else { "no" }));
            }
            if question == Question::Watched && yes {
                terminal::say(&t("init.watched_advice", &[]));
            }
            return Ok(Step::On);
        }
    }

    fn choice(&mut self, question: Question, words: &[&str]) -> Result<Step, Failure> {
        loop {
            let answer = match self.answer(question, "init.answer_number")? {
                Given::Go(step) => return Ok(step),
                Given::Answer(answer) => answer,
            };
            let typed = word(&answer);
            let by_number = number(&answer).and_then(|n| words.get(n.checked_sub(1)?));
            let chosen = by_number.or_else(|| words.iter().find(|w| w.to_lowercase() == typed));
            if let Some(chosen) = chosen {
                self.interview.add(question, Secret::new(*chosen));
                return Ok(Step::On);
            }
            terminal::say(&t("init.number_again", &[]));
        }
    }

    fn council(&mut self) -> Result<Step, Failure> {
        let councils = &self.config.councils;
        let mut shown: Vec<String> = vec![];
        loop {
            let key = if shown.is_empty() { "init.answer_council" } else { "init.answer_council_number" };
            let answer = match self.answer(Question::Council, key)? {
                Given::Go(step) => return Ok(step),
                Given::Answer(answer) => answer,
            };
            let picked = number(&answer).and_then(|n| shown.get(n.checked_sub(1)?)).cloned();
            if number(&answer).is_some() && picked.is_none() {
                terminal::say(&t("init.number_again", &[]));
                continue;
            }
            let code = match picked {
                Some(code) => code,
                None => {
                    let Found { councils: found, all } = find_councils(councils, answer.reveal(Reveal::ToCompare), self.today);
                    match found.as_slice() {
                        [] => {
                            terminal::say(&t("init.no_council", &[]));
                            shown.clear();
                            continue;
                        }
                        [only] => only.code.clone(),
                        several => {
                            terminal::say(&n("init.councils", all, &[]));
                            for (at, council) in several.iter().enumerate() {
                                let gaps = [("n", (at + 1).to_string()), ("what", council.name.clone())];
                                terminal::say(&t("init.numbered", &gaps.each_ref().map(|(gap, text)| (*gap, text.as_str()))));
                            }
                            if all > MOST_SHOWN {
                                terminal::say(&n("init.more_councils", all - several.len(), &[]));
                            }
                            shown = several.iter().map(|c| c.code.clone()).collect();
                            continue;
                        }
                    }
                }
            };
            let name = councils.get(&code).map(|c| c.name.clone()).unwrap_or_default();
            terminal::say(&t("init.council_is", &[("council", &name)]));
            self.interview.add(Question::Council, Secret::new(code));
            return Ok(Step::On);
        }
    }

    fn text(&mut self, question: Question) -> Result<Step, Failure> {
        let mut key = NO_WORDS;
        loop {
            let answer = match self.answer(question, key)? {
                Given::Go(step) => return Ok(step),
                Given::Answer(answer) => answer,
            };
            // "Which other names …?" sounds like a question of yes or no to some; neither is a name.
            if question != Question::FullName && is_no_answer(&word(&answer)) {
                terminal::say(&t("init.type_it", &[]));
                continue;
            }
            match check(&self.interview, question, &answer, self.today) {
                Err((what, write)) => {
                    terminal::say(&t("init.again", &[("what", &t(what, &[])), ("write", &t(write, &[]))]));
                }
                Ok(read) => {
                    for odd in read.odd {
                        terminal::say(&t("init.odd", &[("what", &t(odd, &[]))]));
                    }
                    self.interview.add(question, read.value);
                    if !question.takes_several() {
                        return Ok(Step::On);
                    }
                    self.keep()?;
                    key = "init.another";
                }
            }
        }
    }
}

/// What came of one line.
enum Given {
    Go(Step),
    Answer(Secret),
}
