//! The fire drill: every quarter somebody shows that the password of a keystore is still known.
//!
//! A password that is remembered by the PC is forgotten by the person, and a keystore whose password nobody knows opens
//! no old message ever again. Only the date is kept of a drill.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// Calendar months from one drill to the next: a quarter. Source: docs/decisions/0037-writing-keystores.md.
pub const MONTHS: i32 = 3;

/// When a person is to be asked for the password of a keystore next.
///
/// A quarter after a password that a person typed last opened it, whatever for; where that never happened, a quarter
/// after the file was first seen. A date that lies ahead of the clock counts as today's: a clock that was wrong must not put
/// the drill off for years.
#[must_use]
pub fn due_at(
    opened_at: Option<Timestamp>,
    seen_at: Timestamp,
    now: Timestamp,
    zone: &TimeZone,
) -> Timestamp {
    let last = opened_at.unwrap_or(seen_at).min(now);
    let later = last.to_zoned(zone.clone()).checked_add(MONTHS.months());
    later.map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

/// Whether it is time.
#[must_use]
pub fn due(opened_at: Option<Timestamp>, seen_at: Timestamp, now: Timestamp, zone: &TimeZone) -> bool {
    due_at(opened_at, seen_at, now, zone) <= now
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::certificates::tests::at;
    use proptest::prelude::*;

    fn brussels() -> TimeZone {
        TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap()
    }

    #[test]
    fn a_quarter_after_the_password_was_typed_it_is_asked_for_again() {
        let (seen, now) = (at("2026-01-05T08:00:00Z"), at("2026-06-01T00:00:00Z"));
        let due = |opened: Option<&str>| due_at(opened.map(at), seen, now, &brussels());
        assert_eq!(due(None), at("2026-04-05T07:00:00Z"), "the hour on the wall stays");
        assert_eq!(due(Some("2026-03-02T08:00:00Z")), at("2026-06-02T07:00:00Z"));
        assert_eq!(due(Some("2025-11-30T08:00:00Z")), at("2026-02-28T08:00:00Z"), "before Relais saw it");
        assert_eq!(
            due(Some("2031-01-01T00:00:00Z")),
            at("2026-09-01T00:00:00Z"),
            "by a clock that was wrong"
        );
    }

    proptest! {
        #[test]
        fn nobody_is_asked_twice_within_a_quarter_nor_spared_for_longer(
            seen in 0i64..2_000_000_000, opened in proptest::option::of(0i64..2_000_000_000), now in 0i64..2_000_000_000,
        ) {
            let second = |s| Timestamp::from_second(s).unwrap();
            let due_at = due_at(opened.map(second), second(seen), second(now), &brussels());
            let days = (due_at.as_second() - opened.unwrap_or(seen).min(now)) / 86_400;
            prop_assert!((88..=93).contains(&days), "{days}");
            prop_assert!(due_at.as_second() <= now + 93 * 86_400);
            prop_assert_eq!(due(opened.map(second), second(seen), second(now), &brussels()), due_at <= second(now));
        }
    }
}
