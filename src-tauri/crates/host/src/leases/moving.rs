//! A move to another key store: every lease of this room goes along, or everything stays where it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use relais_keystore::vault::{Found, KeyVaultError, VaultError};

use super::Tool;

/// Whether a move counts, said once: by the room when it is done, or by whoever waited too long for it.
#[derive(Clone, Default)]
pub(super) struct Decision(Arc<AtomicBool>);

impl Decision {
    /// Makes the decision; `false` where somebody has made it already.
    pub(super) fn made(&self) -> bool {
        !self.0.swap(true, Ordering::AcqRel)
    }
}

impl Tool {
    /// Goes on as `next`, which has every session that this one has, also those in memory only.
    ///
    /// # Errors
    /// One cannot be opened or sealed now, or nobody waits any more: this tool goes on with what it had.
    pub(super) fn move_to(&mut self, next: Self, decision: &Decision) -> Result<(), VaultError> {
        let all = self.everything()?;
        for (moved, one) in all.iter().enumerate() {
            if let Err(refused) = next.vault.seal(&one.lease, &one.assertion, &one.history) {
                self.take_back(&all[..moved]);
                return Err(refused);
            }
        }
        if !decision.made() {
            self.take_back(&all);
            return Err(KeyVaultError::Locked.into());
        }
        *self = next;
        Ok(())
    }

    /// All that can ever be opened from here; nothing is written before all of it is at hand.
    fn everything(&self) -> Result<Vec<Found>, VaultError> {
        let mut all = Vec::new();
        for slot in self.vault.list()? {
            match self.vault.open(&slot) {
                Ok(found) => all.extend(found),
                Err(error) if for_good(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(all)
    }

    fn take_back(&self, moved: &[Found]) {
        for Found { lease, assertion, history } in moved {
            if let Some(problem) = self.vault.keep(lease, assertion, history).warning {
                tracing::warn!(%problem, "a session that was to be moved is held in memory");
            }
        }
    }
}

/// What lies there will not open by waiting, so nothing is lost by leaving it behind.
fn for_good(error: &VaultError) -> bool {
    match error {
        VaultError::Damaged
        | VaultError::KeyGone
        | VaultError::Foreign
        | VaultError::Newer { .. }
        | VaultError::Keys(KeyVaultError::Damaged) => true,
        VaultError::Keys(_) | VaultError::Io(_) | VaultError::Library(_) => false,
    }
}
