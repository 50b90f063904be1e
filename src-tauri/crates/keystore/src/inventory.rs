//! What lies in the folders that a person agreed to: every keystore and certificate, and every file that could not be
//! read. Nothing stops the look: what is broken, too large, out of reach or silent is a row with a code.
//!
//! Only public parts are read, and no password is ever tried: a keystore that shows nothing without one is a row with
//! what its name and its date tell, until somebody opens it for something else ([`Sidecar::learn`]). Links are never
//! followed: what they lead to inside the folders is found at its own place, what lies outside was not agreed to.

mod patience;
mod read;
mod scan;
mod shelf;
mod sidecar;
mod work;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use relais_core::Code;
use relais_core::certificates::{CertificateId, Holder, Purpose, Watched, World};
use relais_core::environment::EnvironmentClass;
use serde::{Deserialize, Serialize};

use crate::certificate::{Certificate, KeyUsage};
use crate::find::{self, Named};
use crate::owner::Owner;

pub use patience::{SILENCE, scan};
pub use read::read;
pub use scan::{Progress, Seen};
pub use shelf::{Shelf, Shelved};
pub use sidecar::Sidecar;

/// Most bytes of a file that is read. Source: docs/threat-model.md, T19.
pub const MOST_BYTES: u64 = crate::p12::MOST_BYTES as u64;
/// Most certificates of one file.
pub const MOST_CERTIFICATES: usize = crate::p12::MOST_BAGS;
/// Longest subject or issuer in bytes: ten attributes of the 64 characters that X.520 allows, with much to spare.
const LONGEST_NAME: usize = 4_096;

/// One file, or one place where no file could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it lies.
    pub path: PathBuf,
    /// When the file was changed last, where that is known.
    pub modified_at: Option<Timestamp>,
    /// What was found.
    pub found: Found,
}

/// What a place holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A file that was read.
    Read(Arc<Contents>),
    /// What could not be read, and why.
    Failed(Code),
}

/// The public parts of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// Certificates, in the order of the file, each once.
    pub certificates: Vec<Public>,
    /// It is a keystore.
    pub keystore: bool,
    /// Parts of it open with a password alone.
    pub closed: bool,
    /// Names of its entries that can be read without a password.
    pub aliases: Vec<String>,
    /// A part of it is damaged, or too much: the rest is told.
    pub problem: Option<Code>,
}

/// A certificate as everybody may see it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Public {
    /// SHA-256 of the certificate.
    pub id: CertificateId,
    /// Serial number, decimal.
    pub serial: String,
    /// What a message may call its key by, in hexadecimal digits; empty where it was noted before that was asked.
    #[serde(default)]
    pub key_id: String,
    /// Subject, RFC 4514.
    pub subject: String,
    /// Issuer, RFC 4514.
    pub issuer: String,
    /// First moment it is valid.
    pub not_before: Timestamp,
    /// Last moment it is valid.
    pub not_after: Timestamp,
    /// What its key is for.
    pub purpose: Use,
    /// Whose it is, where the subject follows eHealth's or the eID's pattern.
    pub owner: Option<Owner>,
    /// Name of whoever it belongs to.
    pub name: Option<String>,
    /// It stands on an eID.
    pub card: bool,
    /// Environment by its issuer's name.
    pub environment: Option<EnvironmentClass>,
}

impl std::fmt::Debug for Public {
    /// Without the subject: it holds an SSIN.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Public").field("id", &self.id).field("purpose", &self.purpose).finish_non_exhaustive()
    }
}

/// What a key is for, as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Use {
    /// Signing in.
    Authentication,
    /// Signing documents: the second certificate of an eID.
    Signature,
    /// Opening messages.
    Encryption,
    /// Issuing others.
    Authority,
    /// The stand-in of a request.
    InProgress,
}

impl Use {
    fn of(certificate: &Certificate) -> Self {
        let has = |usage| certificate.key_usage.contains(&usage);
        match certificate {
            _ if certificate.is_dummy() => Self::InProgress,
            _ if has(KeyUsage::KeyCertSign) => Self::Authority,
            // One that does not say may be for anything: it is reminded of.
            _ if certificate.signs() || certificate.key_usage.is_empty() => Self::Authentication,
            _ if has(KeyUsage::NonRepudiation) => Self::Signature,
            _ => Self::Encryption,
        }
    }
}

impl Public {
    /// The facts of a certificate; none where its names are longer than names are.
    #[must_use]
    pub fn of(certificate: &Certificate) -> Option<Self> {
        let (subject, issuer) = (certificate.subject.to_string(), certificate.issuer.to_string());
        (subject.len().max(issuer.len()) <= LONGEST_NAME).then(|| Self {
            id: CertificateId(openssl::sha::sha256(certificate.der())),
            serial: certificate.serial.clone(),
            key_id: hex::encode(certificate.key_id()),
            subject,
            issuer,
            not_before: certificate.not_before,
            not_after: certificate.not_after,
            purpose: Use::of(certificate),
            owner: certificate.owner(),
            name: certificate.name(),
            card: certificate.is_card(),
            environment: certificate.environment(),
        })
    }

    /// As the rules of reminders see it. An authority in somebody's file is none that Relais trusts.
    #[must_use]
    pub fn watched(&self) -> Watched {
        let holder = match &self.owner {
            Some(owner) if self.card => Holder::Card(owner.id.clone()),
            Some(Owner { kind, id, application }) => {
                Holder::Owner { kind: kind.clone(), number: id.clone(), application: application.clone() }
            }
            None => Holder::Stranger(self.subject.clone()),
        };
        self.watched_as(holder)
    }

    /// As the rules see an authority that Relais trusts.
    #[must_use]
    pub fn watched_anchor(&self) -> Watched {
        Watched { purpose: Purpose::Authority, ..self.watched_as(Holder::Authority(self.subject.clone())) }
    }

    fn watched_as(&self, holder: Holder) -> Watched {
        let purpose = match self.purpose {
            Use::Authentication => Purpose::Authentication,
            Use::Signature => Purpose::Signature,
            Use::Encryption => Purpose::Encryption,
            Use::Authority => Purpose::Authority,
            Use::InProgress => Purpose::InProgress,
        };
        Watched {
            id: self.id,
            holder,
            world: World::of(self.environment, &self.issuer),
            purpose,
            not_before: self.not_before,
            not_after: self.not_after,
            replaceable_at: None,
        }
    }
}

impl Row {
    /// What the name of the file tells: whose keystore, and of when.
    #[must_use]
    pub fn named(&self) -> Option<Named> {
        find::named(self.path.file_name()?.to_str()?)
    }
}

/// Whether a file is one of certificates, by the end of its name.
#[must_use]
pub fn is_of_interest(path: &Path) -> bool {
    ends(path, &["p12", "pfx", "pem", "crt", "cer", "der"])
}

/// Whether a file is a keystore, by the end of its name.
fn is_keystore(path: &Path) -> bool {
    ends(path, &["p12", "pfx"])
}

fn ends(path: &Path, ends: &[&str]) -> bool {
    path.extension().is_some_and(|end| ends.iter().any(|one| end.eq_ignore_ascii_case(one)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
