//! A plain HTTP client on a TCP socket, for tests: it sees what is really sent.
#![expect(clippy::disallowed_methods, reason = "a plain client, to see what the server really sends")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// An answer as it came over the wire.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    /// The body as sent, chunks joined, not decompressed.
    pub(crate) body: Vec<u8>,
    /// Whether all of the announced body came.
    pub(crate) whole: bool,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().filter_map(|l| l.split_once(':')).find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.trim())
    }

    /// The body, decompressed up to a megabyte.
    pub(crate) fn decoded(&self) -> Vec<u8> {
        let mut out = vec![];
        if self.header("content-encoding") == Some("gzip") {
            let reader = flate2::read::GzDecoder::new(self.body.as_slice());
            let _read = reader.take(1 << 20).read_to_end(&mut out).expect("test data");
        } else {
            self.body.clone_into(&mut out);
        }
        out
    }
}

/// Asks for an https address of the made-up web on a connection of its own. None: no answer at all.
pub(crate) fn get(web: SocketAddr, url: &str) -> Option<Answer> {
    let (scheme, rest) = url.split_once("://").expect("test data");
    let (host, target) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let target = if target.is_empty() { "/" } else { target };
    let head = format!(
        "GET {target} HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-Proto: {scheme}\r\nUser-Agent: test\r\nConnection: close\r\n\r\n"
    );
    send(web, &head, Duration::from_millis(700))
}

/// Sends bytes, reads until the other side closes or is silent for so long.
pub(crate) fn send(web: SocketAddr, bytes: &str, patience: Duration) -> Option<Answer> {
    let mut stream = TcpStream::connect(web).expect("the server listens");
    stream.set_read_timeout(Some(patience)).expect("test data");
    stream.write_all(bytes.as_bytes()).expect("the server reads");
    let mut all = vec![];
    let mut piece = [0; 65_536];
    // A time-out ends the reading, as a closed connection does.
    while let Ok(read @ 1..) = stream.read(&mut piece) {
        all.extend_from_slice(piece.get(..read).expect("test data"));
    }
    let end = all.windows(4).position(|w| w == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(all.get(..end).expect("test data")).into_owned();
    let body = all.get(end + 4..).expect("test data").to_vec();
    let status = head.split_whitespace().nth(1)?.parse().ok()?;
    let mut answer = Answer { status, head, body, whole: false };
    if answer.header("transfer-encoding") == Some("chunked") {
        (answer.body, answer.whole) = unchunk(&answer.body);
    } else {
        answer.whole = answer.header("content-length").and_then(|l| l.parse().ok()) == Some(answer.body.len());
    }
    Some(answer)
}

fn unchunk(mut wire: &[u8]) -> (Vec<u8>, bool) {
    let mut out = vec![];
    loop {
        let Some(end) = wire.windows(2).position(|w| w == b"\r\n") else { return (out, false) };
        let (size, rest) = wire.split_at(end);
        let Ok(size) = usize::from_str_radix(&String::from_utf8_lossy(size), 16) else { return (out, false) };
        let Some(chunk) = rest.get(2..2 + size) else { return (out, false) };
        if size == 0 {
            return (out, true);
        }
        out.extend_from_slice(chunk);
        wire = rest.get(2 + size + 2..).unwrap_or(&[]);
    }
}
