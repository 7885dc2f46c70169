//! Telephone numbers as digits with the country code and without a plus: 01632 960111 is `441632960111`.

use std::sync::LazyLock;

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, Region};

/// The digits of a number with its country code, for comparing and joining; `None` when it cannot be a number.
///
/// A number without a country code is read as one of the United Kingdom (and Jersey, Guernsey, Man, which share +44).
pub fn phone(value: &str) -> Option<String> {
    let folded = super::fold(value);
    // "tel:" and other words before the number are no figures, but "O1632" begins with one.
    let bytes = folded.as_bytes();
    let first = bytes.iter().position(|b| b.is_ascii_digit() || *b == b'+')?;
    let letters = bytes.iter().take(first).rev().take_while(|b| b.is_ascii_alphabetic()).count();
    let odd = bytes.iter().take(first).rev().take(letters).all(|b| matches!(b, b'o' | b'l'));
    let start = if odd { first - letters } else { first };
    let plus = bytes.get(first) == Some(&b'+');
    let digits: Vec<u8> = bytes
        .iter()
        .skip(start)
        .filter_map(|b| match b {
            b'0'..=b'9' => Some(*b),
            b'o' => Some(b'0'),
            b'l' => Some(b'1'),
            _ => None,
        })
        .collect();
    international(&digits, plus)
}

/// The digits with country code, from bare digits; `plus` says whether a plus stood before them.
pub(crate) fn international(digits: &[u8], plus: bool) -> Option<String> {
    let text = String::from_utf8(digits.to_vec()).ok()?;
    let uk = |rest: &str| -> Option<String> {
        // "+44 (0)1632": the trunk zero falls away.
        let rest = rest.strip_prefix('0').unwrap_or(rest);
        (9..=10).contains(&rest.len()).then(|| format!("44{rest}"))
    };
    if plus {
        return match text.strip_prefix("44") {
            Some(rest) => uk(rest),
            None => (7..=15).contains(&text.len()).then_some(text),
        };
    }
    if let Some(rest) = text.strip_prefix("0044") {
        return uk(rest);
    }
    if let Some(rest) = text.strip_prefix("00") {
        return (8..=15).contains(&rest.len()).then(|| rest.to_owned());
    }
    if let Some(rest) = text.strip_prefix('0') {
        return (9..=10).contains(&rest.len()).then(|| format!("44{rest}"));
    }
    if let Some(rest) = text.strip_prefix("44").filter(|r| r.len() >= 10) {
        return uk(rest);
    }
    // A spreadsheet has eaten the leading nought.
    if text.len() == 10 && text.starts_with(['1', '2', '3', '7', '8', '9']) {
        return Some(format!("44{text}"));
    }
    (7..=15).contains(&text.len()).then_some(text)
}

/// Whether a number that nobody supplied exists: valid by the numbering plan, or in one of the two ranges kept for drama
/// that the plan does not list (Ofcom, "Telephone numbers for use in TV and radio drama").
pub(crate) fn exists(international: &str) -> bool {
    if international.len() == 12 && (international.starts_with("447700900") || international.starts_with("441632960")) {
        return true;
    }
    let number = match international.strip_prefix("44") {
        // By far the most: no parsing needed.
        Some(national) => match national.parse::<u64>() {
            Ok(n) => PhoneNumber { country_code: 44, national_number: n, ..PhoneNumber::default() },
            Err(_) => return false,
        },
        None => match UTIL.parse(format!("+{international}"), Some(Region::GB)) {
            Ok(number) => number,
            Err(_) => return false,
        },
    };
    UTIL.is_valid_number(&number)
}

static UTIL: LazyLock<&'static rlibphonenumber::PhoneNumberUtil> = LazyLock::new(|| &PHONE_NUMBER_UTIL);

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, digits: Option<&str>) {
        assert_eq!(phone(value).as_deref(), digits, "{value:?}");
    }

    #[test]
    fn every_writing_is_one_number() {
        for value in [
            "01632 960111",
            "+44 1632 960111",
            "0044 1632 960 111",
            "+44 (0)1632 960111",
            "(01632) 960-111",
            "O1632.96Ol11",
            "tel:+441632960111",
        ] {
            check(value, Some("441632960111"));
        }
        check("+353 1 555 0100", Some("35315550100"));
        check("12", None);
    }

    #[test]
    fn drama_numbers_exist_and_others_by_the_plan() {
        assert!(exists("447700900123"));
        assert!(exists("441632960111"));
        assert!(exists("442079460958"));
        assert!(!exists("440000000000"));
        assert!(!exists("441234"));
    }
}
