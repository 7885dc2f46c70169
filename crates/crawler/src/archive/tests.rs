//! Archives as other tools write them, and as they break.

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;

use proptest::prelude::*;

use super::*;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).expect("test data");
    out.finish().expect("test data")
}

fn record(kind: &str, url: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let mut out = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-01-02T03:04:05Z\r\n\
         WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    out.extend_from_slice(block);
    out.extend_from_slice(b"\r\n\r\n");
    out
}

fn response(status: u16, headers: &str, body: &[u8]) -> Vec<u8> {
    let mut block = format!("HTTP/1.1 {status} X\r\nContent-Type: text/html\r\n{headers}\r\n").into_bytes();
    block.extend_from_slice(body);
    record("response", "https://a.example/", "application/http; msgtype=response", &block)
}

fn check(archive: Vec<u8>, stop: Stop, expected: &[&str]) {
    let mut bodies = Vec::new();
    let ended = read(Cursor::new(archive), 1_000, 50, &mut |told| match told {
        Told::Page(page) => bodies.push(String::from_utf8_lossy(&page.body).into_owned()),
        Told::Broken => bodies.push("broken".into()),
    });
    assert_eq!((ended, bodies.iter().map(String::as_str).collect::<Vec<_>>()), (stop, expected.to_vec()));
}

#[test]
fn pages_come_out_decoded() {
    let chunked = b"4\r\n<p>x\r\n4\r\n</p>\r\n0\r\n\r\n";
    let mut archive = record("warcinfo", "", "application/warc-fields", b"software: x\r\n");
    archive.extend(record("request", "https://a.example/", "application/http", b"GET / HTTP/1.1\r\n\r\n"));
    archive.extend(response(200, "Transfer-Encoding: chunked\r\n", chunked));
    archive.extend(response(200, "Content-Encoding: gzip\r\n", &gzip(b"packed")));
    archive.extend(response(404, "", b"gone"));
    archive.extend(record("resource", "https://a.example/r", "text/html", b"saved"));
    archive.extend(record("resource", "https://a.example/i", "image/png", b"picture"));
    archive.extend(record("conversion", "https://a.example/", "text/plain", b"words"));
    archive.extend(record("resource", "file:///etc/x", "text/html", b"local"));
    check(archive, Stop::End, &["<p>x</p>", "packed", "saved", "words"]);
}

#[test]
fn packed_member_by_member_or_whole() {
    let (one, two) = (response(200, "", b"one"), response(200, "", b"two"));
    let members = [gzip(&one), gzip(&two)].concat();
    check(members, Stop::End, &["one", "two"]);
    check(gzip(&[one, two].concat()), Stop::End, &["one", "two"]);
}

#[test]
fn broken_and_hostile_archives_end() {
    check(b"no archive at all".to_vec(), Stop::Broken, &[]);
    check(Vec::new(), Stop::Broken, &[]);
    let many: Vec<u8> = (0..60).flat_map(|_| record("metadata", "https://a.example/", "text/plain", b"x")).collect();
    check(many, Stop::TooMany, &[]);
    // A long body is cut, the next record is read.
    let long = [response(200, "", &[b'a'; 5_000]), response(200, "", b"next")].concat();
    let cut = "a".repeat(1_000);
    check(long, Stop::End, &[&cut, "next"]);
    // What breaks off is used up to there, and says so.
    let whole = record("resource", "https://a.example/", "text/html", b"broken off");
    let mut cuts = Vec::new();
    let part = whole.get(..whole.len() - 8).expect("test data").to_vec();
    read(Cursor::new(part), 1_000, 50, &mut |told| {
        if let Told::Page(page) = told {
            cuts.push((String::from_utf8_lossy(&page.body).into_owned(), page.cut));
        }
    });
    assert_eq!(cuts, [("broken".to_owned(), true)]);
    // 130 MB of nothing in a few kilobytes.
    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        (130 << 20) + 19
    );
    bomb.write_all(head.as_bytes()).expect("test data");
    for _ in 0..130 {
        bomb.write_all(&vec![0; 1 << 20]).expect("test data");
    }
    let bomb = bomb.finish().expect("test data");
    let mut pages = 0;
    let stop = read(Cursor::new(bomb), 1_000, 50, &mut |_| pages += 1);
    assert!(stop != Stop::End && pages <= 101, "{stop:?} after {pages}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_damage_makes_it_panic_or_run_on(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        end in any::<prop::sample::Index>(),
        packed in any::<bool>(),
    ) {
        let mut archive = [
            response(200, "Transfer-Encoding: chunked\r\n", b"4\r\n<p>x\r\n0\r\n\r\n"),
            response(200, "Content-Encoding: gzip\r\n", &gzip(b"packed")),
            record("conversion", "https://a.example/", "text/plain", b"words"),
        ]
        .concat();
        if packed {
            archive = gzip(&archive);
        }
        for (at, byte) in changes {
            let at = at.index(archive.len());
            if let Some(place) = archive.get_mut(at) {
                *place = byte;
            }
        }
        archive.truncate(end.index(archive.len() + 1));
        let mut told = 0;
        read(Cursor::new(archive), 1_000, 50, &mut |_| told += 1);
        prop_assert!(told <= 150);
    }
}
