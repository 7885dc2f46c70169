//! The supplied facts of a whole slate, normalised and indexed once, so that looking one up costs the same for one person
//! and for 25,000.

pub(crate) mod address;
pub(crate) mod codes;
pub(crate) mod streets;

use std::collections::HashMap;

use jiff::civil::Date;
use unlisted_model::{FactId, Identifier, Kind, Reveal, Subject};

use crate::anchors::{Anchors, Phrase, Target};
use crate::normalise::{self, fold};
use address::Address;
use codes::Codes;
use streets::Streets;

/// One supplied fact.
pub(crate) struct Fact {
    pub(crate) id: FactId,
    /// Index of its subject in the slate.
    pub(crate) subject: u32,
    pub(crate) public: bool,
    /// Normalised, as detections carry it.
    pub(crate) value: String,
}

/// A supplied name of a relative, an employer, a school, a place; many people may have supplied the same.
pub(crate) struct Named {
    pub(crate) phrase: Phrase,
    /// The facts with this name.
    pub(crate) facts: Vec<u32>,
    /// By subject, the facts of which it is a relative's first name alone: it counts only beside a word of kinship and the
    /// person's name.
    pub(crate) first_names: HashMap<u32, Vec<u32>>,
}

/// A supplied username.
pub(crate) struct User {
    pub(crate) fact: u32,
    /// Lower case, without an @.
    pub(crate) handle: Vec<u8>,
    /// Offset of its anchor word in the handle.
    pub(crate) anchor: usize,
    /// Too short or too ordinary to count without an @, an address or a label.
    pub(crate) ordinary: bool,
}

/// A supplied landline, found by its local figures.
pub(crate) struct Landline {
    pub(crate) fact: u32,
    /// The area's code with its nought.
    pub(crate) code: Box<[u8]>,
}

/// Area code and local figures of a normalised British landline: 01632 and 960240, 020 and 79460123.
fn local_number(digits: &str) -> Option<(String, &[u8])> {
    let national = digits.strip_prefix("44").filter(|n| n.len() == 10 && n.starts_with(['1', '2']))?;
    let code = match national.as_bytes() {
        [b'2', ..] => 2,
        [b'1', b'1', ..] | [b'1', _, b'1', ..] => 3,
        _ => 4,
    };
    let (code, local) = national.split_at_checked(code)?;
    Some((format!("0{code}"), local.as_bytes()))
}

/// All facts of a slate.
#[derive(Default)]
pub(crate) struct Facts {
    pub(crate) all: Vec<Fact>,
    pub(crate) phones: HashMap<String, Vec<u32>>,
    /// Landlines by the figures that are dialled within their area, with the area's code.
    pub(crate) local_phones: HashMap<Box<[u8]>, Vec<Landline>>,
    pub(crate) emails: HashMap<String, Vec<u32>>,
    pub(crate) dates: HashMap<Date, Vec<u32>>,
    /// Year and month, as company registers show them.
    pub(crate) birth_months: HashMap<(i16, i8), Vec<u32>>,
    /// Day and month, for birthdays.
    pub(crate) birthdays: HashMap<(i8, i8), Vec<u32>>,
    pub(crate) codes: Codes,
    pub(crate) addresses: Vec<(u32, Address)>,
    pub(crate) postcodes: HashMap<String, Vec<u32>>,
    pub(crate) streets: Streets,
    /// Houses by name, for those that have a street too.
    pub(crate) houses: Streets,
    pub(crate) named: Vec<Named>,
    named_by: HashMap<Box<[u8]>, u32>,
    pub(crate) users: Vec<User>,
}

impl Facts {
    /// Takes in all facts of a subject whose kinds its permission allows.
    pub(crate) fn add(&mut self, index: u32, subject: &Subject, anchors: &mut Anchors) {
        let name_words: Vec<String> = subject.names.in_public_use().flat_map(|n| fold(n).split(' ').map(str::to_owned).collect::<Vec<_>>()).collect();
        for (list, public) in [(&subject.private, false), (&subject.public, true)] {
            for identifier in list.iter().filter(|i| subject.consent.allows_kind(i.kind()) && !i.value.is_blank()) {
                self.add_one(index, identifier, public, &name_words, anchors);
            }
        }
    }

    fn add_one(&mut self, subject: u32, identifier: &Identifier, public: bool, name_words: &[String], anchors: &mut Anchors) {
        let value = identifier.value.reveal(Reveal::ToCompare);
        let fact = self.all.len() as u32;
        let kind = identifier.kind();
        let normal = match kind {
            Kind::Phone => {
                let Some(digits) = normalise::phone(value) else { return };
                self.phones.entry(digits.clone()).or_default().push(fact);
                if let Some((code, local)) = local_number(&digits) {
                    self.local_phones.entry(local.into()).or_default().push(Landline { fact, code: code.into_bytes().into() });
                }
                digits
            }
            Kind::Email => {
                let Some(address) = normalise::email(value) else { return };
                self.emails.entry(address.clone()).or_default().push(fact);
                address
            }
            Kind::DateOfBirth => {
                let Some(day) = normalise::date::date(value) else { return };
                self.dates.entry(day).or_default().push(fact);
                self.birth_months.entry((day.year(), day.month())).or_default().push(fact);
                self.birthdays.entry((day.month(), day.day())).or_default().push(fact);
                day.to_string()
            }
            Kind::HomeAddress => {
                let address = Address::parse(value);
                let key = address.key();
                self.add_address((fact, subject), address, anchors);
                key
            }
            Kind::FamilyMember | Kind::Workplace | Kind::School | Kind::PlaceVisited => {
                let Some(name) = self.add_named((fact, subject), kind, value, anchors) else { return };
                name
            }
            Kind::Username => self.add_user(fact, value, name_words, anchors),
            Kind::NationalInsuranceNumber
            | Kind::NhsNumber
            | Kind::VehicleRegistration
            | Kind::BankAccount
            | Kind::Passport
            | Kind::DrivingLicence => self.codes.add(fact, kind, value),
            Kind::PhotoLocation => return,
        };
        self.all.push(Fact { id: identifier.id.clone(), subject, public, value: normal });
    }

    fn add_address(&mut self, (fact, subject): (u32, u32), address: Address, anchors: &mut Anchors) {
        let index = self.addresses.len() as u32;
        if let Some(postcode) = &address.postcode {
            self.postcodes.entry(postcode.clone()).or_default().push(index);
        }
        if let Some(street) = &address.street {
            let (street_index, fresh) = self.streets.add(street, index, subject, &address);
            if fresh {
                anchors.add(street, Target::Street(street_index));
            }
        }
        // A name of one word ("Hillside") says nothing without its street.
        if let Some(house) = address.house.as_ref().filter(|h| h.len() > 1) {
            let (house_index, fresh) = self.houses.add(house, index, subject, &address);
            if fresh {
                anchors.add(house, Target::House(house_index));
            }
        }
        self.addresses.push((fact, address));
    }

    fn add_named(&mut self, fact: (u32, u32), kind: Kind, value: &str, anchors: &mut Anchors) -> Option<String> {
        let folded = fold(value);
        // What follows a comma or bracket says where or who, and is rarely repeated: "Northgate Primary School, Mereside".
        let head = folded.split([',', '(', ';']).next().unwrap_or_default();
        let mut words: Vec<&str> = head.split_whitespace().collect();
        if kind == Kind::FamilyMember {
            while words.len() > 1 && words.first().is_some_and(|w| normalise::words::title(w.trim_end_matches('.').as_bytes())) {
                words.remove(0);
            }
        } else {
            if words.len() > 1 && words.first() == Some(&"the") {
                words.remove(0);
            }
            if words.len() > 1 && words.last().is_some_and(|w| matches!(w.trim_matches('.'), "ltd" | "limited" | "plc" | "llp")) {
                words.pop();
            }
        }
        let name = words.join(" ");
        let phrase = Phrase::new(&name)?;
        let first = words.first().copied().unwrap_or_default();
        if kind == Kind::FamilyMember && words.len() > 1 {
            // First and last, the middle names left out.
            if words.len() > 2
                && let Some(short) = Phrase::new(&format!("{first} {}", words.last().copied().unwrap_or_default()))
            {
                self.push_named(fact, short, false, anchors);
            }
            if let Some(alone) = Phrase::new(first).filter(|p| p.joined().len() >= 3) {
                self.push_named(fact, alone, true, anchors);
            }
        }
        let first_only = kind == Kind::FamilyMember && words.len() == 1;
        self.push_named(fact, phrase, first_only, anchors);
        Some(name)
    }

    fn push_named(&mut self, (fact, subject): (u32, u32), phrase: Phrase, first_only: bool, anchors: &mut Anchors) {
        let index = *self.named_by.entry(phrase.joined().into()).or_insert_with(|| {
            let index = self.named.len() as u32;
            anchors.add(&phrase, Target::Phrase(index));
            self.named.push(Named { phrase, facts: Vec::new(), first_names: HashMap::new() });
            index
        });
        if let Some(named) = self.named.get_mut(index as usize) {
            let list = if first_only { named.first_names.entry(subject).or_default() } else { &mut named.facts };
            if list.last() != Some(&fact) {
                list.push(fact);
            }
        }
    }

    fn add_user(&mut self, fact: u32, value: &str, name_words: &[String], anchors: &mut Anchors) -> String {
        let folded = fold(value);
        let handle = folded.trim().trim_start_matches('@').to_owned();
        // The longest word of the handle is its anchor; one of signs only can be found nowhere.
        let mut anchor: Option<(usize, &str)> = None;
        let mut at = 0;
        for piece in handle.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric()) {
            if piece.len() > anchor.map_or(0, |(_, p)| p.len()) {
                anchor = Some((at, piece));
            }
            at += piece.len() + 1;
        }
        if let Some((offset, piece)) = anchor
            && let Some(phrase) = Phrase::plain(piece)
        {
            let letters_only = handle.bytes().all(|b| b.is_ascii_alphabetic());
            let ordinary = handle.len() < 4 || letters_only && (handle.len() <= 9 || name_words.contains(&handle));
            anchors.add(&phrase, Target::Username(self.users.len() as u32));
            self.users.push(User { fact, handle: handle.clone().into_bytes(), anchor: offset, ordinary });
        }
        handle
    }
}
