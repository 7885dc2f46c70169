//! Every weight of attribution in one table, in log-odds.
//!
//! The probability is `1 / (1 + e^-(prior + Σ weights))`. A difference of 1 multiplies the odds by 2.7, of 3 by 20.
//! The values are judgement, calibrated on the stories in `attribute/stories.rs`; an issue that brings labelled pages
//! changes this file and nothing else. Bands for orientation: possible from −0.85, likely from 1.10, same from 2.95.

use unlisted_model::{Fit, Kind, NameForm};

/// Any detail on any page, before anything is known of it: one in twenty is about the person that we look for.
pub(crate) const PRIOR_UNSUPPLIED: f64 = -3.0;

/// A supplied fact that only one person has, seen whole; the reason `UniqueFact` or `WholeAddress` comes on top.
pub(crate) const PRIOR_UNIQUE: f64 = -3.0;

/// A supplied fact that many people share (a school, a workplace, a place).
pub(crate) const PRIOR_SHARED: f64 = -1.5;

/// A birth date is shared by one in 25,000 people, so it says much beside the name; an unlabelled date alone says nothing.
pub(crate) const PRIOR_BIRTH_DATE: f64 = -0.5;

/// The person's street or postcode; the reasons `PartialOnly` or `OtherNumber` come on top.
pub(crate) const PRIOR_PART: f64 = -0.4;

/// A whole phone, e-mail or identity number: 0.97 by itself.
pub(crate) const UNIQUE_FACT: f64 = 6.6;
/// A vehicle's mark is short and shows up in lists of all sorts: likely by itself, same with the name.
pub(crate) const UNIQUE_VEHICLE: f64 = 5.4;
/// Number, street and postcode: 0.97 by itself.
pub(crate) const ADDRESS_WITH_POSTCODE: f64 = 6.6;
/// Number, street and town: the town may have two such streets.
pub(crate) const ADDRESS_WITH_TOWN: f64 = 4.8;
/// Number and street only: hundreds of towns have it.
pub(crate) const ADDRESS_BARE: f64 = 2.4;
/// The same beside the person's name, be it the surname alone: two rare things that meet.
pub(crate) const ADDRESS_BARE_NAMED: f64 = 3.3;

/// The street, or the postcode of about fifteen homes.
pub(crate) const PARTIAL_ONLY: f64 = -1.0;
/// A neighbour: never the person's own home, at best a pointer to the street.
pub(crate) const OTHER_NUMBER: f64 = -1.2;
/// An employer, a school, a place of several words stands beside the name: few people share both.
pub(crate) const SHARED_AND_NAMED: f64 = 0.8;
/// A username with figures or signs, or a long one: people keep theirs from site to site.
pub(crate) const UNUSUAL_USERNAME: f64 = 1.8;
/// The street is named near the person, but nothing says that they live there.
pub(crate) const STREET_WITHOUT_RESIDENCE: f64 = -1.5;
/// An address that nobody supplied, and nothing says that somebody lives there: a stall, a hall, a shop.
pub(crate) const ADDRESS_WITHOUT_RESIDENCE: f64 = -1.6;
/// Nobody supplied it: it may be an old, a public or a namesake's detail.
pub(crate) const UNSUPPLIED: f64 = -0.4;
/// No name near: against, but hardly for what is unique.
pub(crate) const NO_NAME_UNIQUE: f64 = -0.3;
/// No name near a fact that many share.
pub(crate) const NO_NAME_SHARED: f64 = -0.9;

/// A rare name stands for few people.
pub(crate) const RARE_NAME: f64 = 0.6;
/// A common first name with a common surname stands for thousands.
pub(crate) const COMMON_NAME: f64 = -1.0;
/// A row, card or record says that its cells belong together.
pub(crate) const SAME_RECORD: f64 = 0.5;

/// Area, party, council or town in the same sentence, row or record.
pub(crate) const LOCAL_NEAR: f64 = 1.0;
/// The same, elsewhere on the page.
pub(crate) const LOCAL_ON_PAGE: f64 = 0.5;
/// All of them together speak no louder than this: a page about the area names all of them.
pub(crate) const LOCAL_MOST: f64 = 2.4;
/// Words of politics near.
pub(crate) const POLITICAL_NEAR: f64 = 0.6;
/// Words of politics elsewhere on the page.
pub(crate) const POLITICAL_ON_PAGE: f64 = 0.2;

/// Another unique fact of the person near.
pub(crate) const SECOND_UNIQUE_NEAR: f64 = 3.0;
/// Another shared or partial fact near.
pub(crate) const SECOND_SHARED_NEAR: f64 = 1.5;
/// Another unique fact elsewhere on the page.
pub(crate) const SECOND_UNIQUE_ON_PAGE: f64 = 1.2;

/// The person's own site.
pub(crate) const OWN_PAGE: f64 = 3.0;
/// A record in a register that carries the person's name.
pub(crate) const OWN_RECORD: f64 = 1.0;

/// Another name stands nearer to a unique fact.
pub(crate) const OTHER_NAME_UNIQUE: f64 = -0.8;
/// Another name stands nearer to the whole address: a relative or a business may share it.
pub(crate) const OTHER_NAME_ADDRESS: f64 = -1.2;
/// Another name stands nearer to a shared or unsupplied detail.
pub(crate) const OTHER_NAME_SHARED: f64 = -2.5;

/// "Amina Castle, of Eastbrook".
pub(crate) const OTHER_TOWN: f64 = -2.3;
/// Another party beside the name.
pub(crate) const OTHER_PARTY: f64 = -2.3;
/// Another date of birth, or an age that cannot be.
pub(crate) const OTHER_BIRTH_DATE: f64 = -3.0;
/// An age that does not fit today, though an old page might tell it.
pub(crate) const OTHER_AGE: f64 = -1.6;
/// Another middle name.
pub(crate) const OTHER_MIDDLE_NAME: f64 = -3.0;
/// A title of the other sex than the first name's usual one: weak, since names and people vary.
pub(crate) const OTHER_TITLE: f64 = -1.2;
/// Another council beside the name, or that council's own site.
pub(crate) const OTHER_COUNCIL: f64 = -1.4;
/// An occupation and no word of politics. The person may well have one, so it must not outweigh a supplied fact.
pub(crate) const OTHER_ROLE: f64 = -1.8;
/// A death, or a life long ago.
pub(crate) const OTHER_TIME: f64 = -3.0;
/// Another person of the slate has the same name.
pub(crate) const RIVAL_ON_SLATE: f64 = -0.5;

/// Contradictions count so much less against what only one person has: their phone beside a namesake is still their phone.
pub(crate) const CONTRADICTION_SHARE_UNIQUE: f64 = 0.15;

/// A contradiction at least this strong makes an unsupplied detail somebody else's, and a page a namesake's.
pub(crate) const CLEAR_CONTRADICTION: f64 = -1.5;

/// The first name alone, in one sentence with a relative's name and a word of kin: "Amina's daughter".
pub(crate) const KIN_BY_FIRST_NAME: f64 = 2.9;
/// A name elsewhere on the page, for the person's street: more than for a number, since a page of the area names both.
pub(crate) const STREET_NAME_ON_PAGE: f64 = 0.6;

/// What a name is worth in a form, when it stands right beside the detail.
pub(crate) const fn name(form: NameForm) -> f64 {
    match form {
        NameForm::Full => 3.6,
        NameForm::FirstLast | NameForm::LastFirst | NameForm::Also => 3.0,
        NameForm::Former => 2.8,
        // The middle name is judged apart, as a contradiction.
        NameForm::OtherMiddle => 3.0,
        NameForm::Near => 1.8,
        NameForm::Initials => 1.7,
        NameForm::TitleLast => 1.4,
    }
}

/// How a supplied fact of this kind starts, when it fits so.
pub(crate) const fn prior(kind: Kind, fit: Fit) -> f64 {
    match (kind, fit) {
        (_, Fit::Partial | Fit::OtherNumber) => PRIOR_PART,
        (Kind::DateOfBirth, Fit::Whole) => PRIOR_BIRTH_DATE,
        (kind, Fit::Whole) if is_unique(kind) => PRIOR_UNIQUE,
        _ => PRIOR_SHARED,
    }
}

/// Kinds of which a whole value belongs to one person or household.
pub(crate) const fn is_unique(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::HomeAddress
            | Kind::Phone
            | Kind::Email
            | Kind::NationalInsuranceNumber
            | Kind::NhsNumber
            | Kind::VehicleRegistration
            | Kind::BankAccount
            | Kind::Passport
            | Kind::DrivingLicence
    )
}
