//! What the session learns of clocks: the platform's own, and the mark of trusted time when a person puts it back.

use jiff::{SignedDuration, Timestamp};

use super::effect::Effect;
use super::{Session, State};
use crate::code::{Code, Problem};
use crate::journal::Subject;
use crate::platform_time::{self, PlatformTime, TOLD};
use crate::time::{Moment, TrustedMark};
use crate::trusted::{JUMP, vouched};

impl State {
    /// A moment of this PC by the platform's clock, by which leases are judged.
    #[must_use]
    pub fn platform_moment(&self, now: Moment) -> Moment {
        platform_time::of(self.platform.as_ref(), now)
    }

    /// An instant of the platform's clock by that of this PC, for whoever waits for it.
    #[must_use]
    pub fn by_this_pc(&self, at: Timestamp, now: Moment) -> Timestamp {
        let offset = self.platform.as_ref().map_or(SignedDuration::ZERO, |measured| measured.offset(now));
        at.checked_sub(offset).unwrap_or(at)
    }

    /// Everything that must be said though nothing has to be done; `now` is a moment of this PC.
    #[must_use]
    pub fn said(&self, now: Moment) -> Vec<Problem> {
        let here = self.platform_moment(now);
        let held = self.session.open().filter(|open| open.held(here)).map(|_| Code::EXCEPTION_HELD.into());
        let clock = self.platform.as_ref().and_then(|measured| clock_is_off(measured.offset(now)));
        let ahead = mark_is_ahead(self.trusted, here);
        let jumped = self.clock_has_jumped(here).then(|| Code::CLOCK_JUMPED.into());
        held.into_iter()
            .chain(clock)
            .chain(ahead)
            .chain(jumped)
            .chain(self.warnings.iter().cloned())
            .collect()
    }
}

impl State {
    /// The session is over by the wall clock of this PC alone.
    fn clock_has_jumped(&self, now: Moment) -> bool {
        let (Session::Open(session) | Session::Ended(session)) = &self.session else { return false };
        session.ended_by_the_wall(self.trusted, now)
    }
}

fn clock_is_off(offset: SignedDuration) -> Option<Problem> {
    let way = if offset.is_negative() { "ahead" } else { "behind" };
    let minutes = (offset.abs() + SignedDuration::from_secs(30)).as_mins();
    let off = Problem::new(Code::CLOCK_DIFFERS).with("minutes", minutes).with("way", way);
    (offset.abs() >= TOLD).then_some(off)
}

/// Work without the card cannot begin: by this mark its hours would be over.
fn mark_is_ahead(mark: TrustedMark, here: Moment) -> Option<Problem> {
    (mark.0?.duration_since(here.wall) > JUMP).then(|| Code::TIME_AHEAD.into())
}

/// The platform's clock was measured. What nobody vouches for moves no lease.
pub(super) fn measured(state: State, offset: SignedDuration, signed: Option<Timestamp>, pc: Moment) -> State {
    if !vouched(offset, signed, state.trusted, pc) {
        return state;
    }
    goes_by(state, PlatformTime::measured(offset, pc), pc)
}

/// Leases go by this clock of the platform from now on. What was found before by a clock that nobody had measured is
/// looked at anew.
pub(super) fn goes_by(mut state: State, platform: Option<PlatformTime>, pc: Moment) -> State {
    let before = state.platform_moment(pc);
    state.platform = platform;
    state.measured = true;
    let here = state.platform_moment(pc);
    let same = (here.wall - before.wall).total(jiff::Unit::Second).is_ok_and(|by| by.abs() < 1.0);
    let in_use = match &mut state.session {
        Session::Open(open) | Session::Ended(open) => Some(open),
        Session::None => None,
    };
    for session in in_use.into_iter().chain(state.people.others.values_mut()).filter(|found| found.restored) {
        session.noted = None;
        if same {
            continue;
        }
        // What the boot clock has counted since it was found goes on counting.
        let since = session.since.boot;
        let wall = here.wall.checked_sub(here.boot - since).unwrap_or(here.wall);
        session.since = Moment { wall, boot: since };
    }
    state
}

/// A person put the mark of trusted time back, and a check agreed.
pub(super) fn lowered(mut state: State, mark: TrustedMark, now: Moment) -> (State, Vec<Effect>) {
    let text = |mark: TrustedMark| mark.0.map_or_else(|| "-".to_owned(), |at| at.to_string());
    let record = Effect::note(Subject::System, "noted-time-put-back", None, now)
        .with("from", text(state.trusted))
        .with("to", text(mark));
    state.trusted = mark;
    let in_use = match &mut state.session {
        Session::Open(open) | Session::Ended(open) => Some(open),
        Session::None => None,
    };
    let found = in_use.into_iter().chain(state.people.others.values_mut());
    for exception in found.filter_map(|session| session.exception.as_deref_mut()) {
        exception.trusted = mark;
    }
    state.uses.lowered(mark);
    let (state, mut effects) = super::tick(state, now);
    effects.insert(0, record);
    (state, effects)
}
