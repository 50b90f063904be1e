//! Whose certificate it is: a card's or an eHealth one, under the anchors of the sandbox.

use jiff::Timestamp;
use openssl::error::ErrorStack;
use openssl::nid::Nid;
use openssl::stack::Stack;
use openssl::x509::store::X509StoreBuilder;
use openssl::x509::verify::{X509VerifyFlags, X509VerifyParam};
use openssl::x509::{X509, X509KeyUsage, X509Ref, X509StoreContext};

/// Who certifies whom. Messages carry the leaf alone, so issuing CAs belong here as well as roots.
#[derive(Clone, Default)]
pub struct Anchors {
    /// The card's chain.
    pub eid: Vec<X509>,
    /// The invented eHealth CA.
    pub ehealth: Vec<X509>,
}

/// Kind of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Authentication certificate of an eID.
    Card,
    /// eHealth certificate of a person.
    Ehealth,
}

/// Whom a certificate names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Where it comes from.
    pub kind: Kind,
    /// Eleven digits.
    pub ssin: String,
}

impl Anchors {
    /// Every anchor.
    #[must_use]
    pub fn all(&self) -> Vec<X509> {
        self.eid.iter().chain(&self.ehealth).cloned().collect()
    }

    /// Whom a certificate names, once it leads to an anchor, is valid at `at` and may sign.
    #[must_use]
    pub fn recognise(&self, certificate: &X509Ref, at: Timestamp) -> Option<Identity> {
        let signs =
            certificate.key_usage().is_some_and(|usage| usage.intersects(X509KeyUsage::DIGITAL_SIGNATURE));
        if !signs {
            return None;
        }
        if leads_to(&self.eid, certificate, at) {
            return ssin_of_card(certificate).map(|ssin| Identity { kind: Kind::Card, ssin });
        }
        if leads_to(&self.ehealth, certificate, at) {
            return ssin_of_ehealth(certificate).map(|ssin| Identity { kind: Kind::Ehealth, ssin });
        }
        None
    }
}

fn leads_to(anchors: &[X509], certificate: &X509Ref, at: Timestamp) -> bool {
    let verified = || -> Result<bool, ErrorStack> {
        let mut parameters = X509VerifyParam::new()?;
        parameters.set_time(at.as_second());
        parameters.set_flags(X509VerifyFlags::PARTIAL_CHAIN)?;
        let mut store = X509StoreBuilder::new()?;
        store.set_param(&parameters)?;
        for anchor in anchors {
            store.add_cert(anchor.clone())?;
        }
        X509StoreContext::new()?.init(&store.build(), certificate, &*Stack::new()?, |it| it.verify_cert())
    };
    verified().unwrap_or(false)
}

/// The attribute serialNumber of the subject. Source: docs/reference/eid-card.md.
fn ssin_of_card(certificate: &X509Ref) -> Option<String> {
    only(certificate, Nid::SERIALNUMBER, |value| Some(value.to_owned()))
}

/// The unit `SSIN=` of the subject. Source: docs/reference/ehealth-certificates.md, section 2.
fn ssin_of_ehealth(certificate: &X509Ref) -> Option<String> {
    only(certificate, Nid::ORGANIZATIONALUNITNAME, |value| value.strip_prefix("SSIN=").map(str::to_owned))
}

fn only(certificate: &X509Ref, kind: Nid, pick: impl Fn(&str) -> Option<String>) -> Option<String> {
    let digits = |text: &String| text.len() == 11 && text.bytes().all(|byte| byte.is_ascii_digit());
    let values =
        certificate.subject_name().entries_by_nid(kind).filter_map(|entry| entry.data().to_string().ok());
    let mut found = values.filter_map(|value| pick(&value));
    let first = found.next().filter(digits);
    if found.next().is_some() { None } else { first }
}
