//! What to do before nomination: which tasks are a person's, when they are due, what became of them.

mod calendar;
mod list;
mod marks;
#[cfg(test)]
mod tests;
mod timetable;

pub use list::{Election, checklist};
pub use marks::{BadMarks, Marks};
pub use timetable::timetable;

use crate::danger::{contest_of, nation_of};

use unlisted_model::{Candidacy, Contest, Councils, Nation};

/// The nation in which a kind of election is held, when there is only one.
pub fn only_nation(contest: Contest) -> Option<Nation> {
    nation_of(contest)
}

/// Whether such an election is held there.
pub fn is_held(contest: Contest, nation: Nation) -> bool {
    match contest {
        Contest::UkParliament | Contest::Council => true,
        Contest::Parish => nation != Nation::NorthernIreland,
        // No mayor is elected in Wales today, but the law allows for one.
        Contest::Mayor | Contest::PoliceCommissioner => matches!(nation, Nation::England | Nation::Wales),
        _ => only_nation(contest) == Some(nation),
    }
}

impl Election {
    /// What a person's file says of their election: the nation is theirs, else that of the kind of election, else the council's; the
    /// kind is theirs, else a council's when a council is given.
    pub fn of(candidacy: &Candidacy, councils: &Councils) -> Self {
        let council = candidacy.council.as_deref().and_then(|code| councils.get(code));
        let contest = candidacy.contest.or_else(|| council.map(contest_of));
        let nation =
            candidacy.nation.or_else(|| contest.and_then(only_nation)).or_else(|| council.and_then(|c| Nation::parse(&c.nation)));
        Self { day: candidacy.election, nation, contest }
    }

    /// The same with what was said on this run in place of it.
    #[must_use]
    pub fn or_else(self, otherwise: Self) -> Self {
        let contest = self.contest.or(otherwise.contest);
        let nation = self.nation.or_else(|| contest.and_then(only_nation)).or(otherwise.nation);
        Self { day: self.day.or(otherwise.day), nation, contest }
    }
}
