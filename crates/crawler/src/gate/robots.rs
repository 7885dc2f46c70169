//! robots.txt as RFC 9309 says, with Crawl-delay as a courtesy. A small parser of our own:
//! the crate `texting_robots` was wrong in 10 of the 66 cases of the tests beside this file (percent-encoding, a product
//! token with a version) and fails on a file with one long rule.
//!
//! Any bytes are accepted: what is not a line of the format is passed over, and everything beyond 500 KiB is dropped.

use std::collections::HashMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use unlisted_model::ports::{HostKey, RobotsNote};
use url::Url;

use crate::exchange::{Cut, Response};

/// The product token of the program, as robots.txt files name it.
pub const PRODUCT_TOKEN: &str = "unlisted";

/// RFC 9309 §2.5: at least 500 KiB are parsed.
const PARSED: usize = 500 * 1024;
/// A longer Crawl-delay is honoured up to here. Crawl-delay is no part of the RFC.
const LONGEST_CRAWL_DELAY: Duration = Duration::from_secs(60);
/// RFC 9309 §2.4: not used for longer than a day.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// What one robots.txt says to us.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Rules {
    rules: Vec<Rule>,
    crawl_delay: Option<Duration>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Rule {
    /// Normalised; `*` and a last `$` have their meaning, literal ones are percent-encoded.
    pattern: String,
    allow: bool,
}

impl Rules {
    /// Reads the rules for `token` (compared without regard to case): those of all groups that name it, else those of
    /// all `*` groups, else none.
    pub fn parse(body: &[u8], token: &str) -> Self {
        let mut named = Self::default();
        let mut anyone = Self::default();
        let mut is_named = false;
        // Which of the two the current group speaks to, and whether its list of agents may still grow.
        let (mut to_us, mut to_all, mut in_agents) = (false, false, false);
        for (key, value) in lines(body) {
            match key {
                Key::Agent => {
                    if !in_agents {
                        (to_us, to_all, in_agents) = (false, false, true);
                    }
                    to_us |= product(&value).eq_ignore_ascii_case(token);
                    to_all |= value.starts_with('*');
                    is_named |= to_us;
                }
                Key::Allow | Key::Disallow => {
                    in_agents = false;
                    if value.is_empty() {
                        continue;
                    }
                    let rule = Rule { pattern: normal_pattern(&value), allow: key == Key::Allow };
                    if to_us {
                        named.rules.push(rule.clone());
                    }
                    if to_all {
                        anyone.rules.push(rule);
                    }
                }
                // Not a rule of the RFC, so it does not end the list of agents either.
                Key::CrawlDelay => {
                    let delay = crawl_delay(&value);
                    for (speaks, rules) in [(to_us, &mut named), (to_all, &mut anyone)] {
                        if speaks {
                            rules.crawl_delay = rules.crawl_delay.max(delay);
                        }
                    }
                }
            }
        }
        if is_named { named } else { anyone }
    }

    /// Whether an address may be fetched: the longest matching pattern decides, on a tie the one that allows.
    pub fn allows(&self, url: &Url) -> bool {
        if url.path() == "/robots.txt" {
            return true;
        }
        let path = normal_path(url);
        let mut best: Option<(usize, bool)> = None;
        for rule in &self.rules {
            let candidate = (rule.pattern.len(), rule.allow);
            if best.is_none_or(|b| candidate > b) && matches(&rule.pattern, &path) {
                best = Some(candidate);
            }
        }
        best.is_none_or(|(_, allow)| allow)
    }

    /// The pause that it asks for between two requests.
    pub fn crawl_delay(&self) -> Option<Duration> {
        self.crawl_delay
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    Agent,
    Allow,
    Disallow,
    CrawlDelay,
}

/// The lines that mean something, with their values.
fn lines(body: &[u8]) -> impl Iterator<Item = (Key, String)> + '_ {
    // A kept body is exactly that long when it was longer.
    let cut = body.len() >= PARSED;
    let body = body.get(..PARSED).unwrap_or(body);
    // Half a line would say something that nobody wrote.
    let end = if cut { body.iter().rposition(|b| matches!(b, b'\n' | b'\r')).unwrap_or(0) } else { body.len() };
    let body = body.get(..end).unwrap_or(body);
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    body.split(|b| matches!(b, b'\n' | b'\r')).filter_map(|line| {
        let line = line.split(|&b| b == b'#').next().unwrap_or_default();
        let colon = line.iter().position(|&b| b == b':')?;
        let (key, value) = line.split_at(colon);
        let key = match String::from_utf8_lossy(key).trim().to_ascii_lowercase().as_str() {
            "user-agent" | "useragent" | "user agent" => Key::Agent,
            "allow" => Key::Allow,
            // What a site plainly meant is obeyed.
            "disallow" | "dissallow" | "disalow" | "diasllow" | "disallaw" => Key::Disallow,
            "crawl-delay" | "crawldelay" => Key::CrawlDelay,
            _ => return None,
        };
        let value = value.get(1..).unwrap_or_default().trim_ascii();
        Some((key, text(value)))
    })
}

/// Bytes as text: UTF-8, or else each byte as the character of its number, which percent-encoding undoes.
fn text(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(|&b| char::from(b)).collect(), str::to_owned)
}

/// The product token at the start of a `User-agent` value: letters, `-` and `_`.
fn product(value: &str) -> &str {
    let end = value.find(|c: char| !(c.is_ascii_alphabetic() || c == '-' || c == '_')).unwrap_or(value.len());
    value.get(..end).unwrap_or_default()
}

fn crawl_delay(value: &str) -> Option<Duration> {
    let seconds: f64 = value.split_whitespace().next()?.parse().ok()?;
    (seconds.is_finite() && seconds > 0.0)
        .then(|| Duration::from_secs_f64(seconds.min(LONGEST_CRAWL_DELAY.as_secs_f64())))
}

fn normal_pattern(value: &str) -> String {
    // A path begins with a slash; `Disallow: private/` is taken as it was meant.
    let slash = if value.starts_with(['/', '*', '$']) { "" } else { "/" };
    let (body, end) = value.strip_suffix('$').map_or((value, ""), |body| (body, "$"));
    let mut pattern = String::from(slash);
    for (i, piece) in body.split('*').enumerate() {
        if i > 0 && !pattern.ends_with('*') {
            pattern.push('*');
        }
        normalise(piece.as_bytes(), &mut pattern);
    }
    pattern.push_str(end);
    pattern
}

fn normal_path(url: &Url) -> String {
    let mut path = String::new();
    normalise(url.path().as_bytes(), &mut path);
    if let Some(query) = url.query() {
        path.push('?');
        normalise(query.as_bytes(), &mut path);
    }
    path
}

/// One spelling for every octet (RFC 9309 §2.2.2): unreserved characters plain, what is not ASCII and literal `*` and
/// `$` percent-encoded, hexadecimal figures in capitals; an encoded reserved character stays different from a plain one.
fn normalise(bytes: &[u8], out: &mut String) {
    let mut rest = bytes;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        let (octet, encoded) = match tail {
            [high, low, after @ ..] if byte == b'%' => match (hex(*high), hex(*low)) {
                (Some(h), Some(l)) => {
                    rest = after;
                    (h << 4 | l, true)
                }
                _ => (byte, false),
            },
            _ => (byte, false),
        };
        let unreserved = octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'.' | b'_' | b'~');
        let plain = unreserved || !encoded && octet.is_ascii_graphic() && !matches!(octet, b'*' | b'$');
        if plain {
            out.push(char::from(octet));
        } else {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            out.push('%');
            out.push(char::from(HEX[usize::from(octet >> 4)]));
            out.push(char::from(HEX[usize::from(octet & 15)]));
        }
    }
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok())
}

/// Whether a pattern matches from the start of a path. Each piece between stars is taken at its first place, so the
/// time grows with the sum of both lengths.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, anchored) = pattern.strip_suffix('$').map_or((pattern, false), |p| (p, true));
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return !anchored || rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if anchored && pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        match rest.find(piece) {
            Some(at) => rest = rest.get(at + piece.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    true
}

/// What the answer to a robots.txt request means (RFC 9309 §2.3.1); None: there was no answer.
///
/// 2xx is read, 4xx allows everything, and so does a redirect that leads nowhere; 5xx, no answer, and an answer that
/// broke off allow nothing. 429 counts as 5xx: a host that wants to be left alone is left alone.
pub fn note(answer: Option<&Response>) -> RobotsNote {
    let Some(answer) = answer else { return RobotsNote::DisallowAll };
    match answer.status {
        200..=299 => match answer.cut {
            Some(Cut::Time | Cut::BrokeOff | Cut::Corrupt) => RobotsNote::DisallowAll,
            // Cut by its size alone: what counts is at its beginning.
            Some(Cut::WireCap | Cut::DecodedCap | Cut::Ratio) | None => {
                RobotsNote::Body(answer.body.get(..PARSED).unwrap_or(&answer.body).to_vec())
            }
        },
        429 | 500.. => RobotsNote::DisallowAll,
        _ => RobotsNote::AllowAll,
    }
}

/// What is known of the robots.txt of each host.
#[derive(Debug, Default)]
pub(super) struct Cache(HashMap<HostKey, (Known, Timestamp)>);

#[derive(Clone, PartialEq, Debug)]
enum Known {
    Rules(Rules),
    DisallowAll,
}

/// What the cache says of an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Word {
    Allowed,
    Disallowed,
    Unreachable,
    NotKnown,
}

impl Cache {
    pub(super) fn learn(&mut self, host: HostKey, note: &RobotsNote, fetched: Timestamp) {
        let known = match note {
            RobotsNote::Body(body) => Known::Rules(Rules::parse(body, PRODUCT_TOKEN)),
            RobotsNote::AllowAll => Known::Rules(Rules::default()),
            RobotsNote::DisallowAll => Known::DisallowAll,
        };
        self.0.insert(host, (known, fetched));
    }

    pub(super) fn ask(&self, host: &HostKey, url: &Url, now: Timestamp) -> Word {
        match self.0.get(host) {
            Some((_, fetched)) if now.duration_since(*fetched) > KEPT => Word::NotKnown,
            Some((Known::DisallowAll, _)) => Word::Unreachable,
            Some((Known::Rules(rules), _)) if rules.allows(url) => Word::Allowed,
            Some((Known::Rules(_), _)) => Word::Disallowed,
            None => Word::NotKnown,
        }
    }

    pub(super) fn crawl_delay(&self, host: &HostKey) -> Option<Duration> {
        match self.0.get(host) {
            Some((Known::Rules(rules), _)) => rules.crawl_delay(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
