//! Reading one HTTP/1.1 request.

use std::io;
use std::time::Instant;

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt};

/// The most that a request's head may hold, and its body.
const LONGEST: u64 = 65_536;

/// One request.
pub(super) struct Request {
    pub(super) at: Instant,
    pub(super) method: String,
    /// Path and query as sent.
    pub(super) target: String,
    pub(super) host: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    pub(super) keep: bool,
}

impl Request {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    /// Reads the next request of a connection; none when the other side has closed it.
    ///
    /// # Errors
    /// The connection broke, or what came is not HTTP/1.
    pub(super) async fn read(stream: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<Self>> {
        if stream.fill_buf().await?.is_empty() {
            return Ok(None);
        }
        let at = Instant::now();
        let mut left = LONGEST;
        let first = line(stream, &mut left).await?;
        let mut words = first.split_whitespace();
        let (Some(method), Some(target), Some(version)) = (words.next(), words.next(), words.next()) else {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "not a request line"));
        };
        if !version.starts_with("HTTP/1.") {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "not HTTP/1"));
        }
        let mut headers = vec![];
        loop {
            let line = line(stream, &mut left).await?;
            if line.is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':') {
                headers.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        let mut request = Self {
            at,
            method: method.to_owned(),
            target: target.to_owned(),
            host: String::new(),
            headers,
            body: vec![],
            keep: version != "HTTP/1.0",
        };
        if request.header("connection").is_some_and(|v| v.eq_ignore_ascii_case("close")) {
            request.keep = false;
        }
        request.place();
        let length = request.header("content-length").and_then(|v| v.parse::<u64>().ok()).unwrap_or(0);
        if length > LONGEST {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the request's body is too long"));
        }
        let mut body = vec![];
        let _read: usize = stream.take(length).read_to_end(&mut body).await?;
        request.body = body;
        Ok(Some(request))
    }

    /// The host stands in the header, or in the target when the sender takes this server for a proxy.
    fn place(&mut self) {
        let whole = self.target.strip_prefix("http://").or_else(|| self.target.strip_prefix("https://"));
        let (host, target) = match whole {
            Some(rest) => {
                let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
                (host.to_owned(), format!("/{path}"))
            }
            None => (self.header("host").unwrap_or("").to_owned(), self.target.clone()),
        };
        self.host = host.split(':').next().unwrap_or("").trim_end_matches('.').to_ascii_lowercase();
        self.target = target;
    }
}

/// One line of the head, without its end.
async fn line(stream: &mut (impl AsyncBufRead + Unpin), left: &mut u64) -> io::Result<String> {
    let mut bytes = vec![];
    let read = stream.take(*left).read_until(b'\n', &mut bytes).await?;
    *left = left.saturating_sub(u64::try_from(read).unwrap_or(u64::MAX));
    if bytes.last() != Some(&b'\n') {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the head of the request has no end, or is too long"));
    }
    while bytes.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
        bytes.pop();
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
