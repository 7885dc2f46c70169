//! Why the gate said no. Names kinds and stages, never a value.

use unlisted_model::ports::PortError;
use unlisted_model::{Discloses, Kind, Outcome, OutcomeKind, OutcomeReason};

/// One variant for each reason.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    /// It serves nobody, or somebody who is not part of this run.
    #[error("it serves nobody who gave permission")]
    NobodyServed,
    /// The permission ended.
    #[error("the permission ended")]
    PermissionEnded,
    /// The permission names the sources that may be asked, and this one is not among them.
    #[error("the permission does not cover this source")]
    SourceNotPermitted,
    /// No row describes this source.
    #[error("no row describes this source")]
    UnknownSource,
    /// The source's row does not list what it would be told.
    #[error("the row of this source does not list what it would be told: {}", .0.as_str())]
    BeyondRow(Discloses),
    /// It needs `may-send` in the permission.
    #[error("sending this needs leave in the permission: {}", .0.as_str())]
    BeyondPermission(Discloses),
    /// Never sent, whatever anybody says.
    #[error("this is never sent")]
    NeverSent,
    /// Party, area and role of a candidacy that is not announced.
    #[error("the candidacy is not announced yet")]
    NotAnnounced,
    /// The last guard found a private value in what would have gone out.
    #[error("it would have sent a private detail ({}); stopped", .0.map_or("a former name", Kind::as_str))]
    WouldDisclose(Option<Kind>),
    /// A question may only go to its source's own hosts.
    #[error("the site is not one of this source")]
    HostNotOfSource,
    /// Search engines, people-search sites and closed platforms are never fetched.
    #[error("this site is never fetched by the program")]
    NeverFetched,
    /// Not http or https, credentials, or a port that is not allowed.
    #[error("the address is not an ordinary web address")]
    BadAddress,
    /// robots.txt forbids it.
    #[error("robots.txt forbids it")]
    Robots,
    /// robots.txt could not be read.
    #[error("robots.txt could not be read")]
    RobotsUnreachable,
    /// The bound of its line is reached.
    #[error("the bound of the plan is reached")]
    Budget,
    /// Not on the public internet.
    #[error("the address is not on the public internet")]
    PrivateAddress,
    /// A search engine on a public host that is not marked as the person's own.
    #[error("this search engine is public and not marked as your own")]
    NotOwn,
    /// The ledger could not be written, so nothing goes out.
    #[error("what would be sent could not be written down: {0}")]
    Ledger(PortError),
}

impl Refusal {
    /// How this ends a planned question or page.
    pub const fn outcome(&self) -> Outcome {
        let reason = match self {
            Self::NobodyServed
            | Self::PermissionEnded
            | Self::SourceNotPermitted
            | Self::BeyondPermission(_)
            | Self::NotAnnounced
            | Self::NotOwn => OutcomeReason::NoPermission,
            Self::BeyondRow(_) | Self::NeverSent | Self::WouldDisclose(_) => OutcomeReason::WouldDisclose,
            Self::HostNotOfSource | Self::BadAddress => OutcomeReason::BadAddress,
            // The person looks at these sites themself; a link is in the list of searches by hand.
            Self::NeverFetched => return Outcome::because(OutcomeKind::Waiting, OutcomeReason::ByHand),
            Self::Robots => OutcomeReason::Robots,
            Self::RobotsUnreachable => OutcomeReason::RobotsUnreachable,
            Self::Budget => OutcomeReason::Budget,
            Self::PrivateAddress => OutcomeReason::PrivateAddress,
            Self::UnknownSource | Self::Ledger(_) => {
                return Outcome::because(OutcomeKind::Failed, OutcomeReason::Fault);
            }
        };
        Outcome::because(OutcomeKind::Refused, reason)
    }
}
