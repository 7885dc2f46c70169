//! The folded texts that stand for a private value: how people write an address, a date, a telephone number.

use std::collections::BTreeSet;

use jiff::civil::Date;
use unlisted_model::Kind;

use super::views::fold;

/// Shorter values are too common to be told from chance.
pub(super) const SHORTEST: usize = 6;

/// The folded texts that stand for a value of this kind.
pub(super) fn forms(kind: Kind, value: &str) -> BTreeSet<String> {
    let mut forms = BTreeSet::from([fold(value)]);
    match kind {
        Kind::HomeAddress => address_forms(value, &mut forms),
        Kind::DateOfBirth => date_forms(value, &mut forms),
        Kind::Phone => forms.extend(national(value)),
        // An account number stands by itself as well as beside its sort code.
        Kind::BankAccount => {
            let digits = digits(value);
            forms.extend(digits.len().checked_sub(8).and_then(|at| digits.get(at..)).map(str::to_owned));
        }
        _ => {}
    }
    let postcode = postcode(value).filter(|_| kind == Kind::HomeAddress);
    forms.retain(|f| f.chars().count() >= SHORTEST);
    forms.extend(postcode);
    forms
}

pub(super) fn digits(value: &str) -> String {
    value.chars().filter(char::is_ascii_digit).collect()
}

/// A phone number from its first significant figure: a part of every way to write it.
pub(super) fn national(value: &str) -> Option<String> {
    let digits = digits(value);
    let rest = digits.strip_prefix("0044").or_else(|| digits.strip_prefix("44")).unwrap_or(&digits);
    let rest = rest.trim_start_matches('0');
    (rest.len() >= SHORTEST).then(|| rest.to_owned())
}

/// The UK postcode at the end of an address, folded. Five figures and letters are enough for one.
pub(super) fn postcode(value: &str) -> Option<String> {
    let words: Vec<String> = value.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(fold).collect();
    let is_postcode = |text: &str| {
        let b = text.as_bytes();
        (5..=7).contains(&b.len())
            && b[0].is_ascii_alphabetic()
            && b[b.len() - 3].is_ascii_digit()
            && b[b.len() - 2].is_ascii_alphabetic()
            && b[b.len() - 1].is_ascii_alphabetic()
            && b[..b.len() - 3].iter().any(u8::is_ascii_digit)
    };
    let joined = words.windows(2).rev().map(|pair| pair.concat()).find(|w| is_postcode(w));
    joined.or_else(|| words.iter().rev().find(|w| is_postcode(w)).cloned())
}

/// Kinds of streets with their usual short forms.
const STREETS: [(&str, &str); 22] = [
    ("street", "st"),
    ("road", "rd"),
    ("lane", "ln"),
    ("avenue", "ave"),
    ("drive", "dr"),
    ("close", "cl"),
    ("court", "ct"),
    ("crescent", "cres"),
    ("gardens", "gdns"),
    ("grove", "gr"),
    ("place", "pl"),
    ("square", "sq"),
    ("terrace", "ter"),
    ("way", "way"),
    ("walk", "walk"),
    ("row", "row"),
    ("hill", "hill"),
    ("park", "pk"),
    ("mews", "mews"),
    ("rise", "rise"),
    ("view", "view"),
    ("parade", "pde"),
];

/// Number and street, in both orders and with short forms; a house name with what follows it; the whole without its
/// postcode.
fn address_forms(value: &str, forms: &mut BTreeSet<String>) {
    let parts: Vec<Vec<String>> = value
        .split([',', '\n', ';'])
        .map(|part| {
            part.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').map(fold).filter(|w| !w.is_empty()).collect()
        })
        .filter(|words: &Vec<String>| !words.is_empty())
        .collect();
    let words: Vec<&str> = parts.iter().flatten().map(String::as_str).collect();
    if let Some(postcode) = postcode(value) {
        let whole = fold(value);
        forms.extend(whole.strip_suffix(&postcode).map(str::to_owned));
    }
    // A house without a number: its name and the street.
    if let [first, second, ..] = parts.as_slice()
        && !first.iter().chain(second).any(|w| starts_with_digit(w))
    {
        forms.insert(format!("{}{}", first.concat(), second.concat()));
    }
    for (i, number) in words.iter().enumerate().filter(|(_, w)| starts_with_digit(w)) {
        let rest = words.get(i + 1..).unwrap_or_default();
        // `Flat 2, 14 Mill Lane`: the 2 has no street of its own.
        if rest.first().is_none_or(|w| starts_with_digit(w)) {
            continue;
        }
        let end_of_part = end_of_part(&parts, i + 1);
        // The street ends with its kind (not the St of `St John's Road`), or with its part of the address.
        let kind_at = |w: &&str| STREETS.iter().any(|(long, short)| w == long || w == short);
        let typed = rest.iter().take(6).skip(1).position(kind_at).map(|at| at + 2);
        let part = end_of_part.saturating_sub(i + 1).clamp(1, if typed.is_some() { 6 } else { 3 });
        for end in [typed.unwrap_or(part), part] {
            let street: Vec<&str> = rest.iter().take(end).copied().collect();
            let Some((last, before)) = street.split_last() else { continue };
            let kind = STREETS.iter().find(|(long, short)| last == long || last == short);
            for last in kind.map_or(vec![*last], |(long, short)| vec![*long, *short]) {
                let street = format!("{}{last}", before.concat());
                forms.insert(format!("{number}{street}"));
                forms.insert(format!("{street}{number}"));
            }
        }
    }
}

fn starts_with_digit(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// The index, among all words, at which the part that holds word `at` ends; a number alone in its part counts to the next.
fn end_of_part(parts: &[Vec<String>], at: usize) -> usize {
    let mut end = 0;
    for part in parts {
        end += part.len();
        if end > at {
            return end;
        }
    }
    end
}

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// A date as figures (ISO, British, American, with and without zeros and century) and in words.
fn date_forms(value: &str, forms: &mut BTreeSet<String>) {
    let Some(date) = date(value) else { return };
    let (y, m, d) = (date.year(), date.month(), date.day());
    let short_year = y.rem_euclid(100);
    let month = usize::try_from(m - 1).ok().and_then(|i| MONTHS.get(i)).copied().unwrap_or_default();
    let abbreviated = month.get(..3).unwrap_or_default();
    let th = match (d, d % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    forms.extend([
        format!("{y:04}{m:02}{d:02}"),
        format!("{d:02}{m:02}{y:04}"),
        format!("{m:02}{d:02}{y:04}"),
        format!("{d}{m}{y:04}"),
        format!("{y:04}{m}{d}"),
        format!("{d:02}{m:02}{short_year:02}"),
    ]);
    for word in [month, abbreviated] {
        forms.extend([
            format!("{d}{word}{y}"),
            format!("{d}{th}{word}{y}"),
            format!("{d}{th}of{word}{y}"),
            format!("{word}{d}{y}"),
            format!("{word}{d}{th}{y}"),
        ]);
    }
}

/// A date as people write it in Britain, or as ISO.
pub(super) fn date(value: &str) -> Option<Date> {
    let words: Vec<String> =
        value.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let numbers: Vec<i16> = words.iter().filter_map(|w| w.trim_end_matches(|c: char| c.is_alphabetic()).parse().ok()).collect();
    let month = words.iter().find_map(|w| {
        MONTHS.iter().position(|m| w.len() >= 3 && m.starts_with(w.as_str())).and_then(|i| i16::try_from(i + 1).ok())
    });
    let (y, m, d) = match (numbers.as_slice(), month) {
        (&[y, m, d], None) if y > 31 => (y, m, d),
        (&[d, m, y], None) => (y, m, d),
        (&[y, d] | &[d, y], Some(m)) if y > 31 => (y, m, d),
        _ => return None,
    };
    let y = if y < 100 { if y > 30 { 1900 + y } else { 2000 + y } } else { y };
    Date::new(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok()
}
