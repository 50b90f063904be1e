//! Keystores of eHealth: PKCS#12 files with the keys of a practice, and the sealing of leases on this PC.
//!
//! Everything here blocks (key derivation, files, the key store of the operating system) and belongs on a thread of
//! its own; nothing here asks a person anything.

mod certificate;
mod change;
mod error;
pub mod find;
mod holder;
pub mod inventory;
mod keystore;
mod make;
pub mod matching;
pub mod message;
mod name;
mod owner;
pub mod p12;
mod save;
mod signer;
pub mod vault;

pub use certificate::{Certificate, KeyUsage, NoCertificate};
pub use change::{Changed, back_up, change_password, drill};
pub use error::KeystoreError;
pub use holder::{Anchors, Holder, Wanted};
pub use keystore::{Entry, Facts, Inspection, Keystore, Kind, Line};
pub use make::{Draft, NewPassword, SHORTEST_PASSWORD};
pub use name::Name;
pub use owner::Owner;
pub use save::{FileName, save};
pub use signer::KeySigner;
pub use vault::record_key::RecordKey;
pub use vault::{FileKeys, InstallKey, KeyVault, MemoryKeys, OsKeys, OsPasswords, Vault, VaultError};
