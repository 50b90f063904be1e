//! PKCS#12 files: bytes and a password in, a [`Keystore`] out, and the way back in the one form that is written.

mod archive;
mod cipher;
pub(crate) mod der;
mod write;

use relais_core::secret::Password;

use crate::error::KeystoreError;
use crate::keystore::Keystore;
use cipher::Refusal;

pub use archive::{Glance, MOST_BAGS, MOST_BYTES};
pub use cipher::{MOST_ROUNDS, MOST_ROUNDS_IN_ALL};

pub(crate) use archive::{Bag, Content, Label};

/// Opens a keystore of every kind that eHealth's tools and their users make.
///
/// Blocks for the key derivations (up to some seconds for the costliest file that is still accepted): call it on a
/// thread of its own. A wrong password has an error of its own, which does not say whether the file is sound.
pub fn open(bytes: &[u8], password: &Password) -> Result<Keystore, KeystoreError> {
    Keystore::from_bags(bags(bytes, password)?)
}

/// The parts of a keystore as they lie in the file.
pub(crate) fn bags(bytes: &[u8], password: &Password) -> Result<Vec<Bag>, KeystoreError> {
    archive::open(bytes, password.reveal()).map_err(refused)
}

/// A file with these parts; secrets that are only listed, and foreign ones, are not written.
pub(crate) fn write(bags: &[Bag], password: &Password) -> Result<Vec<u8>, KeystoreError> {
    write::write(bags, password.reveal()).map_err(KeystoreError::Library)
}

/// What a keystore shows without its password: nothing is derived.
pub fn glance(bytes: &[u8]) -> Result<Glance, KeystoreError> {
    archive::glance(bytes).map_err(refused)
}

fn refused(refusal: Refusal) -> KeystoreError {
    match refusal {
        Refusal::Malformed => KeystoreError::Malformed,
        Refusal::Unsupported => KeystoreError::Unsupported,
        Refusal::TooCostly => KeystoreError::TooCostly,
        Refusal::Wrong => KeystoreError::PasswordWrong,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
