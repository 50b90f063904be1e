//! Sessions without the card in the state: where their exception begins, how it is counted, how it ends.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::effect::{Ask, Effect, ErrandId, Whose};
use super::errand::{self, Errand, Keyed};
use super::exception::{Exception, Habit, Limits, Restraint, Warning, Why};
use super::ledger::{Ended, Ending, Line, Past};
use super::question::QuestionId;
use super::renewal::SOON;
use super::{OpenSession, Session, State};
use crate::card::{ReaderState, Readers};
use crate::code::{Code, Problem};
use crate::lease::{LeaseId, Means, SlotId, TokenLease};
use crate::time::{Moment, TrustedMark};

/// What is known of sessions without the card.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Uses {
    past: BTreeMap<SlotId, Past>,
    latest: BTreeMap<SlotId, Exception>,
    /// The one before the latest, where it was known and over when that began.
    over: BTreeMap<SlotId, LeaseId>,
}

impl Uses {
    /// What the ledger says; an exception that was counted since is known better here.
    fn read(&mut self, slot: SlotId, past: Past, goes_on: Option<&Line>, trusted: TrustedMark, now: Moment) {
        if let Some(line) = goes_on
            && self.latest.get(&slot).is_none_or(|latest| latest.id != line.episode)
        {
            self.latest.insert(slot.clone(), Exception::of_ledger(line, trusted, now));
        }
        self.past.insert(slot, past);
    }

    /// The mark of trusted time was put back.
    pub(super) fn lowered(&mut self, mark: TrustedMark) {
        self.latest.values_mut().for_each(|exception| exception.trusted = mark);
    }

    /// One that was found beside its token goes on by its own count, also once the token is gone.
    pub(super) fn found(&mut self, slot: &SlotId, exception: &Exception) {
        self.latest.insert(slot.clone(), exception.clone());
    }

    /// One began of which nothing was known here.
    fn begun(&mut self, slot: &SlotId, exception: &Exception, now: Moment) {
        let past = self.past.entry(slot.clone()).or_default();
        past.beginnings.insert(0, exception.used.since());
        past.in_a_row += 1;
        if let Some(before) = self.latest.get(slot).filter(|before| before.left(now).is_zero()) {
            self.over.insert(slot.clone(), before.id.clone());
        }
    }

    /// The one written down as `asked` goes on with this line: one use, with the beginning that comes first.
    fn go_on_with(&mut self, asked: &LeaseId, line: &Line) {
        let Some(latest) = self.latest.get_mut(&line.slot).filter(|latest| latest.id == *asked) else {
            return;
        };
        let wrong = latest.used.since();
        latest.goes_on_with(line);
        let Some(past) = self.past.get_mut(&line.slot) else { return };
        past.beginnings.retain(|begun| *begun != wrong && *begun != line.started_at);
        past.beginnings.push(latest.used.since());
        past.beginnings.sort_by_key(|begun| std::cmp::Reverse(*begun));
    }

    /// Those of one person; none where none are known.
    #[must_use]
    pub fn of(&self, slot: &SlotId) -> Past {
        self.past.get(slot).cloned().unwrap_or_default()
    }

    /// The exception of this person that is not over: opened again, it goes on.
    #[must_use]
    pub fn going_on(&self, slot: &SlotId, now: Moment) -> Option<&Exception> {
        self.latest.get(slot).filter(|exception| !exception.left(now).is_zero())
    }

    /// What is to be said before this person works without the card; an exception that goes on is no further use.
    #[must_use]
    pub fn restraint(&self, slot: &SlotId, limits: &Limits, now: Moment) -> Restraint {
        if self.going_on(slot, now).is_some() {
            return Restraint::None;
        }
        let past = self.of(slot);
        limits.restraint(&past.beginnings, past.in_a_row, now.wall)
    }

    /// What is to be said of the exception that this person has begun last.
    #[must_use]
    pub fn habit(&self, slot: &SlotId, limits: &Limits, now: Moment) -> Option<Habit> {
        let past = self.of(slot);
        let before = past.beginnings.get(1..)?;
        let said = limits.restraint(before, past.in_a_row.saturating_sub(1), now.wall);
        (said > Restraint::None).then(|| {
            let uses = limits.recent(&past.beginnings, now.wall);
            let row = said == Restraint::Notice && past.in_a_row >= uses;
            if row { Habit::InARow(past.in_a_row) } else { Habit::Often(uses) }
        })
    }

    /// This person has to explain a habit first, and has not.
    #[must_use]
    pub fn wants_note(&self, slot: &SlotId, why: Option<&Why>, now: Moment) -> bool {
        unexplained(self.restraint(slot, &Limits::USUAL, now), why)
    }
}

fn unexplained(restraint: Restraint, why: Option<&Why>) -> bool {
    restraint == Restraint::Justify && why.is_none_or(|why| why.note.is_none())
}

/// What is to be said where only the name of a file tells whose it is.
fn restraint_of(past: &Past, goes_on: Option<&Line>, now: Moment) -> Restraint {
    match goes_on {
        Some(_) => Restraint::None,
        None => Limits::USUAL.restraint(&past.beginnings, past.in_a_row, now.wall),
    }
}

/// It is known whose keystore it is: the password is asked, unless a habit has to be explained first.
pub(super) fn found(mut state: State, errand: ErrandId, whose: Whose, now: Moment) -> (State, Vec<Effect>) {
    let (id, ask) = match std::mem::replace(&mut state.errand, Errand::Idle) {
        Errand::Seeking { id, ask } if id == errand => (id, ask),
        other => return (State { errand: other, ..state }, vec![]),
    };
    if ask.means == Means::Certificate {
        return super::organisation::found(state, id, ask, whose, now);
    }
    let Whose { slot, name, past, goes_on, key: _ } = whose;
    let restraint = match &slot {
        Some(slot) => {
            state.uses.read(slot.clone(), past, goes_on.as_deref(), state.trusted, now);
            state.uses.restraint(slot, &Limits::USUAL, now)
        }
        None => restraint_of(&past, goes_on.as_deref(), now),
    };
    let (errand, effects) = if slot.as_ref().is_some_and(|slot| better(&state, slot, now)) {
        errand::fail(Code::CARD_SESSION_OPEN.into(), false, now)
    } else if unexplained(restraint, ask.why.as_ref()) {
        errand::fail(Code::JUSTIFICATION_WANTED.into(), false, now)
    } else {
        let ask = Ask { person: slot.or(ask.person), ..ask };
        let question = QuestionId::default();
        (Errand::Keystore(Keyed { id, question, ask, holder: name, notice: None }), vec![])
    };
    (State { errand, ..state }, effects)
}

/// A session with the card is open for this person, and not about to end: one without it must not take its place.
fn better(state: &State, slot: &SlotId, now: Moment) -> bool {
    let open = state.session_of(slot).filter(|open| open.usable(now) && open.left(now) > SOON);
    open.is_some_and(|open| open.lease.means.needs_card())
}

/// What is refused before anybody is asked: whom it would be for has a better session.
pub(super) fn needless(state: &State, ask: &Ask, now: Moment) -> bool {
    ask.means == Means::Fallback && ask.person.as_ref().is_some_and(|slot| better(state, slot, now))
}

/// The same once the platform granted it: only the password told whose keystore it is.
pub(super) fn refused_at_last(
    errand: Errand,
    effects: Vec<Effect>,
    state: &State,
    now: Moment,
) -> (Errand, Vec<Effect>) {
    let needless = match &errand {
        Errand::Sealing { lease, exception: None, .. } => {
            lease.means == Means::Fallback && better(state, &lease.person.slot, now)
        }
        _ => false,
    };
    if !needless {
        return (errand, effects);
    }
    let unsealed = effects.into_iter().map(|effect| match effect {
        Effect::Seal { assertion, .. } => Effect::Wipe { entry: assertion },
        other => other,
    });
    let (errand, note) = errand::fail(Code::CARD_SESSION_OPEN.into(), false, now);
    (errand, unsealed.chain(note).collect())
}

/// What was refused for the sake of a better session is not said any longer than that is there.
pub(super) fn forget_refusal(state: &mut State, now: Moment) {
    let refused = |problem: &Problem| problem.code == Code::CARD_SESSION_OPEN;
    let mut open = state.session.open().into_iter().chain(state.people.others.values());
    if matches!(&state.errand, Errand::Failed { problem, .. } if refused(problem))
        && !open.any(|open| better(state, &open.lease.person.slot, now))
    {
        state.errand = Errand::Idle;
    }
}

/// Only the password told whose keystore it is: the ledger is read before the token that it opened comes.
pub(super) fn ledger_read(mut state: State, whose: Whose, now: Moment) -> (State, Vec<Effect>) {
    if let Some(slot) = whose.slot {
        state.uses.read(slot, whose.past, whose.goes_on.as_deref(), state.trusted, now);
    }
    (state, vec![])
}

/// A token that was granted without the card enters its exception: the one that goes on, or a new one.
pub(super) fn enter(errand: &mut Errand, effects: &mut [Effect], state: &State, now: Moment) {
    let Errand::Sealing { ask, lease, exception: entered @ None, .. } = errand else { return };
    let (Means::Fallback, Some(why)) = (lease.means, &ask.why) else { return };
    let going_on = state.uses.going_on(&lease.person.slot, now).cloned();
    let begun = || Exception::begun(lease.id.clone(), why.clone(), now, state.trusted);
    let mut exception = Exception { trusted: state.trusted, ..going_on.unwrap_or_else(begun) };
    for effect in effects {
        if let Effect::Seal { history, .. } = effect {
            history.episode = Some(exception.keep(now));
        }
    }
    *entered = Some(Box::new(exception));
}

/// The records answer that what began as an exception of its own goes on with an earlier one, of which nobody could tell
/// when it began: the earlier beginning counts, and its end. One that was known to be over stays over.
pub(super) fn in_force(mut state: State, asked: &LeaseId, line: &Line, now: Moment) -> (State, Vec<Effect>) {
    if state.uses.over.get(&line.slot) == Some(&line.episode) {
        return (state, vec![]);
    }
    state.uses.go_on_with(asked, line);
    // One that is just opened again is kept with what is known now as soon as it is open.
    if let Errand::Sealing { exception: Some(exception), .. } = &mut state.errand
        && exception.id == *asked
    {
        exception.goes_on_with(line);
    }
    let open = match &mut state.session {
        Session::Open(open) | Session::Ended(open) => Some(open),
        Session::None => None,
    };
    let mut effects = vec![];
    for session in open.into_iter().chain(state.people.others.values_mut()) {
        let theirs = session.exception.as_mut().filter(|exception| exception.id == *asked);
        if theirs.is_some_and(|exception| exception.goes_on_with(line)) {
            effects.push(session.keep(now));
        }
    }
    let (state, ticked) = super::tick(state, now);
    effects.extend(ticked);
    (state, effects)
}

/// A session was sealed: an exception begins or goes on, or a card ends the one there was.
pub(super) fn sealed(
    state: &mut State,
    lease: &TokenLease,
    exception: Option<&Exception>,
    now: Moment,
) -> Option<Effect> {
    let slot = &lease.person.slot;
    let Some(exception) = exception else { return with_card(state, slot, now) };
    if state.uses.latest.get(slot).is_none_or(|latest| latest.id != exception.id) {
        state.uses.begun(slot, exception, now);
    }
    state.uses.latest.insert(slot.clone(), exception.clone());
    Some(Effect::BeginEpisode(Box::new(Line {
        episode: exception.id.clone(),
        slot: slot.clone(),
        environment: lease.environment.clone(),
        started_at: exception.used.since(),
        ends_at: lease.ends_at().min(exception.ends_at()),
        reason: exception.why.reason,
        note: exception.why.note.clone(),
        evidence: evidence(state, now),
        ended: None,
    })))
}

fn with_card(state: &mut State, slot: &SlotId, now: Moment) -> Option<Effect> {
    if let Some(past) = state.uses.past.get_mut(slot) {
        past.in_a_row = 0;
    }
    state.session_of(slot).and_then(|open| ended_by(open, Ending::Card, now))
}

/// What was found wrong with the sign-in service says something of a use that begins within this.
const FOUND_WITHIN: SignedDuration = SignedDuration::from_hours(1);

/// What the app itself sees wrong with readers and card, and found wrong with the sign-in service, as evidence beside the
/// person's reason.
fn evidence(state: &State, now: Moment) -> Vec<Code> {
    let lately = |found: &(Code, Moment)| now.boot - found.1.boot < FOUND_WITHIN;
    let service = state.service_failed.filter(lately).map(|(code, _)| code);
    let blocked = state.tries.values().any(|tries| tries.blocked()).then_some(Code::PIN_BLOCKED);
    let card = match &state.readers {
        Readers::Unseen => None,
        Readers::Down(problem) => Some(problem.code),
        Readers::Seen(seen) if seen.is_empty() => Some(Code::NO_READER),
        Readers::Seen(seen) if seen.iter().any(|reader| reader.state == ReaderState::Eid) => None,
        Readers::Seen(seen) => seen
            .iter()
            .find_map(|reader| match reader.state {
                ReaderState::Mute => Some(Code::CARD_MUTE),
                ReaderState::OtherCard => Some(Code::CARD_NOT_EID),
                ReaderState::InUse => Some(Code::CARD_IN_USE),
                ReaderState::Empty | ReaderState::Eid => None,
            })
            .or(Some(Code::NO_CARD)),
    };
    card.into_iter().chain(blocked).chain(service).collect()
}

/// The ledger's word on the end of this session, where it is one without the card.
pub(super) fn ended_by(open: &OpenSession, how: Ending, now: Moment) -> Option<Effect> {
    let exception = open.exception.as_ref()?;
    // A PC that slept past its end sees it only later.
    let ended = Ended { at: now.wall.min(open.ends_at()), how };
    Some(Effect::EndEpisode { episode: exception.id.clone(), ended })
}

/// Counts an exception, and says when its end comes near.
pub(super) fn tick(session: &mut Session, now: Moment) -> Option<Effect> {
    let Session::Open(open) = session else { return None };
    let left = open.left(now);
    let exception = open.exception.as_mut()?;
    exception.said = Warning::at(left).max(exception.said);
    exception.is_to_be_kept(now).then(|| open.keep(now))
}

/// When the next warning comes, by the wall clock.
pub(super) fn next_warning(open: &OpenSession) -> Option<Timestamp> {
    let said = open.exception.as_ref()?.said;
    let to_come = Warning::ALL.into_iter().find(|(warning, _)| said.is_none_or(|said| *warning > said))?;
    open.ends_at().checked_sub(to_come.1).ok()
}

/// Somebody trustworthy told the time.
pub(super) fn told(mut state: State, mark: TrustedMark, now: Moment) -> (State, Vec<Effect>) {
    state.trusted = state.trusted.max(mark);
    let trusted = state.trusted;
    let open = match &mut state.session {
        Session::Open(open) | Session::Ended(open) => Some(open),
        Session::None => None,
    };
    for session in open.into_iter().chain(state.people.others.values_mut()) {
        session.exception.iter_mut().for_each(|exception| exception.told(trusted, now));
    }
    state.uses.latest.values_mut().for_each(|exception| exception.told(trusted, now));
    super::tick(state, now)
}

impl OpenSession {
    /// Why it ended.
    pub(super) fn ended_because(&self, now: Moment) -> Code {
        let used_up = self.exception.as_ref().is_some_and(|exception| exception.left(now).is_zero());
        if used_up { Code::EXCEPTION_ENDED } else { Code::SESSION_ENDED }
    }
}
