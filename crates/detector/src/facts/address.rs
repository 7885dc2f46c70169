//! A supplied address, taken apart: flat, number, name of the house, street, places, postcode.

use crate::anchors::Phrase;
use crate::normalise::{fold, postcode, words};

/// A house number: 14, 14a, or a range 12-16.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Number {
    pub(crate) low: u32,
    /// Equal to `low` when it is no range.
    pub(crate) high: u32,
    /// A letter behind it, lower case.
    pub(crate) letter: Option<u8>,
}

/// How a number in a text fits a supplied one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NumberFit {
    Same,
    /// One is a range that holds the other.
    Within,
    Other,
}

impl Number {
    /// Reads "14", "14a".
    pub(crate) fn read(word: &[u8]) -> Option<Self> {
        let digits = word.iter().take_while(|b| b.is_ascii_digit()).count();
        let (figures, tail) = word.split_at(digits);
        if !(1..=4).contains(&digits) {
            return None;
        }
        let letter = match tail {
            [] => None,
            [b] if b.is_ascii_lowercase() => Some(*b),
            _ => return None,
        };
        let low = figures.iter().fold(0, |n, b| n * 10 + u32::from(b - b'0'));
        (low > 0).then_some(Self { low, high: low, letter })
    }

    /// This number as the low end of a range.
    pub(crate) fn up_to(self, high: Self) -> Option<Self> {
        (self.low < high.low && high.low - self.low <= 60).then_some(Self { low: self.low, high: high.low, letter: None })
    }

    /// How `seen` in a text fits this supplied number.
    pub(crate) fn fits(self, seen: Self) -> NumberFit {
        if self == seen {
            return NumberFit::Same;
        }
        let holds = |range: Self, one: Self| {
            let same_side = range.low % 2 != range.high % 2 || one.low % 2 == range.low % 2;
            range.low < range.high && one.low == one.high && range.low <= one.low && one.low <= range.high && same_side
        };
        if holds(self, seen) || holds(seen, self) { NumberFit::Within } else { NumberFit::Other }
    }

    /// For the key of a value.
    pub(crate) fn key(self) -> String {
        let letter = self.letter.map_or(String::new(), |l| char::from(l).to_string());
        if self.low == self.high { format!("{}{letter}", self.low) } else { format!("{}-{}", self.low, self.high) }
    }
}

/// An address taken apart. Every part may be missing.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Address {
    /// "3", "b", "2/1".
    pub(crate) flat: Option<String>,
    pub(crate) number: Option<Number>,
    pub(crate) house: Option<Phrase>,
    pub(crate) street: Option<Phrase>,
    /// The street as it is written in keys.
    street_name: String,
    /// Locality, town, county, in the order given; counties last.
    pub(crate) places: Vec<Phrase>,
    /// How many of the places, at the end, are counties: weak evidence.
    pub(crate) counties: usize,
    /// The street is really the name of a house.
    pub(crate) is_house: bool,
    /// As [`postcode`] makes it.
    pub(crate) postcode: Option<String>,
}

impl Address {
    /// Takes an address apart as well as it can; never fails.
    pub(crate) fn parse(value: &str) -> Self {
        let mut address = Self::default();
        // Lines are as good as commas here; `fold` would make them spaces.
        let value = value.replace(['\n', '\r', ';', '|'], ",");
        let folded = fold(&value);
        let rest = address.take_postcode(&folded);
        let segments: Vec<Vec<&str>> = rest
            .split(',')
            .map(|s| {
                s.split_whitespace().map(|w| w.trim_matches(['.', '(', ')', '"'])).filter(|w| !w.is_empty()).collect::<Vec<_>>()
            })
            .filter(|s: &Vec<&str>| !s.is_empty())
            .collect();
        let typed: Vec<bool> = segments.iter().map(|s| is_street(s)).collect();
        let mut places: Vec<Vec<&str>> = Vec::new();
        for (index, segment) in segments.iter().enumerate() {
            let mut words = segment.as_slice();
            words = address.take_flat(words, index == 0);
            let (number, after) = take_number(words);
            if let (Some(number), None) = (number, address.street.as_ref())
                && address.number.is_none()
            {
                address.number = Some(number);
                words = after;
            }
            if words.is_empty() {
                continue;
            }
            let later_street =
                typed.iter().skip(index + 1).any(|t| *t) || segments.iter().skip(index + 1).any(|s| take_number(s).0.is_some());
            if address.street.is_none() && address.number.is_some() {
                // After a number comes the street, or the whole rest without commas.
                let len = if segments.len() == index + 1 || address.places.is_empty() { street_len(words) } else { words.len() };
                address.set_street(words.get(..len).unwrap_or(words));
                if let Some(tail) = words.get(len..).filter(|t| !t.is_empty()) {
                    places.extend(tail.iter().map(|w| vec![*w]));
                }
            } else if address.street.is_none() && typed.get(index) == Some(&true) && !later_street {
                let len = street_len(words);
                address.set_street(words.get(..len).unwrap_or(words));
                places.extend(words.get(len..).unwrap_or_default().iter().map(|w| vec![*w]));
            } else if address.street.is_none() && address.house.is_none() && places.is_empty() {
                address.house = Phrase::new(&without_article(words).join(" "));
            } else {
                places.push(words.to_vec());
            }
        }
        let (counties, mut towns): (Vec<_>, Vec<_>) = places.into_iter().partition(|p| is_county(p));
        address.counties = counties.len();
        towns.extend(counties);
        address.places = towns.iter().filter(|p| !is_country(p)).filter_map(|p| Phrase::new(&p.join(" "))).collect();
        // A house without a street is found by its own name.
        if address.street.is_none() && address.house.is_some() {
            address.street = address.house.take();
            address.is_house = true;
            address.street_name = folded.split(',').next().unwrap_or_default().trim().to_owned();
        }
        // "Fell Croft, by Hollin" needs no number: it is one house, though its name ends like a street's.
        let bare = address.number.is_none() && address.house.is_none() && address.flat.is_none();
        address.is_house |= bare && typed.first() == Some(&true) && segments.first().is_some_and(|s| !is_plain_street(s));
        address
    }

    /// `number|street|postcode`.
    pub(crate) fn key(&self) -> String {
        let number = match (&self.flat, self.number) {
            (Some(flat), Some(number)) => format!("{flat}/{}", number.key()),
            (Some(flat), None) => flat.clone(),
            (None, Some(number)) => number.key(),
            (None, None) => self.house.as_ref().map_or(String::new(), |h| String::from_utf8_lossy(h.joined()).into_owned()),
        };
        format!("{number}|{}|{}", self.street_name, self.postcode.as_deref().unwrap_or_default().to_lowercase())
    }

    fn set_street(&mut self, words: &[&str]) {
        self.street = Phrase::new(&words.join(" "));
        self.street_name = street_key(words.iter().map(|w| w.as_bytes()));
    }

    /// Takes the postcode out and returns the rest.
    fn take_postcode(&mut self, folded: &str) -> String {
        let words: Vec<&str> = folded.split_inclusive([' ', ',']).collect();
        let bare = |w: &str| w.trim_matches([' ', ',', '.']).to_owned();
        for index in (0..words.len()).rev() {
            let one = words.get(index).map(|w| bare(w)).unwrap_or_default();
            let before = index.checked_sub(1).and_then(|i| words.get(i)).map(|w| bare(w)).unwrap_or_default();
            let (found, from) = if one.len() == 3 && (2..=4).contains(&before.len()) {
                (postcode(&format!("{before}{one}")), index.saturating_sub(1))
            } else if one.len() >= 5 {
                (postcode(&one), index)
            } else {
                (None, index)
            };
            if found.is_some() {
                self.postcode = found;
                let keep = |range: std::ops::Range<usize>| words.get(range).unwrap_or_default().concat();
                return format!("{},{}", keep(0..from), keep(index + 1..words.len()));
            }
        }
        folded.to_owned()
    }

    fn take_flat<'w, 'a>(&mut self, words: &'w [&'a str], first: bool) -> &'w [&'a str] {
        match words {
            [flat, which, rest @ ..] if words::flat_word(flat.as_bytes()) => {
                self.flat = Some((*which).to_owned());
                rest
            }
            // Glasgow: "2/1, 14 Mill Lane" or "2/1 14 Mill Lane".
            [which, rest @ ..] if first && slashed(which).is_some() && (rest.is_empty() || take_number(rest).0.is_some()) => {
                self.flat = Some((*which).to_owned());
                rest
            }
            // Edinburgh: "14/3 Mill Lane" is flat 3 of number 14.
            [which, rest @ ..] if slashed(which).is_some() && self.number.is_none() => {
                if let Some((number, flat)) = slashed(which) {
                    self.number = Some(number);
                    self.flat = Some(flat.to_owned());
                }
                rest
            }
            _ => words,
        }
    }
}

/// A street's name for keys: lower case, its type written out.
pub(crate) fn street_key<'a>(words: impl Iterator<Item = &'a [u8]>) -> String {
    let words: Vec<&[u8]> = words.collect();
    let mut out = String::new();
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        let last = index + 1 == words.len() && index > 0;
        let written = match words::canonical(word) {
            b"st" if last => b"street".as_slice(),
            canonical => canonical,
        };
        out.extend(written.iter().filter(|b| **b != b'\'').map(|b| char::from(*b)));
    }
    out
}

fn slashed(word: &str) -> Option<(Number, &str)> {
    let (a, b) = word.split_once('/')?;
    let flat = !b.is_empty() && b.len() <= 3 && b.bytes().all(|b| b.is_ascii_alphanumeric());
    Number::read(a.as_bytes()).filter(|_| flat).map(|n| (n, b))
}

/// A house number at the start: "14", "14a", "14 a", "12-16", "no. 14".
fn take_number<'w, 'a>(words: &'w [&'a str]) -> (Option<Number>, &'w [&'a str]) {
    let words = match words {
        ["no" | "number" | "no.", rest @ ..] => rest,
        _ => words,
    };
    let Some((first, rest)) = words.split_first() else { return (None, words) };
    if let Some((a, b)) = first.split_once('-')
        && let (Some(a), Some(b)) = (Number::read(a.as_bytes()), Number::read(b.as_bytes()))
        && let Some(range) = a.up_to(b)
    {
        return (Some(range), rest);
    }
    let Some(number) = Number::read(first.trim_start_matches('#').as_bytes()) else { return (None, words) };
    match rest {
        ["-" | "to", high, rest @ ..] => match Number::read(high.as_bytes()).and_then(|h| number.up_to(h)) {
            Some(range) => (Some(range), rest),
            None => (Some(number), rest),
        },
        [letter, rest @ ..]
            if letter.len() == 1
                && number.letter.is_none()
                && letter.bytes().all(|b| b.is_ascii_lowercase())
                && !rest.is_empty() =>
        {
            (Some(Number { letter: letter.bytes().next(), ..number }), rest)
        }
        _ => (Some(number), rest),
    }
}

fn is_street(words: &[&str]) -> bool {
    words.len() > 1 && words.iter().skip(1).any(|w| words::street_type(w.as_bytes()).is_some())
        || words.first().is_some_and(|w| matches!(words::street_type(w.as_bytes()), Some(b"heol" | b"ffordd" | b"broadway")))
}

/// Whether the last word is a type that houses are not called after: "Mill Lane", not "Fell Croft" or "Orchard View".
fn is_plain_street(words: &[&str]) -> bool {
    let last = words.last().and_then(|w| words::street_type(w.as_bytes())).unwrap_or_default();
    words.first().is_some_and(|w| matches!(w.as_bytes(), b"heol" | b"ffordd"))
        || matches!(
            last,
            b"road"
                | b"st"
                | b"street"
                | b"lane"
                | b"avenue"
                | b"close"
                | b"crescent"
                | b"drive"
                | b"way"
                | b"terrace"
                | b"gardens"
                | b"place"
                | b"square"
                | b"mews"
                | b"grove"
                | b"row"
                | b"walk"
                | b"boulevard"
                | b"parade"
                | b"hill"
                | b"rise"
                | b"wynd"
                | b"broadway"
        )
}

/// A house's name without "The", which is often left out; "The Hollow" would be too little without it.
fn without_article<'w, 'a>(words: &'w [&'a str]) -> &'w [&'a str] {
    match words {
        ["the", rest @ ..] if rest.len() > 1 => rest,
        _ => words,
    }
}

/// How many words belong to the street: up to its last type word in a run, or all.
fn street_len(words: &[&str]) -> usize {
    let Some(first) = words.iter().skip(1).position(|w| words::street_type(w.as_bytes()).is_some()) else { return words.len() };
    let mut len = first + 2;
    // "Mill Lane Close", "Hill Park Road".
    while words.get(len).is_some_and(|w| words::street_type(w.as_bytes()).is_some()) {
        len += 1;
    }
    len
}

fn is_county(words: &[&str]) -> bool {
    let last = words.last().copied().unwrap_or_default();
    last.len() > 6 && last.ends_with("shire")
        || matches!(
            words.join(" ").as_str(),
            "kent"
                | "essex"
                | "surrey"
                | "sussex"
                | "east sussex"
                | "west sussex"
                | "norfolk"
                | "suffolk"
                | "devon"
                | "cornwall"
                | "dorset"
                | "somerset"
                | "cumbria"
                | "county durham"
                | "co durham"
                | "greater manchester"
                | "merseyside"
                | "tyne and wear"
                | "west midlands"
                | "middlesex"
                | "greater london"
                | "rutland"
                | "gwent"
                | "powys"
                | "dyfed"
                | "gwynedd"
                | "clwyd"
                | "co antrim"
                | "co down"
                | "county antrim"
                | "county down"
                | "fife"
                | "lothian"
                | "highland"
                | "avon"
        )
}

fn is_country(words: &[&str]) -> bool {
    matches!(
        words.join(" ").as_str(),
        "uk" | "u.k"
            | "england"
            | "scotland"
            | "wales"
            | "cymru"
            | "northern ireland"
            | "united kingdom"
            | "great britain"
            | "gb"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, key: &str, places: usize) {
        let address = Address::parse(value);
        assert_eq!((address.key().as_str(), address.places.len()), (key, places), "{value:?}");
    }

    #[test]
    fn addresses_come_apart() {
        check("14 Mill Lane, Mereside, Northgate ZZ99 4QT", "14|mill lane|zz994qt", 2);
        check("14 Mill Ln Mereside Northgate zz994qt", "14|mill lane|zz994qt", 2);
        check("14 Mill Lane\nMereside\nNorthgateshire\nZZ99 4QT\nUK", "14|mill lane|zz994qt", 2);
        check("Flat 3, 14a St. Mary's Rd., Northgate", "3/14a|st marys road|", 1);
        check("Flat 2/1, 14 High Street, Northgate", "2/1/14|high street|", 1);
        check("14/3 High St, Northgate", "3/14|high street|", 1);
        check("2/1 14 High St, Northgate", "2/1/14|high street|", 1);
        check("12-16 Mill Lane, Northgate", "12-16|mill lane|", 1);
        check("Rose Cottage, Mill Lane, Mereside ZZ99 4QT", "rosecottage|mill lane|zz994qt", 1);
        check("The Hollow, 7 Pretend Hill, Mockbury ZZ99 5JK", "7|pretend hill|zz995jk", 1);
        check("7 The Hollow, Mockbury ZZ99 5JK", "7|the hollow|zz995jk", 1);
        check("Rose Cottage, Mereside, ZZ99 4QT", "|rose cottage|zz994qt", 1);
        check("ZZ99 4QT", "||zz994qt", 0);
        check("", "||", 0);
        check("Mill Court, 14 Mill Lane, Northgate", "14|mill lane|", 1);
        check("14, Mill Lane, Northgate", "14|mill lane|", 1);
        check("The Old Net Loft, Mill Lane, Mereside ZZ99 4QT", "oldnetloft|mill lane|zz994qt", 1);
        check("Flat 12, Heron Tower, 9 Mill Lane, Northgate", "12/9|mill lane|", 1);
        check("Flat 12, Heron Tower, Northgate", "12|flat 12|", 1);
    }

    #[test]
    fn a_house_may_be_called_like_a_street() {
        let is_house = |value: &str| Address::parse(value).is_house;
        assert!(is_house("Fell Croft, by Hollin, Northgate ZZ99 4QT") && is_house("Orchard View, Hollin"));
        assert!(
            !is_house("Mill Lane, Hollin ZZ99 4QT") && !is_house("3 Fell Croft, Hollin") && !is_house("Heol y Felin, Hollin")
        );
        let house = |value: &str| Address::parse(value).house.map(|h| h.joined().to_vec());
        assert_eq!(house("Flat 12, Heron Tower, 9 Mill Lane, Northgate"), Some(b"herontower".to_vec()));
    }

    #[test]
    fn a_number_fits_itself_and_its_range_only() {
        let n = |w: &str| Number::read(w.as_bytes()).expect("test data");
        assert_eq!(n("14").fits(n("14")), NumberFit::Same);
        assert_eq!(n("14").fits(n("14a")), NumberFit::Other);
        assert_eq!(n("14").fits(n("12").up_to(n("16")).expect("test data")), NumberFit::Within);
        assert_eq!(n("14").fits(n("13").up_to(n("17")).expect("test data")), NumberFit::Other);
        assert_eq!(n("14").fits(n("16")), NumberFit::Other);
        assert_eq!(Number::read(b"0"), None);
    }
}
