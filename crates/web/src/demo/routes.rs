//! Which page answers a request.

use std::collections::HashMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use super::answer::Body;
use super::page::Page;
use super::search::Results;
use super::site::Site;

/// A page as it is served: with what the server remembers about it.
#[derive(Debug)]
pub(super) struct Route {
    pub(super) page: Page,
    /// The bytes to send, made at the first request.
    pub(super) body: OnceLock<Body>,
    hits: AtomicU32,
}

impl Route {
    /// The how-manieth request of this page this is, from 1.
    pub(super) fn hit(&self) -> u32 {
        self.hits.fetch_add(1, Ordering::Relaxed).saturating_add(1)
    }
}

/// One host as it is served.
#[derive(Debug, Default)]
pub(super) struct Host {
    /// By path in small letters; those with the most query parameters first.
    paths: HashMap<String, Vec<Route>>,
    pub(super) results: Option<Results>,
}

impl Host {
    /// The page that answers, if any.
    pub(super) fn route(&self, path: &str, query: &str) -> Option<&Route> {
        let asked: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let fits = |page: &Page| {
            page.query.iter().all(|(name, value)| asked.iter().any(|(n, v)| n.eq_ignore_ascii_case(name) && v == value))
        };
        self.paths.get(&path.to_ascii_lowercase())?.iter().find(|route| fits(&route.page))
    }
}

/// All hosts by name.
#[derive(Debug, Default)]
pub(super) struct Routes(HashMap<String, Host>);

impl Routes {
    /// Puts sites in order; a later site of the same name takes the place of the earlier one.
    pub(super) fn new(sites: Vec<Site>) -> Self {
        let mut hosts = HashMap::new();
        for site in sites {
            let mut host = Host { paths: HashMap::new(), results: site.results };
            for page in site.pages {
                let path = page.path.to_ascii_lowercase();
                if let Some(folder) = path.strip_suffix("index.html") {
                    let page = page.clone();
                    host.paths.entry(folder.to_owned()).or_default().push(Route {
                        page,
                        body: OnceLock::new(),
                        hits: AtomicU32::new(0),
                    });
                }
                host.paths.entry(path).or_default().push(Route { page, body: OnceLock::new(), hits: AtomicU32::new(0) });
            }
            for routes in host.paths.values_mut() {
                routes.sort_by_key(|r| std::cmp::Reverse(r.page.query.len()));
            }
            hosts.insert(site.host, host);
        }
        Self(hosts)
    }

    pub(super) fn host(&self, name: &str) -> Option<&Host> {
        self.0.get(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(routes: &Routes, path: &str, query: &str) -> Option<String> {
        let route = routes.host("a.example")?.route(path, query)?;
        Some(String::from_utf8_lossy(&route.page.body).into_owned())
    }

    #[test]
    fn the_page_with_the_most_parameters_answers() {
        let site = Site::new("A.example")
            .page("/index.html", "home".as_bytes())
            .page("/news/index.html", "news".as_bytes())
            .http("GET /u.aspx\n\nany")
            .and_then(|s| s.http("GET /u.aspx?UID=1\n\none"))
            .and_then(|s| s.http("GET /u.aspx?UID=1&P=2\n\ntwo"))
            .expect("test data");
        let routes = Routes::new(vec![site]);
        for (path, query, want) in [
            ("/", "", Some("home")),
            ("/index.html", "", Some("home")),
            ("/news/", "x=1", Some("news")),
            ("/news", "", None),
            ("/U.ASPX", "", Some("any")),
            ("/u.aspx", "uid=1", Some("one")),
            ("/u.aspx", "UID=2", Some("any")),
            ("/u.aspx", "P=2&x=&UID=1", Some("two")),
        ] {
            assert_eq!(body(&routes, path, query).as_deref(), want, "{path}?{query}");
        }
        assert!(routes.host("b.example").is_none());
    }
}
