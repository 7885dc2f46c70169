//! One connection: requests in, answers and misbehaviour out.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::answer::Body;
use super::log::{Log, LogLine};
use super::page::{Deed, Limit};
use super::request::Request;
use super::routes::{Route, Routes};

/// How long a connection may lie idle.
const IDLE: Duration = Duration::from_secs(30);

/// What the connection does next.
#[derive(PartialEq, Eq)]
enum Next {
    Keep,
    Close,
}

/// A short answer that is not a page.
struct Short<'a> {
    status: u16,
    phrase: &'a str,
    media: &'a str,
    extra: Vec<(&'a str, &'a str)>,
    body: &'a [u8],
}

/// Serves a connection until one of both sides closes it.
pub(super) async fn serve(stream: TcpStream, remote: SocketAddr, routes: Arc<Routes>, log: Arc<Log>) {
    if stream.set_nodelay(true).is_err() {
        return;
    }
    let mut stream = BufReader::new(stream);
    loop {
        // An error here is a caller who broke off or does not speak HTTP: there is nobody to answer.
        let Ok(Ok(Some(request))) = tokio::time::timeout(IDLE, Request::read(&mut stream)).await else { return };
        let number = log.begin(LogLine {
            at: request.at,
            ended: None,
            host: request.host.clone(),
            method: request.method.clone(),
            path_and_query: request.target.clone(),
            headers: request.headers.clone(),
            body: request.body.clone(),
            status: 0,
            remote,
        });
        let (status, next) = answer(&request, &routes, stream.get_mut()).await;
        log.end(number, status);
        if next.map_or(true, |n| n == Next::Close) || !request.keep {
            return;
        }
    }
}

async fn answer(request: &Request, routes: &Routes, out: &mut (impl AsyncWrite + Unpin)) -> (u16, io::Result<Next>) {
    // A name that nobody has is a connection that fails, as it would be in the world.
    let Some(host) = routes.host(&request.host) else { return (0, Ok(Next::Close)) };
    if !matches!(request.method.as_str(), "GET" | "HEAD" | "POST") {
        let short = Short { status: 405, phrase: "Method Not Allowed", media: "text/plain", extra: vec![], body: b"" };
        return (405, short.send(request, out).await);
    }
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    if let Some(results) = host.results.as_ref().filter(|_| path == "/search") {
        let form = if request.method == "POST" { String::from_utf8_lossy(&request.body).into_owned() } else { query.to_owned() };
        let (status, media, body) = results.answer(&form);
        let phrase = if status == 200 { "OK" } else { "Not served" };
        let short = Short { status, phrase, media, extra: vec![], body: body.as_bytes() };
        return (status, short.send(request, out).await);
    }
    match host.route(path, query) {
        Some(route) => page(request, route, out).await,
        None => {
            let body = b"<!DOCTYPE html><html lang=\"en\"><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>\n";
            let short = Short { status: 404, phrase: "Not Found", media: "text/html; charset=utf-8", extra: vec![], body };
            (404, short.send(request, out).await)
        }
    }
}

async fn page(request: &Request, route: &Route, out: &mut (impl AsyncWrite + Unpin)) -> (u16, io::Result<Next>) {
    let page = &route.page;
    let hit = route.hit();
    tokio::time::sleep(page.delay).await;
    if page.deeds.contains(&Deed::Hang) {
        // Until the caller gives up or the server stops; a minute is longer than anybody's patience.
        tokio::time::sleep(Duration::from_secs(60)).await;
        return (0, Ok(Next::Close));
    }
    if page.deeds.contains(&Deed::HttpOnly)
        && request.header("x-forwarded-proto").is_some_and(|p| p.eq_ignore_ascii_case("https"))
    {
        let to = format!("http://{}{}", request.host, request.target);
        let short =
            Short { status: 301, phrase: "Moved Permanently", media: "text/html", extra: vec![("location", &to)], body: b"" };
        return (301, short.send(request, out).await);
    }
    let limited = page.deed(|d| match d {
        Deed::Limited(Limit::Always) => Some(true),
        Deed::Limited(Limit::First(n)) => Some(hit <= n),
        _ => None,
    });
    if limited == Some(true) {
        let extra = page.headers.iter().filter(|(n, _)| n == "retry-after").map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let short = Short { status: 429, phrase: "Too Many Requests", media: "text/plain", extra, body: b"Too many requests.\n" };
        return (429, short.send(request, out).await);
    }
    (page.status.0, send(request, route, limited.is_some(), out).await)
}

async fn send(request: &Request, route: &Route, limited: bool, out: &mut (impl AsyncWrite + Unpin)) -> io::Result<Next> {
    let page = &route.page;
    let body = route.body.get_or_init(|| Body::of(page));
    let chunked = page.deeds.contains(&Deed::Chunked);
    let mut head = format!("HTTP/1.1 {} {}\r\n", page.status.0, page.status.1);
    for (name, value) in page.headers.iter().filter(|(n, _)| !(limited && n == "retry-after")) {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if body.gzip {
        head.push_str("content-encoding: gzip\r\n");
    }
    if chunked {
        head.push_str("transfer-encoding: chunked\r\n");
    } else {
        head.push_str(&format!("content-length: {}\r\n", body.bytes.len()));
    }
    head.push_str("\r\n");
    out.write_all(head.as_bytes()).await?;
    if request.method == "HEAD" {
        return flushed(out, Next::Keep).await;
    }
    let cut = page.deed(|d| if let Deed::Cut(n) = d { Some(n) } else { None });
    let bytes = body.bytes.get(..cut.unwrap_or(usize::MAX)).unwrap_or(&body.bytes);
    if let Some(gap) = page.deed(|d| if let Deed::Drip(gap) = d { Some(gap) } else { None }) {
        for byte in bytes {
            out.write_all(std::slice::from_ref(byte)).await?;
            out.flush().await?;
            tokio::time::sleep(gap).await;
        }
    } else if chunked {
        for chunk in bytes.chunks(1000) {
            out.write_all(format!("{:x}\r\n", chunk.len()).as_bytes()).await?;
            out.write_all(chunk).await?;
            out.write_all(b"\r\n").await?;
        }
        if cut.is_none() {
            out.write_all(b"0\r\n\r\n").await?;
        }
    } else {
        out.write_all(bytes).await?;
    }
    flushed(out, if cut.is_some() { Next::Close } else { Next::Keep }).await
}

impl Short<'_> {
    async fn send(&self, request: &Request, out: &mut (impl AsyncWrite + Unpin)) -> io::Result<Next> {
        let mut head = format!(
            "HTTP/1.1 {} {}\r\ncontent-type: {}\r\ncontent-length: {}\r\n",
            self.status,
            self.phrase,
            self.media,
            self.body.len()
        );
        for (name, value) in &self.extra {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        out.write_all(head.as_bytes()).await?;
        if request.method != "HEAD" {
            out.write_all(self.body).await?;
        }
        flushed(out, Next::Keep).await
    }
}

async fn flushed(out: &mut (impl AsyncWrite + Unpin), next: Next) -> io::Result<Next> {
    out.flush().await?;
    Ok(next)
}
