//! An organisation signs in with its certificate: no card, no reason, no ledger and no cap. While its key is open, its
//! session is renewed without anybody.

use std::borrow::Cow;

use jiff::tz::TimeZone;

use super::effect::{Effect, ErrandId, Whose};
use super::errand::{self, Errand, KeyAtHand, Keyed};
use super::quiet::Hours;
use super::renewal::{Event, Habits};
use super::{Ask, OpenSession, Session, State};
use crate::lease::{HolderKey, Means};
use crate::time::Moment;

/// It is known whose keystore it is: an open key signs at once, else the password is asked.
pub(super) fn found(mut state: State, id: ErrandId, ask: Ask, whose: Whose) -> (State, Vec<Effect>) {
    let Whose { slot, name, key, .. } = whose;
    let ask = Ask { person: slot.or(ask.person), ..ask };
    let keyed = Keyed { id, question: Default::default(), ask, holder: name, notice: None };
    let (errand, effects) = match key {
        KeyAtHand::Open | KeyAtHand::Card => errand::claim(keyed, None, false),
        KeyAtHand::NeedsPassword if state.by_itself == Some(id) => {
            // Nobody asked for a password to be asked: the person hears of it as of a PIN that is wanted.
            lock(&mut state);
            (Errand::Idle, vec![])
        }
        KeyAtHand::NeedsPassword => (Errand::Keystore(keyed), vec![]),
    };
    state.errand = errand;
    (state, effects)
}

fn lock(state: &mut State) {
    if let Session::Open(open) = &mut state.session {
        open.key = HolderKey::Locked;
    }
}

impl OpenSession {
    /// Nobody is needed to renew it.
    #[must_use]
    pub fn renews_by_itself(&self) -> bool {
        self.lease.means == Means::Certificate && self.key == HolderKey::Unlocked
    }
}

impl State {
    /// The habits that hold for the session in use: what disturbs nobody waits for no quiet moment.
    #[must_use]
    pub fn habits_in_force(&self) -> Cow<'_, Habits> {
        if self.session.open().is_some_and(OpenSession::renews_by_itself) {
            Cow::Owned(Habits { hours: Hours::always(TimeZone::UTC), pace: self.habits.pace })
        } else {
            Cow::Borrowed(&self.habits)
        }
    }
}

/// A renewal is due: begins it, where nobody is needed.
pub(super) fn renew(state: &mut State, now: Moment) -> Vec<Effect> {
    let alone = state.session.open().is_some_and(OpenSession::renews_by_itself) && !state.errand.busy();
    let Ok(ask) = state.ask_to_renew(None) else { return vec![] };
    if !alone {
        return vec![];
    }
    let (begun, effects) = super::sign_in(std::mem::take(state), ask, now);
    *state = begun;
    state.by_itself = Some(state.newest());
    effects
}

/// A renewal that nobody asked for came to nothing: an attempt like any other, and no failure to show.
pub(super) fn failed(state: &mut State) -> Option<Event> {
    let Errand::Failed { problem, .. } = &state.errand else { return None };
    if state.by_itself != Some(state.newest()) {
        return None;
    }
    let event = Event::Failed(problem.clone());
    state.by_itself = None;
    state.errand = Errand::Idle;
    Some(event)
}
