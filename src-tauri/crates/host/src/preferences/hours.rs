//! The hours of a practice as they stand below `[hours]`: times of day as texts, read when they are needed.
//!
//! A mistake in them costs the hours alone: the other settings stay in force.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use relais_core::session::quiet::{Day, Hours, Stretch};
use relais_core::{Code, Problem};
use relais_engine::view::{DayView, HoursView, StretchView};
use serde::{Deserialize, Serialize};

/// Most consultations of one day.
const MOST_CONSULTATIONS: usize = 24;

/// A week; a day that is not there has the usual hours.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WeekSettings {
    /// Where the practice is, as `Europe/London`; none = in Belgium, whatever this PC thinks.
    pub zone: Option<String>,
    /// Monday.
    #[serde(skip_serializing_if = "DaySettings::usual")]
    pub monday: DaySettings,
    /// Tuesday.
    #[serde(skip_serializing_if = "DaySettings::usual")]
    pub tuesday: DaySettings,
    /// Wednesday.
    #[serde(skip_serializing_if = "DaySettings::usual")]
    pub wednesday: DaySettings,
    /// Thursday.
    #[serde(skip_serializing_if = "DaySettings::usual")]
    pub thursday: DaySettings,
    /// Friday.
    #[serde(skip_serializing_if = "DaySettings::usual")]
    pub friday: DaySettings,
    /// Saturday.
    #[serde(skip_serializing_if = "DaySettings::usual")]
    pub saturday: DaySettings,
    /// Sunday.
    #[serde(skip_serializing_if = "DaySettings::usual")]
    pub sunday: DaySettings,
}

/// One weekday. Each stretch of time is written `09:00-12:30`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DaySettings {
    /// A day off: nobody is asked for anything.
    pub closed: bool,
    /// Working hours; none = the usual ones.
    pub open: Option<String>,
    /// When nobody is disturbed.
    pub consultations: Vec<String>,
    /// A break in them: one may be asked.
    pub lunch: Option<String>,
}

/// Why hours cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{key} cannot be used: {reason}")]
pub struct HoursError {
    /// Which setting, as `hours.monday.lunch`.
    pub key: String,
    /// What is wrong with it.
    pub reason: HoursMistake,
}

/// What is wrong with a setting of the hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HoursMistake {
    /// No stretch of a day.
    #[error("not-two-times")]
    NotTwoTimes,
    /// It ends before it begins.
    #[error("ends-before-it-begins")]
    Backwards,
    /// It lies outside the working hours of its day.
    #[error("outside-working-hours")]
    Outside,
    /// A day off has no hours.
    #[error("closed-but-with-hours")]
    Closed,
    /// More than anybody holds in a day.
    #[error("too-many")]
    TooMany,
    /// No such time zone.
    #[error("unknown-zone")]
    Zone,
}

impl WeekSettings {
    /// The same place, with the days as a person set them in the window.
    ///
    /// # Errors
    /// [`Code::USAGE`] when these are no seven days.
    pub fn with_days(&self, shown: &HoursView) -> Result<Self, Problem> {
        let days: Vec<DaySettings> = shown.week.iter().map(DaySettings::from).collect();
        let [monday, tuesday, wednesday, thursday, friday, saturday, sunday] =
            days.try_into().map_err(|_| Problem::new(Code::USAGE))?;
        let zone = self.zone.clone();
        Ok(Self { zone, monday, tuesday, wednesday, thursday, friday, saturday, sunday })
    }
}

impl From<&DayView> for DaySettings {
    fn from(day: &DayView) -> Self {
        let text = |it: &StretchView| format!("{}-{}", it.from, it.to);
        let closed = day.open.is_none();
        Self {
            closed,
            open: day.open.as_ref().map(text),
            // A day off keeps none of them.
            consultations: day.consultations.iter().filter(|_| !closed).map(text).collect(),
            lunch: None,
        }
    }
}

impl HoursError {
    /// The failure as a person meets it.
    #[must_use]
    pub fn problem(&self) -> Problem {
        Problem::new(Code::HOURS_INVALID).with("key", &self.key).with("reason", self.reason)
    }
}

impl DaySettings {
    fn usual(&self) -> bool {
        *self == Self::default()
    }

    fn day(&self, name: &str, usual: &Day) -> Result<Day, HoursError> {
        let key = |part: &str| format!("hours.{name}.{part}");
        let wrong = |part: &str, reason| HoursError { key: key(part), reason };
        if self.closed {
            let empty = Self { closed: true, ..Self::default() };
            let day = Day { open: None, consultations: vec![] };
            return if *self == empty { Ok(day) } else { Err(wrong("closed", HoursMistake::Closed)) };
        }
        if self.consultations.len() > MOST_CONSULTATIONS {
            return Err(wrong("consultations", HoursMistake::TooMany));
        }
        let read = |part: &str, text: &str| stretch(text).map_err(|reason| wrong(part, reason));
        let open = self.open.as_deref().map(|text| read("open", text)).transpose()?.or(usual.open);
        let inside = |part: &str, text: &str| {
            let found = read(part, text)?;
            let fits = open.is_some_and(|open| open.from <= found.from && found.to <= open.to);
            if fits { Ok(found) } else { Err(wrong(part, HoursMistake::Outside)) }
        };
        let lunch = self.lunch.as_deref().map(|text| inside("lunch", text)).transpose()?;
        let consultations = self.consultations.iter().map(|text| inside("consultations", text));
        let consultations = consultations.collect::<Result<Vec<_>, _>>()?;
        Ok(Day { open, consultations: around(consultations, lunch) })
    }
}

/// `09:00-12:30`.
fn stretch(text: &str) -> Result<Stretch, HoursMistake> {
    let time = |text: &str| Time::strptime("%H:%M", text.trim()).map_err(|_| HoursMistake::NotTwoTimes);
    let (from, to) = text.split_once('-').ok_or(HoursMistake::NotTwoTimes)?;
    Stretch::new(time(from)?, time(to)?).ok_or(HoursMistake::Backwards)
}

/// Consultations with lunch cut out of them.
fn around(consultations: Vec<Stretch>, lunch: Option<Stretch>) -> Vec<Stretch> {
    let Some(lunch) = lunch else { return consultations };
    let cut = |block: Stretch| {
        let before = Stretch::new(block.from, block.to.min(lunch.from));
        let after = Stretch::new(block.from.max(lunch.to), block.to);
        before.into_iter().chain(after)
    };
    consultations.into_iter().flat_map(cut).collect()
}

impl WeekSettings {
    /// The hours these settings mean; `usual` is a day that says nothing, `here` where this PC is.
    ///
    /// # Errors
    /// The first setting that cannot be used, and why.
    pub fn hours(&self, usual: &Day, here: &TimeZone) -> Result<Hours, HoursError> {
        let zone = match &self.zone {
            None => here.clone(),
            Some(name) => TimeZone::get(name)
                .map_err(|_| HoursError { key: "hours.zone".into(), reason: HoursMistake::Zone })?,
        };
        let week = [
            self.monday.day("monday", usual)?,
            self.tuesday.day("tuesday", usual)?,
            self.wednesday.day("wednesday", usual)?,
            self.thursday.day("thursday", usual)?,
            self.friday.day("friday", usual)?,
            self.saturday.day("saturday", usual)?,
            self.sunday.day("sunday", usual)?,
        ];
        Ok(Hours { week, zone })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;
    use jiff::SignedDuration;
    use relais_core::session::plan::Life;
    use relais_core::session::quiet::quiet_moment;

    fn brussels() -> TimeZone {
        TimeZone::get("Europe/Brussels").unwrap()
    }

    fn hours(text: &str) -> Result<Hours, HoursError> {
        let week: WeekSettings = toml::from_str(text).unwrap();
        week.hours(&Policy::built_in().day(), &brussels())
    }

    fn shown(day: &Day) -> Vec<String> {
        let text =
            |block: &Stretch| format!("{}-{}", block.from.strftime("%H:%M"), block.to.strftime("%H:%M"));
        day.open.iter().chain(&day.consultations).map(text).collect()
    }

    #[test]
    fn without_settings_the_usual_hours_are_kept() {
        assert_eq!(hours("").unwrap(), Hours::usual(brussels()));
        assert_eq!(toml::to_string(&WeekSettings::default()).unwrap(), "");
    }

    #[test]
    fn each_day_has_its_own_hours_and_lunch_is_a_gap_in_the_consultations() {
        let read = hours(
            r#"
            zone = "Europe/Lisbon"
            [monday]
            open = "08:00-18:30"
            consultations = ["09:00-15:00", "8:15 - 08:45", "16:00-18:00"]
            lunch = "12:30-13:30"
            [wednesday]
            consultations = ["12:00-13:00"]
            lunch = "11:00-14:00"
            [sunday]
            closed = true
            "#,
        )
        .unwrap();
        let monday = ["08:00-18:30", "09:00-12:30", "13:30-15:00", "08:15-08:45", "16:00-18:00"];
        assert_eq!(shown(&read.week[0]), monday);
        assert_eq!(shown(&read.week[1]), ["07:00-20:00"]);
        assert_eq!(shown(&read.week[2]), ["07:00-20:00"], "nothing is left of it");
        assert_eq!(shown(&read.week[6]), [""; 0]);
        assert_eq!(read.zone, TimeZone::get("Europe/Lisbon").unwrap());
    }

    #[test]
    fn a_renewal_due_in_the_morning_is_asked_for_at_lunch() {
        let read = hours("[monday]\nconsultations = [\"08:00-18:00\"]\nlunch = \"12:30-13:30\"").unwrap();
        let issued: jiff::Timestamp = "2026-03-02T06:00:00Z".parse().unwrap(); // 07:00 in Brussels
        let life = Life::new(issued, issued + SignedDuration::from_hours(8));
        let asked = quiet_moment(life.after_one_of(2), life, &read).unwrap();
        assert_eq!(asked.to_zoned(brussels()).strftime("%H:%M").to_string(), "12:30");
    }

    #[test]
    fn a_mistake_is_told_by_its_key_and_reason() {
        let cases = [
            ("zone = \"Atlantis\"", "hours.zone", "unknown-zone"),
            ("[monday]\nopen = \"nine to five\"", "hours.monday.open", "not-two-times"),
            ("[monday]\nopen = \"09:00\"", "hours.monday.open", "not-two-times"),
            ("[monday]\nopen = \"09:00-25:00\"", "hours.monday.open", "not-two-times"),
            ("[monday]\nopen = \"17:00-09:00\"", "hours.monday.open", "ends-before-it-begins"),
            ("[tuesday]\nlunch = \"12:00-12:00\"", "hours.tuesday.lunch", "ends-before-it-begins"),
            (
                "[friday]\nconsultations = [\"06:00-08:00\"]",
                "hours.friday.consultations",
                "outside-working-hours",
            ),
            (
                "[friday]\nopen = \"09:00-12:00\"\nlunch = \"12:00-13:00\"",
                "hours.friday.lunch",
                "outside-working-hours",
            ),
            (
                "[sunday]\nclosed = true\nopen = \"09:00-12:00\"",
                "hours.sunday.closed",
                "closed-but-with-hours",
            ),
        ];
        for (text, key, reason) in cases {
            let problem = hours(text).unwrap_err().problem();
            let told = (problem.code, problem.with["key"].as_str(), problem.with["reason"].as_str());
            assert_eq!(told, (Code::HOURS_INVALID, key, reason), "{text}");
        }
        let many = format!("[monday]\nconsultations = [{}]", "\"09:00-10:00\",".repeat(25));
        assert_eq!(hours(&many).unwrap_err().reason, HoursMistake::TooMany);
    }
}
