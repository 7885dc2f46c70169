//! How a challenge is told from a page. The marks are data: `config/challenges.csv`, embedded; no cell holds a comma.
//! Places: `header` (name=part of its value), `sure` (text that only challenges have), `stub` (text that ordinary pages
//! behind the same guard have too), `refusal` (text that counts beside a status that refuses).

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::exchange::Response;

static ROWS: &str = include_str!("../../../../config/challenges.csv");

/// A challenge says so early.
const LOOKED_AT: usize = 64 * 1024;
/// A challenge sent with status 200 is short; an ordinary page that mentions such a mark is longer.
const SHORT: usize = 16 * 1024;
/// Some marks stand in ordinary pages behind the same guard too: with status 200 they count in a bare stub only.
const STUB: usize = 2 * 1024;

struct Marks {
    /// Response headers that only challenges have: name, and what their value contains.
    headers: Vec<(&'static str, &'static str)>,
    /// Text that only challenges have, at any status.
    sure: Option<AhoCorasick>,
    /// Text that means a challenge in a page with hardly anything else.
    stub: Option<AhoCorasick>,
    /// Text that means a challenge beside a status that refuses.
    beside_refusal: Option<AhoCorasick>,
    /// Those of them that are words to a reader.
    phrases: Option<AhoCorasick>,
}

static MARKS: LazyLock<Marks> = LazyLock::new(|| {
    let rows = ROWS.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        Some((cells.next()?, cells.next()?))
    });
    let some = |place: &str, wanted: fn(&&str) -> bool| {
        let texts: Vec<&str> = rows.clone().filter(|(p, _)| *p == place).map(|(_, t)| t).filter(wanted).collect();
        AhoCorasick::builder().ascii_case_insensitive(true).build(texts).ok()
    };
    let texts = |place: &str| some(place, |_| true);
    Marks {
        headers: rows.clone().filter(|(p, _)| *p == "header").filter_map(|(_, t)| t.split_once('=')).collect(),
        sure: texts("sure"),
        stub: texts("stub"),
        beside_refusal: texts("refusal"),
        phrases: some("refusal", |text| text.contains(' ') && !text.contains('<')),
    }
});

/// Whether an answer is a puzzle for people instead of a page.
pub(super) fn is_challenge(response: &Response) -> bool {
    let marks = &*MARKS;
    if marks.headers.iter().any(|(name, part)| response.header(name).is_some_and(|v| v.to_lowercase().contains(part))) {
        return true;
    }
    let refuses = matches!(response.status, 202 | 401 | 403 | 405 | 406 | 503);
    let body = response.body.get(..LOOKED_AT).unwrap_or(&response.body);
    let has = |set: &Option<AhoCorasick>| set.as_ref().is_some_and(|set| set.is_match(body));
    if refuses {
        return has(&marks.sure) || has(&marks.stub) || has(&marks.beside_refusal);
    }
    let size = response.body.len();
    response.status == 200 && (size <= SHORT && has(&marks.sure) || size <= STUB && has(&marks.stub))
}

/// Whether a short page at status 200 that says `chars` asks its reader to prove that they are a person: in words, or, where it
/// says next to nothing, by the script of a puzzle.
pub(crate) fn wants_proof_of_a_person(response: &Response, chars: &str, says_nothing: bool) -> bool {
    let body = response.body.get(..LOOKED_AT).unwrap_or(&response.body);
    let has = |set: &Option<AhoCorasick>, text: &[u8]| set.as_ref().is_some_and(|set| set.is_match(text));
    has(&MARKS.phrases, chars.as_bytes()) || says_nothing && has(&MARKS.beside_refusal, body)
}

#[cfg(test)]
mod tests {
    use super::{MARKS, ROWS};

    #[test]
    fn every_row_is_understood() {
        let mut rows = ROWS.lines();
        assert_eq!(rows.next(), Some("place,mark,source,read-on"));
        for row in rows {
            let cells: Vec<&str> = row.split(',').collect();
            assert_eq!(cells.len(), 4, "{row}");
            assert!(["header", "sure", "stub", "refusal"].contains(&cells[0]), "{row}");
            assert!(!cells[1].trim().is_empty() && !cells[2].is_empty() && cells[3].len() == 10, "{row}");
            assert!(cells[0] != "header" || cells[1] == cells[1].to_lowercase() && cells[1].contains('='), "{row}");
        }
        assert!(MARKS.sure.is_some() && MARKS.stub.is_some() && MARKS.beside_refusal.is_some() && !MARKS.headers.is_empty());
    }
}
