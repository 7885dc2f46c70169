//! Result pages of search engines that a person saved or pasted.
//!
//! A result page is a list of pages, never one page: what it says of one hit must not be read as said of another. The
//! engines are rows of `config/engines.toml`; none of them is ever fetched.

mod boxes;
mod pasted;
mod recognise;
mod target;
#[cfg(test)]
mod tests;

use unlisted_model::catalogue::ResultEngine;
use url::Url;

pub use self::pasted::read_text;
pub use self::recognise::{engine_of, page_address};
#[cfg(test)]
pub(crate) use self::tests::engines as tests_engines;

/// The most hits taken from one page.
const MOST: usize = 500;
/// The longest title and snippet, in bytes.
const TITLE: usize = 300;
const SNIPPET: usize = 1_000;

/// One page that a result page names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    /// Its address: redirects of the engine undone, fragment removed, http or https, without credentials.
    pub url: Url,
    /// Its title as the engine shows it.
    pub title: String,
    /// What the engine quotes from it; empty if it quotes nothing.
    pub snippet: String,
}

/// What a page turned out to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ResultPage {
    /// No result page: read it as the page that it is.
    NotOne,
    /// The pages that it names, each once, in its order.
    Hits(Vec<Hit>),
    /// A result page without a link to anything but the engine: to be reported as *failed*, not as "nothing found".
    NoLinks,
}

/// Reads a page of HTML that may be a result page; `address` is where it was saved from, if that is known otherwise
/// than from the page itself.
pub fn read(html: &str, address: Option<&Url>, engines: &[ResultEngine]) -> ResultPage {
    let Some(engine) = engine_of(html, address, engines) else { return ResultPage::NotOne };
    let base = page_address(html).or_else(|| address.cloned());
    let hits = boxes::hits(html, base.as_ref(), engine, engines);
    if hits.is_empty() { ResultPage::NoLinks } else { ResultPage::Hits(hits) }
}

/// Whether a host is one of the engine's: equal to one of its suffixes or below it.
fn is_host_of(host: &str, engine: &ResultEngine) -> bool {
    engine.hosts.iter().any(|own| host.strip_suffix(own.as_str()).is_some_and(|front| front.is_empty() || front.ends_with('.')))
}
