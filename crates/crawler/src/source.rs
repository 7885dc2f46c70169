//! What a source is: it describes requests and reads answers. Never a client, never a bare value, never matches names.

use unlisted_model::query::{Discloses, LineId, Query};
use unlisted_model::subject::Subject;
use unlisted_model::{Document, Outcome, OutcomeKind, OutcomeReason};
use url::Url;

use crate::exchange::Response;
use crate::extract::Problem;
use crate::request::Request;

/// A page that an answer named.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// Its address, http or https, fragment removed.
    pub url: Url,
    /// Whether it may only be followed inside the site that named it (own pages).
    pub same_site: bool,
    /// Title and snippet of the hit, to ask first before pages beside threat words are visited.
    pub words: String,
}

/// What an answer held.
#[derive(Clone, Debug)]
pub struct Answer {
    /// How the question ended. `Found` means that there is something to look through; whether it is about the
    /// person is decided later, and turns into `Absent` if nothing is. A reason beside `Found` (`Cut`,
    /// `EnginesSilent`) says that a part is missing and must be kept.
    pub outcome: Outcome,
    /// One per person in a register, one per hit, one per page.
    pub documents: Vec<Document>,
    /// Pages that it named.
    pub links: Vec<Link>,
    /// Further questions within the same line of the plan (next result page, sitemap entries, same-site links). They
    /// count whatever the outcome is: a service that is off names its fallback here.
    pub next: Vec<Query>,
}

impl Answer {
    /// An answer with nothing in it but its outcome.
    pub const fn only(outcome: Outcome) -> Self {
        Self { outcome, documents: vec![], links: vec![], next: vec![] }
    }
}

/// Why an answer could not be used. Names what happened; no private value.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SourceError {
    /// The shape is not the documented one any more.
    #[error("the layout is no longer understood: {0}")]
    LayoutChanged(&'static str),
    /// The site blocks automated checks.
    #[error("the site blocks automated checks")]
    Blocked,
    /// The service is off or empty: not the same as "nothing found".
    #[error("not available: {0}")]
    NotAvailable(&'static str),
    /// A kind of content that is not read yet, or broken beyond use.
    #[error("it cannot be read: {0}")]
    Unreadable(&'static str),
    /// The answer is a document that could not be read.
    #[error("the document could not be read ({0:?})")]
    Document(Problem),
    /// The answer broke off before anything of use.
    #[error("the answer broke off")]
    Cut,
    /// The answer is an error.
    #[error("the answer is an error (status {0})")]
    Status(u16),
    /// A query that this source did not make.
    #[error("not a question of this source")]
    NotMine,
}

impl SourceError {
    /// The outcome of a question that ended so; never `Absent`.
    pub const fn outcome(self) -> Outcome {
        let (kind, reason) = match self {
            Self::LayoutChanged(_) => (OutcomeKind::Failed, OutcomeReason::LayoutChanged),
            Self::Blocked => (OutcomeKind::Blocked, OutcomeReason::Challenge),
            Self::Unreadable(_) => (OutcomeKind::Failed, OutcomeReason::Unreadable),
            Self::Document(problem) => (OutcomeKind::Failed, problem.reason()),
            Self::Cut => (OutcomeKind::Failed, OutcomeReason::Cut),
            Self::Status(401 | 402 | 403 | 407 | 451) => (OutcomeKind::Blocked, OutcomeReason::Forbidden),
            Self::Status(429) => (OutcomeKind::Blocked, OutcomeReason::TooManyRequests),
            Self::Status(404 | 410) => (OutcomeKind::Failed, OutcomeReason::Gone),
            Self::Status(_) | Self::NotAvailable(_) => (OutcomeKind::Failed, OutcomeReason::ErrorStatus),
            Self::NotMine => (OutcomeKind::Failed, OutcomeReason::Fault),
        };
        Outcome::because(kind, reason)
    }
}

/// A line of the plan as a source describes it; prices (robots.txt, redirects, second tries) are added by the engine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Its id, for example `searxng/name-area`. It stands in plain columns of the store, so it holds no host or name.
    pub line: LineId,
    /// What it asks, in words or as the template.
    pub template: String,
    /// The host that is told; empty: hosts that answers name.
    pub to: String,
    /// The most that it tells.
    pub discloses: Vec<Discloses>,
    /// At most so many questions or pages, those named by answers included.
    pub units: u32,
    /// The questions that are known before the run.
    pub queries: Vec<Query>,
}

/// One source.
pub trait Source: Send + Sync {
    /// Its id, equal to its row's.
    fn id(&self) -> &'static str;
    /// Its lines of the plan for one person: those with questions, and those whose questions only answers can name.
    /// None: there is nothing to ask with.
    fn lines(&self, subject: &Subject) -> Vec<Line>;
    /// Its questions for one person.
    fn plan(&self, subject: &Subject) -> Vec<Query> {
        self.lines(subject).into_iter().flat_map(|l| l.queries).collect()
    }
    /// The request of a question.
    ///
    /// # Errors
    /// When the question is not this source's.
    fn request(&self, query: &Query) -> Result<Request, SourceError>;
    /// Reads an answer.
    ///
    /// # Errors
    /// When the answer cannot be used; never "nothing found".
    fn read(&self, query: &Query, response: &Response) -> Result<Answer, SourceError>;
    /// The same question another way, for a site that could not be reached as it was asked first. None: there is none.
    fn when_unreachable(&self, _query: &Query) -> Option<Query> {
        None
    }
    /// Whether answers with an error status are to be read too, because they say something here (a service that is
    /// switched off has a fallback; a site without a sitemap is no failure). 429, 503 and challenges never are.
    fn reads_errors(&self) -> bool {
        false
    }
}
