//! From what a request met to what its question ends with. Never from failure to absence.

use unlisted_crawler::exchange::Cut;
use unlisted_crawler::source::Answer;
use unlisted_crawler::verdict::Verdict;
use unlisted_model::coverage::{Outcome, OutcomeKind, OutcomeReason};

/// The outcome of an answer that was read: `Found` only if there is something of the person.
pub(crate) fn of_answer(answer: &Answer, of_the_person: bool, cut: Option<Cut>) -> Outcome {
    let mut outcome = answer.outcome;
    if outcome.kind == OutcomeKind::Found && !of_the_person {
        outcome.kind = OutcomeKind::Absent;
    }
    // It looked like a wall or an empty frame, and yet the person stands on it.
    if of_the_person && !outcome.kind.is_answer() {
        let whole = outcome.kind == OutcomeKind::Blocked;
        outcome = Outcome { kind: OutcomeKind::Found, reason: if whole { None } else { Some(OutcomeReason::Cut) } };
    }
    if outcome.reason.is_none() && cut.is_some() && outcome.kind.is_answer() {
        outcome.reason = Some(OutcomeReason::Cut);
    }
    outcome
}

/// The outcome of an answer that nobody reads.
pub(crate) fn of_verdict(verdict: &Verdict) -> Outcome {
    match verdict {
        Verdict::SlowDown { .. } => Outcome::because(OutcomeKind::Blocked, OutcomeReason::TooManyRequests),
        Verdict::Challenge => Outcome::because(OutcomeKind::Blocked, OutcomeReason::Challenge),
        Verdict::Forbidden => Outcome::because(OutcomeKind::Blocked, OutcomeReason::Forbidden),
        // The page is not there: that is an answer about this page, and it says so.
        Verdict::Gone => Outcome::because(OutcomeKind::Absent, OutcomeReason::Gone),
        Verdict::Usable | Verdict::Redirect(_) | Verdict::ErrorStatus(_) | Verdict::ServerError(_) => {
            Outcome::because(OutcomeKind::Failed, OutcomeReason::ErrorStatus)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failure_is_never_absence_and_what_was_found_is_found() {
        let check = |read: Outcome, of_the_person: bool, cut: Option<Cut>, expect: Outcome| {
            assert_eq!(of_answer(&Answer::only(read), of_the_person, cut), expect);
        };
        let wall = Outcome::because(OutcomeKind::Blocked, OutcomeReason::Challenge);
        let frame = Outcome::because(OutcomeKind::Failed, OutcomeReason::Unreadable);
        let cut = |kind| Outcome::because(kind, OutcomeReason::Cut);
        check(wall, false, None, wall);
        check(wall, true, None, Outcome::plain(OutcomeKind::Found));
        check(frame, false, None, frame);
        check(frame, true, None, cut(OutcomeKind::Found));
        check(Outcome::plain(OutcomeKind::Found), false, None, Outcome::plain(OutcomeKind::Absent));
        check(Outcome::plain(OutcomeKind::Found), false, Some(Cut::BrokeOff), cut(OutcomeKind::Absent));
    }
}
