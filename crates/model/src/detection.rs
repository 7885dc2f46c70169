//! What a recogniser saw in a text. A detection is text; it says nothing about whom it concerns.

use std::ops::Range;

use crate::identifier::{FactId, Kind};
use crate::secret::Secret;
use crate::subject::SubjectId;

/// How surely the text states a fact.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Confidence {
    /// It may be something else.
    Low,
    /// It most likely states it.
    Medium,
    /// It states it.
    High,
}

impl Confidence {
    /// The word of the report.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// How a detection fits the supplied fact.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Fit {
    /// The whole fact stands there.
    Whole,
    /// A part of it: street and town without a number, the full postcode alone.
    Partial,
    /// The person's street or postcode with another number: a neighbour, never a match.
    OtherNumber,
}

/// How a value was hidden from simple readers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Disguise {
    /// "name (at) site dot uk" and its many spellings.
    Words,
    /// Entities, percent signs, zero-width or full-width characters, look-alikes.
    Encoding,
    /// Hex of a mail-protection service.
    ProtectedHex,
    /// Reversed text.
    Reversed,
    /// ROT13.
    Rot13,
    /// Joined by a script.
    Script,
}

/// One detection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Detection {
    /// Which recogniser saw it.
    pub detector: &'static str,
    /// What kind of detail.
    pub kind: Kind,
    /// Where, in bytes of `Text::chars`.
    pub span: Range<usize>,
    /// The supplied fact that it matches, if any.
    pub fact: Option<FactId>,
    /// Whether the matched fact is one that is meant to be public.
    pub meant_public: bool,
    /// How it fits that fact.
    pub fit: Fit,
    /// The normalised value, for joining equal details.
    pub value: Secret,
    /// How surely the text states it.
    pub confidence: Confidence,
    /// How it was disguised.
    pub disguise: Option<Disguise>,
}

/// In which form a name stood there, weakest last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NameForm {
    /// The full name with all its parts.
    Full,
    /// First name and surname, the middle names left out.
    FirstLast,
    /// Another name in public use.
    Also,
    /// A former name.
    Former,
    /// "Castle, Amina" or "CASTLE Amina".
    LastFirst,
    /// "A. R. Castle", "A Castle".
    Initials,
    /// "Cllr Castle", "Ms Castle".
    TitleLast,
    /// A near spelling or a short form of the first name.
    Near,
    /// First name and surname with a middle name or initial that is not the person's: speaks against.
    OtherMiddle,
}

/// One place where a subject's name stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NameHit {
    /// Whose name.
    pub subject: SubjectId,
    /// Where.
    pub span: Range<usize>,
    /// In which form.
    pub form: NameForm,
    /// "Cllr", "Mr", "Mrs", "Dr" before it, lower case without a dot.
    pub title: Option<String>,
}

/// All that was seen in one text, for all subjects of the slate in one pass.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scan {
    /// Details, in order of the text.
    pub detections: Vec<Detection>,
    /// Names, in order of the text.
    pub names: Vec<NameHit>,
}
