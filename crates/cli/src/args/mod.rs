//! What may be typed.

mod incident;
mod person;
mod prepare;

pub(crate) use incident::{
    Audience, Concern, IncidentAdd, IncidentCommand, IncidentExport, IncidentPerson, IncidentReport, IncidentShow, IncidentVerify,
};
pub(crate) use person::{Export, Import, Init};
pub(crate) use prepare::Prepare;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Find where your private details are public, and what to do about it.
#[derive(Parser, Debug)]
#[command(
    name = "unlisted",
    version,
    about = "Find where your private details are public, and what to do about it.",
    after_help = "In danger now? Call 999. Otherwise call 101 or use your police force's website.\n\
                  We do not judge threats. If you are worried, call, whatever this program says.\n\n\
                  Start with:  unlisted demo",
    max_term_width = 80
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    Init(Init),
    Import(Import),
    Export(Export),
    Prepare(Prepare),
    Incident {
        #[command(subcommand)]
        command: IncidentCommand,
    },
    /// Check a made-up person against a made-up web on this computer: no network, no key
    Demo(Demo),
    /// Show what would be asked, of whom, and what each would learn; sends nothing
    Plan(Plan),
    /// Ready searches for your own browser; save each result page for `check --file`
    Links(Plan),
    /// Find where your details are public
    Check(Check),
    /// Show what was really sent to whom
    Ledger(Stored),
    /// Show the last report again; no network
    Report(Stored),
    /// The places that can be asked, and what each is told
    Sources {
        #[command(subcommand)]
        command: SourcesCommand,
    },
    /// The locked file on this computer
    Vault {
        #[command(subcommand)]
        command: VaultCommand,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Demo {
    /// Only serve the made-up web on this port of this computer
    #[arg(long, value_name = "PORT")]
    pub(crate) serve: Option<u16>,
    /// Formats of the report, separated by commas
    #[arg(long, value_delimiter = ',', default_value = "html,json")]
    pub(crate) format: Vec<String>,
    /// Folder for the report
    #[arg(long, value_name = "DIR", default_value = "unlisted-demo")]
    pub(crate) out: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Plan {
    /// A subject file, or the id of a person in the vault
    pub(crate) subject: String,
    /// text or json
    #[arg(long, default_value = "text")]
    pub(crate) format: String,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Args, Debug)]
pub(crate) struct Stored {
    /// A subject file, or the id of a person in the vault
    pub(crate) subject: String,
    /// Formats, separated by commas
    #[arg(long, value_delimiter = ',')]
    pub(crate) format: Vec<String>,
    /// Folder for the output
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// An address with its port; `localhost` is 127.0.0.1 without asking anybody.
fn address(text: &str) -> Result<SocketAddr, std::net::AddrParseError> {
    match text.strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}").parse(),
        None => text.parse(),
    }
}

#[derive(Args, Debug)]
pub(crate) struct Check {
    /// A subject file, or the id of a person in the vault
    pub(crate) subject: String,
    /// A saved page, result page, list of addresses, web archive, or a folder of these; may be repeated
    #[arg(long = "file", value_name = "PATH")]
    pub(crate) files: Vec<PathBuf>,
    /// A page to look at; may be repeated
    #[arg(long = "url", value_name = "URL")]
    pub(crate) urls: Vec<String>,
    /// Use nothing but what is given with --file and --url
    #[arg(long)]
    pub(crate) only_given: bool,
    /// Accept the plan without asking (nothing beyond names, public places, visits, usernames and hash prefixes)
    #[arg(long)]
    pub(crate) yes: bool,
    /// Start anew instead of continuing an unfinished check
    #[arg(long)]
    pub(crate) fresh: bool,
    /// Keep nothing: a throw-away locked store in memory
    #[arg(long, conflicts_with_all = ["vault", "key_file"])]
    pub(crate) ephemeral: bool,
    /// Formats of the report, separated by commas: text, html, json
    #[arg(long, value_delimiter = ',')]
    pub(crate) format: Vec<String>,
    /// Folder for the report; without it one format goes to the screen
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// End with 11 to 14 by the highest severity found
    #[arg(long)]
    pub(crate) exit_severity: bool,
    /// Send everything to one address of this computer instead of the network
    #[arg(long, value_name = "HOST:PORT", value_parser = address)]
    pub(crate) rehearsal: Option<SocketAddr>,
    /// Divide pauses by this number (rehearsal only)
    #[arg(long, value_name = "N", requires = "rehearsal")]
    pub(crate) speedup: Option<f64>,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Args, Debug, Clone)]
pub(crate) struct Common {
    /// Folder of the locked store
    #[arg(long, value_name = "DIR")]
    pub(crate) vault: Option<PathBuf>,
    /// File that holds the key of the locked store (made if the store is new)
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
    /// Folder with your own settings, laid over ours key by key
    #[arg(long, value_name = "DIR")]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum SourcesCommand {
    /// List them
    List {
        /// text or json
        #[arg(long, default_value = "text")]
        format: String,
        /// Folder with your own settings
        #[arg(long, value_name = "DIR")]
        config: Option<PathBuf>,
    },
}

#[derive(Subcommand, Debug)]
pub(crate) enum VaultCommand {
    /// List who is in it
    List {
        #[command(flatten)]
        common: Common,
    },
    /// Forget a person for good
    Forget {
        /// The id of the person
        subject: String,
        /// Do not ask again
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        common: Common,
    },
    /// Delete what has passed its time
    Purge {
        #[command(flatten)]
        common: Common,
    },
}
