//! Names into addresses that may be dialled. The client dials what this hands over and asks nobody else, so a name
//! cannot change its mind between the check and the connection.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::Fault;
use crate::gate::address::{is_global, name_is_local};

/// Which of a name's addresses are kept.
#[derive(Clone, Debug)]
pub(super) enum Keep {
    /// Those on the public internet.
    Public,
    /// The person's own search engine: those of exactly this host, private ones, and public ones too if it is their own.
    Own { host: String, public_too: bool },
}

/// Nothing of a name may be dialled. Found again in the client's error by its type.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub(super) enum Denied {
    #[error("no address on the public internet")]
    Private,
    #[error("a public address")]
    Public,
}

/// The operating system's resolver with every answer filtered.
#[derive(Clone, Debug)]
pub(super) struct Filtered(pub(super) Arc<Keep>);

impl Resolve for Filtered {
    #[expect(clippy::disallowed_methods, reason = "this is the filtered resolver")]
    fn resolve(&self, name: Name) -> Resolving {
        let keep = Arc::clone(&self.0);
        Box::pin(async move {
            let name = name.as_str().to_owned();
            let all: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let kept = filter(&keep, &name, all)?;
            Ok(Box::new(kept.into_iter()) as Addrs)
        })
    }
}

/// The addresses that may be dialled; an error if none is left.
pub(super) fn filter(keep: &Keep, name: &str, all: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, Denied> {
    let found = !all.is_empty();
    let (kept, denied): (Vec<_>, _) = match keep {
        Keep::Public => (all.into_iter().filter(|a| is_global(a.ip())).collect(), Denied::Private),
        Keep::Own { host, public_too } => {
            let same = name.trim_end_matches('.').eq_ignore_ascii_case(host);
            let kept = all.into_iter().filter(|a| same && (*public_too || !is_global(a.ip()))).collect();
            (kept, if same { Denied::Public } else { Denied::Private })
        }
    };
    if kept.is_empty() && found { Err(denied) } else { Ok(kept) }
}

/// The address of a site's name, to ask a register of networks about. No connection is made; a name that never is on the public
/// internet is not even looked up.
///
/// # Errors
/// No answer in time, a name that is not known, or one without an address on the public internet.
#[expect(clippy::disallowed_methods, reason = "this is the filtered resolver, its answers filtered in the same way")]
pub async fn public_address(name: &str, patience: Duration) -> Result<IpAddr, Fault> {
    if name_is_local(name) {
        return Err(Fault::PrivateAddress);
    }
    let asked = tokio::time::timeout(patience, tokio::net::lookup_host((name, 0))).await.map_err(|_| Fault::TimedOut)?;
    chosen_address(asked.map_err(|_| Fault::Unreachable)?.map(|a| a.ip()).collect())
}

/// The one of a site's addresses to ask about: the first IPv4 one on the public internet, else the first of the others.
///
/// # Errors
/// When there is none, or none on the public internet.
pub fn chosen_address(all: Vec<IpAddr>) -> Result<IpAddr, Fault> {
    let all = all.into_iter().map(|ip| SocketAddr::new(ip, 0)).collect();
    let kept = filter(&Keep::Public, "", all).map_err(|_| Fault::PrivateAddress)?;
    let kept: Vec<IpAddr> = kept.into_iter().map(|a| bare(a.ip())).collect();
    kept.iter().find(|ip| ip.is_ipv4()).or(kept.first()).copied().ok_or(Fault::Unreachable)
}

/// The IPv4 address inside an IPv6 one that only carries it: mapped, or NAT64 with the well-known prefix (RFC 6052).
fn bare(ip: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = ip else { return ip };
    let s = v6.segments();
    match s {
        [0, 0, 0, 0, 0, 0xffff, _, _] | [0x64, 0xff9b, 0, 0, 0, 0, _, _] => {
            Ipv4Addr::from((u32::from(s[6]) << 16) | u32::from(s[7])).into()
        }
        _ => ip,
    }
}
