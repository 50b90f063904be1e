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
    /// eHealth certificate.
    Ehealth,
}

/// Whom a certificate names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Where it comes from.
    pub kind: Kind,
    /// Type of the number: `SSIN` for a person, else that of an organisation, such as `NIHII-HOSPITAL`.
    pub sort: String,
    /// The number.
    pub number: String,
}

/// `SSIN`, the type of a person's number.
pub const PERSON: &str = "SSIN";

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
            let person = |number| Identity { kind: Kind::Card, sort: PERSON.to_owned(), number };
            return ssin_of_card(certificate).map(person);
        }
        if leads_to(&self.ehealth, certificate, at) {
            let named = |(sort, number)| Identity { kind: Kind::Ehealth, sort, number };
            return owner_of_ehealth(certificate).map(named);
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
    only(values(certificate, Nid::SERIALNUMBER)).filter(|number| number.len() == 11 && digits(number))
}

/// The one unit `TYPE=number` of the subject. Source: docs/reference/ehealth-certificates.md, section 2.
fn owner_of_ehealth(certificate: &X509Ref) -> Option<(String, String)> {
    let units = values(certificate, Nid::ORGANIZATIONALUNITNAME);
    let named = units.filter_map(|unit| {
        Some(unit.split_once('=')?).map(|(sort, number)| (sort.to_owned(), number.to_owned()))
    });
    only(named).filter(|(sort, number)| {
        let long_enough = if sort == PERSON { number.len() == 11 } else { !number.is_empty() };
        long_enough && digits(number)
    })
}

fn digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn values(certificate: &X509Ref, kind: Nid) -> impl Iterator<Item = String> {
    let entries = certificate.subject_name().entries_by_nid(kind);
    entries.filter_map(|entry| entry.data().to_string().ok())
}

fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    let first = found.next()?;
    found.next().is_none().then_some(first)
}
