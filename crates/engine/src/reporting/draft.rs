//! Fills a letter. A line whose gap is empty goes away with it.

use std::collections::BTreeMap;

/// The longest text of a gap, in characters: an address or a name, never a story.
const LONGEST: usize = 2_000;

/// The letter with its gaps filled. What fills a gap is one line without control characters, and is not read again.
pub(super) fn fill(letter: &str, gaps: &BTreeMap<&str, String>) -> String {
    let mut out = String::with_capacity(letter.len() + 256);
    for line in letter.lines() {
        if let Some(line) = filled(line, gaps) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}

/// None: one of its gaps is empty.
fn filled(line: &str, gaps: &BTreeMap<&str, String>) -> Option<String> {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        match after.split_once('}').and_then(|(name, tail)| Some((gaps.get(name)?, tail))) {
            Some((value, tail)) => {
                let value = one_line(value);
                if value.is_empty() {
                    return None;
                }
                out.push_str(&value);
                rest = tail;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Some(out)
}

fn one_line(value: &str) -> String {
    let shown: String = value.chars().take(LONGEST).map(|c| if c.is_control() || turns(c) { ' ' } else { c }).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters that turn the direction of text or hide: an address must read as it stands.
const fn turns(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(letter: &str, page: &str, expect: &str) {
        let gaps = BTreeMap::from([("page", page.to_owned()), ("days", "3".to_owned())]);
        assert_eq!(fill(letter, &gaps), expect);
    }

    #[test]
    fn gaps_are_filled_once_and_on_one_line() {
        check("Page: {page}\nWithin {days} days\n", "https://a.example/", "Page: https://a.example/\nWithin 3 days\n");
        check("Page: {page}\nWithin {days} days\n", "", "Within 3 days\n");
        check("Page: {page}\n", "{days}", "Page: {days}\n");
        check("Page: {page}\n", "a\r\nHeading: b\u{1b}[2J\u{202e}c", "Page: a Heading: b [2J c\n");
        check("{nothing} {page\n", "x", "{nothing} {page\n");
    }
}
