//! When a reminder may be said: in the first gap from nine on a working day, by the holidays of Belgium.

use jiff::civil::{Date, Time, Weekday};
use jiff::{Timestamp, ToSpan};

use crate::session::quiet::Hours;

/// Earliest time of day at which somebody is reminded. Source: docs/architecture.md, "Certificates".
pub const FROM: Time = Time::constant(9, 0, 0, 0);

/// Days that are looked at for a gap: more than the longest run of holidays, and a practice's weeks off have no hours.
const AHEAD: usize = 15;

/// First moment at `from` or later at which a reminder may be said.
///
/// One that has to be said before `end` and would come too late waits for no working day, only for a gap; where there
/// is none either, it is said at once. `None` for `end` is what can wait.
#[must_use]
pub fn moment(from: Timestamp, end: Option<Timestamp>, hours: &Hours) -> Timestamp {
    let in_time = |at: &Timestamp| end.is_none_or(|end| *at < end);
    let quiet = first_gap(from, hours, working_day);
    let any_day = || first_gap(from, hours, |_| true).filter(in_time);
    match (quiet.filter(in_time), end) {
        (Some(quiet), _) => quiet,
        (None, Some(end)) if from < end => any_day().unwrap_or(from),
        // It has ended, or nothing presses: the next gap, and where a practice has no hours at all, now.
        (None, _) => quiet.unwrap_or(from),
    }
}

/// When somebody hears it again who wants to hear it later: the next day, at the time of day of reminders.
#[must_use]
pub fn later(now: Timestamp, hours: &Hours) -> Timestamp {
    let tomorrow = hours.date(now).tomorrow();
    tomorrow.map_or(now, |day| hours.instant(day, FROM))
}

fn first_gap(from: Timestamp, hours: &Hours, day: impl Fn(Date) -> bool) -> Option<Timestamp> {
    let first = hours.date(from);
    let dates = (0..AHEAD).scan(first, |date, _| {
        let here = *date;
        *date = date.tomorrow().ok()?;
        Some(here)
    });
    dates.filter(|date| day(*date)).find_map(|date| {
        let earliest = hours.instant(date, FROM).max(from);
        let gaps = hours.gaps(date);
        gaps.into_iter().find(|gap| gap.to > earliest).map(|gap| gap.from.max(earliest))
    })
}

/// Monday to Friday, no public holiday.
#[must_use]
pub fn working_day(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) && !holiday(date)
}

/// One of the ten public holidays of Belgium. Source: law of 4 January 1974 and royal decree of 18 April 1974.
#[must_use]
pub fn holiday(date: Date) -> bool {
    const FIXED: [(i8, i8); 7] = [(1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25)];
    // Easter Monday, Ascension Day, Whit Monday.
    const AFTER_EASTER: [i64; 3] = [1, 39, 50];
    let easter = easter(date.year());
    let moving = |days: i64| easter.and_then(|easter| easter.checked_add(days.days()).ok()) == Some(date);
    FIXED.contains(&(date.month(), date.day())) || AFTER_EASTER.into_iter().any(moving)
}

/// Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y.rem_euclid(19), y.div_euclid(100), y.rem_euclid(100));
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15).rem_euclid(30);
    let l = (32 + 2 * b.rem_euclid(4) + 2 * (c / 4) - h - c % 4).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let (month, day) = ((h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::certificates::tests::at;
    use crate::session::quiet::{Day, Stretch};
    use jiff::civil::date;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    fn usual() -> Hours {
        Hours::usual(TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap())
    }

    #[test]
    fn easter_is_where_the_almanacs_have_it() {
        for sunday in [
            date(2000, 4, 23),
            date(2008, 3, 23),
            date(2011, 4, 24),
            date(2026, 4, 5),
            date(2027, 3, 28),
            date(2038, 4, 25),
        ] {
            assert_eq!(easter(sunday.year()), Some(sunday));
        }
    }

    #[test]
    fn the_ten_holidays_of_2026_and_no_other() {
        let year = std::iter::successors(Some(date(2026, 1, 1)), |day| day.tomorrow().ok());
        let found: Vec<String> = year
            .take_while(|day| day.year() == 2026)
            .filter(|day| holiday(*day))
            .map(|day| day.strftime("%m-%d").to_string())
            .collect();
        let expected =
            ["01-01", "04-06", "05-01", "05-14", "05-25", "07-21", "08-15", "11-01", "11-11", "12-25"];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_reminder_waits_for_nine_on_a_working_day_and_for_the_end_of_a_consultation() {
        let said = |from: &str| moment(at(from), None, &usual());
        assert_eq!(said("2026-03-02T05:00:00Z"), at("2026-03-02T08:00:00Z"), "Monday, before nine");
        assert_eq!(said("2026-03-02T13:15:00Z"), at("2026-03-02T13:15:00Z"), "in a gap: at once");
        assert_eq!(said("2026-03-06T19:30:00Z"), at("2026-03-09T08:00:00Z"), "Friday night");
        assert_eq!(said("2026-04-03T20:00:00Z"), at("2026-04-07T07:00:00Z"), "over Easter Monday");
        let block = Stretch::new(Time::constant(8, 30, 0, 0), Time::constant(11, 0, 0, 0)).unwrap();
        let mut hours = usual();
        hours.week[0].consultations = vec![block];
        assert_eq!(moment(at("2026-03-02T05:00:00Z"), None, &hours), at("2026-03-02T10:00:00Z"));
    }

    #[test]
    fn what_would_come_after_the_end_comes_on_a_day_off_and_at_once_where_no_gap_is_left() {
        let (saturday, sunday) = (at("2026-03-07T10:00:00Z"), at("2026-03-08T18:00:00Z"));
        assert_eq!(moment(saturday, Some(sunday), &usual()), saturday);
        let night = at("2026-03-07T21:00:00Z");
        assert_eq!(moment(night, Some(sunday), &usual()), at("2026-03-08T08:00:00Z"));
        let dawn = at("2026-03-08T03:00:00Z");
        assert_eq!(moment(night, Some(dawn), &usual()), night, "nobody works before it ends");
        assert_eq!(
            moment(sunday, Some(sunday), &usual()),
            at("2026-03-09T08:00:00Z"),
            "it has ended: no hurry"
        );
    }

    #[test]
    fn later_is_the_next_morning() {
        assert_eq!(later(at("2026-03-02T13:15:00Z"), &usual()), at("2026-03-03T08:00:00Z"));
        assert_eq!(
            later(at("2026-03-28T23:30:00Z"), &usual()),
            at("2026-03-30T07:00:00Z"),
            "it is Sunday there"
        );
    }

    #[test]
    fn a_practice_without_hours_is_told_at_once() {
        let mut hours = usual();
        hours.week = std::array::from_fn(|_| Day { open: None, consultations: vec![] });
        let now = at("2026-03-07T21:00:00Z");
        assert_eq!(moment(now, None, &hours), now);
        assert_eq!(moment(now, Some(at("2026-03-08T03:00:00Z")), &hours), now);
    }

    proptest! {
        #[test]
        fn nothing_is_said_before_its_time_nor_after_the_end_it_was_in_time_for(
            from in 0i64..4_000_000_000, left in proptest::option::of(1i64..2_000_000),
        ) {
            let from = Timestamp::from_second(from).unwrap();
            let end = left.map(|left| from + left.seconds());
            let said = moment(from, end, &usual());
            prop_assert!(said >= from);
            prop_assert!(end.is_none_or(|end| said < end));
            if end.is_none() {
                let there = said.to_zoned(usual().zone);
                prop_assert!(working_day(there.date()) && there.hour() >= 9 && there.hour() < 20);
                prop_assert_eq!(moment(said, None, &usual()), said, "a good moment is its own");
            }
        }
    }
}
