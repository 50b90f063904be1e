//! Where the key of a lease file is: with the operating system, in a file the person accepted, or nowhere.

use std::path::{Path, PathBuf};

use openssl::error::ErrorStack;
use relais_core::lease::{SlotId, Stored};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::disk;
use super::error::{KeyVaultError, full};

/// Bytes of a key: AES-256.
const SIZE: usize = 32;

/// The key of one lease file. Never shown, wiped when it goes.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct LeaseKey([u8; SIZE]);

impl LeaseKey {
    /// A new key.
    pub fn random() -> Result<Self, ErrorStack> {
        let mut key = Self([0; SIZE]);
        openssl::rand::rand_bytes(&mut key.0)?;
        Ok(key)
    }

    /// A key as it was stored.
    pub fn from_stored(bytes: Vec<u8>) -> Result<Self, KeyVaultError> {
        let bytes = Zeroizing::new(bytes);
        bytes.as_slice().try_into().map(Self).map_err(|_| KeyVaultError::Damaged)
    }

    /// The key, for the cipher and the place it is kept in.
    #[must_use]
    pub fn reveal(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for LeaseKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("•")
    }
}

/// A place that keeps one key per slot.
pub trait KeyVault: Send + Sync {
    /// What a lease is whose key lies here.
    fn stored(&self) -> Stored;

    /// The key of a slot, if there is one.
    fn get(&self, slot: &SlotId) -> Result<Option<LeaseKey>, KeyVaultError>;

    /// [`KeyVault::get`] would make the place ask a person for something first.
    fn would_ask(&self, slot: &SlotId) -> bool {
        let _ = slot;
        false
    }

    /// Keeps the key of a slot.
    fn put(&self, slot: &SlotId, key: &LeaseKey) -> Result<(), KeyVaultError>;

    /// Forgets the key of a slot; that there is none is fine.
    fn forget(&self, slot: &SlotId) -> Result<(), KeyVaultError>;
}

/// No place at all: leases stay in memory.
#[derive(Debug, Clone, Copy)]
pub struct MemoryKeys;

impl KeyVault for MemoryKeys {
    fn stored(&self) -> Stored {
        Stored::Memory
    }

    fn get(&self, _: &SlotId) -> Result<Option<LeaseKey>, KeyVaultError> {
        Ok(None)
    }

    /// Refused: a key that is kept nowhere must not seal anything.
    fn put(&self, _: &SlotId, _: &LeaseKey) -> Result<(), KeyVaultError> {
        Err(KeyVaultError::Missing)
    }

    fn forget(&self, _: &SlotId) -> Result<(), KeyVaultError> {
        Ok(())
    }
}

/// Key files of mode 0600 in a folder of mode 0700, which the person accepted instead of a key store: whoever reads
/// this user's files reads the leases too.
#[derive(Debug, Clone)]
pub struct FileKeys {
    folder: PathBuf,
}

impl FileKeys {
    /// Keys in `keys` below the environment's folder.
    #[must_use]
    pub fn new(environment_folder: &Path) -> Self {
        Self { folder: environment_folder.join("keys") }
    }

    /// There is a key of this slot; whether it is good is seen when it is used.
    #[must_use]
    pub fn has(&self, slot: &SlotId) -> bool {
        self.file(slot).exists()
    }

    fn file(&self, slot: &SlotId) -> PathBuf {
        self.folder.join(format!("{}.key", slot.as_str()))
    }
}

/// A folder we cannot use is a place that refuses.
fn refused(cause: std::io::Error) -> KeyVaultError {
    if full(&cause) { KeyVaultError::Full } else { KeyVaultError::Denied }
}

impl KeyVault for FileKeys {
    fn stored(&self) -> Stored {
        Stored::File
    }

    fn get(&self, slot: &SlotId) -> Result<Option<LeaseKey>, KeyVaultError> {
        let found = disk::read(&self.folder, &self.file(slot), SIZE as u64).map_err(refused)?;
        found.map(LeaseKey::from_stored).transpose()
    }

    fn put(&self, slot: &SlotId, key: &LeaseKey) -> Result<(), KeyVaultError> {
        disk::private_folder(&self.folder).map_err(refused)?;
        disk::replace(&self.folder, &self.file(slot), key.reveal()).map_err(refused)
    }

    fn forget(&self, slot: &SlotId) -> Result<(), KeyVaultError> {
        disk::remove(&self.folder, &self.file(slot)).map_err(refused)
    }
}
