//! `unlisted links`: ready searches for the person's own browser.

use unlisted_engine::{Scope, known_council, plan, sources};
use unlisted_reporter::render;

use crate::args::Plan;
use crate::failure::Failure;
use crate::output::{self, Format};
use crate::words::t;
use crate::{subject, terminal};

pub(crate) fn run(args: &Plan) -> Result<u8, Failure> {
    let formats = Format::list(std::slice::from_ref(&args.format), &[Format::Text])?;
    let config = subject::config(&args.common)?;
    let person = subject::find(&args.subject, &args.common)?;
    known_council(&person.subject, &config)?;
    let links = plan(&person.subject, &config, &sources(&config, &[]), Scope::default()).links;
    terminal::out(&match formats.as_slice() {
        [Format::Json] => render::json::links(&links),
        [Format::Text] => render::text::links(&links, &output::words(&config)),
        _ => return Err(Failure::usage(t("output.only_text_json", &[]))),
    })?;
    Ok(0)
}
