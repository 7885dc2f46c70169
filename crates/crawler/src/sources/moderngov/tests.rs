//! Recorded answers of a council that does not exist, and one test for each quirk of the field.

use super::*;
use crate::sources::rehearse::{check, check_body, councils};

/// Questions that only an answer leads to, for member 101 of the council of a person.
pub(in super::super) fn place_of(subject: &Subject) -> impl Fn(&str) -> Query + use<> {
    let code = subject.candidacy.council.clone().unwrap_or_default();
    let for_ = vec![subject.id.clone()];
    move |what| {
        let councils = councils();
        let council = councils.get(&code).expect("test data");
        let base = Url::parse("https://democracy.exampleford.example").expect("test data");
        let place = Place { council, base, page: "" };
        let what = What::ALL.into_iter().find(|w| w.as_str() == what).expect("a question");
        place.query(what, matches!(what, What::Profile | What::Register).then_some("101"), &for_)
    }
}
