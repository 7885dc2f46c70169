//! Streams unpacked under a cap, and whether they are whole: text that breaks off must not pass for all there is.

use std::io::Read;

use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, Object, Stream};
use hayro_syntax::page::Page;

/// Bytes of one stream after unpacking.
const LONGEST: u64 = 96 << 20;

/// The content of a page, and whether all of it could be unpacked.
pub(super) fn contents(page: &Page<'_>) -> (Vec<u8>, bool) {
    let raw = page.raw();
    let Some(content) = raw.get::<Object<'_>>("Contents") else {
        // A page may be empty, but not point at something that is not there.
        return (Vec::new(), !raw.contains_key("Contents"));
    };
    let streams: Vec<Option<Stream<'_>>> = match content {
        Object::Stream(stream) => vec![Some(stream)],
        Object::Array(list) => list.iter::<Object<'_>>().take(10_000).map(Object::into_stream).collect(),
        _ => vec![None],
    };
    let (mut out, mut is_whole) = (Vec::new(), true);
    for stream in streams {
        let (mut bytes, whole) = stream.map_or((Vec::new(), false), |s| unpacked(&s));
        is_whole &= whole;
        out.append(&mut bytes);
        // Streams are parted as if by white space.
        out.push(b'\n');
        if out.len() as u64 > LONGEST {
            return (out, false);
        }
    }
    (out, is_whole)
}

/// A stream unpacked, and whether it is whole.
pub(super) fn unpacked(stream: &Stream<'_>) -> (Vec<u8>, bool) {
    let filters = stream.filters();
    let mut bytes = stream.raw_data().into_owned();
    let mut is_whole = true;
    for filter in &filters {
        let (out, whole) = match filter {
            Filter::Ascii85Decode => ascii85(&bytes),
            Filter::FlateDecode if !is_predicted(stream) => flate(&bytes),
            // Rare ones are the library's.
            _ => match stream.decoded_data() {
                Ok(data) => return (data.into_owned(), is_whole),
                Err(_) => return (Vec::new(), false),
            },
        };
        is_whole &= whole;
        bytes = out;
    }
    (bytes, is_whole)
}

/// Whether rows of the data are written as differences, as tables of numbers are.
fn is_predicted(stream: &Stream<'_>) -> bool {
    let predicts = |d: &Dict<'_>| d.get::<i32>("Predictor").is_some_and(|p| p > 1);
    match stream.dict().get::<Object<'_>>("DecodeParms").or_else(|| stream.dict().get("DP")) {
        Some(Object::Dict(one)) => predicts(&one),
        Some(Object::Array(list)) => any_predicts(&list, predicts),
        _ => false,
    }
}

fn any_predicts(list: &Array<'_>, predicts: impl Fn(&Dict<'_>) -> bool) -> bool {
    list.iter::<Object<'_>>().take(16).filter_map(Object::into_dict).any(|d| predicts(&d))
}

fn flate(packed: &[u8]) -> (Vec<u8>, bool) {
    let mut out = Vec::new();
    let zlib = flate2::read::ZlibDecoder::new(packed).take(LONGEST).read_to_end(&mut out);
    if out.is_empty() && zlib.is_err() {
        // Some writers leave the head out.
        let bare = flate2::read::DeflateDecoder::new(packed).take(LONGEST).read_to_end(&mut out);
        return (out, bare.is_ok());
    }
    let is_whole = zlib.is_ok() && (out.len() as u64) < LONGEST;
    (out, is_whole)
}

/// Five letters of 85 stand for four bytes.
fn ascii85(text: &[u8]) -> (Vec<u8>, bool) {
    let mut out = Vec::with_capacity(text.len() / 5 * 4);
    let mut group: Vec<u32> = Vec::with_capacity(5);
    let mut is_sound = true;
    let mut letters = text.iter().copied();
    let mut is_ended = false;
    for letter in letters.by_ref() {
        match letter {
            b'~' => {
                is_ended = true;
                break;
            }
            b'z' if group.is_empty() => out.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => {
                group.push(u32::from(letter - b'!'));
                if group.len() == 5 {
                    is_sound &= put(&group, 4, &mut out);
                    group.clear();
                }
            }
            l if l.is_ascii_whitespace() || l == 0 => {}
            _ => is_sound = false,
        }
    }
    if group.len() > 1 {
        let kept = group.len() - 1;
        group.resize(5, 84);
        is_sound &= put(&group, kept, &mut out);
    }
    (out, is_sound && is_ended)
}

/// Appends the first bytes of a group; whether it is one.
fn put(group: &[u32], kept: usize, out: &mut Vec<u8>) -> bool {
    let value = group.iter().try_fold(0_u32, |n, g| n.checked_mul(85)?.checked_add(*g));
    out.extend(value.unwrap_or_default().to_be_bytes().into_iter().take(kept));
    value.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_letters_are_four_bytes() {
        assert_eq!(ascii85(b"87cURD]i,\"Ebo80~>"), (b"Hello World!".to_vec(), true));
        assert_eq!(ascii85(b"z 87 cUR~>").0, b"\0\0\0\0Hell");
        assert!(!ascii85(b"87cUR").1, "it breaks off");
        assert!(!ascii85(b"uuuuu~>").1 && !ascii85(b"87c\xFFUR~>").1);
    }

    #[test]
    fn what_breaks_off_is_told() {
        let mut packer =
            flate2::read::ZlibEncoder::new(&b"some words that are long enough to be packed"[..], flate2::Compression::best());
        let mut packed = Vec::new();
        packer.read_to_end(&mut packed).expect("packed");
        assert!(flate(&packed).1);
        let (_, is_whole) = flate(packed.get(..packed.len() - 8).expect("longer"));
        assert!(!is_whole);
    }
}
