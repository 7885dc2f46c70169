//! Supplied addresses by street.

use std::collections::HashMap;

use crate::anchors::Phrase;

/// One street's name, and the addresses in a street of that name, wherever it is.
pub(crate) struct Street {
    pub(crate) phrase: Phrase,
    /// Indices of addresses.
    pub(crate) addresses: Vec<u32>,
    /// Whether so many places have a street of this name that it says little.
    pub(crate) common: bool,
}

/// The streets of a slate.
#[derive(Default)]
pub(crate) struct Streets {
    pub(crate) all: Vec<Street>,
    by_name: HashMap<Box<[u8]>, u32>,
}

impl Streets {
    /// Adds an address to its street; tells the street's index and whether it is new.
    pub(crate) fn add(&mut self, phrase: &Phrase, address: u32) -> (u32, bool) {
        if let Some(&index) = self.by_name.get(phrase.joined()) {
            if let Some(street) = self.all.get_mut(index as usize) {
                street.addresses.push(address);
            }
            return (index, false);
        }
        let index = self.all.len() as u32;
        self.by_name.insert(phrase.joined().into(), index);
        self.all.push(Street { phrase: phrase.clone(), addresses: vec![address], common: is_common(phrase) });
        (index, true)
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
    phrase.len() <= 2 && COMMON.split_ascii_whitespace().any(|w| w.as_bytes() == first || w.strip_suffix('s').is_some_and(|w| w.as_bytes() == first))
}
