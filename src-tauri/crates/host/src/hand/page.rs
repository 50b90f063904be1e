//! The hand for the window: what its page shows of the sandbox, in the person's language, and what a person does there.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use relais_core::{Code, Problem};
use relais_engine::view::Millis;
use relais_engine::view::sandbox::{
    SandboxClock, SandboxDeed, SandboxFunction, SandboxHow, SandboxPlace, SandboxPlaying, SandboxScenario,
    SandboxService, SandboxView,
};

use super::world::{Service, World};
use super::{Clocks, Doing, FLAPS, Hand};
use crate::preferences::Language;
use crate::services::{Catalogue, Host};

/// Longest turn of a clock from the window.
const LONGEST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What the page shows.
#[must_use]
pub fn view(world: &World, language: Language) -> SandboxView {
    SandboxView {
        wall: millis(world.hands.wall),
        trusted: millis(world.hands.trusted),
        sign_in: !world.outage,
        faults: small(world.faults),
        card: world.card,
        lost: world.lost.iter().copied().collect(),
        list: world.list,
        form: world.form,
        functions: functions(world, language),
        services: world.services.iter().map(service).collect(),
        scenarios: scenarios(world, language),
        playing: playing(world, language),
        usual: world.usual(),
    }
}

fn functions(world: &World, language: Language) -> Vec<SandboxFunction> {
    let catalogue = Catalogue::built_in();
    let of = |function: &crate::services::Service| {
        let hosts = [Host::Platform, Host::Own, Host::Mycarenet];
        let addresses = hosts.into_iter().flat_map(|host| catalogue.addresses(function, host));
        let mut seen = BTreeSet::new();
        let here = addresses.filter(|it| world.service(&it.key.0).is_some() && seen.insert(it.key.0.clone()));
        let services = here.map(|address| address.key.0.clone()).collect();
        SandboxFunction { id: function.id.clone(), name: function.name.of(language).clone(), services }
    };
    catalogue.services.iter().map(of).filter(|function| !function.services.is_empty()).collect()
}

fn service(service: &Service) -> SandboxService {
    let place = |place: &super::world::Place| SandboxPlace { zone: place.zone, how: place.state };
    SandboxService {
        key: service.key.clone(),
        name: service.name.clone().unwrap_or_else(|| service.short().to_owned()),
        listed: service.listed,
        places: service.zones.iter().map(place).collect(),
    }
}

fn scenarios(world: &World, language: Language) -> Vec<SandboxScenario> {
    let of = |scenario: &super::world::Scenario| SandboxScenario {
        name: scenario.name.clone(),
        title: scenario.title.of(language).clone(),
        steps: small(scenario.steps),
        minutes: u32::try_from(SignedDuration::from_millis(scenario.lasts_ms).as_mins()).unwrap_or_default(),
    };
    world.scenarios.iter().map(of).collect()
}

fn playing(world: &World, language: Language) -> Option<SandboxPlaying> {
    let playing = world.scenario.as_ref()?;
    let known = world.scenarios.iter().find(|scenario| scenario.name == playing.name);
    let title = known.map_or(&playing.name, |scenario| scenario.title.of(language)).clone();
    Some(SandboxPlaying {
        name: playing.name.clone(),
        title,
        done: small(playing.done),
        steps: small(playing.steps),
        next_at: millis(playing.next_at),
    })
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[expect(clippy::cast_precision_loss, reason = "exact until the year 287396")]
fn millis(at: Timestamp) -> Millis {
    at.as_millisecond() as Millis
}

impl Hand {
    /// Does what a person asks for in the window.
    ///
    /// # Errors
    /// As the hand's own; [`Code::USAGE`] for a turn of more than a week.
    pub async fn does(&self, deed: SandboxDeed) -> Result<(), Problem> {
        match deed {
            SandboxDeed::Publish { services, zone } => {
                for service in &services {
                    self.publish(service, zone).await?;
                }
                Ok(())
            }
            SandboxDeed::PublishAll { zone } => self.publish_all(zone).await,
            SandboxDeed::Service { services, zone, how } => {
                for service in &services {
                    self.service_does(service, zone, doing(how)).await?;
                }
                Ok(())
            }
            SandboxDeed::Zone { zone, there } => self.zone_is_there(zone, there).await,
            SandboxDeed::List { state } => self.list_is(state).await,
            SandboxDeed::Form { form } => self.list_is_written(form).await,
            SandboxDeed::SignIn { there } => self.service_is_there(there).await,
            SandboxDeed::Card { there } => self.card_is_there(there).await,
            SandboxDeed::Turn { clock, minutes } => {
                self.turn(clocks(clock), stretch(minutes)?).await.map(drop)
            }
            SandboxDeed::Morning => self.turn_to_morning().await.map(drop),
            SandboxDeed::Play { name } => self.play(&name).await,
            SandboxDeed::Next => self.next().await,
            SandboxDeed::Stop => self.stop().await,
            SandboxDeed::Usual => self.as_usual().await,
        }
    }
}

fn doing(how: SandboxHow) -> Doing {
    match how {
        SandboxHow::Works => Doing::Works,
        SandboxHow::Fails => Doing::Fails,
        SandboxHow::Flaps => Doing::Flaps { seconds: FLAPS },
    }
}

fn clocks(clock: SandboxClock) -> Clocks {
    match clock {
        SandboxClock::All => Clocks::All,
        SandboxClock::Wall => Clocks::Wall,
        SandboxClock::Boot => Clocks::Boot,
        SandboxClock::Trusted => Clocks::Trusted,
    }
}

fn stretch(minutes: i32) -> Result<SignedDuration, Problem> {
    let by = SignedDuration::from_mins(minutes.into());
    if by.abs() <= LONGEST { Ok(by) } else { Err(Problem::new(Code::USAGE).with("reason", "no-stretch")) }
}
