//! Making a copy of the record for somebody: a folder that anybody can check without this program.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use unlisted_model::incident::{Account, Entry, EntryKind, NewEntry};
use unlisted_model::{Reveal, Secret, SubjectId};
use unlisted_reporter::Words;
use unlisted_reporter::bundle::{self, Audience, Bundle};
use unlisted_store::{StoreError, Vault};

use super::folder::Draft;
use super::leftovers::BeingWritten;
use super::{clock, local};

/// Name of the sealed note that holds the number of the last copy.
const LAST_NUMBER: &str = "incident/last-copy";
/// The most folders of one name that are passed over.
const MOST_TRIES: u32 = 10_000;

/// What is to be copied.
#[derive(Clone, Copy, Debug)]
pub struct CopyRequest<'a> {
    /// Whose record.
    pub subject: &'a SubjectId,
    /// For whom.
    pub audience: Audience,
    /// Numbers of incidents; empty: all.
    pub only: &'a [u32],
    /// The folder in which the copy's own folder is made.
    pub out: &'a Path,
    /// Version of the program.
    pub version: &'a str,
    /// The person's name, when it is known.
    pub by: Option<&'a str>,
    /// The catalogue.
    pub words: &'a Words,
}

/// A copy that was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Copied {
    /// Its folder.
    pub folder: PathBuf,
    /// How many incidents are in it.
    pub incidents: usize,
    /// How many entries.
    pub entries: usize,
    /// How many files that were given as proof.
    pub files: usize,
    /// How many kept files could not be copied because they are damaged.
    pub lost: usize,
    /// How many faults the record has.
    pub faults: usize,
    /// SHA-256 of its list of sums, as noted in the record.
    pub sums: [u8; 32],
}

/// Why no copy was made. Nothing of it is left.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CopyProblem {
    /// There is nothing to copy.
    Nothing,
    /// There is no incident with this number.
    NoSuchIncident(u32),
    /// The folder cannot be written; the word says why, as in the store's faults.
    NotWritten(io::ErrorKind),
    /// The store.
    Store(StoreError),
}

impl From<StoreError> for CopyProblem {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<io::Error> for CopyProblem {
    fn from(error: io::Error) -> Self {
        Self::NotWritten(error.kind())
    }
}

/// Makes a copy, and notes in the record that it was made.
///
/// # Errors
/// [`CopyProblem`]; then nothing is left of the copy. The record is as it was, but for a note of the copy if only its name could not be given.
pub fn copy(vault: &Vault, request: &CopyRequest<'_>) -> Result<Copied, CopyProblem> {
    let chain = vault.entries(request.subject, true)?;
    if let Some(number) = request.only.iter().find(|n| !chain.entries.iter().any(|e| e.incident == **n && **n > 0)) {
        return Err(CopyProblem::NoSuchIncident(*number));
    }
    let entries: Vec<&Entry> = chain.entries.iter().filter(|e| request.audience.gets_entry(e, request.only)).collect();
    if !entries.iter().any(|e| e.incident > 0) {
        return Err(CopyProblem::Nothing);
    }
    let faults: Vec<String> = chain
        .faults
        .iter()
        .map(|f| {
            let gaps = f.gaps();
            request.words.fill(f.key(), &gaps.iter().map(|(k, v)| (*k, v.as_str())).collect::<Vec<_>>())
        })
        .collect();
    let made = clock(None);
    let (name, number) = free_name(vault, request, local(&made).date())?;
    // Declared before the draft, so that it goes after it.
    let being_written = BeingWritten::at(&Draft::path(request.out, &name), vault, request.subject)?;
    let draft = Draft::new(request.out, &name)?;
    let mut written = Written { draft: &draft, sums: vec![] };
    let lost = written.evidence(vault, request, &entries)?;
    let bundle = Bundle {
        name: &name,
        made,
        version: request.version,
        audience: request.audience,
        by: request.by,
        entries: &entries,
        chain: &chain.entries,
        faults: &faults,
        lost: &lost,
        words: request.words,
    };
    written.text("record.html", &bundle::page(&bundle))?;
    written.text("record.csv", &bundle::table(&bundle))?;
    written.text("method.txt", &bundle::method(&bundle))?;
    if request.audience.gets_all() {
        for entry in &entries {
            written.bytes(&bundle::entry_name(entry.number), &entry.raw)?;
        }
        written.text("chain.csv", &bundle::chain_table(&bundle))?;
    }
    let mut sums = std::mem::take(&mut written.sums);
    sums.sort();
    let text = bundle::sums(&sums);
    written.text("SHA256SUMS", &text)?;
    let sums_sum: [u8; 32] = Sha256::digest(text.as_bytes()).into();
    let folder = request.out.join(&name);
    // First the note: a copy that the record does not know would not be one, and a note of a copy that then does not appear does no harm.
    note(vault, request, sums_sum)?;
    draft.finish(&folder)?;
    drop(being_written);
    // The number only makes names of folders; without it the next copy takes the next name that is free.
    vault.keep(request.subject, LAST_NUMBER, &Secret::new(number.to_string())).unwrap_or_default();
    let mut incidents: Vec<u32> = entries.iter().map(|e| e.incident).filter(|n| *n > 0).collect();
    incidents.dedup();
    incidents.sort_unstable();
    incidents.dedup();
    Ok(Copied {
        folder,
        incidents: incidents.len(),
        entries: entries.len(),
        files: sums.iter().filter(|(path, _)| path.starts_with("files/")).count(),
        lost: lost.len(),
        faults: faults.len(),
        sums: sums_sum,
    })
}

/// Notes in the record that a copy was made.
fn note(vault: &Vault, request: &CopyRequest<'_>, sums: [u8; 32]) -> Result<(), StoreError> {
    let kind = EntryKind::Export { audience: request.audience.as_str().to_owned(), sums };
    vault.add_entry(request.subject, &NewEntry { kind, clock: clock(None), account: Account::default(), files: vec![] })?;
    Ok(())
}

/// The next number whose folder is not there yet.
fn free_name(vault: &Vault, request: &CopyRequest<'_>, day: jiff::civil::Date) -> Result<(String, u32), CopyProblem> {
    // A damaged note of the number keeps nobody from a copy.
    let last = vault.kept(request.subject, LAST_NUMBER).unwrap_or_default();
    let last: u32 = last.and_then(|n| n.reveal(Reveal::AtRest).parse().ok()).unwrap_or_default();
    let free = (1..=MOST_TRIES).filter_map(|n| last.checked_add(n)).map(|n| (bundle::folder_name(day, n), n));
    let mut free = free.filter(|(name, _)| std::fs::symlink_metadata(request.out.join(name)).is_err());
    free.next().ok_or(CopyProblem::NotWritten(io::ErrorKind::AlreadyExists))
}

/// Files as they are written, with their sums.
struct Written<'a> {
    draft: &'a Draft,
    sums: Vec<(String, [u8; 32])>,
}

impl Written<'_> {
    fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.bytes(name, text.as_bytes())
    }

    fn bytes(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut file = self.draft.file(name)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        self.sums.push((name.to_owned(), Sha256::digest(bytes).into()));
        Ok(())
    }

    /// Writes the files that were given as proof. Returns those that are damaged.
    fn evidence(
        &mut self,
        vault: &Vault,
        request: &CopyRequest<'_>,
        entries: &[&Entry],
    ) -> Result<Vec<(u32, usize)>, CopyProblem> {
        let mut lost = vec![];
        for entry in entries {
            for (index, file) in entry.files.iter().enumerate().filter(|(_, f)| request.audience.gets(f.kind)) {
                let name = bundle::file_name(entry.number, index, file);
                let mut sink = io::BufWriter::new(self.draft.file(&name)?);
                match vault.evidence(request.subject, entry.number, index, &mut sink) {
                    Ok(()) => {
                        let file_there = sink.into_inner().map_err(io::IntoInnerError::into_error)?;
                        file_there.sync_all()?;
                        self.sums.push((name, file.sha256));
                    }
                    Err(StoreError::EvidenceDamaged) => {
                        drop(sink);
                        self.draft.remove(&name)?;
                        lost.push((entry.number, index));
                    }
                    Err(error) => return Err(error.into()),
                }
            }
        }
        Ok(lost)
    }
}
