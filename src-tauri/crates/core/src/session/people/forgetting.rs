//! A person is forgotten on this PC: their session, the password that was remembered, their name and what they wrote.
//!
//! The journal and the dates of the ledger stay, under a slot that names nobody any more: the chain proves nothing where
//! entries can be taken out, and twelve hours without the card are not counted anew for whoever was forgotten meanwhile.

use super::{LastUsed, opened, sign_out_of, use_now};
use crate::code::{Code, Problem};
use crate::journal::Subject;
use crate::lease::SlotId;
use crate::session::State;
use crate::session::effect::Effect;
use crate::time::Moment;

impl State {
    /// Whether this person can be forgotten now.
    ///
    /// # Errors
    /// [`Code::PERSON_UNKNOWN`], or [`Code::SIGN_IN_RUNNING`]: what is being signed in would come back at once.
    pub fn may_forget(&self, slot: &SlotId) -> Result<(), Code> {
        match () {
            () if !self.knows(slot) => Err(Code::PERSON_UNKNOWN),
            () if self.errand.busy() => Err(Code::SIGN_IN_RUNNING),
            () => Ok(()),
        }
    }

    /// What remains of a person who was to be forgotten, where something does.
    #[must_use]
    pub fn remains_of(&self, slot: &SlotId) -> Option<&Problem> {
        self.people.unforgotten.get(slot)
    }
}

/// Ends the session of a person and has everything of them erased. One note says so, and not of whom.
pub(in crate::session) fn asked(state: State, slot: SlotId, now: Moment) -> (State, Vec<Effect>) {
    if state.may_forget(&slot).is_err() {
        return (state, vec![]);
    }
    let (mut state, mut effects) = sign_out_of(state, slot.clone(), now);
    effects.retain(|effect| !matches!(effect, Effect::Erase { slot: erased } if *erased == slot));
    if state.people.last == LastUsed::Slot(slot.clone()) {
        effects.extend(use_now(&mut state, LastUsed::Nobody));
    }
    // What was being opened meanwhile is not believed any more.
    state.people.ended.insert(slot.clone());
    effects.push(Effect::note(Subject::Security, "person-forgotten", None, now));
    effects.push(Effect::Forget { slot });
    (state, effects)
}

/// Everything of a person is gone, or something remains: then they can be forgotten once more.
pub(in crate::session) fn done(mut state: State, slot: SlotId, problem: Option<Problem>) -> State {
    opened(&mut state, &slot);
    let people = &mut state.people;
    people.unerased.remove(&slot);
    people.unforgotten.remove(&slot);
    match problem {
        None => {
            people.known.remove(&slot);
        }
        Some(problem) => {
            people.unforgotten.insert(slot, problem);
        }
    }
    super::say_what_remains(&mut state);
    state
}
