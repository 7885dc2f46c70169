//! The recognisers. Each looks at the places that the cheap first looks name, and verifies them on the spot.

pub(crate) mod address;
mod around;
pub(crate) mod code;
pub(crate) mod date;
pub(crate) mod email;
mod email_window;
pub(crate) mod house;
pub(crate) mod named;
pub(crate) mod phone;
pub(crate) mod photo;
pub(crate) mod place;
pub(crate) mod username;

use std::collections::HashMap;
use std::ops::Range;

use unlisted_model::{Confidence, Detection, Disguise, Fit, Kind, NameForm, Secret};

use crate::facts::Facts;
use crate::names::Hit;
use crate::page::{Page, hash};

/// All that a recogniser may look at.
pub(crate) struct Look<'a, 't> {
    pub(crate) facts: &'a Facts,
    pub(crate) page: &'a Page<'t>,
    /// Per subject the words at which it is named, ascending.
    named: HashMap<u32, Vec<usize>>,
}

impl<'a, 't> Look<'a, 't> {
    pub(crate) fn new(facts: &'a Facts, page: &'a Page<'t>, names: &[Hit]) -> Self {
        let mut named: HashMap<u32, Vec<usize>> = HashMap::new();
        for hit in names.iter().filter(|h| h.form != NameForm::OtherMiddle) {
            named.entry(hit.subject).or_default().push(hit.from);
        }
        Self { facts, page, named }
    }

    /// Whether a word (lower case) stands anywhere on the page.
    pub(crate) fn has_word(&self, word: &[u8]) -> bool {
        let hash = hash(word);
        self.page.words.iter().any(|w| w.hash == hash)
    }

    /// The subjects that are named on the page, in no order; seldom more than a few.
    pub(crate) fn named_subjects(&self) -> impl Iterator<Item = u32> + '_ {
        self.named.keys().copied()
    }

    /// Whether a subject is named within so many words of the word `at`, or in the same row or card.
    pub(crate) fn is_named_near(&self, subject: u32, at: usize, within: usize) -> bool {
        let Some(places) = self.named.get(&subject) else { return false };
        let next = places.partition_point(|p| *p < at);
        let group = self.page.block(at).map(|b| b.group);
        [next.checked_sub(1), Some(next)].into_iter().flatten().filter_map(|i| places.get(i)).any(|place| {
            let far = place.abs_diff(at);
            far <= within || (far <= 120 && self.page.block(*place).map(|b| b.group) == group)
        })
    }
}

/// What one recogniser says of one place, in folded bytes.
pub(crate) struct Seen {
    pub(crate) detector: &'static str,
    pub(crate) folded: Range<usize>,
    pub(crate) fit: Fit,
    pub(crate) confidence: Confidence,
    pub(crate) disguise: Option<Disguise>,
}

/// Collects detections, bounded.
#[derive(Default)]
pub(crate) struct Out {
    found: Vec<(Option<u32>, Detection)>,
}

/// At most so many detections are told of one text.
const MOST: usize = 5_000;

impl Out {
    /// Whether no more are taken.
    pub(crate) fn is_full(&self) -> bool {
        self.found.len() >= 4 * MOST
    }

    /// A supplied fact stands here.
    pub(crate) fn supplied(&mut self, look: &Look<'_, '_>, fact: u32, seen: Seen) {
        let Some(known) = look.facts.all.get(fact as usize) else { return };
        let value = known.value.clone();
        self.supplied_as(look, fact, seen, value);
    }

    /// A supplied fact stands here in part or otherwise, under this value.
    pub(crate) fn supplied_as(&mut self, look: &Look<'_, '_>, fact: u32, seen: Seen, value: String) {
        let Some(known) = look.facts.all.get(fact as usize) else { return };
        if self.is_full() {
            return;
        }
        let detection = Detection {
            detector: seen.detector,
            kind: known.id.kind,
            span: look.page.span(seen.folded),
            fact: Some(known.id.clone()),
            meant_public: known.public,
            fit: seen.fit,
            value: Secret::new(value),
            confidence: seen.confidence,
            disguise: seen.disguise,
        };
        self.found.push((Some(known.subject), detection));
    }

    /// A detail that nobody supplied.
    pub(crate) fn unsupplied(&mut self, page: &Page<'_>, kind: Kind, seen: Seen, value: String) {
        if self.is_full() {
            return;
        }
        let detection = Detection {
            detector: seen.detector,
            kind,
            span: page.span(seen.folded),
            fact: None,
            meant_public: false,
            fit: Fit::Whole,
            value: Secret::new(value),
            confidence: seen.confidence,
            disguise: seen.disguise,
        };
        self.found.push((None, detection));
    }

    /// The best of what overlaps, in order of the text.
    ///
    /// Supplied wins over unsupplied. Among a person's own facts of one kind a whole one wins over a part, a longer over a
    /// shorter. What belongs to different people, or to different kinds, stays side by side.
    pub(crate) fn finish(mut self) -> Vec<Detection> {
        self.found.sort_by(|(_, a), (_, b)| rank(a).cmp(&rank(b)).then(a.span.start.cmp(&b.span.start)));
        // "joan@oldbakery.example" is a mailbox, whatever its host is called.
        let mut mailboxes = Spans::default();
        for (_, detection) in
            self.found.iter().filter(|(subject, d)| subject.is_some() && d.kind == Kind::Email && !d.span.is_empty())
        {
            mailboxes.add(detection.span.clone());
        }
        self.found.retain(|(_, d)| d.kind != Kind::HomeAddress || !mailboxes.overlaps(&d.span));
        // Best first; each kept one forbids its span to worse ones of the same owner and kind.
        let mut kept: HashMap<(Option<u32>, Kind), Spans> = HashMap::new();
        let mut any_supplied = Spans::default();
        let mut out: Vec<Detection> = Vec::new();
        for (subject, detection) in self.found {
            if detection.span.is_empty() {
                continue;
            }
            if subject.is_none() && any_supplied.overlaps(&detection.span) {
                continue;
            }
            let same = kept.entry((subject, detection.kind)).or_default();
            // The same place may be several facts of one person (two relatives of one name).
            let twin = subject.is_some()
                && out.iter().rev().take(4).any(|d| {
                    d.span == detection.span
                        && d.fit == detection.fit
                        && (&d.fact, d.meant_public) != (&detection.fact, detection.meant_public)
                });
            if same.overlaps(&detection.span) && !twin {
                continue;
            }
            same.add(detection.span.clone());
            if subject.is_some() {
                any_supplied.add(detection.span.clone());
            }
            out.push(detection);
        }
        out.truncate(MOST);
        out.sort_by(|a, b| a.span.start.cmp(&b.span.start).then(a.span.end.cmp(&b.span.end)).then(a.fact.cmp(&b.fact)));
        out
    }
}

/// Best first.
fn rank(d: &Detection) -> (bool, u8, u8, std::cmp::Reverse<usize>) {
    let fit = match d.fit {
        Fit::Whole => 0,
        Fit::OtherNumber => 1,
        Fit::Partial => 2,
    };
    let confidence = match d.confidence {
        Confidence::High => 0,
        Confidence::Medium => 1,
        Confidence::Low => 2,
    };
    (d.fact.is_none(), fit, confidence, std::cmp::Reverse(d.span.len()))
}

/// Disjoint spans.
#[derive(Default)]
struct Spans(std::collections::BTreeMap<usize, usize>);

impl Spans {
    fn overlaps(&self, span: &Range<usize>) -> bool {
        self.0.range(..span.end).next_back().is_some_and(|(_, end)| *end > span.start)
    }

    fn add(&mut self, span: Range<usize>) {
        let end = self.0.entry(span.start).or_insert(span.end);
        *end = (*end).max(span.end);
    }
}
