//! A sandbox ready to live in: the world is served on loopback, the doctor's card is in the reader.

use std::path::{Path, PathBuf};

use crate::clock::TurnedClock;
use crate::eid::{Model, StoreError, VirtualEid, VirtualReader};
use crate::platform::organisations::Organisation;
use crate::platform::people::Person;
use crate::platform::{Ports, ServeError, Served, StateError};
use crate::world::World;

/// Name of the virtual reader.
pub const READER: &str = "Relais virtual reader 00 00";

/// A sandbox that cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum HouseError {
    /// Its folder refuses.
    #[error(transparent)]
    State(#[from] StateError),
    /// Its card cannot be made or read.
    #[error(transparent)]
    Card(#[from] StoreError),
    /// Making it broke off.
    #[error("the sandbox could not be founded")]
    Founding,
    /// Its endpoints cannot start.
    #[error(transparent)]
    Serve(#[from] ServeError),
}

/// An invented practice: world, card, reader.
pub struct House {
    world: World,
    served: Served,
    readers: VirtualReader,
}

impl House {
    /// Opens the sandbox of a folder, or founds it there. Runs inside a tokio runtime.
    pub async fn open(folder: &Path) -> Result<Self, HouseError> {
        let state = folder.to_owned();
        // The first time keys are made, which takes seconds; nothing else waits for that.
        let founding = tokio::task::spawn_blocking(move || {
            let world = World::open(&state, TurnedClock::kept_in(&state)?)?;
            let card = world.card(world.people().doctor(), Model::V18)?;
            Ok::<_, HouseError>((world, card))
        });
        let (world, card) = founding.await.map_err(|_| HouseError::Founding)??;
        let readers = VirtualReader::new(READER);
        readers.insert(READER, card);
        let served = world.serve_with(Ports::default(), readers.clone()).await?;
        Ok(Self { world, served, readers })
    }

    fn doctor(&self) -> &Person {
        self.world.people().doctor()
    }

    /// The profile that leads a client here.
    #[must_use]
    pub fn profile_path(&self) -> &Path {
        self.served.profile_path()
    }

    /// The readers; clones are the same ones.
    #[must_use]
    pub fn readers(&self) -> &VirtualReader {
        &self.readers
    }

    /// The clock of this world.
    #[must_use]
    pub fn clock(&self) -> &TurnedClock {
        self.world.clock()
    }

    /// The endpoints and their faults.
    #[must_use]
    pub fn served(&self) -> &Served {
        &self.served
    }

    /// Folder with the doctor's keystore.
    #[must_use]
    pub fn keystores(&self) -> PathBuf {
        self.doctor().keystore.parent().map(Path::to_owned).unwrap_or_default()
    }

    /// Invented password of that keystore.
    #[must_use]
    pub fn password(&self) -> &str {
        &self.doctor().password
    }

    /// The organisation that signs in with its certificate; its keystore lies in the same folder.
    #[must_use]
    pub fn organisation(&self) -> &Organisation {
        self.world.organisations().practice()
    }

    /// Invented PIN of the card.
    #[must_use]
    pub fn pin(&self) -> String {
        self.readers.with_card(READER, |card| card.pin().to_owned()).unwrap_or_default()
    }

    /// The doctor's card of another model.
    pub fn card(&self, model: Model) -> Result<VirtualEid, StoreError> {
        self.world.card(self.doctor(), model)
    }

    /// Closes the endpoints.
    pub async fn stop(self) {
        self.served.stop().await;
    }
}
