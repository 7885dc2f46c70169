//! What may be typed after `unlisted prepare`. The help stands in the catalogue (`words.en.toml`, `[args]`).

use std::path::PathBuf;

use clap::Args;

use super::Common;

#[derive(Args, Debug)]
pub(crate) struct Prepare {
    // Without a person: the list alone, dated by --election.
    pub(crate) subject: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) election: Option<String>,
    // A word of `model::Contest`.
    #[arg(long, value_name = "KIND")]
    pub(crate) contest: Option<String>,
    // ENG, WLS, SCT, NIR.
    #[arg(long, value_name = "NATION")]
    pub(crate) nation: Option<String>,
    // Items that are done, left out, open again.
    #[arg(long, value_delimiter = ',', value_name = "ITEM")]
    pub(crate) done: Vec<String>,
    #[arg(long, value_delimiter = ',', value_name = "ITEM")]
    pub(crate) skip: Vec<String>,
    #[arg(long, value_delimiter = ',', value_name = "ITEM")]
    pub(crate) undo: Vec<String>,
    // Not only the first tasks.
    #[arg(long)]
    pub(crate) all: bool,
    // text, html, json, ics
    #[arg(long, value_delimiter = ',')]
    pub(crate) format: Vec<String>,
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) common: Common,
}
