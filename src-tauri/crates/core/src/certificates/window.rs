//! When a certificate may be renewed, and what can be done about it today.
//!
//! "Possible" is not "urgent": the window opens three calendar months before the end, and closes with the end. After
//! that there is no renewal, only a new request.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::{Holder, Purpose, Watched};

/// Calendar months before its end from which on a certificate may be renewed. Source: eHealth, requirement D-29.
pub const WINDOW_MONTHS: i32 = 3;

/// What can be done about a certificate today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Today {
    /// It begins later: nothing to do.
    NotYetValid {
        /// First moment it is valid.
        from: Timestamp,
    },
    /// It is good, and it is too early for another.
    Wait {
        /// From when it may be renewed.
        opens_at: Timestamp,
    },
    /// It may be renewed, until its end.
    Renew {
        /// The end.
        until: Timestamp,
    },
    /// It has ended: a new request, with the card, which may take some ten days.
    AskAnew {
        /// The end.
        since: Timestamp,
    },
    /// An eID: the municipality makes another, which takes weeks.
    Municipality {
        /// The end.
        until: Timestamp,
    },
    /// An authority that Relais trusts: a newer Relais, or the administrator, brings its successor.
    NewAnchors {
        /// The end.
        until: Timestamp,
    },
    /// A request whose certificate was not delivered yet: wait for the platform's e-mail, then complete it.
    Complete,
    /// A newer one is there, or it only opens messages: keep it for the old ones.
    Keep,
    /// Nobody of ours: only listed.
    Nothing,
}

impl Today {
    /// Something can be done today: what the list shows under that name.
    #[must_use]
    pub fn possible(&self) -> bool {
        match self {
            Self::Renew { .. }
            | Self::AskAnew { .. }
            | Self::Municipality { .. }
            | Self::NewAnchors { .. }
            | Self::Complete => true,
            Self::NotYetValid { .. } | Self::Wait { .. } | Self::Keep | Self::Nothing => false,
        }
    }
}

/// First moment at which this certificate may be renewed: as the platform says, else by the calendar of the practice.
///
/// Never before it is valid, never after its end. 31 May less three months is the last day of February.
#[must_use]
pub fn opens_at(certificate: &Watched, zone: &TimeZone) -> Timestamp {
    let Watched { not_before, not_after, replaceable_at, .. } = *certificate;
    let by_calendar = || months_before(not_after, WINDOW_MONTHS, zone).max(not_before);
    replaceable_at.unwrap_or_else(by_calendar).min(not_after)
}

/// The same time of day so many calendar months before.
fn months_before(end: Timestamp, months: i32, zone: &TimeZone) -> Timestamp {
    let earlier = end.to_zoned(zone.clone()).checked_sub(months.months());
    earlier.map_or(Timestamp::MIN, |zoned| zoned.timestamp())
}

/// What can be done about it now; `succeeded` says that a newer one has taken its place.
#[must_use]
pub fn today(certificate: &Watched, succeeded: bool, now: Timestamp, zone: &TimeZone) -> Today {
    let until = certificate.not_after;
    let opens_at = opens_at(certificate, zone);
    match (&certificate.holder, certificate.purpose) {
        (_, Purpose::InProgress) => Today::Complete,
        (Holder::Stranger(_), _) => Today::Nothing,
        (_, Purpose::Encryption) => Today::Keep,
        _ if succeeded || certificate.bygone(now) => Today::Keep,
        _ if !certificate.reminded_of() => Today::Nothing,
        _ if now < certificate.not_before => Today::NotYetValid { from: certificate.not_before },
        _ if now <= until && now < opens_at => Today::Wait { opens_at },
        (Holder::Card(_), _) => Today::Municipality { until },
        (Holder::Authority(_), _) => Today::NewAnchors { until },
        _ if now <= until => Today::Renew { until },
        _ => Today::AskAnew { since: until },
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::certificates::tests::{at, of};
    use jiff::civil::Date;
    use proptest::prelude::*;

    fn brussels() -> TimeZone {
        TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap()
    }

    fn opens(until: &str) -> String {
        let certificate = of("1", 1, "2020-01-01T00:00:00Z", until);
        opens_at(&certificate, &brussels()).to_zoned(brussels()).strftime("%Y-%m-%d %H:%M").to_string()
    }

    #[test]
    fn it_opens_three_calendar_months_before_the_end_and_on_the_last_day_of_a_short_month() {
        assert_eq!(opens("2026-05-31T10:00:00Z"), "2026-02-28 12:00");
        assert_eq!(opens("2028-05-31T10:00:00Z"), "2028-02-29 12:00");
        assert_eq!(opens("2026-11-30T10:00:00Z"), "2026-08-30 11:00");
        assert_eq!(opens("2026-06-15T10:00:00Z"), "2026-03-15 12:00", "the hour on the wall stays");
        assert_eq!(
            opens("2026-05-31T22:30:00Z"),
            "2026-03-01 00:30",
            "its end is the first of June in Belgium"
        );
        assert_eq!(opens("2026-07-01T01:30:00Z"), "2026-04-01 03:30");
    }

    #[test]
    fn what_the_platform_says_goes_before_the_calendar_and_never_beyond_the_end() {
        let mut certificate = of("1", 1, "2023-05-31T10:00:00Z", "2026-05-31T10:00:00Z");
        for (told, expected) in [
            ("2026-01-15T00:00:00Z", "2026-01-15T00:00:00Z"),
            ("2026-05-01T00:00:00Z", "2026-05-01T00:00:00Z"),
            ("2026-08-01T00:00:00Z", "2026-05-31T10:00:00Z"),
        ] {
            certificate.replaceable_at = Some(at(told));
            assert_eq!(opens_at(&certificate, &brussels()), at(expected));
        }
    }

    #[test]
    fn every_moment_of_a_certificate_has_its_one_thing_to_do() {
        let mut one = of("1", 1, "2023-05-31T10:00:00Z", "2026-05-31T10:00:00Z");
        let (from, until) = (one.not_before, one.not_after);
        let opens_at = at("2026-02-28T11:00:00Z");
        let on = |one: &Watched, now: &str| today(one, false, at(now), &brussels());
        assert_eq!(on(&one, "2023-05-31T09:59:59Z"), Today::NotYetValid { from });
        assert_eq!(on(&one, "2026-02-28T10:59:59Z"), Today::Wait { opens_at });
        assert_eq!(on(&one, "2026-02-28T11:00:00Z"), Today::Renew { until });
        assert_eq!(on(&one, "2026-05-31T10:00:00Z"), Today::Renew { until }, "the last second is in it");
        assert_eq!(on(&one, "2026-05-31T10:00:01Z"), Today::AskAnew { since: until });
        assert_eq!(today(&one, true, at("2026-06-01T00:00:00Z"), &brussels()), Today::Keep);
        one.purpose = Purpose::InProgress;
        assert_eq!(on(&one, "2026-06-01T00:00:00Z"), Today::Complete);
        one.purpose = Purpose::Encryption;
        assert_eq!(on(&one, "2026-06-01T00:00:00Z"), Today::Keep);
    }

    #[test]
    fn a_card_and_an_authority_send_to_others_than_a_certificate_does() {
        let mut one = of("1", 1, "2023-05-31T10:00:00Z", "2026-05-31T10:00:00Z");
        let until = one.not_after;
        one.holder = Holder::Card("85010199885".into());
        for now in ["2026-03-01T00:00:00Z", "2026-06-01T00:00:00Z"] {
            assert_eq!(today(&one, false, at(now), &brussels()), Today::Municipality { until });
        }
        (one.holder, one.purpose) = (Holder::Authority("CN=an authority".into()), Purpose::Authority);
        for now in ["2026-03-01T00:00:00Z", "2026-06-01T00:00:00Z"] {
            assert_eq!(today(&one, false, at(now), &brussels()), Today::NewAnchors { until });
        }
        assert_eq!(today(&one, false, at("2027-06-01T00:00:00Z"), &brussels()), Today::Keep, "of the past");
    }

    proptest! {
        #[test]
        fn it_opens_on_the_same_day_of_the_month_or_on_its_last(second in 0i64..4_000_000_000) {
            let mut one = of("1", 1, "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z");
            (one.not_before, one.not_after) = (Timestamp::MIN, Timestamp::from_second(second).unwrap());
            let day = |at: Timestamp| at.to_zoned(brussels()).date();
            let (opens, end): (Date, Date) = (day(opens_at(&one, &brussels())), day(one.not_after));
            let months = (i32::from(end.year()) * 12 + i32::from(end.month()))
                - (i32::from(opens.year()) * 12 + i32::from(opens.month()));
            prop_assert_eq!(months, WINDOW_MONTHS);
            prop_assert_eq!(opens.day(), end.day().min(opens.days_in_month()));
        }

        #[test]
        fn any_dates_at_all_have_a_window_within_them_and_one_thing_to_do(
            from in Timestamp::MIN.as_second()..Timestamp::MAX.as_second(),
            until in Timestamp::MIN.as_second()..Timestamp::MAX.as_second(),
            told in proptest::option::of(Timestamp::MIN.as_second()..Timestamp::MAX.as_second()),
            now in Timestamp::MIN.as_second()..Timestamp::MAX.as_second(),
        ) {
            let second = |s| Timestamp::from_second(s).unwrap();
            let mut one = of("1", 1, "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z");
            (one.not_before, one.not_after, one.replaceable_at) = (second(from), second(until), told.map(second));
            prop_assert!(opens_at(&one, &brussels()) <= one.not_after);
            let renewable = matches!(today(&one, false, second(now), &brussels()), Today::Renew { .. });
            prop_assert!(!renewable || second(now) <= one.not_after, "never after its end");
        }
    }
}
