//! The numbers of `catalogue/policy.toml`, as the rules of the core take them and as a person may read them.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use jiff::SignedDuration;
use jiff::civil::{Date, Time};
use relais_core::session::exception::Limits;
use relais_core::session::plan::Pace;
use relais_core::session::quiet::{Day, Hours, Stretch};
use relais_core::session::renewal::Habits;
use serde::Deserialize;

/// How long, how often, how early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Longest life of a token.
    pub longest_life: SignedDuration,
    /// Longest episode of work without the card.
    pub fallback_cap: SignedDuration,
    /// How long before its end it is warned, the longest first.
    pub fallback_warnings: [SignedDuration; 3],
    /// How often the time of such an episode is written down at least.
    pub episode_kept: SignedDuration,
    /// Where the halving stops.
    pub pace: Pace,
    /// How long before the end of a token the question for the PIN becomes louder: soon, last.
    pub prompts: [SignedDuration; 2],
    /// Before the first look for a sign-in service that does not answer, and between two of them at most.
    pub lookout: [SignedDuration; 2],
    /// How much such a pause varies by chance, in hundredths.
    pub lookout_spread: i64,
    /// How often the platform's list of services is looked at.
    pub list_every: SignedDuration,
    /// How often services are looked at while somebody works, and otherwise.
    pub probe_every: [SignedDuration; 2],
    /// Before what did not answer is looked at again.
    pub probe_failed: SignedDuration,
    /// Between a sign-in and the question for the own encryption key, by chance between the two.
    pub own_key_after: [SignedDuration; 2],
    /// Between two such questions.
    pub own_key_every: SignedDuration,
    /// After one that nobody answered, and where the doubling stops.
    pub own_key_failed: [SignedDuration; 2],
    /// How long it is said that a service is back.
    pub return_said: SignedDuration,
    /// The same service is not said to be back twice in this time.
    pub return_spared: SignedDuration,
    /// Longest that a service may ask to be left alone.
    pub lookout_asked: SignedDuration,
    /// A look that says nothing for this long was in vain.
    pub lookout_unheard: SignedDuration,
    /// Working hours of a practice that set no others.
    pub open: Stretch,
    /// Life that is left after a consultation, or before a night.
    pub room: SignedDuration,
    /// From which exception on something is said.
    pub limits: Limits,
    /// How far the clocks of two messages may be apart.
    pub skew: SignedDuration,
    /// From which offset of this PC's clock on it is told.
    pub clock_told: SignedDuration,
    /// From which offset on nothing is signed.
    pub clock_refused: SignedDuration,
    /// How far ahead of this PC's clock a time must lie to need a signature or two hosts.
    pub trusted_jump: SignedDuration,
    /// Calendar months before its end from which on a certificate may be renewed.
    pub certificate_window: i64,
    /// Days before its end at which somebody is reminded, before it is every day.
    pub certificate_rungs: [i64; 4],
    /// Days before its end from which on a deputy is thought of.
    pub certificate_deputy: i64,
    /// Earliest time of day at which somebody is reminded.
    pub certificate_from: Time,
    /// A folder of certificates that says nothing for this long is given up.
    pub certificate_folder: SignedDuration,
    /// Every number with its source, in the order of the catalogue.
    pub facts: Vec<Fact>,
}

/// One number as a person may read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Its name in the catalogue.
    pub name: &'static str,
    /// Its value or values.
    pub value: String,
    /// What it counts.
    pub unit: Unit,
    /// Where it comes from.
    pub source: String,
    /// When it was laid down.
    pub date: Date,
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Unit {
    /// Hours.
    #[serde(rename = "hours")]
    Hours,
    /// Minutes.
    #[serde(rename = "minutes")]
    Minutes,
    /// Seconds.
    #[serde(rename = "seconds")]
    Seconds,
    /// Days.
    #[serde(rename = "days")]
    Days,
    /// Calendar months.
    #[serde(rename = "months")]
    Months,
    /// How often.
    #[serde(rename = "uses")]
    Uses,
    /// Hundredths.
    #[serde(rename = "percent")]
    Percent,
    /// Hours and minutes of the practice's day.
    #[serde(rename = "time of day")]
    TimeOfDay,
}

/// Why a list of numbers is none of ours.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// It is not written as it should be.
    #[error("the numbers cannot be read")]
    Unreadable(#[from] toml::de::Error),
    /// A number has the wrong unit, or lies outside what it may be.
    #[error("{name} may not be what it is")]
    OutOfRange {
        /// Its name.
        name: &'static str,
    },
}

type Read<T> = Result<T, PolicyError>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Numbers {
    longest_life: Row<i64>,
    fallback_cap: Row<i64>,
    fallback_warnings: Row<[i64; 3]>,
    episode_kept: Row<i64>,
    smallest_gap: Row<i64>,
    last_attempt: Row<i64>,
    prompts: Row<[i64; 2]>,
    lookout: Row<[i64; 2]>,
    lookout_spread: Row<i64>,
    list_every: Row<i64>,
    probe_every: Row<[i64; 2]>,
    probe_failed: Row<i64>,
    own_key_after: Row<[i64; 2]>,
    own_key_every: Row<i64>,
    own_key_failed: Row<[i64; 2]>,
    return_said: Row<i64>,
    return_spared: Row<i64>,
    working_hours: Row<[Time; 2]>,
    room: Row<i64>,
    exception_days: Row<i64>,
    exception_notice: Row<i64>,
    exception_in_a_row: Row<i64>,
    exception_justify: Row<i64>,
    skew: Row<i64>,
    clock_told: Row<i64>,
    clock_refused: Row<i64>,
    trusted_jump: Row<i64>,
    lookout_asked: Row<i64>,
    lookout_unheard: Row<i64>,
    certificate_window: Row<i64>,
    certificate_rungs: Row<[i64; 4]>,
    certificate_deputy: Row<i64>,
    certificate_from: Row<Time>,
    certificate_folder: Row<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row<V> {
    value: V,
    unit: Unit,
    source: String,
    date: Date,
}

impl Policy {
    /// The numbers that come with Relais.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<Policy> = LazyLock::new(|| {
            Policy::parse(include_str!("../../../catalogue/policy.toml"))
                .expect("the catalogue is checked by a test")
        });
        &BUILT_IN
    }

    /// Reads a list of numbers.
    ///
    /// # Errors
    /// An unknown or missing name, a wrong unit, a number outside what it may be.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        let numbers: Numbers = toml::from_str(text)?;
        numbers.policy()
    }

    /// What a practice that set no hours keeps to.
    #[must_use]
    pub fn day(&self) -> Day {
        Day { open: Some(self.open), consultations: vec![] }
    }

    /// How the session of a practice with these hours is kept.
    #[must_use]
    pub fn habits(&self, hours: Hours) -> Habits {
        Habits { hours, pace: self.pace }
    }
}

impl Numbers {
    fn policy(&self) -> Read<Policy> {
        let minutes = |name, row: &Row<i64>, range| row.span(name, Unit::Minutes, range);
        let hours = |name, row: &Row<i64>, range| row.span(name, Unit::Hours, range);
        Ok(Policy {
            longest_life: hours("longest-life", &self.longest_life, 1..=24)?,
            // The platform's own limit: a shorter one is ours to set, a longer one is not.
            fallback_cap: hours("fallback-cap", &self.fallback_cap, 1..=12)?,
            fallback_warnings: self.fallback_warnings.falling("fallback-warnings", 1..=11 * 60)?,
            episode_kept: self.episode_kept.span("episode-kept", Unit::Seconds, 1..=60)?,
            pace: Pace {
                smallest_gap: minutes("smallest-gap", &self.smallest_gap, 1..=60)?,
                last_margin: minutes("last-attempt", &self.last_attempt, 1..=15)?,
            },
            prompts: self.prompts.falling("prompts", 1..=120)?,
            lookout: self.lookout.rising("lookout", 1..=60)?,
            lookout_spread: self.lookout_spread.checked("lookout-spread", Unit::Percent, 0..=50)?,
            list_every: minutes("list-every", &self.list_every, 1..=60)?,
            probe_every: self.probe_every.rising("probe-every", 1..=15)?,
            probe_failed: minutes("probe-failed", &self.probe_failed, 1..=10)?,
            own_key_after: self.own_key_after.rising("own-key-after", 1..=30)?,
            own_key_every: hours("own-key-every", &self.own_key_every, 1..=24)?,
            own_key_failed: self.own_key_failed.rising("own-key-failed", 5..=24 * 60)?,
            return_said: minutes("return-said", &self.return_said, 1..=24 * 60)?,
            return_spared: minutes("return-spared", &self.return_spared, 1..=24 * 60)?,
            open: self.working_hours.stretch("working-hours")?,
            room: minutes("room", &self.room, 1..=120)?,
            limits: self.limits()?,
            skew: minutes("skew", &self.skew, 1..=10)?,
            clock_told: minutes("clock-told", &self.clock_told, 1..=60)?,
            clock_refused: hours("clock-refused", &self.clock_refused, 1..=24)?,
            trusted_jump: minutes("trusted-jump", &self.trusted_jump, 1..=60)?,
            lookout_asked: minutes("lookout-asked", &self.lookout_asked, 1..=60)?,
            lookout_unheard: minutes("lookout-unheard", &self.lookout_unheard, 1..=60)?,
            certificate_window: self.certificate_window.checked(
                "certificate-window",
                Unit::Months,
                1..=12,
            )?,
            certificate_rungs: self.certificate_rungs.days("certificate-rungs", 1..=90)?,
            certificate_deputy: self.certificate_deputy.checked("certificate-deputy", Unit::Days, 1..=90)?,
            certificate_from: self.certificate_from.value,
            certificate_folder: self.certificate_folder.span("certificate-folder", Unit::Seconds, 1..=60)?,
            facts: self.facts(),
        })
    }

    fn limits(&self) -> Read<Limits> {
        Ok(Limits {
            days: self.exception_days.checked("exception-days", Unit::Days, 1..=365)?,
            notice: self.exception_notice.count("exception-notice")?,
            in_a_row: self.exception_in_a_row.count("exception-in-a-row")?,
            justify: self.exception_justify.count("exception-justify")?,
        })
    }

    fn facts(&self) -> Vec<Fact> {
        vec![
            self.longest_life.fact("longest-life"),
            self.fallback_cap.fact("fallback-cap"),
            self.fallback_warnings.fact("fallback-warnings"),
            self.episode_kept.fact("episode-kept"),
            self.smallest_gap.fact("smallest-gap"),
            self.last_attempt.fact("last-attempt"),
            self.prompts.fact("prompts"),
            self.lookout.fact("lookout"),
            self.lookout_spread.fact("lookout-spread"),
            self.list_every.fact("list-every"),
            self.probe_every.fact("probe-every"),
            self.probe_failed.fact("probe-failed"),
            self.own_key_after.fact("own-key-after"),
            self.own_key_every.fact("own-key-every"),
            self.own_key_failed.fact("own-key-failed"),
            self.return_said.fact("return-said"),
            self.return_spared.fact("return-spared"),
            self.lookout_asked.fact("lookout-asked"),
            self.lookout_unheard.fact("lookout-unheard"),
            self.working_hours.fact("working-hours"),
            self.room.fact("room"),
            self.exception_days.fact("exception-days"),
            self.exception_notice.fact("exception-notice"),
            self.exception_in_a_row.fact("exception-in-a-row"),
            self.exception_justify.fact("exception-justify"),
            self.skew.fact("skew"),
            self.clock_told.fact("clock-told"),
            self.clock_refused.fact("clock-refused"),
            self.trusted_jump.fact("trusted-jump"),
            self.certificate_window.fact("certificate-window"),
            self.certificate_rungs.fact("certificate-rungs"),
            self.certificate_deputy.fact("certificate-deputy"),
            self.certificate_from.fact("certificate-from"),
            self.certificate_folder.fact("certificate-folder"),
        ]
    }
}

impl<V: Shown> Row<V> {
    fn fact(&self, name: &'static str) -> Fact {
        Fact {
            name,
            value: self.value.shown(),
            unit: self.unit,
            source: self.source.clone(),
            date: self.date,
        }
    }
}

/// A value in figures.
trait Shown {
    fn shown(&self) -> String;
}

impl Shown for i64 {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl<const N: usize> Shown for [i64; N] {
    fn shown(&self) -> String {
        self.map(|value| value.to_string()).join(", ")
    }
}

impl Shown for Time {
    fn shown(&self) -> String {
        self.strftime("%H:%M").to_string()
    }
}

impl Shown for [Time; 2] {
    fn shown(&self) -> String {
        self.map(|time| time.shown()).join("-")
    }
}

impl Row<i64> {
    fn checked(&self, name: &'static str, unit: Unit, range: RangeInclusive<i64>) -> Read<i64> {
        let good = self.unit == unit && range.contains(&self.value);
        if good { Ok(self.value) } else { Err(PolicyError::OutOfRange { name }) }
    }

    fn span(&self, name: &'static str, unit: Unit, range: RangeInclusive<i64>) -> Read<SignedDuration> {
        let value = self.checked(name, unit, range)?;
        match unit {
            Unit::Hours => Ok(SignedDuration::from_hours(value)),
            Unit::Minutes => Ok(SignedDuration::from_mins(value)),
            Unit::Seconds => Ok(SignedDuration::from_secs(value)),
            Unit::Days | Unit::Months | Unit::Uses | Unit::Percent | Unit::TimeOfDay => {
                Err(PolicyError::OutOfRange { name })
            }
        }
    }

    fn count(&self, name: &'static str) -> Read<usize> {
        let count = self.checked(name, Unit::Uses, 1..=1_000)?;
        usize::try_from(count).map_err(|_| PolicyError::OutOfRange { name })
    }
}

impl<const N: usize> Row<[i64; N]> {
    /// Minutes, each less than the one before.
    fn falling(&self, name: &'static str, range: RangeInclusive<i64>) -> Read<[SignedDuration; N]> {
        let minutes = self.ordered(name, Unit::Minutes, range, |before, after| before > after)?;
        Ok(minutes.map(SignedDuration::from_mins))
    }

    /// Minutes, each more than the one before.
    fn rising(&self, name: &'static str, range: RangeInclusive<i64>) -> Read<[SignedDuration; N]> {
        let minutes = self.ordered(name, Unit::Minutes, range, |before, after| before < after)?;
        Ok(minutes.map(SignedDuration::from_mins))
    }

    /// Days, each less than the one before.
    fn days(&self, name: &'static str, range: RangeInclusive<i64>) -> Read<[i64; N]> {
        self.ordered(name, Unit::Days, range, |before, after| before > after)
    }

    fn ordered(
        &self,
        name: &'static str,
        unit: Unit,
        range: RangeInclusive<i64>,
        order: impl Fn(i64, i64) -> bool,
    ) -> Read<[i64; N]> {
        let ordered = self.value.windows(2).all(|pair| order(pair[0], pair[1]));
        let good = self.unit == unit && ordered && self.value.iter().all(|value| range.contains(value));
        if good { Ok(self.value) } else { Err(PolicyError::OutOfRange { name }) }
    }
}

impl Row<[Time; 2]> {
    fn stretch(&self, name: &'static str) -> Read<Stretch> {
        let [from, to] = self.value;
        let stretch = Stretch::new(from, to).filter(|_| self.unit == Unit::TimeOfDay);
        stretch.ok_or(PolicyError::OutOfRange { name })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;
    use relais_core::certificates::{self, reminder};
    use relais_core::continuity::{own_key, returns, watch};
    use relais_core::lease::{FALLBACK_CAP, LONGEST_LIFE};
    use relais_core::session::exception::{KEPT_EVERY, Warning};
    use relais_core::session::{lookout, quiet, renewal};

    const TEXT: &str = include_str!("../../../catalogue/policy.toml");

    #[test]
    fn the_rules_of_the_core_and_the_catalogue_say_the_same() {
        let policy = Policy::built_in();
        assert_eq!(policy.longest_life, LONGEST_LIFE);
        assert_eq!(policy.fallback_cap, FALLBACK_CAP);
        assert_eq!(policy.fallback_warnings, Warning::ALL.map(|(_, before)| before));
        assert_eq!(policy.episode_kept, KEPT_EVERY);
        assert_eq!(policy.pace, Pace::USUAL);
        assert_eq!(policy.prompts, [renewal::SOON, renewal::LAST]);
        assert_eq!(policy.lookout, [lookout::FIRST, lookout::LONGEST]);
        assert_eq!(policy.lookout_spread, i64::from(lookout::SPREAD));
        assert_eq!(policy.probe_every, [watch::USED, watch::IDLE]);
        assert_eq!(policy.probe_failed, watch::FAILED);
        assert_eq!(policy.own_key_after, [own_key::SOONEST, own_key::SOONEST + own_key::SPREAD]);
        assert_eq!(
            (policy.own_key_every, policy.own_key_failed),
            (own_key::EVERY, [own_key::AGAIN, own_key::LONGEST])
        );
        assert_eq!([policy.return_said, policy.return_spared], [returns::SAID_FOR, returns::SPARED]);
        assert_eq!(policy.lookout_spread, i64::from(watch::SPREAD));
        assert_eq!([policy.lookout_asked, policy.lookout_unheard], [lookout::ASKED, lookout::UNHEARD]);
        assert_eq!(Hours::usual(TimeZone::UTC).week, std::array::from_fn(|_| policy.day()));
        assert_eq!(policy.room, quiet::ROOM);
        assert_eq!(policy.limits, Limits::USUAL);
        assert_eq!(policy.skew, relais_ehealth::assertion::SKEW);
        assert_eq!(policy.trusted_jump, relais_core::trusted::JUMP);
        assert_eq!(policy.clock_told, relais_core::platform_time::TOLD);
        assert_eq!(policy.clock_refused, relais_ehealth::sts::CLOCK_LIMIT);
        assert_eq!(policy.certificate_window, i64::from(certificates::window::WINDOW_MONTHS));
        assert_eq!(policy.certificate_rungs, reminder::RUNG_DAYS.map(i64::from));
        assert_eq!(policy.certificate_deputy, i64::from(reminder::DEPUTY_DAYS));
        assert_eq!(policy.certificate_from, certificates::delivery::FROM);
        assert_eq!(policy.certificate_folder.unsigned_abs(), relais_keystore::inventory::SILENCE);
    }

    #[test]
    fn every_number_of_the_catalogue_is_shown_with_its_source() {
        let table: toml::Table = TEXT.parse().unwrap();
        let facts = &Policy::built_in().facts;
        let names: std::collections::BTreeSet<_> = facts.iter().map(|fact| fact.name).collect();
        assert_eq!(names, table.keys().map(String::as_str).collect());
        assert_eq!(names.len(), facts.len());
        for fact in facts {
            assert_eq!(table[fact.name]["source"].as_str(), Some(fact.source.as_str()));
            assert_eq!(table[fact.name]["date"].as_str(), Some(fact.date.to_string().as_str()));
            assert!(fact.source.chars().count() > 20, "{}", fact.name);
        }
        let shown = |name| &facts.iter().find(|fact| fact.name == name).unwrap().value;
        assert_eq!(shown("fallback-warnings"), "60, 15, 5");
        assert_eq!(shown("working-hours"), "07:00-20:00");
    }

    #[test]
    fn a_number_that_may_not_be_is_refused_by_its_name() {
        let cases = [
            ("value = 12\nunit = \"hours\"", "value = 13\nunit = \"hours\"", "fallback-cap"),
            ("value = 12\nunit = \"hours\"", "value = 12\nunit = \"minutes\"", "fallback-cap"),
            ("[60, 15, 5]", "[15, 60, 5]", "fallback-warnings"),
            ("[30, 10]", "[30, 0]", "prompts"),
            ("[1, 5]", "[5, 1]", "lookout"),
            ("[5, 15]", "[15, 5]", "probe-every"),
            ("[15, 360]", "[360, 15]", "own-key-failed"),
            ("[60, 30, 14, 7]", "[60, 30, 7, 14]", "certificate-rungs"),
            ("unit = \"months\"", "unit = \"days\"", "certificate-window"),
            ("unit = \"percent\"", "unit = \"minutes\"", "lookout-spread"),
            ("\"07:00\", \"20:00\"", "\"20:00\", \"07:00\"", "working-hours"),
            ("value = 60\nunit = \"seconds\"", "value = 61\nunit = \"seconds\"", "episode-kept"),
            ("value = 3\nunit = \"uses\"", "value = -3\nunit = \"uses\"", "exception-notice"),
            ("value = 30\nunit = \"days\"", "value = 30\nunit = \"uses\"", "exception-days"),
        ];
        for (good, bad, expected) in cases {
            assert_eq!(TEXT.matches(good).count(), 1, "{good}");
            let refused = Policy::parse(&TEXT.replace(good, bad)).unwrap_err();
            assert!(matches!(refused, PolicyError::OutOfRange { name } if name == expected), "{refused:?}");
        }
    }

    #[test]
    fn a_name_too_many_or_too_few_or_a_number_without_its_source_is_refused() {
        let unknown =
            format!("{TEXT}\n[luck]\nvalue = 7\nunit = \"uses\"\nsource = \"x\"\ndate = \"2026-11-22\"\n");
        let missing = TEXT.replace("[skew]", "[skewed]");
        let no_source = TEXT.replacen("source =", "sauce =", 1);
        let no_date = TEXT.replacen("date = \"2026-11-22\"", "date = \"tomorrow\"", 1);
        for text in [unknown, missing, no_source, no_date] {
            assert!(matches!(Policy::parse(&text), Err(PolicyError::Unreadable(_))));
        }
    }
}
