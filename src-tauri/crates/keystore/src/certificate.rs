//! The public facts of a certificate: names, dates, purpose, and whose it is.
//!
//! Reads more than a strict parser would accept, because the dummy of a request in progress must still be listed.
//! Nothing here means trust: whether an authority of the environment issued it is `holder.rs`.

use jiff::Timestamp;
use openssl::bn::BigNum;
use serde::Serialize;

use crate::name::Name;
use crate::owner::{Owner, environment_of_issuer};
use crate::p12::der::{
    BIT_STRING, CONTEXT_0, CONTEXT_3, INTEGER, Malformed, OCTET_STRING, OID, Reader, SEQUENCE,
};
use relais_core::environment::EnvironmentClass;

/// What a key may be used for, by the names of RFC 5280, section 4.2.1.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the names are those of the standard")]
pub enum KeyUsage {
    DigitalSignature,
    NonRepudiation,
    KeyEncipherment,
    DataEncipherment,
    KeyAgreement,
    KeyCertSign,
    #[serde(rename = "cRLSign")]
    CrlSign,
    EncipherOnly,
    DecipherOnly,
}

impl KeyUsage {
    const BY_BIT: [Self; 9] = [
        Self::DigitalSignature,
        Self::NonRepudiation,
        Self::KeyEncipherment,
        Self::DataEncipherment,
        Self::KeyAgreement,
        Self::KeyCertSign,
        Self::CrlSign,
        Self::EncipherOnly,
        Self::DecipherOnly,
    ];
}

/// A certificate and its public facts.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    key: Vec<u8>,
    key_id: Vec<u8>,
    /// Serial number, in decimal.
    pub serial: String,
    /// Subject.
    pub subject: Name,
    /// Issuer.
    pub issuer: Name,
    /// First moment it is valid.
    pub not_before: Timestamp,
    /// Last moment it is valid.
    pub not_after: Timestamp,
    /// What its key may be used for; empty where it does not say.
    pub key_usage: Vec<KeyUsage>,
}

impl std::fmt::Debug for Certificate {
    /// Without the subject: it holds an SSIN.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Certificate").field("not_after", &self.not_after).finish_non_exhaustive()
    }
}

/// Bytes that are not even roughly a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the bytes are no certificate")]
pub struct NoCertificate;

impl From<Malformed> for NoCertificate {
    fn from(Malformed: Malformed) -> Self {
        Self
    }
}

impl Certificate {
    /// Reads the facts of a DER certificate.
    pub fn read(der: &[u8]) -> Result<Self, NoCertificate> {
        let mut fields = Reader::new(der).enter(SEQUENCE)?.enter(SEQUENCE)?;
        fields.optional(CONTEXT_0)?;
        let serial = decimal(fields.expect(INTEGER)?.content)?;
        fields.expect(SEQUENCE)?;
        let issuer = Name::read(fields.enter(SEQUENCE)?)?;
        let mut validity = fields.enter(SEQUENCE)?;
        let (not_before, not_after) = (instant(&mut validity)?, instant(&mut validity)?);
        let subject = Name::read(fields.enter(SEQUENCE)?)?;
        let key = fields.expect(SEQUENCE)?.whole.to_vec();
        // A broken extension costs what it says, not the certificate.
        let key_usage = extension(fields, KEY_USAGE).and_then(usages).unwrap_or_default();
        let key_id = extension(fields, KEY_ID).and_then(octets).unwrap_or_else(|| own_key_id(&key));
        Ok(Self { der: der.to_vec(), key, key_id, serial, subject, issuer, not_before, not_after, key_usage })
    }

    /// The certificate, DER.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Its SubjectPublicKeyInfo, DER.
    #[must_use]
    pub fn public_key(&self) -> &[u8] {
        &self.key
    }

    /// What a message may call its key by: the subject key identifier that it states, else the usual one.
    #[must_use]
    pub fn key_id(&self) -> &[u8] {
        &self.key_id
    }

    /// Whose it is, where the subject follows eHealth's or the eID's pattern.
    #[must_use]
    pub fn owner(&self) -> Option<Owner> {
        Owner::of(&self.subject)
    }

    /// It stands on an eID: those name their person by a serial number in the subject.
    #[must_use]
    pub fn is_card(&self) -> bool {
        Owner::on_card(&self.subject).is_some()
    }

    /// Name of the organisation it belongs to; none where it is a person's.
    #[must_use]
    pub fn organisation_name(&self) -> Option<String> {
        Owner::organisation_name(&self.subject)
    }

    /// Name of whoever it belongs to, as its subject has it.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        Owner::name(&self.subject)
    }

    /// Environment of the authority that claims to have issued it. A guess for lists, never a check.
    #[must_use]
    pub fn environment(&self) -> Option<EnvironmentClass> {
        environment_of_issuer(&self.issuer)
    }

    /// The stand-in that a keystore holds until its certificate is delivered: `C=Dummy`.
    ///
    /// Source: docs/reference/ehealth-certificates.md, section 1.
    #[must_use]
    pub fn is_dummy(&self) -> bool {
        self.subject.values("C").any(|country| country.eq_ignore_ascii_case("dummy"))
    }

    /// It may be used at this moment.
    #[must_use]
    pub fn valid_at(&self, now: Timestamp) -> bool {
        self.not_before <= now && now <= self.not_after
    }

    /// Its key may sign.
    #[must_use]
    pub fn signs(&self) -> bool {
        self.key_usage.contains(&KeyUsage::DigitalSignature)
    }
}

/// Most bytes of a serial number or of a key's identifier that is read: RFC 5280 allows 20, and writing one in decimal costs its square.
const LONGEST_SERIAL: usize = 64;

pub(crate) fn decimal(bytes: &[u8]) -> Result<String, NoCertificate> {
    if bytes.len() > LONGEST_SERIAL {
        return Err(NoCertificate);
    }
    let number = BigNum::from_slice(bytes).map_err(|_| NoCertificate)?;
    number.to_dec_str().map(|text| text.to_string()).map_err(|_| NoCertificate)
}

/// The end of a certificate that has none.
const NO_END: &str = "99991231235959Z";

/// UTCTime or GeneralizedTime, always with seconds and `Z` (RFC 5280, section 4.1.2.5).
fn instant(reader: &mut Reader<'_>) -> Result<Timestamp, NoCertificate> {
    let element = reader.any()?;
    let text = std::str::from_utf8(element.content).map_err(|_| NoCertificate)?;
    let full = match (element.tag, text.get(..2).and_then(|year| year.parse::<u8>().ok())) {
        (0x17, Some(year)) => format!("{}{text}", if year < 50 { 20 } else { 19 }),
        (0x18, Some(_)) => text.to_owned(),
        _ => return Err(NoCertificate),
    };
    // "No end is known" of RFC 5280, section 4.1.2.5, lies a day beyond the last instant that can be told.
    if full == NO_END {
        return Ok(Timestamp::MAX);
    }
    let civil = jiff::civil::DateTime::strptime("%Y%m%d%H%M%SZ", &full).map_err(|_| NoCertificate)?;
    civil.to_zoned(jiff::tz::TimeZone::UTC).map(|zoned| zoned.timestamp()).map_err(|_| NoCertificate)
}

const KEY_USAGE: &[u8] = &[0x55, 0x1d, 0x0f];
const KEY_ID: &[u8] = &[0x55, 0x1d, 0x0e];

/// The value of an extension in what follows the public key.
fn extension<'a>(mut fields: Reader<'a>, wanted: &[u8]) -> Option<&'a [u8]> {
    while !fields.is_empty() {
        let element = fields.any().ok()?;
        if element.tag != CONTEXT_3 {
            continue;
        }
        let mut extensions = Reader::new(element.content).enter(SEQUENCE).ok()?;
        while !extensions.is_empty() {
            let mut extension = extensions.enter(SEQUENCE).ok()?;
            if extension.expect(OID).ok()?.content == wanted {
                extension.optional(0x01).ok()?;
                return Some(extension.expect(OCTET_STRING).ok()?.content);
            }
        }
    }
    None
}

fn octets(value: &[u8]) -> Option<Vec<u8>> {
    let content = Reader::new(value).expect(OCTET_STRING).ok()?.content;
    (content.len() <= LONGEST_SERIAL).then(|| content.to_vec())
}

/// SHA-1 of the key's own bits (RFC 5280, section 4.2.1.2, method 1).
fn own_key_id(key: &[u8]) -> Vec<u8> {
    let bits = Reader::new(key).enter(SEQUENCE).and_then(|mut fields| {
        fields.any()?;
        fields.expect(BIT_STRING)
    });
    bits.map(|bits| openssl::sha::sha1(bits.content.get(1..).unwrap_or_default()).to_vec())
        .unwrap_or_default()
}

/// The named bits of a bit string; its first byte counts the unused ones, which DER has as zeros.
fn usages(value: &[u8]) -> Option<Vec<KeyUsage>> {
    let bits = Reader::new(value).expect(BIT_STRING).ok()?.content;
    let bytes = bits.get(1..).unwrap_or_default();
    let set = |bit: usize| bytes.get(bit / 8).is_some_and(|byte| byte & (0x80 >> (bit % 8)) != 0);
    Some(KeyUsage::BY_BIT.iter().enumerate().filter(|(bit, _)| set(*bit)).map(|(_, usage)| *usage).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::p12::der::wrapped;

    /// A certificate with this serial number and this end; the rest is the least that is one.
    fn with(serial: &[u8], not_after: &[u8]) -> Vec<u8> {
        let validity =
            wrapped(SEQUENCE, &[wrapped(0x17, b"260102101500Z"), wrapped(0x18, not_after)].concat());
        let empty = wrapped(SEQUENCE, &[]);
        let parts = [wrapped(INTEGER, serial), empty.clone(), empty.clone(), validity, empty.clone(), empty];
        wrapped(SEQUENCE, &wrapped(SEQUENCE, &parts.concat()))
    }

    #[test]
    fn a_certificate_without_an_end_ends_at_the_end_of_time() {
        let read = Certificate::read(&with(&[1], b"99991231235959Z")).unwrap();
        assert_eq!(read.not_after, Timestamp::MAX);
    }

    #[test]
    fn a_serial_number_of_a_megabyte_is_refused_at_once() {
        assert_eq!(Certificate::read(&with(&[1; 20], b"20290102101500Z")).unwrap().serial.len(), 46);
        let begun = std::time::Instant::now();
        assert_eq!(Certificate::read(&with(&[1; 1 << 20], b"20290102101500Z")), Err(NoCertificate));
        assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    }

    /// A certificate of a fresh key that states this identifier of it, or none.
    fn stating(id: Option<&[u8]>) -> (Vec<u8>, openssl::pkey::PKey<openssl::pkey::Private>) {
        use openssl::asn1::{Asn1Object, Asn1OctetString, Asn1Time};
        use openssl::x509::{X509, X509Extension};
        let key = openssl::pkey::PKey::from_rsa(openssl::rsa::Rsa::generate(2048).unwrap()).unwrap();
        let mut certificate = X509::builder().unwrap();
        certificate.set_not_before(&Asn1Time::days_from_now(0).unwrap()).unwrap();
        certificate.set_not_after(&Asn1Time::days_from_now(1).unwrap()).unwrap();
        certificate.set_pubkey(&key).unwrap();
        if let Some(id) = id {
            let value = Asn1OctetString::new_from_bytes(&wrapped(OCTET_STRING, id)).unwrap();
            let kind = Asn1Object::from_str("2.5.29.14").unwrap();
            certificate.append_extension(X509Extension::new_from_der(&kind, false, &value).unwrap()).unwrap();
        }
        certificate.sign(&key, openssl::hash::MessageDigest::sha256()).unwrap();
        (certificate.build().to_der().unwrap(), key)
    }

    #[test]
    fn a_key_is_called_as_its_certificate_states_and_else_by_the_digest_of_its_bits() {
        let (stated, _) = stating(Some(b"another name"));
        assert_eq!(Certificate::read(&stated).unwrap().key_id(), b"another name");
        for odd in [None, Some([7; 1_000].as_slice())] {
            let (der, key) = stating(odd);
            let bits = openssl::sha::sha1(&key.rsa().unwrap().public_key_to_der_pkcs1().unwrap());
            assert_eq!(Certificate::read(&der).unwrap().key_id(), bits);
        }
    }
}
