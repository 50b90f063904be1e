//! What moves the mark of trusted time, and what does not (docs/architecture.md, "Time"; docs/threat-model.md, T8).
//!
//! One wrong server must not push the mark far ahead, because the mark ends work without the card; and nothing a
//! program can do puts it back, because it is what a clock that was set back is measured by.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::platform_time::MEASURABLE;
use crate::time::{Moment, TrustedMark};

/// Further ahead of this PC's clock, a time counts only with a signature or a second host.
/// Source: docs/architecture.md, "Time".
pub const JUMP: SignedDuration = SignedDuration::from_mins(10);

/// Who told a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Teller {
    /// An allowed host, in the Date of an answer over verified TLS.
    Host(String),
    /// A verified signature, as the IssueInstant of an assertion.
    Signature,
}

/// A time as it was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Which.
    pub at: Timestamp,
    /// By whom.
    pub by: Teller,
}

/// A jump ahead that one host alone has told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Waiting {
    host: String,
    /// Seconds ahead of this PC's clock when it was heard.
    ahead: i64,
}

/// A time that counts, and what the boot clock said when it was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    at: Timestamp,
    /// In seconds, rounded up, so that the mark never runs ahead of the time.
    boot: i64,
}

/// The mark of one environment, and what waits for a second host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trust {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mark: Option<Mark>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    waiting: Option<Waiting>,
}

impl Trust {
    /// The mark as it stands now, for the count of what has passed: it goes on with the boot clock.
    ///
    /// After a reboot the boot clock may read less than when the mark was told, or more; what it reads has passed since
    /// in any case, so the mark is never ahead of the time.
    #[must_use]
    pub fn mark(&self, now: Moment) -> TrustedMark {
        let stands = |mark: Mark| {
            let since = (now.boot - SignedDuration::from_secs(mark.boot)).max(SignedDuration::ZERO);
            mark.at.checked_add(since).unwrap_or(Timestamp::MAX)
        };
        TrustedMark(self.mark.map(stands))
    }

    /// As it is to be kept now: what the boot clock has counted since the mark was told goes into it, because a reboot
    /// would lose it.
    #[must_use]
    pub fn keep(&self, now: Moment) -> Self {
        Self { mark: self.mark(now).0.map(|at| Mark::of(at, now)), ..self.clone() }
    }

    /// After a time was told, and whether it counts. The mark never goes back; a jump ahead of this PC's clock that one
    /// host alone tells waits until another host tells of the same jump.
    ///
    /// Once a time counts, nothing has to be held for want of one.
    #[must_use]
    pub fn hear(self, told: &Told, now: Moment) -> (Self, bool) {
        if ahead(told.at, now) <= JUMP {
            return (self.raised(told.at, now), true);
        }
        match &told.by {
            Teller::Signature => (Self { waiting: None, ..self.raised(told.at, now) }, true),
            Teller::Host(host) => self.jump(host, told.at, now),
        }
    }

    fn raised(self, at: Timestamp, now: Moment) -> Self {
        if self.mark(now).0.is_some_and(|mark| at <= mark) {
            self
        } else {
            Self { mark: Some(Mark::of(at, now)), ..self }
        }
    }

    fn jump(self, host: &str, at: Timestamp, now: Moment) -> (Self, bool) {
        let jump = ahead(at, now);
        let first = self.waiting.as_ref().filter(|first| first.host != host);
        let first = first.map(|first| SignedDuration::from_secs(first.ahead));
        match first.filter(|first| (*first - jump).abs() <= JUMP) {
            // The smaller of two jumps: what only one of them tells does not count.
            Some(first) => {
                let told = now.wall.checked_add(first.min(jump)).unwrap_or(at);
                (Self { waiting: None, ..self.raised(told, now) }, true)
            }
            None => {
                let waiting = Waiting { host: host.to_owned(), ahead: jump.as_secs() };
                (Self { waiting: Some(waiting), ..self }, false)
            }
        }
    }

    /// After a person asked to put the mark back, with the times that were told by the check made for it; none when no
    /// check agrees, or the mark does not lie ahead of what it says.
    ///
    /// It agrees when a signature tells it, when two hosts tell the same, or when one host tells what this PC's clock
    /// says.
    #[must_use]
    pub fn lowered(&self, check: &[Told], now: Moment) -> Option<Self> {
        let at = agreed(check, now)?;
        self.mark(now).0.filter(|mark| mark.duration_since(at) >= MEASURABLE)?;
        Some(Self { mark: Some(Mark::of(at, now)), waiting: None })
    }
}

impl Mark {
    fn of(at: Timestamp, now: Moment) -> Self {
        Self { at, boot: now.boot.as_secs() + i64::from(now.boot.subsec_nanos() > 0) }
    }
}

/// How far ahead of this PC's clock.
fn ahead(at: Timestamp, now: Moment) -> SignedDuration {
    at.duration_since(now.wall)
}

/// Whether leases may go by a platform clock that one host says is so far ahead of this PC's, or behind it; `signed` is
/// what a verified signature in the same answer tells.
///
/// A host that tells what this PC's clock says is believed. Else one host alone ends no session: a jump ahead counts
/// where the mark confirms it. Nor does it stretch one or open an ended one again: a time long before the mark has passed.
/// Where it is the mark that is wrong, a person puts it back ([`Trust::lowered`]).
#[must_use]
pub fn vouched(offset: SignedDuration, signed: Option<Timestamp>, mark: TrustedMark, now: Moment) -> bool {
    let Ok(there) = now.wall.checked_add(offset) else { return false };
    let near = offset.abs() <= JUMP || signed.is_some_and(|signed| alike(signed, there));
    near || mark
        .0
        .map_or(offset.is_negative(), |mark| alike(there, mark) || (offset.is_negative() && there > mark))
}

/// The time a check agrees on: of a signature, else the latest that hosts agree on. Too late a time costs another check,
/// too early a one costs the count.
fn agreed(check: &[Told], now: Moment) -> Option<Timestamp> {
    let signed = check.iter().filter(|told| told.by == Teller::Signature).map(|told| told.at).max();
    let vouched = |told: &&Told| alike(told.at, now.wall) || check.iter().any(|other| second(other, told));
    signed.or_else(|| check.iter().filter(vouched).map(|told| told.at).max())
}

/// Another host tells the same.
fn second(other: &Told, told: &Told) -> bool {
    other.by != told.by && alike(other.at, told.at)
}

fn alike(one: Timestamp, other: Timestamp) -> bool {
    one.duration_since(other).abs() <= JUMP
}

#[cfg(test)]
mod tests;
