//! Which hosts, ports and schemes a request may go to.

use unlisted_model::ports::HostKey;
use unlisted_model::source::{AddressPolicy, SourceRow};
use url::Url;

use super::Refusal;
use crate::request::{Request, RequestKind};
use crate::sources::links::is_never_fetched;

/// Host and port of an address, lower case, without a trailing dot: the key of its robots.txt (RFC 9309 §2.3: one for
/// each scheme, host and port). None for an address without a host or port.
pub fn host_key(url: &Url) -> Option<HostKey> {
    Some(HostKey(format!("{}:{}", bare_host(url)?, url.port_or_known_default()?)))
}

/// The host alone, whatever the port: the key of its politeness clock, since http and https of one site are one server.
pub fn clock_key(url: &Url) -> Option<HostKey> {
    bare_host(url).map(HostKey)
}

/// The host in lower case, without a trailing dot; IPv6 in brackets.
pub(super) fn bare_host(url: &Url) -> Option<String> {
    let host = url.host_str()?.trim_end_matches('.');
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}

/// The hosts that are never fetched, as [`is_never_fetched`] reads them.
#[derive(Debug)]
pub(super) struct Hosts(Vec<String>);

impl Hosts {
    /// Takes the list; a leading `*.` or dot and letter case do not matter.
    pub(super) fn new(never_fetched: &[String]) -> Self {
        let plain = |entry: &String| entry.trim().trim_start_matches("*.").trim_matches('.').to_ascii_lowercase();
        Self(never_fetched.iter().map(plain).filter(|entry| !entry.is_empty()).collect())
    }

    /// The host stage: a query goes to its row's hosts, a page to any host that is not on the list of those never fetched.
    pub(super) fn check(&self, request: &Request, row: &SourceRow) -> Result<(), Refusal> {
        let Some(host) = bare_host(request.url()) else { return Err(Refusal::BadAddress) };
        if is_own(row, &host) {
            return Ok(());
        }
        match request.kind {
            RequestKind::Query => Err(Refusal::HostNotOfSource),
            RequestKind::Page | RequestKind::Robots if is_never_fetched(&host, &self.0) => Err(Refusal::NeverFetched),
            RequestKind::Page | RequestKind::Robots => Ok(()),
        }
    }
}

/// Whether a host is the row's own: that of its base or of a further address, or one of `hosts` (exactly, or below `*.name`).
pub(super) fn is_own(row: &SourceRow, host: &str) -> bool {
    row.base.iter().chain(row.also.values()).filter_map(bare_host).any(|h| h == host)
        || row.hosts.iter().any(|h| match h.strip_prefix("*.") {
            Some(parent) => host.strip_suffix(parent).is_some_and(|before| before.ends_with('.')),
            None => h.trim_end_matches('.').eq_ignore_ascii_case(host),
        })
}

/// The scheme stage: http or https, no credentials, and a port that is usual or the row's.
pub(super) fn check_scheme(request: &Request, row: &SourceRow) -> Result<(), Refusal> {
    let url = request.url();
    if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
        return Err(Refusal::BadAddress);
    }
    let port = url.port_or_known_default().ok_or(Refusal::BadAddress)?;
    let usual = matches!(port, 80 | 443);
    let of_row = row.ports.contains(&port) && bare_host(url).is_some_and(|host| is_own(row, &host));
    if usual || of_row || is_base(row, url) { Ok(()) } else { Err(Refusal::BadAddress) }
}

/// Whether an address is at exactly the host and port of the row's base.
pub(super) fn is_base(row: &SourceRow, url: &Url) -> bool {
    row.base
        .as_ref()
        .is_some_and(|base| bare_host(base) == bare_host(url) && base.port_or_known_default() == url.port_or_known_default())
}

/// Whether a request asks a source on the person's own machine at exactly its own address, and not through a redirect.
pub(super) fn is_own_machine(request: &Request, row: &SourceRow) -> bool {
    row.address == AddressPolicy::OwnMachine
        && request.kind == RequestKind::Query
        && !request.is_redirected()
        && is_base(row, request.url())
}
