//! One page of the made-up web, and how it is written in a `.http` file.

use std::borrow::Cow;
use std::time::Duration;

/// What is wrong with a `.http` file or a table of results.
#[derive(thiserror::Error, Debug, PartialEq, Eq)]
#[error("line {line}: {what}")]
pub struct BadPage {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and what to write.
    pub what: String,
}

/// A way to misbehave.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Deed {
    /// Never answers, and keeps the connection open.
    Hang,
    /// Sends the body byte by byte, so long apart.
    Drip(Duration),
    /// Announces the whole body, sends so many bytes of it and closes.
    Cut(usize),
    /// Sends the body in chunks.
    Chunked,
    /// Compresses the body.
    Gzip,
    /// Compresses the body with so many zero bytes behind it.
    Bomb(usize),
    /// Opens and closes so many `<div>` behind the body.
    Nest(usize),
    /// Puts a byte order mark in front of the body.
    Bom,
    /// Answers 429 instead.
    Limited(Limit),
    /// Sends requests that came by https to http.
    HttpOnly,
}

/// For how long a page answers 429.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    /// The first so many times.
    First(u32),
    /// For ever.
    Always,
}

/// One page: where it stands, what is sent.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its path, beginning with a slash.
    pub path: String,
    /// Query parameters that a request must have.
    pub query: Vec<(String, String)>,
    /// The status and its phrase.
    pub status: (u16, String),
    /// Response headers besides the length and the encoding.
    pub headers: Vec<(String, String)>,
    /// Whether the body is sent as windows-1252 instead of UTF-8.
    pub windows_1252: bool,
    /// How long the server waits before it answers.
    pub delay: Duration,
    /// How it misbehaves.
    pub deeds: Vec<Deed>,
    /// The body, before charset and compression.
    pub body: Cow<'static, [u8]>,
}

impl Page {
    /// A page that is simply sent, with the media type of its path's ending.
    pub fn plain(path: impl Into<String>, body: impl Into<Cow<'static, [u8]>>) -> Self {
        let path = path.into();
        let media = media_type(&path);
        Self {
            path,
            query: vec![],
            status: (200, "OK".to_owned()),
            headers: vec![("content-type".to_owned(), media.to_owned())],
            windows_1252: false,
            delay: Duration::ZERO,
            deeds: vec![],
            body: body.into(),
        }
    }

    /// Reads a `.http` file. `path` is where the page stands when the file has no `GET` line.
    ///
    /// # Errors
    /// The line that cannot be read.
    pub fn parse(path: &str, file: &[u8]) -> Result<Self, BadPage> {
        let (head, body) = split(file);
        let head = std::str::from_utf8(head).map_err(|_| bad(1, "the lines before the body are not UTF-8"))?;
        let mut page = Self::plain(path, body.to_vec());
        page.headers.clear();
        for (at, line) in head.lines().enumerate() {
            let (line, at) = (line.trim_end(), at + 1);
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            if let Some(target) = line.strip_prefix("GET ") {
                let (path, query) = target.trim().split_once('?').unwrap_or((target.trim(), ""));
                if !path.starts_with('/') {
                    return Err(bad(at, "the address must begin with a slash: GET /path?query"));
                }
                path.clone_into(&mut page.path);
                page.query = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
                continue;
            }
            let (name, value) =
                line.split_once(':').ok_or_else(|| bad(at, "write `name: value`, then an empty line before the body"))?;
            let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
            match name.as_str() {
                "status" => page.status = status(value).ok_or_else(|| bad(at, "write `status: 404 Not Found`"))?,
                "charset" if value == "windows-1252" => page.windows_1252 = true,
                "charset" => return Err(bad(at, "only `charset: windows-1252` is known")),
                "delay" => page.delay = time(value).ok_or_else(|| bad(at, "write `delay: 200ms`"))?,
                "do" => {
                    for deed in value.split(',') {
                        page.deeds
                            .push(parse_deed(deed).ok_or_else(|| bad(at, "this deed is not known; see fixtures/README.md"))?);
                    }
                }
                "content-length" | "content-encoding" | "transfer-encoding" | "connection" => {
                    return Err(bad(at, "the server sets this header itself; see `do:`"));
                }
                _ => page.headers.push((name, value.to_owned())),
            }
        }
        Ok(page)
    }

    /// Whether it misbehaves in the way that `wanted` looks for.
    pub(crate) fn deed<T>(&self, wanted: impl Fn(Deed) -> Option<T>) -> Option<T> {
        self.deeds.iter().find_map(|d| wanted(*d))
    }
}

/// The head and the body, parted by the first empty line.
fn split(file: &[u8]) -> (&[u8], &[u8]) {
    let mut start = 0;
    for line in file.split_inclusive(|b| *b == b'\n') {
        let end = start + line.len();
        if line.iter().all(u8::is_ascii_whitespace) {
            let (head, rest) = file.split_at(start);
            return (head, rest.split_at(end - start).1);
        }
        start = end;
    }
    (file, &[])
}

fn bad(line: usize, what: &str) -> BadPage {
    BadPage { line, what: what.to_owned() }
}

fn status(value: &str) -> Option<(u16, String)> {
    let (code, phrase) = value.split_once(' ').unwrap_or((value, ""));
    let code = code.parse().ok().filter(|c| (200..600).contains(c))?;
    Some((code, phrase.trim().to_owned()))
}

/// `200ms` or `3s`.
fn time(value: &str) -> Option<Duration> {
    if let Some(ms) = value.strip_suffix("ms") {
        return ms.trim().parse().ok().map(Duration::from_millis);
    }
    value.strip_suffix('s')?.trim().parse().ok().map(Duration::from_secs)
}

fn parse_deed(words: &str) -> Option<Deed> {
    let mut words = words.split_whitespace();
    let (name, value) = (words.next()?, words.next());
    if words.next().is_some() {
        return None;
    }
    let number = || value.and_then(|v| v.parse::<usize>().ok());
    let alone = value.is_none();
    match name {
        "hang" if alone => Some(Deed::Hang),
        "drip" => value.and_then(time).map(Deed::Drip),
        "cut" => number().map(Deed::Cut),
        "chunked" if alone => Some(Deed::Chunked),
        "gzip" if alone => Some(Deed::Gzip),
        "bomb" => number().map(Deed::Bomb),
        "nest" => number().map(Deed::Nest),
        "bom" if alone => Some(Deed::Bom),
        "limited" if value == Some("always") => Some(Deed::Limited(Limit::Always)),
        "limited" => value.and_then(|v| v.parse().ok()).map(|n| Deed::Limited(Limit::First(n))),
        "http-only" if alone => Some(Deed::HttpOnly),
        _ => None,
    }
}

/// The media type of a path's ending; a folder is a web page.
fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("txt") => "text/plain; charset=utf-8",
        Some("xml") => "text/xml; charset=utf-8",
        Some("json") => "application/json",
        Some("vcf") => "text/vcard; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("pdf") => "application/pdf",
        Some("csv") => "text/csv; charset=utf-8",
        _ => "text/html; charset=utf-8",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_file_is_read() {
        let file = b"# a comment\r\nGET /mgUserInfo.aspx?UID=4107&FID=-1\r\nstatus: 404 Not Found\r\ncontent-type: text/html\r\ndo: bom, limited 2\r\ndelay: 20ms\r\n\r\n<p>a: b\n\nc";
        let page = Page::parse("/x", file).expect("test data");
        assert_eq!(page.path, "/mgUserInfo.aspx");
        assert_eq!(page.query, [("UID".to_owned(), "4107".to_owned()), ("FID".to_owned(), "-1".to_owned())]);
        assert_eq!(page.status, (404, "Not Found".to_owned()));
        assert_eq!(page.headers, [("content-type".to_owned(), "text/html".to_owned())]);
        assert_eq!(page.deeds, [Deed::Bom, Deed::Limited(Limit::First(2))]);
        assert_eq!(page.delay, Duration::from_millis(20));
        assert_eq!(page.body.as_ref(), b"<p>a: b\n\nc");
    }

    #[test]
    fn without_an_address_the_file_name_says_it() {
        let page = Page::parse("/x.html", b"content-type: text/html\n\nbody").expect("test data");
        assert_eq!((page.path.as_str(), page.body.as_ref()), ("/x.html", b"body".as_slice()));
        assert_eq!(Page::parse("/x", b"do: hang").expect("test data").deeds, [Deed::Hang]);
    }

    #[test]
    fn what_cannot_be_read_names_its_line() {
        for (file, line) in [
            ("GET mill\n\n", 1),
            ("content-type: text/html\nstatus: fine\n\n", 2),
            ("do: dance\n\n", 1),
            ("do: cut\n\n", 1),
            ("do: hang 3\n\n", 1),
            ("delay: soon\n\n", 1),
            ("charset: koi8-r\n\n", 1),
            ("content-length: 5\n\n", 1),
            ("<html>\n\n", 1),
        ] {
            assert_eq!(Page::parse("/", file.as_bytes()).err().map(|e| e.line), Some(line), "{file}");
        }
    }
}
