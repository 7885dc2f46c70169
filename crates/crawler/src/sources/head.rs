//! What the head of a page names: its feeds, and where it sends its visitors by itself.

use std::borrow::Cow;
use std::collections::HashSet;

use url::Url;

use crate::extract::tags;

/// Bytes of a page that are taken for its head.
const HEAD: usize = 64 << 10;
/// A page that moves on after so many seconds is a redirect; a slower one shows itself first.
const SECONDS: f64 = 30.0;

/// Feeds and the redirect of one page.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) feeds: Vec<Url>,
    pub(super) refresh: Option<Url>,
}

/// Reads the head of a page.
pub(super) fn read(body: &[u8], address: &Url) -> Head {
    let mut head = Head::default();
    let (feeds, refresh) = (&mut head.feeds, &mut head.refresh);
    let start = body.get(..body.len().min(HEAD)).unwrap_or_default();
    let html = match std::str::from_utf8(start) {
        Ok(html) => Cow::Borrowed(html),
        Err(_) => String::from_utf8_lossy(start),
    };
    tags(&html, &["link", "meta"], &mut |name, attributes| {
        let value = |wanted: &str| attributes.iter().find(|(n, _)| n == wanted).map(|(_, v)| v.trim());
        if name == "link" {
            let alternate = value("rel").is_some_and(|r| r.split_whitespace().any(|w| w.eq_ignore_ascii_case("alternate")));
            let kind = value("type").unwrap_or_default().to_lowercase();
            if alternate
                && ["rss", "atom", "vcard"].iter().any(|k| kind.contains(k))
                && let Some(Ok(url)) = value("href").map(|h| address.join(h))
            {
                feeds.push(url);
            }
        } else if value("http-equiv").is_some_and(|v| v.eq_ignore_ascii_case("refresh"))
            && let Some(url) = value("content").and_then(|c| target(c, address))
        {
            refresh.get_or_insert(url);
        }
    });
    head
}

/// Addresses of the pictures that a page shows, those that are linked in full size first, each once. Where they were taken
/// may stand in them; drawings and animations hold no such thing.
pub(super) fn pictures(body: &[u8], address: &Url) -> Vec<Url> {
    const KINDS: [&str; 8] = ["jpg", "jpeg", "png", "webp", "heic", "heif", "tif", "tiff"];
    let html = String::from_utf8_lossy(body);
    let (mut linked, mut shown) = (Vec::new(), Vec::new());
    tags(&html, &["a", "img"], &mut |name, attributes| {
        let value = |wanted: &str| attributes.iter().find(|(n, _)| n == wanted).map(|(_, v)| v.trim());
        let target = if name == "a" { value("href") } else { value("src").or_else(|| value("data-src")) };
        let Some(Ok(url)) = target.map(|t| address.join(t)) else { return };
        let path = url.path().to_lowercase();
        if path.rsplit_once('.').is_some_and(|(_, kind)| KINDS.contains(&kind)) {
            if name == "a" { linked.push(url) } else { shown.push(url) }
        }
    });
    let mut seen = HashSet::new();
    linked.into_iter().chain(shown).filter(|url| seen.insert(url.clone())).collect()
}

/// The target of `0; url=/new`, if it is another web page.
fn target(content: &str, address: &Url) -> Option<Url> {
    let (seconds, rest) = content.split_once([';', ','])?;
    if seconds.trim().parse::<f64>().is_ok_and(|s| s > SECONDS) {
        return None;
    }
    let rest = rest.trim_start();
    let url = match rest.get(..3) {
        Some(word) if word.eq_ignore_ascii_case("url") => rest.get(3..)?.trim_start().strip_prefix('=')?,
        _ => rest,
    };
    let mut url = address.join(url.trim().trim_matches(['"', '\'']).trim()).ok()?;
    url.set_fragment(None);
    let mut here = address.clone();
    here.set_fragment(None);
    (matches!(url.scheme(), "http" | "https") && url != here).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_may_send_its_visitors_on() {
        let address = Url::parse("https://old.example/a/b").expect("test data");
        for (content, expect) in [
            ("0; url=/new", Some("https://old.example/new")),
            ("5;URL='https://new.example/x#y'", Some("https://new.example/x")),
            ("0,url = c", Some("https://old.example/a/c")),
            ("0; /new", Some("https://old.example/new")),
            ("300; url=/news", None),
            ("60", None),
            ("0; url=", None),
            ("0; url=/a/b#top", None),
            ("0; url=javascript:alert(1)", None),
            ("0; ürl=x", Some("https://old.example/a/%C3%BCrl=x")),
        ] {
            assert_eq!(target(content, &address).as_ref().map(Url::as_str), expect, "{content}");
            let page = format!("<html><head><META HTTP-EQUIV=\"Refresh\" CONTENT=\"{content}\"></head><body>moved</body></html>");
            assert_eq!(read(page.as_bytes(), &address).refresh.as_ref().map(Url::as_str), expect, "{content}");
        }
    }

    #[test]
    fn feeds_are_named_in_the_head() {
        let address = Url::parse("https://site.example/").expect("test data");
        let page = b"<link rel='stylesheet alternate' type='text/css' href=x.css><link rel=alternate type=application/rss+xml href=/feed/>";
        assert_eq!(read(page, &address).feeds.iter().map(Url::as_str).collect::<Vec<_>>(), ["https://site.example/feed/"]);
    }
}
