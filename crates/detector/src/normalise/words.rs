//! Small sets of words, and the written-out form of street types and their abbreviations.

use std::sync::LazyLock;

pub(crate) use super::name_words::{honour, particle, title};
use crate::page::hash;

/// The street type that a word names, in one spelling; `None` for other words. "st" may be a saint as well.
pub(crate) fn street_type(word: &[u8]) -> Option<&'static [u8]> {
    TYPES.of(word)
}

/// A bitmap of the hashes of a few hundred words ([`crate::page::Word::hash`]): it answers most questions for one of them.
pub(crate) struct Hashes([u64; 128]);

impl Default for Hashes {
    fn default() -> Self {
        Self([0; 128])
    }
}

impl Hashes {
    pub(crate) fn add(&mut self, hash: u32) {
        if let Some(bits) = self.0.get_mut(hash as usize >> 6 & 127) {
            *bits |= 1 << (hash & 63);
        }
    }

    /// False: the word with this hash is none of these.
    #[inline]
    pub(crate) fn may_have(&self, hash: u32) -> bool {
        self.0.get(hash as usize >> 6 & 127).is_some_and(|bits| bits >> (hash & 63) & 1 == 1)
    }
}

/// A word with its one spelling.
struct Spelling {
    hash: u32,
    word: &'static [u8],
    one: &'static [u8],
    hash_of_one: u32,
}

/// Words with one spelling, asked for by nearly every word of a text.
pub(crate) struct Spellings {
    /// Ascending by the word's hash.
    found: Vec<Spelling>,
    hashes: Hashes,
}

impl Spellings {
    fn new(rows: impl Iterator<Item = &'static str>) -> Self {
        let mut spellings = Self { found: Vec::new(), hashes: Hashes::default() };
        for row in rows {
            let Some(first) = row.split(' ').next() else { continue };
            for word in row.split(' ') {
                let hash = hash(word.as_bytes());
                spellings.found.push(Spelling {
                    hash,
                    word: word.as_bytes(),
                    one: first.as_bytes(),
                    hash_of_one: self::hash(first.as_bytes()),
                });
                spellings.hashes.add(hash);
            }
        }
        spellings.found.sort_by_key(|s| s.hash);
        spellings
    }

    /// False: the word with this hash ([`crate::page::Word::hash`]) is none of these.
    #[inline]
    pub(crate) fn may_have(&self, hash: u32) -> bool {
        self.hashes.may_have(hash)
    }

    /// The one spelling of a word.
    #[inline]
    pub(crate) fn of(&self, word: &[u8]) -> Option<&'static [u8]> {
        if word.len() > 10 { None } else { self.hashed(word, hash(word)).map(|(one, _)| one) }
    }

    /// The one spelling of a word whose hash is known, with the hash of that.
    pub(crate) fn hashed(&self, word: &[u8], hash: u32) -> Option<(&'static [u8], u32)> {
        let end = self.found.partition_point(|s| s.hash <= hash);
        let same = self.found.get(..end)?.iter().rev().take_while(|s| s.hash == hash);
        same.filter(|s| s.word == word).map(|s| (s.one, s.hash_of_one)).next()
    }
}

/// Types of streets.
pub(crate) static TYPES: LazyLock<Spellings> = LazyLock::new(|| Spellings::new(STREET_TYPES.split("; ")));
/// Types of streets and other words of addresses.
pub(crate) static CANONICAL: LazyLock<Spellings> =
    LazyLock::new(|| Spellings::new(STREET_TYPES.split("; ").chain(OTHER_WORDS.split("; "))));
/// Months; their one spelling is their number.
pub(crate) static MONTHS: LazyLock<Spellings> = LazyLock::new(|| Spellings::new(MONTH_NAMES.split("; ")));

/// Words with which a spelled-out number may begin.
pub(crate) static FIRST_FIGURES: LazyLock<Spellings> =
    LazyLock::new(|| Spellings::new("oh; o; zero; nought; double".split("; ")));

/// The one spelling first.
const STREET_TYPES: &str = "road rd; \
st street str; \
lane ln la; \
avenue ave av avn; \
close cl clo; \
crescent cres cresc cr; \
gardens gdns gds garden gdn; \
drive dr drv; \
court ct crt; \
place pl; \
square sq; \
terrace ter terr tce; \
way wy; \
grove gr gve grv; \
walk wlk; \
mews mws; \
hill; \
row; \
rise; \
park pk; \
view; \
green grn; \
parade pde; \
embankment; \
wharf; \
quay; \
yard yd; \
path; \
croft; \
vale; \
mount mt; \
heights hts; \
brae; \
wynd; \
loan; \
gate; \
bank; \
end; \
common; \
circus; \
approach; \
boulevard blvd; \
esplanade; \
promenade; \
meadows meadow; \
copse; \
dene; \
fold; \
garth; \
chase; \
ridge; \
drove; \
orchard; \
spinney; \
paddock paddocks; \
passage; \
alley; \
broadway; \
bypass; \
causeway; \
cottages cotts; \
villas; \
buildings bldgs; \
heol; \
ffordd";

const OTHER_WORDS: &str = "st saint; south sth; north nth; upper upr; lower lwr; great gt; little lt; limited ltd; junior jnr jr; school sch; primary prim; ce coe; house hse; cottage cott";

const MONTH_NAMES: &str = "1 jan january; 2 feb february; 3 mar march; 4 apr april; 5 may; 6 jun june; 7 jul july; 8 aug august; 9 sep sept september; \
10 oct october; 11 nov november; 12 dec december";

/// Types that alone make "14 Something Type" an address: others ("end", "bank", "view") are ordinary words too often.
pub(crate) fn sure_street_type(canonical: &[u8]) -> bool {
    matches!(
        canonical,
        b"road"
            | b"st"
            | b"lane"
            | b"avenue"
            | b"close"
            | b"crescent"
            | b"gardens"
            | b"drive"
            | b"court"
            | b"place"
            | b"square"
            | b"terrace"
            | b"way"
            | b"grove"
            | b"walk"
            | b"mews"
            | b"hill"
            | b"row"
            | b"rise"
            | b"parade"
            | b"croft"
            | b"wynd"
            | b"brae"
            | b"boulevard"
            | b"cottages"
            | b"villas"
    )
}

/// One spelling for words of addresses and places: street types written out, "saint" as "st".
pub(crate) fn canonical(word: &[u8]) -> &[u8] {
    CANONICAL.of(word).unwrap_or(word)
}

/// Words that begin a longer street name: "Old Mill Lane" is not "Mill Lane".
pub(crate) fn street_prefix(word: &[u8]) -> bool {
    matches!(
        word,
        b"old"
            | b"new"
            | b"upper"
            | b"lower"
            | b"north"
            | b"south"
            | b"east"
            | b"west"
            | b"great"
            | b"little"
            | b"long"
            | b"high"
            | b"back"
            | b"middle"
            | b"nether"
            | b"over"
            | b"far"
            | b"top"
            | b"bottom"
            | b"broad"
            | b"st"
            | b"saint"
    )
}

/// Words before a street that belong to the sentence or the form, never to the street's name.
pub(crate) fn before_street(word: &[u8]) -> bool {
    matches!(
        word,
        b"in"
            | b"on"
            | b"at"
            | b"of"
            | b"the"
            | b"to"
            | b"from"
            | b"near"
            | b"off"
            | b"along"
            | b"and"
            | b"or"
            | b"by"
            | b"into"
            | b"up"
            | b"down"
            | b"is"
            | b"was"
            | b"our"
            | b"my"
            | b"her"
            | b"his"
            | b"their"
            | b"your"
            | b"address"
            | b"home"
            | b"street"
            | b"location"
            | b"site"
            | b"land"
            | b"property"
            | b"road"
            | b"live"
            | b"lives"
            | b"for"
            | b"via"
            | b"with"
            | b"between"
            | b"behind"
            | b"opposite"
            | b"a"
            | b"no"
            | b"number"
            | b"residence"
            | b"addr"
            | b"streetaddress"
    )
}

/// Last words of a house's name, which may stand before a street without a comma.
pub(crate) fn house_word(word: &[u8]) -> bool {
    matches!(
        word,
        b"cottage"
            | b"house"
            | b"farm"
            | b"farmhouse"
            | b"lodge"
            | b"barn"
            | b"villa"
            | b"bungalow"
            | b"hall"
            | b"manor"
            | b"grange"
            | b"vicarage"
            | b"rectory"
            | b"court"
            | b"mill"
            | b"stables"
            | b"croft"
            | b"flats"
            | b"mansions"
            | b"tower"
            | b"towers"
            | b"heights"
            | b"building"
            | b"nook"
            | b"lea"
            | b"point"
            | b"studio"
            | b"annexe"
            | b"annex"
    )
}

/// Words after a street that make it the name of a venue: "Mill Lane Surgery".
pub(crate) fn venue_word(word: &[u8]) -> bool {
    matches!(
        word,
        b"school"
            | b"primary"
            | b"infant"
            | b"infants"
            | b"junior"
            | b"academy"
            | b"college"
            | b"nursery"
            | b"surgery"
            | b"clinic"
            | b"hospital"
            | b"medical"
            | b"practice"
            | b"pharmacy"
            | b"church"
            | b"chapel"
            | b"hall"
            | b"library"
            | b"centre"
            | b"center"
            | b"car"
            | b"allotment"
            | b"allotments"
            | b"cemetery"
            | b"station"
            | b"stadium"
            | b"playground"
            | b"recreation"
            | b"farm"
            | b"house"
            | b"bridge"
            | b"industrial"
            | b"business"
            | b"retail"
            | b"estate"
            | b"depot"
            | b"garage"
            | b"mosque"
            | b"temple"
            | b"pub"
            | b"inn"
            | b"hotel"
            | b"ground"
            | b"campus"
            | b"foundation"
            | b"hospice"
            | b"museum"
            | b"theatre"
            | b"trust"
            | b"award"
            | b"scholarship"
            | b"collection"
            | b"archive"
    )
}

/// Words that say which part of a building: "Flat 3".
pub(crate) fn flat_word(word: &[u8]) -> bool {
    matches!(word, b"flat" | b"flt" | b"apartment" | b"apt" | b"unit" | b"room" | b"studio" | b"maisonette" | b"suite" | b"appt")
}

/// The month that a word names, 1 to 12.
pub(crate) fn month(word: &[u8]) -> Option<i8> {
    if word.len() < 3 {
        return None;
    }
    MONTHS.of(word).and_then(|n| std::str::from_utf8(n).ok()).and_then(|n| n.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_for_a_street() {
        for (short, long) in [("rd", "road"), ("st", "street"), ("ln", "lane"), ("gdns", "gardens"), ("saint", "street")] {
            assert_eq!(canonical(short.as_bytes()), canonical(long.as_bytes()), "{short}");
        }
        assert_ne!(canonical(b"road"), canonical(b"lane"));
        assert_eq!(canonical(b"mill"), b"mill");
    }
}
