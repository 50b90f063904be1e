//! The sessions of a folder that nobody owns, for whoever only wants to see them: nothing is written.
//!
//! The rules are those of a start (`relais.rs`): the core hears the same events, and what it wants done is not done.

use std::sync::Arc;

use relais_core::lease::SlotId;
use relais_core::session::{Event, State, next};
use relais_core::time::Clock;
use relais_core::{Code, Problem};

use crate::adapters::{measured, restored_locked};
use crate::clock::Time;
use crate::control::{Reply, show};
use crate::lease_view::LeaseView;
use crate::leases::{LeaseRoom, Place};
use crate::profile::Profile;
use crate::records::Remembered;
use crate::{records, trusted};

/// What `session show` answers, by the clock that counts in the environment of a profile. Where that is the clock of a
/// sandbox that is not running, nobody knows what time it is there: what is kept is shown as it was written down, and it
/// is said that nobody judged it.
pub async fn look_by(profile: &Profile, place: Place, person: Option<SlotId>) -> Result<Reply, Problem> {
    match Time::in_environment(profile).await {
        Err(untold) if untold.code == Code::SANDBOX_CLOCK => {
            let mut state = state(place, &*Time::of_this_pc().clock).await?;
            state.warnings.push(untold.with("shown", "kept"));
            Ok(kept(&state, person))
        }
        time => look(place, person, time?.clock).await,
    }
}

/// The same, by this clock; found without an engine.
pub async fn look(place: Place, person: Option<SlotId>, clock: Arc<dyn Clock>) -> Result<Reply, Problem> {
    Ok(show(&state(place, &*clock).await?, clock.now(), person))
}

/// The session that lies there, whether it is over or not.
fn kept(state: &State, person: Option<SlotId>) -> Reply {
    let session = match person.or_else(|| state.person_in_use()) {
        Some(person) if !state.knows(&person) => return Reply::Failed(Code::PERSON_UNKNOWN.into()),
        Some(person) => state.session_of(&person),
        None => None,
    };
    Reply::Session { session: session.map(LeaseView::from), warnings: state.warnings.clone() }
}

async fn state(place: Place, clock: &dyn Clock) -> Result<State, Problem> {
    let mut state = State::new();
    for event in found(place, clock).await? {
        (state, _) = next(state, event, clock.now());
    }
    Ok(state)
}

/// One that was ended is no session, though nothing of it was erased: the next start does that.
fn remains_of_ended(slot: SlotId) -> Event {
    let left = Problem::new(Code::SESSION_NOT_ERASED)
        .with("reason", "file-and-key")
        .with("cause", Code::KEY_STORE_LOCKED);
    Event::Erased { slot, problem: Some(left) }
}

async fn found(place: Place, clock: &dyn Clock) -> Result<Vec<Event>, Problem> {
    let (folder, of_mark) = (place.folder.clone(), place.folder.clone());
    let remembered = tokio::task::spawn_blocking(move || records::remembered(&folder)).await;
    let (mut first, mut leases, mut last) = (Vec::new(), Vec::new(), Vec::new());
    let remembered = remembered.unwrap_or_else(|_| Err(Code::INTERNAL.into())).unwrap_or_else(|problem| {
        last.push(Event::Warned(problem));
        Remembered::default()
    });
    let Remembered { people, last: used, .. } = remembered.clone();
    first.push(Event::Remembered { people, last: used });
    let environment = place.environment.clone();
    let room = LeaseRoom::open_reading(place)?;
    let (install, now) = (room.install_key(), clock.now());
    let marked =
        tokio::task::spawn_blocking(move || trusted::look(&of_mark, &install, &environment, now)).await;
    match marked.unwrap_or_else(|_| Err(Code::INTERNAL.into())) {
        Ok(mark) => first.push(Event::TimeTold(mark)),
        // What the records themselves have to say is said already.
        Err(problem) if problem.code == Code::TRUSTED_TIME_BAD => last.push(Event::Warned(problem)),
        Err(_) => {}
    }
    for slot in room.slots().await? {
        match room.peek(slot.clone()).await {
            Ok(Some(_)) if remembered.unerased.contains(&slot) => last.push(remains_of_ended(slot)),
            Ok(one) => leases.extend(one),
            Err(problem) => last.push(remembered.unopened(slot, problem)),
        }
    }
    leases.sort_by_key(|one| std::cmp::Reverse(one.lease.issued_at));
    let boot = clock.boot_id();
    first.extend(measured(&leases, clock.now(), boot.as_ref()).map(Event::ClockKept));
    first.extend(leases.into_iter().map(|one| restored_locked(one, clock.now(), boot.as_ref())));
    first.append(&mut last);
    Ok(first)
}
