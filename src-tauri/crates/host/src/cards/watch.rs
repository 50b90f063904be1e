//! The watch at the readers: tells the engine who comes and goes, and reads the tries left of a card that comes.

use std::time::Duration;

use relais_card::backend::LinkError;
use relais_core::card::{ReaderState, Readers};
use relais_core::session::Event;
use relais_core::{Code, Problem};
use relais_engine::Handle;

use super::{CardRoom, MakeBackend};

/// Longest wait for a change, so that a watch whose engine has gone ends.
const LONGEST: Duration = Duration::from_secs(10);
/// Pause before a service that is down is tried again (fault F3 wants it back within 5 s).
const AGAIN: Duration = Duration::from_secs(2);

/// Starts the watch; it ends with the engine.
pub(crate) fn watch(make: MakeBackend, room: CardRoom, engine: Handle) -> Result<(), Problem> {
    let runtime = tokio::runtime::Handle::current();
    let work = move || {
        while let Err(error) = look(&make, &room, &engine, &runtime) {
            let Some(error) = error else { return };
            if engine.tell_blocking(Event::ReadersSeen(Readers::Down(error.problem()))).is_err() {
                return;
            }
            std::thread::sleep(AGAIN);
        }
    };
    let started = std::thread::Builder::new().name("card-watch".to_owned()).spawn(work);
    started.map(drop).map_err(|_| Code::INTERNAL.into())
}

/// Looks until the service fails (`Some`) or the engine is gone (`None`).
fn look(
    make: &MakeBackend,
    room: &CardRoom,
    engine: &Handle,
    runtime: &tokio::runtime::Handle,
) -> Result<(), Option<LinkError>> {
    let mut monitor = make().monitor().map_err(Some)?;
    let mut before = Vec::new();
    loop {
        let seen = match monitor.wait(LONGEST).map_err(Some)? {
            Some(slots) => relais_card::atr::readers(Ok(slots)),
            None if engine.tell_blocking(Event::Tick).is_ok() => continue,
            None => return Err(None),
        };
        let eids: Vec<String> = match &seen {
            Readers::Seen(readers) => readers
                .iter()
                .filter(|reader| reader.state == ReaderState::Eid)
                .map(|reader| reader.name.clone())
                .collect(),
            Readers::Unseen | Readers::Down(_) => vec![],
        };
        engine.tell_blocking(Event::ReadersSeen(seen)).map_err(|_| None)?;
        for reader in eids.iter().filter(|reader| !before.contains(*reader)) {
            runtime.spawn(greet(room.clone(), engine.clone(), reader.clone()));
        }
        before = eids;
    }
}

/// Reads a card that has just come. What is wrong with it is told when somebody wants to sign in with it.
async fn greet(room: CardRoom, engine: Handle, reader: String) {
    if let Ok(face) = room.face(Some(reader.clone())).await {
        // An engine that is gone needs no greeting.
        let _ = engine.tell(Event::TriesSeen { reader, tries: face.tries }).await;
    }
}
