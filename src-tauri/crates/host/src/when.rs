//! Times as a person reads them outside the windows: by the clock of Belgium whatever the PC thinks, and with the day when
//! it is another one. The windows write them the same way (`ui/src/lib/format/time.ts`; its tests compare the two).

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::texts::Texts;

/// Where the practices are.
pub const ZONE: &str = "Europe/Brussels";

/// The rule of [`ZONE`] since 1996, for a PC without data of time zones.
/// Source: Directive 2000/84/EC, articles 2 and 3: from the last Sunday of March to that of October, at 01:00 UTC.
const RULE: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

/// A time in the language of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// `19:45`, or `tomorrow, 01:45`.
    pub text: String,
    /// Its day is the one on which it is told.
    pub today: bool,
}

impl Told {
    /// What texts call it: `t` is the time, `day` is `today` or `other`, since "at tomorrow" is said in no language.
    #[must_use]
    pub fn values(&self) -> [(&'static str, &str); 2] {
        [("t", &self.text), ("day", if self.today { "today" } else { "other" })]
    }
}

/// `2026-03-02 08:15:00 +01:00`: in Belgium, for papers that are read elsewhere and later.
#[must_use]
pub fn to_the_second(at: Timestamp) -> String {
    at.to_zoned(zone()).strftime("%Y-%m-%d %H:%M:%S %:z").to_string()
}

/// The day in Belgium.
#[must_use]
pub fn day(at: Timestamp) -> Date {
    at.to_zoned(zone()).date()
}

/// `19:45` where its day is `today`, `tomorrow, 01:45` on the next, `Sat 14 Nov, 01:45` later.
#[must_use]
pub fn tell(at: Timestamp, today: Date, texts: &Texts) -> Told {
    let at = at.to_zoned(zone());
    let clock = at.strftime("%H:%M").to_string();
    let key = match at.date() {
        day if day == today => return Told { text: clock, today: true },
        day if Some(day) == today.tomorrow().ok() => "when-tomorrow",
        day if Some(day) == today.yesterday().ok() => "when-yesterday",
        _ => "when-day",
    };
    let weekday = at.weekday().to_monday_one_offset().to_string();
    let (day, month) = (at.day().to_string(), at.month().to_string());
    let values = [("t", clock.as_str()), ("weekday", &weekday), ("day", &day), ("month", &month)];
    Told { text: texts.get(key, &values), today: false }
}

/// The clock of Belgium.
#[must_use]
pub fn zone() -> TimeZone {
    TimeZone::get(ZONE).unwrap_or_else(|_| TimeZone::posix(RULE).expect("a rule that a test reads"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preferences::Language;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn told(instant: &str, now: &str, language: Language) -> String {
        tell(at(instant), day(at(now)), &Texts::new(language)).text
    }

    #[test]
    fn an_end_24_hours_ahead_is_tomorrow_in_every_language() {
        let (now, end) = ("2026-03-02T07:00:00Z", "2026-03-03T07:00:00Z");
        for (language, word) in [
            (Language::Fr, "demain, 08:00"),
            (Language::Nl, "morgen, 08:00"),
            (Language::De, "morgen, 08:00"),
            (Language::En, "tomorrow, 08:00"),
        ] {
            assert_eq!(told(end, now, language), word);
        }
    }

    #[test]
    fn midnight_in_belgium_begins_a_day_and_not_that_of_utc() {
        let english = |instant, now| told(instant, now, Language::En);
        assert_eq!(english("2026-03-02T23:30:00Z", "2026-03-02T22:30:00Z"), "tomorrow, 00:30");
        assert_eq!(english("2026-07-02T21:59:00Z", "2026-07-02T00:30:00Z"), "23:59");
        assert_eq!(english("2026-03-02T22:45:00Z", "2026-03-02T23:15:00Z"), "yesterday, 23:45");
    }

    #[test]
    fn a_further_day_is_named() {
        let (instant, now) = ("2026-11-14T08:45:00Z", "2026-11-12T20:45:00Z");
        assert_eq!(told(instant, now, Language::Fr), "sam. 14 nov., 09:45");
        assert_eq!(told(instant, now, Language::De), "Sa., 14. Nov., 09:45");
    }

    #[test]
    fn a_time_says_whether_it_is_of_today() {
        let today = day(at("2026-03-02T12:00:00Z"));
        let texts = Texts::new(Language::En);
        let told = |instant| tell(at(instant), today, &texts);
        assert_eq!(told("2026-03-02T18:45:00Z").values(), [("t", "19:45"), ("day", "today")]);
        assert_eq!(told("2026-03-03T18:45:00Z").values(), [("t", "tomorrow, 19:45"), ("day", "other")]);
    }

    #[test]
    fn the_rule_for_a_pc_without_zones_is_that_of_brussels() {
        let (rule, zone) = (TimeZone::posix(RULE).unwrap(), TimeZone::get(ZONE).unwrap());
        let start = at("2026-01-01T00:30:00Z");
        for hour in 0..366 * 24 {
            let at = start + jiff::SignedDuration::from_hours(hour);
            assert_eq!(rule.to_offset(at), zone.to_offset(at), "{at}");
        }
    }
}
