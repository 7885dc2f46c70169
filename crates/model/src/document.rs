//! A page, a record or a file that was read.

use jiff::Timestamp;

use crate::query::{LineId, Query};
use crate::source::SourceId;
use crate::text::Text;

/// What a document is, for attribution and for the report.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Nature {
    /// An ordinary page.
    Page,
    /// The record of one person in a register, or of one member of a council.
    Record,
    /// One hit of a search: title and snippet of another page.
    SearchHit,
    /// A page of the person's own site or profile.
    OwnPage,
}

/// The sort of content.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Media {
    /// HTML or XHTML.
    Html,
    /// Plain text.
    Plain,
    /// JSON.
    Json,
    /// XML.
    Xml,
    /// vCard.
    VCard,
    /// A web page saved as one message.
    Mhtml,
    /// A web archive.
    Warc,
    /// A PDF document.
    Pdf,
    /// A document or sheet of an office program.
    Office,
    /// A picture.
    Picture,
    /// An e-mail.
    Mail,
    /// A calendar.
    Calendar,
    /// Anything else.
    Other,
}

/// One document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// Which source gave it.
    pub source: SourceId,
    /// Under which line of the plan.
    pub line: LineId,
    /// The page that a person would open (after redirects; for an API answer, the row's `page`; for a file, its name).
    pub url: String,
    /// The address as it was asked, or the file it was read from.
    pub via: String,
    /// Title, if it has one.
    pub title: Option<String>,
    /// What it is.
    pub nature: Nature,
    /// The sort of content.
    pub media: Media,
    /// When it was read.
    pub seen: Timestamp,
    /// Its text.
    pub text: Text,
    /// Whether it was read only in part (a cap was passed, or the body broke off).
    pub cut: bool,
    /// What to ask next if this document turns out to be about the person, for example the member's profile page.
    pub follow: Vec<Query>,
}
