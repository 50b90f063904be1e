//! When a token is renewed: at half of its life, then each time at half of what is left.
//!
//! A pure table of issue and expiry. Whether a person is there, and when to ask them, is decided in [`super::quiet`].

use jiff::{SignedDuration, Timestamp};

use crate::lease::LONGEST_LIFE;

/// Where the halving stops, so that attempts do not crowd towards the end for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Least time between two attempts.
    pub smallest_gap: SignedDuration,
    /// The last attempt is made this long before the end.
    pub last_margin: SignedDuration,
}

impl Pace {
    /// 15 minutes and 2 minutes. Source: requirement D-02.
    pub const USUAL: Self =
        Self { smallest_gap: SignedDuration::from_mins(15), last_margin: SignedDuration::from_mins(2) };
}

/// The life of a token, as its plan sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Life {
    /// When the token was issued.
    pub issued_at: Timestamp,
    /// When it ends: this instant counts as ended.
    pub ends_at: Timestamp,
}

impl Life {
    /// From issue to expiry, cut to [`LONGEST_LIFE`]; one that ends before it begins has no length.
    #[must_use]
    pub fn new(issued_at: Timestamp, expires_at: Timestamp) -> Self {
        let longest = issued_at.checked_add(LONGEST_LIFE).unwrap_or(Timestamp::MAX);
        Self { issued_at, ends_at: expires_at.min(longest).max(issued_at) }
    }

    /// X, the length of this life.
    #[must_use]
    pub fn length(self) -> SignedDuration {
        self.ends_at.duration_since(self.issued_at)
    }

    /// The instant at which this part of X has passed; `parts` of 2 is the half, of 4 the quarter.
    #[must_use]
    pub fn after_one_of(self, parts: i32) -> Timestamp {
        self.ends_at - (self.length() - self.length() / parts)
    }
}

/// The instants at which a new token is asked for, each only if all before it failed.
///
/// Half of the life, then half of what is left, never closer than the smallest gap, and once more shortly before the end.
/// Source: requirements and D-02, whose tables this gives to the second.
#[must_use]
pub fn attempts(life: Life, pace: Pace) -> Vec<Timestamp> {
    let half = life.after_one_of(2);
    // A token too short for the margin is still tried at its half.
    let last = (life.ends_at - pace.last_margin).max(half);
    let mut planned = vec![];
    let mut at = half;
    while at < last {
        planned.push(at);
        let left = life.ends_at.duration_since(at);
        at += (left / 2).max(pace.smallest_gap);
    }
    if last < life.ends_at {
        planned.push(last);
    }
    planned
}

/// The next attempt after the latest that was made, if any is left.
///
/// One that was missed, by sleep or a restart, lies in the past and is due at once; the ones between it and now are not
/// made up for, because the attempt that is made now counts for all of them.
#[must_use]
pub fn next_attempt(planned: &[Timestamp], made: Option<Timestamp>) -> Option<Timestamp> {
    planned.iter().copied().find(|at| made.is_none_or(|made| *at > made))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn life(seconds: i64) -> Life {
        let issued_at: Timestamp = "2026-03-02T07:00:00Z".parse().unwrap();
        Life::new(issued_at, issued_at + SignedDuration::from_secs(seconds))
    }

    fn offsets(seconds: i64) -> Vec<i64> {
        let life = life(seconds);
        attempts(life, Pace::USUAL)
            .into_iter()
            .map(|at| at.duration_since(life.issued_at).as_secs())
            .collect()
    }

    #[test]
    fn the_tables_of_the_requirements_are_met_to_the_second() {
        let table: &[(i64, &[i64])] = &[
            (3600, &[1800, 2700, 3480]),
            (1200, &[600, 1080]),
            (28_800, &[14_400, 21_600, 25_200, 27_000, 27_900, 28_680]),
            (86_400, &[43_200, 64_800, 75_600, 81_000, 83_700, 85_050, 85_950, 86_280]),
            (43_200, &[21_600, 32_400, 37_800, 40_500, 41_850, 42_750, 43_080]),
        ];
        for (seconds, expected) in table {
            assert_eq!(offsets(*seconds), *expected, "a life of {seconds} s");
        }
    }

    #[test]
    fn a_token_of_three_days_is_planned_as_one_of_a_day() {
        assert_eq!(offsets(3 * 86_400), offsets(86_400));
    }

    #[test]
    fn a_token_too_short_for_the_margin_is_tried_at_its_half() {
        assert_eq!(offsets(100), [50]);
        assert_eq!(offsets(0), [0; 0]);
        assert_eq!(offsets(-5), [0; 0]);
    }

    #[test]
    fn what_was_missed_in_a_long_sleep_is_made_up_for_once() {
        let life = life(86_400);
        let planned = attempts(life, Pace::USUAL);
        let woken = life.issued_at + SignedDuration::from_secs(82_000);
        assert_eq!(next_attempt(&planned, None), Some(planned[0]), "due since long");
        assert_eq!(next_attempt(&planned, Some(woken)), Some(planned[4]), "and then as planned");
        assert_eq!(next_attempt(&planned, Some(life.ends_at)), None);
    }

    proptest! {
        #[test]
        fn attempts_rise_inside_the_second_half_and_keep_their_distance(seconds in 1i64..100_000) {
            let life = life(seconds);
            let planned = attempts(life, Pace::USUAL);
            prop_assert!(!planned.is_empty());
            prop_assert!(planned.iter().all(|at| *at >= life.after_one_of(2) && *at < life.ends_at));
            for pair in planned.windows(2) {
                prop_assert!(pair[0] < pair[1]);
            }
            let before_the_last = planned.len().saturating_sub(1);
            for pair in planned[..before_the_last].windows(2) {
                prop_assert!(pair[1].duration_since(pair[0]) >= Pace::USUAL.smallest_gap);
            }
        }

        #[test]
        fn after_an_attempt_the_next_one_lies_behind_it(seconds in 1i64..100_000, made in 0i64..100_000) {
            let life = life(seconds);
            let made = life.issued_at + SignedDuration::from_secs(made);
            let next = next_attempt(&attempts(life, Pace::USUAL), Some(made));
            prop_assert!(next.is_none_or(|next| next > made));
        }
    }
}
