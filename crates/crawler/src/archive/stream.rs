//! A stream that is unpacked under a bound: a small file that grows without end is stopped.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use flate2::bufread::MultiGzDecoder;

/// How much may come out before its ratio to what went in counts.
const RATIO_FROM: u64 = 64 << 20;
/// The most bytes out for each byte in: honest archives of text stay under 20.
const RATIO: u64 = 200;
/// Bytes read ahead.
const BUFFER: usize = 64 << 10;

/// What a stream that grows without bound ends with.
#[derive(Debug, thiserror::Error)]
#[error("it grows far beyond its size when unpacked")]
struct Bomb;

/// Whether an error says that a stream grows without bound.
pub(crate) fn is_bomb(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Bomb>())
}

/// Counts what is read through it.
struct Counted<R> {
    inner: R,
    count: std::sync::Arc<std::sync::atomic::AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.count.fetch_add(n as u64, std::sync::atomic::Ordering::Relaxed);
        Ok(n)
    }
}

/// An unpacked stream, with what came out compared to what went in.
pub(crate) struct Bounded {
    inner: Box<dyn Read + Send>,
    read: std::sync::Arc<std::sync::atomic::AtomicU64>,
    out: u64,
}

impl Bounded {
    /// Unpacks `file` if it starts like gzip; members follow one another as in one file.
    pub(crate) fn new(file: impl Read + Send + 'static) -> io::Result<Self> {
        let read = std::sync::Arc::<std::sync::atomic::AtomicU64>::default();
        let mut file = BufReader::with_capacity(BUFFER, Counted { inner: file, count: read.clone() });
        let packed = file.fill_buf()?.starts_with(b"\x1F\x8B");
        let inner: Box<dyn Read + Send> = if packed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
        Ok(Self { inner, read, out: 0 })
    }
}

impl Read for Bounded {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.out += n as u64;
        let read = self.read.load(std::sync::atomic::Ordering::Relaxed);
        if self.out > RATIO_FROM && self.out / RATIO > read {
            return Err(io::Error::other(Bomb));
        }
        Ok(n)
    }
}

/// Nothing but the position can be asked: an unpacked stream only goes forward.
impl Seek for Bounded {
    fn seek(&mut self, pos: SeekFrom) -> io::Result<u64> {
        match pos {
            SeekFrom::Current(0) => Ok(self.out),
            _ => Err(io::Error::from(io::ErrorKind::Unsupported)),
        }
    }
}

/// A stream that the archive reader takes.
pub(super) fn unpacked(file: impl Read + Send + 'static) -> io::Result<BufReader<Bounded>> {
    Ok(BufReader::with_capacity(BUFFER, Bounded::new(file)?))
}
