//! Whether a keystore may be the holder of key of a session: right person, right environment, valid, delivered.

use jiff::Timestamp;
use openssl::stack::Stack;
use openssl::x509::store::X509StoreBuilder;
use openssl::x509::verify::X509VerifyFlags;
use openssl::x509::{X509, X509StoreContext};
use relais_core::ident::Identity;

use crate::certificate::Certificate;
use crate::error::KeystoreError;
use crate::keystore::Keystore;
use crate::signer::KeySigner;

/// Authorities of one environment that issue eHealth certificates.
#[derive(Clone)]
pub struct Anchors(Vec<X509>);

impl Anchors {
    /// Reads PEM files, each with one certificate or more.
    pub fn from_pem<'a>(files: impl IntoIterator<Item = &'a [u8]>) -> Result<Self, KeystoreError> {
        let mut all = Vec::new();
        for file in files {
            all.extend(X509::stack_from_pem(file).map_err(KeystoreError::Library)?);
        }
        Ok(Self(all))
    }
}

/// What a session wants of its holder of key.
pub struct Wanted<'a> {
    /// Whose session it is; none = whosever certificate it is.
    pub owner: Option<&'a Identity>,
    /// The moment it is asked at.
    pub now: Timestamp,
    /// Authorities of the environment.
    pub anchors: &'a Anchors,
}

/// A key that may be holder of key.
#[derive(Debug)]
pub struct Holder {
    /// The key.
    pub signer: KeySigner,
    /// End of its certificate: no session is asked beyond it.
    pub until: Timestamp,
    /// Name of the organisation, where it is one's. Of a person the platform tells the name as they write it.
    pub name: Option<String>,
}

impl Keystore {
    /// Checks the keystore against what is wanted and gives its authentication key; the other keys are wiped.
    pub fn into_holder(self, wanted: &Wanted<'_>) -> Result<Holder, KeystoreError> {
        self.check(wanted)?;
        let (certificate, key) = self.into_authentication().ok_or(KeystoreError::NoKey)?;
        let (until, name) = (certificate.not_after, certificate.organisation_name());
        Ok(Holder { signer: KeySigner::new(certificate, key)?, until, name })
    }

    /// Whose key [`Self::into_holder`] would give.
    #[must_use]
    pub fn identity(&self) -> Option<Identity> {
        self.authentication()?.certificate.as_ref()?.owner()?.identity()
    }

    /// The same check, leaving the keystore as it is.
    pub fn check(&self, wanted: &Wanted<'_>) -> Result<(), KeystoreError> {
        let entry = self.authentication().ok_or(KeystoreError::NoKey)?;
        let certificate = entry.certificate.as_ref().ok_or(KeystoreError::NoKey)?;
        if certificate.is_dummy() {
            return Err(KeystoreError::InProgress);
        }
        let named = || certificate.owner().and_then(|owner| owner.identity());
        if let Some(owner) = wanted.owner
            && named().as_ref() != Some(owner)
        {
            return Err(KeystoreError::OtherPerson);
        }
        if !self.issued_by(certificate, wanted.anchors)? {
            return Err(KeystoreError::OtherEnvironment);
        }
        if certificate.valid_at(wanted.now) {
            Ok(())
        } else {
            let (from, until) = (certificate.not_before, certificate.not_after);
            Err(KeystoreError::NotValid { from, until, early: wanted.now < from })
        }
    }

    /// An authority of the environment issued it. Time is left out: an expired certificate is told as expired, not as
    /// foreign, and the platform itself judges its authorities.
    fn issued_by(&self, certificate: &Certificate, anchors: &Anchors) -> Result<bool, KeystoreError> {
        let Ok(leaf) = X509::from_der(certificate.der()) else { return Ok(false) };
        self.chains(&leaf, anchors).map_err(KeystoreError::Library)
    }

    fn chains(&self, leaf: &X509, anchors: &Anchors) -> Result<bool, openssl::error::ErrorStack> {
        let mut trusted = X509StoreBuilder::new()?;
        for anchor in &anchors.0 {
            trusted.add_cert(anchor.clone())?;
        }
        // An issuing authority may be an anchor without its root.
        trusted.set_flags(X509VerifyFlags::PARTIAL_CHAIN | X509VerifyFlags::NO_CHECK_TIME)?;
        let mut between = Stack::new()?;
        for certificate in self.entries().iter().filter_map(|entry| entry.certificate.as_ref()) {
            if let Ok(parsed) = X509::from_der(certificate.der()) {
                between.push(parsed)?;
            }
        }
        X509StoreContext::new()?.init(&trusted.build(), leaf, &between, |context| context.verify_cert())
    }
}
