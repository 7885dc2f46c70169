//! Prints the blocks of one file: `cargo run --release -p unlisted-crawler --example read -- FILE`.

#![expect(clippy::use_debug, reason = "a tool for those who work on the readers, never shown to anybody else")]

use std::io::Write;

use unlisted_crawler::extract::{Bounds, extract_document};

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for path in std::env::args_os().skip(1) {
        let read = extract_document(
            &std::fs::read(&path)?,
            if path.to_string_lossy().ends_with(".pdf") { "application/pdf" } else { "" },
            None,
            &Bounds::default(),
        );
        writeln!(out, "{:?} {:?} {:?}", read.media, read.title, read.problem)?;
        let mut group = u32::MAX;
        for block in &read.text.blocks {
            let mark = if block.group == group { "~" } else { "" };
            group = block.group;
            let label = block.label.as_ref().map(|l| format!(" [{l}]")).unwrap_or_default();
            writeln!(out, "{mark}{:?}{label}: {}", block.role, read.text.of(block).replace('\n', " / "))?;
        }
    }
    Ok(())
}
