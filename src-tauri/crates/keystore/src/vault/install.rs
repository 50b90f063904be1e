//! The key of an installation: names slots, so that no SSIN stands in clear on disk.

use std::path::Path;

use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::sign::Signer;
use openssl::symm::{Cipher, decrypt_aead, encrypt_aead};
use relais_core::card::ChipNumber;
use relais_core::environment::EnvironmentName;
use relais_core::ident::Identity;
use relais_core::lease::SlotId;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::disk;
use super::error::VaultError;

const SIZE: usize = 32;
/// Random bytes that stand before what is hidden; drawn anew each time.
const NONCE: usize = 12;
/// Bytes behind it by which a change shows.
const TAG: usize = 16;

/// Thirty-two random bytes, made once for an environment's data folder and kept there with mode 0600.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct InstallKey([u8; SIZE]);

impl std::fmt::Debug for InstallKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InstallKey(•)")
    }
}

impl InstallKey {
    /// Reads `install.key` of the environment's folder, or makes it. Two who make it at once get the same.
    pub fn load_or_create(folder: &Path) -> Result<Self, VaultError> {
        disk::private_folder(folder)?;
        let file = folder.join("install.key");
        if let Some(key) = Self::load(folder, &file)? {
            return Ok(key);
        }
        let mut fresh = Zeroizing::new([0; SIZE]);
        openssl::rand::rand_bytes(fresh.as_mut())?;
        disk::create(folder, &file, fresh.as_ref())?;
        // Another process may have been first; what lies there now counts.
        Self::load(folder, &file)?.ok_or(VaultError::Damaged)
    }

    /// Reads `install.key` and makes none: without one, a key that no person and no key store was ever asked with.
    pub fn load_or_unsaved(folder: &Path) -> Result<Self, VaultError> {
        let mut unsaved = Self([0; SIZE]);
        openssl::rand::rand_bytes(&mut unsaved.0)?;
        Ok(Self::load(folder, &folder.join("install.key"))?.unwrap_or(unsaved))
    }

    fn load(folder: &Path, file: &Path) -> Result<Option<Self>, VaultError> {
        let Some(bytes) = disk::read(folder, file, SIZE as u64)?.map(Zeroizing::new) else { return Ok(None) };
        bytes.as_slice().try_into().map(|key| Some(Self(key))).map_err(|_| VaultError::Damaged)
    }

    /// Slot of a person or an organisation in an environment: the first 32 hex digits of HMAC-SHA-256 over environment, a
    /// zero byte and the SSIN, or the organisation's type, number and application.
    pub fn slot_id(&self, environment: &EnvironmentName, owner: &Identity) -> Result<SlotId, VaultError> {
        let owner = Zeroizing::new(match owner {
            Identity::Person(person) => person.reveal().to_owned(),
            // Never digits alone: no organisation has the slot of a person.
            Identity::Organisation(organisation) => organisation.to_string(),
        });
        let text = Zeroizing::new([environment.as_str().as_bytes(), &[0], owner.as_bytes()].concat());
        let digest = self.hmac(&text)?;
        SlotId::parse(&hex::encode(&digest[..16])).map_err(|_| VaultError::Damaged)
    }

    /// Mark of a chip in this installation's records: 32 hex digits of an HMAC, so that no card can be told from it.
    pub fn chip_mark(&self, chip: &ChipNumber) -> Result<String, VaultError> {
        let digest = self.hmac(&[b"chip\0".as_slice(), &chip.0].concat())?;
        Ok(hex::encode(&digest[..16]))
    }

    /// Seal on something of this installation that others may read, for one purpose: 64 hex digits of an HMAC.
    pub fn seal(&self, purpose: &str, bytes: &[u8]) -> Result<String, VaultError> {
        Ok(hex::encode(self.hmac(&[b"seal\0", purpose.as_bytes(), &[0], bytes].concat())?))
    }

    /// A seal is ours, for this purpose, on these bytes.
    #[must_use]
    pub fn sealed(&self, purpose: &str, bytes: &[u8], seal: &str) -> bool {
        let ours = self.seal(purpose, bytes).unwrap_or_default();
        !ours.is_empty() && ours.len() == seal.len() && openssl::memcmp::eq(ours.as_bytes(), seal.as_bytes())
    }

    /// Hides something for one purpose, so that no name and no number stands in clear on the disk. Whoever has the key of
    /// this installation reads it: it keeps searches and copies of single files from meeting people.
    ///
    /// # Errors
    /// OpenSSL fails.
    pub fn hide(&self, purpose: &str, plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        let (mut nonce, mut tag) = ([0; NONCE], [0; TAG]);
        openssl::rand::rand_bytes(&mut nonce)?;
        let key = self.key_for(purpose)?;
        let hidden =
            encrypt_aead(Cipher::aes_256_gcm(), &key, Some(&nonce), purpose.as_bytes(), plain, &mut tag)?;
        Ok([nonce.as_slice(), &hidden, &tag].concat())
    }

    /// What was hidden for this purpose; none of what is not ours or was changed.
    #[must_use]
    pub fn unhide(&self, purpose: &str, bytes: &[u8]) -> Option<Vec<u8>> {
        let (nonce, rest) = bytes.split_at_checked(NONCE)?;
        let (hidden, tag) = rest.split_at_checked(rest.len().checked_sub(TAG)?)?;
        let key = self.key_for(purpose).ok()?;
        decrypt_aead(Cipher::aes_256_gcm(), &key, Some(nonce), purpose.as_bytes(), hidden, tag).ok()
    }

    fn key_for(&self, purpose: &str) -> Result<Zeroizing<Vec<u8>>, ErrorStack> {
        self.hmac(&[b"hide\0", purpose.as_bytes()].concat()).map(Zeroizing::new)
    }

    /// Name of this installation in a key store that others use too; tells nothing of the key.
    #[must_use]
    pub fn id(&self) -> String {
        self.hmac(b"installation").map(|digest| hex::encode(&digest[..4])).unwrap_or_default()
    }

    fn hmac(&self, data: &[u8]) -> Result<Vec<u8>, ErrorStack> {
        let key = PKey::hmac(&self.0)?;
        Signer::new(MessageDigest::sha256(), &key)?.sign_oneshot_to_vec(data)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_read_by_this_installation_for_its_purpose_alone_and_a_changed_byte_shows() {
        let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let ours = InstallKey::load_or_create(here.path()).unwrap();
        let hidden = ours.hide("folders", b"SSIN=85010199885").unwrap();
        assert!(!hidden.windows(11).any(|part| part == b"85010199885"));
        assert_ne!(hidden, ours.hide("folders", b"SSIN=85010199885").unwrap(), "no two are alike");
        let again = InstallKey::load_or_create(here.path()).unwrap();
        assert_eq!(again.unhide("folders", &hidden).unwrap(), b"SSIN=85010199885");
        assert_eq!(again.unhide("cards", &hidden), None);
        let theirs = InstallKey::load_or_create(there.path()).unwrap();
        assert_eq!(theirs.unhide("folders", &hidden), None);
        for at in 0..hidden.len() {
            let mut changed = hidden.clone();
            changed[at] ^= 1;
            assert_eq!(ours.unhide("folders", &changed), None);
            assert_eq!(ours.unhide("folders", &hidden[..at]), None);
        }
    }
}
