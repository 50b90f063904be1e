//! Who is believed.

use std::fmt::Write as _;

use jiff::Timestamp;
use openssl::pkey::{PKey, Public};
use openssl::stack::Stack;
use openssl::x509::store::X509StoreBuilder;
use openssl::x509::verify::{X509VerifyFlags, X509VerifyParam};
use openssl::x509::{X509, X509KeyUsage, X509NameRef, X509Ref, X509StoreContext};

use super::super::error::XmlError;

/// At least 112 bits of strength in every link of a chain, which also rules out SHA-1 certificates.
const AUTH_LEVEL: i32 = 2;

/// Whom to believe, and when.
#[derive(Clone)]
pub struct Trust {
    /// Certificates a signer has to lead to: roots, issuers, or the signer itself.
    pub anchors: Vec<X509>,
    /// What the signer's subject has to hold, each as one whole attribute.
    pub signer: Vec<WholeAttribute>,
    /// The moment at which certificates have to be valid.
    pub at: Timestamp,
}

impl std::fmt::Debug for Trust {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Trust({} anchors, {:?}, {})", self.anchors.len(), self.signer, self.at)
    }
}

/// One attribute of a subject, compared as a whole: `OU=CBE=0809394427` is the unit `CBE=0809394427`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WholeAttribute {
    kind: String,
    value: String,
}

impl WholeAttribute {
    /// Reads `TYPE=value`, split at the first `=`; TYPE is a short name such as `OU` or `CN`.
    #[must_use]
    pub fn parse(given: &str) -> Option<Self> {
        let (kind, value) = given.split_once('=')?;
        let good = !kind.trim().is_empty() && !value.is_empty();
        good.then(|| Self { kind: kind.trim().to_owned(), value: value.to_owned() })
    }

    fn is_in(&self, subject: &X509NameRef) -> bool {
        subject.entries().any(|entry| {
            let kind = entry.object().nid().short_name().unwrap_or("");
            kind.eq_ignore_ascii_case(&self.kind)
                && entry.data().to_string().is_ok_and(|value| value == self.value)
        })
    }
}

impl Trust {
    /// Trust in every certificate of a PEM text.
    ///
    /// # Errors
    /// [`XmlError::NoCertificate`] when there is none, or one cannot be read.
    pub fn from_pem(pem: &[u8], signer: Vec<WholeAttribute>, at: Timestamp) -> Result<Self, XmlError> {
        let anchors = X509::stack_from_pem(pem).unwrap_or_default();
        drop(openssl::error::ErrorStack::get());
        if anchors.is_empty() { Err(XmlError::NoCertificate) } else { Ok(Self { anchors, signer, at }) }
    }

    /// The key of the first certificate, once it leads to an anchor, is the expected one and may sign; the others help
    /// to build the chain.
    pub(crate) fn key_of(&self, certificates: &[X509]) -> Result<(X509, PKey<Public>), XmlError> {
        let (signer, others) = certificates.split_first().ok_or(XmlError::NoCertificate)?;
        if !self.leads_to_an_anchor(signer, others).unwrap_or(false) {
            drop(openssl::error::ErrorStack::get());
            return Err(XmlError::Chain);
        }
        if !self.signer.iter().all(|expected| expected.is_in(signer.subject_name())) {
            return Err(XmlError::SignerAttribute);
        }
        let signing = X509KeyUsage::DIGITAL_SIGNATURE | X509KeyUsage::NON_REPUDIATION;
        if signer.key_usage().is_some_and(|usage| !usage.intersects(signing)) {
            return Err(XmlError::KeyUsage);
        }
        let key = signer.public_key().map_err(|_| XmlError::KeySize)?;
        Ok((signer.clone(), key))
    }

    fn leads_to_an_anchor(
        &self,
        signer: &X509Ref,
        others: &[X509],
    ) -> Result<bool, openssl::error::ErrorStack> {
        let mut parameters = X509VerifyParam::new()?;
        parameters.set_time(self.at.as_second());
        parameters.set_auth_level(AUTH_LEVEL);
        parameters.set_flags(X509VerifyFlags::PARTIAL_CHAIN | X509VerifyFlags::TRUSTED_FIRST)?;
        let mut store = X509StoreBuilder::new()?;
        store.set_param(&parameters)?;
        for anchor in &self.anchors {
            store.add_cert(anchor.clone())?;
        }
        let mut chain = Stack::new()?;
        for other in others {
            chain.push(other.clone())?;
        }
        X509StoreContext::new()?.init(&store.build(), signer, &chain, |context| context.verify_cert())
    }
}

/// A subject in the order of the certificate: `C=BE, O=Federal Government, OU=IAMACC`.
#[must_use]
pub fn subject_of(certificate: &X509Ref) -> String {
    let mut text = String::new();
    for entry in certificate.subject_name().entries() {
        let kind = entry.object().nid().short_name().unwrap_or("?");
        let value = entry.data().to_string().unwrap_or_default();
        let value = relais_core::code::clean(&value).replace('\\', "\\\\").replace(',', "\\,");
        let comma = if text.is_empty() { "" } else { ", " };
        // Writing to a string cannot fail.
        let _ = write!(text, "{comma}{kind}={value}");
    }
    text
}
