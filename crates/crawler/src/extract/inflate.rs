//! Unpacks deflated bytes under a cap, and tells how that ended: what breaks off must not pass for all there is.

use flate2::{Decompress, FlushDecompress, Status};

/// How unpacking ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(super) enum Ended {
    /// At the end of the stream.
    #[default]
    Whole,
    /// Before it: the bytes break off or are broken.
    Broken,
    /// At the cap.
    Heavy,
}

/// Bytes unpacked at a time.
const STEP: usize = 64 << 10;

/// Unpacks `packed`, with the head and check of zlib or bare, up to `most` bytes.
pub(super) fn inflate(packed: &[u8], has_head: bool, most: usize) -> (Vec<u8>, Ended) {
    let mut machine = Decompress::new(has_head);
    let mut out: Vec<u8> = Vec::new();
    loop {
        let taken = usize::try_from(machine.total_in()).unwrap_or(usize::MAX);
        let rest = packed.get(taken..).unwrap_or_default();
        out.reserve(STEP);
        let before = out.len();
        match machine.decompress_vec(rest, &mut out, FlushDecompress::None) {
            Ok(_) if out.len() > most => {
                out.truncate(most);
                return (out, Ended::Heavy);
            }
            Ok(Status::StreamEnd) => return (out, Ended::Whole),
            Ok(_) if out.len() > before || machine.total_in() > taken as u64 => {}
            Ok(_) | Err(_) => return (out, Ended::Broken),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn how_it_ended_is_told() {
        let words = b"some words that are long enough to be packed, and packed again: some words that are long";
        let mut packed = Vec::new();
        flate2::read::ZlibEncoder::new(&words[..], flate2::Compression::best()).read_to_end(&mut packed).expect("packed");
        assert_eq!(inflate(&packed, true, 1 << 20), (words.to_vec(), Ended::Whole));
        let bare = packed.get(2..packed.len() - 4).expect("a head and a check");
        assert_eq!(inflate(bare, false, 1 << 20).1, Ended::Whole);
        assert_eq!(inflate(&packed, true, 10), (words[..10].to_vec(), Ended::Heavy));
        for length in 0..packed.len() {
            assert_eq!(inflate(packed.get(..length).expect("shorter"), true, 1 << 20).1, Ended::Broken, "{length}");
        }
    }
}
