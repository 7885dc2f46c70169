//! Reading one value as its kind. A value that cannot be read is an error; one that is unissued, reserved or fails a
//! check digit is used all the same, with a warning: what the person says about themself is matched whatever its validity.

use jiff::civil::Date;
use unlisted_model::Kind;

/// The value as it is kept, and what looks odd about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Value {
    /// Kept as written, but for dates of birth, which are kept as `YYYY-MM-DD`.
    pub text: String,
    /// The key of what looks odd.
    pub odd: Option<&'static str>,
}

/// What is said of every identity number that is typed in.
pub const IDENTITY_NUMBER: &str = "subject-file.identity_number";

/// Keys of the catalogue: what is wrong, and what to write.
pub type Wrong = (&'static str, &'static str);

/// Reads `text` as a value of `kind`.
///
/// # Errors
/// Keys of what is wrong and what to write, without the value.
pub fn read(kind: Kind, text: &str) -> Result<Value, Wrong> {
    let text = text.trim();
    if text.is_empty() {
        return Err(("subject-file.value_empty", "subject-file.value_empty_do"));
    }
    if text.chars().count() > super::LONGEST_TEXT {
        return Err(("subject-file.too_long", "subject-file.value_too_long_do"));
    }
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(("subject-file.control", "subject-file.control_do"));
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let alnum: String = text.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let mut kept = text.to_owned();
    let odd = match kind {
        Kind::HomeAddress => {
            if letters < 3 || text.split_whitespace().count() < 2 {
                return Err(("subject-file.address", "subject-file.address_do"));
            }
            (digits == 0).then_some("subject-file.address_odd")
        }
        Kind::Phone => {
            if letters > 4 || !(7..=15).contains(&digits) {
                return Err(("subject-file.phone", "subject-file.phone_do"));
            }
            phone_odd(text)
        }
        Kind::Email => {
            let good = text.split_once('@').is_some_and(|(local, domain)| {
                !local.is_empty()
                    && !text.contains(char::is_whitespace)
                    && !domain.contains('@')
                    && domain.split('.').count() >= 2
                    && domain.split('.').all(|l| !l.is_empty())
            });
            if !good {
                return Err(("subject-file.email", "subject-file.email_do"));
            }
            None
        }
        Kind::DateOfBirth => match date(text) {
            Some(day) => {
                kept = day.to_string();
                (day.year() < 1900).then_some("subject-file.born_odd")
            }
            None => {
                return Err(("subject-file.born", "subject-file.born_do"));
            }
        },
        Kind::NationalInsuranceNumber => {
            if !(alnum.len() == 8 || alnum.len() == 9) || !shape(&alnum, "AADDDDDD") {
                return Err(("subject-file.ni", "subject-file.ni_do"));
            }
            ni_odd(&alnum)
        }
        Kind::NhsNumber => {
            if digits != 10 || alnum.len() != 10 {
                return Err(("subject-file.nhs", "subject-file.nhs_do"));
            }
            (!mod11(&alnum)).then_some("subject-file.nhs_odd")
        }
        Kind::VehicleRegistration => {
            if !(2..=8).contains(&alnum.len()) || letters == 0 {
                return Err(("subject-file.plate", "subject-file.plate_do"));
            }
            None
        }
        Kind::BankAccount => {
            let iban = alnum.len() >= 15 && shape(&alnum, "AADD");
            if !iban && digits != 14 {
                return Err(("subject-file.bank", "subject-file.bank_do"));
            }
            (iban && !iban_fits(&alnum)).then_some("subject-file.bank_odd")
        }
        Kind::Passport => {
            if !(6..=9).contains(&alnum.len()) || digits < 5 {
                return Err(("subject-file.passport", "subject-file.passport_do"));
            }
            None
        }
        Kind::DrivingLicence => {
            if !(alnum.len() == 16 || alnum.len() == 18 || (alnum.len() == 8 && digits == 8)) {
                return Err(("subject-file.licence", "subject-file.licence_do"));
            }
            None
        }
        Kind::FamilyMember | Kind::Workplace | Kind::School | Kind::PlaceVisited => {
            if letters < 2 {
                return Err(("subject-file.name", "subject-file.name_do"));
            }
            (text.chars().count() < 4).then_some("subject-file.name_odd")
        }
        Kind::Username => {
            if text.contains(char::is_whitespace) {
                return Err(("subject-file.username", "subject-file.username_do"));
            }
            (text.trim_start_matches('@').chars().count() < 4).then_some("subject-file.username_odd")
        }
        Kind::PhotoLocation => {
            return Err(("subject-file.photo", "subject-file.photo_do"));
        }
    };
    Ok(Value { text: kept, odd })
}

/// Whether a name has at least a first name and a surname.
pub fn is_full_name(name: &str) -> bool {
    name.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).count() >= 2
}

fn phone_odd(text: &str) -> Option<&'static str> {
    let d: String = text.chars().filter(char::is_ascii_digit).collect();
    let national =
        d.strip_prefix("0044").or_else(|| d.strip_prefix("44")).map_or(d.clone(), |r| format!("0{}", r.trim_start_matches('0')));
    if national.starts_with("07700900") || national.starts_with("01632960") {
        return Some("subject-file.phone_drama_odd");
    }
    (national.starts_with('0') && !(10..=11).contains(&national.len())).then_some("subject-file.phone_odd")
}

fn ni_odd(alnum: &str) -> Option<&'static str> {
    let unissued = ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].iter().any(|p| alnum.starts_with(p))
        || alnum.chars().take(2).any(|c| "DFIQUV".contains(c))
        || alnum.chars().nth(1) == Some('O');
    unissued.then_some("subject-file.ni_odd")
}

/// `A` letter, `D` figure, at the start.
fn shape(alnum: &str, pattern: &str) -> bool {
    alnum.len() >= pattern.len()
        && pattern.chars().zip(alnum.chars()).all(|(p, c)| if p == 'A' { c.is_ascii_alphabetic() } else { c.is_ascii_digit() })
}

/// NHS check figure: weights 10 to 2, modulus 11 (NHS data dictionary).
fn mod11(digits: &str) -> bool {
    let d: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    let sum: u32 = d.iter().take(9).zip((2..=10).rev()).map(|(d, w)| d * w).sum();
    let check = (11 - sum % 11) % 11;
    check != 10 && d.get(9) == Some(&check)
}

/// IBAN: the first four characters to the end, letters as 10 to 35, remainder 1 by 97 (ISO 13616).
fn iban_fits(alnum: &str) -> bool {
    let (head, tail): (String, String) = (alnum.chars().take(4).collect(), alnum.chars().skip(4).collect());
    let rest = tail.chars().chain(head.chars()).fold(0u32, |rest, c| match c.to_digit(36) {
        Some(n) if n < 10 => (rest * 10 + n) % 97,
        Some(n) => (rest * 100 + n) % 97,
        None => rest,
    });
    rest == 1
}

/// A date in ISO or British order: `1984-03-09`, `9/3/1984`, `9 March 1984`, `9th Mar 1984`.
pub fn date(text: &str) -> Option<Date> {
    if let Ok(day) = text.trim().parse::<Date>() {
        return Some(day);
    }
    let parts: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<i8>().ok()?;
    let year = (year.len() == 4).then(|| year.parse::<i16>().ok()).flatten()?;
    let month = match month.parse::<i8>() {
        Ok(m) => m,
        Err(_) => {
            const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
            let head: String = month.to_lowercase().chars().take(3).collect();
            i8::try_from(NAMES.iter().position(|n| *n == head)? + 1).ok()?
        }
    };
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: Kind, text: &str, good: bool, odd: bool) {
        let got = read(kind, text);
        assert_eq!(got.is_ok(), good, "{kind:?} {text:?}: {got:?}");
        if let Ok(value) = got {
            assert_eq!(value.odd.is_some(), odd, "{kind:?} {text:?}: {value:?}");
        }
    }

    #[test]
    fn values_are_read_as_their_kind() {
        check(Kind::HomeAddress, "14 Mill Lane, Mereside, Northgate ZZ99 4QT", true, false);
        check(Kind::HomeAddress, "Rose Cottage, Mereside", true, true);
        check(Kind::HomeAddress, "somewhere", false, false);
        check(Kind::Phone, "020 7946 0018", true, false);
        check(Kind::Phone, "07700 900123", true, true);
        check(Kind::Phone, "call me", false, false);
        check(Kind::Email, "a@b.example", true, false);
        check(Kind::Email, "a@b", false, false);
        check(Kind::DateOfBirth, "9 March 1984", true, false);
        check(Kind::DateOfBirth, "1984-02-30", false, false);
        check(Kind::NationalInsuranceNumber, "QQ 12 34 56 C", true, true);
        check(Kind::NationalInsuranceNumber, "12 34 56", false, false);
        check(Kind::NhsNumber, "943 476 5919", true, false);
        check(Kind::NhsNumber, "943 476 5918", true, true);
        check(Kind::BankAccount, "GB82 WEST 1234 5698 7654 32", true, false);
        check(Kind::BankAccount, "GB83 WEST 1234 5698 7654 32", true, true);
        check(Kind::Username, "two words", false, false);
        check(Kind::PhotoLocation, "51.5, -0.1", false, false);
    }

    #[test]
    fn dates_are_british() {
        for text in ["1984-03-09", "9/3/1984", "09.03.1984", "9 March 1984", "9th Mar 1984"] {
            assert_eq!(date(text).map(|d| d.to_string()).as_deref(), Some("1984-03-09"), "{text}");
        }
        assert_eq!(date("31/02/1984"), None);
    }
}
