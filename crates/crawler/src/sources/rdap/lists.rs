//! The lists of registers (RFC 9224): which register knows a name's ending, and which one the network of an address.

use std::collections::BTreeSet;
use std::net::IpAddr;

use serde_json::Value;
use url::{Host, Url};

use super::json;
use crate::exchange::Response;
use crate::source::SourceError;

/// The largest list. That of endings holds some 1,500 in 100 KB.
const LARGEST: usize = 4 << 20;

/// Hosts of a list that are remembered.
const MOST: usize = 5_000;

/// The register that the list names for the longest ending of `domain`. Only an https address of a named host counts.
pub(super) fn register_of(domain: &str, response: &Response) -> Result<Url, SourceError> {
    longest(response, "no register for this ending", |ending| {
        let ending = ending.trim_matches('.').to_lowercase();
        let below = domain.strip_suffix(ending.as_str()).is_some_and(|before| before.ends_with('.'));
        (below && !ending.is_empty()).then_some(ending.len())
    })
}

/// The register that the list names for the smallest network around `address`.
pub(super) fn register_around(address: IpAddr, response: &Response) -> Result<Url, SourceError> {
    longest(response, "no register for this network", |network| {
        let (base, length) = network.split_once('/')?;
        let length: usize = length.parse().ok()?;
        let (bits, asked, base) = match (address, base.parse().ok()?) {
            (IpAddr::V4(asked), IpAddr::V4(base)) => (32, u128::from(u32::from(asked)), u128::from(u32::from(base))),
            (IpAddr::V6(asked), IpAddr::V6(base)) => (128, u128::from(asked), u128::from(base)),
            _ => return None,
        };
        let rest = u32::try_from(bits - usize::min(length, bits)).ok()?;
        // A shift by all 128 bits is none: a network of length 0 holds everything.
        let same = (asked ^ base).checked_shr(rest).unwrap_or(0) == 0;
        (same && length <= bits).then_some(length)
    })
}

/// The hosts that a list names: a register may send on to one of them and to no other.
pub fn listed(response: &Response) -> Vec<String> {
    let Ok(list) = json(response, LARGEST) else { return vec![] };
    let services = list.get("services").and_then(Value::as_array).into_iter().flatten();
    let addresses = services.filter_map(|s| s.get(1)?.as_array()).flatten().filter_map(Value::as_str);
    let hosts: BTreeSet<String> =
        addresses.filter_map(secure).filter_map(|u| u.host_str().map(str::to_owned)).take(MOST).collect();
    hosts.into_iter().collect()
}

/// The address of the entry for which `fits` says the largest number.
fn longest(response: &Response, none: &'static str, fits: impl Fn(&str) -> Option<usize>) -> Result<Url, SourceError> {
    if response.status != 200 {
        return Err(SourceError::Status(response.status));
    }
    let list = json(response, LARGEST)?;
    let services = list.get("services").and_then(Value::as_array).ok_or(SourceError::LayoutChanged("`services` is missing"))?;
    let mut best: Option<(usize, Url)> = None;
    let mut understood = false;
    for service in services {
        let (Some(entries), Some(addresses)) =
            (service.get(0).and_then(Value::as_array), service.get(1).and_then(Value::as_array))
        else {
            continue;
        };
        understood = true;
        let Some(length) = entries.iter().filter_map(Value::as_str).filter_map(&fits).max() else { continue };
        let address = addresses.iter().filter_map(Value::as_str).find_map(secure);
        if let Some(address) = address.filter(|_| best.as_ref().is_none_or(|(l, _)| length > *l)) {
            best = Some((length, address));
        }
    }
    match best {
        Some((_, address)) => Ok(address),
        None if understood => Err(SourceError::NotAvailable(none)),
        None => Err(SourceError::LayoutChanged("`services` holds nothing")),
    }
}

/// An https address of a named host and nothing else: no password, port or question in it, and no `*`, which would stand for
/// many hosts.
pub(super) fn secure(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    let named = matches!(url.host(), Some(Host::Domain(d)) if d.contains('.') && d.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c)));
    let plain = url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    (url.scheme() == "https" && named && plain && url.port().is_none()).then_some(url)
}
