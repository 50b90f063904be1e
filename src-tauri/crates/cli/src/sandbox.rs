//! `sandbox serve` and `sandbox card`: the invented world for vendors and testers.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use relais_core::{Code, Problem};
use relais_host::folders;
use relais_sandbox::World;
use relais_sandbox::clock::TurnedClock;
use relais_sandbox::eid::Model;
use relais_sandbox::eid::vpcd::serve_vpcd;
use relais_sandbox::platform::Ports;

use crate::arguments::{Options, Sandbox};
use crate::outcome::{Outcome, mistake, progress};

pub async fn run(options: &Options, command: &Sandbox) -> Result<Outcome, Problem> {
    match command {
        Sandbox::Serve { state, sts_port, control_port } => {
            let ports = Ports { sts: *sts_port, control: *control_port };
            serve(&state_dir(options, state.as_ref())?, ports).await
        }
        Sandbox::Card { into, state, applet } => {
            let reader = into.as_deref().or(options.reader.as_deref()).unwrap_or_default();
            card(&state_dir(options, state.as_ref())?, reader, applet)
        }
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

async fn serve(state: &std::path::Path, ports: Ports) -> Result<Outcome, Problem> {
    let world = World::open(state, TurnedClock::running()).map_err(refused)?;
    let served = world.serve(ports).await.map_err(refused)?;
    println!("{}", served.profile_toml());
    progress(&format!("{}", served.profile_path().display()));
    // Until Ctrl+C, which ends the command above us.
    std::future::pending::<()>().await;
    Err(Code::INTERRUPTED.into())
}

fn card(state: &std::path::Path, reader: &str, applet: &str) -> Result<Outcome, Problem> {
    let port = reader.strip_prefix("vpcd:").and_then(|port| port.parse().ok());
    let port: u16 = port.ok_or_else(|| mistake("--reader reads vpcd:PORT"))?;
    let model = match applet {
        "1.8" => Model::V18,
        "1.7" => Model::V17,
        _ => return Err(mistake("--applet is 1.7 or 1.8")),
    };
    let world = World::open(state, TurnedClock::running()).map_err(refused)?;
    let card = world.card(world.people().doctor(), model).map_err(refused)?;
    progress(&format!("PIN {}", card.pin()));
    let served = serve_vpcd(Arc::new(Mutex::new(card)), port).map_err(refused)?;
    served.wait().map_err(refused)?;
    Err(Code::INTERRUPTED.into())
}
