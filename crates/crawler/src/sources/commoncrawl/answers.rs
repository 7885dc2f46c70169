//! The list of crawls and the index of one crawl (a JSON object in each line).

use serde_json::Value;
use url::Url;

use crate::exchange::Response;
use crate::source::SourceError;
use crate::sources::wayback::cdx::Capture;

/// One record of a crawl.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) capture: Capture,
    /// Its file, and where it stands in it.
    pub(super) file: String,
    pub(super) offset: u64,
    pub(super) length: u64,
}

#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) records: Vec<Record>,
    /// Lines that were understood, kept or not.
    pub(super) rows: usize,
    /// It broke off.
    pub(super) cut: bool,
}

/// The index addresses of the last crawls, newest first, as the list has them. Only addresses on the list's own host count.
pub(super) fn crawls(response: &Response, base: &Url, most: usize) -> Result<Vec<Url>, SourceError> {
    if response.status != 200 {
        return Err(SourceError::Status(response.status));
    }
    if response.cut.is_some() {
        return Err(SourceError::Cut);
    }
    let list: Value =
        serde_json::from_slice(&response.body).map_err(|_| SourceError::LayoutChanged("the list of crawls is no JSON"))?;
    let api = |crawl: &Value| {
        let url = Url::parse(crawl.get("cdx-api")?.as_str()?).ok()?;
        let plain = url.query().is_none() && url.username().is_empty() && url.password().is_none();
        (plain && url.scheme() == base.scheme() && url.host() == base.host() && url.port() == base.port()).then_some(url)
    };
    let crawls: Vec<Url> = list.as_array().into_iter().flatten().filter_map(api).take(most).collect();
    if crawls.is_empty() { Err(SourceError::LayoutChanged("the list names no crawl")) } else { Ok(crawls) }
}

/// Reads the index of one crawl.
pub(super) fn index(response: &Response) -> Result<Index, SourceError> {
    let text = String::from_utf8_lossy(&response.body);
    let head: String = text.chars().take(500).collect();
    if response.status == 404 && head.trim_start().starts_with('{') && head.contains("No Captures found") {
        return Ok(Index::default());
    }
    if response.status != 200 {
        return Err(SourceError::Status(response.status));
    }
    let mut index = Index { cut: response.cut.is_some(), ..Index::default() };
    let mut odd = 0;
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        match serde_json::from_str::<Value>(line).ok().filter(|row| row.get("filename").is_some()) {
            Some(row) => {
                index.rows += 1;
                index.records.extend(record(&row));
            }
            None => odd += 1,
        }
    }
    if index.rows == 0 {
        return Err(match (index.cut, odd) {
            (true, _) => SourceError::Cut,
            (false, 0) => SourceError::NotAvailable("an empty answer"),
            (false, _) => SourceError::LayoutChanged("no line of the index is understood"),
        });
    }
    // A line in pieces is where an answer broke off.
    index.cut |= odd > 0;
    Ok(index)
}

/// A record that holds the text of a page.
fn record(row: &Value) -> Option<Record> {
    let text = |name: &str| match row.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let file = text("filename")?;
    let is_file = file.starts_with("crawl-data/")
        && file.ends_with(".warc.gz")
        && !file.contains("..")
        && file.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_.".contains(&b));
    let kind = text("mime-detected").or_else(|| text("mime")).unwrap_or_default();
    let has_text = kind.is_empty()
        || [
            "text/",
            "application/xhtml",
            "application/pdf",
            "application/xml",
            "application/json",
            "application/msword",
            "application/vnd",
        ]
        .iter()
        .any(|start| kind.starts_with(start));
    let answered = text("status").is_none_or(|s| s == "200");
    let mut page = Url::parse(&text("url")?).ok()?;
    page.set_fragment(None);
    let capture = Capture { taken: text("timestamp")?, page, digest: text("digest").unwrap_or_default() };
    let (offset, length) = (text("offset")?.parse().ok()?, text("length")?.parse().ok()?);
    (is_file && has_text && answered && length > 0).then_some(Record { capture, file, offset, length })
}
