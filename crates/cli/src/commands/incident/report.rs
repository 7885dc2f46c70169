//! `unlisted incident report`: whom to report an incident to, with a draft.

use crate::args::IncidentReport;
use crate::failure::Failure;

pub(crate) fn run(_args: &IncidentReport) -> Result<u8, Failure> {
    Err(Failure::failed("not built yet"))
}
