//! Places that are not on the public internet: every spelling is refused before a connection, by the gate and again at the
//! dial, and a name that changes its mind after it was checked is refused at the dial.

use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use reqwest::dns::Resolve as _;
use unlisted_model::source::SourceId;
use url::Url;

use super::{LIMITS, a_gate, forged, now, run, say, serve, subject};
use crate::gate::address::tests::REFUSED;
use crate::gate::testing::{Book, FACTS, gate, policy, row, url};
use crate::gate::{Admission, Refusal};
use crate::request::Request;
use crate::transport::resolve::{Filtered, Keep, Lookup};
use crate::transport::{Fault, Live, Transport as _};

/// A resolver that says these things, one after another.
fn told(answers: &[&[&str]]) -> Lookup {
    let answer = |list: &&[&str]| list.iter().map(|a| SocketAddr::new(a.parse().expect("test data"), 0)).collect();
    Lookup::Told(Arc::new(Mutex::new(answers.iter().map(answer).collect())))
}

#[test]
fn the_gate_refuses_every_spelling_in_every_way() {
    let gates = [a_gate(), gate(policy(vec![row("s", None)], false), subject(&FACTS), &Arc::new(Book::default()))];
    let mut judged = 0;
    for host in REFUSED {
        for address in [format!("http://{host}/"), format!("https://{host}/x?y=1"), format!("http://{host}:8080/")] {
            // What cannot be read as an address cannot be asked.
            let Ok(address) = Url::parse(&address) else { continue };
            let page = Request::page(address.clone(), &super::line(), &SourceId::new("s"), &[super::amina()]);
            let here = super::page("https://a.example/");
            for request in
                [page.robots_of(), here.clone().redirected(address.clone()), here.redirected(address).robots_of(), page]
            {
                for gate in &gates {
                    let said = gate.admit(&request, None, now());
                    let refused = matches!(said, Admission::Refusal(Refusal::PrivateAddress | Refusal::BadAddress));
                    assert!(refused, "{host}: {said:?}");
                    judged += 1;
                }
            }
        }
    }
    assert!(judged >= 60 * 3 * 4 * 2, "{judged}");
}

#[test]
fn the_dial_refuses_every_spelling() {
    let server = serve(|s| say(s, b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    let port = server.at.port();
    let live = Live::asking(LIMITS, told(&[&["127.0.0.1", "::1", "::ffff:127.0.0.1"]])).expect("test data");
    let mut dialled = 0;
    run(async {
        for host in REFUSED {
            let address = format!("http://{host}:{port}/");
            if Url::parse(&address).is_err() {
                continue;
            }
            let (_, got) = live.send(forged(&address)).await;
            assert_eq!(got.map(|g| g.status).map_err(|e| e.fault), Err(Fault::PrivateAddress), "{host}");
            dialled += 1;
        }
    });
    assert!(dialled >= 60, "{dialled}");
    assert_eq!(server.connections.load(Ordering::SeqCst), 0);
}

/// Answers that a hostile name may give, all of them for this computer or its neighbours.
const HOSTILE_ANSWERS: [&str; 14] = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "::1",
    "::",
    "::ffff:127.0.0.1",
    "fe80::1",
    "fd00:ec2::254",
    "64:ff9b::7f00:1",
];

#[test]
fn a_name_that_changes_its_mind_is_refused_at_the_dial() {
    let server = serve(|s| say(s, b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    let port = server.at.port();
    for second in HOSTILE_ANSWERS {
        // First asked, the name is on the public internet; then it is here.
        let lookup = told(&[&["9.9.9.9"], &[second]]);
        let live = Live::asking(LIMITS, lookup.clone()).expect("test data");
        run(async {
            let first = Filtered(Arc::new(Keep::Public), lookup).resolve("rebind.example".parse().expect("test data")).await;
            assert_eq!(first.map(|all| all.count()).unwrap_or_default(), 1, "the check would pass");
            for _ in 0..2 {
                let (_, got) = live.send(forged(&format!("http://rebind.example:{port}/"))).await;
                assert_eq!(got.map(|g| g.status).map_err(|e| e.fault), Err(Fault::PrivateAddress), "{second}");
            }
        });
    }
    assert_eq!(server.connections.load(Ordering::SeqCst), 0);
}

#[test]
fn names_of_the_public_internet_that_point_here_are_refused_at_the_dial() {
    let server = serve(|s| say(s, b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    let port = server.at.port();
    let live = Live::asking(LIMITS, told(&[&HOSTILE_ANSWERS])).expect("test data");
    run(async {
        for host in ["127.0.0.1.nip.example", "localtest.example", "a.example", "xn--bcher-kva.example", "rebind.example."] {
            // The gate cannot know; only the dial can.
            assert_eq!(crate::gate::address::place(&url(&format!("http://{host}/"))), crate::gate::address::Place::Name);
            let (_, got) = live.send(forged(&format!("http://{host}:{port}/"))).await;
            assert_eq!(got.map(|g| g.status).map_err(|e| e.fault), Err(Fault::PrivateAddress), "{host}");
        }
    });
    assert_eq!(server.connections.load(Ordering::SeqCst), 0);
}
