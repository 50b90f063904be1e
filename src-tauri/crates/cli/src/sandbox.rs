//! `sandbox serve` and `sandbox card`: the invented world for vendors and testers.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use relais_core::{Code, Problem};
use relais_host::folders;
use relais_sandbox::World;
use relais_sandbox::clock::TurnedClock;
use relais_sandbox::eid::Model;
use relais_sandbox::eid::vpcd::serve_vpcd;
use relais_sandbox::platform::Ports;
use serde_json::json;

use crate::arguments::{Options, Sandbox};
use crate::outcome::{Outcome, announce, mistake};

/// Runs until Ctrl+C, which is the ordinary end of a simulator.
pub async fn run(options: &Options, command: &Sandbox) -> Result<Outcome, Problem> {
    let work = async {
        match command {
            Sandbox::Serve { state, sts_port, control_port } => {
                let ports = Ports { sts: *sts_port, control: *control_port };
                serve(options, &state_dir(options, state.as_ref())?, ports).await
            }
            Sandbox::Card { state, applet } => {
                card(options, &state_dir(options, state.as_ref())?, applet).await
            }
        }
    };
    tokio::select! {
        done = work => done,
        _ = tokio::signal::ctrl_c() => Ok(Outcome::announced()),
    }
}

fn state_dir(options: &Options, given: Option<&PathBuf>) -> Result<PathBuf, Problem> {
    match given {
        // The profile that is printed names files, and is read from wherever somebody stands.
        Some(dir) => std::path::absolute(dir).map_err(refused),
        None => Ok(folders::root(options.data_dir.as_deref())?.join("sandbox-world")),
    }
}

fn refused(error: impl std::fmt::Display) -> Problem {
    Problem::new(Code::DATA_FOLDER).with("reason", error)
}

async fn serve(options: &Options, state: &Path, ports: Ports) -> Result<Outcome, Problem> {
    let world = World::open(state, TurnedClock::running()).map_err(refused)?;
    let served = world.serve(ports).await.map_err(refused)?;
    let doctor = world.people().doctor();
    let document = json!({
        "profile": served.profile_path(),
        "sts": served.sts_url(),
        "control": served.control_url(),
        "token_file": served.token_file(),
        "keystore": doctor.keystore,
        "keystore_password": doctor.password,
    });
    announce(options, &document, served.profile_toml().trim_end());
    // Until Ctrl+C, which ends the command above us.
    std::future::pending().await
}

async fn card(options: &Options, state: &Path, applet: &str) -> Result<Outcome, Problem> {
    let port = options.reader.as_deref().and_then(|reader| reader.strip_prefix("vpcd:"));
    let port: u16 =
        port.and_then(|port| port.parse().ok()).ok_or_else(|| mistake("--reader reads vpcd:PORT"))?;
    let model = if applet == "1.7" { Model::V17 } else { Model::V18 };
    let world = World::open(state, TurnedClock::running()).map_err(refused)?;
    let card = world.card(world.people().doctor(), model).map_err(refused)?;
    let (pin, reader) = (card.pin().to_owned(), format!("vpcd:{port}"));
    let no_reader = |error| Problem::new(Code::READER_GONE).with("reader", &reader).with("reason", error);
    let served = serve_vpcd(Arc::new(Mutex::new(card)), port).map_err(no_reader)?;
    announce(options, &json!({ "reader": reader, "applet": applet, "pin": pin }), &format!("PIN {pin}"));
    let ended = tokio::task::spawn_blocking(move || served.wait()).await;
    ended.map_err(|_| Problem::new(Code::INTERNAL))?.map_err(no_reader)?;
    // The reader has gone: so has the card.
    Ok(Outcome::announced())
}
