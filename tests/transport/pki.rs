//! Certificates for servers that exist for one test.

use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::x509::extension::{BasicConstraints, SubjectAlternativeName};
use openssl::x509::{X509, X509Name};

pub struct Authority {
    pub certificate: X509,
    key: PKey<Private>,
}

pub struct Leaf {
    pub certificate: X509,
    pub key: PKey<Private>,
}

fn key() -> PKey<Private> {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
    PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap()
}

fn name(common: &str) -> X509Name {
    let mut name = X509Name::builder().unwrap();
    name.append_entry_by_nid(Nid::COMMONNAME, common).unwrap();
    name.build()
}

/// Valid from `days.0` to `days.1`, counted from today.
fn certificate(subject: &str, key: &PKey<Private>, by: Option<&Authority>, days: (i64, i64)) -> X509 {
    let at = |days: i64| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
        Asn1Time::from_unix(i64::try_from(now).unwrap() + days * 86_400).unwrap()
    };
    let mut made = X509::builder().unwrap();
    made.set_version(2).unwrap();
    let mut serial = BigNum::new().unwrap();
    serial.rand(64, openssl::bn::MsbOption::MAYBE_ZERO, false).unwrap();
    made.set_serial_number(&serial.to_asn1_integer().unwrap()).unwrap();
    made.set_subject_name(&name(subject)).unwrap();
    made.set_issuer_name(by.map_or(&name(subject), |by| by.certificate.subject_name())).unwrap();
    made.set_pubkey(key).unwrap();
    made.set_not_before(&at(days.0)).unwrap();
    made.set_not_after(&at(days.1)).unwrap();
    let constraints = match by {
        None => BasicConstraints::new().critical().ca().build().unwrap(),
        Some(_) => BasicConstraints::new().critical().build().unwrap(),
    };
    made.append_extension(constraints).unwrap();
    if by.is_some() {
        let mut names = SubjectAlternativeName::new();
        if subject.parse::<std::net::IpAddr>().is_ok() {
            names.ip(subject)
        } else {
            names.dns(subject)
        };
        let names = names.build(&made.x509v3_context(None, None)).unwrap();
        made.append_extension(names).unwrap();
    }
    made.sign(by.map_or(key, |by| &by.key), MessageDigest::sha256()).unwrap();
    made.build()
}

impl Authority {
    pub fn new() -> Self {
        let key = key();
        Self { certificate: certificate("Relais test authority", &key, None, (-1, 30)), key }
    }

    pub fn leaf(&self, host: &str, days: (i64, i64)) -> Leaf {
        let key = key();
        Leaf { certificate: certificate(host, &key, Some(self), days), key }
    }

    pub fn good_leaf(&self) -> Leaf {
        self.leaf("127.0.0.1", (-1, 30))
    }
}
