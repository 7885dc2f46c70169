//! A host is never asked earlier than any single rule says.

use std::time::Duration;

use jiff::Timestamp;
use proptest::prelude::*;
use unlisted_model::ports::HostUpdate;

use super::{Happened, after, sped_up};
use crate::gate::testing::{now, pace};

const SECOND: Duration = Duration::from_secs(1);

/// Seconds until the next request may go out.
fn check(refusals: u32, what: Happened, row_gap: Duration, crawl_delay: Option<Duration>, expect: std::ops::RangeInclusive<f64>) {
    let previous = HostUpdate { next_allowed_at: now(), refusals, latency: SECOND };
    let next = after(Some(&previous), what, row_gap, crawl_delay, &pace(), 1.0, now());
    let wait = next.next_allowed_at.duration_since(now()).as_secs_f64();
    assert!(expect.contains(&wait), "{what:?}: {wait}");
}

#[test]
fn each_rule_by_itself() {
    let quick = Happened::Answered { latency: Duration::from_millis(10) };
    check(0, quick, Duration::ZERO, None, 1.0..=1.0);
    check(0, quick, 3 * SECOND, None, 3.0..=3.0);
    check(0, quick, SECOND, Some(7 * SECOND), 7.0..=7.0);
    check(0, Happened::Answered { latency: 2 * SECOND }, SECOND, None, 10.0..=10.0);
    check(0, Happened::Answered { latency: 60 * SECOND }, SECOND, None, 30.0..=30.0);
    check(0, Happened::Failed { took: 60 * SECOND }, SECOND, None, 30.0..=30.0);
    let refused = |wait| Happened::Refused { latency: Duration::ZERO, wait };
    check(0, refused(None), SECOND, None, 2.0..=3.0);
    check(1, refused(None), SECOND, None, 4.0..=6.0);
    check(4, refused(None), SECOND, None, 32.0..=48.0);
    check(0, refused(Some(120 * SECOND)), SECOND, None, 120.0..=120.0);
    check(0, refused(Some(Duration::ZERO)), SECOND, None, 2.0..=3.0);
    // Nobody waits longer than the longest wait: such a host is given up.
    check(0, refused(Some(Duration::MAX)), SECOND, None, 900.0..=900.0);
    check(u32::MAX, refused(None), SECOND, None, 900.0..=900.0);
}

#[test]
fn refusals_are_counted_until_an_answer() {
    let update = |refusals, what| {
        after(Some(&HostUpdate { next_allowed_at: now(), refusals, latency: SECOND }), what, SECOND, None, &pace(), 1.0, now())
    };
    let refused = update(1, Happened::Refused { latency: SECOND, wait: None });
    assert_eq!(refused.refusals, 2);
    assert!(!pace().gives_up(&refused, None));
    assert!(pace().gives_up(&refused, Some(901 * SECOND)));
    assert!(pace().gives_up(&update(2, Happened::Refused { latency: SECOND, wait: None }), None));
    assert_eq!(update(2, Happened::Failed { took: SECOND }).refusals, 2);
    assert_eq!(update(2, Happened::Answered { latency: SECOND }).refusals, 0);
}

#[test]
fn a_speedup_divides_and_nothing_else_does() {
    assert_eq!(sped_up(10 * SECOND, 100.0), Duration::from_millis(100));
    for factor in [1.0, 0.5, 0.0, -3.0, f64::NAN, f64::INFINITY] {
        assert_eq!(sped_up(SECOND, factor), SECOND, "{factor}");
    }
}

fn millis() -> impl Strategy<Value = Duration> {
    (0u64..2_000_000).prop_map(Duration::from_millis)
}

proptest! {
    #[test]
    fn never_earlier_than_any_rule(
        row_gap in millis(), crawl in proptest::option::of(millis()), latency in millis(), wait in proptest::option::of(millis()),
        refusals in 0u32..8, speedup in 1.0f64..1000.0, kind in 0u8..3, at in 0i64..4_000_000_000,
    ) {
        let now = Timestamp::from_second(at).expect("test data");
        let previous = HostUpdate { next_allowed_at: now, refusals, latency };
        let what = match kind {
            0 => Happened::Answered { latency },
            1 => Happened::Failed { took: latency },
            _ => Happened::Refused { latency, wait },
        };
        let pace = pace();
        let next = after(Some(&previous), what, row_gap, crawl, &pace, speedup, now);
        let mut rules = vec![row_gap, pace.gap, crawl.unwrap_or_default(), (latency * 5).min(pace.longest_gap)];
        if let Happened::Refused { wait, .. } = what {
            rules.push(wait.unwrap_or_default().min(pace.longest_wait));
            rules.push(Duration::from_secs(2u64 << refusals).min(pace.longest_wait));
        }
        let got = next.next_allowed_at.duration_since(now).as_secs_f64();
        for rule in rules {
            prop_assert!(got >= rule.as_secs_f64() / speedup - 1e-6, "{got} {rule:?} {speedup}");
        }
        prop_assert_eq!(after(Some(&previous), what, row_gap, crawl, &pace, speedup, now), next, "repeatable");
    }
}
