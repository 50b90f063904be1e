//! Moments and the clocks they come from (docs/architecture.md, "Time").

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// One reading of the clocks of this PC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// What the wall clock says; a person or a program may move it.
    pub wall: Timestamp,
    /// Time since this PC started, suspend included; nobody can move it, a reboot starts it anew.
    pub boot: SignedDuration,
}

/// Names one start of this PC, where the system does: with it two readings of the boot clock can be compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BootId(pub String);

/// Where the time comes from. In a sandbox it is the sandbox's clock, which a person can turn.
pub trait Clock: Send + Sync {
    /// The clocks, read now.
    fn now(&self) -> Moment;

    /// Which start of the PC [`Moment::boot`] counts from, where that is told.
    fn boot_id(&self) -> Option<BootId> {
        None
    }
}

/// Latest time that somebody trustworthy has told, per environment; never goes back by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct TrustedMark(pub Option<Timestamp>);

impl TrustedMark {
    /// The mark after hearing `told`: the later of the two.
    #[must_use]
    pub fn heard(self, told: Timestamp) -> Self {
        Self(Some(self.0.map_or(told, |mark| mark.max(told))))
    }
}

/// Time that has passed since `start` by the clock that says most: a clock that steps back lengthens nothing.
///
/// `rebooted` says that `boot` counts from another start than `start.boot` does.
#[must_use]
pub fn elapsed(start: Moment, now: Moment, trusted: TrustedMark, rebooted: bool) -> SignedDuration {
    let by_wall = now.wall.duration_since(start.wall);
    let by_boot = if rebooted { SignedDuration::ZERO } else { now.boot - start.boot };
    let by_trust = trusted.0.map_or(SignedDuration::ZERO, |mark| mark.duration_since(start.wall));
    by_wall.max(by_boot).max(by_trust).max(SignedDuration::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(wall: i64, boot: i64) -> Moment {
        Moment { wall: Timestamp::from_second(wall).unwrap(), boot: SignedDuration::from_secs(boot) }
    }

    #[test]
    fn a_wall_clock_set_back_an_hour_takes_nothing_from_what_has_passed() {
        let passed = elapsed(at(10_000, 500), at(10_000 - 3_600, 500 + 60), TrustedMark::default(), false);
        assert_eq!(passed, SignedDuration::from_secs(60));
    }

    #[test]
    fn after_a_reboot_with_the_clock_set_back_the_trusted_mark_still_counts() {
        let mark = TrustedMark::default().heard(Timestamp::from_second(17_200).unwrap());
        assert_eq!(elapsed(at(10_000, 500), at(9_000, 3), mark, true), SignedDuration::from_secs(7_200));
    }

    proptest! {
        #[test]
        fn passed_time_is_never_less_than_any_single_clock_says(
            wall in -100_000i64..100_000, boot in 0i64..100_000, mark in -100_000i64..100_000,
        ) {
            let start = at(1_000_000, 1_000);
            let now = at(1_000_000 + wall, 1_000 + boot);
            let trusted = TrustedMark::default().heard(Timestamp::from_second(1_000_000 + mark).unwrap());
            let passed = elapsed(start, now, trusted, false).as_secs();
            prop_assert!(passed >= wall && passed >= boot && passed >= mark && passed >= 0);
        }
    }
}
