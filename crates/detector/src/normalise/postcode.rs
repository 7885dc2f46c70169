//! Postcodes: the key for comparing, the shape, and the areas that exist (Royal Mail's 124).

use std::collections::HashSet;
use std::sync::LazyLock;

/// The postcode as `ZZ994QT`: upper case, no space, confusions of O/0 and I/1 resolved by position; `None` when it has not
/// the shape of a full postcode. Whether its area exists is not asked.
pub fn postcode(value: &str) -> Option<String> {
    let folded = super::fold(value);
    let joined: Vec<u8> = folded.bytes().filter(u8::is_ascii_alphanumeric).collect();
    key(&joined).map(|k| String::from_utf8_lossy(&k).into_owned())
}

/// A full postcode's key from joined letters and figures of either case.
pub(crate) fn key(joined: &[u8]) -> Option<Vec<u8>> {
    // With every figure taken for a letter "hollow" would be one.
    if !(5..=7).contains(&joined.len()) || !joined.iter().any(u8::is_ascii_digit) {
        return None;
    }
    let (outward, inward) = joined.split_at(joined.len() - 3);
    let mut key = outward_key(outward)?;
    key.push(as_digit(*inward.first()?)?);
    for &b in inward.get(1..)? {
        key.push(as_letter(b)?);
    }
    Some(key)
}

/// An outward code: one or two letters, a figure, then perhaps a figure or letter.
pub(crate) fn outward_key(outward: &[u8]) -> Option<Vec<u8>> {
    // As it is written wins over a reading that takes a letter for a figure: "A10" is not "AI0".
    for (letters, written) in [(2usize, true), (1, true), (2, false), (1, false)] {
        let (Some(head), Some(tail)) = (outward.get(..letters), outward.get(letters..)) else { continue };
        if tail.is_empty() || tail.len() > 2 {
            continue;
        }
        if written && !(head.iter().all(u8::is_ascii_alphabetic) && tail.first().is_some_and(u8::is_ascii_digit)) {
            continue;
        }
        let head: Option<Vec<u8>> = head.iter().map(|b| as_letter(*b)).collect();
        let first = tail.first().and_then(|b| as_digit(*b));
        let second = tail.get(1).map(|b| if b.is_ascii_digit() { *b } else { b.to_ascii_uppercase() });
        if let (Some(mut head), Some(first)) = (head, first) {
            head.push(first);
            // At the end of an outward code a letter O does not occur after a figure: it is a nought.
            head.extend(second.map(|b| if b == b'O' { b'0' } else { b }));
            return Some(head);
        }
    }
    None
}

fn as_digit(b: u8) -> Option<u8> {
    match b {
        b'0'..=b'9' => Some(b),
        b'o' | b'O' => Some(b'0'),
        b'i' | b'I' | b'l' | b'L' => Some(b'1'),
        _ => None,
    }
}

fn as_letter(b: u8) -> Option<u8> {
    match b {
        b'0' => Some(b'O'),
        b'1' => Some(b'I'),
        b if b.is_ascii_alphabetic() => Some(b.to_ascii_uppercase()),
        _ => None,
    }
}

/// Whether the area of a postcode key exists; `ZZ` is the made-up area of statistics and of our tests.
pub(crate) fn area_exists(key: &[u8]) -> bool {
    let letters = key.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    key.get(..letters).is_some_and(|area| KNOWN.contains(area))
}

static KNOWN: LazyLock<HashSet<&'static [u8]>> = LazyLock::new(|| AREAS.split_ascii_whitespace().map(str::as_bytes).collect());

const AREAS: &str = "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA \
HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG \
SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE ZZ";

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, key: Option<&str>) {
        assert_eq!(postcode(value).as_deref(), key, "{value:?}");
    }

    #[test]
    fn spacing_case_and_confusions() {
        for value in ["ZZ99 4QT", "zz994qt", "ZZ99  4QT", "ZZ99-4QT", "Zz99\u{a0}4qt"] {
            check(value, Some("ZZ994QT"));
        }
        check("ZZ1O IAB", Some("ZZ101AB"));
        check("Z1 1ZZ", Some("Z11ZZ"));
        check("ZZ1A 1ZZ", Some("ZZ1A1ZZ"));
        check("ZZ99", None);
        check("12345", None);
        check("hollow", None);
    }

    #[test]
    fn areas() {
        assert!(area_exists(b"ZZ994QT"));
        assert!(!area_exists(b"US10YT"));
        assert_eq!(AREAS.split_ascii_whitespace().count(), 125, "124 areas and ZZ");
    }
}
