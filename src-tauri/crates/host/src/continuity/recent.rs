//! Whether a consultation of a patient's insurability may be relied on today, by the calendar of Belgium.
//!
//! A day comes in and an answer goes out; nothing is stored, logged or journalled (requirement D-23), and a day that is
//! none is refused without repeating what was typed.

use jiff::Timestamp;
use jiff::civil::Date;
use relais_core::continuity::recent::{last_day, usable};
use relais_core::{Code, Problem};
use relais_engine::view::continuity::RecentView;

use crate::when;

/// The answer for a consultation of `day`, `YYYY-MM-DD`.
///
/// # Errors
/// [`Code::USAGE`] for what is no such day.
pub fn recent(day: &str, now: Timestamp) -> Result<RecentView, Problem> {
    let plain = day.len() == 10 && day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let consulted: Date = day.parse().ok().filter(|_| plain).ok_or(Code::USAGE)?;
    let today = now.to_zoned(when::zone()).date();
    Ok(RecentView { usable: usable(consulted, today), until: last_day(consulted).to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(day: &str, now: &str) -> (bool, String) {
        let RecentView { usable, until } = recent(day, now.parse().unwrap()).unwrap();
        (usable, until)
    }

    #[test]
    fn today_is_the_day_in_belgium() {
        // Half past midnight in Belgium on the 24th, still the 23rd by UTC.
        let late = "2026-11-23T23:30:00Z";
        assert_eq!(asked("2026-10-26", late), (true, "2026-11-24".into()));
        assert_eq!(asked("2026-10-25", late), (false, "2026-11-23".into()));
        assert_eq!(asked("2026-11-24", late), (true, "2026-12-23".into()));
        assert_eq!(asked("2026-11-25", late), (false, "2026-12-24".into()), "a day to come");
    }

    #[test]
    fn what_is_no_day_is_refused_and_never_repeated() {
        let now = Timestamp::UNIX_EPOCH;
        for none in
            ["", "85010199885", "2026-02-30", "26-02-01", "2026-02-01T08:00", "+02026-02-01", "tomorrow"]
        {
            assert_eq!(recent(none, now), Err(Code::USAGE.into()), "{none}");
        }
    }
}
