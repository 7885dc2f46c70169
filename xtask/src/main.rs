//! Chores of the house: `cargo xtask <chore>`.
//!
//! - `bench`: CPU and pages per second of a check beside other programs, start-up time, size; prints a table for BENCHMARKS.md.
//! - `fuzz`: changed fixtures for every parser of outside bytes, for a number of seconds; a panic or a slow round is kept.
//! - `score`: how often a check is right about what stands on a page and whom it means, on the people of `fixtures/score`.

mod bench;
mod fuzz;
mod score;

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.as_slice() {
        ["bench", rest @ ..] => bench::run(rest),
        ["fuzz", rest @ ..] => fuzz::run(rest),
        ["score", rest @ ..] => score::run(rest),
        _ => Err(anyhow::anyhow!(
            "usage: cargo xtask bench [PAGES]\n       cargo xtask fuzz [SECONDS] [SEED]\n       cargo xtask {}",
            score::USAGE
        )),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "a chore talks to the terminal")]
fn tell(text: &str) {
    eprintln!("{text}");
}
