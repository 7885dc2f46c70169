//! The internet: the operating system's resolver with its answers filtered, and the address that was checked is dialled.

use std::sync::Arc;

use url::Host;

use super::resolve::{Filtered, Keep};
use super::wire::{self, Target};
use super::{Fault, Limits, Sending, Transport, TransportError};
use crate::exchange::Exchange;
use crate::gate::address::is_global;
use crate::gate::{OwnMachine, Permit};

/// Sends to the real addresses.
#[derive(Debug)]
pub struct Live {
    limits: Limits,
    public: reqwest::Client,
}

impl Live {
    /// A transport with these limits. None if the client cannot be made: no certificates on this computer.
    pub fn new(limits: Limits) -> Option<Self> {
        let public = wire::client(&limits, Some(Filtered(Arc::new(Keep::Public))))?;
        Some(Self { limits, public })
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
                // Of its own, so that its resolver's leave and its connections serve this one host alone.
                let keep = Keep::Own { host: own.host.clone(), public_too: own.public_too };
                let client = wire::client(&self.limits, Some(Filtered(Arc::new(keep)))).ok_or_else(|| fail(Fault::Client))?;
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
