//! The second stage: what a request tells is within its row, the policy of classes, and everybody's permission.

use unlisted_model::Kind;
use unlisted_model::query::{Class, Discloses};
use unlisted_model::source::SourceRow;

use super::{Refusal, Served};
use crate::request::{Request, RequestKind};

/// Whether everything that `request` discloses may be told.
pub(super) fn check(request: &Request, row: &SourceRow, served: &[&Served]) -> Result<(), Refusal> {
    for &told in request.discloses() {
        // robots.txt is asked of a host that is about to be visited anyway, under rows that list no page as well.
        if request.kind == RequestKind::Robots && told == Discloses::Page {
            continue;
        }
        if told.class() == Class::I {
            return Err(Refusal::NeverSent);
        }
        // A visit (class V) is no step on the scale of what is told; the row's list decides alone.
        let within_class = told.class() == Class::V || told.class() <= row.class;
        if !row.discloses.contains(&told) || !within_class {
            return Err(Refusal::BeyondRow(told));
        }
        for one in served {
            check_one(told, request, one)?;
        }
    }
    Ok(())
}

fn check_one(told: Discloses, request: &Request, one: &Served) -> Result<(), Refusal> {
    if matches!(told, Discloses::Area | Discloses::Party | Discloses::Role) && !one.subject.candidacy.announced {
        return Err(Refusal::NotAnnounced);
    }
    match needs_leave(told) {
        Some(kind) if !one.subject.consent.allows_sending(kind, request.source.as_str()) => Err(Refusal::BeyondPermission(told)),
        _ => Ok(()),
    }
}

/// The kind that `may-send` must name. A username is of class D, yet it is sent only where the permission says so
/// (the first promise: "and, where the consent says so, a username to named services").
const fn needs_leave(told: Discloses) -> Option<Kind> {
    match told {
        Discloses::Username => Some(Kind::Username),
        Discloses::EmailHash | Discloses::Email => Some(Kind::Email),
        Discloses::Phone => Some(Kind::Phone),
        Discloses::Name
        | Discloses::Area
        | Discloses::Party
        | Discloses::Role
        | Discloses::Page
        | Discloses::PublicId
        | Discloses::Domain
        | Discloses::SiteAddress
        | Discloses::HashPrefix
        | Discloses::Home => None,
    }
}
