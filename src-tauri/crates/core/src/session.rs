//! The session and its rules: who is signed in until when, and what is going on towards that.
//!
//! [`next`] decides, [`deadline`] says when it wants to be woken. Everything that acts is an [`Effect`]; the engine
//! writes [`Effect::Record`] down first and does the others after.

mod clockwork;
mod doubt;
mod effect;
mod errand;
pub mod exception;
pub mod history;
mod interruption;
mod keeping;
pub mod ledger;
pub mod lookout;
pub mod notice;
mod open;
mod organisation;
mod people;
pub mod plan;
mod question;
pub mod quiet;
pub mod renewal;
pub mod sign;
mod without_card;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

pub use doubt::Doubts;
pub use effect::{Answer, Ask, Effect, ErrandId, Event, Found, PinFate, PinSource, Record, Whose};
pub use errand::{Asking, Errand, KEEP_PIN, Kept, KeyAtHand, Keyed, LOOK_AGAIN, ONE_MORE_WITHIN};
pub use open::OpenSession;
pub use people::{AGAIN, LastUsed, People};
pub use question::QuestionId;
pub use without_card::Uses;

use self::lookout::Lookout;
use self::renewal::{Habits, Renewal};

use crate::card::{Readers, Tries};
use crate::code::{Code, Problem};
use crate::journal::Subject;
use crate::lease::Stored;
use crate::platform_time::PlatformTime;
use crate::time::{Moment, TrustedMark};

/// Tries of a card whose last PIN was right. Source: docs/reference/eid-card.md, section 6.
const FULL_TRIES: u8 = 3;

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
    /// How the session in use is kept.
    pub renewal: Renewal,
    /// Whether somebody waits for the sign-in service to answer again.
    pub lookout: Lookout,
    /// How the practice wants its sessions kept.
    pub habits: Habits,
    /// Sessions without the card, by person.
    pub uses: Uses,
    /// The latest time that somebody trustworthy told.
    pub trusted: TrustedMark,
    /// The platform's clock, once it was measured to differ from this PC's.
    pub platform: Option<PlatformTime>,
    /// The platform's clock was measured in this run, whether it differs or not.
    measured: bool,
    /// What was found wrong with the sign-in service since it granted a token, and when.
    service_failed: Option<(Code, Moment)>,
    /// When what waits for the journal was refused last.
    journal_refused: Option<Moment>,
    /// The sign-in that began last by itself, to renew.
    by_itself: Option<organisation::ByItself>,
    /// A failure that nobody has put away yet, though a sign-in that began by itself took its place.
    unseen: Option<organisation::Unseen>,
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
            renewal: Renewal::Off,
            lookout: Lookout::Off,
            habits: Habits::usual(TimeZone::UTC),
            uses: Uses::default(),
            trusted: TrustedMark::default(),
            platform: None,
            measured: false,
            service_failed: None,
            journal_refused: None,
            by_itself: None,
            unseen: None,
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

    /// Why nobody is signed in.
    #[must_use]
    pub fn why_nobody(&self) -> Code {
        match &self.session {
            Session::Ended(ended) if ended.capped() => Code::EXCEPTION_ENDED,
            Session::None | Session::Open(_) | Session::Ended(_) => Code::NO_SESSION,
        }
    }

    /// Something is going on or waited for, so a suspend must be noticed.
    #[must_use]
    pub fn restless(&self) -> bool {
        self.session.open().is_some()
            || self.errand.busy()
            || self.journal_refused.is_some()
            || !self.people.unopened.is_empty()
            || people::may_come_back(self)
            || self.lookout.waits()
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

/// The state after `event`, and what is to be done; `pc` is a moment of this PC.
///
/// Every rule goes by the platform's clock where that was measured; the journal goes by the clock on the wall.
#[must_use]
pub fn next(state: State, event: Event, pc: Moment) -> (State, Vec<Effect>) {
    if !state.takes(&event) {
        return (state, question::wiped(&event));
    }
    let state = match event {
        Event::ClockMeasured { offset, signed } => {
            return (clockwork::measured(state, offset, signed, pc), vec![]);
        }
        Event::ClockKept(platform) => return (clockwork::goes_by(state, Some(platform), pc), vec![]),
        _ => state,
    };
    let now = state.platform_moment(pc);
    let before = question::Question::of(&state.errand);
    let kept = keeping::Before::of(&state);
    let looked_out = lookout::Before::of(&state);
    let extends = state.errand.renews().is_some();
    let (mut state, mut effects) = step(state, event, now);
    effects.extend(keeping::follow(&mut state, &kept, now));
    effects.extend(lookout::follow(&mut state, &looked_out, now));
    spare_what_is_sealed(&state.errand, &mut effects);
    if extends {
        effects.iter_mut().for_each(Effect::of_an_extension);
    }
    let doubt = state.doubts.before(&state.errand, &effects);
    effects.extend(doubt);
    state.number(before.as_ref());
    effects.iter_mut().for_each(|effect| effect.on_this_pc(state.platform.as_ref(), pc));
    (state, effects)
}

fn step(mut state: State, event: Event, now: Moment) -> (State, Vec<Effect>) {
    match event {
        Event::Warned(problem) => (warned(state, problem, now), vec![]),
        Event::JournalWritten => {
            state.journal_refused = None;
            state.warnings.retain(|problem| problem.code != Code::JOURNAL_WAITING);
            (state, vec![])
        }
        Event::SignInAsked(ask) => sign_in(state, ask, now),
        // Whoever puts a failure away means what they read, and no sign-in that goes on by itself behind it.
        Event::Cancelled if state.unseen.take().is_some() => (state, vec![]),
        Event::Tick => tick(state, now),
        Event::Doubted(chip) => {
            state.doubts.recall(chip);
            (state, vec![])
        }
        Event::HabitsSet(habits) => {
            state.habits = *habits;
            (state, vec![])
        }
        Event::Answered { errand, answer: Answer::HolderFound(Ok(whose)) } => {
            without_card::found(state, errand, *whose, now)
        }
        Event::LedgerRead(whose) => without_card::ledger_read(state, *whose, now),
        Event::EpisodeInForce { asked, line } => without_card::in_force(state, &asked, &line, now),
        Event::TimeTold(mark) => without_card::told(state, mark, now),
        Event::TimeLowered(mark) => clockwork::lowered(state, mark, now),
        Event::RenewalProbed(result) => keeping::probed(state, result, now),
        Event::ServiceLooked { result, chance } => lookout::looked(state, &result, chance, now),
        Event::Snoozed { until } => keeping::snoozed(state, until, now),
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
        Event::Answered { errand, answer: Answer::Granted { assertion, .. } }
            if state.errand.id() == Some(errand) && state.renews_what_was_ended() =>
        {
            (State { errand: Errand::Idle, ..state }, vec![Effect::Wipe { entry: assertion }])
        }
        Event::Answered { errand, answer: Answer::Sealed { .. } }
            if state.errand.id() == Some(errand) && state.renews_what_was_ended() =>
        {
            erase_what_was_sealed(state)
        }
        Event::Answered { errand, answer: Answer::Sealed { stored, warning } } => {
            sealed(state, errand, stored, warning, now)
        }
        Event::Moved(stored) => (moved(state, stored), vec![]),
        Event::KeyAtHand(slot) => (organisation::unlocked(state, &slot), vec![]),
        Event::SignOutAsked
        | Event::SignOutOf(_)
        | Event::Remembered { .. }
        | Event::Restored(_)
        | Event::Unopened { .. }
        | Event::Erased { .. }
        | Event::ForgetAsked(_)
        | Event::Forgotten { .. } => with_its_renewal(people::heard(state, event, now), now),
        other => towards_a_session(state, other, now),
    }
}

fn warned(mut state: State, problem: Problem, now: Moment) -> State {
    if problem.code == Code::JOURNAL_WAITING {
        state.journal_refused = Some(now);
    }
    organisation::warned(&mut state, &problem);
    state.warn(problem);
    state
}

/// Somebody asks to sign in: what was said of the last one has been read.
fn sign_in(mut state: State, ask: Ask, now: Moment) -> (State, Vec<Effect>) {
    let ask = ask.tidied();
    if !state.errand.busy() {
        state.warnings.retain(|problem| !about_the_last_sign_in(problem.code));
        if without_card::needless(&state, &ask, now) {
            let (errand, effects) = errand::fail(Code::CARD_SESSION_OPEN.into(), false, now);
            return (State { errand, unseen: None, ..state }, effects);
        }
    }
    state.unseen = None;
    begin(state, ask, now)
}

fn begin(mut state: State, ask: Ask, now: Moment) -> (State, Vec<Effect>) {
    if !state.errand.busy() {
        state.errands += 1;
    }
    let (errand, effects) = errand::start(state.errand, ErrandId(state.errands), ask, now);
    (State { errand, ..state }, effects)
}

fn tick(mut state: State, now: Moment) -> (State, Vec<Effect>) {
    let (mut session, mut effects) = clock(state.session, now);
    effects.extend(without_card::tick(&mut session, now));
    state.session = session;
    effects.extend(people::erase_ended(&mut state, now));
    effects.extend(people::come_back(&mut state, now));
    without_card::forget_refusal(&mut state, now);
    let (errand, more) = errand::tick(state.errand, &state.readers, now);
    effects.extend(more);
    effects.extend(people::tick(&mut state.people, state.trusted, now));
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
    let old = std::mem::replace(&mut state.errand, Errand::Idle);
    let (errand, effects) = errand::next(old, event, &state.doubts, now);
    let (mut errand, mut effects) = without_card::refused_at_last(errand, effects, &state, now);
    effects.extend(doubt);
    without_card::enter(&mut errand, &mut effects, &state, now);
    if let Errand::Pin(asking) = &errand {
        state.tries.insert(asking.face.reader.clone(), asking.face.tries);
    }
    (State { errand, ..state }, effects)
}

fn interrupted(state: State, code: Code, now: Moment) -> (State, Vec<Effect>) {
    let (errand, effects) = interruption::typed_lost(state.errand, code, now);
    (State { errand, ..state }, effects)
}

/// The latest moment at which the engine has to hand in [`Event::Tick`], by the platform's clock
/// ([`State::by_this_pc`]).
#[must_use]
pub fn deadline(state: &State) -> Option<Timestamp> {
    let end = state.session.open().map(OpenSession::ends_at);
    let warning = state.session.open().and_then(without_card::next_warning);
    let errand = errand::deadline(&state.errand, &state.readers);
    let journal = state.journal_refused.and_then(|refused| refused.wall.checked_add(AGAIN).ok());
    [
        end,
        warning,
        errand,
        journal,
        people::deadline(&state.people),
        keeping::deadline(state),
        lookout::deadline(state),
    ]
    .into_iter()
    .flatten()
    .min()
}

/// A lease that was sealed becomes the session; the one before it was good until now and is replaced.
fn sealed(
    mut state: State,
    errand: ErrandId,
    stored: Stored,
    warning: Option<Problem>,
    now: Moment,
) -> (State, Vec<Effect>) {
    let (id, ask, lease, exception, key) = match state.errand {
        Errand::Sealing { id, ask, lease, exception, key } if id == errand => {
            (id, ask, lease, exception, key)
        }
        other => return (State { errand: other, ..state }, vec![]),
    };
    state.errand = Errand::Idle;
    let begun = without_card::sealed(&mut state, &lease, exception.as_deref(), now);
    state.service_failed = None;
    let slot = lease.person.slot.clone();
    let open = OpenSession {
        lease: *lease,
        stored,
        key,
        restored: false,
        since: now,
        noted: None,
        errand: Some(id),
        attempts: vec![],
        exception,
    };
    let event = if ask.renews.is_some() { "renewed" } else { "signed-in" };
    let mut effects = vec![
        Effect::record(Subject::Session, event, &open.lease, now)
            .with("means", means_name(open.lease.means))
            .with("lease", &open.lease.id.0)
            // By the platform's clock, as the ledger counts; the time of the entry is by this PC's.
            .with("since", now.wall)
            .with("until", open.ends_at())
            .with_any("reason", ask.why.as_ref().map(|why| why.reason.name())),
    ];
    effects.extend(begun);
    let before = match std::mem::replace(&mut state.session, Session::None) {
        Session::Open(before) | Session::Ended(before) if before.lease.person.slot != slot => Some(before),
        _ => None,
    };
    if let Some(before) = &before {
        effects.push(Effect::record(Subject::Session, "replaced", &before.lease, now));
    }
    effects.extend(people::took_over(&mut state, &slot, stored, before));
    state.session = Session::Open(open);
    state.warnings.retain(|problem| !about_keeping(problem.code));
    organisation::sealed(&mut state, id);
    state.warnings.extend(warning);
    (state, effects)
}

/// Sessions were taken along to another key store: what was said of where they lay is over.
fn moved(mut state: State, stored: Stored) -> State {
    let in_use = match &mut state.session {
        Session::Open(open) => Some(open),
        Session::None | Session::Ended(_) => None,
    };
    let all: Vec<_> = in_use.into_iter().chain(state.people.others.values_mut()).collect();
    let in_memory = stored == Stored::Memory && !all.is_empty();
    all.into_iter().for_each(|open| open.stored = stored);
    state.warnings.retain(|problem| !about_keeping(problem.code));
    state.warnings.extend(in_memory.then(|| Code::SESSION_IN_MEMORY.into()));
    state
}

impl State {
    /// The sign-in that goes on is to give a session a new life that somebody has ended meanwhile. One that came to its
    /// end by itself is another matter: who was asked for it wants to be signed in.
    fn renews_what_was_ended(&self) -> bool {
        let Some(renews) = self.errand.renews() else { return false };
        let in_use = match &self.session {
            Session::Open(open) | Session::Ended(open) => Some(open),
            Session::None => None,
        };
        !in_use.into_iter().chain(self.people.others.values()).any(|open| open.lease.id == *renews)
    }
}

/// Nobody is asked any more for what was to renew a session that was ended.
fn with_its_renewal((state, mut effects): (State, Vec<Effect>), now: Moment) -> (State, Vec<Effect>) {
    if !state.renews_what_was_ended() {
        return (state, effects);
    }
    let (errand, more) = errand::next(state.errand, Event::Cancelled, &state.doubts, now);
    effects.extend(more);
    (State { errand, ..state }, effects)
}

/// The new token came too late: it goes the way of the one it was to replace.
fn erase_what_was_sealed(mut state: State) -> (State, Vec<Effect>) {
    let errand = std::mem::replace(&mut state.errand, Errand::Idle);
    let Errand::Sealing { lease, .. } = errand else { return (State { errand, ..state }, vec![]) };
    (state, vec![Effect::Erase { slot: lease.person.slot }])
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
        Session::Open(open) if open.has_ended(now) => {
            let ended = Effect::record(Subject::Session, "ended", &open.lease, now);
            let mut effects = vec![ended.because(open.ended_because(now))];
            effects.extend(without_card::ended_by(&open, ledger::Ending::Time, now));
            (Session::Ended(open), effects)
        }
        Session::Ended(open) if !open.has_ended(now) => {
            let effects = vec![Effect::record(Subject::System, "clock-came-back", &open.lease, now)];
            (Session::Open(open), effects)
        }
        unchanged => (unchanged, vec![]),
    }
}

/// The name of a means in entries of the journal.
pub(crate) fn means_name(means: crate::lease::Means) -> &'static str {
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
