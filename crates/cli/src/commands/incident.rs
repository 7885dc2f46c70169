//! `unlisted incident`: the record of abuse.

use crate::args::IncidentCommand;
use crate::failure::Failure;

pub(crate) fn run(_command: &IncidentCommand) -> Result<u8, Failure> {
    Err(Failure::failed("not built yet"))
}
