//! How far a person's own site reaches.

use unlisted_model::subject::Subject;
use url::Url;

/// What belongs to an own site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Scope {
    /// The whole host, with and without `www.`.
    Host,
    /// Only what lies below this path: a profile on a host that many share.
    Below(String),
}

impl Scope {
    /// The scope of an own page. A root address, or a host that carries a name of the person, is a whole site; any other
    /// page may be a profile among those of strangers, and only what lies below it belongs to it.
    pub(super) fn of(url: &Url, subject: &Subject) -> Self {
        let host: String = letters(url.host_str().unwrap_or_default());
        let is_named = subject.names.in_public_use().any(|name| {
            let parts: Vec<String> = name.split_whitespace().map(letters).collect();
            parts.last().is_some_and(|surname| surname.chars().count() >= 4 && host.contains(surname.as_str()))
        });
        if is_named { Self::Host } else { Self::of_address(url) }
    }

    /// The same by the address alone, where an own page was moved to another host.
    pub(super) fn of_address(url: &Url) -> Self {
        let last = url.path().rsplit('/').next().unwrap_or_default();
        let is_root = url.query().is_none()
            && url.path().matches('/').count() == 1
            && (last.is_empty() || ["index.", "default.", "home."].iter().any(|p| last.to_lowercase().starts_with(p)));
        if is_root { Self::Host } else { Self::Below(url.path().to_owned()) }
    }

    /// As a slot's text.
    pub(super) fn written(&self) -> &str {
        match self {
            Self::Host => "",
            Self::Below(path) => path,
        }
    }

    /// From a slot's text.
    pub(super) fn read(text: &str) -> Self {
        if text.is_empty() { Self::Host } else { Self::Below(text.to_owned()) }
    }

    /// Whether `url` belongs to the site of `page`.
    pub(super) fn holds(&self, page: &Url, url: &Url) -> bool {
        let port = |u: &Url| u.port().filter(|p| *p != 80 && *p != 443);
        let same_host = bare_host(page) == bare_host(url) && port(page) == port(url) && matches!(url.scheme(), "http" | "https");
        same_host
            && match self {
                Self::Host => true,
                Self::Below(path) => {
                    let path = path.trim_end_matches('/');
                    match url.path().strip_prefix(path) {
                        // Where a query says whose page it is, another query is another person's.
                        Some("" | "/") => page.query().is_none() || page.query() == url.query(),
                        Some(rest) => rest.starts_with('/') && !path.is_empty(),
                        None => false,
                    }
                }
            }
    }
}

/// The host without `www.`.
pub(super) fn bare_host(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

fn letters(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::rehearse::person;
    use super::*;

    #[track_caller]
    fn check(own: &str, link: &str, expect: bool) {
        let (own, link) = (Url::parse(own).expect("test data"), Url::parse(link).expect("test data"));
        let scope = Scope::read(Scope::of(&own, &person()).written());
        assert_eq!(scope.holds(&own, &link), expect, "{own} {link}");
    }

    #[test]
    fn a_profile_is_not_the_host_that_carries_it() {
        check("https://site.example/", "http://www.site.example/contact", true);
        check("https://site.example/index.html", "https://site.example/contact", true);
        check("https://site.example/", "https://other.example/contact", false);
        check("https://marigoldtester.example/about/me", "https://marigoldtester.example/contact", true);
        check("https://mari-tester.blogs.example/about", "https://mari-tester.blogs.example/contact", true);
        check("https://social.example/@mari", "https://social.example/@mari/posts/1", true);
        check("https://social.example/@mari", "https://social.example/@mari", true);
        check("https://social.example/@mari", "https://social.example/@marion", false);
        check("https://social.example/people/mari/", "https://social.example/people/other/", false);
        check("https://social.example/?user=5", "https://social.example/?user=6", false);
        check("https://site.example/", "https://site.example:8443/contact", false);
        check("https://site.example/", "ftp://site.example/contact", false);
    }
}
