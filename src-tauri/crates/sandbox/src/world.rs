//! A whole sandbox in one folder: authorities, people with cards and keystores, and the clock they live by.

use std::path::Path;

use crate::clock::TurnedClock;
use crate::eid::{EidAuthorities, Model, StoreError, VirtualEid, VirtualReader};
use crate::platform::authority::Authorities;
use crate::platform::organisations::Organisations;
use crate::platform::people::{People, Person};
use crate::platform::state::Folder;
use crate::platform::sts::Anchors;
use crate::platform::{Ports, ServeError, Served, StateError};

/// An invented world. Everything it invents stays in its folder and is found again when it is opened again.
#[derive(Clone)]
pub struct World {
    state: Folder,
    clock: TurnedClock,
    authorities: Authorities,
    eid: EidAuthorities,
    people: People,
    organisations: Organisations,
}

impl World {
    /// Opens the world of a folder, or founds it there. The first time takes some seconds: keys are made.
    pub fn open(state_dir: &Path, clock: TurnedClock) -> Result<Self, StateError> {
        let state = Folder::open(state_dir)?;
        let _founding = state.founding()?;
        let authorities = Authorities::open(&state)?;
        let now = clock.trusted();
        let eid = EidAuthorities::open_or_create(&state.inner("card")?.path().join("authorities.json"), now)?;
        let people = People::open(&state, &authorities, now)?;
        let organisations = Organisations::open(&state, &authorities, now)?;
        Ok(Self { state, clock, authorities, eid, people, organisations })
    }

    /// A world lives in this folder.
    #[must_use]
    pub fn lives_in(state_dir: &Path) -> bool {
        Folder::founded(state_dir)
    }

    /// The card of a person, made when it is first asked for; its PIN counter is kept in the folder.
    pub fn card(&self, person: &Person, model: Model) -> Result<VirtualEid, StoreError> {
        let file = self.state.path().join("card").join(format!("{}-{model:?}.json", person.key));
        if file.exists() {
            return VirtualEid::open(&file);
        }
        let mut card = VirtualEid::personalise(&person.on_card(), model, &self.eid, self.clock.trusted())?;
        card.keep_in(&file)?;
        Ok(card)
    }

    /// Starts the endpoints on loopback, within a tokio runtime.
    pub async fn serve(&self, ports: Ports) -> Result<Served, ServeError> {
        self.serve_with(ports, VirtualReader::without_readers()).await
    }

    /// As [`Self::serve`], with readers of this process that the control endpoint may touch.
    pub async fn serve_with(&self, ports: Ports, readers: VirtualReader) -> Result<Served, ServeError> {
        Served::start(self, &self.state, ports, readers).await
    }

    /// The folder it lives in.
    #[must_use]
    pub fn state_dir(&self) -> &Path {
        self.state.path()
    }

    /// The clock it lives by.
    #[must_use]
    pub fn clock(&self) -> &TurnedClock {
        &self.clock
    }

    /// Who certifies for the platform and for TLS.
    #[must_use]
    pub fn authorities(&self) -> &Authorities {
        &self.authorities
    }

    /// Who certifies cards.
    #[must_use]
    pub fn eid_authorities(&self) -> &EidAuthorities {
        &self.eid
    }

    /// Who signs in.
    #[must_use]
    pub fn people(&self) -> &People {
        &self.people
    }

    /// Organisations that sign in.
    #[must_use]
    pub fn organisations(&self) -> &Organisations {
        &self.organisations
    }

    /// Whom the platform believes: both chains with their issuing CAs, since messages carry the leaf alone.
    #[must_use]
    pub fn anchors(&self) -> Anchors {
        let mut eid = self.eid.roots();
        eid.extend(self.eid.citizen_authorities());
        let ehealth = [&self.authorities.root, &self.authorities.issuing].map(|ca| ca.certificate.clone());
        Anchors { eid, ehealth: ehealth.to_vec() }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_world_is_the_same_when_it_is_opened_again() {
        let dir = tempfile::tempdir().unwrap();
        let clock = TurnedClock::standing_at("2026-03-02T12:00:00Z".parse().unwrap());
        let first = World::open(dir.path(), clock.clone()).unwrap();
        let chip = first.card(first.people().doctor(), Model::V18).unwrap().chip_number();
        let second = World::open(dir.path(), clock).unwrap();
        let certificate =
            |world: &World| world.people().doctor().authentication.certificate.to_der().unwrap();
        assert_eq!(certificate(&first), certificate(&second));
        assert!(first.authorities().sts.key.public_eq(&second.authorities().sts.key));
        assert_eq!(second.card(second.people().doctor(), Model::V18).unwrap().chip_number(), chip);
    }

    #[test]
    fn two_that_found_a_world_at_once_found_the_same_one() {
        let dir = tempfile::tempdir().unwrap();
        let clock = TurnedClock::standing_at("2026-03-02T12:00:00Z".parse().unwrap());
        let start = std::sync::Barrier::new(2);
        let [first, second] = std::thread::scope(|scope| {
            let found = || {
                start.wait();
                World::open(dir.path(), clock.clone()).unwrap()
            };
            [scope.spawn(found), scope.spawn(found)].map(|thread| thread.join().unwrap())
        });
        assert!(first.authorities().sts.key.public_eq(&second.authorities().sts.key));
        let roots = |world: &World| world.eid_authorities().roots()[0].to_der().unwrap();
        assert_eq!(roots(&first), roots(&second));
    }

    #[test]
    fn a_card_bears_the_number_of_its_owner() {
        let dir = tempfile::tempdir().unwrap();
        let clock = TurnedClock::standing_at("2026-03-02T12:00:00Z".parse().unwrap());
        let world = World::open(dir.path(), clock).unwrap();
        for person in world.people().iter() {
            assert_eq!(person.on_card().ssin(), person.ssin, "{}", person.key);
        }
    }
}
