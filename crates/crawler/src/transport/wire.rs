//! One request and its answer with the one HTTP client: how it is set up, and how its answer is read under caps.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderName, HeaderValue, RANGE, USER_AGENT};
use tokio::time::{Instant, timeout, timeout_at};

use super::resolve::{Denied, Filtered};
use super::{Fault, Limits, TransportError};
use crate::exchange::{Cut, Exchange};
use crate::gate::Permit;

/// More header lines than this are no answer that we understand.
const HEADER_LINES: usize = 128;
/// Bytes of header lines that are kept.
const HEADER_BYTES: usize = 64 * 1024;

/// The client: everything that would act by itself is off.
#[expect(clippy::disallowed_methods, reason = "this is the one place that makes a client")]
pub(super) fn client(limits: &Limits, resolver: Option<Filtered>) -> Option<reqwest::Client> {
    // Installing fails if the program has a provider already, and then that one is used.
    let _installed = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .referer(false)
        .connect_timeout(limits.connect)
        .http1_max_headers(HEADER_LINES)
        // Old servers write sloppy heads; a page behind one must not be missed.
        .http1_ignore_invalid_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true)
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .http2_max_header_list_size(u32::try_from(HEADER_BYTES).unwrap_or(u32::MAX))
        .pool_max_idle_per_host(1)
        .pool_idle_timeout(Duration::from_secs(45));
    let builder = match resolver {
        Some(resolver) => builder.dns_resolver(resolver),
        None => builder.pool_max_idle_per_host(0).http1_only(),
    };
    builder.build().ok()
}

/// Where a permit is really sent: its own address, or the loopback server with further headers.
pub(super) struct Target {
    pub(super) url: reqwest::Url,
    pub(super) extra: Vec<(HeaderName, HeaderValue)>,
}

/// Sends it and reads the answer.
pub(super) async fn exchange(
    client: &reqwest::Client,
    permit: &Permit,
    target: Target,
    limits: &Limits,
) -> Result<Exchange, TransportError> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static(permit.accept));
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip, deflate"));
    if let Some((first, last)) = permit.range
        && let Ok(range) = HeaderValue::from_str(&format!("bytes={first}-{last}"))
    {
        headers.insert(RANGE, range);
        // A part of a packed file must come as it lies there.
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    }
    if let Ok(agent) = HeaderValue::from_str(&permit.user_agent) {
        headers.insert(USER_AGENT, agent);
    }
    headers.extend(target.extra.into_iter().map(|(n, v)| (Some(n), v)));
    let mut request_headers = pairs(&headers);
    if !headers.contains_key("host") {
        request_headers.insert(0, ("host".to_owned(), host_header(&permit.url)));
    }

    let started = Timestamp::now();
    let clock = Instant::now();
    let total = if permit.slow { limits.slow_total } else { limits.total };
    let deadline = clock + total;
    let fail = |fault| TransportError { host: permit.host.clone(), fault, took: clock.elapsed() };

    // Until the head of the answer: to reach the site, and then for it to begin.
    let head = limits.connect.saturating_add(if permit.slow { limits.slow_total } else { limits.read });
    let sending = client.get(target.url).headers(headers).send();
    let mut answer = match timeout_at(deadline.min(clock + head), sending).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => return Err(fail(fault_of(&error))),
        Err(_) => return Err(fail(Fault::TimedOut)),
    };
    let latency = clock.elapsed();

    let mut body = Vec::new();
    let mut cut = None;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        match timeout(left.min(limits.read), answer.chunk()).await {
            Ok(Ok(Some(chunk))) => {
                let room = limits.wire_cap.saturating_sub(body.len());
                body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
                if chunk.len() > room {
                    cut = Some(Cut::WireCap);
                    break;
                }
            }
            Ok(Ok(None)) => break,
            Ok(Err(error)) => {
                cut = Some(if error.is_timeout() { Cut::Time } else { Cut::BrokeOff });
                break;
            }
            Err(_) => {
                cut = Some(Cut::Time);
                break;
            }
        }
    }
    Ok(Exchange {
        url: permit.url.clone(),
        method: "GET".to_owned(),
        request_headers,
        status: answer.status().as_u16(),
        headers: pairs(answer.headers()),
        wire_body: body,
        cut,
        peer: answer.remote_addr(),
        protocol: protocol(answer.version()).to_owned(),
        started,
        latency,
        took: clock.elapsed(),
    })
}

/// `host`, or `host:port` where the port is not the scheme's own.
pub(super) fn host_header(url: &reqwest::Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn protocol(version: reqwest::Version) -> &'static str {
    match version {
        reqwest::Version::HTTP_09 => "HTTP/0.9",
        reqwest::Version::HTTP_10 => "HTTP/1.0",
        reqwest::Version::HTTP_2 => "h2",
        reqwest::Version::HTTP_3 => "h3",
        _ => "HTTP/1.1",
    }
}

fn pairs(headers: &HeaderMap) -> Vec<(String, String)> {
    let mut room = HEADER_BYTES;
    let mut pairs = Vec::new();
    for (name, value) in headers {
        let size = name.as_str().len() + value.len();
        if size > room {
            break;
        }
        room -= size;
        pairs.push((name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
    }
    pairs
}

/// What the client's error says, looked for along its chain by type. Its text is never used: it holds the address.
fn fault_of(error: &reqwest::Error) -> Fault {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(this) = cause {
        if let Some(denied) = this.downcast_ref::<Denied>() {
            return match denied {
                Denied::Private => Fault::PrivateAddress,
                Denied::Public => Fault::NotOwn,
            };
        }
        if let Some(rustls::Error::InvalidCertificate(_)) = this.downcast_ref() {
            return Fault::Certificate;
        }
        // An I/O error does not name what it wraps as its source.
        let wrapped = this.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        cause = wrapped.map(|e| e as &(dyn std::error::Error + 'static)).or_else(|| this.source());
    }
    if error.is_timeout() {
        Fault::TimedOut
    } else if error.is_builder() {
        Fault::Client
    } else {
        Fault::Unreachable
    }
}
