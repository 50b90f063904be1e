//! The judge: the program `xmlsec1`.

use std::path::Path;
use std::process::{Command, Output};

/// Attributes that xmlsec1 must be told are identifiers, with the element that carries them.
const IDS: [[&str; 2]; 7] = [
    ["--id-attr:Id", "http://schemas.xmlsoap.org/soap/envelope/:Body"],
    [
        "--id-attr:Id",
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd:Timestamp",
    ],
    [
        "--id-attr:Id",
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd:BinarySecurityToken",
    ],
    ["--id-attr:AssertionID", "urn:oasis:names:tc:SAML:1.0:assertion:Assertion"],
    ["--id-attr:Id", "urn:be:fgov:ehealth:bcp:protocol:v1:ServiceList"],
    ["--id-attr:Id", "urn:be:fgov:ehealth:bcp:protocol:v2:ServiceList"],
    ["--id-attr:Id", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties"],
];

fn run(arguments: &[&str], document: &[u8]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("document.xml");
    std::fs::write(&file, document).unwrap();
    Command::new("xmlsec1")
        .args(arguments)
        .args(IDS.as_flattened())
        .arg(&file)
        .output()
        .expect("xmlsec1 is installed")
}

/// xmlsec1 accepts the signature at `node` (an XPath) with this key.
pub fn accepts(document: &[u8], key: &openssl::pkey::PKeyRef<openssl::pkey::Private>, node: &str) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let public = folder.path().join("key.pem");
    std::fs::write(&public, key.public_key_to_pem().unwrap()).unwrap();
    let public = public.to_str().unwrap();
    let answer = run(
        &["--verify", "--pubkey-pem", public, "--enabled-key-data", "key-name", "--node-xpath", node],
        document,
    );
    if !answer.status.success() {
        eprintln!("{}", String::from_utf8_lossy(&answer.stderr));
    }
    answer.status.success()
}

/// Fills in a template.
pub fn sign(template: &[u8], key: &Path, node: &str) -> Vec<u8> {
    let answer = run(&["--sign", "--privkey-pem", key.to_str().unwrap(), "--node-xpath", node], template);
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    answer.stdout
}
