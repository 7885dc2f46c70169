//! What a source is: it describes requests and reads answers. Never a client, never a bare value, never matches names.

use unlisted_model::query::Query;
use unlisted_model::subject::Subject;
use unlisted_model::{Document, Outcome};
use url::Url;

use crate::exchange::Response;
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
    /// person is decided later, and turns into `Absent` if nothing is.
    pub outcome: Outcome,
    /// One per person in a register, one per hit, one per page.
    pub documents: Vec<Document>,
    /// Pages that it named.
    pub links: Vec<Link>,
    /// Further questions within the same line of the plan (next result page, sitemap entries, same-site links).
    pub next: Vec<Query>,
}

/// Why an answer could not be used. Names what happened; no private value.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
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
    /// The answer is an error.
    #[error("the answer is an error (status {0})")]
    Status(u16),
    /// A query that this source did not make.
    #[error("not a question of this source")]
    NotMine,
}

/// One source.
pub trait Source: Send + Sync {
    /// Its id, equal to its row's.
    fn id(&self) -> &'static str;
    /// Its questions for one person.
    fn plan(&self, subject: &Subject) -> Vec<Query>;
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
}
