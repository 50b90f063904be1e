//! One X.509 certificate of a card: its dates, its person, its key. Whether it is to be trusted says [`crate::verify`].

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use openssl::asn1::{Asn1Time, Asn1TimeRef};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{Id, PKey, Public};
use openssl::x509::{X509, X509KeyUsage, X509NameRef};
use relais_core::code::clean;
use relais_core::ident::Ssin;
use serde::Serialize;

use crate::error::CardError;

mod der;

/// Certificates a card can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    /// Logs in.
    Authentication,
    /// Signs as by hand.
    Signature,
    /// Issued the two above: "Citizen CA" or "Foreigner CA".
    CitizenCa,
    /// The root as the card has it; never trusted for being there.
    Root,
    /// Of the national register; signs identity and address.
    Rrn,
}

impl Which {
    /// All, in the order they are read.
    pub const ALL: [Self; 5] =
        [Self::Authentication, Self::Signature, Self::CitizenCa, Self::Root, Self::Rrn];
}

impl std::fmt::Display for Which {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Authentication => "authentication",
            Self::Signature => "signature",
            Self::CitizenCa => "citizen-ca",
            Self::Root => "root",
            Self::Rrn => "rrn",
        })
    }
}

/// What `card read` tells of a certificate. Names are foreign text, escaped as RFC 4514 says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CertificateFacts {
    /// Which of the card's.
    pub which: Which,
    /// Subject.
    pub subject: String,
    /// Issuer.
    pub issuer: String,
    /// Serial number, decimal.
    pub serial: String,
    /// First moment of validity.
    pub not_before: Timestamp,
    /// Last moment of validity.
    pub not_after: Timestamp,
    /// Kind and size of the key: `rsa-2048`, `ec-p384`.
    pub key: String,
}

/// A certificate that could be parsed.
#[derive(Clone)]
pub struct Certificate {
    der: Arc<[u8]>,
    x509: X509,
    not_before: Timestamp,
    not_after: Timestamp,
}

impl std::fmt::Debug for Certificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Certificate(•)")
    }
}

impl Certificate {
    /// Reads DER.
    ///
    /// # Errors
    /// [`CardError::Answer`] for anything that is not one whole certificate.
    pub fn parse(der: &[u8]) -> Result<Self, CardError> {
        let bad = |_| CardError::Answer("a certificate cannot be parsed");
        let x509 = X509::from_der(der).map_err(bad)?;
        let not_before =
            instant(x509.not_before()).ok_or(CardError::Answer("a certificate without dates"))?;
        let not_after = instant(x509.not_after()).ok_or(CardError::Answer("a certificate without dates"))?;
        Ok(Self { der: der.into(), x509, not_before, not_after })
    }

    /// The bytes.
    #[must_use]
    pub fn der(&self) -> &Arc<[u8]> {
        &self.der
    }

    /// For OpenSSL.
    #[must_use]
    pub fn x509(&self) -> &X509 {
        &self.x509
    }

    /// Last moment of validity.
    #[must_use]
    pub fn not_after(&self) -> Timestamp {
        self.not_after
    }

    /// Checks the dates.
    ///
    /// # Errors
    /// [`CardError::CertificateExpired`] or [`CardError::CertificateEarly`].
    pub fn check_dates(&self, which: Which, now: Timestamp) -> Result<(), CardError> {
        if now > self.not_after {
            return Err(CardError::CertificateExpired { which, until: self.not_after });
        }
        if now < self.not_before {
            return Err(CardError::CertificateEarly { which, from: self.not_before });
        }
        Ok(())
    }

    /// First given name and surname, as the common name has them without its "(Authentication)"; made harmless.
    #[must_use]
    pub fn holder(&self) -> String {
        let subject = self.x509.subject_name();
        let common = attribute(subject, Nid::COMMONNAME).unwrap_or_default();
        let name = common.rsplit_once(" (").map_or(common.as_str(), |(name, _)| name).trim().to_owned();
        let parts = || {
            let given = attribute(subject, Nid::GIVENNAME).unwrap_or_default();
            let surname = attribute(subject, Nid::SURNAME).unwrap_or_default();
            format!("{} {surname}", given.split_whitespace().next().unwrap_or_default()).trim().to_owned()
        };
        clean(&if name.is_empty() { parts() } else { name })
    }

    /// National number of the subject. Test cards carry impossible ones: they, and every card when `any` is set, are
    /// not held to the check digits.
    ///
    /// # Errors
    /// [`CardError::Answer`] when there is none.
    pub fn ssin(&self, any: bool) -> Result<Ssin, CardError> {
        let number = attribute(self.x509.subject_name(), Nid::SERIALNUMBER).unwrap_or_default();
        let read = if any || self.is_of_a_test_card() { Ssin::parse_unchecked } else { Ssin::parse };
        read(&number).map_err(|_| CardError::Answer("a certificate without a national number"))
    }

    /// Issued under the policy of test cards, 2.16.56.1.40.40.40.1. Source: docs/reference/eid-card.md, section 10.
    #[must_use]
    pub fn is_of_a_test_card(&self) -> bool {
        const TEST_POLICY: &[u8] = &[0x60, 0x38, 0x01, 0x28, 0x28, 0x28, 0x01];
        der::extension(&self.der, der::POLICIES)
            .is_some_and(|policies| der::names_policy(policies, TEST_POLICY))
    }

    /// Its key may issue certificates (basic constraints).
    #[must_use]
    pub fn is_ca(&self) -> bool {
        der::extension(&self.der, der::BASIC_CONSTRAINTS).is_some_and(der::says_ca)
    }

    /// Subject and issuer are the same.
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        same_name(self.x509.subject_name(), self.x509.issuer_name())
    }

    /// Its key usage names one of these; a certificate without the extension names none.
    #[must_use]
    pub fn has_usage(&self, usage: X509KeyUsage) -> bool {
        self.x509.key_usage().is_some_and(|given| given.intersects(usage))
    }

    /// Its public key.
    ///
    /// # Errors
    /// [`CardError::Answer`] for a key OpenSSL does not know.
    pub fn public_key(&self) -> Result<PublicKey, CardError> {
        PublicKey::of(
            self.x509.public_key().map_err(|_| CardError::Answer("a certificate with an unknown key"))?,
        )
    }

    /// What `card read` tells of it.
    #[must_use]
    pub fn facts(&self, which: Which) -> CertificateFacts {
        CertificateFacts {
            which,
            subject: name_text(self.x509.subject_name()),
            issuer: name_text(self.x509.issuer_name()),
            serial: self.serial(),
            not_before: self.not_before,
            not_after: self.not_after,
            key: self.public_key().map_or_else(|_| "unknown".to_owned(), |key| key.to_string()),
        }
    }

    fn serial(&self) -> String {
        let number = self.x509.serial_number().to_bn().and_then(|number| number.to_dec_str());
        number.map_or_else(|_| String::new(), |text| text.to_string())
    }

    /// The hash its issuer signed it with.
    #[must_use]
    pub fn signature_hash(&self) -> Option<MessageDigest> {
        let nid = self.x509.signature_algorithm().object().nid();
        MessageDigest::from_nid(nid.signature_algorithms()?.digest)
    }
}

/// A public key of a kind that cards use.
#[derive(Debug, Clone)]
pub struct PublicKey {
    key: PKey<Public>,
    shape: Shape,
}

/// Kind and size of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// RSA; its signatures are one block of this many bytes.
    Rsa {
        /// Length of the modulus in bytes.
        bytes: usize,
    },
    /// ECDSA; its plain signatures are r and s of this many bytes each.
    Ec {
        /// Size of the field in bits.
        bits: u32,
    },
}

impl PublicKey {
    fn of(key: PKey<Public>) -> Result<Self, CardError> {
        let shape = match key.id() {
            Id::RSA => Shape::Rsa { bytes: key.size() },
            Id::EC => Shape::Ec { bits: key.bits() },
            _ => return Err(CardError::Answer("a certificate with an unknown key")),
        };
        Ok(Self { key, shape })
    }

    /// For OpenSSL.
    #[must_use]
    pub fn key(&self) -> &PKey<Public> {
        &self.key
    }

    /// Kind and size.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.shape
    }
}

impl std::fmt::Display for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.shape {
            Shape::Rsa { bytes } => write!(f, "rsa-{}", bytes * 8),
            Shape::Ec { bits } => write!(f, "ec-p{bits}"),
        }
    }
}

/// Two names are the same name (RFC 5280 comparison).
#[must_use]
pub fn same_name(one: &X509NameRef, other: &X509NameRef) -> bool {
    one.try_cmp(other).is_ok_and(std::cmp::Ordering::is_eq)
}

fn attribute(name: &X509NameRef, nid: Nid) -> Option<String> {
    let value = name.entries_by_nid(nid).next()?.data().to_string().ok()?;
    Some(value)
}

/// A name as RFC 4514 writes it: last attribute first, special characters escaped.
fn name_text(name: &X509NameRef) -> String {
    let mut parts: Vec<String> = name
        .entries()
        .map(|entry| {
            let kind =
                entry.object().nid().short_name().map_or_else(|_| entry.object().to_string(), str::to_owned);
            let value = entry.data().to_string().map_or_else(|_| "?".to_owned(), |text| clean(&text));
            format!("{kind}={}", escaped(&value))
        })
        .collect();
    parts.reverse();
    parts.join(",")
}

fn escaped(value: &str) -> String {
    let last = value.chars().count().saturating_sub(1);
    let mut out = String::with_capacity(value.len());
    for (at, c) in value.chars().enumerate() {
        let edge = (c == ' ' && (at == 0 || at == last)) || (c == '#' && at == 0);
        if edge || matches!(c, ',' | '+' | '"' | '\\' | '<' | '>' | ';' | '=') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn instant(time: &Asn1TimeRef) -> Option<Timestamp> {
    let passed = Asn1Time::from_unix(0).ok()?.diff(time).ok()?;
    let seconds = i64::from(passed.days) * 86_400 + i64::from(passed.secs);
    Timestamp::UNIX_EPOCH.checked_add(SignedDuration::from_secs(seconds)).ok()
}
