//! Every fault of a server against a loopback socket: what arrived is kept, and the exchange says why it is cut.

mod certificate;

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use unlisted_model::OutcomeReason;
use unlisted_model::ports::{HostUpdate, RobotsNote};
use unlisted_model::source::{AddressPolicy, SourceId};

use super::resolve::{Denied, Keep, chosen_address, filter, public_address};
use super::{Fault, Limits, Live, Rehearsal, Transport, TransportError};
use crate::exchange::{Cut, Exchange};
use crate::gate::testing::{Book, FACTS, amina, gate, line, now, open_robots, policy, row, subject, url};
use crate::gate::{Admission, Gate, Happened, Permit, host_key};
use crate::request::Request;
use crate::verdict::retry_after;

const LIMITS: Limits = Limits {
    connect: Duration::from_millis(400),
    read: Duration::from_millis(300),
    total: Duration::from_millis(900),
    slow_total: Duration::from_secs(5),
    wire_cap: 100_000,
};

/// A server that gives each connection to `answer` after its request was read, counts them, and keeps what they asked.
struct Server {
    at: SocketAddr,
    connections: Arc<AtomicUsize>,
    asked: Arc<Mutex<Vec<String>>>,
}

fn serve(answer: impl Fn(&mut TcpStream) + Send + Sync + 'static) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").expect("test data");
    let at = listener.local_addr().expect("test data");
    let (connections, asked) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(vec![])));
    let (count, heard, answer) = (Arc::clone(&connections), Arc::clone(&asked), Arc::new(answer));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            count.fetch_add(1, Ordering::SeqCst);
            let (heard, answer) = (Arc::clone(&heard), Arc::clone(&answer));
            std::thread::spawn(move || {
                let mut request = Vec::new();
                let mut piece = [0; 4096];
                while !request.windows(4).any(|w| w == b"\r\n\r\n") {
                    match stream.read(&mut piece) {
                        Ok(n) if n > 0 => request.extend_from_slice(&piece[..n]),
                        _ => return,
                    }
                }
                heard.lock().expect("test data").push(String::from_utf8_lossy(&request).into_owned());
                answer(&mut stream);
            });
        }
    });
    Server { at, connections, asked }
}

fn say(stream: &mut TcpStream, words: &[u8]) {
    // A client that has heard enough hangs up; that is what some of the tests are about.
    let _hung_up = stream.write_all(words).and_then(|()| stream.flush());
}

fn page(text: &str) -> Request {
    Request::page(url(text), &line(), &SourceId::new("s"), &[amina()])
}

fn a_gate() -> Gate {
    let gate = gate(policy(vec![row("s", None)], true), subject(&FACTS), &Arc::new(Book::default()));
    for host in ["http://a.example/", "https://a.example/", "https://a.example:443/"] {
        open_robots(&gate, host);
    }
    gate
}

fn permit(address: &str) -> Permit {
    match a_gate().admit(&page(address), None, now()) {
        Admission::Permit(permit) => permit,
        other => panic!("{other:?}"),
    }
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("test data").block_on(future)
}

fn ask(at: SocketAddr, address: &str) -> Result<Exchange, TransportError> {
    let transport = Rehearsal::new(at, LIMITS).expect("test data");
    run(transport.send(permit(address))).1
}

fn check_answer(answer: impl Fn(&mut TcpStream) + Send + Sync + 'static, body: &[u8], cut: Option<Cut>) -> Exchange {
    let clock = Instant::now();
    let got = ask(serve(answer).at, "https://a.example/x").expect("an answer, if not a whole one");
    assert_eq!((String::from_utf8_lossy(&got.wire_body), got.cut), (String::from_utf8_lossy(body), cut));
    assert!(clock.elapsed() < LIMITS.total + Duration::from_secs(2), "{:?}", clock.elapsed());
    got
}

fn check_fault(answer: impl Fn(&mut TcpStream) + Send + Sync + 'static, fault: Fault) {
    let error = ask(serve(answer).at, "https://a.example/secret-path?q=words").expect_err("no answer");
    assert_eq!(error.fault, fault);
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("a.example") && !shown.contains("secret-path") && !shown.contains("words"), "{shown}");
}

#[test]
fn a_whole_answer_keeps_the_bytes_of_the_wire() {
    let got = check_answer(
        |s| {
            say(s, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nSet-Cookie: a=b\r\nContent-Encoding: gzip\r\nX-Name: caf\xe9\r\nContent-Length: 5\r\n\r\n\x1f\x8b\x08zz")
        },
        b"\x1f\x8b\x08zz",
        None,
    );
    assert_eq!((got.status, got.protocol.as_str(), got.method.as_str()), (200, "HTTP/1.1", "GET"));
    assert_eq!((got.header("content-encoding"), got.header("x-name")), (Some("gzip"), Some("caf\u{fffd}")));
    assert!(got.peer.is_some_and(|p| p.ip().is_loopback()) && got.took >= got.latency);
    assert_eq!(got.url.as_str(), "https://a.example/x");
}

#[test]
fn a_sloppy_head_is_read() {
    let sloppy: [&[u8]; 4] = [
        b"HTTP/1.1 200 OK\r\nContent-Type : text/html\r\nContent-Length: 2\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\nX-Long: a\r\n b\r\nContent-Length: 2\r\n\r\nok",
        b"HTTP/1.1 200 OK\r\nno colon here\r\nBad Name: x\r\nContent-Length: 2\r\n\r\nok",
        b"HTTP/1.1 200\nContent-Length: 2\n\nok",
    ];
    for head in sloppy {
        check_answer(move |s| say(s, head), b"ok", None);
    }
}

#[test]
fn what_goes_out() {
    let server = serve(|s| say(s, b"HTTP/1.1 302 Found\r\nLocation: /next\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n"));
    let transport = Rehearsal::new(server.at, LIMITS).expect("test data");
    run(async {
        for address in ["https://a.example/x?y=1", "http://a.example/", "https://a.example/x?y=1"] {
            let (_, got) = transport.send(permit(address)).await;
            assert_eq!(got.expect("test data").status, 302, "a redirect is not followed");
        }
    });
    let asked = server.asked.lock().expect("test data");
    assert_eq!(asked.len(), 3);
    let lower = asked[0].to_lowercase();
    for line in [
        "get /x?y=1 http/1.1\r\n",
        "\r\nhost: a.example\r\n",
        "\r\nx-forwarded-proto: https\r\n",
        "\r\naccept-encoding: gzip, deflate\r\n",
        "\r\nuser-agent: unlisted/0.1.0 (+https://unlisted.example/contact)\r\n",
        "\r\naccept: text/html",
    ] {
        assert!(lower.contains(line), "{line:?} in {lower}");
    }
    assert!(asked[1].to_lowercase().contains("x-forwarded-proto: http\r\n"));
    for request in asked.iter() {
        let lower = request.to_lowercase();
        assert!(!lower.contains("\r\ncookie:") && !lower.contains("referer") && !lower.contains("127.0.0.1"), "{lower}");
    }
}

#[test]
fn a_body_that_breaks_off_is_kept() {
    check_answer(|s| say(s, b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf"), b"half", Some(Cut::BrokeOff));
    check_answer(
        |s| say(s, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n9\r\nno"),
        b"halfno",
        Some(Cut::BrokeOff),
    );
    check_answer(
        |s| say(s, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nnonsense\r\n"),
        b"half",
        Some(Cut::BrokeOff),
    );
    // Longer than it said: what it said is the answer. Without a length, the end of the connection is its end.
    check_answer(|s| say(s, b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhalf and more"), b"half", None);
    check_answer(|s| say(s, b"HTTP/1.0 200 OK\r\n\r\nall of it"), b"all of it", None);
}

#[test]
fn a_body_that_hangs_or_never_ends_is_cut() {
    check_answer(
        |s| {
            say(s, b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf");
            std::thread::sleep(Duration::from_secs(3));
        },
        b"half",
        Some(Cut::Time),
    );
    // A drop now and then, for ever: the time for the whole ends it.
    let drops = |s: &mut TcpStream| {
        say(s, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for _ in 0..40 {
            say(s, b"1\r\nx\r\n");
            std::thread::sleep(Duration::from_millis(100));
        }
    };
    let clock = Instant::now();
    let got = ask(serve(drops).at, "http://a.example/").expect("a part");
    assert_eq!(got.cut, Some(Cut::Time));
    assert!(got.wire_body.len() > 3 && clock.elapsed() < Duration::from_secs(2), "{:?}", clock.elapsed());
    // A flood: the cap on bytes ends it, exactly.
    let flood = |s: &mut TcpStream| {
        say(s, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        let chunk = [b"8000\r\n".as_slice(), &[b'x'; 0x8000], b"\r\n"].concat();
        while s.write_all(&chunk).is_ok() {}
    };
    let got = ask(serve(flood).at, "http://a.example/").expect("a part");
    assert_eq!((got.cut, got.wire_body.len()), (Some(Cut::WireCap), LIMITS.wire_cap));
}

#[test]
fn no_answer_at_all() {
    check_fault(|_| std::thread::sleep(Duration::from_secs(3)), Fault::TimedOut);
    check_fault(|s| drop(s.shutdown(Shutdown::Both)), Fault::Unreachable);
    check_fault(|s| say(s, b"220 mail.example ESMTP\r\n"), Fault::Unreachable);
    check_fault(
        |s| {
            say(s, b"HTTP/1.1 200 OK\r\n");
            for i in 0..2_000 {
                say(s, format!("X-{i}: y\r\n").as_bytes());
            }
        },
        Fault::Unreachable,
    );
    let closed = TcpListener::bind("127.0.0.1:0").expect("test data").local_addr().expect("test data");
    let error = ask(closed, "https://a.example/").expect_err("nobody listens");
    assert_eq!((error.fault, error.outcome().reason), (Fault::Unreachable, Some(OutcomeReason::Unreachable)));
    assert!(error.may_pass());
}

#[test]
fn a_slow_source_is_waited_for_longer() {
    let answer = |s: &mut TcpStream| {
        std::thread::sleep(Duration::from_millis(1_200));
        say(s, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    };
    let server = serve(answer);
    let mut policy = policy(vec![row("s", None)], true);
    policy.slow.insert(SourceId::new("s"));
    let gate = gate(policy, subject(&[]), &Arc::new(Book::default()));
    open_robots(&gate, "https://a.example/");
    let Admission::Permit(permit) = gate.admit(&page("https://a.example/"), None, now()) else { panic!("a page") };
    let transport = Rehearsal::new(server.at, LIMITS).expect("test data");
    let (_, got) = run(transport.send(permit));
    assert_eq!(got.map(|g| g.wire_body), Ok(b"ok".to_vec()));
}

#[test]
fn no_two_requests_are_closer_than_the_gap_at_the_server() {
    let arrivals = Arc::new(Mutex::new(vec![]));
    let seen = Arc::clone(&arrivals);
    let server = serve(move |s| {
        seen.lock().expect("test data").push(Instant::now());
        let count = seen.lock().expect("test data").len();
        let head = if count == 2 { "429 Too Many Requests\r\nRetry-After: 5" } else { "200 OK" };
        say(s, format!("HTTP/1.1 {head}\r\nContent-Length: 0\r\n\r\n").as_bytes());
    });
    let transport = Rehearsal::new(server.at, LIMITS).expect("test data");
    // A speed-up of 100: the row's gap of 1 s becomes 10 ms, Crawl-delay 3 s becomes 30 ms, Retry-After 5 s becomes 50 ms.
    let gate = a_gate();
    let robots = RobotsNote::Body(b"User-agent: *\nCrawl-delay: 3".to_vec());
    gate.learn_robots(host_key(&url("https://a.example/")).expect("test data"), &robots, Timestamp::now());
    let asked = page("https://a.example/");
    run(async {
        let mut clock: Option<HostUpdate> = None;
        let mut sent = 0;
        while sent < 4 {
            match gate.admit(&asked, clock.as_ref(), Timestamp::now()) {
                Admission::Wait { until } => {
                    let left = until.duration_since(Timestamp::now());
                    tokio::time::sleep(Duration::try_from(left).unwrap_or_default()).await;
                }
                Admission::Permit(permit) => {
                    let answer = transport.send(permit).await.1.expect("an answer");
                    let what = if answer.status == 429 {
                        let wait = retry_after(answer.header("retry-after").expect("test data"), None, Timestamp::now());
                        Happened::Refused { latency: answer.latency, wait }
                    } else {
                        Happened::Answered { latency: answer.latency }
                    };
                    clock = Some(gate.after(&SourceId::new("s"), asked.url(), clock.as_ref(), what, Timestamp::now()));
                    sent += 1;
                }
                other => panic!("{other:?}"),
            }
        }
    });
    let arrivals = arrivals.lock().expect("test data");
    let gaps: Vec<Duration> = arrivals.windows(2).map(|pair| pair[1] - pair[0]).collect();
    for (gap, least) in gaps.iter().zip([30, 50, 30]) {
        assert!(*gap >= Duration::from_millis(least), "{gaps:?}");
    }
    assert_eq!(gaps.len(), 3);
}

#[test]
fn a_refused_request_opens_no_connection() {
    let server = serve(|s| say(s, b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    let transport = Rehearsal::new(server.at, LIMITS).expect("test data");
    let port = server.at.port();
    let gate = a_gate();
    let query = Request::to(url("https://a.example/?q=07700900123"), &line(), &SourceId::new("s"), &[amina()]);
    run(async {
        let refused = [
            query,
            page(&format!("http://127.0.0.1:{port}/")),
            page("http://127.0.0.1/"),
            page("https://engine.example/search"),
            page("ftp://a.example/"),
            page("http://localhost/"),
        ];
        for request in refused {
            match gate.admit(&request, None, now()) {
                Admission::Permit(permit) => drop(transport.send(permit).await),
                Admission::Refusal(_) => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(server.connections.load(Ordering::SeqCst), 0);
        let Admission::Permit(permit) = gate.admit(&page("https://a.example/"), None, now()) else { panic!("a page") };
        drop(transport.send(permit).await);
        assert_eq!(server.connections.load(Ordering::SeqCst), 1, "the count would have shown it");
    });
}

#[test]
fn a_rehearsal_stays_on_this_computer() {
    for at in ["8.8.8.8:80", "0.0.0.0:80", "192.168.0.1:80", "[2606:4700::1111]:80", "127.0.0.1:0"] {
        assert!(Rehearsal::new(at.parse().expect("test data"), LIMITS).is_err(), "{at}");
    }
    for at in ["127.0.0.1:80", "127.8.8.8:80", "[::1]:80"] {
        assert!(Rehearsal::new(at.parse().expect("test data"), LIMITS).is_ok(), "{at}");
    }
}

/// A permit as a faulty gate might make it: the dial must refuse by itself.
fn forged(address: &str) -> Permit {
    let mut permit = permit("https://a.example/");
    permit.url = url(address);
    permit
}

#[test]
fn the_dial_refuses_by_itself() {
    let server = serve(|s| say(s, b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    let port = server.at.port();
    let live = Live::new(LIMITS).expect("test data");
    run(async {
        for address in [
            format!("http://127.0.0.1:{port}/"),
            format!("http://2130706433:{port}/"),
            format!("http://[::ffff:127.0.0.1]:{port}/"),
            // A name, through the resolver.
            format!("http://localhost:{port}/"),
        ] {
            let (_, got) = live.send(forged(&address)).await;
            assert_eq!(got.map(|g| g.status).map_err(|e| e.fault), Err(Fault::PrivateAddress), "{address}");
        }
    });
    assert_eq!(server.connections.load(Ordering::SeqCst), 0);
}

#[test]
fn the_own_search_engine_is_reached_on_this_computer() {
    let server = serve(|s| say(s, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    for host in ["127.0.0.1", "localhost"] {
        let base = format!("http://{host}:{}/", server.at.port());
        let mut row = row("s", Some(&base));
        row.address = AddressPolicy::OwnMachine;
        let gate = gate(policy(vec![row], false), subject(&[]), &Arc::new(Book::default()));
        let ask = Request::to(url(&base), &line(), &SourceId::new("s"), &[amina()]).param("format", "json");
        let Admission::Permit(permit) = gate.admit(&ask, None, now()) else { panic!("their own") };
        let live = Live::new(LIMITS).expect("test data");
        assert_eq!(run(live.send(permit)).1.map(|g| g.wire_body), Ok(b"ok".to_vec()), "{host}");
    }
}

#[test]
fn every_answer_of_a_resolver_is_filtered() {
    let addresses = |list: &[&str]| list.iter().map(|a| a.parse().expect("test data")).collect::<Vec<SocketAddr>>();
    let mixed = || addresses(&["10.0.0.1:0", "8.8.8.8:0", "[fe80::1]:0", "[::ffff:127.0.0.1]:0"]);
    assert_eq!(filter(&Keep::Public, "a.example", mixed()), Ok(addresses(&["8.8.8.8:0"])));
    assert_eq!(filter(&Keep::Public, "a.example", addresses(&["127.0.0.1:0"])), Err(Denied::Private));
    assert_eq!(filter(&Keep::Public, "a.example", vec![]), Ok(vec![]));
    let own = |public_too| Keep::Own { host: "searx.example".to_owned(), public_too };
    let private = addresses(&["10.0.0.1:0", "[fe80::1]:0", "[::ffff:127.0.0.1]:0"]);
    assert_eq!(filter(&own(false), "searx.example", mixed()), Ok(private));
    assert_eq!(filter(&own(true), "searx.example", mixed()), Ok(mixed()));
    assert_eq!(filter(&own(false), "searx.example", addresses(&["8.8.8.8:0"])), Err(Denied::Public));
    assert_eq!(filter(&own(true), "other.example", mixed()), Err(Denied::Private));
}

#[test]
fn one_public_address_of_a_site_is_chosen() {
    let check = |list: &[&str], expect: Result<&str, Fault>| {
        let all = list.iter().map(|a| a.parse().expect("test data")).collect();
        assert_eq!(chosen_address(all), expect.map(|e| e.parse().expect("test data")), "{list:?}");
    };
    check(&["8.8.8.8"], Ok("8.8.8.8"));
    check(&["2606:4700::1111", "8.8.8.8", "9.9.9.9"], Ok("8.8.8.8"));
    check(&["10.0.0.1", "2606:4700::1111"], Ok("2606:4700::1111"));
    check(&["::ffff:8.8.8.8"], Ok("8.8.8.8"));
    check(&["64:ff9b::8.8.8.8"], Ok("8.8.8.8"));
    check(&[], Err(Fault::Unreachable));
    for private in ["10.0.0.1", "127.0.0.1", "::1", "fe80::1", "::ffff:192.168.1.9", "64:ff9b::10.0.0.1", "169.254.169.254"] {
        check(&[private], Err(Fault::PrivateAddress));
    }
    for local in ["localhost", "printer", "nas.local", "x.onion", "a..b", ""] {
        let asked = public_address(local, Duration::from_secs(1));
        assert_eq!(run(asked), Err(Fault::PrivateAddress), "{local}: it is not looked up");
    }
}
