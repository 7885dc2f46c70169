//! Which rows fit where something happened: the longest host that fits its page or profile, the words for its place, and else the
//! people and firms behind the site.

use unlisted_model::reporting::{ReportingRow, Sort};
use url::{Host, Url};

/// Where something happened, as the person wrote it down.
#[derive(Clone, Default)]
pub(super) struct Place {
    pub(super) page: Option<String>,
    pub(super) profile: Option<String>,
    pub(super) account: Option<String>,
    pub(super) place: Option<String>,
}

/// The row of the police: always among those chosen.
pub(super) const POLICE: &str = "police";
/// The row of the people who run a site that no row names.
pub(super) const UNKNOWN_SITE: &str = "site";
/// The rows for a site that no row names.
const BEHIND_A_SITE: [&str; 3] = [UNKNOWN_SITE, "host", "registrar"];
/// The row for mail of a firm that no row names.
const MAIL: &str = "email";

/// The rows that fit, each once, the first found first.
pub(super) fn rows<'a>(place: &Place, all: &'a [ReportingRow]) -> Vec<&'a ReportingRow> {
    let mut chosen = Chosen { all, rows: vec![] };
    let mut unknown_site = false;
    for text in [&place.page, &place.profile].into_iter().flatten() {
        if let Some(url) = address(text) {
            unknown_site |= !chosen.site(&url);
        } else {
            chosen.name(text);
        }
    }
    if let Some(text) = &place.account {
        // A name may look like a host ("jo.smith"), so only a whole address counts as one.
        match address(text).filter(|_| text.contains("://")) {
            Some(url) => unknown_site |= !chosen.site(&url),
            None => chosen.name(text),
        }
    }
    if let Some(text) = &place.place {
        match address(text) {
            Some(url) => unknown_site |= !chosen.site(&url),
            None => {
                chosen.name(text);
                chosen.words(text);
            }
        }
    }
    if unknown_site || chosen.rows.is_empty() {
        BEHIND_A_SITE.iter().for_each(|id| chosen.id(id));
    }
    let then: Vec<&str> = chosen.rows.iter().filter_map(|r| r.then.as_deref()).collect();
    then.into_iter().for_each(|id| chosen.id(id));
    chosen.id(POLICE);
    chosen.rows
}

/// The row that somebody means to whom a report was made: by its name or address; by "the site" and the like, that of the place.
pub(super) fn named<'a>(to: &str, place: &Place, all: &'a [ReportingRow]) -> Option<&'a ReportingRow> {
    let mut chosen = Chosen { all, rows: vec![] };
    match address(to) {
        Some(url) => {
            chosen.site(&url);
        }
        None => {
            chosen.name(to);
            chosen.words(to);
        }
    }
    if let Some(police) = chosen.rows.iter().find(|row| row.id == POLICE) {
        return Some(police);
    }
    let said = spaced(to);
    let says = |words: &[&str]| words.iter().any(|word| said.contains(&format!(" {word} ")));
    let here = |fits: fn(&ReportingRow) -> bool| rows(place, all).into_iter().find(|row| fits(row));
    chosen.rows.first().copied().or_else(|| {
        if says(&OF_A_HOST) {
            all.iter().find(|row| row.sort == Sort::Host)
        } else if says(&OF_A_SITE) {
            here(|row| matches!(row.sort, Sort::Platform | Sort::Messenger | Sort::Search))
        } else {
            None
        }
    })
}

/// How people call the place itself.
const OF_A_SITE: [&str; 7] = ["site", "website", "app", "platform", "moderators", "moderator", "page"];
/// How people call who stores it.
const OF_A_HOST: [&str; 4] = ["host", "hosting", "provider", "hoster"];

struct Chosen<'a> {
    all: &'a [ReportingRow],
    rows: Vec<&'a ReportingRow>,
}

impl<'a> Chosen<'a> {
    fn add(&mut self, row: &'a ReportingRow) {
        if !self.rows.iter().any(|r| r.id == row.id) {
            self.rows.push(row);
        }
    }

    fn id(&mut self, id: &str) {
        if let Some(row) = self.all.iter().find(|r| r.id == id) {
            self.add(row);
        }
    }

    /// The row of an address. False: no row names its host.
    fn site(&mut self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default().trim_end_matches('.').to_lowercase();
        if let Some(row) = self.by_host(&host, url.path()) {
            self.add(row);
            return true;
        }
        if is_at_name(url.path()) {
            self.at_names();
        }
        false
    }

    fn by_host(&self, host: &str, path: &str) -> Option<&'a ReportingRow> {
        let path = path.to_lowercase();
        let fits = |entry: &str| {
            let (name, start) = entry.split_once('/').map_or((entry, ""), |(n, p)| (n, p));
            let below = path.strip_prefix('/').and_then(|p| p.strip_prefix(start));
            let on_path = start.is_empty() || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            (is_below(host, name) && on_path).then_some((name.len(), start.len()))
        };
        let best = |row: &ReportingRow| row.hosts.iter().filter_map(|h| fits(h)).max();
        self.all.iter().filter_map(|row| Some((best(row)?, row))).max_by_key(|(length, _)| *length).map(|(_, row)| row)
    }

    fn at_names(&mut self) {
        self.all.iter().filter(|r| r.at_names).for_each(|row| self.add(row));
    }

    /// The row of a name with an `@` in it: a mail address, or `@name@server`.
    fn name(&mut self, text: &str) {
        for word in text.split(|c: char| c.is_whitespace() || ",;<>()\"".contains(c)) {
            let word = word.trim_end_matches(['.', ':']);
            let word = word.strip_prefix("mailto:").unwrap_or(word);
            let on_server = word.starts_with('@');
            let Some((name, host)) = word.strip_prefix('@').unwrap_or(word).rsplit_once('@') else { continue };
            let host = host.to_lowercase();
            if name.is_empty() || !host.contains('.') || host.starts_with('.') || Host::parse(&host).is_err() {
                continue;
            }
            if on_server {
                match self.by_host(&host, "/") {
                    Some(row) => self.add(row),
                    None => self.at_names(),
                }
            } else {
                match self.all.iter().find(|r| r.mail.iter().any(|m| is_below(&host, m))) {
                    Some(row) => self.add(row),
                    None => self.id(MAIL),
                }
            }
        }
    }

    /// The rows that are called by words of this text.
    fn words(&mut self, text: &str) {
        let said = spaced(text);
        let count = said.split_whitespace().count();
        for row in self.all {
            let named = row.words.iter().map(|w| spaced(w)).any(|word| {
                // A single letter is the name of a site only when hardly anything else is said: "x", "on X".
                let is_enough = word.trim().chars().count() > 1 || count <= 2;
                is_enough && said.contains(&word)
            });
            if named {
                self.add(row);
            }
        }
    }
}

/// Words in lower case between single spaces, with a space at both ends.
fn spaced(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.fold(String::from(" "), |mut out, word| {
        out.push_str(word);
        out.push(' ');
        out
    })
}

fn is_below(host: &str, name: &str) -> bool {
    host == name || host.strip_suffix(name).is_some_and(|before| before.ends_with('.'))
}

/// `/@name/…` or `/users/name/statuses/…`: how servers of the fediverse write their pages.
fn is_at_name(path: &str) -> bool {
    let mut parts = path.split('/').filter(|p| !p.is_empty());
    match parts.next() {
        Some(first) if first.len() > 1 && first.starts_with('@') => true,
        Some("users") => parts.next().is_some() && parts.next() == Some("statuses"),
        _ => false,
    }
}

/// The first web address of a text, with or without `https://` in front. A name alone, a mail address and an account name with an
/// `@` are none.
pub fn address(text: &str) -> Option<Url> {
    text.chars().take(8_000).collect::<String>().split_whitespace().find_map(one)
}

fn one(word: &str) -> Option<Url> {
    let word = word.trim_start_matches(['<', '(', '"', '\'', '[']).trim_end_matches(['>', ')', '"', '\'', ']', ',', ';', '.']);
    let scheme = word.get(..8).unwrap_or(word).to_lowercase();
    if scheme.starts_with("http://") || scheme.starts_with("https://") {
        return Url::parse(word).ok().filter(|u| u.host_str().is_some_and(|h| h.contains('.') || h.contains(':')));
    }
    let host = word.split(['/', '?', '#']).next().unwrap_or_default();
    let is_path = word.len() > host.len();
    if host.contains(['@', ':'])
        || !host.contains('.')
        || host.contains("..")
        || host.starts_with('.')
        || !word.is_ascii() && !is_path
    {
        return None;
    }
    // A single word with a dot in it may be a name; one that ends like a site is a site.
    let is_site = psl::suffix(host.to_lowercase().as_bytes()).is_some_and(|s| s.is_known());
    if !is_site && !is_path {
        return None;
    }
    Url::parse(&format!("https://{word}")).ok().filter(|u| matches!(u.host(), Some(Host::Domain(d)) if d.contains('.')))
}
