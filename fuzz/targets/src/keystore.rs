//! Keystores.

use relais_core::secret::Password;
use relais_keystore::inventory::{self, MOST_CERTIFICATES};
use relais_keystore::message::{self, MOST_RECIPIENTS, Recipient};
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

/// A file of a stranger, read without any password: bounded, each certificate once, nobody's name printed.
pub fn inventory(bytes: &[u8]) -> bool {
    let contents = inventory::read(bytes);
    assert!(contents.certificates.len() <= MOST_CERTIFICATES, "no file fills the memory");
    let ids: std::collections::BTreeSet<_> = contents.certificates.iter().map(|one| one.id).collect();
    assert_eq!(ids.len(), contents.certificates.len(), "each once");
    assert!(contents.is_something() || contents.certificates.is_empty());
    for one in &contents.certificates {
        assert!(one.subject.len() + one.issuer.len() < 10_000, "no name is as long as a book");
        let printed = format!("{one:?} {:?}", one.watched().holder);
        let shown = one.owner.as_ref().filter(|owner| owner.id.len() >= 8);
        assert!(shown.is_none_or(|owner| !printed.contains(&owner.id)), "nobody is printed");
    }
    let kept = serde_json::to_string(&contents).expect("what is kept can be written");
    assert!(serde_json::from_str::<inventory::Contents>(&kept).expect("and read") == contents);
    !contents.certificates.is_empty()
}

/// A message of a stranger: bounded, each recipient once, nobody's name printed.
pub fn message(bytes: &[u8]) -> bool {
    let Ok(recipients) = message::recipients(bytes) else { return false };
    assert!((1..=MOST_RECIPIENTS + 1).contains(&recipients.len()), "no message fills the memory");
    assert!(recipients.is_sorted() && recipients.windows(2).all(|two| two[0] != two[1]), "each once");
    for one in &recipients {
        let printed = format!("{one:?}");
        if let Recipient::Certificate { issuer, serial } = one {
            assert_eq!(
                printed,
                format!("Certificate({serial})"),
                "{} bytes of an issuer stay unsaid",
                issuer.len()
            );
            assert!(serial.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'), "a number");
        }
    }
    true
}
