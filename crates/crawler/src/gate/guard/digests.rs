//! Digests of private values: what a site that takes an e-mail's or a telephone number's digest would be sent.

use std::collections::BTreeSet;

use md5::{Digest, Md5};
use sha1::Sha1;
use sha2::Sha256;
use unlisted_model::Kind;

use super::forms::{date, digits, national, postcode};
use super::views::fold;

/// The spellings of any value that somebody might take a digest of.
pub(super) fn spellings(value: &str) -> BTreeSet<String> {
    let trimmed = value.trim();
    let compact: String = trimmed.chars().filter(|c| !c.is_whitespace()).collect();
    let lower = trimmed.to_lowercase();
    BTreeSet::from([
        value.to_owned(),
        trimmed.to_owned(),
        trimmed.to_uppercase(),
        compact.to_lowercase(),
        compact.to_uppercase(),
        compact,
        fold(trimmed),
        lower,
    ])
}

pub(super) fn hashed_forms(kind: Kind, value: &str) -> BTreeSet<String> {
    let mut all = spellings(value);
    match kind {
        Kind::Phone => {
            all.insert(digits(value));
            if let Some(national) = national(value) {
                for lead in ["0", "44", "+44", "0044", ""] {
                    all.insert(format!("{lead}{national}"));
                }
            }
        }
        Kind::HomeAddress => {
            if let Some(postcode) = postcode(value) {
                let split = postcode.len() - 3;
                let spaced =
                    format!("{} {}", postcode.get(..split).unwrap_or_default(), postcode.get(split..).unwrap_or_default());
                all.extend([postcode.to_uppercase(), spaced.to_uppercase(), spaced, postcode]);
            }
        }
        Kind::DateOfBirth => {
            if let Some(date) = date(value) {
                let (y, m, d) = (date.year(), date.month(), date.day());
                all.extend([
                    format!("{y:04}-{m:02}-{d:02}"),
                    format!("{d:02}/{m:02}/{y:04}"),
                    format!("{y:04}{m:02}{d:02}"),
                    format!("{d:02}{m:02}{y:04}"),
                ]);
            }
        }
        Kind::BankAccount | Kind::NhsNumber | Kind::Passport => {
            all.insert(digits(value));
        }
        _ => {}
    }
    all.retain(|f| f.chars().filter(|c| c.is_alphanumeric()).count() >= 5);
    all
}

/// The first eight bytes of each digest of a text.
pub(super) fn digests(text: &str) -> [u64; 3] {
    let first = |bytes: &[u8]| bytes.iter().take(8).fold(0, |all, byte| all << 8 | u64::from(*byte));
    [first(&Md5::digest(text)), first(&Sha1::digest(text)), first(&Sha256::digest(text))]
}

/// Every sixteen figures of hexadecimal that stand together in a folded text, as a number.
pub(super) fn sixteens(folded: &str) -> impl Iterator<Item = u64> {
    let (mut bits, mut together) = (0u64, 0u32);
    folded.chars().filter_map(move |c| {
        let Some(figure) = c.to_digit(16) else {
            together = 0;
            return None;
        };
        bits = bits << 4 | u64::from(figure);
        together = together.saturating_add(1);
        (together >= 16).then_some(bits)
    })
}
