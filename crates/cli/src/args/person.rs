//! What may be typed after `unlisted init`, `import`, `export`. The help stands in the catalogue (`words.en.toml`, `[args]`).

use std::path::PathBuf;

use clap::Args;

use super::Common;

#[derive(Args, Debug)]
pub(crate) struct Init {
    // Use the folder even if it is copied to a cloud.
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Args, Debug)]
pub(crate) struct Import {
    pub(crate) file: PathBuf,
    // Delete the file afterwards without asking; keep it without asking.
    #[arg(long, conflicts_with = "keep")]
    pub(crate) delete: bool,
    #[arg(long)]
    pub(crate) keep: bool,
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Args, Debug)]
pub(crate) struct Export {
    pub(crate) subject: Option<String>,
    // Without it the text goes to the screen.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) common: Common,
}
