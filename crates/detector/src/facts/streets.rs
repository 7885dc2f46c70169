//! Supplied addresses by street, so that one High Street of a slate with a thousand people in High Streets is cheap.

use std::collections::HashMap;

use super::address::Address;
use crate::anchors::Phrase;
use crate::page::hash;

/// One street's name, and the addresses in a street of that name, wherever it is.
pub(crate) struct Street {
    pub(crate) phrase: Phrase,
    /// Whether so many places have a street of this name that it says little.
    pub(crate) common: bool,
    /// Indices of addresses.
    all: Vec<u32>,
    /// By house number; addresses with a range or without a number stand under 0.
    by_number: HashMap<u32, Vec<u32>>,
    /// By the hashes of the first word of a place, of the outward code and of the postcode in lower case.
    by_place: HashMap<u32, Vec<u32>>,
    by_subject: HashMap<u32, Vec<u32>>,
}

/// Up to so many addresses are all judged.
const FEW: usize = 12;

impl Street {
    /// The addresses that may be meant where this street is named: those with one of the numbers (or a range), with one of the
    /// places near by, and of the people who are named on the page.
    pub(crate) fn candidates(&self, numbers: &[u32], places: &[u32], subjects: impl Iterator<Item = u32>) -> Vec<u32> {
        if self.all.len() <= FEW {
            return self.all.clone();
        }
        let numbered = if numbers.is_empty() { None } else { self.by_number.get(&0) };
        let mut found: Vec<u32> =
            numbers.iter().filter_map(|n| self.by_number.get(n)).chain(numbered).flatten().copied().collect();
        // Where a number stands, a place alone makes nobody's address of it.
        if numbers.is_empty() {
            found.extend(places.iter().filter_map(|p| self.by_place.get(p)).flatten());
        }
        found.extend(subjects.filter_map(|s| self.by_subject.get(&s)).flatten());
        found.sort_unstable();
        found.dedup();
        found
    }

    fn add(&mut self, index: u32, subject: u32, address: &Address) {
        self.all.push(index);
        let number = address.number.filter(|n| n.low == n.high).map_or(0, |n| n.low);
        self.by_number.entry(number).or_default().push(index);
        self.by_subject.entry(subject).or_default().push(index);
        let mut keys: Vec<u32> = address.places.iter().flat_map(Phrase::keys).collect();
        if let Some(postcode) = address.postcode.as_deref().map(str::to_lowercase) {
            let outward = postcode.len().checked_sub(3).and_then(|n| postcode.get(..n)).unwrap_or_default();
            keys.extend([hash(postcode.as_bytes()), hash(outward.as_bytes())]);
        }
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            self.by_place.entry(key).or_default().push(index);
        }
    }
}

/// The streets of a slate.
#[derive(Default)]
pub(crate) struct Streets {
    pub(crate) all: Vec<Street>,
    by_name: HashMap<Box<[u8]>, u32>,
}

impl Streets {
    /// Adds an address to its street; tells the street's index and whether it is new.
    pub(crate) fn add(&mut self, phrase: &Phrase, index: u32, subject: u32, address: &Address) -> (u32, bool) {
        let fresh = !self.by_name.contains_key(phrase.joined());
        let street = *self.by_name.entry(phrase.joined().into()).or_insert_with(|| {
            self.all.push(Street {
                phrase: phrase.clone(),
                common: is_common(phrase),
                all: Vec::new(),
                by_number: HashMap::new(),
                by_place: HashMap::new(),
                by_subject: HashMap::new(),
            });
            self.all.len() as u32 - 1
        });
        if let Some(street) = self.all.get_mut(street as usize) {
            street.add(index, subject, address);
        }
        (street, fresh)
    }
}

/// First words of the street names that hundreds of British places share ("High Street", "Mill Lane", "Victoria Road").
const COMMON: &str = "high station church mill main park victoria green manor kings queens king queen new london north south east west \
school grange springfield windsor alexandra albert george york chapel orchard the grove chester woodland woodlands highfield \
meadow field hill oak elm ash beech birch cedar chestnut hawthorn holly lime maple poplar rowan sycamore willow broad bridge \
market castle abbey st cross water spring well west old warwick richmond stanley clarence cambridge oxford bath lancaster \
derby norfolk essex kent surrey sussex devonshire cavendish churchill nelson wellington albion railway river brook lower \
upper mount garden rose primrose fairfield northfield southfield westfield eastfield farm moor common";

fn is_common(phrase: &Phrase) -> bool {
    let the = phrase.first() == b"the";
    let first = if the { phrase.joined().strip_prefix(b"the").unwrap_or_default() } else { phrase.first() };
    phrase.len() <= 2
        && COMMON
            .split_ascii_whitespace()
            .any(|w| w.as_bytes() == first || w.strip_suffix('s').is_some_and(|w| w.as_bytes() == first))
}
