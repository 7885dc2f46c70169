//! Web archives, record by record: nothing but the record at hand is in memory.

mod stream;
#[cfg(test)]
mod tests;

use std::io::{self, Read};

use fastwarc::warc::iter::{ArchiveIterator, ArchiveIteratorOptions};
use fastwarc::warc::record::{AutoDecode, WarcRecord, WarcRecordType};
use jiff::Timestamp;

pub(crate) use self::stream::{Bounded, is_bomb};

/// A page in an archive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// Where it stood on the web.
    pub url: String,
    /// Its body, transfer and content encodings undone.
    pub body: Vec<u8>,
    /// Whether the body is longer than the cap, or breaks off.
    pub cut: bool,
    /// What it was said to be.
    pub content_type: String,
    /// When it was taken.
    pub seen: Option<Timestamp>,
}

/// What is told of an archive while it is read.
#[derive(Debug)]
pub enum Told {
    /// A page.
    Page(Record),
    /// A record that could not be read; the next ones may be.
    Broken,
}

/// Why an archive was not read to its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stop {
    /// It was.
    End,
    /// It is broken from some point on.
    Broken,
    /// It grows far beyond its size when unpacked.
    Bomb,
    /// It has more records than the cap.
    TooMany,
}

/// Broken records in a row after which the rest is not tried.
const BROKEN_IN_A_ROW: usize = 100;

/// Reads an archive, packed or plain, from its start: pages that answered (status 200 to 299), saved resources and
/// converted texts, each with at most `most_bytes` of body; at most `most_records` records in all.
pub fn read(file: impl Read + Send + 'static, most_bytes: usize, most_records: usize, each: &mut dyn FnMut(Told)) -> Stop {
    let options = ArchiveIteratorOptions { stream_detect: false, parse_http: false, quirks_mode: true, ..Default::default() };
    let reader = match stream::unpacked(file) {
        Ok(reader) => reader,
        Err(_) => return Stop::Broken,
    };
    let mut broken = 0;
    let (mut count, mut known) = (0, 0);
    for record in ArchiveIterator::with_options(reader, options) {
        count += 1;
        if count > most_records {
            return Stop::TooMany;
        }
        let told = match record {
            Ok(record) => {
                let mut record = record.borrow_mut();
                known += usize::from(!matches!(record.record_type(), WarcRecordType::NoType | WarcRecordType::Unknown));
                page(&mut record, most_bytes)
            }
            Err(e) => Err(e),
        };
        match told {
            Ok(Some(record)) => {
                broken = 0;
                each(Told::Page(record));
            }
            Ok(None) => broken = 0,
            Err(e) if is_bomb(&e) => return Stop::Bomb,
            Err(_) => {
                broken += 1;
                if broken >= BROKEN_IN_A_ROW {
                    return Stop::Broken;
                }
                each(Told::Broken);
            }
        }
    }
    if known == 0 { Stop::Broken } else { Stop::End }
}

/// The page of a record, if it holds one.
fn page(record: &mut WarcRecord, most_bytes: usize) -> io::Result<Option<Record>> {
    let header = |record: &WarcRecord, name: &str| record.headers().get(name).map(|v| v.trim().to_owned());
    let kind = record.record_type();
    let url = header(record, "WARC-Target-URI").unwrap_or_default();
    let url = url.trim_start_matches('<').trim_end_matches('>').to_owned();
    let is_web = url.starts_with("http://") || url.starts_with("https://");
    if !is_web || !matches!(kind, WarcRecordType::Response | WarcRecordType::Resource | WarcRecordType::Conversion) {
        return Ok(None);
    }
    let seen = header(record, "WARC-Date").and_then(|d| d.parse().ok());
    let mut content_type = header(record, "Content-Type").unwrap_or_default();
    let mut length = usize::try_from(record.content_length()).ok();
    if kind == WarcRecordType::Response {
        record.parse_http_with_decode(AutoDecode::All)?;
        let Some(http) = record.http_headers() else { return Ok(None) };
        if !http.status_code().is_some_and(|s| (200..300).contains(&s)) {
            return Ok(None);
        }
        content_type = http.get("Content-Type").map(|v| v.trim().to_owned()).unwrap_or_default();
        let is_coded = http.contains_key("Transfer-Encoding") || http.contains_key("Content-Encoding");
        length = http.get("Content-Length").filter(|_| !is_coded).and_then(|v| v.trim().parse().ok());
    }
    if is_never_text(&content_type) {
        return Ok(None);
    }
    let Some(reader) = record.reader_mut() else { return Ok(None) };
    let mut body = Vec::new();
    let most = u64::try_from(most_bytes).unwrap_or(u64::MAX);
    // What was decoded before a fault is kept.
    let fault = reader.take(most.saturating_add(1)).read_to_end(&mut body).err();
    let broke_off = fault.is_some();
    if let Some(fault) = fault
        && (body.is_empty() || is_bomb(&fault))
    {
        return Err(fault);
    }
    let is_short = length.is_some_and(|length| body.len() < length) || header(record, "WARC-Truncated").is_some();
    let cut = broke_off || is_short || body.len() > most_bytes;
    body.truncate(most_bytes);
    Ok(Some(Record { url, body, cut, content_type, seen }))
}

/// Sorts of content in which there is never text for a reader.
fn is_never_text(content_type: &str) -> bool {
    let lower = content_type.to_ascii_lowercase();
    ["image/", "video/", "audio/", "font/", "text/css", "text/javascript", "application/javascript", "application/x-javascript"]
        .iter()
        .any(|start| lower.starts_with(start))
}
