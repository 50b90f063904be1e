//! How an open session is kept: when the sign-in service is asked whether it answers, and how loudly a person is asked
//! for the PIN.
//!
//! The renewal itself is a sign-in like any other; this machine only says that one is wanted. A question nobody answers
//! is no failure, a service that does not answer is one, and neither costs a token that is still good.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::lookout::ASKED;
use super::plan::{Life, Pace, attempts, next_attempt};
use super::quiet::{Hours, note_at, quiet_moment};
use crate::code::{Code, Problem};

/// Before the end of the token the question becomes louder. Source: docs/architecture.md, "Quiet prompts".
pub const SOON: SignedDuration = SignedDuration::from_mins(30);
/// Before the end of the token it is asked for the last time. Source: docs/architecture.md, "Quiet prompts".
pub const LAST: SignedDuration = SignedDuration::from_mins(10);

/// How the practice wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Habits {
    /// Working hours and consultations.
    pub hours: Hours,
    /// Where the halving stops.
    pub pace: Pace,
}

impl Habits {
    /// The usual hours and pace, where the practice is.
    #[must_use]
    pub fn usual(zone: TimeZone) -> Self {
        Self { hours: Hours::usual(zone), pace: Pace::USUAL }
    }
}

/// An attempt that was made and came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Which instant of the plan it stands for, with all before it; its own, where that was before the first.
    pub planned: Timestamp,
    /// When it was made.
    pub at: Timestamp,
    /// Why it failed.
    pub code: Code,
    /// The service asked to be left alone until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Timestamp>,
}

/// How loudly the PIN is asked for; each is also what comes before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loudness {
    /// A mark and a sentence in the window.
    Badge,
    /// A notification, once.
    Note,
    /// A notification that stays: the token ends in half an hour.
    Soon,
    /// The last one: ten minutes are left.
    Last,
}

/// A token that is kept, and what was tried so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptToken {
    /// Its life.
    pub life: Life,
    /// Attempts that failed, the latest last.
    pub failed: Vec<Attempt>,
}

/// Where the keeping of a session stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Renewal {
    /// Nothing is renewed: nobody is signed in, or without the card.
    Off,
    /// The next attempt is to come.
    Resting(KeptToken),
    /// The sign-in service is being asked whether it answers.
    Probing {
        /// The token.
        kept: KeptToken,
        /// Which attempt this is.
        planned: Timestamp,
    },
    /// The service answers, so the PIN is wanted.
    Wanted {
        /// The token.
        kept: KeptToken,
        /// Which attempt this is.
        planned: Timestamp,
        /// When a notification may come; none = no quiet moment is left.
        note_at: Option<Timestamp>,
        /// How loudly it was asked so far.
        loudness: Loudness,
    },
}

/// What happens to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A session that is renewed was opened, renewed or found again, with the attempts it had.
    Opened(KeptToken),
    /// It is over, or it is one that is never renewed.
    Closed,
    /// The sign-in service answered, or not.
    Probed(Result<(), Problem>),
    /// A sign-in that somebody asked for failed because of the service.
    Failed(Problem),
    /// The person wants to be asked later.
    Snoozed {
        /// When.
        until: Timestamp,
    },
    /// It was to be renewed by itself, and somebody has to do something for it.
    SomebodyNeeded,
    /// Time has passed.
    Tick,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Ask the sign-in service whether it answers.
    Probe,
    /// Ask the person for the PIN, this loudly.
    Ask(Loudness),
    /// Write the failed attempt down beside the token.
    Keep(Attempt),
}

impl KeptToken {
    /// The next attempt, if any is left before the token ends: as planned, or when the service may be asked again.
    #[must_use]
    pub fn next_attempt(&self, pace: Pace) -> Option<Timestamp> {
        let planned = next_attempt(&attempts(self.life, pace), self.failed.last().map(|it| it.planned))?;
        Some(planned.max(self.not_before(pace))).filter(|at| *at < self.life.ends_at)
    }

    /// What the service asked for, and no sooner than the smallest gap after an attempt that was made before or after its
    /// instant; but for the last attempt of the plan: that one is made.
    fn not_before(&self, pace: Pace) -> Timestamp {
        let Some(made) = self.failed.last() else { return Timestamp::MIN };
        let rested = made.at.checked_add(pace.smallest_gap).unwrap_or(Timestamp::MAX);
        let asked = made.not_before.map_or(rested, |asked| asked.max(rested));
        attempts(self.life, pace).last().map_or(asked, |last| asked.min(*last))
    }

    /// Attempts to come, in order.
    #[must_use]
    pub fn to_come(&self, pace: Pace) -> Vec<Timestamp> {
        let next = self.next_attempt(pace);
        let later = attempts(self.life, pace).into_iter().filter(|at| next.is_some_and(|next| *at > next));
        next.into_iter().chain(later).collect()
    }

    /// When the person is asked at the next attempt; none = no quiet moment is left before the end.
    #[must_use]
    pub fn asks_at(&self, habits: &Habits) -> Option<Timestamp> {
        quiet_moment(self.next_attempt(habits.pace)?, self.life, &habits.hours)
    }

    /// The attempt that is due, with what it stands for: those missed meanwhile are one.
    fn due(&self, habits: &Habits, now: Timestamp) -> Option<Timestamp> {
        let next = self.next_attempt(habits.pace)?;
        let missed = attempts(self.life, habits.pace).into_iter().rfind(|at| *at <= now);
        (self.wakes_at(habits)? <= now && now < self.life.ends_at)
            .then(|| missed.map_or(next, |at| at.max(next)))
    }

    /// When the next attempt is made: as planned, or at the quiet moment before it.
    #[must_use]
    pub fn wakes_at(&self, habits: &Habits) -> Option<Timestamp> {
        let next = self.next_attempt(habits.pace)?;
        let tried = self.failed.last().map(|attempt| attempt.at);
        let early =
            quiet_moment(next, self.life, &habits.hours).filter(|at| tried.is_none_or(|tried| *at > tried));
        Some(early.map_or(next, |at| at.min(next)).max(self.not_before(habits.pace)))
    }

    fn failed(mut self, planned: Timestamp, at: Timestamp, problem: &Problem) -> (Renewal, Vec<Effect>) {
        let not_before = problem.wait().and_then(|wait| at.checked_add(wait.min(ASKED)).ok());
        // One that was made before its instant, at a quiet moment or by hand, does not use that up.
        let before = self.failed.last().map_or(Timestamp::MIN, |attempt| attempt.planned);
        let attempt = Attempt { planned: planned.min(at).max(before), at, code: problem.code, not_before };
        self.failed.push(attempt);
        (Renewal::Resting(self), vec![Effect::Keep(attempt)])
    }

    /// As loud as it may be now.
    fn loudness(&self, note_at: Option<Timestamp>, now: Timestamp) -> Loudness {
        let left = self.life.ends_at.duration_since(now);
        if left <= LAST {
            Loudness::Last
        } else if left <= SOON {
            Loudness::Soon
        } else if note_at.is_some_and(|at| at <= now) {
            Loudness::Note
        } else {
            Loudness::Badge
        }
    }

    fn wanted(self, planned: Timestamp, habits: &Habits, now: Timestamp) -> (Renewal, Vec<Effect>) {
        let note_at = note_at(planned, now, self.life, &habits.hours);
        let loudness = self.loudness(note_at, now);
        (Renewal::Wanted { kept: self, planned, note_at, loudness }, vec![Effect::Ask(loudness)])
    }
}

/// The state after `event`, and what is to be done.
#[must_use]
pub fn next(renewal: Renewal, event: Event, habits: &Habits, now: Timestamp) -> (Renewal, Vec<Effect>) {
    use Renewal::{Off, Probing, Resting, Wanted};
    match (renewal, event) {
        (_, Event::Opened(kept)) => (Resting(kept), vec![]),
        (_, Event::Closed) => (Off, vec![]),
        (Resting(kept), Event::Tick) => match kept.due(habits, now) {
            Some(planned) => (Probing { kept, planned }, vec![Effect::Probe]),
            None => (Resting(kept), vec![]),
        },
        (Probing { kept, planned }, Event::Probed(Ok(()))) => kept.wanted(planned, habits, now),
        (Probing { kept, planned }, Event::Probed(Err(problem)))
        | (Wanted { kept, planned, .. }, Event::Failed(problem)) => kept.failed(planned, now, &problem),
        (Wanted { kept, planned, note_at, loudness }, Event::Tick) => {
            let louder = kept.loudness(note_at, now);
            let effects = if louder > loudness { vec![Effect::Ask(louder)] } else { vec![] };
            (Wanted { kept, planned, note_at, loudness: louder.max(loudness) }, effects)
        }
        (Wanted { kept, planned, .. }, Event::SomebodyNeeded) => kept.wanted(planned, habits, now),
        (Wanted { kept, planned, note_at, loudness }, Event::Snoozed { until }) => {
            // In the last half hour it is asked whatever was put off: nothing is put off into it.
            let until = until.min(kept.life.ends_at - SOON);
            if until > now {
                (Wanted { kept, planned, note_at: Some(until), loudness: Loudness::Badge }, vec![])
            } else {
                (Wanted { kept, planned, note_at, loudness }, vec![])
            }
        }
        (unchanged, _) => (unchanged, vec![]),
    }
}

/// The latest moment at which the runner has to hand in [`Event::Tick`].
#[must_use]
pub fn deadline(renewal: &Renewal, habits: &Habits) -> Option<Timestamp> {
    match renewal {
        Renewal::Off | Renewal::Probing { .. } => None,
        Renewal::Resting(kept) => kept.wakes_at(habits),
        Renewal::Wanted { kept, note_at, loudness, .. } => match loudness {
            Loudness::Badge => {
                Some(note_at.map_or(kept.life.ends_at - SOON, |at| at.min(kept.life.ends_at - SOON)))
            }
            Loudness::Note => Some(kept.life.ends_at - SOON),
            Loudness::Soon => Some(kept.life.ends_at - LAST),
            Loudness::Last => None,
        },
    }
}

#[cfg(test)]
mod tests;
