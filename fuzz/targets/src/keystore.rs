//! Keystores.

use relais_core::secret::Password;
use relais_keystore::p12;

/// The password of every seed.
pub const PASSWORD: &str = "Fuzz-2026";

/// Opened or refused, within the limits; what opens can be inspected.
pub fn p12(bytes: &[u8]) -> bool {
    let mut read = false;
    for password in [PASSWORD, ""] {
        let password = Password::take(password.to_owned()).expect("short enough");
        if let Ok(keystore) = p12::open(bytes, &password) {
            assert!(keystore.inspect().entries.len() == keystore.entries().len(), "every entry is told");
            read = true;
            let _ = (keystore.authentication(), keystore.encryption_keys().count());
        }
    }
    read
}
