//! The part of a sign-in that a card has: it is read, its keystore looked for, its PIN taken, and it signs.

use super::{Asking, Errand, Kept, KeyAtHand, Step, and, fail, sealing, unlocked_in_vain, wipe, wipe_kept};
use crate::card::{CardFace, Tries};
use crate::code::{Code, Problem};
use crate::journal::Subject;
use crate::lease::{HolderKey, Means};
use crate::session::doubt::Doubts;
use crate::session::effect::{Answer, Effect, PinFate, PinSource};
use crate::session::question::QuestionId;
use crate::time::Moment;

pub(super) fn answered_while_reading(errand: Errand, answer: Answer, doubts: &Doubts, now: Moment) -> Step {
    use Errand::{Reading, Waiting};
    match (errand, answer) {
        (Reading { id, ask, resumed, kept, notice }, Answer::CardRead(Ok(face))) => card_read(
            Asking {
                id,
                question: QuestionId::default(),
                ask,
                key: KeyAtHand::Card,
                doubtful: doubts.about(face.chip),
                face,
                notice,
                sure: false,
                again: None,
                on_keypad: false,
            },
            resumed,
            kept,
            now,
        ),
        (Reading { id, ask, resumed: true, kept, .. }, Answer::CardRead(Err(problem)))
            if put_back_helps(&problem) =>
        {
            (Waiting { id, ask, problem, kept, since: now }, vec![])
        }
        (Reading { resumed, kept, .. }, Answer::CardRead(Err(problem))) => {
            and(fail(problem, resumed, now), wipe_kept(kept))
        }
        (unchanged, _) => (unchanged, vec![]),
    }
}

pub(super) fn answered_while_finding(errand: Errand, answer: Answer, now: Moment) -> Step {
    match (errand, answer) {
        (Errand::Finding { asking, kept, .. }, Answer::KeyFound(Ok(key))) => {
            key_found(Asking { key, ..asking }, kept, now)
        }
        (Errand::Finding { resumed, kept, .. }, Answer::KeyFound(Err(problem))) => {
            and(fail(problem, resumed, now), wipe_kept(kept))
        }
        (unchanged, _) => (unchanged, vec![]),
    }
}

pub(super) fn answered_while_opening(errand: Errand, answer: Answer, now: Moment) -> Step {
    match (errand, answer) {
        (Errand::Opening { asking, pin }, Answer::KeyOpened(Ok(()))) => {
            request(Asking { key: KeyAtHand::Open, notice: None, ..asking }, pin)
        }
        (Errand::Opening { asking, pin }, Answer::KeyOpened(Err(problem)))
            if problem.code == Code::KEYSTORE_PASSWORD_WRONG =>
        {
            let note = unlocked_in_vain(&problem, now);
            (Errand::Password { asking: Asking { notice: Some(problem), ..asking }, pin }, vec![note])
        }
        (Errand::Opening { pin, .. }, Answer::KeyOpened(Err(problem))) => {
            and(fail(problem, true, now), wipe(pin))
        }
        (unchanged, _) => (unchanged, vec![]),
    }
}

/// Card and platform are at work, or one more PIN is being typed for them.
pub(super) fn answered_by_the_card(errand: Errand, answer: Answer, now: Moment) -> Step {
    use Errand::{Pin, Requesting};
    match (errand, answer) {
        (Requesting(asking), Answer::PinWantedAgain) => wanted_again(asking, now),
        (Requesting(asking), Answer::PinTaken) => (Requesting(Asking { on_keypad: false, ..asking }), vec![]),
        (Requesting(asking), Answer::Granted { lease, assertion }) => {
            let key = if asking.key == KeyAtHand::Card { HolderKey::Card } else { HolderKey::Unlocked };
            sealing(asking.id, asking.ask, lease, key, assertion)
        }
        // The platform gave up while one more PIN was being typed.
        (
            Requesting(asking) | Pin(asking @ Asking { again: Some(_), .. }),
            Answer::Refused { problem, pin },
        ) => refused(asking, problem, pin, now),
        (unchanged, _) => (unchanged, vec![]),
    }
}

/// One more PIN for the same sign-in; a keypad is waited for at once, as for the first.
fn wanted_again(asking: Asking, now: Moment) -> Step {
    let asking =
        Asking { again: Some(now), on_keypad: false, sure: false, notice: None, doubtful: false, ..asking };
    if asking.face.keypad && !asking.needs_consent() {
        return proceed(asking, PinSource::Keypad);
    }
    (Errand::Pin(asking), vec![])
}

fn card_read(asking: Asking, resumed: bool, kept: Option<Kept>, now: Moment) -> Step {
    // A PIN was typed for one card; another one never gets it.
    let (kept, effects) = match kept {
        Some(kept) if kept.chip == asking.face.chip && !kept.over(now) => (Some(kept), vec![]),
        other => (None, wipe_kept(other)),
    };
    if asking.face.tries.blocked() {
        return and(and(fail(Code::PIN_BLOCKED.into(), true, now), wipe_kept(kept)), effects);
    }
    if asking.ask.means == Means::EidOnly {
        return and(key_found(asking, kept, now), effects);
    }
    let find = Effect::FindKey {
        errand: asking.id,
        face: asking.face.clone(),
        keystore: asking.ask.keystore.clone(),
    };
    and((Errand::Finding { asking, resumed, kept }, vec![find]), effects)
}

fn key_found(asking: Asking, kept: Option<Kept>, now: Moment) -> Step {
    match kept {
        Some(kept) if !kept.over(now) && !asking.needs_consent() => {
            proceed(asking, PinSource::Desk(kept.entry))
        }
        // A keypad is waited for at once; after a failure the person says when.
        None if asking.face.keypad && !asking.needs_consent() && asking.notice.is_none() => {
            proceed(asking, PinSource::Keypad)
        }
        other => (Errand::Pin(asking), wipe_kept(other)),
    }
}

/// The person is certain; where the reader has a keypad, they are certain of what they are about to type there.
pub(super) fn consented(errand: Errand) -> Step {
    match errand {
        Errand::Pin(asking) if asking.face.keypad => {
            proceed(Asking { sure: true, ..asking }, PinSource::Keypad)
        }
        Errand::Pin(asking) => (Errand::Pin(Asking { sure: true, ..asking }), vec![]),
        other => (other, vec![]),
    }
}

pub(super) fn pin_given(errand: Errand, pin: PinSource) -> Step {
    match errand {
        Errand::Pin(asking) if asking.needs_consent() => {
            let notice = Some(Code::PIN_CONSENT_NEEDED.into());
            (Errand::Pin(Asking { notice, ..asking }), wipe(pin))
        }
        Errand::Pin(asking) => proceed(asking, pin),
        other => (other, wipe(pin)),
    }
}

fn proceed(asking: Asking, pin: PinSource) -> Step {
    // What the last try came to is over with this one.
    let asking = Asking { on_keypad: pin == PinSource::Keypad, notice: None, ..asking };
    if asking.again.is_some() {
        let hand = Effect::HandPin { errand: asking.id, pin: Ok(pin) };
        return (Errand::Requesting(asking), vec![hand]);
    }
    match asking.key {
        KeyAtHand::Open | KeyAtHand::Card => request(asking, pin),
        KeyAtHand::NeedsPassword => {
            (Errand::Password { asking: Asking { notice: None, ..asking }, pin }, vec![])
        }
    }
}

fn request(asking: Asking, pin: PinSource) -> Step {
    let effect =
        Effect::Request { errand: asking.id, ask: asking.ask.clone(), face: asking.face.clone(), pin };
    (Errand::Requesting(asking), vec![effect])
}

fn refused(asking: Asking, problem: Problem, pin: PinFate, now: Moment) -> Step {
    let ask_again = |tries, notice, doubtful| {
        Errand::Pin(Asking {
            face: Box::new(CardFace { tries, ..*asking.face.clone() }),
            notice: Some(notice),
            doubtful,
            sure: false,
            again: None,
            on_keypad: false,
            ..asking.clone()
        })
    };
    match (problem.code, pin) {
        (Code::PIN_WRONG, _) => {
            let tries = problem
                .with
                .get("tries_left")
                .and_then(|n| n.parse().ok())
                .map_or(Tries::Unknown, Tries::Left);
            let note = Effect::note(Subject::Card, "pin-refused", None, now).because(problem.code);
            (ask_again(tries, problem, true), vec![note])
        }
        (Code::PIN_OUTCOME_UNKNOWN, _) => {
            let note = Effect::note(Subject::Card, "pin-outcome-unknown", None, now).because(problem.code);
            (ask_again(Tries::Unknown, problem, true), vec![note])
        }
        (Code::PIN_TIMED_OUT | Code::PIN_KEYPAD_REFUSED, _) => {
            // What was typed here never left the desk.
            (ask_again(asking.face.tries, problem, asking.on_keypad || asking.doubtful), vec![])
        }
        (Code::PIN_CANCELLED, _) => (Errand::Idle, vec![]),
        (_, fate) if put_back_helps(&problem) => {
            let kept = match fate {
                PinFate::Kept(entry) => Some(Kept { entry, chip: asking.face.chip, since: now }),
                PinFate::Spent => None,
            };
            (Errand::Waiting { id: asking.id, ask: asking.ask, problem, kept, since: now }, vec![])
        }
        (_, PinFate::Kept(entry)) => and(fail(problem, true, now), vec![Effect::Wipe { entry }]),
        (_, PinFate::Spent) => fail(problem, true, now),
    }
}

/// Putting the card back, or waiting for the other program, mends it.
fn put_back_helps(problem: &Problem) -> bool {
    matches!(
        problem.code,
        Code::NO_CARD
            | Code::NO_READER
            | Code::READER_GONE
            | Code::CARD_REMOVED
            | Code::CARD_MUTE
            | Code::CARD_IN_USE
            | Code::CARD_RESET
            | Code::CARD_CONTACT
    )
}
