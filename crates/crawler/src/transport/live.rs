//! The internet: the operating system's resolver with its answers filtered, and the address that was checked is dialled.

use std::sync::{Arc, Mutex, PoisonError};

use url::Host;

use super::resolve::{Filtered, Keep, Lookup};
use super::wire::{self, Target};
use super::{Fault, Limits, Sending, Transport, TransportError};
use crate::exchange::Exchange;
use crate::gate::address::is_global;
use crate::gate::{OwnMachine, Permit};

/// Sends to the real addresses.
#[derive(Debug)]
pub struct Live {
    limits: Limits,
    lookup: Lookup,
    public: reqwest::Client,
    own: Mutex<Option<(OwnMachine, reqwest::Client)>>,
}

/// The HTTP client cannot be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "secure connections cannot be made on this computer: its list of trusted certificates cannot be read\n  Nothing was sent; install the system's certificates (on Linux the package `ca-certificates`)"
)]
pub struct NoClient;

impl Live {
    /// A transport with these limits.
    ///
    /// # Errors
    /// When the client cannot be made.
    pub fn new(limits: Limits) -> Result<Self, NoClient> {
        Self::asking(limits, Lookup::System)
    }

    /// The same with somebody else to tell the addresses of names.
    pub(super) fn asking(limits: Limits, lookup: Lookup) -> Result<Self, NoClient> {
        let public = wire::client(&limits, Some(Filtered(Arc::new(Keep::Public), lookup.clone()))).ok_or(NoClient)?;
        Ok(Self { limits, lookup, public, own: Mutex::new(None) })
    }

    /// A client for the person's own search engine alone: its resolver's leave and its connections serve no other host.
    fn own_client(&self, own: &OwnMachine) -> Option<reqwest::Client> {
        let mut kept = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some((of, client)) if of == own => Some(client.clone()),
            _ => {
                let keep = Keep::Own { host: own.host.clone(), public_too: own.public_too };
                let client = wire::client(&self.limits, Some(Filtered(Arc::new(keep), self.lookup.clone())))?;
                *kept = Some((own.clone(), client.clone()));
                Some(client)
            }
        }
    }

    async fn exchange(&self, permit: &Permit) -> Result<Exchange, TransportError> {
        let fail = |fault| TransportError { host: permit.host.clone(), fault, took: std::time::Duration::ZERO };
        // A resolver is never asked for a literal, so literals are judged again here, at the dial.
        let literal = match permit.url.host() {
            Some(Host::Ipv4(ip)) => Some(ip.into()),
            Some(Host::Ipv6(ip)) => Some(ip.into()),
            Some(Host::Domain(_)) | None => None,
        };
        let target = Target { url: permit.url.clone(), extra: vec![] };
        match &permit.own_machine {
            None => {
                if literal.is_some_and(|ip| !is_global(ip)) {
                    return Err(fail(Fault::PrivateAddress));
                }
                wire::exchange(&self.public, permit, target, &self.limits).await
            }
            Some(own) => {
                if !is_at(own, &permit.url) {
                    return Err(fail(Fault::PrivateAddress));
                }
                if literal.is_some_and(|ip| is_global(ip) && !own.public_too) {
                    return Err(fail(Fault::NotOwn));
                }
                let client = self.own_client(own).ok_or_else(|| fail(Fault::Client))?;
                wire::exchange(&client, permit, target, &self.limits).await
            }
        }
    }
}

fn is_at(own: &OwnMachine, url: &url::Url) -> bool {
    url.host_str().is_some_and(|h| h.trim_end_matches('.').eq_ignore_ascii_case(&own.host))
        && url.port_or_known_default() == Some(own.port)
}

impl Transport for Live {
    fn send(&self, permit: Permit) -> Sending<'_> {
        Box::pin(async move {
            let answer = self.exchange(&permit).await;
            (permit.ledger, answer)
        })
    }
}
