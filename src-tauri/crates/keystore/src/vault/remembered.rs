//! The keystore password a person let this PC remember, for sign-in with the card.
//!
//! It lies in the key store of the operating system and nowhere else: there is no file and no memory variant, so a PC
//! without a key store remembers nothing. Source: docs/architecture.md, "Keys and passwords".

use std::time::Duration;

use relais_core::environment::EnvironmentName;
use relais_core::lease::SlotId;
use relais_core::secret::Password;
use zeroize::Zeroizing;

use super::error::KeyVaultError;
use super::install::InstallKey;
use super::os::Shelf;

/// Passwords in the key store of the operating system, one per person, apart from the keys of the leases.
///
/// Every call may block, for at most [`PATIENCE`](super::PATIENCE).
#[derive(Debug)]
pub struct OsPasswords(Shelf);

impl OsPasswords {
    /// Passwords of one environment of one installation.
    #[must_use]
    pub fn new(environment: &EnvironmentName, install: &InstallKey) -> Self {
        Self(Shelf::new(service(environment, install)))
    }

    /// Waits less, or longer, than [`PATIENCE`](super::PATIENCE).
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self(self.0.with_patience(patience))
    }

    /// The password of a slot, if one is remembered.
    pub fn get(&self, slot: &SlotId) -> Result<Option<Password>, KeyVaultError> {
        self.0.get(slot)?.map(|bytes| from_stored(&bytes)).transpose()
    }

    /// Remembers the password of a slot, in place of the one before.
    pub fn keep(&self, slot: &SlotId, password: &Password) -> Result<(), KeyVaultError> {
        self.0.put(slot, Zeroizing::new(password.reveal().as_bytes().to_vec()))
    }

    /// Forgets the password of a slot; tells whether there was one.
    pub fn forget(&self, slot: &SlotId) -> Result<bool, KeyVaultError> {
        self.0.forget(slot)
    }

    /// As [`Self::forget`]; asks nobody where none is remembered.
    pub fn forget_if_held(&self, slot: &SlotId) -> Result<bool, KeyVaultError> {
        self.0.forget_if_held(slot)
    }
}

fn service(environment: &EnvironmentName, install: &InstallKey) -> String {
    format!("relais/{environment}/{}/keystore-password", install.id())
}

fn from_stored(bytes: &[u8]) -> Result<Password, KeyVaultError> {
    let text = std::str::from_utf8(bytes).map_err(|_| KeyVaultError::Damaged)?;
    // `take` wipes this copy, whether it takes it or not.
    Password::take(text.to_owned()).map_err(|_| KeyVaultError::Damaged)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_remembered_password_comes_back_as_typed_and_anything_else_is_damage() {
        for typed in ["", "d'\u{e9}t\u{e9} 1", &"x".repeat(Password::MAX)] {
            assert_eq!(
                from_stored(typed.as_bytes()).map(|found| found.reveal().to_owned()),
                Ok(typed.into())
            );
        }
        for foreign in [&[0xff_u8, 0xfe][..], &vec![b'x'; Password::MAX + 1]] {
            assert_eq!(from_stored(foreign).map(drop), Err(KeyVaultError::Damaged));
        }
    }

    #[test]
    fn passwords_lie_apart_from_lease_keys_and_from_other_environments_and_installations() {
        let environment = |name| EnvironmentName::parse(name).unwrap();
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let [one, other] =
            folders.each_ref().map(|folder| InstallKey::load_or_create(folder.path()).unwrap());
        let ours = service(&environment("sandbox"), &one);
        assert_eq!(ours, format!("relais/sandbox/{}/keystore-password", one.id()));
        assert_ne!(ours, service(&environment("production"), &one));
        assert_ne!(ours, service(&environment("sandbox"), &other));
    }
}
