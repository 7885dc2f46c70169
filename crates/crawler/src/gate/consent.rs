//! The first stage: everybody whom a request serves gave permission, today, for this source.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use unlisted_model::Permission;
use unlisted_model::subject::{Subject, SubjectId};

use super::Refusal;
use crate::request::Request;

/// Somebody whom this run serves, with the proof that their permission was checked.
#[derive(Clone, Debug)]
pub struct Served {
    /// For the permission record, and for what the last guard must hold back.
    pub subject: Subject,
    /// The proof.
    pub permission: Permission,
}

/// Everybody served, by id.
pub(super) type Everybody = BTreeMap<SubjectId, Served>;

/// The served people of a request.
///
/// A run may last past midnight of the last day, so the day is looked at again. Local midnight is at most an hour
/// before UTC's in Britain: a day that the run's own check accepted is never called too early here.
pub(super) fn check<'a>(request: &Request, everybody: &'a Everybody, now: Timestamp) -> Result<Vec<&'a Served>, Refusal> {
    let served: Vec<&Served> = request.for_.iter().filter_map(|id| everybody.get(id)).collect();
    if served.is_empty() || served.len() != request.for_.len() {
        return Err(Refusal::NobodyServed);
    }
    let utc = now.to_zoned_datetime(TimeZone::UTC).date();
    for one in &served {
        let today = utc.max(one.permission.checked_on());
        if one.subject.consent.check(today).is_err() {
            return Err(Refusal::PermissionEnded);
        }
        if !one.subject.consent.allows_source(request.source.as_str()) {
            return Err(Refusal::SourceNotPermitted);
        }
    }
    Ok(served)
}
