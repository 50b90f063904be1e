//! Keys and certificates of an invented person, made once per test run.

use std::sync::OnceLock;

use jiff::Timestamp;
use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::{MessageDigest, hash};
use openssl::md::Md;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::pkey_ctx::PkeyCtx;
use openssl::rsa::{Padding, Rsa};
use openssl::x509::extension::{BasicConstraints, KeyUsage};
use openssl::x509::{X509, X509Name, X509NameRef};

use crate::certificate::Which;
use crate::file::Path;
use crate::verify::Anchors;

use super::{CHIP, over};

pub type Pair = (X509, PKey<Private>);

/// Built by the rule of check digits; no person's.
pub const SSIN: &str = "85010199786";

/// Within the validity of all papers.
pub fn now() -> Timestamp {
    "2026-03-02T08:00:00Z".parse().unwrap()
}

pub struct Papers {
    pub root: Pair,
    pub ca: Pair,
    pub authentication: Pair,
    pub signature: Pair,
    pub rrn: Pair,
}

/// What a certificate is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Use {
    Ca,
    Login,
    HandSignature,
}

/// EC P-384 all through.
pub fn ec() -> &'static Papers {
    static PAPERS: OnceLock<Papers> = OnceLock::new();
    PAPERS.get_or_init(|| Papers::issue(ec_key(), ec_key(), "Test Root"))
}

/// The person's keys are RSA, the register's EC: a re-keyed card of applet 1.7.
pub fn rekeyed() -> &'static Papers {
    static PAPERS: OnceLock<Papers> = OnceLock::new();
    PAPERS.get_or_init(|| Papers::issue(rsa_key(), rsa_key(), "Test Root RSA"))
}

/// A different person under a root of the same name.
pub fn impostor() -> &'static Papers {
    static PAPERS: OnceLock<Papers> = OnceLock::new();
    PAPERS.get_or_init(|| Papers::issue(ec_key(), ec_key(), "Test Root"))
}

pub fn ec_key() -> PKey<Private> {
    let group = EcGroup::from_curve_name(Nid::SECP384R1).unwrap();
    PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap()
}

pub fn rsa_key() -> PKey<Private> {
    PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap()
}

/// PKCS#1 v1.5 over a SHA-256 digest.
pub fn rsa_over_digest(key: &PKey<Private>, digest: &[u8]) -> Vec<u8> {
    let mut context = PkeyCtx::new(key).unwrap();
    context.sign_init().unwrap();
    context.set_rsa_padding(Padding::PKCS1).unwrap();
    context.set_signature_md(Md::sha256()).unwrap();
    let mut out = Vec::new();
    context.sign_to_vec(digest, &mut out).unwrap();
    out
}

pub fn name(parts: &[(Nid, &str)]) -> X509Name {
    let mut name = X509Name::builder().unwrap();
    parts.iter().for_each(|(nid, value)| name.append_entry_by_nid(*nid, value).unwrap());
    name.build()
}

/// Issues a certificate; `years` from 2020 on.
pub fn issue(
    subject: &X509NameRef,
    key: &PKey<Private>,
    issuer: (&X509NameRef, &PKey<Private>),
    what: Use,
    years: u32,
) -> X509 {
    let mut it = X509::builder().unwrap();
    it.set_version(2).unwrap();
    it.set_serial_number(&BigNum::from_u32(4711).unwrap().to_asn1_integer().unwrap()).unwrap();
    it.set_subject_name(subject).unwrap();
    it.set_issuer_name(issuer.0).unwrap();
    it.set_not_before(&Asn1Time::from_str("20200101000000Z").unwrap()).unwrap();
    it.set_not_after(&Asn1Time::from_str(&format!("{}0101000000Z", 2020 + years)).unwrap()).unwrap();
    it.set_pubkey(key).unwrap();
    let usage = match what {
        Use::Ca => {
            it.append_extension(BasicConstraints::new().critical().ca().build().unwrap()).unwrap();
            KeyUsage::new().critical().key_cert_sign().crl_sign().build()
        }
        Use::Login => KeyUsage::new().critical().digital_signature().build(),
        Use::HandSignature => KeyUsage::new().critical().non_repudiation().build(),
    };
    it.append_extension(usage.unwrap()).unwrap();
    it.sign(issuer.1, MessageDigest::sha384()).unwrap();
    it.build()
}

fn person(purpose: &str) -> X509Name {
    name(&[
        (Nid::COUNTRYNAME, "BE"),
        (Nid::COMMONNAME, &format!("Ada Proef ({purpose})")),
        (Nid::SURNAME, "Proef"),
        (Nid::GIVENNAME, "Ada Bea"),
        (Nid::SERIALNUMBER, SSIN),
    ])
}

impl Papers {
    fn issue(login: PKey<Private>, hand: PKey<Private>, root: &str) -> Self {
        let root_name = name(&[(Nid::COMMONNAME, root)]);
        let ca_name = name(&[(Nid::COMMONNAME, "Citizen CA"), (Nid::SERIALNUMBER, "202601")]);
        let (root_key, ca_key, rrn_key) = (ec_key(), ec_key(), ec_key());
        let by_root = (&*root_name, &root_key);
        let by_ca = (&*ca_name, &ca_key);
        let rrn_name = name(&[(Nid::COMMONNAME, "RRN")]);
        Self {
            authentication: (issue(&person("Authentication"), &login, by_ca, Use::Login, 10), login.clone()),
            signature: (issue(&person("Signature"), &hand, by_ca, Use::HandSignature, 10), hand.clone()),
            rrn: (issue(&rrn_name, &rrn_key, by_root, Use::Login, 20), rrn_key.clone()),
            ca: (issue(&ca_name, &ca_key, by_root, Use::Ca, 20), ca_key.clone()),
            root: (issue(&root_name, &root_key, by_root, Use::Ca, 20), root_key.clone()),
        }
    }

    pub fn certificates(&self) -> Vec<(Which, Vec<u8>)> {
        let of = |which, pair: &Pair| (which, pair.0.to_der().unwrap());
        vec![
            of(Which::Authentication, &self.authentication),
            of(Which::Signature, &self.signature),
            of(Which::CitizenCa, &self.ca),
            of(Which::Root, &self.root),
            of(Which::Rrn, &self.rrn),
        ]
    }

    pub fn anchors(&self) -> Anchors {
        Anchors::from_pem([&self.root.0.to_pem().unwrap()[..]]).unwrap()
    }

    /// Identity, address, photo, basic key and the register's signatures.
    pub fn signed_files(&self, applet: u8) -> Vec<([u8; 6], Vec<u8>)> {
        let photo: Vec<u8> = (0..2_700u32).map(|at| u8::try_from(at % 251).unwrap()).collect();
        let basic = ec_key().public_key_to_der().unwrap();
        let identity = identity_file(&photo, (applet == 0x18).then_some(&basic[..]));
        let mut identity_signature = over(&self.rrn.1, MessageDigest::sha384(), &[&identity]);
        identity_signature.resize(112, 0);
        let address = b"\x01\x0CKerkstraat 1\x02\x041000\x03\x07Brussel";
        let mut address_signature =
            over(&self.rrn.1, MessageDigest::sha384(), &[address, &identity_signature]);
        address_signature.resize(112, 0);
        let mut padded = address.to_vec();
        padded.resize(117, 0);
        let mut files = vec![
            (Path::IDENTITY.0, identity),
            (Path::IDENTITY_SIGNATURE.0, identity_signature),
            (Path::ADDRESS.0, padded),
            (Path::ADDRESS_SIGNATURE.0, address_signature),
            (Path::PHOTO.0, photo),
        ];
        if applet == 0x18 {
            files.push((Path::BASIC_KEY.0, basic));
        }
        files
    }
}

fn identity_file(photo: &[u8], basic: Option<&[u8]>) -> Vec<u8> {
    let sha384 = |bytes: &[u8]| hash(MessageDigest::sha384(), bytes).unwrap().to_vec();
    let mut fields: Vec<(u8, Vec<u8>)> = vec![
        (0x01, b"592012345678".to_vec()),
        (0x02, CHIP.0.to_vec()),
        (0x03, b"01.02.2021".to_vec()),
        (0x06, SSIN.as_bytes().to_vec()),
        (0x07, b"Proef".to_vec()),
        (0x08, b"Ada Bea".to_vec()),
        (0x0C, b"01 JAN  1985".to_vec()),
        (0x0D, b"V".to_vec()),
        (0x11, sha384(photo)),
    ];
    fields.extend(basic.map(|key| (0x1A, sha384(key))));
    let write = |(tag, value): (u8, Vec<u8>)| [vec![tag, u8::try_from(value.len()).unwrap()], value].concat();
    fields.into_iter().flat_map(write).collect()
}
