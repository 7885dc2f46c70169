//! Which rows name the columns of a table, and which columns hold other people.

/// Words that heads of columns are made of, as notices of elections, registers and lists use them.
const WORDS: [&str; 137] = [
    "a",
    "above",
    "address",
    "addresses",
    "agent",
    "agent's",
    "agents",
    "and",
    "any",
    "as",
    "assentor",
    "assentors",
    "at",
    "authority",
    "be",
    "been",
    "birth",
    "body",
    "by",
    "candidate",
    "candidate's",
    "candidates",
    "category",
    "claims",
    "comments",
    "commonly",
    "contact",
    "correspondence",
    "councillor",
    "date",
    "decision",
    "description",
    "details",
    "different",
    "division",
    "dob",
    "documents",
    "e",
    "each",
    "elected",
    "election",
    "electoral",
    "electors",
    "email",
    "etc",
    "first",
    "forename",
    "forenames",
    "from",
    "full",
    "given",
    "have",
    "home",
    "how",
    "if",
    "in",
    "interest",
    "interests",
    "invalid",
    "is",
    "it",
    "known",
    "last",
    "legal",
    "longer",
    "mail",
    "may",
    "member",
    "mobile",
    "name",
    "names",
    "nature",
    "no",
    "nominated",
    "nomination",
    "not",
    "notes",
    "notices",
    "number",
    "occupation",
    "of",
    "office",
    "officer",
    "officer's",
    "offices",
    "on",
    "one",
    "or",
    "other",
    "parish",
    "parties",
    "party",
    "person",
    "persons",
    "phone",
    "place",
    "political",
    "post",
    "postcode",
    "process",
    "proposer",
    "proposers",
    "reason",
    "ref",
    "returning",
    "role",
    "s",
    "seconder",
    "seconders",
    "sent",
    "shown",
    "signature",
    "stands",
    "status",
    "subscriber",
    "subscribers",
    "surname",
    "tel",
    "telephone",
    "the",
    "their",
    "there",
    "these",
    "this",
    "title",
    "to",
    "town",
    "type",
    "validly",
    "votes",
    "ward",
    "was",
    "were",
    "where",
    "which",
    "why",
    "will",
];

/// Welsh ones.
const WELSH: [&str; 22] = [
    "a",
    "arall",
    "asiant",
    "blaid",
    "cartref",
    "cyfeiriad",
    "cyfenw",
    "cynigydd",
    "disgrifiad",
    "eilydd",
    "enw",
    "enwau",
    "enw'r",
    "etholiad",
    "hyn",
    "neu",
    "os",
    "plaid",
    "reswm",
    "swyddfa",
    "ymgeisydd",
    "ôl",
];

/// Words of which a head has at least one.
const TELLING: [&str; 41] = [
    "address",
    "addresses",
    "agent",
    "candidate",
    "candidates",
    "contact",
    "cyfeiriad",
    "cyfenw",
    "cynigydd",
    "date",
    "decision",
    "description",
    "disgrifiad",
    "dob",
    "eilydd",
    "election",
    "email",
    "enw",
    "enw'r",
    "enwau",
    "forename",
    "forenames",
    "member",
    "mobile",
    "name",
    "names",
    "number",
    "occupation",
    "party",
    "phone",
    "postcode",
    "proposer",
    "reason",
    "seconder",
    "subscriber",
    "subscribers",
    "surname",
    "tel",
    "telephone",
    "ward",
    "ymgeisydd",
];

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '\u{2019}'))
        .filter(|w| !w.is_empty())
        .map(|w| w.to_lowercase().replace('\u{2019}', "'"))
}

/// Whether a text could be the head of a column or a part of one: nothing but words of heads.
pub(in crate::extract) fn is_head(text: &str) -> bool {
    let mut any = false;
    let all = words(text).all(|w| {
        any = true;
        w == "s" || WORDS.binary_search(&w.as_str()).is_ok() || WELSH.contains(&w.as_str())
    });
    all && (any || text.chars().all(|c| !c.is_alphanumeric()))
}

/// Whether one of its words is one that names a detail.
pub(in crate::extract) fn is_telling(text: &str) -> bool {
    words(text).any(|w| TELLING.binary_search(&w.as_str()).is_ok())
}

/// Whether a column or a labelled value names somebody else than the person of its row: who proposed, seconded, signed
/// for or acts for them.
pub(in crate::extract) fn is_third_party(label: &str) -> bool {
    const OTHERS: [&str; 12] = [
        "proposer",
        "proposers",
        "seconder",
        "seconders",
        "subscriber",
        "subscribers",
        "assentor",
        "assentors",
        "agent",
        "agents",
        "cynigydd",
        "eilydd",
    ];
    words(label).any(|w| OTHERS.contains(&w.trim_end_matches("'s")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_told_from_rows() {
        assert!(WORDS.is_sorted() && TELLING.is_sorted());
        for head in ["Name of Candidate", "Description (if any)", "Home Address", "Other Names", "Reason why", "Enw'r ymgeisydd"]
        {
            assert!(is_head(head) && (is_telling(head)), "{head}");
        }
        assert!(is_head("(+)") && is_head("no longer") && !is_telling("no longer"));
        for row in ["TESTER", "14 Invented Crescent,", "Hugo", "(address in Exampleford)", "Sample Party", ""] {
            assert!(!(is_head(row) && is_telling(row)), "{row}");
        }
        assert!(is_third_party("Name of Proposer (+) Seconder (++)") && is_third_party("Election Agent's name"));
        assert!(!is_third_party("Home address") && !is_third_party("Name of candidate"));
    }
}
