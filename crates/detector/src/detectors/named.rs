//! Supplied names of relatives, employers, schools and places.

use std::collections::HashMap;

use unlisted_model::{Confidence, Fit, Kind};

use super::{Look, Out, Seen};
use crate::normalise::words::{street_type, sure_street_type};
use crate::page::{Gap, Page};

/// Looks at a place where the name may begin.
pub(crate) fn phrase(look: &Look<'_, '_>, out: &mut Out, named: u32, start: usize) {
    let page = look.page;
    let Some(named) = look.facts.named.get(named as usize) else { return };
    let Some(end) = named.phrase.at(page, start) else { return };
    // Part of a longer double name.
    let hyphen = |index: Option<usize>| index.is_some_and(|i| matches!(page.gap(i), Gap::Signs(b"-")));
    if hyphen(start.checked_sub(1)) {
        return;
    }
    let capital = page.words.get(start).is_some_and(|w| w.is_capitalised() || w.has_digit());
    let hyphen_after = hyphen(end.checked_sub(1));
    if capital && !hyphen_after && !named.first_names.is_empty() {
        first_name(look, out, &named.first_names, start, end);
    }
    let street = matches!(page.gap(end - 1), Gap::Signs(b" "))
        && page.words.get(end).is_some_and(|w| w.is_capitalised() && street_type(page.lower(*w)).is_some_and(sure_street_type));
    let letters = named.phrase.joined().len();
    // One ordinary word, or very short, says something beside the person only.
    let weak = named.phrase.len() == 1 && (letters < 6 || !capital);
    for &fact in &named.facts {
        let Some(known) = look.facts.all.get(fact as usize).filter(|_| !out.is_full()) else { return };
        let kind = known.id.kind;
        if kind == Kind::FamilyMember && (hyphen_after || street) {
            continue;
        }
        let near = look.is_named_near(known.subject, start, 60);
        if weak && !(near && capital) {
            continue;
        }
        let confidence = match (capital, near || named.phrase.len() > 2) {
            (true, true) => Confidence::High,
            (true, false) | (false, true) => Confidence::Medium,
            (false, false) => Confidence::Low,
        };
        let seen =
            Seen { detector: kind.as_str(), folded: page.folded_span(start, end), fit: Fit::Whole, confidence, disguise: None };
        out.supplied(look, fact, seen);
    }
}

/// A relative's first name alone: beside a word of kinship and the person's name, or "Tomasz and Amina Castle".
fn first_name(look: &Look<'_, '_>, out: &mut Out, facts: &HashMap<u32, Vec<u32>>, start: usize, end: usize) {
    let page = look.page;
    let couple = page.at(end) == b"and";
    let kin = says_kin(page, start, end);
    if !couple && !kin {
        return;
    }
    for (subject, facts) in look.named_subjects().filter_map(|s| facts.get(&s).map(|f| (s, f))) {
        if couple && look.is_named_near(subject, end + 1, 0) || kin && look.is_named_near(subject, start, 30) {
            for &fact in facts {
                let folded = page.folded_span(start, end);
                let seen = Seen {
                    detector: Kind::FamilyMember.as_str(),
                    folded,
                    fit: Fit::Whole,
                    confidence: Confidence::Medium,
                    disguise: None,
                };
                out.supplied(look, fact, seen);
            }
        }
    }
}

/// Whether a word of kinship stands within a few words of the name.
fn says_kin(page: &Page<'_>, from: usize, past: usize) -> bool {
    let kin = |w: &[u8]| {
        matches!(
            w,
            b"wife"
                | b"husband"
                | b"partner"
                | b"spouse"
                | b"son"
                | b"sons"
                | b"daughter"
                | b"daughters"
                | b"child"
                | b"children"
                | b"kids"
                | b"kid"
                | b"mother"
                | b"mum"
                | b"mam"
                | b"father"
                | b"dad"
                | b"brother"
                | b"brothers"
                | b"sister"
                | b"sisters"
                | b"family"
                | b"fiance"
                | b"fiancee"
                | b"married"
                | b"twin"
                | b"twins"
                | b"baby"
                | b"grandson"
                | b"granddaughter"
                | b"gran"
                | b"nan"
                | b"grandad"
                | b"grandmother"
                | b"grandfather"
                | b"parents"
                | b"stepson"
                | b"stepdaughter"
                | b"boyfriend"
                | b"girlfriend"
                | b"husband's"
                | b"wife's"
                | b"lives"
        )
    };
    let block = page.block_words(from);
    page.any(from.saturating_sub(6).max(block.start), from, kin)
        || page.any(past, (past + 6).min(block.end), kin)
        || ["child", "spouse", "partner", "family", "relative"].iter().any(|w| page.label(from).contains(w))
}
