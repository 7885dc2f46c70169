//! A fact that the person gave us about themself.

use crate::secret::Secret;
use crate::subject::SubjectId;

/// What sort of detail a value is. The names are those of the subject file and of the report.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// Where the person lives.
    HomeAddress,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// The full date of birth.
    DateOfBirth,
    /// A National Insurance number.
    NationalInsuranceNumber,
    /// An NHS number (also Scottish CHI and Northern Irish H&C numbers).
    NhsNumber,
    /// A vehicle registration mark.
    VehicleRegistration,
    /// The name of a relative or of somebody in the household.
    FamilyMember,
    /// Where the person works.
    Workplace,
    /// A school or nursery.
    School,
    /// A username or handle.
    Username,
    /// Sort code with account number, or an IBAN.
    BankAccount,
    /// A passport number.
    Passport,
    /// A driving licence number.
    DrivingLicence,
    /// A place that the person visits regularly.
    PlaceVisited,
    /// A located photo on the person's own pages; found, never supplied.
    PhotoLocation,
}

impl Kind {
    /// Every kind, in the order of the subject file.
    pub const ALL: [Self; 16] = [
        Self::HomeAddress,
        Self::Phone,
        Self::Email,
        Self::DateOfBirth,
        Self::NationalInsuranceNumber,
        Self::NhsNumber,
        Self::VehicleRegistration,
        Self::FamilyMember,
        Self::Workplace,
        Self::School,
        Self::Username,
        Self::BankAccount,
        Self::Passport,
        Self::DrivingLicence,
        Self::PlaceVisited,
        Self::PhotoLocation,
    ];

    /// The name in files, for example `home-address`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HomeAddress => "home-address",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::DateOfBirth => "date-of-birth",
            Self::NationalInsuranceNumber => "national-insurance-number",
            Self::NhsNumber => "nhs-number",
            Self::VehicleRegistration => "vehicle-registration",
            Self::FamilyMember => "family-member",
            Self::Workplace => "workplace",
            Self::School => "school",
            Self::Username => "username",
            Self::BankAccount => "bank-account",
            Self::Passport => "passport",
            Self::DrivingLicence => "driving-licence",
            Self::PlaceVisited => "place-visited",
            Self::PhotoLocation => "photo-location",
        }
    }

    /// Reads the name used in files.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Identity numbers, which we advise against typing in.
    pub const fn is_identity_number(self) -> bool {
        matches!(
            self,
            Self::NationalInsuranceNumber | Self::NhsNumber | Self::Passport | Self::DrivingLicence | Self::BankAccount
        )
    }
}

/// The stable name of a supplied fact: `subject/kind/ordinal`, never derived from its value.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FactId {
    /// Whose fact it is.
    pub subject: SubjectId,
    /// Its kind.
    pub kind: Kind,
    /// The how-manieth of its kind in the subject file, from 1.
    pub ordinal: u32,
}

impl std::fmt::Display for FactId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}/{}", self.subject, self.kind.as_str(), self.ordinal)
    }
}

/// One supplied fact.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Identifier {
    /// Its stable name.
    pub id: FactId,
    /// Its value, as the person wrote it.
    pub value: Secret,
}

impl Identifier {
    /// The kind of this fact.
    pub fn kind(&self) -> Kind {
        self.id.kind
    }
}
