//! The safe form of a value. Widths are fixed, so that a mask tells nothing of a length.

use crate::identifier::Kind;
use crate::secret::{Reveal, Secret};

/// A value that may be shown anywhere.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Masked(String);

impl Masked {
    /// The mask of a supplied value (rules of `ux-safety.md` §3.4): town and outward postcode of an address, last two
    /// figures of a phone, first letter and domain of an e-mail, year of a birth date, initials of a relative, dots for the rest.
    pub fn of(kind: Kind, value: &Secret) -> Self {
        let text = value.reveal(Reveal::ToCompare).trim();
        Self(match kind {
            Kind::HomeAddress => address(text),
            Kind::Phone => phone(text),
            Kind::Email => email(text),
            Kind::DateOfBirth => year(text),
            Kind::FamilyMember => initials(text),
            Kind::PhotoLocation => place(text),
            _ => DOTS.to_owned(),
        })
    }

    /// The mask of a detail that nobody supplied: nothing but dots.
    pub fn hidden() -> Self {
        Self(DOTS.to_owned())
    }

    /// A mask that a store kept. The caller vouches that it came from [`Masked::of`] or [`Masked::hidden`].
    pub fn kept(mask: String) -> Self {
        Self(mask)
    }

    /// The safe text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Masked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Degrees to two decimals, about a kilometre; whatever else it is, dots.
fn place(text: &str) -> String {
    let degrees: Vec<f64> = text.split(',').filter_map(|d| d.trim().parse().ok()).collect();
    match degrees.as_slice() {
        [north, east] if north.abs() <= 90.0 && east.abs() <= 180.0 => format!("{north:.2}, {east:.2}"),
        _ => DOTS.to_owned(),
    }
}

const DOTS: &str = "••••••";

fn address(text: &str) -> String {
    let parts: Vec<&str> = text.split([',', '\n']).map(str::trim).filter(|p| !p.is_empty()).collect();
    let (outward, last_words) = outward(parts.last().copied().unwrap_or_default());
    // The town is the last part before the postcode; with fewer than three parts it cannot be told from the street.
    let town = if parts.len() >= 3 {
        if last_words.is_empty() { parts.get(parts.len() - 2).map_or_else(String::new, |p| (*p).to_owned()) } else { last_words }
    } else {
        String::new()
    };
    let town = if town.bytes().any(|b| b.is_ascii_digit()) { String::new() } else { town };
    match (town.is_empty(), outward) {
        (true, None) => format!("•• {DOTS}"),
        (true, Some(out)) => format!("•• {DOTS}, {out} •••"),
        (false, None) => format!("•• {DOTS}, {town}"),
        (false, Some(out)) => format!("•• {DOTS}, {town} {out} •••"),
    }
}

/// Splits a trailing UK postcode off: its outward half, and the words before it.
fn outward(last: &str) -> (Option<String>, String) {
    let words: Vec<&str> = last.split_whitespace().collect();
    let inward = |w: &str| {
        let b = w.as_bytes();
        b.len() == 3 && b[0].is_ascii_digit() && b[1].is_ascii_alphabetic() && b[2].is_ascii_alphabetic()
    };
    let out = |w: &str| {
        let b = w.as_bytes();
        (2..=4).contains(&b.len()) && b[0].is_ascii_alphabetic() && w.bytes().any(|c| c.is_ascii_digit())
    };
    match words.as_slice() {
        [rest @ .., o, i] if inward(i) && out(o) => (Some(o.to_uppercase()), rest.join(" ")),
        [rest @ .., joined] if joined.len() >= 5 && joined.is_char_boundary(joined.len() - 3) => {
            let (o, i) = joined.split_at(joined.len() - 3);
            if inward(i) && out(o) { (Some(o.to_uppercase()), rest.join(" ")) } else { (None, words.join(" ")) }
        }
        _ => (None, words.join(" ")),
    }
}

fn phone(text: &str) -> String {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    match digits.len() {
        0..=5 => DOTS.to_owned(),
        n => format!("{DOTS}{}{}", digits[n - 2], digits[n - 1]),
    }
}

fn email(text: &str) -> String {
    match text.split_once('@') {
        Some((local, domain)) if !domain.is_empty() => {
            format!("{}•••@{}", local.chars().next().unwrap_or('•'), domain.to_lowercase())
        }
        _ => DOTS.to_owned(),
    }
}

fn year(text: &str) -> String {
    let digits_only = |w: &str| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .find(|w| digits_only(w))
        .map_or_else(|| DOTS.to_owned(), |y| format!("••/••/{y}"))
}

fn initials(text: &str) -> String {
    let letters: Vec<String> = text
        .split_whitespace()
        .filter_map(|w| w.chars().find(|c| c.is_alphabetic()))
        .take(3)
        .map(|c| format!("{}.", c.to_uppercase()))
        .collect();
    if letters.is_empty() { DOTS.to_owned() } else { letters.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: Kind, value: &str, expect: &str) {
        assert_eq!(Masked::of(kind, &Secret::new(value)).as_str(), expect);
    }

    #[test]
    fn masks_keep_only_what_the_rule_allows() {
        check(Kind::HomeAddress, "14 Mill Lane, Mereside, Northgate ZZ99 4QT", "•• ••••••, Northgate ZZ99 •••");
        check(Kind::HomeAddress, "14 Mill Lane, Mereside, Northgate, ZZ994QT", "•• ••••••, Northgate ZZ99 •••");
        check(Kind::HomeAddress, "Rose Cottage, Mereside", "•• ••••••");
        check(Kind::HomeAddress, "14 Mill Lane ZZ99 4QT", "•• ••••••, ZZ99 •••");
        check(Kind::Phone, "07700 900123", "••••••23");
        check(Kind::Email, "Amina.R@mail.example", "A•••@mail.example");
        check(Kind::DateOfBirth, "1984-03-09", "••/••/1984");
        check(Kind::FamilyMember, "Joe Castle", "J. C.");
        check(Kind::Passport, "123456789", "••••••");
    }
}
