//! The session and its rules: who is signed in until when, and what is going on towards that.
//!
//! [`next`] decides, [`deadline`] says when it wants to be woken. Everything that acts is an [`Effect`]; the engine
//! writes [`Effect::Record`] down first and does the others after.

mod doubt;
mod effect;
mod errand;
pub mod exception;
pub mod history;
mod interruption;
pub mod ledger;
pub mod notice;
mod people;
pub mod plan;
mod question;
pub mod quiet;
pub mod renewal;
pub mod sign;

use std::collections::BTreeMap;

use jiff::Timestamp;

pub use doubt::Doubts;
pub use effect::{Answer, Ask, Effect, ErrandId, Event, PinFate, PinSource, Record};
pub use errand::{Asking, Errand, KEEP_PIN, Kept, KeyAtHand, LOOK_AGAIN, ONE_MORE_WITHIN};
pub use people::{AGAIN, LastUsed, People};
pub use question::QuestionId;

use crate::card::{Readers, Tries};
use crate::code::{Code, Problem};
use crate::journal::Subject;
use crate::lease::{HolderKey, LONG_AGO, Stored, TokenLease};
use crate::time::Moment;

/// Tries of a card whose last PIN was right. Source: docs/reference/eid-card.md, section 6.
const FULL_TRIES: u8 = 3;

/// A session in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSession {
    /// Its lease.
    pub lease: TokenLease,
    /// Where it is kept.
    pub stored: Stored,
    /// What of the holder's key is at hand.
    pub key: HolderKey,
    /// It was found again after a restart.
    pub restored: bool,
    /// When this run of Relais got it, to see a clock that is set back.
    pub since: Moment,
    /// The sign-in that made it; none, when it was found again.
    pub errand: Option<ErrandId>,
}

impl OpenSession {
    /// The later of what the wall clock says and what it would say had nobody touched it since [`Self::since`].
    fn now(&self, now: Moment) -> Timestamp {
        now.wall.max(self.by_boot(now))
    }

    fn by_boot(&self, now: Moment) -> Timestamp {
        self.since.wall.checked_add(now.boot - self.since.boot).unwrap_or(Timestamp::MAX)
    }

    /// It may be used now: neither clock has reached its end.
    #[must_use]
    pub fn usable(&self, now: Moment) -> bool {
        self.now(now) < self.lease.ends_at()
    }

    /// It is over, and no wall clock that comes back changes that: the boot clock saw its end pass, or, where it had
    /// ended when it was found, a whole day after that.
    fn over(&self, now: Moment) -> bool {
        let end = self.lease.ends_at();
        let sure = if self.since.wall < end { Ok(end) } else { end.checked_add(LONG_AGO) };
        sure.is_ok_and(|sure| self.by_boot(now) >= sure)
    }
}

/// Whether somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Session {
    /// Nobody.
    None,
    /// Somebody is.
    Open(OpenSession),
    /// Somebody was. Kept because a clock that jumped ahead may come back.
    Ended(OpenSession),
}

impl Session {
    /// The session that may be used.
    #[must_use]
    pub fn open(&self) -> Option<&OpenSession> {
        match self {
            Self::Open(open) => Some(open),
            Self::None | Self::Ended(_) => None,
        }
    }
}

/// Everything the engine remembers between two events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// What is.
    pub session: Session,
    /// What is wanted, and how far it got.
    pub errand: Errand,
    /// Readers and cards.
    pub readers: Readers,
    /// PIN tries left of the cards in the readers, by reader, where they have been read.
    pub tries: BTreeMap<String, Tries>,
    /// What must be said though nothing has to be done.
    pub warnings: Vec<Problem>,
    /// Everybody else on this PC.
    pub people: People,
    /// Cards that may be at their last try.
    pub doubts: Doubts,
    /// When what waits for the journal was refused last.
    journal_refused: Option<Moment>,
    errands: u64,
    questions: u32,
}

impl State {
    /// A start without a session.
    #[must_use]
    pub fn new() -> Self {
        Self {
            session: Session::None,
            errand: Errand::Idle,
            readers: Readers::Unseen,
            tries: BTreeMap::new(),
            warnings: vec![],
            people: People::default(),
            doubts: Doubts::default(),
            journal_refused: None,
            errands: 0,
            questions: 0,
        }
    }
}

impl State {
    /// The sign-in that began last.
    #[must_use]
    pub fn newest(&self) -> ErrandId {
        ErrandId(self.errands)
    }

    /// The session that the newest sign-in made, while it is in use.
    #[must_use]
    pub fn made(&self) -> Option<&OpenSession> {
        self.session.open().filter(|open| open.errand == Some(self.newest()))
    }

    /// Something is going on or waited for, so a suspend must be noticed.
    #[must_use]
    pub fn restless(&self) -> bool {
        self.session.open().is_some()
            || self.errand.busy()
            || self.journal_refused.is_some()
            || !self.people.unopened.is_empty()
    }

    fn warn(&mut self, problem: Problem) {
        if !self.warnings.contains(&problem) {
            self.warnings.push(problem);
        }
    }
}

impl Default for State {
    fn default() -> Self {
        Self::new()
    }
}

/// The state after `event`, and what is to be done.
#[must_use]
pub fn next(state: State, event: Event, now: Moment) -> (State, Vec<Effect>) {
    if !state.takes(&event) {
        return (state, question::wiped(&event));
    }
    let before = question::Question::of(&state.errand);
    let (mut state, mut effects) = step(state, event, now);
    spare_what_is_sealed(&state.errand, &mut effects);
    let doubt = state.doubts.before(&state.errand, &effects);
    effects.extend(doubt);
    state.number(before.as_ref());
    (state, effects)
}

fn step(mut state: State, event: Event, now: Moment) -> (State, Vec<Effect>) {
    match event {
        Event::Warned(problem) => {
            if problem.code == Code::JOURNAL_WAITING {
                state.journal_refused = Some(now);
            }
            state.warn(problem);
            (state, vec![])
        }
        Event::JournalWritten => {
            state.journal_refused = None;
            state.warnings.retain(|problem| problem.code != Code::JOURNAL_WAITING);
            (state, vec![])
        }
        Event::SignInAsked(ask) => sign_in(state, ask, now),
        Event::Tick => tick(state, now),
        Event::Doubted(chip) => {
            state.doubts.recall(chip);
            (state, vec![])
        }
        Event::DesktopLocked => interrupted(state, Code::DESKTOP_LOCKED, now),
        Event::PinPageLost => interrupted(state, Code::PIN_PAGE_LOST, now),
        Event::TriesSeen { reader, tries } => {
            state.tries.insert(reader, tries);
            (state, vec![])
        }
        Event::ReadersSeen(readers) => {
            state.tries.retain(|reader, _| errand::holds_eid(&readers, Some(reader)));
            state.readers = readers;
            let (errand, effects) = errand::readers_seen(state.errand, &state.readers, now);
            (State { errand, ..state }, effects)
        }
        Event::Answered { errand, answer: Answer::Sealed { stored, warning } } => {
            sealed(state, errand, stored, warning, now)
        }
        Event::SignOutAsked
        | Event::SignOutOf(_)
        | Event::Remembered { .. }
        | Event::Restored { .. }
        | Event::Unopened { .. }
        | Event::Erased { .. } => people::heard(state, event, now),
        other => towards_a_session(state, other, now),
    }
}

fn sign_in(mut state: State, ask: Ask, now: Moment) -> (State, Vec<Effect>) {
    let busy = state.errand.busy();
    if !busy {
        state.errands += 1;
        state.warnings.retain(|problem| !about_the_last_sign_in(problem.code));
    }
    let (errand, effects) = errand::start(state.errand, ErrandId(state.errands), ask, now);
    (State { errand, ..state }, effects)
}

fn tick(mut state: State, now: Moment) -> (State, Vec<Effect>) {
    let (session, mut effects) = clock(state.session, now);
    state.session = session;
    effects.extend(people::erase_ended(&mut state, now));
    let (errand, more) = errand::tick(state.errand, &state.readers, now);
    effects.extend(more);
    effects.extend(people::tick(&mut state.people, now));
    if state.journal_refused.is_some_and(|refused| people::due(refused, now)) {
        state.journal_refused = Some(now);
        effects.push(Effect::WriteWaiting);
    }
    (State { errand, ..state }, effects)
}

/// What an answer to the sign-in that goes on tells of the tries of a card.
fn learn_tries(state: &mut State, event: &Event) {
    let Event::Answered { errand, answer } = event else { return };
    if state.errand.id() != Some(*errand) {
        return;
    }
    if let Answer::CardRead(Ok(face)) = answer {
        state.tries.insert(face.reader.clone(), face.tries);
    }
    let (Errand::Requesting(asking) | Errand::Pin(asking)) = &state.errand else { return };
    let reader = asking.face.reader.clone();
    match (answer, state.tries.get(&reader)) {
        (Answer::Refused { problem, .. }, _) if problem.code == Code::PIN_BLOCKED => {
            state.tries.insert(reader, Tries::Left(0));
        }
        // A right PIN gives the card its tries back.
        (Answer::Granted { .. }, Some(Tries::Left(_))) => {
            state.tries.insert(reader, Tries::Left(FULL_TRIES));
        }
        _ => {}
    }
}

/// An answer of an adapter or a person, for the sign-in that goes on.
fn towards_a_session(mut state: State, event: Event, now: Moment) -> (State, Vec<Effect>) {
    learn_tries(&mut state, &event);
    let mut doubt = None;
    if let (Errand::Requesting(asking) | Errand::Pin(asking), Event::Answered { errand, answer }) =
        (&state.errand, &event)
        && *errand == asking.id
    {
        doubt = state.doubts.after(asking, answer);
    }
    let (errand, mut effects) = errand::next(state.errand, event, &state.doubts, now);
    effects.extend(doubt);
    if let Errand::Pin(asking) = &errand {
        state.tries.insert(asking.face.reader.clone(), asking.face.tries);
    }
    (State { errand, ..state }, effects)
}

fn interrupted(state: State, code: Code, now: Moment) -> (State, Vec<Effect>) {
    let (errand, effects) = interruption::typed_lost(state.errand, code, now);
    (State { errand, ..state }, effects)
}

/// The latest moment at which the engine has to hand in [`Event::Tick`].
#[must_use]
pub fn deadline(state: &State) -> Option<Timestamp> {
    let end = state.session.open().map(|open| open.lease.ends_at());
    let errand = errand::deadline(&state.errand, &state.readers);
    let journal = state.journal_refused.and_then(|refused| refused.wall.checked_add(AGAIN).ok());
    [end, errand, journal, people::deadline(&state.people)].into_iter().flatten().min()
}

/// A lease that was sealed becomes the session; the one before it was good until now and is replaced.
fn sealed(
    mut state: State,
    errand: ErrandId,
    stored: Stored,
    warning: Option<Problem>,
    now: Moment,
) -> (State, Vec<Effect>) {
    let (id, lease, key) = match state.errand {
        Errand::Sealing { id, lease, key } if id == errand => (id, lease, key),
        other => return (State { errand: other, ..state }, vec![]),
    };
    state.errand = Errand::Idle;
    let mut effects = vec![
        Effect::record(Subject::Session, "signed-in", &lease, now)
            .with("means", means_name(lease.means))
            .with("lease", &lease.id.0)
            .with("until", lease.ends_at()),
    ];
    let slot = lease.person.slot.clone();
    let before = match std::mem::replace(&mut state.session, Session::None) {
        Session::Open(before) | Session::Ended(before) if before.lease.person.slot != slot => Some(before),
        _ => None,
    };
    if let Some(before) = &before {
        effects.push(Effect::record(Subject::Session, "replaced", &before.lease, now));
    }
    effects.extend(people::took_over(&mut state, &slot, before));
    state.session = Session::Open(OpenSession {
        lease: *lease,
        stored,
        key,
        restored: false,
        since: now,
        errand: Some(id),
    });
    state.warnings.retain(|problem| !about_keeping(problem.code));
    state.warnings.extend(warning);
    (state, effects)
}

/// Warnings about where a lease is kept: the next sealing says it anew.
fn about_keeping(code: Code) -> bool {
    matches!(
        code,
        Code::SESSION_IN_MEMORY
            | Code::KEY_STORE_MISSING
            | Code::KEY_STORE_LOCKED
            | Code::KEY_STORE_DENIED
            | Code::DISK_FULL
    )
}

/// Warnings about the password or the quality of the last sign-in: the next one says them anew.
fn about_the_last_sign_in(code: Code) -> bool {
    matches!(code, Code::PASSWORD_NOT_REMEMBERED | Code::PASSWORD_NOT_FORGOTTEN | Code::QUALITY_NOT_CONFIRMED)
}

/// The slot of a lease that is just being sealed holds the new one already: the end of the old one must not erase it.
fn spare_what_is_sealed(errand: &Errand, effects: &mut Vec<Effect>) {
    if let Errand::Sealing { lease, .. } = errand {
        effects.retain(|effect| !matches!(effect, Effect::Erase { slot } if *slot == lease.person.slot));
    }
}

fn clock(session: Session, now: Moment) -> (Session, Vec<Effect>) {
    match session {
        Session::Open(open) if !open.usable(now) => {
            let ended = Effect::record(Subject::Session, "ended", &open.lease, now);
            (Session::Ended(open), vec![ended.because(Code::SESSION_ENDED)])
        }
        Session::Ended(open) if open.usable(now) => {
            let effects = vec![Effect::record(Subject::System, "clock-came-back", &open.lease, now)];
            (Session::Open(open), effects)
        }
        unchanged => (unchanged, vec![]),
    }
}

fn means_name(means: crate::lease::Means) -> &'static str {
    use crate::lease::Means;
    match means {
        Means::Eid => "eid",
        Means::EidOnly => "eid-only",
        Means::Certificate => "certificate",
        Means::Fallback => "fallback",
    }
}

#[cfg(test)]
mod tests;
