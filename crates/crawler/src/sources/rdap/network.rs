//! What a register says of one network address (RFC 9083 §5.4): whose network it is, and its contact for abuse.

use std::net::IpAddr;

use serde_json::Value;
use unlisted_model::reporting::Network;

use super::card::is_told;
use super::entities::{Entity, abuse, entities};
use super::told;
use crate::exchange::Response;
use crate::source::SourceError;

/// Reads the answer about `address`. None: the register says that it does not know it. Who stands in front is not told here.
///
/// # Errors
/// When the answer is not understood, or is about another network; never "not registered".
pub fn network(address: IpAddr, response: &Response) -> Result<Option<Network>, SourceError> {
    let Some(told) = told(response, "ip network", "it is not about a network")? else { return Ok(None) };
    let end = |key: &str| told.get(key).and_then(Value::as_str).and_then(|t| t.trim().parse::<IpAddr>().ok());
    let (Some(first), Some(last)) = (end("startAddress"), end("endAddress")) else {
        return Err(SourceError::LayoutChanged("it does not tell where the network begins and ends"));
    };
    if !is_between(address, first, last) {
        return Err(SourceError::LayoutChanged("it is about another network"));
    }
    let entities = entities(&told, "registrant");
    // What the network itself names first: nearer than what is said of the firm that handed it out.
    let abuse = abuse(&entities, false);
    Ok(Some(Network {
        address: address.to_string(),
        name: told.get("name").and_then(Value::as_str).map(str::trim).filter(|n| is_told(n)).map(str::to_owned),
        firm: firm(&entities),
        abuse_email: abuse.email,
        abuse_phone: abuse.phone,
        abuse_page: abuse.page,
        front: None,
    }))
}

fn is_between(address: IpAddr, first: IpAddr, last: IpAddr) -> bool {
    match (address, first, last) {
        (IpAddr::V4(a), IpAddr::V4(from), IpAddr::V4(to)) => from <= a && a <= to,
        (IpAddr::V6(a), IpAddr::V6(from), IpAddr::V6(to)) => from <= a && a <= to,
        _ => false,
    }
}

/// The firm that holds it. One register lists the accounts that may change an entry as holders too, as persons: an entry that says
/// that it is a firm goes first, and one that says that it is a person is never told.
fn firm(entities: &[Entity<'_>]) -> Option<String> {
    let holders = || entities.iter().filter(|e| e.has("registrant"));
    let is = |e: &Entity<'_>, kind: &str| e.card.kind().is_some_and(|k| k.eq_ignore_ascii_case(kind));
    let firms = holders().filter(|e| is(e, "org"));
    firms.chain(holders().filter(|e| !is(e, "individual"))).find_map(|e| e.card.name())
}
