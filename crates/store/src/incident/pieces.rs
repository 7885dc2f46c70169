//! Files in sealed pieces of up to 1 MiB, so that a file need not be opened whole.
//!
//! A piece is sealed with whose it is, its entry, its file, its number and how many there are, so that none can be moved, left out or
//! taken from another file. The last piece is padded to 64, 128, 256, 512 or 1024 KiB, so that sizes in the database tell little; an
//! empty file has one piece.

use rusqlite::{Connection, OptionalExtension as _, params};
use zeroize::Zeroizing;

use crate::error::{Result, StoreError};
use crate::keys::Key;
use crate::seal::{self, Place};

const PIECE: usize = 1 << 20;
const SMALLEST: usize = 1 << 16;

/// Which file of which entry of whom.
#[derive(Clone, Copy)]
pub(super) struct FileAt {
    person: i64,
    entry: i64,
    file: i64,
}

impl FileAt {
    pub(super) fn new(person: i64, entry: u32, index: usize) -> Self {
        Self { person, entry: i64::from(entry), file: i64::try_from(index).unwrap_or(i64::MAX) }
    }

    fn with_place<T>(self, number: i64, count: i64, f: impl FnOnce(Place<'_>) -> T) -> T {
        f(Place { kind: "evidence", id: self.person, beside: &[self.entry, self.file, number, count] })
    }
}

/// Writes a file.
pub(super) fn write(tx: &Connection, key: &Key, at: FileAt, bytes: &[u8]) -> Result<()> {
    let mut insert = tx.prepare_cached("INSERT INTO piece(person, entry, file, number, body) VALUES(?1, ?2, ?3, ?4, ?5)")?;
    let count = count_of(bytes.len() as u64);
    for number in 0..count {
        let start = usize::try_from(number).map_err(|_| StoreError::Unwritable)? * PIECE;
        let piece = bytes.get(start..bytes.len().min(start + PIECE)).ok_or(StoreError::Unwritable)?;
        let padded = padded(piece, piece.len().next_power_of_two().clamp(SMALLEST, PIECE))?;
        let body = at.with_place(number, count, |place| seal::seal(key, place, 1, &padded))?;
        insert.execute(params![at.person, at.entry, at.file, number, body])?;
    }
    Ok(())
}

/// What stopped reading.
pub(super) enum Stop {
    /// A piece is not there.
    Missing,
    /// A piece does not open.
    Damaged,
    /// Anything else.
    Fault(StoreError),
}

impl<E: Into<StoreError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Fault(error.into())
    }
}

/// Reads a file of this length, piece by piece.
pub(super) fn read(
    conn: &Connection,
    key: &Key,
    at: FileAt,
    length: u64,
    mut each: impl FnMut(&[u8]) -> Result<()>,
) -> Result<(), Stop> {
    let mut select =
        conn.prepare_cached("SELECT body FROM piece WHERE person = ?1 AND entry = ?2 AND file = ?3 AND number = ?4")?;
    let count = count_of(length);
    let mut read = 0;
    for number in 0..count {
        let body = select
            .query_row([at.person, at.entry, at.file, number], |row| Ok(row.get_ref(0)?.as_blob().ok().map(<[u8]>::to_vec)))
            .optional();
        let Some(body) = body.map_err(|error| damage_or(error.into()))? else { return Err(Stop::Missing) };
        let body = body.ok_or(Stop::Damaged)?;
        let plain = at.with_place(number, count, |place| seal::open(key, place, 1, &body)).map_err(damage_or)?;
        let piece = unpadded(&plain).ok_or(Stop::Damaged)?;
        read += piece.len() as u64;
        if read > length {
            return Err(Stop::Damaged);
        }
        each(piece)?;
    }
    if read == length { Ok(()) } else { Err(Stop::Damaged) }
}

fn damage_or(error: StoreError) -> Stop {
    // A damaged first byte looks like a newer version; newer pieces would stand in a newer file.
    if matches!(error, StoreError::Damaged(_) | StoreError::NewerRecord) { Stop::Damaged } else { Stop::Fault(error) }
}

fn count_of(length: u64) -> i64 {
    i64::try_from(length.div_ceil(PIECE as u64).max(1)).unwrap_or(i64::MAX)
}

/// Bytes with their length before them and noughts behind, up to a multiple of `step`.
pub(super) fn padded(bytes: &[u8], step: usize) -> Result<Zeroizing<Vec<u8>>> {
    let length = u32::try_from(bytes.len()).map_err(|_| StoreError::Unwritable)?;
    let whole = bytes.len().next_multiple_of(step).max(step);
    let mut padded = Zeroizing::new(Vec::with_capacity(4 + whole));
    padded.extend_from_slice(&length.to_le_bytes());
    padded.extend_from_slice(bytes);
    padded.resize(4 + whole, 0);
    Ok(padded)
}

/// The same without length and noughts.
pub(super) fn unpadded(padded: &[u8]) -> Option<&[u8]> {
    let (length, rest) = padded.split_first_chunk::<4>()?;
    rest.get(..usize::try_from(u32::from_le_bytes(*length)).ok()?)
}
