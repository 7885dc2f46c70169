//! What the server was asked: the proof of how a check behaves.

use std::io::{self, Write};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// One request as the server saw it.
#[derive(Clone)]
pub struct LogLine {
    /// When its first byte came.
    pub at: Instant,
    /// When the answer was sent, or the connection given up; none while it lasts.
    pub ended: Option<Instant>,
    /// The host that it was for, in small letters, without a port.
    pub host: String,
    /// Its method.
    pub method: String,
    /// Its path and query as sent.
    pub path_and_query: String,
    /// Its headers as sent, in order.
    pub headers: Vec<(String, String)>,
    /// Its body, up to 64 KiB.
    pub body: Vec<u8>,
    /// The status answered; 0 when it was not answered at all.
    pub status: u16,
    /// Where the connection came from: address and port, so that lines of one connection can be told.
    pub remote: std::net::SocketAddr,
}

impl LogLine {
    /// The path without the query.
    pub fn path(&self) -> &str {
        self.path_and_query.split('?').next().unwrap_or("")
    }

    /// The value of a header, if it was sent.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }
}

impl std::fmt::Debug for LogLine {
    /// Without query, headers and body, in which values may stand.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}{} {}", self.method, self.host, self.path(), self.status)
    }
}

/// All lines, and a bell for those who wait for the next one.
#[derive(Default)]
pub(super) struct Log {
    lines: Mutex<Vec<LogLine>>,
    bell: Condvar,
}

impl Log {
    /// Notes a request; gives its number, for [`Log::end`].
    pub(super) fn begin(&self, line: LogLine) -> usize {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.push(line);
        self.bell.notify_all();
        lines.len() - 1
    }

    /// Notes how a request ended.
    pub(super) fn end(&self, number: usize, status: u16) {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(line) = lines.get_mut(number) {
            line.ended = Some(Instant::now());
            line.status = status;
        }
    }

    pub(super) fn lines(&self) -> Vec<LogLine> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn count(&self) -> usize {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Writes a line for each request from number `from` on, waiting up to `patience` for one; gives the next number.
    /// A line says host and path only: no query, no header.
    pub(super) fn print(&self, from: usize, patience: Duration, out: &mut dyn Write) -> io::Result<usize> {
        let new: Vec<String> = {
            let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
            let (lines, _timed_out) =
                self.bell.wait_timeout_while(lines, patience, |l| l.len() <= from).unwrap_or_else(PoisonError::into_inner);
            lines.iter().skip(from).map(|l| format!("{} {}{}", l.method, l.host, l.path())).collect()
        };
        for line in &new {
            // What a stranger sends is printed without control characters.
            let line: String = line.chars().map(|c| if c.is_control() { '?' } else { c }).collect();
            writeln!(out, "{line}")?;
        }
        out.flush()?;
        Ok(from + new.len())
    }
}
