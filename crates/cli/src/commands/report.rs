//! `unlisted report`: the last check again, without any network.

use crate::args::Stored;
use crate::failure::Failure;
use crate::output::{self, Format};
use crate::{subject, unlock};

pub(crate) fn run(args: &Stored) -> Result<u8, Failure> {
    let formats = Format::list(&args.format, if args.out.is_some() { &[Format::Html, Format::Json] } else { &[Format::Text] })?;
    output::fits(&formats, args.out.as_deref(), false)?;
    let config = subject::config(&args.common)?;
    let file = subject::from_file(&args.subject)?;
    let vault = unlock::vault(&args.common, false)?;
    let person = match file {
        Some(person) => person,
        None => subject::from_vault(&args.subject, &vault)?,
    };
    let report = unlisted_engine::stored_report(&person.subject, &config, &vault)?;
    output::report(&report, &config, &formats, args.out.as_deref())?;
    Ok(0)
}
