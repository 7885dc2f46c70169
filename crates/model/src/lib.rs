//! The words of unlisted, with checked constructors.
//!
//! Every other room speaks in these types and none of them is `Serialize`: wire formats live at the edge
//! (reporter, store, engine) with structs of their own. Nothing here does I/O or knows a clock.
//!
//! Three words to hold apart: a *detection* is text, a *finding* is about the person, an *exposure* is one
//! fact with all its places.

pub mod attribution;
pub mod catalogue;
pub mod consent;
pub mod contest;
pub mod coverage;
pub mod danger;
pub mod detection;
pub mod document;
pub mod exposure;
pub mod finding;
pub mod force;
pub mod help;
pub mod identifier;
pub mod incident;
pub mod masked;
pub mod plan;
pub mod ports;
pub mod prepare;
pub mod query;
pub mod report;
pub mod reporting;
pub mod route;
pub mod secret;
pub mod severity;
pub mod source;
pub mod subject;
pub mod text;

pub use attribution::{Attribution, Band, Reason, ReasonCode};
pub use catalogue::{Council, Councils, HandSite, ResultEngine, Template, Unwrap};
pub use consent::{Basis, Consent, ConsentProblem, Permission};
pub use contest::{Contest, Nation, Operation};
pub use coverage::{Coverage, NotChecked, Outcome, OutcomeKind, OutcomeReason, SourceCoverage};
pub use danger::{Danger, ForceFrom, Say};
pub use detection::{Confidence, Detection, Disguise, Fit, NameForm, NameHit, Scan};
pub use document::{Document, Media, Nature};
pub use exposure::{BasisOfExposure, Cause, Exposure, Status};
pub use finding::{Excerpt, Finding, Piece};
pub use force::{CouncilForce, Force, Forces};
pub use help::HelpContacts;
pub use identifier::{FactId, Identifier, Kind};
pub use masked::Masked;
pub use query::{Class, Discloses, LineId, Query, QueryKey, Slot, Slots};
pub use secret::{Reveal, Secret};
pub use severity::Severity;
pub use source::{SourceId, SourceRow};
pub use subject::{Candidacy, Names, OwnPage, Subject, SubjectId};
pub use text::{About, Block, OffsetMap, Role, Text};
