//! The state's keys, invented: roots, the authority of citizens, and the registry that signs identities.

use std::path::Path;

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use openssl::error::ErrorStack;
use openssl::x509::X509;
use serde::{Deserialize, Serialize};

use crate::x509::{Authority, KeyType, Request, Subject, Usage, Validity, public};

use super::model::Model;
use super::store::{self, StoreError};

/// One root and what hangs under it.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Chain {
    pub(super) root: Authority,
    /// Issues authentication and signature certificates.
    pub(super) citizen: Authority,
    /// Signs identity and address files; no authority.
    pub(super) registry: Authority,
}

/// Both generations of the state's keys: RSA for applets up to 1.7, EC P-384 for 1.8 and re-keyed cards.
///
/// Real roots are RSA-4096; these are RSA-2048, which takes a tenth of the time to make and changes no code path.
#[derive(Clone, Serialize, Deserialize)]
pub struct EidAuthorities {
    rsa: Chain,
    elliptic: Chain,
}

impl EidAuthorities {
    /// New keys and certificates, valid around `now`.
    pub fn create(now: Timestamp) -> Result<Self, ErrorStack> {
        Ok(Self {
            rsa: Chain::create(KeyType::Rsa2048, "4", now)?,
            elliptic: Chain::create(KeyType::EcP384, "6", now)?,
        })
    }

    /// Those kept in `file`; makes and keeps new ones when there is no such file.
    pub fn open_or_create(file: &Path, now: Timestamp) -> Result<Self, StoreError> {
        if file.exists() {
            return store::read(file);
        }
        let made = Self::create(now)?;
        store::write(file, &made)?;
        Ok(made)
    }

    /// The roots a client has to trust.
    #[must_use]
    pub fn roots(&self) -> Vec<X509> {
        [&self.rsa, &self.elliptic].map(|chain| chain.root.certificate.clone()).to_vec()
    }

    /// The authorities that issue authentication certificates, as a platform has to know them.
    #[must_use]
    pub fn citizen_authorities(&self) -> Vec<X509> {
        [&self.rsa, &self.elliptic].map(|chain| chain.citizen.certificate.clone()).to_vec()
    }

    pub(super) fn chain(&self, model: Model) -> &Chain {
        if model.elliptic_state() { &self.elliptic } else { &self.rsa }
    }
}

impl Chain {
    fn create(key: KeyType, number: &str, now: Timestamp) -> Result<Self, ErrorStack> {
        let root = Authority::root(root_name(number), key, around(now, 10, 25))?;
        let citizen = root.subordinate(citizen_name(number), key, around(now, 6, 12))?;
        let registry = registry(&root, key, around(now, 6, 12))?;
        Ok(Self { root, citizen, registry })
    }
}

fn root_name(number: &str) -> Subject {
    Subject::from([("C", "BE"), ("O", "Relais sandbox")]).with("CN", &format!("Belgium Root CA{number}"))
}

fn citizen_name(number: &str) -> Subject {
    Subject::from([("C", "BE"), ("O", "Relais sandbox"), ("CN", "Citizen CA")])
        .with("serialNumber", &format!("20240{number}"))
}

fn registry(root: &Authority, key: KeyType, validity: Validity) -> Result<Authority, ErrorStack> {
    let key = key.generate()?;
    let public = public(&key)?;
    let name = [("C", "BE"), ("O", "RRN"), ("CN", "RRN")];
    let certificate = root.issue(Request::new(name, &public, Usage::REGISTRY, validity))?;
    Ok(Authority { certificate, key })
}

/// From so many years before `now` until so many after it.
pub(super) fn around(now: Timestamp, before: i16, after: i16) -> Validity {
    let start = now.to_zoned(TimeZone::UTC).saturating_sub(i64::from(before).years()).timestamp();
    Validity::years(start, before + after)
}
