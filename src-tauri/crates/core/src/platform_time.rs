//! The time the platform goes by, as this PC knows it (docs/architecture.md, "Time").
//!
//! What was measured once is carried on by the boot clock, which nobody can move: whoever sets the clock of the PC right,
//! or wrong, moves nothing by it. The clock of the PC itself is never touched.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::time::{BootId, Moment};

/// A smaller difference lies within the error of measuring, since the Date of an answer has whole seconds.
pub const MEASURABLE: SignedDuration = SignedDuration::from_secs(2);

/// From this difference on a person is told. Source: requirement D-10.
pub const TOLD: SignedDuration = SignedDuration::from_mins(2);

/// What the platform's clock said, and what the boot clock of this PC read then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlatformTime {
    at: Timestamp,
    boot_ms: i64,
    /// Which start of the PC that is, where the system tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    start: Option<BootId>,
}

impl PlatformTime {
    /// The platform's clock was measured to be so far ahead of this PC's; none where it says the same.
    #[must_use]
    pub fn measured(offset: SignedDuration, now: Moment) -> Option<Self> {
        let at = now.wall.checked_add(offset).ok().filter(|_| offset.abs() >= MEASURABLE)?;
        Some(Self { at, boot_ms: i64::try_from(now.boot.as_millis()).ok()?, start: None })
    }

    /// As it is to be kept: it counts in this start of the PC alone.
    #[must_use]
    pub fn of_start(self, start: Option<&BootId>) -> Self {
        Self { start: start.cloned(), ..self }
    }

    /// It was kept in this start of the PC, so that the boot clock still carries it on.
    #[must_use]
    pub fn holds(&self, now: Moment, start: Option<&BootId>) -> bool {
        self.start.is_some() && self.start.as_ref() == start && !self.since(now).is_negative()
    }

    fn since(&self, now: Moment) -> SignedDuration {
        now.boot - SignedDuration::from_millis(self.boot_ms)
    }

    /// The platform's time minus this PC's. A boot clock that reads less has started anew and carries nothing on.
    #[must_use]
    pub fn offset(&self, now: Moment) -> SignedDuration {
        let since = self.since(now);
        let at = self.at.checked_add(since).ok().filter(|_| !since.is_negative());
        at.map_or(SignedDuration::ZERO, |at| at.duration_since(now.wall))
    }
}

/// A moment by the platform's clock, where that was measured.
#[must_use]
pub fn of(measured: Option<&PlatformTime>, now: Moment) -> Moment {
    let offset = measured.map_or(SignedDuration::ZERO, |measured| measured.offset(now));
    Moment { wall: now.wall.saturating_add(offset).unwrap_or(now.wall), ..now }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(wall: i64, boot: i64) -> Moment {
        let wall = Timestamp::from_second(1_772_434_800 + wall).unwrap();
        Moment { wall, boot: SignedDuration::from_secs(1_000 + boot) }
    }

    #[test]
    fn two_clocks_that_say_the_same_are_not_told_apart() {
        assert_eq!(PlatformTime::measured(SignedDuration::from_millis(1_900), at(0, 0)), None);
        assert_eq!(of(None, at(7, 0)), at(7, 0));
    }

    #[test]
    fn what_was_kept_counts_in_the_same_start_of_the_pc_alone() {
        let (a, b) = (BootId("a".into()), BootId("b".into()));
        let measured = PlatformTime::measured(SignedDuration::from_hours(3), at(0, 0)).unwrap();
        assert!(!measured.holds(at(0, 1), Some(&a)), "nobody said which start it is of");
        let kept = measured.of_start(Some(&a));
        assert!(kept.holds(at(0, 1), Some(&a)));
        assert!(!kept.holds(at(0, 1), Some(&b)) && !kept.holds(at(0, 1), None));
        assert!(!kept.holds(at(0, -1), Some(&a)), "the boot clock reads less");
        assert_eq!(of(Some(&kept), at(5, -1)), at(5, -1));
        let text = serde_json::to_string(&kept).unwrap();
        assert_eq!(serde_json::from_str::<PlatformTime>(&text).unwrap(), kept);
    }

    proptest! {
        #[test]
        fn no_step_of_this_pcs_clock_moves_it(offset in -86_400i64..86_400, step in -1_000_000i64..1_000_000, passed in 0i64..100_000) {
            prop_assume!(offset.abs() >= 2);
            let measured = PlatformTime::measured(SignedDuration::from_secs(offset), at(0, 0)).unwrap();
            prop_assert_eq!(of(Some(&measured), at(step, passed)).wall, at(offset + passed, 0).wall);
        }

        #[test]
        fn no_number_breaks_it(at_ms in any::<i64>(), boot in any::<i64>(), offset in any::<i64>()) {
            let wall = Timestamp::from_millisecond(at_ms % 200_000_000_000_000).unwrap();
            let now = Moment { wall, boot: SignedDuration::from_millis(boot / 4) };
            let measured = PlatformTime::measured(SignedDuration::from_millis(offset / 4), now);
            let _ = of(measured.as_ref(), Moment { boot: SignedDuration::from_millis(-(boot / 4)), ..now });
        }
    }
}
