//! The sessions of a folder that nobody owns, for whoever only wants to see them: nothing is written.
//!
//! The rules are those of a start (`relais.rs`): the core hears the same events, and what it wants done is not done.

use std::sync::Arc;

use relais_core::Problem;
use relais_core::lease::SlotId;
use relais_core::session::{Event, State, next};
use relais_core::time::Clock;

use crate::adapters::{measured, restored_locked};
use crate::control::{Reply, show};
use crate::leases::{LeaseRoom, Place};
use crate::{records, trusted};

/// What `session show` answers, found without an engine.
pub async fn look(place: Place, person: Option<SlotId>, clock: Arc<dyn Clock>) -> Result<Reply, Problem> {
    let mut state = State::new();
    for event in found(place, &*clock).await? {
        (state, _) = next(state, event, clock.now());
    }
    Ok(show(&state, clock.now(), person))
}

async fn found(place: Place, clock: &dyn Clock) -> Result<Vec<Event>, Problem> {
    let (folder, of_mark) = (place.folder.clone(), place.folder.clone());
    let remembered = tokio::task::spawn_blocking(move || records::remembered(&folder)).await;
    let (mut first, mut leases, mut last) = (Vec::new(), Vec::new(), Vec::new());
    match remembered.unwrap_or_else(|_| Err(relais_core::Code::INTERNAL.into())) {
        Ok((people, used)) => first.push(Event::Remembered { people, last: used }),
        Err(problem) => last.push(Event::Warned(problem)),
    }
    let environment = place.environment.clone();
    let room = LeaseRoom::open_reading(place)?;
    let (install, now) = (room.install_key(), clock.now());
    let marked =
        tokio::task::spawn_blocking(move || trusted::look(&of_mark, &install, &environment, now)).await;
    match marked.unwrap_or_else(|_| Err(relais_core::Code::INTERNAL.into())) {
        Ok(mark) => first.push(Event::TimeTold(mark)),
        // What the records themselves have to say is said already.
        Err(problem) if problem.code == relais_core::Code::TRUSTED_TIME_BAD => {
            last.push(Event::Warned(problem))
        }
        Err(_) => {}
    }
    for slot in room.slots().await? {
        match room.peek(slot.clone()).await {
            Ok(one) => leases.extend(one),
            Err(problem) => last.push(Event::Unopened { slot, problem }),
        }
    }
    leases.sort_by_key(|one| std::cmp::Reverse(one.lease.issued_at));
    let boot = clock.boot_id();
    first.extend(measured(&leases, clock.now(), boot.as_ref()).map(|it| Event::ClockMeasured(Some(it))));
    first.extend(leases.into_iter().map(|one| restored_locked(one, clock.now(), boot.as_ref())));
    first.append(&mut last);
    Ok(first)
}
