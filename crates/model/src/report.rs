//! What a run has to say. Wire forms are the reporter's.

use jiff::Timestamp;

use crate::coverage::Coverage;
use crate::danger::Danger;
use crate::exposure::Exposure;
use crate::plan::HandLink;
use crate::subject::SubjectId;

/// One subject's part.
#[derive(Clone, PartialEq, Debug)]
pub struct SubjectReport {
    /// Who.
    pub id: SubjectId,
    /// What was and was not checked.
    pub coverage: Coverage,
    /// Sorted by severity, then probability.
    pub exposures: Vec<Exposure>,
    /// Exposure ids in working order.
    pub plan: Vec<String>,
    /// Searches still open for the person's own browser.
    pub links: Vec<HandLink>,
    /// Titles of sources that are possible with a key.
    pub possible_with_key: Vec<String>,
    /// Whom to call, and what to say. For people only: no machine form holds it.
    pub danger: Danger,
}

/// The whole report.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// When it was made.
    pub generated: Timestamp,
    /// Version of the program.
    pub version: String,
    /// Id of the run.
    pub run: String,
    /// Its subjects.
    pub subjects: Vec<SubjectReport>,
}
