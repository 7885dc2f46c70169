//! Telling an office from a home. A slot called "home" is a slot, not proof of a home, and a slot called "work" is no
//! proof of an office: councils put the civic centre into the one, and members their house into the other.

use std::collections::{BTreeSet, HashMap};

use unlisted_model::text::About;
use url::Url;

/// So many different people of one council with the same address, number or e-mail: it is an office.
const MANY: usize = 3;

/// Words of a council's own premises and desks.
const OFFICE: &[&str] = &[
    "civic centre",
    "civic center",
    "civic offices",
    "civic office",
    "civic suite",
    "civic headquarters",
    "civic hall",
    "civic",
    "town hall",
    "county hall",
    "city hall",
    "shire hall",
    "county offices",
    "county buildings",
    "council offices",
    "council office",
    "council house",
    "council chamber",
    "council headquarters",
    "council hq",
    "municipal offices",
    "municipal buildings",
    "guildhall",
    "guild hall",
    "c/o",
    "democratic services",
    "member services",
    "members services",
    "members room",
    "members rooms",
    "members support",
    "committee services",
    "governance support",
    "group office",
    "constituency office",
    "neuadd y sir",
    "swyddfeydd y cyngor",
];

/// What follows an office's name when it is a road or a dwelling after all: `12 Guildhall Street`, `Civic Way`.
const ROAD: &[&str] = &[
    "street",
    "st",
    "road",
    "rd",
    "lane",
    "ln",
    "avenue",
    "ave",
    "close",
    "cl",
    "drive",
    "dr",
    "way",
    "court",
    "ct",
    "crescent",
    "mews",
    "terrace",
    "gardens",
    "grove",
    "walk",
    "rise",
    "row",
    "hill",
    "view",
    "yard",
    "place",
    "park",
    "green",
    "gate",
    "cottage",
    "cottages",
    "farm",
    "barn",
    "flat",
    "flats",
    "villa",
    "villas",
    "bungalow",
    "lodge",
    "apartments",
    "mansions",
];

/// Words in the place of data.
const WITHHELD: &[&str] = &[
    "withheld",
    "not published",
    "not for publication",
    "see register",
    "contact via",
    "contact through",
    "on request",
    "confidential",
    "not disclosed",
    "undisclosed",
    "not available",
    "not provided",
    "sensitive interest",
    "section 32",
    "no address",
    "heb ei gyhoeddi",
];

/// Whether words name an office.
pub(in super::super) fn is_office(words: &str) -> bool {
    let spoken = spoken(words);
    let tokens: Vec<&str> = spoken.split(' ').filter(|t| !t.is_empty()).collect();
    OFFICE.iter().any(|office| {
        let office: Vec<&str> = office.split(' ').collect();
        tokens.windows(office.len()).enumerate().any(|(at, window)| {
            let before = at.checked_sub(1).and_then(|i| tokens.get(i));
            let after = tokens.get(at + office.len());
            window == office.as_slice()
                && !after.is_some_and(|t| ROAD.contains(t))
                && !before.is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()))
        })
    })
}

/// Whether a section is about surgeries that are held in a library or hall, not in the member's home.
pub(in super::super) fn is_surgery_elsewhere(heading: &str, lines: &[String]) -> bool {
    let heading = heading.to_lowercase();
    (heading.contains("surger") || heading.contains("cymhorthf")) && !lines.iter().any(|l| l.to_lowercase().contains("home"))
}

/// Whether words stand in the place of data: nothing is published there.
pub(in super::super) fn is_withheld(words: &str) -> bool {
    let spoken = spoken(words);
    WITHHELD.iter().any(|w| spoken.contains(w)) && !has_house_number(words)
}

fn has_house_number(words: &str) -> bool {
    words
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|t| t.starts_with(|c: char| c.is_ascii_digit()) && t.len() <= 5 && t != "32" && t != "32A")
}

/// Lower case, apostrophes gone, everything but letters, digits and `/` a single space.
fn spoken(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars().filter(|c| !"'’`".contains(*c)).flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || c == '/' {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.trim().to_owned()
}

/// An address, number or e-mail as it is compared.
fn same(value: &str) -> String {
    let lower = value.to_lowercase();
    if lower.contains('@') {
        return lower.split_whitespace().collect();
    }
    let digits: String = lower.chars().filter(char::is_ascii_digit).collect();
    let letters: String = lower.chars().filter(|c| c.is_alphabetic()).collect();
    if digits.len() >= 9 && letters.len() < digits.len() {
        // A telephone number with its remarks: its last nine digits tell it from others.
        return digits.get(digits.len() - 9..).unwrap_or_default().to_owned();
    }
    lower.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The values of a field: several numbers or e-mail addresses may stand in one, an address is one value.
pub(in super::super) fn values(field: &str) -> impl Iterator<Item = &str> {
    let digits = field.chars().filter(char::is_ascii_digit).count();
    let letters = field.chars().filter(|c| c.is_alphabetic()).count();
    let separators: &[char] = match field.matches('@').count() {
        0 if digits >= 9 && letters < digits => &[',', ';', '/', '|'],
        0 => &[],
        _ => &[',', ';', '/', '|', ' '],
    };
    field.split(separators).map(str::trim).filter(|v| !v.is_empty())
}

/// What a whole council's members have in common.
#[derive(Debug, Default)]
pub(in super::super) struct Offices {
    /// Which members carry a value.
    seen: HashMap<String, BTreeSet<usize>>,
    /// The council's own registrable domain.
    domain: Option<String>,
}

impl Offices {
    /// For a council at this address.
    pub(in super::super) fn of(base: &Url) -> Self {
        let domain = base.host_str().and_then(psl::domain_str).map(str::to_owned);
        Self { seen: HashMap::new(), domain }
    }

    /// Notes that a member carries a value, in whichever slot.
    pub(in super::super) fn note(&mut self, member: usize, field: &str) {
        for key in values(field).map(same).filter(|k| !k.is_empty()) {
            self.seen.entry(key).or_default().insert(member);
        }
    }

    fn is_shared(&self, value: &str) -> bool {
        self.seen.get(&same(value)).is_some_and(|members| members.len() >= MANY)
    }

    /// Whether an e-mail address is the council's, or a parliament's or government's.
    pub(in super::super) fn is_official_mail(&self, address: &str) -> bool {
        let Some((_, host)) = address.rsplit_once('@') else { return false };
        let host = host.trim().trim_end_matches(['.', '>', ',', ';']).to_lowercase();
        // `council.gov.uk`, `gov.scot`, `llyw.cymru` …: the name just below the last one.
        let official = ["gov", "llyw", "parliament", "senedd", "nhs"];
        host.rsplit('.').nth(1).is_some_and(|label| official.contains(&label))
            || self.domain.as_deref().is_some_and(|own| psl::domain_str(&host) == Some(own))
    }

    /// Whom a postal address is about. `slot` is what the council calls it.
    pub(in super::super) fn address(&self, slot: About, address: &str) -> About {
        if is_office(address) || self.is_shared(address) { About::Office } else { slot }
    }

    /// Whom a field of telephone numbers is about: an office only if each of them is one's.
    pub(in super::super) fn number(&self, slot: About, field: &str) -> About {
        let mut numbers = values(field).filter(|v| v.chars().filter(char::is_ascii_digit).count() >= 6).peekable();
        if numbers.peek().is_some() && numbers.all(|n| self.is_shared(n)) { About::Office } else { slot }
    }

    /// Whom an e-mail address is about.
    pub(in super::super) fn mail(&self, slot: About, address: &str) -> About {
        if self.is_official_mail(address) || self.is_shared(address) { About::Office } else { slot }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_are_told_from_roads_and_houses_of_that_name() {
        for office in [
            "Civic Centre, Sample Square",
            "c/o Civic Centre",
            "Town Hall, Town Hall Square",
            "The Guildhall, High Street",
            "Members’ Room, County Hall",
            "Democratic Services",
            "C/O Council Offices",
            "Guildhall",
        ] {
            assert!(is_office(office), "{office}");
        }
        for home in [
            "12 Guildhall Street, Exampleford",
            "4 Civic Way",
            "Town Hall Cottage, Mill Lane",
            "2 Council Houses, Mill Lane",
            "9 Town Hall Road",
            "14 Invented Crescent",
            "1 Centre Street",
            "Flat 3, 5 County Hall Apartments",
        ] {
            assert!(!is_office(home), "{home}");
        }
    }

    #[test]
    fn words_in_the_place_of_data_are_no_data() {
        assert!(is_withheld("Address withheld, Please contact via the Civic Centre"));
        assert!(is_withheld("Withheld under section 32 of the Localism Act"));
        assert!(!is_withheld("14 Withheld Lane, Confidential Green"));
        assert!(!is_withheld("14 Invented Crescent"));
    }

    #[test]
    fn three_people_make_an_office_two_a_household() {
        let base = Url::parse("https://democracy.exampleford.example").expect("test data");
        let mut offices = Offices::of(&base);
        for member in 0..3 {
            offices.note(member, "5 Shared Buildings, ZZ99 1AA");
            offices.note(member, "01632 960000");
            offices.note(0, "7 Private Road");
        }
        offices.note(1, "7 private road");
        assert_eq!(offices.address(About::Home, "5 Shared Buildings ZZ991AA"), About::Office);
        assert_eq!(offices.address(About::Home, "7 Private Road"), About::Home);
        assert_eq!(offices.number(About::Home, "+44 1632 960000 (office)"), About::Office);
        assert_eq!(offices.number(About::Home, "01632 960001"), About::Home);
        assert_eq!(offices.number(About::Home, "01632 960001 / 01632 960000"), About::Home);
        assert_eq!(offices.number(About::Home, "01632 960000, 01632 960000"), About::Office);
        assert_eq!(offices.number(About::Home, ""), About::Home);
    }

    #[test]
    fn the_councils_mail_is_not_private() {
        let base = Url::parse("https://democracy.exampleford.example").expect("test data");
        let offices = Offices::of(&base);
        for (mail, about) in [
            ("a@exampleford.example", About::Office),
            ("a@members.exampleford.example", About::Office),
            ("a@somewhere.gov.uk", About::Office),
            ("a@notgov.uk", About::Home),
            ("a@mailbox.example", About::Home),
            ("a@exampleford.example.org", About::Home),
        ] {
            assert_eq!(offices.mail(About::Home, mail), about, "{mail}");
        }
    }
}
