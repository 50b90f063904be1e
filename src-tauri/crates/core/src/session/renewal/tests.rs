use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::session::quiet::Stretch;

const X24: i64 = 24;
const X12: i64 = 12;

fn at(text: &str) -> Timestamp {
    format!("2026-03-{text}Z").parse().unwrap()
}

/// A practice in UTC that may be asked at any time of its day, so that the plan alone decides.
fn always() -> Habits {
    let mut hours = Hours::usual(TimeZone::UTC);
    for day in &mut hours.week {
        let midnight = jiff::civil::Time::midnight();
        day.open = Stretch::new(midnight, jiff::civil::Time::MAX);
    }
    Habits { hours, pace: Pace::USUAL }
}

fn office() -> Habits {
    Habits { hours: Hours::usual(TimeZone::UTC), pace: Pace::USUAL }
}

fn kept(issued: &str, hours: i64) -> KeptToken {
    let issued_at = at(issued);
    KeptToken { life: Life::new(issued_at, issued_at + SignedDuration::from_hours(hours)), failed: vec![] }
}

/// Runs until the PIN is wanted or the token ends; the service is down inside `down`. The attempts, and what became of it.
fn run(kept: KeptToken, habits: &Habits, down: std::ops::Range<Timestamp>) -> (Vec<Timestamp>, Renewal) {
    let ends_at = kept.life.ends_at;
    let mut tried = vec![];
    let mut renewal = next(Renewal::Off, Event::Opened(kept), habits, ends_at).0;
    while let Some(now) = deadline(&renewal, habits).filter(|now| *now < ends_at) {
        let (probing, effects) = next(renewal, Event::Tick, habits, now);
        assert_eq!(effects, [Effect::Probe], "at {now}");
        tried.push(now);
        let answer = if down.contains(&now) { Err(Code::STS_UNREACHABLE.into()) } else { Ok(()) };
        renewal = next(probing, Event::Probed(answer), habits, now).0;
        if matches!(renewal, Renewal::Wanted { .. }) {
            break;
        }
    }
    (tried, renewal)
}

fn times(days_and_times: &[&str]) -> Vec<Timestamp> {
    days_and_times.iter().map(|text| at(text)).collect()
}

#[test]
fn in_quiet_times_the_pin_is_wanted_at_half_of_the_life() {
    let never = at("02T00:00:00")..at("02T00:00:00");
    let (tried, renewal) = run(kept("02T08:00:00", X24), &always(), never.clone());
    assert_eq!(tried, times(&["02T20:00:00"]));
    assert!(matches!(renewal, Renewal::Wanted { loudness: Loudness::Note, .. }));
    let (tried, _) = run(kept("02T08:00:00", X12), &always(), never);
    assert_eq!(tried, times(&["02T14:00:00"]));
}

#[test]
fn outages_of_the_worked_timelines_go_as_the_requirements_say() {
    let down = at("02T19:00:00")..at("03T03:00:00");
    let (tried, _) = run(kept("02T08:00:00", X24), &always(), down);
    assert_eq!(tried, times(&["02T20:00:00", "03T02:00:00", "03T05:00:00"]));

    let down = at("02T19:00:00")..at("03T07:50:00");
    let (tried, renewal) = run(kept("02T08:00:00", X24), &always(), down);
    let expected = [
        "02T20:00:00",
        "03T02:00:00",
        "03T05:00:00",
        "03T06:30:00",
        "03T07:15:00",
        "03T07:37:30",
        "03T07:52:30",
    ];
    assert_eq!(tried, times(&expected));
    assert!(matches!(renewal, Renewal::Wanted { loudness: Loudness::Last, .. }), "7 min 30 s are left");

    let down = at("02T13:30:00")..at("02T18:00:00");
    let (tried, _) = run(kept("02T08:00:00", X12), &always(), down);
    assert_eq!(tried, times(&["02T14:00:00", "02T17:00:00", "02T18:30:00"]));
}

#[test]
fn an_outage_to_the_end_is_tried_to_the_last_margin_and_then_no_more() {
    let down = at("02T13:30:00")..at("02T21:00:00");
    let (tried, renewal) = run(kept("02T08:00:00", X12), &always(), down);
    assert_eq!(
        tried,
        times(&[
            "02T14:00:00",
            "02T17:00:00",
            "02T18:30:00",
            "02T19:15:00",
            "02T19:37:30",
            "02T19:52:30",
            "02T19:58:00",
        ])
    );
    let Renewal::Resting(kept) = &renewal else { panic!("{renewal:?}") };
    assert_eq!(kept.failed.len(), 7);
    assert_eq!(deadline(&renewal, &always()), None);
}

#[test]
fn an_attempt_before_its_instant_leaves_that_instant_to_the_plan() {
    let mut hours = Hours::usual(TimeZone::UTC);
    let time = |hour, minute| jiff::civil::time(hour, minute, 0, 0);
    let blocks = [(time(8, 0), time(12, 30)), (time(14, 30), time(20, 0))];
    for day in &mut hours.week {
        day.consultations = blocks.iter().filter_map(|(from, to)| Stretch::new(*from, *to)).collect();
    }
    let habits = Habits { hours, pace: Pace::USUAL };
    let down = at("02T13:00:00")..at("02T19:00:00");
    let (tried, renewal) = run(kept("02T08:05:00", X24), &habits, down);
    assert_eq!(tried, times(&["02T14:05:00", "02T20:05:00"]), "{renewal:?}");
}

#[test]
fn an_attempt_shortly_before_or_after_its_instant_keeps_the_smallest_gap_to_the_next() {
    let tried = |planned: &str, when: &str| {
        let probing = Renewal::Probing { kept: kept("02T08:00:00", X24), planned: at(planned) };
        let failed = Event::Probed(Err(Code::STS_UNREACHABLE.into()));
        let (resting, _) = next(probing, failed, &always(), at(when));
        deadline(&resting, &always())
    };
    assert_eq!(tried("03T06:30:00", "03T06:26:00"), Some(at("03T06:41:00")), "made early, at a quiet moment");
    assert_eq!(tried("03T06:30:00", "03T07:12:00"), Some(at("03T07:27:00")), "made late, after a sleep");
    assert_eq!(tried("03T06:30:00", "03T06:30:00"), Some(at("03T07:15:00")), "made in time");
    assert_eq!(tried("03T07:52:30", "03T07:52:30"), Some(at("03T07:58:00")), "the last one is made");
}

#[test]
fn what_was_missed_while_the_pc_slept_is_one_attempt() {
    let sleeper = Renewal::Resting(kept("02T08:00:00", X24));
    let woken = at("03T06:40:00");
    let (probing, effects) = next(sleeper, Event::Tick, &always(), woken);
    assert_eq!(effects, [Effect::Probe]);
    let failed = Event::Probed(Err(Code::STS_UNREACHABLE.into()));
    let (resting, _) = next(probing, failed, &always(), woken);
    assert_eq!(
        deadline(&resting, &always()),
        Some(at("03T07:15:00")),
        "those of the night are not made up for"
    );
}

#[test]
fn a_service_that_asks_to_be_left_alone_is_and_the_plan_goes_on_after() {
    let busy = |seconds: u32| Problem::new(Code::STS_HTTP).with("status", 503).with("seconds", seconds);
    let asked = |kept: KeptToken, at_last: &str, wait: u32| {
        let woken = at(at_last);
        let (probing, _) = next(Renewal::Resting(kept), Event::Tick, &always(), woken);
        next(probing, Event::Probed(Err(busy(wait))), &always(), woken).0
    };
    let late = |times: &[&str]| {
        let mut token = kept("02T08:00:00", X24);
        let code = Code::STS_UNREACHABLE;
        token.failed =
            times.iter().map(|it| Attempt { planned: at(it), at: at(it), code, not_before: None }).collect();
        token
    };
    // The next attempt lies far behind what was asked for.
    let resting = asked(kept("02T08:00:00", X24), "02T20:00:00", 3_600);
    assert_eq!(deadline(&resting, &always()), Some(at("03T02:00:00")));
    // It would come too early: 07:37:30 is put off, and 07:52:30 is not crowded out.
    let resting = asked(late(&["03T06:30:00"]), "03T07:15:00", 1_800);
    assert_eq!(deadline(&resting, &always()), Some(at("03T07:45:00")));
    let Renewal::Resting(token) = &resting else { panic!("{resting:?}") };
    assert_eq!(token.to_come(Pace::USUAL), times(&["03T07:45:00", "03T07:52:30", "03T07:58:00"]));
    assert_eq!(next(resting.clone(), Event::Tick, &always(), at("03T07:44:59")).1, []);
    assert_eq!(next(resting, Event::Tick, &always(), at("03T07:45:00")).1, [Effect::Probe]);
    // Beyond the end there is nothing to ask for.
    let resting = asked(late(&["03T07:52:30"]), "03T07:58:00", 600);
    assert_eq!(deadline(&resting, &always()), None);
}

#[test]
fn no_service_puts_a_renewal_off_for_over_an_hour_or_past_the_last_attempt() {
    let asks = |planned: &str, seconds: i64| {
        let busy = Problem::new(Code::STS_HTTP).with("status", 503).with("seconds", seconds);
        let mut token = kept("02T08:00:00", X24);
        let before = at("02T20:00:00");
        token.failed.push(Attempt { planned: before, at: before, code: Code::STS_DOWN, not_before: None });
        let probing = Renewal::Probing { kept: token, planned: at(planned) };
        let (resting, effects) = next(probing, Event::Probed(Err(busy)), &always(), at(planned));
        (deadline(&resting, &always()), effects)
    };
    // A day, while the token lives for two hours more: asked again an hour later.
    let (again, effects) = asks("03T06:30:00", 86_400);
    assert_eq!(again, Some(at("03T07:30:00")));
    assert!(
        matches!(effects[..], [Effect::Keep(kept)] if kept.not_before == Some(at("03T07:30:00"))),
        "{effects:?}"
    );
    // Half an hour, of which only the last attempt is left.
    assert_eq!(asks("03T07:37:30", 1_800).0, Some(at("03T07:58:00")));
    assert_eq!(asks("03T06:30:00", i64::MAX).0, Some(at("03T07:30:00")));
}

#[test]
fn attempts_go_on_after_a_restart_where_they_were() {
    let mut kept = kept("02T08:00:00", X24);
    let planned = at("02T20:00:00");
    kept.failed.push(Attempt { planned, at: planned, code: Code::STS_UNREACHABLE, not_before: None });
    let (resting, _) = next(Renewal::Off, Event::Opened(kept), &always(), at("02T22:00:00"));
    assert_eq!(deadline(&resting, &always()), Some(at("03T02:00:00")));
}

#[test]
fn a_token_that_ends_in_the_night_is_asked_for_before_the_practice_closes() {
    let never = at("02T00:00:00")..at("02T00:00:00");
    let (tried, renewal) = run(kept("02T08:00:00", X24), &office(), never);
    assert_eq!(tried, times(&["02T19:30:00"]));
    assert!(matches!(renewal, Renewal::Wanted { loudness: Loudness::Note, .. }));
}

#[test]
fn a_service_that_is_back_in_the_night_is_a_badge_until_the_morning() {
    let down = at("02T19:00:00")..at("03T01:00:00");
    let (tried, renewal) = run(kept("02T08:00:00", X24), &office(), down);
    assert_eq!(tried, times(&["02T19:30:00", "02T20:00:00", "03T02:00:00"]));
    assert!(matches!(renewal, Renewal::Wanted { loudness: Loudness::Badge, .. }));
    let morning = at("03T07:00:00");
    assert_eq!(deadline(&renewal, &office()), Some(morning));
    let (renewal, effects) = next(renewal, Event::Tick, &office(), morning);
    assert_eq!(effects, [Effect::Ask(Loudness::Note)]);
    assert_eq!(deadline(&renewal, &office()), Some(at("03T07:30:00")));
}

#[test]
fn nobody_who_answers_nothing_is_asked_more_than_four_times() {
    let never = at("02T00:00:00")..at("02T00:00:00");
    let (_, mut renewal) = run(kept("02T08:00:00", X12), &office(), never);
    let mut asked = vec![];
    while let Some(now) = deadline(&renewal, &office()) {
        let (after, effects) = next(renewal, Event::Tick, &office(), now);
        asked.extend(effects.into_iter().map(|effect| (now, effect)));
        renewal = after;
    }
    let soon = (at("02T19:30:00"), Effect::Ask(Loudness::Soon));
    assert_eq!(asked, [soon, (at("02T19:50:00"), Effect::Ask(Loudness::Last))]);
    assert!(matches!(renewal, Renewal::Wanted { ref kept, .. } if kept.failed.is_empty()), "no failure");
}

#[test]
fn a_snooze_is_kept_but_never_into_the_last_half_hour() {
    let never = at("02T00:00:00")..at("02T00:00:00");
    let (_, wanted) = run(kept("02T08:00:00", X12), &office(), never);
    let later = Event::Snoozed { until: at("02T16:00:00") };
    let (snoozed, _) = next(wanted.clone(), later, &office(), at("02T14:05:00"));
    assert_eq!(deadline(&snoozed, &office()), Some(at("02T16:00:00")));
    let (_, effects) = next(snoozed, Event::Tick, &office(), at("02T16:00:00"));
    assert_eq!(effects, [Effect::Ask(Loudness::Note)]);

    let tomorrow = Event::Snoozed { until: at("03T16:00:00") };
    let (snoozed, _) = next(wanted, tomorrow, &office(), at("02T14:05:00"));
    assert!(
        matches!(snoozed, Renewal::Wanted { note_at, .. } if note_at == Some(at("02T19:30:00"))),
        "the moment that is told is the one at which it comes: {snoozed:?}"
    );
    let (_, effects) = next(snoozed, Event::Tick, &office(), at("02T19:30:00"));
    assert_eq!(effects, [Effect::Ask(Loudness::Soon)]);
}

#[test]
fn in_the_last_half_hour_nothing_is_put_off() {
    let never = at("02T00:00:00")..at("02T00:00:00");
    let (_, wanted) = run(kept("02T08:00:00", X12), &office(), never);
    let (soon, _) = next(wanted, Event::Tick, &office(), at("02T19:30:00"));
    let later = Event::Snoozed { until: at("02T19:45:00") };
    assert_eq!(next(soon.clone(), later, &office(), at("02T19:31:00")), (soon, vec![]));
}

proptest! {
    #[test]
    fn an_outage_shorter_than_half_a_life_never_reaches_the_person(
        begins in 0i64..86_400, lasts in 0i64..43_100, issued in 0i64..86_400,
    ) {
        let issued_at = at("02T00:00:00") + SignedDuration::from_secs(issued);
        let kept = KeptToken { life: Life::new(issued_at, issued_at + SignedDuration::from_hours(24)), failed: vec![] };
        let begins = issued_at + SignedDuration::from_secs(begins);
        let (_, renewal) = run(kept, &always(), begins..begins + SignedDuration::from_secs(lasts));
        let wanted = matches!(renewal, Renewal::Wanted { .. });
        prop_assert!(wanted, "{renewal:?}");
    }

    #[test]
    fn whatever_comes_the_next_deadline_lies_in_the_future(
        events in prop::collection::vec((0u8..6, 0i64..20_000), 1..60),
    ) {
        let mut renewal = Renewal::Off;
        let mut now = at("02T05:00:00");
        for (kind, passed) in events {
            now += SignedDuration::from_secs(passed);
            let event = match kind {
                0 => Event::Opened(KeptToken {
                    life: Life::new(now, now + SignedDuration::from_hours(24)), failed: vec![],
                }),
                1 => Event::Probed(Ok(())),
                2 => Event::Probed(Err(Code::STS_UNREACHABLE.into())),
                3 => Event::Snoozed { until: now + SignedDuration::from_secs(passed) },
                4 => Event::Probed(Err(Problem::new(Code::STS_HTTP).with("seconds", passed / 6))),
                _ => Event::Failed(Code::STS_UNREACHABLE.into()),
            };
            renewal = next(renewal, event, &office(), now).0;
            renewal = next(renewal, Event::Tick, &office(), now).0;
            if let Renewal::Resting(kept) = &renewal
                && now >= kept.life.ends_at
            {
                renewal = next(renewal, Event::Closed, &office(), now).0;
            }
            prop_assert!(deadline(&renewal, &office()).is_none_or(|at| at > now), "{renewal:?} at {now}");
        }
    }
}
