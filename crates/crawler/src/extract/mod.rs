//! Bytes in, text in blocks out. Never fails: what could not be read is a [`Problem`] beside what could.

mod calendar;
mod charset;
mod comma;
mod document;
mod fold;
#[cfg(test)]
mod hostile_tests;
pub(crate) mod html;
mod inflate;
mod json;
mod labels;
mod mail;
mod mhtml;
mod office;
mod pdf;
mod picture;
mod plain;
mod sniff;
#[cfg(test)]
mod tests;
mod vcard;
mod writer;
mod xml;
mod xmp;

use unlisted_model::Media;
use unlisted_model::coverage::OutcomeReason;
use unlisted_model::text::Text;
use url::Url;

pub use self::charset::decode_text;
pub use self::document::extract_document;
pub use self::html::dom;
pub(crate) use self::html::{links as html_links, percent_decoded, tags, words};
pub(crate) use self::labels::about;
pub use self::mhtml::{Part, main_part};
pub(crate) use self::sniff::{Sort, sniff};
pub(crate) use self::writer::prefix;
use self::writer::{Piece, Writer};

/// What bounds one reading.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Bytes of text kept at most.
    pub text: usize,
    /// Links kept at most.
    pub links: usize,
    /// Blocks kept at most.
    pub blocks: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { text: 4 << 20, links: 5_000, blocks: 200_000 }
    }
}

/// A link of a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PageLink {
    /// Where it leads: http or https, absolute, fragment removed.
    pub url: Url,
    /// Its words (at most 300 characters).
    pub words: String,
}

/// Why something could not be read, wholly or in part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Problem {
    /// A sort of content that is not read in this version, or only in a process of its own.
    NotReadYet,
    /// It is broken beyond use.
    Broken,
    /// A bound was reached; what stands before it was read.
    Cut,
    /// It is locked with a password.
    Encrypted,
    /// Pictures of pages, or letters drawn as lines: no words that could be read.
    Scanned,
    /// Some of its pages are only pictures; the others were read.
    PartlyScanned,
    /// Many of its letters are drawn in a way that does not tell which they are; the others were read.
    Letterless,
    /// It grows far beyond its size, or takes too long; it was stopped.
    TooHeavy,
    /// The process that should have read it could not be started.
    Fault,
}

impl Problem {
    /// Whether what stands before or beside it was read.
    pub const fn is_partial(self) -> bool {
        matches!(self, Self::Cut | Self::PartlyScanned | Self::Letterless)
    }

    /// Why a document could not be read, as the report says it.
    pub const fn reason(self) -> OutcomeReason {
        match self {
            Self::NotReadYet => OutcomeReason::Unreadable,
            Self::Broken => OutcomeReason::Broken,
            Self::Cut => OutcomeReason::Cut,
            Self::Encrypted => OutcomeReason::Encrypted,
            Self::Scanned | Self::PartlyScanned | Self::Letterless => OutcomeReason::Scanned,
            Self::TooHeavy => OutcomeReason::TooHeavy,
            Self::Fault => OutcomeReason::Fault,
        }
    }
}

/// What was read.
#[derive(Clone, PartialEq, Debug)]
pub struct Extracted {
    /// The sort of content, by what it is rather than by what it says.
    pub media: Media,
    /// Title, if it has one.
    pub title: Option<String>,
    /// Its text.
    pub text: Text,
    /// Its links, in order, without doubles.
    pub links: Vec<PageLink>,
    /// Whether and why something is missing.
    pub problem: Option<Problem>,
}

impl Extracted {
    /// Nothing, for this reason.
    pub fn nothing(media: Media, problem: Problem) -> Self {
        Self { media, title: None, text: Text::default(), links: Vec::new(), problem: Some(problem) }
    }
}

/// Reads `bytes`, which were said to be `content_type` and stand at `address`.
///
/// What they are is told by themselves first: a PDF that says `text/html` is a PDF. Never fails and never panics: what
/// could not be read is a [`Problem`] beside what could. Time and memory grow with the length of the bytes, whatever
/// they hold. Documents (PDF, office files, pictures, e-mail) are [`Problem::NotReadYet`] here: they are read in a process
/// of their own ([`crate::apart`]).
pub fn extract(bytes: &[u8], content_type: &str, address: Option<&Url>, bounds: &Bounds) -> Extracted {
    let sort = sniff(bytes, content_type, address);
    let media = match sort {
        Sort::Html => Media::Html,
        Sort::Plain | Sort::Comma(_) => Media::Plain,
        Sort::Json => Media::Json,
        Sort::Xml => Media::Xml,
        Sort::VCard => Media::VCard,
        Sort::Calendar => Media::Calendar,
        Sort::Document(kind) => return Extracted::nothing(kind.media(), Problem::NotReadYet),
        Sort::Mhtml => {
            return match main_part(bytes) {
                Some(part) => {
                    let own = part.address.as_ref().or(address);
                    Extracted { media: Media::Mhtml, ..extract_part(&part, own, bounds) }
                }
                None => Extracted::nothing(Media::Mhtml, Problem::Broken),
            };
        }
        Sort::Warc => return Extracted::nothing(Media::Warc, Problem::NotReadYet),
        Sort::Other => return Extracted::nothing(Media::Other, Problem::NotReadYet),
        Sort::Empty => return Extracted { problem: None, ..Extracted::nothing(Media::Plain, Problem::Broken) },
    };
    let text = charset::decoded(bytes, content_type, address);
    if sort == Sort::Html {
        return html::read(&text, address, bounds);
    }
    let mut writer = Writer::new(bounds);
    let title = match sort {
        Sort::Json => {
            let mut groups = std::mem::take(&mut writer.groups);
            json::read(&text, 0, &mut groups, &mut |piece: Piece| {
                writer.piece(&piece);
                !writer.full
            });
            writer.groups = groups;
            None
        }
        Sort::Xml => return xml::read(&text, address, writer),
        Sort::VCard => vcard::read(&text, &mut writer),
        Sort::Calendar => calendar::read(&text, &mut writer),
        Sort::Comma(separator) => {
            comma::read(&text, separator, &mut writer);
            None
        }
        _ => {
            plain::read(&text, &mut writer);
            None
        }
    };
    let (text, problem) = writer.finish();
    Extracted { media, title, text, links: Vec::new(), problem }
}

/// Reads a part of a saved page; a message inside a message is not followed.
fn extract_part(part: &Part, address: Option<&Url>, bounds: &Bounds) -> Extracted {
    match sniff(&part.bytes, &part.content_type, address) {
        Sort::Mhtml | Sort::Document(document::Kind::Mail) => Extracted::nothing(Media::Mhtml, Problem::Broken),
        _ => extract(&part.bytes, &part.content_type, address, bounds),
    }
}
