//! What an imprint, a council, a party or a business says of itself: no exposure, unless the person supplied it.

use std::ops::Range;

use unlisted_model::{About, Detection, Kind, Reveal, Role};

use crate::attribute::cues::Cue;
use crate::attribute::fold::{ceil, each_word, floor, folded, words};
use crate::attribute::names::NameFrequencies;
use crate::attribute::page::Page;
use crate::attribute::zone::same_site;

/// The words that make a detail an office's.
#[derive(Debug)]
pub(crate) struct Offices {
    labels: Vec<String>,
    domains: Vec<String>,
    mailboxes: Vec<String>,
    numbers: Vec<String>,
    venues: Vec<String>,
    /// Hosts of councils, sorted, with the council's code.
    pub(crate) council_hosts: Vec<(String, String)>,
}

/// Bytes of a long block that are looked at on either side.
const BLOCK: usize = 500;
/// Words of a contact, beside which an office's word makes a label.
const CONTACT: [&str; 18] = [
    "phone",
    "tel",
    "telephone",
    "mobile",
    "mob",
    "email",
    "e-mail",
    "mail",
    "address",
    "line",
    "number",
    "contact",
    "contacts",
    "landline",
    "details",
    "t",
    "e",
    "no",
];
/// Bytes before a detail within which words of an office still speak of it.
const REACH: usize = 160;

impl Offices {
    pub(crate) fn new(names: &NameFrequencies, councils: &unlisted_model::Councils) -> Self {
        let lower = |list: &[String]| list.iter().map(|w| w.to_lowercase()).collect();
        let mut council_hosts: Vec<(String, String)> =
            councils.0.values().filter_map(|c| Some((c.base.as_ref()?.host_str()?.to_lowercase(), c.code.clone()))).collect();
        council_hosts.sort();
        Self {
            labels: lower(&names.office_labels),
            domains: lower(&names.office_domains),
            mailboxes: names.office_mailboxes.iter().map(|w| folded(w)).collect(),
            numbers: names.office_numbers.clone(),
            venues: lower(&names.venues),
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
        self.is_office_value(page, detection)
            || self.is_in_office_words(page, &detection.span)
            || self.has_office_label_before(page, &detection.span)
            || (detection.kind == Kind::HomeAddress
                && (self.is_venue(page, &detection.span) || follows_body(page, &detection.span)))
    }

    /// "Bus. phone:", "Correspondence address:", "Office" written before the detail, in its block, in the short block
    /// before or as the heading above.
    fn has_office_label_before(&self, page: &Page<'_>, span: &Range<usize>) -> bool {
        let text = &page.document.text;
        let chars = text.chars.as_str();
        let block = self.block_near(page, span);
        let is_label = |range: Range<usize>| {
            let mut office = false;
            // Such a label is made of nothing else; "her work for the council is" is a sentence.
            let only = each_word(chars, range).enumerate().all(|(i, w)| {
                let w = w.text.to_lowercase();
                let label = self.labels.contains(&w);
                office |= label;
                i < 4 && (label || CONTACT.contains(&w.as_str()))
            });
            office && only
        };
        let line_start = chars
            .get(block.start..span.start)
            .and_then(|t| t.rfind(['\n', '.', ';', '|', ',']))
            .map_or(block.start, |i| block.start + i + 1);
        // "Correspondence address:" may stand lines above, at the head of the block.
        let head_end = chars
            .get(block.start..floor(chars, block.end.min(block.start + 48)))
            .and_then(|t| t.find(':'))
            .map_or(block.start, |i| block.start + i);
        if is_label(line_start..span.start)
            || (head_end > block.start
                && head_end - block.start <= 40
                && head_end < span.start
                && is_label(block.start..head_end))
        {
            return true;
        }
        // "Bus. phone: " has a dot inside.
        if span.start - block.start <= 48 && is_label(block.start..span.start) {
            return true;
        }
        let before = text.block_at(span.start).and_then(|i| i.checked_sub(1)).and_then(|i| text.blocks.get(i));
        let short_before = before.is_some_and(|b| b.range.len() <= 40 && b.role != Role::Attribute && is_label(b.range.clone()));
        let starts_block = span.start <= block.start + 4;
        (short_before && starts_block)
            || page.layout.headings_above(span.start).first().is_some_and(|h| span.start - h.end <= 300 && is_label(h.clone()))
    }

    /// "Mereside Library, Chapel Rise": a building that is nobody's home stands right before the street.
    fn is_venue(&self, page: &Page<'_>, span: &Range<usize>) -> bool {
        let block = page.layout.block(span.start);
        let from = block.start.max(span.start.saturating_sub(60));
        let all = words(&page.document.text.chars, from..span.start);
        all.iter().any(|w| w.is_capital() && self.venues.contains(&w.text.to_lowercase()))
    }

    /// The block around a detail, cut to its neighbourhood: a page in one block costs no more than others.
    fn block_near(&self, page: &Page<'_>, span: &Range<usize>) -> Range<usize> {
        let chars = page.document.text.chars.as_str();
        let block = page.layout.block(span.start);
        let start = ceil(chars, block.start.max(span.start.saturating_sub(BLOCK)));
        start..floor(chars, block.end.min(span.end.saturating_add(BLOCK))).max(start)
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
                let council = self.council_hosts.iter().any(|(h, _)| same_site(h, &domain) && same_site(h, &page.host));
                official || own_mailbox || council
            }
            Kind::Phone => {
                let digits: String = value.chars().filter(char::is_ascii_digit).collect();
                let national =
                    digits.strip_prefix("0044").or_else(|| digits.strip_prefix("44")).map_or(digits.clone(), |d| format!("0{d}"));
                self.numbers.iter().any(|n| national.starts_with(n.as_str()))
            }
            _ => false,
        }
    }

    /// Words of an office or an imprint in the same sentence or row before the detail, or in a heading right above it.
    fn is_in_office_words(&self, page: &Page<'_>, span: &Range<usize>) -> bool {
        let is = |cue: Cue| matches!(cue, Cue::Office | Cue::Imprint);
        let block = self.block_near(page, span);
        let imprint = page.sightings.within(&block).iter().any(|s| s.cue == Cue::Imprint);
        // The foot of a page: whoever runs the site.
        let around = page.layout.slice(&block);
        let signed = !around.is_ascii() && around.contains(['©', '®']);
        if signed || around.as_bytes().contains(&b'(') && around.contains("(c) 20") {
            return true;
        }
        if imprint {
            return true;
        }
        let sentence = page.layout.sentence(span);
        let row = page.layout.row(span.start).unwrap_or(sentence.clone());
        // "Democratic Services, Civic Centre, 1 Market Square. Tel 01632 …": a short block speaks of one office.
        let start = if block.len() <= 2 * REACH { block.start } else { sentence.start };
        let from = row.start.min(start).max(span.start.saturating_sub(REACH));
        let to = sentence.end.max(span.end).min(span.end + 40);
        if page.sightings.within(&(from..to)).iter().any(|s| is(s.cue)) {
            return true;
        }
        // An imprint may break its lines: the block before.
        let before = block.start.saturating_sub(160)..block.start;
        if page.sightings.within(&before).iter().any(|s| s.cue == Cue::Imprint)
            && page.layout.headings_above(span.start).first().is_none_or(|h| h.end < before.start)
        {
            return true;
        }
        page.layout
            .headings_above(span.start)
            .first()
            .is_some_and(|heading| span.start - heading.end <= 500 && page.sightings.within(heading).iter().any(|s| is(s.cue)))
    }
}

/// "Example Party, 1 High Street": the address of a party or a council.
fn follows_body(page: &Page<'_>, span: &Range<usize>) -> bool {
    let chars = page.document.text.chars.as_str();
    let before = span.start.saturating_sub(40)..span.start;
    page.sightings.within(&before).iter().any(|s| {
        matches!(s.cue, Cue::Party(_) | Cue::CouncilWord | Cue::PartyWord)
            && chars
                .get(s.range.end..span.start)
                .is_some_and(|gap| gap.len() <= 3 && gap.chars().all(|c| matches!(c, ',' | ' ' | ':' | '\n')))
    })
}
