//! Dates in British order.

use jiff::civil::Date;

/// A date in ISO or British order: `1984-03-09`, `9/3/1984`, `9 March 1984`, `9th Mar 1984`, `March 9, 1984`.
pub fn date(value: &str) -> Option<Date> {
    let folded = super::fold(value);
    let parts: Vec<&[u8]> =
        folded.as_bytes().split(|b| !b.is_ascii_alphanumeric()).filter(|p| !p.is_empty() && *p != b"of").collect();
    let [a, b, c] = parts.as_slice() else { return None };
    read(a, b, c)
}

/// A date from its three parts in the order in which they stand; a year of two figures is one of 1930 to 2029.
pub(crate) fn read(a: &[u8], b: &[u8], c: &[u8]) -> Option<Date> {
    use super::words::month;
    let (year, month, day) = if a.len() == 4 && number(a).is_some() {
        (number(a)?, number(b).or_else(|| month(b).map(i16::from))?, day_number(c)?)
    } else if let Some(m) = month(a) {
        (year_number(c)?, i16::from(m), day_number(b)?)
    } else {
        (year_number(c)?, month(b).map(i16::from).or_else(|| number(b).filter(|_| b.len() <= 2))?, day_number(a)?)
    };
    Date::new(year, i8::try_from(month).ok()?, day).ok()
}

/// A day of the month, "9", "09" or "9th".
pub(crate) fn day_number(word: &[u8]) -> Option<i8> {
    let digits = word.iter().take_while(|b| b.is_ascii_digit()).count();
    let (figure, ending) = word.split_at(digits);
    if !(1..=2).contains(&digits) || !matches!(ending, b"" | b"st" | b"nd" | b"rd" | b"th") {
        return None;
    }
    number(figure).and_then(|n| i8::try_from(n).ok()).filter(|n| (1..=31).contains(n))
}

fn year_number(word: &[u8]) -> Option<i16> {
    let n = number(word)?;
    match word.len() {
        4 => Some(n),
        2 => Some(if n < 30 { 2000 + n } else { 1900 + n }),
        _ => None,
    }
}

fn number(word: &[u8]) -> Option<i16> {
    if word.is_empty() || word.len() > 4 {
        return None;
    }
    word.iter().try_fold(0i16, |n, b| b.is_ascii_digit().then(|| n * 10 + i16::from(b - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn british_order() {
        let day = jiff::civil::date(1984, 3, 9);
        for value in ["1984-03-09", "9 March 1984", "9th of March, 1984", "March 9 1984", "09/03/1984", "9.3.84", "09 Mar 1984"] {
            assert_eq!(date(value), Some(day), "{value}");
        }
        assert_eq!(date("03/09/1984"), Some(jiff::civil::date(1984, 9, 3)));
        assert_eq!(date("31/02/1984"), None);
    }
}
