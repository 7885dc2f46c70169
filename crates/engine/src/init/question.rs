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

impl Question {
    /// All of them, in the order in which they are asked.
    pub const ALL: [Self; 36] = [
        Self::Watched,
        Self::FullName,
        Self::OtherNames,
        Self::FormerNames,
        Self::Announced,
        Self::Contest,
        Self::Party,
        Self::Area,
        Self::Council,
        Self::Nation,
        Self::Election,
        Self::Home,
        Self::Phones,
        Self::Emails,
        Self::BirthDate,
        Self::More,
        Self::Family,
        Self::Plate,
        Self::Work,
        Self::School,
        Self::Usernames,
        Self::YetMore,
        Self::NationalInsurance,
        Self::Nhs,
        Self::Passport,
        Self::Licence,
        Self::Bank,
        Self::PublicPhone,
        Self::PublicEmail,
        Self::PublicOffice,
        Self::Pages,
        Self::HelpParty,
        Self::HelpTrusted,
        Self::HelpPolice,
        Self::Permission,
        Self::SendUsernames,
    ];

    /// Its name: in the catalogue `init.<name>` is the question, `init.<name>_why` why it is asked and whether the answer leaves
    /// the computer, `init.<name>_title` its short name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Watched => "watched",
            Self::FullName => "full_name",
            Self::OtherNames => "other_names",
            Self::FormerNames => "former_names",
            Self::Announced => "announced",
            Self::Contest => "contest",
            Self::Party => "party",
            Self::Area => "area",
            Self::Council => "council",
            Self::Nation => "nation",
            Self::Election => "election",
            Self::Home => "home",
            Self::Phones => "phones",
            Self::Emails => "emails",
            Self::BirthDate => "birth_date",
            Self::More => "more",
            Self::Family => "family",
            Self::Plate => "plate",
            Self::Work => "work",
            Self::School => "school",
            Self::Usernames => "usernames",
            Self::YetMore => "yet_more",
            Self::NationalInsurance => "national_insurance",
            Self::Nhs => "nhs",
            Self::Passport => "passport",
            Self::Licence => "licence",
            Self::Bank => "bank",
            Self::PublicPhone => "public_phone",
            Self::PublicEmail => "public_email",
            Self::PublicOffice => "public_office",
            Self::Pages => "pages",
            Self::HelpParty => "help_party",
            Self::HelpTrusted => "help_trusted",
            Self::HelpPolice => "help_police",
            Self::Permission => "permission",
            Self::SendUsernames => "send_usernames",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|q| q.as_str() == name)
    }

    /// How it is answered.
    pub const fn shape(self) -> Shape {
        match self {
            Self::Watched | Self::Announced | Self::More | Self::YetMore | Self::Permission | Self::SendUsernames => Shape::YesNo,
            Self::Contest => Shape::Choice(&[
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
            Self::Nation => Shape::Choice(&["ENG", "WLS", "SCT", "NIR"]),
            Self::Council => Shape::Council,
            _ => Shape::Text,
        }
    }

    /// Whether it may have several answers, one after the other.
    pub const fn takes_several(self) -> bool {
        matches!(
            self,
            Self::OtherNames
                | Self::FormerNames
                | Self::Home
                | Self::Phones
                | Self::Emails
                | Self::Family
                | Self::Plate
                | Self::Work
                | Self::School
                | Self::Usernames
                | Self::PublicPhone
                | Self::PublicEmail
                | Self::PublicOffice
                | Self::Pages
        )
    }

    /// The kind of detail that it asks for.
    pub const fn kind(self) -> Option<Kind> {
        Some(match self {
            Self::Home | Self::PublicOffice => Kind::HomeAddress,
            Self::Phones | Self::PublicPhone => Kind::Phone,
            Self::Emails | Self::PublicEmail => Kind::Email,
            Self::BirthDate => Kind::DateOfBirth,
            Self::Family => Kind::FamilyMember,
            Self::Plate => Kind::VehicleRegistration,
            Self::Work => Kind::Workplace,
            Self::School => Kind::School,
            Self::Usernames => Kind::Username,
            Self::NationalInsurance => Kind::NationalInsuranceNumber,
            Self::Nhs => Kind::NhsNumber,
            Self::Passport => Kind::Passport,
            Self::Licence => Kind::DrivingLicence,
            Self::Bank => Kind::BankAccount,
            _ => return None,
        })
    }

    /// Whether the detail that it asks for is meant to be public.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::PublicPhone | Self::PublicEmail | Self::PublicOffice)
    }

    /// The question that asks for the same kind among the details that are private, or the public ones.
    pub const fn other_side(self) -> Option<Self> {
        Some(match self {
            Self::Home => Self::PublicOffice,
            Self::Phones => Self::PublicPhone,
            Self::Emails => Self::PublicEmail,
            Self::PublicOffice => Self::Home,
            Self::PublicPhone => Self::Phones,
            Self::PublicEmail => Self::Emails,
            _ => return None,
        })
    }
}
