//! Streams unpacked under a cap, and whether they are whole: text that breaks off must not pass for all there is.

use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, Object, Stream};
use hayro_syntax::page::Page;

use crate::extract::inflate::{Ended, inflate};

/// Bytes of one stream after unpacking.
const LONGEST: usize = 96 << 20;

/// The content of a page, and how its unpacking ended.
pub(super) fn contents(page: &Page<'_>) -> (Vec<u8>, Ended) {
    let raw = page.raw();
    let Some(content) = raw.get::<Object<'_>>("Contents") else {
        // A page may be empty, but not point at something that is not there.
        return (Vec::new(), if raw.contains_key("Contents") { Ended::Broken } else { Ended::Whole });
    };
    let streams: Vec<Option<Stream<'_>>> = match content {
        Object::Stream(stream) => vec![Some(stream)],
        Object::Array(list) => list.iter::<Object<'_>>().take(10_000).map(Object::into_stream).collect(),
        _ => vec![None],
    };
    let (mut out, mut worst) = (Vec::new(), Ended::Whole);
    for stream in streams {
        let (mut bytes, ended) = stream.map_or((Vec::new(), Ended::Broken), |s| unpacked(&s));
        worst = worst.max(ended);
        out.append(&mut bytes);
        // Streams are parted as if by white space.
        out.push(b'\n');
        if out.len() > LONGEST {
            return (out, Ended::Heavy);
        }
    }
    (out, worst)
}

/// A stream unpacked, and how that ended.
pub(super) fn unpacked(stream: &Stream<'_>) -> (Vec<u8>, Ended) {
    let filters = stream.filters();
    let mut bytes = stream.raw_data().into_owned();
    let mut worst = Ended::Whole;
    for filter in &filters {
        let (out, ended) = match filter {
            Filter::Ascii85Decode => match ascii85(&bytes) {
                (out, true) => (out, Ended::Whole),
                (out, false) => (out, Ended::Broken),
            },
            Filter::FlateDecode if !is_predicted(stream) => flate(&bytes),
            // Rare ones are the library's.
            _ => match stream.decoded_data() {
                Ok(data) => return (data.into_owned(), worst),
                Err(_) => return (Vec::new(), Ended::Broken),
            },
        };
        worst = worst.max(ended);
        bytes = out;
    }
    (bytes, worst)
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

fn flate(packed: &[u8]) -> (Vec<u8>, Ended) {
    let (out, ended) = inflate(packed, true, LONGEST);
    if out.is_empty() && ended == Ended::Broken {
        // Some writers leave the head out.
        return inflate(packed, false, LONGEST);
    }
    (out, ended)
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
}
