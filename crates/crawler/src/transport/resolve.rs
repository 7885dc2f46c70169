//! Names into addresses that may be dialled. The client dials what this hands over and asks nobody else, so a name
//! cannot change its mind between the check and the connection.

use std::net::SocketAddr;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::gate::address::is_global;

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
