//! The lease room: one thread with the vault and the remembered passwords. A key store of the system that asks
//! something counts as locked.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use relais_core::card::ChipNumber;
use relais_core::environment::EnvironmentName;
use relais_core::ident::Ssin;
use relais_core::lease::{LONG_AGO, LeaseId, SlotId, Stored, TokenLease};
use relais_core::secret::{Password, SecretBytes};
use relais_core::session::history::History;
use relais_core::time::Clock;
use relais_core::{Code, Problem};
use relais_keystore::vault::{self, EraseError, Kept, KeyVaultError, VaultError};
use relais_keystore::{FileKeys, InstallKey, KeyVault, MemoryKeys, OsKeys, OsPasswords, Vault};

use crate::preferences::KeyStoreChoice;
use crate::worker::Worker;

/// The vault itself gives a silent key store up after 10 s; this is for the disk behind it.
const HUNG: Duration = Duration::from_secs(25);

/// What the room is made of.
#[derive(Clone)]
pub struct Place {
    /// Data folder of the environment.
    pub folder: PathBuf,
    /// Which environment.
    pub environment: EnvironmentName,
    /// Where keys are kept.
    pub choice: KeyStoreChoice,
}

struct Tool {
    vault: Vault,
    /// None where the key store of the operating system is not used: a password is kept there or nowhere.
    passwords: Option<OsPasswords>,
}

/// The thread with the vault.
#[derive(Clone)]
pub struct LeaseRoom {
    worker: Worker<Tool>,
    place: Place,
    install: Arc<InstallKey>,
}

/// A lease that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What is known of the assertion.
    pub lease: TokenLease,
    /// Where it lies.
    pub stored: Stored,
    /// What is kept beside it.
    pub history: History,
}

impl LeaseRoom {
    /// Opens the room; makes the install key on the first start.
    pub fn open(place: Place) -> Result<Self, Problem> {
        let install = InstallKey::load_or_create(&place.folder).map_err(|e| e.problem())?;
        Self::with_key(place, install)
    }

    /// Opens the room to look around in: a folder that has no install key gets none.
    pub fn open_reading(place: Place) -> Result<Self, Problem> {
        let install = InstallKey::load_or_unsaved(&place.folder).map_err(|e| e.problem())?;
        Self::with_key(place, install)
    }

    fn with_key(place: Place, install: InstallKey) -> Result<Self, Problem> {
        let install = Arc::new(install);
        let (kept, key) = (place.clone(), install.clone());
        let worker = Worker::start("vault", HUNG, move || Tool::new(&kept, &key, kept.choice))?;
        Ok(Self { worker, place, install })
    }

    /// Where the lease of a person is kept.
    pub fn slot(&self, person: &Ssin) -> Result<SlotId, Problem> {
        self.install.slot_id(&self.place.environment, person).map_err(|e| e.problem())
    }

    /// Puts leases elsewhere from now on; those of this environment go along. One that cannot be opened now would stay
    /// behind for good, so then everything stays where it is.
    pub async fn choose(&self, choice: KeyStoreChoice) -> Result<(), Problem> {
        let (place, install) = (self.place.clone(), self.install.clone());
        let moved = self.call(move |tool| {
            *tool = tool.moved(Tool::new(&place, &install, choice))?;
            Ok(())
        });
        moved.await?.map_err(|e: VaultError| e.problem())
    }

    /// Puts a lease away with what is kept beside it, or holds it in memory and says why.
    pub async fn keep(
        &self,
        lease: TokenLease,
        assertion: SecretBytes,
        history: History,
    ) -> Result<Kept, Problem> {
        let kept =
            self.worker.call_to_the_end(move |tool| tool.vault.keep(&lease, &assertion, &history)).await;
        kept.map_err(|silence| silence.problem(Code::KEY_STORE_LOCKED))
    }

    /// Keeps another history beside a person's lease, after everything that was asked before and without asking anybody
    /// for anything; not where the lease is another one by then, or gone. Nobody waits for it.
    pub fn rewrite_later(&self, slot: SlotId, lease: LeaseId, history: History) {
        self.worker.put(move |tool| {
            if let Err(cause) = tool.vault.rewrite(&slot, &lease, &history) {
                tracing::warn!(%cause, "the history of a session was not kept");
            }
        });
    }

    /// Comes back when everything asked before is done, or the room hangs.
    pub async fn settle(&self) {
        // Who hangs is told to whoever asks for something.
        let _ = self.call(|_| ()).await;
    }

    /// Erases a person's lease, or says what remains of it.
    pub async fn erase(&self, slot: SlotId) -> Result<(), Problem> {
        let erased = self.call(move |tool| tool.vault.erase(&slot)).await;
        match erased {
            Ok(erased) => erased.map_err(EraseError::problem),
            // Nobody knows how far it came.
            Err(silence) => Err(Problem::new(Code::SESSION_NOT_ERASED)
                .with("reason", "file-and-key")
                .with("cause", silence.code)),
        }
    }

    /// Remembers the password of a person's keystore on this PC.
    pub async fn remember(&self, slot: SlotId, password: Password) -> Result<(), Problem> {
        let kept = self.call(move |tool| match &tool.passwords {
            Some(passwords) => passwords.keep(&slot, &password),
            None => Err(KeyVaultError::Missing),
        });
        kept.await?.map_err(KeyVaultError::problem)
    }

    /// The remembered password of a person's keystore, if there is one.
    pub async fn remembered(&self, slot: SlotId) -> Result<Option<Password>, Problem> {
        let found = self.call(move |tool| tool.passwords.as_ref().map_or(Ok(None), |all| all.get(&slot)));
        found.await?.map_err(KeyVaultError::problem)
    }

    /// Forgets the password of a person's keystore; tells whether one was remembered.
    pub async fn forget_password(&self, slot: SlotId) -> Result<bool, Problem> {
        let gone = self.call(move |tool| tool.passwords.as_ref().map_or(Ok(false), |all| all.forget(&slot)));
        match gone.await? {
            // What is not there remembers nothing.
            Err(KeyVaultError::Missing) => Ok(false),
            gone => gone.map_err(KeyVaultError::problem),
        }
    }

    /// Everybody whose lease is in this environment; the key store is not asked.
    pub async fn slots(&self) -> Result<Vec<SlotId>, Problem> {
        self.call(|tool| tool.vault.list()).await?.map_err(|e| e.problem())
    }

    /// The lease of a person. One that ended long ago is erased on the way.
    pub async fn lease(&self, slot: SlotId, clock: Arc<dyn Clock>) -> Result<Option<Found>, Problem> {
        let elsewhere = self.elsewhere(&slot);
        let opened = self.call(move |tool| {
            let found = tool.vault.open(&slot)?;
            Ok(tool.found(&slot, found, &*clock))
        });
        opened.await?.map_err(|e| told(&e, elsewhere))
    }

    /// As [`Self::lease`], but whatever lies there stays as it is.
    pub async fn peek(&self, slot: SlotId) -> Result<Option<Found>, Problem> {
        let elsewhere = self.elsewhere(&slot);
        let opened = self.call(move |tool| Ok(tool.vault.open(&slot)?.map(|found| tool.lies(found))));
        opened.await?.map_err(|e| told(&e, elsewhere))
    }

    /// As [`Self::lease`], without making anybody be asked for anything.
    pub async fn reopen(&self, slot: SlotId, clock: Arc<dyn Clock>) -> Result<Option<Found>, Problem> {
        let elsewhere = self.elsewhere(&slot);
        let opened = self.call(move |tool| {
            let found = tool.vault.open_quietly(&slot)?;
            Ok(tool.found(&slot, found, &*clock))
        });
        opened.await?.map_err(|e| told(&e, elsewhere))
    }

    /// A lease whose key is not where we look has it in another place, unless nothing can be there: a key store that
    /// has lost a key and one that never had it say the same.
    fn elsewhere(&self, slot: &SlotId) -> bool {
        self.place.choice != KeyStoreChoice::Os || FileKeys::new(&self.place.folder).has(slot)
    }

    /// The key of this installation, for what is sealed beside the leases.
    #[must_use]
    pub fn install_key(&self) -> Arc<InstallKey> {
        self.install.clone()
    }

    /// The assertion of a person's lease, without making anybody be asked for anything; none where it is another lease
    /// by now, or cannot be had.
    pub async fn assertion(&self, slot: SlotId, lease: LeaseId) -> Option<SecretBytes> {
        let opened = self.call(move |tool| tool.vault.open_quietly(&slot)).await;
        let found = opened.ok()?.ok()??;
        (found.lease.id == lease).then_some(found.assertion)
    }

    /// How the records name a chip.
    pub fn chip_mark(&self, chip: &ChipNumber) -> Result<String, Problem> {
        self.install.chip_mark(chip).map_err(|e| e.problem())
    }

    async fn call<R: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Tool) -> R + Send + 'static,
    ) -> Result<R, Problem> {
        self.worker.call(job).await.map_err(|silence| silence.problem(Code::KEY_STORE_LOCKED))
    }
}

impl Tool {
    fn new(place: &Place, install: &InstallKey, choice: KeyStoreChoice) -> Self {
        let os = choice == KeyStoreChoice::Os;
        Self {
            vault: open_vault(place, install, choice),
            passwords: os.then(|| OsPasswords::new(&place.environment, install)),
        }
    }

    /// The tool to go on with: it has every session that this one has, also those in memory only.
    fn moved(&self, next: Self) -> Result<Self, VaultError> {
        for slot in self.vault.list()? {
            let opened = match self.vault.open(&slot) {
                // Nobody will ever open it, here or there.
                Err(error) if error.problem().code != Code::KEY_STORE_LOCKED => continue,
                opened => opened?,
            };
            let Some(found) = opened else { continue };
            let kept = next.vault.keep(&found.lease, &found.assertion, &found.history);
            if let Some(problem) = kept.warning {
                tracing::warn!(%problem, "a session was not moved to the other key store");
            }
        }
        Ok(next)
    }

    fn lies(&self, vault::Found { lease, history, .. }: vault::Found) -> Found {
        Found { lease, stored: self.vault.stored(), history }
    }

    fn found(&self, slot: &SlotId, found: Option<vault::Found>, clock: &dyn Clock) -> Option<Found> {
        let found = self.lies(found?);
        if found.lease.ends_at() + LONG_AGO >= clock.now().wall {
            return Some(found);
        }
        if let Err(cause) = self.vault.erase(slot) {
            // It opens nothing any more; the next start tries again.
            tracing::warn!(%cause, "a lease that ended long ago was not erased");
        }
        None
    }
}

/// What a person is told of a lease that does not open.
fn told(error: &VaultError, elsewhere: bool) -> Problem {
    match error {
        VaultError::KeyGone if elsewhere => Code::SESSION_ELSEWHERE.into(),
        error => error.problem(),
    }
}

fn open_vault(place: &Place, install: &InstallKey, choice: KeyStoreChoice) -> Vault {
    let keys: Box<dyn KeyVault> = match choice {
        KeyStoreChoice::Os => Box::new(OsKeys::new(&place.environment, install)),
        KeyStoreChoice::File => Box::new(FileKeys::new(&place.folder)),
        KeyStoreChoice::Memory => Box::new(MemoryKeys),
    };
    let owner = relais_keystore::vault::Owner::of_this_process();
    Vault::new(&place.folder, place.environment.clone(), owner, keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(folder: &std::path::Path, choice: KeyStoreChoice) -> LeaseRoom {
        let environment = EnvironmentName::parse("sandbox").unwrap();
        LeaseRoom::open(Place { folder: folder.to_owned(), environment, choice }).unwrap()
    }

    #[tokio::test]
    async fn a_password_is_remembered_by_the_operating_system_or_not_at_all() {
        for choice in [KeyStoreChoice::File, KeyStoreChoice::Memory] {
            let folder = tempfile::tempdir().unwrap();
            let room = room(folder.path(), choice);
            let slot = SlotId::parse(&"a".repeat(32)).unwrap();
            let password = Password::take("canary 73519264".to_owned()).unwrap();
            let refused = room.remember(slot.clone(), password).await.unwrap_err();
            assert_eq!(refused.code, Code::KEY_STORE_MISSING);
            assert!(room.remembered(slot.clone()).await.unwrap().is_none());
            assert!(!room.forget_password(slot).await.unwrap());
            let files: Vec<_> =
                folder.path().read_dir().unwrap().map(|file| file.unwrap().file_name()).collect();
            assert_eq!(files, ["install.key"]);
        }
    }
}
