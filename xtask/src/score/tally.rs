//! Counts: reports against expectations.

use std::collections::BTreeMap;

use super::expect::{About, Page, Want};
use super::report::{Band, Told};

/// Counts of one kind of fact.
#[derive(Default, Clone, Copy)]
pub(crate) struct Kind {
    /// Facts a reader finds *likely* or more; how many of them the report calls that.
    pub(crate) wanted_likely: usize,
    pub(crate) hit_likely: usize,
    /// Facts a reader finds at all; how many of them the report names at all.
    pub(crate) wanted: usize,
    pub(crate) hit: usize,
    /// Supplied facts reported *likely* or more; how many of them stand on the page and are the person's.
    pub(crate) told_likely: usize,
    pub(crate) right_likely: usize,
    /// The same, *possible* or more.
    pub(crate) told: usize,
    pub(crate) right: usize,
}

impl Kind {
    pub(crate) const fn plus(self, o: Self) -> Self {
        Self {
            wanted_likely: self.wanted_likely + o.wanted_likely,
            hit_likely: self.hit_likely + o.hit_likely,
            wanted: self.wanted + o.wanted,
            hit: self.hit + o.hit,
            told_likely: self.told_likely + o.told_likely,
            right_likely: self.right_likely + o.right_likely,
            told: self.told + o.told,
            right: self.right + o.right,
        }
    }
}

/// Counts of the pages about one sort of people.
#[derive(Default, Clone, Copy)]
pub(crate) struct Pages {
    pub(crate) pages: usize,
    /// Pages with a supplied fact reported that must not be.
    pub(crate) false_alarms: usize,
    /// Of these, at *likely* or more.
    pub(crate) false_likely: usize,
    /// Pages with any detail that nobody supplied, and how many of these details.
    pub(crate) with_unsupplied: usize,
    pub(crate) unsupplied: usize,
}

/// Forecasts of one band: Σ(p − y)², Σp, Σy, n.
#[derive(Default, Clone, Copy)]
pub(crate) struct Forecasts {
    pub(crate) squares: f64,
    pub(crate) hoped: f64,
    pub(crate) true_: usize,
    pub(crate) n: usize,
}

/// Something to look at.
pub(crate) struct Note {
    pub(crate) person: String,
    pub(crate) page: String,
    pub(crate) genre: String,
    pub(crate) fact: String,
    pub(crate) what: String,
}

/// All counts.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) people: usize,
    pub(crate) kinds: BTreeMap<String, Kind>,
    pub(crate) pages: BTreeMap<About, Pages>,
    pub(crate) bands: BTreeMap<Band, Forecasts>,
    pub(crate) misses: Vec<Note>,
    pub(crate) false_alarms: Vec<Note>,
}

impl Tally {
    /// Adds one person's pages.
    pub(crate) fn add(&mut self, person: &str, expected: &[Page], told: &[Told]) {
        self.people += 1;
        for page in expected {
            let here: Vec<&Told> = told.iter().filter(|t| t.page == page.file && t.band > Band::Other).collect();
            for want in &page.find {
                self.wanted(person, page, want, &here);
            }
            let mut alarm: Option<Band> = None;
            for finding in here.iter().filter(|t| t.supplied) {
                if self.told(person, page, finding) == Some(false) {
                    alarm = alarm.max(Some(finding.band));
                }
            }
            let unsupplied = here.iter().filter(|t| !t.supplied).count();
            let pages = self.pages.entry(page.about).or_default();
            pages.pages += 1;
            pages.false_alarms += usize::from(alarm.is_some());
            pages.false_likely += usize::from(alarm >= Some(Band::Likely));
            pages.unsupplied += unsupplied;
            pages.with_unsupplied += usize::from(unsupplied > 0);
        }
    }

    fn wanted(&mut self, person: &str, page: &Page, want: &Want, here: &[&Told]) {
        let best = here.iter().filter(|t| t.supplied && t.fact == want.fact).max_by_key(|t| (t.partial == want.partial, t.band));
        // A full address told as a part of one is seen, but not recognised.
        let recognised = best.filter(|t| t.partial == want.partial).map(|t| t.band);
        let kind = self.kinds.entry(kind_of(&want.fact)).or_default();
        kind.wanted += 1;
        kind.hit += usize::from(best.is_some());
        if want.band >= Band::Likely {
            kind.wanted_likely += 1;
            kind.hit_likely += usize::from(recognised >= Some(Band::Likely));
        }
        if recognised < Some(want.band) {
            let got = best.map_or_else(|| "nothing".to_owned(), |t| spoken(t.band, t.partial));
            let what = format!("wanted {}, got {got}", spoken(want.band, want.partial));
            self.misses.push(note(person, page, &want.fact, what));
        }
    }

    /// Whether a reported fact is right; `None` where a reader could say either.
    fn told(&mut self, person: &str, page: &Page, finding: &Told) -> Option<bool> {
        if page.may.contains(&finding.fact) {
            return None;
        }
        // Another house of the street called a match is wrong; the whole told as a part is only modest.
        let right = page.find.iter().any(|w| w.fact == finding.fact && (finding.partial || !w.partial));
        let kind = self.kinds.entry(finding.kind.clone()).or_default();
        kind.told += 1;
        kind.right += usize::from(right);
        if finding.band >= Band::Likely {
            kind.told_likely += 1;
            kind.right_likely += usize::from(right);
        }
        let band = self.bands.entry(finding.band).or_default();
        band.n += 1;
        band.true_ += usize::from(right);
        band.hoped += finding.probability;
        band.squares += (finding.probability - if right { 1.0 } else { 0.0 }).powi(2);
        if !right {
            let what = format!("{} at {:.2}", spoken(finding.band, finding.partial), finding.probability);
            self.false_alarms.push(note(person, page, &finding.fact, what));
        }
        Some(right)
    }
}

fn kind_of(fact: &str) -> String {
    fact.split('/').next().unwrap_or(fact).to_owned()
}

fn spoken(band: Band, partial: bool) -> String {
    if partial { format!("{} (partial)", band.name()) } else { band.name().to_owned() }
}

fn note(person: &str, page: &Page, fact: &str, what: String) -> Note {
    Note { person: person.to_owned(), page: page.file.clone(), genre: page.genre.clone(), fact: fact.to_owned(), what }
}
