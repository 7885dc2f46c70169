//! Durations carry their unit: `1500ms`, `1s`, `15m`, `2h`.

use std::time::Duration;

/// Reads a duration.
///
/// # Errors
/// What is wrong.
pub(super) fn read(text: &str) -> Result<Duration, String> {
    text.parse::<jiff::SignedDuration>()
        .ok()
        .and_then(|d| Duration::try_from(d).ok())
        .filter(|d| *d <= Duration::from_secs(24 * 3600))
        .ok_or_else(|| {
            "a time must be written with its unit and be at most a day, for example \"1500ms\", \"1s\" or \"15m\"".to_owned()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_needed() {
        assert_eq!(read("1500ms"), Ok(Duration::from_millis(1500)));
        assert_eq!(read("15m"), Ok(Duration::from_secs(900)));
        for wrong in ["1", "soon", "-1s", "2 weeks", ""] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
