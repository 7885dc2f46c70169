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
use unlisted_model::{Kind, Reveal};

use super::Refusal;
use crate::request::Request;
use needles::Needle;

/// Everything that must not go out, and what may.
pub(super) struct Guard {
    automaton: Option<AhoCorasick>,
    needles: Vec<Needle>,
    /// For each person, folded: names in public use, candidacy, public values.
    allowed: BTreeMap<SubjectId, Vec<String>>,
}

/// Neither needles nor allowed words are shown.
impl std::fmt::Debug for Guard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Guard").field("needles", &self.needles.len()).finish_non_exhaustive()
    }
}

impl Guard {
    /// Prepares the needles of everybody.
    pub(super) fn new<'a>(subjects: impl Iterator<Item = &'a Subject>) -> Self {
        let (mut all, mut allowed) = (Vec::new(), BTreeMap::new());
        for subject in subjects {
            all.extend(needles::of(subject));
            allowed.insert(subject.id.clone(), needles::allowed(subject));
        }
        // A folded text is never longer than an automaton can take; if building fails all the same, nothing may go out.
        let automaton = AhoCorasick::builder()
            .kind((all.len() > 20_000).then_some(AhoCorasickKind::ContiguousNFA))
            .build(all.iter().map(|n| n.text.reveal(Reveal::ToCompare).as_bytes()))
            .ok();
        Self { automaton, needles: all, allowed }
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
            for found in automaton.find_overlapping_iter(view) {
                let needle = self.needles.get(found.pattern().as_usize())?;
                if !self.is_excused(needle, request) {
                    hit = Some(needle.kind);
                    return None;
                }
            }
            Some(())
        });
        hit
    }

    /// Whether a needle is part of what the people of this request have in public anyway, or an admitted slot holds it.
    fn is_excused(&self, needle: &Needle, request: &Request) -> bool {
        let plain = needle.plain.reveal(Reveal::ToCompare);
        let public = request.for_.iter().filter_map(|id| self.allowed.get(id)).flatten().any(|w| w.contains(plain));
        let slot = || {
            request.slots().iter().any(|slot| {
                needle.covers.iter().any(|c| slot.discloses.contains(c)) && {
                    let text = views::fold(slot.text.reveal(Reveal::ToCompare));
                    text.contains(plain) || text.contains(needle.text.reveal(Reveal::ToCompare))
                }
            })
        };
        public || slot()
    }
}

#[cfg(test)]
mod tests;
