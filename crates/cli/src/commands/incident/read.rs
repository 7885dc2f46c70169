//! `unlisted incident list` and `show`.

use unlisted_model::incident::Entry;
use unlisted_reporter::bundle;

use super::person::Who;
use crate::args::{IncidentPerson, IncidentShow};
use crate::failure::Failure;
use crate::terminal;
use crate::words::{n, t, words};

pub(crate) fn list(args: &IncidentPerson) -> Result<u8, Failure> {
    let who = Who::find(args.subject.as_deref(), &args.common)?;
    let chain = who.vault.entries(&who.id, false)?;
    tell_faults(&chain.faults);
    let lines = bundle::list(&chain.entries, &words());
    if lines.is_empty() && !chain.faults.is_empty() {
        return Err(Failure::failed(t("incident.all-gone", &[])));
    }
    if lines.is_empty() {
        return Err(Failure::nothing(t("incident.empty", &[])));
    }
    terminal::say(&n("incident-list.title", lines.len(), &[]));
    terminal::out(&lines.join("\n"))?;
    let copies = bundle::copies(&chain.entries, &words());
    if !copies.is_empty() {
        terminal::say(&t("incident-list.copies", &[]));
        terminal::out(&copies.join("\n"))?;
    }
    terminal::say(&t("incident-list.next", &[("options", &who.typed_again(&args.common))]));
    Ok(0)
}

pub(crate) fn show(args: &IncidentShow) -> Result<u8, Failure> {
    let who = Who::find(args.subject.as_deref(), &args.common)?;
    let chain = who.vault.entries(&who.id, false)?;
    tell_faults(&chain.faults);
    let entries: Vec<&Entry> = chain.entries.iter().filter(|e| e.incident == args.number && args.number > 0).collect();
    if entries.is_empty() {
        return Err(Failure::usage(t("incident.no-such", &[("number", &args.number.to_string())])));
    }
    if terminal::is_interactive() {
        terminal::say(&t("incident.show-cover", &[]));
        if !terminal::asks(&t("incident.show-ask", &[])) {
            return Err(Failure::nothing(t("incident.show-not", &[])));
        }
    }
    terminal::out(&bundle::text(args.number, &entries, &words()))?;
    Ok(0)
}

/// What is wrong with the record is told wherever it is read.
fn tell_faults(faults: &[unlisted_store::ChainFault]) {
    if faults.is_empty() {
        return;
    }
    terminal::say(&t("incident.faults", &[]));
    for fault in faults {
        let gaps = fault.gaps();
        terminal::say(&format!("  {}", t(fault.key(), &gaps.iter().map(|(k, v)| (*k, v.as_str())).collect::<Vec<_>>())));
    }
}
