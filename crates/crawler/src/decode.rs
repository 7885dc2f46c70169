//! Undoes content encodings, capped in bytes, ratio and layers. Whatever was decoded before a cap or a fault is kept.

use std::io::Read;

use flate2::bufread::GzDecoder;
use flate2::read::{DeflateDecoder, ZlibDecoder};
use url::Url;

use crate::exchange::{Cut, Exchange, Response};

/// How far a body may grow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DecodeCaps {
    /// Bytes after decoding.
    pub bytes: usize,
    /// Decoded to received, once more than a megabyte is decoded.
    pub ratio: usize,
    /// Encodings laid over one another.
    pub layers: usize,
}

/// Below this size the ratio does not matter: honest pages of blanks compress well.
const RATIO_FROM: usize = 1024 * 1024;
/// Pages are one gzip member; a body of very many empty ones would only cost time.
const MEMBERS: usize = 1_000;

/// The answer as sources read it. `asked` is the address before redirects.
pub fn decode(exchange: &Exchange, asked: &Url, caps: &DecodeCaps) -> Response {
    let (body, cut) = body(exchange, caps);
    Response {
        url: exchange.url.clone(),
        asked: asked.clone(),
        status: exchange.status,
        headers: exchange.headers.clone(),
        body,
        // What broke on the wire explains what cannot be decoded. A part of a page that nobody asked to have in parts is a part.
        cut: exchange.cut.or(cut).or((exchange.status == 206).then_some(Cut::BrokeOff)),
        seen: exchange.started,
        document: None,
    }
}

fn body(exchange: &Exchange, caps: &DecodeCaps) -> (Vec<u8>, Option<Cut>) {
    let mut encodings: Vec<Encoding> = exchange
        .headers
        .iter()
        .filter(|(name, _)| name == "content-encoding")
        .flat_map(|(_, value)| value.split(','))
        .filter_map(Encoding::read)
        .collect();
    if encodings.is_empty() {
        return capped(exchange.wire_body.clone(), caps);
    }
    if encodings.len() > caps.layers || encodings.contains(&Encoding::Unasked) {
        return (Vec::new(), Some(Cut::Corrupt));
    }
    let mut body = exchange.wire_body.clone();
    let mut cut = None;
    while let Some(encoding) = encodings.pop() {
        let (decoded, why) = undo(encoding, &body, exchange.wire_body.len(), caps);
        body = decoded;
        cut = cut.or(why);
    }
    (body, cut)
}

fn capped(mut body: Vec<u8>, caps: &DecodeCaps) -> (Vec<u8>, Option<Cut>) {
    let cut = (body.len() > caps.bytes).then_some(Cut::DecodedCap);
    body.truncate(caps.bytes);
    (body, cut)
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Encoding {
    Gzip,
    Deflate,
    /// One that we never ask for and cannot undo.
    Unasked,
}

impl Encoding {
    /// None: nothing to undo. Servers write `none`, `utf-8` and the like, and then the bytes are plain.
    fn read(word: &str) -> Option<Self> {
        match word.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => Some(Self::Gzip),
            "deflate" => Some(Self::Deflate),
            "br" | "zstd" | "compress" | "x-compress" | "dcb" | "dcz" => Some(Self::Unasked),
            _ => None,
        }
    }
}

fn undo(encoding: Encoding, bytes: &[u8], wire: usize, caps: &DecodeCaps) -> (Vec<u8>, Option<Cut>) {
    match (encoding, bytes) {
        (Encoding::Unasked, _) => (Vec::new(), Some(Cut::Corrupt)),
        // Said to be compressed, but is not: taken as it is.
        (Encoding::Gzip, [0x1f, 0x8b, ..]) => gunzip(bytes, wire, caps),
        (Encoding::Gzip, _) => capped(bytes.to_vec(), caps),
        // RFC 9110 means zlib; some servers send bare deflate.
        (Encoding::Deflate, [first, second, ..]) if is_zlib(*first, *second) => drained(ZlibDecoder::new(bytes), wire, caps),
        (Encoding::Deflate, []) => (Vec::new(), None),
        (Encoding::Deflate, _) => drained(DeflateDecoder::new(bytes), wire, caps),
    }
}

/// The zlib header (RFC 1950 §2.2): method 8, and both bytes together divisible by 31.
fn is_zlib(first: u8, second: u8) -> bool {
    first & 0x0f == 8 && (u16::from(first) << 8 | u16::from(second)) % 31 == 0
}

/// Members one after another (RFC 1952 §2.2). Bytes after the last one are common and harmless.
fn gunzip(mut bytes: &[u8], wire: usize, caps: &DecodeCaps) -> (Vec<u8>, Option<Cut>) {
    let mut body = Vec::new();
    for _ in 0..MEMBERS {
        if !bytes.starts_with(&[0x1f, 0x8b]) {
            return (body, None);
        }
        let mut member = GzDecoder::new(bytes);
        let cut = drain(&mut member, &mut body, wire, caps);
        if cut.is_some() {
            return (body, cut);
        }
        bytes = member.into_inner();
    }
    (body, Some(Cut::Corrupt))
}

fn drained(mut from: impl Read, wire: usize, caps: &DecodeCaps) -> (Vec<u8>, Option<Cut>) {
    let mut body = Vec::new();
    let cut = drain(&mut from, &mut body, wire, caps);
    (body, cut)
}

/// Reads to the end, looking at the caps after every piece.
fn drain(from: &mut impl Read, body: &mut Vec<u8>, wire: usize, caps: &DecodeCaps) -> Option<Cut> {
    let mut piece = [0u8; 16 * 1024];
    loop {
        match from.read(&mut piece) {
            Ok(0) => return None,
            Ok(n) => {
                let room = caps.bytes.saturating_sub(body.len());
                body.extend_from_slice(piece.get(..n.min(room)).unwrap_or_default());
                if n > room {
                    return Some(Cut::DecodedCap);
                }
                if body.len() > RATIO_FROM && body.len() > wire.saturating_mul(caps.ratio) {
                    return Some(Cut::Ratio);
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return Some(Cut::Corrupt),
        }
    }
}

#[cfg(test)]
mod tests;
