//! Names of relatives and schools of children in a sentence: hidden in excerpts, never reported.

use std::ops::Range;

use crate::attribute::Word;

const RELATIVES: [&str; 40] = [
    "son",
    "sons",
    "daughter",
    "daughters",
    "child",
    "children",
    "kid",
    "kids",
    "baby",
    "toddler",
    "twins",
    "husband",
    "wife",
    "partner",
    "fiancé",
    "fiancée",
    "fiance",
    "fiancee",
    "mother",
    "father",
    "mum",
    "dad",
    "brother",
    "brothers",
    "sister",
    "sisters",
    "niece",
    "nephew",
    "grandson",
    "granddaughter",
    "grandchildren",
    "grandmother",
    "grandfather",
    "nan",
    "stepson",
    "stepdaughter",
    "girlfriend",
    "boyfriend",
    "sibling",
    "siblings",
];
const SCHOOLS: [&str; 8] = ["school", "nursery", "academy", "preschool", "pre-school", "playgroup", "kindergarten", "college"];
const NO_NAME: [&str; 14] =
    ["the", "she", "he", "they", "i", "we", "at", "in", "on", "council", "cllr", "councillor", "mp", "party"];

/// Where the names of relatives stand in a sentence, and of schools when it speaks of relatives; `all` are its words.
pub(crate) fn names_of_relatives(text: &str, all: &[Word<'_>]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut speaks_of_kin = false;
    for (i, word) in all.iter().enumerate() {
        if !word.is_any(&RELATIVES) {
            continue;
        }
        speaks_of_kin = true;
        let mut last = word.range.end;
        for next in all.iter().skip(i + 1).take(9) {
            let gap = text.get(last..next.range.start).unwrap_or("\n");
            if gap.contains(['.', '\n', ';', '!', '?']) {
                break;
            }
            if next.is_capital() && !next.is_any(&NO_NAME) {
                out.push(next.range.clone());
            } else if !matches!(next.text, "and" | "called" | "named" | "is" | "are" | "aged")
                && !next.text.bytes().all(|b| b.is_ascii_digit())
            {
                break;
            }
            last = next.range.end;
        }
    }
    if speaks_of_kin {
        for (i, word) in all.iter().enumerate().filter(|(_, w)| w.is_any(&SCHOOLS)) {
            let mut start = word.range.start;
            for before in all.iter().take(i).rev().take(5) {
                if !before.is_capital()
                    || text.get(before.range.end..start).is_none_or(|g| !g.chars().all(|c| c == ' ' || c == '.'))
                {
                    break;
                }
                start = before.range.start;
            }
            if start < word.range.start {
                out.push(start..word.range.end);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let all = crate::attribute::words(text, 0..text.len());
        let got: Vec<&str> = names_of_relatives(text, &all).into_iter().map(|r| text.get(r).expect("test data")).collect();
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn relatives_and_their_schools_are_found() {
        check("She and her husband Joe have a daughter, Lily, 7, and a son called Max.", &["Joe", "Lily", "Max"]);
        check("Her son Tim goes to Mill Lane Primary School.", &["Tim", "Mill Lane Primary School"]);
        check("Her children Ann and Ben Castle", &["Ann", "Ben", "Castle"]);
        check("She visited Mereside Primary School on Monday.", &[]);
        check("The children said so. Amina Castle agreed.", &[]);
    }
}
