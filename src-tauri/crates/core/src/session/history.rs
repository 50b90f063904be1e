//! What is kept beside a token, so that its plan and its episode go on after a restart.

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};

use super::exception::{KeptUse, Reason};
use super::renewal::Attempt;
use crate::lease::LeaseId;
use crate::platform_time::PlatformTime;
use crate::time::{BootId, Moment};

/// Most attempts that are kept; a plan has ten at most, the rest are those a person asked for. The oldest go first.
pub const MOST_ATTEMPTS: usize = 64;

/// An episode of work without the card: from its first session on, whatever is opened again within its cap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Episode {
    /// Number of its first lease, which names its line in the ledger.
    pub id: LeaseId,
    /// Why the card is not used.
    pub reason: Reason,
    /// When it began, and what was counted of it so far.
    pub used: KeptUse,
    /// Which start of the PC the boot clock of `used` counts from, where the system tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boot: Option<BootId>,
}

impl Episode {
    /// The PC has started anew since this was kept, so far as can be told.
    #[must_use]
    pub fn rebooted(&self, now: Moment, boot: Option<&BootId>) -> bool {
        let other_start = self.boot.as_ref().zip(boot).is_some_and(|(kept, current)| kept != current);
        other_start || now.boot.as_secs() < self.used.seen_boot
    }
}

/// What is kept beside a token.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// Attempts to renew it that failed, the latest last. One that this Relais cannot read, because a newer one wrote
    /// it, is passed over: it costs a try, not the session.
    #[serde(default, deserialize_with = "readable", skip_serializing_if = "Vec::is_empty")]
    pub attempts: Vec<Attempt>,
    /// For a session without the card, its episode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub episode: Option<Episode>,
    /// The platform's clock, where it was measured to differ from this PC's; good for one start of the PC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<PlatformTime>,
}

impl History {
    /// Notes an attempt; one that is there already is not noted twice.
    pub fn tried(&mut self, attempt: Attempt) {
        if !self.attempts.contains(&attempt) {
            self.attempts.push(attempt);
            let surplus = self.attempts.len().saturating_sub(MOST_ATTEMPTS);
            self.attempts.drain(..surplus);
        }
    }
}

fn readable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Attempt>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Found {
        Attempt(Attempt),
        Other(IgnoredAny),
    }
    let readable = |found| match found {
        Found::Attempt(attempt) => Some(attempt),
        Found::Other(_) => None,
    };
    Ok(Vec::<Found>::deserialize(deserializer)?.into_iter().filter_map(readable).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Code;
    use jiff::{SignedDuration, Timestamp};

    fn attempt(n: i64) -> Attempt {
        let planned = Timestamp::from_second(1_772_434_800 + 60 * n).unwrap();
        Attempt {
            planned,
            at: planned + SignedDuration::from_secs(3),
            code: Code::STS_UNREACHABLE,
            not_before: None,
        }
    }

    fn episode(boot: Option<&str>) -> Episode {
        let since = Timestamp::from_second(1_772_434_800).unwrap();
        Episode {
            id: LeaseId("0".repeat(32)),
            reason: Reason::EidNotAtHand,
            used: KeptUse { since, ran: 60, seen_at: since + SignedDuration::from_secs(60), seen_boot: 500 },
            boot: boot.map(|id| BootId(id.into())),
        }
    }

    fn after(boot: i64) -> Moment {
        Moment { wall: episode(None).used.seen_at, boot: SignedDuration::from_secs(boot) }
    }

    #[test]
    fn a_history_survives_being_written_and_read() {
        let whole = History {
            attempts: vec![attempt(1), attempt(2)],
            episode: Some(episode(Some("a"))),
            platform: None,
        };
        for history in [whole, History::default()] {
            let text = serde_json::to_string(&history).unwrap();
            assert_eq!(serde_json::from_str::<History>(&text).unwrap(), history);
        }
        assert_eq!(serde_json::to_string(&History::default()).unwrap(), "{}");
    }

    #[test]
    fn what_a_newer_relais_adds_costs_neither_the_attempts_nor_the_episode() {
        let text = serde_json::json!({
            "attempts": [
                attempt(1),
                {"planned": "2026-03-02T07:00:00Z", "at": "2026-03-02T07:00:00Z", "code": "RLS-2999"},
                {"other": true},
            ],
            "episode": {
                "id": "0".repeat(32), "reason": "eid-not-at-hand", "mood": "calm",
                "used": {"since": "2026-03-02T07:00:00Z", "ran": 60, "seen_at": "2026-03-02T07:01:00Z", "seen_boot": 500, "x": 1},
            },
            "later": {},
        });
        let read: History = serde_json::from_value(text).unwrap();
        assert_eq!(
            read,
            History { attempts: vec![attempt(1)], episode: Some(episode(None)), platform: None }
        );
    }

    #[test]
    fn an_episode_that_cannot_be_read_is_not_taken_for_none() {
        let text = r#"{"episode": {"id": "0", "reason": "holiday"}}"#;
        assert!(serde_json::from_str::<History>(text).is_err());
    }

    #[test]
    fn an_attempt_is_noted_once_and_the_oldest_make_room() {
        let mut history = History::default();
        (0..100).for_each(|n| history.tried(attempt(n)));
        history.tried(attempt(99));
        assert_eq!(history.attempts.len(), MOST_ATTEMPTS);
        assert_eq!(history.attempts.last(), Some(&attempt(99)));
    }

    #[test]
    fn a_reboot_is_told_by_its_number_and_without_one_by_a_boot_clock_that_reads_less() {
        let (a, b) = (BootId("a".into()), BootId("b".into()));
        assert!(episode(Some("a")).rebooted(after(600), Some(&b)));
        assert!(!episode(Some("a")).rebooted(after(600), Some(&a)));
        assert!(episode(Some("a")).rebooted(after(499), Some(&a)), "a sandbox turned its clock");
        assert!(episode(None).rebooted(after(499), Some(&a)));
        assert!(!episode(Some("a")).rebooted(after(500), None));
    }
}
