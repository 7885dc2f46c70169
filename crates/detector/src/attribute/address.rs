//! The parts of a supplied address, for judging how much of it stands somewhere and for hiding it.

use crate::attribute::fold::{folded, words};

/// Types of street with the short form in which people write them.
const STREET_TYPES: [(&str, &str); 32] = [
    ("lane", "ln"),
    ("road", "rd"),
    ("street", "st"),
    ("avenue", "ave"),
    ("close", "cl"),
    ("drive", "dr"),
    ("crescent", "cres"),
    ("terrace", "terr"),
    ("place", "pl"),
    ("court", "ct"),
    ("gardens", "gdns"),
    ("square", "sq"),
    ("grove", "gr"),
    ("park", "pk"),
    ("way", "way"),
    ("walk", "wlk"),
    ("hill", "hl"),
    ("rise", "rise"),
    ("row", "row"),
    ("view", "vw"),
    ("mews", "mews"),
    ("green", "grn"),
    ("parade", "pde"),
    ("mount", "mt"),
    ("gate", "gate"),
    ("fold", "fold"),
    ("croft", "croft"),
    ("quay", "quay"),
    ("wharf", "wharf"),
    ("boulevard", "blvd"),
    ("hey", "hey"),
    ("brow", "brow"),
];

/// Types that no village or suburb ends in.
const PLAIN_TYPES: [&str; 8] = ["lane", "road", "street", "avenue", "close", "drive", "crescent", "terrace"];

/// A supplied address in parts, all folded to letters and figures.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct AddressParts {
    /// House number or name, with a flat before it.
    pub(crate) number: String,
    /// The street in each spelling, the first as written.
    pub(crate) streets: Vec<String>,
    /// The street in words, in each spelling of its type.
    pub(crate) phrases: Vec<String>,
    /// Village, town, county: as written, not folded, without the postcode.
    pub(crate) localities: Vec<String>,
    /// The whole postcode.
    pub(crate) postcode: Option<String>,
}

impl AddressParts {
    /// Takes a supplied address apart.
    pub(crate) fn read(value: &str) -> Self {
        let (rest, postcode) = split_postcode(value);
        let pieces: Vec<&str> = rest.split([',', '\n', ';']).map(str::trim).filter(|p| !p.is_empty()).collect();
        // The street is the first piece with a number and a type of street in it ("Rose Court, 14 Mill Lane"), else with a
        // type, else with a number.
        let typed = |p: &str| words(p, 0..p.len()).iter().skip(1).any(|w| is_street_type(w.text));
        let street_at = pieces
            .iter()
            .position(|p| p.starts_with(|c: char| c.is_ascii_digit()) && typed(p))
            .or_else(|| pieces.iter().position(|p| typed(p)))
            .or_else(|| pieces.iter().position(|p| p.starts_with(|c: char| c.is_ascii_digit()) && p.contains(' ')))
            .unwrap_or_else(|| usize::from(pieces.len() > 2));
        let Some(piece) = pieces.get(street_at) else { return Self { postcode, ..Self::default() } };
        let all = words(piece, 0..piece.len());
        // Without commas the town follows the type of street in the same piece.
        let type_at = all.iter().enumerate().skip(1).find(|(_, w)| is_street_type(w.text)).map(|(i, _)| i);
        let last = type_at.unwrap_or_else(|| all.len().saturating_sub(1));
        let numbered = all.iter().take(last).rposition(|w| w.text.bytes().any(|b| b.is_ascii_digit()));
        let first = numbered.map_or(0, |i| i + 1);
        let mut number: String = pieces.iter().take(street_at).map(|p| folded(p)).collect();
        number.extend(all.iter().take(first).map(|w| folded(w.text)));
        let street_words: Vec<String> = all.iter().take(last + 1).skip(first).map(|w| folded(w.text)).collect();
        let mut localities: Vec<String> = Vec::new();
        let after: Vec<&str> = all.iter().skip(last + 1).map(|w| w.text).collect();
        if !after.is_empty() {
            localities.push(after.join(" "));
        }
        localities.extend(pieces.iter().skip(street_at + 1).map(|p| (*p).to_owned()));
        localities.retain(|l| l.chars().filter(|c| c.is_alphabetic()).count() >= 3);
        let mut streets = spellings(&street_words, "");
        let phrases = spellings(&street_words, " ");
        // A second street ("Mill Court, Mill Lane") is to be hidden too, and is no town.
        localities.retain(|l| {
            let is_street = words(l, 0..l.len()).last().is_some_and(|w| PLAIN_TYPES.contains(&folded(w.text).as_str()));
            if is_street {
                streets.push(folded(l));
            }
            !is_street
        });
        Self { number, streets, phrases, localities, postcode }
    }

    /// What must not be read in an excerpt besides the street, folded: number with street, postcode, house name.
    pub(crate) fn to_hide(&self) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for street in self.streets.iter().filter(|s| s.len() >= 4) {
            if !self.number.is_empty() {
                out.push(format!("{}{street}", self.number));
            }
        }
        out.extend(self.postcode.clone());
        if self.number.len() >= 6 {
            out.push(self.number.clone());
        }
        out
    }
}

fn is_street_type(word: &str) -> bool {
    let w = folded(word);
    STREET_TYPES.iter().any(|(long, short)| w == *long || (w == *short && w.len() > 1))
}

fn spellings(street: &[String], space: &str) -> Vec<String> {
    let Some((last, before)) = street.split_last() else { return Vec::new() };
    let stem: String = before.iter().map(|w| format!("{w}{space}")).collect();
    let mut out = vec![format!("{stem}{last}")];
    for (long, short) in STREET_TYPES {
        if last == long {
            out.push(format!("{stem}{short}"));
        } else if last == short {
            out.push(format!("{stem}{long}"));
        }
    }
    out.dedup();
    out
}

/// Splits a trailing postcode off: `(before, folded postcode)`.
fn split_postcode(value: &str) -> (String, Option<String>) {
    let trimmed = value.trim().trim_end_matches(['.', ',']);
    let all = words(trimmed, 0..trimmed.len());
    for take in [2_usize, 1] {
        let Some(from) = all.len().checked_sub(take) else { continue };
        let joined: String = all.iter().skip(from).map(|w| folded(w.text)).collect();
        if looks_like_postcode(&joined) {
            let start = all.get(from).map_or(trimmed.len(), |w| w.range.start);
            return (trimmed.get(..start).unwrap_or_default().to_owned(), Some(joined));
        }
    }
    (trimmed.to_owned(), None)
}

/// Whether folded text has the shape of a whole UK postcode.
pub(crate) fn looks_like_postcode(text: &str) -> bool {
    let b = text.as_bytes();
    if !(5..=7).contains(&b.len()) {
        return false;
    }
    let (out, inward) = b.split_at(b.len() - 3);
    inward[0].is_ascii_digit()
        && inward[1].is_ascii_alphabetic()
        && inward[2].is_ascii_alphabetic()
        && out[0].is_ascii_alphabetic()
        && out.iter().any(u8::is_ascii_digit)
        && out.iter().all(u8::is_ascii_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, number: &str, street: &str, localities: &[&str], postcode: Option<&str>) {
        let parts = AddressParts::read(value);
        assert_eq!(parts.number, number, "{value}");
        assert_eq!(parts.streets.first().map(String::as_str), Some(street), "{value}");
        assert_eq!(parts.localities, localities, "{value}");
        assert_eq!(parts.postcode.as_deref(), postcode, "{value}");
    }

    #[test]
    fn addresses_come_apart() {
        check("14 Mill Lane, Mereside, Northgate ZZ99 4QT", "14", "milllane", &["Mereside", "Northgate"], Some("zz994qt"));
        check("14 Mill Lane Mereside Northgate ZZ994QT", "14", "milllane", &["Mereside Northgate"], Some("zz994qt"));
        check("Flat 2, Rose House, 14a Mill Ln, Northgate", "flat2rosehouse14a", "millln", &["Northgate"], None);
        check("14, Mill Lane, Northgate", "14", "milllane", &["Northgate"], None);
        check("Rose Cottage, Mill Lane, Mereside", "rosecottage", "milllane", &["Mereside"], None);
        check("Rose Court, 14 Mill Lane, Mereside", "rosecourt14", "milllane", &["Mereside"], None);
        check("3 The Hollies, Northgate ZZ99 1AA", "3", "thehollies", &["Northgate"], Some("zz991aa"));
        assert_eq!(AddressParts::read("").streets.len(), 0);
        assert_eq!(AddressParts::read("14 Mill Lane").streets, ["milllane", "millln"]);
    }
}
