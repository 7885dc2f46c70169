//! The report as one flat table for spreadsheets: a row for each place of each finding. Masked like every other form.
//!
//! The names of the columns and of the ids are stable, so that a sheet that is imported again updates its rows.

use jiff::Timestamp;
use unlisted_model::detection::Fit;
use unlisted_model::exposure::{Exposure, Place};
use unlisted_model::report::{Report, SubjectReport};

use crate::csv::Csv;
use crate::outline::{name, shows_page};
use crate::outside::{host, tidy};
use crate::{Knowledge, Sure, choose_route};

/// The columns, in order. Within v1 new ones are added at the end.
pub const COLUMNS: [&str; 18] = [
    "finding_id",
    "exposure_id",
    "subject_id",
    "kind",
    "what",
    "detail",
    "severity",
    "sure",
    "status",
    "page_address",
    "host",
    "source",
    "first_seen",
    "last_seen",
    "copy_of",
    "route",
    "next_step",
    "minutes",
];

/// The table. Rows stand in the order of the report; of a detail that nobody supplied the page is not named.
pub fn report(report: &Report, knowledge: &Knowledge<'_>) -> String {
    let mut table = Csv::new(&COLUMNS);
    for subject in &report.subjects {
        for exposure in &subject.exposures {
            for place in &exposure.places {
                table.row(&row(subject, exposure, place, knowledge));
            }
        }
    }
    table.done()
}

fn row(subject: &SubjectReport, exposure: &Exposure, place: &Place, knowledge: &Knowledge<'_>) -> [String; COLUMNS.len()] {
    let words = knowledge.words;
    let finding = &place.finding;
    // Beside places that show the detail, another number in the street asks for nothing.
    let is_neighbour = finding.fit == Fit::OtherNumber && exposure.places.iter().any(|p| p.finding.fit != Fit::OtherNumber);
    let route = choose_route(knowledge.routes, finding).filter(|_| !is_neighbour);
    let address = if shows_page(exposure) { tidy(&finding.url) } else { String::new() };
    let site = host(&finding.url).unwrap_or_default();
    let titled = knowledge.titles.get(finding.source.as_str()).map_or(finding.source.as_str(), String::as_str);
    let mut step = match (is_neighbour, route.and_then(|r| r.steps.first())) {
        (true, _) => words.get("report.neighbour_nothing").into_owned(),
        (false, Some(step)) => tidy(step),
        (false, None) => words.get("report.start_no_route").into_owned(),
    };
    if finding.hostile {
        step = format!("{} {step}", words.get("danger.hostile"));
    }
    [
        tidy(&place.id),
        tidy(&exposure.id),
        tidy(subject.id.as_str()),
        exposure.kind.as_str().to_owned(),
        tidy(&name(exposure, words)),
        tidy(exposure.label.as_str()),
        words.of("severity", exposure.severity.as_str()).into_owned(),
        words.of("sure", Sure::of(finding).as_str()).into_owned(),
        words.of("status", exposure.status.as_str()).into_owned(),
        address,
        site,
        tidy(titled),
        day(place.first_seen),
        day(place.last_seen),
        place.copy_of.as_deref().map(tidy).unwrap_or_default(),
        route.map(|r| tidy(&r.title)).unwrap_or_default(),
        step,
        route.map(|r| r.minutes.max(1).to_string()).unwrap_or_default(),
    ]
}

/// The day as spreadsheets read it whatever their language: ISO 8601.
fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}
