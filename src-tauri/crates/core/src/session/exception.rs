//! Working without the card: how long, how often, and what is said about it. It is an exception and stays one.
//!
//! Twelve hours are counted by three clocks; the one that says most counts, so that setting one back gains nothing.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::lease::FALLBACK_CAP;
use crate::time::{Moment, TrustedMark};

/// Why somebody works without the card. Source: requirements, which name no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The eID is lost or forgotten.
    EidNotAtHand,
    /// Card, reader, PIN or software do not work.
    TechnicalProblem,
}

/// Time that an episode has lasted. It begins with the first session without the card and never begins anew within its cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    /// When it began, by the wall clock then.
    since: Timestamp,
    /// Time counted by the boot clock up to `seen`, over all starts of the PC.
    ran: SignedDuration,
    /// The last reading that was kept.
    seen: Moment,
}

/// An episode as it is kept beside the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptUse {
    /// When it began.
    pub since: Timestamp,
    /// Seconds counted so far.
    pub ran: i64,
    /// The wall clock when it was kept.
    pub seen_at: Timestamp,
    /// The boot clock when it was kept, in seconds.
    pub seen_boot: i64,
}

impl Used {
    /// An episode that begins now.
    #[must_use]
    pub fn begun(now: Moment) -> Self {
        Self { since: now.wall, ran: SignedDuration::ZERO, seen: now }
    }

    /// When it began.
    #[must_use]
    pub fn since(&self) -> Timestamp {
        self.since
    }

    /// How long it has lasted by the clock that says most.
    #[must_use]
    pub fn passed(&self, now: Moment, trusted: TrustedMark) -> SignedDuration {
        let by_wall = now.wall.duration_since(self.since);
        let by_trust = trusted.0.map_or(SignedDuration::ZERO, |mark| mark.duration_since(self.since));
        by_wall.max(by_trust).max(self.by_boot(now))
    }

    /// What is left of the cap.
    #[must_use]
    pub fn left(&self, now: Moment, trusted: TrustedMark) -> SignedDuration {
        (FALLBACK_CAP - self.passed(now, trusted)).max(SignedDuration::ZERO)
    }

    /// As it is to be kept now, at least once a minute: what is not kept is lost to the count by a crash.
    #[must_use]
    pub fn keep(&mut self, now: Moment) -> KeptUse {
        self.ran = self.by_boot(now);
        self.seen = now;
        // Rounded up, so that keeping it often never makes it shorter.
        let up = |span: SignedDuration| span.as_secs() + i64::from(span.subsec_nanos() > 0);
        KeptUse { since: self.since, ran: up(self.ran), seen_at: now.wall, seen_boot: now.boot.as_secs() }
    }

    /// Found again beside its token; `rebooted` when the boot clock has started anew since it was kept.
    #[must_use]
    pub fn found(kept: KeptUse, rebooted: bool) -> Self {
        // All the time since a reboot came after what was kept. What ran between the two nobody kept; it counts in full,
        // so that no number of crashes buys a minute. The wall clock, where nobody touched it, says more anyway.
        let boot = if rebooted { SignedDuration::ZERO } else { SignedDuration::from_secs(kept.seen_boot) };
        let ran =
            SignedDuration::from_secs(kept.ran) + if rebooted { KEPT_EVERY } else { SignedDuration::ZERO };
        Self { since: kept.since, ran, seen: Moment { wall: kept.seen_at, boot } }
    }

    /// After a reboot the wall clock lies behind what was last seen and nobody trustworthy has told the time: the token
    /// is kept but not used until somebody does.
    #[must_use]
    pub fn held(&self, now: Moment, trusted: TrustedMark, rebooted: bool) -> bool {
        rebooted && now.wall < self.seen.wall && trusted.0.is_none_or(|mark| mark < self.seen.wall)
    }

    fn by_boot(&self, now: Moment) -> SignedDuration {
        // A boot clock that reads less has started anew, whatever was said: all it reads came after.
        let started_anew = now.boot < self.seen.boot;
        self.ran + if started_anew { now.boot } else { now.boot - self.seen.boot }
    }
}

/// The count is written down at least this often. Source: docs/architecture.md, "Time".
pub const KEPT_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// Before the end of an exception it is said this often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warning {
    /// 60 minutes are left.
    Hour,
    /// 15 minutes are left.
    Quarter,
    /// 5 minutes are left.
    Minutes,
}

impl Warning {
    /// How long before the end each comes. Source: requirement D-12.
    pub const ALL: [(Self, SignedDuration); 3] = [
        (Self::Hour, SignedDuration::from_mins(60)),
        (Self::Quarter, SignedDuration::from_mins(15)),
        (Self::Minutes, SignedDuration::from_mins(5)),
    ];

    /// The latest warning that has come when this much is left; one that was missed is not made up for.
    #[must_use]
    pub fn at(left: SignedDuration) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|(_, before)| left <= *before).map(|(warning, _)| warning)
    }
}

/// What the uses before this one have to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Restraint {
    /// Nothing.
    None,
    /// A calm paragraph: what would cure it.
    Notice,
    /// A sentence of justification is asked for. It never blocks: care comes first.
    Justify,
}

/// From which use on something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Days that are looked back on.
    pub days: i64,
    /// A notice from this use in those days on.
    pub notice: usize,
    /// A notice from this use in a row on.
    pub in_a_row: usize,
    /// A justification from this use in those days on.
    pub justify: usize,
}

impl Limits {
    /// Source: requirement D-15.
    pub const USUAL: Self = Self { days: 30, notice: 3, in_a_row: 2, justify: 5 };

    /// What is said when one more episode is about to begin. `before` are the beginnings of earlier ones, in any order;
    /// `in_a_row` counts those since the last sign-in with the card.
    #[must_use]
    pub fn restraint(&self, before: &[Timestamp], in_a_row: usize, now: Timestamp) -> Restraint {
        let span = SignedDuration::from_hours(24 * self.days);
        let recent = before.iter().filter(|at| now.duration_since(**at) < span).count() + 1;
        if recent >= self.justify {
            Restraint::Justify
        } else if recent >= self.notice || in_a_row + 1 >= self.in_a_row {
            Restraint::Notice
        } else {
            Restraint::None
        }
    }
}

#[cfg(test)]
mod tests;
