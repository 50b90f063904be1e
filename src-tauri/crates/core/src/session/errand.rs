//! The way from "sign in" to a sealed lease, one step at a time.
//!
//! A PIN is worth one VERIFY: whatever goes wrong after it may have been sent, a person types anew. A session that is
//! open stays untouched until a new lease is sealed.

mod card;

use jiff::{SignedDuration, Timestamp};

use super::doubt::Doubts;
use super::effect::{Answer, Ask, Effect, ErrandId, Event, PinFate, PinSource};
use super::exception::Exception;
use super::history::History;
use super::question::QuestionId;
use crate::card::{CardFace, ChipNumber, ReaderState, Readers, Tries};
use crate::code::{Code, Problem};
use crate::journal::Subject;
use crate::lease::{HolderKey, LeaseId, Means, TokenLease};
use crate::secret::{EntryId, IDLE_LIMIT};
use crate::time::{Moment, TrustedMark, elapsed};

/// A PIN that was typed but never sent is kept this long while the card is put back (docs/architecture.md, "PIN").
pub const KEEP_PIN: SignedDuration = SignedDuration::from_secs(10);

/// One more PIN for a sign-in that goes on is waited for this long, as what is typed lies about without a key
/// (docs/architecture.md, "Secrets"): the platform does not wait for ever.
pub const ONE_MORE_WITHIN: SignedDuration = IDLE_LIMIT;

/// A card that is in its reader while it is waited for is read again after this: it may have come back before.
pub const LOOK_AGAIN: SignedDuration = SignedDuration::from_secs(3);

/// What of the person's keystore is at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyAtHand {
    /// Its key is open, or its password is kept on this PC.
    Open,
    /// Its password must be typed.
    NeedsPassword,
    /// None is needed: the card is holder of key.
    Card,
}

/// A PIN that waits for its card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Where it lies.
    pub entry: EntryId,
    /// For which card only.
    pub chip: ChipNumber,
    /// Since when.
    pub since: Moment,
}

impl Kept {
    /// It was kept long enough: by the clock that says so first.
    pub(super) fn over(&self, now: Moment) -> bool {
        elapsed(self.since, now, TrustedMark::default(), false) >= KEEP_PIN
    }
}

/// Everything known while a PIN or password is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// Which sign-in.
    pub id: ErrandId,
    /// Which question; what is typed for another one is no answer to this.
    pub question: QuestionId,
    /// How.
    pub ask: Ask,
    /// With which card.
    pub face: Box<CardFace>,
    /// The keystore.
    pub key: KeyAtHand,
    /// What the last try came to.
    pub notice: Option<Problem>,
    /// A try went wrong or is in doubt: where the counter is unknown, the next one may be the last.
    pub doubtful: bool,
    /// The person said they are certain.
    pub sure: bool,
    /// When the platform challenged the card, if it did: this is one more PIN for the same sign-in.
    pub again: Option<Moment>,
    /// The reader's keypad takes the PIN.
    pub on_keypad: bool,
}

impl Asking {
    /// The next VERIFY may block the card, so the person must say that they are certain.
    #[must_use]
    pub fn needs_consent(&self) -> bool {
        self.risky() && !self.sure
    }

    /// The next VERIFY may block the card.
    #[must_use]
    pub fn risky(&self) -> bool {
        match self.face.tries {
            Tries::Left(n) => n <= 1,
            Tries::Unknown => self.doubtful,
        }
    }
}

/// Everything known while the password of a keystore is asked without any card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyed {
    /// Which sign-in.
    pub id: ErrandId,
    /// Which question; what is typed for another one is no answer to this.
    pub question: QuestionId,
    /// How.
    pub ask: Ask,
    /// Name of whose keystore it is, where it is known.
    pub holder: Option<String>,
    /// What the last try came to.
    pub notice: Option<Problem>,
}

/// How far a sign-in got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errand {
    /// Nothing is wanted.
    Idle,
    /// Asking the sign-in service whether it answers, before anybody is bothered.
    Probing {
        /// Which sign-in.
        id: ErrandId,
        /// How.
        ask: Ask,
    },
    /// Reading the card.
    Reading {
        /// Which sign-in.
        id: ErrandId,
        /// How.
        ask: Ask,
        /// The PIN window is open already: the card was put back.
        resumed: bool,
        /// A PIN that was never sent.
        kept: Option<Kept>,
        /// What the last try came to.
        notice: Option<Problem>,
    },
    /// Looking for the keystore, so that no PIN is spent where none exists.
    Finding {
        /// What is known.
        asking: Asking,
        /// The PIN window is open already.
        resumed: bool,
        /// A PIN that was never sent.
        kept: Option<Kept>,
    },
    /// The person types a PIN.
    Pin(Asking),
    /// The card is out, or another program has it.
    Waiting {
        /// Which sign-in.
        id: ErrandId,
        /// How.
        ask: Ask,
        /// Why.
        problem: Problem,
        /// A PIN that was never sent.
        kept: Option<Kept>,
        /// Since when.
        since: Moment,
    },
    /// The person types the password of the keystore.
    Password {
        /// What is known.
        asking: Asking,
        /// The PIN, for afterwards.
        pin: PinSource,
    },
    /// The keystore is being opened.
    Opening {
        /// What is known.
        asking: Asking,
        /// The PIN, for afterwards.
        pin: PinSource,
    },
    /// Looking whose keystore it is, so that nobody types a password for nothing.
    Seeking {
        /// Which sign-in.
        id: ErrandId,
        /// How.
        ask: Ask,
    },
    /// The person types the password of the keystore that signs in without the card.
    Keystore(Keyed),
    /// Keystore and platform are at work.
    Claiming(Keyed),
    /// Card and platform are at work.
    Requesting(Asking),
    /// The lease is being put away.
    Sealing {
        /// Which sign-in.
        id: ErrandId,
        /// The lease.
        lease: Box<TokenLease>,
        /// What of the holder's key is at hand.
        key: HolderKey,
        /// How it was asked for.
        ask: Ask,
        /// The exception it belongs to, where it was made without the card.
        exception: Option<Box<Exception>>,
    },
    /// It did not work.
    Failed {
        /// Why.
        problem: Problem,
        /// The PIN window is open and says so.
        in_window: bool,
    },
}

impl Errand {
    /// A sign-in is going on: another one waits for its end.
    #[must_use]
    pub fn busy(&self) -> bool {
        !matches!(self, Self::Idle | Self::Failed { .. })
    }

    /// The PIN window has something to show.
    #[must_use]
    pub fn in_window(&self) -> bool {
        match self {
            Self::Idle
            | Self::Probing { .. }
            | Self::Seeking { .. }
            | Self::Keystore(_)
            | Self::Claiming(_) => false,
            Self::Sealing { ask, .. } => ask.means.needs_card(),
            Self::Reading { resumed, .. } | Self::Finding { resumed, .. } => *resumed,
            Self::Failed { in_window, .. } => *in_window,
            Self::Pin(_)
            | Self::Waiting { .. }
            | Self::Password { .. }
            | Self::Opening { .. }
            | Self::Requesting(_) => true,
        }
    }

    /// What was asked for, while that is still to be got.
    #[must_use]
    pub fn ask(&self) -> Option<&Ask> {
        match self {
            Self::Idle | Self::Failed { .. } | Self::Sealing { .. } => None,
            Self::Probing { ask, .. }
            | Self::Seeking { ask, .. }
            | Self::Reading { ask, .. }
            | Self::Waiting { ask, .. } => Some(ask),
            Self::Keystore(keyed) | Self::Claiming(keyed) => Some(&keyed.ask),
            Self::Finding { asking, .. }
            | Self::Pin(asking)
            | Self::Password { asking, .. }
            | Self::Opening { asking, .. }
            | Self::Requesting(asking) => Some(&asking.ask),
        }
    }

    /// Which lease it is to give a new life, while it may.
    pub(super) fn renews(&self) -> Option<&LeaseId> {
        let ask = match self {
            Self::Sealing { ask, .. } => Some(ask),
            other => other.ask(),
        };
        ask?.renews.as_ref()
    }

    /// Which sign-in this is.
    #[must_use]
    pub fn id(&self) -> Option<ErrandId> {
        match self {
            Self::Idle | Self::Failed { .. } => None,
            Self::Probing { id, .. }
            | Self::Seeking { id, .. }
            | Self::Reading { id, .. }
            | Self::Waiting { id, .. }
            | Self::Sealing { id, .. } => Some(*id),
            Self::Finding { asking, .. }
            | Self::Pin(asking)
            | Self::Password { asking, .. }
            | Self::Opening { asking, .. }
            | Self::Requesting(asking) => Some(asking.id),
            Self::Keystore(keyed) | Self::Claiming(keyed) => Some(keyed.id),
        }
    }
}

type Step = (Errand, Vec<Effect>);

fn read_card(errand: ErrandId, ask: &Ask) -> Effect {
    Effect::ReadCard { errand, reader: ask.reader.clone(), person: ask.person.clone() }
}

pub(super) fn start(errand: Errand, id: ErrandId, ask: Ask, now: Moment) -> Step {
    if errand.busy() {
        return (errand, vec![]);
    }
    match ask.means {
        Means::Eid | Means::EidOnly | Means::Certificate => {
            (Errand::Probing { id, ask }, vec![Effect::Probe { errand: id }])
        }
        Means::Fallback if ask.why.is_some() => {
            (Errand::Probing { id, ask }, vec![Effect::Probe { errand: id }])
        }
        Means::Fallback => fail(Code::REASON_WANTED.into(), false, now),
    }
}

pub(super) fn next(errand: Errand, event: Event, doubts: &Doubts, now: Moment) -> Step {
    match event {
        Event::Answered { errand: id, answer } if errand.id() == Some(id) => {
            answered(errand, answer, doubts, now)
        }
        Event::Answered { answer: Answer::Granted { assertion, .. }, .. } => {
            (errand, vec![Effect::Wipe { entry: assertion }])
        }
        Event::Answered { answer: Answer::Refused { pin: PinFate::Kept(entry), .. }, .. } => {
            (errand, vec![Effect::Wipe { entry }])
        }
        Event::Cancelled => cancel(errand),
        Event::TypeInstead(_) => match errand {
            Errand::Pin(asking) => {
                let face = Box::new(CardFace { keypad: false, ..*asking.face });
                (Errand::Pin(Asking { face, ..asking }), vec![])
            }
            other => (other, vec![]),
        },
        Event::Consented(_) => card::consented(errand),
        Event::PinGiven { pin, .. } => card::pin_given(errand, pin),
        Event::PasswordGiven { entry, remember, .. } => password_given(errand, entry, remember),
        Event::EntryWiped(entry) => entry_wiped(errand, entry),
        // The rest is not about an errand, or about one that is over.
        _ => (errand, vec![]),
    }
}

fn answered(errand: Errand, answer: Answer, doubts: &Doubts, now: Moment) -> Step {
    match errand {
        Errand::Probing { id, ask } => probed(id, ask, answer, now),
        Errand::Seeking { .. } | Errand::Claiming(_) => answered_without_card(errand, answer, now),
        Errand::Reading { .. } => card::answered_while_reading(errand, answer, doubts, now),
        Errand::Finding { .. } => card::answered_while_finding(errand, answer, now),
        Errand::Opening { .. } => card::answered_while_opening(errand, answer, now),
        Errand::Requesting(_) | Errand::Pin(_) => card::answered_by_the_card(errand, answer, now),
        Errand::Sealing { .. } => match (errand, answer) {
            (Errand::Sealing { ask, .. }, Answer::Refused { problem, .. }) => {
                fail(problem, ask.means.needs_card(), now)
            }
            (unchanged, _) => (unchanged, vec![]),
        },
        unchanged => (unchanged, vec![]),
    }
}

/// Nobody is bothered before the sign-in service answers.
fn probed(id: ErrandId, ask: Ask, answer: Answer, now: Moment) -> Step {
    match answer {
        Answer::Probed(Ok(())) if !ask.means.needs_card() => {
            let find = Effect::FindHolder {
                errand: id,
                means: ask.means,
                person: ask.person.clone(),
                keystore: ask.keystore.clone(),
            };
            (Errand::Seeking { id, ask }, vec![find])
        }
        Answer::Probed(Ok(())) => {
            let effect = read_card(id, &ask);
            (Errand::Reading { id, ask, resumed: false, kept: None, notice: None }, vec![effect])
        }
        Answer::Probed(Err(problem)) => fail(problem, false, now),
        _ => (Errand::Probing { id, ask }, vec![]),
    }
}

fn answered_without_card(errand: Errand, answer: Answer, now: Moment) -> Step {
    match (errand, answer) {
        (Errand::Seeking { .. }, Answer::HolderFound(Err(problem))) => fail(problem, false, now),
        (Errand::Claiming(keyed), Answer::Granted { lease, assertion }) => {
            sealing(keyed.id, keyed.ask, lease, HolderKey::Unlocked, assertion)
        }
        (Errand::Claiming(keyed), Answer::Refused { problem, .. })
            if problem.code == Code::KEYSTORE_PASSWORD_WRONG =>
        {
            let note = unlocked_in_vain(&problem, now);
            (Errand::Keystore(Keyed { notice: Some(problem), ..keyed }), vec![note])
        }
        (Errand::Claiming(_), Answer::Refused { problem, .. }) => fail(problem, false, now),
        (unchanged, _) => (unchanged, vec![]),
    }
}

fn sealing(id: ErrandId, ask: Ask, lease: Box<TokenLease>, key: HolderKey, assertion: EntryId) -> Step {
    let seal = Effect::Seal { errand: id, lease: lease.clone(), history: History::default(), assertion };
    (Errand::Sealing { id, ask, lease, exception: None, key }, vec![seal])
}

fn password_given(errand: Errand, password: EntryId, remember: bool) -> Step {
    match errand {
        Errand::Password { asking, pin } => {
            let open = Effect::OpenKey {
                errand: asking.id,
                face: asking.face.clone(),
                keystore: asking.ask.keystore.clone(),
                password,
                remember,
            };
            (Errand::Opening { asking, pin }, vec![open])
        }
        Errand::Keystore(keyed) => {
            // What works without the card is typed each time.
            let remember = remember && keyed.ask.means == Means::Certificate;
            claim(keyed, Some(password), remember)
        }
        other => (other, vec![Effect::Wipe { entry: password }]),
    }
}

/// The keystore is identity and holder of key.
pub(super) fn claim(keyed: Keyed, password: Option<EntryId>, remember: bool) -> Step {
    let claim = Effect::Claim { errand: keyed.id, ask: keyed.ask.clone(), password, remember };
    (Errand::Claiming(Keyed { notice: None, ..keyed }), vec![claim])
}

/// The person took longer over the password than a PIN may lie about.
fn entry_wiped(errand: Errand, entry: EntryId) -> Step {
    match errand {
        Errand::Password { asking, pin } | Errand::Opening { asking, pin }
            if pin == PinSource::Desk(entry) =>
        {
            (Errand::Pin(Asking { notice: Some(Code::PIN_TIMED_OUT.into()), ..asking }), vec![])
        }
        // Digits that were being typed: said, so that the rest alone is not taken for a whole PIN.
        Errand::Pin(asking) => {
            (Errand::Pin(Asking { notice: Some(Code::PIN_TIMED_OUT.into()), ..asking }), vec![])
        }
        other => (other, vec![]),
    }
}

pub(super) fn fail(problem: Problem, in_window: bool, now: Moment) -> Step {
    let subject = match problem.code.number() {
        2101..=2109 | 1015 | 1019 => Subject::Security,
        1001..=1299 => Subject::Card,
        _ => Subject::Session,
    };
    let note = Effect::note(subject, "sign-in-failed", None, now).because(problem.code);
    (Errand::Failed { problem, in_window }, vec![note])
}

/// A password that opens nothing ends no sign-in; that it was tried is told as every failure is.
fn unlocked_in_vain(problem: &Problem, now: Moment) -> Effect {
    Effect::note(Subject::Session, "sign-in-failed", None, now).because(problem.code)
}

/// The request that waits for one more PIN hears why there is none, and answers with that.
fn hand_none(asking: Asking, why: Code) -> Step {
    let hand = Effect::HandPin { errand: asking.id, pin: Err(why) };
    (Errand::Requesting(asking), vec![hand])
}

fn cancel(errand: Errand) -> Step {
    match errand {
        Errand::Pin(asking) if asking.again.is_some() => hand_none(asking, Code::PIN_CANCELLED),
        Errand::Reading { kept, .. } | Errand::Finding { kept, .. } | Errand::Waiting { kept, .. } => {
            (Errand::Idle, wipe_kept(kept))
        }
        Errand::Password { pin, .. } | Errand::Opening { pin, .. } => (Errand::Idle, wipe(pin)),
        Errand::Idle
        | Errand::Probing { .. }
        | Errand::Seeking { .. }
        | Errand::Pin(_)
        | Errand::Keystore(_)
        | Errand::Failed { .. } => (Errand::Idle, vec![]),
        // The PIN is with the card, or the keystore signs: there is nothing left to call back.
        working @ (Errand::Requesting(_) | Errand::Claiming(_) | Errand::Sealing { .. }) => (working, vec![]),
    }
}

pub(super) fn readers_seen(errand: Errand, readers: &Readers, now: Moment) -> Step {
    match errand {
        Errand::Pin(Asking { id, ask, face, again: None, .. }) if !holds_eid(readers, Some(&face.reader)) => {
            (Errand::Waiting { id, ask, problem: Code::CARD_REMOVED.into(), kept: None, since: now }, vec![])
        }
        // A PIN never outlives its card, though its window asks for something else by now.
        Errand::Password { asking: Asking { id, ask, face, .. }, pin }
            if !holds_eid(readers, Some(&face.reader)) =>
        {
            (
                Errand::Waiting { id, ask, problem: Code::CARD_REMOVED.into(), kept: None, since: now },
                wipe(pin),
            )
        }
        Errand::Waiting { id, ask, problem, kept, .. } if holds_eid(readers, ask.reader.as_deref()) => {
            read_again(id, ask, problem, kept)
        }
        other => (other, vec![]),
    }
}

fn read_again(id: ErrandId, ask: Ask, problem: Problem, kept: Option<Kept>) -> Step {
    let effect = read_card(id, &ask);
    (Errand::Reading { id, ask, resumed: true, kept, notice: Some(problem) }, vec![effect])
}

/// An eID is in `reader`, or in any. What has not been looked at yet is not missing.
pub(super) fn holds_eid(readers: &Readers, reader: Option<&str>) -> bool {
    match readers {
        Readers::Unseen => true,
        Readers::Down(_) => false,
        Readers::Seen(seen) => seen
            .iter()
            .any(|slot| slot.state == ReaderState::Eid && reader.is_none_or(|name| name == slot.name)),
    }
}

pub(super) fn tick(errand: Errand, readers: &Readers, now: Moment) -> Step {
    let passed = |since, limit| elapsed(since, now, TrustedMark::default(), false) >= limit;
    match errand {
        Errand::Waiting { id, ask, problem, kept, since }
            if holds_eid(readers, ask.reader.as_deref()) && passed(since, LOOK_AGAIN) =>
        {
            read_again(id, ask, problem, kept)
        }
        Errand::Waiting { id, ask, problem, kept: Some(kept), since } if kept.over(now) => {
            (Errand::Waiting { id, ask, problem, kept: None, since }, wipe_kept(Some(kept)))
        }
        Errand::Pin(asking) if asking.again.is_some_and(|since| passed(since, ONE_MORE_WITHIN)) => {
            hand_none(asking, Code::PIN_TIMED_OUT)
        }
        other => (other, vec![]),
    }
}

pub(super) fn deadline(errand: &Errand, readers: &Readers) -> Option<Timestamp> {
    match errand {
        Errand::Waiting { ask, kept, since, .. } => {
            let there = holds_eid(readers, ask.reader.as_deref());
            let look = there.then(|| since.wall.checked_add(LOOK_AGAIN).ok()).flatten();
            let wiped = kept.and_then(|kept| kept.since.wall.checked_add(KEEP_PIN).ok());
            look.into_iter().chain(wiped).min()
        }
        Errand::Pin(Asking { again: Some(since), .. }) => since.wall.checked_add(ONE_MORE_WITHIN).ok(),
        _ => None,
    }
}

fn wipe(pin: PinSource) -> Vec<Effect> {
    match pin {
        PinSource::Desk(entry) => vec![Effect::Wipe { entry }],
        PinSource::Keypad => vec![],
    }
}

fn wipe_kept(kept: Option<Kept>) -> Vec<Effect> {
    kept.map(|kept| Effect::Wipe { entry: kept.entry }).into_iter().collect()
}

fn and((errand, mut effects): Step, more: Vec<Effect>) -> Step {
    effects.extend(more);
    (errand, effects)
}
