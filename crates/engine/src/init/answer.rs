//! Whether an answer will do. One that cannot be read is told with what to write; one that looks odd is kept and told.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use unlisted_model::{Reveal, Secret};

use super::{Interview, Question};
use crate::subject_file::values::{self, Wrong};
use crate::subject_file::{one_line, web_address};

/// An answer in the form in which it is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// The answer.
    pub value: Secret,
    /// Keys of what looks odd.
    pub odd: Vec<&'static str>,
}

/// Reads an answer in words (for [`Shape::Text`](super::Shape::Text)).
///
/// # Errors
/// Keys of what is wrong and what to write.
pub fn check(interview: &Interview, question: Question, given: &Secret, today: Date) -> Result<Answer, Wrong> {
    let text = given.reveal(Reveal::ToCompare).trim();
    let plain = |odd: Option<&'static str>| Answer { value: Secret::new(text), odd: odd.into_iter().collect() };
    match question {
        Question::FullName => {
            one_line(text)?;
            if !values::is_full_name(text) {
                return Err(("subject-file.one_name", "subject-file.one_name_do"));
            }
            Ok(plain(None))
        }
        Question::OtherNames | Question::FormerNames => {
            one_line(text)?;
            if text.chars().filter(|c| c.is_alphabetic()).count() < 2 {
                return Err(("subject-file.name", "subject-file.name_do"));
            }
            Ok(plain(None))
        }
        Question::Party | Question::Area => {
            one_line(text)?;
            if !text.contains(char::is_alphabetic) {
                return Err(("init.only_figures", "init.only_figures_do"));
            }
            Ok(plain(None))
        }
        // An address has a few figures; ten or more are a phone number.
        Question::Home | Question::PublicOffice if text.chars().filter(char::is_ascii_digit).count() >= 10 => {
            Err(("init.phone_here", "subject-file.address_do"))
        }
        Question::Election => polling_day(text, today),
        Question::Pages => page(text),
        _ => match question.kind() {
            Some(kind) => {
                let read = values::read(kind, text)?;
                if question == Question::BirthDate && values::date(&read.text).is_some_and(|day| day >= today) {
                    return Err(("init.born_later", "subject-file.born_do"));
                }
                let value = Secret::new(read.text);
                let mut odd: Vec<&'static str> = read.odd.into_iter().collect();
                if question.other_side().is_some_and(|other| interview.answers(other).contains(&value)) {
                    odd.push("init.both_sides");
                }
                Ok(Answer { value, odd })
            }
            None => one_line(text).map(|()| plain(None)),
        },
    }
}

/// A day that exists and is not over. Polling days are Thursdays; another day is rare, not wrong.
fn polling_day(text: &str, today: Date) -> Result<Answer, Wrong> {
    let day = values::date(text).ok_or(("init.no_day", "init.no_day_do"))?;
    if day < today {
        return Err(("init.day_over", "init.day_over_do"));
    }
    let mut odd = vec![];
    if day > today.saturating_add(6.years()) {
        odd.push("init.day_far");
    } else if day.weekday() != Weekday::Thursday {
        odd.push("init.no_thursday");
    }
    Ok(Answer { value: Secret::new(day.to_string()), odd })
}

/// An address of the person's own; people leave its beginning out.
fn page(text: &str) -> Result<Answer, Wrong> {
    const WRITE: &str = "init.page_do";
    one_line(text)?;
    if text.contains(char::is_whitespace) || (text.contains('@') && !text.contains('/')) {
        return Err(("subject-file.not_web", WRITE));
    }
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let url = web_address(&whole).map_err(|what| (what, WRITE))?;
    if url.host_str().is_none_or(|host| !host.contains('.')) {
        return Err(("subject-file.not_web", WRITE));
    }
    Ok(Answer { value: Secret::new(url.as_str()), odd: vec![] })
}
