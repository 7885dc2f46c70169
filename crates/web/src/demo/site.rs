//! One host of the made-up web.

use std::borrow::Cow;

use super::page::{BadPage, Page};
use super::search::Results;

/// One host with its pages.
#[derive(Clone, Debug)]
pub struct Site {
    /// Its name in small letters, without a port.
    pub host: String,
    /// Its pages.
    pub pages: Vec<Page>,
    /// What its `/search` knows, when it is a search engine.
    pub(crate) results: Option<Results>,
}

impl Site {
    /// A host without pages: all is answered with 404.
    pub fn new(host: impl Into<String>) -> Self {
        Self { host: host.into().to_ascii_lowercase(), pages: vec![], results: None }
    }

    /// Adds a page that is simply sent, with the media type of its path's ending.
    #[must_use]
    pub fn page(mut self, path: impl Into<String>, body: impl Into<Cow<'static, [u8]>>) -> Self {
        self.pages.push(Page::plain(path, body));
        self
    }

    /// Adds a page written as a `.http` file (with its `GET` line).
    ///
    /// # Errors
    /// The line that cannot be read.
    pub fn http(mut self, file: &str) -> Result<Self, BadPage> {
        self.pages.push(Page::parse("/", file.as_bytes())?);
        Ok(self)
    }

    /// Makes it a search engine that knows these rows (`results.txt`).
    ///
    /// # Errors
    /// The line that cannot be read.
    pub fn search(mut self, rows: &str) -> Result<Self, BadPage> {
        self.results = Some(Results::parse(rows)?);
        Ok(self)
    }

    /// Adds what one file below the host's folder says.
    ///
    /// # Errors
    /// The line that cannot be read.
    pub(crate) fn file(&mut self, name: &str, bytes: &'static [u8]) -> Result<(), BadPage> {
        if name == "results.txt" {
            let rows = std::str::from_utf8(bytes).map_err(|_| BadPage { line: 1, what: "it is not UTF-8".to_owned() })?;
            self.results = Some(Results::parse(rows)?);
        } else if let Some(path) = name.strip_suffix(".http") {
            self.pages.push(Page::parse(&format!("/{path}"), bytes)?);
        } else {
            self.pages.push(Page::plain(format!("/{name}"), bytes));
        }
        Ok(())
    }

    /// The addresses that its search knows.
    pub fn known(&self) -> Vec<&str> {
        self.results.as_ref().map(Results::urls).unwrap_or_default()
    }

    /// The addresses of its pages, by https, in the order in which they were added; robots.txt is not among them.
    pub fn urls(&self) -> Vec<String> {
        let target = |page: &Page| {
            let query: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&page.query).finish();
            let mark = if query.is_empty() { "" } else { "?" };
            format!("https://{}{}{mark}{query}", self.host, page.path)
        };
        self.pages.iter().filter(|p| p.path != "/robots.txt").map(target).collect()
    }
}
