//! Chores of the house. `cargo run --release -p xtask -- score` measures the program on `fixtures/score`.
mod score;

use anyhow::{Result, bail};

const USAGE: &str = "usage: xtask score [--set DIR] [--bin PATH] [--json FILE] [--only NAME] [--all-misses]";

fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    match words.next().as_deref() {
        Some("score") => score::run(words),
        _ => bail!(USAGE),
    }
}
