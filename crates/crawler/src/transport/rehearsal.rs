//! A rehearsal: every request, whatever its scheme and host, goes as plain HTTP to one loopback server, with its own
//! `Host` and `X-Forwarded-Proto`. No DNS is asked. Only resolver and dialler are replaced.

use std::net::SocketAddr;

use reqwest::header::{HOST, HeaderName, HeaderValue};

use super::wire::{self, Target};
use super::{Fault, Limits, Sending, Transport, TransportError};
use crate::exchange::Exchange;
use crate::gate::Permit;

/// The address of a rehearsal is not on this computer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a rehearsal goes to an address on this computer only (127.0.0.1 or [::1]), with a port")]
pub struct NotLoopback;

/// Sends everything to one loopback address.
#[derive(Debug)]
pub struct Rehearsal {
    limits: Limits,
    to: SocketAddr,
    client: Option<reqwest::Client>,
}

impl Rehearsal {
    /// A transport to `to`.
    ///
    /// # Errors
    /// When `to` is not a loopback address.
    pub fn new(to: SocketAddr, limits: Limits) -> Result<Self, NotLoopback> {
        if !to.ip().is_loopback() || to.port() == 0 {
            return Err(NotLoopback);
        }
        Ok(Self { limits, to, client: wire::client(&limits, None) })
    }

    async fn exchange(&self, permit: &Permit) -> Result<Exchange, TransportError> {
        let fail = |fault| TransportError { host: permit.host.clone(), fault, took: std::time::Duration::ZERO };
        let client = self.client.as_ref().ok_or_else(|| fail(Fault::Client))?;
        let (target, own_host) = self
            .target(permit)
            .zip(HeaderValue::from_str(&wire::host_header(&permit.url)).ok())
            .ok_or_else(|| fail(Fault::Client))?;
        let proto = HeaderValue::from_str(permit.url.scheme()).map_err(|_| fail(Fault::Client))?;
        let extra = vec![(HOST, own_host), (HeaderName::from_static("x-forwarded-proto"), proto)];
        wire::exchange(client, permit, Target { url: target, extra }, &self.limits).await
    }

    /// The same path and query at the loopback server.
    fn target(&self, permit: &Permit) -> Option<reqwest::Url> {
        let mut target = permit.url.clone();
        target.set_scheme("http").ok()?;
        target.set_ip_host(self.to.ip()).ok()?;
        target.set_port(Some(self.to.port())).ok()?;
        Some(target)
    }
}

impl Transport for Rehearsal {
    fn send(&self, permit: Permit) -> Sending<'_> {
        Box::pin(async move {
            let answer = self.exchange(&permit).await;
            (permit.ledger, answer)
        })
    }
}
