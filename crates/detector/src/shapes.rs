//! What has the shape of a telephone number, a mail address or a postcode, for excerpts: hidden without asking whose it is or
//! whether it is one. A masked order number does no harm.

use std::ops::Range;

use crate::attribute::{Word, folded, looks_like_postcode};

/// Figures of the shortest number that is hidden.
const FIGURES: usize = 9;

/// Where such shapes stand in a text with these words.
pub(crate) fn of_details(text: &str, all: &[Word<'_>]) -> Vec<Range<usize>> {
    let mut out = numbers(text);
    out.extend(mail_addresses(text));
    out.extend(postcodes(text, all));
    out
}

/// Long runs of figures, with the signs that people put between.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut run: Option<(usize, usize, usize)> = None;
    for (at, c) in text.char_indices() {
        match (c, run) {
            ('0'..='9', Some((from, _, count))) => run = Some((from, at + 1, count + 1)),
            ('0'..='9', None) => run = Some((at, at + 1, 1)),
            (
                ' ' | '-' | '.' | '(' | ')' | '/' | '+' | '\u{a0}' | '\u{2010}'..='\u{2015}' | '\u{200b}' | '\u{ad}',
                Some((_, end, _)),
            ) if at - end <= 6 => {}
            (_, Some((from, end, count))) => {
                if count >= FIGURES {
                    out.push(from..end);
                }
                run = None;
            }
            _ => {}
        }
    }
    if let Some((from, end, count)) = run
        && count >= FIGURES
    {
        out.push(from..end);
    }
    out
}

/// Something, an at sign, something with a dot. A handle has nothing before its sign.
fn mail_addresses(text: &str) -> Vec<Range<usize>> {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '\'' | '%');
    text.match_indices('@')
        .filter_map(|(at, _)| {
            let before = text
                .get(..at)?
                .rfind(|c| !part(c))
                .map_or(0, |i| i + text.get(i..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8));
            let rest = text.get(at + 1..)?;
            let after = at + 1 + rest.find(|c| !part(c)).unwrap_or(rest.len());
            // A full stop ends the sentence, not the address.
            let domain = text.get(at + 1..after)?.trim_end_matches('.');
            (before < at && domain.contains('.')).then_some(before..at + 1 + domain.len())
        })
        .collect()
}

/// Whole postcodes in capitals.
fn postcodes(text: &str, all: &[Word<'_>]) -> Vec<Range<usize>> {
    // Folding costs more than all else here: no postcode without a figure.
    let figure = |word: &Word<'_>| word.text.bytes().any(|b| b.is_ascii_digit() || !b.is_ascii());
    let capital = |range: &Range<usize>| text.get(range.clone()).is_some_and(|t| !t.chars().any(char::is_lowercase));
    let single = all.iter().filter(|w| figure(w) && looks_like_postcode(&folded(w.text))).map(|w| w.range.clone());
    let pairs = all.windows(2).filter_map(|pair| {
        let [a, b] = pair else { return None };
        let near = b.range.start - a.range.end <= 2;
        if !near || b.text.len() != 3 || !(figure(a) || figure(b)) {
            return None;
        }
        let joined = format!("{}{}", folded(a.text), folded(b.text));
        looks_like_postcode(&joined).then_some(a.range.start..b.range.end)
    });
    single.chain(pairs).filter(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let all = crate::attribute::words(text, 0..text.len());
        let got: Vec<&str> = of_details(text, &all).into_iter().map(|r| text.get(r).expect("test data")).collect();
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn shapes_of_details_and_their_near_misses() {
        check("ring +44 (0)1632 960777, or 07700-900-123.", &["44 (0)1632 960777", "07700-900-123"]);
        check("in 2019 and 2020, 45 of 612 cars", &[]);
        check("write to bob.smith@post.example or ask @bob", &["bob.smith@post.example"]);
        check("at ZZ99 4QT or ZZ994QB, not on M25 or in the 5 day", &["ZZ994QB", "ZZ99 4QT"]);
    }
}
