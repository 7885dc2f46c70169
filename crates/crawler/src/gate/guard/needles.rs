//! What the last guard looks for: the forms of every private value, folded, and digests of it.

use std::collections::HashMap;

use unlisted_model::subject::Subject;
use unlisted_model::{Discloses, Kind, Reveal, Secret};

use super::digests::{digests, hashed_forms, spellings};
use super::forms::{SHORTEST, forms};
use super::views::fold;

/// One private value.
pub(super) struct Fact {
    /// What it is; None: a former name.
    pub(super) kind: Option<Kind>,
    /// The whole value, folded.
    pub(super) whole: Secret,
    /// Slots that tell one of these may hold the value …
    covers: &'static [Discloses],
    /// … and slots that tell one of these a digest of it.
    digest_covers: &'static [Discloses],
}

impl Fact {
    /// What a slot must tell so that it may hold the value, or a digest of it.
    pub(super) const fn covers(&self, digest: bool) -> &'static [Discloses] {
        if digest { self.digest_covers } else { self.covers }
    }
}

/// Everything of everybody that must not go out. Facts are named by their place in `facts`.
#[derive(Default)]
pub(super) struct Needles {
    /// The values.
    pub(super) facts: Vec<Fact>,
    /// Folded texts to search for.
    pub(super) texts: Vec<(Secret, u32)>,
    /// The first eight bytes of each digest: enough to be sure, and a slate of digests stays small.
    pub(super) digests: HashMap<u64, u32>,
}

impl Needles {
    /// Adds everything of one person that must not go out.
    pub(super) fn add(&mut self, subject: &Subject) {
        for private in &subject.private {
            let kind = private.kind();
            let value = private.value.reveal(Reveal::ToCompare);
            let (covers, digest_covers) = covers(kind);
            let fact = self.fact(Some(kind), value, covers, digest_covers);
            self.texts.extend(forms(kind, value).into_iter().map(|text| (Secret::new(text), fact)));
            // A short value is too common to be searched, and a digest of it as good as none; a postcode is not.
            if fold(value).chars().count() >= SHORTEST || kind == Kind::HomeAddress {
                self.digests.extend(hashed_forms(kind, value).iter().flat_map(|form| digests(form)).map(|d| (d, fact)));
            }
        }
        for name in &subject.names.former {
            let value = name.reveal(Reveal::ToCompare);
            if fold(value).chars().count() >= SHORTEST {
                let fact = self.fact(None, value, &[], &[]);
                self.texts.push((Secret::new(fold(value)), fact));
                self.digests.extend(spellings(value).iter().flat_map(|form| digests(form)).map(|d| (d, fact)));
            }
        }
    }

    fn fact(
        &mut self,
        kind: Option<Kind>,
        value: &str,
        covers: &'static [Discloses],
        digest_covers: &'static [Discloses],
    ) -> u32 {
        self.facts.push(Fact { kind, whole: Secret::new(fold(value)), covers, digest_covers });
        u32::try_from(self.facts.len() - 1).unwrap_or(u32::MAX)
    }
}

/// Everything of one person that is public anyway, folded.
pub(super) fn allowed(subject: &Subject) -> Vec<String> {
    let mut all = Vec::new();
    for name in subject.names.in_public_use() {
        all.push(fold(name));
        // A search may leave the middle names out.
        let words: Vec<&str> = name.split_whitespace().collect();
        if let [first, .., last] = words.as_slice() {
            all.push(fold(&format!("{first} {last}")));
        }
    }
    let candidacy = &subject.candidacy;
    all.extend([&candidacy.party, &candidacy.area].into_iter().flatten().map(|w| fold(w)));
    for fact in &subject.public {
        let value = fact.value.reveal(Reveal::ToCompare);
        all.push(fold(value));
        all.extend(forms(fact.kind(), value).into_iter().filter(|f| f.len() >= SHORTEST));
    }
    all.retain(|w| !w.is_empty());
    all
}

/// What a slot must tell so that it may hold a value of this kind, and a digest of one.
const fn covers(kind: Kind) -> (&'static [Discloses], &'static [Discloses]) {
    match kind {
        Kind::Phone => (&[Discloses::Phone], &[Discloses::Phone]),
        Kind::Email => (&[Discloses::Email], &[Discloses::Email, Discloses::EmailHash]),
        Kind::Username => (&[Discloses::Username], &[Discloses::Username]),
        _ => (&[], &[]),
    }
}
