//! Chips that do not tell how many tries are left, and whose last VERIFY is not known to have been right: the next one
//! may be the last, so a person has to say that they are certain (docs/architecture.md, "A sign-in, step by step").
//!
//! A chip is in doubt from the moment before its PIN is sent, so that neither a new sign-in nor the end of the process
//! forgets a try whose outcome nobody saw. Only a VERIFY that succeeded ends it.

use std::collections::BTreeSet;

use super::effect::{Answer, Effect, PinFate};
use super::errand::{Asking, Errand};
use crate::card::{ChipNumber, Tries};
use crate::code::{Code, Problem};

/// The chips in doubt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Doubts(BTreeSet<ChipNumber>);

impl Doubts {
    /// This chip is one of them.
    #[must_use]
    pub fn about(&self, chip: ChipNumber) -> bool {
        self.0.contains(&chip)
    }

    /// An earlier start noted it.
    pub(super) fn recall(&mut self, chip: ChipNumber) {
        self.0.insert(chip);
    }

    /// A PIN is about to be sent.
    pub(super) fn before(&mut self, errand: &Errand, effects: &[Effect]) -> Option<Effect> {
        let sends =
            |effect: &Effect| matches!(effect, Effect::Request { .. } | Effect::HandPin { pin: Ok(_), .. });
        match errand {
            Errand::Requesting(asking) if asking.face.tries == Tries::Unknown => {
                effects.iter().any(sends).then(|| self.set(asking.face.chip, true)).flatten()
            }
            _ => None,
        }
    }

    /// What became of the PIN.
    pub(super) fn after(&mut self, asking: &Asking, answer: &Answer) -> Option<Effect> {
        let chip = asking.face.chip;
        match answer {
            Answer::Granted { .. } | Answer::PinTaken | Answer::PinWantedAgain => self.set(chip, false),
            Answer::Refused { pin: PinFate::Kept(_), .. } => self.set(chip, asking.doubtful),
            Answer::Refused { problem, .. } if not_of_the_card(asking, problem) => {
                self.set(chip, asking.doubtful)
            }
            Answer::Refused { problem, .. } => {
                let untold = asking.face.tries == Tries::Unknown || problem.code == Code::PIN_OUTCOME_UNKNOWN;
                untold.then(|| self.set(chip, true)).flatten()
            }
            _ => None,
        }
    }

    fn set(&mut self, chip: ChipNumber, doubtful: bool) -> Option<Effect> {
        let changed = if doubtful { self.0.insert(chip) } else { self.0.remove(&chip) };
        changed.then_some(Effect::Doubt { chip, doubtful })
    }
}

/// The platform failed, or a person gave up or was gone: the card has not refused anything.
fn not_of_the_card(asking: &Asking, problem: &Problem) -> bool {
    match problem.code {
        Code::PIN_CANCELLED => true,
        // A keypad that gave up may have the PIN already; here it never left the desk.
        Code::PIN_TIMED_OUT => !asking.on_keypad,
        code => matches!(code.number(), 2001..=2999),
    }
}
