//! `sandbox serve` and `sandbox card`: the invented world for vendors and testers.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use relais_core::{Code, Problem};
use relais_host::file::Unreadable;
use relais_host::folders;
use relais_sandbox::World;
use relais_sandbox::clock::TurnedClock;
use relais_sandbox::eid::vpcd::serve_vpcd;
use relais_sandbox::eid::{Model, StoreError};
use relais_sandbox::platform::{Ports, ServeError, StateError};
use serde_json::json;

use crate::arguments::{Options, Sandbox};
use crate::hand;
use crate::outcome::{Outcome, announce, mistake};
use crate::stage;

/// Runs until Ctrl+C, which is the ordinary end of a simulator, and not of one that is still being founded.
pub async fn run(options: &Options, command: &Sandbox) -> Result<Outcome, Problem> {
    let state = match command {
        Sandbox::Turn { by, clock } => return hand::turn(options, by, *clock).await,
        Sandbox::Outage { outage } => return hand::outage(options, *outage).await,
        Sandbox::Card { hand: Some(act), .. } => return hand::card(options, *act).await,
        Sandbox::Serve { state, .. } | Sandbox::Card { state, .. } => state,
        other => return stage::run(options, other).await,
    };
    if matches!(command, Sandbox::Card { .. }) {
        vpcd(options)?;
    }
    let place = state_dir(options, state.as_ref())?;
    // A card belongs to a world that is served: a slip in its name founds no other one.
    if matches!(command, Sandbox::Card { .. }) && !World::lives_in(&place) {
        return Err(Problem::new(Code::NO_SANDBOX).with("file", place.display()));
    }
    let until_told = async {
        // A system without signals is one where nobody presses Ctrl+C.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::pin!(until_told);
    let world = tokio::select! {
        // Heard from its first turn on, which has to come before the first file is made.
        biased;
        // Whatever was founded so far is whole, and the next start goes on from there.
        () = &mut until_told => return Err(Code::INTERRUPTED.into()),
        world = founded(place) => world?,
    };
    let work = async {
        match command {
            Sandbox::Serve { sts_port, control_port, .. } => {
                serve(options, &world, Ports { sts: *sts_port, control: *control_port }).await
            }
            Sandbox::Card { applet, .. } => card(options, &world, applet).await,
            // They went another way above.
            _ => Err(Code::INTERNAL.into()),
        }
    };
    tokio::select! {
        done = work => done,
        () = &mut until_told => Ok(Outcome::announced()),
    }
}

/// The world of a folder. The first time keys are made, which takes seconds: on a thread that nobody waits for.
async fn founded(state: PathBuf) -> Result<World, Problem> {
    let founding = tokio::task::spawn_blocking(move || {
        TurnedClock::kept_in(&state)
            .and_then(|clock| World::open(&state, clock))
            .map_err(|error| state_refused(&state, &error))
    });
    founding.await.map_err(|_| Problem::new(Code::INTERNAL))?
}

fn state_dir(options: &Options, given: Option<&PathBuf>) -> Result<PathBuf, Problem> {
    let dir = match given {
        // The profile that is printed names files, and is read from wherever somebody stands.
        Some(dir) => std::path::absolute(dir).map_err(|error| unusable(dir, Unreadable::of(&error).0))?,
        None => folders::root(options.data_dir.as_deref())?.join("sandbox-world"),
    };
    // TOML and JSON are text, and so has to be every name in them.
    if dir.to_str().is_some() { Ok(dir) } else { Err(mistake("--state", "no-text")) }
}

fn unusable(state: &Path, reason: &str) -> Problem {
    Problem::new(Code::DATA_FOLDER).with("file", state.display()).with("reason", reason)
}

fn state_refused(state: &Path, error: &StateError) -> Problem {
    match error {
        StateError::File { path, because } => unusable(path, Unreadable::of(because).0),
        StateError::Card(StoreError::File { file, cause }) => unusable(file, Unreadable::of(cause).0),
        StateError::Card(StoreError::Damaged { file, .. }) | StateError::Foreign { path: file } => {
            unusable(file, "not-of-the-sandbox")
        }
        other => unusable(state, &other.to_string()),
    }
}

fn not_served(state: &Path, error: ServeError) -> Problem {
    match error {
        ServeError::Listen { port, because } => {
            let reason = match because.kind() {
                ErrorKind::AddrInUse => "port-taken",
                ErrorKind::PermissionDenied => "port-reserved",
                _ => "port-refused",
            };
            Problem::new(Code::PORT_UNUSABLE).with("port", port).with("reason", reason)
        }
        ServeError::Served => Problem::new(Code::SANDBOX_SERVED).with("file", state.display()),
        ServeError::State(error) => state_refused(state, &error),
        ServeError::Tls(error) => unusable(state, &error.to_string()),
    }
}

async fn serve(options: &Options, world: &World, ports: Ports) -> Result<Outcome, Problem> {
    let served = world.serve(ports).await.map_err(|error| not_served(world.state_dir(), error))?;
    let (doctor, organisation) = (world.people().doctor(), world.organisations().practice());
    let document = json!({
        "profile": served.profile_path(),
        "sts": served.sts_url(),
        "control": served.control_url(),
        "token_file": served.token_file(),
        "keystore": doctor.keystore,
        "keystore_password": doctor.password,
        "organisation_keystore": organisation.keystore,
        "organisation_password": organisation.password,
    });
    announce(options, &document, served.profile_toml().trim_end());
    // Until Ctrl+C, which ends the command above us.
    std::future::pending().await
}

/// The port of the reader to fill.
fn vpcd(options: &Options) -> Result<u16, Problem> {
    let port = options.reader.as_deref().and_then(|reader| reader.strip_prefix("vpcd:"));
    port.and_then(|port| port.parse().ok()).ok_or_else(|| mistake("--reader", "no-vpcd"))
}

async fn card(options: &Options, world: &World, applet: &str) -> Result<Outcome, Problem> {
    let port = vpcd(options)?;
    let model = if applet == "1.7" { Model::V17 } else { Model::V18 };
    let card = world.card(world.people().doctor(), model);
    let card = card.map_err(|error| state_refused(world.state_dir(), &error.into()))?;
    let (pin, reader) = (card.pin().to_owned(), format!("vpcd:{port}"));
    let no_reader = |error| Problem::new(Code::READER_GONE).with("reader", &reader).with("reason", error);
    let served = serve_vpcd(Arc::new(Mutex::new(card)), port).map_err(no_reader)?;
    announce(options, &json!({ "reader": reader, "applet": applet, "pin": pin }), &format!("PIN {pin}"));
    let ended = tokio::task::spawn_blocking(move || served.wait()).await;
    ended.map_err(|_| Problem::new(Code::INTERNAL))?.map_err(no_reader)?;
    // The reader has gone: so has the card.
    Ok(Outcome::announced())
}
