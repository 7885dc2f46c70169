//! Arguments in, exit code out. Data goes to stdout, talk and progress to stderr.
//!
//! Exit codes: 0 done · 1 failed · 2 usage · 3 nothing to do · 4 permission missing or expired · 5 done, but a place that
//! should have answered did not · 11 to 14 by severity (only with `--exit-severity`) · 130 interrupted, saved.

mod args;
mod commands;
mod dialogue;
mod failure;
mod input;
mod kept_in;
mod output;
mod paths;
mod subject;
mod terminal;
mod unlock;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::FromArgMatches as _;

use args::{Cli, Command};

/// Runs the program with these arguments (the first is its name).
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    ExitCode::from(run(args))
}

/// The same, with the exit code as a number.
pub fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    kept_in::no_core_files();
    quiet_panics();
    let args = as_option(args);
    words::use_those_named_in(&args);
    let parsed = args::dressed().try_get_matches_from(args).and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            terminal::clap(&error);
            return code;
        }
    };
    terminal::start_log();
    let result = match cli.command {
        None => terminal::out(&args::dressed().render_help().to_string()).map(|()| 0),
        Some(Command::Demo(args)) => commands::demo::run(&args),
        Some(Command::Plan(args)) => commands::plan::run(&args),
        Some(Command::Links(args)) => commands::links::run(&args),
        Some(Command::Check(args)) => commands::check::run(&args),
        Some(Command::Ledger(args)) => commands::ledger::run(&args),
        Some(Command::Report(args)) => commands::report::run(&args),
        Some(Command::Sources { command }) => commands::sources::run(&command),
        Some(Command::Vault { command }) => commands::vault::run(&command),
        Some(Command::Init(args)) => commands::init::run(&args),
        Some(Command::Import(args)) => commands::import::run(&args),
        Some(Command::Export(args)) => commands::export::run(&args),
        Some(Command::Prepare(args)) => commands::prepare::run(&args),
        Some(Command::Incident { command }) => commands::incident::run(&command),
    };
    match result {
        Ok(code) => code,
        Err(failure) => {
            terminal::say(&failure.to_string());
            failure.code
        }
    }
}

/// `unlisted help check` is `unlisted check --help`.
fn as_option(args: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut args: Vec<OsString> = args.into_iter().collect();
    if args.get(1).is_some_and(|first| first == "help") {
        args.remove(1);
        args.push("--help".into());
    }
    args
}

/// A panic message may quote a value, so only its place is told.
fn quiet_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|l| format!("{}:{}", l.file(), l.line())).unwrap_or_default();
        terminal::say(&words::t("cli.fault", &[("place", &place)]));
    }));
}
