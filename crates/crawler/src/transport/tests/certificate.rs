//! A certificate that nobody vouches for is its own fault, and no connection problem.

use std::net::TcpListener;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use unlisted_model::source::{AddressPolicy, SourceId};

use super::{LIMITS, run};
use crate::gate::Admission;
use crate::gate::testing::{Book, amina, gate, line, now, policy, row, subject, url};
use crate::request::Request;
use crate::transport::{Fault, Live, Transport};

/// Made for this test, for `localhost`, signed by itself.
const CERTIFICATE: &str = "MIIBnzCCAUWgAwIBAgIUVpCAbsWYhjvIHraTjmBEOADuqNowCgYIKoZIzj0EAwIwGTEXMBUGA1UEAwwObm9ib2R5LmV4YW1wbGUwIBcNMjYxMTI1MTE1NDQ1WhgPMjEyNjExMDExMTU0NDVaMBkxFzAVBgNVBAMMDm5vYm9keS5leGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEagiMadZ5TC7crI+EwAeXxC/KSKwVOc3g1rWBePBHwu4RZIQu4kzpAP4JpSfRo5+1YIK89HMmIAkx4lFX5Bm5x6NpMGcwHQYDVR0OBBYEFL3+ZFvhw9yngfQ0ARDg03+lOqT4MB8GA1UdIwQYMBaAFL3+ZFvhw9yngfQ0ARDg03+lOqT4MA8GA1UdEwEB/wQFMAMBAf8wFAYDVR0RBA0wC4IJbG9jYWxob3N0MAoGCCqGSM49BAMCA0gAMEUCIQDx6/UAnXW7Ul/fSWz3/WQOCo8N/U5coewW4Xv4pmC0agIgVy1zjlyWrUAj5tAr9m+HEVKJ5zqYgzmqbNN+h7tdjZU=";
/// Its key, used nowhere else.
const KEY: &str = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgIzOxhjRPQ1RVUP9s3e4NofPNsawF29zNIznmlNqA/9GhRANCAARqCIxp1nlMLtysj4TAB5fEL8pIrBU5zeDWtYF48EfC7hFkhC7iTOkA/gmlJ9Gjn7Vggrz0cyYgCTHiUVfkGbnH";

#[test]
fn a_certificate_that_nobody_vouches_for() {
    let bytes = |text: &str| STANDARD.decode(text).expect("test data");
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("test data")
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from(bytes(CERTIFICATE))],
            PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(bytes(KEY))),
        )
        .expect("test data");
    let listener = TcpListener::bind("127.0.0.1:0").expect("test data");
    let port = listener.local_addr().expect("test data").port();
    let config = Arc::new(config);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut session = rustls::ServerConnection::new(Arc::clone(&config)).expect("test data");
            // The client hangs up in the middle, as it should.
            while session.complete_io(&mut stream).is_ok_and(|(read, _)| read > 0) {}
        }
    });
    let base = format!("https://localhost:{port}/");
    let mut row = row("s", Some(&base));
    row.address = AddressPolicy::OwnMachine;
    let gate = gate(policy(vec![row], false), subject(&[]), &Arc::new(Book::default()));
    let ask = Request::to(url(&base), &line(), &SourceId::new("s"), &[amina()]);
    let Admission::Permit(permit) = gate.admit(&ask, None, now()) else { panic!("their own") };
    let live = Live::new(LIMITS).expect("test data");
    let error = run(live.send(permit)).1.expect_err("nobody vouches for it");
    assert_eq!(error.fault, Fault::Certificate);
    assert!(!error.may_pass());
}
