//! What goes into a keystore that is written: keys with their certificates, under the names that others look for.
//!
//! Decides names and what is carried over; how a file is written is `p12`, where it lies is `save.rs`.
//! Source: docs/reference/ehealth-certificates.md, sections 1 and 6, and section 8, points 4 to 7.

use openssl::hash::MessageDigest;
use openssl::pkey::{Id, PKey, PKeyRef, Private, Public};
use openssl::sign::{Signer, Verifier};
use relais_core::secret::Password;
use zeroize::Zeroizing;

use crate::certificate::Certificate;
use crate::error::KeystoreError;
use crate::keystore::{AUTHENTICATION, Entry, Keystore};
use crate::p12::der::{BIT_STRING, INTEGER, OID, SET, sequence, wrapped};
use crate::p12::{self, Bag, Content, Label};

/// Fewest characters of a new password: keytool makes no keystore with fewer.
pub const SHORTEST_PASSWORD: usize = 6;

/// A password for a keystore that is written.
pub struct NewPassword(Password);

impl NewPassword {
    /// Java's tools refuse a password with other characters than those of ASCII: the file would open here alone.
    pub fn check(password: Password) -> Result<Self, KeystoreError> {
        let text = password.reveal();
        if !text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return Err(KeystoreError::PasswordNotAscii);
        }
        if text.len() < SHORTEST_PASSWORD {
            return Err(KeystoreError::PasswordTooShort);
        }
        Ok(Self(password))
    }

    pub(crate) fn password(&self) -> &Password {
        &self.0
    }
}

/// A keystore before it is written.
pub struct Draft {
    bags: Vec<Bag>,
}

impl Draft {
    /// A request in progress: the key, and the stand-in for the certificate that is not delivered yet.
    pub fn waiting(key: &PKeyRef<Private>) -> Result<Self, KeystoreError> {
        let mut draft = Self { bags: Vec::new() };
        draft.add(AUTHENTICATION.to_owned(), key, &dummy(key)?)?;
        Ok(draft)
    }

    /// A key and what was delivered for it: its certificate first, then the authorities above it, DER.
    pub fn delivered(key: &PKeyRef<Private>, chain: &[Vec<u8>]) -> Result<Self, KeystoreError> {
        let (own, above) = chain.split_first().ok_or(KeystoreError::KeyMismatch)?;
        let mut draft = Self { bags: Vec::new() };
        draft.add_own(AUTHENTICATION.to_owned(), key, own)?;
        for der in above {
            draft.trust(der)?;
        }
        Ok(draft)
    }

    /// A key that opens messages, with the certificate that is in its ETK. Messages name it by the serial number.
    pub fn with_encryption_key(mut self, key: &PKeyRef<Private>, der: &[u8]) -> Result<Self, KeystoreError> {
        let serial = Certificate::read(der).map_err(|_| KeystoreError::KeyMismatch)?.serial;
        let alias = self.free([serial.as_str()]);
        self.add_own(alias, key, der)?;
        Ok(self)
    }

    /// Every key of an old keystore that opens messages: all but the one that signs in and one that still waits.
    ///
    /// Keys are told apart by themselves, since names and subjects repeat; each is named by its certificate's serial
    /// number, whatever it was called before.
    pub fn with_old_keys(mut self, old: &Keystore) -> Result<Self, KeystoreError> {
        for entry in old.encryption_keys() {
            let Some(key) = entry.key() else { continue };
            let certificate = entry.certificate.as_ref();
            if certificate.is_some_and(Certificate::is_dummy) || self.holds(key)? {
                continue;
            }
            let alias = self.free(names(entry));
            match certificate {
                Some(certificate) => self.add(alias, key, certificate.der())?,
                None => self.add_key(alias, key)?,
            }
        }
        Ok(self)
    }

    /// The file.
    pub(crate) fn bytes(&self, password: &NewPassword) -> Result<Vec<u8>, KeystoreError> {
        p12::write(&self.bags, password.password())
    }

    pub(crate) fn bags(&self) -> &[Bag] {
        &self.bags
    }

    fn add_own(&mut self, alias: String, key: &PKeyRef<Private>, der: &[u8]) -> Result<(), KeystoreError> {
        let certificate = Certificate::read(der).map_err(|_| KeystoreError::KeyMismatch)?;
        match PKey::public_key_from_der(certificate.public_key()) {
            Ok(public) if key.public_eq(&public) => self.add(alias, key, der),
            _ => Err(KeystoreError::KeyMismatch),
        }
    }

    fn add(&mut self, alias: String, key: &PKeyRef<Private>, der: &[u8]) -> Result<(), KeystoreError> {
        let label = Label { alias: Some(alias.clone()), local_key_id: Some(id(key)?), trusted: false };
        self.bags.push(Bag { label, content: Content::Certificate(der.to_vec()) });
        self.add_key(alias, key)
    }

    fn add_key(&mut self, alias: String, key: &PKeyRef<Private>) -> Result<(), KeystoreError> {
        let pkcs8 = Zeroizing::new(key.private_key_to_pkcs8().map_err(KeystoreError::Library)?);
        let label = Label { alias: Some(alias), local_key_id: Some(id(key)?), trusted: false };
        self.bags.push(Bag { label, content: Content::Key(pkcs8) });
        Ok(())
    }

    /// An authority as an entry of its own, named by its subject; one that is there already is not added.
    fn trust(&mut self, der: &[u8]) -> Result<(), KeystoreError> {
        let subject = Certificate::read(der).map_err(|_| KeystoreError::KeyMismatch)?.subject.to_string();
        if self.bags.iter().any(|bag| bag.content == Content::Certificate(der.to_vec())) {
            return Ok(());
        }
        let label = Label { alias: Some(self.free([subject.as_str()])), local_key_id: None, trusted: true };
        self.bags.push(Bag { label, content: Content::Certificate(der.to_vec()) });
        Ok(())
    }

    fn holds(&self, key: &PKeyRef<Private>) -> Result<bool, KeystoreError> {
        let id = id(key)?;
        let same = |bag: &Bag| {
            matches!(bag.content, Content::Key(_)) && bag.label.local_key_id.as_ref() == Some(&id)
        };
        Ok(self.bags.iter().any(same))
    }

    /// The first of these names that nobody has, else the last of them with a number. Java compares without case.
    fn free<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> String {
        let taken = |name: &str| {
            let alias =
                |bag: &Bag| bag.label.alias.as_deref().is_some_and(|it| it.eq_ignore_ascii_case(name));
            self.bags.iter().any(alias)
        };
        let mut last = "";
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            if !taken(name) {
                return name.to_owned();
            }
            last = name;
        }
        let mut numbered = (2u32..).map(|number| format!("{last}-{number}"));
        numbered.find(|name| !taken(name)).unwrap_or_default()
    }
}

/// Names for an old key: its serial number, and what it was called if that is taken.
fn names(entry: &Entry) -> impl Iterator<Item = &str> {
    let serial = entry.certificate.as_ref().map(|certificate| certificate.serial.as_str());
    serial.into_iter().chain([entry.alias.as_str(), "key"])
}

/// What links a key to its certificate, and tells keys apart.
fn id(key: &PKeyRef<Private>) -> Result<Vec<u8>, KeystoreError> {
    let public = key.public_key_to_der().map_err(KeystoreError::Library)?;
    Ok(openssl::sha::sha1(&public).to_vec())
}

/// The stand-in: `C=Dummy`, serial 0, ended long ago, signed by the key itself.
///
/// Written by hand, since no library makes a country of five letters.
fn dummy(key: &PKeyRef<Private>) -> Result<Vec<u8>, KeystoreError> {
    /// 1.2.840.113549.1.1.11, and NULL.
    const SHA256_RSA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b, 0x05, 0x00];
    if key.id() != Id::RSA {
        return Err(KeystoreError::NoKey);
    }
    let algorithm = sequence(&[SHA256_RSA.to_vec()]);
    let country = sequence(&[wrapped(OID, &[0x55, 0x04, 0x06]), wrapped(PRINTABLE_STRING, b"Dummy")]);
    let name = sequence(&[wrapped(SET, &country)]);
    let day = |text: &[u8]| wrapped(UTC_TIME, text);
    let body = sequence(&[
        wrapped(INTEGER, &[0]),
        algorithm.clone(),
        name.clone(),
        sequence(&[day(b"000101000000Z"), day(b"000102000000Z")]),
        name,
        key.public_key_to_der().map_err(KeystoreError::Library)?,
    ]);
    let signature = signed(key, &body).map_err(KeystoreError::Library)?;
    Ok(sequence(&[body, algorithm, wrapped(BIT_STRING, &[&[0], signature.as_slice()].concat())]))
}

const PRINTABLE_STRING: u8 = 0x13;
const UTC_TIME: u8 = 0x17;

fn signed(key: &PKeyRef<Private>, bytes: &[u8]) -> Result<Vec<u8>, openssl::error::ErrorStack> {
    Signer::new(MessageDigest::sha256(), key)?.sign_oneshot_to_vec(bytes)
}

/// What was read back holds these parts and nothing else, and every key signs what its certificate verifies: how many entries
/// that makes.
pub(crate) fn proven(read: &[u8], password: &NewPassword, written: &[Bag]) -> Result<usize, KeystoreError> {
    let bags = p12::bags(read, password.password()).map_err(|_| KeystoreError::NotVerified)?;
    let is_key = |bag: &&Bag| matches!(bag.content, Content::Key(_));
    let in_order = written.iter().filter(|bag| !is_key(bag)).chain(written.iter().filter(is_key));
    if !bags.iter().eq(in_order) {
        return Err(KeystoreError::NotVerified);
    }
    let keystore = Keystore::from_bags(bags)?;
    let works = |entry: &Entry| match (entry.key(), &entry.certificate) {
        (Some(key), Some(certificate)) => fits(key, certificate),
        _ => true,
    };
    let entries = keystore.entries();
    if entries.iter().all(works) { Ok(entries.len()) } else { Err(KeystoreError::KeyMismatch) }
}

/// A certificate whose key no library reads is taken as it is: it is a stand-in.
fn fits(key: &PKeyRef<Private>, certificate: &Certificate) -> bool {
    match PKey::public_key_from_der(certificate.public_key()) {
        Ok(public) if matches!(key.id(), Id::RSA | Id::EC) => signs_for(key, &public).unwrap_or(false),
        Ok(public) => key.public_eq(&public),
        Err(_) => certificate.is_dummy(),
    }
}

fn signs_for(key: &PKeyRef<Private>, public: &PKeyRef<Public>) -> Result<bool, openssl::error::ErrorStack> {
    const TRIAL: &[u8] = b"Relais tries a key before it counts";
    Verifier::new(MessageDigest::sha256(), public)?.verify_oneshot(&signed(key, TRIAL)?, TRIAL)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
