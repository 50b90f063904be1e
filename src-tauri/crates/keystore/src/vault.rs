//! Leases kept over a restart: one sealed file per slot, its key in a place of its own.
//!
//! Decides where a lease is kept and what counts as ours; the bytes of the file are `vault/sealed.rs`, the writing
//! `vault/disk.rs`, the places for keys `vault/keys.rs`. Source: docs/reference/lease-file.md.

pub(crate) mod disk;
mod error;
mod install;
mod keys;
mod os;
mod owner;
pub mod record_key;
mod remembered;
mod sealed;

use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use relais_core::environment::EnvironmentName;
use relais_core::lease::{LeaseId, SlotId, Stored, TokenLease};
use relais_core::secret::SecretBytes;
use relais_core::session::history::History;
use relais_core::{Code, Problem};

pub use disk::{made as folder_made, sync_folder};
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

/// A lease as it was kept.
#[derive(Debug)]
pub struct Found {
    /// What is known of the assertion.
    pub lease: TokenLease,
    /// The assertion.
    pub assertion: SecretBytes,
    /// What is kept beside it.
    pub history: History,
}

impl Found {
    fn of(lease: &TokenLease, assertion: &SecretBytes, history: &History) -> Self {
        let assertion = SecretBytes::new(assertion.reveal().to_vec());
        Self { lease: lease.clone(), assertion, history: history.clone() }
    }
}

/// The leases of one environment on this PC.
///
/// Every call may block on files or on the key store of the operating system.
pub struct Vault {
    folder: PathBuf,
    environment: EnvironmentName,
    owner: Owner,
    keys: Box<dyn KeyVault>,
    memory: Mutex<HashMap<SlotId, Found>>,
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

    /// Seals a lease, its assertion and what is kept beside it into the file of its slot, durably, in place of the one
    /// before.
    ///
    /// With keys in memory only, nothing reaches the disk. When this fails the file before is untouched; a caller that
    /// wants to go on all the same uses [`Vault::keep`].
    pub fn seal(
        &self,
        lease: &TokenLease,
        assertion: &SecretBytes,
        history: &History,
    ) -> Result<Stored, VaultError> {
        if lease.environment != self.environment {
            return Err(VaultError::Foreign);
        }
        if self.keys.stored() == Stored::Memory {
            self.remember(lease, assertion, history);
            return Ok(Stored::Memory);
        }
        let slot = &lease.person.slot;
        disk::private_folder(&self.folder)?;
        let key = self.key_for_writing(slot)?;
        let bytes = sealed::seal(&self.header(slot), &key, lease, assertion, history)?;
        disk::replace(&self.folder, &self.file(slot), &bytes)?;
        self.memory().remove(slot);
        Ok(self.keys.stored())
    }

    /// Seals a lease, or holds it in memory and says why: a good token is never lost to a key store or a disk.
    #[must_use]
    pub fn keep(&self, lease: &TokenLease, assertion: &SecretBytes, history: &History) -> Kept {
        match self.seal(lease, assertion, history) {
            Ok(Stored::Memory) => {
                Kept { stored: Stored::Memory, warning: Some(Code::SESSION_IN_MEMORY.into()) }
            }
            Ok(stored) => Kept { stored, warning: None },
            Err(why) => {
                self.remember(lease, assertion, history);
                Kept { stored: Stored::Memory, warning: Some(why.problem()) }
            }
        }
    }

    /// Keeps another history beside a lease; its assertion stays as it is. One write of the whole file with a nonce of
    /// its own, so that after a crash the old history is there or the new one.
    ///
    /// Tells whether it was kept: not where the slot has another lease by now, or none. Nobody is asked for anything; a
    /// key store that would ask counts as locked.
    pub fn rewrite(&self, slot: &SlotId, lease: &LeaseId, history: &History) -> Result<bool, VaultError> {
        if let Some(held) = self.memory().get_mut(slot) {
            let same = held.lease.id == *lease;
            if same {
                held.history = history.clone();
            }
            return Ok(same);
        }
        if self.keys.would_ask(slot) {
            return Err(KeyVaultError::Locked.into());
        }
        let Some((found, key)) = self.read(slot)?.filter(|(found, _)| found.lease.id == *lease) else {
            return Ok(false);
        };
        let bytes = sealed::seal(&self.header(slot), &key, &found.lease, &found.assertion, history)?;
        disk::replace(&self.folder, &self.file(slot), &bytes)?;
        Ok(true)
    }

    /// The lease of a slot; `None` if there is none.
    ///
    /// Fails closed: a file that was changed by a single bit, or made for another user, machine, slot or environment,
    /// gives nothing.
    pub fn open(&self, slot: &SlotId) -> Result<Option<Found>, VaultError> {
        if let Some(Found { lease, assertion, history }) = self.memory().get(slot) {
            return Ok(Some(Found::of(lease, assertion, history)));
        }
        Ok(self.read(slot)?.map(|(found, _)| found))
    }

    fn read(&self, slot: &SlotId) -> Result<Option<(Found, LeaseKey)>, VaultError> {
        let Some(bytes) = disk::read(&self.folder, &self.file(slot), MOST_BYTES)? else { return Ok(None) };
        let parts = sealed::parse(&bytes)?;
        if parts.header != self.header(slot) {
            return Err(VaultError::Foreign);
        }
        let key = self.keys.get(slot)?.ok_or(VaultError::KeyGone)?;
        let found = sealed::open(&parts, &key)?;
        if found.lease.environment != self.environment || found.lease.person.slot != *slot {
            return Err(VaultError::Foreign);
        }
        Ok(Some((found, key)))
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
    pub fn open_quietly(&self, slot: &SlotId) -> Result<Option<Found>, VaultError> {
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

    fn remember(&self, lease: &TokenLease, assertion: &SecretBytes, history: &History) {
        self.memory().insert(lease.person.slot.clone(), Found::of(lease, assertion, history));
    }

    fn memory(&self) -> std::sync::MutexGuard<'_, HashMap<SlotId, Found>> {
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
