//! Answers into a person, and a person into answers.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization as _;
use unlisted_model::consent::MaySend;
use unlisted_model::contest::{Contest, Nation};
use unlisted_model::{Basis, Candidacy, Consent, FactId, Identifier, Kind, Names, OwnPage, Reveal, Secret, Subject, SubjectId};
use url::Url;

use super::{Interview, Question};

/// The answer for a permission that was given before and still holds.
const KEPT: &str = "kept";

impl Interview {
    /// The interview that changes a person: every question has their present answer.
    pub fn of(subject: Subject, today: Date) -> Self {
        use Question as Q;
        let mut i = Self::default();
        let mut put = |q: Question, text: Option<String>| i.set(q, text.into_iter().map(Secret::new).collect());
        put(Q::FullName, Some(subject.names.full.clone()));
        let c = &subject.candidacy;
        put(Q::Announced, Some(yes_or_no(c.announced)));
        put(Q::Contest, c.contest.map(|c| c.as_str().to_owned()));
        put(Q::Nation, c.nation.map(|n| n.as_str().to_owned()));
        put(Q::Party, c.party.clone());
        put(Q::Area, c.area.clone());
        put(Q::Council, c.council.clone());
        put(Q::Election, c.election.map(|day| day.to_string()));
        put(Q::HelpParty, subject.help.party.clone());
        put(Q::HelpTrusted, subject.help.trusted.clone());
        put(Q::HelpPolice, subject.help.police_contact.clone());
        put(Q::Permission, subject.consent.check(today).is_ok().then(|| KEPT.to_owned()));
        i.set(Q::OtherNames, subject.names.also.iter().map(Secret::new).collect());
        i.set(Q::FormerNames, subject.names.former.clone());
        i.set(Q::Pages, subject.pages.iter().map(|p| Secret::new(p.url.as_str())).collect());
        for q in Q::ALL {
            if let Some(kind) = q.kind() {
                let facts = if q.is_public() { &subject.public } else { &subject.private };
                i.set(q, facts.iter().filter(|f| f.kind() == kind).map(|f| f.value.clone()).collect());
            }
        }
        let has = |i: &Self, list: &[Question]| list.iter().any(|q| !i.answers(*q).is_empty());
        let numbers = has(&i, &[Q::NationalInsurance, Q::Nhs, Q::Passport, Q::Licence, Q::Bank]);
        let more = numbers || has(&i, &[Q::Family, Q::Plate, Q::Work, Q::School, Q::Usernames]);
        let sends = subject.consent.may_send.iter().any(|m| m.kind == Kind::Username && m.source.is_none());
        for (q, is) in [(Q::More, more), (Q::YetMore, numbers), (Q::SendUsernames, sends)] {
            if is {
                i.set(q, vec![Secret::new("yes")]);
            }
        }
        i.base = Some(subject);
        i
    }

    fn first(&self, question: Question) -> Option<&str> {
        self.answers(question).first().map(|a| a.reveal(Reveal::ToCompare))
    }

    fn owned(&self, question: Question) -> Option<String> {
        self.first(question).map(str::to_owned)
    }

    /// The full name, once it is given.
    pub fn full_name(&self) -> Option<&str> {
        self.first(Question::FullName)
    }

    /// Polling day, once it is given.
    pub fn election(&self) -> Option<Date> {
        self.first(Question::Election).and_then(|day| day.parse().ok())
    }

    /// Last day of a permission given on a day: polling day and 30 days, at most 12 months; 6 months when no polling day is known.
    pub fn until(&self, on: Date) -> Date {
        let longest = on.saturating_add(12.months());
        match self.election().map(|day| day.saturating_add(30.days())) {
            Some(day) if day > on => day.min(longest),
            _ => on.saturating_add(6.months()),
        }
    }

    /// Last day of the permission that stands in the store and is kept.
    pub fn kept_until(&self) -> Option<Date> {
        if !self.is(Question::Permission, KEPT) {
            return None;
        }
        self.base.as_ref().map(|b| b.consent.until)
    }

    /// Gives permission today, or withholds it.
    pub fn permit(&mut self, yes: bool, today: Date) {
        let answer = if yes { today.to_string() } else { "no".to_owned() };
        self.set(Question::Permission, vec![Secret::new(answer)]);
    }

    /// The person; without an answer of yes, one whose permission is [missing](Consent::missing). None without a full name, or with a
    /// permission that does not hold today.
    pub fn subject(&self, id: &SubjectId, today: Date) -> Option<Subject> {
        use Question as Q;
        let full = self.owned(Q::FullName)?;
        let base = self.base.as_ref();
        let consent = self.consent(&full, base)?;
        if !consent.is_missing() {
            consent.check(today).ok()?;
        }
        let council = self.owned(Q::Council);
        let mut ordinals = BTreeMap::new();
        let private = self.facts(id, false, base.map(|b| b.private.as_slice()).unwrap_or_default(), &mut ordinals);
        let public = self.facts(id, true, base.map(|b| b.public.as_slice()).unwrap_or_default(), &mut ordinals);
        let mut help = base.map(|b| b.help.clone()).unwrap_or_default();
        help.party = self.owned(Q::HelpParty);
        help.trusted = self.owned(Q::HelpTrusted);
        help.police_contact = self.owned(Q::HelpPolice);
        Some(Subject {
            id: id.clone(),
            consent,
            names: Names {
                full,
                also: self.answers(Q::OtherNames).iter().map(|n| n.reveal(Reveal::ToCompare).to_owned()).collect(),
                former: self.answers(Q::FormerNames).to_vec(),
            },
            candidacy: Candidacy {
                announced: self.says_yes(Q::Announced),
                party: self.owned(Q::Party),
                area: self.owned(Q::Area),
                election: self.election(),
                contest: self.first(Q::Contest).and_then(Contest::parse),
                // An answer from before the council was named counts no longer, unless it stood so in the store.
                nation: self
                    .first(Q::Nation)
                    .and_then(Nation::parse)
                    .filter(|n| self.is_asked(Q::Nation) || base.is_some_and(|b| b.candidacy.nation == Some(*n))),
                council,
            },
            private,
            public,
            pages: self
                .answers(Q::Pages)
                .iter()
                .filter_map(|p| Some(OwnPage { url: Url::parse(p.reveal(Reveal::ToCompare)).ok()? }))
                .collect(),
            searxng: base.and_then(|b| b.searxng.clone()),
            help,
        })
    }

    fn consent(&self, full: &str, base: Option<&Subject>) -> Option<Consent> {
        let usernames = |m: &MaySend| m.kind == Kind::Username && m.source.is_none();
        let mut consent = match (self.first(Question::Permission), base) {
            (None | Some("no"), _) => return Some(Consent::missing()),
            (Some(KEPT), Some(base)) => base.consent.clone(),
            (Some(day), base) => {
                let on: Date = day.parse().ok()?;
                let before = base.map(|b| &b.consent).filter(|c| !c.is_missing());
                Consent {
                    by: full.to_owned(),
                    on,
                    until: self.until(on),
                    basis: Basis::Itself,
                    may_send: before.map(|c| c.may_send.clone()).unwrap_or_default(),
                    kinds: before.and_then(|c| c.kinds.clone()),
                    sources: before.and_then(|c| c.sources.clone()),
                }
            }
        };
        consent.may_send.retain(|m| !usernames(m));
        if self.says_yes(Question::SendUsernames) && self.is_asked(Question::SendUsernames) {
            consent.may_send.insert(0, MaySend { kind: Kind::Username, source: None });
        }
        Some(consent)
    }

    /// The details of one side, then those of the person in the store that no question asks for.
    fn facts(&self, id: &SubjectId, public: bool, before: &[Identifier], ordinals: &mut BTreeMap<Kind, u32>) -> Vec<Identifier> {
        let mine = || Question::ALL.into_iter().filter(|q| q.is_public() == public);
        // Nothing that was given is lost because a later "no" passes its question over.
        let asked = mine().flat_map(|q| {
            q.kind().into_iter().flat_map(move |kind| self.answers(q).iter().map(move |value| (kind, value.clone())))
        });
        let unasked = before.iter().filter(|f| !mine().any(|q| q.kind() == Some(f.kind()))).map(|f| (f.kind(), f.value.clone()));
        asked
            .chain(unasked)
            .map(|(kind, value)| {
                let ordinal = ordinals.entry(kind).or_insert(0);
                *ordinal += 1;
                Identifier { id: FactId { subject: id.clone(), kind, ordinal: *ordinal }, value }
            })
            .collect()
    }
}

fn yes_or_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}

/// An id for somebody of this name that nobody in `taken` has: "Zoë O’Brien" becomes `zoe-obrien`, the next one `zoe-obrien-2`.
/// A name without Latin letters becomes `person`.
pub fn id_for(name: &str, taken: &[SubjectId]) -> SubjectId {
    let mut slug = String::new();
    for c in name.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            'æ' => slug.push_str("ae"),
            'œ' => slug.push_str("oe"),
            'ß' => slug.push_str("ss"),
            'ø' => slug.push('o'),
            'ł' => slug.push('l'),
            'đ' | 'ð' => slug.push('d'),
            'þ' => slug.push_str("th"),
            'ı' => slug.push('i'),
            '\'' | '’' | '.' => {}
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
        if slug.len() >= 56 {
            break;
        }
    }
    let slug = slug.trim_matches('-');
    let slug = if slug.is_empty() { "person" } else { slug };
    let numbered = (2..).map(|n: u32| format!("{slug}-{n}"));
    std::iter::once(slug.to_owned())
        .chain(numbered)
        .filter_map(|id| SubjectId::new(&id))
        .find(|id| !taken.contains(id))
        // The chain is endless and `taken` is not; this is never reached.
        .unwrap_or_else(|| taken.first().cloned().unwrap_or_else(|| id_for("person", &[])))
}
