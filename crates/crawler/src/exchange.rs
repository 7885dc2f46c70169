//! One request and its answer as they were on the wire.

use std::net::SocketAddr;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use crate::extract::Extracted;

/// Why a body is not whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cut {
    /// More bytes on the wire than the cap.
    WireCap,
    /// More bytes after decoding than the cap.
    DecodedCap,
    /// Decoding grew it beyond the allowed ratio.
    Ratio,
    /// It took longer than the time for a whole answer.
    Time,
    /// The connection broke off.
    BrokeOff,
    /// It could not be decompressed to its end.
    Corrupt,
}

/// What went out and what came back, the body exactly as received (still compressed).
#[derive(Clone)]
pub struct Exchange {
    /// The address asked.
    pub url: Url,
    /// `GET`.
    pub method: String,
    /// Request header lines, as sent.
    pub request_headers: Vec<(String, String)>,
    /// Status code.
    pub status: u16,
    /// Response header lines, in order; names lower case. Bytes that are not UTF-8 are replaced.
    pub headers: Vec<(String, String)>,
    /// The body as received.
    pub wire_body: Vec<u8>,
    /// Whether the body is not whole, seen by the transport.
    pub cut: Option<Cut>,
    /// Who answered.
    pub peer: Option<SocketAddr>,
    /// `HTTP/1.1`, `h2`.
    pub protocol: String,
    /// When it was sent.
    pub started: Timestamp,
    /// Until the head of the answer.
    pub latency: Duration,
    /// Until its end.
    pub took: Duration,
}

impl Exchange {
    /// The first header of this name (lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// A decoded answer, as sources read it.
#[derive(Clone)]
pub struct Response {
    /// The address that answered, after redirects.
    pub url: Url,
    /// The address as first asked, before redirects.
    pub asked: Url,
    /// Status code.
    pub status: u16,
    /// Headers, names lower case.
    pub headers: Vec<(String, String)>,
    /// The body, content encodings undone under caps.
    pub body: Vec<u8>,
    /// Whether the body is not whole.
    pub cut: Option<Cut>,
    /// When it was read.
    pub seen: Timestamp,
    /// What was read of the body, if it is a document: a process of its own has done that before any source sees it.
    pub document: Option<Box<Extracted>>,
}

impl Response {
    /// The first header of this name (lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The `Content-Type` without parameters, lower case.
    pub fn content_type(&self) -> String {
        self.header("content-type").and_then(|v| v.split(';').next()).unwrap_or_default().trim().to_lowercase()
    }
}

/// Address, headers and body may hold what nobody should read in a log: only host, status and size are shown.
impl std::fmt::Debug for Exchange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        shown(f, "Exchange", &self.url, self.status, self.wire_body.len(), self.cut)
    }
}

/// As for [`Exchange`].
impl std::fmt::Debug for Response {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        shown(f, "Response", &self.url, self.status, self.body.len(), self.cut)
    }
}

fn shown(
    f: &mut std::fmt::Formatter<'_>,
    name: &str,
    url: &Url,
    status: u16,
    bytes: usize,
    cut: Option<Cut>,
) -> std::fmt::Result {
    f.debug_struct(name)
        .field("host", &url.host_str())
        .field("status", &status)
        .field("bytes", &bytes)
        .field("cut", &cut)
        .finish_non_exhaustive()
}
