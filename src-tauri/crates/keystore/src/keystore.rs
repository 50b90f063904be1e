//! An open keystore: which key belongs to which certificate, and what each is for.

use openssl::pkey::{PKey, Private};
use relais_core::environment::EnvironmentClass;
use serde::Serialize;

use crate::certificate::{Certificate, KeyUsage};
use crate::error::KeystoreError;
use crate::owner::Owner;
use crate::p12::{Bag, Content, Label};

/// Alias of the entry that signs in. Source: docs/reference/ehealth-certificates.md, section 1.
pub(crate) const AUTHENTICATION: &str = "authentication";

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A private key, with its certificate where there is one.
    Key,
    /// A certificate alone.
    Certificate,
    /// Something secret that Relais lists but does not use.
    Secret,
}

/// One entry of a keystore.
pub struct Entry {
    /// Name in the file; for a certificate without a name its subject.
    pub alias: String,
    /// What it is.
    pub kind: Kind,
    /// Its certificate; `None` for a key without one.
    pub certificate: Option<Certificate>,
    key: Option<PKey<Private>>,
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry")
            .field("kind", &self.kind)
            .field("certificate", &self.certificate)
            .finish_non_exhaustive()
    }
}

impl Entry {
    /// The private key, open in memory for as long as the keystore is.
    #[must_use]
    pub fn key(&self) -> Option<&PKey<Private>> {
        self.key.as_ref()
    }
}

/// A keystore whose keys are open in memory.
#[derive(Debug)]
pub struct Keystore {
    entries: Vec<Entry>,
}

impl Keystore {
    /// Pairs keys and certificates by their public keys: in one file several certificates have the same subject.
    pub(crate) fn from_bags(bags: Vec<Bag>) -> Result<Self, KeystoreError> {
        let (mut keys, mut certificates, mut entries) = (Vec::new(), Vec::<Candidate>::new(), Vec::new());
        for Bag { label: Label { alias, local_key_id, .. }, content } in bags {
            match content {
                Content::Key(pkcs8) => {
                    let key = PKey::private_key_from_pkcs8(&pkcs8).map_err(|_| KeystoreError::Malformed)?;
                    keys.push((alias, local_key_id, key));
                }
                Content::Certificate(der) => {
                    // What is not even roughly a certificate has nothing to list.
                    let Ok(certificate) = Certificate::read(&der) else { continue };
                    add(&mut certificates, Candidate { alias, local_key_id, certificate });
                }
                Content::Secret => {
                    entries.push(Entry::new(alias.unwrap_or_default(), Kind::Secret, None, None))
                }
                Content::Foreign => {}
            }
        }
        for (alias, id, key) in keys {
            let found = take_matching(&mut certificates, &key, alias.as_deref(), id.as_deref());
            let (name, certificate) = found.map_or((None, None), |c| (c.alias, Some(c.certificate)));
            entries.push(Entry::new(alias.or(name).unwrap_or_default(), Kind::Key, certificate, Some(key)));
        }
        entries.extend(certificates.into_iter().map(|Candidate { alias, certificate, .. }| {
            let alias = alias.unwrap_or_else(|| certificate.subject.to_string());
            Entry::new(alias, Kind::Certificate, Some(certificate), None)
        }));
        Ok(Self { entries })
    }

    /// All entries: keys in the order of the file, then certificates.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry that signs in: by its alias, without case; else the key whose certificate may sign.
    #[must_use]
    pub fn authentication(&self) -> Option<&Entry> {
        let keys = || self.entries.iter().filter(|entry| entry.kind == Kind::Key);
        let signs = |entry: &&Entry| entry.certificate.as_ref().is_some_and(Certificate::signs);
        keys().find(|entry| entry.alias.eq_ignore_ascii_case(AUTHENTICATION)).or_else(|| {
            keys().filter(signs).max_by_key(|entry| entry.certificate.as_ref().map(|c| c.not_after))
        })
    }

    /// The keys that open messages: every key but the one that signs in.
    pub fn encryption_keys(&self) -> impl Iterator<Item = &Entry> {
        let authentication = self.authentication().map(std::ptr::from_ref);
        self.entries.iter().filter(move |entry| {
            entry.kind == Kind::Key && Some(std::ptr::from_ref(*entry)) != authentication
        })
    }

    /// Takes the entry that signs in out of the keystore; the other keys are wiped.
    #[must_use]
    pub(crate) fn into_authentication(mut self) -> Option<(Certificate, PKey<Private>)> {
        let at = {
            let wanted = std::ptr::from_ref(self.authentication()?);
            self.entries.iter().position(|entry| std::ptr::eq(entry, wanted))?
        };
        let entry = self.entries.swap_remove(at);
        Some((entry.certificate?, entry.key?))
    }

    /// What `relaisctl keystore inspect` prints.
    #[must_use]
    pub fn inspect(&self) -> Inspection {
        Inspection { entries: self.entries.iter().map(Line::of).collect() }
    }
}

struct Candidate {
    alias: Option<String>,
    local_key_id: Option<Vec<u8>>,
    certificate: Certificate,
}

/// Adds a certificate unless the file has it already; a name found later is kept.
fn add(certificates: &mut Vec<Candidate>, new: Candidate) {
    match certificates.iter_mut().find(|known| known.certificate.der() == new.certificate.der()) {
        Some(known) => {
            known.alias = known.alias.take().or(new.alias);
            known.local_key_id = known.local_key_id.take().or(new.local_key_id);
        }
        None => certificates.push(new),
    }
}

/// The certificate of a key: same public key; among several the one the file links to it, then the latest.
///
/// A certificate whose key no library reads is taken by the file's own link, if it is the dummy of a request.
fn take_matching(
    all: &mut Vec<Candidate>,
    key: &PKey<Private>,
    alias: Option<&str>,
    id: Option<&[u8]>,
) -> Option<Candidate> {
    let linked = |c: &Candidate| {
        (id.is_some() && c.local_key_id.as_deref() == id) || (alias.is_some() && c.alias.as_deref() == alias)
    };
    // Bytes tell it at once; where nobody wrote the key down as we do, each of them has to be read.
    let bytes = key.public_key_to_der().unwrap_or_default();
    let same_bytes = |c: &Candidate| c.certificate.public_key() == bytes;
    let written_alike = all.iter().any(same_bytes);
    let same_key = |c: &Candidate| {
        let read = || PKey::public_key_from_der(c.certificate.public_key());
        same_bytes(c) || (!written_alike && read().is_ok_and(|public| key.public_eq(&public)))
    };
    let matching = |c: &Candidate| same_key(c) || (c.certificate.is_dummy() && linked(c));
    let at = all
        .iter()
        .enumerate()
        .filter(|(_, candidate)| matching(candidate))
        .max_by_key(|(_, candidate)| (linked(candidate), candidate.certificate.not_after))?
        .0;
    Some(all.remove(at))
}

impl Entry {
    fn new(alias: String, kind: Kind, certificate: Option<Certificate>, key: Option<PKey<Private>>) -> Self {
        Self { alias, kind, certificate, key }
    }
}

/// What a keystore holds, for a person who asked: the SSIN stands in it.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// All entries.
    pub entries: Vec<Line>,
}

/// One entry as `relaisctl keystore inspect` prints it; the names of the fields are a contract.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Name in the file.
    pub alias: String,
    /// What it is.
    pub kind: Kind,
    /// Facts of its certificate.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Facts>,
}

/// Facts of a certificate as `relaisctl keystore inspect` prints them.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// Subject, RFC 4514.
    pub subject: String,
    /// Issuer, RFC 4514.
    pub issuer: String,
    /// Serial number, decimal.
    pub serial: String,
    /// First moment it is valid, RFC 3339.
    pub not_before: jiff::Timestamp,
    /// Last moment it is valid, RFC 3339.
    pub not_after: jiff::Timestamp,
    /// What its key may be used for.
    pub key_usage: Vec<KeyUsage>,
    /// Whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity: Option<Owner>,
    /// Environment by its issuer's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<EnvironmentClass>,
}

impl Line {
    fn of(entry: &Entry) -> Self {
        Self {
            alias: entry.alias.clone(),
            kind: entry.kind,
            certificate: entry.certificate.as_ref().map(Facts::of),
        }
    }
}

impl Facts {
    fn of(certificate: &Certificate) -> Self {
        Self {
            subject: certificate.subject.to_string(),
            issuer: certificate.issuer.to_string(),
            serial: certificate.serial.clone(),
            not_before: certificate.not_before,
            not_after: certificate.not_after,
            key_usage: certificate.key_usage.clone(),
            identity: certificate.owner(),
            environment: certificate.environment(),
        }
    }
}
