//! How a certificate stands in a list: in which group, how much it presses, where its window lies, and how long it lives.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan, Unit, ZonedRound};

use super::window::{self, Today};
use super::{Holder, Watched};

/// Groups of the list, the first first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Something can be done today.
    Now,
    /// A request waits for its certificate.
    UnderWay,
    /// It may be renewed within three months.
    Soon,
    /// Nothing to do.
    Fine,
    /// Replaced, for messages only, or nobody of ours.
    Kept,
}

impl Group {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Now, Self::UnderWay, Self::Soon, Self::Fine, Self::Kept];

    /// The group of what can be done about a certificate.
    #[must_use]
    pub fn of(today: Today, now: Timestamp, zone: &TimeZone) -> Self {
        let soon = || later(now, window::WINDOW_MONTHS, zone);
        match today {
            Today::Complete => Self::UnderWay,
            Today::Keep | Today::Nothing => Self::Kept,
            Today::Wait { opens_at } if opens_at <= soon() => Self::Soon,
            Today::Wait { .. } | Today::NotYetValid { .. } => Self::Fine,
            Today::Renew { .. }
            | Today::AskAnew { .. }
            | Today::Municipality { .. }
            | Today::NewAnchors { .. } => Self::Now,
        }
    }
}

/// How much something presses that can be done today: "possible" is not "urgent".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Press {
    /// Nothing can be done.
    None,
    /// It can be done.
    Possible,
    /// 60 days are left, or less.
    Soon,
    /// 14 days are left, or less.
    Urgent,
    /// It has ended.
    TooLate,
}

/// Days from which on something presses. Source: docs/architecture.md, "Certificates".
pub const SOON_DAYS: i64 = 60;
/// Days from which on it is urgent.
pub const URGENT_DAYS: i64 = 14;

impl Press {
    /// How much a certificate presses that ends then.
    #[must_use]
    pub fn of(today: Today, ends_at: Timestamp, now: Timestamp) -> Self {
        let within = |days: i64| ends_at.duration_since(now) <= SignedDuration::from_hours(24 * days);
        match today {
            _ if !today.possible() || today == Today::Complete => Self::None,
            _ if now > ends_at => Self::TooLate,
            _ if within(URGENT_DAYS) => Self::Urgent,
            _ if within(SOON_DAYS) => Self::Soon,
            _ => Self::Possible,
        }
    }
}

/// How long something lives still, in one word: years from two years on, months from two months on, else days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: LeftUnit,
}

/// In what it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftUnit {
    /// Whole years.
    Years,
    /// Whole months.
    Months,
    /// Whole days.
    Days,
}

impl Left {
    /// What is left from `now` to `end` by the calendar, never more than there is; none where it has ended.
    #[must_use]
    pub fn until(end: Timestamp, now: Timestamp, zone: &TimeZone) -> Option<Self> {
        if end < now {
            return None;
        }
        let (from, to) = (now.to_zoned(zone.clone()), end.to_zoned(zone.clone()));
        let whole = |unit| from.until((unit, &to)).ok();
        let of = |count: i32, unit| u32::try_from(count).ok().map(|count| Self { count, unit });
        let months = whole(Unit::Month)?.get_months();
        match months {
            24.. => of(months / 12, LeftUnit::Years),
            2.. => of(months, LeftUnit::Months),
            _ => of(whole(Unit::Day)?.get_days(), LeftUnit::Days),
        }
    }
}

/// The time on which the windows of all certificates are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Axis {
    /// Its beginning.
    pub from: Timestamp,
    /// Its end.
    pub until: Timestamp,
}

impl Axis {
    /// The whole months from three months ago to a year ahead.
    #[must_use]
    pub fn around(now: Timestamp, zone: &TimeZone) -> Self {
        let day = now.to_zoned(zone.clone()).round(ZonedRound::new().smallest(Unit::Day));
        let now = day.map_or(now, |day| day.timestamp());
        Self { from: later(now, -window::WINDOW_MONTHS, zone), until: later(now, 12, zone) }
    }

    /// Where a moment lies on it, from 0 to 1.
    #[must_use]
    pub fn place(&self, at: Timestamp) -> f64 {
        let whole = self.until.duration_since(self.from).as_secs_f64();
        let part = at.duration_since(self.from).as_secs_f64();
        if whole > 0.0 { (part / whole).clamp(0.0, 1.0) } else { 0.0 }
    }
}

/// The same time of day so many calendar months later.
fn later(now: Timestamp, months: i32, zone: &TimeZone) -> Timestamp {
    let then = now.to_zoned(zone.clone()).checked_add(months.months());
    then.map_or(if months < 0 { Timestamp::MIN } else { Timestamp::MAX }, |then| then.timestamp())
}

/// The next moment after `now` at which something else can be done about this certificate.
#[must_use]
pub fn changes_at(certificate: &Watched, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let Watched { not_before, not_after, .. } = *certificate;
    // It lives through its last second.
    let over = not_after.saturating_add(1.second()).unwrap_or(not_after);
    let all = [not_before, window::opens_at(certificate, zone), over];
    all.into_iter().filter(|at| *at > now).min()
}

/// The certificate with which a person signs in, among these: the one that ends last.
#[must_use]
pub fn own<'a>(all: impl IntoIterator<Item = &'a Watched>, ssin: &str) -> Option<&'a Watched> {
    let theirs = |one: &&Watched| match &one.holder {
        Holder::Owner { kind, number, .. } => kind == "SSIN" && number == ssin && one.reminded_of(),
        Holder::Card(_) | Holder::Authority(_) | Holder::Stranger(_) => false,
    };
    all.into_iter().filter(theirs).max_by_key(|one| one.not_after)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::certificates::tests::{at, of};

    fn zone() -> TimeZone {
        TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap()
    }

    fn left(end: &str, now: &str) -> Option<(u32, LeftUnit)> {
        Left::until(at(end), at(now), &zone()).map(|left| (left.count, left.unit))
    }

    #[test]
    fn what_is_left_is_said_in_years_then_months_then_days_and_never_too_much() {
        use LeftUnit::{Days, Months, Years};
        let end = "2029-06-12T10:00:00Z";
        for (now, expected) in [
            ("2026-06-12T10:00:00Z", Some((3, Years))),
            ("2026-06-12T10:00:01Z", Some((2, Years))),
            ("2027-06-12T10:00:01Z", Some((23, Months))),
            ("2029-04-12T10:00:00Z", Some((2, Months))),
            ("2029-04-12T10:00:01Z", Some((60, Days))),
            ("2029-06-11T10:00:01Z", Some((0, Days))),
            ("2029-06-12T10:00:01Z", None),
        ] {
            assert_eq!(left(end, now), expected, "{now}");
        }
    }

    #[test]
    fn a_certificate_goes_from_fine_to_soon_to_now_and_presses_ever_more() {
        let one = of("1", 1, "2023-06-12T10:00:00Z", "2026-06-12T10:00:00Z");
        let on = |now: &str| {
            let today = window::today(&one, false, at(now), &zone());
            (Group::of(today, at(now), &zone()), Press::of(today, one.not_after, at(now)))
        };
        for (now, expected) in [
            ("2025-12-12T10:00:00Z", (Group::Fine, Press::None)),
            ("2025-12-12T12:00:00Z", (Group::Soon, Press::None)),
            ("2026-03-12T11:00:00Z", (Group::Now, Press::Possible)),
            ("2026-04-13T09:59:59Z", (Group::Now, Press::Possible)),
            ("2026-04-13T10:00:00Z", (Group::Now, Press::Soon)),
            ("2026-05-29T10:00:00Z", (Group::Now, Press::Urgent)),
            ("2026-06-12T10:00:01Z", (Group::Now, Press::TooLate)),
        ] {
            assert_eq!(on(now), expected, "{now}");
        }
        assert_eq!(Group::of(Today::Keep, at("2026-03-12T10:00:00Z"), &zone()), Group::Kept);
        assert_eq!(Group::of(Today::Complete, at("2026-03-12T10:00:00Z"), &zone()), Group::UnderWay);
    }

    #[test]
    fn the_list_changes_when_a_certificate_begins_opens_and_is_over() {
        let one = of("1", 1, "2023-06-12T10:00:00Z", "2026-06-12T10:00:00Z");
        let mut now = at("2023-01-01T00:00:00Z");
        let mut seen = vec![];
        while let Some(next) = changes_at(&one, now, &zone()) {
            seen.push((next.to_string(), window::today(&one, false, next, &zone())));
            now = next;
        }
        let until = one.not_after;
        let opens_at = at("2026-03-12T11:00:00Z");
        let expected = [
            ("2023-06-12T10:00:00Z", Today::Wait { opens_at }),
            ("2026-03-12T11:00:00Z", Today::Renew { until }),
            ("2026-06-12T10:00:01Z", Today::AskAnew { since: until }),
        ];
        assert_eq!(seen, expected.map(|(at, today)| (at.to_owned(), today)));
    }

    #[test]
    fn everything_lies_on_one_axis_and_what_lies_beyond_at_its_ends() {
        let axis = Axis::around(at("2026-03-15T09:00:00Z"), &zone());
        assert_eq!((axis.from, axis.until), (at("2025-12-14T23:00:00Z"), at("2027-03-14T23:00:00Z")));
        assert_eq!(
            (axis.place(at("2020-01-01T00:00:00Z")), axis.place(at("2030-01-01T00:00:00Z"))),
            (0.0, 1.0)
        );
        let today = axis.place(at("2026-03-15T09:00:00Z"));
        assert!((0.19..0.21).contains(&today), "{today}");
    }

    #[test]
    fn the_own_certificate_is_the_one_of_this_person_that_ends_last() {
        let person = |id, number: &str, until: &str| {
            let mut one = of(number, id, "2023-01-01T00:00:00Z", until);
            one.holder = Holder::Owner { kind: "SSIN".into(), number: number.into(), application: None };
            one
        };
        let all = [
            person(1, "85010199885", "2026-01-01T00:00:00Z"),
            person(2, "85010199885", "2029-01-01T00:00:00Z"),
            person(3, "85010199700", "2031-01-01T00:00:00Z"),
            of("85010199885", 4, "2023-01-01T00:00:00Z", "2033-01-01T00:00:00Z"),
        ];
        assert_eq!(own(&all, "85010199885").map(|one| one.id), Some(all[1].id));
        assert_eq!(own(&all, "1"), None);
    }
}
