//! `unlisted`: find where your private details are public, and what to do about it.

use std::process::ExitCode;

fn main() -> ExitCode {
    unlisted_cli::main(std::env::args_os())
}
