//! Secrets and the desk they wait on. None of them prints itself, is copied or outlives its use.
//!
//! Secrets travel beside the loop: who has one puts it on the [`Desk`] and gets an [`EntryId`]; events, effects and
//! snapshots carry only that number; the adapter that needs the secret takes it once, by value.

mod desk;
mod page;
mod password;
mod pin;

pub use desk::{Desk, EntryId, IDLE_LIMIT};
pub use password::{Password, PasswordTooLong};
pub use pin::{Pin, PinFormat};

/// Bytes that are worth as much as a password: an assertion, a lease key, a private key.
#[derive(zeroize::Zeroize, zeroize::ZeroizeOnDrop, PartialEq, Eq)]
pub struct SecretBytes(Vec<u8>);

impl SecretBytes {
    /// Takes the bytes over.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes, for the adapter that must have them.
    pub fn reveal(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for SecretBytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("•")
    }
}
