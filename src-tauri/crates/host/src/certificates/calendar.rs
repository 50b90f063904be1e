//! A calendar of the ends of certificates, with an alarm at every rung: one whole day each, in the practice's zone.
//!
//! Source: RFC 5545. An event keeps its UID for the life of its certificate, so that a newer export replaces an older one.

use std::fmt::Write as _;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};
use relais_core::certificates::reminder::{RUNG_DAYS, Rung};
use relais_core::certificates::window::Today;
use relais_core::certificates::{Holder, delivery};
use relais_core::environment::EnvironmentClass;

use super::{Line, date, environment, step};
use crate::texts::Texts;

/// Longest line in bytes, its end left out. Source: RFC 5545, section 3.1.
const FOLD: usize = 75;

/// The calendar of those that somebody is reminded of and that were not replaced, as a file.
#[must_use]
pub fn ics(lines: &[Line], now: Timestamp, texts: &Texts, zone: &TimeZone) -> String {
    let mut out = Calendar::default();
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line("PRODID:-//Relais//Certificates//EN");
    out.line("CALSCALE:GREGORIAN");
    out.line("METHOD:PUBLISH");
    for line in lines.iter().filter(|line| line.watched.reminded_of() && line.today != Today::Keep) {
        event(&mut out, line, now, texts, zone);
    }
    out.line("END:VCALENDAR");
    out.0
}

fn event(out: &mut Calendar, line: &Line, now: Timestamp, texts: &Texts, zone: &TimeZone) {
    let end = line.public.not_after.to_zoned(zone.clone()).date();
    // The very last day of the calendar has none after it: such a certificate has no end to write down.
    let Ok(after) = end.tomorrow() else { return };
    let title = title(line, texts);
    let opens = line.opens_at.to_zoned(zone.clone()).date();
    let advice = match line.today {
        Today::Municipality { .. } | Today::NewAnchors { .. } => step(line.today, texts, zone),
        _ => texts.get("certificates-event-step", &[("d", &date(opens, texts))]),
    };
    out.line("BEGIN:VEVENT");
    out.line(&format!("UID:{}@relais.invalid", line.public.id));
    out.line(&format!("DTSTAMP:{}", now.strftime("%Y%m%dT%H%M%SZ")));
    out.line(&format!("DTSTART;VALUE=DATE:{}", end.strftime("%Y%m%d")));
    out.line(&format!("DTEND;VALUE=DATE:{}", after.strftime("%Y%m%d")));
    out.text("SUMMARY", &title);
    out.text("DESCRIPTION", &advice);
    out.line("TRANSP:TRANSPARENT");
    let opened = days_between(opens, end).filter(|days| *days > i64::from(RUNG_DAYS[0]));
    let rungs = Rung::all().filter_map(|rung| match rung {
        Rung::Days(days) if opened.is_some_and(|opened| i64::from(days) < opened) => Some(i64::from(days)),
        Rung::Opened | Rung::Days(_) | Rung::Ended => None,
    });
    let opened = days_between(opens, end).filter(|days| *days > 0);
    let alarms: Vec<i64> = opened.into_iter().chain(rungs).chain([0]).collect();
    for days in alarms {
        out.line("BEGIN:VALARM");
        out.line("ACTION:DISPLAY");
        out.text("DESCRIPTION", &title);
        out.line(&format!("TRIGGER:{}", trigger(days)));
        out.line("END:VALARM");
    }
    out.line("END:VEVENT");
}

fn title(line: &Line, texts: &Texts) -> String {
    let who = line.who();
    let class = line.watched.world.environment();
    match (&line.watched.holder, class) {
        (Holder::Card(_), _) => texts.get("certificates-event-card", &[("who", &who)]),
        (Holder::Authority(_), _) | (_, None | Some(EnvironmentClass::Production)) => {
            texts.get("certificates-event", &[("who", &who)])
        }
        (_, class) => {
            let tests = environment(class, texts);
            texts.get("certificates-event-tests", &[("who", &who), ("environment", &tests)])
        }
    }
}

fn days_between(from: Date, to: Date) -> Option<i64> {
    from.until((Unit::Day, to)).ok().map(|span| i64::from(span.get_days()))
}

/// So many days before the day begins, at the time of day of reminders.
fn trigger(days: i64) -> String {
    let hour = i64::from(delivery::FROM.hour());
    match days {
        0 => format!("PT{hour}H"),
        1 => format!("-PT{}H", 24 - hour),
        _ => format!("-P{}DT{}H", days - 1, 24 - hour),
    }
}

/// Lines of a calendar, folded and ended as the format wants it.
#[derive(Default)]
struct Calendar(String);

impl Calendar {
    fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len());
        for c in value.chars() {
            match c {
                '\\' | ';' | ',' => escaped.extend(['\\', c]),
                '\n' => escaped.push_str("\\n"),
                _ if c.is_control() => escaped.push(' '),
                _ => escaped.push(c),
            }
        }
        self.line(&format!("{name}:{escaped}"));
    }

    /// One line; a long one goes on after a blank, never within a character.
    fn line(&mut self, text: &str) {
        let mut used = 0;
        for c in text.chars() {
            if used + c.len_utf8() > FOLD {
                self.0.push_str("\r\n ");
                used = 1;
            }
            let _ = self.0.write_char(c);
            used += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}
