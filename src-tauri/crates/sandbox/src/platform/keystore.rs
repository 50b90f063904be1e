//! eHealth keystores as the official tool of today writes them: PKCS#12 with PBES2, aliases, chain, encryption entry.
//!
//! Source: docs/reference/ehealth-certificates.md, sections 1, 2 and 5.

use jiff::{Timestamp, tz::TimeZone};
use openssl::bn::BigNum;
use openssl::pkey::{PKey, PKeyRef, Private};
use openssl::x509::{X509, X509NameRef};
use p12_keystore::{Certificate, KeyStore, KeyStoreEntry, LocalKeyId, PrivateKey, PrivateKeyChain};
use relais_core::ident::Identity;

use super::state::StateError;
use crate::x509::{self, Authority, KeyType, Request, Subject, Usage, Validity};

/// Alias of the key that signs.
pub const AUTHENTICATION: &str = "authentication";

/// What a keystore holds.
pub struct Keystore {
    /// The eHealth certificate and its key.
    pub authentication: Authority,
    /// The certificate inside the encryption token, and its key.
    pub encryption: Authority,
}

impl Keystore {
    /// Certifies a new key for a person or an organisation, and a second one that others encrypt for.
    pub fn issue(
        issuing: &Authority,
        owner: &Identity,
        name: &str,
        validity: Validity,
    ) -> Result<Self, StateError> {
        let subject = subject(owner, name);
        let key = KeyType::Rsa2048.generate()?;
        let public = x509::public(&key)?;
        let certificate = issuing.issue(Request::new(subject.clone(), &public, Usage::EHEALTH, validity))?;
        let authentication = Authority { certificate, key };
        let encryption = encryption(&authentication, subject, validity)?;
        Ok(Self { authentication, encryption })
    }

    /// The file, protected by `password` in the way Java 16 and later do it (PBES2, AES-256, 10 000 rounds).
    pub fn to_pkcs12(&self, chain: &[&X509], password: &str) -> Result<Vec<u8>, StateError> {
        let mut store = KeyStore::new();
        let own = chained(&self.authentication, chain)?;
        store.add_entry(AUTHENTICATION, KeyStoreEntry::PrivateKeyChain(own));
        let token = chained(&self.encryption, &[])?;
        store.add_entry(&self.encryption_alias()?, KeyStoreEntry::PrivateKeyChain(token));
        for ca in chain {
            let alias = rfc2253(ca.subject_name())?.to_lowercase();
            store.add_entry(&alias, KeyStoreEntry::Certificate(Certificate::from_der(&ca.to_der()?)?));
        }
        Ok(store.writer(password).write()?)
    }

    /// Alias of the encryption entry: the decimal serial number of its certificate.
    pub fn encryption_alias(&self) -> Result<String, StateError> {
        Ok(self.encryption.certificate.serial_number().to_bn()?.to_dec_str()?.to_string())
    }
}

/// Name of the file: `<TYPE>=<number> <yyyyMMdd-HHmmss>.p12`.
#[must_use]
pub fn file_name(owner: &Identity, made_at: Timestamp) -> String {
    let stamp = made_at.to_zoned(TimeZone::UTC).strftime("%Y%m%d-%H%M%S").to_string();
    format!("{} {stamp}.p12", numbered(owner))
}

fn numbered(owner: &Identity) -> String {
    match owner {
        Identity::Person(person) => format!("SSIN={}", person.reveal()),
        Identity::Organisation(organisation) => organisation.to_string(),
    }
}

fn subject(owner: &Identity, name: &str) -> Subject {
    let numbered = numbered(owner);
    Subject::from([("C", "BE"), ("O", "Federal Government")])
        .with("OU", &numbered)
        .with("OU", &name.to_uppercase())
        .with("OU", "eHealth-platform Belgium")
        .with("CN", &numbered)
}

/// Signed by the authentication key, with the same subject as issuer, and a serial number of 16 bytes.
fn encryption(owner: &Authority, subject: Subject, validity: Validity) -> Result<Authority, StateError> {
    let key: PKey<Private> = KeyType::Rsa2048.generate()?;
    let public = x509::public(&key)?;
    let mut serial = BigNum::new()?;
    serial.rand(128, openssl::bn::MsbOption::ONE, false)?;
    let request = Request {
        serial: Some(serial.to_vec()),
        ..Request::new(subject, &public, Usage::ENCRYPTION, validity)
    };
    Ok(Authority { certificate: owner.issue(request)?, key })
}

fn chained(leaf: &Authority, chain: &[&X509]) -> Result<PrivateKeyChain, StateError> {
    let certificates = std::iter::once(&leaf.certificate)
        .chain(chain.iter().copied())
        .map(|it| Ok(Certificate::from_der(&it.to_der()?)?))
        .collect::<Result<Vec<_>, StateError>>()?;
    Ok(PrivateKeyChain::new(
        local_id(&leaf.key)?,
        PrivateKey::from_der(&leaf.key.private_key_to_pkcs8()?)?,
        certificates,
    ))
}

fn local_id(key: &PKeyRef<Private>) -> Result<LocalKeyId, StateError> {
    Ok(LocalKeyId(openssl::sha::sha1(&key.public_key_to_der()?).to_vec()))
}

fn rfc2253(name: &X509NameRef) -> Result<String, StateError> {
    let mut parts = name
        .entries()
        .map(|entry| {
            let short = entry.object().nid().short_name()?;
            Ok(format!("{short}={}", entry.data().to_string()?.replace(',', "\\,")))
        })
        .collect::<Result<Vec<_>, StateError>>()?;
    parts.reverse();
    Ok(parts.join(","))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use openssl::pkcs12::Pkcs12;

    fn ssin() -> Identity {
        Identity::parse("SSIN", "85010199885", None).unwrap()
    }

    #[test]
    fn openssl_opens_the_file_and_finds_the_chain() {
        let at: Timestamp = "2026-01-02T10:15:00Z".parse().unwrap();
        let root = Authority::root([("CN", "root")], KeyType::Rsa2048, Validity::years(at, 3)).unwrap();
        let issuing =
            root.subordinate([("CN", "issuing")], KeyType::Rsa2048, Validity::years(at, 3)).unwrap();
        let store = Keystore::issue(&issuing, &ssin(), "Claire Lambert", Validity::years(at, 1)).unwrap();
        let chain = [&issuing.certificate, &root.certificate];
        let file = store.to_pkcs12(&chain, "geheim").unwrap();
        let parsed = Pkcs12::from_der(&file).unwrap().parse2("geheim").unwrap();
        assert!(parsed.pkey.is_some());
        assert_eq!(
            parsed.ca.unwrap().len(),
            5,
            "two CAs in the chain, twice, and the encryption certificate"
        );
        assert!(Pkcs12::from_der(&file).unwrap().parse2("falsch").is_err());
    }

    #[test]
    fn the_encryption_certificate_is_signed_by_the_authentication_key() {
        let at: Timestamp = "2026-01-02T10:15:00Z".parse().unwrap();
        let root = Authority::root([("CN", "root")], KeyType::Rsa2048, Validity::years(at, 3)).unwrap();
        let store = Keystore::issue(&root, &ssin(), "Claire Lambert", Validity::years(at, 1)).unwrap();
        assert!(store.encryption.certificate.verify(&store.authentication.key).unwrap());
        assert!(store.encryption_alias().unwrap().bytes().all(|digit| digit.is_ascii_digit()));
    }

    #[test]
    fn a_file_is_named_after_its_owner_and_the_second_it_was_made() {
        let name = file_name(&ssin(), "2026-01-02T10:15:00Z".parse().unwrap());
        assert_eq!(name, "SSIN=85010199885 20260102-101500.p12");
    }
}
