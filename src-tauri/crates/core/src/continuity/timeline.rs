//! What was seen of a function over a day or a month: changes, the stretches between them, and the gaps in which nobody
//! looked.
//!
//! What was known before a gap says nothing of the time after it: until something is seen again it is unknown.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::health::Health;

/// Names a function of the catalogue: `prescription`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct FunctionId(String);

/// No function is called so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a function is named by 1 to 40 small letters, digits and hyphens")]
pub struct NoFunction;

impl FunctionId {
    /// Reads a name: 1 to 40 of `a-z`, `0-9`, `-`.
    ///
    /// # Errors
    /// [`NoFunction`].
    pub fn parse(text: &str) -> Result<Self, NoFunction> {
        let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let good = (1..=40).contains(&text.len()) && text.bytes().all(known);
        if good { Ok(Self(text.to_owned())) } else { Err(NoFunction) }
    }

    /// As the catalogue writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for FunctionId {
    type Error = NoFunction;

    fn try_from(text: String) -> Result<Self, NoFunction> {
        Self::parse(&text)
    }
}

/// Who says how a function is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Witness {
    /// The platform's signed list.
    Authority,
    /// Calls of this PC.
    Real,
    /// Our own looks.
    Probe,
}

/// What one of them said, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Who.
    pub by: Witness,
    /// What.
    pub health: Health,
    /// When it was said last, before the change.
    pub at: Timestamp,
}

/// A function is not as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// When, to the millisecond.
    pub at: Timestamp,
    /// How it is from then on.
    pub health: Health,
    /// What that rests on, each witness once.
    pub seen: Vec<Seen>,
}

/// A time in which this PC looked: from the first look to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watched {
    /// From.
    pub from: Timestamp,
    /// To, not included.
    pub until: Timestamp,
}

/// A stretch of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// From.
    pub from: Timestamp,
    /// To, not included.
    pub until: Timestamp,
    /// How it was; `None` where nobody looked.
    pub health: Option<Health>,
}

/// What is kept of an hour in which a function changed, for views in which nothing smaller can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hour {
    /// Its first change.
    pub first: Timestamp,
    /// Its last change.
    pub last: Timestamp,
    /// How it was from then on.
    pub then: Health,
    /// The worst of its changes.
    pub worst: Health,
}

/// Longest pause between two looks of one run that is no gap: some more than the longest pause between two polls.
pub const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(20);

/// Whether a look belongs to the time of the one before; else nobody looked between the two.
#[must_use]
pub fn goes_on(last: Timestamp, at: Timestamp) -> bool {
    (SignedDuration::ZERO..=LONGEST_PAUSE).contains(&at.duration_since(last))
}

/// Length of an hour.
pub const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// The times in their order, those that touch as one.
#[must_use]
pub fn merged(mut watched: Vec<Watched>) -> Vec<Watched> {
    watched.sort_by_key(|one| one.from);
    let mut merged: Vec<Watched> = Vec::with_capacity(watched.len());
    for one in watched.into_iter().filter(|one| one.from < one.until) {
        match merged.last_mut().filter(|last| one.from <= last.until) {
            Some(last) => last.until = last.until.max(one.until),
            None => merged.push(one),
        }
    }
    merged
}

/// The stretches from `from` to `until`, without a hole and no two alike beside each other.
///
/// `changes` are those before `until` by their time: at least the last one up to `from`, and all after it. `watched` is
/// [`merged`], whole from the time in which `from` lies.
#[must_use]
pub fn spans(
    changes: &[(Timestamp, Health)],
    watched: &[Watched],
    from: Timestamp,
    until: Timestamp,
) -> Vec<Span> {
    let mut line = Line { spans: vec![], at: from, until };
    for time in watched.iter().filter(|time| time.until > from && time.from < until) {
        line.to(time.from, None);
        let first = changes.partition_point(|(at, _)| *at < time.from);
        let mut health = Health::Unknown;
        for (at, next) in changes[first..].iter().take_while(|(at, _)| *at < time.until) {
            line.to(*at, Some(health));
            health = *next;
        }
        line.to(time.until, Some(health));
    }
    line.to(until, None);
    line.spans
}

/// A timeline that grows.
struct Line {
    spans: Vec<Span>,
    at: Timestamp,
    until: Timestamp,
}

impl Line {
    /// Goes on to `end`, all that way being so.
    fn to(&mut self, end: Timestamp, health: Option<Health>) {
        let end = end.min(self.until);
        if end <= self.at {
            return;
        }
        match self.spans.last_mut().filter(|last| last.health == health) {
            Some(last) => last.until = end,
            None => self.spans.push(Span { from: self.at, until: end, health }),
        }
        self.at = end;
    }
}

/// The first moment of the hour of `at`, in UTC.
#[must_use]
pub fn hour_of(at: Timestamp) -> Timestamp {
    let length = HOUR.as_secs();
    Timestamp::from_second(at.as_second().div_euclid(length) * length).unwrap_or(at)
}

/// The worst of each hour from the one of `from` to `until`, hours that are alike as one stretch.
///
/// `hours` are those before `until` by their time, at least the last one before `from`; `watched` as for [`spans`].
#[must_use]
pub fn by_hours(hours: &[Hour], watched: &[Watched], from: Timestamp, until: Timestamp) -> Vec<Span> {
    let mut at = hour_of(from);
    let mut line = Line { spans: vec![], at, until };
    let mut left = &hours[hours.partition_point(|hour| hour.first < at).saturating_sub(1)..];
    let mut before: Option<&Hour> = None;
    while let Some((one, rest)) = left.split_first().filter(|(one, _)| one.first < at) {
        (before, left) = (Some(one), rest);
    }
    while at < until {
        let end = at.saturating_add(HOUR).unwrap_or(until);
        let own = left.split_first().filter(|(one, _)| one.first < end);
        line.to(end, worst(before, own.map(|(one, _)| one), watched, at, end));
        if let Some((one, rest)) = own {
            (before, left) = (Some(one), rest);
        }
        at = end;
    }
    line.spans
}

/// The worst of one hour: what its changes say, what was left from before, unknown where something was looked at at all.
fn worst(
    before: Option<&Hour>,
    own: Option<&Hour>,
    watched: &[Watched],
    from: Timestamp,
    until: Timestamp,
) -> Option<Health> {
    let first = watched.partition_point(|time| time.until <= from);
    let here = &watched[first..];
    here.first().filter(|time| time.from < until)?;
    // What was left goes on in the time in which it was seen, up to the first change of this hour.
    let goes_on = |hour: &&Hour| {
        let same = here.first().is_some_and(|time| time.from <= hour.last && hour.last < time.until);
        same && own.is_none_or(|own| own.first > from)
    };
    let left = before.filter(goes_on).map(|hour| hour.then);
    let all = [Some(Health::Unknown), left, own.map(|own| own.worst)];
    all.into_iter().flatten().max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Ten units to the hour.
    fn at(unit: i64) -> Timestamp {
        Timestamp::from_second(1_000_800 + 360 * unit).unwrap()
    }

    const KINDS: [Health; 4] = [Health::Unknown, Health::Operational, Health::OnBackup, Health::Down];

    fn watches() -> impl Strategy<Value = Vec<Watched>> {
        let one =
            (0i64..100, 1i64..30).prop_map(|(from, long)| Watched { from: at(from), until: at(from + long) });
        prop::collection::vec(one, 0..5)
    }

    fn changes() -> impl Strategy<Value = Vec<(Timestamp, Health)>> {
        let one = (0i64..120, prop::sample::select(&KINDS[..]));
        prop::collection::btree_map(0i64..120, one.prop_map(|(_, health)| health), 0..20)
            .prop_map(|map| map.into_iter().map(|(unit, health)| (at(unit), health)).collect())
    }

    /// By the definition, for one moment.
    fn naive(changes: &[(Timestamp, Health)], watched: &[Watched], moment: Timestamp) -> Option<Health> {
        let time = watched.iter().find(|time| time.from <= moment && moment < time.until)?;
        let last = changes.iter().rev().find(|(at, _)| *at <= moment && *at >= time.from);
        Some(last.map_or(Health::Unknown, |(_, health)| *health))
    }

    fn of(spans: &[Span], moment: Timestamp) -> Option<Health> {
        spans.iter().find(|span| span.from <= moment && moment < span.until).unwrap().health
    }

    fn whole(spans: &[Span], from: Timestamp, until: Timestamp) {
        assert_eq!((spans[0].from, spans[spans.len() - 1].until), (from, until));
        for pair in spans.windows(2) {
            assert_eq!(pair[0].until, pair[1].from);
            assert_ne!(pair[0].health, pair[1].health);
        }
    }

    #[test]
    fn what_was_known_before_the_pc_was_off_says_nothing_after() {
        let watched = [Watched { from: at(0), until: at(10) }, Watched { from: at(20), until: at(40) }];
        let changes = [(at(1), Health::Down), (at(30), Health::Operational)];
        let said: Vec<_> =
            spans(&changes, &watched, at(0), at(50)).iter().map(|span| (span.from, span.health)).collect();
        let expected = [
            (at(0), Some(Health::Unknown)),
            (at(1), Some(Health::Down)),
            (at(10), None),
            (at(20), Some(Health::Unknown)),
            (at(30), Some(Health::Operational)),
            (at(40), None),
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn a_function_has_a_plain_name() {
        for good in ["auth", "chapter4-request", "a"] {
            assert_eq!(FunctionId::parse(good).unwrap().as_str(), good);
        }
        for bad in ["", "Auth", "a b", "é", &"x".repeat(41)] {
            assert_eq!(FunctionId::parse(bad), Err(NoFunction), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn the_timeline_of_any_changes_is_what_the_definition_says(
            changes in changes(), watched in watches(), from in 0i64..110, long in 1i64..60,
        ) {
            let watched = merged(watched);
            let found = spans(&changes, &watched, at(from), at(from + long));
            whole(&found, at(from), at(from + long));
            for unit in from..from + long {
                prop_assert_eq!(of(&found, at(unit)), naive(&changes, &watched, at(unit)), "at {}", unit);
            }
        }

        #[test]
        fn what_lies_before_the_last_change_is_not_needed(
            changes in changes(), watched in watches(), from in 0i64..110,
        ) {
            let watched = merged(watched);
            let kept = changes.partition_point(|(time, _)| *time <= at(from)).saturating_sub(1);
            let (all, some) = (spans(&changes, &watched, at(from), at(130)), spans(&changes[kept..], &watched, at(from), at(130)));
            prop_assert_eq!(all, some);
        }

        #[test]
        fn the_worst_of_an_hour_is_the_worst_the_definition_says_of_it(
            changes in changes(), watched in watches(), from in 0i64..110, long in 1i64..60,
        ) {
            let watched = merged(watched);
            // Changes are seen by somebody who looks.
            let changes: Vec<_> = changes
                .into_iter()
                .filter(|(time, _)| watched.iter().any(|one| one.from <= *time && *time < one.until))
                .collect();
            let mut hours: Vec<Hour> = vec![];
            for (time, health) in &changes {
                match hours.last_mut().filter(|hour| hour_of(hour.first) == hour_of(*time)) {
                    Some(hour) => (hour.last, hour.then, hour.worst) = (*time, *health, hour.worst.max(*health)),
                    None => hours.push(Hour { first: *time, last: *time, then: *health, worst: *health }),
                }
            }
            let until = at(from + long);
            let found = by_hours(&hours, &watched, at(from), until);
            whole(&found, hour_of(at(from)), until);
            for hour in (from - from.rem_euclid(10)..from + long).step_by(10) {
                let worst = (hour..hour + 10).filter_map(|unit| naive(&changes, &watched, at(unit))).max();
                prop_assert_eq!(of(&found, at(hour)), worst, "hour {}", hour);
            }
        }
    }
}
