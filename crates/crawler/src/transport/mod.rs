//! Sends what the gate admitted, and nothing else: a transport takes a [`Permit`] and returns the bytes of the wire.
//!
//! [`Live`] dials the internet, [`Rehearsal`] one loopback server. Both use one HTTP client with redirects, proxies,
//! cookies, referer, retries and decompression off, and read the body under caps of size and time: what arrived before
//! a cap or a break is kept, and the exchange says why it is cut.

mod live;
mod rehearsal;
mod resolve;
mod wire;

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use unlisted_model::ports::{HostKey, LedgerId};
use unlisted_model::{Outcome, OutcomeKind, OutcomeReason};

pub use live::{Live, NoClient};
pub use rehearsal::{NotLoopback, Rehearsal};
pub use resolve::{chosen_address, public_address};

use crate::exchange::Exchange;
use crate::gate::Permit;

/// Time and size limits of the wire.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// To reach a site.
    pub connect: Duration,
    /// Between two pieces of an answer.
    pub read: Duration,
    /// For a whole answer.
    pub total: Duration,
    /// For a whole answer of a source that the policy calls slow.
    pub slow_total: Duration,
    /// Bytes of a body as received.
    pub wire_cap: usize,
}

/// The future of a sent request.
pub type Sending<'a> = Pin<Box<dyn Future<Output = (LedgerId, Result<Exchange, TransportError>)> + Send + 'a>>;

/// A way to send what the gate admitted.
pub trait Transport: Send + Sync {
    /// Sends it once: no redirect is followed, nothing is tried again. The ledger row comes back to be completed.
    fn send(&self, permit: Permit) -> Sending<'_>;
}

/// Why there was no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// No answer in time.
    TimedOut,
    /// The connection failed or broke off before an answer, the name is not known, or what answered is no HTTP.
    Unreachable,
    /// The certificate is not valid.
    Certificate,
    /// Every address of the name is off the public internet.
    PrivateAddress,
    /// The search engine is on a public address and not marked as the person's own.
    NotOwn,
    /// Our own client could not be made.
    Client,
}

impl Fault {
    /// How a question ends with it.
    pub const fn outcome(self) -> Outcome {
        let (kind, reason) = match self {
            Self::TimedOut => (OutcomeKind::Failed, OutcomeReason::TimedOut),
            Self::Unreachable => (OutcomeKind::Failed, OutcomeReason::Unreachable),
            Self::Certificate => (OutcomeKind::Failed, OutcomeReason::Certificate),
            Self::PrivateAddress => (OutcomeKind::Refused, OutcomeReason::PrivateAddress),
            Self::NotOwn => (OutcomeKind::Refused, OutcomeReason::NoPermission),
            Self::Client => (OutcomeKind::Failed, OutcomeReason::Fault),
        };
        Outcome::because(kind, reason)
    }
}

/// A request without an answer. Shows the host only, never the address.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}: {}", .host.0, .fault)]
pub struct TransportError {
    /// The host that was asked.
    pub host: HostKey,
    /// What happened.
    pub fault: Fault,
    /// How long it took.
    pub took: Duration,
}

impl TransportError {
    /// How a question ends with it.
    pub const fn outcome(&self) -> Outcome {
        self.fault.outcome()
    }

    /// Whether the same request may succeed later.
    pub const fn may_pass(&self) -> bool {
        matches!(self.fault, Fault::TimedOut | Fault::Unreachable)
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::TimedOut => "no answer in time",
            Self::Unreachable => "could not be reached, or gave no answer that is understood",
            Self::Certificate => "its certificate is not valid",
            Self::PrivateAddress => "its address is not on the public internet",
            Self::NotOwn => "this search engine is public and not marked as your own",
            Self::Client => "the connection could not be prepared on this computer",
        })
    }
}

#[cfg(test)]
mod tests;
