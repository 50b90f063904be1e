//! An organisation signs in with its certificate: no card, no reason, no ledger and no cap. While its key is open, its
//! session is renewed without anybody: what a person was told meanwhile stays until they put it away.

use std::borrow::Cow;

use jiff::tz::TimeZone;

use super::effect::{Effect, ErrandId, Whose};
use super::errand::{self, Errand, KeyAtHand, Keyed};
use super::quiet::Hours;
use super::renewal::{Event, Habits, Renewal};
use super::{Ask, OpenSession, Session, State};
use crate::code::{Code, Problem};
use crate::lease::{HolderKey, Means, SlotId};
use crate::time::Moment;

/// A sign-in that began by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ByItself {
    id: ErrandId,
    /// The platform has not confirmed the quality of the token that this one got.
    unconfirmed: bool,
}

/// A failure that somebody may still be reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unseen {
    id: ErrandId,
    errand: Errand,
}

/// It is known whose keystore it is: an open key signs at once, else the password is asked.
pub(super) fn found(
    mut state: State,
    id: ErrandId,
    ask: Ask,
    whose: Whose,
    now: Moment,
) -> (State, Vec<Effect>) {
    let Whose { slot, name, key, .. } = whose;
    let ask = Ask { person: slot.or(ask.person), ..ask };
    let keyed = Keyed { id, question: Default::default(), ask, holder: name, notice: None };
    let (errand, effects) = match key {
        KeyAtHand::Open | KeyAtHand::Card => errand::claim(keyed, None, false),
        KeyAtHand::NeedsPassword if state.began_by_itself(id) => {
            // Nobody asked for a password to be asked: the person hears of it as of a PIN that is wanted.
            (Errand::Idle, lock(&mut state, now))
        }
        KeyAtHand::NeedsPassword => (Errand::Keystore(keyed), vec![]),
    };
    state.errand = errand;
    (state, effects)
}

/// From now on somebody is needed, at a moment that is quiet for them.
fn lock(state: &mut State, now: Moment) -> Vec<Effect> {
    state.by_itself = None;
    if let Session::Open(open) = &mut state.session {
        open.key = HolderKey::Locked;
    }
    super::keeping::somebody_is_needed(state, now)
}

/// The key of a session that was found is at hand: nobody is needed any more.
pub(super) fn unlocked(mut state: State, slot: &SlotId) -> State {
    let in_use = match &mut state.session {
        Session::Open(open) => Some(open),
        Session::None | Session::Ended(_) => None,
    };
    let mut all = in_use.into_iter().chain(state.people.others.values_mut());
    if let Some(open) =
        all.find(|open| open.lease.person.slot == *slot && open.lease.means == Means::Certificate)
    {
        open.key = HolderKey::Unlocked;
    }
    state
}

impl OpenSession {
    /// Nobody is needed to renew it.
    #[must_use]
    pub fn renews_by_itself(&self) -> bool {
        self.lease.means == Means::Certificate && self.key == HolderKey::Unlocked
    }
}

impl State {
    /// The sign-in as a person sees it: a failure that they have not put away, else what goes on.
    #[must_use]
    pub fn shown(&self) -> &Errand {
        self.unseen.as_ref().map_or(&self.errand, |unseen| &unseen.errand)
    }

    /// Why this sign-in failed, where that is still to be read.
    #[must_use]
    pub fn failure_of(&self, id: ErrandId) -> Option<&Problem> {
        let unseen = self.unseen.as_ref().filter(|unseen| unseen.id == id).map(|unseen| &unseen.errand);
        match unseen.or_else(|| (self.newest() == id).then_some(&self.errand)) {
            Some(Errand::Failed { problem, .. }) => Some(problem),
            _ => None,
        }
    }

    fn began_by_itself(&self, id: ErrandId) -> bool {
        self.by_itself.is_some_and(|begun| begun.id == id)
    }

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
    if matches!(state.errand, Errand::Failed { .. }) {
        let errand = std::mem::replace(&mut state.errand, Errand::Idle);
        state.unseen = Some(Unseen { id: state.newest(), errand });
    }
    let (begun, effects) = super::begin(std::mem::take(state), ask, now);
    *state = begun;
    state.by_itself = Some(ByItself { id: state.newest(), unconfirmed: false });
    effects
}

/// What is said of the token that just comes is no rest of the one before.
pub(super) fn warned(state: &mut State, problem: &Problem) {
    if problem.code == Code::QUALITY_NOT_CONFIRMED
        && let Some(begun) = &mut state.by_itself
    {
        begun.unconfirmed = true;
    }
}

/// Nobody asked for this token, so what was said of the one before it is still there: it goes where it holds no more.
pub(super) fn sealed(state: &mut State, id: ErrandId) {
    if state.by_itself.is_some_and(|begun| begun.id == id && !begun.unconfirmed) {
        state.warnings.retain(|problem| problem.code != Code::QUALITY_NOT_CONFIRMED);
    }
}

/// What came of a renewal that nobody asked for.
pub(super) enum CameToNothing {
    /// An attempt like any other.
    Attempt(Event),
    /// The keystore is in the way, which no later attempt cures by itself: somebody was told.
    Told(Vec<Effect>),
}

/// A renewal that nobody asked for came to nothing: no failure to show.
pub(super) fn failed(state: &mut State, now: Moment) -> Option<CameToNothing> {
    let Errand::Failed { problem, .. } = &state.errand else { return None };
    if !state.began_by_itself(state.newest()) {
        return None;
    }
    let problem = problem.clone();
    state.by_itself = None;
    state.errand = Errand::Idle;
    Some(match problem.code.number() {
        4001..=4999 => CameToNothing::Told(lock(state, now)),
        _ => CameToNothing::Attempt(Event::Failed(problem)),
    })
}

/// A renewal that was due and is not under way: somebody else signed in just then, or gave it up. The first is made up
/// for; the second was an attempt, and the next one comes by the plan.
pub(super) fn resume(state: &mut State, now: Moment) -> Option<CameToNothing> {
    let alone = state.session.open().is_some_and(OpenSession::renews_by_itself) && !state.errand.busy();
    if !alone || !matches!(state.renewal, Renewal::Wanted { .. }) {
        return None;
    }
    Some(match state.began_by_itself(state.newest()) {
        true => CameToNothing::Attempt(Event::Failed(Code::PIN_CANCELLED.into())),
        false => CameToNothing::Told(renew(state, now)),
    })
}
