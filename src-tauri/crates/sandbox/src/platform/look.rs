//! What the control endpoint tells at a glance: everything that a hand in this sandbox can change, as it is now.
//!
//! Source: docs/reference/sandbox.md, section 9.

use serde::Serialize;

use super::continuity::registry::{ROWS, Row, Zone};
use super::continuity::scenario::{Scenario, Title};
use super::continuity::situation::Situation;
use super::continuity::stage::{Playing, Stage};
use super::control::Reach;
use super::faults::Plan;
use crate::clock::Reading;
use crate::eid::reader::Seen;

/// Everything.
#[derive(Serialize)]
pub(crate) struct Look {
    clock: Reading,
    faults: Vec<Plan>,
    continuity: Stands,
    readers: Vec<Seen>,
    services: Vec<Service>,
    scenarios: Vec<Listed>,
}

/// How things stand with zones, services and list.
#[derive(Serialize)]
pub(crate) struct Stands {
    #[serde(flatten)]
    situation: Situation,
    playing: Option<Playing>,
}

impl Stands {
    /// What is not as usual, once every step that is due was done.
    pub(crate) async fn of(stage: &Stage) -> Self {
        stage.settle().await;
        Self { situation: stage.situation(), playing: stage.playing() }
    }
}

/// A service, and where it answers.
#[derive(Serialize)]
struct Service {
    key: &'static str,
    /// Its name in the list; none for one that is in the registry alone.
    name: Option<&'static str>,
    /// The main one first.
    zones: Vec<Zone>,
}

impl From<&'static Row> for Service {
    fn from(row: &'static Row) -> Self {
        let zones = row.places.iter().map(|(zone, _)| *zone).collect();
        Self { key: row.key, name: row.listed, zones }
    }
}

/// A scenario that can be played.
#[derive(Serialize)]
pub(crate) struct Listed {
    name: &'static str,
    title: &'static Title,
    steps: usize,
    /// How long it lasts, in milliseconds.
    lasts_ms: i64,
}

/// A look at what a hand can reach.
pub(crate) async fn at(reach: &Reach) -> Look {
    Look {
        continuity: Stands::of(&reach.stage).await,
        clock: reach.clock.read(),
        faults: reach.faults.planned(),
        readers: reach.readers.seen(),
        services: ROWS.iter().map(Service::from).collect(),
        scenarios: scenarios(),
    }
}

/// Those that come with the sandbox.
pub(crate) fn scenarios() -> Vec<Listed> {
    let listed = |(name, scenario): &'static (&'static str, Scenario)| {
        let lasts = scenario.moments().last().map_or(0, |(at, _)| at.as_millis());
        let lasts_ms = i64::try_from(lasts).unwrap_or(i64::MAX);
        Listed { name, title: &scenario.title, steps: scenario.steps.len(), lasts_ms }
    };
    Scenario::all().iter().map(listed).collect()
}
