//! Words that tell whom a page means, found in one pass over the text: parties, places, occupations, offices, deaths.
//!
//! Places and parties of every subject of the slate are looked for together, so the pass does not grow with the slate.

use std::collections::HashMap;
use std::ops::Range;

use unlisted_model::Councils;

use crate::attribute::fold::{folded, stands_alone};
use crate::attribute::names::NameFrequencies;
use crate::attribute::phrases::Phrases;

/// What a word tells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Cue {
    /// A word of politics.
    Political,
    /// A party, by its number.
    Party(u32),
    /// A place, by its number.
    Place(u32),
    /// A subject's own street, by its number.
    Street(u32),
    /// A word of threat or abuse.
    Hostile,
    /// A death, or a time long ago.
    Obituary,
    /// An occupation.
    Role,
    /// An organisation speaks of itself.
    Office,
    /// An imprint.
    Imprint,
    /// The word "Council".
    CouncilWord,
    /// The word "Party".
    PartyWord,
}

/// One word seen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Sighting {
    pub(crate) range: Range<usize>,
    pub(crate) cue: Cue,
}

/// All words seen in a text, in its order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Sightings(Vec<Sighting>);

impl Sightings {
    /// Those that start inside a range.
    pub(crate) fn within(&self, range: &Range<usize>) -> &[Sighting] {
        let from = self.0.partition_point(|s| s.range.start < range.start);
        let to = self.0.partition_point(|s| s.range.start < range.end);
        self.0.get(from..to.max(from)).unwrap_or_default()
    }

    /// All of them.
    pub(crate) fn all(&self) -> &[Sighting] {
        &self.0
    }
}

/// More words than this in one text tell nothing more: memory stays bounded on hostile pages.
const MOST_SIGHTINGS: usize = 50_000;

/// The words of all subjects and of the knowledge rows.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    phrases: Phrases,
    cues: Vec<Vec<Cue>>,
}

/// Collects the words.
#[derive(Debug, Default)]
pub(crate) struct VocabularyBuilder {
    index: HashMap<String, usize>,
    patterns: Vec<String>,
    cues: Vec<Vec<Cue>>,
    places: HashMap<String, u32>,
    parties: HashMap<String, u32>,
    streets: HashMap<String, u32>,
    next_party: u32,
}

/// Words of a council's name that are no place.
const COUNCIL_WORDS: [&str; 24] = [
    "council",
    "borough",
    "city",
    "county",
    "district",
    "metropolitan",
    "london",
    "of",
    "the",
    "and",
    "royal",
    "unitary",
    "authority",
    "combined",
    "corporation",
    "greater",
    "town",
    "parish",
    "community",
    "upon",
    "assembly",
    "islands",
    "isle",
    "comhairle",
];

/// Words of an area that are no place by themselves.
const AREA_WORDS: [&str; 24] = [
    "north",
    "south",
    "east",
    "west",
    "central",
    "centre",
    "town",
    "ward",
    "division",
    "constituency",
    "upper",
    "lower",
    "rural",
    "urban",
    "county",
    "the",
    "and",
    "of",
    "with",
    "outer",
    "inner",
    "mid",
    "saint",
    "city",
];

impl VocabularyBuilder {
    /// Starts with the knowledge rows.
    pub(crate) fn new(names: &NameFrequencies, hostile: &[String], councils: &Councils) -> Self {
        let mut this = Self::default();
        for (words, cue) in [
            (names.political.as_slice(), Cue::Political),
            (hostile, Cue::Hostile),
            (&names.obituary, Cue::Obituary),
            (&names.roles, Cue::Role),
            (&names.office, Cue::Office),
            (&names.imprint, Cue::Imprint),
        ] {
            for word in words {
                this.add(word, cue);
            }
        }
        this.add("council", Cue::CouncilWord);
        this.add("party", Cue::PartyWord);
        for row in &names.parties {
            let id = this.next_party;
            this.next_party += 1;
            for spelling in row {
                this.parties.insert(folded(spelling), id);
                this.add(spelling, Cue::Party(id));
            }
        }
        for council in councils.0.values() {
            for place in council_places(&council.name) {
                this.place(&place);
            }
        }
        this
    }

    fn add(&mut self, word: &str, cue: Cue) {
        let word = word.trim().to_lowercase();
        if word.len() < 2 {
            return;
        }
        let i = *self.index.entry(word.clone()).or_insert_with(|| {
            self.patterns.push(word);
            self.cues.push(Vec::new());
            self.patterns.len() - 1
        });
        if let Some(cues) = self.cues.get_mut(i)
            && !cues.contains(&cue)
        {
            cues.push(cue);
        }
    }

    /// The number of a place.
    pub(crate) fn place(&mut self, name: &str) -> u32 {
        let next = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        let id = *self.places.entry(folded(name)).or_insert(next);
        self.add(name, Cue::Place(id));
        id
    }

    /// The number of a street, in all its spellings.
    pub(crate) fn street(&mut self, phrases: &[String]) -> u32 {
        let next = u32::try_from(self.streets.len()).unwrap_or(u32::MAX);
        let id = *self.streets.entry(phrases.first().cloned().unwrap_or_default()).or_insert(next);
        for phrase in phrases {
            self.add(phrase, Cue::Street(id));
        }
        id
    }

    /// The places of an area: the whole, and each part that is a place by itself.
    pub(crate) fn area(&mut self, area: &str) -> Vec<u32> {
        let mut out = Vec::new();
        // "Central" and "North" are areas of every town.
        let telling = |part: &String| part.contains(' ') || !AREA_WORDS.contains(&part.to_lowercase().as_str());
        for part in area_parts(area).into_iter().filter(telling) {
            out.push(self.place(&part));
        }
        out
    }

    /// The number of a party.
    pub(crate) fn party(&mut self, name: &str) -> u32 {
        let key = folded(name);
        let known = self.parties.get(&key).copied().or_else(|| {
            // "Northgate Labour Party" is Labour; the longest known spelling inside decides.
            self.parties
                .iter()
                .filter(|(spelling, _)| spelling.len() >= 6 && key.contains(spelling.as_str()))
                .max_by_key(|(spelling, _)| spelling.len())
                .map(|(_, id)| *id)
        });
        let id = known.unwrap_or_else(|| {
            let id = self.next_party;
            self.next_party += 1;
            id
        });
        self.parties.entry(key).or_insert(id);
        self.add(name, Cue::Party(id));
        id
    }

    /// Makes them ready to be looked for.
    pub(crate) fn build(self) -> Vocabulary {
        Vocabulary { phrases: Phrases::new(self.patterns), cues: self.cues }
    }
}

/// "Northgate and Mereside Ward" → the whole, "Northgate", "Mereside".
pub(crate) fn area_parts(area: &str) -> Vec<String> {
    let mut whole = area.trim().to_owned();
    for end in [" ward", " division", " constituency"] {
        if whole.to_lowercase().ends_with(end) {
            whole.truncate(whole.len() - end.len());
        }
    }
    let mut out = Vec::new();
    let apart = whole.replace(" and ", ",").replace(" And ", ",").replace(['&', '/'], ",");
    for part in apart.split(',').map(str::trim) {
        let telling = part.split_whitespace().any(|w| w.chars().count() >= 4 && !AREA_WORDS.contains(&w.to_lowercase().as_str()));
        if telling && part != whole {
            out.push(part.to_owned());
        }
    }
    if !whole.is_empty() {
        out.insert(0, whole);
    }
    out
}

/// "Northgate City Council" → "Northgate".
pub(crate) fn council_places(name: &str) -> Vec<String> {
    let apart = name.replace(" and ", ",").replace('&', ",");
    apart
        .split(',')
        .filter_map(|part| {
            let kept: Vec<&str> = part
                .split_whitespace()
                .filter(|w| !COUNCIL_WORDS.contains(&w.to_lowercase().as_str()) || part.contains(&format!("{w} upon")))
                .collect();
            let place = kept.join(" ");
            (place.chars().count() >= 4).then_some(place)
        })
        .collect()
}

impl Vocabulary {
    /// Every cue of a text. Places, parties and the two nouns count only with a capital: "reading a book" is no town.
    pub(crate) fn sight(&self, text: &str) -> Sightings {
        let mut out: Vec<Sighting> = Vec::new();
        self.phrases.each(text, |phrase, range| {
            if out.len() >= MOST_SIGHTINGS || !stands_alone(text, &range) {
                return;
            }
            let capital = text.get(range.clone()).and_then(|t| t.chars().next()).is_some_and(char::is_uppercase);
            for cue in self.cues.get(phrase).into_iter().flatten() {
                let named = matches!(cue, Cue::Party(_) | Cue::Place(_) | Cue::Street(_) | Cue::CouncilWord | Cue::PartyWord);
                if capital || !named {
                    out.push(Sighting { range: range.clone(), cue: *cue });
                }
            }
        });
        out.sort_by_key(|s| (s.range.start, s.range.end));
        Sightings(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_and_councils_give_places() {
        assert_eq!(area_parts("Northgate and Mereside"), ["Northgate and Mereside", "Northgate", "Mereside"]);
        assert_eq!(area_parts("Mereside North Ward"), ["Mereside North"]);
        assert_eq!(area_parts("North and East"), ["North and East"]);
        assert_eq!(council_places("Northgate City Council"), ["Northgate"]);
        assert_eq!(council_places("London Borough of Eastbrook"), ["Eastbrook"]);
        assert_eq!(council_places("Westmere and Fenbridge Council"), ["Westmere", "Fenbridge"]);
    }

    #[test]
    fn words_count_only_whole_and_names_only_with_a_capital() {
        let names = NameFrequencies { parties: vec![vec!["green party".into(), "greens".into()]], ..NameFrequencies::default() };
        let mut builder = VocabularyBuilder::new(&names, &["kill".into()], &Councils::default());
        let here = builder.place("Northgate");
        assert_eq!(builder.party("Northgate Green Party"), builder.party("Green Party"));
        let vocabulary = builder.build();
        let cues = |text: &str| -> Vec<Cue> { vocabulary.sight(text).all().iter().map(|s| s.cue).collect() };
        assert_eq!(cues("skills at Northgate"), [Cue::Place(here)]);
        assert_eq!(cues("I will kill northgate"), [Cue::Hostile]);
        assert_eq!(cues("some greens"), []);
        assert_eq!(cues("the Greens won"), [Cue::Party(0)]);
    }
}
