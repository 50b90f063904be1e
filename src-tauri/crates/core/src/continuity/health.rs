//! Up or down, by what came of calls: slow to believe either, and honest about not knowing.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// So many failures in a row make an endpoint down. Source: docs/architecture.md, "Continuity".
pub const FAILURES: u8 = 3;
/// So many successes in a row bring it up again.
pub const SUCCESSES: u8 = 2;
/// So many changes within [`RESTLESS`] make it unstable.
pub const CHANGES: usize = 4;
/// So many changes are one failure and its end.
const AWAY_AND_BACK: usize = 2;
/// How far back changes count.
pub const RESTLESS: SignedDuration = SignedDuration::from_mins(30);
/// What is older than this says nothing of now: a little more than the longest pause between two looks.
pub const STALE: SignedDuration = SignedDuration::from_mins(20);

/// What one kind of evidence says of one endpoint, or what all of it says of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Health {
    /// Nobody can tell: neutral, no alarm.
    Unknown,
    /// It works as usual.
    Operational,
    /// It works, in its backup zone or by another way.
    OnBackup,
    /// Part of it works.
    Degraded,
    /// It comes and goes.
    Unstable,
    /// It does not work.
    Down,
    /// It does not work, and that was announced.
    Planned,
}

/// What was heard once and is not believed yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Turn {
    /// The newest calls failed, too few of them to call it down.
    Faltering,
    /// It was down, and the newest calls succeeded, too few of them to call it back.
    Returning,
}

/// The heartbeat of one endpoint as one kind of evidence hears it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pulse {
    up: Option<bool>,
    /// Calls in a row that said otherwise than `up`.
    against: u8,
    /// When the first of those was made.
    #[serde(default)]
    against_since: Option<Timestamp>,
    last: Option<Timestamp>,
    /// When it changed between up and down, within [`RESTLESS`] of the last call.
    changes: VecDeque<Timestamp>,
}

impl Pulse {
    /// After one more call. Nothing is heard while this PC is offline: a failure then says nothing of the endpoint.
    ///
    /// The first success is believed at once, a first failure is not: nothing is on its backup before it has proven so. What
    /// was said too long before is forgotten: a failure makes no old success young, nor a success an old failure.
    #[must_use]
    pub fn heard(mut self, worked: bool, at: Timestamp) -> Self {
        if self.is_stale(at) {
            (self.up, self.against) = (None, 0);
        }
        self.last = Some(at);
        self.forget(at);
        if self.up == Some(worked) {
            (self.against, self.against_since) = (0, None);
            return self;
        }
        if self.against == 0 {
            self.against_since = Some(at);
        }
        self.against = self.against.saturating_add(1);
        let needed = match (self.up, worked) {
            (None, true) => 1,
            (_, true) => SUCCESSES,
            (_, false) => FAILURES,
        };
        if self.against >= needed {
            if self.up.is_some() {
                self.changes.push_back(at);
            }
            self.up = Some(worked);
            (self.against, self.against_since) = (0, None);
        }
        self
    }

    fn forget(&mut self, now: Timestamp) {
        self.changes.retain(|change| now.duration_since(*change).abs() <= RESTLESS);
        // More changes than make it unstable tell nothing more.
        while self.changes.len() > CHANGES {
            self.changes.pop_front();
        }
    }

    /// What it says now: unknown before the first call that counted, and again when the last one is [`STALE`]; a clock
    /// that was set back makes nothing younger.
    #[must_use]
    pub fn health(&self, now: Timestamp) -> Health {
        let stale = self.is_stale(now);
        let restless = |change: &&Timestamp| now.duration_since(**change).abs() <= RESTLESS;
        match self.up {
            _ if stale => Health::Unknown,
            None => Health::Unknown,
            Some(_) if self.changes.iter().filter(restless).count() >= CHANGES => Health::Unstable,
            Some(true) => Health::Operational,
            Some(false) => Health::Down,
        }
    }

    /// What the newest calls say against what is believed, and since when; `None` where they agree, or are [`STALE`].
    #[must_use]
    pub fn turning(&self, now: Timestamp) -> Option<(Turn, Timestamp)> {
        let since = self.against_since.filter(|_| !self.is_stale(now))?;
        Some((if self.up == Some(false) { Turn::Returning } else { Turn::Faltering }, since))
    }

    /// The last call is too long ago to say anything of now, or there was none.
    #[must_use]
    pub fn is_stale(&self, now: Timestamp) -> bool {
        self.last.is_none_or(|last| now.duration_since(last).abs() > STALE)
    }

    /// When the last call was made.
    #[must_use]
    pub fn last(&self) -> Option<Timestamp> {
        self.last
    }

    /// When the last call was made, where that one succeeded.
    #[must_use]
    pub fn answered(&self) -> Option<Timestamp> {
        let worked = matches!((self.up, self.against), (Some(true), 0) | (Some(false), 1..));
        self.last.filter(|_| worked)
    }

    /// It went and came back within [`RESTLESS`] of the last call, so it may go again.
    #[must_use]
    pub fn comes_and_goes(&self) -> bool {
        self.changes.len() >= AWAY_AND_BACK
    }

    /// Whether the last call failed, or its success is not believed yet: the next look may come sooner.
    #[must_use]
    pub fn in_doubt(&self) -> bool {
        matches!((self.up, self.against), (Some(true), 1..) | (None, 1..) | (Some(false), _))
    }
}

/// What the parts of one function say together: unknown parts are silent, some that work and some that do not make it
/// degraded.
#[must_use]
pub fn together(parts: impl IntoIterator<Item = Health>) -> Health {
    let known: Vec<_> = parts.into_iter().filter(|part| *part != Health::Unknown).collect();
    let broken = |part: &Health| matches!(part, Health::Down | Health::Planned);
    let Some(worst) = known.iter().max().copied() else { return Health::Unknown };
    if known.iter().any(broken) && !known.iter().all(broken) { Health::Degraded } else { worst }
}

/// The headline: the worst of what is said, in an announced window called so.
#[must_use]
pub fn headline(evidences: &[Health], announced: bool) -> Health {
    match evidences.iter().max().copied().unwrap_or(Health::Unknown) {
        Health::Down | Health::Unstable | Health::Degraded if announced => Health::Planned,
        worst => worst,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + second).unwrap()
    }

    fn beats(calls: &str) -> Pulse {
        let call = |pulse: Pulse, (n, call): (usize, char)| pulse.heard(call == '+', at(60 * n as i64));
        calls.chars().enumerate().fold(Pulse::default(), call)
    }

    fn health(calls: &str) -> Health {
        beats(calls).health(at(60 * calls.len() as i64))
    }

    #[test]
    fn three_failures_in_a_row_bring_it_down_and_two_successes_up() {
        for (calls, expected) in [
            ("", Health::Unknown),
            ("+", Health::Operational),
            ("-", Health::Unknown),
            ("--", Health::Unknown),
            ("-+", Health::Operational),
            ("---", Health::Down),
            ("+--", Health::Operational),
            ("+--+--", Health::Operational),
            ("+---", Health::Down),
            ("+---+", Health::Down),
            ("+---+-+", Health::Down),
            ("+---++", Health::Operational),
        ] {
            assert_eq!(health(calls), expected, "{calls}");
        }
    }

    #[test]
    fn four_changes_in_half_an_hour_make_it_unstable_until_they_are_past() {
        let restless = beats("+---++---++");
        assert_eq!(restless.health(at(660)), Health::Unstable);
        let calm = restless.heard(true, at(1_500)).heard(true, at(2_200));
        assert_eq!(calm.health(at(2_200)), Health::Operational);
    }

    #[test]
    fn what_is_old_says_nothing() {
        let pulse = beats("+");
        assert_eq!(pulse.health(at(1_200)), Health::Operational);
        assert_eq!(pulse.health(at(1_201)), Health::Unknown);
    }

    #[test]
    fn a_success_that_is_old_is_forgotten_by_the_failure_that_follows_it() {
        let failed = beats("+").heard(false, at(1_201));
        assert_eq!(failed.health(at(1_201)), Health::Unknown);
        let young = beats("+").heard(false, at(1_200));
        assert_eq!(young.health(at(1_200)), Health::Operational);
        let back = beats("---").heard(true, at(1_400));
        assert_eq!(back.health(at(1_400)), Health::Operational, "nothing was known of it");
    }

    #[test]
    fn what_is_heard_once_and_not_believed_yet_is_told_with_the_moment_it_began() {
        use Turn::*;
        for (calls, expected) in [
            ("", None),
            ("+", None),
            ("-", Some((Faltering, 0))),
            ("+-", Some((Faltering, 1))),
            ("+--", Some((Faltering, 1))),
            ("+-+", None),
            ("+---", None),
            ("+---+", Some((Returning, 4))),
            ("+---+-", None),
            ("+---++", None),
        ] {
            let expected = expected.map(|(turn, n)| (turn, at(60 * n)));
            assert_eq!(beats(calls).turning(at(60 * calls.len() as i64)), expected, "{calls}");
        }
        assert_eq!(beats("+-").turning(at(60 + 1_201)), None, "it is old");
    }

    #[test]
    fn what_a_clock_that_was_set_back_leaves_in_the_future_says_nothing() {
        let pulse = beats("+");
        assert_eq!(pulse.health(at(-1_200)), Health::Operational);
        assert_eq!(pulse.health(at(-1_201)), Health::Unknown);
    }

    #[test]
    fn a_call_that_failed_makes_the_next_look_come_sooner() {
        let doubt = ["+", "+-", "+-+", "-", "+---", "+---+", "+---++"].map(|calls| beats(calls).in_doubt());
        assert_eq!(doubt, [false, true, false, true, true, true, false]);
    }

    #[test]
    fn parts_that_work_beside_parts_that_do_not_make_it_degraded() {
        use Health::*;
        assert_eq!(together([]), Unknown);
        assert_eq!(together([Unknown, Operational]), Operational);
        assert_eq!(together([OnBackup, Operational]), OnBackup);
        assert_eq!(together([Down, Operational]), Degraded);
        assert_eq!(together([Down, Down, Unknown]), Down);
        assert_eq!(together([Down, Unstable]), Degraded);
    }

    #[test]
    fn the_headline_is_the_worst_that_is_said_and_unknown_hides_nothing() {
        use Health::*;
        assert_eq!(headline(&[Unknown, Operational, Unknown], false), Operational);
        assert_eq!(headline(&[OnBackup, Operational], false), OnBackup);
        assert_eq!(headline(&[OnBackup, Down], false), Down);
        assert_eq!(headline(&[Down], true), Planned);
        assert_eq!(headline(&[Operational], true), Operational);
        assert_eq!(headline(&[], false), Unknown);
    }

    proptest! {
        #[test]
        fn it_is_never_down_without_three_failures_in_a_row_nor_up_again_without_two_successes(
            calls in "[+-]{0,60}",
        ) {
            let mut pulse = Pulse::default();
            let (mut before, mut row) = (None, (false, 0));
            for (n, call) in calls.chars().enumerate() {
                let worked = call == '+';
                row = if row.0 == worked { (worked, row.1 + 1) } else { (worked, 1) };
                pulse = pulse.heard(worked, at(60 * n as i64));
                if pulse.up != before {
                    prop_assert_eq!(pulse.up, Some(worked));
                    let needed = match (worked, before) {
                        (true, None) => 1,
                        (true, Some(_)) => 2,
                        (false, _) => 3,
                    };
                    prop_assert!(row.1 >= needed);
                    before = pulse.up;
                }
                prop_assert!(pulse.changes.len() <= CHANGES + 1);
            }
        }
    }
}
