//! Leases kept over a restart: one sealed file per slot, its key in a place of its own.
//!
//! Decides where a lease is kept and what counts as ours; the bytes of the file are `vault/sealed.rs`, the writing
//! `vault/disk.rs`, the places for keys `vault/keys.rs`. Source: docs/reference/lease-file.md.

mod disk;
mod error;
mod install;
mod keys;
mod os;
mod owner;
mod remembered;
mod sealed;

use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use relais_core::environment::EnvironmentName;
use relais_core::lease::{SlotId, Stored, TokenLease};
use relais_core::secret::SecretBytes;
use relais_core::{Code, Problem};

pub use error::{EraseError, KeyVaultError, VaultError};
pub use install::InstallKey;
pub use keys::{FileKeys, KeyVault, LeaseKey, MemoryKeys};
pub use os::{OsKeys, PATIENCE};
pub use owner::Owner;
pub use remembered::OsPasswords;
pub use sealed::MOST_BYTES;

/// Where a lease went, and why it is only in memory, if it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where.
    pub stored: Stored,
    /// Why no restart will find it.
    pub warning: Option<Problem>,
}

/// The leases of one environment on this PC.
///
/// Every call may block on files or on the key store of the operating system.
pub struct Vault {
    folder: PathBuf,
    environment: EnvironmentName,
    owner: Owner,
    keys: Box<dyn KeyVault>,
    memory: Mutex<HashMap<SlotId, (TokenLease, SecretBytes)>>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("environment", &self.environment).finish_non_exhaustive()
    }
}

impl Vault {
    /// The vault of an environment; its files lie in `sessions` below the environment's folder. Nothing is read yet.
    #[must_use]
    pub fn new(
        environment_folder: &Path,
        environment: EnvironmentName,
        owner: Owner,
        keys: Box<dyn KeyVault>,
    ) -> Self {
        let folder = environment_folder.join("sessions");
        Self { folder, environment, owner, keys, memory: Mutex::default() }
    }

    /// Where [`Vault::seal`] puts leases.
    #[must_use]
    pub fn stored(&self) -> Stored {
        self.keys.stored()
    }

    /// Seals a lease and its assertion into the file of its slot, durably, in place of the one before.
    ///
    /// With keys in memory only, nothing reaches the disk. When this fails the file before is untouched; a caller that
    /// wants to go on all the same uses [`Vault::keep`].
    pub fn seal(&self, lease: &TokenLease, assertion: &SecretBytes) -> Result<Stored, VaultError> {
        if lease.environment != self.environment {
            return Err(VaultError::Foreign);
        }
        if self.keys.stored() == Stored::Memory {
            self.remember(lease, assertion);
            return Ok(Stored::Memory);
        }
        let slot = &lease.person.slot;
        disk::private_folder(&self.folder)?;
        let key = self.key_for_writing(slot)?;
        let bytes = sealed::seal(&self.header(slot), &key, lease, assertion)?;
        disk::replace(&self.folder, &self.file(slot), &bytes)?;
        self.memory().remove(slot);
        Ok(self.keys.stored())
    }

    /// Seals a lease, or holds it in memory and says why: a good token is never lost to a key store or a disk.
    #[must_use]
    pub fn keep(&self, lease: &TokenLease, assertion: &SecretBytes) -> Kept {
        match self.seal(lease, assertion) {
            Ok(Stored::Memory) => {
                Kept { stored: Stored::Memory, warning: Some(Code::SESSION_IN_MEMORY.into()) }
            }
            Ok(stored) => Kept { stored, warning: None },
            Err(why) => {
                self.remember(lease, assertion);
                Kept { stored: Stored::Memory, warning: Some(why.problem()) }
            }
        }
    }

    /// The lease of a slot with its assertion; `None` if there is none.
    ///
    /// Fails closed: a file that was changed by a single bit, or made for another user, machine, slot or environment,
    /// gives nothing.
    pub fn open(&self, slot: &SlotId) -> Result<Option<(TokenLease, SecretBytes)>, VaultError> {
        if let Some((lease, assertion)) = self.memory().get(slot) {
            return Ok(Some((lease.clone(), SecretBytes::new(assertion.reveal().to_vec()))));
        }
        let Some(bytes) = disk::read(&self.folder, &self.file(slot), MOST_BYTES)? else { return Ok(None) };
        let parts = sealed::parse(&bytes)?;
        if parts.header != self.header(slot) {
            return Err(VaultError::Foreign);
        }
        let key = self.keys.get(slot)?.ok_or(VaultError::KeyGone)?;
        let (lease, assertion) = sealed::open(&parts, &key)?;
        if lease.environment != self.environment || lease.person.slot != *slot {
            return Err(VaultError::Foreign);
        }
        Ok(Some((lease, assertion)))
    }

    /// Slots that have a lease here, on disk or in memory.
    pub fn list(&self) -> Result<Vec<SlotId>, VaultError> {
        let mut slots: Vec<SlotId> = self.memory().keys().cloned().collect();
        slots.extend(
            disk::names(&self.folder)?
                .iter()
                .filter_map(|name| name.strip_suffix(".lease").and_then(|slot| SlotId::parse(slot).ok())),
        );
        slots.sort_unstable();
        slots.dedup();
        Ok(slots)
    }

    /// As [`Vault::open`], but counts a key store that would ask a person for something as locked: nobody is
    /// interrupted for what was not asked for.
    pub fn open_quietly(&self, slot: &SlotId) -> Result<Option<(TokenLease, SecretBytes)>, VaultError> {
        let held = self.memory().contains_key(slot);
        if !held && self.keys.would_ask(slot) { Err(KeyVaultError::Locked.into()) } else { self.open(slot) }
    }

    /// Forgets a slot: file, key and memory. Without its key the file would be noise, so the key goes even when the
    /// file cannot be removed.
    ///
    /// # Errors
    /// Says what remains. A lease that was in memory only has no key that anybody could miss: a key store that is away
    /// is no failure then.
    pub fn erase(&self, slot: &SlotId) -> Result<(), EraseError> {
        let in_memory = self.memory().remove(slot).is_some();
        let file = self.file(slot);
        let on_disk = !matches!(file.symlink_metadata(), Err(gone) if gone.kind() == ErrorKind::NotFound);
        let removed = disk::remove(&self.folder, &file).err();
        let forgotten = self.keys.forget(slot).err().filter(|_| on_disk || !in_memory);
        match (removed, forgotten) {
            (None, None) => Ok(()),
            (file, key) => Err(EraseError { file, key }),
        }
    }

    fn remember(&self, lease: &TokenLease, assertion: &SecretBytes) {
        let copy = SecretBytes::new(assertion.reveal().to_vec());
        self.memory().insert(lease.person.slot.clone(), (lease.clone(), copy));
    }

    fn memory(&self) -> std::sync::MutexGuard<'_, HashMap<SlotId, (TokenLease, SecretBytes)>> {
        // Every change of the map is one call, so a panic elsewhere leaves it whole.
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn key_for_writing(&self, slot: &SlotId) -> Result<LeaseKey, VaultError> {
        if let Some(key) = self.keys.get(slot)? {
            return Ok(key);
        }
        let key = LeaseKey::random()?;
        self.keys.put(slot, &key)?;
        Ok(key)
    }

    fn header(&self, slot: &SlotId) -> sealed::Header {
        sealed::Header {
            environment: self.environment.clone(),
            user: self.owner.user.clone(),
            machine: self.owner.machine.clone(),
            slot: slot.clone(),
        }
    }

    fn file(&self, slot: &SlotId) -> PathBuf {
        self.folder.join(format!("{}.lease", slot.as_str()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
