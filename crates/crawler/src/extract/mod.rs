//! Bytes in, text in blocks out. Never fails: what could not be read is a [`Problem`] beside what could.

use unlisted_model::Media;
use unlisted_model::text::Text;
use url::Url;

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
    /// A sort of content that is not read in this version (PDF, office files, images).
    NotReadYet,
    /// It is broken beyond use.
    Broken,
    /// A bound was reached; what stands before it was read.
    Cut,
}

/// What was read.
#[derive(Clone, Debug)]
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
