//! Names of the files in a copy: numbers only, so that no name tells what it is about.

use jiff::civil::Date;
use unlisted_model::incident::{Evidence, EvidenceKind};

/// `record-2026-11-25-1`.
pub fn folder_name(day: Date, number: u32) -> String {
    format!("record-{day}-{number}")
}

/// `entries/0001.json`.
pub fn entry_name(number: u32) -> String {
    format!("entries/{number:04}.json")
}

/// `files/0001-1.png`; `index` from 0. A page gets `.txt` behind its ending, so that opening it runs nothing.
pub fn file_name(entry: u32, index: usize, file: &Evidence) -> String {
    let ending: String = file.ending.chars().filter(char::is_ascii_alphanumeric).take(12).collect();
    let ending = if ending.is_empty() { "bin".to_owned() } else { ending.to_lowercase() };
    let runs = file.kind == EvidenceKind::SavedPage || !KEEPS_ITS_ENDING.contains(&ending.as_str());
    format!("files/{entry:04}-{}.{ending}{}", index + 1, if runs { ".txt" } else { "" })
}

/// Endings that open in a viewer and run nothing by themselves. Any other gets `.txt` behind it.
const KEEPS_ITS_ENDING: [&str; 31] = [
    "png", "jpg", "gif", "webp", "heic", "avif", "tiff", "bmp", "pdf", "rtf", "docx", "doc", "odt", "xlsx", "zip", "txt", "eml",
    "msg", "vcf", "wav", "avi", "mp3", "mp4", "m4a", "mov", "3gp", "webm", "ogg", "flac", "amr", "bin",
];
