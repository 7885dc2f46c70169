//! `unlisted ledger`: what was really sent to whom.

use unlisted_reporter::render;
use unlisted_reporter::render::json::LedgerLine;
use unlisted_store::LedgerRow;

use crate::args::Stored;
use crate::failure::Failure;
use crate::output::{self, Format};
use crate::subject;
use crate::words::t;

pub(crate) fn run(args: &Stored) -> Result<u8, Failure> {
    let formats = Format::list(&args.format, &[Format::Text])?;
    output::fits(&formats, args.out.as_deref(), false)?;
    let config = subject::config(&args.common)?;
    let (person, vault) = subject::with_vault(&args.subject, &args.common)?;
    let lines: Vec<LedgerLine> = unlisted_engine::ledger(&person.subject, &vault)?.iter().map(line).collect();
    for format in formats {
        match format {
            Format::Json => output::write("ledger.json", &render::json::ledger(&lines), args.out.as_deref())?,
            Format::Text => {
                output::write("ledger.txt", &render::text::ledger(&lines, &output::words(&config)), args.out.as_deref())?
            }
            Format::Html => return Err(Failure::usage(t("output.only_text_json", &[]))),
        }
    }
    Ok(0)
}

fn line(row: &LedgerRow) -> LedgerLine {
    LedgerLine {
        line: row.entry.line.0.clone(),
        source: row.entry.source.0.clone(),
        host: row.entry.host.clone(),
        kind: row.entry.kind.clone(),
        discloses: row.entry.discloses.clone(),
        at: row.entry.at,
        status: row.end.as_ref().and_then(|e| e.status),
    }
}
