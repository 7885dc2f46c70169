//! The order in which exposures are listed, and the order in which they are worked on.

use std::cmp::Ordering;

use unlisted_model::exposure::Exposure;

/// The probability of an exposure: that of its most probable place.
pub(crate) fn probability(exposure: &Exposure) -> f64 {
    exposure.places.iter().map(|p| p.finding.attribution.probability).fold(0.0, f64::max)
}

/// For lists: severity, then probability; between equals the kinds' own order (a home first), then id.
pub(crate) fn listed(a: &Exposure, b: &Exposure) -> Ordering {
    b.severity
        .cmp(&a.severity)
        .then_with(|| probability(b).total_cmp(&probability(a)))
        .then_with(|| a.kind.cmp(&b.kind))
        .then_with(|| a.id.cmp(&b.id))
}

/// For work: severity first, upstream first within it (a copy comes back as long as its source stands), then the
/// kinds' own order (a home first), then as listed. `stage` is that of the exposure's most upstream place; one without a route comes last.
pub(crate) fn worked((a, a_stage): (&Exposure, u8), (b, b_stage): (&Exposure, u8)) -> Ordering {
    b.severity.cmp(&a.severity).then_with(|| a_stage.cmp(&b_stage)).then_with(|| a.kind.cmp(&b.kind)).then_with(|| listed(a, b))
}
