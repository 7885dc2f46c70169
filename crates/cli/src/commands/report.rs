//! `unlisted report`: the last check again, without any network.

use crate::args::Stored;
use crate::failure::Failure;
use crate::output::{self, Format};
use crate::subject;

pub(crate) fn run(args: &Stored) -> Result<u8, Failure> {
    let formats = Format::list(&args.format, if args.out.is_some() { &[Format::Html, Format::Json] } else { &[Format::Text] })?;
    output::fits(&formats, args.out.as_deref(), false)?;
    let config = subject::config(&args.common)?;
    let (person, vault) = subject::with_vault(&args.subject, &args.common)?;
    let report = unlisted_engine::stored_report(&person.subject, &config, &vault)?;
    output::report(&report, &config, &formats, args.out.as_deref())?;
    Ok(0)
}
