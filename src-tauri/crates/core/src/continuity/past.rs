//! What a person is shown of the past: when each function was off its normal road, or nobody knew, and when nobody looked.

use jiff::Timestamp;

use super::health::Health;
use super::record::Gap;
use super::timeline::{Change, FunctionId, Seen, Span, Watched, goes_on};

/// A stretch in which a function was not on its normal road, or nothing was known of it though somebody looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    /// From; it may lie before the time that was asked for.
    pub from: Timestamp,
    /// To, not included; `None` while it goes on.
    pub until: Option<Timestamp>,
    /// How it was: everything but operational.
    pub health: Health,
    /// What that rests on; empty where nothing was known, and where only hours are told apart.
    pub seen: Vec<Seen>,
}

/// The departures of a timeline, in its order; what reaches to its end goes on. `changes` are those it was made of.
#[must_use]
pub fn departures(spans: &[Span], changes: &[Change]) -> Vec<Departure> {
    let end = spans.last().map(|span| span.until);
    let seen = |span: &Span, health: Health| {
        let change = changes[..changes.partition_point(|change| change.at <= span.from)].last();
        change.filter(|change| change.health == health).map(|change| change.seen.clone()).unwrap_or_default()
    };
    let departure = |span: &Span| {
        let health = span.health.filter(|health| *health != Health::Operational)?;
        let until = Some(span.until).filter(|until| Some(*until) != end);
        Some(Departure { from: span.from, until, health, seen: seen(span, health) })
    };
    spans.iter().filter_map(departure).collect()
}

/// The times in which somebody looked, up to `now` where the last of them goes on: what was seen at `noted`, written down
/// last in this run, still holds.
#[must_use]
pub fn up_to_now(mut watched: Vec<Watched>, noted: Option<Timestamp>, now: Timestamp) -> Vec<Watched> {
    let Some(noted) = noted.filter(|noted| goes_on(*noted, now)) else { return watched };
    // What waits to be written is not in it yet, and nothing may be said of that time.
    if let Some(last) = watched.last_mut().filter(|last| last.from <= noted && noted < last.until) {
        last.until = last.until.max(now);
    }
    watched
}

/// The times in which nobody looked.
#[must_use]
pub fn gaps(spans: &[Span]) -> Vec<Gap> {
    let nobody = spans.iter().filter(|span| span.health.is_none());
    nobody.map(|span| Gap { from: span.from, until: span.until }).collect()
}

/// The outage that a moment belongs to, whole: from when the function was known to be off its normal road, to when it was
/// known to be back, whatever it was between, gaps included. `None` where nothing was known to be wrong at that moment.
#[must_use]
pub fn outage(spans: &[Span], at: Timestamp) -> Option<(Timestamp, Timestamp)> {
    let place = spans.iter().position(|span| span.from <= at && at < span.until)?;
    let known = |span: &Span| !matches!(span.health, None | Some(Health::Unknown));
    let off = |span: &Span| span.health != Some(Health::Operational);
    let wrong = |span: &Span| known(span) && off(span);
    if !wrong(&spans[place]) {
        return None;
    }
    let before =
        spans[..=place].iter().rev().take_while(|span| off(span)).filter(|span| wrong(span)).last()?;
    let after = spans[place..].iter().take_while(|span| off(span)).filter(|span| wrong(span)).last()?;
    Some((before.from, after.until))
}

/// Names one departure of a function for as long as it is kept: `prescription@1772434800000`.
#[must_use]
pub fn name(function: &FunctionId, from: Timestamp) -> String {
    format!("{}@{}", function.as_str(), from.as_millisecond())
}

/// Which departure a name means; `None` where it means none.
#[must_use]
pub fn named(name: &str) -> Option<(FunctionId, Timestamp)> {
    let (function, from) = name.split_once('@')?;
    let from: i64 = from.parse().ok()?;
    Some((FunctionId::parse(function).ok()?, Timestamp::from_millisecond(from).ok()?))
}

#[cfg(test)]
mod tests {
    use super::super::timeline::{Witness, merged, spans};
    use super::*;
    use proptest::prelude::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + 60 * minute).unwrap()
    }

    fn span(from: i64, until: i64, health: Option<Health>) -> Span {
        Span { from: at(from), until: at(until), health }
    }

    #[test]
    fn a_departure_ends_with_a_gap_and_goes_on_only_where_somebody_looks_now() {
        use Health::*;
        let seen = |minute| vec![Seen { by: Witness::Probe, health: Down, at: at(minute) }];
        let changes = [
            Change { at: at(1), health: Operational, seen: vec![] },
            Change { at: at(5), health: Down, seen: seen(4) },
            Change { at: at(30), health: OnBackup, seen: vec![] },
        ];
        let line = [
            span(1, 5, Some(Operational)),
            span(5, 9, Some(Down)),
            span(9, 20, None),
            span(20, 30, Some(Unknown)),
            span(30, 40, Some(OnBackup)),
        ];
        let found = departures(&line, &changes);
        let told: Vec<_> = found.iter().map(|one| (one.from, one.until, one.health)).collect();
        let expected =
            [(at(5), Some(at(9)), Down), (at(20), Some(at(30)), Unknown), (at(30), None, OnBackup)];
        assert_eq!(told, expected);
        assert_eq!((found[0].seen.clone(), found[1].seen.len()), (seen(4), 0));
        assert_eq!(gaps(&line), [Gap { from: at(9), until: at(20) }]);
        assert_eq!(departures(&line[..3], &changes)[0].until, Some(at(9)), "nobody looks any more");
    }

    #[test]
    fn an_outage_goes_over_gaps_and_states_to_where_all_was_well_on_both_sides() {
        use Health::*;
        let line = [
            span(0, 5, Some(Operational)),
            span(5, 7, Some(Unknown)),
            span(7, 9, Some(Down)),
            span(9, 20, None),
            span(20, 21, Some(Unknown)),
            span(21, 30, Some(OnBackup)),
            span(30, 33, Some(Unknown)),
            span(33, 40, Some(Operational)),
        ];
        for inside in [7, 8, 25, 29] {
            assert_eq!(outage(&line, at(inside)), Some((at(7), at(30))), "{inside}");
        }
        for outside in [0, 5, 15, 20, 31, 35, 40, 99] {
            assert_eq!(outage(&line, at(outside)), None, "{outside}");
        }
    }

    #[test]
    fn what_was_written_down_last_goes_on_until_now_and_nothing_else_does() {
        let watched = vec![Watched { from: at(0), until: at(10) }];
        let up_to = |noted: Option<i64>, now| up_to_now(watched.clone(), noted.map(at), at(now))[0].until;
        assert_eq!(up_to(Some(9), 15), at(15));
        assert_eq!(up_to(None, 15), at(10), "an earlier run looked");
        assert_eq!(up_to(Some(12), 15), at(10), "what was seen is not written yet");
        assert_eq!(up_to(Some(9), 40), at(10), "it slept");
        assert_eq!(up_to(Some(9), 5), at(10), "the clock went back");
    }

    proptest! {
        #[test]
        fn a_name_is_read_as_it_was_written_and_no_other_text_breaks_it(
            minute in -100_000i64..100_000, text in "[ -~]{0,30}",
        ) {
            let function = FunctionId::parse("chapter4-request").unwrap();
            prop_assert_eq!(named(&name(&function, at(minute))), Some((function, at(minute))));
            if let Some((function, from)) = named(&text) {
                prop_assert_eq!(named(&name(&function, from)), Some((function, from)));
            }
        }

        #[test]
        fn departures_gaps_and_what_works_fill_the_time_and_an_outage_holds_its_departures(
            changes in prop::collection::btree_map(0i64..100, 0usize..4, 0..20),
            watched in prop::collection::vec((0i64..90, 1i64..30), 1..5),
        ) {
            const KINDS: [Health; 4] =
                [Health::Unknown, Health::Operational, Health::OnBackup, Health::Down];
            let watched = watched.into_iter().map(|(from, long)| Watched { from: at(from), until: at(from + long) });
            let watched = merged(watched.collect());
            let changes: Vec<_> = changes
                .into_iter()
                .map(|(minute, kind)| Change { at: at(minute), health: KINDS[kind], seen: vec![] })
                .collect();
            let plain: Vec<_> = changes.iter().map(|change| (change.at, change.health)).collect();
            let line = spans(&plain, &watched, at(0), at(120));
            let all = departures(&line, &changes);
            for minute in 0..120 {
                let inside = |from, until: Option<_>| from <= at(minute) && until.is_none_or(|until| at(minute) < until);
                let away = all.iter().filter(|one| inside(one.from, one.until)).count();
                let gap = gaps(&line).iter().filter(|gap| inside(gap.from, Some(gap.until))).count();
                let works = line.iter().any(|span| {
                    inside(span.from, Some(span.until)) && span.health == Some(Health::Operational)
                });
                prop_assert_eq!(away + gap + usize::from(works), 1, "{}", minute);
            }
            for one in all.iter().filter(|one| one.health != Health::Unknown) {
                let (from, until) = outage(&line, one.from).unwrap();
                prop_assert!(from <= one.from && one.until.unwrap_or(at(120)) <= until);
                let edges = [from, until - jiff::SignedDuration::from_secs(1)];
                prop_assert!(edges.iter().all(|edge| outage(&line, *edge) == Some((from, until))));
            }
        }
    }
}
