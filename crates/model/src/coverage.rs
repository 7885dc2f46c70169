//! What was and was not checked. Absence is never inferred from failure: planned = Σ outcomes.

use std::collections::BTreeMap;

use crate::source::SourceId;

/// How a planned question or page ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum OutcomeKind {
    /// It answered, and there is something of the person.
    Found,
    /// It answered, and there is nothing of the person.
    Absent,
    /// It blocks automated checks.
    Blocked,
    /// We were not allowed to ask: robots, permission, address, budget.
    Refused,
    /// It did not answer, or in a way we do not understand.
    Failed,
    /// It was left out by choice or for want of a key.
    Skipped,
    /// For the person to look by hand.
    Waiting,
}

impl OutcomeKind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Found, Self::Absent, Self::Blocked, Self::Refused, Self::Failed, Self::Skipped, Self::Waiting];

    /// The word of the report.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Absent => "absent",
            Self::Blocked => "blocked",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
            Self::Waiting => "waiting",
        }
    }

    /// Whether we looked.
    pub const fn is_answer(self) -> bool {
        matches!(self, Self::Found | Self::Absent)
    }
}

/// Why. Its words stand in the catalogue under `outcome.<name>`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum OutcomeReason {
    /// robots.txt forbids the page.
    Robots,
    /// robots.txt could not be read, so nothing is fetched.
    RobotsUnreachable,
    /// The host asked us to slow down until we gave up.
    TooManyRequests,
    /// A challenge or captcha.
    Challenge,
    /// 401, 402, 403, 451.
    Forbidden,
    /// 404 or 410: the page is gone.
    Gone,
    /// Another error status.
    ErrorStatus,
    /// No answer in time.
    TimedOut,
    /// The connection failed, or the name is not known.
    Unreachable,
    /// The certificate is not valid.
    Certificate,
    /// An address that is not on the public internet.
    PrivateAddress,
    /// Not http or https, or a port or credentials that are not allowed.
    BadAddress,
    /// Too many redirects.
    TooManyRedirects,
    /// The permission does not cover it.
    NoPermission,
    /// It would have sent something private; stopped.
    WouldDisclose,
    /// The plan's bound was reached.
    Budget,
    /// Read only in part.
    Cut,
    /// The layout is no longer understood.
    LayoutChanged,
    /// A kind of file that is not read yet, or broken.
    Unreadable,
    /// No search engine behind it answered.
    EnginesSilent,
    /// A page with results that names no page.
    NoLinks,
    /// Needs a key.
    NoKey,
    /// Switched off.
    SwitchedOff,
    /// Nothing to ask with (no council given, no page given).
    NothingToAsk,
    /// For the person to look at.
    ByHand,
    /// The run was stopped before it was asked.
    Stopped,
    /// A fault of our own.
    Fault,
    /// A file that is locked with a password.
    Encrypted,
    /// A file of pictures of pages, or of letters drawn as lines: no words that can be looked through.
    Scanned,
    /// A file that is broken, or not what it says it is.
    Broken,
    /// A file that grows far beyond its size or takes too long; it was stopped.
    TooHeavy,
}

impl OutcomeReason {
    /// Every reason.
    pub const ALL: [Self; 31] = [
        Self::Robots,
        Self::RobotsUnreachable,
        Self::TooManyRequests,
        Self::Challenge,
        Self::Forbidden,
        Self::Gone,
        Self::ErrorStatus,
        Self::TimedOut,
        Self::Unreachable,
        Self::Certificate,
        Self::PrivateAddress,
        Self::BadAddress,
        Self::TooManyRedirects,
        Self::NoPermission,
        Self::WouldDisclose,
        Self::Budget,
        Self::Cut,
        Self::LayoutChanged,
        Self::Unreadable,
        Self::EnginesSilent,
        Self::NoLinks,
        Self::NoKey,
        Self::SwitchedOff,
        Self::NothingToAsk,
        Self::ByHand,
        Self::Stopped,
        Self::Fault,
        Self::Encrypted,
        Self::Scanned,
        Self::Broken,
        Self::TooHeavy,
    ];

    /// The name under which its words stand.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Robots => "robots",
            Self::RobotsUnreachable => "robots-unreachable",
            Self::TooManyRequests => "too-many-requests",
            Self::Challenge => "challenge",
            Self::Forbidden => "forbidden",
            Self::Gone => "gone",
            Self::ErrorStatus => "error-status",
            Self::TimedOut => "timed-out",
            Self::Unreachable => "unreachable",
            Self::Certificate => "certificate",
            Self::PrivateAddress => "private-address",
            Self::BadAddress => "bad-address",
            Self::TooManyRedirects => "too-many-redirects",
            Self::NoPermission => "no-permission",
            Self::WouldDisclose => "would-disclose",
            Self::Budget => "budget",
            Self::Cut => "cut",
            Self::LayoutChanged => "layout-changed",
            Self::Unreadable => "unreadable",
            Self::EnginesSilent => "engines-silent",
            Self::NoLinks => "no-links",
            Self::NoKey => "no-key",
            Self::SwitchedOff => "switched-off",
            Self::NothingToAsk => "nothing-to-ask",
            Self::ByHand => "by-hand",
            Self::Stopped => "stopped",
            Self::Fault => "fault",
            Self::Encrypted => "encrypted",
            Self::Scanned => "scanned",
            Self::Broken => "broken",
            Self::TooHeavy => "too-heavy",
        }
    }

    /// Reads the name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.as_str() == name)
    }
}

/// The one outcome of one planned question or page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// How it ended.
    pub kind: OutcomeKind,
    /// Why, where that needs saying.
    pub reason: Option<OutcomeReason>,
}

impl Outcome {
    /// An outcome without a reason.
    pub const fn plain(kind: OutcomeKind) -> Self {
        Self { kind, reason: None }
    }

    /// An outcome with its reason.
    pub const fn because(kind: OutcomeKind, reason: OutcomeReason) -> Self {
        Self { kind, reason: Some(reason) }
    }
}

/// One source's part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceCoverage {
    /// Which source.
    pub id: SourceId,
    /// How many questions and pages were planned.
    pub planned: u32,
    /// How they ended; sums to `planned`.
    pub outcomes: BTreeMap<OutcomeKind, u32>,
    /// How many requests were really sent, robots.txt and redirects included.
    pub requests: u32,
    /// Why it was skipped or failed as a whole, if it was.
    pub reason: Option<OutcomeReason>,
}

/// One place that could not be looked at, or only in part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotChecked {
    /// Which source.
    pub source: SourceId,
    /// Which host.
    pub host: String,
    /// Which page, if one.
    pub url: String,
    /// How it ended.
    pub outcome: Outcome,
}

/// All of a run.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Coverage {
    /// One entry for each source, by id.
    pub sources: Vec<SourceCoverage>,
    /// What could not be looked at, or only in part.
    pub not_checked: Vec<NotChecked>,
}

impl Coverage {
    /// Everything that was planned.
    pub fn planned(&self) -> u32 {
        self.sources.iter().map(|s| s.planned).sum()
    }

    /// Everything that answered.
    pub fn answered(&self) -> u32 {
        self.count(|k| k.is_answer())
    }

    /// How many ended in a way that `wanted` accepts.
    pub fn count(&self, wanted: impl Fn(OutcomeKind) -> bool) -> u32 {
        self.sources.iter().flat_map(|s| &s.outcomes).filter(|(k, _)| wanted(**k)).map(|(_, n)| n).sum()
    }
}
