//! Lease files.

use std::sync::LazyLock;

use relais_core::environment::EnvironmentName;
use relais_core::lease::{SlotId, TokenLease};
use relais_core::secret::SecretBytes;
use relais_core::session::history::History;
use relais_keystore::vault::{FileKeys, Owner, Vault};

/// A vault with one lease in it, and the bytes of its file.
struct Sealed {
    folder: tempfile::TempDir,
    vault: Vault,
    slot: SlotId,
    bytes: Vec<u8>,
}

impl Sealed {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let lease = lease();
        let owner = Owner { user: "1000".into(), machine: "m".into() };
        let keys = Box::new(FileKeys::new(folder.path()));
        let environment = EnvironmentName::parse("sandbox").expect("a name");
        let vault = Vault::new(folder.path(), environment, owner, keys);
        vault.seal(&lease, &SecretBytes::new(b"<Assertion/>".to_vec()), &History::default()).expect("sealed");
        let slot = lease.person.slot;
        let bytes = std::fs::read(path(&folder, &slot)).expect("the file");
        Self { folder, vault, slot, bytes }
    }
}

fn path(folder: &tempfile::TempDir, slot: &SlotId) -> std::path::PathBuf {
    folder.path().join("sessions").join(format!("{}.lease", slot.as_str()))
}

/// An invented lease.
#[must_use]
pub fn lease() -> TokenLease {
    serde_json::from_value(serde_json::json!({
        "id": "0".repeat(32), "person": {"name": "Claire Lambert", "slot": "a".repeat(32)}, "means": "eid",
        "quality": "doctor", "environment": "sandbox", "issued_at": "2026-03-02T07:00:00Z",
        "expires_at": "2026-03-03T07:00:00Z", "holder": "07".repeat(32)
    }))
    .expect("a lease")
}

/// Only what was sealed opens. A file of three bytes or fewer is a recipe: which byte of the sealed file is changed, and
/// into what; anything else stands in the place of the file as it is.
pub fn file(bytes: &[u8]) -> bool {
    static SEALED: LazyLock<std::sync::Mutex<Sealed>> = LazyLock::new(|| Sealed::new().into());
    let sealed = SEALED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let found = match *bytes {
        [high, low, change] => changed(&sealed.bytes, usize::from(high) << 8 | usize::from(low), change),
        _ => bytes.to_vec(),
    };
    std::fs::write(path(&sealed.folder, &sealed.slot), &found).expect("the file is written");
    let opened = sealed.vault.open(&sealed.slot);
    assert!(opened.is_err() || found == sealed.bytes, "only what was sealed opens");
    opened.is_ok()
}

fn changed(sealed: &[u8], at: usize, change: u8) -> Vec<u8> {
    let mut bytes = sealed.to_vec();
    let at = at % bytes.len();
    bytes[at] ^= change;
    bytes
}
