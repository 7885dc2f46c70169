//! Which links are worth a visit, which only the person may open, and which are left alone.

use url::Url;

/// The longest address that is followed.
const LONGEST: usize = 2_000;

/// Files without text of their own.
const NOT_TEXT: &[&str] = &[
    "7z", "aac", "apk", "avi", "avif", "bin", "bmp", "bz2", "css", "dmg", "eot", "exe", "flac", "gif", "gz", "heic", "ico",
    "iso", "jar", "jpeg", "jpg", "js", "m4a", "m4v", "mjs", "mkv", "mov", "mp3", "mp4", "mpeg", "mpg", "msi", "ogg", "ogv",
    "otf", "png", "rar", "svg", "tar", "tgz", "tif", "tiff", "ttf", "wav", "webm", "webp", "wma", "wmv", "woff", "woff2", "xz",
    "zip",
];

/// Parameters that name who sent a visitor, not which page is meant.
const TRACKING: &[&str] = &["fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "yclid", "_ga"];

/// What becomes of a link that an answer or a given list named.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It may be fetched.
    Fetch,
    /// Its host is never fetched by a program: the person looks (*waiting*).
    ByHand,
    /// It is no page: another scheme, credentials, a picture, a film, an archive, or too long.
    Drop,
}

/// Sorts one link.
pub fn fate(url: &Url, never_fetched: &[String]) -> Fate {
    let plain = matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none()
        && url.as_str().len() <= LONGEST;
    let Some(host) = url.host_str().filter(|_| plain) else { return Fate::Drop };
    if is_never_fetched(host, never_fetched) {
        Fate::ByHand
    } else if is_not_text(url) {
        Fate::Drop
    } else {
        Fate::Fetch
    }
}

/// Whether a picture on a person's own page may be fetched.
pub(super) fn may_fetch_picture(url: &Url, never_fetched: &[String]) -> bool {
    let mut page = url.clone();
    page.set_path("/");
    fate(&page, never_fetched) == Fate::Fetch && url.as_str().len() <= LONGEST
}

/// Whether a host stands in the list of those never fetched.
///
/// An entry such as `bing.example` means that name and everything below it; `name.*` means that name under any public
/// suffix, itself and below `www`, `m`, `images`, `news` and `maps` (a personal page on another name below it is a page like any other).
pub fn is_never_fetched(host: &str, never_fetched: &[String]) -> bool {
    let host = host.trim_end_matches('.').to_lowercase();
    never_fetched.iter().any(|entry| match entry.strip_suffix(".*") {
        Some(name) => {
            let bare = ["www.", "m.", "images.", "news.", "maps."].iter().find_map(|p| host.strip_prefix(p)).unwrap_or(&host);
            psl::domain_str(bare) == Some(bare) && bare.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'))
        }
        None => host.strip_suffix(entry.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')),
    })
}

/// The address as far as it says which page is meant.
pub(super) fn same_page_key(url: &Url) -> String {
    let mut key = url.clone();
    key.set_fragment(None);
    if url.query().is_some() {
        let kept: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(name, _)| !name.starts_with("utm_") && !TRACKING.contains(&name.as_ref()))
            .map(|(n, v)| (n.into_owned(), v.into_owned()))
            .collect();
        if kept.is_empty() {
            key.set_query(None);
        } else {
            key.query_pairs_mut().clear().extend_pairs(kept);
        }
    }
    key.into()
}

fn is_not_text(url: &Url) -> bool {
    let last = url.path().rsplit('/').next().unwrap_or_default();
    last.rsplit_once('.').is_some_and(|(_, ext)| NOT_TEXT.contains(&ext.to_lowercase().as_str()))
}

/// Whether a link inside a site leads somewhere new: no log-in, no basket, no calendar, no second copy for the printer,
/// no path that goes round in circles.
pub(super) fn is_worth_crawling(url: &Url) -> bool {
    let path = url.path().to_lowercase();
    let segments: Vec<&str> = path.split('/').filter(|s| !s.is_empty()).collect();
    let dull = [
        "login",
        "log-in",
        "signin",
        "sign-in",
        "logout",
        "register",
        "signup",
        "wp-login.php",
        "wp-admin",
        "wp-json",
        "xmlrpc.php",
        "cart",
        "basket",
        "checkout",
        "print",
        "cdn-cgi",
        "calendar",
        "share",
        "unsubscribe",
    ];
    if segments.len() > 12 || segments.iter().any(|s| dull.contains(s)) {
        return false;
    }
    let circles = segments.iter().enumerate().any(|(i, s)| segments.iter().skip(i + 1).filter(|t| *t == s).count() >= 2);
    if circles {
        return false;
    }
    let dull_parameters = [
        "replytocom",
        "share",
        "print",
        "printable",
        "add-to-cart",
        "action",
        "login",
        "redirect_to",
        "sessionid",
        "phpsessid",
        "sid",
        "month",
        "year",
        "day",
        "date",
        "ical",
        "tribe-bar-date",
        "sort",
        "order",
        "orderby",
    ];
    let pairs: Vec<_> = url.query_pairs().take(9).collect();
    pairs.len() <= 8 && !pairs.iter().any(|(name, _)| dull_parameters.contains(&name.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("test data")
    }

    #[test]
    fn links_are_sorted() {
        let never = vec!["closed.example".to_owned(), "google.*".to_owned()];
        for (address, expect) in [
            ("https://news.example/a", Fate::Fetch),
            ("https://news.example/a.pdf", Fate::Fetch),
            ("https://news.example/a.JPG", Fate::Drop),
            ("https://news.example/a.jpg?page=1", Fate::Drop),
            ("ftp://news.example/a", Fate::Drop),
            ("mailto:a@news.example", Fate::Drop),
            ("https://me:pass@news.example/", Fate::Drop),
            ("https://closed.example/p", Fate::ByHand),
            ("https://www.closed.example/p.jpg", Fate::ByHand),
            ("https://notclosed.example/p", Fate::Fetch),
            ("https://www.google.co.uk/search?q=a", Fate::ByHand),
            ("https://google.com/", Fate::ByHand),
            ("https://sites.google.com/view/a", Fate::Fetch),
            ("https://google.evil.example/", Fate::Fetch),
        ] {
            assert_eq!(fate(&url(address), &never), expect, "{address}");
        }
        assert_eq!(fate(&url(&format!("https://a.example/{}", "x".repeat(2_000))), &never), Fate::Drop);
    }

    #[test]
    fn a_site_is_not_walked_in_circles() {
        for (address, expect) in [
            ("https://a.example/contact", true),
            ("https://a.example/2024/05/fete", true),
            ("https://a.example/wp-admin/x", false),
            ("https://a.example/events/?month=5", false),
            ("https://a.example/a/b/a/b/a/b", false),
            ("https://a.example/post?replytocom=7", false),
            ("https://a.example/post?id=7", true),
        ] {
            assert_eq!(is_worth_crawling(&url(address)), expect, "{address}");
        }
    }
}
