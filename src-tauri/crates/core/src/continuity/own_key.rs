//! When the own encryption key of whoever is signed in is asked for: a while after they signed in, then once a day, and
//! gently where the depot does not answer. It is wanted for the day on which the depot is gone (requirement D-26), so
//! nothing else waits for it.
//!
//! Who asks, and what is kept, is decided elsewhere.

use jiff::{SignedDuration, Timestamp};

use crate::lease::SlotId;
use crate::session::lookout::Chance;
use crate::time::Moment;

/// Shortest pause between a sign-in and the question: the day's first calls go before.
pub const SOONEST: SignedDuration = SignedDuration::from_mins(1);
/// What chance adds to [`SOONEST`] at most: a whole region signs in at eight.
pub const SPREAD: SignedDuration = SignedDuration::from_mins(9);
/// Between two answers; chance adds up to [`LATER`].
pub const EVERY: SignedDuration = SignedDuration::from_hours(24);
/// What chance adds to [`EVERY`] at most.
pub const LATER: SignedDuration = SignedDuration::from_hours(1);
/// After a question that nobody answered; doubled after each further one, and longer or shorter by chance.
pub const AGAIN: SignedDuration = SignedDuration::from_mins(15);
/// Where the doubling stops.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(6);

/// Where asking stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum OwnKey {
    /// Nobody is signed in.
    #[default]
    Off,
    /// It is asked for later.
    Waiting {
        /// For whom.
        person: SlotId,
        /// Since when this pause lasts.
        since: Moment,
        /// How long it is.
        pause: SignedDuration,
        /// Questions in a row that nobody answered.
        failures: u32,
    },
    /// It is being asked for.
    Asking {
        /// For whom.
        person: SlotId,
        /// Questions in a row before this one that nobody answered.
        failures: u32,
    },
}

/// What happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// This person's session is in use.
    SignedIn {
        /// Whose.
        person: SlotId,
        /// Since when this run of Relais has it.
        since: Moment,
        /// How long ago the depot answered, where it did since they signed in.
        answered: Option<SignedDuration>,
        /// For the pause.
        chance: Chance,
    },
    /// No session is in use.
    SignedOut,
    /// Time has passed.
    Tick {
        /// Nobody is just signing in, and this PC reaches somebody.
        free: bool,
    },
    /// The question has ended.
    Asked {
        /// What came of it.
        came: Came,
        /// For the next pause.
        chance: Chance,
    },
}

/// What came of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// An answer, whatever it says; or nobody is to be asked.
    Answered,
    /// None that says anything of the key.
    Silence {
        /// How long the host asks to be left alone.
        wait: Option<SignedDuration>,
    },
}

impl OwnKey {
    /// Who is waited or asked for.
    #[must_use]
    pub fn person(&self) -> Option<&SlotId> {
        match self {
            Self::Off => None,
            Self::Waiting { person, .. } | Self::Asking { person, .. } => Some(person),
        }
    }

    fn waits(person: SlotId, since: Moment, pause: SignedDuration, failures: u32) -> Self {
        Self::Waiting { person, since, pause, failures }
    }
}

/// The state after `event`, and whose key is to be asked for now.
#[must_use]
pub fn next(state: OwnKey, event: Event, now: Moment) -> (OwnKey, Option<SlotId>) {
    use OwnKey::{Asking, Off, Waiting};
    match (state, event) {
        (_, Event::SignedOut) => (Off, None),
        // A session that is renewed goes on.
        (known, Event::SignedIn { person, .. }) if known.person() == Some(&person) => (known, None),
        (_, Event::SignedIn { person, since, answered, chance }) => {
            let (since, pause) =
                answered.map_or_else(|| (since, soon(chance)), |age| (now, left(age, chance)));
            (OwnKey::waits(person, since, pause, 0), None)
        }
        (Waiting { person, since, pause, failures }, Event::Tick { free: true })
            if over(since, pause, now) =>
        {
            (Asking { person: person.clone(), failures }, Some(person))
        }
        (Asking { person, .. }, Event::Asked { came: Came::Answered, chance }) => {
            (OwnKey::waits(person, now, daily(chance), 0), None)
        }
        (Asking { person, failures }, Event::Asked { came: Came::Silence { wait }, chance }) => {
            let doubled = AGAIN * 2_i32.saturating_pow(failures.min(10));
            let pause = chance.spread(doubled.min(LONGEST)).max(wait.unwrap_or_default());
            (OwnKey::waits(person, now, pause, failures.saturating_add(1)), None)
        }
        (unchanged, _) => (unchanged, None),
    }
}

/// The latest moment at which the runner has to hand in [`Event::Tick`].
#[must_use]
pub fn deadline(state: &OwnKey) -> Option<Timestamp> {
    match state {
        OwnKey::Waiting { since, pause, .. } => {
            Some(since.wall.checked_add(*pause).unwrap_or(Timestamp::MAX))
        }
        OwnKey::Off | OwnKey::Asking { .. } => None,
    }
}

/// By whichever clock says so: one that was set back delays nothing.
fn over(since: Moment, pause: SignedDuration, now: Moment) -> bool {
    now.wall.duration_since(since.wall) >= pause || now.boot - since.boot >= pause
}

fn soon(chance: Chance) -> SignedDuration {
    SOONEST + part(SPREAD, chance)
}

fn daily(chance: Chance) -> SignedDuration {
    EVERY + part(LATER, chance)
}

/// What is left of the day since the last answer, and never less than after a sign-in.
fn left(age: SignedDuration, chance: Chance) -> SignedDuration {
    (daily(chance) - age.clamp(SignedDuration::ZERO, EVERY)).max(soon(chance))
}

fn part(of: SignedDuration, chance: Chance) -> SignedDuration {
    of * i32::from(chance.0) / 256
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(second: i64) -> Moment {
        Moment {
            wall: Timestamp::from_second(1_000_000 + second).unwrap(),
            boot: SignedDuration::from_secs(second),
        }
    }

    fn slot(letter: char) -> SlotId {
        SlotId::parse(&letter.to_string().repeat(32)).unwrap()
    }

    fn signed_in(letter: char, answered: Option<i64>) -> Event {
        let answered = answered.map(SignedDuration::from_hours);
        Event::SignedIn { person: slot(letter), since: at(0), answered, chance: Chance::EVEN }
    }

    /// Hours from `now` to the next question.
    fn due(state: &OwnKey, now: i64) -> f64 {
        deadline(state).unwrap().duration_since(at(now).wall).as_secs_f64() / 3_600.0
    }

    const TICK: Event = Event::Tick { free: true };
    const ANSWERED: Event = Event::Asked { came: Came::Answered, chance: Chance::EVEN };
    const SILENCE: Event = Event::Asked { came: Came::Silence { wait: None }, chance: Chance::EVEN };

    #[test]
    fn it_is_asked_for_a_while_after_a_sign_in_and_then_once_a_day() {
        let (state, asked) = next(OwnKey::Off, signed_in('a', None), at(0));
        assert_eq!(asked, None, "a sign-in waits for nothing");
        assert_eq!(next(state.clone(), TICK, at(59)), (state.clone(), None));
        let (state, asked) = next(state, TICK, at(600));
        assert_eq!(asked, Some(slot('a')));
        let (state, _) = next(state, ANSWERED, at(601));
        assert!((24.0..=25.0).contains(&due(&state, 601)));
        assert_eq!(next(state.clone(), signed_in('a', None), at(700)), (state, None), "a renewal goes on");
    }

    #[test]
    fn a_sign_in_that_begins_or_a_cable_that_is_cut_goes_before() {
        let (state, _) = next(OwnKey::Off, signed_in('a', None), at(0));
        let (state, asked) = next(state, Event::Tick { free: false }, at(10_000));
        assert_eq!(asked, None);
        assert_eq!(next(state, TICK, at(10_001)).1, Some(slot('a')));
    }

    #[test]
    fn who_answered_since_the_sign_in_is_asked_again_when_a_day_is_over() {
        let after = |answered| due(&next(OwnKey::Off, signed_in('a', answered), at(0)).0, 0);
        assert!(after(None) < 0.2);
        assert!((20.0..=21.0).contains(&after(Some(4))));
        assert!(after(Some(100)) <= 1.0);
        assert!((24.0..=25.0).contains(&after(Some(-3))), "a clock that was set back");
    }

    #[test]
    fn silence_makes_the_pauses_longer_up_to_a_quarter_of_a_day_and_a_host_may_ask_for_more() {
        let mut state = next(OwnKey::Off, signed_in('a', None), at(0)).0;
        let (mut now, mut pauses) = (0, vec![]);
        for _ in 0..7 {
            now += 90_000;
            state = next(state, TICK, at(now)).0;
            state = next(state, SILENCE, at(now)).0;
            pauses.push(due(&state, now));
        }
        assert_eq!(pauses, [0.25, 0.5, 1.0, 2.0, 4.0, 6.0, 6.0]);
        state = next(state, TICK, at(now + 90_000)).0;
        let wait = Some(SignedDuration::from_hours(9));
        let asks = Event::Asked { came: Came::Silence { wait }, chance: Chance::EVEN };
        assert_eq!(due(&next(state, asks, at(now + 90_000)).0, now + 90_000), 9.0);
    }

    #[test]
    fn the_pause_begins_with_the_session_however_late_that_is_seen() {
        let (state, _) = next(OwnKey::Off, signed_in('a', None), at(660));
        assert_eq!(next(state, TICK, at(660)).1, Some(slot('a')));
    }

    #[test]
    fn nobody_is_asked_for_who_is_not_signed_in() {
        let (state, _) = next(OwnKey::Off, signed_in('a', None), at(0));
        assert_eq!(next(state.clone(), Event::SignedOut, at(1)), (OwnKey::Off, None));
        let (other, _) = next(state, signed_in('b', None), at(1));
        assert_eq!(other.person(), Some(&slot('b')));
        assert_eq!(next(OwnKey::Off, ANSWERED, at(2)), (OwnKey::Off, None), "it came too late");
    }

    #[test]
    fn a_clock_that_was_set_back_delays_nothing() {
        let (state, _) = next(OwnKey::Off, signed_in('a', None), at(0));
        let back = Moment { wall: at(-100_000).wall, ..at(700) };
        assert_eq!(next(state, TICK, back).1, Some(slot('a')));
    }

    proptest! {
        #[test]
        fn between_two_questions_of_one_session_lies_a_quarter_of_an_hour_and_after_an_answer_a_day(
            steps in prop::collection::vec((1i64..40_000, any::<bool>(), any::<u8>()), 1..40),
        ) {
            let chance = |n| Chance(n);
            let mut state = next(OwnKey::Off, signed_in('a', None), at(0)).0;
            let (mut now, mut last) = (0, None::<(i64, bool)>);
            for (pause, answers, n) in steps {
                now += pause;
                let (after, asked) = next(state, TICK, at(now));
                state = after;
                if asked.is_some() {
                    if let Some((before, answered)) = last {
                        let least = if answered { 86_400 } else { 12 * 60 };
                        prop_assert!(now - before >= least);
                    }
                    let came = if answers { Came::Answered } else { Came::Silence { wait: None } };
                    state = next(state, Event::Asked { came, chance: chance(n) }, at(now)).0;
                    last = Some((now, answers));
                }
                prop_assert!(deadline(&state).is_some(), "it is asked for again some day");
            }
        }
    }
}
