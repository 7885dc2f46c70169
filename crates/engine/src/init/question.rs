//! The questions, in their order.

use unlisted_model::Kind;

/// One thing that is asked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Question {
    /// Whether somebody else could see this computer.
    Watched,
    /// The full name: the only answer that is needed.
    FullName,
    /// Other names in public use.
    OtherNames,
    /// Names no longer used.
    FormerNames,
    /// Whether it is public that the person stands.
    Announced,
    /// The kind of election.
    Contest,
    /// The party.
    Party,
    /// Constituency, ward or division.
    Area,
    /// The council.
    Council,
    /// The nation, when nothing else tells it.
    Nation,
    /// Polling day.
    Election,
    /// Home address.
    Home,
    /// Private phone numbers.
    Phones,
    /// Private e-mail addresses.
    Emails,
    /// Date of birth.
    BirthDate,
    /// Whether to go on with more kinds.
    More,
    /// Names of relatives.
    Family,
    /// Number plates.
    Plate,
    /// Places of work.
    Work,
    /// Schools and nurseries.
    School,
    /// Usernames.
    Usernames,
    /// Whether to go on with identity numbers, which we advise against.
    YetMore,
    /// National Insurance number.
    NationalInsurance,
    /// NHS number.
    Nhs,
    /// Passport number.
    Passport,
    /// Driving licence number.
    Licence,
    /// Bank details.
    Bank,
    /// The campaign's phone numbers.
    PublicPhone,
    /// The campaign's e-mail addresses.
    PublicEmail,
    /// The office whose address may be public.
    PublicOffice,
    /// Own sites and profiles.
    Pages,
    /// Who looks after safety in the party.
    HelpParty,
    /// Somebody trusted.
    HelpTrusted,
    /// The police force's contact.
    HelpPolice,
    /// Permission for the check.
    Permission,
    /// Whether usernames may be sent.
    SendUsernames,
}

/// How a question is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// With words.
    Text,
    /// With yes or no.
    YesNo,
    /// With one of these words of files, shown as a numbered list.
    Choice(&'static [&'static str]),
    /// With the name or the code of a council.
    Council,
}

use Question as Q;

impl Question {
    /// All of them, in the order in which they are asked.
    pub const ALL: [Self; 36] = [
        Q::Watched,
        Q::FullName,
        Q::OtherNames,
        Q::FormerNames,
        Q::Announced,
        Q::Contest,
        Q::Party,
        Q::Area,
        Q::Council,
        Q::Nation,
        Q::Election,
        Q::Home,
        Q::Phones,
        Q::Emails,
        Q::BirthDate,
        Q::More,
        Q::Family,
        Q::Plate,
        Q::Work,
        Q::School,
        Q::Usernames,
        Q::YetMore,
        Q::NationalInsurance,
        Q::Nhs,
        Q::Passport,
        Q::Licence,
        Q::Bank,
        Q::PublicPhone,
        Q::PublicEmail,
        Q::PublicOffice,
        Q::Pages,
        Q::HelpParty,
        Q::HelpTrusted,
        Q::HelpPolice,
        Q::Permission,
        Q::SendUsernames,
    ];

    /// Its name: in the catalogue `init.<name>` is the question, `init.<name>_why` why it is asked and whether the answer leaves
    /// the computer, `init.<name>_title` its short name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Q::Watched => "watched",
            Q::FullName => "full_name",
            Q::OtherNames => "other_names",
            Q::FormerNames => "former_names",
            Q::Announced => "announced",
            Q::Contest => "contest",
            Q::Party => "party",
            Q::Area => "area",
            Q::Council => "council",
            Q::Nation => "nation",
            Q::Election => "election",
            Q::Home => "home",
            Q::Phones => "phones",
            Q::Emails => "emails",
            Q::BirthDate => "birth_date",
            Q::More => "more",
            Q::Family => "family",
            Q::Plate => "plate",
            Q::Work => "work",
            Q::School => "school",
            Q::Usernames => "usernames",
            Q::YetMore => "yet_more",
            Q::NationalInsurance => "national_insurance",
            Q::Nhs => "nhs",
            Q::Passport => "passport",
            Q::Licence => "licence",
            Q::Bank => "bank",
            Q::PublicPhone => "public_phone",
            Q::PublicEmail => "public_email",
            Q::PublicOffice => "public_office",
            Q::Pages => "pages",
            Q::HelpParty => "help_party",
            Q::HelpTrusted => "help_trusted",
            Q::HelpPolice => "help_police",
            Q::Permission => "permission",
            Q::SendUsernames => "send_usernames",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|q| q.as_str() == name)
    }

    /// How it is answered.
    pub const fn shape(self) -> Shape {
        match self {
            Q::Watched | Q::Announced | Q::More | Q::YetMore | Q::Permission | Q::SendUsernames => Shape::YesNo,
            Q::Contest => Shape::Choice(&[
                "council",
                "parish",
                "mayor",
                "uk-parliament",
                "scottish-parliament",
                "senedd",
                "ni-assembly",
                "london",
                "police-commissioner",
            ]),
            Q::Nation => Shape::Choice(&["ENG", "WLS", "SCT", "NIR"]),
            Q::Council => Shape::Council,
            _ => Shape::Text,
        }
    }

    /// Whether it may have several answers, one after the other.
    pub const fn takes_several(self) -> bool {
        matches!(
            self,
            Q::OtherNames
                | Q::FormerNames
                | Q::Home
                | Q::Phones
                | Q::Emails
                | Q::Family
                | Q::Plate
                | Q::Work
                | Q::School
                | Q::Usernames
                | Q::PublicPhone
                | Q::PublicEmail
                | Q::PublicOffice
                | Q::Pages
        )
    }

    /// The kind of detail that it asks for.
    pub const fn kind(self) -> Option<Kind> {
        Some(match self {
            Q::Home | Q::PublicOffice => Kind::HomeAddress,
            Q::Phones | Q::PublicPhone => Kind::Phone,
            Q::Emails | Q::PublicEmail => Kind::Email,
            Q::BirthDate => Kind::DateOfBirth,
            Q::Family => Kind::FamilyMember,
            Q::Plate => Kind::VehicleRegistration,
            Q::Work => Kind::Workplace,
            Q::School => Kind::School,
            Q::Usernames => Kind::Username,
            Q::NationalInsurance => Kind::NationalInsuranceNumber,
            Q::Nhs => Kind::NhsNumber,
            Q::Passport => Kind::Passport,
            Q::Licence => Kind::DrivingLicence,
            Q::Bank => Kind::BankAccount,
            _ => return None,
        })
    }

    /// Whether the detail that it asks for is meant to be public.
    pub const fn is_public(self) -> bool {
        matches!(self, Q::PublicPhone | Q::PublicEmail | Q::PublicOffice)
    }

    /// The question that asks for the same kind among the details that are private, or the public ones.
    pub const fn other_side(self) -> Option<Self> {
        Some(match self {
            Q::Home => Q::PublicOffice,
            Q::Phones => Q::PublicPhone,
            Q::Emails => Q::PublicEmail,
            Q::PublicOffice => Q::Home,
            Q::PublicPhone => Q::Phones,
            Q::PublicEmail => Q::Emails,
            _ => return None,
        })
    }
}
