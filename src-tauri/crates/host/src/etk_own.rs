//! The own encryption key is asked for by itself, so that it is there on the day on which the depot is not.
//!
//! When is the core's to say ([`own_key`]). The question takes the road of every call and what came of it is heard by the
//! watch of the services; nobody is told of a depot that does not answer, and no sign-in waits for it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use jiff::Timestamp;
use relais_core::Problem;
use relais_core::continuity::own_key::{self, Came, Event, OwnKey};
use relais_core::continuity::watch::State as Watched;
use relais_core::ident::Identity;
use relais_core::lease::SlotId;
use relais_core::ports::Timer;
use relais_core::session::{Errand, State};
use relais_ehealth::assertion;
use relais_ehealth::etk_depot::{DepotError, EtkDepot, Found, Recipient};
use relais_ehealth::transport::Retry;
use relais_engine::Handle;
use tokio::sync::watch;

use crate::adapters::{Adapters, chance};
use crate::etk_ask::{DEPOT, client};
use crate::etk_cache::EtkCache;
use crate::relais::Parts;

/// Longest sleep: what is put off while somebody signs in, and a suspend, are noticed by then.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// Whose sessions were begun or found again in this run, none where they were forgotten since: who signs in with the card
/// alone may have no keystore that names them. Clones are the same.
#[derive(Clone, Default)]
pub(crate) struct SignedIn(Arc<Mutex<BTreeMap<SlotId, Option<Identity>>>>);

impl SignedIn {
    fn all(&self) -> MutexGuard<'_, BTreeMap<SlotId, Option<Identity>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// This slot is theirs.
    pub fn is(&self, slot: SlotId, owner: Identity) {
        self.all().insert(slot, Some(owner));
    }

    /// Nobody knows them any more; `erase` goes before or after whatever is being kept of them, and never in its midst.
    pub fn forget<R>(&self, slot: &SlotId, erase: impl FnOnce() -> R) -> R {
        let mut all = self.all();
        all.insert(slot.clone(), None);
        erase()
    }

    /// Keeps something of this person, unless they were forgotten.
    fn keep<R>(&self, slot: &SlotId, write: impl FnOnce() -> R) -> Option<R> {
        let all = self.all();
        let forgotten = matches!(all.get(slot), Some(None));
        (!forgotten).then(write)
    }

    fn owner(&self, slot: &SlotId) -> Option<Identity> {
        self.all().get(slot).cloned().flatten()
    }
}

impl Adapters {
    /// Whose slot it is: who signed in in this run, else the owner of a keystore, else whom the session itself names.
    pub(crate) async fn identity_of(&self, slot: Option<&SlotId>) -> Result<Option<Identity>, Problem> {
        if let Some(owner) = slot.and_then(|slot| self.signed_in.owner(slot)) {
            return Ok(Some(owner));
        }
        match (self.owner_of(&self.keys, slot).await, slot) {
            (Ok(None) | Err(_), Some(slot)) => Ok(self.named_by_the_session(slot).await),
            (owner, _) => owner,
        }
    }

    /// A session that was found again and has no keystore: its assertion names its person. It is believed where the slot
    /// is theirs.
    async fn named_by_the_session(&self, slot: &SlotId) -> Option<Identity> {
        let state = self.engine.get()?.state();
        let lease = state.session_of(slot)?.lease.id.clone();
        let assertion = self.leases.assertion(slot.clone(), lease).await?;
        let owner = Identity::from(assertion::user(assertion.reveal())?);
        let theirs = self.leases.slot(&owner).is_ok_and(|of| of == *slot);
        theirs.then(|| self.signed_in.is(slot.clone(), owner.clone()))?;
        Some(owner)
    }
}

/// Asks for the own key of whoever is signed in, until the engine ends.
pub(crate) fn follow(parts: &Parts, adapters: &Arc<Adapters>, engine: &Handle) {
    match client(&parts.profile, &parts.calls) {
        Ok(depot) => {
            let (adapters, timer) = (Arc::downgrade(adapters), parts.time.timer.clone());
            tokio::spawn(Own { depot, adapters, timer, engine: engine.clone() }.run());
        }
        // Whoever signs in is told of it.
        Err(problem) => tracing::warn!(%problem, "no encryption key is asked for"),
    }
}

struct Own {
    depot: EtkDepot,
    adapters: Weak<Adapters>,
    timer: Arc<dyn Timer>,
    engine: Handle,
}

impl Own {
    async fn run(self) {
        let (mut sessions, mut state) = (self.engine.states(), OwnKey::default());
        loop {
            let now = sessions.borrow_and_update().clone();
            let Some(adapters) = self.adapters.upgrade() else { return };
            let watched = adapters.watch().ok().map(|services| services.handle().states());
            let cut_off = watched.as_ref().is_some_and(|it| it.borrow().offline_since().is_some());
            let event = event(&adapters, &now, &state, cut_off).await;
            let free = event != Event::Tick { free: false };
            let (after, ask) = own_key::next(state, event, adapters.now());
            state = after;
            if let Some(person) = ask {
                state = self.asked(&adapters, state, &person).await;
                continue;
            }
            let wake = own_key::deadline(&state).filter(|_| free);
            let wake = wake.map(|at| now.by_this_pc(at, adapters.clock.now()));
            drop(adapters);
            let gone = tokio::select! {
                changed = sessions.changed() => changed.is_err(),
                () = self.timer.wait(wake, LONGEST) => false,
                () = back(watched.filter(|_| cut_off)) => false,
            };
            if gone {
                return;
            }
        }
    }

    /// Asks, unless the session ends meanwhile: then nobody wants to know.
    async fn asked(&self, adapters: &Adapters, state: OwnKey, person: &SlotId) -> OwnKey {
        // The pause that follows begins with the question, however long its answer takes.
        let (mut sessions, now) = (self.engine.states(), adapters.now());
        let came = tokio::select! {
            biased;
            _ = sessions.wait_for(|state| in_use(state) != Some(person)) => {
                return OwnKey::Off;
            }
            came = self.ask(adapters, person) => came,
        };
        own_key::next(state, Event::Asked { came, chance: chance() }, now).0
    }

    async fn ask(&self, adapters: &Adapters, person: &SlotId) -> Came {
        // Whose it is, or where the depot is, may be known later.
        let Ok(Some(owner)) = adapters.identity_of(Some(person)).await else {
            return Came::Silence { wait: None };
        };
        // Nobody of that sort has a key.
        let Ok(whom) = Recipient::of(&owner) else { return Came::Answered };
        let road = adapters.watch().map(|services| services.road(DEPOT)).unwrap_or_default();
        if road.is_empty() {
            return Came::Silence { wait: None };
        }
        let at = adapters.now().wall;
        let (found, contacts) = self.depot.ask_heard(&road, &whom, at).await;
        adapters.heard(contacts).await;
        match found {
            Ok(found) => {
                let kept = kept(adapters, person, whom, found, at).await;
                if let Err(problem) = kept {
                    tracing::warn!(%problem, "what the depot of encryption keys said was not kept");
                }
                Came::Answered
            }
            Err(error) => silence(&error),
        }
    }
}

/// What is new since the last look.
async fn event(adapters: &Adapters, now: &State, known: &OwnKey, cut_off: bool) -> Event {
    let Some(open) = now.session.open() else { return Event::SignedOut };
    let person = &open.lease.person.slot;
    if known.person() == Some(person) {
        let idle = matches!(now.errand, Errand::Idle | Errand::Failed { .. });
        return Event::Tick { free: idle && !cut_off };
    }
    let answered = seen(adapters, person).await.filter(|seen| *seen >= open.lease.issued_at);
    let answered = answered.map(|seen| adapters.now().wall.duration_since(seen));
    Event::SignedIn { person: person.clone(), since: open.since, answered, chance: chance() }
}

/// Whose session is in use.
fn in_use(state: &State) -> Option<&SlotId> {
    state.session.open().map(|open| &open.lease.person.slot)
}

/// When the depot said the key that is kept. What cannot be read is asked for.
async fn seen(adapters: &Adapters, person: &SlotId) -> Option<Timestamp> {
    let owner = adapters.identity_of(Some(person)).await.ok()??;
    let whom = Recipient::of(&owner).ok()?;
    let (folder, environment) = (adapters.folder.clone(), adapters.environment.clone());
    let read = move || EtkCache::find(&folder, environment).ok()??.seen(&whom).ok()?;
    tokio::task::spawn_blocking(read).await.ok()?
}

/// Keeps what was said, unless the person was forgotten meanwhile.
async fn kept(
    adapters: &Adapters,
    person: &SlotId,
    whom: Recipient,
    found: Found,
    at: Timestamp,
) -> Result<(), Problem> {
    let (folder, environment) = (adapters.folder.clone(), adapters.environment.clone());
    let (signed_in, person) = (adapters.signed_in.clone(), person.clone());
    let learn = move || EtkCache::open(&folder, environment)?.learn(&whom, &found, at);
    let write = move || signed_in.keep(&person, learn).unwrap_or(Ok(()));
    let written = tokio::task::spawn_blocking(write).await;
    written.unwrap_or_else(|_| Err(relais_core::Code::ADAPTER_PANIC.into()))
}

/// Waits until this PC reaches somebody again; for ever where it was not cut off.
async fn back(cut_off: Option<watch::Receiver<Arc<Watched>>>) {
    if let Some(mut states) = cut_off
        && states.wait_for(|state| state.offline_since().is_none()).await.is_ok()
    {
        return;
    }
    // A watch that is gone ends with the engine.
    std::future::pending().await
}

/// Nothing was learned of the key. A depot that answers with what nobody believes is worth a line in the log.
fn silence(error: &DepotError) -> Came {
    if !error.is_trouble() {
        tracing::warn!(problem = %error.problem(), "no encryption key was learned");
    }
    let wait = match error {
        DepotError::Transport(error) => match error.retry() {
            Retry::After(wait) => Some(wait),
            Retry::Never | Retry::Later => None,
        },
        DepotError::Fault(_) | DepotError::Answer(_) | DepotError::Etk(_) => None,
    };
    Came::Silence { wait }
}
