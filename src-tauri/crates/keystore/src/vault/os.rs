//! The key store of the operating system: Secret Service, Keychain, Credential Manager.
//!
//! It may ask a person, hang, or be away; every call runs on a thread of its own and is given up after [`PATIENCE`].
//! The store is opened anew for each call, so one that comes back later is found without a restart.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error};
use relais_core::environment::EnvironmentName;
use relais_core::lease::{SlotId, Stored};
use zeroize::Zeroizing;

use super::error::KeyVaultError;
use super::install::InstallKey;
use super::keys::{KeyVault, LeaseKey};

/// Longest a key store is waited for; a silent one counts as locked.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// Secrets of one kind in the key store of the operating system, one per slot, under a service name of their own.
#[derive(Debug)]
pub(super) struct Shelf {
    service: String,
    patience: Duration,
    /// A call was given up and still hangs; the next ones are not queued behind it.
    hanging: Arc<AtomicBool>,
}

impl Shelf {
    pub(super) fn new(service: String) -> Self {
        Self { service, patience: PATIENCE, hanging: Arc::default() }
    }

    pub(super) fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    pub(super) fn get(&self, slot: &SlotId) -> Result<Option<Zeroizing<Vec<u8>>>, KeyVaultError> {
        self.ask(slot, |entry| match entry.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(cause) => Err(cause),
        })
    }

    pub(super) fn put(&self, slot: &SlotId, secret: Zeroizing<Vec<u8>>) -> Result<(), KeyVaultError> {
        self.ask(slot, move |entry| entry.set_secret(&secret))
    }

    /// Whether there was one.
    pub(super) fn forget(&self, slot: &SlotId) -> Result<bool, KeyVaultError> {
        self.ask(slot, |entry| match entry.delete_credential() {
            Ok(()) => Ok(true),
            Err(Error::NoEntry) => Ok(false),
            Err(cause) => Err(cause),
        })
    }

    /// Forgets the secret of a slot where one lies there: a key store that holds none of ours asks nobody.
    pub(super) fn forget_if_held(&self, slot: &SlotId) -> Result<bool, KeyVaultError> {
        let (service, name) = (self.service.clone(), slot.as_str().to_owned());
        match guarded(&self.hanging, self.patience, move || Ok(platform::holds(&service, &name))) {
            Ok(true) => self.forget(slot),
            Ok(false) | Err(KeyVaultError::Missing) => Ok(false),
            Err(cause) => Err(cause),
        }
    }

    /// The secret of a slot lies there, locked. A key store that does not answer would ask nobody.
    fn locked(&self, slot: &SlotId) -> bool {
        let (service, slot) = (self.service.clone(), slot.as_str().to_owned());
        guarded(&self.hanging, self.patience, move || Ok(platform::locked(&service, &slot))).unwrap_or(true)
    }

    fn ask<T: Send + 'static>(
        &self,
        slot: &SlotId,
        what: impl FnOnce(&Entry) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, KeyVaultError> {
        let (service, slot) = (self.service.clone(), slot.as_str().to_owned());
        guarded(&self.hanging, self.patience, move || {
            let entry = platform::store()?.build(&service, &slot, None)?;
            what(&entry)
        })
    }
}

/// Keys in the key store of the operating system, under a service name of this environment and installation.
#[derive(Debug)]
pub struct OsKeys(Shelf);

impl OsKeys {
    /// Keys of one environment of one installation.
    #[must_use]
    pub fn new(environment: &EnvironmentName, install: &InstallKey) -> Self {
        Self(Shelf::new(format!("relais/{environment}/{}", install.id())))
    }

    /// Waits less, or longer, than [`PATIENCE`].
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self(self.0.with_patience(patience))
    }
}

impl OsKeys {
    /// Forgets the key of a slot, where one lies there; asks nobody otherwise. Tells whether there was one.
    ///
    /// # Errors
    /// One lies there, and the key store does not let it go.
    pub fn forget_if_held(&self, slot: &SlotId) -> Result<bool, KeyVaultError> {
        self.0.forget_if_held(slot)
    }
}

impl KeyVault for OsKeys {
    fn stored(&self) -> Stored {
        Stored::Os
    }

    fn get(&self, slot: &SlotId) -> Result<Option<LeaseKey>, KeyVaultError> {
        self.0.get(slot)?.map(|mut secret| LeaseKey::from_stored(std::mem::take(&mut *secret))).transpose()
    }

    fn would_ask(&self, slot: &SlotId) -> bool {
        self.0.locked(slot)
    }

    fn put(&self, slot: &SlotId, key: &LeaseKey) -> Result<(), KeyVaultError> {
        self.0.put(slot, Zeroizing::new(key.reveal().to_vec()))
    }

    fn forget(&self, slot: &SlotId) -> Result<(), KeyVaultError> {
        self.0.forget(slot).map(drop)
    }
}

/// Runs a call on a thread of its own and gives it up after a while.
fn guarded<T: Send + 'static>(
    hanging: &Arc<AtomicBool>,
    patience: Duration,
    call: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, KeyVaultError> {
    if hanging.swap(true, Ordering::AcqRel) {
        return Err(KeyVaultError::Locked);
    }
    let (answer, answers) = mpsc::sync_channel(1);
    let done = Arc::clone(hanging);
    let started = std::thread::Builder::new().name("key-store".into()).spawn(move || {
        // A panic below must not leave the mark behind: it would lock the key store until a restart. The mark goes before
        // the answer does: whoever has it may ask again at once.
        let mark = Mark(done);
        let answered = call();
        drop(mark);
        // Who gave up waiting needs no answer.
        let _ = answer.send(answered);
    });
    if started.is_err() {
        hanging.store(false, Ordering::Release);
        return Err(KeyVaultError::Missing);
    }
    match answers.recv_timeout(patience) {
        Ok(answer) => answer.map_err(|cause| sorted(&cause)),
        Err(mpsc::RecvTimeoutError::Timeout) => Err(KeyVaultError::Locked),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(KeyVaultError::Missing),
    }
}

/// Taken away when the call ends, however it ends.
struct Mark(Arc<AtomicBool>);

impl Drop for Mark {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

fn sorted(cause: &Error) -> KeyVaultError {
    match cause {
        Error::NoStorageAccess(inner) | Error::PlatformFailure(inner) => platform::sorted(inner.as_ref()),
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::Ambiguous(_) => KeyVaultError::Damaged,
        _ => KeyVaultError::Missing,
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
mod platform {
    use std::error::Error as Cause;
    use std::sync::Arc;

    use secret_service::blocking::SecretService;
    use secret_service::{EncryptionType, Error};

    use super::KeyVaultError;

    pub fn store() -> keyring_core::Result<Arc<zbus_secret_service_keyring_store::Store>> {
        zbus_secret_service_keyring_store::Store::new()
    }

    /// Whether what lies there under these names is locked. Searching asks nobody; unlocking would.
    pub fn locked(service: &str, user: &str) -> bool {
        let names = [("service", service), ("username", user)].into();
        let found = SecretService::connect(EncryptionType::Plain)
            .and_then(|service| service.search_items(names).map(|found| !found.locked.is_empty()));
        found.unwrap_or(false)
    }

    /// Whether anything lies there under these names, locked or not. Searching asks nobody.
    pub fn holds(service: &str, user: &str) -> bool {
        let names = [("service", service), ("username", user)].into();
        let found = SecretService::connect(EncryptionType::Plain).and_then(|service| {
            service.search_items(names).map(|it| !(it.locked.is_empty() && it.unlocked.is_empty()))
        });
        found.unwrap_or(false)
    }

    /// A prompt that was not answered with a password leaves the store locked: the person may unlock it later.
    pub fn sorted(cause: &(dyn Cause + Send + Sync + 'static)) -> KeyVaultError {
        match cause.downcast_ref::<Error>() {
            Some(Error::Locked | Error::Prompt | Error::PromptDisconnected) => KeyVaultError::Locked,
            Some(Error::Zbus(zbus::Error::MethodError(name, ..))) => by_name(name.as_str()),
            Some(Error::ZbusFdo(zbus::fdo::Error::AccessDenied(_))) => KeyVaultError::Denied,
            _ => KeyVaultError::Missing,
        }
    }

    /// Names of errors on the bus are identifiers, not texts. Source: D-Bus specification; Secret Service API 0.2.
    fn by_name(name: &str) -> KeyVaultError {
        match name {
            "org.freedesktop.Secret.Error.IsLocked" => KeyVaultError::Locked,
            "org.freedesktop.DBus.Error.AccessDenied" | "org.freedesktop.DBus.Error.AuthFailed" => {
                KeyVaultError::Denied
            }
            "org.freedesktop.DBus.Error.NoReply" | "org.freedesktop.DBus.Error.Timeout" => {
                KeyVaultError::Locked
            }
            _ => KeyVaultError::Missing,
        }
    }
}

#[cfg(target_os = "macos")]
mod platform {
    use std::error::Error as Cause;
    use std::sync::Arc;

    use super::KeyVaultError;

    pub fn store() -> keyring_core::Result<Arc<apple_native_keyring_store::keychain::Store>> {
        apple_native_keyring_store::keychain::Store::new()
    }

    /// The keychain does not tell without asking, so it is never asked unasked.
    pub fn locked(_: &str, _: &str) -> bool {
        true
    }

    /// The keychain does not tell without asking; whoever wants something gone is asked.
    pub fn holds(_: &str, _: &str) -> bool {
        true
    }

    /// What the library reports as "no access" is a keychain that is locked or whose person said no.
    pub fn sorted(_: &(dyn Cause + Send + Sync + 'static)) -> KeyVaultError {
        KeyVaultError::Locked
    }
}

#[cfg(windows)]
mod platform {
    use std::error::Error as Cause;
    use std::sync::Arc;

    use super::KeyVaultError;

    pub fn store() -> keyring_core::Result<Arc<windows_native_keyring_store::Store>> {
        windows_native_keyring_store::Store::new()
    }

    /// Credential Manager has no lock of its own: it asks nobody.
    pub fn locked(_: &str, _: &str) -> bool {
        false
    }

    /// Credential Manager asks nobody: what is not there is not forgotten, at no cost.
    pub fn holds(_: &str, _: &str) -> bool {
        true
    }

    /// Credential Manager has no lock of its own: a refusal is a policy of this PC.
    pub fn sorted(_: &(dyn Cause + Send + Sync + 'static)) -> KeyVaultError {
        KeyVaultError::Denied
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_key_store_counts_as_locked_and_is_not_asked_twice_at_once() {
        let hanging = Arc::default();
        let (release, wait) = mpsc::channel::<()>();
        let (ended, end) = mpsc::channel::<()>();
        let silent = guarded(&hanging, Duration::from_millis(1), move || {
            let _ = wait.recv();
            drop(ended);
            Ok(())
        });
        assert_eq!(silent, Err(KeyVaultError::Locked));
        let meanwhile = guarded(&hanging, PATIENCE, || Ok(()));
        assert_eq!(meanwhile, Err(KeyVaultError::Locked));
        drop(release);
        assert!(end.recv().is_err());
        while hanging.load(Ordering::Acquire) {
            std::thread::yield_now();
        }
        assert_eq!(guarded(&hanging, PATIENCE, || Ok(7)), Ok(7), "it answers again");
    }

    #[test]
    fn whoever_has_an_answer_may_ask_again_at_once() {
        let hanging = Arc::default();
        for _ in 0..2_000 {
            assert!(guarded(&hanging, PATIENCE, || Ok(())).is_ok());
        }
    }

    #[test]
    fn a_panic_in_the_key_store_does_not_lock_it_for_good() {
        let hanging = Arc::default();
        let panicked: Result<(), _> = guarded(&hanging, PATIENCE, || panic!("a defect of a library"));
        assert_eq!(panicked, Err(KeyVaultError::Missing));
        while hanging.load(Ordering::Acquire) {
            std::thread::yield_now();
        }
        assert_eq!(guarded(&hanging, PATIENCE, || Ok(())), Ok(()));
    }
}
