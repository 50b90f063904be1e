//! The stage on which the platform has its good and bad days: acts are done here, and scenarios played.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use tokio::sync::{Mutex as Turnstile, watch};

use super::registry::{ROWS, Zone};
use super::scenario::{Scenario, Step};
use super::situation::{Act, Impossible, ListState, Situation};
use crate::clock::{Turn, TurnedClock};
use crate::platform::http::Door;
use crate::platform::service_list::Form;
use crate::platform::state::{Folder, StateError};

/// Longest that the stage sleeps without a look at the clock.
const LOOK: Duration = Duration::from_secs(3600);
/// File that keeps the instant of the last list, so that a sandbox that is served again never publishes a twin of it.
const ISSUED: &str = "list.issued";

/// The stage. Clones are the same one.
#[derive(Clone)]
pub struct Stage(Arc<Inner>);

struct Inner {
    clock: TurnedClock,
    state: Mutex<State>,
    doors: Vec<(Zone, Door)>,
    kept: Folder,
    /// One act at a time, doors included.
    acting: Turnstile<()>,
    /// How often something has become other than it was.
    changes: watch::Sender<u64>,
}

struct State {
    situation: Situation,
    play: Option<Play>,
    issued_at: Timestamp,
}

struct Play {
    name: &'static str,
    /// What is still to come, and when.
    left: Vec<(Timestamp, Step)>,
}

/// A scenario that is being played.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Playing {
    /// Its name.
    pub scenario: &'static str,
    /// Steps that are still to come.
    pub left: usize,
    /// When the next one comes, by the platform's time.
    pub next_at: Timestamp,
}

/// What the list says, honestly, and how it is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Publication {
    pub published: BTreeMap<String, Zone>,
    pub form: Form,
    pub issued_at: Timestamp,
    pub state: ListState,
}

/// No scenario has this name, or none is being played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no such scenario")]
pub struct NoScenario;

impl Stage {
    pub(crate) fn new(
        clock: TurnedClock,
        doors: Vec<(Zone, Door)>,
        kept: Folder,
    ) -> Result<Self, StateError> {
        let last = kept.read(ISSUED)?.and_then(|text| text.trim().parse().ok());
        let issued_at = after(last, clock.trusted());
        kept.write(ISSUED, issued_at.to_string().as_bytes())?;
        let state = Mutex::new(State { situation: Situation::default(), play: None, issued_at });
        let (acting, changes) = (Turnstile::default(), watch::Sender::new(0));
        Ok(Self(Arc::new(Inner { clock, state, doors, kept, acting, changes })))
    }

    // A panic while the lock is held leaves a whole state behind, so a poisoned lock is still a good one.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is not as usual.
    #[must_use]
    pub fn situation(&self) -> Situation {
        self.state().situation.clone()
    }

    /// Tells of everything that becomes other than it was, whoever did it.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.0.changes.subscribe()
    }

    /// The scenario that is being played.
    #[must_use]
    pub fn playing(&self) -> Option<Playing> {
        let state = self.state();
        let play = state.play.as_ref()?;
        let (next_at, _) = play.left.first()?;
        Some(Playing { scenario: play.name, left: play.left.len(), next_at: *next_at })
    }

    pub(crate) fn publication(&self) -> Publication {
        let state = self.state();
        let Situation { published, form, list, .. } = &state.situation;
        Publication { published: published.clone(), form: *form, issued_at: state.issued_at, state: *list }
    }

    /// Whether what is at a path of a zone answers; `None` where nothing is.
    pub(crate) fn works(&self, zone: Zone, path: &str) -> Option<bool> {
        let (state, now) = (self.state(), self.0.clock.trusted());
        // Two keys may share an address: what breaks one breaks both.
        let mut there = ROWS.iter().filter(|row| row.path(zone) == Some(path)).peekable();
        there.peek()?;
        Some(there.all(|row| state.situation.works(row.key, zone, now)))
    }

    /// Does it, and comes back when every listener has followed.
    ///
    /// # Errors
    /// [`Impossible`]; nothing was changed.
    pub async fn act(&self, act: &Act) -> Result<(), Impossible> {
        let _turn = self.0.acting.lock().await;
        self.catch_up();
        let done = self.change(self.0.clock.trusted(), |situation, now| situation.apply(act, now));
        self.doors().await;
        done
    }

    /// Puts this in the place of what is, and ends a scenario.
    ///
    /// # Errors
    /// [`Impossible`]; nothing was changed.
    pub async fn replace(&self, by: Situation) -> Result<(), Impossible> {
        by.check()?;
        let _turn = self.0.acting.lock().await;
        self.state().play = None;
        let done = self.change(self.0.clock.trusted(), |situation, _| {
            *situation = by;
            Ok(())
        });
        self.doors().await;
        done
    }

    /// Begins a scenario that comes with the sandbox, with all as usual.
    ///
    /// # Errors
    /// [`NoScenario`].
    pub async fn play(&self, name: &str) -> Result<(), NoScenario> {
        let known = Scenario::all().iter().find(|(known, _)| *known == name);
        let (name, scenario) = known.map(|(name, scenario)| (*name, scenario)).ok_or(NoScenario)?;
        let _turn = self.0.acting.lock().await;
        let now = self.0.clock.trusted();
        let at =
            |(after, step): (SignedDuration, &Step)| (now.saturating_add(after).unwrap_or(now), step.clone());
        self.well(now);
        self.state().play = Some(Play { name, left: scenario.moments().map(at).collect() });
        self.catch_up();
        self.doors().await;
        Ok(())
    }

    /// Ends a scenario where it is; all is as usual.
    pub async fn stop(&self) {
        let _turn = self.0.acting.lock().await;
        self.state().play = None;
        self.well(self.0.clock.trusted());
        self.doors().await;
    }

    /// Turns every clock to the moment of the next step.
    ///
    /// # Errors
    /// [`NoScenario`] where none is being played.
    pub async fn next(&self) -> Result<(), NoScenario> {
        let next = self.playing().ok_or(NoScenario)?.next_at;
        let wait = next.duration_since(self.0.clock.trusted());
        if wait.is_positive() {
            self.0.clock.turn(Turn::all(wait));
        }
        self.settle().await;
        Ok(())
    }

    /// Does the steps that are due, and comes back when every listener has followed.
    pub async fn settle(&self) {
        let _turn = self.0.acting.lock().await;
        self.catch_up();
        self.doors().await;
    }

    /// Plays until it is dropped.
    pub(crate) async fn run(self) {
        let mut turns = self.0.clock.subscribe();
        loop {
            turns.mark_unchanged();
            self.settle().await;
            let left = self.playing().map(|play| play.next_at.duration_since(self.0.clock.trusted()));
            let left = left.filter(|_| self.0.clock.read().running);
            let sleep = left.and_then(|left| Duration::try_from(left).ok()).unwrap_or(LOOK).min(LOOK);
            tokio::select! {
                () = tokio::time::sleep(sleep) => {}
                // The sender lives in the clock that we hold.
                _ = turns.changed() => {}
            }
        }
    }

    fn catch_up(&self) {
        let now = self.0.clock.trusted();
        loop {
            let due = {
                let mut state = self.state();
                let Some(play) = state.play.as_mut() else { return };
                match play.left.first() {
                    None => {
                        state.play = None;
                        return;
                    }
                    Some((at, _)) if *at > now => return,
                    Some(_) => play.left.remove(0),
                }
            };
            for act in &due.1.acts {
                let done = self.change(due.0, |situation, now| situation.apply(act, now));
                done.expect("every act of a scenario was checked when it was read");
            }
        }
    }

    fn well(&self, now: Timestamp) {
        let done = self.change(now, |situation, now| situation.apply(&Act::AllWell, now));
        done.expect("all is well can always be done");
    }

    /// Changes the situation; a list that says something else now is another list, issued later.
    fn change(
        &self,
        now: Timestamp,
        how: impl FnOnce(&mut Situation, Timestamp) -> Result<(), Impossible>,
    ) -> Result<(), Impossible> {
        let issued = {
            let mut state = self.state();
            let before = state.situation.clone();
            how(&mut state.situation, now)?;
            if state.situation != before {
                self.0.changes.send_modify(|count| *count += 1);
            }
            if (&state.situation.published, state.situation.form) == (&before.published, before.form) {
                return Ok(());
            }
            state.issued_at = after(Some(state.issued_at), now);
            state.issued_at
        };
        // Only the next sandbox of this folder needs it.
        if let Err(because) = self.0.kept.write(ISSUED, issued.to_string().as_bytes()) {
            tracing::warn!(%because, "the instant of the list was not kept");
        }
        Ok(())
    }

    async fn doors(&self) {
        let lost = self.state().situation.lost.clone();
        for (zone, door) in &self.0.doors {
            door.lose(lost.contains(zone)).await;
        }
    }
}

/// The instant of a list that follows one of `last`: never the same one, whatever the clock does. Lists write milliseconds.
fn after(last: Option<Timestamp>, now: Timestamp) -> Timestamp {
    let now = Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now);
    let next = last.and_then(|last| last.checked_add(SignedDuration::from_millis(1)).ok());
    next.map_or(now, |next| next.max(now))
}
