//! Where a link of a result page really leads.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use unlisted_model::catalogue::{ResultEngine, Unwrap};
use url::Url;

use super::is_host_of;

/// Redirects that are undone one inside the other.
const LAYERS: usize = 3;

/// What a link is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Target {
    /// A page elsewhere.
    External(Url),
    /// An advert.
    Advert,
    /// The engine's own, or nothing that can be opened.
    Own,
}

/// Where `href` leads on a page of `engine` that stands at `base`.
pub(super) fn target(href: &str, base: Option<&Url>, engine: &ResultEngine, engines: &[ResultEngine]) -> Target {
    let href = href.trim();
    let url = match base {
        Some(base) => base.join(href).ok(),
        None => Url::parse(href).ok().or_else(|| {
            // A pasted piece has no address: its links are those of the engine.
            let host = engine.hosts.first()?;
            Url::parse(&format!("https://{host}/")).ok()?.join(href).ok()
        }),
    };
    let Some(mut url) = url else { return Target::Own };
    for _ in 0..=LAYERS {
        if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
            return Target::Own;
        }
        let host = url.host_str().unwrap_or_default().to_owned();
        let place = format!("{host}{}", url.path());
        if engines
            .iter()
            .chain([engine])
            .any(|e| (e.id == engine.id || is_host_of(&host, e)) && e.adverts.iter().any(|a| place.contains(a.as_str())))
        {
            return Target::Advert;
        }
        let owner = engines.iter().chain([engine]).find(|e| is_host_of(&host, e));
        let Some(owner) = owner else {
            // An engine that somebody runs has links of its own too.
            if base.is_some_and(|b| b.host_str() == Some(host.as_str())) {
                return Target::Own;
            }
            url.set_fragment(None);
            let is_named = url.domain().is_some_and(|d| d.contains('.'))
                || url.host_str().is_some_and(|h| h.contains(':') || h.contains('.'));
            return if is_named { Target::External(url) } else { Target::Own };
        };
        match unwrapped(&url, owner) {
            Some(inner) => url = inner,
            None => return Target::Own,
        }
    }
    Target::Own
}

/// The address inside a redirect of the engine: by its rows, else any address in the query or in the path.
fn unwrapped(url: &Url, engine: &ResultEngine) -> Option<Url> {
    let by_row = engine.unwrap.iter().filter(|row| url.path().starts_with(row.path.as_str())).find_map(|row| by_row(url, row));
    by_row.or_else(|| {
        // Only what redirects is unwrapped by guess: a search for an address is a search, a copy or translation of a
        // page is the engine's own.
        let front = url.host_str().and_then(|h| h.split('.').next()).unwrap_or_default();
        let is_own = matches!(front, "translate" | "webcache" | "cache" | "cc" | "accounts" | "login" | "support")
            || engine.result_paths.iter().any(|p| url.path() == p);
        if is_own {
            return None;
        }
        let mut values = url.query_pairs();
        values.find_map(|(_, value)| web(&value)).or_else(|| {
            let mut steps = url.path_segments()?;
            steps.find_map(|step| web(&crate::extract::percent_decoded(step.split_once('=')?.1)))
        })
    })
}

fn by_row(url: &Url, row: &Unwrap) -> Option<Url> {
    let (_, value) = url.query_pairs().find(|(key, _)| *key == row.param)?;
    match &row.base64_after {
        None => web(&value),
        Some(prefix) => {
            let coded = value.strip_prefix(prefix.as_str())?.trim_end_matches('=');
            let bytes = URL_SAFE_NO_PAD.decode(coded).or_else(|_| STANDARD_NO_PAD.decode(coded)).ok()?;
            web(std::str::from_utf8(&bytes).ok()?)
        }
    }
}

/// An address of the web.
fn web(text: &str) -> Option<Url> {
    let text = text.trim();
    let is_web = ["http://", "https://"]
        .iter()
        .any(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    is_web.then(|| Url::parse(text).ok()).flatten()
}
