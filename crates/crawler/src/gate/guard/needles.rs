//! What the last guard looks for: the normal forms of every private value, folded, and their digests.

use unlisted_model::subject::Subject;
use unlisted_model::{Discloses, Kind, Reveal, Secret};

use super::digests::{digests, hashed_forms, spellings};
use super::forms::{SHORTEST, forms};
use super::views::fold;

/// One text that must not go out.
pub(super) struct Needle {
    /// What it is; None: a former name.
    pub(super) kind: Option<Kind>,
    /// What is searched, folded: the value itself or a digest of it.
    pub(super) text: Secret,
    /// The folded value that it stands for.
    pub(super) plain: Secret,
    /// Slots that tell one of these may hold it.
    pub(super) covers: &'static [Discloses],
}

/// Everything of one person that must not go out.
pub(super) fn of(subject: &Subject) -> Vec<Needle> {
    let mut all = Vec::new();
    for fact in &subject.private {
        let kind = fact.kind();
        let value = fact.value.reveal(Reveal::ToCompare);
        let (plain, digest) = covers(kind);
        let forms = forms(kind, value);
        for text in &forms {
            all.push(needle(Some(kind), text.clone(), text.clone(), plain));
        }
        let whole = fold(value);
        if whole.chars().count() >= SHORTEST || kind == Kind::HomeAddress {
            for form in hashed_forms(kind, value) {
                all.extend(digests(&form).map(|hash| needle(Some(kind), hash, whole.clone(), digest)));
            }
        }
    }
    for name in &subject.names.former {
        let value = name.reveal(Reveal::ToCompare);
        let whole = fold(value);
        if whole.chars().count() >= SHORTEST {
            all.push(needle(None, whole.clone(), whole.clone(), &[]));
            for form in spellings(value) {
                all.extend(digests(&form).map(|hash| needle(None, hash, whole.clone(), &[])));
            }
        }
    }
    all
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

fn needle(kind: Option<Kind>, text: String, plain: String, covers: &'static [Discloses]) -> Needle {
    Needle { kind, text: Secret::new(text), plain: Secret::new(plain), covers }
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
