//! The last guard: no private value goes out, in whatever spelling, unless an admitted slot put it there.
//!
//! `needles` lists what to look for (`forms` of every private value of everybody served, and their `digests`);
//! `views` shows the outgoing text in every reading (percent, base64, hexadecimal, nested); both are folded to letters
//! and digits, so case, spaces and punctuation do not matter. One automaton holds all needles of all people.

mod digests;
mod forms;
mod needles;
mod views;

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use unlisted_model::subject::{Subject, SubjectId};
use unlisted_model::{Discloses, Kind, Reveal};

use super::Refusal;
use crate::request::Request;
use needles::{Fact, Needles};

/// Everything that must not go out, and what may.
pub(super) struct Guard {
    /// Over the texts of the needles, in their order. None: it could not be built, and then nothing may go out.
    automaton: Option<AhoCorasick>,
    needles: Needles,
    /// For each person, folded: names in public use, candidacy, public values.
    allowed: BTreeMap<SubjectId, Vec<String>>,
}

/// Neither needles nor allowed words are shown.
impl std::fmt::Debug for Guard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Guard").field("facts", &self.needles.facts.len()).finish_non_exhaustive()
    }
}

impl Guard {
    /// Prepares the needles of everybody.
    pub(super) fn new<'a>(subjects: impl Iterator<Item = &'a Subject>) -> Self {
        let (mut needles, mut allowed) = (Needles::default(), BTreeMap::new());
        for subject in subjects {
            needles.add(subject);
            allowed.insert(subject.id.clone(), needles::allowed(subject));
        }
        let texts = needles.texts.iter().map(|(text, _)| text.reveal(Reveal::ToCompare));
        let automaton = AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(texts).ok();
        Self { automaton, needles, allowed }
    }

    /// Searches the address (unless it was received whole) and the header values of a request.
    pub(super) fn check(&self, request: &Request, headers: &[&str]) -> Result<(), Refusal> {
        let address = (!request.is_whole()).then(|| {
            // The values alone, one after another: a number in one parameter and its street in the next.
            let values: String = request.url().query_pairs().map(|(_, value)| value).collect();
            [request.url().as_str().to_owned(), values]
        });
        for text in headers.iter().copied().chain(address.iter().flatten().map(String::as_str)) {
            if let Some(kind) = self.first_hit(text, request) {
                return Err(Refusal::WouldDisclose(kind));
            }
        }
        Ok(())
    }

    /// The kind of the first private value in `text` that nothing excuses (None inside: a former name).
    fn first_hit(&self, text: &str, request: &Request) -> Option<Option<Kind>> {
        let Some(automaton) = &self.automaton else { return Some(None) };
        let mut hit = None;
        views::each(text, &mut |view| {
            let plain = automaton.find_overlapping_iter(view).filter_map(|found| {
                let (text, fact) = self.needles.texts.get(found.pattern().as_usize())?;
                Some((*fact, Some(text.reveal(Reveal::ToCompare))))
            });
            let digests = digests::sixteens(view).filter_map(|d| Some((*self.needles.digests.get(&d)?, None)));
            for (fact, text) in plain.chain(digests) {
                let Some(fact) = usize::try_from(fact).ok().and_then(|i| self.needles.facts.get(i)) else { continue };
                if !self.is_excused(fact, text, request) {
                    hit = Some(fact.kind);
                    return None;
                }
            }
            Some(())
        });
        hit
    }

    /// Whether a text of a fact (None: a digest) is part of what the people of this request have in public anyway, or
    /// an admitted slot holds it.
    fn is_excused(&self, fact: &Fact, text: Option<&str>, request: &Request) -> bool {
        let plain = text.unwrap_or_else(|| fact.whole.reveal(Reveal::ToCompare));
        if request.for_.iter().filter_map(|id| self.allowed.get(id)).flatten().any(|word| word.contains(plain)) {
            return true;
        }
        request.slots().iter().any(|slot| {
            // The name of a site whose address was received whole may be asked about, whatever words it is made of (DESIGN §3.3).
            let is_site = slot.discloses.contains(&Discloses::Domain);
            let tells = is_site || fact.covers(text.is_none()).iter().any(|told| slot.discloses.contains(told));
            tells && {
                let held = views::fold(slot.text.reveal(Reveal::ToCompare));
                let digest =
                    |d: u64| self.needles.digests.get(&d).and_then(|i| self.needles.facts.get(usize::try_from(*i).ok()?));
                held.contains(plain)
                    || text.is_none() && digests::sixteens(&held).filter_map(digest).any(|other| std::ptr::eq(other, fact))
            }
        })
    }
}

#[cfg(test)]
mod tests;
