//! How long a consultation of a patient's insurability may be relied on when no electronic route works.
//!
//! A date comes in, an answer goes out; nothing is kept (D-23). Days are those of the practice's calendar: neither the hour of
//! the day nor a change to summer time counts.

use jiff::ToSpan;
use jiff::civil::Date;

/// So many calendar days after its own a consultation still counts.
///
/// Source: "less than 30 days" in the platform's words, read as whole days of the calendar (D-24).
pub const DAYS: i64 = 29;

/// The last day on which a consultation of this day may be relied on.
#[must_use]
pub fn last_day(consulted: Date) -> Date {
    consulted.saturating_add(DAYS.days())
}

/// Whether a consultation of this day may be relied on today; one of a day to come may not.
#[must_use]
pub fn usable(consulted: Date, today: Date) -> bool {
    (consulted..=last_day(consulted)).contains(&today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use jiff::tz::TimeZone;
    use jiff::{SignedDuration, Timestamp};
    use proptest::prelude::*;

    #[test]
    fn the_twenty_ninth_day_after_it_is_the_last() {
        for (consulted, last) in [
            (date(2026, 1, 1), date(2026, 1, 30)),
            (date(2026, 1, 31), date(2026, 3, 1)),
            (date(2026, 2, 1), date(2026, 3, 2)),
            (date(2028, 2, 1), date(2028, 3, 1)), // a leap year
            (date(2026, 11, 30), date(2026, 12, 29)),
            (date(2026, 12, 31), date(2027, 1, 29)),
        ] {
            assert_eq!(last_day(consulted), last, "{consulted}");
            assert!(usable(consulted, last), "{consulted}");
            assert!(!usable(consulted, last.tomorrow().unwrap()), "{consulted}");
        }
    }

    #[test]
    fn a_consultation_of_tomorrow_is_a_mistake_and_one_of_today_counts() {
        let today = date(2026, 11, 22);
        assert!(usable(today, today));
        assert!(!usable(date(2026, 11, 23), today));
    }

    #[test]
    fn the_end_of_the_calendar_is_no_trap() {
        assert_eq!(last_day(Date::MAX), Date::MAX);
        assert!(usable(Date::MAX, Date::MAX));
        assert!(!usable(Date::MIN, Date::MAX));
    }

    /// Any second from 2000 to 2100.
    const SECONDS: std::ops::Range<i64> = 946_684_800..4_102_444_800;

    fn brussels(second: i64) -> Date {
        let zone = TimeZone::get("Europe/Brussels").unwrap();
        Timestamp::from_second(second).unwrap().to_zoned(zone).date()
    }

    #[test]
    fn the_change_to_summer_time_gives_no_day_and_the_change_back_takes_none() {
        for (consulted, last, by_hours) in [
            // A quarter to midnight, in the night that loses an hour.
            ("2026-03-28T22:45:00Z", date(2026, 4, 26), date(2026, 4, 27)),
            // A quarter past midnight, in the night that gains one.
            ("2026-10-24T22:15:00Z", date(2026, 11, 23), date(2026, 11, 22)),
        ] {
            let consulted: Timestamp = consulted.parse().unwrap();
            assert_eq!(last_day(brussels(consulted.as_second())), last);
            let hours = consulted + SignedDuration::from_hours(24 * DAYS);
            assert_eq!(brussels(hours.as_second()), by_hours, "what counting hours would say");
        }
    }

    proptest! {
        #[test]
        fn it_counts_on_thirty_days_of_the_calendar_and_on_no_other(
            second in SECONDS, later in -40i32..80,
        ) {
            let consulted = brussels(second);
            let mut today = consulted;
            for _ in 0..later.abs() {
                today = if later < 0 { today.yesterday() } else { today.tomorrow() }.unwrap();
            }
            prop_assert_eq!(usable(consulted, today), (0..30).contains(&later));
        }

        #[test]
        fn the_hour_of_neither_day_matters(second in SECONDS, hours in 0i64..23, others in 0i64..23) {
            let zone = TimeZone::get("Europe/Brussels").unwrap();
            let consulted = brussels(second);
            let last = last_day(consulted);
            let at = |day: Date, hours: i64| {
                let midnight = day.to_zoned(zone.clone()).unwrap().timestamp();
                brussels((midnight + SignedDuration::from_hours(hours)).as_second())
            };
            // No later than the 23rd hour: the shortest day has no more.
            let (then, now) = (at(consulted, hours), at(last, others));
            prop_assert_eq!((then, now), (consulted, last));
            prop_assert!(usable(then, now));
            prop_assert!(!usable(then, at(last.tomorrow().unwrap(), others)));
        }

        #[test]
        fn the_last_day_is_the_one_after_which_it_counts_no_more(second in SECONDS) {
            let consulted = brussels(second);
            let last = last_day(consulted);
            prop_assert!(usable(consulted, last));
            prop_assert!(!usable(consulted, last.tomorrow().unwrap()));
        }
    }
}
