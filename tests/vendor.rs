//! Relais before a token service of somebody else: a second one, which shares no code with ours and lets `xmlsec1` and
//! `openssl` judge, reached by a profile file alone, with the card in a real PC/SC reader (threats T1, T6).
#![allow(clippy::unwrap_used)]

#[path = "ks_tools.rs"]
#[allow(dead_code, reason = "made for the keystores; a few are needed here")]
mod ks_tools;
#[path = "support/pcscd.rs"]
#[allow(dead_code, reason = "made for the card; a part is needed here")]
mod pcscd;
#[path = "support/vendor.rs"]
mod vendor;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

use openssl::ssl::{SslConnector, SslMethod};
use relais_core::Code;
use relais_sandbox::eid::Model;

use crate::ks_tools::PASSWORD;
use crate::pcscd::privately;
use crate::vendor::{Told, Vendor, session, sign_in, told};

const PIN: &str = "1234";

fn secrets() -> String {
    format!("{PIN}\n{PASSWORD}\n")
}

/// An exchange with a challenge, as the second service writes it down.
const PROVEN: [&str; 4] =
    ["xmlsec1 accepted", "RequestSecurityToken challenged", "xmlsec1 accepted", "Challenge issued"];
/// An exchange without.
const AT_ONCE: [&str; 2] = ["xmlsec1 accepted", "RequestSecurityToken issued"];

fn signed_in(vendor: &Vendor, data: &Path, done: &Told, mode: &str) {
    assert_eq!(done.exit, Some(0), "{done:?}");
    assert_eq!(done.document["mode"], mode);
    assert_eq!(done.document["environment"], "vendor-test");
    assert_eq!(done.document["person"]["name"], "Amélie Vandersteen");
    let shown = session(vendor, data);
    assert_eq!(shown["expires_at"], done.document["expires_at"], "a new start finds it again");
}

#[test]
fn a_card_and_a_keystore_sign_in_at_a_service_of_somebody_else() {
    privately("a_card_and_a_keystore_sign_in_at_a_service_of_somebody_else", |service| {
        let vendor = Vendor::open();
        let keystores = [vendor.keystore(PASSWORD), vendor.keystore_of_java()];
        let all = [(Model::V18, &keystores[0], "honest"), (Model::V17, &keystores[1], "collection")];
        for (model, keystore, wish) in all {
            vendor.wish(wish);
            let (card, served) = service.insert(vendor.card(model));
            let data = vendor.data(&format!("data-{model:?}"));
            let done = told(&vendor, &data, &sign_in("eid", Some(keystore)), &secrets());
            assert_eq!(vendor.record(), PROVEN, "{model:?} {done:?}");
            signed_in(&vendor, &data, &done, "eid");
            assert_eq!(card.lock().unwrap().counters().verifies, 1, "one PIN, one VERIFY");
            served.pull();
            service.wait_until_empty();
        }
    });
}

#[test]
fn the_card_alone_signs_in_and_proves_itself_again_when_challenged() {
    privately("the_card_alone_signs_in_and_proves_itself_again_when_challenged", |service| {
        let vendor = Vendor::open();
        for model in [Model::V18, Model::V17] {
            let (card, served) = service.insert(vendor.card(model));
            for (wish, record, pins) in [("honest", &AT_ONCE[..], 1), ("challenge", &PROVEN[..], 2)] {
                vendor.wish(wish);
                card.lock().unwrap().clear_counters();
                let data = vendor.data(&format!("data-{model:?}-{wish}"));
                let done = told(&vendor, &data, &sign_in("eid-only", None), &format!("{PIN}\n{PIN}\n"));
                assert_eq!(vendor.record(), record, "{model:?} {done:?}");
                signed_in(&vendor, &data, &done, "eid-only");
                assert_eq!(card.lock().unwrap().counters().verifies, pins, "{model:?} {wish}");
            }
            served.pull();
            service.wait_until_empty();
        }
    });
}

/// Answers that a client has to notice, and what it has to call them.
const FALSE_ANSWERS: [(&str, Code); 11] = [
    ("other-key", Code::ASSERTION_SIGNATURE),
    ("tampered", Code::ASSERTION_SIGNATURE),
    ("other-authority", Code::ASSERTION_SIGNER),
    ("customer", Code::ASSERTION_SIGNER),
    ("other-issuer", Code::ASSERTION_SIGNER),
    ("other-holder", Code::ASSERTION_HOLDER),
    ("other-person", Code::ASSERTION_PERSON),
    ("other-context", Code::ASSERTION_CONTEXT),
    ("stale", Code::ASSERTION_TIME),
    ("expired", Code::ASSERTION_TIME),
    ("lifeless", Code::ASSERTION_SHAPE),
];

#[test]
fn an_answer_that_is_not_ours_is_refused_by_its_name_and_nothing_is_kept() {
    privately("an_answer_that_is_not_ours_is_refused_by_its_name_and_nothing_is_kept", |service| {
        let vendor = Vendor::open();
        let keystore = vendor.keystore(PASSWORD);
        let (card, _served) = service.insert(vendor.card(Model::V18));
        for (wish, code) in FALSE_ANSWERS {
            vendor.wish(wish);
            let data = vendor.data(wish);
            let done = told(&vendor, &data, &sign_in("eid", Some(&keystore)), &secrets());
            assert_eq!(vendor.record(), PROVEN, "our own messages are good: {wish}");
            assert_eq!((done.code(), done.exit), (&*code.to_string(), Some(65)), "{wish}: {done:?}");
            assert!(session(&vendor, &data).is_null(), "{wish}");
        }
        let asked = card.lock().unwrap().counters().verifies;
        assert_eq!(usize::try_from(asked), Ok(FALSE_ANSWERS.len()), "each PIN was used once");
    });
}

#[test]
fn an_assertion_that_came_before_is_refused_and_the_session_stays() {
    privately("an_assertion_that_came_before_is_refused_and_the_session_stays", |service| {
        let vendor = Vendor::open();
        let (_card, _served) = service.insert(vendor.card(Model::V18));
        let data = vendor.data("data");
        let arguments = sign_in("eid-only", None);
        let first = told(&vendor, &data, &arguments, &secrets());
        assert_eq!(first.exit, Some(0), "{first:?}");
        vendor.wish("again");
        let again = told(&vendor, &data, &arguments, &secrets());
        let replayed = Code::ASSERTION_REPLAYED.to_string();
        assert_eq!((again.code(), again.exit), (&*replayed, Some(65)), "{again:?}");
        assert_eq!(session(&vendor, &data)["expires_at"], first.document["expires_at"]);
    });
}

#[test]
fn a_fault_of_the_service_is_told_and_leaves_no_session() {
    privately("a_fault_of_the_service_is_told_and_leaves_no_session", |service| {
        let vendor = Vendor::open();
        let (_card, _served) = service.insert(vendor.card(Model::V18));
        vendor.wish("fault");
        let data = vendor.data("data");
        let done = told(&vendor, &data, &sign_in("eid-only", None), &secrets());
        assert_eq!(done.code(), Code::STS_REFUSED.to_string(), "{done:?}");
        assert_ne!(done.exit, Some(0));
        assert!(session(&vendor, &data).is_null());
    });
}

/// Posts a message as relaisctl would; the answer's body.
fn post(vendor: &Vendor, message: &str) -> String {
    let profile: toml::Table = std::fs::read_to_string(vendor.file("profile.toml")).unwrap().parse().unwrap();
    let address = profile["hosts"]["allowed"][0].as_str().unwrap();
    let mut tls = SslConnector::builder(SslMethod::tls_client()).unwrap();
    tls.set_ca_file(vendor.file("ca.pem")).unwrap();
    let stream = TcpStream::connect(address).unwrap();
    let mut stream = tls.build().connect("127.0.0.1", stream).unwrap();
    let action = "urn:be:fgov:ehealth:sts:protocol:v1:RequestSecurityToken";
    let length = message.len();
    let head = format!(
        "POST /IAM/SecurityTokenService/v1 HTTP/1.1\r\nHost: {address}\r\nSOAPAction: \"{action}\"\r\n\
         Content-Type: text/xml; charset=utf-8\r\nContent-Length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(message.as_bytes())).unwrap();
    let mut answer = String::new();
    // The service closes the connection after its answer.
    let _ = stream.read_to_string(&mut answer);
    answer
}

/// The judge has to be able to say no, or its yes proves nothing.
#[test]
fn the_second_service_refuses_a_message_of_ours_that_somebody_changed() {
    privately("the_second_service_refuses_a_message_of_ours_that_somebody_changed", |service| {
        let vendor = Vendor::open();
        let (_card, _served) = service.insert(vendor.card(Model::V18));
        let done = told(&vendor, &vendor.data("data"), &sign_in("eid-only", None), &secrets());
        assert_eq!(done.exit, Some(0), "{done:?}");
        let ours = std::fs::read_to_string(vendor.file("message-1.xml")).unwrap();
        vendor.record();
        assert!(post(&vendor, &ours).contains("RequestedSecurityToken"), "unchanged, it is still good");
        assert_eq!(vendor.record(), AT_ONCE);
        let changes = [("doctor:nihii11", "nurse:nihii11"), ("<wsu:Created>20", "<wsu:Created> 20")];
        for (from, to) in changes {
            let changed = ours.replacen(from, to, 1);
            assert!(changed != ours, "{from} is there to be changed");
            assert!(post(&vendor, &changed).contains("wsse:FailedCheck"), "{from}");
            assert_eq!(vendor.record()[0], "xmlsec1 refused", "{from}");
        }
        // A Body that is not the one that was signed.
        let moved = ours.replacen("wsu:Id=\"Body-", "wsu:Id=\"Other-", 1);
        assert!(moved != ours);
        assert!(post(&vendor, &moved).contains("wsse:InvalidSecurity"));
    });
}

#[test]
fn the_second_service_is_built_without_any_code_of_relais() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest: toml::Table = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap().parse().unwrap();
    let used: Vec<&String> = manifest["dependencies"].as_table().unwrap().keys().collect();
    assert_eq!(used, ["jiff", "openssl", "quick-xml"]);
    for file in std::fs::read_dir(folder.join("second_sts")).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        for borrowed in ["relais_", "#[path", "include!"] {
            assert!(!text.contains(borrowed), "{} has {borrowed}", path.display());
        }
    }
}
