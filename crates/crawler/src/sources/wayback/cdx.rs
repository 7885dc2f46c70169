//! The archive's list of copies (CDX): an array of arrays, the first of which names the columns.

use serde_json::Value;
use url::Url;

use crate::exchange::Response;
use crate::source::SourceError;

/// One copy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::sources) struct Capture {
    /// When it was taken: 14 figures.
    pub(in crate::sources) taken: String,
    /// The page.
    pub(in crate::sources) page: Url,
    /// What makes two copies the same.
    pub(in crate::sources) digest: String,
}

/// What an answer held.
#[derive(Debug)]
pub(in crate::sources) struct List {
    pub(in crate::sources) captures: Vec<Capture>,
    /// Where the next part begins.
    pub(in crate::sources) resume: Option<String>,
    /// Rows, whether their copies are of use or not: "none" is the archive's word, not ours.
    pub(in crate::sources) rows: usize,
    /// It broke off.
    pub(in crate::sources) cut: bool,
    /// There is more, of which this is the first part.
    pub(in crate::sources) truncated: bool,
}

#[derive(Debug)]
pub(in crate::sources) enum Told {
    List(List),
    /// The archive leaves this site out, because somebody asked for it.
    Excluded,
}

/// The largest answer that is taken apart.
const LARGEST: usize = 8 << 20;

/// Reads an answer.
pub(in crate::sources) fn read(response: &Response) -> Result<Told, SourceError> {
    let head = String::from_utf8_lossy(response.body.get(..2_000).unwrap_or(&response.body)).into_owned();
    let is_json = head.trim_start_matches('\u{feff}').trim_start().starts_with('[');
    if !is_json && head.contains("AdministrativeAccessControlException") {
        return Ok(Told::Excluded);
    }
    if !is_json && head.contains("RobotAccessControlException") {
        return Err(SourceError::Status(403));
    }
    if response.status != 200 {
        return Err(SourceError::Status(response.status));
    }
    if response.body.iter().all(u8::is_ascii_whitespace) {
        // "Nothing" is written as an empty array.
        return Err(SourceError::NotAvailable("an empty answer"));
    }
    if response.body.len() > LARGEST {
        return Err(SourceError::LayoutChanged("it is too large"));
    }
    let (rows, cut) = rows(response)?;
    let Some((names, rows)) = rows.split_first() else {
        return if cut {
            Err(SourceError::Cut)
        } else {
            Ok(Told::List(List { captures: vec![], resume: None, rows: 0, cut, truncated: false }))
        };
    };
    let column = |name: &str| names.iter().position(|n| n == name).ok_or(SourceError::LayoutChanged("a column is missing"));
    let (taken, page, digest) = (column("timestamp")?, column("original")?, column("digest")?);
    let (kind, status) = (column("mimetype").ok(), column("statuscode").ok());
    let mut list = List { captures: vec![], resume: None, rows: 0, cut, truncated: false };
    let mut odd = 0;
    for (at, row) in rows.iter().enumerate() {
        if row.is_empty() {
            continue;
        }
        if let ([key], true) = (row.as_slice(), at + 1 == rows.len()) {
            list.truncated = true;
            list.resume = Some(key.clone()).filter(|k| !k.is_empty() && k.len() < 2_000);
            continue;
        }
        list.rows += 1;
        let cell = |at: usize| row.get(at).map(String::as_str).unwrap_or_default();
        let of = |at: Option<usize>| at.map(cell).unwrap_or_default();
        let when = cell(taken);
        let is_when = when.len() == 14 && when.bytes().all(|b| b.is_ascii_digit());
        let (Ok(url), true, true) = (Url::parse(cell(page)), is_when, row.len() == names.len()) else {
            odd += 1;
            continue;
        };
        // Visits that saw the same again point at an earlier copy, which stands in the list too.
        let answered = matches!(of(status), "200" | "");
        if answered && is_text(of(kind)) {
            list.captures.push(Capture { taken: when.to_owned(), page: plain(url), digest: cell(digest).to_owned() });
        }
    }
    if odd > 0 && odd == rows.iter().filter(|r| r.len() > 1).count() {
        return Err(SourceError::LayoutChanged("no row is understood"));
    }
    Ok(Told::List(list))
}

/// The rows, and whether they break off. What stands before the break is used.
fn rows(response: &Response) -> Result<(Vec<Vec<String>>, bool), SourceError> {
    let text = String::from_utf8_lossy(&response.body);
    let text = text.trim_start_matches('\u{feff}').trim();
    match serde_json::from_str::<Value>(text) {
        Ok(value) => cells(&value).map(|rows| (rows, response.cut.is_some())),
        Err(_) => {
            // Broken off in the middle of a row; if it is something else, there is no whole row either.
            let whole = text.starts_with("[[").then(|| text.rfind("],")).flatten().and_then(|end| text.get(..=end));
            let value = whole.and_then(|t| serde_json::from_str::<Value>(&format!("{t}]")).ok());
            value.map_or(Err(SourceError::LayoutChanged("it is no list")), |v| cells(&v).map(|rows| (rows, true)))
        }
    }
}

fn cells(value: &Value) -> Result<Vec<Vec<String>>, SourceError> {
    let text = |cell: &Value| match cell {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let row = |row: &Value| row.as_array().map(|cells| cells.iter().map(text).collect::<Vec<_>>());
    let rows = value.as_array().and_then(|rows| rows.iter().map(row).collect::<Option<Vec<_>>>());
    rows.ok_or(SourceError::LayoutChanged("it is no list of rows"))
}

/// Old rows name the usual port.
fn plain(mut url: Url) -> Url {
    url.set_fragment(None);
    if matches!(url.port(), Some(80 | 443)) {
        // A web address always takes a port away.
        let _set = url.set_port(None);
    }
    url
}

/// Whether a sort of content can hold text for a reader.
fn is_text(kind: &str) -> bool {
    let not = [
        "image/",
        "video/",
        "audio/",
        "font/",
        "text/css",
        "text/javascript",
        "application/javascript",
        "application/x-javascript",
        "warc/",
    ];
    let not_exactly = ["application/font-woff", "application/zip", "application/octet-stream", "application/x-shockwave-flash"];
    !not.iter().any(|n| kind.starts_with(n)) && !not_exactly.contains(&kind)
}
