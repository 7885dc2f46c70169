//! A detail near the name that is somebody else's all the same: names that no list knows, one number for each person.

use std::ops::Range;

use unlisted_model::{Detection, Fit, Kind, Nature, Reveal, Role};

use crate::attribute::cues::Cue;
use crate::attribute::fold::{Word, folded, words};
use crate::attribute::layout::Nearness;
use crate::attribute::page::{Anchor, Page, overlap};
use crate::attribute::profile::Profile;

/// Words that often stand with a capital and are nobody's name.
const NO_NAMES: [&str; 97] = [
    "the", "a", "an", "this", "that", "please", "call", "ring", "text", "phone", "tel", "telephone", "mobile", "mob", "home", "work", "email",
    "e-mail", "mail", "address", "contact", "contacts", "details", "detail", "direct", "dial", "office", "member", "members", "councillor",
    "cllr", "councillors", "party", "ward", "date", "birth", "born", "dob", "bus", "business", "fax", "website", "web", "facebook", "twitter",
    "information", "info", "name", "surname", "first", "last", "number", "no", "and", "or", "for", "to", "on", "at", "in", "of", "from", "by",
    "with", "her", "his", "she", "he", "they", "their", "our", "your", "my", "me", "i", "we", "you", "it", "if", "monday", "tuesday",
    "wednesday", "thursday", "friday", "saturday", "sunday", "enquiries", "get", "touch", "about", "personal", "private", "evening", "daytime",
    "whatsapp", "profile", "image",
];
/// Words that carry a name on to the next sentence or line.
const PRONOUNS: [&str; 12] = ["her", "his", "she", "he", "their", "they", "them", "him", "me", "my", "i", "hers"];
/// A block with more words than these before a detail is prose, and prose speaks of what it names.
const PROSE_WORDS: usize = 6;

/// Whether an unsupplied detail, or a neighbour's number, belongs to somebody else than the name near by.
pub(crate) fn belongs_elsewhere(page: &Page<'_>, profile: &Profile, detection: &Detection, anchor: Option<&Anchor>) -> bool {
    if detection.fact.is_some() && detection.fit != Fit::OtherNumber {
        return false;
    }
    let detail = &detection.span;
    let block = page.layout.block(detail.start);
    if is_mailbox_of_a_neighbour(page, profile, detection) {
        return true;
    }
    let here = page.layout.row(detail.start).filter(|_| in_table(page, detail)).unwrap_or(block.clone());
    let Some(anchor) = anchor else { return has_stranger(page, profile, &here, detail) };
    let Some(name) = anchor.hit.and_then(|i| page.people.get(i)).map(|p| p.span.clone()) else {
        // Only the title, or the record as a whole, has the name.
        return has_stranger(page, profile, &here, detail) || is_prose_of_its_own(page, detail, &block);
    };
    let between = if name.end <= detail.start { name.end..detail.start } else { detail.end.min(name.start)..name.start };
    let together = here.start <= name.start && name.end <= here.end;
    if together || anchor.nearness <= Nearness::Row {
        return has_stranger(page, profile, &between, detail) || is_taken(page, profile, detection, &name);
    }
    // Further away: nothing that looks like a name may stand between or beside, and a heading or line before must carry it.
    name.start > detail.end
        || has_stranger(page, profile, &here, detail)
        || (between.len() <= 400 && has_stranger(page, profile, &between, detail))
        || is_taken(page, profile, detection, &name)
        || (page.document.nature != Nature::OwnPage && is_prose_of_its_own(page, detail, &block))
}

/// "… or Zelah, zelah@…": the mailbox carries a name that stands right before it.
fn is_mailbox_of_a_neighbour(page: &Page<'_>, profile: &Profile, detection: &Detection) -> bool {
    if detection.kind != Kind::Email {
        return false;
    }
    let mailbox = detection.value.reveal(Reveal::ToCompare).split('@').next().map(folded).unwrap_or_default();
    let block = page.layout.block(detection.span.start);
    let before = block.start.max(detection.span.start.saturating_sub(80))..detection.span.start;
    words(&page.document.text.chars, before).iter().any(|w| {
        let name = folded(w.text);
        name.len() >= 3 && is_namelike(w) && mailbox.contains(&name) && is_free(page, profile, w, &detection.span)
    })
}

/// Whether a detail stands in a cell of a table, a list of terms or a record, rather than in running text.
pub(crate) fn in_table(page: &Page<'_>, detail: &Range<usize>) -> bool {
    let text = &page.document.text;
    text.block_at(detail.start)
        .and_then(|i| text.blocks.get(i))
        .is_some_and(|b| matches!(b.role, Role::Cell | Role::Term | Role::Key))
}

/// Whether a word may be part of a name.
fn is_namelike(word: &Word<'_>) -> bool {
    word.is_capital()
        && word.text.chars().count() >= 2
        && !word.text.bytes().any(|b| b.is_ascii_digit())
        && !word.is_any(&NO_NAMES)
}

/// Two words with capitals in a row that are no name of the subject's, no place, no party, no part of a detail.
fn has_stranger(page: &Page<'_>, profile: &Profile, range: &Range<usize>, detail: &Range<usize>) -> bool {
    let chars = page.document.text.chars.as_str();
    let range = range.start..range.end.min(range.start.saturating_add(1_500));
    let all = words(chars, range);
    all.windows(2).any(|pair| {
        let [a, b] = pair else { return false };
        let joined = chars.get(a.range.end..b.range.start).is_some_and(|gap| gap == " " || gap == ", ");
        joined && is_namelike(a) && is_namelike(b) && is_free(page, profile, a, detail) && is_free(page, profile, b, detail)
    })
}

/// Whether a word is part of nothing that is known.
fn is_free(page: &Page<'_>, profile: &Profile, word: &Word<'_>, detail: &Range<usize>) -> bool {
    let known = page.sightings.within(&(word.range.start.saturating_sub(60)..word.range.end)).iter().any(|s| {
        overlap(&s.range, &word.range)
            && matches!(s.cue, Cue::Place(_) | Cue::Party(_) | Cue::CouncilWord | Cue::PartyWord | Cue::Political | Cue::Office | Cue::Role)
    });
    if known || overlap(&word.range, detail) || profile.own_words.contains(&folded(word.text)) {
        return false;
    }
    let at = page.people.partition_point(|p| p.span.start < word.range.end);
    let own = page.people.get(at.saturating_sub(4)..at).into_iter().flatten().any(|p| p.who.is_some() && overlap(&p.span, &word.range));
    let from = page.detections.partition_point(|d| d.span.start < word.range.end);
    let in_detail = page.detections.get(from.saturating_sub(4)..from).into_iter().flatten().any(|d| overlap(&d.span, &word.range));
    !own && !in_detail
}

/// The name has a number of its own already, and a new word with a capital stands between that and this one:
/// "Amina Castle, 01632 …, Fergal, 01632 …".
fn is_taken(page: &Page<'_>, profile: &Profile, detection: &Detection, name: &Range<usize>) -> bool {
    let here = page.detections.partition_point(|d| d.span.start < detection.span.start);
    let taken = page.detections.get(here.saturating_sub(8)..here).into_iter().flatten().rev().find(|d| {
        d.kind == detection.kind && d.span.start >= name.end && d.span.end <= detection.span.start && d.value != detection.value
    });
    taken.is_some_and(|d| {
        let gap = d.span.end..detection.span.start;
        words(&page.document.text.chars, gap).iter().any(|w| is_namelike(w) && is_free(page, profile, w, &detection.span))
    })
}

/// A block of running text that names nobody and points back to nobody: "The flood line is …".
fn is_prose_of_its_own(page: &Page<'_>, detail: &Range<usize>, block: &Range<usize>) -> bool {
    let chars = page.document.text.chars.as_str();
    let before = words(chars, block.start.max(detail.start.saturating_sub(600))..detail.start);
    let telling = before.iter().filter(|w| !w.is_any(&NO_NAMES)).count();
    let sentence = page.layout.sentence(detail);
    let points_back = words(chars, sentence).iter().any(|w| w.is_any(&PRONOUNS));
    telling > PROSE_WORDS && !points_back
}

/// Words that tell of kin, for "Amina's daughter".
const KIN: [&str; 14] = [
    "daughter", "son", "child", "children", "kids", "husband", "wife", "partner", "mother", "father", "mum", "dad", "sister", "brother",
];

/// Whether a relative's name stands in one sentence with the subject's first name and a word of kin.
pub(crate) fn is_kin_by_first_name(page: &Page<'_>, profile: &Profile, detection: &Detection) -> bool {
    if detection.kind != Kind::FamilyMember || profile.firsts.is_empty() {
        return false;
    }
    let is_first = |w: &Word<'_>| w.is_capital() && profile.firsts.contains(&folded(w.text));
    // "Tomás Bryce and Keeva", "Keeva and Tomás Bryce".
    let chars = page.document.text.chars.as_str();
    let (before, after) = (detection.span.start.saturating_sub(40)..detection.span.start, detection.span.end..detection.span.end + 40);
    let joins = |w: &Word<'_>| w.text == "and";
    let couple = matches!(words(chars, after).as_slice(), [and, first, ..] if joins(and) && is_first(first))
        || matches!(words(chars, before).as_slice(), [.., first, and] if joins(and) && is_first(first));
    // "Mum Priya said", in the next sentence perhaps.
    let block = page.layout.block(detection.span.start);
    let wide = block.start.max(detection.span.start.saturating_sub(200))..block.end.min(detection.span.end + 200);
    let called = words(chars, wide).windows(2).any(|pair| matches!(pair, [kin, first] if KIN.contains(&kin.text.to_lowercase().as_str()) && is_first(first)));
    if couple || called {
        return true;
    }
    let sentence = page.layout.sentence(&detection.span);
    let near = sentence.start.max(detection.span.start.saturating_sub(90))..sentence.end.min(detection.span.end + 90);
    let all = words(&page.document.text.chars, near);
    let first = all.iter().any(|w| is_first(w) && !overlap(&w.range, &detection.span));
    first && all.iter().any(|w| w.is_any(&KIN))
}
