//! The pass over one text for all subjects of a slate.

use unlisted_model::{Kind, NameHit, Scan, Subject, SubjectId, Text};

use crate::anchors::{Anchors, Target};
use crate::detectors::{self, Look, Out};
use crate::facts::Facts;
use crate::names::Finder;
use crate::names::index::NameIndex;
use crate::page::Page;

/// Knows every fact and name of a slate and finds them in texts.
pub struct Scanner {
    subjects: Vec<SubjectId>,
    anchors: Anchors,
    names: NameIndex,
    facts: Facts,
    /// Kinds that every permission leaves out are not told unsupplied either.
    allowed: Vec<Kind>,
}

impl std::fmt::Debug for Scanner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Never a name, never a fact.
        f.debug_struct("Scanner").field("subjects", &self.subjects.len()).finish_non_exhaustive()
    }
}

impl Scanner {
    /// Indexes the names of all subjects, and their facts of the kinds that each one's permission allows.
    ///
    /// A fact that cannot be read as its kind is left out; the subject file's reader has said so to the person.
    pub fn new(subjects: &[Subject]) -> Self {
        let mut scanner = Self {
            subjects: subjects.iter().map(|s| s.id.clone()).collect(),
            anchors: Anchors::default(),
            names: NameIndex::default(),
            facts: Facts::default(),
            allowed: Kind::ALL.into_iter().filter(|kind| subjects.iter().any(|s| s.consent.allows_kind(*kind))).collect(),
        };
        for (index, subject) in subjects.iter().enumerate() {
            scanner.names.add(subject, &mut scanner.anchors);
            scanner.facts.add(index as u32, subject, &mut scanner.anchors);
        }
        scanner.anchors.finish();
        scanner
    }

    /// Finds names, supplied facts, and details that nobody supplied, in one pass.
    ///
    /// Linear in the text; at most 5,000 detections and 5,000 names; at most the first 64 MiB are looked at. Spans are in bytes
    /// of `Text::chars`, on borders of characters, in order of the text.
    pub fn scan(&self, text: &Text) -> Scan {
        self.scan_page(&Page::new(text))
    }

    /// The same of a text that is prepared already.
    pub(crate) fn scan_page(&self, page: &Page<'_>) -> Scan {
        let mut finder = Finder::new(&self.names, page);
        let mut candidates: Vec<(Target, usize)> = Vec::new();
        self.anchors.each(page, |target, start| match target {
            Target::Surname(group) => finder.surname(group, start),
            Target::Misspelt(group) => finder.misspelt(group, start),
            Target::Single(single) => finder.single(single, start),
            _ => candidates.push((target, start)),
        });
        let hits = finder.finish();
        let look = Look::new(&self.facts, page, &hits);
        let mut out = Out::default();
        candidates.sort_by_key(|(_, start)| *start);
        candidates.dedup();
        for (target, start) in candidates {
            match target {
                Target::Street(street) => detectors::address::street(&look, &mut out, street, start),
                Target::House(house) => detectors::house::named(&look, &mut out, house, start),
                Target::Phrase(named) => detectors::named::phrase(&look, &mut out, named, start),
                Target::Username(user) => detectors::username::handle(&look, &mut out, user, start),
                Target::Surname(_) | Target::Misspelt(_) | Target::Single(_) => {}
            }
        }
        detectors::address::postcodes(&look, &mut out);
        detectors::phone::scan(&look, &mut out);
        detectors::email::scan(&look, &mut out);
        detectors::date::scan(&look, &mut out);
        detectors::code::scan(&look, &mut out);
        detectors::place::scan(&look, &mut out);
        detectors::photo::scan(page, &mut out);
        let names = hits
            .into_iter()
            .filter_map(|hit| {
                let subject = self.subjects.get(hit.subject as usize)?.clone();
                Some(NameHit { subject, span: page.words_span(hit.from, hit.to), form: hit.form, title: hit.title })
            })
            .collect();
        let mut detections = out.finish();
        detections.retain(|d| d.fact.is_some() || self.allowed.contains(&d.kind));
        Scan { detections, names }
    }
}
