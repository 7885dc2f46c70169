//! Is it *this* person?

/// Bands of the probability that it is this person and this fact.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Band {
    /// Below 0.30: kept, not reported.
    Other,
    /// At least 0.30.
    Possible,
    /// At least 0.75.
    Likely,
    /// At least 0.95.
    Same,
}

impl Band {
    /// The band of a probability.
    pub fn of(probability: f64) -> Self {
        if probability >= 0.95 {
            Self::Same
        } else if probability >= 0.75 {
            Self::Likely
        } else if probability >= 0.30 {
            Self::Possible
        } else {
            Self::Other
        }
    }

    /// The word of the report.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Likely => "likely",
            Self::Possible => "possible",
            Self::Other => "other",
        }
    }
}

/// A named reason. Its words stand in the catalogue under `reason.<name>`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ReasonCode {
    /// The detail itself belongs to one person only (phone, e-mail, identity number).
    UniqueFact,
    /// The full address.
    WholeAddress,
    /// The full name stands near.
    FullName,
    /// First name and surname stand near.
    FirstLast,
    /// Another name in public use stands near.
    AlsoName,
    /// A former name stands near.
    FormerName,
    /// Initials or title with the surname stand near.
    ShortName,
    /// A near spelling stands near.
    NearName,
    /// The name is rare.
    RareName,
    /// The name is common.
    CommonName,
    /// The person's area is named.
    SameArea,
    /// The person's party is named.
    SameParty,
    /// The person's council is named, or it is the council's own site.
    SameCouncil,
    /// The person's town is named.
    SameTown,
    /// Words of an election or of a councillor's work.
    PoliticalWords,
    /// Another supplied fact stands near.
    SecondFact,
    /// The person's own page.
    OwnPage,
    /// The person's record in a register.
    OwnRecord,
    /// Name and detail share a row, a card or a record.
    SameRecord,
    /// The detail stands beside another name.
    OtherNameNearer,
    /// Another town.
    OtherTown,
    /// Another party.
    OtherParty,
    /// Another date of birth or age.
    OtherBirthDate,
    /// Another middle name or initial.
    OtherMiddleName,
    /// A title that does not fit.
    OtherTitle,
    /// Another council.
    OtherCouncil,
    /// Another occupation or role that does not fit.
    OtherRole,
    /// The page speaks of an earlier time in which the person cannot be meant (a death, a birth long ago).
    OtherTime,
    /// No name near.
    NoName,
    /// Only a part of the detail.
    PartialOnly,
    /// Another house number.
    OtherNumber,
    /// Nobody supplied this detail.
    Unsupplied,
    /// Another person of the slate fits as well.
    RivalOnSlate,
}

impl ReasonCode {
    /// Every code.
    pub const ALL: [Self; 33] = [
        Self::UniqueFact,
        Self::WholeAddress,
        Self::FullName,
        Self::FirstLast,
        Self::AlsoName,
        Self::FormerName,
        Self::ShortName,
        Self::NearName,
        Self::RareName,
        Self::CommonName,
        Self::SameArea,
        Self::SameParty,
        Self::SameCouncil,
        Self::SameTown,
        Self::PoliticalWords,
        Self::SecondFact,
        Self::OwnPage,
        Self::OwnRecord,
        Self::SameRecord,
        Self::OtherNameNearer,
        Self::OtherTown,
        Self::OtherParty,
        Self::OtherBirthDate,
        Self::OtherMiddleName,
        Self::OtherTitle,
        Self::OtherCouncil,
        Self::OtherRole,
        Self::OtherTime,
        Self::NoName,
        Self::PartialOnly,
        Self::OtherNumber,
        Self::Unsupplied,
        Self::RivalOnSlate,
    ];

    /// The name under which its words stand in the catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UniqueFact => "unique-fact",
            Self::WholeAddress => "whole-address",
            Self::FullName => "full-name",
            Self::FirstLast => "first-last",
            Self::AlsoName => "also-name",
            Self::FormerName => "former-name",
            Self::ShortName => "short-name",
            Self::NearName => "near-name",
            Self::RareName => "rare-name",
            Self::CommonName => "common-name",
            Self::SameArea => "same-area",
            Self::SameParty => "same-party",
            Self::SameCouncil => "same-council",
            Self::SameTown => "same-town",
            Self::PoliticalWords => "political-words",
            Self::SecondFact => "second-fact",
            Self::OwnPage => "own-page",
            Self::OwnRecord => "own-record",
            Self::SameRecord => "same-record",
            Self::OtherNameNearer => "other-name-nearer",
            Self::OtherTown => "other-town",
            Self::OtherParty => "other-party",
            Self::OtherBirthDate => "other-birth-date",
            Self::OtherMiddleName => "other-middle-name",
            Self::OtherTitle => "other-title",
            Self::OtherCouncil => "other-council",
            Self::OtherRole => "other-role",
            Self::OtherTime => "other-time",
            Self::NoName => "no-name",
            Self::PartialOnly => "partial-only",
            Self::OtherNumber => "other-number",
            Self::Unsupplied => "unsupplied",
            Self::RivalOnSlate => "rival-on-slate",
        }
    }

    /// Reads the name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.as_str() == name)
    }
}

/// One reason with its weight.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Reason {
    /// Which.
    pub code: ReasonCode,
    /// Log-odds: above zero speaks for, below zero against.
    pub weight: f64,
}

/// The answer, with its reasons.
#[derive(Clone, PartialEq, Debug)]
pub struct Attribution {
    /// P(this person and this fact).
    pub probability: f64,
    /// Its band.
    pub band: Band,
    /// Reasons, strongest first.
    pub reasons: Vec<Reason>,
}
