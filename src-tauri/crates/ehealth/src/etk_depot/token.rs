//! The token: a certificate for encryption, signed by its owner's key, in a message that the platform signed.

use jiff::Timestamp;
use openssl::asn1::Asn1Time;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkcs7::{Pkcs7, Pkcs7Flags};
use openssl::pkey::Id;
use openssl::stack::Stack;
use openssl::x509::store::X509StoreBuilder;
use openssl::x509::{X509, X509KeyUsage, X509NameRef, X509Ref};

use super::Recipient;
use crate::xml::XmlError;
use crate::xml::verify::Trust;

/// Largest token that is read: real ones have some 5 kB.
const MOST: usize = 64 * 1024;
/// Least bits of a key that is encrypted for.
const BITS: u32 = 2048;

/// A key to encrypt for, and whose it is.
#[derive(Clone)]
pub struct Etk {
    der: Vec<u8>,
    certificate: X509,
    until: Timestamp,
}

impl std::fmt::Debug for Etk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Etk").field("until", &self.until).finish_non_exhaustive()
    }
}

impl Etk {
    /// The token as it came.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The certificate to encrypt for.
    #[must_use]
    pub fn certificate(&self) -> &X509Ref {
        &self.certificate
    }

    /// Serial number of that certificate, in decimal: the alias of its private key in a keystore.
    #[must_use]
    pub fn serial(&self) -> String {
        let number = self.certificate.serial_number().to_bn().and_then(|number| number.to_dec_str());
        number.map(|text| text.to_string()).unwrap_or_default()
    }

    /// SHA-256 of that certificate, in hex.
    #[must_use]
    pub fn sha256(&self) -> String {
        let digest = self.certificate.digest(MessageDigest::sha256());
        digest.map(|all| all.iter().map(|byte| format!("{byte:02x}")).collect()).unwrap_or_default()
    }

    /// Until when that is valid.
    #[must_use]
    pub fn until(&self) -> Timestamp {
        self.until
    }
}

/// Why a token is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EtkError {
    /// It is no signed message with one signer and a certificate in it.
    #[error("no token for encryption")]
    Shape,
    /// It names a digest that is not allowed.
    #[error("a token with a digest that is not allowed")]
    Algorithm,
    /// The depot did not sign it.
    #[error("the token is not signed by the depot")]
    Signer(#[source] XmlError),
    /// Its signature does not fit.
    #[error("the token was changed after it was signed")]
    Signature,
    /// The certificate in it is not signed by the owner's own, or that one does not count.
    #[error("the key in the token is not vouched for by its owner")]
    Owner,
    /// It is somebody else's.
    #[error("the token of somebody else")]
    SomebodyElse,
    /// Its key is not one to encrypt for.
    #[error("the key in the token is not one to encrypt for")]
    Key,
    /// It is not valid now.
    #[error("the token is not valid now")]
    Time,
}

/// Judges a token: the depot signed the message, the owner's certificate leads to an anchor and signed the key, and the
/// owner is who was asked for.
///
/// # Errors
/// [`EtkError`], the first reason found.
pub fn verify(der: &[u8], trust: &Trust, whom: &Recipient) -> Result<Etk, EtkError> {
    let judged = judged(der, trust, whom);
    // What OpenSSL has to say of it is said by our error.
    drop(ErrorStack::get());
    judged
}

fn judged(der: &[u8], trust: &Trust, whom: &Recipient) -> Result<Etk, EtkError> {
    if der.len() > MOST {
        return Err(EtkError::Shape);
    }
    if OLD.iter().any(|old| der.windows(old.len()).any(|bytes| bytes == *old)) {
        return Err(EtkError::Algorithm);
    }
    let shape = |_| EtkError::Shape;
    let message = Pkcs7::from_der(der).map_err(shape)?;
    let others = others(&message).map_err(shape)?;
    let signer = signer(&message, &others)?;
    let chain = [&[signer], &others[..]].concat();
    trust.key_of(&chain).map_err(EtkError::Signer)?;
    let content = content(&message).map_err(|_| EtkError::Signature)?;
    let certificate = X509::from_der(&content).map_err(shape)?;
    vouched_for(&certificate, &others, trust)?;
    if !names(certificate.subject_name(), whom) {
        return Err(EtkError::SomebodyElse);
    }
    let until = usable(&certificate, trust.at)?;
    Ok(Etk { der: der.to_owned(), certificate, until })
}

/// Identifiers of MD5 and SHA-1, and of RSA signatures with them, in DER.
///
/// The binding does not tell the digest of a signature, so a message in which one of these stands anywhere is refused;
/// certificates of today do not hold them.
const OLD: [&[u8]; 4] = [
    &[0x06, 0x08, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x02, 0x05],
    &[0x06, 0x05, 0x2B, 0x0E, 0x03, 0x02, 0x1A],
    &[0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x04],
    &[0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x05],
];

fn others(message: &Pkcs7) -> Result<Vec<X509>, ErrorStack> {
    let certificates = message.signed().and_then(|signed| signed.certificates());
    Ok(certificates.map(|all| all.iter().map(ToOwned::to_owned).collect()).unwrap_or_default())
}

/// The one signer: of several nobody could say which is meant.
fn signer(message: &Pkcs7, others: &[X509]) -> Result<X509, EtkError> {
    let mut all = Stack::new().map_err(|_| EtkError::Shape)?;
    others.iter().try_for_each(|one| all.push(one.clone())).map_err(|_| EtkError::Shape)?;
    let signers = message.signers(&all, Pkcs7Flags::empty()).map_err(|_| EtkError::Shape)?;
    let mut signers = signers.into_iter();
    match (signers.next(), signers.next()) {
        (Some(one), None) => Ok(one),
        _ => Err(EtkError::Shape),
    }
}

/// What was signed, once the signature fits; whose it is was found before.
fn content(message: &Pkcs7) -> Result<Vec<u8>, ErrorStack> {
    let (none, store) = (Stack::new()?, X509StoreBuilder::new()?.build());
    let mut content = Vec::new();
    // The chain was judged by the profile's own rules.
    message.verify(&none, &store, None, Some(&mut content), Pkcs7Flags::NOVERIFY | Pkcs7Flags::BINARY)?;
    Ok(content)
}

/// The owner's certificate is in the message, leads to an anchor and signed the key.
fn vouched_for(certificate: &X509, others: &[X509], trust: &Trust) -> Result<(), EtkError> {
    let same = |one: &X509Ref| {
        let names = [certificate.issuer_name(), certificate.subject_name(), one.subject_name()];
        let [issuer, subject, owner] = names.map(|name| name.to_der().unwrap_or_default());
        !owner.is_empty() && issuer == owner && subject == owner
    };
    // No attribute is asked for: owners are of all kinds.
    let any = Trust { anchors: trust.anchors.clone(), signer: vec![], at: trust.at };
    let vouches = |owner: &X509| {
        let chain = [std::slice::from_ref(owner), others].concat();
        let key = any.key_of(&chain).map(|(_, key)| key);
        key.is_ok_and(|key| certificate.verify(&key).unwrap_or(false))
    };
    let good = others.iter().filter(|one| same(one)).any(vouches);
    if good { Ok(()) } else { Err(EtkError::Owner) }
}

/// The subject has `TYPE=number` as one whole unit, and the application as another where one was asked for.
///
/// A NIHII that is asked for may be answered by the token of the person's SSIN, as the platform's own client accepts; but
/// only of theirs, for any other is somebody else's key.
fn names(subject: &X509NameRef, whom: &Recipient) -> bool {
    let units: Vec<String> = subject
        .entries_by_nid(Nid::ORGANIZATIONALUNITNAME)
        .filter_map(|unit| unit.data().to_string().ok())
        .collect();
    let number = format!("{}={}", whom.kind(), whom.reveal());
    let of_person =
        |unit: &String| whom.person().is_some_and(|ssin| unit.strip_prefix("SSIN=") == Some(ssin));
    let known = units.iter().any(|unit| *unit == number || of_person(unit));
    known && whom.application().is_none_or(|wanted| units.iter().any(|unit| unit == wanted))
}

/// Until when it can be encrypted for.
fn usable(certificate: &X509, at: Timestamp) -> Result<Timestamp, EtkError> {
    let key = certificate.public_key().map_err(|_| EtkError::Key)?;
    let encrypts = X509KeyUsage::KEY_ENCIPHERMENT | X509KeyUsage::DATA_ENCIPHERMENT;
    let usage = certificate.key_usage().is_some_and(|usage| usage.intersects(encrypts));
    if key.id() != Id::RSA || key.bits() < BITS || !usage {
        return Err(EtkError::Key);
    }
    let seconds = |time: &openssl::asn1::Asn1TimeRef| -> Option<i64> {
        let since = Asn1Time::from_unix(0).ok()?.diff(time).ok()?;
        Some(i64::from(since.days) * 86_400 + i64::from(since.secs))
    };
    let from = seconds(certificate.not_before()).ok_or(EtkError::Time)?;
    let until = seconds(certificate.not_after()).ok_or(EtkError::Time)?;
    let valid = from <= at.as_second() && at.as_second() <= until;
    Timestamp::from_second(until).ok().filter(|_| valid).ok_or(EtkError::Time)
}
