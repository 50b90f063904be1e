//! The key with which this PC signs records for others: that a record was not changed since, and which PC made it.

use std::path::Path;

use openssl::error::ErrorStack;
use openssl::pkey::{Id, PKey, Private};
use openssl::sign::{Signer, Verifier};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::disk;
use super::error::VaultError;

/// Bytes of an Ed25519 key, private or public.
const SIZE: usize = 32;
/// Bytes of a signature.
const SIGNATURE: usize = 64;
/// Its file in the environment's folder.
const FILE: &str = "record.key";

/// An Ed25519 key, made once for an environment's data folder and kept there with mode 0600, as the install key is.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct RecordKey([u8; SIZE]);

impl std::fmt::Debug for RecordKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecordKey(•)")
    }
}

impl RecordKey {
    /// Reads `record.key` of the environment's folder, or makes it. Two who make it at once get the same.
    ///
    /// # Errors
    /// The folder refuses, or what lies there is no key.
    pub fn load_or_create(folder: &Path) -> Result<Self, VaultError> {
        disk::private_folder(folder)?;
        if let Some(key) = Self::load(folder)? {
            return Ok(key);
        }
        let mut fresh = Zeroizing::new([0; SIZE]);
        openssl::rand::rand_bytes(fresh.as_mut())?;
        disk::create(folder, &folder.join(FILE), fresh.as_ref())?;
        // Another process may have been first; what lies there now counts.
        Self::load(folder)?.ok_or(VaultError::Damaged)
    }

    /// Reads `record.key` and makes none.
    ///
    /// # Errors
    /// As [`Self::load_or_create`].
    pub fn load(folder: &Path) -> Result<Option<Self>, VaultError> {
        let file = folder.join(FILE);
        let Some(bytes) = disk::read(folder, &file, SIZE as u64)?.map(Zeroizing::new) else {
            return Ok(None);
        };
        bytes.as_slice().try_into().map(|key| Some(Self(key))).map_err(|_| VaultError::Damaged)
    }

    /// The public half: names the PC to whoever knows it, and tells nothing of it.
    ///
    /// # Errors
    /// OpenSSL has no Ed25519.
    pub fn public(&self) -> Result<Vec<u8>, VaultError> {
        Ok(self.key()?.raw_public_key()?)
    }

    /// Signs.
    ///
    /// # Errors
    /// As [`Self::public`].
    pub fn sign(&self, bytes: &[u8]) -> Result<Vec<u8>, VaultError> {
        Ok(Signer::new_without_digest(&*self.key()?)?.sign_oneshot_to_vec(bytes)?)
    }

    fn key(&self) -> Result<PKey<Private>, ErrorStack> {
        PKey::private_key_from_raw_bytes(&self.0, Id::ED25519)
    }
}

/// Whether the owner of this public key signed these bytes.
#[must_use]
pub fn signed_by(public: &[u8], bytes: &[u8], signature: &[u8]) -> bool {
    if public.len() != SIZE || signature.len() != SIGNATURE {
        return false;
    }
    let good = || -> Result<bool, ErrorStack> {
        let key = PKey::public_key_from_raw_bytes(public, Id::ED25519)?;
        Verifier::new_without_digest(&key)?.verify_oneshot(signature, bytes)
    };
    good().unwrap_or(false)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// RFC 8032, section 7.1, test 2.
    #[test]
    fn it_signs_as_the_standard_does() {
        let hex = |text: &str| hex::decode(text).unwrap();
        let seed = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        let public = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        let signature = hex(concat!(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da",
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ));
        let key = RecordKey(seed.try_into().unwrap());
        assert_eq!(key.public().unwrap(), public);
        assert_eq!(key.sign(&[0x72]).unwrap(), signature);
        assert!(signed_by(&public, &[0x72], &signature));
        assert!(!signed_by(&public, &[0x73], &signature));
        assert!(
            !signed_by(&public[1..], &[0x72], &signature) && !signed_by(&public, &[0x72], &signature[1..])
        );
    }

    #[test]
    fn it_is_made_once_and_never_printed() {
        let folder = tempfile::tempdir().unwrap();
        assert!(RecordKey::load(folder.path()).unwrap().is_none());
        let first = RecordKey::load_or_create(folder.path()).unwrap();
        let second = RecordKey::load_or_create(folder.path()).unwrap();
        assert_eq!(first.public().unwrap(), second.public().unwrap());
        assert_eq!(format!("{first:?}"), "RecordKey(•)");
        std::fs::write(folder.path().join(FILE), b"short").unwrap();
        assert!(matches!(RecordKey::load(folder.path()), Err(VaultError::Damaged)));
    }
}
