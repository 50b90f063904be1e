//! `sandbox show`, `service`, `zone`, `list`, `scenario` and `reset`: what the window's place "Sandbox" does, for scripts.
//!
//! Each tells how the sandbox is afterwards, asked anew.

use relais_core::{Code, Problem};
use relais_engine::view::sandbox::{SandboxForm, SandboxHow, SandboxList, SandboxZone};
use relais_host::hand::world::{Place, Scenario, Service, World};
use relais_host::hand::{Doing, FLAPS, Hand};
use relais_host::texts::Texts;
use serde::Serialize;
use serde_json::json;

use crate::arguments::{Options, Sandbox, ScenarioHand, ServiceHand, ZoneHand};
use crate::hand::hand;
use crate::outcome::{Outcome, language_of, mistake, texts};
use crate::plain::{self, Page, columns};

/// Does it, and tells how things are then.
pub async fn run(options: &Options, command: &Sandbox) -> Result<Outcome, Problem> {
    let hand = hand(options)?;
    match command {
        Sandbox::Show => {}
        Sandbox::Service { key, act, zone, seconds } => service(&hand, key, *act, *zone, *seconds).await?,
        Sandbox::Zone { zone, act } => match act {
            ZoneHand::Lost => hand.zone_is_there(*zone, false).await?,
            ZoneHand::There => hand.zone_is_there(*zone, true).await?,
            ZoneHand::Listed => hand.publish_all(*zone).await?,
        },
        Sandbox::List { served, form } => {
            hand.list_is(*served).await?;
            if let Some(form) = form {
                hand.list_is_written(*form).await?;
            }
        }
        Sandbox::Scenario(ScenarioHand::List) => return listed(options, &hand.look().await?),
        Sandbox::Scenario(act) => scenario(&hand, act).await?,
        Sandbox::Reset => hand.as_usual().await?,
        // They go another way.
        Sandbox::Serve { .. } | Sandbox::Card { .. } | Sandbox::Turn { .. } | Sandbox::Outage { .. } => {
            return Err(Code::INTERNAL.into());
        }
    }
    let world = hand.look().await?;
    let text = told(&texts(options), &world);
    Outcome::new(&world, text)
}

async fn service(
    hand: &Hand,
    key: &str,
    act: ServiceHand,
    zone: SandboxZone,
    seconds: Option<u32>,
) -> Result<(), Problem> {
    if seconds.is_some() && act != ServiceHand::Flaps {
        return Err(mistake("--seconds", "only-for-flaps"));
    }
    let world = hand.look().await?;
    let service = world.service(key).ok_or_else(|| mistake("KEY", "no-such-service").with("value", key))?;
    if !service.is_in(zone) || (act == ServiceHand::Listed && service.listed.is_none()) {
        return Err(mistake("--zone", "no-address-there").with("value", word(zone)));
    }
    let doing = match act {
        ServiceHand::Listed => return hand.publish(&service.key, zone).await,
        ServiceHand::Works => Doing::Works,
        ServiceHand::Fails => Doing::Fails,
        ServiceHand::Flaps => Doing::Flaps { seconds: seconds.unwrap_or(FLAPS) },
    };
    hand.service_does(&service.key, zone, doing).await
}

async fn scenario(hand: &Hand, act: &ScenarioHand) -> Result<(), Problem> {
    match act {
        ScenarioHand::Play { scenario } => {
            let known: Vec<String> = hand.look().await?.scenarios.into_iter().map(|it| it.name).collect();
            if !known.contains(scenario) {
                let mistake = mistake("NAME", "no-such-scenario").with("value", scenario);
                return Err(mistake.with("possible", known.join(", ")));
            }
            hand.play(scenario).await
        }
        ScenarioHand::Next => hand.next().await,
        ScenarioHand::Stop => hand.stop().await,
        ScenarioHand::List => Ok(()),
    }
}

/// The scenarios that can be played, their titles in the person's language.
fn listed(options: &Options, world: &World) -> Result<Outcome, Problem> {
    let (texts, language) = (texts(options), language_of(options));
    let minutes = |scenario: &Scenario| scenario.lasts_ms / 60_000;
    let title = |scenario: &Scenario| scenario.title.of(language).clone();
    let document = |it: &Scenario| json!({ "name": it.name, "title": title(it), "steps": it.steps, "minutes": minutes(it) });
    let row = |it: &Scenario| {
        let lasts = texts.get("sandbox-lasts", &[("m", &minutes(it).to_string())]);
        vec![it.name.clone(), lasts, title(it)]
    };
    let rows: Vec<_> = world.scenarios.iter().map(row).collect();
    let documents: Vec<_> = world.scenarios.iter().map(document).collect();
    Outcome::new(&json!({ "scenarios": documents }), columns(&rows))
}

/// For a person: the clocks, and whatever is not as usual.
fn told(texts: &Texts, world: &World) -> String {
    let page = Page::new(texts)
        .line("sandbox-wall", &plain::exactly(world.hands.wall))
        .line("sandbox-trusted", &plain::exactly(world.hands.trusted));
    let page = match &world.scenario {
        Some(playing) => {
            let (done, steps) = (playing.done.to_string(), playing.steps.to_string());
            let next = plain::exactly(playing.next_at);
            let values = [("name", playing.name.as_str()), ("n", &done), ("m", &steps), ("next", &next)];
            page.line("sandbox-plays", &texts.get("sandbox-step", &values))
        }
        None => page,
    };
    let lost = world.lost.iter().map(|zone| texts.get("sandbox-zone-lost", &[("zone", &word(zone))]));
    let list = texts.get("sandbox-list-state", &[("state", &word(world.list))]);
    let faults = texts.get("sandbox-faults", &[("n", &world.faults.to_string())]);
    let rest = [
        (world.usual(), texts.get("sandbox-usual", &[])),
        (world.outage, texts.get("sandbox-outage-on", &[])),
        (world.faults > 0, faults),
        (world.card == Some(false), texts.get("sandbox-card-pulled", &[])),
        (world.list != SandboxList::Honest, list),
        (world.form != SandboxForm::V1, texts.get("sandbox-list-form", &[("form", &word(world.form))])),
    ];
    let rest = rest.into_iter().filter(|(holds, _)| *holds).map(|(_, line)| line);
    let rows: Vec<_> = world.services.iter().flat_map(|service| rows(texts, service)).collect();
    let parts = [page.text()].into_iter().chain(rest).chain(lost).chain([columns(&rows)]);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// What is not as usual with a service: where the list places it, and what it does at its addresses.
fn rows(texts: &Texts, service: &Service) -> Vec<Vec<String>> {
    let row =
        |zone: SandboxZone, key: &str| vec![service.short().to_owned(), word(zone), texts.get(key, &[])];
    let home = service.zones.first().map(|place| place.zone);
    let moved =
        service.listed.filter(|zone| Some(*zone) != home).map(|zone| row(zone, "sandbox-service-listed"));
    let state = |place: &Place| match place.state {
        SandboxHow::Works => None,
        SandboxHow::Fails => Some(row(place.zone, "sandbox-service-fails")),
        SandboxHow::Flaps => Some(row(place.zone, "sandbox-service-flaps")),
    };
    moved.into_iter().chain(service.zones.iter().filter_map(state)).collect()
}

/// The word for it, as it is typed and as documents have it.
fn word(of: impl Serialize) -> String {
    let word = serde_json::to_value(of).ok();
    word.as_ref().and_then(|word| word.as_str()).unwrap_or_default().to_owned()
}
