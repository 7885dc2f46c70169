//! `unlisted incident`: the record of abuse.

mod report;

use crate::args::IncidentCommand;
use crate::failure::Failure;

pub(crate) fn run(command: &IncidentCommand) -> Result<u8, Failure> {
    match command {
        IncidentCommand::Report(args) => report::run(args),
        IncidentCommand::Add(_)
        | IncidentCommand::List(_)
        | IncidentCommand::Show(_)
        | IncidentCommand::Export(_)
        | IncidentCommand::Verify(_) => Err(Failure::failed("not built yet")),
    }
}
