//! The wire forms `unlisted/{report,links,plan,ledger}/v1`. Their structs stand here and nowhere else; model types
//! become them by `From`. Within v1 only additions are made.

mod ledger;
mod plan;
mod report;
mod words;

use jiff::Timestamp;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use unlisted_model::plan::{HandLink, Plan};
use unlisted_model::report::Report;

pub use ledger::LedgerLine;

use crate::Words;

/// The report, `unlisted/report/v1`. Values are masked; only `url` and `via` may hold what an address holds.
pub fn report(report: &Report, words: &Words) -> String {
    pretty(&report::V1Report::of(report, words))
}

/// The searches for the person's own browser, `unlisted/links/v1`.
pub fn links(links: &[HandLink]) -> String {
    pretty(&plan::V1Links::from(links))
}

/// What would be asked, `unlisted/plan/v1`.
pub fn plan(plan: &Plan) -> String {
    pretty(&plan::V1Plan::from(plan))
}

/// What was sent, `unlisted/ledger/v1`.
pub fn ledger(lines: &[LedgerLine]) -> String {
    pretty(&ledger::V1Ledger::from(lines))
}

/// The JSON schema of the report, made from its types. `config/schema/report-v1.schema.json` holds it.
pub fn report_schema() -> String {
    let schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<report::V1Report>();
    pretty(&schema)
}

/// A moment in RFC 3339, to the second: parts of a second tell nobody anything.
fn moment(at: Timestamp) -> String {
    format!("{at:.0}")
}

pub(crate) fn pretty(value: &impl Serialize) -> String {
    // Structs of strings and numbers with string keys always become JSON.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
