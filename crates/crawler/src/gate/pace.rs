//! How long a host is left alone: politeness is one moment per host, not a sleep.
//!
//! The gap that grows with a site's own slowness is Heritrix's `delayFactor`: small servers slow us down by themselves.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use unlisted_model::ports::HostUpdate;

/// The numbers of politeness (`[pace]` of the configuration).
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Pace {
    /// The least gap between two requests to one host.
    pub gap: Duration,
    /// … or so many times as long as its last answer took …
    pub latency_factor: f64,
    /// … but the latter no longer than this.
    pub longest_gap: Duration,
    /// A host that asks for a longer pause is given up.
    pub longest_wait: Duration,
    /// Refusals in a row after which a host is given up.
    pub park_after: u32,
}

impl Pace {
    /// Whether a host is to be given up after what it just did: too many refusals in a row, or too long a pause asked.
    pub fn gives_up(&self, update: &HostUpdate, asked: Option<Duration>) -> bool {
        update.refusals >= self.park_after.max(1) || asked.is_some_and(|wait| wait > self.longest_wait)
    }
}

/// What a host did with a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Happened {
    /// It answered, with a page or an ordinary error.
    Answered {
        /// How long it took until the head of its answer.
        latency: Duration,
    },
    /// It wants us to slow down: 429, 503 or a challenge.
    Refused {
        /// How long it took until the head of its answer.
        latency: Duration,
        /// Its `Retry-After`, if it gave one.
        wait: Option<Duration>,
    },
    /// It did not answer.
    Failed {
        /// How long we waited for it.
        took: Duration,
    },
}

/// The clock of a host after a request that ended at `now`: the longest of the configured gaps, Crawl-delay, k × the
/// last latency (at most the longest gap), Retry-After and the back-off (at most the longest wait), each divided by
/// `speedup`. Gaps count from the end of the last request, so that at the server no two are closer.
pub fn after(
    previous: Option<&HostUpdate>,
    what: Happened,
    row_gap: Duration,
    crawl_delay: Option<Duration>,
    pace: &Pace,
    speedup: f64,
    now: Timestamp,
) -> HostUpdate {
    let before = previous.map_or(0, |p| p.refusals);
    let (latency, refusals, pause) = match what {
        Happened::Answered { latency } => (latency, 0, Duration::ZERO),
        Happened::Failed { took } => (took, before, Duration::ZERO),
        Happened::Refused { latency, wait } => {
            let refusals = before.saturating_add(1);
            let pause = wait.unwrap_or_default().max(back_off(refusals, now));
            (latency, refusals, pause.min(pace.longest_wait))
        }
    };
    let slowness = times(latency, pace.latency_factor).min(pace.longest_gap);
    let gap = [row_gap, pace.gap, crawl_delay.unwrap_or_default(), slowness, pause].into_iter().max().unwrap_or_default();
    let next = SignedDuration::try_from(sped_up(gap, speedup)).unwrap_or(SignedDuration::MAX);
    HostUpdate { next_allowed_at: now.checked_add(next).unwrap_or(Timestamp::MAX), refusals, latency }
}

/// A pause divided by the speed-up of a rehearsal; never lengthened, whatever the factor.
pub fn sped_up(pause: Duration, speedup: f64) -> Duration {
    if speedup.is_finite() && speedup > 1.0 { times(pause, 1.0 / speedup) } else { pause }
}

fn times(span: Duration, factor: f64) -> Duration {
    Duration::try_from_secs_f64(span.as_secs_f64() * factor).unwrap_or(if factor > 0.0 { Duration::MAX } else { Duration::ZERO })
}

/// 2^n seconds and up to half as much again. The jitter comes from the moment itself, so a run can be repeated.
fn back_off(refusals: u32, now: Timestamp) -> Duration {
    let whole = Duration::from_secs(1u64 << refusals.min(20));
    // SplitMix64's last steps: spreads neighbouring moments.
    let mut x = now.as_microsecond().unsigned_abs() ^ (u64::from(refusals) << 56);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^= x >> 31;
    let thousandths = u32::try_from(x % 500).unwrap_or(0);
    whole + whole * thousandths / 1000
}

#[cfg(test)]
mod tests;
