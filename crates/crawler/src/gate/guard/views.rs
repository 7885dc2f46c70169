//! The readings of an outgoing text: as it is, percent-decoded again and again, out of base64 and hexadecimal, and what
//! is nested in these, each folded to letters and digits.

use unicode_normalization::UnicodeNormalization;

/// Percent-encoding is undone so often.
const PERCENT_LAYERS: usize = 3;
/// base64 or hexadecimal is undone so often.
const NESTED: usize = 2;
/// Shorter runs hold no value of six letters or digits.
const SHORTEST_BASE64: usize = 7;
const SHORTEST_HEX: usize = 10;

/// Calls `look` with every folded reading of `text`, until it returns None.
pub(super) fn each(text: &str, look: &mut dyn FnMut(&str) -> Option<()>) {
    // The early end is the answer of `look`, which keeps what it saw.
    let _ended = walk(text.as_bytes(), NESTED, look);
}

fn walk(bytes: &[u8], nested: usize, look: &mut dyn FnMut(&str) -> Option<()>) -> Option<()> {
    let mut layer = bytes.to_vec();
    for depth in 0..=PERCENT_LAYERS {
        look(&fold_bytes(&layer))?;
        if nested > 0 {
            for run in runs(&layer, is_base64, SHORTEST_BASE64) {
                for shift in 0..4 {
                    walk(&from_base64(run.get(shift..).unwrap_or_default()), nested - 1, look)?;
                }
            }
            for run in runs(&layer, |b| b.is_ascii_hexdigit(), SHORTEST_HEX) {
                for shift in 0..2 {
                    walk(&from_hex(run.get(shift..).unwrap_or_default()), nested - 1, look)?;
                }
            }
        }
        let decoded = from_percent(&layer);
        if decoded == layer || depth == PERCENT_LAYERS {
            break;
        }
        layer = decoded;
    }
    Some(())
}

/// Letters and digits only, lower case, compatibility forms and accents taken off: `Flat 2, 14 Mill-Lane` and
/// `flat+2+14+mill+lane` are one text.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.bytes().filter(u8::is_ascii_alphanumeric).map(|b| char::from(b.to_ascii_lowercase())).collect();
    }
    text.nfkd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn fold_bytes(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => fold(text),
        // Not UTF-8: each byte as the character of its number, which is what a Latin-1 form sends.
        Err(_) => fold(&bytes.iter().map(|&b| char::from(b)).collect::<String>()),
    }
}

fn is_base64(byte: u8) -> bool {
    // Line breaks inside are passed over when it is decoded.
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_' | b'\r' | b'\n')
}

fn runs(bytes: &[u8], belongs: fn(u8) -> bool, shortest: usize) -> impl Iterator<Item = &[u8]> {
    bytes.split(move |&b| !belongs(b)).filter(move |run| run.len() >= shortest)
}

/// Both alphabets at once, without padding; what is left over at the end is dropped.
fn from_base64(run: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(run.len() * 3 / 4);
    let (mut bits, mut held) = (0u32, 0u32);
    for &byte in run {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        bits = (bits << 6 | u32::from(six)) & 0xff_ffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push(u8::try_from(bits >> held & 0xff).unwrap_or(0));
        }
    }
    out
}

fn from_hex(run: &[u8]) -> Vec<u8> {
    let value = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok()).unwrap_or(0);
    run.chunks_exact(2).map(|pair| value(pair[0]) << 4 | value(pair[1])).collect()
}

fn from_percent(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        match tail {
            [high, low, after @ ..] if byte == b'%' && high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                out.extend(from_hex(&[*high, *low]));
                rest = after;
            }
            _ => out.push(byte),
        }
    }
    out
}
