//! What can end a run, in words for the terminal. No private value.

use unlisted_model::consent::ConsentProblem;
use unlisted_model::ports::PortError;
use unlisted_store::StoreError;

/// Why a run could not be done. What was found before is kept, and the same command goes on.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum EngineError {
    /// The permission does not hold today.
    #[error("nothing was asked, because {0}. Mend [consent] in the subject file")]
    Permission(ConsentProblem),
    /// The council's code is not in the list.
    #[error(
        "the council code in [candidacy] is not known. Codes stand in config/councils.csv; leave the line out if you are not sure"
    )]
    UnknownCouncil,
    /// The vault.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The frontier or the ledger.
    #[error("{0}")]
    Port(#[from] PortError),
    /// No HTTP client.
    #[error("the network client could not be made on this computer; nothing was sent")]
    NoClient,
    /// A rehearsal goes to this computer only.
    #[error("--rehearsal takes an address of this computer only, for example 127.0.0.1:8080")]
    NotLoopback,
    /// There is no finished check.
    #[error("no check of this person is kept; run `unlisted check` first")]
    NoRun,
    /// Our own fault.
    #[error("a fault of the program stopped the check; what was found is kept, run the same command to go on")]
    Fault,
}

impl EngineError {
    /// Where its words stand in the catalogue. Empty where the error within has words of its own
    /// (`Store`, `Port`); those of `Permission` have a gap `why` for the words of the problem.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Permission(_) => "error-engine.permission",
            Self::UnknownCouncil => "error-engine.unknown-council",
            Self::Store(_) | Self::Port(_) => "",
            Self::NoClient => "error-engine.no-client",
            Self::NotLoopback => "error-engine.not-loopback",
            Self::NoRun => "error-engine.no-run",
            Self::Fault => "error-engine.fault",
        }
    }
}
