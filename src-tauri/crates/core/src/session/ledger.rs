//! What is written down of each episode of work without the card, and how often there was one.
//!
//! No password, no patient; the person by their slot alone. Source: requirement D-15.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::exception::{KeptUse, Reason};
use crate::code::Code;
use crate::environment::EnvironmentName;
use crate::lease::{FALLBACK_CAP, LeaseId, SlotId};
use crate::time::Moment;

/// How an episode ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// The person signed in with the card.
    Card,
    /// Its time was up.
    Time,
    /// The person ended it.
    Person,
    /// Its token was not found again.
    Lost,
}

/// When and how an episode ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// How.
    pub how: Ending,
}

/// One episode: one line, however often the session was closed and opened again within its cap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Number of its first lease.
    pub episode: LeaseId,
    /// Whose it was.
    pub slot: SlotId,
    /// Where.
    pub environment: EnvironmentName,
    /// When its first session was opened: the moment at which its token was sealed, by the platform's clock.
    pub started_at: Timestamp,
    /// When it ends at the latest.
    pub ends_at: Timestamp,
    /// Why the card was not used.
    pub reason: Reason,
    /// What the person wrote, where a justification was asked for.
    pub note: Option<String>,
    /// What Relais itself had found: reader, card, PIN, sign-in service.
    pub evidence: Vec<Code>,
    /// When and how it ended; none while it lasts.
    pub ended: Option<Ended>,
}

/// A lease that was found at a start, as far as a line of the ledger goes on with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Whose it is.
    pub slot: SlotId,
    /// When its episode began; none where it could not be opened, so that nobody knows.
    pub since: Option<Timestamp>,
}

impl Line {
    /// It goes on with this lease, or may.
    #[must_use]
    pub fn goes_on_with(&self, holder: &Holder) -> bool {
        self.slot == holder.slot && holder.since.is_none_or(|since| self.covers(since))
    }

    /// How it ended, where no lease was found again at `now` that it goes on with.
    #[must_use]
    pub fn lost(&self, now: Timestamp) -> Ended {
        Ended { at: now.min(self.ends_at).max(self.started_at), how: Ending::Lost }
    }

    /// A session that begins at `at` belongs to this episode. One that seems to begin before it does, too, so that a
    /// clock set back starts no new episode.
    #[must_use]
    pub fn covers(&self, at: Timestamp) -> bool {
        at.duration_since(self.started_at).abs() < FALLBACK_CAP
    }

    /// What is counted of an episode whose token is gone, when a session goes on with it at `now`: the wall clock and the
    /// mark of trusted time tell of all since its beginning, the boot clock of what comes. How long the PC was on
    /// before says nothing.
    #[must_use]
    pub fn kept(&self, now: Moment) -> KeptUse {
        KeptUse { since: self.started_at, ran: 0, seen_at: now.wall, seen_boot: now.boot.as_secs() }
    }

    /// The end of an episode that a session goes on with until `ends_at`: never after the cap.
    #[must_use]
    pub fn end(&self, ends_at: Timestamp) -> Timestamp {
        let cap = self.started_at.checked_add(FALLBACK_CAP).unwrap_or(Timestamp::MAX);
        ends_at.clamp(self.started_at, cap)
    }
}

/// How many episodes of one person began lately, the one that lasts included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// In the last 7 days.
    pub week: u32,
    /// In the last 30 days.
    pub thirty_days: u32,
    /// In the last 365 days.
    pub year: u32,
    /// Since the first of this month.
    pub month: u32,
}

impl Counts {
    /// Counts beginnings; one that seems to lie ahead, by a clock that was set back, counts everywhere.
    #[must_use]
    pub fn of(beginnings: &[Timestamp], now: Timestamp, zone: &TimeZone) -> Self {
        let within = |days: i64| {
            let span = SignedDuration::from_hours(24 * days);
            count(beginnings, |at| now.duration_since(at) < span)
        };
        let first = now.to_zoned(zone.clone()).first_of_month().and_then(|first| first.start_of_day());
        // Without a calendar, thirty days are a month.
        let month =
            first.map_or_else(|_| within(30), |first| count(beginnings, |at| at >= first.timestamp()));
        Self { week: within(7), thirty_days: within(30), year: within(365), month }
    }
}

fn count(beginnings: &[Timestamp], counts: impl Fn(Timestamp) -> bool) -> u32 {
    beginnings.iter().filter(|at| counts(**at)).count().try_into().unwrap_or(u32::MAX)
}

/// What [`super::exception::Limits::restraint`] asks of the past.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// Beginnings of the episodes of one person, the latest first.
    pub beginnings: Vec<Timestamp>,
    /// How many of them began since the last sign-in with the card.
    pub in_a_row: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::exception::Used;
    use crate::time::TrustedMark;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn line() -> Line {
        Line {
            episode: LeaseId("0".repeat(32)),
            slot: SlotId::parse(&"a".repeat(32)).unwrap(),
            environment: EnvironmentName::parse("sandbox").unwrap(),
            started_at: at("2026-03-02T07:00:00Z"),
            ends_at: at("2026-03-02T19:00:00Z"),
            reason: Reason::EidNotAtHand,
            note: None,
            evidence: vec![],
            ended: None,
        }
    }

    #[test]
    fn an_episode_opened_again_has_what_is_left_however_long_the_pc_was_on() {
        let hours = SignedDuration::from_hours;
        let now = Moment { wall: line().started_at + hours(3), boot: hours(72) };
        let used = Used::found(line().kept(now), false);
        assert_eq!(used.left(now, TrustedMark::default()), hours(9));
        let set_back = Moment { wall: line().started_at, boot: hours(72) };
        let told = TrustedMark::default().heard(now.wall);
        let used = Used::found(line().kept(set_back), false);
        assert_eq!(used.left(set_back, told), hours(9), "the sign-in told the time");
        let later = Moment { wall: line().started_at, boot: hours(72 + 12) };
        assert_eq!(used.left(later, told), hours(0), "and from then on the boot clock counts");
    }

    #[test]
    fn each_span_counts_what_began_in_it_and_the_month_is_that_of_the_practice() {
        let now = at("2026-03-31T22:30:00Z");
        let brussels = TimeZone::get("Europe/Brussels").unwrap();
        let beginnings = [
            at("2026-03-31T21:59:59Z"), // still March in Brussels
            at("2026-03-31T22:00:00Z"), // April there
            at("2026-03-24T22:30:00Z"), // seven days ago, to the second
            at("2026-03-24T22:30:01Z"),
            at("2026-03-02T00:00:00Z"),
            at("2025-04-01T00:00:00Z"),
            at("2025-03-31T00:00:00Z"),
            at("2027-01-01T00:00:00Z"), // ahead: the clock was set back
        ];
        let counts = Counts::of(&beginnings, now, &brussels);
        assert_eq!(counts, Counts { week: 4, thirty_days: 6, year: 7, month: 2 });
        assert_eq!(Counts::of(&beginnings, now, &TimeZone::UTC).month, 6);
        assert_eq!(Counts::of(&[], now, &brussels), Counts::default());
    }

    proptest! {
        #[test]
        fn an_episode_never_ends_after_its_cap_nor_before_it_begins(ends in -200_000i64..200_000) {
            let line = line();
            let end = line.end(line.started_at + SignedDuration::from_secs(ends));
            prop_assert!(end >= line.started_at && end.duration_since(line.started_at) <= FALLBACK_CAP);
        }

        #[test]
        fn what_begins_within_the_cap_is_the_same_episode(offset in -100_000i64..100_000) {
            let line = line();
            let covered = line.covers(line.started_at + SignedDuration::from_secs(offset));
            prop_assert_eq!(covered, offset.abs() < 43_200);
        }
    }
}
