//! What is known of a subject, prepared once for comparing with pages.

use std::collections::HashSet;

use jiff::civil::Date;
use unlisted_model::{Councils, FactId, Identifier, Kind, Reveal, Subject};

use crate::attribute::address::AddressParts;
use crate::attribute::cues::{VocabularyBuilder, area_parts, council_places};
use crate::attribute::fold::{folded, words};
use crate::attribute::names::{Custom, NameTable, Rarity};
use crate::attribute::street::is_thoroughfare;
use crate::needles::Needles;

/// A subject with all that attribution asks of them.
#[derive(Debug)]
pub(crate) struct Profile {
    pub(crate) subject: Subject,
    pub(crate) rarity: Rarity,
    /// The sex that the first name goes with by custom.
    pub(crate) custom: Option<Custom>,
    /// Folded first name and surname.
    pub(crate) first: String,
    pub(crate) surname: String,
    /// Folded first names of all names in public use, "Abi" beside "Abigail"; two letters at least.
    pub(crate) firsts: Vec<String>,
    /// How many parts the full name has.
    pub(crate) parts: usize,
    /// Numbers of places and of the party in the vocabulary.
    pub(crate) area: Vec<u32>,
    pub(crate) town: Vec<u32>,
    pub(crate) council: Vec<u32>,
    pub(crate) party: Option<u32>,
    /// Folded words of every place, council, party and name that is the subject's own.
    pub(crate) own_words: HashSet<String>,
    pub(crate) born: Option<Date>,
    /// Home addresses in parts.
    pub(crate) homes: Vec<(FactId, AddressParts)>,
    /// Their streets in the vocabulary, those that are not in every town.
    pub(crate) streets: Vec<(u32, FactId)>,
    /// Host of the subject's own council.
    pub(crate) council_host: Option<String>,
    /// What no excerpt may show.
    pub(crate) needles: Needles,
}

impl Profile {
    pub(crate) fn new(subject: Subject, table: &NameTable, councils: &Councils, vocabulary: &mut VocabularyBuilder) -> Self {
        let name = subject.names.full.clone();
        let parts: Vec<String> = words(&name, 0..name.len()).iter().map(|w| folded(w.text)).collect();
        let first = parts.first().cloned().unwrap_or_default();
        let surname = parts.last().cloned().unwrap_or_default();
        let firsts: Vec<String> = std::iter::once(&subject.names.full)
            .chain(&subject.names.also)
            .filter(|n| n.contains(' '))
            .filter_map(|n| words(n, 0..n.len()).first().map(|w| folded(w.text)))
            .filter(|n| n.len() >= 2)
            .collect();
        let homes: Vec<(FactId, AddressParts)> = subject
            .private
            .iter()
            .filter(|f| f.kind() == Kind::HomeAddress)
            .map(|f| (f.id.clone(), AddressParts::read(f.value.reveal(Reveal::ToCompare))))
            .collect();
        let council = subject.candidacy.council.as_deref().and_then(|code| councils.get(code));
        let mut own: Vec<String> = parts.clone();
        let mut town = Vec::new();
        for (_, home) in &homes {
            for locality in &home.localities {
                town.push(vocabulary.place(locality));
                own.push(locality.clone());
            }
        }
        let telling =
            |home: &&(FactId, AddressParts)| home.1.phrases.first().is_some_and(|p| p.contains(' ') && !is_thoroughfare(p));
        let streets = homes.iter().filter(telling).map(|(id, home)| (vocabulary.street(&home.phrases), id.clone())).collect();
        let area = subject.candidacy.area.as_deref().map(|a| vocabulary.area(a)).unwrap_or_default();
        own.extend(subject.candidacy.area.iter().flat_map(|a| area_parts(a)));
        let mut council_ids = Vec::new();
        if let Some(council) = council {
            for place in council_places(&council.name) {
                council_ids.push(vocabulary.place(&place));
                own.push(place);
            }
        }
        let party = subject.candidacy.party.as_deref().map(|p| vocabulary.party(p));
        own.extend(subject.candidacy.party.clone());
        let shared = |f: &&Identifier| matches!(f.kind(), Kind::Workplace | Kind::School | Kind::PlaceVisited);
        own.extend(subject.private.iter().filter(shared).map(|f| f.value.reveal(Reveal::ToCompare).to_owned()));
        let own_words = own.iter().flat_map(|o| words(o, 0..o.len())).map(|w| folded(w.text)).filter(|w| w.len() >= 3).collect();
        let born = subject
            .private
            .iter()
            .find(|f| f.kind() == Kind::DateOfBirth)
            .and_then(|f| read_date(f.value.reveal(Reveal::ToCompare)));
        Self {
            rarity: table.rarity(&first, &surname),
            custom: table.custom(&first),
            first,
            surname,
            firsts,
            parts: parts.len(),
            area,
            town,
            council: council_ids,
            party,
            own_words,
            born,
            homes,
            streets,
            council_host: council.and_then(|c| c.base.as_ref()).and_then(|b| b.host_str()).map(str::to_lowercase),
            needles: Needles::of(&subject),
            subject,
        }
    }

    /// The supplied fact of an id, with whether it is meant to be public.
    pub(crate) fn fact(&self, id: &FactId) -> Option<&Identifier> {
        self.subject.private.iter().chain(&self.subject.public).find(|f| f.id == *id)
    }

    /// Whether a place is one of the subject's own.
    pub(crate) fn is_own_place(&self, place: u32) -> bool {
        self.area.contains(&place) || self.town.contains(&place) || self.council.contains(&place)
    }

    /// Every place that is the subject's own.
    pub(crate) fn own_places(&self) -> impl Iterator<Item = u32> + '_ {
        self.area.iter().chain(&self.town).chain(&self.council).copied()
    }

    /// Whether any word of a phrase is one of the subject's own places, parties or names.
    pub(crate) fn owns_any_word(&self, phrase: &str) -> bool {
        words(phrase, 0..phrase.len()).iter().any(|w| self.own_words.contains(&folded(w.text)))
    }

    /// The home address behind a fact.
    pub(crate) fn home(&self, id: &FactId) -> Option<&AddressParts> {
        self.homes.iter().find(|(f, _)| f == id).map(|(_, parts)| parts)
    }
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads a birth date in the forms of the subject file and of British pages, day first.
pub(crate) fn read_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let tokens: Vec<String> = words(&text.replace('-', " "), 0..text.len()).iter().map(|w| folded(w.text)).collect();
    let mut month = None;
    let mut numbers: Vec<(usize, i16)> = Vec::new();
    for token in &tokens {
        let number = token.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if let Ok(n) = number.parse::<i16>() {
            numbers.push((number.len(), n));
        } else if let Some(m) = MONTHS.iter().position(|m| token.starts_with(m)) {
            month = i8::try_from(m + 1).ok();
        }
    }
    let small = |n: i16| i8::try_from(n).ok();
    match (month, numbers.as_slice()) {
        (None, [(4, y), (_, m), (_, d), ..]) => Date::new(*y, small(*m)?, small(*d)?).ok(),
        (None, [(_, d), (_, m), (4, y), ..]) => Date::new(*y, small(*m)?, small(*d)?).ok(),
        (Some(m), [(_, d), (4, y), ..]) => Date::new(*y, m, small(*d)?).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn birth_dates_are_read_day_first() {
        for text in ["1984-03-09", "9 March 1984", "09/03/1984", "March 9th, 1984", "9th of March 1984", "9.3.1984"] {
            assert_eq!(read_date(text).map(|d| d.to_string()).as_deref(), Some("1984-03-09"), "{text}");
        }
        for text in ["", "March 1984", "1984", "31/02/1984", "••/••/1984"] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }
}
