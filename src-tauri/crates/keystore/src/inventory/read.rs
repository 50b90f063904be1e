//! Bytes of strangers in, public parts out: PEM, DER, several certificates in a row, PKCS#12 without its password.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use relais_core::Code;

use super::{Contents, MOST_CERTIFICATES, Public};
use crate::certificate::Certificate;
use crate::error::KeystoreError;
use crate::p12;
use crate::p12::der::{INTEGER, Reader, SEQUENCE};

/// The public parts of a file, told by what it is, not by its name. What is broken in it is said beside what is good.
#[must_use]
pub fn read(bytes: &[u8]) -> Contents {
    match bytes.first() {
        Some(&SEQUENCE) if begins_with_a_number(bytes) => keystore(bytes),
        Some(&SEQUENCE) => certificates(bytes),
        _ => pem(bytes),
    }
}

/// PKCS#12 begins with its version, a certificate with a sequence.
fn begins_with_a_number(bytes: &[u8]) -> bool {
    let inside = Reader::new(bytes).enter(SEQUENCE).and_then(|mut inside| inside.any());
    inside.is_ok_and(|first| first.tag == INTEGER)
}

fn keystore(bytes: &[u8]) -> Contents {
    let mut contents = Contents { keystore: true, ..Contents::default() };
    match p12::glance(bytes) {
        Ok(glance) => {
            (contents.closed, contents.aliases) = (glance.closed, glance.aliases);
            glance.certificates.iter().for_each(|der| contents.add(der));
        }
        Err(refused) => contents.problem = Some(refused.problem().code),
    }
    contents
}

/// Certificates one after the other.
fn certificates(bytes: &[u8]) -> Contents {
    let mut contents = Contents::default();
    let mut rest = Reader::new(bytes);
    while !rest.is_empty() && !contents.is_overfull() {
        match rest.any() {
            Ok(element) => contents.add(element.whole),
            Err(_) => {
                contents.broken();
                break;
            }
        }
    }
    contents
}

fn pem(bytes: &[u8]) -> Contents {
    let mut contents = Contents::default();
    // Labels and base64 are ASCII; what stands around them may be in any encoding.
    let text = String::from_utf8_lossy(bytes);
    let mut blocks = 0;
    for block in text.split("-----BEGIN ").skip(1) {
        blocks += 1;
        let Some((label, body)) = block.split_once("-----") else { continue };
        if !matches!(label, "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE") {
            continue;
        }
        match decoded(body).as_deref().map(|bytes| Reader::new(bytes).any().map(|one| one.whole)) {
            Some(Ok(der)) => contents.add(der),
            _ => contents.broken(),
        }
        if contents.is_overfull() {
            break;
        }
    }
    if blocks == 0 {
        contents.broken();
    }
    contents
}

/// The bytes of a block, up to its end mark; none where it has none or is no base64.
fn decoded(body: &str) -> Option<Vec<u8>> {
    let (body, _) = body.split_once("-----END ")?;
    let base64: String = body.split_ascii_whitespace().collect();
    STANDARD.decode(base64).ok()
}

impl Contents {
    /// There is something to show: a key alone, or a request, is no row.
    #[must_use]
    pub fn is_something(&self) -> bool {
        self.keystore || self.problem.is_some() || !self.certificates.is_empty()
    }

    fn add(&mut self, der: &[u8]) {
        if self.is_full() {
            self.problem = Some(KeystoreError::TooCostly.problem().code);
            return;
        }
        match Certificate::read(der).ok().as_ref().and_then(Public::of) {
            Some(public) if self.certificates.iter().any(|known| known.id == public.id) => {}
            Some(public) => self.certificates.push(public),
            None => self.broken(),
        }
    }

    fn is_full(&self) -> bool {
        self.certificates.len() >= MOST_CERTIFICATES
    }

    /// It had more than is taken up.
    fn is_overfull(&self) -> bool {
        self.is_full() && self.problem.is_some()
    }

    fn broken(&mut self) {
        self.problem = Some(Code::CERTIFICATE_UNREADABLE);
    }
}
