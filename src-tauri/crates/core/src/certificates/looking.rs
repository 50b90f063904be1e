//! When a folder is looked at: at the start, once a day, when something in it changed or somebody wants it, and ever more
//! seldom while it is out of reach. Nothing looks by the minute.

use jiff::{SignedDuration, Timestamp};

/// A folder that was seen is seen again after this. Source: docs/architecture.md, "Certificates".
pub const EVERY: SignedDuration = SignedDuration::from_hours(24);
/// One that is out of reach is tried again after this, then after twice the pause.
pub const TRIED_AGAIN: SignedDuration = SignedDuration::from_mins(10);
/// Longest pause between two tries.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(6);

/// What a look came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// To its end.
    Whole,
    /// Something was out of reach.
    OutOfReach,
    /// Somebody gave it up: they do not want it now.
    GivenUp,
}

/// When one folder is looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pace {
    last: Option<Timestamp>,
    /// Looks in a row that did not reach everything.
    misses: u32,
    wanted: bool,
    under_way: bool,
}

impl Pace {
    /// Something changed there, or somebody wants to know.
    pub fn want(&mut self) {
        self.wanted = true;
    }

    /// A look begins: what is wanted from here on is wanted after it.
    pub fn begin(&mut self) {
        (self.under_way, self.wanted) = (true, false);
    }

    /// A look has ended.
    pub fn end(&mut self, came: Came, now: Timestamp) {
        self.under_way = false;
        self.last = Some(now);
        self.misses = if came == Came::OutOfReach { self.misses.saturating_add(1) } else { 0 };
    }

    /// Somebody looks there just now.
    #[must_use]
    pub fn under_way(&self) -> bool {
        self.under_way
    }

    /// When it is to be looked at; none while somebody does. A clock that was set back puts nothing off.
    #[must_use]
    pub fn due(&self, now: Timestamp) -> Option<Timestamp> {
        match self.last {
            _ if self.under_way => None,
            Some(last) if !self.wanted && last <= now => {
                Some(last.saturating_add(self.pause()).unwrap_or(Timestamp::MAX))
            }
            _ => Some(now),
        }
    }

    fn pause(&self) -> SignedDuration {
        match self.misses {
            0 => EVERY,
            misses => {
                let twice = 2_i32.saturating_pow(misses - 1);
                TRIED_AGAIN.checked_mul(twice).map_or(LONGEST, |pause| pause.min(LONGEST))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
    }

    /// Minutes until the next look.
    fn next(pace: &Pace, now: i64) -> Option<i64> {
        pace.due(at(now)).map(|due| due.duration_since(at(now)).as_mins())
    }

    #[test]
    fn a_folder_is_looked_at_when_it_is_new_once_a_day_and_when_somebody_wants_it() {
        let mut pace = Pace::default();
        assert_eq!(next(&pace, 5), Some(0));
        pace.begin();
        assert_eq!((next(&pace, 5), pace.under_way()), (None, true));
        pace.end(Came::Whole, at(6));
        assert_eq!(next(&pace, 6), Some(24 * 60));
        pace.want();
        assert_eq!(next(&pace, 7), Some(0));
        pace.begin();
        pace.end(Came::GivenUp, at(8));
        assert_eq!(next(&pace, 8), Some(24 * 60), "whoever gave it up does not want it now");
        assert_eq!(next(&pace, 0), Some(0), "a clock that was set back");
    }

    #[test]
    fn what_changes_while_somebody_looks_is_looked_at_after_that() {
        let mut pace = Pace::default();
        pace.begin();
        pace.want();
        assert_eq!(next(&pace, 0), None);
        pace.end(Came::Whole, at(1));
        assert_eq!(next(&pace, 1), Some(0));
    }

    #[test]
    fn one_that_is_out_of_reach_is_tried_ever_more_seldom_and_daily_again_once_it_is_back() {
        let mut pace = Pace::default();
        let pauses: Vec<_> = (0..40)
            .map(|_| {
                pace.begin();
                pace.end(Came::OutOfReach, at(0));
                next(&pace, 0).unwrap()
            })
            .collect();
        assert_eq!(pauses[..7], [10, 20, 40, 80, 160, 320, 360]);
        assert!(pauses[7..].iter().all(|pause| *pause == 360));
        pace.begin();
        pace.end(Came::Whole, at(0));
        assert_eq!(next(&pace, 0), Some(24 * 60));
    }
}
