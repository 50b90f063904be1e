//! A whole sandbox in one folder: authorities, people, and the clock they live by.

use std::path::Path;

use crate::clock::TurnedClock;
use crate::platform::StateError;
use crate::platform::authority::Authorities;
use crate::platform::people::People;
use crate::platform::state::Folder;

/// An invented world. Everything it invents stays in its folder and is found again when it is opened again.
#[derive(Clone)]
pub struct World {
    clock: TurnedClock,
    authorities: Authorities,
    people: People,
}

impl World {
    /// Opens the world of a folder, or founds it there. The first time takes a second or two: keys are made.
    pub fn open(state_dir: &Path, clock: TurnedClock) -> Result<Self, StateError> {
        let state = Folder::open(state_dir)?;
        let authorities = Authorities::open(&state)?;
        let people = People::open(&state, &authorities, clock.trusted())?;
        Ok(Self { clock, authorities, people })
    }

    /// The clock it lives by.
    #[must_use]
    pub fn clock(&self) -> &TurnedClock {
        &self.clock
    }

    /// Who certifies.
    #[must_use]
    pub fn authorities(&self) -> &Authorities {
        &self.authorities
    }

    /// Who signs in.
    #[must_use]
    pub fn people(&self) -> &People {
        &self.people
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
        let second = World::open(dir.path(), clock).unwrap();
        let certificate =
            |world: &World| world.people().doctor().authentication.certificate.to_der().unwrap();
        assert_eq!(certificate(&first), certificate(&second));
        assert!(first.authorities().sts.key.public_eq(&second.authorities().sts.key));
    }
}
