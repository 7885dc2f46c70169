//! Bringing text and values to one form, so that equal things are equal bytes.

pub mod date;
pub mod email;
pub(crate) mod fold;
mod name_words;
pub mod phone;
pub mod postcode;
pub(crate) mod words;

pub use email::email;
pub use phone::phone;
pub use postcode::postcode;

/// Folds a value as a page is folded (accents, look-alikes, zero-width characters, full-width forms) to lower case.
///
/// The result is ASCII wherever the script allows it; white space is collapsed to single spaces.
pub fn fold(value: &str) -> String {
    let folded = fold::Folded::new(value);
    let lower = String::from_utf8_lossy(&folded.lower).into_owned();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The key under which a whole address joins with equal ones: `number|street|postcode`, lower case, street types written
/// out, the postcode without a space.
pub fn address(value: &str) -> String {
    crate::facts::address::Address::parse(value).key()
}
