//! The record of abuse between the person and the store: files to be kept, days and times as people type them, what the clock says, and
//! the copy that is made for the police, a platform or a solicitor.

mod checked;
mod copy;
mod file;
mod folder;
mod leftovers;
mod sort;
mod told;
mod when;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use unlisted_model::incident::{Clock, Entry};

pub use checked::{BundleFault, Checked, check_bundle};
pub use copy::{Copied, CopyProblem, CopyRequest, copy};
pub use file::{Doubt, FileProblem, LARGEST_MB, Read, read_file};
pub use leftovers::{BeingWritten, sweep_leftovers};
pub use told::{PageNote, page_note, path_typed};
pub use when::{Moment, WhenProblem, moment, phone_offset, time_of_day};

/// What this computer's clock says now, and how far it is off by the person's telephone (seconds; see [`phone_offset`]).
pub fn clock(off_by: Option<i64>) -> Clock {
    clock_at(Timestamp::now(), &TimeZone::system(), off_by)
}

/// The same for any moment and zone. A zone that is not known has no offset: UTC is never told as local time.
fn clock_at(now: Timestamp, zone: &TimeZone, off_by: Option<i64>) -> Clock {
    let local_offset = (!zone.is_unknown()).then(|| zone.to_offset(now).seconds());
    Clock { now, local_offset, off_by }
}

/// The day and time here at the moment of this clock. Of a computer that does not know its zone we take the United Kingdom's, so that
/// "today" is the person's day; what is written down stays in UTC.
pub fn local(clock: &Clock) -> jiff::civil::DateTime {
    match clock.local_offset.map(jiff::tz::Offset::from_seconds) {
        Some(Ok(offset)) => offset.to_datetime(clock.now),
        _ => TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC).to_datetime(clock.now),
    }
}

/// Whether this clock stands before that of the last entry: then one of the two was wrong, and the record says so.
pub fn went_back(entries: &[Entry], clock: &Clock) -> bool {
    entries.last().is_some_and(|last| clock.now < last.clock.now)
}

#[cfg(test)]
mod clock_tests;
#[cfg(test)]
mod tests;
