//! Keeps the session in use: joins what [`super::renewal`] wants to the sign-ins that carry it out.
//!
//! One sign-in at a time, whoever asked for it: while one goes on, nothing is probed and nobody is asked.

use jiff::Timestamp;

use super::effect::{Ask, Effect};
use super::errand::Errand;
use super::organisation::{self, CameToNothing};
use super::plan::{Life, Pace};
use super::renewal::{self, Event, KeptToken, Renewal};
use super::{OpenSession, State};
use crate::code::{Code, Problem};
use crate::journal::Subject;
use crate::lease::{LeaseId, Means, TokenLease};
use crate::time::Moment;

/// What a step may change of it.
pub(super) struct Before {
    token: Option<LeaseId>,
    going_on: bool,
}

impl Before {
    pub(super) fn of(state: &State) -> Self {
        Self { token: kept(state).map(|open| open.lease.id.clone()), going_on: state.errand.busy() }
    }
}

/// The session in use, where it is one that is renewed: an exception never is.
fn kept(state: &State) -> Option<&OpenSession> {
    state.session.open().filter(|open| open.lease.means != Means::Fallback)
}

impl OpenSession {
    /// Its life and the renewals that came to nothing, where it is one that is renewed.
    #[must_use]
    pub fn kept(&self) -> Option<KeptToken> {
        let life = Life::new(self.lease.issued_at, self.ends_at());
        (self.lease.means != Means::Fallback).then(|| KeptToken { life, failed: self.attempts.clone() })
    }

    /// When it is renewed next, at the usual pace; none where no attempt is left or none is made.
    #[must_use]
    pub fn next_attempt(&self) -> Option<Timestamp> {
        self.kept()?.next_attempt(Pace::USUAL)
    }
}

impl State {
    /// What a person asks for who gives the session in use a new life.
    ///
    /// # Errors
    /// [`Code::NO_SESSION`] where nobody is signed in, [`Code::NEVER_RENEWED`] where somebody is without the card.
    pub fn ask_to_renew(&self, reader: Option<String>) -> Result<Ask, Code> {
        let open = self.session.open().ok_or_else(|| self.why_nobody())?;
        if open.lease.means == Means::Fallback {
            return Err(Code::NEVER_RENEWED);
        }
        let TokenLease { id, means, quality, person, .. } = &open.lease;
        Ok(Ask {
            means: *means,
            quality: quality.clone(),
            reader,
            person: Some(person.slot.clone()),
            renews: Some(id.clone()),
            why: None,
            keystore: None,
        })
    }
}

/// What the step before means for the session that is kept.
pub(super) fn follow(state: &mut State, before: &Before, now: Moment) -> Vec<Effect> {
    let mut effects = vec![];
    let token = kept(state).map(|open| open.lease.id.clone());
    if token != before.token {
        effects.extend(hear(state, opened(state), now));
    }
    if let Some(nothing) = organisation::failed(state, now) {
        effects.extend(came_to_nothing(state, nothing, now));
    } else if let Errand::Failed { problem, .. } = &state.errand
        && before.going_on
        && of_the_service(problem.code)
    {
        let failed = Event::Failed(problem.clone());
        state.service_failed = Some((problem.code, now));
        effects.extend(hear(state, failed, now));
    }
    if !state.errand.busy() {
        effects.extend(hear(state, Event::Tick, now));
    }
    if let Some(nothing) = organisation::resume(state, now) {
        effects.extend(came_to_nothing(state, nothing, now));
    }
    effects
}

fn came_to_nothing(state: &mut State, nothing: CameToNothing, now: Moment) -> Vec<Effect> {
    match nothing {
        CameToNothing::Attempt(failed) => hear(state, failed, now),
        CameToNothing::Told(effects) => effects,
    }
}

/// What was to be done by itself needs somebody.
pub(super) fn somebody_is_needed(state: &mut State, now: Moment) -> Vec<Effect> {
    hear(state, Event::SomebodyNeeded, now)
}

/// The sign-in service failed, or the way to it; neither card nor person did.
pub(super) fn of_the_service(code: Code) -> bool {
    (2001..=2109).contains(&code.number())
}

fn opened(state: &State) -> Event {
    state.session.open().and_then(OpenSession::kept).map_or(Event::Closed, Event::Opened)
}

pub(super) fn probed(mut state: State, result: Result<(), Problem>, now: Moment) -> (State, Vec<Effect>) {
    let effects = hear(&mut state, Event::Probed(result), now);
    (state, effects)
}

pub(super) fn snoozed(mut state: State, until: Timestamp, now: Moment) -> (State, Vec<Effect>) {
    let effects = hear(&mut state, Event::Snoozed { until }, now);
    (state, effects)
}

fn hear(state: &mut State, event: Event, now: Moment) -> Vec<Effect> {
    // A clock that was set back puts nothing off.
    let at = kept(state).map_or(now.wall, |open| open.now(now));
    let renewal = std::mem::replace(&mut state.renewal, Renewal::Off);
    let (renewal, wishes) = renewal::next(renewal, event, &state.habits_in_force(), at);
    state.renewal = renewal;
    wishes.into_iter().flat_map(|wish| carried_out(state, wish, now)).collect()
}

fn carried_out(state: &mut State, wish: renewal::Effect, now: Moment) -> Vec<Effect> {
    match wish {
        renewal::Effect::Probe => vec![Effect::ProbeForRenewal],
        // Whoever watches the state tells it, where somebody is needed.
        renewal::Effect::Ask(_) => organisation::renew(state, now),
        renewal::Effect::Keep(attempt) => {
            if of_the_service(attempt.code) {
                state.service_failed = Some((attempt.code, now));
            }
            let super::Session::Open(open) = &mut state.session else { return vec![] };
            open.attempts.push(attempt);
            let failed = Effect::record(Subject::Session, "renewal-failed", &open.lease, now)
                .because(attempt.code)
                .with("planned", attempt.planned);
            let lease = open.lease.id.clone();
            vec![failed, Effect::Attempted { lease, attempt }, open.keep(now)]
        }
    }
}

/// The latest moment at which the loop has to look again.
pub(super) fn deadline(state: &State) -> Option<Timestamp> {
    if state.errand.busy() { None } else { renewal::deadline(&state.renewal, &state.habits_in_force()) }
}
