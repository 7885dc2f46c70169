//! From a document to findings: scan, attribute, assess, mask.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use unlisted_model::severity::SeverityTable;
use unlisted_model::{
    About, Band, Councils, Detection, Document, FactId, Finding, Fit, Kind, Masked, Nature, Reason, Role, Secret, Subject,
    SubjectId, Text,
};

use crate::about;
use crate::assess;
use crate::attribute::{self, NameFrequencies, NameTable, Offices, Page, Profile, Seen, Vocabulary, VocabularyBuilder, street};
use crate::excerpt::{self, Masks};
use crate::names::others::others_on;
use crate::page;
use crate::print;
use crate::scan::Scanner;

/// Data rows that the detector judges by. All are read elsewhere; empty ones only make it less sure.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Knowledge {
    /// `config/severity.toml`.
    pub severity: SeverityTable,
    /// `config/councils.csv`.
    pub councils: Councils,
    /// `config/names.toml`.
    pub names: NameFrequencies,
}

/// Reads documents for the subjects of a slate. Pure: no clock, no input or output, and it cannot fail.
#[derive(Debug)]
pub struct Detector {
    scanner: Scanner,
    profiles: Vec<Profile>,
    index: HashMap<SubjectId, usize>,
    vocabulary: Vocabulary,
    offices: Offices,
    severity: SeverityTable,
}

/// What one document says.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Reading {
    /// Findings of every band, `Other` included, surest first; at most 200.
    pub findings: Vec<Finding>,
    /// Whom the document is about (a record) or who is named on it (a page), surest first.
    pub about: Vec<(SubjectId, Band)>,
}

/// Findings kept of one document.
const MOST_FINDINGS: usize = 200;
/// Subjects that one unsupplied detail is weighed for: those named nearest.
const MOST_NAMED_FOR_ONE: usize = 4;
/// Detections of one document that are weighed: what comes after tells nothing new.
const MOST_DETECTIONS: usize = 5_000;

/// Places of one detail on one document that are weighed: the surest is told, and it stands among the first.
const MOST_PLACES: u32 = 64;
const MOST_PLACES_UNSUPPLIED: u32 = 12;
/// Bytes of a title that are read.
const LONGEST_TITLE: usize = 1_000;

/// A finding with the place whose excerpt is to be shown.
#[derive(Debug)]
struct Kept {
    finding: Finding,
    subject: usize,
    span: Range<usize>,
    /// At how many places of the document the detail was weighed.
    places: u32,
}

/// Equal details on one document are one finding.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Detail {
    Supplied(FactId),
    Found(Kind, Secret),
}

impl Detector {
    /// Prepares all subjects once.
    pub fn new(subjects: Vec<Subject>, knowledge: Knowledge) -> Self {
        let scanner = Scanner::new(&subjects);
        let Knowledge { severity, councils, names } = knowledge;
        let table = NameTable::new(&names);
        let mut builder = VocabularyBuilder::new(&names, &severity.hostile_words, &councils);
        let profiles: Vec<Profile> = subjects.into_iter().map(|s| Profile::new(s, &table, &councils, &mut builder)).collect();
        let index = profiles.iter().enumerate().map(|(i, p)| (p.subject.id.clone(), i)).collect();
        Self { scanner, profiles, index, vocabulary: builder.build(), offices: Offices::new(&names, &councils), severity }
    }

    /// Reads one document. Its cost grows with the document, not with the slate.
    pub fn read(&self, document: &Document) -> Reading {
        match with_title(document) {
            Some(whole) => self.read_whole(&whole),
            None => self.read_whole(document),
        }
    }

    fn read_whole(&self, document: &Document) -> Reading {
        let title = title_text(document);
        let mut seen = self.see(&document.text);
        let title_seen = self.see(&title);
        let mut named: Vec<usize> =
            seen.scan.names.iter().chain(&title_seen.scan.names).filter_map(|n| self.index.get(&n.subject).copied()).collect();
        named.sort_unstable();
        named.dedup();
        street::add(&mut seen.scan, &document.text.chars, &seen.sightings, &title_seen.sightings, &named, &self.profiles);
        let page = Page::new(document, &seen, &title_seen, &self.index);
        let (scan, title_scan) = (&seen.scan, &title_seen.scan);
        let concerned = self.concerned(&page, &title_scan.detections);
        let profiles = concerned.iter().filter_map(|i| Some((*i, self.profiles.get(*i)?)));
        let names = scan.names.iter().map(|n| n.span.clone()).collect();
        let masks = Masks::new(&document.text.chars, &scan.detections, profiles.clone(), names);
        let title_names = title_scan.names.iter().map(|n| n.span.clone()).collect();
        let title_masks = Masks::new(&title.chars, &title_scan.detections, profiles, title_names);
        let shown_title = document.title.as_ref().map(|_| excerpt::title(title.chars.trim_end(), &title_masks));

        let mut namesakes: HashMap<usize, Vec<Reason>> = HashMap::new();
        let mut kept: BTreeMap<(usize, Detail), Kept> = BTreeMap::new();
        for detection in scan.detections.iter().take(MOST_DETECTIONS) {
            for subject in self.for_whom(&page, detection) {
                let Some(profile) = self.profiles.get(subject) else { continue };
                let hostile = assess::is_hostile(&page, &detection.span);
                if detection.meant_public && !hostile {
                    continue;
                }
                let detail = match &detection.fact {
                    Some(fact) => Detail::Supplied(fact.clone()),
                    None => Detail::Found(detection.kind, detection.value.clone()),
                };
                let most = if detection.fact.is_some() { MOST_PLACES } else { MOST_PLACES_UNSUPPLIED };
                if kept.get(&(subject, detail.clone())).is_some_and(|k| k.places >= most) {
                    continue;
                }
                let namesake =
                    namesakes.entry(subject).or_insert_with(|| attribute::namesake(&page, subject, profile, &self.offices));
                let finding = self.finding(&page, subject, profile, namesake, detection, hostile);
                join(&mut kept, (subject, detail), Kept { finding, subject, span: detection.span.clone(), places: 1 });
            }
        }
        let mut kept: Vec<Kept> = kept.into_values().collect();
        kept.sort_by(|a, b| b.finding.attribution.probability.total_cmp(&a.finding.attribution.probability));
        kept.truncate(MOST_FINDINGS);
        // Excerpts are made of what stays only: they cost more than all the rest.
        let show = |mut kept: Kept| {
            kept.finding.excerpt = excerpt::excerpt(&page.layout, &masks, kept.subject, &kept.span);
            kept.finding.title.clone_from(&shown_title);
            kept.finding.print = print::around(document, &masks, kept.subject, &kept.span);
            kept.finding
        };
        let findings = kept.into_iter().map(show).collect();
        Reading { findings, about: about::about(&page, &self.profiles, &self.offices, &scan.detections, &namesakes) }
    }

    fn see(&self, text: &Text) -> Seen {
        let page = page::Page::new(text);
        Seen { scan: self.scanner.scan_page(&page), others: others_on(&page), sightings: self.vocabulary.sight(&text.chars) }
    }

    /// Whom a detection may be about: the owner of the fact, or those named near an unsupplied detail.
    fn for_whom(&self, page: &Page<'_>, detection: &Detection) -> Vec<usize> {
        if let Some(fact) = &detection.fact {
            return self.index.get(&fact.subject).copied().into_iter().collect();
        }
        if page.named.is_empty() && page.document.nature != Nature::OwnPage || self.offices.speaks_of_itself(page, detection) {
            return Vec::new();
        }
        let mut near: Vec<(attribute::Nearness, usize)> =
            page.near(&detection.span).into_iter().filter_map(|(i, c)| Some((c.nearness, page.people.get(i)?.who?))).collect();
        near.sort_unstable();
        let mut out: Vec<usize> = Vec::new();
        for (_, who) in near {
            if !out.contains(&who) {
                out.push(who);
            }
        }
        if out.is_empty() {
            out.extend(page.title_people.iter().filter_map(|p| p.who));
            if page.is_small() {
                out.extend(page.named.keys().copied());
            }
            if page.document.nature == Nature::OwnPage {
                out.extend(self.owners(page));
            }
            out.sort_unstable();
            out.dedup();
        }
        out.truncate(MOST_NAMED_FOR_ONE);
        out
    }

    /// The subjects whose own site this is.
    fn owners(&self, page: &Page<'_>) -> Vec<usize> {
        let here = page.host.as_str();
        let own = |p: &Profile| p.subject.pages.iter().any(|o| o.url.host_str().is_some_and(|h| attribute::same_site(h, here)));
        if self.profiles.len() == 1 {
            return vec![0];
        }
        // Only on own pages, of which a slate has few.
        self.profiles.iter().enumerate().filter(|(_, p)| own(p)).map(|(i, _)| i).take(MOST_NAMED_FOR_ONE).collect()
    }

    /// Subjects with a name or a fact on the page: their values are searched once more in every excerpt.
    fn concerned(&self, page: &Page<'_>, in_title: &[Detection]) -> BTreeSet<usize> {
        let facts = page.detections.iter().chain(in_title).filter_map(|d| self.index.get(&d.fact.as_ref()?.subject)).copied();
        let mut out: BTreeSet<usize> = facts.take(MOST_DETECTIONS).collect();
        out.extend(page.named.keys().copied());
        if page.document.nature == Nature::OwnPage {
            out.extend(self.owners(page));
        }
        out
    }

    fn finding(
        &self,
        page: &Page<'_>,
        subject: usize,
        profile: &Profile,
        namesake: &[Reason],
        detection: &Detection,
        hostile: bool,
    ) -> Finding {
        let document = page.document;
        let attribution = attribute::attribute(page, subject, profile, &self.offices, namesake, detection);
        let fact = detection.fact.as_ref().and_then(|id| profile.fact(id));
        Finding {
            subject: profile.subject.id.clone(),
            kind: detection.kind,
            fact: detection.fact.clone(),
            value: detection.fact.is_none().then(|| detection.value.clone()),
            fit: detection.fit,
            url: document.url.clone(),
            via: document.via.clone(),
            source: document.source.clone(),
            line: document.line.clone(),
            nature: document.nature,
            seen: document.seen,
            attribution,
            confidence: detection.confidence,
            severity: assess::severity(&self.severity, page, detection, hostile),
            hostile,
            label: match fact {
                Some(fact) => Masked::of(fact.kind(), &fact.value),
                None if detection.kind == Kind::PhotoLocation => Masked::of(detection.kind, &detection.value),
                None => Masked::hidden(),
            },
            excerpt: unlisted_model::Excerpt::default(),
            title: None,
            print: None,
        }
    }
}

/// Keeps the surer of two findings of one detail; a whole fact before a part of it; hostile if either is.
fn join(kept: &mut BTreeMap<(usize, Detail), Kept>, key: (usize, Detail), new: Kept) {
    let rank = |f: &Finding| (f.attribution.band, f.fit == Fit::Whole, f.fit == Fit::Partial);
    match kept.get_mut(&key) {
        None => {
            kept.insert(key, new);
        }
        Some(old) => {
            let places = old.places + 1;
            let (was, is) = (&old.finding, &new.finding);
            let hostile = was.hostile || is.hostile;
            let severity = was.severity.max(is.severity);
            let better =
                rank(is) > rank(was) || (rank(is) == rank(was) && is.attribution.probability > was.attribution.probability);
            if better {
                *old = new;
            }
            old.places = places;
            old.finding.hostile = hostile;
            if hostile {
                old.finding.severity = severity;
            }
        }
    }
}

/// The document with its title as the first block of its text, when the text does not begin with it: details stand in
/// titles too, and title and snippet of a hit are one small document.
fn with_title(document: &Document) -> Option<Document> {
    let title = title_text(document);
    let words = title.chars.trim();
    let known = document.text.blocks.iter().take(3).any(|b| document.text.of(b).trim() == words);
    if words.is_empty() || known {
        return None;
    }
    let shift = title.chars.len();
    let mut text = title;
    // A group of its own.
    let fresh = document.text.blocks.iter().map(|b| b.group).max().map_or(0, |g| g.saturating_add(1));
    text.blocks.iter_mut().for_each(|b| b.group = fresh);
    text.chars.push_str(&document.text.chars);
    text.blocks.extend(document.text.blocks.iter().map(|b| {
        let mut block = b.clone();
        block.range = b.range.start + shift..b.range.end + shift;
        block
    }));
    Some(Document { text, ..document.clone() })
}

/// The title as a text of its own.
fn title_text(document: &Document) -> Text {
    let mut text = Text::default();
    if let Some(title) = &document.title {
        let end = attribute::floor(title, title.len().min(LONGEST_TITLE));
        text.push(Role::Heading, None, 0, About::Unknown, title.get(..end).unwrap_or_default(), 0);
    }
    text
}
