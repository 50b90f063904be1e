//! What is the matter now: zones that are lost, services that fail, and what the list says of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::registry::{self, Zone};
use crate::platform::service_list::Form;

/// What is wrong with the list that is served; it is published honestly behind that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ListState {
    /// Nothing.
    #[default]
    Honest,
    /// Changed after it was signed.
    BadSignature,
    /// Signed by an organisation of the right CA that calls its application as the platform does (T16).
    WrongSigner,
    /// Of another environment.
    OtherEnvironment,
    /// Issued an hour from now.
    ToCome,
    /// Issued an hour before the one that is in force.
    Old,
    /// Of the instant of the one that is in force, with other words (T16).
    Twin,
    /// The publisher answers 503.
    Gone,
}

/// A service that fails in a zone, while the zone answers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Its key.
    pub service: String,
    /// Where.
    pub zone: Zone,
}

/// A service that comes and goes in a zone: it works for so many seconds, then fails for as many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flapping {
    /// Its key.
    pub service: String,
    /// Where.
    pub zone: Zone,
    /// How long it works, and then fails.
    pub seconds: u32,
    /// When that began, by the platform's time.
    pub since: Timestamp,
}

/// All that is not as usual.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Situation {
    /// Zones in which nobody listens.
    pub lost: BTreeSet<Zone>,
    /// Services that fail there.
    pub broken: BTreeSet<Place>,
    /// Services that come and go.
    pub flapping: Vec<Flapping>,
    /// Services that the list places elsewhere than at their main address.
    pub published: BTreeMap<String, Zone>,
    /// How the list is served.
    pub list: ListState,
    /// In which version of its schema.
    pub form: Form,
}

/// Something done to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Act {
    /// The list places a service in a zone.
    Publish(Place),
    /// The list places every service there that has an address there.
    PublishAll(Zone),
    /// A service fails in a zone.
    Break(Place),
    /// It works there again.
    Mend(Place),
    /// It comes and goes.
    Flap {
        /// Its key.
        service: String,
        /// Where.
        zone: Zone,
        /// How long it works, and then fails.
        seconds: u32,
    },
    /// A zone is lost.
    Lose(Zone),
    /// A zone is back.
    Restore(Zone),
    /// The list is served so.
    List(ListState),
    /// The list is written in this version.
    Form(Form),
    /// All is as usual.
    AllWell,
}

/// Something that cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Impossible {
    /// No service of the sandbox has this key.
    #[error("no service is called {0}")]
    Unknown(String),
    /// It has no address there, or is in no list.
    #[error("{service} is not in zone {zone:?}")]
    Elsewhere {
        /// Its key.
        service: String,
        /// Where it is not.
        zone: Zone,
    },
    /// It would never change.
    #[error("a service comes and goes in some seconds, not in none")]
    Restless,
}

impl Situation {
    /// Does it, at `now` of the platform's time.
    ///
    /// # Errors
    /// [`Impossible`]; nothing was changed.
    pub fn apply(&mut self, act: &Act, now: Timestamp) -> Result<(), Impossible> {
        act.check()?;
        match act.clone() {
            Act::Publish(Place { service, zone }) => self.publish(service, zone),
            Act::PublishAll(zone) => {
                let there = |row: &&registry::Row| row.listed.is_some() && row.path(zone).is_some();
                registry::ROWS.iter().filter(there).for_each(|row| self.publish(row.key.to_owned(), zone));
            }
            Act::Break(place) => drop(self.broken.insert(place)),
            Act::Mend(place) => {
                self.flapping.retain(|one| (&one.service, one.zone) != (&place.service, place.zone));
                self.broken.remove(&place);
            }
            Act::Flap { service, zone, seconds } => {
                self.flapping.retain(|one| (&one.service, one.zone) != (&service, zone));
                self.flapping.push(Flapping { service, zone, seconds, since: now });
            }
            Act::Lose(zone) => drop(self.lost.insert(zone)),
            Act::Restore(zone) => drop(self.lost.remove(&zone)),
            Act::List(state) => self.list = state,
            Act::Form(form) => self.form = form,
            Act::AllWell => *self = Self::default(),
        }
        Ok(())
    }

    fn publish(&mut self, service: String, zone: Zone) {
        let main = registry::row(&service).is_some_and(|row| row.places[0].0 == zone);
        self.published.remove(&service);
        if !main {
            self.published.insert(service, zone);
        }
    }

    /// Whether it is one that [`Self::apply`] could have made.
    ///
    /// # Errors
    /// [`Impossible`].
    pub fn check(&self) -> Result<(), Impossible> {
        let publish =
            |(service, zone): (&String, &Zone)| Act::Publish(Place { service: service.clone(), zone: *zone });
        let flap =
            |one: &Flapping| Act::Flap { service: one.service.clone(), zone: one.zone, seconds: one.seconds };
        let broken = self.broken.iter().cloned().map(Act::Break);
        broken
            .chain(self.flapping.iter().map(flap))
            .chain(self.published.iter().map(publish))
            .try_for_each(|act| act.check())
    }

    /// Whether a service answers in a zone at `now`.
    #[must_use]
    pub fn works(&self, service: &str, zone: Zone, now: Timestamp) -> bool {
        let here = |place: &Place| place.service == service && place.zone == zone;
        let away = |one: &Flapping| one.service == service && one.zone == zone && one.away(now);
        !self.lost.contains(&zone) && !self.broken.iter().any(here) && !self.flapping.iter().any(away)
    }
}

impl Flapping {
    fn away(&self, now: Timestamp) -> bool {
        let gone = now.duration_since(self.since).max(SignedDuration::ZERO).as_secs();
        gone / i64::from(self.seconds.max(1)) % 2 == 1
    }
}

impl Act {
    /// Whether the sandbox has what it speaks of.
    ///
    /// # Errors
    /// [`Impossible`].
    pub fn check(&self) -> Result<(), Impossible> {
        let (service, zone, listed) = match self {
            Self::Publish(Place { service, zone }) => (service, *zone, true),
            Self::Break(Place { service, zone }) | Self::Mend(Place { service, zone }) => {
                (service, *zone, false)
            }
            Self::Flap { seconds: 0, .. } => return Err(Impossible::Restless),
            Self::Flap { service, zone, .. } => (service, *zone, false),
            _ => return Ok(()),
        };
        let row = registry::row(service).ok_or_else(|| Impossible::Unknown(service.clone()))?;
        let there = row.path(zone).is_some() && (!listed || row.listed.is_some());
        if there { Ok(()) } else { Err(Impossible::Elsewhere { service: service.clone(), zone }) }
    }

    /// The services it names.
    #[must_use]
    pub fn service(&self) -> Option<&str> {
        match self {
            Self::Publish(Place { service, .. })
            | Self::Break(Place { service, .. })
            | Self::Mend(Place { service, .. })
            | Self::Flap { service, .. } => Some(service),
            _ => None,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const KGSS: &str = "uddi:ehealth-fgov-be:business:kgss:v1";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + second).unwrap()
    }

    fn place(zone: Zone) -> Place {
        Place { service: KGSS.into(), zone }
    }

    #[test]
    fn an_act_is_written_as_people_write_it_and_read_strictly() {
        for (text, act) in [
            (r#"{"lose":"backup"}"#, Act::Lose(Zone::Backup)),
            (r#"{"list":"bad-signature"}"#, Act::List(ListState::BadSignature)),
            (r#""all-well""#, Act::AllWell),
            (&format!(r#"{{"break":{{"service":"{KGSS}","zone":"main"}}}}"#), Act::Break(place(Zone::Main))),
        ] {
            assert_eq!(serde_json::from_str::<Act>(text).unwrap(), act);
        }
        for wrong in [
            r#"{"lose":"moon"}"#,
            r#"{"shake":"main"}"#,
            r#"{"flap":{"service":"x","zone":"main","seconds":5,"often":true}}"#,
            r#"{"break":{"service":"x","zone":"main","hard":true}}"#,
        ] {
            assert!(serde_json::from_str::<Act>(wrong).is_err(), "{wrong}");
        }
        assert!(serde_json::from_str::<Situation>(r#"{"losst":["main"]}"#).is_err());
    }

    #[test]
    fn what_does_not_exist_is_not_touched() {
        let mut situation = Situation::default();
        let unknown = Act::Break(Place { service: "uddi:nothing".into(), zone: Zone::Main });
        assert!(matches!(situation.apply(&unknown, at(0)), Err(Impossible::Unknown(_))));
        assert!(situation.apply(&Act::Publish(place(Zone::Mycarenet)), at(0)).is_err());
        let still = Act::Flap { service: KGSS.into(), zone: Zone::Main, seconds: 0 };
        assert_eq!(situation.apply(&still, at(0)), Err(Impossible::Restless));
        assert_eq!(situation, Situation::default());
    }

    #[test]
    fn a_service_fails_where_it_was_broken_and_nowhere_else() {
        let mut situation = Situation::default();
        situation.apply(&Act::Break(place(Zone::Main)), at(0)).unwrap();
        assert!(!situation.works(KGSS, Zone::Main, at(0)) && situation.works(KGSS, Zone::Backup, at(0)));
        situation.apply(&Act::Lose(Zone::Backup), at(0)).unwrap();
        assert!(!situation.works(KGSS, Zone::Backup, at(0)));
        situation.apply(&Act::AllWell, at(0)).unwrap();
        assert_eq!(situation, Situation::default());
    }

    #[test]
    fn one_that_comes_and_goes_does_so_by_the_platforms_time() {
        let mut situation = Situation::default();
        let flap = Act::Flap { service: KGSS.into(), zone: Zone::Main, seconds: 60 };
        situation.apply(&flap, at(0)).unwrap();
        let works = |second| situation.works(KGSS, Zone::Main, at(second));
        assert_eq!([0, 59, 60, 119, 120, -5].map(works), [true, true, false, false, true, true]);
    }

    #[test]
    fn a_service_that_is_back_at_its_main_address_is_as_usual() {
        let mut situation = Situation::default();
        situation.apply(&Act::Publish(place(Zone::Backup)), at(0)).unwrap();
        assert_eq!(situation.published.len(), 1);
        situation.apply(&Act::PublishAll(Zone::Main), at(0)).unwrap();
        assert_eq!(situation, Situation::default());
    }
}
