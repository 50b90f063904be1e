//! The record of an outage: what was seen of one function, when, by whom, and what was done. For a helpdesk, a sickness
//! fund, an inspection.
//!
//! It names no person, no patient, no PC and no time zone. Signing and reading it is the host's work.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::timeline::{Change, FunctionId, Span};
use crate::environment::EnvironmentName;
use crate::journal::Entry;
use crate::lease::Means;
use crate::session::means_name;

/// Most changes in one record; more is no outage any more, and no page.
pub const MOST_CHANGES: usize = 10_000;

/// A time in which this PC did not look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// From.
    pub from: Timestamp,
    /// To, not included.
    pub until: Timestamp,
}

/// What was done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// Calls of this PC went to another address after a failure.
    MovedAway,
    /// They went back by themselves.
    MovedBack,
    /// A person chose the address.
    RouteChosen,
    /// That choice ended.
    RouteLeft,
    /// Somebody worked without the card.
    WithoutCard,
    /// A paper form was printed.
    PaperPrinted,
}

impl Deed {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::MovedAway,
        Self::MovedBack,
        Self::RouteChosen,
        Self::RouteLeft,
        Self::WithoutCard,
        Self::PaperPrinted,
    ];

    /// The event of the journal that tells of it.
    #[must_use]
    pub fn event(self) -> &'static str {
        match self {
            Self::MovedAway => "route-moved-away",
            Self::MovedBack => "route-moved-back",
            Self::RouteChosen => "route-chosen",
            Self::RouteLeft => "route-left",
            Self::WithoutCard => "signed-in",
            Self::PaperPrinted => "paper-printed",
        }
    }
}

/// Under this name an entry of the journal lists the functions it is about, with a blank between two.
pub const FUNCTIONS: &str = "functions";

/// When what was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Done {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: Deed,
}

/// What an entry of the journal says was done about a function; `None` where it is about something else.
#[must_use]
pub fn done(entry: &Entry, function: &FunctionId) -> Option<Done> {
    let what = Deed::ALL.into_iter().find(|deed| deed.event() == entry.event)?;
    let detail = |name| entry.detail.get(name).map(String::as_str);
    let about = match what {
        // Whoever works without the card does so in every function.
        Deed::WithoutCard => detail("means") == Some(means_name(Means::Fallback)),
        _ => detail(FUNCTIONS).is_some_and(|all| all.split(' ').any(|one| one == function.as_str())),
    };
    about.then_some(Done { at: entry.at, what })
}

/// The record. One that was read is checked by [`Record::check`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Which platform.
    pub environment: EnvironmentName,
    /// Which function.
    pub function: FunctionId,
    /// From.
    pub from: Timestamp,
    /// To, not included.
    pub until: Timestamp,
    /// Every change, in its order; the first may lie before `from` and says how things stood then.
    pub changes: Vec<Change>,
    /// Times in which nobody looked.
    pub gaps: Vec<Gap>,
    /// What was done, in its order.
    pub done: Vec<Done>,
    /// Version of Relais that made it.
    pub app_version: String,
}

/// Something that is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NoRecord {
    /// It ends before it begins.
    #[error("a record that ends before it begins")]
    Backwards,
    /// More happened than fits.
    #[error("more than {MOST_CHANGES} changes")]
    TooLong,
    /// Its parts do not lie in its time, or not in their order.
    #[error("parts that do not lie in the time of the record, in their order")]
    OutOfOrder,
}

impl Record {
    /// The record of a time. `changes` and `spans` are those of that time, as the timeline tells them; what was done at
    /// other times is left out.
    ///
    /// # Errors
    /// [`NoRecord`].
    pub fn new(
        environment: EnvironmentName,
        function: FunctionId,
        changes: Vec<Change>,
        spans: &[Span],
        done: &[Done],
        app_version: &str,
    ) -> Result<Self, NoRecord> {
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else {
            return Err(NoRecord::Backwards);
        };
        let (from, until) = (first.from, last.until);
        let nobody = spans.iter().filter(|span| span.health.is_none());
        let mut done: Vec<_> =
            done.iter().filter(|done| from <= done.at && done.at < until).copied().collect();
        done.sort_by_key(|done| done.at);
        let record = Self {
            environment,
            function,
            from,
            until,
            changes,
            gaps: nobody.map(|span| Gap { from: span.from, until: span.until }).collect(),
            done,
            app_version: app_version.to_owned(),
        };
        record.check().map(|()| record)
    }

    /// Whether it makes sense.
    ///
    /// # Errors
    /// [`NoRecord`].
    pub fn check(&self) -> Result<(), NoRecord> {
        if self.from >= self.until {
            return Err(NoRecord::Backwards);
        }
        if self.changes.len() > MOST_CHANGES {
            return Err(NoRecord::TooLong);
        }
        let inside = |at: Timestamp| self.from <= at && at < self.until;
        let changes = self.changes.windows(2).all(|pair| pair[0].at < pair[1].at)
            && self.changes.iter().skip(1).all(|change| inside(change.at))
            && self.changes.iter().all(|change| change.at < self.until);
        let gaps = self.gaps.windows(2).all(|pair| pair[0].until < pair[1].from)
            && self
                .gaps
                .iter()
                .all(|gap| gap.from < gap.until && inside(gap.from) && gap.until <= self.until);
        let done = self.done.is_sorted_by_key(|done| done.at) && self.done.iter().all(|done| inside(done.at));
        if changes && gaps && done { Ok(()) } else { Err(NoRecord::OutOfOrder) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::health::Health;
    use super::super::timeline::{Watched, merged, spans};
    use super::*;
    use proptest::prelude::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + 60 * minute).unwrap()
    }

    fn made(changes: Vec<Change>, spans: &[Span], done: &[Done]) -> Result<Record, NoRecord> {
        let environment = EnvironmentName::parse("sandbox").unwrap();
        Record::new(environment, FunctionId::parse("auth").unwrap(), changes, spans, done, "0.1.0")
    }

    proptest! {
        #[test]
        fn whatever_the_timeline_says_makes_a_record_that_holds(
            changes in prop::collection::btree_map(0i64..100, prop::bool::ANY, 0..20),
            watched in prop::collection::vec((0i64..90, 1i64..30), 0..5),
            from in 0i64..90, long in 1i64..40,
            done in prop::collection::vec((0i64..120, prop::sample::select(&Deed::ALL[..])), 0..6),
        ) {
            let watched = watched.into_iter().map(|(from, long)| Watched { from: at(from), until: at(from + long) });
            let watched = merged(watched.collect());
            let health = |up| if up { Health::Operational } else { Health::Down };
            let all: Vec<_> = changes.iter().map(|(minute, up)| (at(*minute), health(*up))).collect();
            let (from, until) = (at(from), at(from + long));
            let first = all.partition_point(|(at, _)| *at <= from).saturating_sub(1);
            let kept = all[first..].iter().filter(|(at, _)| *at < until);
            let changes: Vec<_> = kept.map(|(at, health)| Change { at: *at, health: *health, seen: vec![] }).collect();
            let done: Vec<_> = done.into_iter().map(|(minute, what)| Done { at: at(minute), what }).collect();
            let record = made(changes.clone(), &spans(&all, &watched, from, until), &done).unwrap();
            prop_assert_eq!((record.from, record.until, &record.changes), (from, until, &changes));
            let inside = done.iter().filter(|done| from <= done.at && done.at < until).count();
            prop_assert_eq!(record.done.len(), inside);
            for minute in 0..130 {
                let gap = record.gaps.iter().any(|gap| gap.from <= at(minute) && at(minute) < gap.until);
                let looked = watched.iter().any(|one| one.from <= at(minute) && at(minute) < one.until);
                prop_assert!(at(minute) < from || at(minute) >= until || gap != looked);
            }
        }
    }

    #[test]
    fn what_was_done_is_read_from_the_journal_by_the_function_it_is_about() {
        use crate::journal::{EVENTS, Subject};
        let entry = |event: &str, name: &str, value: &str| Entry {
            at: at(1),
            subject: Subject::Service,
            event: event.to_owned(),
            environment: EnvironmentName::parse("sandbox").unwrap(),
            slot: None,
            code: None,
            detail: [(name.to_owned(), value.to_owned())].into(),
        };
        let of = |entry: &Entry, id: &str| done(entry, &FunctionId::parse(id).unwrap()).map(|done| done.what);
        for deed in Deed::ALL {
            assert!(EVENTS.iter().any(|(event, _)| *event == deed.event()), "{deed:?} has no words");
            let entry = entry(deed.event(), FUNCTIONS, "auth prescription");
            let expected = (deed != Deed::WithoutCard).then_some(deed);
            assert_eq!((of(&entry, "auth"), of(&entry, "prescription")), (expected, expected));
            assert_eq!((of(&entry, "eattest"), of(&entry, "prescrip")), (None, None));
        }
        let session = |means| entry("signed-in", "means", means);
        assert_eq!(of(&session("fallback"), "eattest"), Some(Deed::WithoutCard));
        assert_eq!(of(&session("eid"), "eattest"), None);
        assert_eq!(of(&entry("pin-refused", FUNCTIONS, "auth"), "auth"), None);
    }

    #[test]
    fn what_does_not_lie_in_its_time_is_no_record() {
        let span = Span { from: at(0), until: at(10), health: None };
        let change = |minute| Change { at: at(minute), health: Health::Down, seen: vec![] };
        assert!(made(vec![change(-5), change(3)], &[span], &[]).is_ok());
        assert_eq!(made(vec![change(3), change(3)], &[span], &[]), Err(NoRecord::OutOfOrder));
        assert_eq!(made(vec![change(-5), change(-3)], &[span], &[]), Err(NoRecord::OutOfOrder));
        assert_eq!(made(vec![change(10)], &[span], &[]), Err(NoRecord::OutOfOrder));
        assert_eq!(made(vec![], &[], &[]), Err(NoRecord::Backwards));
        let many = (0..=MOST_CHANGES).map(|n| change(n as i64)).collect();
        let long = Span { until: at(20_000), ..span };
        assert_eq!(made(many, &[long], &[]), Err(NoRecord::TooLong));
    }
}
