//! Moments as the file keeps them: whole nanoseconds since 1970, in 64 bits (until 2262; what lies beyond is cut to that).

use std::time::Duration;

use jiff::Timestamp;

/// Before everything: a row or host that may go at once.
pub(crate) const LONG_AGO: i64 = i64::MIN;

/// A moment as a number.
pub(crate) fn nanos(at: Timestamp) -> i64 {
    let nanos = at.as_nanosecond();
    i64::try_from(nanos).unwrap_or(if nanos < 0 { LONG_AGO + 1 } else { i64::MAX })
}

/// A number as a moment.
pub(crate) fn moment(nanos: i64) -> Timestamp {
    Timestamp::from_nanosecond(i128::from(nanos)).unwrap_or(Timestamp::MAX)
}

/// A duration as a number.
pub(crate) fn length(duration: Duration) -> i64 {
    i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX)
}

/// A number as a duration.
pub(crate) fn duration(nanos: i64) -> Duration {
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_come_back() {
        for nanos_ in [i64::MIN + 1, -1, 0, 1, 1_795_000_000_123_456_789, i64::MAX] {
            assert_eq!(nanos(moment(nanos_)), nanos_);
        }
        assert_eq!(nanos(Timestamp::MAX), i64::MAX);
        assert_eq!(nanos(Timestamp::MIN), i64::MIN + 1);
    }
}
