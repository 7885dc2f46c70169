//! Encodings undone, bombs stopped, broken streams kept up to where they broke.

use std::io::Write;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use proptest::prelude::*;

use super::{DecodeCaps, decode};
use crate::exchange::{Cut, Exchange};
use crate::gate::testing::{now, url};

const CAPS: DecodeCaps = DecodeCaps { bytes: 8 * 1024 * 1024, ratio: 100, layers: 2 };

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut to = GzEncoder::new(Vec::new(), Compression::best());
    to.write_all(bytes).expect("test data");
    to.finish().expect("test data")
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut to = ZlibEncoder::new(Vec::new(), Compression::default());
    to.write_all(bytes).expect("test data");
    to.finish().expect("test data")
}

fn bare(bytes: &[u8]) -> Vec<u8> {
    let mut to = DeflateEncoder::new(Vec::new(), Compression::default());
    to.write_all(bytes).expect("test data");
    to.finish().expect("test data")
}

fn exchange(encoding: &[&str], body: Vec<u8>, cut: Option<Cut>) -> Exchange {
    Exchange {
        url: url("https://a.example/b"),
        method: "GET".to_owned(),
        request_headers: vec![],
        status: 200,
        headers: encoding.iter().map(|e| ("content-encoding".to_owned(), (*e).to_owned())).collect(),
        wire_body: body,
        cut,
        peer: None,
        protocol: "HTTP/1.1".to_owned(),
        started: now(),
        latency: Duration::ZERO,
        took: Duration::ZERO,
    }
}

fn check(encoding: &[&str], body: Vec<u8>, expect: &[u8], cut: Option<Cut>) {
    let response = decode(&exchange(encoding, body, None), &url("https://a.example/a"), &CAPS);
    assert_eq!((response.body.as_slice(), response.cut), (expect, cut), "{encoding:?}");
    assert_eq!((response.asked.path(), response.url.path()), ("/a", "/b"));
}

const PAGE: &[u8] = b"<p>A page about nobody, nobody, nobody, nobody.</p>";

#[test]
fn encodings_are_undone() {
    check(&[], PAGE.to_vec(), PAGE, None);
    check(&["gzip"], gzip(PAGE), PAGE, None);
    check(&["X-GZIP"], gzip(PAGE), PAGE, None);
    check(&["deflate"], zlib(PAGE), PAGE, None);
    check(&["deflate"], bare(PAGE), PAGE, None);
    check(&["gzip, deflate"], zlib(&gzip(PAGE)), PAGE, None);
    check(&["gzip", "gzip"], gzip(&gzip(PAGE)), PAGE, None);
    check(&["gzip"], [gzip(b"one "), gzip(b"two")].concat(), b"one two", None);
    check(&["gzip"], vec![], b"", None);
    check(&["deflate"], vec![], b"", None);
    for not_compressed in ["identity", "none", "utf-8", "", "binary"] {
        check(&[not_compressed], PAGE.to_vec(), PAGE, None);
    }
    // Said to be compressed, and is not.
    check(&["gzip"], PAGE.to_vec(), PAGE, None);
    // Bytes after the end of the stream.
    check(&["gzip"], [gzip(PAGE), b"\n\n".to_vec()].concat(), PAGE, None);
}

#[test]
fn what_cannot_be_undone_is_cut() {
    check(&["br"], PAGE.to_vec(), b"", Some(Cut::Corrupt));
    check(&["zstd"], PAGE.to_vec(), b"", Some(Cut::Corrupt));
    check(&["gzip, gzip, gzip"], gzip(&gzip(&gzip(PAGE))), b"", Some(Cut::Corrupt));
    let noise: Vec<u8> = (0..200_000u32).flat_map(|i| i.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    let whole = gzip(&noise);
    let half = whole[..whole.len() / 2].to_vec();
    let response = decode(&exchange(&["gzip"], half.clone(), None), &url("https://a.example/"), &CAPS);
    assert_eq!(response.cut, Some(Cut::Corrupt));
    assert!(response.body.len() > 100_000 && noise.starts_with(&response.body), "what came before the break is kept");
    // The wire knows better why.
    let response = decode(&exchange(&["gzip"], half, Some(Cut::BrokeOff)), &url("https://a.example/"), &CAPS);
    assert_eq!(response.cut, Some(Cut::BrokeOff));
}

#[test]
fn bombs_are_stopped_early() {
    let clock = Instant::now();
    let caps = |bytes, ratio| DecodeCaps { bytes, ratio, layers: 2 };
    let run = |body: &[u8], encoding: &str, caps| {
        let response = decode(&exchange(&[encoding], body.to_vec(), None), &url("https://a.example/"), &caps);
        (response.body.len(), response.cut)
    };
    let bomb = gzip(&vec![0; 16 * 1024 * 1024]);
    let (size, cut) = run(&bomb, "gzip", caps(32 * 1024 * 1024, 100));
    assert_eq!(cut, Some(Cut::Ratio));
    assert!(size <= bomb.len() * 100 + 64 * 1024, "{size}");
    assert_eq!(run(&bomb, "gzip", caps(100_000, 1_000_000)), (100_000, Some(Cut::DecodedCap)));
    let (size, cut) = run(&gzip(&bomb), "gzip, gzip", CAPS);
    assert!(cut.is_some() && size <= 2 * 1024 * 1024, "{size} {cut:?}");
    // A page of blanks under a megabyte is no bomb, however well it compresses.
    assert_eq!(run(&gzip(&vec![b' '; 1_000_000]), "gzip", CAPS), (1_000_000, None));
    assert_eq!(run(&vec![b' '; 200_000], "", caps(100_000, 100)), (100_000, Some(Cut::DecodedCap)));
    assert!(clock.elapsed() < Duration::from_secs(10));
}

proptest! {
    #[test]
    fn undone_is_as_it_was(body in proptest::collection::vec(any::<u8>(), 0..5_000), way in 0usize..4) {
        let (wire, encoding) = match way {
            0 => (gzip(&body), "gzip"),
            1 => (zlib(&body), "deflate"),
            2 => (zlib(&gzip(&body)), "gzip, deflate"),
            _ => (body.clone(), "identity"),
        };
        let response = decode(&exchange(&[encoding], wire, None), &url("https://a.example/"), &CAPS);
        prop_assert_eq!((response.body, response.cut), (body, None));
    }

    #[test]
    fn any_bytes_end(body in proptest::collection::vec(any::<u8>(), 0..2_000), encoding in "(gzip|deflate|br)(, (gzip|deflate))?") {
        let response = decode(&exchange(&[&encoding], body, None), &url("https://a.example/"), &CAPS);
        prop_assert!(response.body.len() <= CAPS.bytes);
    }
}
