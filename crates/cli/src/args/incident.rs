//! What may be typed after `unlisted incident`. The help stands in the catalogue (`words.en.toml`, `[args]`).

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::Common;

#[derive(Subcommand, Debug)]
pub(crate) enum IncidentCommand {
    Add(IncidentAdd),
    List(IncidentPerson),
    Show(IncidentShow),
    Report(IncidentReport),
    Export(IncidentExport),
    Verify(IncidentVerify),
}

#[derive(Args, Debug)]
pub(crate) struct IncidentPerson {
    pub(crate) subject: Option<String>,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Args, Debug)]
pub(crate) struct IncidentAdd {
    pub(crate) subject: Option<String>,
    // Number of an incident that this adds to; else it is a new one.
    #[arg(long, value_name = "N")]
    pub(crate) to: Option<u32>,
    // Screenshots and saved pages; repeatable.
    #[arg(long = "file", value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    // Keep files of an unknown sort without asking.
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Args, Debug)]
pub(crate) struct IncidentShow {
    pub(crate) number: u32,
    pub(crate) subject: Option<String>,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Args, Debug)]
pub(crate) struct IncidentReport {
    pub(crate) number: u32,
    pub(crate) subject: Option<String>,
    // What it is about; else every route that fits.
    #[arg(long, value_enum)]
    pub(crate) concern: Option<Concern>,
    // Ask the public registers of domains and networks who hosts the page (class C).
    #[arg(long)]
    pub(crate) ask_registry: bool,
    // For tests of this command: as for `check`.
    #[arg(long, value_name = "HOST:PORT", hide = true)]
    pub(crate) rehearsal: Option<std::net::SocketAddr>,
    #[arg(long, value_name = "N", requires = "rehearsal", hide = true)]
    pub(crate) speedup: Option<f64>,
    // Stands for the name service in a rehearsal, where no name is looked up.
    #[arg(long, value_name = "IP", requires = "rehearsal", hide = true)]
    pub(crate) site_address: Option<std::net::IpAddr>,
    #[arg(long)]
    pub(crate) yes: bool,
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Concern {
    Harassment,
    PrivateInformation,
    Impersonation,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Audience {
    Police,
    Platform,
    Solicitor,
}

#[derive(Args, Debug)]
pub(crate) struct IncidentExport {
    pub(crate) subject: Option<String>,
    #[arg(long = "for", value_enum, default_value = "police")]
    pub(crate) audience: Audience,
    // Numbers of incidents; else all.
    #[arg(long, value_delimiter = ',', value_name = "N,N")]
    pub(crate) only: Vec<u32>,
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Args, Debug)]
pub(crate) struct IncidentVerify {
    pub(crate) subject: Option<String>,
    // A copy made by export, instead of the locked store.
    #[arg(long, value_name = "DIR")]
    pub(crate) bundle: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) common: Common,
}
