//! xmlsec1 as an independent judge: of the assertions the sandbox issues and of the requests it accepts.

use std::path::Path;
use std::process::Command;

use openssl::x509::X509;
use relais_core::ports::Signer;
use relais_sandbox::eid::Model;

use crate::letter::keystore_key;
use crate::world::Sandbox;

const SAML: &str = "urn:oasis:names:tc:SAML:1.0:assertion:Assertion";
const WSU: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd:Timestamp";
const WSSE: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd:BinarySecurityToken";
const BODY: &str = "http://schemas.xmlsoap.org/soap/envelope/:Body";

/// Whether xmlsec1 accepts the only signature of a file.
fn accepts(arguments: &[&str], file: &Path) -> bool {
    let output = Command::new("xmlsec1").arg("--verify").args(arguments).arg(file).output().unwrap();
    output.status.success()
}

fn written(dir: &Path, name: &str, bytes: &[u8]) -> std::path::PathBuf {
    let file = dir.join(name);
    std::fs::write(&file, bytes).unwrap();
    file
}

#[tokio::test]
async fn xmlsec1_accepts_the_assertions_and_notices_a_changed_one() {
    let sandbox = Sandbox::open().await;
    let key = keystore_key(sandbox.world.people().doctor());
    let assertion = sandbox.sign_in(&key, &key).await.unwrap().assertion;
    let dir = tempfile::tempdir().unwrap();
    let anchors =
        written(dir.path(), "anchors.pem", &sandbox.world.authorities().root.certificate.to_pem().unwrap());
    let issuing = written(
        dir.path(),
        "issuing.pem",
        &sandbox.world.authorities().issuing.certificate.to_pem().unwrap(),
    );
    let (anchors, issuing) = (anchors.to_str().unwrap(), issuing.to_str().unwrap());
    let arguments = [
        "--enabled-key-data",
        "x509",
        "--id-attr:AssertionID",
        SAML,
        "--trusted-pem",
        anchors,
        "--untrusted-pem",
        issuing,
        "--verification-time",
        "2026-03-02 12:00:00",
    ];
    let good = written(dir.path(), "good.xml", assertion.reveal());
    assert!(accepts(&arguments, &good));
    let changed = String::from_utf8(assertion.reveal().to_vec()).unwrap().replace("Lambert", "Lamberts");
    assert!(!accepts(&arguments, &written(dir.path(), "bad.xml", changed.as_bytes())));
}

#[tokio::test]
async fn xmlsec1_accepts_the_requests_of_both_cards_and_of_the_keystore() {
    let sandbox = Sandbox::open().await;
    let keystore = keystore_key(sandbox.world.people().doctor());
    let (new, old) = (sandbox.card(Model::V18), sandbox.card(Model::V17));
    let signers: [&dyn Signer; 3] = [&new, &old, &keystore];
    let dir = tempfile::tempdir().unwrap();
    for (number, signer) in signers.into_iter().enumerate() {
        sandbox.sign_in(signer, signer).await.unwrap();
        let request = sandbox.served.exchanges().pop().unwrap().request;
        let pem =
            X509::from_der(signer.certificate()).unwrap().public_key().unwrap().public_key_to_pem().unwrap();
        let key = written(dir.path(), "key.pem", &pem);
        let arguments = [
            "--id-attr:Id",
            BODY,
            "--id-attr:Id",
            WSU,
            "--id-attr:Id",
            WSSE,
            "--pubkey-pem",
            key.to_str().unwrap(),
        ];
        let file = written(dir.path(), "request.xml", &request);
        assert!(accepts(&arguments, &file), "signer {number}");
        let text = String::from_utf8(request).unwrap().replace("200512/Issue", "200512/issue");
        assert!(
            !accepts(&arguments, &written(dir.path(), "changed.xml", text.as_bytes())),
            "signer {number}"
        );
    }
}
