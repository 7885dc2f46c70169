//! Other people's names, cheaply: a title or a common first name with a capitalised word after it.

use std::ops::Range;

use unlisted_model::Text;

use super::first_names::is_first_name_hashed;
use crate::normalise::words::{particle, street_type, sure_street_type, title, venue_word};
use crate::page::{Gap, Page};

/// Where names of people stand, a subject's own among them; conservative, in order of the text, in bytes of `Text::chars`.
pub fn other_names(text: &Text) -> Vec<Range<usize>> {
    others_on(&Page::new(text))
}

/// The same of a text that is prepared already.
pub(crate) fn others_on(page: &Page<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut index = 0;
    while index < page.words.len() && found.len() < 5_000 {
        match name_at(page, index) {
            Some(end) => {
                found.push(page.words_span(index, end));
                index = end;
            }
            None => index += 1,
        }
    }
    found
}

/// The end of the name that begins at the word, if one does.
fn name_at(page: &Page<'_>, start: usize) -> Option<usize> {
    let word = page.words.get(start)?;
    if !word.is_capitalised() || word.len() < 2 || word.has_digit() {
        return None;
    }
    let titled = title(page.lower(*word));
    if !titled && !is_first_name_hashed(page.lower(*word), word.hash) {
        return None;
    }
    let mut end = start + 1;
    let mut surname = false;
    while end < start + 6 {
        let joined = match page.gap(end - 1) {
            Gap::Signs(b" " | b"-") => true,
            Gap::Signs(b". ") => page.words.get(end - 1).is_some_and(|w| w.len() == 1) || titled,
            _ => false,
        };
        let Some(next) = page.words.get(end).filter(|_| joined) else { break };
        let lower = page.lower(*next);
        if next.has_digit()
            || !(next.is_capitalised()
                || (particle(lower) && page.words.get(end + 1).is_some_and(|w| w.is_capitalised() || particle(page.lower(*w)))))
        {
            break;
        }
        if street_type(lower).is_some_and(sure_street_type) || venue_word(lower) {
            return None;
        }
        surname |= next.len() > 1 && next.is_capitalised() && !title(lower);
        end += 1;
        // First, middle and last are enough; more is a sentence in capitals.
        if surname && end > start + 2 + usize::from(titled) {
            break;
        }
    }
    surname.then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use unlisted_model::{About, Role};

    fn check(line: &str, names: &[&str]) {
        let mut text = Text::default();
        text.push(Role::Body, None, 0, About::Unknown, line, 0);
        let found: Vec<&str> = other_names(&text).into_iter().filter_map(|r| text.chars.get(r)).collect();
        assert_eq!(found, names, "{line}");
    }

    #[test]
    fn people_are_told_from_places() {
        check("Contact John Smith, Clerk, on 01632 960111", &["John Smith"]);
        check("by Cllr Patel and Mrs O'Neill.", &["Cllr Patel", "Mrs O'Neill"]);
        check("Siân van der Berg spoke", &["Siân van der Berg"]);
        check("St John Street, Oliver Road and John Lewis School", &[]);
        check("the clerk will answer", &[]);
        check("JOHN SMITH", &["JOHN SMITH"]);
    }
}
