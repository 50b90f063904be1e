//! The pause of one look after another.

use jiff::{SignedDuration, Timestamp};

use super::Chance;
use crate::time::Moment;

/// Between two looks while somebody looks or a session is open. Source: catalogue/policy.toml, `probe-every`.
pub const USED: SignedDuration = SignedDuration::from_mins(5);
/// Between two looks otherwise. Source: catalogue/policy.toml, `probe-every`.
pub const IDLE: SignedDuration = SignedDuration::from_mins(15);
/// After a failure; doubled from the fourth on. Source: catalogue/policy.toml, `probe-failed`.
pub const FAILED: SignedDuration = SignedDuration::from_secs(60);
/// How much a pause is longer or shorter by chance, in hundredths. Source: catalogue/policy.toml, `probe-spread`.
pub const SPREAD: i32 = crate::session::lookout::SPREAD;
/// Looks at once at most: more only fills the queues of the network.
pub const AT_ONCE: usize = 125;
/// What may tell this PC's own failure from a host's is not asked again sooner.
pub(super) const SOON: SignedDuration = SignedDuration::from_secs(10);
/// Failures at [`FAILED`] before pauses grow.
const CLOSE: u32 = 3;

/// One thing that is looked at again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Look {
    /// It is under way; since then.
    begun: Option<Moment>,
    /// When the last one ended; else since when it is wanted.
    last: Option<Moment>,
    chance: Chance,
    failures: u32,
    wait: SignedDuration,
    /// It is wanted as soon as this has passed since the last.
    hurried: Option<SignedDuration>,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            begun: None,
            last: None,
            chance: Chance::EVEN,
            failures: 0,
            wait: SignedDuration::ZERO,
            hurried: None,
        }
    }
}

impl Look {
    /// One that is first wanted now, where every PC may want it: each looks a little later, by chance.
    pub fn in_a_while(chance: Chance, now: Moment) -> Self {
        Self { last: Some(now), hurried: Some(a_little(chance)), ..Self::default() }
    }

    pub fn under_way(&self) -> bool {
        self.begun.is_some()
    }

    /// When the last one ended; else since when it is wanted.
    pub fn last(&self) -> Option<Moment> {
        self.last
    }

    /// The host asked to be left alone, and that is not over by any clock.
    pub fn left_alone(&self, now: Moment) -> bool {
        let over = |last: Moment| {
            now.wall.duration_since(last.wall) >= self.wait || now.boot - last.boot >= self.wait
        };
        self.last.is_some_and(|last| !over(last))
    }

    /// The pause between two looks at a service; a `closer` one while the last was good and that is not believed yet.
    pub fn pause(&self, in_use: bool, closer: Option<SignedDuration>) -> SignedDuration {
        let usual = if in_use { USED } else { IDLE };
        self.length(closer.filter(|_| self.failures == 0).unwrap_or(usual))
    }

    /// A pause that others decide on; what the host asked for still holds.
    pub fn asked_pause(&self, pause: SignedDuration) -> SignedDuration {
        pause.max(self.wait)
    }

    /// The pause where `usual` lies between two good looks.
    pub fn length(&self, usual: SignedDuration) -> SignedDuration {
        let pause = match self.failures {
            0 => usual,
            few if few <= CLOSE => FAILED,
            many => (FAILED * 2_i32.saturating_pow((many - CLOSE).min(16))).min(usual),
        };
        let pause = self.hurried.map_or(self.chance.spread(pause), |hurried| hurried.min(pause));
        // What a host asks for is no shorter by chance.
        pause.max(self.wait)
    }

    /// When it is due; `None` while it is under way. One that never was is due at once.
    pub fn due_at(&self, pause: SignedDuration) -> Option<Timestamp> {
        if self.under_way() {
            return None;
        }
        let last = self.last.map_or(Timestamp::MIN, |last| last.wall);
        Some(last.checked_add(pause).unwrap_or(Timestamp::MAX))
    }

    /// Begins where it is due, by whichever clock says so.
    pub fn begin(&mut self, pause: SignedDuration, now: Moment) -> bool {
        let over =
            |last: Moment| now.wall.duration_since(last.wall) >= pause || now.boot - last.boot >= pause;
        let due = !self.under_way() && self.last.is_none_or(over);
        if due {
            (self.begun, self.hurried) = (Some(now), None);
        }
        due
    }

    /// It ended. What was wanted while it was under way still is: it may have come too early for that.
    pub fn done(&mut self, good: bool, wait: Option<SignedDuration>, chance: Chance, now: Moment) {
        let failures = if good { 0 } else { self.failures.saturating_add(1) };
        let wait = wait.unwrap_or_default();
        *self = Self { begun: None, last: Some(now), chance, failures, wait, hurried: self.hurried };
    }

    /// It is wanted sooner: once `pause` has passed since the last. What a host asked for still holds.
    pub fn wanted_after(&mut self, pause: SignedDuration) {
        self.hurried = Some(pause);
    }

    /// It counts as never made, but for what the host asked for; and is made a little later, by chance.
    pub fn begin_anew(&mut self, chance: Chance, now: Moment) {
        if let (false, Some(last)) = (self.under_way(), self.last) {
            self.failures = 0;
            self.hurried = Some(now.boot - last.boot + a_little(chance));
        }
    }
}

/// Up to [`SOON`], so that not everybody looks at the same instant.
fn a_little(chance: Chance) -> SignedDuration {
    SOON * i32::from(chance.0) / 256
}
