//! The sandbox as it stands: what its control endpoint tells at a glance, put together by service.
//!
//! Source: docs/reference/sandbox.md, sections 9 and 12.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use relais_engine::view::sandbox::{SandboxForm, SandboxHow, SandboxList, SandboxZone};
use serde::{Deserialize, Serialize};

use super::Hands;
use crate::services::Text;

/// What every key of the platform's services has before the name of the service.
const BUSINESS: &str = ":business:";

/// Everything that the hand can change, as it is now. As a document: docs/reference/cli.md, `sandbox show`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct World {
    /// The clocks.
    #[serde(flatten)]
    pub hands: Hands,
    /// The sign-in service lets nobody connect.
    pub outage: bool,
    /// Other faults of the sign-in service that are planned.
    pub faults: usize,
    /// The card is in the virtual reader; none where there is no such reader.
    pub card: Option<bool>,
    /// Zones in which nobody listens.
    pub lost: BTreeSet<SandboxZone>,
    /// How the list is served.
    pub list: SandboxList,
    /// In which version.
    pub form: SandboxForm,
    /// The scenario that is being played.
    pub scenario: Option<Playing>,
    /// Every service.
    pub services: Vec<Service>,
    /// What can be played.
    #[serde(skip)]
    pub scenarios: Vec<Scenario>,
}

/// A service, and how it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Service {
    /// Its key.
    pub key: String,
    /// Its name in the list; none for one that is in no list.
    pub name: Option<String>,
    /// Where the list places it.
    pub listed: Option<SandboxZone>,
    /// Where it answers, the main one first.
    pub zones: Vec<Place>,
}

/// A service in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Where.
    pub zone: SandboxZone,
    /// What it does there, while the zone is there.
    pub state: SandboxHow,
    /// How long one that comes and goes works, and then fails.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
}

/// A scenario that is being played.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Playing {
    /// Its name.
    pub name: String,
    /// Steps that were done.
    pub done: usize,
    /// How many it has.
    pub steps: usize,
    /// When the next one comes, by the platform's time.
    pub next_at: Timestamp,
}

/// A scenario that can be played.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Text,
    /// How many steps it has.
    pub steps: usize,
    /// How long it lasts, in milliseconds of turned time.
    pub lasts_ms: i64,
}

impl World {
    /// The service of this key, or of this end of a key: `kgss:v1`.
    #[must_use]
    pub fn service(&self, word: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.key == word || service.short() == word)
    }

    /// Nothing is other than usual, the clocks aside.
    #[must_use]
    pub fn usual(&self) -> bool {
        let well = self.lost.is_empty() && self.list == SandboxList::Honest && self.form == SandboxForm::V1;
        let here = !self.outage && self.faults == 0 && self.card != Some(false);
        well && here && self.scenario.is_none() && self.services.iter().all(Service::usual)
    }

    /// Nothing but time has passed between the two.
    #[must_use]
    pub fn differs_by_time_alone(&self, other: &Self) -> bool {
        Self { hands: other.hands.clone(), ..self.clone() } == *other
    }
}

impl Service {
    /// Its key without what all keys have: `kgss:v1`.
    #[must_use]
    pub fn short(&self) -> &str {
        self.key.split_once(BUSINESS).map_or(self.key.as_str(), |(_, short)| short)
    }

    /// It has an address there.
    #[must_use]
    pub fn is_in(&self, zone: SandboxZone) -> bool {
        self.zones.iter().any(|place| place.zone == zone)
    }

    fn usual(&self) -> bool {
        let at_home =
            self.listed.is_none_or(|zone| self.zones.first().is_some_and(|place| place.zone == zone));
        at_home && self.zones.iter().all(|place| place.state == SandboxHow::Works)
    }
}

/// The same in the words of the control endpoint.
#[derive(Deserialize)]
pub(super) struct Look {
    clock: Hands,
    faults: Vec<Plan>,
    continuity: Continuity,
    readers: Vec<Reader>,
    services: Vec<Row>,
    scenarios: Vec<Scenario>,
}

#[derive(Deserialize)]
struct Plan {
    fault: Fault,
}

#[derive(Deserialize)]
struct Fault {
    kind: String,
}

#[derive(Deserialize)]
struct Continuity {
    lost: BTreeSet<SandboxZone>,
    broken: Vec<At>,
    flapping: Vec<Flapping>,
    published: BTreeMap<String, SandboxZone>,
    list: SandboxList,
    form: SandboxForm,
    playing: Option<Play>,
}

#[derive(Deserialize)]
struct At {
    service: String,
    zone: SandboxZone,
}

#[derive(Deserialize)]
struct Flapping {
    #[serde(flatten)]
    at: At,
    seconds: u32,
}

#[derive(Deserialize)]
struct Play {
    scenario: String,
    left: usize,
    next_at: Timestamp,
}

#[derive(Deserialize)]
struct Reader {
    card: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Row {
    key: String,
    name: Option<String>,
    zones: Vec<SandboxZone>,
}

/// The fault that is an outage: nobody listens.
const REFUSED: &str = "refuse-connections";

impl From<Look> for World {
    fn from(look: Look) -> Self {
        let Look { clock, faults, continuity, readers, services, scenarios } = look;
        let outage = faults.iter().filter(|plan| plan.fault.kind == REFUSED).count();
        Self {
            hands: clock,
            outage: outage > 0,
            faults: faults.len() - outage,
            card: readers.first().map(|reader| reader.card.is_some()),
            scenario: continuity.playing.as_ref().map(|play| playing(play, &scenarios)),
            services: services.into_iter().map(|row| service(row, &continuity)).collect(),
            lost: continuity.lost,
            list: continuity.list,
            form: continuity.form,
            scenarios,
        }
    }
}

fn playing(play: &Play, scenarios: &[Scenario]) -> Playing {
    let steps = scenarios.iter().find(|known| known.name == play.scenario).map_or(play.left, |it| it.steps);
    let done = steps.saturating_sub(play.left);
    Playing { name: play.scenario.clone(), done, steps, next_at: play.next_at }
}

fn service(row: Row, continuity: &Continuity) -> Service {
    let here = |at: &At, zone| at.service == row.key && at.zone == zone;
    let place = |zone: &SandboxZone| {
        let flapping = continuity.flapping.iter().find(|one| here(&one.at, *zone));
        let state = match flapping {
            // One that is out of order does not come back in between.
            _ if continuity.broken.iter().any(|at| here(at, *zone)) => SandboxHow::Fails,
            Some(_) => SandboxHow::Flaps,
            None => SandboxHow::Works,
        };
        let seconds = flapping.filter(|_| state == SandboxHow::Flaps).map(|one| one.seconds);
        Place { zone: *zone, state, seconds }
    };
    let moved = continuity.published.get(&row.key).copied();
    let listed = row.name.as_ref().and_then(|_| moved.or_else(|| row.zones.first().copied()));
    Service { zones: row.zones.iter().map(place).collect(), key: row.key, name: row.name, listed }
}
