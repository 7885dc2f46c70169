//! How bad a finding is, here: the row of its kind, raised beside words of threat and beside a second telling fact.

use std::ops::Range;

use unlisted_model::severity::SeverityTable;
use unlisted_model::{Detection, Fit, Kind, Severity};

use crate::attribute::{Cue, Page};

/// Bytes on both sides within which hostile words colour a detail.
const REACH: usize = 260;

/// Whether words of threat or abuse stand near a detail: its block, its row, its heading, the page's title.
pub(crate) fn is_hostile(page: &Page<'_>, span: &Range<usize>) -> bool {
    let hostile = |range: &Range<usize>| page.sightings.within(range).iter().any(|s| s.cue == Cue::Hostile);
    let block = page.layout.block(span.start);
    let around = span.start.saturating_sub(REACH)..span.end.saturating_add(REACH);
    // A very long block is a page in one piece: only what is near counts.
    (block.len() <= 2 * REACH && hostile(&block))
        || hostile(&around)
        || page.layout.row(span.start).is_some_and(|row| hostile(&row))
        || page.layout.headings_above(span.start).first().is_some_and(hostile)
        || page.title_sightings.all().iter().any(|s| s.cue == Cue::Hostile)
}

/// Severity of a detail: the row's value, one step up when hostile, one step up when a routine or a vehicle stands on one
/// page with the whole home address.
pub(crate) fn severity(table: &SeverityTable, page: &Page<'_>, detection: &Detection, hostile: bool) -> Severity {
    let base = match (table.row(detection.kind), detection.fact.is_some(), detection.fit) {
        (None, ..) => Severity::Medium,
        (Some(row), false, _) => row.unsupplied,
        // Meant to be public: the value is no secret, the context is the harm.
        (Some(row), true, _) if detection.meant_public => row.unsupplied,
        (Some(row), true, Fit::Whole) => row.whole,
        (Some(row), true, Fit::Partial | Fit::OtherNumber) => row.partial,
    };
    let raised = if hostile { base.raised() } else { base };
    if stands_with_home(page, detection) { raised.raised() } else { raised }
}

/// A vehicle, a routine or a relative on one page with the home: together they say where and when.
fn stands_with_home(page: &Page<'_>, detection: &Detection) -> bool {
    let joins = matches!(detection.kind, Kind::VehicleRegistration | Kind::PlaceVisited | Kind::FamilyMember | Kind::School);
    let Some(fact) = detection.fact.as_ref().filter(|_| joins && !detection.meant_public) else { return false };
    page.detections
        .iter()
        .take(400)
        .any(|d| d.kind == Kind::HomeAddress && d.fit == Fit::Whole && d.fact.as_ref().is_some_and(|f| f.subject == fact.subject))
}
