//! The lease room: one thread with the vault. A key store of the system that asks something counts as locked.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use relais_core::environment::EnvironmentName;
use relais_core::ident::Ssin;
use relais_core::lease::{SlotId, Stored, TokenLease};
use relais_core::secret::SecretBytes;
use relais_core::time::Clock;
use relais_core::{Code, Problem};
use relais_keystore::vault::Kept;
use relais_keystore::{FileKeys, InstallKey, KeyVault, MemoryKeys, OsKeys, Vault};

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
}

/// The thread with the vault.
#[derive(Clone)]
pub struct LeaseRoom {
    worker: Worker<Tool>,
    place: Place,
    install: Arc<InstallKey>,
}

/// A lease that was found, or why it was not.
pub type Found = Result<(TokenLease, Stored), (SlotId, Problem)>;

impl LeaseRoom {
    /// Opens the room; makes the install key on the first start.
    pub fn open(place: Place) -> Result<Self, Problem> {
        let install = Arc::new(InstallKey::load_or_create(&place.folder).map_err(|e| e.problem())?);
        let (kept, key) = (place.clone(), install.clone());
        let worker = Worker::start("vault", HUNG, move || Tool { vault: vault(&kept, &key, kept.choice) })?;
        Ok(Self { worker, place, install })
    }

    /// Where the lease of a person is kept.
    pub fn slot(&self, person: &Ssin) -> Result<SlotId, Problem> {
        self.install.slot_id(&self.place.environment, person).map_err(|e| e.problem())
    }

    /// Puts leases elsewhere from now on. What is in memory only stays with the old vault's end.
    pub async fn choose(&self, choice: KeyStoreChoice) -> Result<(), Problem> {
        let (place, install) = (self.place.clone(), self.install.clone());
        self.call(move |tool| tool.vault = vault(&place, &install, choice)).await
    }

    /// Puts a lease away, or holds it in memory and says why.
    pub async fn keep(&self, lease: TokenLease, assertion: SecretBytes) -> Result<Kept, Problem> {
        self.call(move |tool| tool.vault.keep(&lease, &assertion)).await
    }

    /// Erases a person's lease.
    pub async fn erase(&self, slot: SlotId) -> Result<(), Problem> {
        self.call(move |tool| tool.vault.erase(&slot)).await?.map_err(|e| e.problem())
    }

    /// The leases of this environment. Those that ended long ago are erased on the way.
    pub async fn find(&self, clock: Arc<dyn Clock>) -> Result<Vec<Found>, Problem> {
        let found = self.call(move |tool| tool.find(&*clock)).await?;
        found.map_err(|error| error.problem())
    }

    async fn call<R: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Tool) -> R + Send + 'static,
    ) -> Result<R, Problem> {
        self.worker.call(job).await.map_err(|silence| silence.problem(Code::KEY_STORE_LOCKED))
    }
}

/// A lease whose end is this far behind no clock will bring back.
const LONG_AGO: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);

impl Tool {
    fn find(&self, clock: &dyn Clock) -> Result<Vec<Found>, relais_keystore::VaultError> {
        let mut found = Vec::new();
        for slot in self.vault.list()? {
            match self.vault.open(&slot) {
                Ok(Some((lease, _))) if lease.ends_at() + LONG_AGO < clock.now().wall => {
                    self.vault.erase(&slot)?
                }
                Ok(Some((lease, _))) => found.push(Ok((lease, self.vault.stored()))),
                Ok(None) => {}
                Err(error) => found.push(Err((slot, error.problem()))),
            }
        }
        Ok(found)
    }
}

fn vault(place: &Place, install: &InstallKey, choice: KeyStoreChoice) -> Vault {
    let keys: Box<dyn KeyVault> = match choice {
        KeyStoreChoice::Os => Box::new(OsKeys::new(&place.environment, install)),
        KeyStoreChoice::File => Box::new(FileKeys::new(&place.folder)),
        KeyStoreChoice::Memory => Box::new(MemoryKeys),
    };
    let owner = relais_keystore::vault::Owner::of_this_process();
    Vault::new(&place.folder, place.environment.clone(), owner, keys)
}
