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
                let spaced = format!(
                    "{} {}",
                    postcode.get(..split).unwrap_or_default(),
                    postcode.get(split..).unwrap_or_default()
                );
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

/// The digests of a text, in hexadecimal.
pub(super) fn digests(text: &str) -> impl Iterator<Item = String> {
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    [hex(&Md5::digest(text)), hex(&Sha1::digest(text)), hex(&Sha256::digest(text))].into_iter()
}
