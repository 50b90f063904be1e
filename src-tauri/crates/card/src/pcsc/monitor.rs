//! Readers and cards that come and go, seen over a connection of their own.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use pcsc::{Context, PNP_NOTIFICATION, ReaderState, State};

use crate::backend::{LinkError, Monitor, ReaderSlot};

use super::{HUNG_AFTER, Service, Worker, is_service, named, names, slot};

/// How often a service that is down is looked for; an idle computer is not woken more often.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Changes in a row that show nothing new before the wait is given back.
const MOST_ROUNDS: usize = 64;

/// Watches on a thread of its own, so that a service that hangs cannot take the caller with it.
pub struct PcscMonitor {
    worker: Worker<Watch>,
}

impl PcscMonitor {
    pub fn new() -> Self {
        Self { worker: Worker::new("pcsc monitor", Watch::default()) }
    }
}

impl Monitor for PcscMonitor {
    fn wait(&mut self, longest: Duration) -> Result<Option<Vec<ReaderSlot>>, LinkError> {
        self.worker.ask(longest + HUNG_AFTER, move |watch| watch.wait(longest))?
    }
}

#[derive(Default)]
struct Watch {
    service: Service,
    states: Vec<ReaderState>,
    /// What was told last; nothing after a failure, so that the readers are told again when the service is back.
    told: Option<Vec<ReaderSlot>>,
    down: bool,
}

impl Watch {
    /// A service that goes down is told at once; while it stays down, it is looked for until `longest` is over.
    fn wait(&mut self, longest: Duration) -> Result<Option<Vec<ReaderSlot>>, LinkError> {
        let until = Instant::now() + longest;
        loop {
            let error = match self.look(until) {
                Ok(seen) => {
                    self.down = false;
                    return Ok(seen);
                }
                Err(error) => error,
            };
            self.states.clear();
            self.told = None;
            if is_service(error) {
                self.service.context = None;
            }
            let left = until.saturating_duration_since(Instant::now());
            if !std::mem::replace(&mut self.down, true) || left.is_zero() {
                return Err(error);
            }
            std::thread::sleep(LOOK_EVERY.min(left));
        }
    }

    fn look(&mut self, until: Instant) -> Result<Option<Vec<ReaderSlot>>, LinkError> {
        for _ in 0..MOST_ROUNDS {
            let context = self.service.context()?.clone();
            self.list(&context)?;
            let left = until.saturating_duration_since(Instant::now());
            match context.get_status_change(left, &mut self.states) {
                Ok(()) => {}
                // A reader that went between the list and the wait: list again.
                Err(pcsc::Error::UnknownReader) => {
                    self.states.clear();
                    continue;
                }
                Err(pcsc::Error::Timeout) if self.told.is_some() => return Ok(None),
                Err(pcsc::Error::Timeout) => {}
                Err(error) => return Err(named(error)),
            }
            let seen: Vec<_> = self.states.iter().skip(1).filter_map(slot).collect();
            if self.told.as_ref() != Some(&seen) {
                self.told = Some(seen.clone());
                return Ok(Some(seen));
            }
        }
        Ok(None)
    }

    /// Brings the list of what is waited for up to date: the service's own pseudo reader first, then the readers.
    fn list(&mut self, context: &Context) -> Result<(), LinkError> {
        let names = names(context)?;
        let known: BTreeSet<_> = names.iter().map(|name| name.as_c_str()).collect();
        if self.states.is_empty() {
            self.states.push(ReaderState::new(PNP_NOTIFICATION(), State::UNAWARE));
        }
        let pseudo = PNP_NOTIFICATION();
        let gone = State::UNKNOWN | State::IGNORE;
        self.states.retain(|state| {
            state.name() == pseudo || (known.contains(state.name()) && !state.event_state().intersects(gone))
        });
        self.states.iter_mut().for_each(ReaderState::sync_current_state);
        for name in &names {
            if !self.states.iter().any(|state| state.name() == name.as_c_str()) {
                self.states.push(ReaderState::new(name.clone(), State::UNAWARE));
            }
        }
        Ok(())
    }
}
