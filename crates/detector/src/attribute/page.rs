//! One document as attribution sees it: who is named where, which words stand where.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use unlisted_model::{Detection, Document, NameForm, Nature, Scan, SubjectId};

use crate::attribute::address::AddressParts;
use crate::attribute::cues::{Cue, Sightings};
use crate::attribute::layout::{Closeness, Layout, Nearness};
use crate::attribute::weights;
use crate::attribute::zone::host;

/// A name on the page, of a subject or of somebody else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Person {
    pub(crate) span: Range<usize>,
    /// Which subject, by index; nobody of the slate otherwise.
    pub(crate) who: Option<usize>,
    pub(crate) form: NameForm,
    pub(crate) title: Option<String>,
}

/// The best name of a subject for one detail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Anchor {
    /// The name, as an index into `Page::people`; `None` when only the title has it.
    pub(crate) hit: Option<usize>,
    pub(crate) form: NameForm,
    pub(crate) title: Option<String>,
    pub(crate) nearness: Nearness,
}

/// Who stands around one detail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Around {
    /// The subject's own name, if anywhere.
    pub(crate) anchor: Option<Anchor>,
    /// Somebody else's name stands nearer.
    pub(crate) other_nearer: bool,
    /// Another subject's name stands at the very same place.
    pub(crate) rival: bool,
}

/// What was seen in a text: details and names of the slate, names of others, and telling words.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) scan: Scan,
    pub(crate) others: Vec<Range<usize>>,
    pub(crate) sightings: Sightings,
}

/// A document with its names and words.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    pub(crate) document: &'a Document,
    pub(crate) layout: Layout<'a>,
    pub(crate) detections: &'a [Detection],
    pub(crate) sightings: Sightings,
    pub(crate) title_sightings: Sightings,
    /// In order of the text.
    pub(crate) people: Vec<Person>,
    /// Names in the title.
    pub(crate) title_people: Vec<Person>,
    /// Subjects that are named, with their strongest name on the page.
    pub(crate) named: HashMap<usize, Person>,
    /// Where the word "Council" stands; the first few tell as much as all.
    pub(crate) councils: Vec<Range<usize>>,
    /// How often each word stands on the page or in its title.
    pub(crate) cues: HashMap<Cue, u32>,
    /// The host of its address.
    pub(crate) host: String,
    /// The towns of each unsupplied address among the detections, read when they are first asked for.
    localities: Vec<OnceCell<Vec<String>>>,
}

/// How many names before and after a detail are looked at, and how far.
const LOOK_BACK: (usize, usize) = (24, 1_000);
const LOOK_AHEAD: (usize, usize) = (12, 600);

impl<'a> Page<'a> {
    pub(crate) fn new(document: &'a Document, text: &'a Seen, title_text: &Seen, index: &HashMap<SubjectId, usize>) -> Self {
        let detections = text.scan.detections.as_slice();
        let sightings = text.sightings.clone();
        let title_sightings = title_text.sightings.clone();
        let people = self::people(text, index, detections, &sightings);
        let title_people = self::people(title_text, index, &[], &title_sightings);
        let mut named: HashMap<usize, Person> = HashMap::new();
        for person in people.iter().chain(&title_people) {
            let Some(who) = person.who else { continue };
            let stronger = |seen: &Person| value(person.form) > value(seen.form);
            if named.get(&who).is_none_or(stronger) {
                named.insert(who, person.clone());
            }
        }
        let councils = sightings.all().iter().filter(|s| s.cue == Cue::CouncilWord).take(40).map(|s| s.range.clone()).collect();
        let mut cues: HashMap<Cue, u32> = HashMap::new();
        for s in sightings.all().iter().chain(title_sightings.all()) {
            *cues.entry(s.cue).or_default() += 1;
        }
        Self {
            document,
            layout: Layout::new(&document.text),
            detections,
            sightings,
            title_sightings,
            people,
            title_people,
            councils,
            named,
            cues,
            host: host(&document.url),
            localities: vec![OnceCell::new(); detections.len()],
        }
    }

    /// The towns that the detection with this index names as an address.
    pub(crate) fn localities(&self, detection: usize) -> &[String] {
        let read = || {
            let span = self.detections.get(detection).map_or(0..0, |d| d.span.clone());
            AddressParts::read(self.layout.slice(&span)).localities
        };
        self.localities.get(detection).map_or(&[], |cell| cell.get_or_init(read))
    }

    /// Whether the whole document is one small record or hit.
    pub(crate) fn is_small(&self) -> bool {
        matches!(self.document.nature, Nature::Record | Nature::SearchHit)
    }

    /// Names near a detail with their closeness.
    pub(crate) fn near(&self, detail: &Range<usize>) -> Vec<(usize, Closeness)> {
        let here = self.people.partition_point(|p| p.span.start < detail.start);
        let back = (0..here)
            .rev()
            .take(LOOK_BACK.0)
            .take_while(|i| detail.start.saturating_sub(self.people[*i].span.end) <= LOOK_BACK.1);
        let ahead = (here..self.people.len())
            .take(LOOK_AHEAD.0)
            .take_while(|i| self.people[*i].span.start.saturating_sub(detail.end) <= LOOK_AHEAD.1);
        let mut seen: Vec<usize> = back.chain(ahead).collect();
        for heading in self.layout.headings_above(detail.start) {
            let from = self.people.partition_point(|p| p.span.start < heading.start);
            seen.extend((from..self.people.len()).take_while(|i| self.people[*i].span.start < heading.end).take(8));
        }
        seen.sort_unstable();
        seen.dedup();
        seen.into_iter().filter_map(|i| Some((i, self.layout.closeness(&self.people[i].span, detail)?))).collect()
    }

    /// Who stands around a detail, as seen from one subject.
    pub(crate) fn around(&self, subject: usize, detail: &Range<usize>) -> Around {
        let near = self.near(detail);
        let is_own = |i: usize| {
            let span = &self.people[i].span;
            self.people[i].who == Some(subject)
                || near.iter().any(|(j, _)| self.people[*j].who == Some(subject) && overlap(&self.people[*j].span, span))
        };
        let mut best: Option<(usize, Closeness, f64)> = None;
        let mut nearest_own: Option<Closeness> = None;
        let mut nearest_other: Option<Closeness> = None;
        for (i, closeness) in &near {
            if self.people[*i].who == Some(subject) {
                let worth = value(self.people[*i].form) * closeness.nearness.share();
                if best.as_ref().is_none_or(|(_, _, w)| worth > *w) {
                    best = Some((*i, *closeness, worth));
                }
                nearest_own = Some(nearest_own.map_or(*closeness, |n| n.min(*closeness)));
            } else if !is_own(*i) {
                nearest_other = Some(nearest_other.map_or(*closeness, |n| n.min(*closeness)));
            }
        }
        let rival = best.as_ref().is_some_and(|(i, _, _)| {
            near.iter().any(|(j, _)| {
                self.people[*j].who.is_some_and(|w| w != subject) && overlap(&self.people[*j].span, &self.people[*i].span)
            })
        });
        let anchor = best
            .map(|(i, closeness, _)| Anchor {
                hit: Some(i),
                form: self.people[i].form,
                title: self.people[i].title.clone(),
                nearness: closeness.nearness,
            })
            .or_else(|| self.far_anchor(subject, detail));
        let other_nearer = match (nearest_own, nearest_other) {
            (Some(own), Some(other)) => other < own,
            (None, Some(other)) => other.nearness <= Nearness::Near,
            (_, None) => false,
        };
        Around { anchor, other_nearer, rival }
    }

    /// The title, or the name elsewhere on the page.
    fn far_anchor(&self, subject: usize, detail: &Range<usize>) -> Option<Anchor> {
        let person = self.named.get(&subject)?;
        let in_title = self.title_people.iter().find(|p| p.who == Some(subject));
        let alone_in_title =
            in_title.filter(|t| self.title_people.iter().all(|p| p.who == Some(subject) || overlap(&p.span, &t.span)));
        let nearness = if self.is_small() {
            Nearness::Document
        } else if alone_in_title.is_some() && detail.start <= 1_600 {
            Nearness::Near
        } else {
            Nearness::Page
        };
        let person = alone_in_title.unwrap_or(person);
        Some(Anchor { hit: None, form: person.form, title: person.title.clone(), nearness })
    }
}

/// Orders names by what they are worth; another middle name is worth less than any of the person's own.
pub(crate) fn value(form: NameForm) -> f64 {
    if form == NameForm::OtherMiddle { 0.1 } else { weights::name(form) }
}

pub(crate) fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn people(seen: &Seen, index: &HashMap<SubjectId, usize>, detections: &[Detection], sightings: &Sightings) -> Vec<Person> {
    let mut people: Vec<Person> = seen
        .scan
        .names
        .iter()
        .filter_map(|hit| {
            let who = *index.get(&hit.subject)?;
            Some(Person { span: hit.span.clone(), who: Some(who), form: hit.form, title: hit.title.clone() })
        })
        .collect();
    people.sort_by_key(|p| (p.span.start, p.span.end));
    let own: Vec<Range<usize>> = people.iter().map(|p| p.span.clone()).collect();
    let mut spans: Vec<Range<usize>> = detections.iter().map(|d| d.span.clone()).collect();
    spans.sort_by_key(|s| s.start);
    for other in &seen.others {
        // What is a detail, and what is mostly a party, a place or an office, is nobody's name.
        let a_thing = sightings.within(other).iter().any(|s| match s.cue {
            Cue::CouncilWord | Cue::PartyWord => true,
            Cue::Party(_) | Cue::Place(_) | Cue::Office | Cue::Imprint => s.range.len() * 2 > other.len(),
            _ => false,
        });
        if a_thing || touches(&own, other) || touches(&spans, other) {
            continue;
        }
        people.push(Person { span: other.clone(), who: None, form: NameForm::FirstLast, title: None });
    }
    people.sort_by_key(|p| (p.span.start, p.span.end));
    people
}

/// Whether any of the sorted ranges overlaps this one; looks at the few that start just before or inside it.
fn touches(sorted: &[Range<usize>], range: &Range<usize>) -> bool {
    let to = sorted.partition_point(|r| r.start < range.end);
    sorted.get(to.saturating_sub(6)..to).unwrap_or_default().iter().any(|r| overlap(r, range))
}
