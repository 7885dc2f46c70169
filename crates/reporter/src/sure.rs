//! How sure we are, in the three words that people read.

use unlisted_model::attribution::Band;
use unlisted_model::detection::{Confidence, Fit};
use unlisted_model::exposure::Exposure;
use unlisted_model::finding::Finding;

/// The lower of "is it this person" and "does the text say so", weakest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Sure {
    /// Not sure.
    NotSure,
    /// Probably you.
    Probably,
    /// Matches what you gave us.
    Matches,
}

impl Sure {
    /// Every word.
    pub const ALL: [Self; 3] = [Self::NotSure, Self::Probably, Self::Matches];

    /// Of one finding. A detail that nobody supplied is never more than *Not sure*; another house number is never
    /// called a match.
    pub fn of(finding: &Finding) -> Self {
        if finding.fact.is_none() {
            return Self::NotSure;
        }
        let band = match finding.attribution.band {
            Band::Same => Self::Matches,
            Band::Likely => Self::Probably,
            Band::Possible | Band::Other => Self::NotSure,
        };
        let fit = if finding.fit == Fit::OtherNumber { Self::Probably } else { Self::Matches };
        let confidence = match finding.confidence {
            Confidence::High => Self::Matches,
            Confidence::Medium => Self::Probably,
            Confidence::Low => Self::NotSure,
        };
        band.min(confidence).min(fit)
    }

    /// Of an exposure: its surest place.
    pub fn of_exposure(exposure: &Exposure) -> Self {
        exposure.places.iter().map(|p| Self::of(&p.finding)).max().unwrap_or(Self::NotSure)
    }

    /// The name under which its words stand in the catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotSure => "not-sure",
            Self::Probably => "probably",
            Self::Matches => "matches",
        }
    }
}
