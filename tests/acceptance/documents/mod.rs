//! Documents, read the way the program reads them: by itself, started again as a process of its own, under its limits.
//!
//! Every document here is made for its test: by `pdf.rs`, `office.rs` and `picture.rs`, or, where that would mean writing a
//! cipher, once by other programs (`made/`, see the README there). Nobody in them exists.

mod broken;
mod notices;
mod office;
mod pdf;
mod picture;
mod whole;

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use unlisted_engine::documents::{Apart, Documents as _, Extracted, Limits, Problem};

/// Nothing takes longer, this crowded computer's own slowness aside.
const LONGEST: Duration = Duration::from_secs(11);

fn reader() -> &'static Apart {
    static READER: OnceLock<Apart> = OnceLock::new();
    READER
        .get_or_init(|| Apart::new(env!("CARGO_BIN_EXE_unlisted-tested").into(), vec!["read-document".into()], Limits::default()))
}

fn read(name: &str, bytes: &[u8], said: &str) -> Extracted {
    let start = Instant::now();
    let read = reader().read(bytes, said, None);
    assert!(start.elapsed() < LONGEST, "{name} took {:?}", start.elapsed());
    read
}

/// Where each planted detail stands: `label: words`, or `words` alone for text without a label.
fn shown(read: &Extracted) -> String {
    let mut out = String::new();
    for block in &read.text.blocks {
        let words = read.text.of(block).replace('\n', " | ");
        let label = block.label.as_deref().map(|l| format!("{l}: ")).unwrap_or_default();
        out.push_str(&format!("{label}{words}\n"));
    }
    out
}

/// A document that is read, wholly or with this problem: each line of `planted` stands in it under its label.
#[track_caller]
fn check(name: &str, bytes: &[u8], problem: Option<Problem>, planted: &[&str]) {
    let read = read(name, bytes, "application/octet-stream");
    let shown = shown(&read);
    assert_eq!(read.problem, problem, "{name}\n{shown}");
    for line in planted {
        assert!(shown.lines().any(|l| l == *line), "{name}: `{line}` is not in\n{shown}");
    }
}

/// Two pieces of text that belong to one row, card or record.
#[track_caller]
fn check_row(name: &str, bytes: &[u8], pieces: &[&str]) {
    let read = read(name, bytes, "");
    let group = |words: &str| {
        let block = read.text.blocks.iter().find(|b| read.text.of(b).contains(words));
        block.unwrap_or_else(|| panic!("{name}: `{words}` is not in\n{}", shown(&read))).group
    };
    let groups: Vec<u32> = pieces.iter().map(|p| group(p)).collect();
    assert!(groups.windows(2).all(|w| w[0] == w[1]), "{name}: {pieces:?} stand in {groups:?}\n{}", shown(&read));
}
