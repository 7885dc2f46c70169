//! Sheets of XLSX: rows of cells under the heads of their columns, and notes.

use std::collections::HashMap;

use unlisted_model::text::Role;

use super::super::writer::Writer;
use super::text::write_row;
use super::tree::{Step, attribute, walk};
use super::zip::Zip;
use super::{MOST, parts};

/// Shared words and cells of one row kept at most.
const WORDS: usize = 1_000_000;
const COLUMNS: usize = 512;

/// Reads all sheets; whether they are sound.
pub(super) fn excel(zip: &mut Zip<'_>, writer: &mut Writer) -> bool {
    let mut sound = true;
    let mut shared = Vec::new();
    if let Some(bytes) = zip.read("xl/sharedStrings.xml") {
        sound &= strings(&bytes, &mut shared);
    }
    let sheets = parts(zip, "xl/", &["worksheets/sheet"]);
    sound &= !sheets.is_empty();
    for name in sheets {
        match zip.read(&name) {
            Some(bytes) => sound &= sheet(&bytes, &shared, writer),
            None => sound = false,
        }
    }
    for name in parts(zip, "xl/", &["comments", "threadedComments/"]).into_iter().take(MOST) {
        notes(&zip.read(&name).unwrap_or_default(), writer);
    }
    if let Some(people) = zip.read("xl/persons/person.xml") {
        let group = writer.groups.fresh();
        walk(&people, &mut |step| {
            if let Step::Open("person", start) = step {
                writer.push(Role::Meta, Some("changed by"), group, &attribute(start, "displayName").unwrap_or_default(), 0);
            }
            true
        });
    }
    sound
}

fn strings(bytes: &[u8], out: &mut Vec<String>) -> bool {
    let mut words = String::new();
    let (mut is_text, mut is_reading) = (false, false);
    walk(bytes, &mut |step| {
        match step {
            Step::Open("si", _) => words.clear(),
            // How a word is read aloud is no part of it.
            Step::Open("rPh", _) => is_reading = true,
            Step::Close("rPh") => is_reading = false,
            Step::Open("t", _) => is_text = true,
            Step::Close("t") => is_text = false,
            Step::Text(text) if is_text && !is_reading => words.push_str(text),
            Step::Close("si") => out.push(std::mem::take(&mut words)),
            _ => {}
        }
        out.len() < WORDS
    })
}

fn sheet(bytes: &[u8], shared: &[String], writer: &mut Writer) -> bool {
    let mut heads = Vec::new();
    let mut is_first = true;
    let mut row: HashMap<usize, String> = HashMap::new();
    let (mut column, mut kind, mut words, mut is_value) = (0_usize, String::new(), String::new(), false);
    walk(bytes, &mut |step| {
        match step {
            Step::Open("row", _) => {
                row.clear();
                column = 0;
            }
            Step::Open("c", start) => {
                column = attribute(start, "r").and_then(|r| column_of(&r)).unwrap_or(column + 1);
                kind = attribute(start, "t").unwrap_or_default();
                words.clear();
            }
            Step::Open("v" | "t", _) => is_value = true,
            Step::Close("v" | "t") => is_value = false,
            Step::Text(text) if is_value => words.push_str(text),
            Step::Close("c") => {
                let text = match kind.as_str() {
                    "s" => words.trim().parse::<usize>().ok().and_then(|i| shared.get(i)).cloned().unwrap_or_default(),
                    _ => std::mem::take(&mut words),
                };
                if column < COLUMNS {
                    row.insert(column, text);
                }
            }
            Step::Close("row") => {
                let width = row.keys().max().map_or(0, |w| w + 1);
                let cells: Vec<String> = (1..width).map(|i| row.remove(&i).unwrap_or_default()).collect();
                if cells.iter().any(|c| !c.trim().is_empty()) {
                    write_row(&cells, &mut heads, std::mem::take(&mut is_first), writer);
                }
            }
            Step::Open("oddHeader" | "oddFooter" | "evenHeader" | "firstHeader" | "firstFooter", _) => {
                is_value = true;
                words.clear();
            }
            Step::Close("oddHeader" | "oddFooter" | "evenHeader" | "firstHeader" | "firstFooter") => {
                is_value = false;
                let group = writer.groups.fresh();
                writer.push(Role::Body, None, group, &std::mem::take(&mut words), 0);
            }
            _ => {}
        }
        !writer.full
    })
}

/// `AB12` → 28.
fn column_of(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic);
    let column = letters.take(3).fold(0, |n, b| n * 26 + usize::from(b.to_ascii_uppercase() - b'A') + 1);
    (column > 0).then_some(column)
}

fn notes(bytes: &[u8], writer: &mut Writer) {
    let (mut words, mut is_text) = (String::new(), false);
    walk(bytes, &mut |step| {
        match step {
            Step::Open("t" | "text" | "author", _) => is_text = true,
            Step::Text(text) if is_text => words.push_str(text),
            Step::Close("author") => {
                let group = writer.groups.fresh();
                writer.push(Role::Meta, Some("changed by"), group, &std::mem::take(&mut words), 0);
            }
            Step::Close("comment" | "threadedComment") => {
                is_text = false;
                let group = writer.groups.fresh();
                writer.push(Role::Comment, Some("note"), group, &std::mem::take(&mut words), 0);
            }
            _ => {}
        }
        !writer.full
    });
}
