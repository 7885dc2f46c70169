//! `unlisted incident`: the record of abuse.

mod add;
mod answers;
mod export;
mod files;
pub(super) mod interrupted;
mod person;
mod read;
mod report;
mod verify;

use crate::args::IncidentCommand;
use crate::failure::Failure;

pub(crate) fn run(command: &IncidentCommand) -> Result<u8, Failure> {
    match command {
        IncidentCommand::Add(args) => add::run(args),
        IncidentCommand::List(args) => read::list(args),
        IncidentCommand::Show(args) => read::show(args),
        IncidentCommand::Report(args) => report::run(args),
        IncidentCommand::Export(args) => export::run(args),
        IncidentCommand::Verify(args) => verify::run(args),
    }
}
