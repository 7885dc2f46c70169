//! What the clock says in known zones, and in none.

use super::*;

fn check(now: &str, zone: &TimeZone, offset: Option<i32>, here: &str) {
    let clock = clock_at(now.parse().expect("test data"), zone, None);
    assert_eq!(clock.local_offset, offset, "{now} {zone:?}");
    assert_eq!(local(&clock).to_string(), here, "{now} {zone:?}");
}

#[test]
fn zones_by_name_are_known_and_an_unknown_one_is_never_utc() {
    let zone = |name: &str| TimeZone::get(name).expect("the zones are in the program");
    check("2026-07-01T23:30:00Z", &zone("Europe/London"), Some(3600), "2026-07-02T00:30:00");
    check("2026-12-01T23:30:00Z", &zone("Europe/London"), Some(0), "2026-12-01T23:30:00");
    check("2026-07-01T23:30:00Z", &zone("America/New_York"), Some(-14400), "2026-07-01T19:30:00");
    check("2026-07-01T23:30:00Z", &TimeZone::UTC, Some(0), "2026-07-01T23:30:00");
    check("2026-07-01T23:30:00Z", &TimeZone::unknown(), None, "2026-07-02T00:30:00");
}
