//! The days of one election, counted from polling day.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use unlisted_model::Nation;
use unlisted_model::prepare::{Count, Deadline, DeadlineRow, Doubt, Event, Preparing};

use super::calendar::Calendar;
use super::list::Election;

/// The days of an election, in the order of time; none without a polling day. Where the kind of election or the nation is not known,
/// each is the earliest that it can be, and says so.
pub fn timetable(known: &Preparing, election: Election) -> Vec<Deadline> {
    let Some(poll) = election.day else { return vec![] };
    let mut days: Vec<Deadline> = Event::ALL.into_iter().filter_map(|event| day_of(known, election, poll, event)).collect();
    days.sort_by_key(|d| (d.day, d.event));
    days
}

/// The earliest day that any fitting rule gives. Others that differ from it make it uncertain.
fn day_of(known: &Preparing, election: Election, poll: Date, event: Event) -> Option<Deadline> {
    let rows = known.deadlines.iter().filter(|r| r.event == event && r.scope.may_hold(election.nation, election.contest));
    let nations: Vec<Nation> = match election.nation {
        Some(nation) => vec![nation],
        None => Nation::ALL.to_vec(),
    };
    let mut all: Vec<Deadline> = vec![];
    for row in rows {
        // A row's nations, or each nation in its turn: their bank holidays differ.
        for nation in nations.iter().filter(|n| row.scope.nations.is_empty() || row.scope.nations.contains(n)) {
            all.extend(counted(known, row, poll, *nation));
        }
    }
    let earliest = all.iter().min_by_key(|d| (d.day, d.hour.unwrap_or(i8::MAX)))?.clone();
    let mut chosen = earliest;
    if all.iter().any(|d| d.day != chosen.day || d.hour != chosen.hour) {
        let unknown = election.nation.is_none() || election.contest.is_none();
        chosen.doubts.insert(if unknown { Doubt::Kind } else { Doubt::Rule });
    }
    if election.contest.is_none() && event != Event::Poll {
        chosen.doubts.insert(Doubt::Kind);
        chosen.law = None;
    }
    // What makes another rule uncertain may make this choice uncertain.
    chosen.doubts.extend(all.iter().flat_map(|d| d.doubts.iter().copied()));
    Some(chosen)
}

/// The day by one rule in one nation.
fn counted(known: &Preparing, row: &DeadlineRow, poll: Date, nation: Nation) -> Option<Deadline> {
    let own = [nation];
    let calendar = Calendar { holidays: &known.holidays, nations: &own, skips_easter_monday: row.skips_easter_monday };
    let mut doubts = BTreeSet::new();
    let mut day = match row.count {
        Count::WorkingDaysBefore(n) => calendar.before(poll, n)?,
        Count::DaysAfter(n) => poll.checked_add(i64::from(n).days()).ok()?,
    };
    if let Count::WorkingDaysBefore(n) = row.count {
        if !calendar.is_certain(day, poll) {
            doubts.insert(Doubt::Holidays);
        }
        if row.any_nation {
            let everywhere = Calendar { nations: &Nation::ALL, ..calendar };
            let other = everywhere.before(poll, n)?;
            if other != day {
                doubts.insert(Doubt::Holidays);
                day = day.min(other);
            }
        }
    }
    if !row.sure {
        doubts.insert(Doubt::Rule);
    }
    if row.ordinary_only && !is_ordinary(poll) {
        doubts.insert(Doubt::NotOrdinary);
    }
    if !calendar.works(poll) {
        doubts.insert(Doubt::PollDay);
    }
    Some(Deadline { event: row.event, day, hour: row.hour, doubts, law: Some(row.law.clone()) })
}

/// The first Thursday in May.
fn is_ordinary(poll: Date) -> bool {
    poll.month() == 5 && poll.weekday() == Weekday::Thursday && poll.day() <= 7
}
