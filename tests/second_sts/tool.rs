//! The judges: programs that somebody else wrote.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::names::{SAML, SOAP, WSSE, WSU};

/// `xmlsec1` finds the only signature of the message good, made by the key of this certificate.
pub fn signature_holds(message: &Path, certificate: &Path) -> bool {
    let ids = [format!("{SOAP}:Body"), format!("{WSU}:Timestamp"), format!("{WSSE}:BinarySecurityToken")];
    let mut xmlsec = Command::new("xmlsec1");
    xmlsec.args(["--verify", "--enabled-key-data", "key-name", "--enabled-reference-uris", "same-doc"]);
    for id in &ids {
        xmlsec.args(["--id-attr:Id", id]);
    }
    ran(xmlsec.arg("--pubkey-cert-pem").arg(certificate).arg(message)).status.success()
}

/// `xmlsec1` fills in the signature of an assertion.
pub fn signed(template: &Path, key: &Path) -> String {
    let id = format!("{SAML}:Assertion");
    let mut xmlsec = Command::new("xmlsec1");
    xmlsec.args(["--sign", "--id-attr:AssertionID", &id, "--privkey-pem"]).arg(key).arg(template);
    let out = ran(&mut xmlsec);
    let said = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "xmlsec1 does not sign: {said}");
    let text = String::from_utf8(out.stdout).expect("xmlsec1 writes UTF-8");
    let start = text.find("<Assertion").expect("xmlsec1 writes the assertion");
    text[start..].trim_end().to_owned()
}

/// `openssl verify` finds a way from the certificate to one of the roots.
pub fn chain_holds(certificate: &Path, roots: &Path, issuers: Option<&Path>) -> bool {
    let mut openssl = Command::new("openssl");
    openssl.args(["verify", "-no-CApath", "-no-CAstore", "-CAfile"]).arg(roots);
    if let Some(issuers) = issuers {
        openssl.arg("-untrusted").arg(issuers);
    }
    ran(openssl.arg(certificate)).status.success()
}

fn ran(command: &mut Command) -> Output {
    let name = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null()).output().unwrap_or_else(|cause| panic!("{name} is needed: {cause}"))
}
