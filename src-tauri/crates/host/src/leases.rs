//! The lease room: one thread with the vault and the remembered passwords. A key store of the system that asks
//! something counts as locked.

mod episodes;
mod moving;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use relais_core::card::ChipNumber;
use relais_core::environment::EnvironmentName;
use relais_core::ident::Identity;
use relais_core::lease::{LeaseId, SlotId, Stored, TokenLease};
use relais_core::secret::{Password, SecretBytes};
use relais_core::session::history::History;
use relais_core::session::ledger::Line;
use relais_core::{Code, Problem};
use relais_keystore::vault::{self, EraseError, Kept, KeyVaultError, VaultError};
use relais_keystore::{FileKeys, InstallKey, KeyVault, MemoryKeys, OsKeys, OsPasswords, Vault};

use self::moving::Decision;
use crate::preferences::KeyStoreChoice;
use crate::worker::Worker;

/// The vault itself gives a silent key store up after 10 s; this is for the disk behind it.
const HUNG: Duration = Duration::from_secs(25);

/// A move to another key store opens everything and seals it anew; both stores may ask a person meanwhile.
const MOVING: Duration = Duration::from_secs(120);

/// Forgetting asks the key store three times, each given up after 10 s, and the disk behind it.
const FORGETTING: Duration = Duration::from_secs(55);

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
    place: Place,
    vault: Vault,
    /// None where the key store of the operating system is not used: a password is kept there or nowhere.
    passwords: Option<OsPasswords>,
}

/// The thread with the vault.
#[derive(Clone)]
pub struct LeaseRoom {
    worker: Worker<Tool>,
    environment: EnvironmentName,
    install: Arc<InstallKey>,
    /// Where keys are kept now; a tool that is made anew keeps them there, too.
    choice: Arc<Mutex<KeyStoreChoice>>,
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

/// What came of looking for a lease again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reopened {
    /// It is there.
    Found(Box<Found>),
    /// It has gone, and so has its key, or this remains.
    Gone(Option<Problem>),
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
        let choice = Arc::new(Mutex::new(place.choice));
        let (environment, key, chosen) = (place.environment.clone(), install.clone(), choice.clone());
        let make = move || Tool::new(Place { choice: *lock(&chosen), ..place.clone() }, &key);
        Ok(Self { worker: Worker::start("vault", HUNG, make)?, environment, install, choice })
    }

    /// Where the lease of a person or an organisation is kept.
    pub fn slot(&self, owner: &Identity) -> Result<SlotId, Problem> {
        self.install.slot_id(&self.environment, owner).map_err(|e| e.problem())
    }

    /// Where keys are kept now.
    #[must_use]
    pub fn choice(&self) -> KeyStoreChoice {
        *lock(&self.choice)
    }

    /// Puts leases elsewhere from now on, and says where; those of this environment go along, all of them or none.
    ///
    /// # Errors
    /// One cannot be opened now, or cannot be sealed there, or it takes too long: everything is where it was.
    pub async fn choose(&self, choice: KeyStoreChoice) -> Result<Stored, Problem> {
        let (install, chosen) = (self.install.clone(), self.choice.clone());
        let decision = Decision::default();
        let theirs = decision.clone();
        let moved = self.worker.call_within(MOVING, move |tool| {
            let next = Tool::new(Place { choice, ..tool.place.clone() }, &install);
            tool.move_to(next, &theirs)?;
            *lock(&chosen) = choice;
            Ok(())
        });
        match moved.await {
            Ok(moved) => moved.map_err(|e: VaultError| e.problem())?,
            Err(silence) if decision.made() => return Err(silence.problem(Code::KEY_STORE_LOCKED)),
            // It came to its end just before it was given up.
            Err(_) => {}
        }
        Ok(match choice {
            KeyStoreChoice::Os => Stored::Os,
            KeyStoreChoice::File => Stored::File,
            KeyStoreChoice::Memory => Stored::Memory,
        })
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

    /// Keeps beside the leases which exception a person has begun, after everything that was asked before. Nobody waits for
    /// it.
    pub fn note_episode_later(&self, line: Line) {
        let install = self.install.clone();
        self.worker.put(move |tool| {
            let Place { folder, environment, .. } = &tool.place;
            if let Err(cause) = episodes::keep(folder, environment, &install, &line) {
                tracing::warn!(%cause, "the beginning of an exception was not kept beside its lease");
            }
        });
    }

    /// The exception of this person that was kept beside the leases; none where nobody can tell.
    pub async fn episode(&self, slot: SlotId) -> Option<Line> {
        let install = self.install.clone();
        let look = move |tool: &mut Tool| {
            let Place { folder, environment, .. } = &tool.place;
            episodes::of(folder, environment, &install, &slot)
        };
        self.call(look).await.ok().flatten()
    }

    /// Comes back when everything asked before is done, or the room hangs.
    pub async fn settle(&self) {
        // Who hangs is told to whoever asks for something.
        let _ = self.call(|_| ()).await;
    }

    /// Erases a person's lease, or says what remains of it. What hangs is waited for no longer than [`HUNG`], and erased
    /// all the same once it answers: what was ended does not come back.
    pub async fn erase(&self, slot: SlotId) -> Result<(), Problem> {
        let erased = self.worker.call_to_the_end(move |tool| tool.vault.erase(&slot)).await;
        match erased {
            Ok(erased) => erased.map_err(EraseError::problem),
            // Nobody knows how far it came.
            Err(silence) => Err(Problem::new(Code::SESSION_NOT_ERASED)
                .with("reason", "file-and-key")
                .with("cause", silence.problem(Code::KEY_STORE_LOCKED).code)),
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

    /// Erases everything of a person that is kept here, in every key store: their lease, its key, their password. What
    /// hangs is waited for no longer than [`FORGETTING`], and erased all the same once it answers.
    ///
    /// # Errors
    /// What remains as `reason` (`session` or `password`), with why as `cause`.
    pub async fn forget(&self, slot: SlotId) -> Result<(), Problem> {
        let install = self.install.clone();
        let forget = move |tool: &mut Tool| tool.forget(&slot, &install);
        let gone = self.worker.call_to_the_end_within(FORGETTING, forget).await;
        gone.unwrap_or_else(|silence| Err(remains("all", silence.problem(Code::KEY_STORE_LOCKED).code)))
    }

    /// Everybody whose lease is in this environment; the key store is not asked.
    pub async fn slots(&self) -> Result<Vec<SlotId>, Problem> {
        self.call(|tool| tool.vault.list()).await?.map_err(|e| e.problem())
    }

    /// The lease of a person.
    pub async fn lease(&self, slot: SlotId) -> Result<Option<Found>, Problem> {
        self.call(move |tool| tool.found(&slot, Vault::open)).await?
    }

    /// As [`Self::lease`], without making anybody be asked for anything.
    pub async fn peek(&self, slot: SlotId) -> Result<Option<Found>, Problem> {
        self.call(move |tool| tool.found(&slot, Vault::open_quietly)).await?
    }

    /// As [`Self::peek`], and where no lease lies any more, what is left of it goes.
    pub async fn reopen(&self, slot: SlotId) -> Result<Reopened, Problem> {
        self.call(move |tool| tool.reopened(&slot)).await?
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
    fn new(place: Place, install: &InstallKey) -> Self {
        let os = place.choice == KeyStoreChoice::Os;
        Self {
            vault: open_vault(&place, install),
            passwords: os.then(|| OsPasswords::new(&place.environment, install)),
            place,
        }
    }

    fn found(
        &self,
        slot: &SlotId,
        open: impl FnOnce(&Vault, &SlotId) -> Result<Option<vault::Found>, VaultError>,
    ) -> Result<Option<Found>, Problem> {
        let opened = open(&self.vault, slot).map_err(|error| self.told(slot, &error))?;
        let stored = self.vault.stored();
        Ok(opened.map(|vault::Found { lease, history, .. }| Found { lease, stored, history }))
    }

    /// Nothing comes between the look and what it leads to: a lease that was put away meanwhile keeps its key.
    fn reopened(&self, slot: &SlotId) -> Result<Reopened, Problem> {
        let found = self.found(slot, Vault::open_quietly)?;
        let gone = || Reopened::Gone(self.vault.erase(slot).err().map(EraseError::problem));
        Ok(found.map_or_else(gone, |found| Reopened::Found(Box::new(found))))
    }

    /// Also where an earlier choice of key store left something behind.
    fn forget(&self, slot: &SlotId, install: &InstallKey) -> Result<(), Problem> {
        let Place { folder, environment, .. } = &self.place;
        let erased = match self.vault.erase(slot) {
            // What is not there keeps nothing.
            Ok(()) | Err(EraseError { file: None, key: Some(KeyVaultError::Missing) }) => Ok(()),
            Err(error) => Err(remains("session", error.problem().code)),
        };
        let in_file = FileKeys::new(folder).forget(slot);
        let in_store = OsKeys::new(environment, install).forget_if_held(slot).map(drop);
        let keys = in_file.and(in_store).map_err(|error| remains("session", error.problem().code));
        let password = OsPasswords::new(environment, install).forget_if_held(slot);
        let password = password.map(drop).map_err(|error| remains("password", error.problem().code));
        erased.and(keys).and(password)
    }

    /// What a person is told of a lease that does not open.
    ///
    /// One whose key is not where we look has it in another place, unless nothing can be there: a key store that has
    /// lost a key and one that never had it say the same.
    fn told(&self, slot: &SlotId, error: &VaultError) -> Problem {
        let in_a_file = || FileKeys::new(&self.place.folder).has(slot);
        let os = self.place.choice == KeyStoreChoice::Os;
        match error {
            VaultError::KeyGone if !os || in_a_file() => Code::SESSION_ELSEWHERE.into(),
            // Unlocking would bring back what never was in there.
            VaultError::Keys(_) if os && in_a_file() => Code::SESSION_ELSEWHERE.into(),
            error => error.problem(),
        }
    }
}

/// What of a person is still here.
pub(crate) fn remains(what: &str, cause: Code) -> Problem {
    Problem::new(Code::PERSON_NOT_FORGOTTEN).with("reason", what).with("cause", cause)
}

fn lock(choice: &Mutex<KeyStoreChoice>) -> MutexGuard<'_, KeyStoreChoice> {
    choice.lock().unwrap_or_else(PoisonError::into_inner)
}

fn open_vault(place: &Place, install: &InstallKey) -> Vault {
    let keys: Box<dyn KeyVault> = match place.choice {
        KeyStoreChoice::Os => Box::new(OsKeys::new(&place.environment, install)),
        KeyStoreChoice::File => Box::new(FileKeys::new(&place.folder)),
        KeyStoreChoice::Memory => Box::new(MemoryKeys),
    };
    let owner = relais_keystore::vault::Owner::of_this_process();
    Vault::new(&place.folder, place.environment.clone(), owner, keys)
}

#[cfg(test)]
mod tests;
