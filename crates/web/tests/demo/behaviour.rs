//! Each way in which the server answers or misbehaves, seen by a plain client.
#![expect(clippy::disallowed_methods, reason = "a plain client, to see what the server really sends")]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use unlisted_web::demo::{DemoWeb, Site, generated};

use crate::client::{Answer, get, send};

fn web(files: &[&str]) -> DemoWeb {
    let site = files.iter().try_fold(Site::new("a.example"), |site, file| site.http(file)).expect("test data");
    DemoWeb::serving(0, vec![site]).expect("a free port")
}

fn ask(files: &[&str], target: &str) -> Option<Answer> {
    get(web(files).addr(), &format!("https://a.example{target}"))
}

#[test]
fn a_page_is_sent_with_its_status_and_headers() {
    let answer =
        ask(&["GET /x\nstatus: 404 Not Here\ncontent-type: text/x\nset-cookie: a=b\n\nbody"], "/x?q=1").expect("an answer");
    assert_eq!((answer.status, answer.whole, answer.body.as_slice()), (404, true, b"body".as_slice()));
    assert_eq!((answer.header("content-type"), answer.header("set-cookie")), (Some("text/x"), Some("a=b")));
    assert!(answer.head.starts_with("HTTP/1.1 404 Not Here"));
}

#[test]
fn what_is_not_there_is_404_and_a_host_nobody_has_is_no_answer() {
    let web = web(&["GET /x\n\nbody"]);
    assert_eq!(get(web.addr(), "https://a.example/y").map(|a| a.status), Some(404));
    assert_eq!(get(web.addr(), "https://a.example/robots.txt").map(|a| a.status), Some(404));
    assert!(get(web.addr(), "https://b.example/x").is_none());
    assert_eq!(web.log().iter().map(|l| l.status).collect::<Vec<_>>(), [404, 404, 0]);
}

#[test]
fn a_hang_never_answers() {
    let start = Instant::now();
    assert!(ask(&["GET /x\ndo: hang"], "/x").is_none());
    assert!(start.elapsed() >= Duration::from_millis(690), "the connection was closed instead of left open");
}

#[test]
fn a_delay_is_kept() {
    let start = Instant::now();
    assert!(ask(&["GET /x\ndelay: 300ms\n\nbody"], "/x").is_some_and(|a| a.whole));
    assert!(start.elapsed() >= Duration::from_millis(300));
}

#[test]
fn a_drip_comes_byte_by_byte() {
    let start = Instant::now();
    let answer = ask(&["GET /x\ndo: drip 30ms\n\n0123456789"], "/x").expect("an answer");
    assert!(answer.whole && start.elapsed() >= Duration::from_millis(300));
}

#[test]
fn a_cut_breaks_off_before_its_announced_end() {
    for more in ["", ", chunked"] {
        let answer = ask(&[&format!("GET /x\ndo: cut 4{more}\n\n0123456789")], "/x").expect("an answer");
        assert_eq!((answer.body.as_slice(), answer.whole), (b"0123".as_slice(), false), "{more}");
    }
}

#[test]
fn chunks_join_to_the_body() {
    let body = "0123456789".repeat(350);
    let answer = ask(&[&format!("GET /x\ndo: chunked\n\n{body}")], "/x").expect("an answer");
    assert!(answer.whole && answer.body == body.as_bytes() && answer.header("content-length").is_none());
}

#[test]
fn a_bomb_is_small_on_the_wire() {
    let answer = ask(&["GET /x\ndo: bomb 20000000\n\nfirst"], "/x").expect("an answer");
    assert!(answer.whole && answer.body.len() < 200_000, "{}", answer.body.len());
    let mut out = vec![];
    let read = flate2::read::GzDecoder::new(answer.body.as_slice()).read_to_end(&mut out).expect("gzip");
    assert_eq!(read, 20_000_005);
    assert!(out.starts_with(b"first\0"));
}

#[test]
fn charset_marks_and_nesting_are_made() {
    let answer = ask(&["GET /x\ndo: bom\n\nbody"], "/x").expect("an answer");
    assert_eq!(answer.body, "\u{feff}body".as_bytes());
    let answer = ask(&["GET /x\ncharset: windows-1252\n\n£ é"], "/x").expect("an answer");
    assert_eq!(answer.body, b"\xa3 \xe9");
    let answer = ask(&["GET /x\ndo: nest 40000\n\n<p>front"], "/x").expect("an answer");
    assert!(answer.body.starts_with(b"<p>front<div><div>"));
    assert_eq!(answer.body.windows(5).filter(|w| w == b"<div>").count(), 40_000);
    let answer = ask(&["GET /x\ndo: gzip\n\nbody"], "/x").expect("an answer");
    assert!(answer.header("content-encoding") == Some("gzip") && answer.decoded() == b"body");
}

#[test]
fn a_limit_gives_way_after_so_many_times_or_never() {
    let file = "GET /x\nretry-after: 3\ndo: limited ";
    let (twice, always) = (web(&[&format!("{file}2\n\nbody")]), web(&[&format!("{file}always\n\nbody")]));
    let ask = |web: &DemoWeb| {
        let answer = get(web.addr(), "https://a.example/x").expect("an answer");
        (answer.status, answer.header("retry-after").map(str::to_owned))
    };
    let limited = || (429, Some("3".to_owned()));
    assert_eq!([ask(&twice), ask(&twice), ask(&twice), ask(&twice)], [limited(), limited(), (200, None), (200, None)]);
    assert_eq!([ask(&always), ask(&always), ask(&always), ask(&always)], [limited(), limited(), limited(), limited()]);
}

#[test]
fn https_is_sent_to_http() {
    let web = web(&["GET /x\ndo: http-only\n\nbody"]);
    let answer = get(web.addr(), "https://a.example/x?y=1").expect("an answer");
    assert_eq!((answer.status, answer.header("location")), (301, Some("http://a.example/x?y=1")));
    assert_eq!(get(web.addr(), "http://a.example/x").map(|a| a.status), Some(200));
}

#[test]
fn the_log_tells_host_time_and_headers() {
    let web = web(&["GET /x\ndelay: 100ms\n\nbody"]);
    let answer = send(
        web.addr(),
        "GET /x?name=a%20b HTTP/1.1\r\nHost: A.Example:443\r\nX-Probe: yes\r\nConnection: close\r\n\r\n",
        Duration::from_secs(1),
    );
    assert!(answer.is_some_and(|a| a.whole));
    let log = web.log();
    let [line] = log.as_slice() else { panic!("one request, {} lines", log.len()) };
    assert_eq!(
        (line.host.as_str(), line.method.as_str(), line.path_and_query.as_str(), line.status),
        ("a.example", "GET", "/x?name=a%20b", 200)
    );
    assert_eq!(line.header("x-probe"), Some("yes"));
    assert!(line.ended.is_some_and(|e| e.duration_since(line.at) >= Duration::from_millis(100)));
    let mut printed = vec![];
    assert_eq!(web.print_log(0, Duration::ZERO, &mut printed).expect("memory"), 1);
    assert_eq!(String::from_utf8_lossy(&printed), "GET a.example/x\n", "the query may hold values and is not printed");
}

#[test]
fn a_connection_serves_several_requests() {
    let web = web(&["GET /x\n\nbody"]);
    let two = "GET /x HTTP/1.1\r\nHost: a.example\r\n\r\nHEAD /x HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n";
    let mut stream = TcpStream::connect(web.addr()).expect("the server listens");
    stream.write_all(two.as_bytes()).expect("the server reads");
    let mut text = String::new();
    let _read = stream.read_to_string(&mut text).expect("text");
    assert_eq!(text.matches("HTTP/1.1 200 OK").count(), 2);
    assert_eq!(text.matches("body").count(), 1, "HEAD has no body: {text}");
    assert_eq!(web.requests(), 2);
}

#[test]
fn garbage_closes_the_connection_and_nothing_else() {
    let web = web(&["GET /x\n\nbody"]);
    let long = format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(100_000));
    for garbage in [
        "\u{16}\u{3}\u{1}\r\n\r\n",
        "GET\r\n\r\n",
        "GET /x SPDY/3\r\n\r\n",
        "POST /x HTTP/1.1\r\nHost: a.example\r\nContent-Length: 9999999\r\n\r\n",
        &long,
    ] {
        // The server may close while we still write.
        let mut stream = TcpStream::connect(web.addr()).expect("the server listens");
        if stream.write_all(garbage.as_bytes()).is_ok() {
            let mut out = vec![];
            assert!(!matches!(stream.read_to_end(&mut out), Ok(1..)), "answered {:?}", String::from_utf8_lossy(&out));
        }
    }
    assert_eq!(get(web.addr(), "https://a.example/x").map(|a| a.status), Some(200));
}

#[test]
fn a_taken_port_is_told_and_a_dropped_web_frees_its_port() {
    let web = web(&["GET /x\ndo: hang"]);
    let port = web.addr().port();
    let error = DemoWeb::start(port).err().expect("the port is taken").to_string();
    assert!(error.contains(&format!("port {port}")) && error.contains("in use"), "{error}");
    // A request that hangs does not hold the server up when it is to stop.
    let mut stream = TcpStream::connect(web.addr()).expect("the server listens");
    stream.write_all(b"GET /x HTTP/1.1\r\nHost: a.example\r\n\r\n").expect("the server reads");
    while web.requests() == 0 {
        std::thread::sleep(Duration::from_millis(5));
    }
    let start = Instant::now();
    drop(web);
    assert!(start.elapsed() < Duration::from_secs(2));
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err(), "nobody listens any more");
}

#[test]
fn a_search_answers_by_get_and_by_form() {
    let site = Site::new("s.example").search("words: castle\nurl: https://a.example/\ntitle: A").expect("test data");
    let web = DemoWeb::serving(0, vec![site]).expect("a free port");
    let answer = get(web.addr(), "http://s.example/search?q=castle&format=json").expect("an answer");
    assert!(answer.status == 200 && String::from_utf8_lossy(&answer.body).contains("https://a.example/"));
    let form = "q=castle&format=json";
    let post =
        format!("POST /search HTTP/1.1\r\nHost: s.example\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{form}", form.len());
    assert_eq!(send(web.addr(), &post, Duration::from_secs(1)).map(|a| a.body), Some(answer.body));
    assert_eq!(web.log().last().map(|l| l.body.clone()), Some(form.as_bytes().to_vec()));
}

#[test]
fn sites_of_a_test_stand_beside_the_bundled_web() {
    let mut sites = generated(40, 7);
    sites.push(Site::new("castle-test.example").page("/index.html", "mine".as_bytes()));
    let web = DemoWeb::with_sites(sites).expect("a free port");
    for url in ["https://castle-test.example/", "https://site-07.generated.example/p/7.html", "https://aminacastle.example/"] {
        assert_eq!(get(web.addr(), url).map(|a| a.status), Some(200), "{url}");
    }
}
