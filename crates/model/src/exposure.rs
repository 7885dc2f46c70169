//! One fact (or several pieced together) with all its places.

use jiff::Timestamp;

use crate::finding::Finding;
use crate::identifier::Kind;
use crate::masked::Masked;
use crate::severity::Severity;
use crate::subject::SubjectId;

/// Whether pages state the fact or it must be pieced together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BasisOfExposure {
    /// A page states it.
    Stated,
    /// Several pages together tell it.
    PiecedTogether,
}

impl BasisOfExposure {
    /// The word of the report.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::PiecedTogether => "pieced-together",
        }
    }
}

/// Why it is public.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Cause {
    /// A law says so.
    Law,
    /// The person published it.
    You,
    /// Party or council published it.
    PartyOrCouncil,
    /// Somebody else.
    ThirdParty,
    /// Copied from elsewhere.
    Copy,
}

impl Cause {
    /// The word of the report.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Law => "law",
            Self::You => "you",
            Self::PartyOrCouncil => "party-or-council",
            Self::ThirdParty => "third-party",
            Self::Copy => "copy",
        }
    }
}

/// Where the work stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// To do.
    ToDo,
    /// Waiting.
    Waiting,
    /// Done.
    Done,
    /// Came back.
    CameBack,
    /// Leaving it.
    LeavingIt,
}

impl Status {
    /// The word of the report.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ToDo => "to-do",
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::CameBack => "came-back",
            Self::LeavingIt => "leaving-it",
        }
    }
}

/// A finding inside an exposure, with its id.
#[derive(Clone, PartialEq, Debug)]
pub struct Place {
    /// Keyed hash of the exposure and the address.
    pub id: String,
    /// The finding.
    pub finding: Finding,
    /// When it was first seen there.
    pub first_seen: Timestamp,
    /// When it was last seen there.
    pub last_seen: Timestamp,
    /// The id of the place that shows the same page, when this one is a copy of it.
    pub copy_of: Option<String>,
}

/// One exposure.
#[derive(Clone, PartialEq, Debug)]
pub struct Exposure {
    /// `subject/kind/ordinal` for supplied facts, a keyed hash for others.
    pub id: String,
    /// Whose.
    pub subject: SubjectId,
    /// What kind.
    pub kind: Kind,
    /// Masked label.
    pub label: Masked,
    /// Whether the person supplied it.
    pub supplied: bool,
    /// The worst of its places.
    pub severity: Severity,
    /// Whether all its places show only a part.
    pub partial: bool,
    /// Stated or pieced together.
    pub basis: BasisOfExposure,
    /// Why it is public, at its first upstream place.
    pub cause: Cause,
    /// Where the work stands.
    pub status: Status,
    /// Its places, most probable first.
    pub places: Vec<Place>,
    /// Ids of the places that make it up, when pieced together.
    pub parts: Vec<String>,
    /// The route (or first hint) to removal.
    pub route: Option<String>,
    /// What to do, in order, as keys of the catalogue or finished words of a route row.
    pub steps: Vec<String>,
}
