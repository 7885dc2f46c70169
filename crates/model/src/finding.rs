//! A detection that was judged to be about the person, at a place.

use jiff::Timestamp;

use crate::attribution::Attribution;
use crate::detection::{Confidence, Fit};
use crate::document::Nature;
use crate::identifier::{FactId, Kind};
use crate::masked::Masked;
use crate::print::TextPrint;
use crate::query::LineId;
use crate::secret::Secret;
use crate::severity::Severity;
use crate::source::SourceId;
use crate::subject::SubjectId;

/// A piece of an excerpt.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Words of the page.
    Words(String),
    /// A detail, masked.
    Hidden(Masked),
}

/// The sentence around a detection with every detection in it masked at birth.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Excerpt(pub Vec<Piece>);

impl std::fmt::Display for Excerpt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for piece in &self.0 {
            match piece {
                Piece::Words(words) => f.write_str(words)?,
                Piece::Hidden(masked) => f.write_str(masked.as_str())?,
            }
        }
        Ok(())
    }
}

/// One finding. It cannot be made without a place.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// About whom.
    pub subject: SubjectId,
    /// What kind of detail.
    pub kind: Kind,
    /// The supplied fact, if it is one.
    pub fact: Option<FactId>,
    /// The normalised value when nobody supplied it: joins equal details into one exposure, by a keyed hash.
    pub value: Option<Secret>,
    /// How it fits.
    pub fit: Fit,
    /// The page that a person would open.
    pub url: String,
    /// The address as asked.
    pub via: String,
    /// Which source.
    pub source: SourceId,
    /// Which line of the plan.
    pub line: LineId,
    /// What the document is.
    pub nature: Nature,
    /// When it was seen.
    pub seen: Timestamp,
    /// Is it this person.
    pub attribution: Attribution,
    /// How surely the text states it.
    pub confidence: Confidence,
    /// How bad, here.
    pub severity: Severity,
    /// Whether words of threat or abuse stand near.
    pub hostile: bool,
    /// A masked label for this detail.
    pub label: Masked,
    /// The masked sentence.
    pub excerpt: Excerpt,
    /// Title of the page, masked like the excerpt.
    pub title: Option<Excerpt>,
    /// A print of the masked words around it, when there are enough: near copies of the page have a like one.
    pub print: Option<TextPrint>,
}
