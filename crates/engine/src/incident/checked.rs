//! Checking a copy that was made before: every file by the list of sums, nothing extra, and the chain of the entries.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Component, Path};

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

/// The longest list of sums, table or entry that is read.
const LONGEST: u64 = 64 << 20;
/// The most files a copy may hold.
const MOST_FILES: usize = 100_000;

/// Something about a copy is not as it was made. Paths are those inside the copy, tidied.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum BundleFault {
    /// There is no `SHA256SUMS`: it is no copy, or not a whole one.
    NoSums,
    /// `SHA256SUMS` cannot be understood in this line, from 1.
    BadSums(usize),
    /// A file is missing.
    Missing(String),
    /// A file is not what it was.
    Changed(String),
    /// A file stands there that no list names.
    Extra(String),
    /// Something there is no plain file.
    NotAFile(String),
    /// A file cannot be read.
    Unreadable(String),
    /// An entry of the record is missing in the middle of the chain.
    EntryMissing(u32),
    /// An entry does not follow from the one before it.
    NotChained(u32),
    /// A file that this entry names is not in the copy, or is another.
    OtherFile(u32),
}

impl BundleFault {
    /// Key of its text in the catalogue.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NoSums => "incident-verify.no-sums",
            Self::BadSums(_) => "incident-verify.bad-sums",
            Self::Missing(_) => "incident-verify.missing",
            Self::Changed(_) => "incident-verify.changed",
            Self::Extra(_) => "incident-verify.extra",
            Self::NotAFile(_) => "incident-verify.not-a-file",
            Self::Unreadable(_) => "incident-verify.unreadable",
            Self::EntryMissing(_) => "incident-verify.entry-missing",
            Self::NotChained(_) => "incident-verify.not-chained",
            Self::OtherFile(_) => "incident-verify.other-file",
        }
    }

    /// What fills the gaps of that text.
    pub fn gaps(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NoSums => vec![],
            Self::BadSums(line) => vec![("line", line.to_string())],
            Self::Missing(path) | Self::Changed(path) | Self::Extra(path) | Self::NotAFile(path) | Self::Unreadable(path) => {
                vec![("path", unlisted_reporter::tidy(path))]
            }
            Self::EntryMissing(n) | Self::NotChained(n) | Self::OtherFile(n) => vec![("number", n.to_string())],
        }
    }
}

/// What was checked.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Checked {
    /// How many files.
    pub files: usize,
    /// How many entries.
    pub entries: usize,
    /// SHA-256 of the list of sums, to be compared with the note in the record.
    pub sums: Option<[u8; 32]>,
    /// All that is wrong.
    pub faults: Vec<BundleFault>,
}

/// Checks the copy in a folder.
pub fn check_bundle(dir: &Path) -> Checked {
    let mut checked = Checked::default();
    let Some(text) = small(&dir.join("SHA256SUMS")).and_then(|b| String::from_utf8(b).ok()) else {
        checked.faults.push(BundleFault::NoSums);
        return checked;
    };
    checked.sums = Some(Sha256::digest(text.as_bytes()).into());
    let mut listed: BTreeMap<String, [u8; 32]> = BTreeMap::new();
    for (at, line) in text.lines().enumerate() {
        match sum_line(line).filter(|(path, _)| !listed.contains_key(path)) {
            Some((path, sum)) if listed.len() < MOST_FILES => {
                listed.insert(path, sum);
            }
            _ => checked.faults.push(BundleFault::BadSums(at + 1)),
        }
    }
    let mut there = BTreeSet::new();
    walk(dir, "", 0, &mut there, &mut checked.faults);
    there.remove("SHA256SUMS");
    checked.faults.extend(there.iter().filter(|path| !listed.contains_key(*path)).cloned().map(BundleFault::Extra));
    for (path, sum) in &listed {
        if !there.contains(path) {
            checked.faults.push(BundleFault::Missing(path.clone()));
            continue;
        }
        match sum_of(&dir.join(path)) {
            Some(found) if found == *sum => checked.files += 1,
            Some(_) => checked.faults.push(BundleFault::Changed(path.clone())),
            None => checked.faults.push(BundleFault::Unreadable(path.clone())),
        }
    }
    chain(dir, &listed, &mut checked);
    checked.faults.sort();
    checked.faults.dedup();
    checked
}

/// One line of `sha256sum`: the path must stay inside the folder.
fn sum_line(line: &str) -> Option<(String, [u8; 32])> {
    let (sum, path) = line.split_once("  ").or_else(|| line.split_once(" *"))?;
    let inside = !path.is_empty() && Path::new(path).components().all(|c| matches!(c, Component::Normal(_)));
    (inside && path != "SHA256SUMS").then_some((path.to_owned(), unhex(sum)?))
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let mut out = [0; 32];
    for (n, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * n..2 * n + 2)?, 16).ok()?;
    }
    Some(out)
}

/// Every plain file below a folder, with `/` between the parts. A copy has one level of folders.
fn walk(dir: &Path, before: &str, depth: usize, there: &mut BTreeSet<String>, faults: &mut Vec<BundleFault>) {
    let Ok(entries) = fs::read_dir(dir) else {
        faults.push(BundleFault::Unreadable(if before.is_empty() { ".".to_owned() } else { before.to_owned() }));
        return;
    };
    for entry in entries.flatten() {
        if there.len() > 2 * MOST_FILES {
            return;
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if before.is_empty() { name } else { format!("{before}/{name}") };
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && depth < 4 => walk(&entry.path(), &path, depth + 1, there, faults),
            Ok(kind) if kind.is_file() => {
                there.insert(path);
            }
            _ => faults.push(BundleFault::NotAFile(path)),
        }
    }
}

fn small(path: &Path) -> Option<Vec<u8>> {
    let about = fs::symlink_metadata(path).ok()?;
    if !about.is_file() || about.len() > LONGEST {
        return None;
    }
    let mut bytes = vec![];
    File::open(path).ok()?.take(LONGEST).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn sum_of(path: &Path) -> Option<[u8; 32]> {
    let mut file = File::open(path).ok()?;
    let mut sum = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        match file.read(&mut piece).ok()? {
            0 => return Some(sum.finalize().into()),
            n => sum.update(piece.get(..n)?),
        }
    }
}

/// The parts of an entry that tie it to the others and to its files.
#[derive(Deserialize)]
struct EntryHead {
    number: u32,
    previous: String,
    #[serde(default)]
    files: Vec<FileHead>,
}

#[derive(Deserialize)]
struct FileHead {
    sha256: String,
}

/// A row of `chain.csv`.
#[derive(Deserialize)]
struct ChainRow {
    number: u32,
    sha256: String,
    previous: String,
    in_this_copy: String,
}

/// The chain: each row names the sum of the row before; each entry that is here is what its row says.
fn chain(dir: &Path, listed: &BTreeMap<String, [u8; 32]>, checked: &mut Checked) {
    let Some(table) = small(&dir.join("chain.csv")) else {
        // A copy for a platform has no chain; then it must have no entries either.
        let entries = listed.keys().filter_map(|path| path.strip_prefix("entries/")?.strip_suffix(".json")?.parse().ok());
        checked.faults.extend(entries.map(BundleFault::NotChained));
        return;
    };
    let table = table.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&table);
    let mut before: Option<([u8; 32], u32)> = None;
    let mut seen = BTreeSet::new();
    for row in csv::Reader::from_reader(table).deserialize::<ChainRow>() {
        let Ok(row) = row else {
            checked.faults.push(BundleFault::Changed("chain.csv".to_owned()));
            return;
        };
        let (sum, previous) = (unhex(&row.sha256), unhex(&row.previous));
        let (expected, last) = before.unwrap_or(([0; 32], 0));
        match last.checked_add(1) {
            Some(next) if row.number > next => {
                checked.faults.extend((next..row.number).take(1000).map(BundleFault::EntryMissing))
            }
            Some(next) if row.number == next && previous == Some(expected) && sum.is_some() => {}
            _ => checked.faults.push(BundleFault::NotChained(row.number)),
        }
        before = Some((sum.unwrap_or_default(), row.number));
        let name = unlisted_reporter::bundle::entry_name(row.number);
        let here = row.in_this_copy == "yes";
        seen.insert(name.clone());
        match (small(&dir.join(&name)), here) {
            (Some(raw), true) => entry(&raw, &row, sum, listed, checked),
            (None, true) => checked.faults.push(BundleFault::EntryMissing(row.number)),
            (Some(_), false) => checked.faults.push(BundleFault::Extra(name)),
            (None, false) => {}
        }
    }
    checked
        .faults
        .extend(listed.keys().filter(|p| p.starts_with("entries/") && !seen.contains(*p)).cloned().map(BundleFault::Extra));
}

fn entry(raw: &[u8], row: &ChainRow, sum: Option<[u8; 32]>, listed: &BTreeMap<String, [u8; 32]>, checked: &mut Checked) {
    let head: Option<EntryHead> = serde_json::from_slice(raw).ok();
    let is_what_it_says = Some(<[u8; 32]>::from(Sha256::digest(raw))) == sum
        && head.as_ref().is_some_and(|h| h.number == row.number && h.previous == row.previous);
    if !is_what_it_says {
        checked.faults.push(BundleFault::NotChained(row.number));
        return;
    }
    checked.entries += 1;
    for (index, file) in head.into_iter().flat_map(|h| h.files).enumerate() {
        let start = format!("files/{:04}-{}.", row.number, index + 1);
        let listed = listed.iter().find(|(path, _)| path.starts_with(&start)).map(|(_, sum)| *sum);
        if listed.is_none() || listed != unhex(&file.sha256) {
            checked.faults.push(BundleFault::OtherFile(row.number));
        }
    }
}
