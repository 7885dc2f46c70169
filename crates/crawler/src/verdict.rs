//! What an answer means before anybody reads it: usable, elsewhere, slow down, challenged, forbidden, gone, broken.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::{rfc2822, strtime};
use jiff::tz::TimeZone;
use unlisted_model::{Outcome, OutcomeKind, OutcomeReason};
use url::Url;

use crate::exchange::Response;

/// What to do with an answer.
#[derive(Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Its source may read it.
    Usable,
    /// It is elsewhere: a new request.
    Redirect(Url),
    /// The host wants to be left alone, for so long if it says so: 429, 503, or another refusal with `Retry-After`.
    SlowDown {
        /// From its `Retry-After`.
        wait: Option<Duration>,
    },
    /// A challenge or captcha.
    Challenge,
    /// 401, 402, 403, 451: not for us.
    Forbidden,
    /// 404 or 410.
    Gone,
    /// Another status that is no answer, a redirect to nowhere among them.
    ErrorStatus(u16),
    /// The server is broken: 5xx but for 503.
    ServerError(u16),
}

impl Verdict {
    /// How a question ends with this answer; None: it does not end here.
    pub const fn outcome(&self) -> Option<Outcome> {
        let (kind, reason) = match self {
            Self::Usable | Self::Redirect(_) => return None,
            Self::SlowDown { .. } => (OutcomeKind::Blocked, OutcomeReason::TooManyRequests),
            Self::Challenge => (OutcomeKind::Blocked, OutcomeReason::Challenge),
            Self::Forbidden => (OutcomeKind::Blocked, OutcomeReason::Forbidden),
            Self::Gone => (OutcomeKind::Failed, OutcomeReason::Gone),
            Self::ErrorStatus(_) | Self::ServerError(_) => (OutcomeKind::Failed, OutcomeReason::ErrorStatus),
        };
        Some(Outcome::because(kind, reason))
    }

    /// Whether the host is to be slowed down, not only the request.
    pub const fn slows_host(&self) -> bool {
        matches!(self, Self::SlowDown { .. } | Self::Challenge)
    }
}

/// Where a redirect leads may hold what nobody should read in a log: only its host is shown.
impl std::fmt::Debug for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Usable => f.write_str("Usable"),
            Self::Redirect(to) => f.debug_tuple("Redirect").field(&to.host_str()).finish(),
            Self::SlowDown { wait } => f.debug_struct("SlowDown").field("wait", wait).finish(),
            Self::Challenge => f.write_str("Challenge"),
            Self::Forbidden => f.write_str("Forbidden"),
            Self::Gone => f.write_str("Gone"),
            Self::ErrorStatus(status) => f.debug_tuple("ErrorStatus").field(status).finish(),
            Self::ServerError(status) => f.debug_tuple("ServerError").field(status).finish(),
        }
    }
}

/// Judges an answer that came at `now`.
pub fn verdict(response: &Response, now: Timestamp) -> Verdict {
    let wait = || response.header("retry-after").and_then(|v| retry_after(v, response.header("date"), now));
    match response.status {
        429 => Verdict::SlowDown { wait: wait() },
        301 | 302 | 303 | 307 | 308 | 300 => location(response).map_or(Verdict::ErrorStatus(response.status), Verdict::Redirect),
        status if marks::is_challenge(response) => {
            // A page that says "come back later" is no puzzle.
            if status == 503 && response.header("retry-after").is_some() {
                Verdict::SlowDown { wait: wait() }
            } else {
                Verdict::Challenge
            }
        }
        200..=299 => Verdict::Usable,
        503 => Verdict::SlowDown { wait: wait() },
        403 if response.header("retry-after").is_some() => Verdict::SlowDown { wait: wait() },
        401 | 402 | 403 | 407 | 451 => Verdict::Forbidden,
        404 | 410 => Verdict::Gone,
        status @ 500..=599 => Verdict::ServerError(status),
        status => Verdict::ErrorStatus(status),
    }
}

fn location(response: &Response) -> Option<Url> {
    let mut to = response.url.join(response.header("location")?.trim()).ok()?;
    to.set_fragment(None);
    Some(to)
}

/// `Retry-After` (RFC 9110 §10.2.3): seconds, or a date, counted from the server's own `Date` where it gives one, so
/// that a clock that is wrong on either side does not matter. A past date is no pause. None for what is neither.
pub fn retry_after(value: &str, date: Option<&str>, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let from = date.and_then(http_date).unwrap_or(now);
    let wait = http_date(value)?.duration_since(from);
    Some(Duration::try_from(wait).unwrap_or(Duration::ZERO))
}

/// The three forms of RFC 9110 §5.6.7.
fn http_date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let relaxed = rfc2822::DateTimeParser::new().relaxed_weekday(true);
    if let Ok(moment) = relaxed.parse_timestamp(text) {
        return Some(moment);
    }
    // RFC 850 and asctime; their weekday is passed over, since it adds nothing.
    let rest = text.split_once(", ").map_or_else(|| text.split_once(' ').map_or("", |(_, r)| r), |(_, r)| r);
    ["%d-%b-%y %H:%M:%S GMT", "%b %e %H:%M:%S %Y"].into_iter().find_map(|form| {
        let moment = strtime::parse(form, rest.trim()).ok()?.to_datetime().ok()?;
        moment.to_zoned_datetime(TimeZone::UTC).ok().map(|z| z.timestamp())
    })
}

mod marks;

pub(crate) use marks::wants_proof_of_a_person;

#[cfg(test)]
mod tests;
