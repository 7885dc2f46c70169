//! What the crawler needs kept and the store keeps; they meet only in the engine.
//!
//! Both ports are synchronous: SQLite and memory answer in microseconds, and a network store will bring a pool of
//! its own. One contract test suite runs over every implementation of [`Frontier`].

use std::time::Duration;

use jiff::Timestamp;

use crate::coverage::Outcome;
use crate::finding::Finding;
use crate::query::{Discloses, LineId, Query};
use crate::source::SourceId;
use crate::subject::SubjectId;

/// A fault of the store, without any private value.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{text}")]
pub struct PortError {
    /// Where its words stand in the catalogue; empty when they stand nowhere.
    pub key: &'static str,
    /// What fills the gaps of those words.
    pub gaps: Vec<(&'static str, String)>,
    /// The fault for developers, and for people when the catalogue lacks it.
    pub text: String,
}

impl PortError {
    /// A fault that has no words of its own.
    pub fn new(text: impl Into<String>) -> Self {
        Self { key: "", gaps: vec![], text: text.into() }
    }
}

/// Host and port, lower case, for example `democracy.example:443`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct HostKey(pub String);

/// A row of the frontier. One row is one HTTP request; a redirect or a second try is a new claim.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TaskId(pub i64);

/// What a row asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Work {
    /// A question or page: ends in exactly one outcome.
    Unit(Query),
    /// A further hop of a unit after a redirect: ends that unit. The query is the unit's own.
    Hop {
        /// The unit's query.
        query: Query,
        /// Where the redirect leads.
        to: String,
        /// How many redirects so far, this one included.
        hops: u8,
    },
    /// robots.txt of a host, at this address, after so many redirects.
    Robots {
        /// Its address.
        url: String,
        /// The host whose robots.txt it is (a redirect may lead elsewhere).
        of: HostKey,
        /// How many redirects so far.
        hops: u8,
    },
}

/// A row to be added.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewTask {
    /// The plan line it is asked under.
    pub line: LineId,
    /// Source.
    pub source: SourceId,
    /// Whom it serves.
    pub for_: Vec<SubjectId>,
    /// The host it goes to.
    pub host: HostKey,
    /// What it asks.
    pub work: Work,
    /// Rows with an equal key are added once in a run.
    pub key: String,
    /// Not before this moment.
    pub not_before: Option<Timestamp>,
    /// Higher goes first on its host (robots.txt before pages).
    pub priority: u8,
}

/// A claimed row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// As it was added.
    pub new: NewTask,
    /// How often it was tried before.
    pub attempts: u32,
}

/// The answer to a claim.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Claim {
    /// Do this; its host is yours until it is completed, deferred or parked.
    Ready(Box<Task>),
    /// Nothing is due before this moment.
    Wait(Timestamp),
    /// Rows are in work, none is waiting.
    Busy,
    /// All is done.
    Empty,
}

/// What happened to a host in a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HostUpdate {
    /// The next request to it may go out then.
    pub next_allowed_at: Timestamp,
    /// Refusals in a row (429, 503, challenge) so far; 0 after an answer.
    pub refusals: u32,
    /// How long it took to answer.
    pub latency: Duration,
}

/// What a robots.txt said, kept for the run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RobotsNote {
    /// Its body, at most 500 KiB.
    Body(Vec<u8>),
    /// 4xx: everything is allowed.
    AllowAll,
    /// 5xx or unreachable: nothing is allowed.
    DisallowAll,
}

/// The end of a row: everything in here is committed together.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Completion {
    /// The unit's outcome, if this row ended a unit.
    pub outcome: Option<UnitOutcome>,
    /// Findings of the unit.
    pub findings: Vec<Finding>,
    /// Rows that follow from it.
    pub follow: Vec<NewTask>,
    /// robots.txt of a host.
    pub robots: Option<(HostKey, RobotsNote)>,
    /// What happened to the host.
    pub host: Option<HostUpdate>,
}

/// The outcome of a unit with its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnitOutcome {
    /// Source.
    pub source: SourceId,
    /// Line.
    pub line: LineId,
    /// Host, for the list of places not checked.
    pub host: String,
    /// Page, for the same list.
    pub url: String,
    /// How it ended.
    pub outcome: Outcome,
    /// Whether it was read only in part.
    pub cut: bool,
    /// Whom it served.
    pub for_: Vec<SubjectId>,
}

/// The rows still to be asked, with the politeness clock of each host.
pub trait Frontier: Send + Sync {
    /// Adds rows; rows whose key is known in this run are dropped. Returns how many were new.
    ///
    /// # Errors
    /// When the store cannot write.
    fn push(&self, tasks: Vec<NewTask>) -> Result<usize, PortError>;

    /// Hands out the next row whose time has come on a host that is free, and keeps that host until the row ends.
    ///
    /// # Errors
    /// When the store cannot write.
    fn claim(&self, now: Timestamp) -> Result<Claim, PortError>;

    /// Ends a row; everything in `done` is committed together.
    ///
    /// # Errors
    /// When the store cannot write.
    fn complete(&self, id: TaskId, done: Completion) -> Result<(), PortError>;

    /// Puts a row back for later, counted as a try.
    ///
    /// # Errors
    /// When the store cannot write.
    fn defer(&self, id: TaskId, until: Timestamp, host: Option<HostUpdate>) -> Result<(), PortError>;

    /// Gives up on a host: its waiting rows are taken out and returned, for the engine to end each with an outcome.
    ///
    /// # Errors
    /// When the store cannot write.
    fn park(&self, host: &HostKey) -> Result<Vec<Task>, PortError>;

    /// What is known of a host: refusals in a row and last latency.
    ///
    /// # Errors
    /// When the store cannot read.
    fn host(&self, host: &HostKey) -> Result<Option<HostUpdate>, PortError>;
}

/// One request, written ahead.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LedgerEntry {
    /// When.
    pub at: Timestamp,
    /// Line of the plan.
    pub line: LineId,
    /// Source.
    pub source: SourceId,
    /// Host that was told.
    pub host: String,
    /// `GET`, `POST`.
    pub method: String,
    /// The address; it may name public words, so the store seals it.
    pub url: String,
    /// What was told.
    pub discloses: Vec<Discloses>,
    /// Whom it served.
    pub for_: Vec<SubjectId>,
    /// `query`, `page` or `robots`.
    pub kind: String,
}

/// A row of the ledger.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LedgerId(pub i64);

/// How a request ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LedgerEnd {
    /// Status code, if there was an answer.
    pub status: Option<u16>,
    /// Bytes received on the wire.
    pub bytes: u64,
    /// How long it took.
    pub took: Duration,
}

/// What was really sent to whom: written before a request goes out, completed after.
pub trait Ledger: Send + Sync {
    /// Writes a row ahead of the request.
    ///
    /// # Errors
    /// When it cannot be written; then the request must not go out.
    fn begin(&self, entry: &LedgerEntry) -> Result<LedgerId, PortError>;

    /// Completes it.
    ///
    /// # Errors
    /// When it cannot be written.
    fn finish(&self, id: LedgerId, end: &LedgerEnd) -> Result<(), PortError>;
}
