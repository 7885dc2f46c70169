//! What may be typed. The help of each command and option stands in the catalogue (`words.en.toml`, `[args]`); [`help`]
//! puts it there.

mod help;
mod incident;
mod person;
mod prepare;

pub(crate) use help::dressed;
pub(crate) use incident::{
    Audience, Concern, IncidentAdd, IncidentCommand, IncidentExport, IncidentPerson, IncidentReport, IncidentShow, IncidentVerify,
};
pub(crate) use person::{Export, Import, Init};
pub(crate) use prepare::Prepare;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::words::t;

#[derive(Parser, Debug)]
#[command(name = "unlisted", version, max_term_width = 80)]
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
    Demo(Demo),
    Plan(Plan),
    Links(Plan),
    Check(Check),
    Ledger(Stored),
    Report(Stored),
    Sources {
        #[command(subcommand)]
        command: SourcesCommand,
    },
    Vault {
        #[command(subcommand)]
        command: VaultCommand,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Demo {
    #[arg(long, value_name = "PORT")]
    pub(crate) serve: Option<u16>,
    #[arg(long, value_delimiter = ',', default_value = "html,json")]
    pub(crate) format: Vec<String>,
    #[arg(long, value_name = "DIR", default_value = "unlisted-demo")]
    pub(crate) out: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Plan {
    pub(crate) subject: String,
    #[arg(long, default_value = "text")]
    pub(crate) format: String,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Args, Debug)]
pub(crate) struct Stored {
    pub(crate) subject: String,
    #[arg(long, value_delimiter = ',')]
    pub(crate) format: Vec<String>,
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// An address with its port; `localhost` is 127.0.0.1 without asking anybody.
fn address(text: &str) -> Result<SocketAddr, String> {
    match text.strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}").parse(),
        None => text.parse(),
    }
    .map_err(|_| t("cli.rehearsal_address", &[]))
}

#[derive(Args, Debug)]
pub(crate) struct Check {
    pub(crate) subject: String,
    #[arg(long = "file", value_name = "PATH")]
    pub(crate) files: Vec<PathBuf>,
    #[arg(long = "url", value_name = "URL")]
    pub(crate) urls: Vec<String>,
    #[arg(long)]
    pub(crate) only_given: bool,
    #[arg(long)]
    pub(crate) yes: bool,
    #[arg(long)]
    pub(crate) fresh: bool,
    #[arg(long, conflicts_with_all = ["vault", "key_file"])]
    pub(crate) ephemeral: bool,
    #[arg(long, value_delimiter = ',')]
    pub(crate) format: Vec<String>,
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[arg(long)]
    pub(crate) exit_severity: bool,
    #[arg(long, value_name = "HOST:PORT", value_parser = address)]
    pub(crate) rehearsal: Option<SocketAddr>,
    #[arg(long, value_name = "N", requires = "rehearsal")]
    pub(crate) speedup: Option<f64>,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Args, Debug, Clone)]
pub(crate) struct Common {
    #[arg(long, value_name = "DIR")]
    pub(crate) vault: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub(crate) config: Option<PathBuf>,
}

impl Common {
    /// The options that lead to the same store, as they would be typed again behind a command.
    pub(crate) fn typed_again(&self) -> String {
        let given = [("--vault", &self.vault), ("--key-file", &self.key_file), ("--config", &self.config)];
        given
            .into_iter()
            .filter_map(|(name, path)| path.as_ref().map(|path| format!(" {name} {}", quoted(&path.display().to_string()))))
            .collect()
    }
}

/// A word as it is typed at a shell: in quotes when it holds a space.
pub(crate) fn quoted(text: &str) -> String {
    if text.contains(char::is_whitespace) { format!("\"{text}\"") } else { text.to_owned() }
}

#[derive(Subcommand, Debug)]
pub(crate) enum SourcesCommand {
    List {
        #[arg(long, default_value = "text")]
        format: String,
        #[arg(long, value_name = "DIR")]
        config: Option<PathBuf>,
    },
}

#[derive(Subcommand, Debug)]
pub(crate) enum VaultCommand {
    List {
        #[command(flatten)]
        common: Common,
    },
    Forget {
        subject: String,
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        common: Common,
    },
    Purge {
        #[command(flatten)]
        common: Common,
    },
}
