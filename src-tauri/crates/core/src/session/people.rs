//! Whose leases lie on this PC, and which of them is the session in use.
//!
//! There is one session; the leases of other people stay where they are and are shown on request. The person in use
//! changes by a sign-in alone, and a restart takes up the session that was in use, never another one in its place.

pub(super) mod forgetting;

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::effect::{Effect, Event, Found};
use super::errand::Errand;
use super::ledger::Ending;
use super::{OpenSession, Session, State, without_card};
use crate::code::{Code, Problem};
use crate::journal::Subject;
use crate::lease::{SlotId, Stored};
use crate::time::{Moment, TrustedMark};

/// A lease that cannot be opened, or a journal that cannot be written, is tried again after this.
pub const AGAIN: SignedDuration = SignedDuration::from_secs(30);

/// Whose session was in use last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LastUsed {
    /// Nobody noted it: the newest lease is taken.
    #[default]
    Unknown,
    /// Nobody's: it was ended.
    Nobody,
    /// This person's.
    Slot(SlotId),
}

/// Everybody but the one whose session is in use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People {
    /// Leases of others.
    pub others: BTreeMap<SlotId, OpenSession>,
    /// Leases on disk that could not be opened, and when that was tried last.
    pub unopened: BTreeMap<SlotId, Moment>,
    /// Leases on disk whose key lies in another key store than the one in use.
    pub elsewhere: BTreeSet<SlotId>,
    /// Leases that were to be erased, and what remains of them.
    pub unerased: BTreeMap<SlotId, Problem>,
    /// People who were to be forgotten, and what remains of them.
    unforgotten: BTreeMap<SlotId, Problem>,
    /// Whose session was ended since the start: what was being opened meanwhile is not believed any more.
    ended: BTreeSet<SlotId>,
    known: BTreeSet<SlotId>,
    last: LastUsed,
}

/// It is time to try again; a clock that was set back does not put it off.
pub(super) fn due(tried: Moment, now: Moment) -> bool {
    now.wall.duration_since(tried.wall) >= AGAIN || now.boot - tried.boot >= AGAIN
}

impl State {
    /// This PC has, or had, a session of this person.
    #[must_use]
    pub fn knows(&self, slot: &SlotId) -> bool {
        let people = &self.people;
        people.known.contains(slot)
            || self.session_of(slot).is_some()
            || people.unopened.contains_key(slot)
            || people.elsewhere.contains(slot)
            || people.unerased.contains_key(slot)
            || people.unforgotten.contains_key(slot)
    }

    /// Everybody this PC knows.
    #[must_use]
    pub fn known_people(&self) -> BTreeSet<SlotId> {
        let People { others, unopened, elsewhere, unerased, unforgotten, known, .. } = &self.people;
        let in_use = self.session.open().map(|open| &open.lease.person.slot);
        let leases = others.keys().chain(unopened.keys()).chain(elsewhere).chain(unerased.keys());
        known.iter().chain(leases).chain(unforgotten.keys()).chain(in_use).cloned().collect()
    }

    /// The person whose session is in use, was it last, or is written down as the last one.
    #[must_use]
    pub fn person_in_use(&self) -> Option<SlotId> {
        match (&self.session, &self.people.last) {
            (Session::Open(open) | Session::Ended(open), _) => Some(open.lease.person.slot.clone()),
            (Session::None, LastUsed::Slot(slot)) => Some(slot.clone()),
            (Session::None, LastUsed::Unknown | LastUsed::Nobody) => None,
        }
    }

    /// The lease of a person: the session, or one that waits.
    #[must_use]
    pub fn session_of(&self, slot: &SlotId) -> Option<&OpenSession> {
        let in_use = self.session.open().filter(|open| open.lease.person.slot == *slot);
        in_use.or_else(|| self.people.others.get(slot))
    }

    /// Something is to be erased of this person: a lease, open or not, or what remained of one.
    #[must_use]
    pub fn holds(&self, slot: &SlotId) -> bool {
        let Self { people, .. } = self;
        self.session_of(slot).is_some()
            || people.unopened.contains_key(slot)
            || people.unerased.contains_key(slot)
    }
}

pub(super) fn remembered(mut state: State, known: Vec<SlotId>, last: LastUsed) -> State {
    state.people.known.extend(known);
    state.people.last = last;
    state
}

/// A lease found on disk. A session that is open already is newer and wins.
pub(super) fn restored(mut state: State, found: Found, now: Moment) -> (State, Vec<Effect>) {
    let noted = state.trusted.0.filter(|_| !state.measured);
    let mut found = OpenSession::found(found, noted, now);
    let slot = found.lease.person.slot.clone();
    if let Some(exception) = &mut found.exception {
        exception.trusted = state.trusted;
        state.uses.found(&slot, exception);
    }
    opened(&mut state, &slot);
    if state.session_of(&slot).is_some() || state.people.ended.contains(&slot) {
        return (state, vec![]);
    }
    state.people.known.insert(slot.clone());
    let meant = match &state.people.last {
        LastUsed::Unknown => true,
        LastUsed::Nobody => false,
        LastUsed::Slot(last) => *last == slot,
    };
    // One that has ended is no session any more; it is kept in mind until it can be erased, or the clock comes back.
    if !meant || found.has_ended(now) || state.session.open().is_some() {
        state.people.others.insert(slot, found);
        return (state, vec![]);
    }
    let record = taken_up(&mut state, found, now);
    (state, vec![record])
}

fn taken_up(state: &mut State, found: OpenSession, now: Moment) -> Effect {
    let record =
        Effect::record(Subject::Session, "restored", &found.lease, now).with("until", found.ends_at());
    state.session = Session::Open(found);
    record
}

/// The session that was in use when Relais ended, where it waits because a clock said at the start that it is over.
fn was_in_use(state: &State) -> Option<&OpenSession> {
    if state.session != Session::None {
        return None;
    }
    let others = &state.people.others;
    match &state.people.last {
        LastUsed::Slot(last) => others.get(last),
        LastUsed::Unknown => others.values().max_by_key(|other| other.lease.issued_at),
        LastUsed::Nobody => None,
    }
}

/// A session found after its end is taken up once the clock that said so has come back, as a start would do it now.
pub(super) fn come_back(state: &mut State, now: Moment) -> Option<Effect> {
    let found = was_in_use(state)?.found_now(now);
    if found.has_ended(now) {
        return None;
    }
    state.people.others.remove(&found.lease.person.slot);
    Some(taken_up(state, found, now))
}

/// A clock that comes back would give somebody their session back.
pub(super) fn may_come_back(state: &State) -> bool {
    was_in_use(state).is_some()
}

pub(super) fn unopened(mut state: State, slot: SlotId, problem: Problem, now: Moment) -> State {
    // What was ended meanwhile is no session that somebody has to unlock.
    if state.session_of(&slot).is_some() || state.people.ended.contains(&slot) {
        return state;
    }
    match problem.code {
        Code::KEY_STORE_LOCKED | Code::KEY_STORE_MISSING => {
            state.people.unopened.insert(slot, now);
            state.warn(Problem::new(Code::SESSION_LOCKED_AWAY).with("cause", problem.code));
        }
        _ => {
            opened(&mut state, &slot);
            if problem.code == Code::SESSION_ELSEWHERE {
                state.people.elsewhere.insert(slot);
            }
            state.warn(problem);
        }
    }
    state
}

/// A lease is no longer one that cannot be opened.
fn opened(state: &mut State, slot: &SlotId) {
    unlocked(state, slot);
    state.people.elsewhere.remove(slot);
    if state.people.elsewhere.is_empty() {
        state.warnings.retain(|problem| problem.code != Code::SESSION_ELSEWHERE);
    }
}

/// Nobody has to unlock anything for a lease any more.
fn unlocked(state: &mut State, slot: &SlotId) {
    state.people.unopened.remove(slot);
    if state.people.unopened.is_empty() {
        state.warnings.retain(|problem| problem.code != Code::SESSION_LOCKED_AWAY);
    }
}

pub(super) fn erased(mut state: State, slot: SlotId, problem: Option<Problem>) -> State {
    // Whatever remains of it is told as that: nobody opens it any more.
    opened(&mut state, &slot);
    state.people.unerased.remove(&slot);
    state.people.unerased.extend(problem.map(|problem| (slot, problem)));
    say_what_remains(&mut state);
    state
}

fn say_what_remains(state: &mut State) {
    state
        .warnings
        .retain(|warning| !matches!(warning.code, Code::SESSION_NOT_ERASED | Code::PERSON_NOT_FORGOTTEN));
    let People { unerased, unforgotten, .. } = &state.people;
    let remains: Vec<_> = unerased.values().chain(unforgotten.values()).cloned().collect();
    remains.into_iter().for_each(|problem| state.warn(problem));
}

/// A lease was sealed: it is the session, and whoever's was one before waits.
pub(super) fn took_over(
    state: &mut State,
    slot: &SlotId,
    stored: Stored,
    before: Option<OpenSession>,
) -> Option<Effect> {
    let people = &mut state.people;
    people.others.remove(slot);
    people.unerased.remove(slot);
    people.unforgotten.remove(slot);
    people.ended.remove(slot);
    people.known.insert(slot.clone());
    // One that ended by a clock that jumped still has its file.
    let before = before.filter(|before| !people.ended.contains(&before.lease.person.slot));
    people.others.extend(before.map(|before| (before.lease.person.slot.clone(), before)));
    match stored {
        // The older lease is still where it was, whatever key store holds its key.
        Stored::Memory => unlocked(state, slot),
        Stored::Os | Stored::File => opened(state, slot),
    }
    say_what_remains(state);
    use_now(state, LastUsed::Slot(slot.clone()))
}

fn use_now(state: &mut State, last: LastUsed) -> Option<Effect> {
    let changed = state.people.last != last;
    state.people.last = last.clone();
    changed.then_some(Effect::Use(last))
}

/// The session in use ends. What an earlier end left behind goes, too.
pub(super) fn sign_out(mut state: State, now: Moment) -> (State, Vec<Effect>) {
    match std::mem::replace(&mut state.session, Session::None) {
        // One that ended by a clock that jumped would come back with it.
        Session::Open(open) | Session::Ended(open) => {
            let mut effects = vec![Effect::record(Subject::Session, "signed-out", &open.lease, now)];
            effects.extend(without_card::ended_by(&open, Ending::Person, now));
            effects.extend(use_now(&mut state, LastUsed::Nobody));
            let slot = open.lease.person.slot;
            state.people.ended.insert(slot.clone());
            effects.push(Effect::Erase { slot });
            (state, effects)
        }
        Session::None => {
            let effects =
                state.people.unerased.keys().map(|slot| Effect::Erase { slot: slot.clone() }).collect();
            (state, effects)
        }
    }
}

/// The session of one person ends, whether it is in use, waits, or cannot even be opened.
pub(super) fn sign_out_of(mut state: State, slot: SlotId, now: Moment) -> (State, Vec<Effect>) {
    if let Session::Open(open) | Session::Ended(open) = &state.session
        && open.lease.person.slot == slot
    {
        return sign_out(state, now);
    }
    if !state.holds(&slot) {
        return (state, vec![]);
    }
    let other = state.people.others.remove(&slot);
    state.people.ended.insert(slot.clone());
    let note = Effect::note(Subject::Session, "signed-out", Some(slot.clone()), now);
    let used = other.and_then(|other| without_card::ended_by(&other, Ending::Person, now));
    (state, [note].into_iter().chain(used).chain([Effect::Erase { slot }]).collect())
}

/// What is to be tried again, and who has come to their end.
pub(super) fn tick(people: &mut People, trusted: TrustedMark, now: Moment) -> Vec<Effect> {
    let mut effects = Vec::new();
    for (slot, tried) in &mut people.unopened {
        if due(*tried, now) {
            *tried = now;
            effects.push(Effect::Reopen { slot: slot.clone() });
        }
    }
    people.others.retain(|slot, other| {
        let over = other.over(trusted, now);
        if over {
            effects.extend(without_card::ended_by(other, Ending::Time, now));
            effects.push(Effect::Erase { slot: slot.clone() });
        }
        !over
    });
    effects
}

/// What has ended beyond doubt is erased, once. Where a newer lease is just being put into its place, that decides.
pub(super) fn erase_ended(state: &mut State, now: Moment) -> Option<Effect> {
    let Session::Ended(ended) = &state.session else { return None };
    let slot = &ended.lease.person.slot;
    let replaced = matches!(&state.errand, Errand::Sealing { lease, .. } if lease.person.slot == *slot);
    let erase = !replaced && ended.over(state.trusted, now) && state.people.ended.insert(slot.clone());
    erase.then(|| Effect::Erase { slot: slot.clone() })
}

pub(super) fn deadline(people: &People) -> Option<jiff::Timestamp> {
    people.unopened.values().filter_map(|tried| tried.wall.checked_add(AGAIN).ok()).min()
}

pub(super) fn heard(state: State, event: Event, now: Moment) -> (State, Vec<Effect>) {
    match event {
        Event::SignOutAsked => sign_out(state, now),
        Event::SignOutOf(slot) => sign_out_of(state, slot, now),
        Event::Remembered { people, last } => (remembered(state, people, last), vec![]),
        Event::Restored(found) => restored(state, *found, now),
        Event::Unopened { slot, problem } => (unopened(state, slot, problem, now), vec![]),
        Event::Erased { slot, problem } => (erased(state, slot, problem), vec![]),
        Event::ForgetAsked(slot) => forgetting::asked(state, slot, now),
        Event::Forgotten { slot, problem } => (forgetting::done(state, slot, problem), vec![]),
        _ => (state, vec![]),
    }
}
