//! robots.txt as RFC 9309 says, with Crawl-delay as a courtesy. A small parser of our own:
//! the crate `texting_robots` was wrong in 10 of the 66 cases of the tests beside this file (percent-encoding, a product
//! token with a version) and fails on a file with one long rule.
//!
//! Any bytes are accepted: what is not a line of the format is passed over, and everything beyond 500 KiB is dropped.

mod cache;
mod pattern;

use std::time::Duration;

use unlisted_model::ports::RobotsNote;
use url::Url;

pub(super) use cache::{Cache, Word};
use pattern::{matches, normal_path, normal_pattern};

use crate::exchange::{Cut, Response};

/// The product token of the program, as robots.txt files name it.
pub const PRODUCT_TOKEN: &str = "unlisted";

/// RFC 9309 §2.5: at least 500 KiB are parsed.
const PARSED: usize = 500 * 1024;
/// A longer Crawl-delay is honoured up to here. Crawl-delay is no part of the RFC.
const LONGEST_CRAWL_DELAY: Duration = Duration::from_secs(60);

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
    (seconds.is_finite() && seconds > 0.0).then(|| Duration::from_secs_f64(seconds.min(LONGEST_CRAWL_DELAY.as_secs_f64())))
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

#[cfg(test)]
mod cases;
#[cfg(test)]
mod differential;
#[cfg(test)]
mod tests;
