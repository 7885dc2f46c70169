//! What an imprint, a council, a party or a business says of itself: no exposure, unless the person supplied it.

use std::ops::Range;

use unlisted_model::{About, Detection, Kind, Reveal};

use crate::attribute::cues::Cue;
use crate::attribute::fold::folded;
use crate::attribute::names::NameFrequencies;
use crate::attribute::page::Page;
use crate::attribute::zone::{host, same_site};

/// The words that make a detail an office's.
#[derive(Debug)]
pub(crate) struct Offices {
    labels: Vec<String>,
    domains: Vec<String>,
    mailboxes: Vec<String>,
    numbers: Vec<String>,
    /// Hosts of councils, sorted, with the council's code.
    pub(crate) council_hosts: Vec<(String, String)>,
}

/// Bytes before a detail within which words of an office still speak of it.
const REACH: usize = 90;

impl Offices {
    pub(crate) fn new(names: &NameFrequencies, councils: &unlisted_model::Councils) -> Self {
        let lower = |list: &[String]| list.iter().map(|w| w.to_lowercase()).collect();
        let mut council_hosts: Vec<(String, String)> = councils
            .0
            .values()
            .filter_map(|c| Some((c.base.as_ref()?.host_str()?.to_lowercase(), c.code.clone())))
            .collect();
        council_hosts.sort();
        Self {
            labels: lower(&names.office_labels),
            domains: lower(&names.office_domains),
            mailboxes: names.office_mailboxes.iter().map(|w| folded(w)).collect(),
            numbers: names.office_numbers.clone(),
            council_hosts,
        }
    }

    /// Whether an unsupplied detail is what an organisation says of itself.
    pub(crate) fn speaks_of_itself(&self, page: &Page<'_>, detection: &Detection) -> bool {
        let text = &page.document.text;
        let block = text.block_at(detection.span.start).and_then(|i| text.blocks.get(i));
        if block.is_some_and(|b| b.about == About::Office || b.label.as_deref().is_some_and(|l| self.is_office_label(l))) {
            return true;
        }
        self.is_office_value(page, detection) || self.is_in_office_words(page, &detection.span)
    }

    fn is_office_label(&self, label: &str) -> bool {
        // "Home address" and "work address" share a word; the telling one decides.
        let words: Vec<String> = label.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
        words.iter().any(|w| self.labels.contains(w)) && !words.iter().any(|w| w == "home" || w == "private" || w == "personal")
    }

    fn is_office_value(&self, page: &Page<'_>, detection: &Detection) -> bool {
        let value = detection.value.reveal(Reveal::ToCompare);
        match detection.kind {
            Kind::Email => {
                let Some((local, domain)) = value.rsplit_once('@') else { return false };
                let domain = domain.to_lowercase();
                let official = self.domains.iter().any(|d| domain == *d || domain.ends_with(&format!(".{d}")));
                let own_mailbox = self.mailboxes.contains(&folded(local));
                // The council's own domain, on the council's own pages.
                let here = host(&page.document.url);
                let council = self.council_hosts.iter().any(|(h, _)| same_site(h, &domain) && same_site(h, &here));
                official || own_mailbox || council
            }
            Kind::Phone => {
                let digits: String = value.chars().filter(char::is_ascii_digit).collect();
                let national = digits.strip_prefix("0044").or_else(|| digits.strip_prefix("44")).map_or(digits.clone(), |d| format!("0{d}"));
                self.numbers.iter().any(|n| national.starts_with(n.as_str()))
            }
            _ => false,
        }
    }

    /// Words of an office or an imprint in the same sentence or row before the detail, or in a heading right above it.
    fn is_in_office_words(&self, page: &Page<'_>, span: &Range<usize>) -> bool {
        let is = |cue: Cue| matches!(cue, Cue::Office | Cue::Imprint);
        let block = page.layout.block(span.start);
        let imprint = page.sightings.within(&block).iter().any(|s| s.cue == Cue::Imprint);
        if imprint && block.len() <= 600 {
            return true;
        }
        let sentence = page.layout.sentence(span);
        let row = page.layout.row(span.start).unwrap_or(sentence.clone());
        let from = row.start.min(sentence.start).max(span.start.saturating_sub(REACH));
        let to = sentence.end.max(span.end).min(span.end + 40);
        if page.sightings.within(&(from..to)).iter().any(|s| is(s.cue)) {
            return true;
        }
        // An imprint may break its lines: the block before.
        let before = block.start.saturating_sub(160)..block.start;
        if page.sightings.within(&before).iter().any(|s| s.cue == Cue::Imprint) && page.layout.headings_above(span.start).first().is_none_or(|h| h.end < before.start) {
            return true;
        }
        page.layout.headings_above(span.start).first().is_some_and(|heading| {
            span.start - heading.end <= 500 && page.sightings.within(heading).iter().any(|s| is(s.cue))
        })
    }
}
