//! The links of a page: absolute, in order, each once.

use std::collections::HashMap;

use url::Url;

use super::super::PageLink;
use super::super::writer::prefix;

/// The longest address that is followed.
const LONGEST: usize = 2_048;
/// The most words kept of a link, in bytes.
const WORDS: usize = 300;

/// Gathers links.
pub(crate) struct Links {
    base: Option<Url>,
    has_base: bool,
    most: usize,
    found: Vec<PageLink>,
    seen: HashMap<Url, usize>,
    /// Words to fall back on: of a picture, of a title.
    spare: HashMap<usize, String>,
    /// Whether some were left out.
    pub(crate) full: bool,
}

impl Links {
    /// For a page at `address`, at most `most` links.
    pub(crate) fn new(address: Option<&Url>, most: usize) -> Self {
        Self {
            base: address.cloned(),
            has_base: false,
            most,
            found: Vec::new(),
            seen: HashMap::new(),
            spare: HashMap::new(),
            full: false,
        }
    }

    /// A `base` element: the first one counts.
    pub(crate) fn base(&mut self, href: &str) {
        if !self.has_base
            && let Some(url) = self.absolute(href)
        {
            self.base = Some(url);
            self.has_base = true;
        }
    }

    fn absolute(&self, href: &str) -> Option<Url> {
        let href = href.trim();
        if href.is_empty() || href.len() > LONGEST {
            return None;
        }
        let mut url = match &self.base {
            Some(base) => base.join(href).ok()?,
            None => Url::parse(href).ok()?,
        };
        url.set_fragment(None);
        (matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|h| !h.is_empty())).then_some(url)
    }

    /// Notes a link; the index under which its words are told later.
    pub(crate) fn add(&mut self, href: &str) -> Option<usize> {
        if href.starts_with('#') {
            return None;
        }
        let url = self.absolute(href)?;
        if let Some(&index) = self.seen.get(&url) {
            return Some(index);
        }
        if self.found.len() >= self.most {
            self.full = true;
            return None;
        }
        let index = self.found.len();
        self.seen.insert(url.clone(), index);
        self.found.push(PageLink { url, words: String::new() });
        Some(index)
    }

    /// The words of a link: the first that has any counts.
    pub(crate) fn words(&mut self, index: usize, words: &str) {
        if let Some(link) = self.found.get_mut(index)
            && link.words.is_empty()
        {
            link.words = prefix(words.trim(), WORDS).to_owned();
        }
    }

    /// Words to fall back on, if the link itself has none.
    pub(crate) fn other_words(&mut self, index: usize, words: &str) {
        self.spare.entry(index).or_insert_with(|| prefix(words.trim(), WORDS).to_owned());
    }

    /// The links.
    pub(crate) fn finish(mut self) -> Vec<PageLink> {
        for (index, words) in self.spare {
            if let Some(link) = self.found.get_mut(index)
                && link.words.is_empty()
            {
                link.words = words;
            }
        }
        self.found
    }
}
