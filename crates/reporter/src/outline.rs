//! What page one and the terminal say in brief: the answer, the first step, the counts.

use std::collections::BTreeMap;

use unlisted_model::coverage::{Outcome, OutcomeKind};
use unlisted_model::detection::Fit;
use unlisted_model::exposure::{Exposure, Status};
use unlisted_model::identifier::Kind;
use unlisted_model::query::Discloses;
use unlisted_model::report::SubjectReport;
use unlisted_model::severity::Severity;

use crate::{Sure, Words};

/// The source of everything that the person saved, pasted or named.
const GIVEN: &str = "given";

/// Sources whose questions are searches: what they answer is a list of places, not a place.
const SEARCHES: [&str; 1] = ["searxng"];

/// How many findings page one names.
const TOP: usize = 3;

/// The short form of one subject's report.
pub(crate) struct Outline<'a> {
    /// Surely theirs and worth an act.
    pub(crate) acts: usize,
    /// Of these, today.
    pub(crate) today: usize,
    /// Surely theirs, and only good to know.
    pub(crate) good_to_know: usize,
    /// Not sure, or supplied by nobody.
    pub(crate) unsure: usize,
    /// The first ones.
    pub(crate) top: Vec<&'a Exposure>,
    /// Where to start.
    pub(crate) start: Option<&'a Exposure>,
    /// The first with hostile words near it, however sure we are of it.
    pub(crate) hostile: Option<&'a Exposure>,
    pub(crate) coverage: Counts,
}

/// Questions and pages by what became of them.
#[derive(Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) checked: usize,
    pub(crate) searches: usize,
    pub(crate) by_you: usize,
    pub(crate) silent: usize,
    pub(crate) refused: usize,
    pub(crate) skipped: usize,
    pub(crate) waiting: usize,
    pub(crate) with_key: usize,
}

/// Whether an exposure counts in the headline: supplied, and more than *Not sure*.
pub(crate) fn is_sure(exposure: &Exposure) -> bool {
    exposure.supplied && Sure::of_exposure(exposure) > Sure::NotSure
}

/// Whether there is still something to do.
pub(crate) fn is_open(exposure: &Exposure) -> bool {
    matches!(exposure.status, Status::ToDo | Status::CameBack)
}

/// Whether its pages are named to people (the JSON form names every page, as its contract says). A detail that nobody supplied is told as kind and site only: whoever knows the
/// value types it and sees the page. A located photo stands on the person's own page, so there is nothing to hold back.
pub(crate) fn shows_page(exposure: &Exposure) -> bool {
    exposure.supplied || exposure.kind == Kind::PhotoLocation
}

/// Whether words of threat or abuse stand near one of its places.
pub(crate) fn is_hostile(exposure: &Exposure) -> bool {
    exposure.places.iter().any(|p| p.finding.hostile)
}

/// Whether a cover line stands before it: family and children.
pub(crate) fn is_covered(exposure: &Exposure) -> bool {
    matches!(exposure.kind, Kind::FamilyMember | Kind::School)
}

impl<'a> Outline<'a> {
    pub(crate) fn of(subject: &'a SubjectReport) -> Self {
        let sure = || subject.exposures.iter().filter(|e| is_sure(e));
        let open = || sure().filter(|e| is_open(e) && e.severity >= Severity::Medium);
        let by_id: BTreeMap<&str, &Exposure> = subject.exposures.iter().map(|e| (e.id.as_str(), e)).collect();
        let mut in_plan = subject.plan.iter().filter_map(|id| by_id.get(id.as_str()).copied());
        Self {
            acts: open().count(),
            today: open().filter(|e| e.severity == Severity::Critical).count(),
            good_to_know: sure().filter(|e| e.severity == Severity::Low).count(),
            unsure: subject.exposures.iter().filter(|e| !is_sure(e)).count(),
            top: open().take(TOP).collect(),
            start: in_plan.find(|e| is_sure(e) && is_open(e) && e.severity >= Severity::Medium),
            hostile: subject.exposures.iter().find(|e| is_hostile(e)),
            coverage: Counts::of(subject),
        }
    }

    /// The answer, sentence by sentence.
    pub(crate) fn answer(&self, words: &Words) -> Vec<String> {
        let counts = &self.coverage;
        let looked = counts.checked + counts.searches + counts.by_you;
        if self.acts > 0 {
            let today = if self.today == 0 {
                words.get("report.none_today").into_owned()
            } else {
                words.count("report.today", self.today, &[])
            };
            return vec![words.count("report.found", self.acts, &[]), today];
        }
        if looked == 0 {
            return vec![words.get("report.looked_nowhere").into_owned(), words.get("report.says_nothing").into_owned()];
        }
        let mut said = vec![if self.good_to_know + self.unsure == 0 {
            words.count("report.nothing", looked, &[])
        } else {
            words.count("report.nothing_to_act", looked, &[])
        }];
        let not = counts.silent + counts.refused;
        if not > 0 {
            said.push(words.count("report.could_not", not, &[]));
        }
        said.push(words.get("report.no_proof").into_owned());
        said
    }

    /// "We also saw …", for what the answer does not count.
    pub(crate) fn also(&self, words: &Words) -> Vec<String> {
        let mut said = vec![];
        if self.unsure > 0 {
            said.push(words.count("report.unsure", self.unsure, &[]));
        }
        if self.good_to_know > 0 {
            said.push(words.count("report.good_to_know", self.good_to_know, &[]));
        }
        said
    }
}

impl Counts {
    fn of(subject: &SubjectReport) -> Self {
        let mut counts = Self { with_key: subject.possible_with_key.len(), ..Self::default() };
        for source in &subject.coverage.sources {
            for (kind, n) in &source.outcomes {
                let n = usize::try_from(*n).unwrap_or(usize::MAX);
                let slot = match kind {
                    OutcomeKind::Found | OutcomeKind::Absent if source.id.as_str() == GIVEN => &mut counts.by_you,
                    OutcomeKind::Found | OutcomeKind::Absent if SEARCHES.contains(&source.id.as_str()) => &mut counts.searches,
                    OutcomeKind::Found | OutcomeKind::Absent => &mut counts.checked,
                    OutcomeKind::Blocked | OutcomeKind::Failed => &mut counts.silent,
                    OutcomeKind::Refused => &mut counts.refused,
                    OutcomeKind::Skipped => &mut counts.skipped,
                    OutcomeKind::Waiting => &mut counts.waiting,
                };
                *slot = slot.saturating_add(n);
            }
        }
        counts
    }

    /// "We checked 9 places. You checked 6. 4 did not answer. 12 more are possible with a key (optional)."
    pub(crate) fn sentences(&self, words: &Words) -> Vec<String> {
        let mut said =
            vec![words.count("report.checked", self.checked, &[]), words.count("report.you_checked", self.by_you, &[])];
        for (n, key) in [
            (self.searches, "report.searches"),
            (self.silent, "report.silent"),
            (self.refused, "report.refused"),
            (self.skipped, "report.skipped"),
            (self.waiting, "report.waiting"),
            (self.with_key, "report.with_key"),
        ] {
            if n > 0 {
                said.push(words.count(key, n, &[]));
            }
        }
        said
    }
}

/// Why, in words: the reason if there is one, else how it ended.
pub(crate) fn why(outcome: Outcome, words: &Words) -> String {
    outcome
        .reason
        .map_or_else(|| words.of("outcome", outcome.kind.as_str()), |r| words.of("outcome-reason", r.as_str()))
        .into_owned()
}

/// What to do about it.
pub(crate) fn what_to_do(outcome: Outcome, words: &Words) -> String {
    outcome
        .reason
        .map_or_else(|| words.of("outcome-do", outcome.kind.as_str()), |r| words.of("outcome-reason-do", r.as_str()))
        .into_owned()
}

/// "your name, your area".
pub(crate) fn told(discloses: &[Discloses], words: &Words) -> String {
    if discloses.is_empty() {
        return words.get("discloses.nothing").into_owned();
    }
    discloses.iter().map(|d| words.of("discloses", d.as_str())).collect::<Vec<_>>().join(", ")
}

/// "Your home address", "Part of your home address", "Your street, another number", "A phone number that you did not
/// give us".
pub(crate) fn name(exposure: &Exposure, words: &Words) -> String {
    let kind = words.of("kind", exposure.kind.as_str());
    if exposure.kind == Kind::PhotoLocation {
        return words.of("kind-a", exposure.kind.as_str()).into_owned();
    }
    if !exposure.supplied {
        return words.fill("report.name_unsupplied", &[("kind", &words.of("kind-a", exposure.kind.as_str()))]);
    }
    if exposure.partial {
        let neighbour = exposure.places.iter().all(|p| p.finding.fit == Fit::OtherNumber);
        return if neighbour {
            words.get("report.name_neighbour").into_owned()
        } else {
            words.fill("report.name_part", &[("kind", &kind)])
        };
    }
    words.fill("report.name", &[("kind", &kind)])
}
