//! Which question an answer is to. What was typed for an older one is wiped and never reaches a card or a keystore:
//! between the prompt and the answer the card may have been changed, or the sign-in may be another one.

use serde::{Deserialize, Serialize};

use super::State;
use super::effect::{Effect, Event, PinSource};
use super::errand::{Asking, Errand, Keyed};

/// Number of one question; means nothing outside this run of Relais.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QuestionId(pub(super) u32);

impl From<u32> for QuestionId {
    fn from(number: u32) -> Self {
        Self(number)
    }
}

impl From<QuestionId> for u32 {
    fn from(question: QuestionId) -> Self {
        question.0
    }
}

/// What is asked of the person.
#[derive(PartialEq, Eq)]
pub(super) enum Question {
    Pin(Asking),
    Password(Asking),
    Keystore(Keyed),
}

impl Question {
    pub(super) fn of(errand: &Errand) -> Option<Self> {
        match errand {
            Errand::Pin(asking) => Some(Self::Pin(asking.clone())),
            Errand::Password { asking, .. } => Some(Self::Password(asking.clone())),
            Errand::Keystore(keyed) => Some(Self::Keystore(keyed.clone())),
            _ => None,
        }
    }
}

impl Errand {
    /// The question that is open.
    #[must_use]
    pub fn question(&self) -> Option<QuestionId> {
        match self {
            Self::Pin(asking) | Self::Password { asking, .. } => Some(asking.question),
            Self::Keystore(keyed) => Some(keyed.question),
            _ => None,
        }
    }
}

impl State {
    /// Whether `event` is an answer to the question that is open, or no answer at all.
    #[must_use]
    pub fn takes(&self, event: &Event) -> bool {
        let (question, answered) = match (event, &self.errand) {
            (
                Event::PinGiven { question, .. } | Event::Consented(question) | Event::TypeInstead(question),
                Errand::Pin(asking),
            )
            | (Event::PasswordGiven { question, .. }, Errand::Password { asking, .. }) => {
                (question, asking.question)
            }
            (Event::PasswordGiven { question, .. }, Errand::Keystore(keyed)) => (question, keyed.question),
            (
                Event::PinGiven { .. }
                | Event::Consented(_)
                | Event::TypeInstead(_)
                | Event::PasswordGiven { .. },
                _,
            ) => return false,
            _ => return true,
        };
        *question == answered
    }

    /// A question that is not the one there was before gets a number of its own.
    pub(super) fn number(&mut self, before: Option<&Question>) {
        let now = Question::of(&self.errand);
        if now.as_ref() == before {
            return;
        }
        let question = match &mut self.errand {
            Errand::Pin(asking) | Errand::Password { asking, .. } => &mut asking.question,
            Errand::Keystore(keyed) => &mut keyed.question,
            _ => return,
        };
        self.questions += 1;
        *question = QuestionId(self.questions);
    }
}

/// What has to be wiped of an answer that nobody waits for.
pub(super) fn wiped(event: &Event) -> Vec<Effect> {
    match event {
        Event::PinGiven { pin: PinSource::Desk(entry), .. } | Event::PasswordGiven { entry, .. } => {
            vec![Effect::Wipe { entry: *entry }]
        }
        _ => vec![],
    }
}
