//! A little platform: an authority, its signers of every kind, and a stranger with the same names.

use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp};
use openssl::asn1::{Asn1Integer, Asn1Time};
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::ecdsa::EcdsaSig;
use openssl::hash::MessageDigest;
use openssl::md::Md;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::pkey_ctx::PkeyCtx;
use openssl::rsa::{Padding, Rsa};
use openssl::x509::extension::{BasicConstraints, KeyUsage};
use openssl::x509::{X509, X509Name};
use relais_core::Problem;
use relais_core::ports::{KeyKind, Later, Signer};

/// The moment at which everything here happens.
pub fn now() -> Timestamp {
    "2026-03-02T08:00:00Z".parse().unwrap()
}

pub const KINDS: [KeyKind; 3] = [KeyKind::Rsa, KeyKind::EcP256, KeyKind::EcP384];

/// A key in memory with its certificate.
pub struct SoftKey {
    pub key: PKey<Private>,
    pub certificate: X509,
    der: Vec<u8>,
    kind: KeyKind,
}

impl Signer for SoftKey {
    fn certificate(&self) -> &[u8] {
        &self.der
    }

    fn kind(&self) -> KeyKind {
        self.kind
    }

    fn sign(&self, digest: [u8; 32]) -> Later<'_, Result<Vec<u8>, Problem>> {
        Box::pin(async move { Ok(raw_signature(&self.key, self.kind, &digest)) })
    }
}

pub fn raw_signature(key: &PKey<Private>, kind: KeyKind, digest: &[u8]) -> Vec<u8> {
    let half = match kind {
        KeyKind::Rsa => {
            let mut context = PkeyCtx::new(key).unwrap();
            context.sign_init().unwrap();
            context.set_rsa_padding(Padding::PKCS1).unwrap();
            context.set_signature_md(Md::sha256()).unwrap();
            let mut out = Vec::new();
            context.sign_to_vec(digest, &mut out).unwrap();
            return out;
        }
        KeyKind::EcP256 => 32,
        KeyKind::EcP384 => 48,
    };
    let signature = EcdsaSig::sign(digest, &key.ec_key().unwrap()).unwrap();
    let half = |n: &openssl::bn::BigNumRef| n.to_vec_padded(half).unwrap();
    [half(signature.r()), half(signature.s())].concat()
}

pub fn fresh_key(kind: KeyKind) -> PKey<Private> {
    let curve = |nid| {
        let group = EcGroup::from_curve_name(nid).unwrap();
        PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap()
    };
    match kind {
        KeyKind::Rsa => PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap(),
        KeyKind::EcP256 => curve(Nid::X9_62_PRIME256V1),
        KeyKind::EcP384 => curve(Nid::SECP384R1),
    }
}

fn name(parts: &[(&str, &str)]) -> X509Name {
    let mut name = X509Name::builder().unwrap();
    for (kind, value) in parts {
        name.append_entry_by_text(kind, value).unwrap();
    }
    name.build()
}

/// What a certificate is made for.
#[derive(Clone, Copy, PartialEq)]
pub enum Use {
    Authority,
    Signing,
    Encryption,
}

pub struct Issuer<'a> {
    pub key: &'a PKey<Private>,
    pub certificate: Option<&'a X509>,
}

pub fn certificate(key: &PKey<Private>, subject: &[(&str, &str)], issuer: &Issuer<'_>, purpose: Use) -> X509 {
    let subject = name(subject);
    let mut builder = X509::builder().unwrap();
    let mut serial = BigNum::new().unwrap();
    serial.rand(120, openssl::bn::MsbOption::MAYBE_ZERO, false).unwrap();
    builder.set_version(2).unwrap();
    builder.set_serial_number(&Asn1Integer::from_bn(&serial).unwrap()).unwrap();
    builder.set_subject_name(&subject).unwrap();
    builder.set_issuer_name(issuer.certificate.map_or(&*subject, |issuer| issuer.subject_name())).unwrap();
    let day =
        |days: i64| Asn1Time::from_unix((now() + SignedDuration::from_hours(24 * days)).as_second()).unwrap();
    builder.set_not_before(&day(-30)).unwrap();
    builder.set_not_after(&day(700)).unwrap();
    builder.set_pubkey(key).unwrap();
    let mut usage = KeyUsage::new();
    usage.critical();
    match purpose {
        Use::Authority => {
            builder.append_extension(BasicConstraints::new().critical().ca().build().unwrap()).unwrap();
            usage.key_cert_sign().crl_sign()
        }
        Use::Signing => usage.digital_signature().non_repudiation(),
        Use::Encryption => usage.key_encipherment(),
    };
    builder.append_extension(usage.build().unwrap()).unwrap();
    builder.sign(issuer.key, MessageDigest::sha256()).unwrap();
    builder.build()
}

impl SoftKey {
    pub fn new(kind: KeyKind, subject: &[(&str, &str)], issuer: &Issuer<'_>, purpose: Use) -> Self {
        let key = fresh_key(kind);
        let certificate = certificate(&key, subject, issuer, purpose);
        Self { der: certificate.to_der().unwrap(), key, certificate, kind }
    }

    pub fn authority(common_name: &str) -> Self {
        let key = fresh_key(KeyKind::Rsa);
        let issuer = Issuer { key: &key, certificate: None };
        let certificate = certificate(&key, &[("C", "BE"), ("CN", common_name)], &issuer, Use::Authority);
        Self { der: certificate.to_der().unwrap(), key, certificate, kind: KeyKind::Rsa }
    }

    pub fn issuer(&self) -> Issuer<'_> {
        Issuer { key: &self.key, certificate: Some(&self.certificate) }
    }
}

/// Subject of the platform's token service in acceptance.
pub const STS: [(&str, &str); 4] =
    [("C", "BE"), ("O", "Federal Government"), ("OU", "CBE=0809394427"), ("OU", "IAMACC")];
/// Subject of the service list's signer.
pub const LIST: [(&str, &str); 4] =
    [("C", "BE"), ("O", "Federal Government"), ("OU", "SERVICELIST"), ("OU", "CBE=0809394427")];
/// Subject of a doctor's certificate.
pub const DOCTOR: [(&str, &str); 3] =
    [("C", "BE"), ("OU", "eHealth-platform Belgium"), ("CN", "Claire Lambert")];

pub struct Platform {
    pub authority: SoftKey,
    /// Token service, one key of each kind.
    pub sts: Vec<SoftKey>,
    /// Doctor, one key of each kind.
    pub doctor: Vec<SoftKey>,
    /// Signs service lists.
    pub list: SoftKey,
    /// Same names, other authority.
    pub stranger: SoftKey,
    /// Of the authority, but meant for encryption.
    pub encryption: SoftKey,
}

/// Made once a test run.
pub fn platform() -> &'static Platform {
    static PLATFORM: LazyLock<Platform> = LazyLock::new(|| {
        let authority = SoftKey::authority("Test authority");
        let other = SoftKey::authority("Test authority");
        let of = |subject: &[(&str, &str)]| {
            KINDS.map(|kind| SoftKey::new(kind, subject, &authority.issuer(), Use::Signing)).into()
        };
        Platform {
            sts: of(&STS),
            doctor: of(&DOCTOR),
            list: SoftKey::new(KeyKind::Rsa, &LIST, &authority.issuer(), Use::Signing),
            stranger: SoftKey::new(KeyKind::Rsa, &STS, &other.issuer(), Use::Signing),
            encryption: SoftKey::new(KeyKind::Rsa, &STS, &authority.issuer(), Use::Encryption),
            authority,
        }
    });
    &PLATFORM
}
