//! Looks for the sign-in service while nobody is signed in because it does not answer: ever more gently, until it is
//! back, which is told once.
//!
//! It asks nobody for anything. It begins where a session ended with its renewals unheard, or where somebody who wanted
//! to sign in was told that nobody answers; and it ends with a sign-in, whoever begins one.

use jiff::{SignedDuration, Timestamp};

use super::effect::Effect;
use super::errand::Errand;
use super::keeping::of_the_service;
use super::renewal::Renewal;
use super::{Session, State};
use crate::code::{Code, Problem};
use crate::journal::Subject;
use crate::lease::Means;
use crate::time::Moment;

/// Before the first look. Source: catalogue/policy.toml, `lookout`.
pub const FIRST: SignedDuration = SignedDuration::from_mins(1);
/// Between two looks at most, but for what chance adds. Source: catalogue/policy.toml, `lookout`.
pub const LONGEST: SignedDuration = SignedDuration::from_mins(5);
/// How much a pause is longer or shorter by chance, in hundredths, so that not everybody looks at once.
/// Source: catalogue/policy.toml, `lookout-spread`.
pub const SPREAD: i32 = 20;

/// Longest that a service may put the next look off: who asks for a day would keep everybody from hearing of its return.
/// Source: catalogue/policy.toml, `lookout-asked`.
pub const ASKED: SignedDuration = SignedDuration::from_hours(1);
/// A look that says nothing for this long was in vain; a request is given up long before.
/// Ten times what a whole request may take. Source: catalogue/policy.toml, `lookout-unheard`.
pub const UNHEARD: SignedDuration = SignedDuration::from_mins(5);

/// Whether somebody waits for the sign-in service to answer again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lookout {
    /// Nobody does.
    #[default]
    Off,
    /// The next look is to come.
    Waiting {
        /// Since when the service is missed.
        missed_at: Timestamp,
        /// Looks so far.
        looks: u32,
        /// Since when this pause lasts.
        since: Moment,
        /// How long it is.
        pause: SignedDuration,
    },
    /// The service is being asked whether it answers.
    Looking {
        /// Since when it is missed.
        missed_at: Timestamp,
        /// Looks so far.
        looks: u32,
        /// Since when this one lasts.
        since: Moment,
    },
    /// It answers again, and nobody has signed in since.
    Back,
}

/// A number that was drawn for one pause: 0 makes it shortest, 255 longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chance(pub u8);

impl Chance {
    /// Neither shorter nor longer.
    pub const EVEN: Self = Self(128);

    pub(crate) fn spread(self, pause: SignedDuration) -> SignedDuration {
        let hundredths = (i32::from(self.0) - i32::from(Self::EVEN.0)) * SPREAD / 128;
        pause + pause * hundredths / 100
    }
}

impl Lookout {
    fn missing(now: Moment) -> Self {
        Self::Waiting { missed_at: now.wall, looks: 0, since: now, pause: FIRST }
    }

    /// Somebody waits for it.
    #[must_use]
    pub fn waits(self) -> bool {
        matches!(self, Self::Waiting { .. } | Self::Looking { .. })
    }
}

/// The pause after this many looks.
fn pause(looks: u32, chance: Chance, problem: &Problem) -> SignedDuration {
    let doubled = FIRST * 2_i32.saturating_pow(looks.min(16));
    // What the service itself asks for is no shorter by chance.
    chance.spread(doubled.min(LONGEST)).max(problem.wait().unwrap_or_default().min(ASKED))
}

/// What a step may change of it.
pub(super) struct Before {
    open: bool,
    nobody: bool,
    unanswered: bool,
    probing: bool,
}

impl Before {
    pub(super) fn of(state: &State) -> Self {
        Self {
            open: state.session.open().is_some(),
            nobody: state.session == Session::None,
            unanswered: unanswered(state),
            probing: matches!(state.errand, Errand::Probing { .. }),
        }
    }
}

/// The last renewal of the session in use found nobody, and none since was answered.
fn unanswered(state: &State) -> bool {
    let waits_for_the_service = matches!(state.renewal, Renewal::Resting(_) | Renewal::Probing { .. });
    let open = state.session.open().filter(|open| open.lease.means != Means::Fallback);
    let last = open.and_then(|open| open.attempts.last());
    waits_for_the_service && last.is_some_and(|attempt| does_not_answer(attempt.code))
}

/// Nobody answers, or not as the sign-in service: what a look alone can find out. A service that refuses, or says that
/// it is out of order, does answer; a host that may not be called is not looked for.
fn does_not_answer(code: Code) -> bool {
    matches!(
        code,
        Code::STS_UNREACHABLE
            | Code::STS_TIMEOUT
            | Code::STS_HTTP
            | Code::STS_BAD_RESPONSE
            | Code::TLS_EXPIRED
            | Code::TLS_WRONG_NAME
            | Code::TLS_UNKNOWN_CA
            | Code::TLS_TOO_OLD
            | Code::TLS_BROKEN
            | Code::TLS_INSPECTED
            | Code::NAME_NOT_FOUND
            | Code::PROXY_REFUSED
            | Code::ANSWER_TOO_LARGE
            | Code::REDIRECTED
    )
}

/// What the step before means for it.
pub(super) fn follow(state: &mut State, before: &Before, now: Moment) -> Vec<Effect> {
    let ended = before.open && before.unanswered && matches!(state.session, Session::Ended(_));
    let in_vain = before.probing
        && matches!(&state.errand, Errand::Failed { problem, .. } if does_not_answer(problem.code));
    let signed_out = !before.nobody && state.session == Session::None;
    if state.session.open().is_some() || signed_out {
        state.lookout = Lookout::Off;
    } else if (ended || in_vain) && !state.lookout.waits() {
        state.lookout = Lookout::missing(now);
    } else if state.errand.busy() && state.lookout == Lookout::Back {
        state.lookout = Lookout::Off;
    }
    give_up(state, now);
    look(state, now)
}

/// A clock that was set back puts nothing off.
fn over(since: Moment, span: SignedDuration, now: Moment) -> bool {
    now.wall.duration_since(since.wall) >= span || now.boot - since.boot >= span
}

/// A look that was never answered was in vain. An answer that still comes means nothing until the next look.
fn give_up(state: &mut State, now: Moment) {
    if let Lookout::Looking { missed_at, looks, since } = state.lookout
        && over(since, UNHEARD, now)
    {
        let pause = pause(looks, Chance::EVEN, &Code::STS_TIMEOUT.into());
        state.lookout = Lookout::Waiting { missed_at, looks, since: now, pause };
    }
}

/// Looks, when it is time; not while somebody signs in, who looks anyway.
fn look(state: &mut State, now: Moment) -> Vec<Effect> {
    let Lookout::Waiting { missed_at, looks, since, pause } = state.lookout else { return vec![] };
    if !over(since, pause, now) || state.errand.busy() {
        return vec![];
    }
    state.lookout = Lookout::Looking { missed_at, looks: looks.saturating_add(1), since: now };
    vec![Effect::LookForService]
}

pub(super) fn looked(
    mut state: State,
    result: &Result<(), Problem>,
    chance: Chance,
    now: Moment,
) -> (State, Vec<Effect>) {
    let Lookout::Looking { missed_at, looks, .. } = state.lookout else { return (state, vec![]) };
    let effects = match result {
        Ok(()) => {
            state.lookout = Lookout::Back;
            let back = Effect::note(Subject::Session, "service-back", None, now);
            vec![back.with("missed", missed_at).with("looks", looks)]
        }
        Err(problem) => {
            if of_the_service(problem.code) {
                state.service_failed = Some((problem.code, now));
            }
            let pause = pause(looks, chance, problem);
            state.lookout = Lookout::Waiting { missed_at, looks, since: now, pause };
            vec![]
        }
    };
    (state, effects)
}

/// The latest moment at which the loop has to look again.
pub(super) fn deadline(state: &State) -> Option<Timestamp> {
    match state.lookout {
        Lookout::Waiting { since, pause, .. } if !state.errand.busy() => since.wall.checked_add(pause).ok(),
        Lookout::Looking { since, .. } => since.wall.checked_add(UNHEARD).ok(),
        _ => None,
    }
}
